//! `+ - * /` and rounding.
//!
//! Input: two values. Output: their sum, difference, product or quotient; a quotient by 0 is missing.

use super::eval::Outcome;
use super::scope::{Scope, World};
use courtesy::ast::{Expr, ExprKind};
use courtesy::operators::Arithmetic;
use courtesy::value::{Money, Number, Value, shift_date, shift_instant};

impl World<'_> {
    /// What a sum, a product or a rounding comes to.
    pub(crate) fn eval_sum(&self, expr: &Expr, scope: &Scope) -> Outcome<Value> {
        match &expr.kind {
            ExprKind::Arithmetic {
                operator,
                left,
                right,
                ..
            } => {
                let (left, right) = (self.value(left, scope)?, self.value(right, scope)?);
                match (&left, &right) {
                    (Value::Date(date), Value::Span(span)) => {
                        let span = signed(*operator, *span)?;
                        Ok(Value::Date(shift_date(*date, &span)))
                    }
                    (Value::DateTime(instant), Value::Span(span)) => {
                        let span = signed(*operator, *span)?;
                        let zone = scope.zone(self);
                        Ok(Value::DateTime(shift_instant(*instant, &span, &zone)))
                    }
                    _ => calculated(*operator, &left, &right),
                }
            }
            ExprKind::Rounded { value, step } => {
                match (self.value(value, scope)?, self.value(step, scope)?) {
                    (Value::Number(number), Value::Number(step)) => {
                        Ok(Value::Number(number.round_to_step(&step)))
                    }
                    (Value::Money(money), Value::Money(step)) => Ok(Value::Money(Money::new(
                        money.amount.round_to_step(&step.amount),
                        money.currency,
                    ))),
                    (value, step) => Err(format!("{value:?} is not rounded to {step:?}")),
                }
            }
            _ => Err("no sum".to_owned()),
        }
    }
}

fn signed(operator: Arithmetic, span: courtesy::value::Span) -> Outcome<courtesy::value::Span> {
    match operator {
        Arithmetic::Add => Ok(span),
        Arithmetic::Subtract => Ok(span.negate()),
        Arithmetic::Multiply | Arithmetic::Divide => Err("a date is not multiplied".to_owned()),
    }
}

/// Two values put together.
pub(crate) fn calculated(operator: Arithmetic, left: &Value, right: &Value) -> Outcome<Value> {
    let money = |amount: Number, of: &Money| Value::Money(Money::new(amount, of.currency));
    Ok(match (operator, left, right) {
        (Arithmetic::Add, Value::Number(a), Value::Number(b)) => Value::Number(a.add(b)),
        (Arithmetic::Subtract, Value::Number(a), Value::Number(b)) => Value::Number(a.sub(b)),
        (Arithmetic::Multiply, Value::Number(a), Value::Number(b)) => Value::Number(a.mul(b)),
        (Arithmetic::Divide, Value::Number(a), Value::Number(b)) => {
            a.div(b).map_or(Value::Missing, Value::Number)
        }
        (Arithmetic::Add, Value::Money(a), Value::Money(b)) if a.currency == b.currency => {
            money(a.amount.add(&b.amount), a)
        }
        (Arithmetic::Subtract, Value::Money(a), Value::Money(b)) if a.currency == b.currency => {
            money(a.amount.sub(&b.amount), a)
        }
        (Arithmetic::Multiply, Value::Money(a), Value::Number(b))
        | (Arithmetic::Multiply, Value::Number(b), Value::Money(a)) => money(a.amount.mul(b), a),
        (Arithmetic::Divide, Value::Money(a), Value::Number(b)) => {
            let quotient = a.amount.div(b);
            quotient.map_or(Value::Missing, |quotient| money(quotient, a))
        }
        (Arithmetic::Divide, Value::Money(a), Value::Money(b)) if a.currency == b.currency => a
            .amount
            .div(&b.amount)
            .map_or(Value::Missing, Value::Number),
        (Arithmetic::Add, Value::Span(a), Value::Span(b)) => Value::Span(a.add(b)),
        (Arithmetic::Subtract, Value::Span(a), Value::Span(b)) => Value::Span(a.sub(b)),
        (Arithmetic::Multiply, Value::Span(a), Value::Number(b))
        | (Arithmetic::Multiply, Value::Number(b), Value::Span(a)) => Value::Span(a.times(b)),
        _ => return Err(format!("{left:?} and {right:?} are not put together")),
    })
}
