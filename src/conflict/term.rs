//! Values that conditions speak about, each known by a number.
//!
//! Input: expressions whose definitions are written out. Output: the same number for expressions that are written
//! alike, and what may be said of such a value beforehand. What is not looked into, a condition or the order of two
//! values, is a term of its own.

use super::point::Point;
use super::rule::{Rule, Situation};
use crate::compile::Canonical;
use crate::ir::{self, ExprKind};
use crate::operators::Aggregate;
use crate::program;
use crate::schema::{Schema, Type};
use crate::value::{ChoiceValue, Number, Value, weekday_named};
use std::cell::Cell;
use std::collections::HashMap;

/// The number of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TermId(u32);

/// What a term stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Value(program::Expr),
    Order(TermId, TermId),
}

/// What is known of a term beforehand.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// The expression; of an order, its left side.
    pub(super) expr: ir::Expr,
    /// Of an order, its right side.
    pub(super) other: Option<ir::Expr>,
    /// All values it can have, where they are few.
    pub(super) values: Option<Vec<Value>>,
    /// Whether it is a whole number.
    pub(super) whole: bool,
    /// Of how many elements of a list pass a condition, how many elements it has.
    pub(super) of_list: Option<TermId>,
    /// Between what it lies by the schema.
    pub(super) bounds: Vec<Rule>,
}

/// All terms met with.
pub(super) struct Terms<'p> {
    schema: &'p Schema,
    canonical: Canonical<'p>,
    numbers: HashMap<Key, TermId>,
    terms: Vec<Term>,
    /// How many literals may still be looked at.
    work: Cell<usize>,
}

impl<'p> Terms<'p> {
    pub(super) fn new(package: &'p ir::Package) -> Terms<'p> {
        Terms {
            schema: &package.schema,
            canonical: Canonical::new(package),
            numbers: HashMap::new(),
            terms: Vec::new(),
            work: Cell::new(super::WORK),
        }
    }

    /// Whether so many literals may still be looked at.
    pub(super) fn may_look_at(&self, literals: usize) -> bool {
        let left = self.work.get().checked_sub(literals);
        self.work.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Of two lists of situations, each of the one with each of the other; `None` where they are too many.
    pub(super) fn each_with_each(
        &self,
        ones: &[Situation],
        others: &[Situation],
    ) -> Option<Vec<Situation>> {
        let count = ones.len().checked_mul(others.len())?;
        if count > super::SITUATIONS {
            return None;
        }
        let mut all = Vec::with_capacity(count);
        for one in ones {
            for other in others {
                let literals = one.literals.len().saturating_add(other.literals.len());
                if literals > super::LITERALS || !self.may_look_at(literals.saturating_add(1)) {
                    return None;
                }
                all.push(one.with(other));
            }
        }
        Some(all)
    }

    pub(super) fn get(&self, id: TermId) -> Option<&Term> {
        self.terms.get(id.0 as usize)
    }

    /// The term of an expression.
    pub(super) fn value(&mut self, expr: &ir::Expr) -> TermId {
        let key = Key::Value(self.canonical.form(expr));
        if let Some(known) = self.numbers.get(&key) {
            return *known;
        }
        let counts = is_count(expr);
        let mut bounds = self.range(expr);
        if counts {
            bounds.push(Rule::From(Point::Fixed(Value::whole(0)), true));
        }
        let of_list = whole_count(expr).map(|count| self.value(&count));
        let term = Term {
            expr: expr.clone(),
            other: None,
            of_list,
            values: few_values(&expr.ty, self.schema),
            whole: counts,
            bounds,
        };
        self.add(key, term)
    }

    /// The term of how two values compare: -1, 0 or 1. Whether the sides have changed places.
    pub(super) fn order(&mut self, left: &ir::Expr, right: &ir::Expr) -> (TermId, bool) {
        let (first, second) = (self.value(left), self.value(right));
        let turned = second < first;
        let (key, sides) = if turned {
            (Key::Order(second, first), (right, left))
        } else {
            (Key::Order(first, second), (left, right))
        };
        if let Some(known) = self.numbers.get(&key) {
            return (*known, turned);
        }
        let values = if first == second { 0..=0 } else { -1..=1 };
        let term = Term {
            expr: sides.0.clone(),
            other: Some(sides.1.clone()),
            of_list: None,
            values: Some(values.map(Value::whole).collect()),
            whole: true,
            bounds: Vec::new(),
        };
        (self.add(key, term), turned)
    }

    fn add(&mut self, key: Key, term: Term) -> TermId {
        let id = TermId(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        self.terms.push(term);
        self.numbers.insert(key, id);
        id
    }

    /// The range of a field of what the host hands in: what lies outside never gets here.
    fn range(&self, expr: &ir::Expr) -> Vec<Rule> {
        let ExprKind::Field { base, index } = &expr.kind else {
            return Vec::new();
        };
        let Type::Record(record) = &base.ty else {
            return Vec::new();
        };
        let record = self.schema.record(*record);
        let field = record.and_then(|record| record.fields.get(*index as usize));
        match field.and_then(|field| field.range.as_ref()) {
            Some(range) if is_handed_in(base) => vec![
                Rule::From(Point::Fixed(range.low.clone()), true),
                Rule::To(Point::Fixed(range.high.clone()), true),
            ],
            _ => Vec::new(),
        }
    }
}

/// Whether a record is an input, or lies in one.
fn is_handed_in(expr: &ir::Expr) -> bool {
    match &expr.kind {
        ExprKind::Input(_) => true,
        ExprKind::Field { base, .. } => is_handed_in(base),
        _ => false,
    }
}

/// Whether an expression counts something.
fn is_count(expr: &ir::Expr) -> bool {
    matches!(
        &expr.kind,
        ExprKind::Aggregate {
            aggregate: Aggregate::Count,
            ..
        }
    )
}

/// Of a count of some elements of a list, the count of all of them.
fn whole_count(expr: &ir::Expr) -> Option<ir::Expr> {
    let mut count = expr.clone();
    let ExprKind::Aggregate {
        aggregate: Aggregate::Count,
        condition,
        ..
    } = &mut count.kind
    else {
        return None;
    };
    condition.take()?;
    Some(count)
}

/// All values of a type that has few.
pub(super) fn few_values(ty: &Type, schema: &Schema) -> Option<Vec<Value>> {
    match ty {
        Type::YesNo => Some(vec![Value::YesNo(true), Value::YesNo(false)]),
        Type::Weekday => {
            const DAYS: [&str; 7] = [
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
            ];
            let days = DAYS.iter().filter_map(|day| weekday_named(day));
            Some(days.map(Value::Weekday).collect())
        }
        Type::Choice(id) => {
            let options = schema.choice(*id)?.values.iter().zip(0_u32..);
            let values = options.map(|(option, index)| {
                Value::Choice(ChoiceValue {
                    index,
                    text: option.text.clone(),
                })
            });
            Some(values.collect())
        }
        _ => None,
    }
}

/// The whole number next to one that is not included, or the one itself.
pub(super) fn whole_end(value: &Value, included: bool, low: bool) -> Option<Value> {
    let Value::Number(number) = value else {
        return None;
    };
    let floor = number.floor_to_i64_saturating();
    let is_whole = number.is_whole();
    let end = match (low, included && is_whole) {
        (_, true) => floor,
        (true, false) => floor.saturating_add(1),
        (false, false) if is_whole => floor.saturating_sub(1),
        (false, false) => floor,
    };
    Some(Value::Number(Number::from_i64(end)))
}
