//! What differs between two decisions for one record.
//!
//! Input: both decisions. Output: the changes, proposals first, then duties. Proposals are matched by their ids.
//! Duties have none that last: they are matched by action, carrier and values, and what is left over by action and
//! carrier alone where one is left on each side, so that an amount that grew is one change and not two.

use super::{Change, Outcome};
use crate::decision::{Decision, Duty, ProposalDecision, Reason, Verdict, Withheld};
use crate::value::{TextBuilder, Timestamp, Value, Zone, format_instant, render, write_json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the new decision changes of the old one.
#[must_use]
pub fn changes(old: &Decision, new: &Decision) -> Vec<Change> {
    let mut found = of_proposals(old, new);
    found.extend(of_duties(old, new));
    found
}

fn of_proposals(old: &Decision, new: &Decision) -> Vec<Change> {
    let by_id = |decision: &'_ Decision| -> BTreeMap<Arc<str>, ProposalDecision> {
        let proposals = decision.proposals().iter();
        proposals.map(|one| (one.id.clone(), one.clone())).collect()
    };
    let (before, after) = (by_id(old), by_id(new));
    let stay = old.proposals().iter().map(|one| &one.id);
    let come = new.proposals().iter().map(|one| &one.id);
    let come = come.filter(|id| !before.contains_key(*id));
    stay.chain(come)
        .filter_map(|id| of_proposal(before.get(id), after.get(id), new.zone()))
        .collect()
}

fn of_proposal(
    old: Option<&ProposalDecision>,
    new: Option<&ProposalDecision>,
    zone: &Zone,
) -> Option<Change> {
    let known = new.or(old)?;
    let outcome = |one: Option<&ProposalDecision>| {
        one.map_or(Outcome::Absent, |one| match one.verdict {
            Verdict::Allowed => Outcome::Allowed,
            Verdict::Blocked => Outcome::Blocked,
            Verdict::Limited => Outcome::Limited,
        })
    };
    let mut details = Vec::new();
    if let (Some(old), Some(new)) = (old, new)
        && old.verdict == new.verdict
    {
        details.extend(other_instant("until", old.until, new.until, zone));
        let score = |one: &ProposalDecision| one.score.as_ref().map(ToString::to_string);
        details.extend(other("score", score(old), score(new)));
        details.extend(other("rank", old.rank, new.rank));
    }
    let reasons =
        |one: Option<&ProposalDecision>| one.map_or(Vec::new(), |one| one.reasons.clone());
    let (gone, come, policies) = words(&reasons(old), &reasons(new));
    let change = Change {
        action: known.action.clone(),
        on: Some(known.id.clone()),
        old: outcome(old),
        new: outcome(new),
        details,
        gone,
        come,
        policies,
    };
    says_anything(change)
}

/// A duty as it is compared: held or withheld.
struct Owed {
    action: Arc<str>,
    on: Option<Arc<str>>,
    with: String,
    outcome: Outcome,
    by: Option<String>,
    until: Option<Timestamp>,
    reasons: Vec<Reason>,
}

fn of_duties(old: &Decision, new: &Decision) -> Vec<Change> {
    let (mut old_ones, mut new_ones) = (owed(old), owed(new));
    let mut found = Vec::new();
    let same = |a: &Owed, b: &Owed| (&a.action, &a.on, &a.with) == (&b.action, &b.on, &b.with);
    found.extend(paired(&mut old_ones, &mut new_ones, same, new.zone()));
    let alike = |a: &Owed, b: &Owed| (&a.action, &a.on) == (&b.action, &b.on);
    found.extend(paired(&mut old_ones, &mut new_ones, alike, new.zone()));
    found.extend(
        old_ones
            .iter()
            .filter_map(|one| of_duty(Some(one), None, new.zone())),
    );
    found.extend(
        new_ones
            .iter()
            .filter_map(|one| of_duty(None, Some(one), new.zone())),
    );
    found
}

/// Takes from both sides what belongs together, and says what changed of it.
fn paired(
    old: &mut Vec<Owed>,
    new: &mut Vec<Owed>,
    belong: impl Fn(&Owed, &Owed) -> bool,
    zone: &Zone,
) -> Vec<Change> {
    let mut found = Vec::new();
    let mut left = Vec::new();
    for one in old.drain(..) {
        match new.iter().position(|other| belong(&one, other)) {
            Some(place) => {
                let other = new.remove(place);
                found.extend(of_duty(Some(&one), Some(&other), zone));
            }
            None => left.push(one),
        }
    }
    *old = left;
    found
}

