//! Which policies override which.

use super::Checker;
use crate::ast::{ClauseKind, Policy, Quoted};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::ir::{self, On, PolicyId, PolicyKind};
use crate::operators::CarrierOutcome;
use crate::source::offset;
use std::collections::BTreeSet;

impl Checker<'_> {
    /// Resolves the titles after `overrides`; both lists are in the same order.
    pub(super) fn resolve_overrides(&mut self, policies: &mut [ir::Policy], written: &[&Policy]) {
        for (index, policy) in written.iter().enumerate() {
            let named = policy
                .clauses
                .iter()
                .filter_map(|clause| match &clause.kind {
                    ClauseKind::Overrides(titles) => Some(titles),
                    _ => None,
                });
            let mut found: Vec<PolicyId> = Vec::new();
            for title in named.flatten() {
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

    /// The policy of that title and its position; where there is none, that is reported.
    fn policy_named<'p>(
        &mut self,
        policies: &'p [ir::Policy],
        title: &Quoted,
    ) -> Option<(usize, &'p ir::Policy)> {
        let mut all = policies.iter().enumerate();
        let found = all.find(|(_, policy)| policy.title == title.text);
        match found {
            Some((_, policy)) => self.refer(title.span, policy.span),
            None => self.unknown_policy(title),
        }
        found
    }

    fn overridden(
        &mut self,
        policies: &[ir::Policy],
        index: usize,
        title: &Quoted,
    ) -> Option<PolicyId> {
        let (position, to) = self.policy_named(policies, title)?;
        let from = policies.get(index)?;
        if index == position {
            self.report(
                Diagnostic::error(
                    Code::OverrideCycle,
                    title.span,
                    "a policy cannot override itself",
                )
                .help("leave its own title out of `overrides`"),
            );
            return None;
        }
        // Of an action that is unknown, that has been said.
        if from.actions.is_empty() || to.actions.is_empty() {
            return Some(PolicyId(offset(position)));
        }
        if !is_legal(from, to) {
            self.report(
                Diagnostic::error(
                    Code::IllegalOverride,
                    title.span,
                    format!("{} cannot override {}", kind_of(from), kind_of(to)),
                )
                .also(to.span, "the other policy")
                .help(what_overrides(from)),
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
                .help("leave the `overrides` out, or name a policy about the same action"),
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
        let (position, to) = self.policy_named(policies, title)?;
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

    /// Reports a title that no policy has, with the nearest one. A policy with a
    /// mistake has its title all the same.
    pub(super) fn unknown_policy(&mut self, title: &Quoted) {
        if self.symbols.is_broken(&title.text) || self.titles.contains(&title.text) {
            return;
        }
        let near = self.title_near(&title.text);
        if near.is_none() && self.symbols.lost {
            return;
        }
        let mut diagnostic = Diagnostic::error(
            Code::UnknownPolicy,
            title.span,
            format!("no policy is called `{}`", quote(&title.text)),
        );
        if let Some(near) = near {
            diagnostic = diagnostic
                .help(format!("did you mean `\"{near}\"`?"))
                .fix(title.span, format!("\"{near}\""));
        } else {
            let shown = self.titles.iter().take(3).map(|title| quote(title));
            let shown: Vec<String> = shown.map(|title| format!("`\"{title}\"`")).collect();
            diagnostic = diagnostic.help(format!(
                "write the title of a policy as it stands there, such as {}",
                shown.join(", ")
            ));
        }
        self.report(diagnostic);
    }

    fn title_near(&mut self, written: &str) -> Option<String> {
        if self.has_mistakes_enough() {
            return None;
        }
        self.looks_through(self.titles.len());
        let titles = self.titles.iter().map(|title| &**title);
        nearest(written, titles).map(str::to_string)
    }

    /// Takes away policies that override nothing left, until only cycles remain.
    fn refuse_cycles(&mut self, policies: &mut [ir::Policy]) {
        let mut left: BTreeSet<usize> = (0..policies.len()).collect();
        loop {
            let before = left.len();
            let kept = left.clone();
            left.retain(|index| next_in(&kept, policies, *index).is_some());
            if left.len() == before {
                break;
            }
        }
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for index in &left {
            let circle = circle_from(*index, &left, policies, &mut seen);
            self.override_circle(&circle, policies);
        }
        for index in left {
            if let Some(policy) = policies.get_mut(index) {
                policy.overrides.clear();
            }
        }
    }

    /// One message for a circle, whose policies are all pointed at.
    fn override_circle(&mut self, circle: &[usize], policies: &[ir::Policy]) {
        let mut members: Vec<&ir::Policy> =
            circle.iter().filter_map(|at| policies.get(*at)).collect();
        members.sort_by_key(|policy| policy.span);
        let Some((first, others)) = members.split_first() else {
            return;
        };
        let message = "these policies override each other in a circle";
        let mut diagnostic = Diagnostic::error(Code::OverrideCycle, first.span, message)
            .help("decide which of them gives way, and leave its `overrides` out");
        for other in others {
            diagnostic = diagnostic.also(other.span, "and this one");
        }
        self.report(diagnostic);
    }
}

/// The first policy among some that a policy overrides.
fn next_in(some: &BTreeSet<usize>, policies: &[ir::Policy], index: usize) -> Option<usize> {
    let overridden = policies.get(index).map(|policy| &policy.overrides);
    overridden
        .into_iter()
        .flatten()
        .map(|other| other.0 as usize)
        .find(|other| some.contains(other))
}

/// The circle that is reached from a policy by following what it overrides; empty
/// where it leads to one that was seen before.
fn circle_from(
    start: usize,
    left: &BTreeSet<usize>,
    policies: &[ir::Policy],
    seen: &mut BTreeSet<usize>,
) -> Vec<usize> {
    let mut path: Vec<usize> = Vec::new();
    let mut next = Some(start);
    while let Some(at) = next {
        if !seen.insert(at) {
            let begin = path.iter().position(|member| *member == at);
            return begin.map_or_else(Vec::new, |begin| path.split_off(begin));
        }
        path.push(at);
        next = next_in(left, policies, at);
    }
    Vec::new()
}

fn kind_of(policy: &ir::Policy) -> &'static str {
    match policy.kind {
        PolicyKind::Never => "a `never`",
        PolicyKind::Only => "an `only`",
        PolicyKind::Allow => "an `allow`",
        PolicyKind::Always { .. } => "an `always`",
        PolicyKind::Limit(_) => "a `limit`",
        PolicyKind::Prefer { .. } => "a `prefer`",
    }
}

/// What a policy may override, in the words of a help.
fn what_overrides(policy: &ir::Policy) -> &'static str {
    match policy.kind {
        PolicyKind::Never | PolicyKind::Only => {
            "leave the `overrides` out: of policies that block, all hold together; `never` and \
             `only` override an `allow`"
        }
        PolicyKind::Allow => "leave it out: `allow` lifts a `never`, an `only` or a `limit`",
        PolicyKind::Always { .. } => {
            "leave it out: `always` overrides a `never`, an `only`, a `limit`, or an `always` of its \
             own action"
        }
        PolicyKind::Limit(_) => "leave it out: `limit` overrides another `limit`",
        PolicyKind::Prefer { .. } => "leave it out: `prefer` overrides another `prefer`",
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
