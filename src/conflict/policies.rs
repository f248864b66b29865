//! When a policy speaks, and when it does not.
//!
//! Input: a policy; for one that is asked about a duty also what the duty says. Output: situations, one of which is
//! so whenever it speaks (or is silent). What does not read the candidate is read once.

use super::possible::possible;
use super::rule::{Element, Situation};
use super::situations::{Reader, Situations};
use super::written_out::{Names, Says};
use crate::engine::Engine;
use crate::ir::{self, Expr, On, PolicyId, PolicyKind};
use crate::operators::CarrierOutcome;
use crate::program;
use crate::schema::ActionId;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

/// The policies of a package, read as far as they are asked for.
pub(super) struct Readings<'p> {
    pub(super) package: &'p ir::Package,
    pub(super) engine: &'p Engine,
    pub(super) reader: Reader<'p>,
    /// By policy, the number of its first variable.
    bases: Vec<u32>,
    /// By policy, when it speaks.
    speaks: Vec<Situations>,
    /// By policy, where it can never speak, the situations in which it would.
    dead: Vec<Situations>,
    /// By policy, when it is silent about whatever, where that was asked.
    silent: BTreeMap<PolicyId, Situations>,
    /// By action, the policies that block it where they speak.
    blockers: BTreeMap<ActionId, Vec<PolicyId>>,
    /// Actions on whose being owed or blocked another duty waits.
    pub(super) awaited: BTreeSet<ActionId>,
    /// Limits and blockers by whose word another duty waits for an outcome.
    pub(super) relied_on: BTreeSet<PolicyId>,
    /// How many cases may still be decided.
    tries: Cell<usize>,
    /// By policy, those that override it.
    pub(super) overridden_by: BTreeMap<PolicyId, Vec<PolicyId>>,
}

