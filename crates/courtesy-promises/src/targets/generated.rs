//! Bytes as the choices of the generator: a package that means well, and cases that fit it.

use crate::generate::Sample;
use crate::jobs::{Tally, jobs};

/// Cases for each package.
const CASES: usize = 3;

/// The package checks, and the engine decides every case.
pub fn soundness(bytes: &[u8]) {
    probe("soundness", bytes);
}

/// The engine decides every case as the reference does.
pub fn parity(bytes: &[u8]) {
    probe("parity", bytes);
}

fn probe(name: &str, bytes: &[u8]) {
    let job = jobs().into_iter().find(|job| job.name == name);
    let job = job.expect("a job of that name");
    let mut tally = Tally::default();
    let sample = Sample::from_bytes(bytes, CASES);
    let (probe, _) = job.probe().expect("a job over samples");
    probe.probe(&sample, 0, &mut tally);
    let found: Vec<&str> = tally.failures.iter().map(|one| one.what.as_str()).collect();
    assert!(
        found.is_empty(),
        "{found:#?}\n{:#?}\n{:#?}",
        sample.files,
        sample.cases
    );
}
