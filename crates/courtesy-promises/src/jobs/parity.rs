//! The engine decides as the reference evaluator, which was written from the language reference alone.
//!
//! Compared is the whole decision without `package` and `until`.

use super::Tally;
use super::sweep::{Probe, checked};
use crate::generate::Sample;
use crate::reference::{Reference, comparable};
use courtesy::{CaseOptions, Decision, Engine};
use serde_json::Value as Json;

pub(super) struct Parity;

impl Probe for Parity {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        let Some(checked) = checked(sample, tally) else {
            return;
        };
        let reference = match Reference::new(&sample.files) {
            Ok(reference) => reference,
            Err(error) => return tally.fail((seed, None), format!("the reference says: {error}")),
        };
        for (number, case) in sample.cases.iter().enumerate() {
            match same(&checked.engine, &reference, case) {
                Some(tried) => tally.outcome(seed, number, tried),
                None => tally.count("cases that do not fit", 1),
            }
        }
    }
}

/// Whether both decide alike; `None` for a case that does not fit.
fn same(engine: &Engine, reference: &Reference, case: &str) -> Option<Result<(), String>> {
    let decision = engine.decide_json(case.as_bytes(), &CaseOptions::default());
    Some(alike(&decision.ok()?, reference, case))
}

fn alike(decision: &Decision, reference: &Reference, case: &str) -> Result<(), String> {
    let engines = without_nothing(comparable(&decision.to_json())?);
    let text = reference
        .decide_text(case)
        .map_err(|error| format!("the reference says: {error}"))?;
    let references = without_nothing(comparable(&text)?);
    match engines == references {
        true => Ok(()),
        false => Err(difference(&engines, &references)),
    }
}

/// Without a `with` that gives nothing.
fn without_nothing(mut decision: Json) -> Json {
    let lists = decision
        .as_object_mut()
        .into_iter()
        .flat_map(|keys| keys.values_mut());
    for entry in lists.filter_map(Json::as_array_mut).flatten() {
        if let Some(keys) = entry.as_object_mut()
            && keys
                .get("with")
                .is_some_and(|with| with.as_object().is_some_and(|with| with.is_empty()))
        {
            keys.remove("with");
        }
    }
    decision
}

/// The first place in which two decisions differ.
fn difference(engines: &Json, references: &Json) -> String {
    let keys = engines.as_object().into_iter().flat_map(|keys| keys.keys());
    for key in keys {
        let (one, other) = (&engines[key], &references[key]);
        let entries = |list: &Json| list.as_array().map_or(0, Vec::len);
        for place in 0..entries(one).max(entries(other)) {
            if one.get(place) != other.get(place) {
                let shown = |entry: Option<&Json>| entry.map_or("-".into(), Json::to_string);
                let (one, other) = (shown(one.get(place)), shown(other.get(place)));
                return format!("{key} {place}: engine {one}, reference {other}");
            }
        }
    }
    format!("engine {engines}, reference {references}")
}
