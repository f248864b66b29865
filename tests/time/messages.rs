//! The words of the diagnostics about calendars and slots: a mistake a file, then,
//! below a line `# mended`, the same with what the message offers written instead.

use crate::asking::package;
use courtesy::Package;
use courtesy::diagnostic::to_report;
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::cell::RefCell;
use std::fs;
use std::path::Path;

fn halves(path: &Path) -> (String, String) {
    let text = fs::read_to_string(path).expect("a file");
    let (wrong, mended) = text.split_once("\n# mended\n").expect("a line `# mended`");
    (wrong.to_string(), mended.to_string())
}

fn drawn(package: &Package) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(80)
        .with_links(false);
    let mut text = String::new();
    for diagnostic in package.diagnostics() {
        let report = to_report(diagnostic, package.sources());
        handler.render_report(&mut text, &report).expect("a report");
    }
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// What is wrong with a file of the corpus.
fn fault(wrong: &str, mended: &str) -> Option<String> {
    let package = crate::asking::package(wrong);
    let found = package.diagnostics();
    if !matches!(found, [only] if only.help.is_some()) {
        return Some(drawn(&package));
    }
    let fixed = found.iter().find_map(|found| found.fix.clone()).map(|fix| {
        let mut text = wrong.to_string();
        text.replace_range(fix.span.range(), &fix.replacement);
        text
    });
    let mut texts = std::iter::once(mended.to_string()).chain(fixed);
    texts.find_map(|text| Some(drawn(&crate::asking::package(&text))).filter(|it| !it.is_empty()))
}

#[test]
fn each_mistake_has_one_message_that_mends_it() {
    let faults = RefCell::new(Vec::new());
    insta::glob!("../messages/alone", "calendar_*.courtesy", |path| {
        let (wrong, mended) = halves(path);
        insta::assert_snapshot!("message", drawn(&package(&wrong)));
        let fault = fault(&wrong, &mended);
        faults
            .borrow_mut()
            .extend(fault.map(|fault| format!("{}\n{fault}", path.display())));
    });
    let faults = faults.into_inner();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
