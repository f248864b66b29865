//! The results file: what each job tried last, and what it found.
//!
//! Input: tallies. Output: JSON with its keys in order, figures only, so that two runs with the same seed write the
//! same bytes. A run replaces what it ran, and leaves the rest.

use crate::jobs::{Options, Tally};
use serde_json::{Value as Json, json};
use std::path::{Path, PathBuf};

/// Where the project keeps its results.
#[must_use]
pub fn results_file() -> PathBuf {
    docs().join("promises.json")
}

/// The page that is made of them.
#[must_use]
pub fn page_file() -> PathBuf {
    docs().join("promises.md")
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The results of a file; none where there is no such file.
///
/// # Errors
/// What is wrong with the file.
pub fn read(path: &Path) -> Result<Json, String> {
    if !path.exists() {
        return Ok(json!({}));
    }
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// Puts what a job tried and found in the place of what it did before.
pub fn put(results: &mut Json, job: &str, options: &Options, tally: &Tally) {
    results[job] = json!({
        "cases": tally.cases,
        "failures": tally.failures.len(),
        "figures": tally.counts,
        "samples": tally.samples,
        "seed": options.seed,
        "versions": {
            "courtesy": env!("CARGO_PKG_VERSION"),
            "time zones": courtesy::value::zone_database_version(),
        },
    });
}

/// Writes the results.
///
/// # Errors
/// What hindered it.
pub fn write(path: &Path, results: &Json) -> Result<(), String> {
    let text = serde_json::to_string_pretty(results).map_err(|error| error.to_string())?;
    std::fs::write(path, text + "\n").map_err(|error| error.to_string())
}
