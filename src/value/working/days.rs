//! Working days: the Nth one from a date, and how many lie between two.

use jiff::civil::{Date, Weekday};

use super::{Way, WorkingTime};
use crate::value::civil::days_between;
use crate::value::{Span, shift_date};

impl WorkingTime {
    /// The working day so many after a date, whose own day does not count; with 0 the date itself, or the next
    /// working day where it is none.
    #[must_use]
    pub fn date_after(&self, date: Date, count: i64) -> Date {
        self.nth_day(date, count, Way::After)
    }

    /// The working day so many before a date.
    #[must_use]
    pub fn date_before(&self, date: Date, count: i64) -> Date {
        self.nth_day(date, count, Way::Before)
    }

    /// How many working days lie after `a`, up to `b` and that included; negative where `b` is before `a`.
    #[must_use]
    pub fn days_between(&self, a: Date, b: Date) -> i64 {
        if b < a {
            return self.days_between(b, a).saturating_neg();
        }
        self.days_within(a, b)
            .saturating_sub(i64::from(self.is_working_day(a)))
    }

    /// The first date after this one that is a working day where this is none, or none where this is one, looked for
    /// so many days ahead.
    #[must_use]
    pub fn next_day_change(&self, date: Date, days: i64) -> Option<Date> {
        let works = self.is_working_day(date);
        let ahead = (1..=days).map(|days| step(date, days, Way::After));
        ahead
            .filter(|day| self.is_working_day(*day) != works)
            .find(|day| *day > date)
    }

    pub(super) fn nth_day(&self, from: Date, count: i64, way: Way) -> Date {
        if count == 0 && self.is_working_day(from) {
            return from;
        }
        let (mut date, mut left) = self.whole_weeks(from, count.max(1), way);
        while left > 0 {
            let next = step(date, 1, way);
            if next == date {
                break;
            }
            date = next;
            left = left.saturating_sub(i64::from(self.is_working_day(date)));
        }
        date
    }

    /// As far in whole weeks as the count allows, and what is left of it, at least 1.
    ///
    /// Exceptions on the way are counted anew, so it takes no more rounds than there are exceptions.
    fn whole_weeks(&self, from: Date, count: i64, way: Way) -> (Date, i64) {
        let (mut date, mut left) = (from, count);
        loop {
            let spare = left.saturating_sub(1);
            let weeks = spare.checked_div(self.week.working_days()).unwrap_or(0);
            let next = step(date, weeks.saturating_mul(7), way);
            if next == date {
                return (date, left);
            }
            let passed = match way {
                Way::After => self.days_between(date, next),
                Way::Before => self
                    .days_within(next, date)
                    .saturating_sub(i64::from(self.is_working_day(date))),
            };
            (date, left) = (next, left.saturating_sub(passed));
        }
    }

    /// How many working days lie from the first to the last date, both included.
    fn days_within(&self, first: Date, last: Date) -> i64 {
        let exceptions = self.exceptions_within(first, last).len();
        let regular = over_days(first, last, self.week.working_days(), |weekday| {
            i64::from(!self.week.hours_on(weekday).is_empty())
        });
        regular.saturating_sub(i64::try_from(exceptions).unwrap_or(i64::MAX))
    }
}

/// The sum of what each weekday gives from the first to the last date, both included; `week` is that of a week.
fn over_days(first: Date, last: Date, week: i64, of: impl Fn(Weekday) -> i64) -> i64 {
    let days = days_between(first, last).saturating_add(1);
    let weeks = days.checked_div(7).unwrap_or(0).saturating_mul(week);
    let rest = usize::try_from(days.checked_rem(7).unwrap_or(0)).unwrap_or(0);
    let rest = first.weekday().cycle_forward().take(rest).map(of);
    weeks.saturating_add(rest.fold(0, i64::saturating_add))
}

/// So many days later or earlier.
pub(super) fn step(date: Date, days: i64, way: Way) -> Date {
    let days = match way {
        Way::After => days,
        Way::Before => days.saturating_neg(),
    };
    shift_date(date, &Span::days(days))
}
