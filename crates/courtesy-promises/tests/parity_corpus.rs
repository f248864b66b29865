//! The engine decides as the reference evaluator where the language is at its most particular.
//!
//! `parity/packages` holds packages whose examples are decided by both. `parity/values` holds lines of expressions, for
//! each NAME: `NAME.courtesy` stands before them, `NAME.values` holds a line for each, `NAME*.case.json` the cases in
//! which both work them out.

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

use pair::{Pair, Seen, files};
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn corpus(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("parity")
        .join(folder)
}

#[test]
fn particular_packages() {
    let (folder, mut seen) = (corpus("packages"), Seen::default());
    for (name, text) in files(&folder, ".courtesy") {
        let pair = Pair::new(&[(name, text)]);
        pair.examples(&folder, &mut seen);
    }
    seen.at_least(20);
}

/// A policy for each line, which says what it comes to.
fn package_of(lines: &str) -> String {
    let lines = lines
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut text = "action seen { line: Number  text: Text }\n".to_owned();
    for (line, number) in lines.zip(1..) {
        let title = line.replace(['"', '{', '}', '\\'], "'");
        writeln!(text, "policy \"{number} {title}\"").expect("a string");
        writeln!(
            text,
            "  always seen with line: {number}, text: \"{{{line}}}\""
        )
        .expect("a string");
    }
    text
}

#[test]
fn particular_values() {
    let (folder, mut seen) = (corpus("values"), Seen::default());
    for (name, lines) in files(&folder, ".values") {
        let stem = name.trim_end_matches(".values");
        let mut package = files(&folder, &format!("{stem}.courtesy"));
        package.push((format!("{name}.courtesy"), package_of(&lines)));
        let pair = Pair::new(&package);
        for (case_name, case) in files(&folder, ".case.json") {
            if case_name.starts_with(stem) {
                seen.look(&case_name, pair.difference(&case));
            }
        }
    }
    seen.at_least(3);
}
