//! Every case beside the example packages, handed in part by part: the same bytes as from the whole file.

use crate::support::{engine, files, package_in, root};
use courtesy::value::parse_instant;
use courtesy::{Case, CaseOptions, Engine, Misfit};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A case whose values are a host's own: here, JSON that no number has been read of.
#[derive(Deserialize)]
struct Parts {
    now: String,
    #[serde(default)]
    inputs: BTreeMap<String, Box<RawValue>>,
    #[serde(default)]
    proposals: Vec<Proposed>,
}

#[derive(Deserialize)]
struct Proposed {
    id: Option<String>,
    action: String,
    with: Option<Box<RawValue>>,
}

impl Parts {
    fn case(&self, engine: &Engine) -> Result<Case, Misfit> {
        let mut case = engine.case(parse_instant(&self.now).unwrap());
        for (name, value) in &self.inputs {
            case = case.input(name, value)?;
        }
        for (place, proposed) in (1..).zip(&self.proposals) {
            let id = proposed.id.clone().unwrap_or_else(|| place.to_string());
            case = case.propose(&id, &proposed.action, &proposed.with)?;
        }
        case.build()
    }
}

/// The folders of packages that have cases beside them.
fn folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for of in ["examples", "examples/catalogue"] {
        let entries = fs::read_dir(root(of)).unwrap().flatten();
        folders.extend(
            entries
                .map(|entry| entry.path())
                .filter(|path| path.is_dir()),
        );
    }
    folders.retain(|folder| !files(folder, ".case.json").is_empty());
    folders.sort();
    folders
}

fn cases(folder: &std::path::Path) -> Vec<(PathBuf, Vec<u8>)> {
    let paths = files(folder, ".case.json").into_iter();
    paths
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

#[test]
fn cases_part_by_part_are_decided_with_the_same_bytes() {
    let mut decided = 0;
    for folder in folders() {
        let engine = engine(&package_in(&folder));
        for (path, json) in cases(&folder) {
            let whole = engine.decide_json(&json, &CaseOptions::default()).unwrap();
            let parts: Parts = serde_json::from_slice(&json).unwrap();
            let parted = engine.decide(&parts.case(&engine).unwrap());
            assert_eq!(parted.to_json(), whole.to_json(), "{}", path.display());
            decided += 1;
        }
    }
    assert!(decided >= 25, "only {decided} cases");
}

/// Nothing speaks against samples that fit, but that they do not show everything.
#[test]
fn samples_that_fit_are_never_said_not_to() {
    let mut held = 0;
    for folder in folders() {
        let engine = engine(&package_in(&folder));
        let mut samples: BTreeMap<String, Vec<Box<RawValue>>> = BTreeMap::new();
        for (_, json) in cases(&folder) {
            let parts: Parts = serde_json::from_slice(&json).unwrap();
            for (name, value) in parts.inputs {
                samples.entry(name).or_default().push(value);
            }
        }
        for (name, samples) in samples {
            held += 1;
            if let Err(misfits) = engine.check_input(&name, &samples) {
                let codes = misfits.as_slice().iter().map(|misfit| misfit.code);
                assert!(
                    codes.into_iter().all(|code| code == "not-shown"),
                    "{misfits}"
                );
            }
        }
    }
    assert!(held >= 7, "only {held} inputs");
}
