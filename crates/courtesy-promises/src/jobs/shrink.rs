//! Making a find small: the same choices, fewer and plainer, as long as the promise still breaks for the same cause.
//!
//! Input: a probe and the tape of a sample that fails. Output: a sample with a smaller tape that fails alike.

use super::Tally;
use super::sweep::Probe;
use crate::generate::Sample;

/// How many samples are tried at most.
const TRIES: usize = 6_000;

/// A smaller sample of one case that fails too, and what is seen.
#[must_use]
pub fn shrink(probe: &dyn Probe, seed: u64, each: usize, case: usize) -> Option<(Sample, String)> {
    let tape = Sample::tape_of(seed, each, case);
    let what = finds(probe, &tape).pop()?;
    let mut shrinking = Shrinking {
        probe,
        cause: cause_of(&what).to_string(),
        what,
        tape,
        tries: 0,
    };
    while shrinking.round() && shrinking.tries < TRIES {}
    Some((Sample::from_tape(&shrinking.tape, 1), shrinking.what))
}

/// What breaks over the sample of a tape.
fn finds(probe: &dyn Probe, tape: &[u32]) -> Vec<String> {
    let mut tally = Tally::default();
    probe.probe(&Sample::from_tape(tape, 1), 0, &mut tally);
    let finds = tally.failures.into_iter();
    finds.map(|failure| failure.what).collect()
}

/// What finds of one cause say alike: the words before the first name, number or value.
fn cause_of(what: &str) -> &str {
    let named = |sign: char| sign.is_ascii_digit() || "`\"'{[(".contains(sign);
    what.split(named).next().unwrap_or(what)
}

struct Shrinking<'p> {
    probe: &'p dyn Probe,
    cause: String,
    what: String,
    tape: Vec<u32>,
    tries: usize,
}

impl Shrinking<'_> {
    /// Whether the tape breaks the promise for the same cause; it takes the place of the one before then.
    fn keeps(&mut self, tape: Vec<u32>) -> bool {
        if self.tries >= TRIES {
            return false;
        }
        self.tries += 1;
        let mut finds = finds(self.probe, &tape).into_iter();
        let Some(what) = finds.find(|what| cause_of(what) == self.cause) else {
            return false;
        };
        self.what = what;
        self.tape = tape;
        true
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

#[cfg(test)]
mod tests {
    use super::{cause_of, shrink};
    use crate::generate::Sample;
    use crate::jobs::{Probe, Tally};

    #[test]
    fn a_cause_is_the_words_before_what_differs() {
        let says = "the reference says: nothing is called `one16` here";
        assert_eq!(cause_of(says), "the reference says: nothing is called ");
        assert_eq!(
            cause_of("proposals 2: engine {}, reference -"),
            "proposals "
        );
        assert_eq!(cause_of("it panicked"), "it panicked");
    }

    /// Breaks twice over: every sample for one cause, those with a policy that has a condition for another.
    struct Twice;

    impl Probe for Twice {
        fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
            tally.fail((seed, None), "there are files");
            if sample.files.iter().any(|(_, text)| text.contains("when ")) {
                tally.fail((seed, None), "there is a condition");
            }
        }
    }

    #[test]
    fn what_is_made_small_keeps_its_cause() {
        let (sample, what) = shrink(&Twice, 20_261_124, 1, 0).expect("a find");
        assert_eq!(what, "there is a condition");
        let text: String = sample.files.iter().map(|(_, text)| text.as_str()).collect();
        assert!(text.contains("when "), "{text}");
    }
}
