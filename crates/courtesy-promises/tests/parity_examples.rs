//! The engine decides as the reference evaluator: every package under `examples` and `tests/decisions`, each with all
//! of its cases.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test reads files, and stops where it stands"
)]

mod pair;

use pair::{Pair, Seen, files, has_ending};
use std::fs;
use std::path::{Path, PathBuf};

/// The folders below this one that hold a package.
fn packages(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    if entries.iter().any(|path| has_ending(path, ".courtesy")) {
        found.push(folder.to_path_buf());
    }
    for path in entries.iter().filter(|path| path.is_dir()) {
        packages(path, found);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn packages_with_cases_and_examples() {
    let (mut folders, mut seen) = (Vec::new(), Seen::default());
    packages(&root().join("examples"), &mut folders);
    packages(&root().join("tests/decisions"), &mut folders);
    for folder in folders {
        let pair = Pair::new(&files(&folder, ".courtesy"));
        for (name, case) in files(&folder, "case.json") {
            seen.look(
                &format!("{}: {name}", folder.display()),
                pair.difference(&case),
            );
        }
        pair.examples(&folder, &mut seen);
    }
    seen.at_least(300);
}
