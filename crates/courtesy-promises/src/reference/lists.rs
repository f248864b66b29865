//! Sums, counts and their kin, and parts of lists.
//!
//! Input: an aggregate or a part of a list. Output: a value; of nothing a sum is 0, an average and what is picked
//! are missing.

use super::eval::Outcome;
use super::kind::Kind;
use super::logic::{Elements, compare};
use super::scope::{Scope, World};
use courtesy::ast::{Expr, ExprKind};
use courtesy::operators::{Aggregate, Arithmetic};
use courtesy::value::{Money, Number, Span, Value};
use std::cmp::Ordering;

impl World<'_> {
    /// What an aggregate or a part of a list comes to.
    pub(crate) fn eval_list(&self, expr: &Expr, scope: &Scope) -> Outcome<Value> {
        match &expr.kind {
            ExprKind::Aggregate {
                aggregate,
                value,
                variable,
                list,
                condition,
            } => {
                let elements = Elements {
                    variable: &variable.text,
                    list,
                    condition: condition.as_deref(),
                };
                let element = self.kind_of(list, scope).element();
                let kind =
                    self.kind_of(value, &scope.with(&variable.text, element, Value::Missing));
                let passing = self.passing(elements, scope)?;
                if *aggregate == Aggregate::Count {
                    return Ok(Value::Number(Number::from_count(passing.len())));
                }
                let values = passing
                    .iter()
                    .map(|(_, inner)| self.known(value, &kind, inner));
                aggregated(*aggregate, &values.collect::<Outcome<Vec<_>>>()?, &kind)
            }
            ExprKind::AggregateList { aggregate, list } => {
                let kind = self.kind_of(list, scope).element();
                aggregated(*aggregate, &self.items(list, scope)?, &kind)
            }
            ExprKind::Slice {
                from_end,
                count,
                list,
            } => {
                let items = self.items(list, scope)?;
                let Value::Number(count) = self.value(count, scope)? else {
                    return Err("a part of a list has a number".to_owned());
                };
                let count = usize::try_from(count.floor_to_i64_saturating()).unwrap_or(0);
                let skipped = if *from_end {
                    items.len().saturating_sub(count)
                } else {
                    0
                };
                Ok(Value::list(
                    items.into_iter().skip(skipped).take(count).collect(),
                ))
            }
            _ => Err("no list".to_owned()),
        }
    }

    /// The elements of a list.
    pub(crate) fn items(&self, list: &Expr, scope: &Scope) -> Outcome<Vec<Value>> {
        match self.value(list, scope)? {
            Value::List(items) => Ok(items.to_vec()),
            other => Err(format!("{other:?} is no list")),
        }
    }
}

fn aggregated(aggregate: Aggregate, values: &[Value], kind: &Kind) -> Outcome<Value> {
    Ok(match aggregate {
        Aggregate::Count => Value::Number(Number::from_count(values.len())),
        Aggregate::Sum => sum(values, kind)?,
        Aggregate::Average => match values {
            [] => Value::Missing,
            _ => {
                let count = Value::Number(Number::from_count(values.len()));
                super::numbers::calculated(Arithmetic::Divide, &sum(values, kind)?, &count)?
            }
        },
        Aggregate::Largest | Aggregate::Latest => extreme(values, Ordering::Greater)?,
        Aggregate::Smallest | Aggregate::Earliest => extreme(values, Ordering::Less)?,
        Aggregate::List => Value::list(values.to_vec()),
        Aggregate::Distinct => {
            let mut distinct: Vec<Value> = Vec::new();
            for value in values {
                if !distinct.iter().any(|other| other.same(value)) {
                    distinct.push(value.clone());
                }
            }
            Value::list(distinct)
        }
        Aggregate::First => values.first().cloned().unwrap_or(Value::Missing),
        Aggregate::Last => values.last().cloned().unwrap_or(Value::Missing),
    })
}

/// The sum; of nothing, 0.
pub(crate) fn sum(values: &[Value], kind: &Kind) -> Outcome<Value> {
    let mut total = match kind {
        Kind::Money(currency) => Value::Money(Money::new(Number::ZERO, *currency)),
        Kind::Length => Value::Span(Span::ZERO),
        _ => Value::Number(Number::ZERO),
    };
    for value in values {
        total = super::numbers::calculated(Arithmetic::Add, &total, value)?;
    }
    Ok(total)
}

/// The first of those that come before (or behind) all others.
fn extreme(values: &[Value], wanted: Ordering) -> Outcome<Value> {
    let mut best = Value::Missing;
    for value in values {
        if best.is_missing() || compare(value, &best)? == wanted {
            best = value.clone();
        }
    }
    Ok(best)
}
