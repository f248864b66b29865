//! Running a job over many samples on several threads.
//!
//! Input: a probe, how many samples, a seed. Output: one tally, the same for every number of threads: each sample
//! has its own seed, and tallies are joined by addition.

use super::Options;
use crate::generate::{Sample, seed_of};
use courtesy::{Engine, Package};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

/// Something that breaks a promise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The seed of the sample.
    pub seed: u64,
    /// Which of its cases; none where the package alone is wrong.
    pub case: Option<usize>,
    /// What was seen.
    pub what: String,
}

/// What a job has counted and found.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Samples that were tried.
    pub samples: u64,
    /// Cases, or whatever the job counts.
    pub cases: u64,
    /// What broke the promise.
    pub failures: Vec<Failure>,
    /// Further figures, by name; they add up.
    pub counts: BTreeMap<String, u64>,
}

impl Tally {
    /// Adds to a figure.
    pub fn count(&mut self, name: &str, more: u64) {
        if let Some(figure) = self.counts.get_mut(name) {
            *figure += more;
        } else {
            self.counts.insert(name.to_string(), more);
        }
    }

    /// Notes a find.
    pub fn fail(&mut self, seed: u64, case: Option<usize>, what: impl Into<String>) {
        let what = what.into();
        self.failures.push(Failure { seed, case, what });
    }

    /// Notes what was tried of a case.
    pub(super) fn outcome(&mut self, seed: u64, case: usize, tried: Result<(), String>) {
        self.cases += 1;
        if let Err(what) = tried {
            self.fail(seed, Some(case), what);
        }
    }

    pub(super) fn add(&mut self, other: Tally) {
        self.samples += other.samples;
        self.cases += other.cases;
        self.failures.extend(other.failures);
        for (name, more) in other.counts {
            self.count(&name, more);
        }
    }
}

/// What tries one sample.
pub trait Probe: Sync {
    /// Tries a sample; the seed is where it came from.
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally);

    /// Runs over samples until enough cases were made.
    fn run(&self, options: &Options, cases: u64, each: usize) -> Tally {
        let probe = |sample: &Sample, seed, tally: &mut Tally| self.probe(sample, seed, tally);
        sweep(&probe, options, cases, each)
    }
}

/// Runs a probe over samples until enough cases were tried.
fn sweep(
    probe: &(dyn Fn(&Sample, u64, &mut Tally) + Sync),
    options: &Options,
    cases: u64,
    each: usize,
) -> Tally {
    let samples = cases.div_ceil(each as u64);
    let next = AtomicU64::new(0);
    let mut tallies: Vec<Tally> = std::thread::scope(|scope| {
        let work = || {
            let mut tally = Tally::default();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= samples {
                    return tally;
                }
                tally.samples += 1;
                let seed = seed_of(options.seed, number);
                probe(&Sample::from_seed(seed, each), seed, &mut tally);
            }
        };
        let threads: Vec<_> = (0..options.threads.max(1))
            .map(|_| scope.spawn(work))
            .collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined
            .map(|tally| tally.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut whole = tallies.pop().unwrap_or_default();
    for tally in tallies {
        whole.add(tally);
    }
    whole.failures.sort();
    whole
}

/// A package that checks, and its engine.
pub(super) struct Checked {
    pub(super) package: Package,
    pub(super) engine: Engine,
}

/// The package of files.
pub(super) fn package_of(files: &[(String, String)]) -> Package {
    let files = files.iter();
    Package::from_sources(files.map(|(name, text)| (name.clone(), text.clone().into_bytes())))
}

/// The package of a sample; `None`, and counted, where the checker refuses it.
pub(super) fn checked(sample: &Sample, tally: &mut Tally) -> Option<Checked> {
    let package = package_of(&sample.files);
    tally.count("packages", 1);
    let Some(engine) = package.engine() else {
        tally.count("packages refused", 1);
        let errors = package
            .diagnostics()
            .iter()
            .filter(|found| found.severity == courtesy::diagnostic::Severity::Error);
        let codes: BTreeSet<&str> = errors.map(|found| found.code.id()).collect();
        for code in codes {
            tally.count(&format!("refused: {code}"), 1);
        }
        return None;
    };
    Some(Checked { package, engine })
}
