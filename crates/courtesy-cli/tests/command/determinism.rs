//! The same case gives the same bytes, whatever surrounds the process.

use super::support::examples;
use courtesy_promises::jobs::surroundings;
use std::path::Path;

/// Two surroundings for each package, other ones for each; `scripts/promises.sh` has more.
#[test]
fn a_case_has_one_decision_wherever_and_however_it_is_decided() {
    let command = Path::new(env!("CARGO_BIN_EXE_courtesy"));
    let tally = surroundings::run(command, &examples(), 2);
    assert!(tally.failures.is_empty(), "{}", tally.report());
    assert!(tally.counts["packages"] >= 8, "{:?}", tally.counts);
}
