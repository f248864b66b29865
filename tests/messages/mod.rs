//! The words of the diagnostics: a corpus of small mistakes, one a file.
//!
//! Each file holds a mistake, then, below a line `# mended`, the same with what
//! the message offers written instead. Files are read together with
//! `shop.schema`, those of the folder `alone` by themselves.

use crate::support::{drawn, package};
use courtesy::Package;
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

#[test]
fn a_fix_leaves_nothing_to_mend() {
    over_the_corpus(|path, wrong, _| {
        let package = check(path, wrong);
        let fix = package.diagnostics().iter().find_map(|d| d.fix.clone())?;
        let mut text = wrong.to_string();
        text.replace_range(fix.span.range(), &fix.replacement);
        let package = check(path, &text);
        (!package.diagnostics().is_empty()).then(|| format!("{text}\n{}", drawn(&package)))
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
