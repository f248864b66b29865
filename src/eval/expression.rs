//! The values of expressions; conditions are left to `logic`.

use super::{Frame, MISSING, Moment, lists, logic, observe, operations, time, working};
use crate::operators::Arithmetic;
use crate::program::{Expr, TextPart};
use crate::value::{Record, Shape, TextBuilder, Value, render};
use std::borrow::Cow;
use std::sync::Arc;

/// The value of an expression in this frame.
///
/// A condition gives `yes` or `no`. What a checked package cannot bring about gives [`Value::Missing`].
///
/// Each kind is a function of its own: values stand inside one another, and a frame for all kinds would be large.
#[must_use]
pub fn value_of(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Value {
    if let Some(value) = place(moment, frame, expr) {
        return value.clone();
    }
    match expr {
        Expr::Field { base, index } => field_of(moment, frame, base, *index),
        Expr::Call { define, arguments } => call(moment, frame, *define, arguments),
        Expr::Text(parts) => text(moment, frame, parts),
        Expr::Observed { probe, inner } => observe::value(moment, frame, *probe, inner),
        Expr::List(items) => list(moment, frame, items),
        Expr::Record { shape, fields } => record(shape, values(moment, frame, fields)),
        Expr::If { .. } | Expr::Cases { .. } => {
            let taken = branch(moment, frame, expr).unwrap_or(&NOTHING);
            value_of(moment, frame, taken)
        }
        Expr::Otherwise { value, fallback } => known_or(moment, frame, value, fallback),
        Expr::Arithmetic {
            operator,
            left,
            right,
        } => arithmetic(moment, frame, *operator, (left, right)),
        Expr::Rounded { value, step } => rounded(moment, frame, value, step),
        _ => value_of_time_or_list(moment, frame, expr),
    }
}

/// What stands for a branch that is not there.
static NOTHING: Expr = Expr::Constant(Value::Missing);

/// The branch of an `if` or of a table that is taken.
fn branch<'e>(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &'e Expr) -> Option<&'e Expr> {
    match expr {
        Expr::If {
            condition,
            then,
            otherwise,
        } => Some(if super::holds(moment, frame, condition) {
            then
        } else {
            otherwise
        }),
        Expr::Cases { cases, otherwise } => {
            Some(first_case(moment, frame, cases).unwrap_or(otherwise))
        }
        _ => None,
    }
}

fn known_or(moment: &Moment<'_>, frame: &mut Frame<'_>, value: &Expr, fallback: &Expr) -> Value {
    match value_of(moment, frame, value) {
        Value::Missing => value_of(moment, frame, fallback),
        known => known,
    }
}

fn arithmetic(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    operator: Arithmetic,
    (left, right): (&Expr, &Expr),
) -> Value {
    let left = value_of(moment, frame, left);
    operations::arithmetic(operator, &left, &value_of(moment, frame, right))
}

fn rounded(moment: &Moment<'_>, frame: &mut Frame<'_>, value: &Expr, step: &Expr) -> Value {
    let value = value_of(moment, frame, value);
    operations::rounded(&value, &value_of(moment, frame, step))
}

fn list(moment: &Moment<'_>, frame: &mut Frame<'_>, items: &[Expr]) -> Value {
    Value::list(values(moment, frame, items))
}

fn field_of(moment: &Moment<'_>, frame: &mut Frame<'_>, base: &Expr, index: u32) -> Value {
    field(value_of(moment, frame, base), index)
}

/// The value beside the first condition that holds.
fn first_case<'e>(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    cases: &'e [(Expr, Expr)],
) -> Option<&'e Expr> {
    let mut cases = cases.iter();
    let (_, value) = cases.find(|(condition, _)| super::holds(moment, frame, condition))?;
    Some(value)
}

