//! Making a find small: the same choices, fewer and plainer, as long as the promise still breaks.
//!
//! Input: a probe and the tape of a sample that fails. Output: a sample with a smaller tape that fails as well.

use super::sweep::{Probe, Tally};
use crate::generate::Sample;

/// How many samples are tried at most.
const TRIES: usize = 6_000;

/// A smaller sample of one case that fails too, and what is seen.
#[must_use]
pub fn shrink(probe: &dyn Probe, seed: u64, each: usize, case: usize) -> Option<(Sample, String)> {
    let mut shrinking = Shrinking {
        probe,
        tape: Sample::tape_of(seed, each, case),
        tries: 0,
    };
    shrinking.found(&shrinking.tape.clone())?;
    while shrinking.round() && shrinking.tries < TRIES {}
    let tape = shrinking.tape.clone();
    let what = shrinking.found(&tape)?;
    Some((Sample::from_tape(&tape, 1), what))
}

struct Shrinking<'p> {
    probe: &'p dyn Probe,
    tape: Vec<u32>,
    tries: usize,
}

impl Shrinking<'_> {
    fn found(&mut self, tape: &[u32]) -> Option<String> {
        self.tries += 1;
        let mut tally = Tally::default();
        self.probe.probe(&Sample::from_tape(tape, 1), 0, &mut tally);
        tally.failures.pop().map(|failure| failure.what)
    }

    fn keeps(&mut self, tape: Vec<u32>) -> bool {
        let keeps = self.tries < TRIES && self.found(&tape).is_some();
        if keeps {
            self.tape = tape;
        }
        keeps
    }

    /// Leaves out and zeroes stretches, large ones first; whether anything got smaller.
    fn round(&mut self) -> bool {
        let mut better = false;
        let mut size = self.tape.len().div_ceil(2);
        while size > 0 {
            let mut start = 0;
            while start < self.tape.len() {
                let end = (start + size).min(self.tape.len());
                let mut shorter = self.tape.clone();
                shorter.drain(start..end);
                let mut plainer = self.tape.clone();
                plainer[start..end].fill(0);
                if self.keeps(shorter) {
                    better = true;
                } else {
                    better |= plainer != self.tape && self.keeps(plainer);
                    start += size;
                }
            }
            size /= 2;
        }
        better
    }
}
