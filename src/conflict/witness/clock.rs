//! The moment of a case: one at which the rules about the moment hold.
//!
//! Days are tried one after the other from a fixed one on, each at a few times of day.

use super::choose;
use crate::conflict::point::Point;
use crate::conflict::rule::Rule;
use crate::conflict::term::Term;
use crate::ir::{self, Expr, ExprKind};
use crate::operators::Function;
use crate::value::{
    Date, Span, Time, Timestamp, Value, Weekday, Zone, combine, date_of, shift_date, time_of,
    weekday_of,
};

/// How many days are tried.
const DAYS: i64 = 400;

/// The moment, and what civil time depends on.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) now: Timestamp,
    pub(super) zone: Zone,
    pub(super) week_start: Weekday,
}

impl Clock {
    /// A moment at which the rules about it hold, late in the day where that is free.
    pub(super) fn find(
        package: &ir::Package,
        ruled: &[(&Term, Vec<&Rule>)],
        late: bool,
    ) -> Option<Clock> {
        let zone = zone_of(package.zone.as_ref());
        let rules: Vec<(&Expr, &Vec<&Rule>)> = ruled
            .iter()
            .filter(|(term, _)| is_clock(&term.expr) && term.other.is_none())
            .map(|(term, rules)| (&term.expr, rules))
            .collect();
        let first = Date::new(2026, 11, 23).ok()?;
        let starts = [first].into_iter().chain(days_named(&rules, &zone));
        let times = times(&rules, late);
        let days = starts.flat_map(|start| {
            (0..DAYS).map(move |count| shift_date(start, &Span::days(count.saturating_sub(1))))
        });
        let days = [first].into_iter().chain(days);
        let mut clocks = days.flat_map(|day| times.iter().map(move |time| (day, *time)));
        clocks.find_map(|(day, time)| {
            let clock = Clock {
                now: combine(day, time, &zone),
                zone: zone.clone(),
                week_start: package.week_start,
            };
            rules
                .iter()
                .all(|(expr, rules)| clock.keeps(expr, rules))
                .then_some(clock)
        })
    }

    fn keeps(&self, expr: &Expr, rules: &[&Rule]) -> bool {
        let Some(value) = self.value(expr) else {
            return true;
        };
        rules.iter().all(|rule| choose::allows(rule, &value, self))
    }

    pub(super) fn today(&self) -> Date {
        date_of(self.now, &self.zone)
    }

    /// What an expression about the moment comes to.
    fn value(&self, expr: &Expr) -> Option<Value> {
        match &expr.kind {
            ExprKind::Now => Some(Value::DateTime(self.now)),
            ExprKind::Today { offset, .. } => {
                let day = shift_date(self.today(), &Span::days(i64::from(*offset)));
                Some(Value::Date(day))
            }
            ExprKind::Function {
                function: Function::TimeOf,
                ..
            } => Some(Value::Time(time_of(self.now, &self.zone))),
            ExprKind::Function {
                function, argument, ..
            } => {
                let day = match self.value(argument)? {
                    Value::Date(day) => day,
                    Value::DateTime(at) => date_of(at, &self.zone),
                    _ => return None,
                };
                match function {
                    Function::DateOf => Some(Value::Date(day)),
                    Function::WeekdayOf => Some(Value::Weekday(weekday_of(day))),
                    Function::DayOf => Some(Value::whole(i64::from(day.day()))),
                    Function::MonthOf => Some(Value::whole(i64::from(day.month()))),
                    Function::YearOf => Some(Value::whole(i64::from(day.year()))),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// Whether an expression is about the moment alone.
fn is_clock(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Now | ExprKind::Today { .. } => true,
        ExprKind::Function { argument, .. } => is_clock(argument),
        _ => false,
    }
}

/// Days and moments that rules name.
fn days_named(rules: &[(&Expr, &Vec<&Rule>)], zone: &Zone) -> Vec<Date> {
    let mut days = Vec::new();
    for rule in rules.iter().flat_map(|(_, rules)| rules.iter()) {
        for value in fixed(rule) {
            match value {
                Value::Date(day) => days.push(*day),
                Value::DateTime(at) => days.push(date_of(*at, zone)),
                _ => {}
            }
        }
    }
    days
}

/// Times of day worth trying.
fn times(rules: &[(&Expr, &Vec<&Rule>)], late: bool) -> Vec<Time> {
    let hours: [i8; 5] = if late {
        [20, 12, 8, 3, 23]
    } else {
        [12, 9, 20, 3, 23]
    };
    let mut times: Vec<Time> = Vec::new();
    for hour in hours {
        times.extend(Time::new(hour, 0, 0, 0));
    }
    for rule in rules.iter().flat_map(|(_, rules)| rules.iter()) {
        for value in fixed(rule) {
            if let Value::Time(time) = value {
                times.push(*time);
                let minute = jiff::SignedDuration::from_mins(1);
                times.push(time.wrapping_add(minute));
                times.push(time.wrapping_sub(minute));
            }
        }
    }
    times
}

/// The known values that a rule names.
fn fixed(rule: &Rule) -> Vec<&Value> {
    match rule {
        Rule::From(Point::Fixed(value), _) | Rule::To(Point::Fixed(value), _) => vec![value],
        Rule::OneOf(values) => values.iter().collect(),
        _ => Vec::new(),
    }
}

/// The zone of the package where it is known, or what stands in for it.
fn zone_of(zone: Option<&Expr>) -> Zone {
    match zone.map(|zone| &zone.kind) {
        Some(ExprKind::Constant(Value::Timezone(zone))) => zone.clone(),
        Some(ExprKind::Otherwise { fallback, .. }) => zone_of(Some(fallback)),
        _ => Zone::utc(),
    }
}