fn value_of_time_or_list(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Value {
    match expr {
        Expr::Now => {
            moment.mark_computed();
            Value::DateTime(moment.now())
        }
        Expr::Slot { key, name } => with_both(moment, frame, (key, name), operations::slot_of),
        _ => parted(moment, frame, expr),
    }
}

fn parted(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Value {
    let value = match expr {
        Expr::Today { .. }
        | Expr::DayOfYear { .. }
        | Expr::DayOfMonth { .. }
        | Expr::Shift { .. }
        | Expr::Combine { .. }
        | Expr::Function { .. }
        | Expr::CountBetween { .. } => time::value(moment, frame, expr),
        Expr::WorkingShift { .. } | Expr::WorkingBetween { .. } => {
            working::value(moment, frame, expr)
        }
        Expr::Picked { has: None, .. } | Expr::Aggregate { .. } | Expr::Slice { .. } => {
            lists::value(moment, frame, expr)
        }
        condition => logic::truth(moment, frame, condition).map(Value::YesNo),
    };
    value.unwrap_or(Value::Missing)
}

/// The value where it lies, for expressions that only name one.
pub(crate) fn place<'v>(
    moment: &'v Moment<'_>,
    frame: &'v Frame<'_>,
    expr: &'v Expr,
) -> Option<&'v Value> {
    match expr {
        Expr::Constant(value) => Some(value),
        Expr::Variable(variable) => Some(frame.variable(*variable)),
        Expr::Input(input) => Some(moment.input(input.0)),
        Expr::Shared(index) => Some(moment.shared(*index)),
        Expr::CandidateField(table) => Some(
            frame
                .candidate
                .and_then(|it| it.field(table))
                .unwrap_or(&MISSING),
        ),
        Expr::CarrierField(table) => Some(
            frame
                .carrier
                .and_then(|it| it.field(table))
                .unwrap_or(&MISSING),
        ),
        Expr::Field { base, index } => Some(match place(moment, frame, base)? {
            Value::Record(record) => record.field(*index as usize),
            _ => &MISSING,
        }),
        _ => None,
    }
}

/// The value, lent where it lies somewhere.
pub(super) fn lent<'v>(
    moment: &'v Moment<'_>,
    frame: &'v mut Frame<'_>,
    expr: &'v Expr,
) -> Cow<'v, Value> {
    if place(moment, frame, expr).is_none() {
        return Cow::Owned(value_of(moment, frame, expr));
    }
    place(moment, frame, expr).map_or(Cow::Owned(Value::Missing), Cow::Borrowed)
}

/// What `judge` says of two values, neither of them copied where both lie somewhere.
pub(super) fn with_both<T>(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    (left, right): (&Expr, &Expr),
    judge: impl FnOnce(&Value, &Value) -> T,
) -> T {
    if let (Some(left), Some(right)) = (place(moment, frame, left), place(moment, frame, right)) {
        return judge(left, right);
    }
    let left = value_of(moment, frame, left);
    judge(&left, &lent(moment, frame, right))
}

/// The values of several expressions.
pub(super) fn values(moment: &Moment<'_>, frame: &mut Frame<'_>, exprs: &[Expr]) -> Vec<Value> {
    exprs
        .iter()
        .map(|expr| value_of(moment, frame, expr))
        .collect()
}

fn field(base: Value, index: u32) -> Value {
    match base {
        Value::Record(record) => record.field(index as usize).clone(),
        _ => Value::Missing,
    }
}

fn record(shape: &Arc<Shape>, values: Vec<Value>) -> Value {
    Value::Record(Arc::new(Record {
        shape: Arc::clone(shape),
        values: values.into(),
    }))
}

/// A definition runs in a frame of its own, about the same candidate and carrier.
fn call(moment: &Moment<'_>, frame: &mut Frame<'_>, define: u32, arguments: &[Expr]) -> Value {
    let Some(define) = moment.program().defines.get(define as usize) else {
        return Value::Missing;
    };
    let mut callee = frame.callee(define.variables);
    for (slot, argument) in (0..define.parameters).zip(arguments) {
        callee.bind(slot, value_of(moment, frame, argument));
    }
    value_of(moment, &mut callee, &define.body)
}

fn text(moment: &Moment<'_>, frame: &mut Frame<'_>, parts: &[TextPart]) -> Value {
    let mut builder = TextBuilder::new();
    for part in parts {
        match part {
            TextPart::Literal(text) => builder.push_literal(text),
            TextPart::Value(expr) => {
                render(&lent(moment, frame, expr), moment.zone(), &mut builder);
            }
        }
    }
    Value::Text(builder.finish())
}
