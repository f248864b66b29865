//! Whether a policy speaks about a candidate, and with which words.
//!
//! Input: a case and its plan; then candidates, one at a time. Output: the reasons against each, and at the end
//! which policies fired.
//! Conditions that do not read the candidate are judged once for the case, and what they found is kept. The words
//! of a policy are rendered in the frame in which it spoke, so that its witnesses can be named.

use super::data::Reason;
use super::plan::Plan;
use crate::eval::{Candidate, Frame, Moment, holds, value_of};
use crate::program::{Expr, ForEach, Policy, PolicyId, PolicyKind};
use crate::value::{Text, Value};

/// Where a candidate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The host.
    Proposal,
    /// An `always`.
    Duty(PolicyId),
}

/// A policy whose conditions hold: for which element of its `for each`, with which variables bound.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub(super) element: Option<usize>,
    pub(super) variables: Vec<Value>,
}

/// Judges the policies of a package over one case.
pub(super) struct Judge<'m, 'a> {
    pub(super) moment: &'m Moment<'a>,
    pub(super) plan: &'m Plan,
    fired: Vec<bool>,
    /// By policy: what it said of every candidate, where it does not read them.
    once: Vec<Option<Spoken>>,
}

impl<'m, 'a> Judge<'m, 'a> {
    pub(super) fn new(moment: &'m Moment<'a>, plan: &'m Plan) -> Judge<'m, 'a> {
        let policies = &moment.program().policies;
        let mut judge = Judge {
            moment,
            plan,
            fired: vec![false; policies.len()],
            once: vec![None; policies.len()],
        };
        judge.judge_once();
        judge
    }

    /// Judges what does not read the candidate. It fires with or without proposals.
    fn judge_once(&mut self) {
        let policies = &self.moment.program().policies;
        for ((policy, fired), once) in policies.iter().zip(&mut self.fired).zip(&mut self.once) {
            let owes = matches!(policy.kind, PolicyKind::Always { .. });
            if !policy.reads_candidate && !owes {
                *once = speaks(self.moment, policy, &Frame::new(policy.variables));
                *fired = once.is_some();
            }
        }
    }

    /// Writes down that the conditions of a policy hold.
    pub(super) fn fire(&mut self, id: PolicyId) {
        if let Some(fired) = self.fired.get_mut(id.0 as usize) {
            *fired = true;
        }
    }

    /// The policies that fired, sorted.
    pub(super) fn fired(&self) -> Vec<PolicyId> {
        let ids = (0u32..).map(PolicyId).zip(&self.fired);
        ids.filter(|(_, fired)| **fired).map(|(id, _)| id).collect()
    }

    /// Every `never` and `only` that speaks about the candidate, by title.
    pub(super) fn blockers(&mut self, candidate: Candidate<'_>, origin: Origin) -> Vec<Reason> {
        let mut speaking: Vec<PolicyId> = Vec::new();
        let mut reasons = Vec::new();
        let plan = self.plan;
        for id in plan.about(candidate.action) {
            let Some(policy) = self.moment.program().policy(*id) else {
                continue;
            };
            let Some(spoken) = self.judge_about(*id, policy, candidate) else {
                continue;
            };
            if is_silenced(policy, &speaking, origin) {
                continue;
            }
            speaking.push(*id);
            if !matches!(policy.kind, PolicyKind::Allow) {
                reasons.push(self.reason(policy, frame(spoken.variables, Some(candidate), None)));
            }
        }
        reasons.sort_by(|a, b| a.policy.cmp(&b.policy));
        reasons
    }

    /// What a policy says of the candidate, before overrides.
    fn judge_about(
        &mut self,
        id: PolicyId,
        policy: &Policy,
        candidate: Candidate<'_>,
    ) -> Option<Spoken> {
        if !policy.reads_candidate {
            return self.once.get(id.0 as usize).cloned().flatten();
        }
        let empty = Frame {
            candidate: Some(candidate),
            ..Frame::new(policy.variables)
        };
        let spoken = speaks(self.moment, policy, &empty)?;
        self.fire(id);
        Some(spoken)
    }

    /// The policy's title and its words in this frame.
    pub(super) fn reason(&self, policy: &Policy, mut frame: Frame<'_>) -> Reason {
        Reason {
            policy: policy.title.clone(),
            because: policy
                .because
                .as_ref()
                .and_then(|because| self.text(&mut frame, because)),
        }
    }

    fn text(&self, frame: &mut Frame<'_>, expr: &Expr) -> Option<Text> {
        match value_of(self.moment, frame, expr) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A frame with variables that were bound before.
pub(super) fn frame<'f>(
    variables: Vec<Value>,
    candidate: Option<Candidate<'f>>,
    carrier: Option<Candidate<'f>>,
) -> Frame<'f> {
    Frame {
        variables,
        candidate,
        carrier,
    }
}

/// Whether one that overrides the policy speaks about the same candidate.
fn is_silenced(policy: &Policy, speaking: &[PolicyId], origin: Origin) -> bool {
    policy
        .overridden_by
        .iter()
        .any(|other| origin == Origin::Duty(*other) || speaking.contains(other))
}

/// The first time a policy's conditions hold, starting from an empty frame.
pub(super) fn speaks(moment: &Moment<'_>, policy: &Policy, empty: &Frame<'_>) -> Option<Spoken> {
    let mut first = None;
    each_time(moment, policy, empty, &mut |spoken| {
        first = Some(spoken);
        false
    });
    first
}

/// Every time a policy's conditions hold, in the order of its `for each`.
pub(super) fn all_times(moment: &Moment<'_>, policy: &Policy, empty: &Frame<'_>) -> Vec<Spoken> {
    let mut all = Vec::new();
    each_time(moment, policy, empty, &mut |spoken| {
        all.push(spoken);
        true
    });
    all
}

/// Gives each time that the conditions hold to `take`, until it has enough.
fn each_time(
    moment: &Moment<'_>,
    policy: &Policy,
    empty: &Frame<'_>,
    take: &mut dyn FnMut(Spoken) -> bool,
) {
    let Some(for_each) = &policy.for_each else {
        let mut frame = empty.clone();
        if conditions_hold(moment, policy, &mut frame) {
            take(Spoken {
                element: None,
                variables: frame.variables,
            });
        }
        return;
    };
    let Value::List(items) = value_of(moment, &mut empty.clone(), &for_each.list) else {
        return;
    };
    for (index, item) in items.iter().enumerate() {
        let mut frame = empty.clone();
        frame.bind(for_each.variable, item.clone());
        if is_left(moment, for_each, &mut frame) && conditions_hold(moment, policy, &mut frame) {
            let spoken = Spoken {
                element: Some(index),
                variables: frame.variables,
            };
            if !take(spoken) {
                return;
            }
        }
    }
}

/// Whether the element that is bound passes the condition of `for each`.
fn is_left(moment: &Moment<'_>, for_each: &ForEach, frame: &mut Frame<'_>) -> bool {
    for_each
        .condition
        .as_ref()
        .is_none_or(|condition| holds(moment, frame, condition))
}

/// Whether `when` holds (of an `only`: fails) and `unless` does not.
fn conditions_hold(moment: &Moment<'_>, policy: &Policy, frame: &mut Frame<'_>) -> bool {
    let wanted = !matches!(policy.kind, PolicyKind::Only);
    let when = policy
        .when
        .as_ref()
        .is_none_or(|when| holds(moment, frame, when));
    when == wanted
        && !policy
            .unless
            .as_ref()
            .is_some_and(|unless| holds(moment, frame, unless))
}
