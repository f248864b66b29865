//! Warnings: policies that are allowed and probably not what was meant.

use super::clauses::Clauses;
use super::past;
use crate::ast::{Expr, ExprKind, Policy, Quantifier, Verb};
use crate::diagnostic::{Code, Diagnostic, quote_long};
use crate::source::Sources;

/// What there is to say about the conditions of a policy.
pub(super) fn advise(
    policy: &Policy,
    verb: Verb,
    clauses: &Clauses<'_>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    if policy.broken {
        return Vec::new();
    }
    let mut found = Vec::new();
    // What belongs to a proposal or a duty is owed as long as there is one, not for what once was.
    if verb == Verb::Always && clauses.on.is_none() {
        let conditions = past::Conditions {
            for_each: clauses
                .for_each
                .map(|(variable, _, condition)| (variable, condition)),
            when: clauses.when,
            unless: clauses.unless,
        };
        found.extend(past::endless(&conditions, sources));
    }
    let parts = clauses.when.map(conjuncts).unwrap_or_default();
    if parts.iter().all(|part| is_every(part)) {
        let vacuous = parts.iter().map(|part| over_empty(part, verb, sources));
        found.extend(vacuous);
    }
    found
}

fn over_empty(part: &Expr, verb: Verb, sources: &Sources) -> Diagnostic {
    let consequence = match verb {
        Verb::Only => "this allows it",
        _ => "this speaks",
    };
    let message =
        format!("`every` holds for an empty list too, so {consequence} where there is nothing");
    let warning = Diagnostic::warning(Code::EveryOverEmpty, part.span, message);
    let Some(list) = list_of(part).map(|list| sources.text_of(list.span)) else {
        return warning.help("add a condition that there is one");
    };
    let shown = quote_long(list);
    let warning = warning.help(format!("write `{shown} is not empty and` in front of it"));
    match shown == list {
        true => warning.fix(part.span.at_start(), format!("{list} is not empty and ")),
        false => warning,
    }
}

fn conjuncts(condition: &Expr) -> Vec<&Expr> {
    match &condition.unbracketed().kind {
        ExprKind::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        _ => vec![condition.unbracketed()],
    }
}

fn list_of(part: &Expr) -> Option<&Expr> {
    match &part.kind {
        ExprKind::Quantified { list, .. } => Some(list),
        _ => None,
    }
}

fn is_every(part: &Expr) -> bool {
    matches!(
        part.kind,
        ExprKind::Quantified {
            quantifier: Quantifier::Every,
            ..
        }
    )
}
