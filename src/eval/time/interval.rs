//! Intervals of time: `within last 30 days`, `more than 3 days ago`, `within this week`.

use super::{shift, span_of, today_in, zone_of};
use crate::eval::expression::value_of;
use crate::eval::{Frame, Moment};
use crate::operators::{Bound, CalendarUnit, Direction};
use crate::program::{Interval, Window};
use crate::value::{Date, Value, calendar_window, start_of_date};

/// Between which two moments a value must lie; no end means no bound there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::eval) struct Bounds {
    low: Option<End>,
    high: Option<End>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct End {
    at: Value,
    included: bool,
}

impl Bounds {
    /// From one moment to another, both included.
    fn closed(low: Value, high: Value) -> Bounds {
        Bounds {
            low: Some(End::included(low)),
            high: Some(End::included(high)),
        }
    }

    /// Whether the value lies between them; `None` where it cannot be compared.
    pub(in crate::eval) fn contain(&self, value: &Value) -> Option<bool> {
        let above = match &self.low {
            Some(end) => end.meets(value.compare(&end.at)?.is_gt(), value),
            None => true,
        };
        let below = match &self.high {
            Some(end) => end.meets(value.compare(&end.at)?.is_lt(), value),
            None => true,
        };
        Some(above && below)
    }
}

impl End {
    fn included(at: Value) -> End {
        End { at, included: true }
    }

    fn excluded(at: Value) -> End {
        End {
            at,
            included: false,
        }
    }

    /// Whether the value is inside, or is the end itself and that counts.
    fn meets(&self, inside: bool, value: &Value) -> bool {
        inside || (self.included && *value == self.at)
    }
}

/// Where the interval lies; `None` where a part of it is missing.
pub(in crate::eval) fn bounds(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    interval: &Interval,
) -> Option<Bounds> {
    let shifted = |frame: &mut Frame<'_>, from: &Value, span, back| {
        let span = span_of(moment, frame, span, back)?;
        shift(moment, frame, from, &span, &interval.zone)
    };
    match &interval.window {
        Window::Rolling(direction, span) => {
            let here = present(moment, frame, interval)?;
            let back = *direction == Direction::Past;
            let end = shifted(frame, &here, span, back)?;
            Some(if back {
                Bounds::closed(end, here)
            } else {
                Bounds::closed(here, end)
            })
        }
        Window::Before { span, of } => {
            let end = value_of(moment, frame, of);
            Some(Bounds::closed(shifted(frame, &end, span, true)?, end))
        }
        Window::After { span, of } => {
            let start = value_of(moment, frame, of);
            let end = shifted(frame, &start, span, false)?;
            Some(Bounds::closed(start, end))
        }
        Window::Around { span, of } => {
            let middle = value_of(moment, frame, of);
            let start = shifted(frame, &middle, span, true)?;
            Some(Bounds::closed(start, shifted(frame, &middle, span, false)?))
        }
        Window::Calendar(unit, offset) => calendar(moment, frame, interval, *unit, *offset),
        Window::Distance(bound, direction, span) => {
            let here = present(moment, frame, interval)?;
            let edge = shifted(frame, &here, span, *direction == Direction::Past)?;
            Some(distance(*bound, *direction, edge, here))
        }
    }
}

/// Today for Dates, now for DateTimes.
fn present(moment: &Moment<'_>, frame: &mut Frame<'_>, interval: &Interval) -> Option<Value> {
    if interval.days {
        today_in(moment, frame, &interval.zone).map(Value::Date)
    } else {
        Some(Value::DateTime(moment.now()))
    }
}

/// Further away than the edge, or between the edge and here.
fn distance(bound: Bound, direction: Direction, edge: Value, here: Value) -> Bounds {
    let (near, edge) = match bound {
        Bound::MoreThan => (None, End::excluded(edge)),
        Bound::AtLeast => (None, End::included(edge)),
        Bound::LessThan => (Some(End::included(here)), End::excluded(edge)),
        Bound::AtMost => (Some(End::included(here)), End::included(edge)),
    };
    let edge_is_low = (direction == Direction::Past) == near.is_some();
    if edge_is_low {
        Bounds {
            low: Some(edge),
            high: near,
        }
    } else {
        Bounds {
            low: near,
            high: Some(edge),
        }
    }
}

fn calendar(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    interval: &Interval,
    unit: CalendarUnit,
    offset: i8,
) -> Option<Bounds> {
    let today = today_in(moment, frame, &interval.zone)?;
    let week_start = moment.program().week_start;
    let (first, after) = calendar_window(today, unit, i32::from(offset), week_start);
    let zone = zone_of(moment, frame, &interval.zone)?;
    let start = |day: Date| match interval.days {
        true => Value::Date(day),
        false => Value::DateTime(start_of_date(day, &zone)),
    };
    Some(Bounds {
        low: Some(End::included(start(first))),
        high: Some(End::excluded(start(after))),
    })
}
