//! Working time and shares: expressions with a calendar or a salt.

use super::{Lowerer, all, find};
use crate::ast::{Expr, ExprKind};
use crate::operators::{CountUnit, SpanUnit};
use crate::syntax::grammar::Rule;
use crate::value::Number;
use pest::iterators::Pair;

impl Lowerer<'_> {
    /// `2 desk days after T`
    pub(super) fn working_shift(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let amount = find(&pair, Rule::number).map(|number| self.number(&number));
        Expr {
            kind: ExprKind::WorkingShift {
                amount: amount.unwrap_or_else(|| Number::from_i64(0)),
                unit: match working_unit(&pair) {
                    CountUnit::Minutes => SpanUnit::Minutes,
                    CountUnit::Hours => SpanUnit::Hours,
                    _ => SpanUnit::Days,
                },
                calendar: self.inner_name(&pair),
                before: find(&pair, Rule::kw_before).is_some(),
                from: Box::new(self.inner_call(&pair)),
            },
            span: self.span(&pair),
        }
    }

    /// `desk days from A to B`
    pub(super) fn working_between(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let mut ends = all(&pair, Rule::fallback);
        let (Some(from), Some(to)) = (ends.next(), ends.next()) else {
            return self.error_expression(&pair);
        };
        Expr {
            kind: ExprKind::WorkingBetween {
                unit: working_unit(&pair),
                calendar: self.inner_name(&pair),
                from: Box::new(self.any(from)),
                to: Box::new(self.any(to)),
            },
            span: self.span(&pair),
        }
    }

    /// `slot of KEY for NAME`
    pub(super) fn slot(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let mut parts = all(&pair, Rule::call);
        let (Some(key), Some(name)) = (parts.next(), parts.next()) else {
            return self.error_expression(&pair);
        };
        Expr {
            kind: ExprKind::Slot {
                key: Box::new(self.any(key)),
                name: Box::new(self.any(name)),
            },
            span: self.span(&pair),
        }
    }
}

fn working_unit(pair: &Pair<'_, Rule>) -> CountUnit {
    let unit = find(pair, Rule::working_unit);
    match unit.as_ref().map(|unit| unit.as_str().trim()) {
        Some("minutes" | "minute") => CountUnit::Minutes,
        Some("hours" | "hour") => CountUnit::Hours,
        _ => CountUnit::Days,
    }
}
