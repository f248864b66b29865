//! Less contact: what is missing never turns a no into a yes, unless a policy says so by name.
//!
//! The exact statement. Take a case that fits, and leave one `optional` field of it out. If a proposal that was
//! blocked or limited is allowed now, then the package asks about that field by name: somewhere its name stands
//! before `is known`, `is unknown`, `is not known`, `is not unknown`, `otherwise`, or alone in a `define` of what may
//! be missing; or it compares whole records, of which the field is a part. (A policy may well say `never … when
//! customer.x is known and …`: then it has said itself what comes of a missing x.)
//! What the case leaves out is taken from its JSON: a key at a time.

use super::Tally;
use super::sweep::{Probe, checked};
use super::words::words;
use crate::generate::Sample;
use courtesy::{CaseOptions, Engine, Verdict};
use serde_json::Value as Json;

pub(super) struct Contact;

impl Probe for Contact {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        let Some(checked) = checked(sample, tally) else {
            return;
        };
        let asked = asked_about(&sample.declarations);
        let records = sample.marks.contains("Record is Record");
        for (number, case) in sample.cases.iter().enumerate() {
            let Some(before) = allowed(&checked.engine, case) else {
                continue;
            };
            let Ok(json) = serde_json::from_str::<Json>(case) else {
                continue;
            };
            let mut paths = Vec::new();
            keys(&json, &mut Vec::new(), &mut paths);
            for path in paths {
                let left_out = without(&json, &path).to_string();
                // A field that may not be missing makes a case that does not fit.
                let Some(after) = allowed(&checked.engine, &left_out) else {
                    continue;
                };
                let looser = before
                    .iter()
                    .zip(&after)
                    .any(|(before, after)| !before && *after);
                tally.count("no turned into yes, by name", u64::from(looser));
                let name = path.last().map_or("", String::as_str);
                let name = name.trim_end_matches(" \"of\" them");
                let by_name = asked.iter().any(|asked| asked == name);
                let tried = match looser && !by_name && !records {
                    true => Err(format!("without {path:?} it is allowed: {case}")),
                    false => Ok(()),
                };
                tally.outcome(seed, number, tried);
            }
        }
    }
}

/// Which proposals are allowed; `None` where the case does not fit.
fn allowed(engine: &Engine, case: &str) -> Option<Vec<bool>> {
    let decision = engine
        .decide_json(case.as_bytes(), &CaseOptions::default())
        .ok()?;
    let proposals = decision.proposals().iter();
    Some(
        proposals
            .map(|proposal| proposal.verdict == Verdict::Allowed)
            .collect(),
    )
}

/// The names of fields and inputs of whose absence something is said.
fn asked_about(declarations: &[String]) -> Vec<String> {
    let mut asked = Vec::new();
    for text in declarations {
        let words = words(text);
        for (place, (_, word)) in words.iter().enumerate() {
            let behind = |steps: usize| words.get(place + steps).map_or("", |(_, word)| *word);
            let presence = behind(1) == "is"
                && (matches!(behind(2), "known" | "unknown")
                    || (behind(2) == "not" && matches!(behind(3), "known" | "unknown")));
            let last = place + 1 == words.len() && text.starts_with("define ");
            if presence || behind(1) == "otherwise" || last {
                asked.push((*word).to_string());
            }
        }
    }
    asked
}

/// The path of every key of the inputs and of what the proposals bring.
fn keys(json: &Json, path: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    let mut step = |key: String, inner: &Json| {
        path.push(key);
        if path.len() > 1 && inner.is_null()
            || path.last().is_some_and(|key| key.parse::<usize>().is_err())
        {
            paths.push(path.clone());
        }
        keys(inner, path, paths);
        path.pop();
    };
    match json {
        Json::Object(fields) => fields
            .iter()
            .for_each(|(key, inner)| step(key.clone(), inner)),
        Json::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered.for_each(|(at, inner)| step(at.to_string(), inner));
        }
        _ => {}
    }
}

fn without(json: &Json, path: &[String]) -> Json {
    let mut changed = json.clone();
    let pointer: String = path[..path.len() - 1]
        .iter()
        .map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1")))
        .collect();
    if let Some(Json::Object(fields)) = changed.pointer_mut(&pointer) {
        fields.remove(&path[path.len() - 1]);
    }
    changed
}
