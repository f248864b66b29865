//! Every seed of the fuzzer, and every find of it that was mended, with each ordinary run of the tests.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files, and stops where it stands"
)]

use courtesy_promises::targets::TARGETS;
use std::fs;
use std::path::{Path, PathBuf};

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_seed_is_answered() {
    let names: Vec<String> = files(&seeds())
        .iter()
        .map(|folder| folder.file_name().unwrap().to_str().unwrap().to_string())
        .collect();
    assert_eq!(
        names,
        TARGETS.map(|(name, _)| name),
        "a folder for each target"
    );
    for (name, target) in TARGETS {
        let seeds = files(&seeds().join(name));
        assert!(seeds.len() >= 10, "only {} seeds of {name}", seeds.len());
        for seed in seeds {
            // Shown where the target panics.
            println!("{}", seed.display());
            target(&fs::read(&seed).unwrap());
        }
    }
}
