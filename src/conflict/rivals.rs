//! Duties of a `single` action that meet, where nothing but the title decides which one stays.
//!
//! Where a `prefer` is about the action, somebody has said how its duties are ranked, and nothing is told.

use super::PAIRS;
use super::policies::{Readings, numbered};
use super::possible::clash;
use super::rule::Situation;
use super::witness;
use crate::decision::DutiesSeen;
use crate::diagnostic::{Code, Diagnostic, quote_long};
use crate::ir::{Policy, PolicyId, PolicyKind};
use crate::schema::ActionId;
use std::collections::{BTreeMap, BTreeSet};

/// A warning for each duty that gives way to another because of its title.
pub(super) fn advise(readings: &Readings<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (action, owing) in owing_single_actions(readings) {
        for (place, loser) in owing.iter().enumerate() {
            let winners = owing.iter().take(place).take(PAIRS);
            let told = winners
                .copied()
                .find_map(|winner| meeting(readings, winner, *loser, action));
            found.extend(told);
        }
    }
    found
}

/// By `single` action that no `prefer` is about, the policies that owe it.
fn owing_single_actions(readings: &Readings<'_>) -> BTreeMap<ActionId, Vec<PolicyId>> {
    let mut preferred: BTreeSet<ActionId> = BTreeSet::new();
    let mut owing: BTreeMap<ActionId, Vec<PolicyId>> = BTreeMap::new();
    for (id, policy) in readings.policies() {
        match policy.kind {
            PolicyKind::Prefer { .. } => preferred.extend(&policy.actions),
            PolicyKind::Always { on: None, .. } if !policy.report_only && !readings.is_dead(id) => {
                let action = policy.actions.first().copied();
                let single = action.filter(|action| {
                    let action = readings.package.schema.action(*action);
                    action.is_some_and(|action| action.single)
                });
                if let Some(action) = single {
                    owing.entry(action).or_default().push(id);
                }
            }
            _ => {}
        }
    }
    owing.retain(|action, _| !preferred.contains(action));
    owing
}

/// The warning where two duties are seen to meet and the one with the lesser title stays.
fn meeting(
    readings: &Readings<'_>,
    winner: PolicyId,
    loser: PolicyId,
    action: ActionId,
) -> Option<Diagnostic> {
    let (kept, dropped) = (readings.policy(winner)?, readings.policy(loser)?);
    if kept.overrides.contains(&loser) || dropped.overrides.contains(&winner) {
        return None;
    }
    let (ones, others) = (readings.speaks(winner)?, readings.speaks(loser)?);
    let terms = &readings.reader.terms;
    let pairs = ones
        .iter()
        .flat_map(|one| others.iter().map(move |other| (one, other)));
    let meet = pairs.filter(|(one, other)| clash(one, other, terms).is_none());
    let both: Vec<Situation> = meet
        .map(|(one, other)| one.with(other))
        .take(witness::TRIED)
        .collect();
    let pair = (numbered(winner), numbered(loser));
    let seen = |seen: &DutiesSeen| seen.dropped.contains(&pair);
    let case = witness::seen_in_any(readings, &both, action, &seen)?;
    let name = readings.package.schema.action(action)?.name.clone();
    Some(message(kept, dropped, &name, &case))
}

fn message(kept: &Policy, dropped: &Policy, action: &str, case: &str) -> Diagnostic {
    let (first, second) = (quote_long(&kept.title), quote_long(&dropped.title));
    Diagnostic::warning(
        Code::RivalDuties,
        dropped.span,
        format!(
            "this duty gives way to another of the single action `{action}` by its title alone"
        ),
    )
    .label(format!("for example with {case}"))
    .also(kept.span, "this one stays, because its title comes first")
    .help(format!(
        "say which is to stay: write `overrides \"{second}\"` in \"{first}\", or \
         `overrides \"{first}\"` here, or rank them with a `prefer` for `{action}`"
    ))
}
