//! Dates: shifting by months and days, and names of months and weekdays.
//!
//! Rules: months first, the day held at the month's last (31 January + 1 month is 28 or 29 February), then days,
//! as in `java.time` and Temporal.
//! Invariant: dates stay within the years 1 to 9999; what would leave them ends at their first or last day.

use jiff::civil::{Date, Weekday};

use super::Span;

/// The first date that a value can hold.
pub const EARLIEST_DATE: Date = Date::constant(1, 1, 1);
/// The last date that a value can hold.
pub const LATEST_DATE: Date = Date::constant(9999, 12, 31);

/// The date so much later; exact time in the span is left out of account.
///
/// ```
/// use courtesy::value::{Span, parse_date, shift_date};
///
/// let end_of_january = parse_date("2026-01-31").unwrap();
/// assert_eq!(shift_date(end_of_january, &Span::months(1)).to_string(), "2026-02-28");
/// assert_eq!(shift_date(end_of_january, &Span::days(1)).to_string(), "2026-02-01");
/// ```
pub fn shift_date(date: Date, span: &Span) -> Date {
    let moved = try_shift_months(date, span.months).unwrap_or_else(|| end_towards(span.months));
    try_shift_days(moved, span.days).unwrap_or_else(|| end_towards(span.days))
}

/// As [`shift_date`], `None` where that would have to stop at an end.
pub(super) fn try_shift_date(date: Date, span: &Span) -> Option<Date> {
    try_shift_days(try_shift_months(date, span.months)?, span.days)
}

fn try_shift_months(date: Date, months: i64) -> Option<Date> {
    let start = i64::from(date.year())
        .checked_mul(12)?
        .checked_add(i64::from(date.month()))?
        .checked_sub(1)?;
    let total = start.checked_add(months)?;
    let year = i16::try_from(total.div_euclid(12))
        .ok()
        .filter(|year| (1..=9999).contains(year))?;
    let month = i8::try_from(total.rem_euclid(12)).ok()?.checked_add(1)?;
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, date.day().min(first.days_in_month())).ok()
}

fn try_shift_days(date: Date, days: i64) -> Option<Date> {
    if days == 0 {
        return Some(date);
    }
    let moved = date
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    (EARLIEST_DATE..=LATEST_DATE)
        .contains(&moved)
        .then_some(moved)
}

fn end_towards(direction: i64) -> Date {
    if direction < 0 {
        EARLIEST_DATE
    } else {
        LATEST_DATE
    }
}

/// How many days later `to` is.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// The day of the week.
pub fn weekday_of(date: Date) -> Weekday {
    date.weekday()
}

/// The name as people write it: `Wednesday`.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The names of the days as packages and data write them, the first of the week first.
pub const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The name as packages and data write it: `wednesday`.
pub fn weekday_key(weekday: Weekday) -> &'static str {
    let [
        monday,
        tuesday,
        wednesday,
        thursday,
        friday,
        saturday,
        sunday,
    ] = WEEKDAYS;
    match weekday {
        Weekday::Monday => monday,
        Weekday::Tuesday => tuesday,
        Weekday::Wednesday => wednesday,
        Weekday::Thursday => thursday,
        Weekday::Friday => friday,
        Weekday::Saturday => saturday,
        Weekday::Sunday => sunday,
    }
}

/// The weekday that packages and data write like this, in small letters.
///
/// ```
/// use courtesy::value::{Weekday, weekday_named};
///
/// assert_eq!(weekday_named("wednesday"), Some(Weekday::Wednesday));
/// assert_eq!(weekday_named("Wednesday"), None);
/// ```
pub fn weekday_named(key: &str) -> Option<Weekday> {
    Weekday::Monday
        .cycle_forward()
        .take(7)
        .find(|weekday| weekday_key(*weekday) == key)
}

/// The name of a month, 1 to 12; nothing for any other number.
pub fn month_name(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        12 => "December",
        _ => "",
    }
}
