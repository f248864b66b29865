//! Formatting changes no meaning, keeps every comment, and done again changes nothing.
//!
//! The formatted package checks, has the same fingerprint, and decides its cases with the same bytes.

use super::Tally;
use super::sweep::{Probe, checked, package_of};
use crate::generate::Sample;
use courtesy::{CaseOptions, Engine};

pub(super) struct Formatting;

impl Probe for Formatting {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        let Some(checked) = checked(sample, tally) else {
            return;
        };
        tally.cases += sample.files.len() as u64;
        if let Err(what) = formatted(sample, &checked.engine) {
            tally.fail((seed, Some(0)), what);
        }
    }
}

fn formatted(sample: &Sample, engine: &Engine) -> Result<(), String> {
    let mut files = Vec::new();
    for (name, text) in &sample.files {
        let once = courtesy::format(text).map_err(|wrong| format!("{name}: {wrong:?}"))?;
        let twice = courtesy::format(&once).map_err(|wrong| format!("{name}: {wrong:?}"))?;
        if once != twice {
            return Err(format!("{name} is formatted anew:\n{once}\n----\n{twice}"));
        }
        let comments = |text: &str| text.matches("# ").count();
        if comments(text) != comments(&once) {
            return Err(format!("{name} lost a comment:\n{once}"));
        }
        files.push((name.clone(), once));
    }
    let package = package_of(&files);
    let Some(again) = package.engine() else {
        return Err(format!("it does not check: {:?}", package.diagnostics()));
    };
    if again.fingerprint() != engine.fingerprint() {
        return Err("it has another fingerprint".to_string());
    }
    for case in &sample.cases {
        let decided = |engine: &Engine| {
            let decision = engine.decide_json(case.as_bytes(), &CaseOptions::default());
            decision.map(|decision| decision.to_json()).ok()
        };
        if decided(engine) != decided(&again) {
            return Err(format!("it decides otherwise: {case}"));
        }
    }
    Ok(())
}
