//! The jobs: each holds one promise against what the library does, over many generated or hostile cases.
//!
//! Input: how many cases, and a seed. Output: what was tried and found, for the results file. Every find is one
//! line that the program replays.

pub mod canaries;
mod contact;
mod cost;
pub mod crash;
mod formatting;
pub mod growth;
pub mod held;
mod holdouts;
mod mistakes;
pub mod names;
mod parity;
mod relations;
mod shrink;
mod soundness;
pub mod surroundings;
mod sweep;
mod until;
mod words;

use crate::generate::Sample;
pub use shrink::shrink;
pub use sweep::{Failure, Probe, Tally};

/// How a job is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many cases; each job has its own number where none is given.
    pub cases: Option<u64>,
    /// Where the random choices begin.
    pub seed: u64,
    /// How many threads.
    pub threads: usize,
}

/// A job by its name.
pub struct Job {
    /// What it is called on the command line and in the results file.
    pub name: &'static str,
    /// How many cases it tries where nothing is said.
    pub cases: u64,
    /// How many cases it makes for each package.
    pub each: usize,
    /// What tries one sample.
    pub probe: &'static dyn Probe,
}

impl Job {
    /// Runs the job.
    #[must_use]
    pub fn run(&self, options: &Options) -> Tally {
        let cases = options.cases.unwrap_or(self.cases);
        self.probe.run(options, cases, self.each)
    }

    /// Tries the sample of one seed alone.
    #[must_use]
    pub fn replay(&self, seed: u64) -> Tally {
        let mut tally = Tally::default();
        let sample = Sample::from_seed(seed, self.each);
        self.probe.probe(&sample, seed, &mut tally);
        tally
    }
}

/// Every job.
#[must_use]
pub fn jobs() -> Vec<Job> {
    let job = |name, cases, each, probe| Job {
        name,
        cases,
        each,
        probe,
    };
    vec![
        job("soundness", 1_000_000, 100, &soundness::Soundness),
        job("parity", 500_000, 100, &parity::Parity),
        job("relations", 40_000, 20, &relations::Relations),
        job("mistakes", 12_000, 40, &mistakes::Mistakes),
        job("less-contact", 10_000, 10, &contact::Contact),
        job("until", 100_000, 40, &until::Until),
        job("cost", 200_000, 100, &cost::StatedCost),
        job("formatting", 5_000, 2, &formatting::Formatting),
        job("holdouts", 1_000_000, 1, &holdouts::Holdouts),
    ]
}
