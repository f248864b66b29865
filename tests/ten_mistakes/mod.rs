//! Ten mistakes in five declarations get ten messages in one run, each with a way
//! out; one mistake gets one message, whatever it breaks.

use crate::support::{codes, drawn, package};
use courtesy::diagnostic::to_json;

const PACKAGE: &str = include_str!("package.courtesy");

#[test]
fn ten_mistakes_get_ten_messages() {
    let package = package([("package.courtesy", PACKAGE)]);
    let found = package.diagnostics();
    assert_eq!(found.len(), 10, "{}", drawn(&package));
    for diagnostic in found {
        assert!(diagnostic.help.is_some(), "{}", diagnostic.message);
    }
    insta::assert_snapshot!("report", drawn(&package));
    insta::assert_snapshot!("json", to_json(found, package.sources()));
}

/// Checks a broken declaration between two policies, each of which has a mistake
/// of its own: that one, and the two others, get a message each.
fn one_message_between(broken: &str, code: &str) {
    let text = format!(
        "action call {{ topic: Text }}\naction mail\npolicy \"before\"\n  never cal\n{broken}\n\
         policy \"after\"\n  never mial\n"
    );
    let package = package([("package.courtesy", text.as_str())]);
    assert_eq!(
        codes(&package),
        ["unknown-action", code, "unknown-action"],
        "{}",
        drawn(&package)
    );
    let middle = package.diagnostics().get(1).expect("three messages");
    assert!(middle.help.is_some(), "{}", drawn(&package));
}

#[test]
fn a_malformed_choice_hides_nothing() {
    one_message_between("choice Tier { gold vip }\ninput tier: Tier", "syntax");
    one_message_between("choice { gold, vip }", "syntax");
}

#[test]
fn a_missing_closing_brace_hides_nothing() {
    one_message_between("type Order { total: Number\ninput order: Order", "syntax");
    one_message_between("choice Tier { gold, vip\ninput tier: Tier", "syntax");
    one_message_between(
        "policy \"between\"\n  never call\n  because \"about {call.topic\"",
        "open-text",
    );
}

#[test]
fn a_broken_policy_does_not_hide_an_indented_one() {
    one_message_between(
        "policy \"between\"\n  never call when\n  policy \"indented\"\n    never call",
        "syntax",
    );
    one_message_between(
        "policy \"between\"\n  never call\n\n  policy \"indented\"\n    never mail\n    when",
        "syntax",
    );
    one_message_between(
        "policy \"between\"\n  never call;\n  policy \"indented\"\n    never mail",
        "guess",
    );
}

#[test]
fn a_misspelt_declaration_hides_nothing() {
    one_message_between("polcy \"between\"\n  never call", "syntax");
    one_message_between("typ Order { total: Number }\ninput order: Order", "syntax");
    one_message_between("difine n as 5", "syntax");
}

#[test]
fn an_unterminated_text_hides_nothing() {
    one_message_between(
        "policy \"between\"\n  never call\n  because \"no",
        "open-text",
    );
    one_message_between("policy \"between\n  never call", "open-text");
    one_message_between("define words as \"no", "open-text");
}

#[test]
fn a_broken_title_is_not_missed_by_those_that_override_it() {
    one_message_between(
        "policy “No calls”\n  never call\npolicy \"b\"\n  allow call\n  overrides \"No calls\"",
        "guess",
    );
    one_message_between(
        "policy \"No calls\"\n  nevr call\npolicy \"b\"\n  allow call\n  overrides \"No calls\"",
        "syntax",
    );
}
