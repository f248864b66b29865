//! Conditions.
//!
//! A condition over something that is missing where the checker lets nothing be missing is neither true nor
//! false (`None`), and so is its opposite: it never holds, whichever way round it is asked.

use super::expression::{lent, value_of, with_both};
use super::{Frame, Moment, lists, operations, time};
use crate::program::{Expr, IntervalRef};
use crate::value::Value;

/// Whether a condition is true; `None` where that cannot be said.
pub(super) fn truth(moment: &Moment<'_>, frame: &mut Frame<'_>, condition: &Expr) -> Option<bool> {
    match condition {
        Expr::Not(inner) => truth(moment, frame, inner).map(|holds| !holds),
        Expr::And(parts) => all(moment, frame, parts),
        Expr::Or(parts) => any(moment, frame, parts),
        Expr::If {
            condition,
            then,
            otherwise,
        } => {
            let branch = if super::holds(moment, frame, condition) {
                then
            } else {
                otherwise
            };
            truth(moment, frame, branch)
        }
        Expr::Compare {
            comparison,
            left,
            right,
        } => with_both(moment, frame, (left, right), |left, right| {
            operations::compare(*comparison, left, right)
        }),
        Expr::OneOf { value, options } => one_of(moment, frame, value, options),
        Expr::Between {
            value,
            low,
            high,
            ends,
        } => {
            let low = value_of(moment, frame, low);
            let high = value_of(moment, frame, high);
            operations::between(*ends, &lent(moment, frame, value), &low, &high)
        }
        Expr::IsKnown(value) => Some(!lent(moment, frame, value).is_missing()),
        Expr::IsEmpty(value) => operations::is_empty(&lent(moment, frame, value)),
        Expr::TextTest { test, value, part } => {
            with_both(moment, frame, (value, part), |value, part| {
                operations::text_test(*test, value, part)
            })
        }
        Expr::ListContains { list, element } => {
            with_both(moment, frame, (list, element), operations::list_contains)
        }
        Expr::Within { value, interval } => within(moment, frame, value, interval),
        Expr::Quantified { .. } | Expr::Picked { has: Some(_), .. } => {
            lists::truth(moment, frame, condition)
        }
        value => yes_no(moment, frame, value),
    }
}

/// A value that is `yes` or `no`.
fn yes_no(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Option<bool> {
    match &*lent(moment, frame, expr) {
        Value::YesNo(holds) => Some(*holds),
        _ => None,
    }
}

fn all(moment: &Moment<'_>, frame: &mut Frame<'_>, parts: &[Expr]) -> Option<bool> {
    for part in parts {
        match truth(moment, frame, part) {
            Some(true) => {}
            failed => return failed,
        }
    }
    Some(true)
}

fn any(moment: &Moment<'_>, frame: &mut Frame<'_>, parts: &[Expr]) -> Option<bool> {
    let mut answer = Some(false);
    for part in parts {
        match truth(moment, frame, part) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => answer = None,
        }
    }
    answer
}

fn one_of(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    value: &Expr,
    options: &[Expr],
) -> Option<bool> {
    let value = value_of(moment, frame, value);
    if value.is_missing() {
        return None;
    }
    let mut options = options.iter();
    Some(options.any(|option| value.same(&lent(moment, frame, option))))
}

fn within(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    value: &Expr,
    interval: &IntervalRef,
) -> Option<bool> {
    match interval {
        IntervalRef::Shared(index) => {
            let bounds = moment.interval(*index)?;
            bounds.contain(&lent(moment, frame, value))
        }
        IntervalRef::Own(interval) => {
            let bounds = time::bounds(moment, frame, interval)?;
            bounds.contain(&lent(moment, frame, value))
        }
    }
}