impl<'p> Readings<'p> {
    pub(super) fn new(package: &'p ir::Package, engine: &'p Engine) -> Readings<'p> {
        let mut reader = Reader::new(package);
        let numbers = |policy: &ir::Policy| reader.writer.numbers(policy.variables);
        let bases = package.policies.iter().map(numbers).collect();
        let mut overridden_by: BTreeMap<PolicyId, Vec<PolicyId>> = BTreeMap::new();
        for (id, policy) in (0..).map(PolicyId).zip(&package.policies) {
            for over in &policy.overrides {
                overridden_by.entry(*over).or_default().push(id);
            }
        }
        let mut readings = Readings {
            package,
            engine,
            reader,
            bases,
            speaks: Vec::new(),
            dead: Vec::new(),
            silent: BTreeMap::new(),
            blockers: BTreeMap::new(),
            awaited: BTreeSet::new(),
            relied_on: BTreeSet::new(),
            tries: Cell::new(super::TRIES),
            overridden_by,
        };
        for (id, _) in readings.policies() {
            let speaks = readings.every_clause(id, None);
            let terms = &readings.reader.terms;
            let possible = speaks.as_ref().map(|all| possible(all.clone(), terms));
            let is_dead = possible.as_ref().is_some_and(Vec::is_empty);
            readings.dead.push(speaks.filter(|_| is_dead));
            readings.speaks.push(possible);
            readings.note_blocker(id);
            readings.note_carrier(id);
        }
        readings
    }

    fn note_blocker(&mut self, id: PolicyId) {
        let Some(policy) = self.policy(id) else {
            return;
        };
        let blocks = matches!(policy.kind, PolicyKind::Never | PolicyKind::Only);
        if blocks && !policy.report_only && !self.is_dead(id) {
            for action in &policy.actions {
                self.blockers.entry(*action).or_default().push(id);
            }
        }
    }

    fn note_carrier(&mut self, id: PolicyId) {
        let kind = self.policy(id).map(|policy| &policy.kind);
        let Some(PolicyKind::Always { on: Some(on), .. }) = kind else {
            return;
        };
        if let On::Carrier {
            outcome,
            actions,
            by,
        } = on
        {
            self.relied_on.extend(by);
            if matches!(outcome, CarrierOutcome::Blocked | CarrierOutcome::Proposed) {
                self.awaited.extend(actions);
            }
        }
    }

    /// The policies with their numbers, by title.
    pub(super) fn policies(&self) -> impl Iterator<Item = (PolicyId, &'p ir::Policy)> + use<'p> {
        (0..).map(PolicyId).zip(&self.package.policies)
    }

    pub(super) fn policy(&self, id: PolicyId) -> Option<&'p ir::Policy> {
        self.package.policies.get(id.0 as usize)
    }

    /// Whether a policy can never speak.
    pub(super) fn is_dead(&self, id: PolicyId) -> bool {
        self.impossible(id).is_some()
    }

    /// Where a policy can never speak, the situations in which it would.
    pub(super) fn impossible(&self, id: PolicyId) -> Option<&Vec<Situation>> {
        self.dead.get(id.0 as usize)?.as_ref()
    }

    /// The situations in which it speaks, about whatever.
    pub(super) fn speaks(&self, id: PolicyId) -> Option<&Vec<Situation>> {
        self.speaks.get(id.0 as usize)?.as_ref()
    }

    /// The situations in which it speaks about a duty that says this.
    pub(super) fn speaks_about(&mut self, id: PolicyId, says: &Says) -> Situations {
        self.speaks_of(id, Some(says))
    }

    /// The situations in which it is silent about a duty that says this.
    pub(super) fn is_silent(&mut self, id: PolicyId, says: &Says) -> Situations {
        let program = self.engine.program();
        let policy = program.policy(numbered(id))?;
        if policy.reads_candidate {
            self.silent_of(id, Some(says))
        } else {
            self.is_silent_by_itself(id)
        }
    }

    /// The situations in which it is silent about whatever.
    pub(super) fn is_silent_by_itself(&mut self, id: PolicyId) -> Situations {
        if let Some(known) = self.silent.get(&id) {
            return known.clone();
        }
        let silent = self.silent_of(id, None);
        self.silent.insert(id, silent.clone());
        silent
    }

    /// The policies that block an action of a policy where they speak.
    pub(super) fn blockers(&self, policy: &ir::Policy) -> Vec<PolicyId> {
        let action = policy.actions.first();
        let blockers = action.and_then(|action| self.blockers.get(action));
        blockers.cloned().unwrap_or_default()
    }

    /// Whether one more case may be decided.
    pub(super) fn may_try(&self) -> bool {
        let left = self.tries.get().checked_sub(1);
        self.tries.set(left.unwrap_or(0));
        left.is_some()
    }

    fn silent_of(&mut self, id: PolicyId, says: Option<&Says>) -> Situations {
        let policy = self.policy(id)?;
        let mut all = Vec::new();
        for (clause, holds) in clauses(policy) {
            all.extend(self.clause(id, clause, !holds, says)?);
        }
        let few = all.len() <= super::SITUATIONS;
        few.then(|| possible(all, &self.reader.terms))
    }

    /// What a duty of a policy says, under the policy's own variables.
    pub(super) fn says(&mut self, id: PolicyId) -> Option<Says> {
        let policy = self.policy(id)?;
        let PolicyKind::Always { with, .. } = &policy.kind else {
            return None;
        };
        let action = policy.actions.first()?;
        let fields = &self.package.schema.action(*action)?.fields;
        let names = self.names(id, None);
        let said = fields.iter().zip(with).map(|(field, with)| {
            let written = match with {
                Some(with) => Some(self.reader.writer.clause(with, names)?),
                None => None,
            };
            Some((field.name.clone(), written))
        });
        said.collect()
    }

    /// Another clause of a policy, written out.
    pub(super) fn written(&mut self, id: PolicyId, clause: &Expr) -> Option<Expr> {
        let names = self.names(id, None);
        self.reader.writer.clause(clause, names)
    }

    fn names<'n>(&self, id: PolicyId, says: Option<&'n Says>) -> Names<'n> {
        let base = self.bases.get(id.0 as usize).copied().unwrap_or_default();
        Names::of_policy(base, says)
    }

    fn speaks_of(&mut self, id: PolicyId, says: Option<&Says>) -> Situations {
        let all = self.every_clause(id, says)?;
        Some(possible(all, &self.reader.terms))
    }

    /// The situations in which all clauses of a policy let it speak.
    fn every_clause(&mut self, id: PolicyId, says: Option<&Says>) -> Situations {
        let policy = self.policy(id)?;
        let mut whole = vec![Situation {
            elements: self.element(id, policy).into_iter().collect(),
            ..Situation::default()
        }];
        for (clause, holds) in clauses(policy) {
            let other = self.clause(id, clause, holds, says)?;
            whole = self.reader.terms.each_with_each(&whole, &other)?;
        }
        Some(whole)
    }

    /// The element for which a policy speaks that does so for each of a list.
    fn element(&mut self, id: PolicyId, policy: &ir::Policy) -> Option<Element> {
        let each = policy.for_each.as_ref()?;
        let base = self.bases.get(id.0 as usize).copied().unwrap_or_default();
        Some(Element {
            variable: base.saturating_add(each.variable.0),
            list: self.written(id, &each.list)?,
            count: 1,
        })
    }

    fn clause(
        &mut self,
        id: PolicyId,
        clause: &Expr,
        holds: bool,
        says: Option<&Says>,
    ) -> Situations {
        let names = self.names(id, says);
        let written = self.reader.writer.clause(clause, names)?;
        self.reader.situations(&written, holds)
    }
}

/// The number of a policy in the program: policies stand in one order there and here.
pub(super) fn numbered(id: PolicyId) -> program::PolicyId {
    program::PolicyId(id.0)
}

/// The conditions of a policy, each with whether it must hold for the policy to speak.
fn clauses(policy: &ir::Policy) -> impl Iterator<Item = (&Expr, bool)> {
    let wanted = !matches!(policy.kind, PolicyKind::Only);
    let each = policy.for_each.iter();
    let each = each.filter_map(|each| each.condition.as_ref());
    let gate = policy.gate.iter().map(|part| (part, true));
    gate.chain(each.map(|part| (part, true)))
        .chain(policy.when.iter().map(move |when| (when, wanted)))
        .chain(policy.unless.iter().map(|unless| (unless, false)))
}
