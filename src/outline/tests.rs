//! An outline is a policy file that checks, whatever its keys are called.

use super::{Names, Outline, OutlineChoice, OutlineField, OutlineRecord, OutlineType, value_name};
use crate::Package;

fn field(name: &str, key: &str, kind: OutlineType) -> OutlineField {
    OutlineField {
        name: name.into(),
        key: key.into(),
        kind,
        optional: false,
        private: false,
        range: None,
        note: None,
    }
}

#[test]
fn everything_that_an_outline_holds_is_written_and_checks() {
    let mut plan = field("plan", "Plan", OutlineType::Declared("Plan".into()));
    plan.optional = true;
    plan.note = Some("4 of 9 records have none\nand a second line".into());
    let mut age = field("age", "age", OutlineType::named("Number"));
    age.range = Some(("0".into(), "130".into()));
    age.private = true;
    let seen = field("seen", "seen", OutlineType::Seconds);
    let visits = field(
        "visits",
        "visits",
        OutlineType::List(Box::new(OutlineType::named("Date"))),
    );
    let outline = Outline {
        currency: Some("EUR".into()),
        choices: vec![OutlineChoice {
            name: "Plan".into(),
            values: vec![
                ("free".into(), "free".into()),
                ("paid".into(), "Paid {\"plus\"}".into()),
            ],
            ordered: true,
        }],
        records: vec![OutlineRecord {
            name: "Customer".into(),
            fields: vec![plan, age, seen, visits],
            left_out: vec![("mixed".into(), "it holds numbers and lists".into())],
        }],
        inputs: vec![(
            "customer".into(),
            OutlineType::Declared("Customer".into()),
            false,
        )],
        actions: vec![OutlineRecord {
            name: "greet".into(),
            fields: vec![],
            left_out: vec![],
        }],
        notes: vec!["from 9 records".into()],
    };
    let text = outline.to_policy_file();
    insta::assert_snapshot!(text);
    let package = Package::from_sources([("a.courtesy".to_string(), text.into_bytes())]);
    assert!(!package.has_errors(), "{:?}", package.diagnostics());
}

#[test]
fn every_key_gets_a_name_that_checks_and_no_two_get_the_same() {
    let keys = [
        "a",
        "A",
        "a b",
        "1",
        "",
        "-",
        "no",
        "ÅNGSTRÖM",
        "e\u{301}",
        "²",
        "名前",
        "x\u{202e}y",
        "type",
        "from",
    ];
    let mut names = Names::default();
    let fields = keys.iter().map(|key| {
        field(
            &names.free(&value_name(key)),
            key,
            OutlineType::named("Text"),
        )
    });
    let record = OutlineRecord {
        name: "Customer".into(),
        fields: fields.collect(),
        left_out: vec![],
    };
    let outline = Outline {
        records: vec![record],
        ..Outline::default()
    };
    let text = outline.to_policy_file();
    insta::assert_snapshot!(text);
    let package = Package::from_sources([("a.courtesy".to_string(), text.into_bytes())]);
    assert!(!package.has_errors(), "{:?}", package.diagnostics());
}
