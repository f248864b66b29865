//! Working hours and minutes: the moment so many away, and how many lie between two.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::days::step;
use super::{Way, WorkingTime, WorkingUnit};
use crate::value::civil::days_between;
use crate::value::instant::{NANOSECOND, first_reaching};
use crate::value::{EARLIEST_INSTANT, LATEST_INSTANT, combine, date_of, time_of};

/// When hours of one day begin and end, in nanoseconds since 1970; never empty.
type Open = (i128, i128);

impl WorkingTime {
    /// Whether an instant lies within working time.
    #[must_use]
    pub fn is_working_instant(&self, instant: Timestamp) -> bool {
        let at = instant.as_nanosecond();
        self.last_days_open(instant)
            .any(|(from, to)| from <= at && at < to)
    }

    /// The first instant after this one at which working time begins or ends, looked for so many days ahead.
    ///
    /// Hours that follow one another without a pause are one.
    #[must_use]
    pub fn next_change(&self, instant: Timestamp, days: i64) -> Option<Timestamp> {
        let at = instant.as_nanosecond();
        let open = self.is_working_instant(instant);
        let mut date = date_of(instant, &self.zone);
        let last = step(date, days, Way::After);
        let mut end: Option<i128> = None;
        while date < last {
            for (from, to) in self.open_on(date).filter(|(_, to)| *to > at) {
                match end {
                    _ if !open => return Timestamp::from_nanosecond(from).ok(),
                    Some(end) if from > end => return Timestamp::from_nanosecond(end).ok(),
                    _ => end = Some(to),
                }
            }
            date = stepped(date, Way::After)?;
        }
        let looked = first_reaching(last, Time::midnight(), &self.zone).as_nanosecond();
        let end = end.filter(|end| *end < looked)?;
        Timestamp::from_nanosecond(end).ok()
    }

    /// The instant so much working time after another; of days, the same time of day on the day.
    #[must_use]
    pub fn instant_after(&self, from: Timestamp, unit: WorkingUnit, count: i64) -> Timestamp {
        self.moved(from, unit, count, Way::After)
    }

    /// The instant so much working time before another.
    #[must_use]
    pub fn instant_before(&self, from: Timestamp, unit: WorkingUnit, count: i64) -> Timestamp {
        self.moved(from, unit, count, Way::Before)
    }

    /// How many whole units of working time lie from `a` to `b`; negative where `b` is before `a`.
    #[must_use]
    pub fn count_between(&self, unit: WorkingUnit, a: Timestamp, b: Timestamp) -> i64 {
        if b < a {
            return self.count_between(unit, b, a).saturating_neg();
        }
        match unit.nanoseconds() {
            None => self.days_between(date_of(a, &self.zone), date_of(b, &self.zone)),
            Some(one) => {
                let whole = self.elapsed(a, b).checked_div(one).unwrap_or(0);
                i64::try_from(whole).unwrap_or(i64::MAX)
            }
        }
    }

    fn moved(&self, from: Timestamp, unit: WorkingUnit, count: i64, way: Way) -> Timestamp {
        let Some(one) = unit.nanoseconds() else {
            let day = self.nth_day(date_of(from, &self.zone), count, way);
            return combine(day, time_of(from, &self.zone), &self.zone);
        };
        if count == 0 && self.is_working_instant(from) {
            return from;
        }
        let amount = one.saturating_mul(i128::from(count));
        let found = match way {
            Way::After => self.later(from, amount),
            Way::Before => self.earlier(from, amount),
        };
        let held = found.and_then(|nanoseconds| Timestamp::from_nanosecond(nanoseconds).ok());
        let end = match way {
            Way::After => LATEST_INSTANT,
            Way::Before => EARLIEST_INSTANT,
        };
        held.unwrap_or(end).clamp(EARLIEST_INSTANT, LATEST_INSTANT)
    }

    /// The earliest instant by which that much working time has passed since another.
    fn later(&self, from: Timestamp, amount: i128) -> Option<i128> {
        let (mut left, mut date) = (amount, date_of(from, &self.zone));
        loop {
            for (open, close) in self.open_on(date) {
                let start = open.max(from.as_nanosecond());
                if close <= start {
                    continue;
                }
                let room = close.saturating_sub(start);
                if left <= room {
                    return Some(start.saturating_add(left));
                }
                left = left.saturating_sub(room);
            }
            date = stepped(date, Way::After)?;
        }
    }

