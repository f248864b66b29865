//! Duties whose past has no end: owed for what is older than a time, however old it is.
//!
//! Input: the conditions of an `always` policy as written. Output: a warning for each condition that asks for
//! something older than a time, unless a condition beside it, or around it, gives the past of the same value an
//! end. Such a condition is a window (`within last 30 days`), a nearer bound (`less than 30 days ago`, `is after …`,
//! `is …`), or that nothing has happened since (`no mail in … where mail.at is after …`). Any other, such as
//! `is known`, is none. What a definition says is not looked into: a call that is given the value may bound it.

use super::mentions::visit;
use crate::ast::{Expr, ExprKind, Name, Quantifier, Test, Window};
use crate::diagnostic::{Code, Diagnostic, quote_long};
use crate::operators::{Aggregate, Bound, Direction, Function, SpanUnit, TimeOrder};
use crate::source::Sources;
use crate::value::Number;

/// The conditions of a policy that hold together.
pub(super) struct Conditions<'a> {
    /// The variable of `for each`, and its `where`.
    pub(super) for_each: Option<(&'a Name, Option<&'a Expr>)>,
    /// `when`
    pub(super) when: Option<&'a Expr>,
    /// `unless`
    pub(super) unless: Option<&'a Expr>,
}

/// What there is to say about the past of a duty with these conditions.
pub(super) fn endless(conditions: &Conditions<'_>, sources: &Sources) -> Vec<Diagnostic> {
    let each = conditions.for_each.and_then(|(_, condition)| condition);
    let mut held = Vec::new();
    for condition in each.into_iter().chain(conditions.when) {
        hold(condition, true, &mut held);
    }
    if let Some(unless) = conditions.unless {
        hold(unless, false, &mut held);
    }
    let mut past = Past {
        sources,
        elements: conditions.for_each.iter().map(|(name, _)| *name).collect(),
        found: Vec::new(),
    };
    past.walk(&held, &[]);
    past.found
}

/// A condition that holds, or (`yes` false) one that does not.
#[derive(Clone, Copy)]
struct Held<'a> {
    condition: &'a Expr,
    yes: bool,
}

/// Takes a condition apart into those that hold, or fail, with it.
fn hold<'a>(condition: &'a Expr, yes: bool, held: &mut Vec<Held<'a>>) {
    let condition = condition.unbracketed();
    match (&condition.kind, yes) {
        (ExprKind::And(parts), true) | (ExprKind::Or(parts), false) => {
            parts.iter().for_each(|part| hold(part, yes, held));
        }
        (ExprKind::Not(inner), _) => hold(inner, !yes, held),
        _ => held.push(Held { condition, yes }),
    }
}

struct Past<'a> {
    sources: &'a Sources,
    /// The variables in sight.
    elements: Vec<&'a Name>,
    found: Vec<Diagnostic>,
}

impl<'a> Past<'a> {
    /// Looks at conditions that hold together, and with those `around` them.
    fn walk(&mut self, held: &[Held<'a>], around: &[Held<'a>]) {
        let together: Vec<Held<'a>> = around.iter().chain(held).copied().collect();
        for one in held {
            match (&one.condition.kind, one.yes) {
                (ExprKind::Or(branches), true) => {
                    for branch in branches {
                        self.inside([branch], None, &together);
                    }
                }
                (ExprKind::Quantified { quantifier, .. }, true) if !asks_for_some(quantifier) => {}
                (
                    ExprKind::Quantified {
                        variable,
                        condition,
                        ..
                    },
                    true,
                ) => self.inside(condition.iter().map(|c| &**c), Some(variable), &together),
                (
                    ExprKind::Picked {
                        variable,
                        condition,
                        has: Some(has),
                        ..
                    },
                    true,
                ) => {
                    let parts = condition.iter().chain([has]).map(|part| &**part);
                    self.inside(parts, Some(variable), &together);
                }
                _ => self.look_at(*one, &together),
            }
        }
    }

