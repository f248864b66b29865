//! Private fields stay where they belong, and text from a record stays text.

use courtesy_promises::jobs::{canaries, names};
use std::path::Path;

#[test]
fn no_canary_of_a_private_field_is_told_anywhere() {
    let held = canaries::run(Path::new(env!("CARGO_BIN_EXE_courtesy")));
    assert!(held.failures.is_empty(), "{}", held.report());
    assert!(held.cases > 400, "only {} texts were searched", held.cases);
}

#[test]
fn no_name_becomes_markup_template_or_command() {
    let held = names::run(Path::new(env!("CARGO_BIN_EXE_courtesy")));
    assert!(held.failures.is_empty(), "{}", held.report());
    assert!(
        held.cases > 200,
        "only {} outputs were looked at",
        held.cases
    );
}
