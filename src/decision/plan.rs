//! In which order policies are asked, worked out once for a package.
//!
//! Input: a compiled package. Output: its policies so ordered that each stands behind those that override it.
//! With that, whether a policy is silenced is known when its turn comes, and nothing recurses.

use std::collections::BTreeSet;

use crate::program::{Index, On, PolicyId, PolicyKind, Program};
use crate::schema::ActionId;

/// The order in which the policies of a package are asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    /// How policies are found without asking each of them.
    pub(super) index: Index,
    /// By policy, its place in the order in which they are asked.
    turns: Vec<u32>,
    /// For each action, the policies that speak about its candidates, overriding ones first.
    about: Vec<Vec<PolicyId>>,
    /// For each action, those of them that override others and go with the clock.
    overriding: Vec<Vec<PolicyId>>,
    /// For each action, whether some `prefer` names it.
    scored: Vec<bool>,
    /// `always` without `on`, overriding ones first.
    pub(super) plain: Vec<PolicyId>,
    /// `always … on fewer than`, overriding ones first.
    pub(super) fewer: Vec<PolicyId>,
    /// `always … on` an outcome, overriding ones first.
    pub(super) attached: Vec<PolicyId>,
}

impl Plan {
    pub(crate) fn new(program: &Program, index: Index) -> Plan {
        let actions = program.schema.actions.len();
        let mut plan = Plan {
            about: vec![Vec::new(); actions],
            overriding: vec![Vec::new(); actions],
            scored: vec![false; actions],
            turns: vec![0; program.policies.len()],
            index,
            ..Plan::default()
        };
        for (turn, id) in (0u32..).zip(overriding_first(program)) {
            if let Some(place) = plan.turns.get_mut(id.0 as usize) {
                *place = turn;
            }
            if let Some(policy) = program.policy(id) {
                plan.add(id, &policy.kind, &policy.actions);
                if !policy.overrides.is_empty() && !plan.is_timeless(id) {
                    plan.add_overriding(id, &policy.actions);
                }
            }
        }
        plan
    }

    fn add(&mut self, id: PolicyId, kind: &PolicyKind, actions: &[ActionId]) {
        match kind {
            PolicyKind::Always { on: None, .. } => self.plain.push(id),
            PolicyKind::Always {
                on: Some(On::Fewer { .. }),
                ..
            } => self.fewer.push(id),
            PolicyKind::Always {
                on: Some(On::Carrier { .. }),
                ..
            } => self.attached.push(id),
            PolicyKind::Never
            | PolicyKind::Only
            | PolicyKind::Allow
            | PolicyKind::Prefer { .. }
            | PolicyKind::Limit(_) => {
                let scores = matches!(kind, PolicyKind::Prefer { .. });
                for action in actions {
                    self.add_about(id, *action, scores);
                }
            }
        }
    }

    fn add_about(&mut self, id: PolicyId, action: ActionId, scores: bool) {
        if let Some(about) = self.about.get_mut(action.0 as usize) {
            about.push(id);
        }
        if let Some(scored) = self.scored.get_mut(action.0 as usize) {
            *scored |= scores;
        }
    }

    fn add_overriding(&mut self, id: PolicyId, actions: &[ActionId]) {
        for action in actions {
            if let Some(overriding) = self.overriding.get_mut(action.0 as usize) {
                overriding.push(id);
            }
        }
    }

    /// The policies about candidates of that action that override others and go with the clock.
    pub(super) fn overriding(&self, action: ActionId) -> &[PolicyId] {
        let overriding = self.overriding.get(action.0 as usize);
        overriding.map_or(&[], Vec::as_slice)
    }

    /// The policies that speak about candidates of that action, overriding ones first.
    pub(super) fn about(&self, action: ActionId) -> &[PolicyId] {
        self.about.get(action.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Puts policies in the order in which they are asked.
    pub(super) fn in_turn(&self, policies: &mut [PolicyId]) {
        policies.sort_unstable_by_key(|id| self.turns.get(id.0 as usize));
    }

    /// Whether nothing in the conditions of a policy goes with the clock.
    pub(super) fn is_timeless(&self, id: PolicyId) -> bool {
        let asks = self.index.asks.get(id.0 as usize);
        asks.is_some_and(|asks| asks.timeless)
    }

    /// Whether some `prefer` names the action.
    pub(super) fn is_scored(&self, action: ActionId) -> bool {
        self.scored
            .get(action.0 as usize)
            .is_some_and(|scored| *scored)
    }
}

/// All policies, each behind those that override it; where that leaves a choice, by their titles.
fn overriding_first(program: &Program) -> Vec<PolicyId> {
    let mut waiting: Vec<usize> = program
        .policies
        .iter()
        .map(|policy| policy.overridden_by.len())
        .collect();
    let ids = || (0u32..).map(PolicyId).zip(&program.policies);
    let mut ready: BTreeSet<PolicyId> = ids()
        .filter(|(_, policy)| policy.overridden_by.is_empty())
        .map(|(id, _)| id)
        .collect();
    let mut order = Vec::with_capacity(waiting.len());
    while let Some(id) = ready.pop_first() {
        order.push(id);
        let overridden = program
            .policy(id)
            .map_or(&[][..], |policy| &policy.overrides);
        for other in overridden {
            if let Some(count) = waiting.get_mut(other.0 as usize) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(*other);
                }
            }
        }
    }
    order
}
