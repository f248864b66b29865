//! Decides the cases beside the policies and holds each decision against the one that was accepted.
//!
//! `amir.case.json` goes with `amir.decision.json`. A case without a decision fails, and so does a decision
//! whose case is gone: neither tests anything.

use super::{Finding, Kind, Results, Trial};
use crate::files::read_file;
use crate::outcome::Failure;
use crate::package::Folder;
use crate::staged::Staged;
use courtesy::{CaseOptions, Engine};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

const CASE: &str = ".case.json";
const DECISION: &str = ".decision.json";

/// Lines around a difference that are shown with it.
const CONTEXT: usize = 3;

/// Tries every case that is wanted.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn run(
    results: &mut Results,
    folder: &Folder,
    engine: &Engine,
    wanted: &dyn Fn([&str; 2]) -> bool,
    accept: bool,
) -> Result<(), Failure> {
    let cases: BTreeSet<String> = names(folder, CASE)?;
    let decisions = names(folder, DECISION)?;
    for name in cases.union(&decisions) {
        let case = format!("{name}{CASE}");
        let shown = folder.shown(&case);
        if !wanted([&case, &shown]) {
            continue;
        }
        let failures = if cases.contains(name) {
            let has_decision = decisions.contains(name);
            try_one(results, folder, engine, name, has_decision, accept)?
        } else {
            vec![Finding {
                file: folder.shown(&format!("{name}{DECISION}")),
                line: None,
                expected: format!("its case in {shown}"),
                found: vec!["no such file; delete the decision, or bring the case back".into()],
                is_difference: false,
            }]
        };
        results.trials.push(Trial {
            kind: Kind::Case,
            name: case,
            file: shown,
            line: None,
            failures,
        });
    }
    Ok(())
}

/// The names of the files of one kind, relative to the folder and without their ending.
fn names(folder: &Folder, ending: &str) -> Result<BTreeSet<String>, Failure> {
    let files = folder.files_that_end_with(ending)?;
    let names = files.iter().filter_map(|file| file.strip_suffix(ending));
    Ok(names.map(str::to_string).collect())
}

fn try_one(
    results: &mut Results,
    folder: &Folder,
    engine: &Engine,
    name: &str,
    has_decision: bool,
    accept: bool,
) -> Result<Vec<Finding>, Failure> {
    let case_file = format!("{name}{CASE}");
    let bytes = read_file(&folder.path().join(&case_file))?;
    let case = match engine.read_case(&bytes, &CaseOptions::default()) {
        Ok(case) => case,
        Err(misfit) => {
            return Ok(vec![Finding {
                file: folder.shown(&case_file),
                line: None,
                expected: "a case that fits the package".into(),
                found: vec![format!("{misfit} [{}]", misfit.code)],
                is_difference: false,
            }]);
        }
    };
    if let Some(coverage) = &mut results.coverage {
        coverage.add(engine, &case);
    }
    let new = engine.decide(&case).to_snapshot();
    let file = format!("{name}{DECISION}");
    let path = folder.path().join(&file);
    let old = if has_decision {
        Some(without_fingerprint(&read_file(&path)?))
    } else {
        None
    };
    if old.as_ref() == Some(&new) {
        return Ok(Vec::new());
    }
    if accept {
        write(&path, &new)?;
        results.accepted = results.accepted.saturating_add(1);
        return Ok(Vec::new());
    }
    Ok(vec![differs(folder.shown(&file), old.as_deref(), &new)])
}

/// The text of a decision that was accepted: of one that `decide` printed, the fingerprint does not count.
fn without_fingerprint(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let is_fingerprint = |line: &&str| line.starts_with("  \"package\": \"");
    let lines = text.lines().filter(|line| !is_fingerprint(line));
    lines.map(|line| format!("{line}\n")).collect()
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = Staged::create(path)?;
    file.write_with(|out| out.write_all(text.as_bytes()))?;
    file.settle()?;
    file.publish()
}

fn differs(file: String, old: Option<&str>, new: &str) -> Finding {
    match old {
        None => Finding {
            file,
            line: None,
            expected: "an accepted decision".into(),
            found: vec![
                "no such file; `courtesy test --accept` writes the decision that is made now"
                    .into(),
            ],
            is_difference: false,
        },
        Some(old) => Finding {
            file,
            line: None,
            expected: "the decision that was accepted; `courtesy test --accept` takes the new one"
                .into(),
            found: difference(old, new),
            is_difference: true,
        },
    }
}

/// The lines that differ and a few around them, begun with `-`, `+` or a blank.
fn difference(old: &str, new: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    for (place, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if place > 0 {
            lines.push(" …".to_string());
        }
        for change in group.iter().flat_map(|change| diff.iter_changes(change)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            lines.push(format!("{sign}{}", change.value().trim_end_matches('\n')));
        }
    }
    lines
}
