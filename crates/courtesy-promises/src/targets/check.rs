//! Any bytes, as the files of a package: the checker ends, in the same words each time, and what it accepts decides.

use super::said;
use courtesy::{CaseOptions, Coverage, Package};

/// What stands between two files.
const BETWEEN_FILES: u8 = 0;

/// A case for packages that ask for nothing.
const CASE: &[u8] = br#"{"now":"2026-11-23T10:00:00Z"}"#;

/// Checks the bytes, cut into files at each zero; a package without errors decides, and its examples run.
pub fn check(bytes: &[u8]) {
    let files = named(bytes);
    let package = Package::from_sources(files.clone());
    said::hold(package.diagnostics(), package.sources());
    let again = Package::from_sources(files.into_iter().rev());
    assert_eq!(
        again.diagnostics(),
        package.diagnostics(),
        "the order of files means something"
    );
    let Some(engine) = package.engine() else {
        return;
    };
    assert!(!package.has_errors());
    let mut coverage = Coverage::new(&package);
    for example in package.examples() {
        let result = example.run(&engine, |_| Err("there are no files here".to_string()));
        if let Some(case) = &result.case {
            coverage.add(&engine, case);
        }
        for failure in &result.failures {
            said::shown(&failure.expected);
        }
    }
    if let Ok(decision) = engine.decide_json(CASE, &CaseOptions::default()) {
        let json: serde_json::Value =
            serde_json::from_str(&decision.to_json()).expect("a decision is JSON");
        assert_eq!(json["package"], engine.fingerprint());
    }
}

fn named(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let files = bytes.split(|byte| *byte == BETWEEN_FILES).enumerate();
    files
        .map(|(number, file)| (format!("{number:03}.courtesy"), file.to_vec()))
        .collect()
}