fn of_duty(old: Option<&Owed>, new: Option<&Owed>, zone: &Zone) -> Option<Change> {
    let known = new.or(old)?;
    let mut details = Vec::new();
    if let (Some(old), Some(new)) = (old, new) {
        if old.with != new.with {
            details.push(format!("with {}, was {}", new.with, old.with));
        }
        details.extend(other("by", old.by.as_ref(), new.by.as_ref()));
        if old.outcome == new.outcome {
            details.extend(other_instant("until", old.until, new.until, zone));
        }
    }
    let outcome = |one: Option<&Owed>| one.map_or(Outcome::Absent, |one| one.outcome);
    let reasons = |one: Option<&Owed>| one.map_or(Vec::new(), |one| one.reasons.clone());
    let (gone, come, policies) = words(&reasons(old), &reasons(new));
    says_anything(Change {
        action: known.action.clone(),
        on: known.on.clone(),
        old: outcome(old),
        new: outcome(new),
        details,
        gone,
        come,
        policies,
    })
}

/// All duties of a decision, in its order.
fn owed(decision: &Decision) -> Vec<Owed> {
    let held = decision.duties().iter().map(|duty| {
        let reasons = duty.reasons.clone();
        as_owed(decision, duty, Outcome::Owed, None, reasons)
    });
    let withheld = decision.withheld().iter().map(|one: &Withheld| {
        let reasons = one.reasons().into_iter().cloned().collect();
        as_owed(decision, &one.duty, Outcome::Withheld, one.until, reasons)
    });
    held.chain(withheld).collect()
}

fn as_owed(
    decision: &Decision,
    duty: &Duty,
    outcome: Outcome,
    until: Option<Timestamp>,
    reasons: Vec<Reason>,
) -> Owed {
    Owed {
        action: duty.action.clone(),
        on: duty.on.as_ref().map(|on| carrier(decision, on)),
        with: values(&duty.with),
        outcome,
        by: duty.by.as_ref().map(|by| shown(by, decision.zone())),
        until,
        reasons,
    }
}

/// What a duty belongs to, in a word that lasts: the id of a proposal, or for a duty its action.
fn carrier(decision: &Decision, on: &Arc<str>) -> Arc<str> {
    let all = decision.duties().iter();
    let mut all = all.chain(decision.withheld().iter().map(|one| &one.duty));
    all.find(|duty| duty.id == *on)
        .map_or_else(|| on.clone(), |duty| duty.action.clone())
}

/// The values of a duty as JSON.
fn values(with: &[(Arc<str>, Value)]) -> String {
    let parts: Vec<String> = with
        .iter()
        .filter(|(_, value)| !value.is_missing())
        .map(|(name, value)| {
            let mut part = format!("{name}: ");
            write_json(value, &mut part);
            part
        })
        .collect();
    if parts.is_empty() {
        "nothing".to_string()
    } else {
        parts.join(", ")
    }
}

fn shown(value: &Value, zone: &Zone) -> String {
    let mut text = TextBuilder::default();
    render(value, zone, &mut text);
    text.finish().as_str().to_string()
}

/// Nothing where nothing changed.
fn says_anything(change: Change) -> Option<Change> {
    let silent = change.details.is_empty() && change.gone.is_empty() && change.come.is_empty();
    (change.is_of_outcome() || !silent).then_some(change)
}

/// What only the old side says, what only the new one does, and to whom a change is put down.
fn words(old: &[Reason], new: &[Reason]) -> (Vec<Reason>, Vec<Reason>, Vec<Arc<str>>) {
    let (gone, come) = (without(old, new), without(new, old));
    let titles = |reasons: &[&[Reason]]| -> BTreeSet<Arc<str>> {
        let all = reasons.iter().flat_map(|side| side.iter());
        all.map(|reason| reason.policy.clone()).collect()
    };
    let moved = titles(&[&gone, &come]);
    let policies = if moved.is_empty() {
        titles(&[old, new])
    } else {
        moved
    };
    (gone, come, policies.into_iter().collect())
}

/// The reasons that the other side does not have in the same words.
fn without(reasons: &[Reason], others: &[Reason]) -> Vec<Reason> {
    let missing = reasons.iter().filter(|reason| !others.contains(reason));
    missing.cloned().collect()
}

fn other<T: ToString + PartialEq>(what: &str, old: Option<T>, new: Option<T>) -> Option<String> {
    let word = |value: &Option<T>| value.as_ref().map_or("none".to_string(), T::to_string);
    (old != new).then(|| format!("{what} {}, was {}", word(&new), word(&old)))
}

fn other_instant(
    what: &str,
    old: Option<Timestamp>,
    new: Option<Timestamp>,
    zone: &Zone,
) -> Option<String> {
    let word = |instant: Timestamp| format_instant(instant, zone);
    other(what, old.map(word), new.map(word))
}
