//! Crash safety: an output file of the command is whole or as it was before, and a second run gives the same bytes.
//!
//! Two ways to go wrong: at every single call that changes a file, one by one (the process dies before it, in its
//! middle or after it; the disk is full; the call fails), by a small library that stands before the C library's
//! calls; and by a kill at random moments. Input: the built command. After each: what stands in the folder is held
//! against what stood there before and what a whole run leaves, and the command runs once more.

#[cfg(target_os = "linux")]
mod faults;
mod folder;
mod kills;
#[cfg(target_os = "linux")]
mod order;
#[cfg(target_os = "linux")]
mod points;
mod scenes;

use super::Tally;
use std::path::{Path, PathBuf};

/// How the job is run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The built command.
    pub command: PathBuf,
    /// How many kills at random moments.
    pub kills: u64,
    /// How many records are read while it is killed.
    pub records: u64,
    /// Whether every way to fail is tried at every call, or only the telling ones.
    pub thorough: bool,
    /// Where the random moments begin.
    pub seed: u64,
}

/// Runs the job.
#[must_use]
pub fn run(options: &Options) -> Tally {
    let mut tally = Tally::default();
    #[cfg(target_os = "linux")]
    tally.add(points::run(options));
    tally.add(kills::run(options));
    tally
}

/// Runs the job in its long form, with so many kills.
pub(super) fn thoroughly(command: &Path, kills: u64, seed: u64) -> Tally {
    run(&Options {
        command: command.to_path_buf(),
        kills,
        records: 20_000,
        thorough: true,
        seed,
    })
}