    fn inside(
        &mut self,
        conditions: impl IntoIterator<Item = &'a Expr>,
        variable: Option<&'a Name>,
        around: &[Held<'a>],
    ) {
        let mut held = Vec::new();
        for condition in conditions {
            hold(condition, true, &mut held);
        }
        let before = self.elements.len();
        self.elements.extend(variable);
        self.walk(&held, around);
        self.elements.truncate(before);
    }

    fn look_at(&mut self, one: Held<'a>, together: &[Held<'a>]) {
        let Some((value, distance)) = old(one) else {
            return;
        };
        let subject = Subject::of(value, &self.elements, self.sources);
        if together.iter().any(|other| subject.is_bounded_by(*other)) {
            return;
        }
        let text = quote_long(self.sources.text_of(value.span));
        let window = distance.map_or_else(|| "1 year".to_string(), further);
        let warning = Diagnostic::warning(
            Code::EndlessPast,
            one.condition.span,
            "this has no end in the past: it is owed for what is years old, too",
        );
        self.found.push(warning.help(format!(
            "add a bound, such as `and {text} is within last {window}`"
        )));
    }
}

/// Whether a quantifier asks that there is an element, so that its conditions hold for one.
fn asks_for_some(quantifier: &Quantifier) -> bool {
    matches!(
        quantifier,
        Quantifier::Any
            | Quantifier::Count(Bound::AtLeast | Bound::MoreThan, _)
            | Quantifier::Exactly(_)
    )
}

