//! What operators do with values: pure functions that know no case.
//!
//! Each is total: operands of other kinds than the operator takes give [`Value::Missing`], or `None` for a
//! condition.

#[cfg(test)]
mod tests;

use crate::operators::{Arithmetic, BetweenEnds, Comparison, Function, TextTest};
use crate::value::{Money, Number, Text, Value, slot};
use std::cmp::Ordering;

/// `slot of KEY for NAME`: both are texts.
#[must_use]
pub fn slot_of(key: &Value, name: &Value) -> Value {
    match (key, name) {
        (Value::Text(key), Value::Text(name)) => {
            Value::whole(i64::from(slot(name.as_str(), key.as_str())))
        }
        _ => Value::Missing,
    }
}

/// `+ - * /`
///
/// A quotient is missing where the divisor is 0, as is anything of two currencies.
#[must_use]
pub fn arithmetic(operator: Arithmetic, left: &Value, right: &Value) -> Value {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => number(numbers(operator, a, b)),
        (Value::Money(a), Value::Money(b)) => moneys(operator, a, b),
        (Value::Money(a), Value::Number(b)) => scaled(operator, a, b),
        (Value::Number(a), Value::Money(b)) if operator == Arithmetic::Multiply => {
            scaled(operator, b, a)
        }
        (Value::Span(a), Value::Span(b)) => match operator {
            Arithmetic::Add => Value::Span(a.add(b)),
            Arithmetic::Subtract => Value::Span(a.sub(b)),
            Arithmetic::Multiply | Arithmetic::Divide => Value::Missing,
        },
        _ => Value::Missing,
    }
}

fn number(number: Option<Number>) -> Value {
    number.map_or(Value::Missing, Value::Number)
}

fn numbers(operator: Arithmetic, a: &Number, b: &Number) -> Option<Number> {
    match operator {
        Arithmetic::Add => Some(a.add(b)),
        Arithmetic::Subtract => Some(a.sub(b)),
        Arithmetic::Multiply => Some(a.mul(b)),
        Arithmetic::Divide => a.div(b),
    }
}

/// Sums and differences are money, a quotient is a number.
fn moneys(operator: Arithmetic, a: &Money, b: &Money) -> Value {
    if a.currency != b.currency || operator == Arithmetic::Multiply {
        return Value::Missing;
    }
    let result = numbers(operator, &a.amount, &b.amount);
    match operator {
        Arithmetic::Divide => number(result),
        _ => money(result, a),
    }
}

/// Money by a number.
fn scaled(operator: Arithmetic, amount: &Money, factor: &Number) -> Value {
    match operator {
        Arithmetic::Multiply | Arithmetic::Divide => {
            money(numbers(operator, &amount.amount, factor), amount)
        }
        Arithmetic::Add | Arithmetic::Subtract => Value::Missing,
    }
}

/// That amount in the currency of `like`.
fn money(amount: Option<Number>, like: &Money) -> Value {
    amount.map_or(Value::Missing, |amount| {
        Value::Money(Money::new(amount, like.currency))
    })
}

/// `rounded to`: the nearest multiple of `step`, half to even.
#[must_use]
pub fn rounded(value: &Value, step: &Value) -> Value {
    match (value, step) {
        (Value::Number(value), Value::Number(step)) => Value::Number(value.round_to_step(step)),
        (Value::Money(value), Value::Money(step)) if value.currency == step.currency => {
            money(Some(value.amount.round_to_step(&step.amount)), value)
        }
        _ => Value::Missing,
    }
}

/// `is`, `is less than` and their kin.
#[must_use]
pub fn compare(comparison: Comparison, left: &Value, right: &Value) -> Option<bool> {
    if comparison == Comparison::Same {
        let known = !left.is_missing() && !right.is_missing();
        return known.then(|| left.same(right));
    }
    let order = left.compare(right)?;
    Some(match comparison {
        Comparison::Same => order.is_eq(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::More => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    })
}

/// `is between A and B`
#[must_use]
pub fn between(ends: BetweenEnds, value: &Value, low: &Value, high: &Value) -> Option<bool> {
    let from = value.compare(low)?.is_ge();
    let to = value.compare(high)?;
    Some(match ends {
        BetweenEnds::Both => from && to.is_le(),
        BetweenEnds::FirstOnly => from && to.is_lt(),
        BetweenEnds::AroundTheClock => match low.compare(high)? {
            Ordering::Less => from && to.is_lt(),
            Ordering::Equal => false,
            Ordering::Greater => from || to.is_lt(),
        },
    })
}

/// `is empty`, of a text or a list.
#[must_use]
pub fn is_empty(value: &Value) -> Option<bool> {
    match value {
        Value::Text(text) => Some(text.is_empty()),
        Value::List(items) => Some(items.is_empty()),
        _ => None,
    }
}

/// `contains`, `starts with`, `ends with`, letter for letter.
#[must_use]
pub fn text_test(test: TextTest, value: &Value, part: &Value) -> Option<bool> {
    let (Value::Text(value), Value::Text(part)) = (value, part) else {
        return None;
    };
    Some(match test {
        TextTest::Contains => value.contains(part),
        TextTest::StartsWith => value.starts_with(part),
        TextTest::EndsWith => value.ends_with(part),
    })
}

/// Whether the element is one of the list.
#[must_use]
pub fn list_contains(list: &Value, element: &Value) -> Option<bool> {
    match list {
        Value::List(items) if !element.is_missing() => Some(items.contains(element)),
        _ => None,
    }
}

/// The functions of a text.
#[must_use]
pub fn text_function(function: Function, text: &Text) -> Option<Value> {
    Some(match function {
        Function::Length => Value::Number(Number::from_count(text.length())),
        Function::FirstWord => Value::Text(text.first_word()),
        Function::LowerCase => Value::Text(text.lower_case()),
        _ => return None,
    })
}
