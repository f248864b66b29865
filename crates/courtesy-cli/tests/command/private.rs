//! Private fields stay where they belong.

use courtesy_promises::jobs::canaries;
use std::path::Path;

#[test]
fn no_canary_of_a_private_field_is_told_anywhere() {
    let held = canaries::run(Path::new(env!("CARGO_BIN_EXE_courtesy")));
    assert!(held.failures.is_empty(), "{}", held.report());
    assert!(held.cases > 400, "only {} texts were searched", held.cases);
}
