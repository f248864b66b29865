//! Dates, instants and intervals of time.
//!
//! Civil time is that of the zone asked for; a DateTime where a day is meant is the day that the calendars of
//! that zone show. For Dates, `now` is today.

mod interval;

use super::expression::{lent, value_of};
use super::watch::Pace;
use super::{Frame, Moment, operations};
use crate::operators::{CountUnit, Function, Ordinal};
use crate::program::{Expr, ZoneRef};
use crate::value::{
    Date, Span, Value, Weekday, Zone, age_on, combine, count_between_dates, count_between_instants,
    date_of, last_day_of_month, next_anniversary, nth_weekday_of_month, shift_date, shift_instant,
    time_of, weekday_of,
};
use std::borrow::Cow;

pub(super) use interval::{Lying, lying};

/// The value of an expression about time.
///
/// Each kind is a function of its own: values stand inside one another, and a frame for all kinds would be large.
pub(super) fn value(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Today { offset, zone } => today(moment, frame, *offset, zone),
        Expr::DayOfYear { day, month, zone } => {
            moment.mark_day(frame, zone, Pace::Year);
            day_of_year(today_in(moment, frame, zone)?, *day, *month).map(Value::Date)
        }
        Expr::DayOfMonth {
            ordinal,
            weekday,
            offset,
            zone,
        } => in_month(moment, frame, (*ordinal, *weekday, *offset), zone),
        Expr::Shift {
            from,
            span,
            back,
            zone,
        } => shifted(moment, frame, (from, span, *back), zone),
        Expr::Combine { date, time, zone } => combined(moment, frame, (date, time), zone),
        Expr::Function {
            function,
            argument,
            zone,
        } => function_value(moment, frame, expr, (*function, argument, zone)),
        Expr::CountBetween {
            unit,
            from,
            to,
            zone,
        } => {
            let ends = (value_of(moment, frame, from), value_of(moment, frame, to));
            count_between(moment, frame, *unit, ends, zone)
        }
        _ => None,
    }
}

fn today(moment: &Moment<'_>, frame: &mut Frame<'_>, offset: i8, zone: &ZoneRef) -> Option<Value> {
    moment.mark_day(frame, zone, Pace::Day);
    let today = today_in(moment, frame, zone)?;
    let days = Span::days(i64::from(offset));
    Some(Value::Date(shift_date(today, &days)))
}

fn in_month(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    (ordinal, weekday, offset): (Ordinal, Option<Weekday>, i8),
    zone: &ZoneRef,
) -> Option<Value> {
    moment.mark_day(frame, zone, Pace::Month);
    let this_month = today_in(moment, frame, zone)?.first_of_month();
    let month = shift_date(this_month, &Span::months(i64::from(offset)));
    day_of_month(month, ordinal, weekday).map(Value::Date)
}

fn shifted(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    (from, span, back): (&Expr, &Expr, bool),
    zone: &ZoneRef,
) -> Option<Value> {
    let from = value_of(moment, frame, from);
    let span = span_of(moment, frame, span, back)?;
    shift(moment, frame, &from, &span, zone)
}

fn combined(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    (date, time): (&Expr, &Expr),
    zone: &ZoneRef,
) -> Option<Value> {
    let date = value_of(moment, frame, date);
    let (Value::Date(date), Value::Time(time)) = (date, value_of(moment, frame, time)) else {
        return None;
    };
    let zone = zone_of(moment, frame, zone)?;
    Some(Value::DateTime(combine(date, time, &zone)))
}

fn function_value(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    expr: &Expr,
    (function, argument, zone): (Function, &Expr, &ZoneRef),
) -> Option<Value> {
    let plain = |frame: &mut Frame<'_>| {
        let argument = value_of(moment, frame, argument);
        function_of(moment, frame, function, &argument, zone)
    };
    if moment.is_watching()
        && let Some(value) = moment.function_of_clock(frame, expr, plain)
    {
        return value;
    }
    let argument = value_of(moment, frame, argument);
    function_of(moment, frame, function, &argument, zone)
}

/// The zone asked for; `None` where it is missing.
pub(super) fn zone_of<'v>(
    moment: &'v Moment<'_>,
    frame: &mut Frame<'_>,
    zone: &ZoneRef,
) -> Option<Cow<'v, Zone>> {
    match zone {
        ZoneRef::Package => Some(Cow::Borrowed(moment.zone())),
        ZoneRef::Named(zone) => match &*lent(moment, frame, zone) {
            Value::Timezone(zone) => Some(Cow::Owned(zone.clone())),
            _ => None,
        },
    }
}

