//! Where every random choice of the generator comes from.
//!
//! Input: a seed, the bytes of a fuzzer, or the tape of an earlier run. Output: numbers below a bound. The same
//! input gives the same numbers on every machine; what has run out gives 0, and 0 is always the plainest choice, so
//! that a short input makes a small package and a tape can be cut down to what a find needs.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A source of choices that remembers what was chosen.
pub struct Choices {
    source: Source,
    tape: Vec<u32>,
}

enum Source {
    Seed(Box<ChaCha8Rng>),
    Bytes(Vec<u8>),
    Tape(Vec<u32>),
}

impl Choices {
    /// Choices without end, from a seed.
    #[must_use]
    pub fn from_seed(seed: u64) -> Choices {
        Choices::new(Source::Seed(Box::new(ChaCha8Rng::seed_from_u64(seed))))
    }

    /// Choices from bytes: one byte for a choice among at most 256, else four.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Choices {
        let mut bytes = bytes.to_vec();
        bytes.reverse();
        Choices::new(Source::Bytes(bytes))
    }

    /// The choices of an earlier run, or what is left of them.
    #[must_use]
    pub fn from_tape(tape: &[u32]) -> Choices {
        let mut tape = tape.to_vec();
        tape.reverse();
        Choices::new(Source::Tape(tape))
    }

    fn new(source: Source) -> Choices {
        Choices {
            source,
            tape: Vec::new(),
        }
    }

    /// Everything that was chosen so far.
    #[must_use]
    pub fn tape(&self) -> &[u32] {
        &self.tape
    }

    /// A number from 0, less than `sides`; 0 where there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        let sides = u32::try_from(sides).unwrap_or(u32::MAX);
        if sides < 2 {
            return 0;
        }
        let drawn = match &mut self.source {
            Source::Seed(generator) => scaled(generator.next_u32(), sides),
            Source::Bytes(bytes) => from_bytes(bytes, sides),
            Source::Tape(tape) => tape.pop().unwrap_or(0) % sides,
        };
        self.tape.push(drawn);
        drawn as usize
    }

    /// Whether something of that probability happens; no where choices have run out.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) + percent >= 100
    }

    /// A whole number from one to the other, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(usize::try_from(high - low + 1).unwrap_or(1)) as i64
    }

    /// One of several, which are not none.
    pub fn one_of<'t, T>(&mut self, options: &'t [T]) -> &'t T {
        &options[self.below(options.len())]
    }

    /// The place of one of several, by weight.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut drawn = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            if drawn < *weight {
                return place;
            }
            drawn -= weight;
        }
        0
    }

    /// In another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            // 0 leaves everything where it is.
            let other = last - self.below(last + 1);
            things.swap(last, other);
        }
    }
}

/// A draw of 32 bits as a number below `sides`, by multiplication.
fn scaled(drawn: u32, sides: u32) -> u32 {
    ((u64::from(drawn) * u64::from(sides)) >> 32) as u32
}

fn from_bytes(bytes: &mut Vec<u8>, sides: u32) -> u32 {
    let count = if sides <= 256 { 1 } else { 4 };
    let mut drawn = 0_u32;
    for _ in 0..count {
        drawn = drawn << 8 | u32::from(bytes.pop().unwrap_or(0));
    }
    drawn % sides
}

/// The seed of one of many samples: splitmix64 of the base and the number.
#[must_use]
pub fn seed_of(base: u64, number: u64) -> u64 {
    let mut mixed = base.wrapping_add(number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
