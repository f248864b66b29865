//! What checks never fails: the engine decides every case that fits, and says the same as JSON and when asked why.
//!
//! Every case of the generator is meant to fit; how many do not is counted. Nothing may panic, on no case; the
//! decision must be JSON that reads again, with a verdict for each proposal, in their order.

use super::Tally;
use super::sweep::{Checked, Probe, checked};
use crate::generate::Sample;
use courtesy::{CaseOptions, Decision, Engine};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) struct Soundness;

impl Probe for Soundness {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        let Some(checked) = checked(sample, tally) else {
            return;
        };
        for mark in &sample.marks {
            tally.count(&format!("uses: {mark}"), 1);
        }
        let mut fired = vec![0_u64; checked.package.policies().count()];
        for (number, case) in sample.cases.iter().enumerate() {
            let why = number % 20 == 0;
            let tried = catch_unwind(AssertUnwindSafe(|| decide(&checked.engine, case, why)));
            match tried {
                Err(_) => tally.fail((seed, Some(number)), "it panicked"),
                Ok(Err(Trouble::Misfit(words))) => {
                    tally.count("cases that do not fit", 1);
                    tally.count(&format!("misfit: {words}"), 1);
                }
                Ok(Err(Trouble::Wrong(what))) => tally.fail((seed, Some(number)), what),
                Ok(Ok(decision)) => {
                    tally.cases += 1;
                    for policy in decision.fired() {
                        fired[policy.0 as usize] += 1;
                    }
                    count_verdicts(&decision, tally);
                }
            }
        }
        count_fired(&checked, &fired, sample.cases.len() as u64, tally);
    }
}

enum Trouble {
    Misfit(String),
    Wrong(String),
}

fn decide(engine: &Engine, case: &str, why: bool) -> Result<Decision, Trouble> {
    let misfit = |misfit: courtesy::Misfit| Trouble::Misfit(misfit.code.to_string());
    let read = engine
        .read_case(case.as_bytes(), &CaseOptions::default())
        .map_err(misfit)?;
    let decision = engine.decide(&read);
    let json = decision.to_json();
    let wrong = |what: String| Trouble::Wrong(what);
    let parsed: serde_json::Value =
        serde_json::from_str(&json).map_err(|error| wrong(format!("{error} in {json}")))?;
    let proposals = parsed["proposals"].as_array().map_or(0, Vec::len);
    if proposals != read.proposals().len() {
        return Err(wrong(format!("{proposals} proposals are answered")));
    }
    let again = engine.decide(&read).to_json();
    if again != json {
        return Err(wrong(format!(
            "decided again it says {again} and not {json}"
        )));
    }
    if why {
        same_when_explained(engine, &read, &json)?;
    }
    let _ = decision.to_text();
    Ok(decision)
}

/// What says why decides the same, and can be written.
fn same_when_explained(engine: &Engine, case: &courtesy::Case, json: &str) -> Result<(), Trouble> {
    let (explained, explanation) = engine.explain(case);
    let (traced, trace) = engine.trace(case);
    let (observed, _) = engine.observe(case);
    for (other, how) in [
        (explained, "explain"),
        (traced, "trace"),
        (observed, "observe"),
    ] {
        let other = other.to_json();
        if other != json {
            return Err(Trouble::Wrong(format!(
                "under {how} it says {other} and not {json}"
            )));
        }
    }
    for text in [explanation.to_json(), trace.to_json()] {
        if let Err(error) = serde_json::from_str::<serde_json::Value>(&text) {
            return Err(Trouble::Wrong(format!("{error} in {text}")));
        }
    }
    let _ = trace.to_text();
    Ok(())
}

fn count_verdicts(decision: &Decision, tally: &mut Tally) {
    for proposal in decision.proposals() {
        tally.count(&format!("proposals {}", proposal.verdict.word()), 1);
        if proposal.until.is_some() {
            tally.count("proposals with an until", 1);
        }
    }
    tally.count("duties", decision.duties().len() as u64);
    tally.count("duties withheld", decision.withheld().len() as u64);
    tally.count("reported", decision.reported().len() as u64);
    tally.count("conflicts", decision.conflicts().len() as u64);
}

/// How often policies fired, and how many of them between never and always.
fn count_fired(checked: &Checked, fired: &[u64], cases: u64, tally: &mut Tally) {
    for (times, title) in fired.iter().zip(checked.package.policies()) {
        let verb = title
            .rsplit('(')
            .next()
            .unwrap_or(title)
            .trim_end_matches(')');
        let never = u64::from(*times == 0);
        tally.count(&format!("verb {verb}: never fired"), never);
        tally.count(&format!("verb {verb}: policies"), 1);
        tally.count("policies", 1);
        tally.count("policies × cases", cases);
        tally.count("policies × cases fired", *times);
        let percent = times * 100 / cases.max(1);
        let name = match percent {
            _ if *times == 0 => "policies that never fired",
            0..20 => "policies fired in under 20 %",
            20..=80 => "policies fired in 20 to 80 %",
            _ => "policies fired in over 80 %",
        };
        tally.count(name, 1);
    }
}
