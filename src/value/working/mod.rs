//! Working time: the hours of a week, without the days on which nobody works, in one zone.
//!
//! Input: [`WorkingWeek`], the exceptions of one case, a zone. Output: whether a moment is working time, the
//! moment so many working days, hours or minutes away, and how many lie between two moments.
//!
//! Rules:
//! - A *working day* is a date with hours on its weekday that is no exception. Dates are those of the calendar: one
//!   that a zone skipped (Apia, 30 December 2011) is a working day without any time in it.
//! - Hours are open from the first instant at which the clocks of the zone show their beginning or a later time to
//!   the first at which they show their end or a later one; the first is in, the second out. So hours that lie in
//!   a gap are not there, hours over a gap are shorter and hours over a repeated hour longer: working hours are
//!   hours that really pass.
//! - *N working hours after T* is the earliest instant by which N hours of working time have passed since T: 8
//!   hours after 09:00 of a day from 09:00 to 17:00 is 17:00 of that day, not 09:00 of the next. *Before* is the
//!   same the other way: the latest instant from which N hours of working time pass until T.
//! - *N working days after a date* is the Nth working day after it, its own day not counted; of an instant, the
//!   same time of day on that day, whether it lies within hours or not.
//! - 0 moves only what lies outside: to the next (before: the last) moment of working time, or the next (last)
//!   working day.
//! - *Days from A to B* are the working days after A's up to and including B's; hours and minutes are whole ones,
//!   what is over is dropped. From B to A is always the negative of from A to B.
//!
//! Invariants: every operation ends, as there are no more exceptions than the list holds and every week has hours
//! ([`WorkingWeek::has_hours`]; without any, a search ends at the first or last date); its cost is bounded by the
//! weeks asked for, by the exceptions, and between two instants by the clock changes, not by the time, between
//! them; dates and instants hold at their ends.

mod days;
mod hours;

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::{Date, Time, Weekday};

use super::Zone;

/// In what working time is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorkingUnit {
    /// Minutes of working time.
    Minutes,
    /// Hours of working time.
    Hours,
    /// Working days.
    Days,
}

impl WorkingUnit {
    /// Nanoseconds of one; `None` for days, which have no length.
    fn nanoseconds(self) -> Option<i128> {
        match self {
            WorkingUnit::Minutes => Some(60_000_000_000),
            WorkingUnit::Hours => Some(3_600_000_000_000),
            WorkingUnit::Days => None,
        }
    }
}

/// Hours of one day, to the day's end where the second is `None`.
pub type WorkingHours = (Time, Option<Time>);

/// The hours of the days of a week, those of each day sorted; the hours of one day do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct WorkingWeek {
    days: [Vec<WorkingHours>; 7],
}

impl WorkingWeek {
    /// Sets the hours of a day of the week.
    pub fn set(&mut self, weekday: Weekday, hours: &[WorkingHours]) {
        if let Some(day) = self.days.get_mut(place_of(weekday)) {
            *day = hours.to_vec();
            day.sort_unstable_by_key(|(from, _)| *from);
        }
    }

    /// The hours of a day of the week.
    #[must_use]
    pub fn hours_on(&self, weekday: Weekday) -> &[WorkingHours] {
        self.days.get(place_of(weekday)).map_or(&[], Vec::as_slice)
    }

    /// Whether anybody ever works.
    #[must_use]
    pub fn has_hours(&self) -> bool {
        self.working_days() > 0
    }

    /// How many days of the week have hours.
    #[must_use]
    pub fn working_days(&self) -> i64 {
        let days = self.days.iter().filter(|hours| !hours.is_empty());
        i64::try_from(days.count()).unwrap_or(7)
    }

    /// Working time of a week without exceptions and clock changes, in whole units.
    #[must_use]
    pub fn length_in(&self, unit: WorkingUnit) -> i64 {
        match unit.nanoseconds() {
            None => self.working_days(),
            Some(one) => {
                let whole = self.nanoseconds().checked_div(one).unwrap_or(0);
                i64::try_from(whole).unwrap_or(i64::MAX)
            }
        }
    }

    fn nanoseconds(&self) -> i128 {
        let days = self.days.iter().map(|hours| length_of(hours));
        days.fold(0, i128::saturating_add)
    }

    fn nanoseconds_on(&self, weekday: Weekday) -> i128 {
        length_of(self.hours_on(weekday))
    }
}

fn place_of(weekday: Weekday) -> usize {
    usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0)
}

/// How long hours are on a day without a clock change.
fn length_of(hours: &[WorkingHours]) -> i128 {
    let lengths = hours.iter().map(|(from, to)| {
        let from = Time::midnight().duration_until(*from);
        let to = to.map_or(SignedDuration::from_hours(24), |to| {
            Time::midnight().duration_until(to)
        });
        to.as_nanos().saturating_sub(from.as_nanos())
    });
    lengths.fold(0, i128::saturating_add)
}

/// The working time of one case.
///
/// ```
/// use std::sync::Arc;
/// use courtesy::value::{Weekday, WorkingTime, WorkingUnit, WorkingWeek, Zone};
/// use courtesy::value::{format_rfc3339, parse_date, parse_instant, parse_time};
///
/// let mut week = WorkingWeek::default();
/// let hours = [(parse_time("09:00").unwrap(), parse_time("17:00").ok())];
/// for day in [Weekday::Monday, Weekday::Thursday, Weekday::Friday] {
///     week.set(day, &hours);
/// }
/// let christmas = parse_date("2026-12-25").unwrap();
/// let desk = WorkingTime::new(Arc::new(week), [christmas], Zone::named("Europe/London").unwrap());
///
/// // The Thursday before a Christmas on Friday.
/// let thursday = parse_date("2026-12-24").unwrap();
/// assert_eq!(desk.date_after(thursday, 1).to_string(), "2026-12-28");
/// let afternoon = parse_instant("2026-12-24T15:00:00Z").unwrap();
/// let later = desk.instant_after(afternoon, WorkingUnit::Hours, 4);
/// assert_eq!(format_rfc3339(later), "2026-12-28T11:00:00Z");
/// ```
#[derive(Clone, Debug)]
pub struct WorkingTime {
    week: Arc<WorkingWeek>,
    /// Exceptions on days that would be working days, sorted, each once.
    exceptions: Vec<Date>,
    zone: Zone,
}

impl WorkingTime {
    /// The working time of this week without the exceptions, in that zone.
    #[must_use]
    pub fn new(
        week: Arc<WorkingWeek>,
        exceptions: impl IntoIterator<Item = Date>,
        zone: Zone,
    ) -> WorkingTime {
        let mut exceptions: Vec<Date> = exceptions
            .into_iter()
            .filter(|date| !week.hours_on(date.weekday()).is_empty())
            .collect();
        exceptions.sort_unstable();
        exceptions.dedup();
        WorkingTime {
            week,
            exceptions,
            zone,
        }
    }

    /// Whether a date is a working day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.hours_on(date).is_empty()
    }

    /// The hours of a date: none on an exception.
    fn hours_on(&self, date: Date) -> &[WorkingHours] {
        if self.exceptions.binary_search(&date).is_ok() {
            return &[];
        }
        self.week.hours_on(date.weekday())
    }

    /// The exceptions from the first to the last date, both included.
    fn exceptions_within(&self, first: Date, last: Date) -> &[Date] {
        let from = self.exceptions.partition_point(|date| *date < first);
        let to = self.exceptions.partition_point(|date| *date <= last);
        self.exceptions.get(from..to).unwrap_or(&[])
    }
}

/// Which way working time is counted from a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    After,
    Before,
}
