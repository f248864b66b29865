//! Which policies override which.

use super::Checker;
use crate::ast::{ClauseKind, Policy, Quoted};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::ir::{self, PolicyId, PolicyKind};
use crate::source::offset;

impl Checker<'_> {
    /// Resolves the titles after `overrides`; both lists are in the same order.
    pub(super) fn resolve_overrides(&mut self, policies: &mut [ir::Policy], written: &[&Policy]) {
        for (index, policy) in written.iter().enumerate() {
            let titles = policy
                .clauses
                .iter()
                .filter_map(|clause| match &clause.kind {
                    ClauseKind::Overrides(titles) => Some(titles),
                    _ => None,
                });
            let mut found: Vec<PolicyId> = Vec::new();
            for title in titles.flatten() {
                found.extend(self.overridden(policies, index, title));
            }
            found.sort_unstable();
            found.dedup();
            if let Some(policy) = policies.get_mut(index) {
                policy.overrides = found;
            }
        }
        self.refuse_cycles(policies);
    }

    fn overridden(
        &mut self,
        policies: &[ir::Policy],
        index: usize,
        title: &Quoted,
    ) -> Option<PolicyId> {
        let position = policies
            .iter()
            .position(|policy| policy.title == title.text);
        let Some(position) = position else {
            self.unknown_policy(policies, title);
            return None;
        };
        let (from, to) = (policies.get(index)?, policies.get(position)?);
        if !is_legal(from, to) {
            self.report(
                Diagnostic::error(
                    Code::IllegalOverride,
                    title.span,
                    "this policy cannot override that one",
                )
                .also(to.span, "the other policy")
                .help(
                    "`allow` and `always` override `never` and `only`, `always` another `always` \
                     of its action, `never` and `only` override `allow`",
                ),
            );
            return None;
        }
        if !from
            .actions
            .iter()
            .any(|action| to.actions.contains(action))
        {
            self.report(
                Diagnostic::error(
                    Code::IdleOverride,
                    title.span,
                    "the two policies speak about different actions, so they never clash",
                )
                .also(to.span, "the other policy")
                .help("leave the `overrides` out"),
            );
            return None;
        }
        Some(PolicyId(offset(position)))
    }

    fn unknown_policy(&mut self, policies: &[ir::Policy], title: &Quoted) {
        if self.symbols.is_broken(&title.text) {
            return;
        }
        let near = nearest(&title.text, policies.iter().map(|policy| &*policy.title));
        let mut diagnostic = Diagnostic::error(
            Code::UnknownPolicy,
            title.span,
            format!("no policy is called `{}`", quote(&title.text)),
        );
        if let Some(near) = near {
            diagnostic = diagnostic
                .help(format!("did you mean `\"{near}\"`?"))
                .fix(title.span, format!("\"{near}\""));
        }
        self.report(diagnostic);
    }

    /// Takes away policies that override nothing left, until only cycles remain.
    fn refuse_cycles(&mut self, policies: &mut [ir::Policy]) {
        let mut left: Vec<usize> = (0..policies.len()).collect();
        loop {
            let before = left.len();
            let kept = left.clone();
            left.retain(|index| {
                policies.get(*index).is_some_and(|policy| {
                    policy
                        .overrides
                        .iter()
                        .any(|other| kept.contains(&(other.0 as usize)))
                })
            });
            if left.len() == before {
                break;
            }
        }
        for index in left {
            let Some(policy) = policies.get_mut(index) else {
                continue;
            };
            policy.overrides.clear();
            self.diagnostics.push(
                Diagnostic::error(
                    Code::OverrideCycle,
                    policy.span,
                    "this policy overrides one that overrides it in turn",
                )
                .help("decide which of them gives way, and leave out the other `overrides`"),
            );
        }
    }
}

fn is_legal(from: &ir::Policy, to: &ir::Policy) -> bool {
    use PolicyKind as K;
    match (&from.kind, &to.kind) {
        (K::Allow | K::Always { .. }, K::Never | K::Only) => true,
        (K::Always { .. }, K::Always { .. }) => from.actions == to.actions,
        (K::Never | K::Only, K::Allow) => true,
        _ => false,
    }
}
