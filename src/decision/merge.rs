//! Judges duties, merges those that are equal, and keeps at most one of a `single` action.
//!
//! Input: duties, one for each time that an `always` spoke. Output: each once, in the order of the answer, with
//! the reasons of all policies that owe it and of those that speak against it.
//! Two are equal where action, carrier, values and source element are; held ones merge with held ones only. Of
//! two deadlines the earlier stays. Of a `single` action at most one is held for the case, and one for each
//! carrier: the one whose policy overrides the others', else the one with the higher score, else the lesser title.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;
use std::sync::Arc;

use super::data::{Reason, Verdict};
use super::duties::{Carrier, Element, Owed};
use super::judge::{Hearing, Judge, Origin};
use super::limits::Rooms;
use super::notes::About;
use crate::eval::Candidate;
use crate::program::PolicyId;
use crate::schema::ActionId;
use crate::value::{Value, Zone, date_of};

/// Duties that were judged and merged, in the order of the answer.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) held: Vec<SettledDuty>,
    pub(super) withheld: Vec<SettledDuty>,
    pub(super) dropped: Vec<Dropped>,
}

/// A duty with everybody who owes it and everybody who speaks against it.
#[derive(Debug)]
pub(super) struct SettledDuty {
    pub(super) action: ActionId,
    pub(super) values: Arc<[Value]>,
    pub(super) by: Option<Value>,
    pub(super) carrier: Option<Carrier>,
    pub(super) element: Option<Element>,
    /// Who owes it, by title; never empty.
    pub(super) owners: Vec<PolicyId>,
    pub(super) reasons: Vec<Reason>,
    pub(super) hearing: Hearing,
    pub(super) verdict: Verdict,
    /// Why it is not to be carried out, by title.
    pub(super) against: Vec<(PolicyId, Reason)>,
    /// Under which numbers it stands in the notes.
    pub(super) numbers: Vec<usize>,
}

/// A duty of a `single` action that gave way.
#[derive(Debug)]
pub(super) struct Dropped {
    pub(super) action: ActionId,
    pub(super) carrier: Option<Carrier>,
    pub(super) kept: PolicyId,
    pub(super) dropped: PolicyId,
}

impl SettledDuty {
    pub(super) fn candidate(&self) -> Candidate<'_> {
        Candidate {
            action: self.action,
            values: &self.values,
        }
    }

    fn owner(&self) -> Option<PolicyId> {
        self.owners.first().copied()
    }

    /// What the answer orders duties by: what they belong to, score, title, element.
    pub(super) fn place(&self) -> impl Ord + use<> {
        let score = Reverse(self.hearing.score.clone());
        (self.carrier, score, self.owner(), self.element)
    }

    /// Whether both are one and the same duty; the one or the other may be settled already.
    pub(super) fn equals(&self, other: &SettledDuty) -> bool {
        let is_blocked =
            |duty: &SettledDuty| duty.verdict == Verdict::Blocked || duty.hearing.is_blocked();
        self.action == other.action
            && self.carrier == other.carrier
            && self.element == other.element
            && self.values == other.values
            && is_blocked(self) == is_blocked(other)
    }

    /// What is said of another duty that gives way to this one.
    pub(super) fn dropping(&self, other: &SettledDuty) -> Option<Dropped> {
        Some(Dropped {
            action: other.action,
            carrier: other.carrier,
            kept: self.owner()?,
            dropped: other.owner()?,
        })
    }
}

/// What makes two duties one.
#[derive(PartialEq, Eq, Hash)]
struct Identity {
    withheld: bool,
    action: ActionId,
    carrier: Option<Carrier>,
    element: Option<Element>,
    values: Arc<[Value]>,
}

/// Judges, merges, drops what a `single` action has too many of, and gives room where there is some.
pub(super) fn settle(judge: &mut Judge<'_, '_>, rooms: &mut Rooms, duties: Vec<Owed>) -> Settled {
    let merged = merge(judge, duties);
    settle_merged(judge, rooms, merged)
}

