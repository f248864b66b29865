//! Single values: numbers, texts, dates, choices and their like.
//!
//! Input: one JSON value and the type that is asked. Output: the value, or a code and a message. Ranges are
//! checked in `seed`, where the field is known.

use std::fmt::Display;

use super::found::{Json, quoted};
use super::reader::{Trouble, nearest};
use crate::schema::{Choice, Schema, TimeForm, Type};
use crate::source::offset;
use crate::value::{
    ChoiceValue, Number, NumberError, Span, SpanError, TimeError, Value, Zone,
    from_epoch_milliseconds, from_epoch_seconds, parse_date, parse_duration, parse_instant,
    parse_period, parse_time, weekday_named,
};

/// Most names that a message lists.
const LISTED: usize = 8;

/// What is asked of one value.
#[derive(Clone, Copy)]
pub(super) struct Asked<'s> {
    pub(super) schema: &'s Schema,
    pub(super) kind: &'s Type,
    pub(super) form: TimeForm,
    pub(super) private: bool,
}

impl Asked<'_> {
    /// The value, where the JSON is one of the type.
    pub(super) fn value(&self, json: &Json<'_>) -> Result<Value, Trouble> {
        match (self.kind, json) {
            (Type::YesNo, Json::YesNo(yes)) => Ok(Value::YesNo(*yes)),
            (Type::Text, Json::Text(text)) => Ok(Value::data(text)),
            (Type::Number, Json::Number(_) | Json::Text(_)) => self.number(json).map(Value::Number),
            (Type::DateTime, Json::Number(_) | Json::Text(_)) => self.instant(json),
            (_, Json::Text(text)) => self.named(text, json),
            _ => Err(self.wrong_type(json)),
        }
    }

    /// The types that stand in data as a text of a certain form.
    fn named(&self, text: &str, json: &Json<'_>) -> Result<Value, Trouble> {
        match self.kind {
            Type::Date => parse_date(text)
                .map(Value::Date)
                .map_err(|error| self.bad_time("bad-date", json, error)),
            Type::Time => parse_time(text)
                .map(Value::Time)
                .map_err(|error| self.bad_time("bad-time", json, error)),
            Type::Duration => self.span("bad-duration", parse_duration(text), json),
            Type::Period => self.span("bad-period", parse_period(text), json),
            Type::Timezone => Zone::named(text)
                .map(Value::Timezone)
                .ok_or_else(|| self.refused("unknown-timezone", json, "")),
            Type::Weekday => weekday_named(text)
                .map(Value::Weekday)
                .ok_or_else(|| self.unknown_weekday(text, json)),
            Type::Choice(id) => match self.schema.choice(*id) {
                Some(choice) => self.choice(choice, text, json),
                None => Err(self.wrong_type(json)),
            },
            _ => Err(self.wrong_type(json)),
        }
    }

    /// A number, from a JSON number or from a text.
    pub(super) fn number(&self, json: &Json<'_>) -> Result<Number, Trouble> {
        let number = match json {
            Json::Number(digits) => Number::parse_json(digits),
            Json::Text(text) => Number::parse(text),
            _ => return Err(self.wrong_type(json)),
        };
        number.map_err(|error| match error {
            NumberError::NotANumber => self.refused("bad-number", json, ""),
            _ => self.refused("bad-number", json, error),
        })
    }

    fn instant(&self, json: &Json<'_>) -> Result<Value, Trouble> {
        let from_epoch = match (self.form, json) {
            (TimeForm::Rfc3339, Json::Text(text)) => {
                let instant = parse_instant(text)
                    .map_err(|error| self.bad_time("bad-date-time", json, error))?;
                return Ok(Value::DateTime(instant));
            }
            (TimeForm::Rfc3339, _) => return Err(self.wrong_type(json)),
            (TimeForm::EpochSeconds, _) => from_epoch_seconds,
            (TimeForm::EpochMilliseconds, _) => from_epoch_milliseconds,
        };
        let number = self
            .number(json)
            .map_err(|(_, message)| ("bad-date-time", message))?;
        let count = number
            .to_i64()
            .ok_or_else(|| self.refused("bad-date-time", json, ""))?;
        let outside = || self.refused("bad-date-time", json, TimeError::OutOfRange);
        from_epoch(count).map(Value::DateTime).ok_or_else(outside)
    }

    fn span(
        &self,
        code: &'static str,
        span: Result<Span, SpanError>,
        json: &Json<'_>,
    ) -> Result<Value, Trouble> {
        span.map(Value::Span).map_err(|error| match error {
            SpanError::NotASpan => self.refused(code, json, ""),
            _ => self.refused(code, json, error),
        })
    }

    fn choice(&self, choice: &Choice, text: &str, json: &Json<'_>) -> Result<Value, Trouble> {
        match choice.values.written(text) {
            Some((index, option)) => Ok(Value::Choice(ChoiceValue {
                index: offset(index),
                text: option.text.clone(),
            })),
            None => Err(self.unknown_name(
                "unknown-choice",
                text,
                json,
                choice.values.iter().map(|option| &*option.text),
            )),
        }
    }

    fn unknown_weekday(&self, text: &str, json: &Json<'_>) -> Trouble {
        self.unknown_name("unknown-choice", text, json, crate::value::WEEKDAYS)
    }

    /// A name that is none of these; the nearest is offered unless that would tell what is private.
    fn unknown_name<'a>(
        &self,
        code: &'static str,
        text: &str,
        json: &Json<'_>,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Trouble {
        let offer = if self.private {
            "".into()
        } else {
            nearest(text, names)
        };
        let (code, message) = self.refused(code, json, "");
        (code, format!("{message}{offer}"))
    }

    fn bad_time(&self, code: &'static str, json: &Json<'_>, error: TimeError) -> Trouble {
        // What begins with no digit is no date at all, whatever else is wrong with it.
        let near = matches!(json, Json::Text(text) if text.starts_with(|letter: char| letter.is_ascii_digit()));
        match error {
            TimeError::NotADate | TimeError::NotATime | TimeError::NotAnInstant => {
                self.refused(code, json, "")
            }
            _ if near => self.refused(code, json, error),
            _ => self.refused(code, json, ""),
        }
    }

    /// The JSON is of another kind altogether.
    pub(super) fn wrong_type(&self, json: &Json<'_>) -> Trouble {
        self.refused("wrong-type", json, "")
    }

    /// `expected …, found …`, and why not where that is not plain to see.
    fn refused(&self, code: &'static str, json: &Json<'_>, why: impl Display) -> Trouble {
        let message = format!("expected {}, {}", self.expected(), json.found(self.private));
        let why = why.to_string();
        (
            code,
            if why.is_empty() {
                message
            } else {
                format!("{message}: {why}")
            },
        )
    }

    /// What is asked, in words, with an example where the form matters.
    pub(super) fn expected(&self) -> String {
        match (self.kind, self.form) {
            (Type::YesNo, _) => "`true` or `false`".into(),
            (Type::Text, _) => "a text".into(),
            (Type::Number, _) => "a number such as `12.5`".into(),
            (Type::Money(currency), _) => {
                format!("an amount of {} such as `12.50`", currency.code())
            }
            (Type::Date, _) => "a date such as `2026-11-23`".into(),
            (Type::Time, _) => "a time of day such as `09:30`".into(),
            (Type::DateTime, TimeForm::Rfc3339) => {
                "a date and time such as `2026-11-23T10:00:00Z`".into()
            }
            (Type::DateTime, TimeForm::EpochSeconds) => {
                "whole seconds since 1970 such as `1795428000`".into()
            }
            (Type::DateTime, TimeForm::EpochMilliseconds) => {
                "whole milliseconds since 1970 such as `1795428000000`".into()
            }
            (Type::Duration, _) => "a duration such as `PT2H30M`".into(),
            (Type::Period, _) => "a period such as `P1M` or `P30D`".into(),
            (Type::Timezone, _) => "a time zone such as `Europe/London`".into(),
            (Type::Weekday, _) => "a weekday such as `monday`".into(),
            (Type::Choice(id), _) => self.schema.choice(*id).map_or_else(String::new, choices),
            (Type::Record(_), _) => {
                format!("a record of type `{}`", self.schema.describe(self.kind))
            }
            (Type::List(_), _) => "a list".into(),
            (Type::Unknown, _) => "a value".into(),
        }
    }
}

/// The values of a choice, or its name where there are many.
fn choices(choice: &Choice) -> String {
    if choice.values.len() > LISTED {
        return format!("a value of `{}`", choice.name);
    }
    let names: Vec<String> = choice
        .values
        .iter()
        .map(|option| quoted(&option.text))
        .collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "a value".into(),
    }
}
