//! Running a job over many samples on several threads.
//!
//! Input: a probe, how many samples, a seed. Output: one tally, the same for every number of threads: each sample
//! has its own seed, and tallies are joined by addition.

use super::{Options, Tally};
use crate::generate::{Sample, seed_of};
use courtesy::{Engine, Package};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

/// What tries one sample.
pub trait Probe: Sync {
    /// Tries a sample; the seed is where it came from.
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally);
}

/// Runs a probe over samples until enough cases were tried.
pub(super) fn sweep(probe: &dyn Probe, options: &Options, cases: u64, each: usize) -> Tally {
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
                probe.probe(&Sample::from_seed(seed, each), seed, &mut tally);
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
