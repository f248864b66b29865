//! When what was evaluated may change, if nothing but the clock moves.
//!
//! While a [`Moment`] watches, everything that depends on `now` leaves a mark: the next instant at which it may come
//! out differently, or that nobody can say because it computes with `now`. Between `now` and the earliest mark an
//! evaluation takes the same path and gives the same answer, for it reads nothing else that moves.
//! Invariants: no clock is read, nothing is tried step by step: instants come from the conditions themselves.

use super::time::zone_of;
use super::{Frame, Moment};
use crate::operators::Function;
use crate::program::{Expr, ZoneRef};
use crate::value::{
    Date, Span, Timestamp, Value, Zone, clock_boundaries, date_of, next_midnight, shift_boundaries,
    shift_date, shift_instant, start_after, start_of_date, time_of,
};
use std::cell::Cell;

/// An instant at which something may change: at it, or right after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The instant that divides before from after.
    pub at: Timestamp,
    /// Whether the instant itself still belongs to before.
    pub after: bool,
}

impl Change {
    /// The first instant at which it is as after the change.
    #[must_use]
    pub fn first_instant(self) -> Timestamp {
        if self.after {
            self.at.checked_add(NANOSECOND).unwrap_or(self.at)
        } else {
            self.at
        }
    }
}

const NANOSECOND: jiff::SignedDuration = jiff::SignedDuration::from_nanos(1);

/// What is known of when an evaluation may come out differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// The earliest change; `None` where nothing changes ever.
    pub next: Option<Change>,
    /// Whether a condition computes with `now`, so that nobody can say.
    pub computes: bool,
}

impl Watch {
    /// Both together: what comes first.
    #[must_use]
    pub fn or(self, other: Watch) -> Watch {
        Watch {
            next: match (self.next, other.next) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
            computes: self.computes || other.computes,
        }
    }
}

/// The marks that an evaluation leaves; nothing where nobody watches.
#[derive(Debug, Default)]
pub(super) struct Watcher(Option<Cell<Watch>>);

impl Watcher {
    pub(super) fn awake() -> Watcher {
        Watcher(Some(Cell::default()))
    }

    pub(super) fn is_awake(&self) -> bool {
        self.0.is_some()
    }

    /// Adds marks.
    pub(super) fn note(&self, more: Watch) {
        if let Some(cell) = &self.0 {
            cell.set(cell.get().or(more));
        }
    }

    /// Runs, and says which marks that alone left; they stay.
    pub(super) fn during<T>(&self, run: impl FnOnce() -> T) -> (T, Watch) {
        let before = self.begin();
        let result = run();
        (result, self.end(before))
    }

    /// Begins to listen for the marks of what follows; gives those that there are.
    pub(super) fn begin(&self) -> Watch {
        self.take()
    }

    /// Says which marks were left since the beginning; they stay, with those that there were.
    pub(super) fn end(&self, before: Watch) -> Watch {
        let during = self.take();
        self.note(before.or(during));
        during
    }

    /// Runs without leaving marks.
    pub(super) fn quietly<T>(&self, run: impl FnOnce() -> T) -> T {
        let before = self.take();
        let result = run();
        self.take();
        self.note(before);
        result
    }

    /// Runs; that it computes with `now` leaves no mark.
    pub(super) fn for_show<T>(&self, run: impl FnOnce() -> T) -> T {
        let before = self.take();
        let result = run();
        let during = Watch {
            computes: false,
            ..self.take()
        };
        self.note(before.or(during));
        result
    }

    fn take(&self) -> Watch {
        self.0.as_ref().map(Cell::take).unwrap_or_default()
    }
}

/// Something that moves with the clock and can be told at any instant.
pub(super) enum Clock {
    /// `now`
    Now,
    /// `today`, or a day so many after it.
    Today { offset: i64, zone: Zone },
    /// `time of now`
    TimeOfDay(Zone),
    /// `now` moved by a length of time.
    Shifted { span: Span, zone: Zone },
}

impl Clock {
    /// What the expression shows, where it is a clock.
    pub(super) fn of(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Option<Clock> {
        match expr {
            Expr::Shared(index) => {
                let shared = moment.program().shared.get(*index as usize)?;
                Clock::of(moment, &mut Frame::new(shared.variables), &shared.value)
            }
            Expr::Now => Some(Clock::Now),
            Expr::Today { offset, zone } => Some(Clock::Today {
                offset: i64::from(*offset),
                zone: zone_of(moment, frame, zone)?.into_owned(),
            }),
            Expr::Function {
                function: Function::TimeOf,
                argument,
                zone,
            } if is_now(moment, argument) => {
                Some(Clock::TimeOfDay(zone_of(moment, frame, zone)?.into_owned()))
            }
            Expr::Function {
                function: Function::DateOf,
                argument,
                zone,
            } if is_now(moment, argument) => Some(Clock::Today {
                offset: 0,
                zone: zone_of(moment, frame, zone)?.into_owned(),
            }),
            Expr::Shift {
                from,
                span,
                back,
                zone,
            } if is_now(moment, from) => Some(Clock::Shifted {
                span: super::time::span_of(moment, frame, span, *back)?,
                zone: zone_of(moment, frame, zone)?.into_owned(),
            }),
            _ => None,
        }
    }

    /// What it shows at that instant.
    pub(super) fn at(&self, instant: Timestamp) -> Value {
        match self {
            Clock::Now => Value::DateTime(instant),
            Clock::Today { offset, zone } => {
                Value::Date(shift_date(date_of(instant, zone), &Span::days(*offset)))
            }
            Clock::TimeOfDay(zone) => Value::Time(time_of(instant, zone)),
            Clock::Shifted { span, zone } => Value::DateTime(shift_instant(instant, span, zone)),
        }
    }

    /// Where it may pass the value.
    pub(super) fn boundaries(&self, value: &Value, now: Timestamp) -> Vec<Timestamp> {
        match (self, value) {
            (Clock::Now, Value::DateTime(instant)) => vec![*instant],
            (Clock::Today { offset, zone }, Value::Date(date)) => {
                let day = shift_date(*date, &Span::days(offset.saturating_neg()));
                vec![start_of_date(day, zone), start_after(day, zone)]
            }
            (Clock::TimeOfDay(zone), Value::Time(time)) => clock_boundaries(*time, now, zone),
            (Clock::Shifted { span, zone }, Value::DateTime(instant)) => {
                shift_boundaries(*instant, span, zone)
            }
            _ => Vec::new(),
        }
    }
}

fn is_now(moment: &Moment<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::Now => true,
        Expr::Shared(index) => {
            let shared = moment.program().shared.get(*index as usize);
            shared.is_some_and(|shared| is_now(moment, &shared.value))
        }
        _ => false,
    }
}

