//! Days, instants, windows and what is counted between them.
//!
//! Input: a phrase of time. Output: a value, or whether a moment lies where it should. The zone behind a phrase is
//! that of the whole phrase.

use super::eval::Outcome;
use super::logic::{bounded, compare};
use super::scope::{Scope, World};
use courtesy::ast::{Expr, ExprKind, Test, Window};
use courtesy::operators::{Bound, Direction, Function, Ordinal, SpanUnit};
use courtesy::value::{
    Date, Number, Span, Value, Weekday, age_on, calendar_window, combine, count_between_dates,
    count_between_instants, date_of, last_day_of_month, next_anniversary, nth_weekday_of_month,
    shift_date, shift_instant, time_of, weekday_of,
};
use std::cmp::Ordering;

impl World<'_> {
    /// What a phrase of time comes to.
    pub(crate) fn eval_time(&self, expr: &Expr, scope: &Scope) -> Outcome<Value> {
        match &expr.kind {
            ExprKind::Span { amount, unit } => Ok(Value::Span(span(amount, *unit))),
            ExprKind::Now => Ok(Value::DateTime(self.now)),
            ExprKind::Today { offset, zone } => {
                let scope = self.phrase(zone.as_deref(), scope)?;
                let days = Span::days(i64::from(*offset));
                Ok(Value::Date(shift_date(self.today(&scope), &days)))
            }
            ExprKind::DayOfYear { day, month } => {
                let first = Date::new(self.today(scope).year(), *month, 1);
                let first = first.map_err(|_| "no such month".to_owned())?;
                let last = last_day_of_month(first);
                let days = Span::days(i64::from(*day).saturating_sub(1));
                Ok(Value::Date(shift_date(first, &days).min(last)))
            }
            ExprKind::DayOfMonth {
                ordinal,
                weekday,
                offset,
                zone,
            } => {
                let scope = self.phrase(zone.as_deref(), scope)?;
                let months = Span::months(i64::from(*offset));
                let month = shift_date(self.today(&scope).first_of_month(), &months);
                Ok(Value::Date(day_of_month(month, *ordinal, *weekday)?))
            }
            ExprKind::At { date, time, zone } => {
                let scope = self.phrase(zone.as_deref(), scope)?;
                match (self.value(date, &scope)?, self.value(time, &scope)?) {
                    (Value::Date(date), Value::Time(time)) => {
                        Ok(Value::DateTime(combine(date, time, &scope.zone(self))))
                    }
                    (date, time) => Err(format!("{date:?} at {time:?} is no moment")),
                }
            }
            ExprKind::Function {
                function,
                argument,
                zone,
            } => {
                let scope = self.phrase(zone_behind(zone.as_deref(), argument), scope)?;
                self.function(*function, &self.value(argument, &scope)?, &scope)
            }
            ExprKind::Shifted {
                span,
                before,
                from,
                zone,
            } => {
                let scope = self.phrase(zone_behind(zone.as_deref(), from), scope)?;
                let span = self.span(span, &scope)?;
                let span = if *before { span.negate() } else { span };
                self.shifted(&self.value(from, &scope)?, &span, &scope)
            }
            ExprKind::CountBetween {
                unit,
                from,
                to,
                zone,
            } => {
                let scope = self.phrase(zone_behind(zone.as_deref(), to), scope)?;
                let count = match (self.value(from, &scope)?, self.value(to, &scope)?) {
                    (Value::Date(a), Value::Date(b)) => count_between_dates(*unit, a, b),
                    (Value::DateTime(a), Value::DateTime(b)) => {
                        count_between_instants(*unit, a, b, &scope.zone(self))
                    }
                    (a, b) => return Err(format!("nothing lies between {a:?} and {b:?}")),
                };
                Ok(Value::whole(count))
            }
            _ => self.eval_working(expr, scope),
        }
    }

    /// The scope of a phrase behind which a zone may stand.
    fn phrase(&self, zone: Option<&Expr>, scope: &Scope) -> Outcome<Scope> {
        Ok(match zone {
            Some(zone) => scope.in_zone(self.zone_named(zone, &scope.bracketed())?),
            None => scope.clone(),
        })
    }

    /// The day that the calendars show.
    pub(crate) fn today(&self, scope: &Scope) -> Date {
        date_of(self.now, &scope.zone(self))
    }

    /// The length of time that an expression says.
    fn span(&self, expr: &Expr, scope: &Scope) -> Outcome<Span> {
        match self.value(expr, scope)? {
            Value::Span(span) => Ok(span),
            other => Err(format!("{other:?} is no length of time")),
        }
    }

    fn shifted(&self, from: &Value, span: &Span, scope: &Scope) -> Outcome<Value> {
        match from {
            Value::Date(date) => Ok(Value::Date(shift_date(*date, span))),
            Value::DateTime(instant) => {
                let zone = scope.zone(self);
                Ok(Value::DateTime(shift_instant(*instant, span, &zone)))
            }
            other => Err(format!("{other:?} is not moved")),
        }
    }

    fn function(&self, function: Function, of: &Value, scope: &Scope) -> Outcome<Value> {
        let zone = scope.zone(self);
        let whole = |number: i8| Value::whole(i64::from(number));
        Ok(match (function, of) {
            (Function::Length, Value::Text(text)) => {
                Value::Number(Number::from_count(text.as_str().chars().count()))
            }
            (Function::FirstWord, Value::Text(text)) => Value::Text(text.first_word()),
            (Function::LowerCase, Value::Text(text)) => Value::Text(text.lower_case()),
            (Function::TimeOf, Value::DateTime(instant)) => Value::Time(time_of(*instant, &zone)),
            (Function::DateOf, Value::DateTime(instant)) => Value::Date(date_of(*instant, &zone)),
            (_, Value::DateTime(instant)) => {
                let date = Value::Date(date_of(*instant, &zone));
                return self.function(function, &date, scope);
            }
            (Function::Age, Value::Date(date)) => Value::whole(age_on(*date, self.today(scope))),
            (Function::Anniversary, Value::Date(date)) => {
                Value::Date(next_anniversary(*date, self.today(scope)))
            }
            (Function::WeekdayOf, Value::Date(date)) => Value::Weekday(weekday_of(*date)),
            (Function::DayOf, Value::Date(date)) => whole(date.day()),
            (Function::MonthOf, Value::Date(date)) => whole(date.month()),
            (Function::YearOf, Value::Date(date)) => Value::whole(i64::from(date.year())),
            _ => return Err(format!("{function:?} of {of:?}")),
        })
    }

    /// Whether a moment lies within a window, or as far away as it should.
    pub(crate) fn passes_in_time(&self, of: &Value, test: &Test, scope: &Scope) -> Outcome<bool> {
        match test {
            Test::Distance {
                bound,
                span,
                direction,
                zone,
            } => {
                let scope = self.phrase(zone.as_ref(), scope)?;
                let span = self.span(span, &scope)?;
                self.distant(of, *bound, &span, *direction, &scope)
            }
            Test::Within { window, zone } => {
                let zone = match window {
                    Window::Before(_, of) | Window::After(_, of) | Window::Around(_, of) => {
                        zone_behind(zone.as_ref(), of)
                    }
                    _ => zone.as_ref(),
                };
                let scope = self.phrase(zone, scope)?;
                self.within(of, window, &scope)
            }
            _ => Err("no test of time".to_owned()),
        }
    }

    /// The present as a value like this one: today for a day, now for an instant.
    fn present(&self, like: &Value, scope: &Scope) -> Value {
        match like {
            Value::Date(_) => Value::Date(self.today(scope)),
            _ => Value::DateTime(self.now),
        }
    }

    /// `more than D ago`, `at most D from now`. What is less than a length away still lies on the side that is named.
    fn distant(
        &self,
        of: &Value,
        bound: Bound,
        span: &Span,
        direction: Direction,
        scope: &Scope,
    ) -> Outcome<bool> {
        let present = self.present(of, scope);
        let (far, near_first) = match direction {
            Direction::Past => (self.shifted(&present, &span.negate(), scope)?, false),
            Direction::Future => (self.shifted(&present, span, scope)?, true),
        };
        let order = if near_first {
            compare(of, &far)?
        } else {
            compare(&far, of)?
        };
        let on_its_side = if near_first {
            compare(&present, of)?
        } else {
            compare(of, &present)?
        };
        let near = matches!(bound, Bound::LessThan | Bound::AtMost);
        Ok(bounded(bound, order) && (!near || on_its_side != Ordering::Greater))
    }

    fn within(&self, of: &Value, window: &Window, scope: &Scope) -> Outcome<bool> {
        let present = || self.present(of, scope);
        let (anchor, back, ahead) = match window {
            Window::Rolling(Direction::Past, span) => {
                (present(), self.span(span, scope)?, Span::ZERO)
            }
            Window::Rolling(Direction::Future, span) => {
                (present(), Span::ZERO, self.span(span, scope)?)
            }
            Window::Before(span, anchor) => (
                self.value(anchor, scope)?,
                self.span(span, scope)?,
                Span::ZERO,
            ),
            Window::After(span, anchor) => (
                self.value(anchor, scope)?,
                Span::ZERO,
                self.span(span, scope)?,
            ),
            Window::Around(span, anchor) => {
                let span = self.span(span, scope)?;
                (self.value(anchor, scope)?, span, span)
            }
            Window::Calendar(unit, offset) => {
                let week_start = self.declared.week_start.unwrap_or(Weekday::Monday);
                let today = self.today(scope);
                let (first, after) = calendar_window(today, *unit, i32::from(*offset), week_start);
                let date = match of {
                    Value::Date(date) => *date,
                    Value::DateTime(instant) => date_of(*instant, &scope.zone(self)),
                    other => return Err(format!("{other:?} lies in no week")),
                };
                return Ok(first <= date && date < after);
            }
            Window::Working(calendar) => return self.within_working(of, &calendar.text, scope),
            Window::Doubtful(..) => return Err("a doubtful window".to_owned()),
        };
        let from = self.shifted(&anchor, &back.negate(), scope)?;
        let to = self.shifted(&anchor, &ahead, scope)?;
        Ok(compare(of, &from)? != Ordering::Less && compare(of, &to)? != Ordering::Greater)
    }
}

