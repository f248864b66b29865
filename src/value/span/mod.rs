//! Lengths of time: `Duration` (exact) and `Period` (civil).
//!
//! Months and days are civil: how long they are depends on where they start and in which zone. Hours, minutes
//! and seconds are exact. The three parts never turn into each other: a day is not 24 hours.
//! Invariant: every operation holds at the ends of its integers instead of overflowing; shifting by such a span
//! ends at the first or last moment that dates can hold.

mod iso;

use std::cmp::Ordering;
use std::fmt;

use super::Number;

pub use iso::{SpanError, parse_duration, parse_period};

/// Nanoseconds of a second.
const SECOND: i128 = 1_000_000_000;
/// Nanoseconds of a minute.
const MINUTE: i128 = 60_000_000_000;
/// Nanoseconds of an hour.
const HOUR: i128 = 3_600_000_000_000;

/// A length of time: months and days of the calendar, and exact nanoseconds.
///
/// A year is 12 months and a week 7 days, exactly; nothing else turns into anything else.
///
/// ```
/// use courtesy::value::Span;
///
/// assert_eq!(Span::weeks(2), Span::days(14));
/// assert_ne!(Span::hours(24), Span::days(1));
/// assert_eq!(Span::minutes(90).to_string(), "1 hour 30 minutes");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Months of the calendar.
    pub months: i64,
    /// Days of the calendar.
    pub days: i64,
    /// Exact time.
    pub nanoseconds: i128,
}

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span {
        months: 0,
        days: 0,
        nanoseconds: 0,
    };

    /// Exact hours.
    pub fn hours(count: i64) -> Span {
        Span::exact(i128::from(count).saturating_mul(HOUR))
    }

    /// Exact minutes.
    pub fn minutes(count: i64) -> Span {
        Span::exact(i128::from(count).saturating_mul(MINUTE))
    }

    /// Exact seconds.
    pub fn seconds(count: i64) -> Span {
        Span::exact(i128::from(count).saturating_mul(SECOND))
    }

    /// Exact nanoseconds.
    pub fn exact(nanoseconds: i128) -> Span {
        Span {
            nanoseconds,
            ..Span::ZERO
        }
    }

    /// Days of the calendar.
    pub fn days(count: i64) -> Span {
        Span {
            days: count,
            ..Span::ZERO
        }
    }

    /// Weeks of the calendar: 7 days each.
    pub fn weeks(count: i64) -> Span {
        Span::days(count.saturating_mul(7))
    }

    /// Months of the calendar.
    pub fn months(count: i64) -> Span {
        Span {
            months: count,
            ..Span::ZERO
        }
    }

    /// Years of the calendar: 12 months each.
    pub fn years(count: i64) -> Span {
        Span::months(count.saturating_mul(12))
    }

    /// Both lengths together, part by part.
    pub fn add(&self, other: &Span) -> Span {
        Span {
            months: self.months.saturating_add(other.months),
            days: self.days.saturating_add(other.days),
            nanoseconds: self.nanoseconds.saturating_add(other.nanoseconds),
        }
    }

    /// The same length the other way.
    pub fn negate(&self) -> Span {
        Span {
            months: self.months.saturating_neg(),
            days: self.days.saturating_neg(),
            nanoseconds: self.nanoseconds.saturating_neg(),
        }
    }

    /// This length less the other, part by part.
    pub fn sub(&self, other: &Span) -> Span {
        self.add(&other.negate())
    }

    /// So many of it, the factor's fraction used for exact time only.
    ///
    /// Exact time is rounded to whole nanoseconds, halves to even; of months and days whole ones are kept.
    pub fn times(&self, factor: &Number) -> Span {
        let civil = |count: i64| {
            Number::from_i64(count)
                .mul(factor)
                .trunc_to_i64_saturating()
        };
        Span {
            months: civil(self.months),
            days: civil(self.days),
            nanoseconds: times_exact(self.nanoseconds, factor),
        }
    }

    /// Whether it has no months and no days, so that it is equally long everywhere.
    pub fn is_exact(&self) -> bool {
        self.months == 0 && self.days == 0
    }

    /// The order of two exact lengths; `None` where months or days are among them.
    pub fn compare(&self, other: &Span) -> Option<Ordering> {
        (self.is_exact() && other.is_exact()).then(|| self.nanoseconds.cmp(&other.nanoseconds))
    }

    /// Whole exact hours, towards 0, in it.
    pub fn whole_hours(&self) -> i64 {
        saturate(self.nanoseconds / HOUR)
    }

    /// Whole exact minutes, towards 0, in it.
    pub fn whole_minutes(&self) -> i64 {
        saturate(self.nanoseconds / MINUTE)
    }

    /// Whether some part of it runs backwards.
    fn runs_backwards(&self) -> bool {
        self.months < 0 || self.days < 0 || self.nanoseconds < 0
    }
}

