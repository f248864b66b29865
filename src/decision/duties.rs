//! What is owed: plain duties, and those that belong to the outcome of something.
//!
//! Input: the judge; for attached duties also their carriers. Output: one duty for each time that an `always`
//! speaks, before it is judged and before equal ones merge.
//! An `always` that another one overrides owes nothing where that one does: for the same element where both go
//! over the same list, for the same carrier where both are attached, and nothing at all otherwise. Plain duties
//! are settled before attached ones, so an attached one never silences a plain one.

use crate::operators::CarrierOutcome;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::data::Reason;
use super::judge::{Judge, Spoken, all_times, frame};
use crate::eval::{Candidate, Frame, value_of};
use crate::program::{Expr, On, Policy, PolicyId, PolicyKind};
use crate::schema::ActionId;
use crate::value::Value;

/// What a duty belongs to, by its place in the answer. Ordered as the answer orders attached duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Carrier {
    /// A plain duty.
    Duty(usize),
    /// A plain duty that is withheld.
    Withheld(usize),
    /// A proposal.
    Proposal(usize),
}

/// An element of a list that `for each` goes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Element {
    /// Which list; lists that are written alike have one number.
    pub(super) source: u32,
    /// Its place in the list.
    pub(super) index: usize,
}

/// A duty as one policy owes it.
#[derive(Clone, Debug)]
pub(super) struct Owed {
    pub(super) policy: PolicyId,
    pub(super) action: ActionId,
    pub(super) values: Arc<[Value]>,
    pub(super) by: Option<Value>,
    pub(super) carrier: Option<Carrier>,
    pub(super) element: Option<Element>,
    pub(super) reason: Reason,
}

/// For which carrier and which element something is owed.
type Place = (Option<Carrier>, Option<Element>);

/// Where policies owe something: by policy, then by what silences others there.
#[derive(Clone, Debug, Default)]
pub(super) struct SpokenFor(BTreeMap<PolicyId, BTreeSet<Place>>);

/// The plain duties, and where they are owed.
pub(super) struct Plain {
    pub(super) duties: Vec<Owed>,
    pub(super) spoken: SpokenFor,
}

/// What duties can belong to, by action.
#[derive(Default)]
pub(super) struct Carriers<'c>(Vec<(Carrier, CarrierOutcome, Candidate<'c>)>);

impl<'c> Carriers<'c> {
    /// Adds one; they are to be added in their order.
    pub(super) fn add(
        &mut self,
        carrier: Carrier,
        outcome: CarrierOutcome,
        candidate: Candidate<'c>,
    ) {
        self.0.push((carrier, outcome, candidate));
    }

    /// Those that an `on` waits for.
    fn that_fit(&self, on: &On) -> impl Iterator<Item = (Carrier, Candidate<'c>)> {
        let fits = |outcome: CarrierOutcome, action: &ActionId| {
            (on.outcome == CarrierOutcome::Proposed || on.outcome == outcome)
                && on.actions.binary_search(action).is_ok()
        };
        let carriers = self
            .0
            .iter()
            .filter(move |(_, outcome, candidate)| fits(*outcome, &candidate.action));
        carriers.map(|(carrier, _, candidate)| (*carrier, *candidate))
    }
}

impl SpokenFor {
    fn add(&mut self, policy: PolicyId, carrier: Option<Carrier>, element: Option<Element>) {
        let places = self.0.entry(policy).or_default();
        // What silences all elements of a carrier, or everything, is found without looking at each of them.
        places.extend([(carrier, element), (carrier, None)]);
    }

    /// Whether a policy that overrides this one owes something here.
    fn silences(
        &self,
        by: &Policy,
        id: PolicyId,
        carrier: Option<Carrier>,
        element: Option<Element>,
    ) -> bool {
        let source = |element: Option<Element>| element.map(|element| element.source);
        let same_list = by.for_each.as_ref().map(|each| each.source) == source(element);
        let element = if same_list { element } else { None };
        let carrier = if is_attached(by) { carrier } else { None };
        self.0
            .get(&id)
            .is_some_and(|places| places.contains(&(carrier, element)))
    }
}

