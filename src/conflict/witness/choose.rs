//! A value that keeps rules: the usual one where it does, else one near an end.

use super::clock::Clock;
use crate::conflict::point::Point;
use crate::conflict::rule::Rule;
use crate::conflict::term::Term;
use crate::schema::Type;
use crate::value::{
    Money, Number, Span, Time, Timestamp, Value, calendar_window, shift_date, shift_instant,
    start_of_date,
};

/// A value of the term that keeps its rules.
pub(super) fn value(term: &Term, rules: &[&Rule], clock: &Clock) -> Option<Value> {
    let rules: Vec<&Rule> = rules.iter().copied().chain(&term.bounds).collect();
    let mut choices: Vec<Value> = usual(&term.expr.ty, clock).into_iter().collect();
    choices.extend(term.values.iter().flatten().cloned());
    let mut ends = Vec::new();
    for rule in &rules {
        match rule {
            Rule::OneOf(values) | Rule::NoneOf(values) => {
                choices.extend(values.iter().cloned());
                ends.extend(values.iter().cloned());
            }
            Rule::From(point, _) | Rule::To(point, _) => ends.extend(resolved(point, clock)),
            Rule::Text { part, .. } => choices.extend(around(part)),
            Rule::Known | Rule::Unknown => {}
        }
    }
    for (place, one) in ends.iter().enumerate() {
        for other in ends.iter().skip(place.saturating_add(1)) {
            choices.extend(middle(one, other));
        }
    }
    choices.extend(ends.iter().flat_map(neighbours));
    choices.extend(ends);
    choices
        .into_iter()
        .find(|choice| rules.iter().all(|rule| allows(rule, choice, clock)))
}

/// Whether a value keeps a rule at that moment.
pub(super) fn allows(rule: &Rule, value: &Value, clock: &Clock) -> bool {
    let at = |point: &Point| resolved(point, clock).map(Point::Fixed);
    let rule = match rule {
        Rule::From(point, included) => at(point).map(|point| Rule::From(point, *included)),
        Rule::To(point, included) => at(point).map(|point| Rule::To(point, *included)),
        other => Some(other.clone()),
    };
    rule.and_then(|rule| rule.allows(value)).unwrap_or(false)
}

/// Where a point lies at that moment.
fn resolved(point: &Point, clock: &Clock) -> Option<Value> {
    match point {
        Point::Fixed(value) => Some(value.clone()),
        Point::Moving {
            span, days: true, ..
        } => Some(Value::Date(shift_date(clock.today(), span))),
        Point::Moving { span, .. } => {
            Some(Value::DateTime(shift_instant(clock.now, span, &clock.zone)))
        }
        Point::Calendar {
            unit, offset, days, ..
        } => {
            let (first, _) =
                calendar_window(clock.today(), *unit, i32::from(*offset), clock.week_start);
            Some(if *days {
                Value::Date(first)
            } else {
                Value::DateTime(start_of_date(first, &clock.zone))
            })
        }
    }
}

/// What stands where nothing is asked.
pub(super) fn usual(ty: &Type, clock: &Clock) -> Option<Value> {
    match ty {
        Type::Text => Some(Value::data("a")),
        Type::Number => Some(Value::whole(1)),
        Type::Money(currency) => Some(Value::Money(Money::new(Number::ONE, *currency))),
        Type::Date => Some(Value::Date(shift_date(clock.today(), &Span::days(-2)))),
        Type::DateTime => Some(Value::DateTime(moved(clock.now, &Span::days(-2)))),
        Type::Time => Some(Value::Time(Time::midnight())),
        Type::Duration => Some(Value::Span(Span::hours(1))),
        Type::Period => Some(Value::Span(Span::days(1))),
        Type::Timezone => Some(Value::Timezone(clock.zone.clone())),
        _ => None,
    }
}

/// The value itself, or one that lies before or after it.
pub(super) fn beside(value: &Value, sign: i64) -> Option<Value> {
    match sign {
        0 => Some(value.clone()),
        sign if sign < 0 => neighbours(value).into_iter().next(),
        _ => neighbours(value).into_iter().next_back(),
    }
}

/// A day on which somebody of that age was born.
pub(super) fn born(age: &Value, clock: &Clock) -> Option<Value> {
    let Value::Number(age) = age else {
        return None;
    };
    let years = shift_date(
        clock.today(),
        &Span::years(age.floor_to_i64_saturating()).negate(),
    );
    Some(Value::Date(shift_date(years, &Span::days(-1))))
}

fn moved(at: Timestamp, span: &Span) -> Timestamp {
    shift_instant(at, span, &crate::value::Zone::utc())
}

/// Texts with a part of which something may be asked.
fn around(part: &Value) -> Vec<Value> {
    let Value::Text(text) = part else {
        return Vec::new();
    };
    let text = text.as_str();
    [text.to_string(), format!("{text} b"), format!("b {text}")]
        .iter()
        .map(|text| Value::data(text))
        .collect()
}

/// Values a little below and above.
fn neighbours(value: &Value) -> Vec<Value> {
    let both = |step: &dyn Fn(bool) -> Value| vec![step(false), step(true)];
    match value {
        Value::Number(number) => [-1_i64, 1]
            .map(|step| Value::Number(number.add(&Number::from_i64(step))))
            .to_vec(),
        Value::Money(money) => [-1_i64, 1]
            .map(|step| {
                let amount = money.amount.add(&Number::from_i64(step));
                Value::Money(Money::new(amount, money.currency))
            })
            .to_vec(),
        Value::Date(day) => both(&|up| {
            let step = if up { 1 } else { -1 };
            Value::Date(shift_date(*day, &Span::days(step)))
        }),
        Value::DateTime(at) => both(&|up| {
            let step = if up { 26 } else { -26 };
            Value::DateTime(moved(*at, &Span::hours(step)))
        }),
        Value::Time(time) => {
            let minute = jiff::SignedDuration::from_mins(1);
            vec![
                Value::Time(time.wrapping_sub(minute)),
                Value::Time(time.wrapping_add(minute)),
            ]
        }
        Value::Span(span) => vec![
            Value::Span(span.sub(&Span::hours(1))),
            Value::Span(span.add(&Span::hours(1))),
        ],
        Value::Text(text) => vec![Value::data(&format!("{} b", text.as_str()))],
        _ => Vec::new(),
    }
}

/// A value between two others.
fn middle(a: &Value, b: &Value) -> Option<Value> {
    let two = Number::from_i64(2);
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.add(b).div(&two).map(Value::Number),
        (Value::Money(a), Value::Money(b)) => {
            let amount = a.amount.add(&b.amount).div(&two)?;
            Some(Value::Money(Money::new(amount, a.currency)))
        }
        (Value::DateTime(a), Value::DateTime(b)) => {
            let half = b.as_second().saturating_sub(a.as_second()) / 2;
            Some(Value::DateTime(moved(*a, &Span::seconds(half))))
        }
        (Value::Date(a), Value::Date(b)) => {
            let days = crate::value::count_between_dates(crate::value::CountUnit::Days, *a, *b);
            Some(Value::Date(shift_date(*a, &Span::days(days / 2))))
        }
        _ => None,
    }
}
