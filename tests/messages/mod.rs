//! The words of the diagnostics: a corpus of small mistakes, one a file.
//!
//! Each file holds a mistake, then, below a line `# mended`, the same with what
//! the message offers written instead. Files are read together with
//! `shop.schema`, those of the folder `alone` by themselves.

use crate::support::{drawn, package};
use courtesy::Package;
use courtesy::diagnostic::Diagnostic;
use std::cell::RefCell;
use std::fs;
use std::path::Path;

const SEPARATOR: &str = "\n# mended\n";
const SCHEMA: &str = include_str!("shop.schema");

/// The mistake of a file and the mended text.
fn read(path: &Path) -> (String, String) {
    let text = fs::read_to_string(path).expect("a file of the corpus");
    let (wrong, mended) = text.split_once(SEPARATOR).expect("a line `# mended`");
    (wrong.to_string(), mended.to_string())
}

fn check(path: &Path, text: &str) -> Package {
    let alone = path
        .parent()
        .is_some_and(|folder| folder.ends_with("alone"));
    if alone {
        package([("policies.courtesy", text)])
    } else {
        package([("policies.courtesy", text), ("schema.courtesy", SCHEMA)])
    }
}

/// Runs over the corpus; what `fails` says of a file is shown with all others.
fn over_the_corpus(fails: impl Fn(&Path, &str, &str) -> Option<String>) {
    let failures = RefCell::new(Vec::new());
    insta::glob!("*/*.courtesy", |path| {
        let (wrong, mended) = read(path);
        if let Some(failure) = fails(path, &wrong, &mended) {
            failures
                .borrow_mut()
                .push(format!("{}\n{failure}", path.display()));
        }
    });
    let failures = failures.into_inner();
    assert!(
        failures.is_empty(),
        "{} files:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn the_schema_of_the_corpus_is_sound() {
    assert_eq!(drawn(&package([("schema.courtesy", SCHEMA)])), "");
}

#[test]
fn each_mistake_reads_as_its_snapshot_says() {
    insta::glob!("*/*.courtesy", |path| {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let (wrong, _) = read(path);
        settings.bind(|| insta::assert_snapshot!("message", drawn(&check(path, &wrong))));
    });
}

#[test]
fn each_mistake_gets_one_message_with_a_way_out() {
    over_the_corpus(|path, wrong, _| {
        let package = check(path, wrong);
        let well = matches!(package.diagnostics(), [only] if only.help.is_some());
        (!well).then(|| drawn(&package))
    });
}

#[test]
fn what_a_message_offers_mends_the_mistake() {
    over_the_corpus(|path, _, mended| {
        let package = check(path, mended);
        (!package.diagnostics().is_empty()).then(|| drawn(&package))
    });
}

/// Cases behind whose first mistake there is a second, which gets its message once the first is mended.
const TWICE_WRONG: [&str; 4] = [
    "guesses/euro_sign.courtesy",
    "guesses/per_cent.courtesy",
    "guesses/pound_sign.courtesy",
    "types/subtract_dates_from_days.courtesy",
];

#[test]
fn a_fix_leaves_nothing_to_mend() {
    over_the_corpus(|path, wrong, _| {
        if TWICE_WRONG.iter().any(|case| path.ends_with(case)) {
            return None;
        }
        let package = check(path, wrong);
        let fix = package.diagnostics().iter().find_map(|d| d.fix.clone())?;
        let mut text = wrong.to_string();
        text.replace_range(fix.span.range(), &fix.replacement);
        let package = check(path, &text);
        (!package.diagnostics().is_empty()).then(|| format!("{text}\n{}", drawn(&package)))
    });
}

/// What a help says to write in place of what the message is about, where it says nothing else.
fn said(help: &str) -> Option<&str> {
    let text = help
        .strip_prefix("write `")
        .or_else(|| help.split_once("give a stand-in: `").map(|(_, text)| text))?;
    let text = text.strip_suffix('`')?;
    (!text.contains(['`', '…'])).then_some(text)
}

/// The text with the mend made that a message offers, as an editor would or by its help.
fn mended(text: &str, found: &Diagnostic) -> Option<String> {
    let (span, instead) = match (&found.fix, &found.help, found.span()) {
        (Some(fix), _, _) => (fix.span, fix.replacement.as_str()),
        (None, Some(help), Some(span)) => (span, said(help)?),
        _ => return None,
    };
    let mut text = text.to_string();
    text.replace_range(span.range(), instead);
    Some(text)
}

/// What is wrong with the mend of the first message of a text: it comes again.
fn comes_again(check: &dyn Fn(&str) -> Package, text: &str) -> Option<String> {
    let package = check(text);
    let found = package.diagnostics().first()?;
    let place = found.span()?;
    let text = mended(text, found)?;
    let after = check(&text);
    let mut again = after.diagnostics().iter().filter(|other| {
        let span = other.span();
        other.code == found.code && span.is_some_and(|span| span.start <= place.end)
    });
    again.next().map(|_| format!("{text}\n{}", drawn(&after)))
}

#[test]
fn what_a_help_says_to_write_does_not_bring_the_message_again() {
    over_the_corpus(|path, wrong, _| comes_again(&|text| check(path, text), wrong));
}

#[test]
fn what_the_pages_of_the_codes_say_to_write_does_not_either() {
    let mut tried = 0;
    for (code, _) in courtesy::diagnostic::codes() {
        let page = courtesy::diagnostic::page(code).expect("a page");
        let Some(wrong) = crate::codes::example(page, "## Wrong\n") else {
            continue;
        };
        tried += 1;
        let check = |text: &str| package([("example.courtesy", text)]);
        let again = comes_again(&check, wrong);
        assert!(again.is_none(), "{code}\n{}", again.unwrap_or_default());
    }
    assert!(tried >= 50, "only {tried} pages show their mistake");
}

/// A help that says nothing but what to write is a change that an editor can make.
#[test]
fn what_a_help_says_to_write_can_be_done_by_an_editor() {
    over_the_corpus(|path, wrong, _| {
        let package = check(path, wrong);
        let found = package.diagnostics().first()?;
        let said = said(found.help.as_deref()?)?;
        let only = found.help.as_deref()? == format!("write `{said}`");
        (only && found.fix.is_none()).then(|| drawn(&package))
    });
}

/// Cuts each file at a few places and puts a sign of several bytes there: every
/// place of a message lies between characters, whatever it is about.
#[test]
fn places_lie_between_characters() {
    over_the_corpus(|path, wrong, _| {
        let places = wrong.char_indices().map(|(at, _)| at).step_by(23);
        places
            .map(|at| wrong.split_at(at))
            .find_map(|(before, after)| {
                let texts = [before.to_string(), format!("{before}é’{after}")];
                texts.iter().find_map(|text| misplaced(path, text))
            })
    });
}

fn misplaced(path: &Path, text: &str) -> Option<String> {
    let package = check(path, text);
    let spans = package.diagnostics().iter().flat_map(|found| {
        let labels = found.labels.iter().map(|label| label.span);
        labels.chain(found.fix.iter().map(|fix| fix.span))
    });
    let mut spans = spans.filter_map(|span| {
        let source = package.sources().get(span.file)?.text();
        source.get(span.range()).is_none().then_some(span)
    });
    let found = spans.next().map(|span| format!("{span:?} in {text:?}"));
    drop(drawn(&package));
    found
}
