//! The jobs: each holds one promise against what the library does, over many generated or hostile cases.
//!
//! Input: how many cases, and a seed. Output: what was tried and found, for the results file. Every find is one
//! line that the program replays.

mod soundness;
mod sweep;

pub use sweep::{Probe, Tally};

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

/// Something that breaks a promise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// What replays it: the seed of the sample and the number of the case.
    pub line: String,
    /// What was seen.
    pub what: String,
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
        sweep::sweep(self.probe, options, cases, self.each)
    }

    /// Tries the sample of one seed alone.
    #[must_use]
    pub fn replay(&self, seed: u64) -> Tally {
        let mut tally = Tally::default();
        self.probe.probe(seed, self.each, &mut tally);
        tally
    }
}

/// Every job.
#[must_use]
pub fn jobs() -> Vec<Job> {
    vec![Job {
        name: "soundness",
        cases: 1_000_000,
        each: 100,
        probe: &soundness::Soundness,
    }]
}
