//! The jobs: each holds one promise against what the library or the built command does, over many generated or
//! hostile cases.
//!
//! Input: how many cases, and a seed. Output: what was tried and found, for the results file. Every find is one
//! line that the program replays, or that says what was run.

pub mod canaries;
mod contact;
mod cost;
pub mod crash;
mod formatting;
mod growth;
mod holdouts;
mod mistakes;
pub mod names;
mod parity;
mod relations;
mod shrink;
mod soundness;
pub mod surroundings;
mod sweep;
mod tally;
mod until;
mod words;
mod workplace;

pub use shrink::shrink;
use std::path::{Path, PathBuf};
pub use sweep::Probe;
pub use tally::{Failure, Place, Tally};

/// How a job is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many cases; each job has its own number where none is given.
    pub cases: Option<u64>,
    /// Where the random choices begin.
    pub seed: u64,
    /// How many threads.
    pub threads: usize,
    /// The built command, for the jobs that run it.
    pub command: Option<PathBuf>,
}

/// A job by its name.
pub struct Job {
    /// What it is called on the command line and in the results file.
    pub name: &'static str,
    /// How many cases it tries where nothing is said.
    pub cases: u64,
    /// What it does.
    pub work: Work,
}

/// What a job does.
pub enum Work {
    /// Tries generated samples.
    Samples {
        /// How many cases it makes for each package.
        each: usize,
        /// What tries one sample.
        probe: &'static dyn Probe,
    },
    /// Makes so many cases of its own.
    Own(fn(u64) -> Tally),
    /// Runs the built command in so many cases, from a seed.
    Command(fn(&Path, u64, u64) -> Tally),
}

impl Job {
    /// Runs the job.
    ///
    /// # Errors
    /// What it needs and was not given.
    pub fn run(&self, options: &Options) -> Result<Tally, String> {
        let cases = options.cases.unwrap_or(self.cases);
        match &self.work {
            Work::Samples { each, probe } => Ok(sweep::sweep(*probe, options, cases, *each)),
            Work::Own(run) => Ok(run(cases)),
            Work::Command(run) => {
                let command = options.command.as_deref().filter(|path| path.is_file());
                let command = command.ok_or(format!(
                    "{} runs the command: build it first, or say where it is with --command",
                    self.name
                ))?;
                Ok(run(command, cases, options.seed))
            }
        }
    }

    /// What tries one sample, and how many cases are made for it; nothing where the job makes its own cases.
    #[must_use]
    pub fn probe(&self) -> Option<(&'static dyn Probe, usize)> {
        match self.work {
            Work::Samples { each, probe } => Some((probe, each)),
            Work::Own(_) | Work::Command(_) => None,
        }
    }
}

/// Every job.
#[must_use]
pub fn jobs() -> Vec<Job> {
    vec![
        samples("soundness", 1_000_000, 100, &soundness::Soundness),
        samples("parity", 500_000, 100, &parity::Parity),
        samples("relations", 40_000, 20, &relations::Relations),
        samples("mistakes", 12_000, 40, &mistakes::Mistakes),
        samples("less-contact", 10_000, 10, &contact::Contact),
        samples("until", 100_000, 40, &until::Until),
        samples("cost", 200_000, 100, &cost::StatedCost),
        samples("formatting", 5_000, 2, &formatting::Formatting),
        job("holdouts", 1_000_000, Work::Own(holdouts::run)),
        job("growth", 4, Work::Own(growth::run)),
        job("crash", 200, Work::Command(crash::thoroughly)),
        job(
            "canaries",
            0,
            Work::Command(|command, _, _| canaries::run(command)),
        ),
        job(
            "names",
            0,
            Work::Command(|command, _, _| names::run(command)),
        ),
        job("surroundings", 56, Work::Command(surroundings::of_examples)),
    ]
}

fn job(name: &'static str, cases: u64, work: Work) -> Job {
    Job { name, cases, work }
}

fn samples(name: &'static str, cases: u64, each: usize, probe: &'static dyn Probe) -> Job {
    job(name, cases, Work::Samples { each, probe })
}