fn today_in(moment: &Moment<'_>, frame: &mut Frame<'_>, zone: &ZoneRef) -> Option<Date> {
    match zone {
        ZoneRef::Package => Some(moment.today()),
        ZoneRef::Named(_) => Some(date_of(moment.now(), &*zone_of(moment, frame, zone)?)),
    }
}

/// A length of time, turned round where it leads back.
pub(super) fn span_of(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    span: &Expr,
    back: bool,
) -> Option<Span> {
    match &*lent(moment, frame, span) {
        Value::Span(span) if back => Some(span.negate()),
        Value::Span(span) => Some(*span),
        _ => None,
    }
}

/// A date or an instant moved; an exact length moves an instant in every zone alike.
fn shift(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    from: &Value,
    span: &Span,
    zone: &ZoneRef,
) -> Option<Value> {
    Some(match from {
        Value::Date(date) => Value::Date(shift_date(*date, span)),
        Value::DateTime(instant) if span.is_exact() => {
            Value::DateTime(shift_instant(*instant, span, moment.zone()))
        }
        Value::DateTime(instant) => {
            let zone = zone_of(moment, frame, zone)?;
            Value::DateTime(shift_instant(*instant, span, &zone))
        }
        _ => return None,
    })
}

/// That day of the year in which `today` lies; 28 February for 29 in ordinary years.
fn day_of_year(today: Date, day: i8, month: i8) -> Option<Date> {
    let first = Date::new(today.year(), month, 1).ok()?;
    Date::new(today.year(), month, day.min(first.days_in_month())).ok()
}

/// The day of that order in the month, of all days or of one weekday's.
fn day_of_month(month: Date, ordinal: Ordinal, weekday: Option<Weekday>) -> Option<Date> {
    let nth = match ordinal {
        Ordinal::First => 1,
        Ordinal::Second => 2,
        Ordinal::Third => 3,
        Ordinal::Fourth => 4,
        Ordinal::Last => -1,
    };
    match weekday {
        Some(weekday) => nth_weekday_of_month(month, nth, weekday),
        None if ordinal == Ordinal::Last => Some(last_day_of_month(month)),
        None => Date::new(month.year(), month.month(), nth).ok(),
    }
}

fn function_of(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    function: Function,
    argument: &Value,
    zone: &ZoneRef,
) -> Option<Value> {
    if let Value::Text(text) = argument {
        return operations::text_function(function, text);
    }
    if let (Function::TimeOf, Value::DateTime(instant)) = (function, argument) {
        return Some(Value::Time(time_of(
            *instant,
            &*zone_of(moment, frame, zone)?,
        )));
    }
    let day = day_in(moment, frame, argument, zone)?;
    Some(match function {
        Function::DateOf => Value::Date(day),
        Function::WeekdayOf => Value::Weekday(weekday_of(day)),
        Function::DayOf => Value::whole(i64::from(day.day())),
        Function::MonthOf => Value::whole(i64::from(day.month())),
        Function::YearOf => Value::whole(i64::from(day.year())),
        Function::Age => {
            let today = today_in(moment, frame, zone)?;
            let tomorrow = shift_date(today, &Span::days(1));
            moment.mark_day(frame, zone, Pace::On(next_anniversary(day, tomorrow)));
            Value::whole(age_on(day, today))
        }
        Function::Anniversary => {
            let next = next_anniversary(day, today_in(moment, frame, zone)?);
            let passed = shift_date(next, &Span::days(1));
            moment.mark_day(frame, zone, Pace::On(passed));
            Value::Date(next)
        }
        Function::Length | Function::FirstWord | Function::LowerCase | Function::TimeOf => {
            return None;
        }
    })
}

/// The day itself, or the day on which an instant falls.
fn day_in(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    value: &Value,
    zone: &ZoneRef,
) -> Option<Date> {
    match value {
        Value::Date(date) => Some(*date),
        Value::DateTime(instant) => Some(date_of(*instant, &*zone_of(moment, frame, zone)?)),
        _ => None,
    }
}

fn count_between(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    unit: CountUnit,
    ends: (Value, Value),
    zone: &ZoneRef,
) -> Option<Value> {
    let count = match ends {
        (Value::DateTime(from), Value::DateTime(to)) => {
            count_between_instants(unit, from, to, &*zone_of(moment, frame, zone)?)
        }
        (from, to) => {
            let from = day_in(moment, frame, &from, zone)?;
            count_between_dates(unit, from, day_in(moment, frame, &to, zone)?)
        }
    };
    Some(Value::whole(count))
}
