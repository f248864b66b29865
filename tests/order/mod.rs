//! Order means nothing (Law 4): files, declarations and clauses turned round change no byte of a decision.

use crate::support::{files, root};
use courtesy::{CaseOptions, Engine, Package};
use std::fs;
use std::path::PathBuf;

/// The declarations of a formatted file, each with the comments above it, the last first; the clauses of its
/// policies the last first too.
fn turned_round(text: &str) -> String {
    let mut declarations: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        let begins = line.starts_with(|first: char| first.is_alphabetic() || first == '#');
        let in_comment = declarations
            .last()
            .is_some_and(|lines| lines.last().is_some_and(|line| line.starts_with('#')));
        if begins && !in_comment {
            declarations.push(Vec::new());
        }
        declarations.last_mut().expect("one").push(line);
    }
    let turned = declarations.iter().rev().map(|lines| clauses_turned(lines));
    turned.collect::<Vec<_>>().join("\n\n")
}

fn clauses_turned(lines: &[&str]) -> String {
    let Some(head) = lines.iter().position(|line| line.starts_with("policy ")) else {
        return lines.join("\n");
    };
    let mut clauses: Vec<Vec<&str>> = Vec::new();
    for line in lines.iter().skip(head.saturating_add(1)) {
        let begins = line.starts_with("  ")
            && line
                .get(2..)
                .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        match clauses.last_mut() {
            Some(clause) if !begins => clause.push(line),
            _ => clauses.push(vec![line]),
        }
    }
    clauses.reverse();
    let mut all: Vec<&str> = lines.iter().take(head.saturating_add(1)).copied().collect();
    all.extend(clauses.into_iter().flatten());
    all.join("\n")
}

fn engine(files: &[PathBuf], change: fn(&str) -> String) -> Engine {
    let sources = files.iter().map(|path| {
        let text = fs::read_to_string(path).expect("a file");
        (path.display().to_string(), change(&text).into_bytes())
    });
    let package = Package::from_sources(sources);
    let errors = package.has_errors();
    assert!(!errors, "{files:?}\n{:?}", package.diagnostics());
    package.engine().expect("an engine")
}

#[test]
fn turning_everything_round_changes_no_byte() {
    let mut decided = 0;
    for place in ["examples", "tests/decisions"] {
        for folder in fs::read_dir(root(place)).expect("a folder").flatten() {
            if !folder.path().is_dir() {
                continue;
            }
            let mut policies = files(&folder.path(), ".courtesy");
            let cases = files(&folder.path(), ".case.json");
            if policies.is_empty() || cases.is_empty() {
                continue;
            }
            let written = engine(&policies, str::to_string);
            policies.reverse();
            let turned = engine(&policies, turned_round);
            assert_eq!(
                written.fingerprint(),
                turned.fingerprint(),
                "{:?}",
                folder.path()
            );
            for case in cases {
                let json = fs::read(&case).expect("a case");
                let decide = |engine: &Engine| {
                    let decision = engine.decide_json(&json, &CaseOptions::default());
                    decision.expect("a decision").to_json()
                };
                assert_eq!(decide(&written), decide(&turned), "{case:?}");
                decided = usize::saturating_add(decided, 1);
            }
        }
    }
    assert!(decided >= 40, "only {decided} cases were decided");
}