/// The same for duties that are judged and merged.
pub(super) fn settle_merged(
    judge: &mut Judge<'_, '_>,
    rooms: &mut Rooms,
    mut merged: Vec<SettledDuty>,
) -> Settled {
    let dropped = drop_rivals(judge, &mut merged);
    merged.sort_by_cached_key(SettledDuty::place);
    let mut settled = Settled {
        dropped,
        ..Settled::default()
    };
    for mut duty in merged {
        give_room(judge, rooms, &mut duty);
        match duty.verdict {
            Verdict::Allowed => settled.held.push(duty),
            Verdict::Blocked | Verdict::Limited => settled.withheld.push(duty),
        }
    }
    settled
}

fn give_room(judge: &mut Judge<'_, '_>, rooms: &mut Rooms, duty: &mut SettledDuty) {
    if duty.hearing.is_blocked() {
        duty.against = std::mem::take(&mut duty.hearing.against);
        duty.verdict = Verdict::Blocked;
        return;
    }
    let values = duty.values.clone();
    let candidate = Candidate {
        action: duty.action,
        values: &values,
    };
    let number = duty.numbers.first().copied();
    judge.notes.about(About::Owed(number.unwrap_or_default()));
    duty.against = rooms.admit(judge, candidate, &mut duty.hearing);
    if !duty.against.is_empty() {
        duty.verdict = Verdict::Limited;
    }
}

/// Judges duties and makes equal ones one.
pub(super) fn merge(judge: &mut Judge<'_, '_>, mut duties: Vec<Owed>) -> Vec<SettledDuty> {
    // Policies are numbered by title, so the first of equals is that of the lesser title.
    duties.sort_by_key(|duty| (duty.carrier, duty.policy, duty.element));
    let mut merged: Vec<SettledDuty> = Vec::new();
    let mut places: HashMap<Identity, usize> = HashMap::new();
    for duty in duties {
        let candidate = Candidate {
            action: duty.action,
            values: &duty.values,
        };
        judge
            .notes
            .about(About::Owed(duty.number.unwrap_or_default()));
        let hearing = judge.hear(candidate, Origin::Duty(duty.policy));
        let identity = identity_of(&duty, hearing.is_blocked());
        let place = *places.entry(identity).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(first) => merge_into(first, duty, hearing, judge.moment.zone()),
            None => merged.push(alone(duty, hearing)),
        }
    }
    merged
}

fn identity_of(duty: &Owed, withheld: bool) -> Identity {
    Identity {
        withheld,
        action: duty.action,
        carrier: duty.carrier,
        element: duty.element,
        values: duty.values.clone(),
    }
}

fn alone(duty: Owed, hearing: Hearing) -> SettledDuty {
    SettledDuty {
        action: duty.action,
        values: duty.values,
        by: duty.by,
        carrier: duty.carrier,
        element: duty.element,
        owners: vec![duty.policy],
        reasons: vec![duty.reason],
        hearing,
        verdict: Verdict::Allowed,
        against: Vec::new(),
        numbers: duty.number.into_iter().collect(),
    }
}

/// Duties come by title, so owners and reasons stay in order.
fn merge_into(first: &mut SettledDuty, duty: Owed, hearing: Hearing, zone: &Zone) {
    first.numbers.extend(duty.number);
    first.by = earlier(first.by.take(), duty.by, zone);
    first.owners.push(duty.policy);
    first.reasons.push(duty.reason);
    let held = &mut first.hearing;
    for (id, reason) in hearing.against {
        if let Err(place) = held.against.binary_search_by_key(&id, |(known, _)| *known) {
            held.against.insert(place, (id, reason));
        }
    }
    for report in hearing.reports {
        let known = |other: &super::judge::Report| other.policy;
        if let Err(place) = held.reports.binary_search_by_key(&report.policy, known) {
            held.reports.insert(place, report);
        }
    }
    // A limit that one of those who owe it overrides is silent about it.
    let speaks = |id: &PolicyId| hearing.limits.iter().any(|(other, _)| other == id);
    held.limits.retain(|(id, _)| speaks(id));
}

