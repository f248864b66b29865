//! What a number is known to lie between, from the ranges that the schema declares.
//!
//! Input: a typed expression. Output: the lowest and the highest number, or amount, that it can come to, where that is
//! known. Invariant: only what comes with the case is taken at its word, as decoding and examples hold it to its range;
//! a record or a duty that the package writes itself may hold anything.

use super::Checker;
use crate::ir::{ArithmeticOp as Op, Expr, ExprKind};
use crate::schema::{Type, ValueRange};
use crate::value::{Number, Value};

/// Both ends are in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bounds {
    low: Number,
    high: Number,
}

impl Checker<'_> {
    /// Whether a number or an amount is known not to be 0.
    pub(super) fn is_never_zero(&self, expr: &Expr) -> bool {
        let bounds = self.bounds(expr);
        bounds.is_some_and(|bounds| {
            let above = !bounds.low.is_negative() && !bounds.low.is_zero();
            above || bounds.high.is_negative()
        })
    }

    fn bounds(&self, expr: &Expr) -> Option<Bounds> {
        match &expr.kind {
            ExprKind::Constant(value) => number(value).map(|number| Bounds {
                low: number.clone(),
                high: number,
            }),
            ExprKind::Field { base, index } if comes_with_case(base) => {
                let Type::Record(id) = &base.ty else {
                    return None;
                };
                let field = self.schema.record(*id)?.fields.get(*index as usize)?;
                field.range.as_ref().and_then(declared)
            }
            ExprKind::Otherwise { value, fallback } => {
                Some(self.bounds(value)?.or(self.bounds(fallback)?))
            }
            ExprKind::If {
                then, otherwise, ..
            } => Some(self.bounds(then)?.or(self.bounds(otherwise)?)),
            ExprKind::Arithmetic {
                operator,
                left,
                right,
            } => {
                let (left, right) = (self.bounds(left)?, self.bounds(right)?);
                left.reckoned(*operator, &right)
            }
            _ => None,
        }
    }
}

impl Bounds {
    /// What is the one or the other.
    fn or(self, other: Bounds) -> Bounds {
        Bounds {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    /// What comes of two.
    fn reckoned(&self, operator: Op, other: &Bounds) -> Option<Bounds> {
        match operator {
            Op::AddNumbers | Op::AddMoney => Some(Bounds {
                low: self.low.add(&other.low),
                high: self.high.add(&other.high),
            }),
            Op::SubtractNumbers | Op::SubtractMoney => Some(Bounds {
                low: self.low.sub(&other.high),
                high: self.high.sub(&other.low),
            }),
            Op::MultiplyNumbers | Op::MultiplyMoney | Op::MultiplyByMoney => {
                let products = [
                    self.low.mul(&other.low),
                    self.low.mul(&other.high),
                    self.high.mul(&other.low),
                    self.high.mul(&other.high),
                ];
                let low = products.iter().min()?.clone();
                let high = products.iter().max()?.clone();
                Some(Bounds { low, high })
            }
            _ => None,
        }
    }
}

/// Whether an expression is a path into what the host hands in.
fn comes_with_case(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Input(_) => true,
        ExprKind::Field { base, .. } => comes_with_case(base),
        _ => false,
    }
}

fn declared(range: &ValueRange) -> Option<Bounds> {
    let (low, high) = (number(&range.low)?, number(&range.high)?);
    Some(Bounds { low, high })
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::Money(money) => Some(money.amount.clone()),
        _ => None,
    }
}
