//! Decisions as a host's own tests keep them.

use crate::support::{engine, package_in, read_case, root};
use courtesy::testing::{readable, readable_json};

#[test]
fn a_decision_is_kept_with_why_it_is_so() {
    let (engine, case) = read_case(&root("examples/2-milk-frother/name-known.case.json"));
    insta::assert_snapshot!(readable(&engine, &case));
}

#[test]
fn json_gives_the_same_text_and_a_misfit_is_one_too() {
    let path = root("examples/2-milk-frother/name-known.case.json");
    let (engine, case) = read_case(&path);
    let json = std::fs::read(&path).unwrap();
    assert_eq!(readable_json(&engine, &json), readable(&engine, &case));
    let misfit = readable_json(&engine, br#"{"now":"2026-11-23T10:00:00Z"}"#);
    insta::assert_snapshot!(misfit);
}

#[test]
fn the_text_does_not_change_with_the_fingerprint() {
    let folder = root("examples/2-milk-frother");
    let engine = engine(&package_in(&folder));
    let json = std::fs::read(folder.join("name-known.case.json")).unwrap();
    assert!(!readable_json(&engine, &json).contains(engine.fingerprint()));
}
