//! What a policy computes with: the values of the language and their exact arithmetic.
//!
//! Input: what `decode` reads from a record, and the literals of a package. Output: text for people
//! ([`render`]) and exact JSON ([`write_json`]).
//! Invariants: every operation is total and exact or rounds by a written rule; nothing here reads a clock, a
//! file, the environment or the machine's time-zone data; no floating point; equal values behave alike,
//! whatever they were computed from.

mod boundaries;
mod calendar;
mod civil;
mod count;
mod instant;
mod json;
mod json_writer;
mod money;
mod number;
mod record;
mod render;
mod share;
mod span;
mod text;
mod time_text;
mod working;
mod zone;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::sync::Arc;

pub use jiff::Timestamp;
pub use jiff::civil::{Date, Time, Weekday};

pub use boundaries::{clock_boundaries, next_midnight, shift_boundaries, start_after};
pub use calendar::{
    CalendarUnit, age_on, calendar_window, last_day_of_month, next_anniversary,
    nth_weekday_of_month,
};
pub use civil::{
    EARLIEST_DATE, LATEST_DATE, WEEKDAYS, month_name, shift_date, weekday_key, weekday_name,
    weekday_named, weekday_of,
};
pub use count::{CountUnit, count_between_dates, count_between_instants};
pub use instant::{
    EARLIEST_INSTANT, LATEST_INSTANT, combine, date_of, format_rfc3339, from_epoch_milliseconds,
    from_epoch_seconds, shift_instant, start_of_date, time_of,
};
pub use json::{write_json, write_json_text};
pub use json_writer::{JsonObject, write_json_list};
pub use money::{Currency, Money};
pub use number::{Number, NumberError};
pub use record::{ChoiceValue, Record, Shape, ShapeField};
pub use render::{format_date, format_instant, format_time, render};
pub use share::{SLOTS, slot};
pub use span::{Span, SpanError, parse_duration, parse_period};
pub use text::{Segment, Segments, Text, TextBuilder};
pub use time_text::{TimeError, parse_date, parse_instant, parse_time};
pub use working::{WorkingHours, WorkingTime, WorkingUnit, WorkingWeek};
pub use zone::{Zone, zone_database_version};

/// One value of the language.
///
/// Cloning is cheap: whatever is large is shared. `==` is the identity that merging and hashing need, in which
/// two missing values are equal; the language's `is` is [`Value::same`]. `Debug` masks the private fields of
/// records; a value that was taken out of one no longer knows that it was private.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Unknown: an `optional` field without data, or the average of nothing.
    Missing,
    /// `yes` or `no`.
    YesNo(bool),
    /// An exact number.
    Number(Number),
    /// An exact amount of one currency.
    Money(Money),
    /// Text, with the parts that came from data kept apart.
    Text(Text),
    /// A day of the calendar.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// An instant.
    DateTime(Timestamp),
    /// A `Duration` or a `Period`.
    Span(Span),
    /// A time zone.
    Timezone(Zone),
    /// A day of the week.
    Weekday(Weekday),
    /// One name of a `choice`.
    Choice(ChoiceValue),
    /// A record.
    Record(Arc<Record>),
    /// A list; its items are never missing.
    List(Arc<[Value]>),
}

impl Value {
    /// The order of two values, `None` where there is none.
    ///
    /// Numbers, money of one currency, dates, times, instants, exact durations and values of a `choice` have an
    /// order. Two kinds have none between them, nor has anything with what is missing.
    ///
    /// ```
    /// use std::cmp::Ordering;
    /// use courtesy::value::{Number, Value};
    ///
    /// let two = Value::Number(Number::from_i64(2));
    /// let ten = Value::Number(Number::from_i64(10));
    /// assert_eq!(two.compare(&ten), Some(Ordering::Less));
    /// assert_eq!(two.compare(&Value::Missing), None);
    /// ```
    pub fn compare(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
            (Value::Money(a), Value::Money(b)) => a.compare(b),
            (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
            (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
            (Value::DateTime(a), Value::DateTime(b)) => Some(a.cmp(b)),
            (Value::Span(a), Value::Span(b)) => a.compare(b),
            (Value::Choice(a), Value::Choice(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }

    /// The language's `is`: unknown is never the same as anything, not even as unknown.
    ///
    /// That holds for the two values compared. Inside records and lists, two fields that are both missing do not
    /// make their owners differ: a record is the same as itself.
    ///
    /// ```
    /// use courtesy::value::Value;
    ///
    /// assert!(Value::YesNo(true).same(&Value::YesNo(true)));
    /// assert!(!Value::Missing.same(&Value::Missing));
    /// ```
    pub fn same(&self, other: &Value) -> bool {
        !self.is_missing() && self == other
    }

    /// Whether nothing is known here.
    pub fn is_missing(&self) -> bool {
        matches!(self, Value::Missing)
    }

    /// Text as a package writes it.
    pub fn literal(text: &str) -> Value {
        Value::Text(Text::literal(text))
    }

    /// Text as a record brings it.
    pub fn data(text: &str) -> Value {
        Value::Text(Text::from_data(text))
    }

    /// A whole number.
    pub fn whole(number: i64) -> Value {
        Value::Number(Number::from_i64(number))
    }

    /// A list of values.
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(items.into())
    }
}
