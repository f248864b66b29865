//! What is owed: plain duties, and those that belong to the outcome of something.
//!
//! Input: the judge; for attached duties also their carriers. Output: one duty for each time that an `always`
//! speaks, before it is judged and before equal ones merge; apart from them, what policies that only report owe.
//! An `always` that another one overrides owes nothing where that one does: for the same element where both go
//! over the same list, for the same carrier where both are attached, and nothing at all otherwise. Plain duties
//! are settled before attached ones, so an attached one never silences a plain one.

use crate::operators::CarrierOutcome;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::data::{Reason, Verdict};
use super::judge::{Judge, Spoken};
use super::notes::{About, Came};
use crate::eval::{Candidate, Frame, value_of};
use crate::program::{Expr, On, Policy, PolicyId, PolicyKind};
use crate::schema::{ActionId, Type};
use crate::value::Number;
use crate::value::Value;

/// What a duty belongs to, by its place in the answer. Ordered as the answer orders attached duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Carrier {
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
    /// Under which number it stands in the notes.
    pub(super) number: Option<usize>,
}

/// For which carrier and which element something is owed.
type Place = (Option<Carrier>, Option<Element>);

/// Where policies owe something: by policy, then by what silences others there.
#[derive(Clone, Debug, Default)]
pub(super) struct SpokenFor(BTreeMap<PolicyId, BTreeSet<Place>>);

/// What is owed, and where.
#[derive(Default)]
pub(super) struct Owing {
    pub(super) duties: Vec<Owed>,
    /// What policies that only report would owe.
    pub(super) reported: Vec<Owed>,
    spoken: SpokenFor,
}

/// Something that duties can belong to.
struct CarrierCandidate<'c> {
    carrier: Carrier,
    verdict: Verdict,
    /// The policies that the verdict is owed to.
    owed_to: Vec<PolicyId>,
    candidate: Candidate<'c>,
}

/// What duties can belong to, in the order in which it is decided.
#[derive(Default)]
pub(super) struct Carriers<'c>(Vec<CarrierCandidate<'c>>);

impl<'c> Carriers<'c> {
    /// Adds one; they are to be added in their order.
    pub(super) fn add(
        &mut self,
        carrier: Carrier,
        verdict: Verdict,
        against: &[(PolicyId, Reason)],
        candidate: Candidate<'c>,
    ) {
        self.0.push(CarrierCandidate {
            carrier,
            verdict,
            owed_to: against.iter().map(|(id, _)| *id).collect(),
            candidate,
        });
    }

    /// Those that an `on` waits for.
    fn that_fit(
        &self,
        outcome: CarrierOutcome,
        actions: &[ActionId],
        by: Option<PolicyId>,
    ) -> impl Iterator<Item = (Carrier, Candidate<'c>)> {
        let fits = move |it: &&CarrierCandidate<'c>| {
            is_outcome(outcome, it.verdict)
                && actions.binary_search(&it.candidate.action).is_ok()
                && by.is_none_or(|by| it.owed_to.contains(&by))
        };
        let carriers = self.0.iter().filter(fits);
        carriers.map(|it| (it.carrier, it.candidate))
    }

    /// How many of these actions are allowed.
    fn allowed(&self, actions: &[ActionId]) -> usize {
        let fits = |it: &&CarrierCandidate<'c>| {
            it.verdict == Verdict::Allowed && actions.binary_search(&it.candidate.action).is_ok()
        };
        self.0.iter().filter(fits).count()
    }
}

