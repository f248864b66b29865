//! Whether a policy speaks about a candidate, and with which words.
//!
//! Input: a case and its plan; then candidates, one at a time. Output: what is said about each ([`Hearing`]), and at
//! the end which policies fired.
//! Conditions that do not read the candidate are judged once for the case, and what they found is kept. The words
//! of a policy are rendered in the frame in which it spoke, so that its witnesses can be named.

use std::collections::BTreeSet;

use super::data::{Reason, Would};
use super::notes::{Came, Notes};
use super::plan::Plan;
use super::select::Selection;
use crate::eval::{Candidate, Frame, Moment, holds, value_of};
use crate::program::{Expr, ForEach, Policy, PolicyId, PolicyKind, Program};
use crate::schema::ActionId;
use crate::value::{Number, Text, Value};

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
    /// None where nothing that follows names them.
    variables: Vec<Value>,
}

impl Spoken {
    /// What a policy says whose words and values name nothing that its conditions found.
    fn without_variables() -> Spoken {
        Spoken {
            element: None,
            variables: Vec::new(),
        }
    }

    /// The frame in which the policy spoke.
    pub(super) fn frame<'f>(
        mut self,
        policy: &Policy,
        candidate: Option<Candidate<'f>>,
        carrier: Option<Candidate<'f>>,
    ) -> Frame<'f> {
        self.variables
            .resize(policy.variables as usize, Value::Missing);
        Frame {
            variables: self.variables,
            candidate,
            carrier,
        }
    }
}

/// What is said about a candidate.
#[derive(Clone, Debug, Default)]
pub(super) struct Hearing {
    /// Every `never` and `only` that speaks, by title.
    pub(super) against: Vec<(PolicyId, Reason)>,
    /// Every `limit` that speaks, by title, whether it only reports or not.
    pub(super) limits: Vec<(PolicyId, Spoken)>,
    /// What the policies that prefer add up to.
    pub(super) score: Number,
    /// What policies that only report would have done, but for limits.
    pub(super) reports: Vec<Report>,
}

/// What a policy that only reports would have done.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) policy: PolicyId,
    pub(super) would: Would,
    pub(super) reason: Reason,
}

impl Hearing {
    pub(super) fn is_blocked(&self) -> bool {
        !self.against.is_empty()
    }
}

/// Judges the policies of a package over one case.
pub(super) struct Judge<'m, 'a> {
    pub(super) moment: &'m Moment<'a>,
    pub(super) plan: &'m Plan,
    /// The actions whose candidates count; all where nothing is said.
    only: Option<&'m BTreeSet<ActionId>>,
    pub(super) notes: &'m Notes,
    fired: Fired,
    /// What was said of every candidate by policies that do not read them, by policy.
    once: Vec<(PolicyId, Spoken)>,
    /// How policies are found; none where each of them has to be asked, as somebody wants to know how it came out.
    pub(super) selection: Option<Selection<'m, 'a>>,
}

/// The policies that fired, a bit for each.
struct Fired(Vec<u64>);

impl Fired {
    fn among(policies: usize) -> Fired {
        Fired(vec![0; policies.div_ceil(64)])
    }

    fn add(&mut self, id: PolicyId) {
        if let Some(word) = self.0.get_mut((id.0 >> 6) as usize) {
            *word |= 1u64.wrapping_shl(id.0);
        }
    }

    /// In order.
    fn all(&self) -> Vec<PolicyId> {
        let mut all = Vec::new();
        for (base, word) in (0u32..).step_by(64).zip(&self.0) {
            let mut left = *word;
            while left != 0 {
                all.push(PolicyId(base.saturating_add(left.trailing_zeros())));
                left &= left.wrapping_sub(1);
            }
        }
        all
    }
}

impl<'m, 'a> Judge<'m, 'a> {
    pub(super) fn new(
        moment: &'m Moment<'a>,
        plan: &'m Plan,
        notes: &'m Notes,
        only: Option<&'m BTreeSet<ActionId>>,
    ) -> Judge<'m, 'a> {
        let policies = moment.program().policies.len();
        let indexed = notes.are_silent() && !moment.is_watching() && moment.recorder().is_none();
        let mut judge = Judge {
            moment,
            plan,
            only,
            notes,
            fired: Fired::among(policies),
            once: Vec::new(),
            selection: indexed.then(|| Selection::new(moment, &plan.index)),
        };
        judge.judge_once();
        judge
    }

