//! Policies.

use super::Compiler;
use super::asks::asks_about_candidate;
use super::expression::Scope;
use crate::ir;
use crate::program::{Expr, ForEach, Policy, PolicyKind};
use crate::schema::ActionId;

impl Compiler<'_> {
    pub(super) fn policy(&mut self, policy: &ir::Policy) -> Policy {
        let scope = Scope {
            candidates: Some(&policy.actions),
            carriers: carriers(policy),
        };
        let for_each = policy.for_each.as_ref();
        let for_each = for_each.map(|each| self.for_each(each, &scope));
        let gate = policy.gate.iter();
        let gate = gate.map(|part| self.expr(part, &scope)).collect();
        Policy {
            title: policy.title.clone(),
            kind: self.policy_kind(policy, &scope),
            actions: policy.actions.clone(),
            for_each,
            gate,
            when: self.clause(policy.when.as_ref(), &scope),
            unless: self.clause(policy.unless.as_ref(), &scope),
            overrides: policy.overrides.clone(),
            overridden_by: Vec::new(),
            because: self.clause(policy.because.as_ref(), &scope),
            report_only: policy.report_only,
            owner: policy.owner.clone(),
            tags: policy.tags.clone(),
            variables: policy.variables,
            reads_candidate: asks_about_candidate(policy, &self.ask_about_candidate),
        }
    }

    fn clause(&mut self, clause: Option<&ir::Expr>, scope: &Scope<'_>) -> Option<Expr> {
        clause.map(|expr| self.expr(expr, scope))
    }

    fn for_each(&mut self, each: &ir::ForEach, scope: &Scope<'_>) -> ForEach {
        let list = self.expr(&each.list, scope);
        ForEach {
            variable: each.variable.0,
            source: self.pool.source_of(&list),
            list,
            condition: self.clause(each.condition.as_ref(), scope),
        }
    }

    fn policy_kind(&mut self, policy: &ir::Policy, scope: &Scope<'_>) -> PolicyKind {
        match &policy.kind {
            ir::PolicyKind::Never => PolicyKind::Never,
            ir::PolicyKind::Only => PolicyKind::Only,
            ir::PolicyKind::Allow => PolicyKind::Allow,
            ir::PolicyKind::Always { with, by, on } => PolicyKind::Always {
                // The checker gives every `always` its one action.
                action: policy
                    .actions
                    .first()
                    .copied()
                    .unwrap_or(ActionId(u32::MAX)),
                with: with
                    .iter()
                    .map(|field| self.clause(field.as_ref(), scope))
                    .collect(),
                by: self.clause(by.as_ref(), scope),
                on: on
                    .as_ref()
                    .map(|on| on.map(|number| self.expr(number, scope))),
            },
            ir::PolicyKind::Prefer { by } => PolicyKind::Prefer {
                by: self.expr(by, scope),
            },
            ir::PolicyKind::Limit(limit) => {
                PolicyKind::Limit(limit.map(|part| self.expr(part, scope)))
            }
        }
    }
}

/// The actions of a policy's carriers.
fn carriers(policy: &ir::Policy) -> Option<&[ActionId]> {
    match &policy.kind {
        ir::PolicyKind::Always {
            on: Some(ir::On::Carrier { actions, .. }),
            ..
        } => Some(actions),
        _ => None,
    }
}
