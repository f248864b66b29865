//! Intervals of time: `within last 30 days`, `more than 3 days ago`, `within this week`.
//!
//! Input: an interval as compiled. Output: where it lies now, and where it would lie at any other instant: an
//! interval that goes with the clock is worked out from its length, its zone and the instant alone.

use super::{span_of, today_in, zone_of};
use crate::eval::expression::value_of;
use crate::eval::watch::Clock;
use crate::eval::{Ends, Frame, Moment};
use crate::operators::{Bound, CalendarUnit, Direction};
use crate::program::{Expr, Interval, Window};
use crate::value::{
    Date, Span, Timestamp, Value, Weekday, Zone, calendar_window, date_of, shift_boundaries,
    shift_date, shift_instant, start_after, start_of_date,
};

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
    fn contain(&self, value: &Value) -> Option<bool> {
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

/// Where an interval lies.
#[derive(Clone, Debug)]
pub(in crate::eval) struct Lying {
    now: Bounds,
    course: Course,
}

/// How an interval goes with the clock.
#[derive(Clone, Debug)]
enum Course {
    /// It stays where it is.
    Fixed(Bounds),
    /// It goes with `now`, or with today for Dates.
    Moving {
        motion: Motion,
        days: bool,
        zone: Zone,
    },
}

#[derive(Clone, Copy, Debug)]
enum Motion {
    Rolling(Direction, Span),
    Distance(Bound, Direction, Span),
    Calendar(CalendarUnit, i8, Weekday),
}

impl Lying {
    /// Where it begins and ends now; with each end, whether it is included.
    pub(in crate::eval) fn ends(&self) -> Ends {
        let told = |end: &End| (end.at.clone(), end.included);
        Ends {
            from: self.now.low.as_ref().map(told),
            to: self.now.high.as_ref().map(told),
        }
    }

    /// Whether the value lies in it now; `None` where it cannot be compared.
    pub(in crate::eval) fn contains(&self, value: &Value) -> Option<bool> {
        self.now.contain(value)
    }

    /// Marks when the answer changes for a value that stays what it is.
    pub(in crate::eval) fn mark(&self, moment: &Moment<'_>, value: &Value) {
        if let Course::Moving { motion, days, zone } = &self.course {
            let boundaries = boundaries(*motion, zone, value);
            moment.mark_flip(boundaries, |at| {
                bounds(*motion, *days, zone, at)?.contain(value)
            });
        }
    }

    /// Marks when the answer changes for a value that goes with the clock; whether that could be said.
    pub(in crate::eval) fn mark_clock(&self, moment: &Moment<'_>, clock: &Clock) -> bool {
        let Course::Fixed(bounds) = &self.course else {
            return false;
        };
        let ends = bounds.low.iter().chain(&bounds.high);
        let boundaries = ends.flat_map(|end| clock.boundaries(&end.at, moment.now()));
        moment.mark_flip(boundaries.collect(), |at| bounds.contain(&clock.at(at)));
        true
    }
}

/// Where the interval lies; `None` where a part of it is missing.
pub(in crate::eval) fn lying(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    interval: &Interval,
) -> Option<Lying> {
    let motion = match &interval.window {
        Window::Before { span, of } => {
            return anchored(moment, frame, interval, (Some(span), None), of);
        }
        Window::After { span, of } => {
            return anchored(moment, frame, interval, (None, Some(span)), of);
        }
        Window::Around { span, of } => {
            return anchored(moment, frame, interval, (Some(span), Some(span)), of);
        }
        Window::Rolling(direction, span) => {
            Motion::Rolling(*direction, span_of(moment, frame, span, false)?)
        }
        Window::Distance(bound, direction, span) => {
            Motion::Distance(*bound, *direction, span_of(moment, frame, span, false)?)
        }
        Window::Calendar(unit, offset) => {
            Motion::Calendar(*unit, *offset, moment.program().week_start)
        }
    };
    let zone = zone_of(moment, frame, &interval.zone)?.into_owned();
    let days = interval.days;
    let now = if days {
        bounds_on(motion, today_in(moment, frame, &interval.zone)?)
    } else {
        bounds(motion, false, &zone, moment.now())
    };
    Some(Lying {
        now: now?,
        course: Course::Moving { motion, days, zone },
    })
}

/// From so long before a moment to so long after it.
fn anchored(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    interval: &Interval,
    (before, after): (Option<&Expr>, Option<&Expr>),
    of: &Expr,
) -> Option<Lying> {
    let middle = value_of(moment, frame, of);
    let mut end = |span: Option<&Expr>, back: bool| {
        let Some(span) = span else {
            return Some(middle.clone());
        };
        let span = span_of(moment, frame, span, back)?;
        super::shift(moment, frame, &middle, &span, &interval.zone)
    };
    let bounds = Bounds::closed(end(before, true)?, end(after, false)?);
    Some(Lying {
        now: bounds.clone(),
        course: Course::Fixed(bounds),
    })
}

/// Where a moving interval lies at that instant.
fn bounds(motion: Motion, days: bool, zone: &Zone, at: Timestamp) -> Option<Bounds> {
    if days {
        return bounds_on(motion, date_of(at, zone));
    }
    let here = Value::DateTime(at);
    let shifted = |span: &Span| Value::DateTime(shift_instant(at, span, zone));
    Some(match motion {
        Motion::Rolling(direction, span) => {
            rolling(direction, shifted(&away(direction, &span)), here)
        }
        Motion::Distance(bound, direction, span) => {
            distance(bound, direction, shifted(&away(direction, &span)), here)
        }
        Motion::Calendar(unit, offset, week_start) => {
            let (first, after) =
                calendar_window(date_of(at, zone), unit, i32::from(offset), week_start);
            let start = |day: Date| Value::DateTime(start_of_date(day, zone));
            half_open(start(first), start(after))
        }
    })
}

/// Where a moving interval of Dates lies on that day.
fn bounds_on(motion: Motion, today: Date) -> Option<Bounds> {
    let here = Value::Date(today);
    let shifted = |span: &Span| Value::Date(shift_date(today, span));
    Some(match motion {
        Motion::Rolling(direction, span) => {
            rolling(direction, shifted(&away(direction, &span)), here)
        }
        Motion::Distance(bound, direction, span) => {
            distance(bound, direction, shifted(&away(direction, &span)), here)
        }
        Motion::Calendar(unit, offset, week_start) => {
            let (first, after) = calendar_window(today, unit, i32::from(offset), week_start);
            half_open(Value::Date(first), Value::Date(after))
        }
    })
}

/// The length as it leads away from `now`.
fn away(direction: Direction, span: &Span) -> Span {
    match direction {
        Direction::Past => span.negate(),
        Direction::Future => *span,
    }
}

fn rolling(direction: Direction, end: Value, here: Value) -> Bounds {
    match direction {
        Direction::Past => Bounds::closed(end, here),
        Direction::Future => Bounds::closed(here, end),
    }
}

fn half_open(first: Value, after: Value) -> Bounds {
    Bounds {
        low: Some(End::included(first)),
        high: Some(End::excluded(after)),
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

/// The instants at which a value that stays what it is may enter or leave a moving interval.
fn boundaries(motion: Motion, zone: &Zone, value: &Value) -> Vec<Timestamp> {
    match (motion, value) {
        (
            Motion::Rolling(direction, span) | Motion::Distance(_, direction, span),
            Value::DateTime(at),
        ) => {
            let mut all = shift_boundaries(*at, &away(direction, &span), zone);
            all.push(*at);
            all
        }
        (
            Motion::Rolling(direction, span) | Motion::Distance(_, direction, span),
            Value::Date(day),
        ) => {
            let back = away(direction, &span).negate();
            let shifted = shift_date(*day, &back);
            // Several days of one month can lead to the last of a shorter one.
            let near = (-4..=4).map(|days| shift_date(shifted, &Span::days(days)));
            let turns = near.chain([*day]);
            turns
                .flat_map(|day| [start_of_date(day, zone), start_after(day, zone)])
                .collect()
        }
        (Motion::Calendar(unit, offset, week_start), value) => {
            let day = match value {
                Value::Date(day) => *day,
                Value::DateTime(at) => date_of(*at, zone),
                _ => return Vec::new(),
            };
            let back = i32::from(offset).saturating_neg();
            let (first, after) = calendar_window(day, unit, back, week_start);
            vec![start_of_date(first, zone), start_of_date(after, zone)]
        }
        _ => Vec::new(),
    }
}
