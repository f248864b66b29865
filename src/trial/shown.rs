//! Values and expectations as the language writes them.
//!
//! Invariant: what could steer a terminal is shown by its number.

use crate::decision::Reason;
use crate::example::{Expected, ExpectedDuty};
use crate::printable::printable;
use crate::schema::{ActionId, Schema};
use crate::value::{Timestamp, Value, format_rfc3339, format_time, weekday_key};
use std::sync::Arc;

/// A value as it could stand in a policy file.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Missing => "unknown".into(),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.into(),
        Value::Number(number) => number.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Text(text) => quoted(text.as_str()),
        Value::Date(date) => date.to_string(),
        Value::Time(time) => format_time(*time),
        Value::DateTime(instant) => format_rfc3339(*instant),
        Value::Span(span) => span.to_string(),
        Value::Timezone(zone) => quoted(zone.name()),
        Value::Weekday(day) => weekday_key(*day).into(),
        Value::Choice(choice) => printable(&choice.text),
        Value::Record(record) => {
            let fields = record.shape.fields.iter().zip(&record.values);
            let known = fields.filter(|(_, value)| !value.is_missing());
            let pairs = known.map(|(field, value)| format!("{}: {}", field.name, shown(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        printable(&text.replace('\\', "\\\\").replace('"', "\\\""))
    )
}

/// `by "title": because`
pub(super) fn reason(word: &str, reason: &Reason) -> String {
    let title = quoted(&reason.policy);
    match &reason.because {
        Some(because) => format!("{word} {title}: {}", printable(because.as_str())),
        None => format!("{word} {title}"),
    }
}

/// ` until 2026-12-01T09:30:00Z`
pub(super) fn until_when(until: Option<Timestamp>) -> String {
    end(until.map(Value::DateTime).as_ref())
}

/// An expectation as the language writes it, without `expect`.
pub(super) fn expected(schema: &Schema, expected: &Expected<Value>) -> String {
    match expected {
        Expected::Verdict {
            id,
            verdict,
            by,
            until,
        } => {
            let verdict = verdict.word();
            let (by, until) = (titles(by), end(until.as_ref()));
            format!("{} {verdict}{by}{until}", quoted(id))
        }
        Expected::Before { first, second } => {
            format!("{} before {}", quoted(first), quoted(second))
        }
        Expected::Duty(duty) => expected_duty(schema, duty),
        Expected::NoDuty { name, .. } => format!("no {name}"),
        Expected::NothingElse => "nothing else".into(),
    }
}

fn expected_duty(schema: &Schema, duty: &ExpectedDuty<Value>) -> String {
    let fields = schema
        .action(duty.action)
        .map_or(&[][..], |action| &action.fields);
    let with = duty.with.iter().filter_map(|(place, value)| {
        let field = fields.get(*place as usize)?;
        Some((&field.name, value))
    });
    let mut out = format!("{}{}", action_name(schema, duty.action), assigned(with));
    if let Some(on) = &duty.on {
        out.push_str(&format!(" on {}", quoted(on)));
    }
    if let Some(by) = &duty.by {
        out.push_str(&format!(" by {}", shown(by)));
    }
    if let Some(withheld) = &duty.withheld {
        let (by, until) = (titles(&withheld.by), end(withheld.until.as_ref()));
        out.push_str(&format!(" withheld{by}{until}"));
    }
    out
}

/// ` with text: "Hello", amount: 5.00 USD`
pub(super) fn assigned<'v>(fields: impl Iterator<Item = (&'v Arc<str>, &'v Value)>) -> String {
    let pairs: Vec<String> = fields
        .map(|(name, value)| format!("{name}: {}", shown(value)))
        .collect();
    if pairs.is_empty() {
        String::new()
    } else {
        format!(" with {}", pairs.join(", "))
    }
}

pub(super) fn action_name(schema: &Schema, action: ActionId) -> &str {
    schema.action(action).map_or("", |action| &action.name)
}

fn titles(by: &[Arc<str>]) -> String {
    let titles: Vec<String> = by.iter().map(|title| quoted(title)).collect();
    if titles.is_empty() {
        String::new()
    } else {
        format!(" by {}", titles.join(", "))
    }
}

fn end(until: Option<&Value>) -> String {
    until.map_or_else(String::new, |until| format!(" until {}", shown(until)))
}
