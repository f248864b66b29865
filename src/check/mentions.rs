//! Whether an expression as written names a variable, and what it names at all.

use crate::ast::{Assignment, Expr, ExprKind, Quantifier, Test, TextPart, Window};

/// Whether `name` stands anywhere in `expression` as a bare name.
pub(super) fn mentions(expression: &Expr, name: &str) -> bool {
    let mut found = false;
    visit(expression, &mut |inner| match &inner.kind {
        ExprKind::Name(written) => found |= *written.text == *name,
        ExprKind::Call { name: called, .. } => found |= *called.text == *name,
        _ => {}
    });
    found
}

/// Whether an expression counts in a working calendar, itself or in a definition that `uses` one.
pub(super) fn uses_calendar(expression: &Expr, uses: &dyn Fn(&str) -> bool) -> bool {
    let mut found = false;
    visit(expression, &mut |inner| {
        found |= match &inner.kind {
            ExprKind::WorkingShift { .. } | ExprKind::WorkingBetween { .. } => true,
            ExprKind::Test { test, .. } => matches!(
                **test,
                Test::Within {
                    window: Window::Working(_),
                    ..
                }
            ),
            ExprKind::Name(name) | ExprKind::Call { name, .. } => uses(&name.text),
            _ => false,
        }
    });
    found
}

/// Calls `seen` for the expression and everything in it.
pub(super) fn visit<'a>(expression: &'a Expr, seen: &mut dyn FnMut(&'a Expr)) {
    seen(expression);
    for inner in children(expression) {
        visit(inner, seen);
    }
}

/// The expressions right below an expression.
pub(super) fn children(expression: &Expr) -> Vec<&Expr> {
    match &expression.kind {
        ExprKind::Error
        | ExprKind::Literal(_)
        | ExprKind::Money { .. }
        | ExprKind::Span { .. }
        | ExprKind::DayOfYear { .. }
        | ExprKind::Name(_)
        | ExprKind::Now => Vec::new(),
        ExprKind::Text(parts) => holes(parts).collect(),
        ExprKind::Field { base, .. } => vec![base],
        ExprKind::Call { arguments, .. } => arguments.iter().collect(),
        ExprKind::Today { zone, .. } | ExprKind::DayOfMonth { zone, .. } => {
            zone.iter().map(|zone| &**zone).collect()
        }
        ExprKind::Bracket(inner) | ExprKind::Not(inner) => vec![inner],
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => vec![condition, then, otherwise],
        ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::List(parts) => {
            parts.iter().collect()
        }
        ExprKind::Otherwise { value, fallback } => vec![value, fallback],
        ExprKind::Arithmetic { left, right, .. } => vec![left, right],
        ExprKind::Rounded { value, step } => vec![value, step],
        ExprKind::At { date, time, zone } => with([date, time], zone),
        ExprKind::Test { value, test, .. } => {
            let mut all = vec![&**value];
            all.extend(of_test(test));
            all
        }
        ExprKind::Quantified {
            quantifier,
            list,
            condition,
            has,
            ..
        } => {
            let mut all = of_quantifier(quantifier);
            all.push(list);
            all.extend(condition.iter().chain(has).map(|part| &**part));
            all
        }
        ExprKind::Picked {
            list,
            by,
            condition,
            has,
            ..
        } => {
            let mut all = vec![&**list];
            all.extend(by.iter().chain(condition).chain(has).map(|part| &**part));
            all
        }
        ExprKind::Aggregate {
            value,
            list,
            condition,
            ..
        } => with([value, list], condition),
        ExprKind::AggregateList { list, .. } => vec![list],
        ExprKind::Slice { count, list, .. } => vec![count, list],
        ExprKind::Function { argument, zone, .. } => with([argument], zone),
        ExprKind::Shifted {
            span, from, zone, ..
        } => with([span, from], zone),
        ExprKind::CountBetween { from, to, zone, .. } => with([from, to], zone),
        ExprKind::WorkingShift { from, .. } => vec![from],
        ExprKind::WorkingBetween { from, to, .. } => vec![from, to],
        ExprKind::Slot { key, name } => vec![key, name],
        ExprKind::Record { fields, .. } => fields.iter().map(value_of).collect(),
    }
}

fn with<'a, const N: usize>(parts: [&'a Expr; N], more: &'a Option<Box<Expr>>) -> Vec<&'a Expr> {
    parts
        .into_iter()
        .chain(more.iter().map(|part| &**part))
        .collect()
}

fn value_of(assignment: &Assignment) -> &Expr {
    &assignment.value
}

fn holes(parts: &[TextPart]) -> impl Iterator<Item = &Expr> {
    parts.iter().filter_map(|part| match part {
        TextPart::Literal(_) => None,
        TextPart::Hole(inner) => Some(inner),
    })
}

fn of_quantifier(quantifier: &Quantifier) -> Vec<&Expr> {
    match quantifier {
        Quantifier::Any | Quantifier::No | Quantifier::Every => Vec::new(),
        Quantifier::Count(_, count) | Quantifier::Exactly(count) => vec![count],
    }
}

pub(super) fn of_test(test: &Test) -> Vec<&Expr> {
    match test {
        Test::Known | Test::Unknown | Test::Empty => Vec::new(),
        Test::Is(other) | Test::Bound(_, other) | Test::Text(_, other) | Test::Order(_, other) => {
            vec![other]
        }
        Test::OneOf(options) => options.iter().collect(),
        Test::Distance { span, zone, .. } => std::iter::once(span).chain(zone).collect(),
        Test::Between(low, high) => vec![low, high],
        Test::Within { window, zone } => of_window(window).into_iter().chain(zone).collect(),
    }
}

fn of_window(window: &Window) -> Vec<&Expr> {
    match window {
        Window::Rolling(_, span) => vec![span],
        Window::Before(span, of) | Window::After(span, of) | Window::Around(span, of) => {
            vec![span, of]
        }
        Window::Calendar(..) | Window::Doubtful(..) | Window::Working(_) => Vec::new(),
    }
}
