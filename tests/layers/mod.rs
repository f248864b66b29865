//! Imports run downwards only: what decides a case knows nothing of how a policy
//! is written.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test reads files, and stops where it stands"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those it must not import.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "value",
        &[
            "ast", "syntax", "check", "ir", "compile", "eval", "decision", "schema",
        ],
    ),
    (
        "ast",
        &["syntax", "check", "ir", "compile", "eval", "decision"],
    ),
    ("syntax", &["check", "ir", "compile", "eval", "decision"]),
    (
        "format",
        &[
            "check", "ir", "compile", "program", "eval", "decision", "decode",
        ],
    ),
    ("conflict", &["ast", "syntax", "check", "explain", "batch"]),
    (
        "schema",
        &[
            "ast", "syntax", "check", "ir", "compile", "eval", "decision",
        ],
    ),
    (
        "ir",
        &["ast", "syntax", "check", "compile", "eval", "decision"],
    ),
    (
        "check",
        &["syntax", "compile", "program", "eval", "decision", "decode"],
    ),
    (
        "program",
        &[
            "ast", "syntax", "check", "ir", "compile", "eval", "decision",
        ],
    ),
    (
        "eval",
        &[
            "ast", "syntax", "check", "ir", "compile", "decision", "decode",
        ],
    ),
    (
        "decode",
        &[
            "ast", "syntax", "check", "ir", "compile", "eval", "decision",
        ],
    ),
    (
        "decision",
        &[
            "ast", "syntax", "check", "ir", "compile", "explain", "batch",
        ],
    ),
    (
        "explain",
        &["ast", "syntax", "check", "ir", "compile", "batch"],
    ),
    (
        "trace",
        &[
            "ast", "syntax", "check", "ir", "compile", "explain", "batch",
        ],
    ),
    ("batch", &["ast", "syntax", "check", "ir", "compile"]),
    (
        "compare",
        &["ast", "syntax", "check", "ir", "compile", "eval"],
    ),
    (
        "infer",
        &["ast", "syntax", "check", "ir", "eval", "decision"],
    ),
    (
        "json_schema",
        &["ast", "syntax", "check", "ir", "eval", "decision"],
    ),
    ("ide", &["compile", "program", "eval", "decision", "decode"]),
    ("trial", &["ast", "syntax", "check", "ir", "compile"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "tests") {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_run_downwards() {
    let root = crate::support::root("src");
    let mut read = 0;
    let mut upward = Vec::new();
    for (module, forbidden) in FORBIDDEN.iter().copied() {
        // Only those who make a package ask what contradicts what in it.
        let conflict = ["conflict"].iter().filter(|conflict| **conflict != module);
        let forbidden = forbidden.iter().chain(conflict);
        let mut files = Vec::new();
        sources(&root.join(module), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("a source file");
            read += 1;
            for other in forbidden.clone() {
                let import = format!("crate::{other}::");
                if text
                    .lines()
                    .any(|line| !line.trim_start().starts_with("//") && line.contains(&import))
                {
                    upward.push(format!("{} imports {other}", file.display()));
                }
            }
        }
    }
    assert!(read >= 60, "only {read} files were read");
    assert!(upward.is_empty(), "{upward:#?}");
}