/// The value that is older than a time, and by how much where that is written out.
fn old(one: Held<'_>) -> Option<(&Expr, Option<&Expr>)> {
    let (value, test, yes) = test_of(one)?;
    match (test, yes) {
        (Test::Distance { bound, span, .. }, _) if is_past(test) => {
            let older = matches!(bound, Bound::MoreThan | Bound::AtLeast);
            (older == yes).then_some((value, Some(span)))
        }
        (Test::Order(TimeOrder::Before | TimeOrder::OnOrBefore, end), true) => {
            match &end.unbracketed().kind {
                ExprKind::Shifted {
                    span,
                    before: true,
                    from,
                    ..
                } if is_present(from) => Some((value, Some(span))),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The value that a condition tests, how, and whether that holds.
fn test_of(one: Held<'_>) -> Option<(&Expr, &Test, bool)> {
    match &one.condition.kind {
        ExprKind::Test {
            value,
            negated,
            test,
        } => Some((value, test, *negated != one.yes)),
        _ => None,
    }
}

fn is_past(test: &Test) -> bool {
    matches!(
        test,
        Test::Distance {
            direction: Direction::Past,
            ..
        }
    )
}

fn is_present(time: &Expr) -> bool {
    matches!(
        time.unbracketed().kind,
        ExprKind::Now | ExprKind::Today { .. }
    )
}

/// A length of time that reaches further back than this one.
fn further(distance: &Expr) -> String {
    let (amount, unit) = match &distance.unbracketed().kind {
        ExprKind::Span { amount, unit } => (amount, *unit),
        _ => return "1 year".to_string(),
    };
    let days = match unit {
        SpanUnit::Seconds | SpanUnit::Minutes | SpanUnit::Hours => None,
        SpanUnit::Days => Some("days"),
        SpanUnit::Weeks => Some("weeks"),
        SpanUnit::Months => Some("months"),
        SpanUnit::Years => Some("years"),
    };
    let twice = amount.mul(&Number::from_count(2));
    match days {
        Some(unit) if unit != "days" || twice > Number::from_count(30) => {
            format!("{} {unit}", twice.to_fixed(0))
        }
        _ if days.is_none() && *amount > Number::from_count(15 * 24) => "1 year".to_string(),
        _ => "30 days".to_string(),
    }
}

/// The value whose past should have an end.
struct Subject<'a> {
    path: String,
    /// The variable that it is a field of.
    element: Option<&'a Name>,
    sources: &'a Sources,
}

impl<'a> Subject<'a> {
    fn of(value: &Expr, elements: &[&'a Name], sources: &'a Sources) -> Subject<'a> {
        let root = root(value);
        Subject {
            path: path(value, sources),
            element: elements
                .iter()
                .find(|name| Some(&*name.text) == root)
                .copied(),
            sources,
        }
    }

    fn is(&self, value: &Expr) -> bool {
        path(value, self.sources) == self.path
    }

    fn is_in(&self, expression: &Expr) -> bool {
        let mut found = false;
        visit(expression, &mut |inner| found |= self.is(inner));
        found
    }

    /// Whether an expression names the value, or the element that it belongs to.
    fn concerns(&self, expression: &Expr) -> bool {
        let element = self.element;
        self.is_in(expression)
            || element.is_some_and(|name| super::mentions::mentions(expression, &name.text))
    }

    /// Whether a condition gives the past of the value an end.
    fn is_bounded_by(&self, other: Held<'_>) -> bool {
        if let Some((value, test, yes)) = test_of(other) {
            return (self.is(value) && has_end(test, yes))
                || self.is_end_of(test, yes)
                || (yes && self.is_counted(value, test));
        }
        match &other.condition.kind {
            ExprKind::Quantified {
                quantifier,
                condition: Some(condition),
                ..
            } => asks_for_none(quantifier, other.yes) && self.concerns(condition),
            ExprKind::Call { .. } => self.concerns(other.condition),
            _ => false,
        }
    }

    /// `E is before VALUE`, `today is within 30 days of VALUE`.
    fn is_end_of(&self, test: &Test, yes: bool) -> bool {
        match test {
            Test::Order(TimeOrder::Before | TimeOrder::OnOrBefore, other) => yes && self.is(other),
            Test::Order(TimeOrder::After | TimeOrder::OnOrAfter, other) => !yes && self.is(other),
            Test::Within {
                window: Window::After(_, of) | Window::Around(_, of) | Window::Before(_, of),
                ..
            } => yes && self.is(of),
            _ => false,
        }
    }

    /// `days from VALUE to today is at most 30`, `count of mail in … where mail.at is after VALUE is 0`.
    fn is_counted(&self, value: &Expr, test: &Test) -> bool {
        let few = matches!(
            test,
            Test::Is(_) | Test::Between(..) | Test::Bound(Bound::AtMost | Bound::LessThan, _)
        );
        few && match &value.unbracketed().kind {
            ExprKind::CountBetween { from, to, .. } => self.is(from) || self.is(to),
            ExprKind::Aggregate {
                aggregate: Aggregate::Count,
                condition: Some(condition),
                ..
            } => self.concerns(condition),
            _ => false,
        }
    }
}

/// Whether a test of the value itself gives its past an end.
fn has_end(test: &Test, yes: bool) -> bool {
    match test {
        Test::Distance { bound, .. } if is_past(test) => {
            matches!(bound, Bound::LessThan | Bound::AtMost) == yes
        }
        Test::Within { window, .. } => yes && !matches!(window, Window::Working(_)),
        Test::Order(TimeOrder::After | TimeOrder::OnOrAfter, _) => yes,
        Test::Order(TimeOrder::Before | TimeOrder::OnOrBefore, _) => !yes,
        Test::Is(_) | Test::Between(..) | Test::OneOf(_) => yes,
        _ => false,
    }
}

/// Whether a quantifier that holds, or fails, says that there is none or only a few.
fn asks_for_none(quantifier: &Quantifier, yes: bool) -> bool {
    match quantifier {
        Quantifier::No => yes,
        Quantifier::Any => !yes,
        Quantifier::Every => false,
        Quantifier::Count(Bound::AtMost | Bound::LessThan, _) | Quantifier::Exactly(_) => yes,
        Quantifier::Count(Bound::AtLeast | Bound::MoreThan, _) => !yes,
    }
}

/// A value by what it is taken from, the same however it is dressed: `date of x`, `(x otherwise y)` and `x` are one.
fn path(value: &Expr, sources: &Sources) -> String {
    match &value.unbracketed().kind {
        ExprKind::Name(name) => name.text.to_string(),
        ExprKind::Field { base, name } => format!("{}.{}", path(base, sources), name.text),
        ExprKind::Otherwise { value, .. } => path(value, sources),
        ExprKind::Function {
            function: Function::DateOf,
            argument,
            ..
        } => path(argument, sources),
        _ => {
            let text = sources.text_of(value.unbracketed().span);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

/// The bare name that a value is taken from.
fn root(value: &Expr) -> Option<&str> {
    match &value.unbracketed().kind {
        ExprKind::Name(name) => Some(&name.text),
        ExprKind::Field { base, .. } => root(base),
        ExprKind::Otherwise { value, .. } => root(value),
        ExprKind::Function { argument, .. } => root(argument),
        _ => None,
    }
}
