//! The corpus of all hosts: the same bytes here.

use super::support::{NDJSON, Serving, root};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;

#[derive(serde::Deserialize)]
struct Entry {
    name: String,
    package: String,
    case: Box<RawValue>,
}

#[test]
fn the_service_decides_the_corpus_with_the_same_bytes() {
    let read = |name: &str| fs::read_to_string(root("tests/hosts-corpus").join(name)).unwrap();
    let entries: Vec<Entry> = serde_json::from_str(&read("cases.json")).unwrap();
    let decisions = read("decisions.ndjson");
    let decisions: Vec<&str> = decisions.lines().collect();
    assert_eq!(entries.len(), decisions.len());
    assert!(entries.len() > 50);
    let mut packages: BTreeMap<&str, Vec<(&Entry, &str)>> = BTreeMap::new();
    for (entry, decision) in entries.iter().zip(&decisions) {
        packages
            .entry(&entry.package)
            .or_default()
            .push((entry, decision));
    }
    for (package, cases) in packages {
        let serving = Serving::start(&root(package), &[]);
        let mut body = String::new();
        for (entry, decision) in &cases {
            one_by_one(&serving, entry, decision);
            body.push_str(entry.case.get());
            body.push('\n');
        }
        let text = serving.post("/decide/batch", NDJSON, body).text().unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), cases.len(), "{package}");
        for ((number, line), (entry, decision)) in (1..).zip(lines).zip(&cases) {
            // A line that has no decision says which it was.
            let line = line.replacen(&format!("{{\"line\":{number},"), "{", 1);
            assert_eq!(line, **decision, "{}", entry.name);
        }
    }
}

/// `/decide` lays its answer out; in one line it is the same.
fn one_by_one(serving: &Serving, entry: &Entry, decision: &str) {
    let response = serving.decide(entry.case.get());
    let (status, text) = (response.status(), response.text().unwrap());
    if status == 200 {
        let flat: Box<RawValue> = serde_json::from_str(&text).unwrap();
        assert_eq!(without_layout(flat.get()), decision, "{}", entry.name);
    } else {
        let problem: Value = serde_json::from_str(&text).unwrap();
        let expected: Value = serde_json::from_str(decision).unwrap();
        assert_eq!(problem["misfits"][0], expected, "{}", entry.name);
    }
}

/// JSON without the blanks between its parts.
fn without_layout(text: &str) -> String {
    let (mut out, mut within, mut escaped) = (String::new(), false, false);
    for letter in text.chars() {
        if within || !letter.is_ascii_whitespace() {
            out.push(letter);
        }
        if letter == '"' && !escaped {
            within = !within;
        }
        escaped = within && letter == '\\' && !escaped;
    }
    out
}
