//! Private fields stay where they belong, and text from a record stays text.

use courtesy_promises::jobs::{canaries, names};
use std::path::Path;

#[test]
fn no_canary_of_a_private_field_is_told_anywhere() {
    let tally = canaries::run(Path::new(env!("CARGO_BIN_EXE_courtesy")));
    assert!(tally.failures.is_empty(), "{}", tally.report());
    assert!(
        tally.cases > 400,
        "only {} texts were searched",
        tally.cases
    );
}

#[test]
fn no_name_becomes_markup_template_or_command() {
    let tally = names::run(Path::new(env!("CARGO_BIN_EXE_courtesy")));
    assert!(tally.failures.is_empty(), "{}", tally.report());
    assert!(
        tally.cases > 200,
        "only {} outputs were looked at",
        tally.cases
    );
}