    /// Judges what does not read the candidate. It fires with or without proposals; a limit fires when it refuses.
    fn judge_once(&mut self) {
        let program = self.moment.program();
        let found = match &self.selection {
            Some(selection) => {
                let mut found = selection.once();
                found.sort_unstable();
                found
            }
            None => every_policy_once(program),
        };
        for id in found {
            let Some(policy) = program.policy(id) else {
                continue;
            };
            let counts = policy.actions.iter().any(|action| self.counts(*action));
            if !counts {
                continue;
            }
            if let Some(spoken) = self.speaks(id, policy, &Frame::new(policy.variables)) {
                if !matches!(policy.kind, PolicyKind::Limit(_)) {
                    self.fire(id);
                }
                self.once.push((id, spoken));
            }
        }
    }

    /// The first time that the conditions of a policy hold which may have been found by the index.
    fn speaks(&self, id: PolicyId, policy: &Policy, empty: &Frame<'_>) -> Option<Spoken> {
        match &self.selection {
            Some(selection) if !selection.is_to_be_asked(id) => Some(Spoken::without_variables()),
            _ => self.asked(id, policy).speaks(empty),
        }
    }

    /// Every time that the conditions of a policy hold which may have been found by the index.
    pub(super) fn all_times(
        &self,
        id: PolicyId,
        policy: &Policy,
        empty: &Frame<'_>,
    ) -> Vec<Spoken> {
        match &self.selection {
            Some(selection) if !selection.is_to_be_asked(id) => {
                vec![Spoken::without_variables()]
            }
            _ => self.asked(id, policy).all_times(empty),
        }
    }

    /// The policies that may owe something and wait for nothing, in their turn.
    pub(super) fn plain(&self) -> Vec<PolicyId> {
        match &self.selection {
            Some(selection) => {
                let mut found = selection.plain();
                self.plan.in_turn(&mut found);
                found
            }
            None => self.plan.plain.clone(),
        }
    }

    /// The policies that may speak about a candidate, in their turn.
    fn about(&self, candidate: Candidate<'_>) -> Vec<PolicyId> {
        let Some(selection) = &self.selection else {
            return self.plan.about(candidate.action).to_vec();
        };
        let once = self.once.iter().map(|(id, _)| *id);
        let mut found: Vec<PolicyId> = once
            .filter(|id| self.is_about(*id, candidate.action))
            .collect();
        selection.about(candidate, &mut found);
        self.plan.in_turn(&mut found);
        found
    }

    fn is_about(&self, id: PolicyId, action: ActionId) -> bool {
        let policy = self.moment.program().policy(id);
        policy.is_some_and(|policy| policy.actions.binary_search(&action).is_ok())
    }

    /// Whether candidates of the action count.
    pub(super) fn counts(&self, action: ActionId) -> bool {
        counts(self.only, action)
    }

    /// Writes down that the conditions of a policy hold.
    pub(super) fn fire(&mut self, id: PolicyId) {
        self.fired.add(id);
    }

    /// The policies that fired, sorted.
    pub(super) fn fired(&self) -> Vec<PolicyId> {
        self.fired.all()
    }

    /// Everything that is said about the candidate.
    pub(super) fn hear(&mut self, candidate: Candidate<'_>, origin: Origin) -> Hearing {
        let mut hearing = Hearing::default();
        let mut speaking: Vec<PolicyId> = Vec::new();
        let mut exceptions: Vec<(PolicyId, Spoken)> = Vec::new();
        for id in self.about(candidate) {
            let Some(policy) = self.moment.program().policy(id) else {
                continue;
            };
            let Some(spoken) = self.judge_about(id, policy, candidate) else {
                continue;
            };
            if let Some(by) = self.silenced_by(policy, &speaking, origin) {
                self.note(id, None, Came::Overridden(by));
                // What a report-only exception would lift has to be known, too; this was lifted already.
                continue;
            }
            speaking.push(id);
            if matches!(policy.kind, PolicyKind::Allow) && policy.report_only {
                exceptions.push((id, spoken));
            } else {
                self.take_note(&mut hearing, id, policy, spoken, candidate);
                self.note(id, None, Came::Words);
            }
        }
        for (id, spoken) in exceptions {
            self.report_exception(&mut hearing, id, spoken, &speaking, candidate);
        }
        hearing.against.sort_by_key(|(id, _)| *id);
        hearing.limits.sort_by_key(|(id, _)| *id);
        hearing.reports.sort_by_key(|report| report.policy);
        hearing
    }

