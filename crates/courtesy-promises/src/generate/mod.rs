//! Random packages and cases: one generator for every test, fuzz target and bench.
//!
//! Input: a seed, bytes, or the tape of an earlier run. Output: the files of a package and cases for it, the same
//! for the same input everywhere. Packages are well formed by construction: every expression is made for a type,
//! what may be missing is dealt with, and tables cover every case. The few that the checker refuses all the same
//! are counted where they are used.

mod arithmetic;
mod cases;
mod choices;
mod clock;
mod conditions;
mod defines;
mod layout;
mod lists;
mod literals;
mod maker;
mod model;
mod moments;
mod piece;
mod policies;
mod schema;
mod scope;
mod tests_of;
mod texts;
mod values;

pub use choices::{Choices, seed_of};

use cases::Cases;
use maker::Maker;
use std::collections::BTreeSet;

/// A package and cases for it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The name and the text of each file.
    pub files: Vec<(String, String)>,
    /// Cases as JSON.
    pub cases: Vec<String>,
    /// The declarations of the files, one by one: a policy has a line for its title and one for each clause, a table
    /// one for each row.
    pub declarations: Vec<String>,
    /// Which parts of the language the package uses.
    pub marks: BTreeSet<&'static str>,
}

impl Sample {
    /// A package and that many cases from a seed.
    #[must_use]
    pub fn from_seed(seed: u64, cases: usize) -> Sample {
        Sample::from_choices(&mut Choices::from_seed(seed), cases)
    }

    /// A package and that many cases from the bytes of a fuzzer.
    #[must_use]
    pub fn from_bytes(bytes: &[u8], cases: usize) -> Sample {
        Sample::from_choices(&mut Choices::from_bytes(bytes), cases)
    }

    /// A package and that many cases.
    #[must_use]
    pub fn from_choices(choices: &mut Choices, cases: usize) -> Sample {
        Sample::with_bounds(choices, cases).0
    }

    /// A package and that many cases from the tape of an earlier run.
    #[must_use]
    pub fn from_tape(tape: &[u32], cases: usize) -> Sample {
        Sample::from_choices(&mut Choices::from_tape(tape), cases)
    }

    /// The tape of the package of a seed and of one of its cases alone.
    #[must_use]
    pub fn tape_of(seed: u64, cases: usize, case: usize) -> Vec<u32> {
        let mut choices = Choices::from_seed(seed);
        let (_, bounds) = Sample::with_bounds(&mut choices, cases);
        let tape = choices.tape();
        let mut alone = tape[..bounds[0]].to_vec();
        alone.extend_from_slice(&tape[bounds[case]..bounds[case + 1]]);
        alone
    }

    /// The same declarations in another order, over other files, with other comments.
    #[must_use]
    pub fn rearranged(declarations: &[String], choices: &mut Choices) -> Vec<(String, String)> {
        let clauses_moved = declarations.iter().map(|declaration| {
            let mut lines: Vec<&str> = declaration.lines().collect();
            if declaration.starts_with("policy ") {
                choices.shuffle(&mut lines[1..]);
            }
            lines.join("\n")
        });
        let declarations: Vec<String> = clauses_moved.collect();
        layout::files(&declarations, choices)
    }

    /// A sample, and where in the tape the package and each case end.
    fn with_bounds(choices: &mut Choices, cases: usize) -> (Sample, Vec<usize>) {
        let mut maker = Maker::new(choices);
        maker.schema();
        maker.timezone();
        maker.definitions();
        maker.policies();
        let files = layout::files(&maker.model.declarations, maker.choices);
        let model = maker.model;
        let mut made = Cases::new(&model, choices);
        let mut bounds = vec![made.choices.tape().len()];
        let cases = (0..cases)
            .map(|_| {
                let case = made.case();
                bounds.push(made.choices.tape().len());
                case
            })
            .collect();
        let sample = Sample {
            files,
            cases,
            declarations: model.declarations.clone(),
            marks: model.marks.clone(),
        };
        (sample, bounds)
    }
}
