//! Decision tables: what is said about a bad one, what a good one decides, and both against brute force.

#[path = "tables/brute_force.rs"]
mod brute_force;

use courtesy::diagnostic::{Diagnostic, to_report};
use courtesy::{CaseOptions, Package};
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::fs;
use std::path::Path;

/// What every package of `messages` may use.
const SHOP: &str = include_str!("tables/shop.schema");

fn package<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Package {
    let files = files.into_iter();
    Package::from_sources(files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())))
}

fn draw(diagnostic: &Diagnostic, package: &Package) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(80)
        .with_links(false);
    let mut text = String::new();
    let report = to_report(diagnostic, package.sources());
    handler
        .render_report(&mut text, &report)
        .expect("a string takes what is written");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

#[test]
fn bad_tables_are_told_so() {
    insta::glob!("tables/messages/*.courtesy", |path| {
        let text = fs::read_to_string(path).expect("a package");
        let package = package([("shop.courtesy", SHOP), ("table.courtesy", &text)]);
        assert!(package.has_errors(), "nothing is wrong with {path:?}");
        let drawn = package.diagnostics().iter();
        let drawn: Vec<String> = drawn.map(|found| draw(found, &package)).collect();
        insta::assert_snapshot!(format!("{text}\n{}", drawn.join("\n")));
    });
}

fn package_in(folder: &Path) -> Package {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().to_string();
        if name.ends_with(".courtesy") {
            files.push((name, fs::read(entry.path()).expect("a file")));
        }
    }
    Package::from_sources(files)
}

#[test]
fn tables_decide_by_the_first_row_that_matches() {
    insta::glob!("tables/decisions", "*/*.case.json", |path| {
        let package = package_in(path.parent().expect("a folder"));
        assert!(package.diagnostics().is_empty(), "{:?}", package.diagnostics());
        let engine = package.engine().expect("an engine");
        let case = fs::read(path).expect("a case");
        let decision = engine
            .decide_json(&case, &CaseOptions::default())
            .expect("a decision");
        insta::assert_snapshot!(decision.to_json_pretty());
    });
}