/// Makes a duty one with another that is settled already, and stays as it is settled.
pub(super) fn join(first: &mut SettledDuty, late: SettledDuty, zone: &Zone) {
    first.numbers.extend(late.numbers);
    first.by = earlier(first.by.take(), late.by, zone);
    for (owner, reason) in late.owners.into_iter().zip(late.reasons) {
        if let Err(place) = first.owners.binary_search(&owner) {
            first.owners.insert(place, owner);
            first.reasons.insert(place, reason);
        }
    }
    for (id, reason) in late.hearing.against {
        if let Err(place) = first.against.binary_search_by_key(&id, |(known, _)| *known) {
            first.against.insert(place, (id, reason));
        }
    }
}

/// Keeps one duty of each `single` action for the case and for each carrier.
fn drop_rivals(judge: &Judge<'_, '_>, duties: &mut Vec<SettledDuty>) -> Vec<Dropped> {
    let schema = &judge.moment.program().schema;
    let is_rival = |duty: &SettledDuty| {
        let action = schema.action(duty.action);
        !duty.hearing.is_blocked() && action.is_some_and(|action| action.single)
    };
    let mut kept: HashMap<(ActionId, Option<Carrier>), usize> = HashMap::new();
    for (index, duty) in duties.iter().enumerate().filter(|(_, duty)| is_rival(duty)) {
        let group = (duty.action, duty.carrier);
        let rivals = || {
            duties
                .iter()
                .filter(|other| is_rival(other) && (other.action, other.carrier) == group)
        };
        let wins = |other: &SettledDuty| rivals().all(|third| !overrides(judge, third, other));
        let place = kept.entry(group).or_insert(index);
        let better = duties.get(*place).is_none_or(|best| {
            (Reverse(wins(duty)), duty.place()) < (Reverse(wins(best)), best.place())
        });
        if better {
            *place = index;
        }
    }
    let mut dropped = Vec::new();
    let mut keep = Vec::with_capacity(duties.len());
    for (index, duty) in duties.iter().enumerate() {
        let winner = kept
            .get(&(duty.action, duty.carrier))
            .filter(|_| is_rival(duty));
        let best = winner
            .filter(|winner| **winner != index)
            .and_then(|winner| duties.get(*winner));
        keep.push(best.is_none());
        dropped.extend(best.and_then(|best| best.dropping(duty)));
    }
    let mut keep = keep.into_iter();
    duties.retain(|_| keep.next().unwrap_or(true));
    dropped
}

/// Whether a policy that owes one overrides a policy that owes the other.
fn overrides(judge: &Judge<'_, '_>, one: &SettledDuty, other: &SettledDuty) -> bool {
    let program = judge.moment.program();
    one.owners.iter().any(|owner| {
        let policy = program.policy(*owner);
        policy.is_some_and(|policy| other.owners.iter().any(|id| policy.overrides.contains(id)))
    })
}

/// The earlier of two deadlines. A date is the end of that day, so an instant on it is the earlier.
fn earlier(a: Option<Value>, b: Option<Value>, zone: &Zone) -> Option<Value> {
    let (Some(a), Some(b)) = (&a, &b) else {
        return a.or(b);
    };
    let order = match (a, b) {
        (Value::DateTime(instant), Value::Date(day)) => {
            date_of(*instant, zone).cmp(day).then(Ordering::Less)
        }
        (Value::Date(day), Value::DateTime(instant)) => {
            day.cmp(&date_of(*instant, zone)).then(Ordering::Greater)
        }
        _ => a.compare(b).unwrap_or(Ordering::Equal),
    };
    Some(if order.is_le() { a.clone() } else { b.clone() })
}
