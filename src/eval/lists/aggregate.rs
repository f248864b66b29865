//! Aggregates: what one pass over a list makes of its elements.
//!
//! A value that is missing, where the checker lets none be missing, makes the whole missing rather than be left
//! out silently.

use super::Elements;
use crate::eval::expression::value_of;
use crate::eval::{Frame, Moment, operations};
use crate::operators::{Aggregate, Arithmetic};
use crate::program::Expr;
use crate::value::{Number, Value};
use std::cmp::Ordering;
use std::collections::HashSet;

/// What the aggregate makes of the elements; `value` is what is taken of each, `empty` what it makes of none.
pub(super) fn value(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    aggregate: Aggregate,
    elements: Elements<'_>,
    (value, empty): (Option<&Expr>, &Value),
) -> Option<Value> {
    let items = elements.items(moment, frame)?;
    let mut taken = |item: &Value| {
        if !elements.admits(moment, frame, item) {
            return None;
        }
        Some(value.map_or_else(|| item.clone(), |value| value_of(moment, frame, value)))
    };
    match aggregate {
        Aggregate::Count if elements.condition.is_none() => Some(count_value(items.len())),
        Aggregate::Count => Some(count_value(items.iter().filter_map(taken).count())),
        Aggregate::Sum => sum(items.iter().filter_map(taken), empty.clone()),
        Aggregate::Average => average(items.iter().filter_map(taken), empty),
        Aggregate::Largest | Aggregate::Latest => {
            extreme(items.iter().filter_map(taken), Ordering::Greater, empty)
        }
        Aggregate::Smallest | Aggregate::Earliest => {
            extreme(items.iter().filter_map(taken), Ordering::Less, empty)
        }
        Aggregate::List => list(items.iter().filter_map(taken)),
        Aggregate::Distinct => distinct(items.iter().filter_map(taken)),
        Aggregate::First => items.iter().find_map(taken).or_else(|| Some(empty.clone())),
        Aggregate::Last => items
            .iter()
            .rev()
            .find_map(&mut taken)
            .or_else(|| Some(empty.clone())),
    }
}

fn count_value(count: usize) -> Value {
    Value::Number(Number::from_count(count))
}

fn sum(mut values: impl Iterator<Item = Value>, zero: Value) -> Option<Value> {
    values.try_fold(zero, |total, value| plus(&total, &value))
}

/// The sum of two values that can be added.
fn plus(total: &Value, value: &Value) -> Option<Value> {
    let sum = operations::arithmetic(Arithmetic::Add, total, value);
    (!sum.is_missing()).then_some(sum)
}

fn average(mut values: impl Iterator<Item = Value>, empty: &Value) -> Option<Value> {
    let Some(first) = values.next() else {
        return Some(empty.clone());
    };
    let (total, count) = values.try_fold((first, 1usize), |(total, count), value| {
        Some((plus(&total, &value)?, count.saturating_add(1)))
    })?;
    Some(operations::arithmetic(
        Arithmetic::Divide,
        &total,
        &count_value(count),
    ))
}

/// The first of the values that are furthest that way.
fn extreme(mut values: impl Iterator<Item = Value>, way: Ordering, empty: &Value) -> Option<Value> {
    let Some(first) = values.next() else {
        return Some(empty.clone());
    };
    values.try_fold(first, |best, value| {
        Some(if value.compare(&best)? == way {
            value
        } else {
            best
        })
    })
}

fn list(values: impl Iterator<Item = Value>) -> Option<Value> {
    known(values).collect::<Option<Vec<_>>>().map(Value::list)
}

/// Each value once, where it first stands.
fn distinct(values: impl Iterator<Item = Value>) -> Option<Value> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for value in known(values) {
        let value = value?;
        if seen.insert(value.clone()) {
            kept.push(value);
        }
    }
    Some(Value::list(kept))
}

fn known(values: impl Iterator<Item = Value>) -> impl Iterator<Item = Option<Value>> {
    values.map(|value| (!value.is_missing()).then_some(value))
}