    /// The latest instant from which that much working time passes until another.
    fn earlier(&self, from: Timestamp, amount: i128) -> Option<i128> {
        let mut left = amount;
        let mut date = step(date_of(from, &self.zone), 1, Way::After);
        loop {
            for (open, close) in self.open_on(date).rev() {
                let end = close.min(from.as_nanosecond());
                if end <= open {
                    continue;
                }
                let room = end.saturating_sub(open);
                if left <= room {
                    return Some(end.saturating_sub(left));
                }
                left = left.saturating_sub(room);
            }
            date = stepped(date, Way::Before)?;
        }
    }

    /// The hours that may hold an instant.
    ///
    /// They are those of its day, and of the next where the clocks went back over midnight after it had begun.
    fn last_days_open(&self, instant: Timestamp) -> impl Iterator<Item = Open> {
        let day = date_of(instant, &self.zone);
        let next = stepped(day, Way::After);
        let days = std::iter::once(day).chain(next);
        days.flat_map(|day| self.open_on(day))
    }

    /// When the hours of a date begin and end, in order.
    fn open_on(&self, date: Date) -> impl DoubleEndedIterator<Item = Open> {
        let reaching =
            move |date: Date, time: Time| first_reaching(date, time, &self.zone).as_nanosecond();
        let hours = self.hours_on(date).iter().map(move |(from, to)| {
            let close = match to {
                Some(to) => reaching(date, *to),
                None => reaching(step(date, 1, Way::After), Time::midnight()),
            };
            (reaching(date, *from), close)
        });
        hours.filter(|(open, close)| open < close)
    }

    /// How much working time lies from `a` to `b`, which is not before it.
    ///
    /// All days are taken as they are without clock changes and exceptions; the first and the last, and those on
    /// which the clocks change, are then taken out and counted as they are.
    fn elapsed(&self, a: Timestamp, b: Timestamp) -> i128 {
        let first = date_of(a, &self.zone);
        let last = step(date_of(b, &self.zone), 1, Way::After);
        let mut days = self.days_of_changes(a, b);
        days.extend([first, step(last, 1, Way::Before), last]);
        days.retain(|day| (first..=last).contains(day));
        days.sort_unstable();
        days.dedup();
        let singly = days.iter().map(|day| {
            let real = self.elapsed_on(*day, a, b);
            real.saturating_sub(super::length_of(self.hours_on(*day)))
        });
        singly.fold(self.plain_length(first, last), i128::saturating_add)
    }

    /// The working time of one date that lies from `a` to `b`.
    fn elapsed_on(&self, date: Date, a: Timestamp, b: Timestamp) -> i128 {
        let lengths = self.open_on(date).map(|(open, close)| {
            let (open, close) = (open.max(a.as_nanosecond()), close.min(b.as_nanosecond()));
            close.saturating_sub(open).max(0)
        });
        lengths.fold(0, i128::saturating_add)
    }

    /// The working time from the first to the last date, both included, as if the clocks never changed.
    fn plain_length(&self, first: Date, last: Date) -> i128 {
        let days = days_between(first, last).saturating_add(1);
        let weeks = i128::from(days.checked_div(7).unwrap_or(0));
        let rest = usize::try_from(days.checked_rem(7).unwrap_or(0)).unwrap_or(0);
        let weekdays = first.weekday().cycle_forward().take(rest);
        let rest = weekdays.map(|weekday| self.week.nanoseconds_on(weekday));
        let all = rest.fold(
            weeks.saturating_mul(self.week.nanoseconds()),
            i128::saturating_add,
        );
        let exceptions = self.exceptions_within(first, last).iter();
        exceptions.fold(all, |all, date| {
            all.saturating_sub(self.week.nanoseconds_on(date.weekday()))
        })
    }

    /// The dates on which the clocks of the zone change, from two days before `a` to two days after `b`.
    fn days_of_changes(&self, a: Timestamp, b: Timestamp) -> Vec<Date> {
        let margin = SignedDuration::from_hours(48);
        let from = a.checked_sub(margin).unwrap_or(a);
        let to = b.checked_add(margin).unwrap_or(b);
        let rules = self.zone.rules();
        let mut days = Vec::new();
        for change in rules.following(from) {
            let at = change.timestamp();
            if at > to {
                break;
            }
            let before = rules.to_offset(at.checked_sub(NANOSECOND).unwrap_or(at));
            let old = before.to_datetime(at).date();
            let new = change.offset().to_datetime(at).date();
            let (mut day, last) = (old.min(new), old.max(new));
            loop {
                days.push(day);
                match stepped(day, Way::After) {
                    Some(next) if next <= last => day = next,
                    _ => break,
                }
            }
        }
        days
    }
}

/// The next date, `None` at the end.
fn stepped(date: Date, way: Way) -> Option<Date> {
    let next = step(date, 1, way);
    (next != date).then_some(next)
}
