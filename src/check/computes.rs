//! Conditions that compute with `now`: for those no boundary can be found until which something stays blocked or
//! limited, and the package says so.
//!
//! `now` may be held against something, be shifted by a length of time, or give its day, weekday, month, year or time
//! of day: when that changes is known (see `eval::watch`). Anything else computes with it.

use super::Checker;
use super::mentions::{children, visit};
use crate::ast::{Expr, ExprKind, Policy, Test, Verb, Window};
use crate::diagnostic::{Code, Diagnostic};
use crate::operators::{Arithmetic, Function};
use crate::source::Span;

impl Checker<'_> {
    /// Warns of conditions of a policy that blocks or limits, and compute with `now`.
    pub(super) fn advise_until(&mut self, policy: &Policy, verb: Verb) {
        if policy.broken || !matches!(verb, Verb::Never | Verb::Only | Verb::Limit) {
            return;
        }
        let clauses = policy.clauses.iter().filter(|clause| {
            use crate::ast::ClauseKind as K;
            !matches!(clause.kind, K::Because(_) | K::Dates { .. })
        });
        let conditions = clauses.flat_map(|clause| clause.kind.expressions());
        let found = conditions.into_iter().find_map(|expr| self.computes(expr));
        if let Some(span) = found {
            self.report(
                Diagnostic::warning(
                    Code::UntilUnknown,
                    span,
                    "this computes with `now`, so decisions cannot say until when",
                )
                .help(
                    "compare instants instead where that says the same: `… is more than 5 hours ago`, \
                     `… is within last 30 days`",
                ),
            );
        }
    }

    /// Where the expression computes with `now`; definitions are looked into.
    pub(super) fn computes(&self, expr: &Expr) -> Option<Span> {
        match &expr.unbracketed().kind {
            ExprKind::Now => Some(expr.span),
            ExprKind::Name(name) | ExprKind::Call { name, .. }
                if self.define_computes(&name.text) =>
            {
                Some(expr.span)
            }
            ExprKind::Call { name, arguments } => {
                let mut arguments = (0..).zip(arguments).filter(|(index, argument)| {
                    !(is_clock_of_the_case(argument) && self.only_compared(&name.text, *index))
                });
                arguments.find_map(|(_, argument)| self.computes(argument))
            }
            ExprKind::Function {
                function, argument, ..
            } if is_of_the_day(*function) && is_now(argument) => None,
            ExprKind::Test { value, test, .. } => self.test_computes(value, test),
            _ => children(expr)
                .into_iter()
                .find_map(|part| self.computes(part)),
        }
    }

    fn define_computes(&self, name: &str) -> bool {
        let define = self.defines.get(name);
        define.is_some_and(|define| define.size.computes)
    }

    /// Whether a definition does no more with what it is given there than hold it against something: a clock then
    /// stays one (see `compile::special`).
    fn only_compared(&self, name: &str, index: usize) -> bool {
        let define = self.defines.get(name);
        define.is_some_and(|define| define.only_compared.get(index) == Some(&true))
    }

    /// Whether the expression does no more with the variable than hold it against something.
    pub(super) fn only_compares(&self, expr: &Expr, variable: &str) -> bool {
        let is_it = |expr: &Expr| matches!(&expr.unbracketed().kind, ExprKind::Name(name) if *name.text == *variable);
        match &expr.kind {
            ExprKind::Name(_) => !is_it(expr),
            ExprKind::Call { name, arguments } => {
                let mut arguments = (0..).zip(arguments);
                arguments.all(|(index, argument)| {
                    if is_it(argument) {
                        self.only_compared(&name.text, index)
                    } else {
                        self.only_compares(argument, variable)
                    }
                })
            }
            ExprKind::Test { value, test, .. }
                if is_it(value)
                    && matches!(
                        **test,
                        Test::Is(_) | Test::Bound(..) | Test::Order(..) | Test::Between(..)
                    ) =>
            {
                let mut parts = super::mentions::of_test(test).into_iter();
                parts.all(|part| self.only_compares(part, variable))
            }
            _ => children(expr)
                .into_iter()
                .all(|part| self.only_compares(part, variable)),
        }
    }

    fn test_computes(&self, value: &Expr, test: &Test) -> Option<Span> {
        let both = |other: &Expr| match (is_clock(value), is_clock(other)) {
            (true, false) => self.computes(other),
            (false, true) => self.computes(value),
            _ => self.computes(value).or_else(|| self.computes(other)),
        };
        match test {
            Test::Is(other) | Test::Bound(_, other) | Test::Order(_, other) => both(other),
            Test::Between(low, high) if is_clock(value) => {
                self.computes(low).or_else(|| self.computes(high))
            }
            Test::Within {
                window:
                    Window::Before(span, of) | Window::After(span, of) | Window::Around(span, of),
                ..
            } if is_clock(value) => self.computes(span).or_else(|| self.computes(of)),
            Test::Within {
                window: Window::Working(_),
                ..
            } if is_now(value) => None,
            _ => {
                let parts = super::mentions::of_test(test);
                let mut all = std::iter::once(value).chain(parts);
                all.find_map(|part| self.computes(part))
            }
        }
    }
}

fn is_now(expr: &Expr) -> bool {
    matches!(expr.unbracketed().kind, ExprKind::Now)
}

/// Whether a function gives the day of an instant, or something of it.
fn is_of_the_day(function: Function) -> bool {
    matches!(
        function,
        Function::DateOf
            | Function::WeekdayOf
            | Function::DayOf
            | Function::MonthOf
            | Function::YearOf
    )
}

/// Whether an expression is a clock that reads nothing of the policy it stands in.
fn is_clock_of_the_case(expr: &Expr) -> bool {
    let mut alone = is_clock(expr);
    visit(expr, &mut |inner| {
        alone &= !matches!(inner.kind, ExprKind::Name(_) | ExprKind::Call { .. });
    });
    alone
}

/// Whether it can be told at any instant what the expression shows.
fn is_clock(expr: &Expr) -> bool {
    match &expr.unbracketed().kind {
        ExprKind::Now => true,
        ExprKind::Function {
            function: Function::TimeOf,
            argument,
            ..
        } => is_now(argument),
        ExprKind::Shifted { from, .. } => is_now(from),
        ExprKind::Arithmetic {
            operator: Arithmetic::Add | Arithmetic::Subtract,
            left,
            ..
        } => is_now(left),
        _ => false,
    }
}