fn is_outcome(outcome: CarrierOutcome, verdict: Verdict) -> bool {
    match outcome {
        CarrierOutcome::Proposed => true,
        CarrierOutcome::Allowed => verdict == Verdict::Allowed,
        CarrierOutcome::Blocked => verdict == Verdict::Blocked,
        CarrierOutcome::Limited => verdict == Verdict::Limited,
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
    let on = match &policy.kind {
        PolicyKind::Always { on, .. } => on.as_ref(),
        _ => None,
    };
    matches!(on, Some(On::Carrier { .. }))
}

/// What every `always` without `on` owes.
pub(super) fn owe_plain(judge: &mut Judge<'_, '_>) -> Owing {
    let mut owing = Owing::default();
    for id in judge.plain() {
        owe(judge, id, None, &mut owing);
    }
    owing
}

/// What every `always … on fewer than` owes; the plain duties are known by then.
pub(super) fn owe_for_few(
    judge: &mut Judge<'_, '_>,
    plain: Owing,
    carriers: &Carriers<'_>,
) -> Owing {
    let mut owing = plain.followed_by_nothing();
    let plan = judge.plan;
    for id in &plan.fewer {
        let policy = judge.moment.program().policy(*id);
        let variables = policy.map_or(0, |policy| policy.variables);
        let Some(PolicyKind::Always {
            on: Some(On::Fewer { number, actions }),
            ..
        }) = policy.map(|policy| &policy.kind)
        else {
            continue;
        };
        let number = value_of(judge.moment, &mut Frame::new(variables), number);
        let there = Number::from_count(carriers.allowed(actions));
        if matches!(number, Value::Number(wanted) if there < wanted) {
            owe(judge, *id, None, &mut owing);
        } else {
            judge.notes.about(About::Case);
            judge.note(*id, None, Came::EnoughLeft);
        }
    }
    owing
}

/// What every `always … on` an outcome owes for the carriers.
pub(super) fn owe_attached(
    judge: &mut Judge<'_, '_>,
    before: Owing,
    carriers: &Carriers<'_>,
) -> Owing {
    let mut owing = before.followed_by_nothing();
    let plan = judge.plan;
    for id in &plan.attached {
        let policy = judge.moment.program().policy(*id);
        let Some(PolicyKind::Always {
            on:
                Some(On::Carrier {
                    outcome,
                    actions,
                    by,
                }),
            ..
        }) = policy.map(|policy| &policy.kind)
        else {
            continue;
        };
        for carrier in carriers.that_fit(*outcome, actions, *by) {
            owe(judge, *id, Some(carrier), &mut owing);
        }
    }
    owing
}

impl Owing {
    /// Nothing owed yet, where all that was owed before still silences.
    fn followed_by_nothing(self) -> Owing {
        Owing {
            spoken: self.spoken,
            ..Owing::default()
        }
    }
}

/// What one policy owes, for one carrier where it has any.
fn owe(
    judge: &mut Judge<'_, '_>,
    id: PolicyId,
    carrier: Option<(Carrier, Candidate<'_>)>,
    owing: &mut Owing,
) {
    let Some(policy) = judge.moment.program().policy(id) else {
        return;
    };
    if !policy.actions.iter().all(|action| judge.counts(*action)) {
        return;
    }
    let empty = Frame {
        carrier: carrier.map(|(_, candidate)| candidate),
        ..Frame::new(policy.variables)
    };
    let place = carrier.map(|(carrier, _)| carrier);
    let about = place.map_or(About::Case, |carrier| About::Carrier(carrier, None));
    judge.notes.about(about);
    let times = judge.all_times(id, policy, &empty);
    if !times.is_empty() {
        judge.fire(id);
    }
    for time in times {
        let element = element_of(policy, time.element);
        let at = time.element.map(|index| (index, &Value::Missing));
        if let Some(by) = silenced_by(judge, policy, &owing.spoken, place, element) {
            judge.note(id, at, Came::Overridden(by));
            continue;
        }
        let duty = duty(judge, id, policy, carrier, time);
        judge.note(id, at, Came::Words);
        if policy.report_only {
            owing.reported.extend(duty);
            continue;
        }
        if !policy.overrides.is_empty() {
            owing.spoken.add(id, place, element);
        }
        owing.duties.extend(duty);
    }
}

fn element_of(policy: &Policy, index: Option<usize>) -> Option<Element> {
    let source = policy.for_each.as_ref()?.source;
    Some(Element {
        source,
        index: index?,
    })
}

/// The policy that overrides this one and owes something here.
fn silenced_by(
    judge: &Judge<'_, '_>,
    policy: &Policy,
    spoken: &SpokenFor,
    carrier: Option<Carrier>,
    element: Option<Element>,
) -> Option<PolicyId> {
    let program = judge.moment.program();
    let mut others = policy
        .overridden_by
        .iter()
        .filter_map(|id| Some((*id, program.policy(*id)?)));
    let silencing = others.find(|(id, by)| spoken.silences(by, *id, carrier, element));
    silencing.map(|(id, _)| id)
}

/// Whether that field of the action is a text.
fn is_text(judge: &Judge<'_, '_>, action: ActionId, field: usize) -> bool {
    let action = judge.moment.program().schema.action(action);
    let field = action.and_then(|action| action.fields.get(field));
    field.is_some_and(|field| field.kind == Type::Text)
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
    let index = time.element;
    let element = element_of(policy, index);
    let frame = time.frame(policy, None, carrier.map(|(_, candidate)| candidate));
    // Each clause starts from what the conditions bound, and from nothing that another clause looked for.
    let value = |expr: &Expr| value_of(judge.moment, &mut frame.clone(), expr);
    // A limit may weigh what the duty says, so its values are watched; a text that tells the time weighs nothing.
    let told = |(index, field): (usize, &Option<Expr>)| match field {
        None => Value::Missing,
        Some(expr) if is_text(judge, *action, index) => judge.moment.for_show(|| value(expr)),
        Some(expr) => value(expr),
    };
    let values = with.iter().enumerate().map(told).collect();
    let by = by
        .as_ref()
        .map(|by| judge.moment.unwatched(|| value(by)))
        .filter(|by| !by.is_missing());
    Some(Owed {
        policy: id,
        action: *action,
        values,
        by,
        carrier: carrier.map(|(carrier, _)| carrier),
        element,
        reason: judge.reason(policy, frame),
        number: judge.notes.owes(id, index),
    })
}
