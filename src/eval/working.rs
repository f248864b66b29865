//! Working calendars: shifts, counts and whether a moment is working time.
//!
//! The exceptions and the zone of a calendar are worked out once for each case; the rules are those of
//! [`WorkingTime`]. Where the moment watches, what goes with the clock is marked for when working time begins or ends.

use super::expression::{lent, value_of};
use super::watch::Clock;
use super::{Frame, Moment};
use crate::limits;
use crate::operators::WorkingUnit;
use crate::program::{Calendar, Expr};
use crate::value::{Date, Span, Timestamp, Value, WorkingTime, shift_date, start_of_date};
use std::borrow::Cow;

/// The working time of a calendar in this case.
pub(super) fn working_time(moment: &Moment<'_>, calendar: &Calendar) -> Option<WorkingTime> {
    let mut frame = Frame::new(calendar.variables);
    let zone = match &calendar.zone {
        None => moment.zone().clone(),
        Some(zone) => match value_of(moment, &mut frame, zone) {
            Value::Timezone(zone) => zone,
            _ => return None,
        },
    };
    let except = match &calendar.except {
        None => Cow::Owned(Value::list(Vec::new())),
        Some(except) => lent(moment, &mut frame, except),
    };
    let Value::List(except) = &*except else {
        return None;
    };
    let except = except.iter().filter_map(date);
    Some(WorkingTime::new(calendar.week.clone(), except, zone))
}

fn date(value: &Value) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

/// A shift or a count; `None` where something is missing.
pub(super) fn value(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Option<Value> {
    match expr {
        Expr::WorkingShift {
            calendar,
            count,
            unit,
            back,
            from,
        } => {
            let from = value_of(moment, frame, from);
            let calendar = moment.calendar(*calendar)?;
            shifted(calendar, &from, (*count, *unit, *back))
        }
        Expr::WorkingBetween {
            calendar,
            unit,
            from,
            to,
        } => {
            let ends = (value_of(moment, frame, from), value_of(moment, frame, to));
            let calendar = moment.calendar(*calendar)?;
            let count = match ends {
                (Value::DateTime(from), Value::DateTime(to)) => {
                    calendar.count_between(*unit, from, to)
                }
                (Value::Date(from), Value::Date(to)) => calendar.days_between(from, to),
                _ => return None,
            };
            Some(Value::whole(count))
        }
        _ => None,
    }
}

fn shifted(
    calendar: &WorkingTime,
    from: &Value,
    (count, unit, back): (i64, WorkingUnit, bool),
) -> Option<Value> {
    Some(match (from, back) {
        (Value::Date(date), false) => Value::Date(calendar.date_after(*date, count)),
        (Value::Date(date), true) => Value::Date(calendar.date_before(*date, count)),
        (Value::DateTime(from), false) => {
            Value::DateTime(calendar.instant_after(*from, unit, count))
        }
        (Value::DateTime(from), true) => {
            Value::DateTime(calendar.instant_before(*from, unit, count))
        }
        _ => return None,
    })
}

/// Whether an instant lies within working time, or a date is a working day.
pub(super) fn is_within(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    value: &Expr,
    calendar: u32,
) -> Option<bool> {
    let calendar = moment.calendar(calendar)?;
    if moment.is_watching()
        && let Some(clock) = Clock::of(moment, frame, value)
        && let Some(change) = next_change(moment, calendar, &clock)
    {
        let holds = |at| contains(calendar, &clock.at(at));
        moment.mark_flip(change.into_iter().collect(), holds);
        return holds(moment.now());
    }
    contains(calendar, &lent(moment, frame, value))
}

fn contains(calendar: &WorkingTime, value: &Value) -> Option<bool> {
    match value {
        Value::DateTime(instant) => Some(calendar.is_working_instant(*instant)),
        Value::Date(date) => Some(calendar.is_working_day(*date)),
        _ => None,
    }
}

/// When a clock enters or leaves working time next, as far as one looks ahead; `None` for a clock of which that is
/// not said.
fn next_change(
    moment: &Moment<'_>,
    calendar: &WorkingTime,
    clock: &Clock,
) -> Option<Option<Timestamp>> {
    let days = limits::UNTIL_DAYS.saturating_add(1);
    match clock {
        Clock::Now => Some(calendar.next_change(moment.now(), days)),
        Clock::Today { offset, zone } => {
            let Value::Date(shown) = clock.at(moment.now()) else {
                return None;
            };
            let next = calendar.next_day_change(shown, days);
            Some(next.map(|day| {
                let today = shift_date(day, &Span::days(offset.saturating_neg()));
                start_of_date(today, zone)
            }))
        }
        Clock::TimeOfDay(_) | Clock::Shifted { .. } => None,
    }
}