/// The sizes of a span's units, largest first, without their signs.
struct Units {
    years: u64,
    months: u64,
    days: u64,
    hours: u128,
    minutes: u128,
    seconds: u128,
    nanoseconds: u128,
}

impl Units {
    fn of(span: &Span) -> Units {
        let months = span.months.unsigned_abs();
        let exact = span.nanoseconds.unsigned_abs();
        Units {
            years: months / 12,
            months: months % 12,
            days: span.days.unsigned_abs(),
            hours: exact / 3_600_000_000_000,
            minutes: exact / 60_000_000_000 % 60,
            seconds: exact / 1_000_000_000 % 60,
            nanoseconds: exact % 1_000_000_000,
        }
    }

    /// Seconds with their fraction, `1` or `1.5`.
    fn seconds_text(&self) -> String {
        let fraction = i128::try_from(self.nanoseconds).unwrap_or(0);
        let whole = i128::try_from(self.seconds).unwrap_or(0);
        Number::from_parts(whole.saturating_mul(SECOND).saturating_add(fraction), 9).to_string()
    }
}

/// As people write it: `1 year 2 months`, `30 days`, `1 hour 30 minutes`.
///
/// Weeks are written as days and twelve months as a year, as `14 days` is the same length as two weeks and a
/// span does not remember which was meant. What runs backwards follows `minus`; nothing is `0 minutes`.
impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ahead, back) = (words(self, false), words(self, true));
        match (ahead.is_empty(), back.is_empty()) {
            (true, true) => formatter.write_str("0 minutes"),
            (false, true) => formatter.write_str(&ahead),
            (true, false) => write!(formatter, "minus {back}"),
            (false, false) => write!(formatter, "{ahead} minus {back}"),
        }
    }
}

/// The parts of one direction in words.
fn words(span: &Span, backwards: bool) -> String {
    let units = Units::of(&span.one_way(backwards));
    let parts = [
        (units.years.to_string(), "year"),
        (units.months.to_string(), "month"),
        (units.days.to_string(), "day"),
        (units.hours.to_string(), "hour"),
        (units.minutes.to_string(), "minute"),
        (units.seconds_text(), "second"),
    ];
    let written: Vec<String> = parts
        .iter()
        .filter(|(count, _)| count != "0")
        .map(counted)
        .collect();
    written.join(" ")
}

fn counted((count, unit): &(String, &str)) -> String {
    let ending = if count == "1" { "" } else { "s" };
    format!("{count} {unit}{ending}")
}

impl Span {
    /// Only the parts that run backwards, or only the others.
    fn one_way(&self, backwards: bool) -> Span {
        Span {
            months: if (self.months < 0) == backwards {
                self.months
            } else {
                0
            },
            days: if (self.days < 0) == backwards {
                self.days
            } else {
                0
            },
            nanoseconds: if (self.nanoseconds < 0) == backwards {
                self.nanoseconds
            } else {
                0
            },
        }
    }
}

fn times_exact(nanoseconds: i128, factor: &Number) -> i128 {
    let product = Number::from_parts(nanoseconds, 0)
        .mul(factor)
        .round_to_step(&Number::ONE);
    product.to_i128_saturating()
}

fn saturate(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}