    fn take_note(
        &self,
        hearing: &mut Hearing,
        id: PolicyId,
        policy: &Policy,
        spoken: Spoken,
        candidate: Candidate<'_>,
    ) {
        match &policy.kind {
            PolicyKind::Limit(_) => hearing.limits.push((id, spoken)),
            PolicyKind::Allow | PolicyKind::Always { .. } => {}
            PolicyKind::Never | PolicyKind::Only if policy.report_only => {
                self.report(hearing, id, policy, Would::Block, spoken, candidate);
            }
            PolicyKind::Never | PolicyKind::Only => {
                let reason = self.reason_about(policy, spoken, candidate);
                hearing.against.push((id, reason));
            }
            PolicyKind::Prefer { .. } if policy.report_only => {
                self.report(hearing, id, policy, Would::Prefer, spoken, candidate);
            }
            PolicyKind::Prefer { by } => {
                let mut frame = spoken.frame(policy, Some(candidate), None);
                if let Value::Number(by) = value_of(self.moment, &mut frame, by) {
                    hearing.score = hearing.score.add(&by);
                }
            }
        }
    }

    fn report(
        &self,
        hearing: &mut Hearing,
        policy_id: PolicyId,
        policy: &Policy,
        would: Would,
        spoken: Spoken,
        candidate: Candidate<'_>,
    ) {
        hearing.reports.push(Report {
            policy: policy_id,
            would,
            reason: self.reason_about(policy, spoken, candidate),
        });
    }

    /// An exception that only reports would allow something where a policy that it overrides speaks.
    fn report_exception(
        &self,
        hearing: &mut Hearing,
        id: PolicyId,
        spoken: Spoken,
        speaking: &[PolicyId],
        candidate: Candidate<'_>,
    ) {
        let Some(policy) = self.moment.program().policy(id) else {
            return;
        };
        if policy
            .overrides
            .iter()
            .any(|other| speaking.contains(other))
        {
            self.report(hearing, id, policy, Would::Allow, spoken, candidate);
            self.note(id, None, Came::Words);
        }
    }

    /// The policy that overrides this one and speaks about the same candidate. What only reports silences nothing.
    fn silenced_by(
        &self,
        policy: &Policy,
        speaking: &[PolicyId],
        origin: Origin,
    ) -> Option<PolicyId> {
        let mut others = policy.overridden_by.iter().copied();
        others.find(|other| {
            let speaks = origin == Origin::Duty(*other) || speaking.contains(other);
            speaks && !self.only_reports(*other)
        })
    }

    pub(super) fn only_reports(&self, id: PolicyId) -> bool {
        let policy = self.moment.program().policy(id);
        policy.is_some_and(|policy| policy.report_only)
    }

    /// What a policy says of the candidate, before overrides.
    fn judge_about(
        &mut self,
        id: PolicyId,
        policy: &Policy,
        candidate: Candidate<'_>,
    ) -> Option<Spoken> {
        if !policy.reads_candidate {
            self.note(id, None, Came::AsForTheCase);
            let place = self.once.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            return self.once.get(place).map(|(_, spoken)| spoken.clone());
        }
        let empty = Frame {
            candidate: Some(candidate),
            ..Frame::new(policy.variables)
        };
        let spoken = self.speaks(id, policy, &empty)?;
        if !matches!(policy.kind, PolicyKind::Limit(_)) {
            self.fire(id);
        }
        Some(spoken)
    }

    /// Writes down how a policy came out.
    pub(super) fn note(&self, id: PolicyId, element: Option<(usize, &Value)>, outcome: Came) {
        self.notes.write(self.moment, id, element, outcome);
    }

