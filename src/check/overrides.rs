//! Which policies override which.

use super::Checker;
use crate::ast::{ClauseKind, Policy, Quoted};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::ir::{self, On, PolicyId, PolicyKind};
use crate::operators::CarrierOutcome;
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
                    "`allow` and `always` override `never`, `only` and `limit`; `always` another \
                     `always` of its action; `never` and `only` override `allow`; `limit` another \
                     `limit`, `prefer` another `prefer`",
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

    /// Resolves the titles of `on blocked … by "title"`; both lists are in the same order.
    pub(super) fn resolve_carriers(&mut self, policies: &mut [ir::Policy], written: &[&Policy]) {
        for (index, policy) in written.iter().enumerate() {
            for clause in &policy.clauses {
                let ClauseKind::On {
                    outcome,
                    by: Some(title),
                    ..
                } = &clause.kind
                else {
                    continue;
                };
                let found = self.carrier_reason(policies, index, *outcome, title);
                if let Some(PolicyKind::Always {
                    on: Some(On::Carrier { by, .. }),
                    ..
                }) = policies.get_mut(index).map(|policy| &mut policy.kind)
                {
                    *by = found;
                }
            }
        }
    }

    /// The policy that an outcome is owed to.
    fn carrier_reason(
        &mut self,
        policies: &[ir::Policy],
        index: usize,
        outcome: CarrierOutcome,
        title: &Quoted,
    ) -> Option<PolicyId> {
        let position = policies
            .iter()
            .position(|policy| policy.title == title.text);
        let Some(position) = position else {
            self.unknown_policy(policies, title);
            return None;
        };
        let to = policies.get(position)?;
        let can = match outcome {
            CarrierOutcome::Blocked => matches!(to.kind, PolicyKind::Never | PolicyKind::Only),
            CarrierOutcome::Limited => matches!(to.kind, PolicyKind::Limit(_)),
            CarrierOutcome::Allowed | CarrierOutcome::Proposed => false,
        };
        let carriers = match policies.get(index).map(|policy| &policy.kind) {
            Some(PolicyKind::Always {
                on: Some(On::Carrier { actions, .. }),
                ..
            }) => actions.as_slice(),
            _ => &[],
        };
        let meets =
            carriers.is_empty() || carriers.iter().any(|action| to.actions.contains(action));
        if can && meets {
            return Some(PolicyId(offset(position)));
        }
        let (message, help) = match outcome {
            CarrierOutcome::Allowed | CarrierOutcome::Proposed => (
                "no policy makes something allowed or proposed",
                "leave the `by` out, or wait for what is `blocked` or `limited`",
            ),
            _ if can => (
                "the two policies speak about different actions, so this never comes about",
                "name a policy about the action that the duty belongs to",
            ),
            CarrierOutcome::Blocked => (
                "this policy never blocks anything",
                "name a `never` or an `only`; for a `limit` write `on limited`",
            ),
            CarrierOutcome::Limited => (
                "this policy limits nothing",
                "name a `limit`; for a `never` or an `only` write `on blocked`",
            ),
        };
        self.report(
            Diagnostic::error(Code::IdleCarrier, title.span, message)
                .also(to.span, "the other policy")
                .help(help),
        );
        None
    }

    /// Reports a title that no policy has, with the nearest one.
    pub(super) fn unknown_policy(&mut self, policies: &[ir::Policy], title: &Quoted) {
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
        (K::Allow | K::Always { .. }, K::Never | K::Only | K::Limit(_)) => true,
        (K::Always { .. }, K::Always { .. }) => from.actions == to.actions,
        (K::Never | K::Only, K::Allow) => true,
        (K::Limit(_), K::Limit(_)) | (K::Prefer { .. }, K::Prefer { .. }) => true,
        _ => false,
    }
}
