//! Packages and cases under `tests/decisions`: files in, decisions out.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test reads files, and stops where it stands"
)]

use courtesy::{CaseOptions, Package};
use std::fs;
use std::path::Path;

fn package(folder: &Path) -> Package {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().to_string();
        if name.ends_with(".courtesy") {
            files.push((name, fs::read(entry.path()).expect("a file")));
        }
    }
    Package::from_sources(files)
}

/// The decision as people read it, then as JSON.
#[test]
fn decisions_are_as_their_snapshots_say() {
    insta::glob!("decisions", "*/*.case.json", |path| {
        let package = package(path.parent().expect("a folder"));
        assert!(!package.has_errors(), "{:?}", package.diagnostics());
        let engine = package.engine().expect("an engine");
        let case = fs::read(path).expect("a case");
        let decision = engine
            .decide_json(&case, &CaseOptions::default())
            .expect("a decision");
        let json = decision.to_json_pretty();
        let json = json.replace(engine.fingerprint(), "FINGERPRINT");
        insta::assert_snapshot!(format!("{}\n{json}", decision.to_text()));
    });
}
