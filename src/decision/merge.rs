//! Judges duties and merges those that are equal.
//!
//! Input: duties, one for each time that an `always` spoke. Output: held and withheld ones in the order of the
//! answer, each with the reasons of all policies that owe it.
//! Two are equal where action, carrier, values and source element are; held ones merge with held ones only. Of
//! two deadlines the earlier stays.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use super::data::Reason;
use super::duties::{Carrier, Element, Owed};
use super::judge::{Judge, Origin};
use crate::eval::Candidate;
use crate::schema::ActionId;
use crate::value::{Value, Zone, date_of};

/// Duties that were judged and merged, in the order of the answer.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) held: Vec<SettledDuty>,
    pub(super) withheld: Vec<SettledDuty>,
}

/// A duty with everybody who owes it and everybody who speaks against it.
#[derive(Debug)]
pub(super) struct SettledDuty {
    pub(super) action: ActionId,
    pub(super) values: Arc<[Value]>,
    pub(super) by: Option<Value>,
    pub(super) carrier: Option<Carrier>,
    pub(super) reasons: Vec<Reason>,
    pub(super) against: Vec<Reason>,
}

impl SettledDuty {
    pub(super) fn candidate(&self) -> Candidate<'_> {
        Candidate {
            action: self.action,
            values: &self.values,
        }
    }
}

impl Settled {
    /// These, then those.
    pub(super) fn followed_by(mut self, later: Settled) -> Settled {
        self.held.extend(later.held);
        self.withheld.extend(later.withheld);
        self
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

/// Judges and merges.
pub(super) fn settle(judge: &mut Judge<'_, '_>, mut duties: Vec<Owed>) -> Settled {
    // Policies are numbered by title, so this is the order of the answer, and the first of equals stays.
    duties.sort_by_key(|duty| (duty.carrier, duty.policy, duty.element));
    let mut settled = Settled::default();
    let mut places: HashMap<Identity, usize> = HashMap::new();
    for duty in duties {
        let candidate = Candidate {
            action: duty.action,
            values: &duty.values,
        };
        let against = judge.blockers(candidate, Origin::Duty(duty.policy));
        let identity = identity_of(&duty, !against.is_empty());
        let list = if against.is_empty() {
            &mut settled.held
        } else {
            &mut settled.withheld
        };
        let place = *places.entry(identity).or_insert(list.len());
        match list.get_mut(place) {
            Some(first) => merge_into(first, duty, against, judge.moment.zone()),
            None => list.push(alone(duty, against)),
        }
    }
    settled
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

fn alone(duty: Owed, against: Vec<Reason>) -> SettledDuty {
    SettledDuty {
        action: duty.action,
        values: duty.values,
        by: duty.by,
        carrier: duty.carrier,
        reasons: vec![duty.reason],
        against,
    }
}

fn merge_into(first: &mut SettledDuty, duty: Owed, against: Vec<Reason>, zone: &Zone) {
    first.by = earlier(first.by.take(), duty.by, zone);
    // Duties come by title, so the reasons stay in order.
    first.reasons.push(duty.reason);
    for reason in against {
        let known = first
            .against
            .binary_search_by(|other| other.policy.cmp(&reason.policy));
        if let Err(place) = known {
            first.against.insert(place, reason);
        }
    }
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
