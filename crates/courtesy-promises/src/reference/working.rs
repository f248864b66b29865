//! Working time of calendars.
//!
//! Input: a phrase that names a calendar. Output: a value, or whether a moment is working time. The hours are those
//! of the calendar's zone, else of the package's; the exceptions are read anew for each case.

use super::eval::Outcome;
use super::kind::Kind;
use super::scope::{Scope, World};
use courtesy::ast::{CalendarDeclaration, ExprKind};
use courtesy::operators::{CountUnit, SpanUnit, WorkingUnit};
use courtesy::value::{Number, Value, Weekday, WorkingTime, WorkingWeek};
use std::sync::Arc;

impl World<'_> {
    /// What a phrase of working time comes to.
    pub(crate) fn eval_working(&self, expr: &courtesy::ast::Expr, scope: &Scope) -> Outcome<Value> {
        match &expr.kind {
            ExprKind::WorkingShift {
                amount,
                unit,
                calendar,
                before,
                from,
            } => {
                let working = self.working_time(&calendar.text)?;
                let from = self.value(from, scope)?;
                moved(&working, &from, shift_unit(*unit)?, amount, *before)
            }
            ExprKind::WorkingBetween {
                unit,
                calendar,
                from,
                to,
            } => {
                let working = self.working_time(&calendar.text)?;
                match (self.value(from, scope)?, self.value(to, scope)?) {
                    (Value::Date(a), Value::Date(b)) => {
                        Ok(Value::whole(working.days_between(a, b)))
                    }
                    (Value::DateTime(a), Value::DateTime(b)) => {
                        let unit = count_unit(*unit)?;
                        Ok(Value::whole(working.count_between(unit, a, b)))
                    }
                    (a, b) => Err(format!("no working time lies between {a:?} and {b:?}")),
                }
            }
            other => Err(format!("not said here: {other:?}")),
        }
    }

    /// Whether a moment, or a day, is working time.
    pub(crate) fn within_working(&self, of: &Value, name: &str, _: &Scope) -> Outcome<bool> {
        let working = self.working_time(name)?;
        match of {
            Value::Date(date) => Ok(working.is_working_day(*date)),
            Value::DateTime(instant) => Ok(working.is_working_instant(*instant)),
            other => Err(format!("{other:?} lies in no working time")),
        }
    }

    fn working_time(&self, name: &str) -> Outcome<WorkingTime> {
        let calendar = self.declared.calendars.get(name);
        let calendar = calendar.ok_or_else(|| format!("no calendar `{name}`"))?;
        let outside = Scope::default();
        let zone = match &calendar.zone {
            Some(zone) => self.zone_named(zone, &outside)?,
            None => self.zone.clone(),
        };
        let exceptions = match &calendar.except {
            Some(except) => match self.known(except, &Kind::Date.listed(), &outside)? {
                Value::List(items) => items.to_vec(),
                other => return Err(format!("{other:?} is no list of days")),
            },
            None => Vec::new(),
        };
        let dates = exceptions.iter().filter_map(|item| match item {
            Value::Date(date) => Some(*date),
            _ => None,
        });
        Ok(WorkingTime::new(Arc::new(week(calendar)), dates, zone))
    }
}

/// The hours of the days of a week.
fn week(calendar: &CalendarDeclaration) -> WorkingWeek {
    let mut week = WorkingWeek::default();
    for line in &calendar.hours {
        for (first, last) in &line.days {
            for weekday in days_from(*first, *last) {
                week.set(weekday, &line.times);
            }
        }
    }
    week
}

/// The days from one to another, over the week's end if need be.
fn days_from(first: Weekday, last: Weekday) -> Vec<Weekday> {
    let mut days = vec![first];
    let mut day = first;
    while day != last {
        day = day.next();
        days.push(day);
    }
    days
}

fn moved(
    working: &WorkingTime,
    from: &Value,
    unit: WorkingUnit,
    amount: &Number,
    before: bool,
) -> Outcome<Value> {
    let count = amount.to_i64().ok_or("not a whole number")?;
    Ok(match (from, before) {
        (Value::Date(date), false) => Value::Date(working.date_after(*date, count)),
        (Value::Date(date), true) => Value::Date(working.date_before(*date, count)),
        (Value::DateTime(instant), false) => {
            Value::DateTime(working.instant_after(*instant, unit, count))
        }
        (Value::DateTime(instant), true) => {
            Value::DateTime(working.instant_before(*instant, unit, count))
        }
        (other, _) => return Err(format!("{other:?} is not moved")),
    })
}

fn shift_unit(unit: SpanUnit) -> Outcome<WorkingUnit> {
    match unit {
        SpanUnit::Minutes => Ok(WorkingUnit::Minutes),
        SpanUnit::Hours => Ok(WorkingUnit::Hours),
        SpanUnit::Days => Ok(WorkingUnit::Days),
        other => Err(format!("no working {other:?}")),
    }
}

fn count_unit(unit: CountUnit) -> Outcome<WorkingUnit> {
    match unit {
        CountUnit::Minutes => Ok(WorkingUnit::Minutes),
        CountUnit::Hours => Ok(WorkingUnit::Hours),
        CountUnit::Days => Ok(WorkingUnit::Days),
        other => Err(format!("no working {other:?}")),
    }
}