impl Moment<'_> {
    /// Whether what is evaluated leaves marks.
    pub(crate) fn is_watching(&self) -> bool {
        self.watcher.is_awake()
    }

    /// Marks the first of these instants at which `holds` comes out differently than now.
    pub(super) fn mark_flip(
        &self,
        mut instants: Vec<Timestamp>,
        holds: impl Fn(Timestamp) -> Option<bool>,
    ) {
        instants.retain(|instant| *instant >= self.now());
        instants.sort_unstable();
        instants.dedup();
        let present = holds(self.now());
        let mut changes = instants
            .into_iter()
            .flat_map(|at| [false, true].map(|after| Change { at, after }));
        let next = changes.find(|change| holds(change.first_instant()) != present);
        self.watcher.note(Watch {
            next,
            computes: false,
        });
    }

    /// Marks that something computes with `now`.
    pub(super) fn mark_computed(&self) {
        self.watcher.note(Watch {
            next: None,
            computes: true,
        });
    }

    fn mark_at(&self, at: Timestamp) {
        let next = (at > self.now()).then_some(Change { at, after: false });
        self.watcher.note(Watch {
            next,
            computes: false,
        });
    }

    /// Marks when a value that depends on the day changes.
    pub(super) fn mark_day(&self, frame: &mut Frame<'_>, zone: &ZoneRef, pace: Pace) {
        if !self.watcher.is_awake() {
            return;
        }
        let zone = zone_of(self, frame, zone).map(|zone| zone.into_owned());
        let Some(zone) = zone else {
            return;
        };
        let today = date_of(self.now(), &zone);
        let next = match pace {
            Pace::Day => next_midnight(self.now(), &zone),
            Pace::Month => start_of_date(first_of_next(today, &Span::months(1)), &zone),
            Pace::Year => {
                let next = Date::new(today.year(), 1, 1).unwrap_or(today);
                start_of_date(shift_date(next, &Span::years(1)), &zone)
            }
            Pace::On(day) => start_of_date(day, &zone),
        };
        self.mark_at(next);
    }

    /// The value of a function of a clock, with marks for when it changes; `None` where it is no such function.
    pub(super) fn function_of_clock(
        &self,
        frame: &mut Frame<'_>,
        expr: &Expr,
        value: impl FnOnce(&mut Frame<'_>) -> Option<Value>,
    ) -> Option<Option<Value>> {
        let Expr::Function {
            function,
            argument,
            zone,
        } = expr
        else {
            return None;
        };
        let pace = match function {
            Function::DateOf | Function::WeekdayOf | Function::DayOf => Pace::Day,
            Function::MonthOf => Pace::Month,
            Function::YearOf => Pace::Year,
            _ => return None,
        };
        if !self.watcher.is_awake() {
            return None;
        }
        let own = match self.watcher.quietly(|| Clock::of(self, frame, argument))? {
            Clock::Now => None,
            Clock::Today { .. } => Some(()),
            Clock::TimeOfDay(_) | Clock::Shifted { .. } => return None,
        };
        // The day of `today in ZONE` changes with that zone's calendar.
        let zone = match (own, resolve(self, argument)) {
            (Some(()), Expr::Today { zone, .. }) => zone,
            _ => zone,
        };
        self.mark_day(frame, zone, pace);
        Some(self.watcher.quietly(|| value(frame)))
    }
}

fn resolve<'e>(moment: &'e Moment<'_>, expr: &'e Expr) -> &'e Expr {
    match expr {
        Expr::Shared(index) => {
            let shared = moment.program().shared.get(*index as usize);
            shared.map_or(expr, |shared| resolve(moment, &shared.value))
        }
        _ => expr,
    }
}

/// The first day of the month that lies so far ahead.
fn first_of_next(today: Date, span: &Span) -> Date {
    shift_date(today.first_of_month(), span)
}

/// How often a value that depends on the day changes.
#[derive(Clone, Copy)]
pub(super) enum Pace {
    Day,
    Month,
    Year,
    /// On that day next.
    On(Date),
}
