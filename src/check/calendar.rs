//! Declarations of working calendars: their hours, zone and exceptions.
//!
//! A calendar's hours are read before anything uses them; its zone and exceptions, which may be definitions, after
//! those. What they stand on may not itself count in a calendar, or it could lead back to its own.

use super::Checker;
use super::mentions::uses_calendar;
use super::scope::Scope;
use super::value::poison;
use crate::ast::{CalendarDeclaration, CalendarHours, Expr, Item, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::Type;
use crate::source::Span;
use crate::value::{Weekday, WorkingWeek, weekday_key};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What uses of a calendar need to know of it.
#[derive(Debug)]
pub(super) struct CalendarKind {
    pub(super) name: Arc<str>,
    pub(super) week: Arc<WorkingWeek>,
    pub(super) span: Span,
}

impl Checker<'_> {
    /// Reads the hours of all calendars, by name, so that their order means nothing.
    pub(super) fn collect_calendars(&mut self, items: &[Item]) {
        for calendar in self.calendars_by_name(items) {
            let week = Arc::new(self.week_of(calendar));
            self.calendars.push(CalendarKind {
                name: calendar.name.text.clone(),
                week,
                span: calendar.name.span,
            });
        }
    }

    /// Checks zone and exceptions of all calendars.
    pub(super) fn check_calendars(&mut self, items: &[Item]) -> Vec<ir::Calendar> {
        let declared = self.calendars_by_name(items);
        let weeks: Vec<_> = self.calendars.iter().map(|it| it.week.clone()).collect();
        let pairs = declared.into_iter().zip(weeks);
        pairs
            .map(|(calendar, week)| {
                let mut scope = Scope::new();
                ir::Calendar {
                    name: calendar.name.text.clone(),
                    zone: self.calendar_zone(&mut scope, calendar),
                    except: self.exceptions(&mut scope, calendar),
                    variables: scope.count,
                    week,
                    span: calendar.name.span,
                }
            })
            .collect()
    }

    fn calendars_by_name<'i>(&self, items: &'i [Item]) -> Vec<&'i CalendarDeclaration> {
        let declared = items.iter().filter_map(|item| match item {
            Item::Calendar(calendar) => Some(calendar),
            _ => None,
        });
        let first = declared.filter(|calendar| self.symbols.is_first(&calendar.name));
        let by_name: BTreeMap<&str, &CalendarDeclaration> =
            first.map(|it| (&*it.name.text, it)).collect();
        by_name.into_values().collect()
    }

    fn week_of(&mut self, calendar: &CalendarDeclaration) -> WorkingWeek {
        let mut week = WorkingWeek::default();
        let mut given: Vec<(Weekday, Span)> = Vec::new();
        for line in &calendar.hours {
            self.refuse_overlap(line);
            for weekday in days_of(line) {
                let before = given.iter().find(|(day, _)| *day == weekday);
                match before.map(|(_, span)| *span) {
                    Some(first) => self.day_twice(weekday, line.span, first),
                    None => {
                        given.push((weekday, line.span));
                        week.set(weekday, &line.times);
                    }
                }
            }
        }
        if calendar.hours.is_empty() {
            let name = &calendar.name.text;
            self.report(
                Diagnostic::error(
                    Code::EmptyRange,
                    calendar.name.span,
                    format!("the calendar `{name}` has no hours, so nobody ever works"),
                )
                .help("write days and hours, such as `mon-fri 09:00-17:00`"),
            );
        }
        week
    }

    fn refuse_overlap(&mut self, line: &CalendarHours) {
        let mut times = line.times.clone();
        times.sort_unstable();
        let overlaps = times.windows(2).any(|pair| match pair {
            [(_, Some(end)), (next, _)] => next < end,
            _ => true,
        });
        if overlaps {
            let text = self.quoted(line.span);
            self.report(
                Diagnostic::error(
                    Code::OverlappingHours,
                    line.span,
                    format!("hours of `{text}` overlap"),
                )
                .help("write hours that follow each other: `mon-fri 09:00-12:30, 13:30-17:00`"),
            );
        }
    }

    fn day_twice(&mut self, weekday: Weekday, span: Span, first: Span) {
        let day = weekday_key(weekday);
        let short = day.get(..3).unwrap_or(day);
        let message = format!("{day} is given hours twice");
        let mut diagnostic = Diagnostic::error(Code::DayTwice, span, message);
        if span != first {
            diagnostic = diagnostic.also(first, "its hours stand here");
        }
        self.report(diagnostic.help(format!(
            "give all hours of a day on one line: `{short} 09:00-12:30, 13:30-17:00`"
        )));
    }

    fn calendar_zone(
        &mut self,
        scope: &mut Scope,
        calendar: &CalendarDeclaration,
    ) -> Option<ir::Expr> {
        let Some(zone) = &calendar.zone else {
            self.require_calendar_zone(&calendar.name);
            return None;
        };
        if self.refuse_calendar_in(zone, &calendar.name) {
            return Some(poison(zone.span));
        }
        Some(self.known(scope, zone, &Type::Timezone))
    }

    fn require_calendar_zone(&mut self, name: &Name) {
        if self.has_zone || self.symbols.is_broken("timezone") {
            return;
        }
        let name_text = &name.text;
        self.report(
            Diagnostic::error(
                Code::NoTimezone,
                name.span,
                format!(
                    "the hours of `{name_text}` depend on a time zone, and the package declares none"
                ),
            )
            .help(format!(
                "write `calendar {name_text} in \"Europe/London\" {{ … }}`, or `timezone \
                 \"Europe/London\"` for the whole package"
            )),
        );
    }

    fn exceptions(
        &mut self,
        scope: &mut Scope,
        calendar: &CalendarDeclaration,
    ) -> Option<ir::Expr> {
        let except = calendar.except.as_ref()?;
        if self.refuse_calendar_in(except, &calendar.name) {
            return Some(poison(except.span));
        }
        self.cost_within(except);
        let dates = Type::List(Arc::new(Type::Date));
        let found = self.infer(scope, except, Some(&dates));
        if found.ty == Type::Date {
            self.single_exception(&found);
            return Some(poison(found.span));
        }
        let found = self.expect(found, &dates);
        if found.optional {
            self.optional_exceptions(&found);
        }
        Some(ir::Expr {
            optional: false,
            ..found
        })
    }

    fn optional_exceptions(&mut self, found: &ir::Expr) {
        let text = self.quoted(found.span);
        self.report(
            Diagnostic::error(
                Code::MayBeMissing,
                found.span,
                format!("`{text}` may be missing"),
            )
            .help(format!(
                "say what stands in for it: `except ({text} otherwise [])`"
            ))
            .fix(found.span, format!("({text} otherwise [])")),
        );
    }

    fn single_exception(&mut self, found: &ir::Expr) {
        let text = self.quoted(found.span);
        self.report(
            Diagnostic::error(
                Code::TypeMismatch,
                found.span,
                format!("`{text}` is a Date, but a list of Date is needed here"),
            )
            .help(format!("write `except [{text}]`"))
            .fix(found.span, format!("[{text}]")),
        );
    }

    /// Reports a zone or exceptions that count in a calendar themselves.
    fn refuse_calendar_in(&mut self, part: &Expr, name: &Name) -> bool {
        let uses = uses_calendar(part, &|used| {
            let define = self.defines.get(used);
            define.is_some_and(|define| define.size.uses_calendar)
        });
        if uses {
            let text = self.quoted(part.span);
            self.report(
                Diagnostic::error(
                    Code::RecursiveDefine,
                    part.span,
                    format!("`{text}` counts in a calendar, and a calendar cannot stand on one"),
                )
                .also(name.span, "of this calendar")
                .help("hand the dates in as an input, or write them out: `except [2026-12-25]`"),
            );
        }
        uses
    }
}

/// Every day that a line gives hours to, over the week's end if need be.
fn days_of(line: &CalendarHours) -> impl Iterator<Item = Weekday> {
    line.days.iter().flat_map(|(first, last)| {
        let count = usize::try_from(first.until(*last)).unwrap_or(0);
        first.cycle_forward().take(count.saturating_add(1))
    })
}
