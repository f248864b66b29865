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

/// The blocks of Courtesy on the pages of a folder that stand as packages: a name, what stands before, the text.
fn blocks(folder: &Path) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (page, text) in files(folder, ".md") {
        for (number, block) in text.split("```courtesy").skip(1).enumerate() {
            let (words, rest) = block.split_once('\n').expect("a line");
            let text = rest.split("```").next().expect("a text");
            let before = words.trim().split_once(": ").map_or("", |(_, name)| name);
            if words.trim().is_empty() || words.trim().starts_with("fragment") {
                let name = format!("{page} {number}");
                found.push((name, before.to_string(), text.to_string()));
            }
        }
    }
    found
}

#[test]
fn pages_of_the_documents() {
    let docs = root().join("docs");
    let prelude = |name: String| fs::read_to_string(docs.join("preludes").join(name));
    let mut seen = Seen::default();
    for folder in [docs.clone(), docs.join("reference")] {
        for (name, before, text) in blocks(&folder) {
            let mut package = vec![("block.courtesy".to_string(), text)];
            let case = prelude(format!("{before}.case.json"));
            if let Ok(prelude) = prelude(format!("{before}.courtesy")) {
                package.push(("prelude.courtesy".to_string(), prelude));
            }
            let pair = Pair::new(&package);
            pair.examples(&docs, &mut seen);
            if let Ok(case) = case {
                seen.look(&name, pair.difference(&case));
            }
        }
    }
    seen.at_least(15);
}

#[test]
fn packages_of_other_tests() {
    let mut seen = Seen::default();
    for folder in [
        "tests/tables/decisions/clocks",
        "tests/tables/decisions/desk",
    ] {
        let folder = root().join(folder);
        let pair = Pair::new(&files(&folder, ".courtesy"));
        for (name, case) in files(&folder, ".case.json") {
            seen.look(&name, pair.difference(&case));
        }
    }
    let tests = root().join("tests/examples");
    let mut without = Vec::new();
    for file in files(&tests.join("reports"), ".courtesy") {
        let schema = files(&tests, "shop.schema").remove(0).1;
        let pair = Pair::new(&[file, ("shop.courtesy".to_string(), schema)]);
        without.extend(pair.examples_with_a_case(&tests.join("reports"), &mut seen));
    }
    seen.at_least(20);
    // Some of these examples have no case that fits, on purpose.
    let on_purpose = |why: &String| why.contains("does not fit") || why.contains("No such file");
    assert!(without.iter().all(on_purpose), "{without:#?}");
}
