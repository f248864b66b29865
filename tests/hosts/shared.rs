//! The cases that every host decides (`tests/hosts-corpus`), decided by the library: the bytes that the command gave.

use crate::support::{engine, package_in, root};
use courtesy::{CaseOptions, Engine};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;

#[derive(Deserialize)]
struct Asked {
    name: String,
    package: String,
    case: Box<RawValue>,
}

/// The decision, or as JSON why the case does not fit.
fn answer(engine: &Engine, case: &RawValue) -> String {
    match engine.decide_json(case.get().as_bytes(), &CaseOptions::default()) {
        Ok(decision) => decision.to_json(),
        Err(misfit) => serde_json::to_string(&misfit).unwrap(),
    }
}

#[test]
fn the_cases_of_all_hosts_are_decided_with_the_bytes_of_the_command() {
    let read = |name| fs::read_to_string(root("tests/hosts-corpus").join(name)).unwrap();
    let asked: Vec<Asked> = serde_json::from_str(&read("cases.json")).unwrap();
    let expected = read("decisions.ndjson");
    assert_eq!(asked.len(), expected.lines().count());
    let mut engines = BTreeMap::new();
    let mut misfits = 0;
    for (
        Asked {
            name,
            package,
            case,
        },
        expected,
    ) in asked.iter().zip(expected.lines())
    {
        let engine = engines
            .entry(package)
            .or_insert_with(|| engine(&package_in(&root(package))));
        assert_eq!(answer(engine, case), expected, "{name}");
        misfits += usize::from(expected.starts_with("{\"code\":"));
    }
    assert!(engines.len() >= 20, "only {} packages", engines.len());
    assert!(misfits >= 15, "only {misfits} cases that do not fit");
}
