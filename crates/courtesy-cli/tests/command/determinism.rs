//! The same case gives the same bytes, whatever surrounds the process.

use super::support::examples;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// More than one block of lines, so that there is something to share out.
const LINES: usize = 260;

/// Every case of every example, with the folder of its package.
fn cases() -> Vec<(PathBuf, PathBuf)> {
    let mut found = Vec::new();
    for folder in fs::read_dir(examples()).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        for file in fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().path();
            let name = file.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".case.json") || name == "case.json" {
                found.push((folder.clone(), file));
            }
        }
    }
    found.sort();
    found
}

fn courtesy(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courtesy"));
    command.current_dir(folder);
    command
}

fn bytes(command: &mut Command) -> Vec<u8> {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    assert!(!stdout.is_empty());
    stdout
}

/// A few surroundings: zone, language, colour, working folder.
fn surroundings() -> Vec<(PathBuf, Vec<(&'static str, &'static str)>)> {
    vec![
        (examples(), vec![]),
        (
            std::env::temp_dir(),
            vec![
                ("TZ", "Asia/Kolkata"),
                ("LANG", "de_DE.UTF-8"),
                ("LC_ALL", "de_DE.UTF-8"),
                ("NO_COLOR", "1"),
            ],
        ),
        (
            PathBuf::from("/"),
            vec![
                ("TZ", "Pacific/Apia"),
                ("LANG", "tr_TR"),
                ("LC_ALL", "tr_TR"),
                ("CLICOLOR_FORCE", "1"),
                ("FORCE_COLOR", "1"),
                ("RUST_LOG", "trace"),
                ("RUST_BACKTRACE", "full"),
            ],
        ),
        (
            examples().join("bank"),
            vec![("TZ", "no such zone"), ("LANG", "C"), ("LC_ALL", "C")],
        ),
    ]
}

#[test]
fn a_case_has_one_decision_wherever_it_is_decided() {
    let cases = cases();
    assert!(cases.len() >= 9, "only {} cases", cases.len());
    for (package, case) in cases {
        for words in [&[][..], &["--explain"]] {
            let mut seen = Vec::new();
            for (folder, variables) in surroundings() {
                let mut command = courtesy(&folder);
                command.arg("decide").arg(&package).arg("--case").arg(&case);
                seen.push(bytes(command.args(words).envs(variables)));
            }
            let [one, rest @ ..] = &seen[..] else {
                panic!("nothing was decided");
            };
            assert!(rest.iter().all(|other| other == one), "{}", case.display());
        }
    }
}

#[test]
fn cases_have_the_same_decisions_on_any_number_of_threads() {
    let place = tempfile::tempdir().unwrap();
    for (package, case) in cases() {
        let alone = bytes(
            courtesy(&examples())
                .arg("decide")
                .arg(&package)
                .arg("--case")
                .arg(&case),
        );
        let alone: serde_json::Value = serde_json::from_slice(&alone).unwrap();
        let text = fs::read_to_string(&case)
            .unwrap()
            .replace(['\n', '\r'], " ");
        let records = place.path().join("records");
        fs::write(&records, format!("{text}\n").repeat(LINES)).unwrap();
        let mut seen = Vec::new();
        for ((folder, variables), jobs) in surroundings().into_iter().zip(["1", "2", "3", "16"]) {
            let mut command = courtesy(&folder);
            command.arg("apply").arg(&package).arg("--records");
            command.arg(&records).args(["--jobs", jobs]);
            // Every case brings its own moment; this one is never used.
            command.args(["--now", "2000-01-01T00:00:00Z"]);
            seen.push(bytes(command.envs(variables)));
        }
        assert!(seen.iter().all(|other| *other == seen[0]));
        let lines: Vec<&[u8]> = seen[0]
            .trim_ascii_end()
            .split(|byte| *byte == b'\n')
            .collect();
        assert_eq!(lines.len(), LINES);
        assert!(lines.iter().all(|line| *line == lines[0]));
        let together: serde_json::Value = serde_json::from_slice(lines[0]).unwrap();
        assert_eq!(together, alone, "{}", case.display());
    }
}