    /// A policy that is asked.
    pub(super) fn asked<'p>(&self, id: PolicyId, policy: &'p Policy) -> Asked<'p, 'a>
    where
        'm: 'p,
    {
        Asked {
            moment: self.moment,
            notes: self.notes,
            id,
            policy,
        }
    }

    /// The policy's title and what it says of the candidate.
    fn reason_about(&self, policy: &Policy, spoken: Spoken, candidate: Candidate<'_>) -> Reason {
        if policy.because.is_none() {
            return Reason {
                policy: policy.title.clone(),
                because: None,
            };
        }
        self.reason(policy, spoken.frame(policy, Some(candidate), None))
    }

    /// The policy's title and its words in this frame.
    pub(super) fn reason(&self, policy: &Policy, mut frame: Frame<'_>) -> Reason {
        Reason {
            policy: policy.title.clone(),
            because: policy.because.as_ref().and_then(|because| {
                let text = || self.text(&mut frame, because);
                self.moment.unwatched(text)
            }),
        }
    }

    fn text(&self, frame: &mut Frame<'_>, expr: &Expr) -> Option<Text> {
        match value_of(self.moment, frame, expr) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

fn counts(only: Option<&BTreeSet<ActionId>>, action: ActionId) -> bool {
    only.is_none_or(|only| only.contains(&action))
}

/// The policies that speak about candidates and read none.
fn every_policy_once(program: &Program) -> Vec<PolicyId> {
    let identified = (0u32..).map(PolicyId).zip(&program.policies);
    let once = identified.filter(|(_, policy)| {
        let owes = matches!(policy.kind, PolicyKind::Always { .. });
        !policy.reads_candidate && !owes
    });
    once.map(|(id, _)| id).collect()
}

/// The first time a policy's conditions hold, starting from an empty frame; nobody is told.
pub(super) fn speaks(moment: &Moment<'_>, policy: &Policy, empty: &Frame<'_>) -> Option<Spoken> {
    let asked = Asked {
        moment,
        notes: &Notes::default(),
        id: PolicyId(0),
        policy,
    };
    asked.speaks(empty)
}

/// A policy that is asked whether its conditions hold.
pub(super) struct Asked<'p, 'a> {
    moment: &'p Moment<'a>,
    notes: &'p Notes,
    id: PolicyId,
    policy: &'p Policy,
}

impl Asked<'_, '_> {
    /// The first time the conditions hold, starting from an empty frame.
    fn speaks(&self, empty: &Frame<'_>) -> Option<Spoken> {
        let mut first = None;
        self.each_time(empty, &mut |spoken| {
            first = Some(spoken);
            false
        });
        first
    }

    /// Every time the conditions hold, in the order of the policy's `for each`.
    pub(super) fn all_times(&self, empty: &Frame<'_>) -> Vec<Spoken> {
        let mut all = Vec::new();
        self.each_time(empty, &mut |spoken| {
            all.push(spoken);
            true
        });
        all
    }

    /// Gives each time that the conditions hold to `take`, until it has enough.
    fn each_time(&self, empty: &Frame<'_>, take: &mut dyn FnMut(Spoken) -> bool) {
        let Some(for_each) = &self.policy.for_each else {
            let mut frame = empty.clone();
            let outcome = self.conditions(&mut frame);
            self.note(None, outcome);
            if outcome == Came::Speaks {
                take(Spoken {
                    element: None,
                    variables: frame.variables,
                });
            }
            return;
        };
        let Value::List(items) = value_of(self.moment, &mut empty.clone(), &for_each.list) else {
            return;
        };
        if items.is_empty() {
            self.note(None, Came::EmptyList);
        }
        for (index, item) in items.iter().enumerate() {
            let mut frame = empty.clone();
            frame.bind(for_each.variable, item.clone());
            let outcome = if self.is_left(for_each, &mut frame) {
                self.conditions(&mut frame)
            } else {
                Came::LeftOut
            };
            self.note(Some((index, item)), outcome);
            let spoken = Spoken {
                element: Some(index),
                variables: frame.variables,
            };
            if outcome == Came::Speaks && !take(spoken) {
                return;
            }
        }
    }

    fn note(&self, element: Option<(usize, &Value)>, outcome: Came) {
        self.notes.write(self.moment, self.id, element, outcome);
    }

    /// Whether the element that is bound passes the condition of `for each`.
    fn is_left(&self, for_each: &ForEach, frame: &mut Frame<'_>) -> bool {
        for_each
            .condition
            .as_ref()
            .is_none_or(|condition| holds(self.moment, frame, condition))
    }

    /// Whether the policy is in force, `when` holds (of an `only`: fails) and `unless` does not.
    fn conditions(&self, frame: &mut Frame<'_>) -> Came {
        let policy = self.policy;
        let wanted = !matches!(policy.kind, PolicyKind::Only);
        let mut holds = |condition: &Expr| holds(self.moment, frame, condition);
        if !policy.gate.iter().all(&mut holds) {
            return Came::NotInForce;
        }
        if policy.when.as_ref().is_none_or(&mut holds) != wanted {
            return if wanted {
                Came::WhenFails
            } else {
                Came::WhenHolds
            };
        }
        if policy.unless.as_ref().is_some_and(holds) {
            return Came::UnlessHolds;
        }
        Came::Speaks
    }
}
