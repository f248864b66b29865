//! How many whole units lie between two moments.
//!
//! Rules: hours and minutes are exact and dropped towards 0; days and more are civil: the largest number that,
//! added to the earlier moment, does not lead past the later one. From B to A is always the negative of from A
//! to B.

use jiff::Timestamp;
use jiff::civil::Date;

use super::civil::{days_between, try_shift_date};
use super::instant::{date_of, local_time, try_shift_civil};
use super::{Span, Zone};

/// What is counted between two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CountUnit {
    /// Exact minutes.
    Minutes,
    /// Exact hours.
    Hours,
    /// Days of the calendar.
    Days,
    /// Seven days of the calendar each.
    Weeks,
    /// Months of the calendar.
    Months,
    /// Years of the calendar.
    Years,
}

/// What days and more are counted in: a base and how many of it make one unit.
#[derive(Clone, Copy)]
enum Base {
    Days(i64),
    Months(i64),
}

impl CountUnit {
    /// The civil base; hours and minutes count whole days here.
    fn base(self) -> Base {
        match self {
            CountUnit::Minutes | CountUnit::Hours | CountUnit::Days => Base::Days(1),
            CountUnit::Weeks => Base::Days(7),
            CountUnit::Months => Base::Months(1),
            CountUnit::Years => Base::Months(12),
        }
    }
}

/// How many whole units from `a` to `b`; negative where `b` is before `a`.
///
/// ```
/// use courtesy::value::{CountUnit, Zone, count_between_instants, parse_instant};
///
/// let new_york = Zone::named("America/New_York").unwrap();
/// // A day of 23 hours.
/// let a = parse_instant("2026-03-07T12:00:00-05:00").unwrap();
/// let b = parse_instant("2026-03-08T12:00:00-04:00").unwrap();
/// assert_eq!(count_between_instants(CountUnit::Hours, a, b, &new_york), 23);
/// assert_eq!(count_between_instants(CountUnit::Days, a, b, &new_york), 1);
/// assert_eq!(count_between_instants(CountUnit::Days, b, a, &new_york), -1);
/// ```
pub fn count_between_instants(unit: CountUnit, a: Timestamp, b: Timestamp, zone: &Zone) -> i64 {
    match unit {
        CountUnit::Minutes => exact_between(a, b).whole_minutes(),
        CountUnit::Hours => exact_between(a, b).whole_hours(),
        _ if b < a => civil_between(unit, b, a, zone).saturating_neg(),
        _ => civil_between(unit, a, b, zone),
    }
}

fn exact_between(a: Timestamp, b: Timestamp) -> Span {
    Span::exact(b.as_nanosecond().saturating_sub(a.as_nanosecond()))
}

fn civil_between(unit: CountUnit, a: Timestamp, b: Timestamp, zone: &Zone) -> i64 {
    let local = local_time(a, zone);
    let guess = distance(unit.base(), local.date(), date_of(b, zone));
    largest(unit.base(), guess, |span| {
        try_shift_civil(local, span, zone).is_some_and(|moved| moved <= b)
    })
}

/// How many whole units from one date to another; negative where `b` is before `a`.
///
/// The checker lets only days and more be counted between dates; hours and minutes would be those of days of 24
/// hours.
///
/// ```
/// use courtesy::value::{CountUnit, count_between_dates, parse_date};
///
/// let (a, b) = (parse_date("2026-01-31").unwrap(), parse_date("2026-02-28").unwrap());
/// assert_eq!(count_between_dates(CountUnit::Days, a, b), 28);
/// assert_eq!(count_between_dates(CountUnit::Months, a, b), 1);
/// ```
pub fn count_between_dates(unit: CountUnit, a: Date, b: Date) -> i64 {
    if b < a {
        return count_between_dates(unit, b, a).saturating_neg();
    }
    let guess = distance(unit.base(), a, b);
    let count = largest(unit.base(), guess, |span| {
        try_shift_date(a, span).is_some_and(|moved| moved <= b)
    });
    match unit {
        CountUnit::Hours => count.saturating_mul(24),
        CountUnit::Minutes => count.saturating_mul(24).saturating_mul(60),
        _ => count,
    }
}

/// The distance of two dates in days or months, the parts of the latter left out.
fn distance(base: Base, a: Date, b: Date) -> i64 {
    match base {
        Base::Days(_) => days_between(a, b),
        Base::Months(_) => month_number(b).saturating_sub(month_number(a)),
    }
}

fn month_number(date: Date) -> i64 {
    i64::from(date.year())
        .saturating_mul(12)
        .saturating_add(i64::from(date.month()))
}

/// The largest number of units that `fits`, from a guess in days or months that is at most two too small.
///
/// Clock changes can put a later wall-clock time before an earlier one, so the guess itself may be off by the
/// day of such a change. Shifting by more never leads to an earlier moment, so whole weeks and years are found
/// by dividing.
fn largest(base: Base, guess: i64, fits: impl Fn(&Span) -> bool) -> i64 {
    let (size, span): (i64, fn(i64) -> Span) = match base {
        Base::Days(size) => (size, Span::days),
        Base::Months(size) => (size, Span::months),
    };
    let top = guess.saturating_add(2);
    let lowest = guess.saturating_sub(2).max(0);
    let found = (lowest..=top).rev().find(|count| fits(&span(*count)));
    found.and_then(|count| count.checked_div(size)).unwrap_or(0)
}
