//! The engine decides as the reference evaluator: every package under `examples` and `tests/decisions`, each with all
//! of its cases.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stderr,
    reason = "a test reads files, and stops where it stands"
)]

use courtesy::{CaseOptions, Engine, Package};
use courtesy_promises::reference::{Reference, comparable};
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

fn has_ending(path: &Path, ending: &str) -> bool {
    path.to_string_lossy().ends_with(ending)
}

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| has_ending(path, ending)).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.to_string(), fs::read_to_string(&path).expect("a text"))
    };
    paths.into_iter().map(read).collect()
}

/// A package as both read it.
struct Pair {
    engine: Engine,
    reference: Reference,
}

impl Pair {
    /// The package of these files; nothing where it does not check.
    fn new(files: &[(String, String)]) -> Option<Pair> {
        let sources = files.iter();
        let sources = sources.map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        Some(Pair {
            engine: Package::from_sources(sources).engine()?,
            reference: Reference::new(files).expect("a package"),
        })
    }

    /// What the two make of a case, where they differ.
    fn difference(&self, case: &str) -> Option<String> {
        let options = CaseOptions::default();
        let decision = self.engine.decide_json(case.as_bytes(), &options);
        let decision = match decision {
            Ok(decision) => decision,
            Err(misfit) => return Some(format!("{case} does not fit: {misfit}")),
        };
        let engines = comparable(&decision.to_json()).expect("JSON");
        match self.reference.decide_text(case) {
            Err(error) => Some(format!("{case}\nthe reference says: {error}")),
            Ok(text) => {
                let references = comparable(&text).expect("JSON");
                let differ = engines != references;
                differ.then(|| format!("{case}\nengine    {engines:#}\nreference {references:#}"))
            }
        }
    }

    /// The differences over the package's own examples.
    fn examples(&self, folder: &Path, seen: &mut Seen) {
        let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
        let examples = self.reference.examples(read).expect("examples");
        for (title, case) in examples {
            seen.look(
                &format!("{}: {title}", folder.display()),
                self.difference(&case),
            );
        }
    }
}

/// What was tried, and what differed.
#[derive(Default)]
struct Seen {
    tried: usize,
    differences: Vec<String>,
}

impl Seen {
    fn look(&mut self, name: &str, difference: Option<String>) {
        self.tried += 1;
        self.differences
            .extend(difference.map(|found| format!("{name}\n{found}")));
    }

    fn at_least(&self, tried: usize) {
        assert!(
            self.differences.is_empty(),
            "{}",
            self.differences.join("\n\n")
        );
        assert!(self.tried >= tried, "{} cases only", self.tried);
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
        let pair = Pair::new(&files(&folder, ".courtesy")).expect("a package without errors");
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
