//! Warnings: policies that are allowed and probably not what was meant.

use crate::ast::{Expr, ExprKind, Policy, Quantifier, Test, Verb};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::operators::{Bound, Direction};
use crate::source::Sources;

/// What there is to say about a policy's `when`.
pub(super) fn advise(
    policy: &Policy,
    verb: Verb,
    when: Option<&Expr>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let Some(when) = when.filter(|_| !policy.broken) else {
        return Vec::new();
    };
    let parts = conjuncts(when);
    let mut found: Vec<Diagnostic> = parts
        .iter()
        .filter_map(|part| endless_past(part, &parts, verb, sources))
        .collect();
    if parts.iter().all(|part| is_every(part)) {
        found.extend(parts.iter().map(|part| {
            Diagnostic::warning(
                Code::EveryOverEmpty,
                part.span,
                "`every` holds for an empty list too, so this speaks where there is nothing",
            )
            .help(
                match list_of(part).map(|list| quote(sources.text_of(list.span))) {
                    Some(list) => format!("write `{list} is not empty and` in front of it"),
                    None => "add a condition that there is one".to_string(),
                },
            )
        }));
    }
    found
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

/// A duty for everything older than something, however old it is.
fn endless_past(part: &Expr, parts: &[&Expr], verb: Verb, sources: &Sources) -> Option<Diagnostic> {
    let ExprKind::Test {
        value,
        negated: false,
        test,
    } = &part.kind
    else {
        return None;
    };
    let past = matches!(
        **test,
        Test::Distance {
            bound: Bound::MoreThan | Bound::AtLeast,
            direction: Direction::Past,
            ..
        }
    );
    let text = sources.text_of(value.span);
    let bounded = parts
        .iter()
        .any(|other| other.span != part.span && sources.text_of(other.span).contains(text));
    (past && verb == Verb::Always && !bounded).then(|| {
        let text = quote(text);
        Diagnostic::warning(
            Code::EndlessPast,
            part.span,
            "this has no end in the past: it is owed for what is years old, too",
        )
        .help(format!(
            "add a bound, such as `and {text} is within last 30 days`"
        ))
    })
}
