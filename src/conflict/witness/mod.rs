//! A case in which something happens.
//!
//! Input: a situation, and what must come of an action's duties in it. Output: a case in which the engine says that
//! it does, in words; none where no case was found, which proves nothing. The case is written as JSON and read as
//! any other: what does not fit the schema is no case.

mod choose;
mod clock;
mod draft;
mod json;
mod making;

use super::policies::Readings;
use super::rule::{Rule, Situation};
use super::term::{Term, TermId};
use crate::decision::DutiesSeen;
use crate::decode::CaseOptions;
use crate::schema::ActionId;
use crate::value::format_rfc3339;
use clock::Clock;
use json::Style;
use making::Making;
use std::collections::BTreeMap;

/// Most values that a case is described by.
const TOLD: usize = 4;

/// Most situations of which cases are made.
pub(super) const TRIED: usize = 4;

/// Whether what happens in a case is what is looked for.
type Wanted<'w> = &'w dyn Fn(&DutiesSeen) -> bool;

/// A case of any of the situations in which the engine says that it happens, in words.
pub(super) fn seen_in_any(
    readings: &Readings<'_>,
    situations: &[Situation],
    action: ActionId,
    wanted: Wanted<'_>,
) -> Option<String> {
    let mut tried = situations.iter().take(TRIED);
    tried.find_map(|situation| {
        let mut styles = Style::ALL.iter();
        styles.find_map(|style| try_case(readings, situation, style, action, wanted))
    })
}

fn try_case(
    readings: &Readings<'_>,
    situation: &Situation,
    style: &Style,
    action: ActionId,
    wanted: Wanted<'_>,
) -> Option<String> {
    let ruled = ruled(readings, situation);
    let clock = Clock::find(readings.package, &ruled, style.late)?;
    let schema = &readings.package.schema;
    let mut making = Making::new(schema, &situation.elements, &clock);
    making.put_elements()?;
    for (term, rules) in &ruled {
        making.fill(term, rules);
    }
    let inputs = json::inputs(schema, &making.draft, style, &clock);
    let now = format_rfc3339(clock.now);
    let case = format!("{{\"now\":\"{now}\",\"inputs\":{inputs}}}");
    if !readings.may_try() {
        return None;
    }
    let engine = readings.engine;
    let case = engine.read_case(case.as_bytes(), &CaseOptions::default());
    let seen = engine.duties_seen(&case.ok()?, action);
    wanted(&seen).then(|| words(making.told, &now))
}

/// The terms of a situation, each with its rules, those that are parts of others first.
fn ruled<'s>(
    readings: &'s Readings<'_>,
    situation: &'s Situation,
) -> Vec<(&'s Term, Vec<&'s Rule>)> {
    let mut rules: BTreeMap<TermId, Vec<&Rule>> = BTreeMap::new();
    for literal in &situation.literals {
        rules.entry(literal.term).or_default().push(&literal.rule);
    }
    let terms = rules.into_iter();
    terms
        .filter_map(|(id, rules)| Some((readings.reader.terms.get(id)?, rules)))
        .collect()
}

fn words(mut told: Vec<String>, now: &str) -> String {
    told.sort();
    told.dedup();
    let more = told.len() > TOLD;
    told.truncate(TOLD);
    if more {
        told.push("…".to_string());
    }
    told.push(format!("now: {now}"));
    told.join(", ")
}
