//! Constant parts, worked out once and for all.
//!
//! Input: an expression whose parts are folded. Output: the same, or the constant that it always is. What is
//! constant is worked out by `eval` itself, over an empty case; only expressions that read neither the case nor a
//! zone are asked.

use super::walk::children;
use crate::eval::{Frame, Moment, value_of};
use crate::operators::Function;
use crate::program::{Expr, Program, TextPart};
use crate::schema::Schema;
use crate::value::{Timestamp, Value, Weekday};
use std::sync::Arc;

/// Works out constants.
pub(super) struct Folder {
    nothing: Program,
}

impl Folder {
    pub(super) fn new() -> Folder {
        Folder {
            nothing: Program {
                fingerprint: Arc::from(""),
                schema: Arc::new(Schema::default()),
                zone: None,
                zone_is_private: false,
                week_start: Weekday::Monday,
                defines: Vec::new(),
                calendars: Vec::new(),
                shared: Vec::new(),
                intervals: Vec::new(),
                policies: Vec::new(),
            },
        }
    }

    /// The expression with its own constants worked out; its parts are folded already.
    pub(super) fn fold(&self, expr: Expr) -> Expr {
        let mut expr = match expr {
            Expr::And(parts) => return junction(parts, true, Expr::And),
            Expr::Or(parts) => return junction(parts, false, Expr::Or),
            Expr::If {
                condition,
                then,
                otherwise,
            } => return branch(condition, then, otherwise),
            Expr::Otherwise { value, fallback } => return known_first(value, fallback),
            other => other,
        };
        if is_plain(&expr) && has_constant_parts(&mut expr) {
            let moment = Moment::new(&self.nothing, &[], Timestamp::UNIX_EPOCH);
            return Expr::Constant(value_of(&moment, &mut Frame::new(0), &expr));
        }
        expr
    }
}

/// `and` without what always holds, up to what never does; `or` the other way round.
fn junction(parts: Vec<Expr>, neutral: bool, make: fn(Vec<Expr>) -> Expr) -> Expr {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Expr::Constant(Value::YesNo(holds)) if holds == neutral => {}
            Expr::Constant(Value::YesNo(holds)) => return Expr::Constant(Value::YesNo(holds)),
            part => kept.push(part),
        }
    }
    match kept.len() {
        0 => Expr::Constant(Value::YesNo(neutral)),
        1 => kept.pop().unwrap_or(Expr::Constant(Value::Missing)),
        _ => make(kept),
    }
}

fn branch(condition: Box<Expr>, then: Box<Expr>, otherwise: Box<Expr>) -> Expr {
    match *condition {
        Expr::Constant(Value::YesNo(true)) => *then,
        Expr::Constant(_) => *otherwise,
        _ => Expr::If {
            condition,
            then,
            otherwise,
        },
    }
}

fn known_first(value: Box<Expr>, fallback: Box<Expr>) -> Expr {
    match *value {
        Expr::Constant(Value::Missing) => *fallback,
        Expr::Constant(known) => Expr::Constant(known),
        _ => Expr::Otherwise { value, fallback },
    }
}

/// Whether an expression reads nothing but its parts.
fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Field { .. }
        | Expr::List(_)
        | Expr::Record { .. }
        | Expr::Not(_)
        | Expr::Arithmetic { .. }
        | Expr::Rounded { .. }
        | Expr::Compare { .. }
        | Expr::OneOf { .. }
        | Expr::Between { .. }
        | Expr::IsKnown(_)
        | Expr::IsEmpty(_)
        | Expr::TextTest { .. }
        | Expr::ListContains { .. }
        | Expr::Slice { .. }
        | Expr::Slot { .. } => true,
        Expr::Function { function, .. } => {
            matches!(
                function,
                Function::Length | Function::FirstWord | Function::LowerCase
            )
        }
        Expr::Shift { from, .. } => matches!(**from, Expr::Constant(Value::Date(_))),
        Expr::Text(parts) => parts.iter().all(prints_alike),
        _ => false,
    }
}

/// Whether a part prints alike in every zone.
fn prints_alike(part: &TextPart) -> bool {
    match part {
        TextPart::Value(Expr::Constant(value)) => !matches!(
            value,
            Value::DateTime(_) | Value::List(_) | Value::Record(_)
        ),
        TextPart::Value(_) => false,
        TextPart::Literal(_) => true,
    }
}

fn has_constant_parts(expr: &mut Expr) -> bool {
    let mut constant = true;
    children(expr, &mut |part| {
        constant &= matches!(part, Expr::Constant(_))
    });
    constant
}