/// The zone behind a phrase; its last part, where it stands without brackets, may have taken it.
fn zone_behind<'e>(zone: Option<&'e Expr>, last: &'e Expr) -> Option<&'e Expr> {
    zone.or(match &last.kind {
        ExprKind::Today { zone, .. } | ExprKind::DayOfMonth { zone, .. } => zone.as_deref(),
        ExprKind::Shifted { zone, from, .. } => zone_behind(zone.as_deref(), from),
        ExprKind::CountBetween { zone, to, .. } => zone_behind(zone.as_deref(), to),
        ExprKind::Function { zone, argument, .. } => zone_behind(zone.as_deref(), argument),
        _ => None,
    })
}

/// So many units of time.
fn span(amount: &Number, unit: SpanUnit) -> Span {
    let one = match unit {
        SpanUnit::Seconds => Span::seconds(1),
        SpanUnit::Minutes => Span::minutes(1),
        SpanUnit::Hours => Span::hours(1),
        SpanUnit::Days => Span::days(1),
        SpanUnit::Weeks => Span::weeks(1),
        SpanUnit::Months => Span::months(1),
        SpanUnit::Years => Span::years(1),
    };
    one.times(amount)
}

/// `last wednesday`, `second day`, `last day` of the month that begins there.
fn day_of_month(first: Date, ordinal: Ordinal, weekday: Option<Weekday>) -> Outcome<Date> {
    let nth: i8 = match ordinal {
        Ordinal::First => 1,
        Ordinal::Second => 2,
        Ordinal::Third => 3,
        Ordinal::Fourth => 4,
        Ordinal::Last => -1,
    };
    match weekday {
        Some(weekday) => nth_weekday_of_month(first, nth, weekday)
            .ok_or_else(|| "no such day of the month".to_owned()),
        None if nth < 0 => Ok(last_day_of_month(first)),
        None => Ok(shift_date(
            first,
            &Span::days(i64::from(nth).saturating_sub(1)),
        )),
    }
}
