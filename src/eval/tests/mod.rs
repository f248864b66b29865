//! Expressions built by hand and run over one case.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on fails"
)]

mod frames;
mod lists;
mod logic;
mod time;
mod values;

use super::{Frame, Moment, holds, value_of};
use crate::operators::Comparison;
use crate::program::{
    Define, Expr, Interval, IntervalRef, Program, Shared, SharedInterval, Window, ZoneRef,
};
use crate::schema::{InputId, Schema};
use crate::value::{
    Currency, Money, Number, Record, Shape, ShapeField, Span, Value, Weekday, Zone, parse_date,
    parse_instant, parse_time,
};
use std::sync::Arc;

/// The instant of every case here: a Monday.
const NOW: &str = "2026-11-23T10:00:00Z";

fn program() -> Program {
    Program {
        fingerprint: "".into(),
        schema: Arc::new(Schema::default()),
        zone: None,
        zone_is_private: false,
        week_start: Weekday::Monday,
        defines: Vec::new(),
        calendars: Vec::new(),
        shared: Vec::new(),
        intervals: Vec::new(),
        policies: Vec::new(),
    }
}

fn program_in(zone: &str) -> Program {
    Program {
        zone: Some(timezone(zone)),
        ..program()
    }
}

/// A case to run expressions over.
struct Case {
    program: Program,
    inputs: Vec<Value>,
    now: &'static str,
}

impl Case {
    fn new() -> Case {
        Case {
            program: program(),
            inputs: Vec::new(),
            now: NOW,
        }
    }

    fn at(now: &'static str, zone: &str) -> Case {
        Case {
            program: program_in(zone),
            inputs: Vec::new(),
            now,
        }
    }

    fn value(&self, expr: &Expr) -> Value {
        self.run(expr, value_of)
    }

    fn holds(&self, expr: &Expr) -> bool {
        self.run(expr, holds)
    }

    fn run<T>(&self, expr: &Expr, run: fn(&Moment<'_>, &mut Frame<'_>, &Expr) -> T) -> T {
        let moment = Moment::new(
            &self.program,
            &self.inputs,
            parse_instant(self.now).unwrap(),
        );
        run(&moment, &mut Frame::new(8), expr)
    }
}

fn value(expr: &Expr) -> Value {
    Case::new().value(expr)
}

fn is_true(expr: &Expr) -> bool {
    Case::new().holds(expr)
}

fn constant(value: Value) -> Expr {
    Expr::Constant(value)
}

fn missing() -> Expr {
    constant(Value::Missing)
}

fn yes() -> Expr {
    constant(Value::YesNo(true))
}

fn no() -> Expr {
    constant(Value::YesNo(false))
}

fn whole(number: i64) -> Expr {
    constant(Value::whole(number))
}

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).unwrap())
}

fn usd(amount: &str) -> Value {
    let currency = Currency::from_code("USD").unwrap();
    Value::Money(Money::new(Number::parse(amount).unwrap(), currency))
}

fn eur(amount: &str) -> Value {
    let currency = Currency::from_code("EUR").unwrap();
    Value::Money(Money::new(Number::parse(amount).unwrap(), currency))
}

fn text(text: &str) -> Expr {
    constant(Value::literal(text))
}

fn date(text: &str) -> Value {
    Value::Date(parse_date(text).unwrap())
}

fn time_of_day(text: &str) -> Value {
    Value::Time(parse_time(text).unwrap())
}

fn instant(text: &str) -> Value {
    Value::DateTime(parse_instant(text).unwrap())
}

fn timezone(name: &str) -> Expr {
    constant(Value::Timezone(Zone::named(name).unwrap()))
}

fn span(span: Span) -> Expr {
    constant(Value::Span(span))
}

fn variable(slot: u32) -> Expr {
    Expr::Variable(slot)
}

fn input(index: u32) -> Expr {
    Expr::Input(InputId(index))
}

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

fn numbers(items: &[i64]) -> Expr {
    constant(Value::list(
        items.iter().map(|item| Value::whole(*item)).collect(),
    ))
}

fn compare(comparison: Comparison, left: Expr, right: Expr) -> Expr {
    Expr::Compare {
        comparison,
        left: boxed(left),
        right: boxed(right),
    }
}

fn not(expr: Expr) -> Expr {
    Expr::Not(boxed(expr))
}

fn field(base: Expr, index: u32) -> Expr {
    Expr::Field {
        base: boxed(base),
        index,
    }
}

/// A record of the type `Pair`, with the fields `a` and `b`.
fn pair(a: Value, b: Value) -> Value {
    let field = |name: &str| ShapeField {
        name: name.into(),
        private: false,
    };
    let shape = Shape {
        name: "Pair".into(),
        fields: [field("a"), field("b")].into(),
    };
    Value::Record(Arc::new(Record {
        shape: Arc::new(shape),
        values: [a, b].into(),
    }))
}

fn within(value: Value, window: Window) -> Expr {
    let days = matches!(value, Value::Date(_));
    let interval = Interval {
        window,
        days,
        zone: ZoneRef::Package,
    };
    Expr::Within {
        value: boxed(constant(value)),
        interval: IntervalRef::Own(Box::new(interval)),
    }
}
