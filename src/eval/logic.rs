//! Conditions.
//!
//! A condition over something that is missing where the checker lets nothing be missing is neither true nor
//! false (`None`), and so is its opposite: it never holds, whichever way round it is asked.

use super::expression::{lent, value_of, with_both};
use super::watch::Clock;
use super::{Frame, Moment, lists, observe, operations, time, working};
use crate::operators::{BetweenEnds, Comparison};
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
        } => {
            if moment.is_watching()
                && let Some(holds) = against_clock(moment, frame, *comparison, (left, right))
            {
                return holds;
            }
            with_both(moment, frame, (left, right), |left, right| {
                operations::compare(*comparison, left, right)
            })
        }
        Expr::OneOf { value, options } => one_of(moment, frame, value, options),
        Expr::Between {
            value,
            low,
            high,
            ends,
        } => {
            let low = value_of(moment, frame, low);
            let high = value_of(moment, frame, high);
            if moment.is_watching()
                && let Some(clock) = Clock::of(moment, frame, value)
            {
                return clock_between(moment, *ends, &clock, &low, &high);
            }
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
        Expr::WithinCalendar { value, calendar } => {
            working::is_within(moment, frame, value, *calendar)
        }
        Expr::Observed { probe, inner } => observe::truth(moment, frame, *probe, inner),
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
        IntervalRef::Shared(index) => lies_in(moment, frame, value, moment.interval(*index)?),
        IntervalRef::Own(interval) => {
            let lying = time::lying(moment, frame, interval)?;
            lies_in(moment, frame, value, &lying)
        }
    }
}

/// Whether the value lies in the interval.
fn lies_in(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    value: &Expr,
    lying: &time::Lying,
) -> Option<bool> {
    if !moment.is_watching() {
        return lying.contains(&lent(moment, frame, value));
    }
    if let Some(clock) = Clock::of(moment, frame, value)
        && lying.mark_clock(moment, &clock)
    {
        return lying.contains(&clock.at(moment.now()));
    }
    let value = lent(moment, frame, value);
    lying.mark(moment, &value);
    lying.contains(&value)
}

/// A comparison with one side that goes with the clock, marked for when it changes; `None` where there is none.
fn against_clock(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    comparison: Comparison,
    (left, right): (&Expr, &Expr),
) -> Option<Option<bool>> {
    let (clock, other, clock_is_left) = match Clock::of(moment, frame, left) {
        Some(clock) => (clock, right, true),
        None => (Clock::of(moment, frame, right)?, left, false),
    };
    // Where both sides go with the clock, each marks itself.
    if clock_is_left && Clock::of(moment, frame, other).is_some() {
        return None;
    }
    let other = value_of(moment, frame, other);
    let holds = |at| {
        let shown = clock.at(at);
        let (left, right) = if clock_is_left {
            (&shown, &other)
        } else {
            (&other, &shown)
        };
        operations::compare(comparison, left, right)
    };
    moment.mark_flip(clock.boundaries(&other, moment.now()), holds);
    Some(holds(moment.now()))
}

fn clock_between(
    moment: &Moment<'_>,
    ends: BetweenEnds,
    clock: &Clock,
    low: &Value,
    high: &Value,
) -> Option<bool> {
    let holds = |at| operations::between(ends, &clock.at(at), low, high);
    let mut boundaries = clock.boundaries(low, moment.now());
    boundaries.extend(clock.boundaries(high, moment.now()));
    moment.mark_flip(boundaries, holds);
    holds(moment.now())
}
