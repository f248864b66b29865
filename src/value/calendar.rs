//! The calendar's weeks, months, quarters and years, nth weekdays, ages and anniversaries.
//!
//! Rules: the calendar is the Gregorian one; a week starts where the package says; someone born on 29 February
//! has their day on 28 February in ordinary years.
//! Invariant: results stay within the years 1 to 9999.

use jiff::civil::{Date, Weekday};

use super::civil::{EARLIEST_DATE, LATEST_DATE, shift_date};
use super::{CountUnit, Span, count_between_dates};

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarUnit {
    /// Seven days from the day on which weeks start.
    Week,
    /// A month of the calendar.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// A year of the calendar.
    Year,
}

/// The first date of a stretch of the calendar, and the first date after it.
///
/// `offset` is 0 for the stretch in which `today` lies, -1 for the previous, 1 for the next.
///
/// ```
/// use courtesy::value::{CalendarUnit, Weekday, calendar_window, parse_date};
///
/// let wednesday = parse_date("2026-07-29").unwrap();
/// let (first, after) = calendar_window(wednesday, CalendarUnit::Week, 0, Weekday::Monday);
/// assert_eq!((first.to_string(), after.to_string()), ("2026-07-27".into(), "2026-08-03".into()));
/// let (first, after) = calendar_window(wednesday, CalendarUnit::Quarter, -1, Weekday::Monday);
/// assert_eq!((first.to_string(), after.to_string()), ("2026-04-01".into(), "2026-07-01".into()));
/// ```
pub fn calendar_window(
    today: Date,
    unit: CalendarUnit,
    offset: i32,
    week_start: Weekday,
) -> (Date, Date) {
    let start = start_of(today, unit, week_start);
    let offset = i64::from(offset);
    (
        step(start, unit, offset),
        step(start, unit, offset.saturating_add(1)),
    )
}

fn start_of(today: Date, unit: CalendarUnit, week_start: Weekday) -> Date {
    match unit {
        CalendarUnit::Week => {
            let into_week = i64::from(week_start.until(today.weekday()));
            shift_date(today, &Span::days(into_week.saturating_neg()))
        }
        CalendarUnit::Month => today.first_of_month(),
        CalendarUnit::Quarter => {
            let into_quarter = i64::from(today.month()).saturating_sub(1) % 3;
            shift_date(
                today.first_of_month(),
                &Span::months(into_quarter.saturating_neg()),
            )
        }
        CalendarUnit::Year => today.first_of_year(),
    }
}

fn step(start: Date, unit: CalendarUnit, count: i64) -> Date {
    let span = match unit {
        CalendarUnit::Week => Span::weeks(count),
        CalendarUnit::Month => Span::months(count),
        CalendarUnit::Quarter => Span::months(count.saturating_mul(3)),
        CalendarUnit::Year => Span::years(count),
    };
    shift_date(start, &span)
}

/// The nth such weekday of the month in which `day` lies: 1 is the first, -1 the last.
///
/// `None` where the month has no such day, as for the fifth wednesday of most months, and for 0.
///
/// ```
/// use courtesy::value::{Weekday, nth_weekday_of_month, parse_date};
///
/// let day = parse_date("2026-07-01").unwrap();
/// let last_wednesday = nth_weekday_of_month(day, -1, Weekday::Wednesday).unwrap();
/// assert_eq!(last_wednesday.to_string(), "2026-07-29");
/// ```
pub fn nth_weekday_of_month(day: Date, nth: i8, weekday: Weekday) -> Option<Date> {
    day.nth_weekday_of_month(nth, weekday).ok()
}

/// The last day of the month in which `day` lies.
pub fn last_day_of_month(day: Date) -> Date {
    day.last_of_month()
}

/// Whole years from a birth to today; 29 February counts as 28 February in ordinary years.
///
/// Below 0 where the birth is more than a year ahead.
///
/// ```
/// use courtesy::value::{age_on, parse_date};
///
/// let birth = parse_date("2000-02-29").unwrap();
/// assert_eq!(age_on(birth, parse_date("2018-02-27").unwrap()), 17);
/// assert_eq!(age_on(birth, parse_date("2018-02-28").unwrap()), 18);
/// ```
pub fn age_on(birth: Date, today: Date) -> i64 {
    count_between_dates(CountUnit::Years, birth, today)
}

/// The next day with the day and month of `date`, today included; 28 February for 29 in ordinary years.
///
/// The year of `date` does not matter. After the last such day of the year 9999 it is that year's last day.
///
/// ```
/// use courtesy::value::{next_anniversary, parse_date};
///
/// let birth = parse_date("2000-02-29").unwrap();
/// let next = next_anniversary(birth, parse_date("2026-03-01").unwrap());
/// assert_eq!(next.to_string(), "2027-02-28");
/// ```
pub fn next_anniversary(date: Date, today: Date) -> Date {
    let this_year = in_year(date, today.year());
    if this_year >= today {
        return this_year;
    }
    match today.year() {
        9999.. => LATEST_DATE,
        year => in_year(date, year.saturating_add(1)),
    }
}

/// The day and month of `date` in a year.
fn in_year(date: Date, year: i16) -> Date {
    let month = Date::new(year, date.month(), 1).unwrap_or(EARLIEST_DATE);
    let day = date.day().min(month.days_in_month());
    Date::new(year, date.month(), day).unwrap_or(month)
}
