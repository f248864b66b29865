//! Duties that are always withheld by one and the same `never` or `only`.
//!
//! That a duty is withheld at night is what a quiet hour is for. What is told here is that it is withheld in every
//! case in which it is owed: the policy that owes it does nothing. Where another duty waits for this one to be
//! blocked, it does something after all, and nothing is told.

use super::PAIRS;
use super::policies::{Readings, numbered};
use super::possible::exclusion;
use super::rule::Situation;
use super::witness;
use super::written_out::Says;
use crate::decision::DutiesSeen;
use crate::diagnostic::{Code, Diagnostic, quote_long};
use crate::ir::{Policy, PolicyId, PolicyKind};

/// A warning for each of them.
pub(super) fn advise(readings: &mut Readings<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, policy) in readings.policies() {
        let owes = matches!(policy.kind, PolicyKind::Always { on: None, .. });
        let awaited = policy
            .actions
            .iter()
            .any(|it| readings.awaited.contains(it));
        if !owes || awaited || policy.report_only || readings.is_dead(id) {
            continue;
        }
        let Some(says) = readings.says(id) else {
            continue;
        };
        let against = readings.blockers(policy);
        found.extend(
            against
                .into_iter()
                .filter(|other| !policy.overrides.contains(other))
                .take(PAIRS)
                .find_map(|other| withheld_by(readings, (id, policy), &says, other)),
        );
    }
    found
}

fn withheld_by(
    readings: &mut Readings<'_>,
    (id, policy): (PolicyId, &Policy),
    says: &Says,
    other: PolicyId,
) -> Option<Diagnostic> {
    let owed = readings.speaks(id)?.clone();
    let silent = readings.is_silent(other, says)?;
    if !excludes(readings, &owed, &silent) || may_be_lifted(readings, policy, &owed, says, other)? {
        return None;
    }
    let blocker = readings.policy(other)?;
    let (owner, against) = (numbered(id), numbered(other));
    let seen = |seen: &DutiesSeen| {
        let mut withheld = seen.withheld.iter();
        withheld.any(|(owners, by)| owners.contains(&owner) && by.contains(&against))
    };
    let action = *policy.actions.first()?;
    let case = witness::seen_in_any(readings, &owed, action, &seen)?;
    Some(message(policy, blocker, &case))
}

/// Whether the one is never so together with the other.
fn excludes(readings: &Readings<'_>, one: &[Situation], other: &[Situation]) -> bool {
    exclusion(one, other, &readings.reader.terms).is_some()
}

/// Whether an exception may lift what blocks the duty; `None` where that cannot be said.
fn may_be_lifted(
    readings: &mut Readings<'_>,
    policy: &Policy,
    owed: &[Situation],
    says: &Says,
    blocker: PolicyId,
) -> Option<bool> {
    let exceptions = readings.overridden_by.get(&blocker).cloned();
    for exception in exceptions.unwrap_or_default() {
        let by = readings.policy(exception)?;
        let is_about = policy
            .actions
            .iter()
            .any(|action| by.actions.contains(action));
        if !is_about || by.report_only || !matches!(by.kind, PolicyKind::Allow) {
            continue;
        }
        let speaks = readings.speaks_about(exception, says)?;
        if !excludes(readings, owed, &speaks) {
            return Some(true);
        }
    }
    Some(false)
}

fn message(policy: &Policy, blocker: &Policy, case: &str) -> Diagnostic {
    let title = quote_long(&blocker.title);
    Diagnostic::warning(
        Code::AlwaysWithheld,
        policy.span,
        "this duty is withheld in every case in which it is owed",
    )
    .label(format!("for example with {case}"))
    .also(blocker.span, "this blocks it each time")
    .help(format!(
        "if it is to be carried out all the same, write `overrides \"{title}\"` in it; else say \
         `unless` in one of the two, or leave the duty out"
    ))
}