fn is_attached(policy: &Policy) -> bool {
    matches!(policy.kind, PolicyKind::Always { on: Some(_), .. })
}

/// What every `always` without `on` owes.
pub(super) fn owe_plain(judge: &mut Judge<'_, '_>) -> Plain {
    let mut plain = Plain {
        duties: Vec::new(),
        spoken: SpokenFor::default(),
    };
    let plan = judge.plan;
    for id in &plan.plain {
        owe(judge, *id, None, &mut plain.spoken, &mut plain.duties);
    }
    plain
}

/// What every `always … on` owes for the carriers.
pub(super) fn owe_attached(
    judge: &mut Judge<'_, '_>,
    plain: &SpokenFor,
    carriers: &Carriers<'_>,
) -> Vec<Owed> {
    let mut duties = Vec::new();
    let mut spoken = plain.clone();
    let plan = judge.plan;
    for id in &plan.attached {
        let kind = judge
            .moment
            .program()
            .policy(*id)
            .map(|policy| &policy.kind);
        let Some(PolicyKind::Always { on: Some(on), .. }) = kind else {
            continue;
        };
        for carrier in carriers.that_fit(on) {
            owe(judge, *id, Some(carrier), &mut spoken, &mut duties);
        }
    }
    duties
}

/// What one policy owes, for one carrier where it has any.
fn owe(
    judge: &mut Judge<'_, '_>,
    id: PolicyId,
    carrier: Option<(Carrier, Candidate<'_>)>,
    spoken: &mut SpokenFor,
    duties: &mut Vec<Owed>,
) {
    let Some(policy) = judge.moment.program().policy(id) else {
        return;
    };
    let empty = Frame {
        carrier: carrier.map(|(_, candidate)| candidate),
        ..Frame::new(policy.variables)
    };
    let place = carrier.map(|(carrier, _)| carrier);
    let times = all_times(judge.moment, policy, &empty);
    if !times.is_empty() {
        judge.fire(id);
    }
    for time in times {
        let element = element_of(policy, time.element);
        if !is_silenced(judge, policy, spoken, place, element) {
            if !policy.overrides.is_empty() {
                spoken.add(id, place, element);
            }
            duties.extend(duty(judge, id, policy, carrier, time));
        }
    }
}

fn element_of(policy: &Policy, index: Option<usize>) -> Option<Element> {
    let source = policy.for_each.as_ref()?.source;
    Some(Element {
        source,
        index: index?,
    })
}

fn is_silenced(
    judge: &Judge<'_, '_>,
    policy: &Policy,
    spoken: &SpokenFor,
    carrier: Option<Carrier>,
    element: Option<Element>,
) -> bool {
    let program = judge.moment.program();
    let mut others = policy
        .overridden_by
        .iter()
        .filter_map(|id| Some((*id, program.policy(*id)?)));
    others.any(|(id, by)| spoken.silences(by, id, carrier, element))
}

/// The duty that a policy owes in the frame in which it spoke.
fn duty(
    judge: &Judge<'_, '_>,
    id: PolicyId,
    policy: &Policy,
    carrier: Option<(Carrier, Candidate<'_>)>,
    time: Spoken,
) -> Option<Owed> {
    let PolicyKind::Always {
        action, with, by, ..
    } = &policy.kind
    else {
        return None;
    };
    let element = element_of(policy, time.element);
    let frame = frame(
        time.variables,
        None,
        carrier.map(|(_, candidate)| candidate),
    );
    // Each clause starts from what the conditions bound, and from nothing that another clause looked for.
    let value = |expr: &Expr| value_of(judge.moment, &mut frame.clone(), expr);
    let values = with
        .iter()
        .map(|field| field.as_ref().map_or(Value::Missing, value))
        .collect();
    let by = by.as_ref().map(value).filter(|by| !by.is_missing());
    Some(Owed {
        policy: id,
        action: *action,
        values,
        by,
        carrier: carrier.map(|(carrier, _)| carrier),
        element,
        reason: judge.reason(policy, frame),
    })
}
