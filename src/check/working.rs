//! Expressions that count in a working calendar, and slots of a share.

use super::Checker;
use super::describe::listed;
use super::scope::Scope;
use super::symbols::SymbolKind;
use super::time::is_time;
use super::value::{poison, typed};
use crate::ast::{Expr, ExprKind, Name};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::ir::{self, CalendarId};
use crate::limits;
use crate::operators::{CountUnit, SpanUnit, WorkingUnit};
use crate::schema::Type;
use crate::source::{Span, offset};
use crate::value::Number;

impl Checker<'_> {
    /// The calendar of that name, or a message.
    pub(super) fn calendar_named(&mut self, scope: &Scope, name: &Name) -> Option<CalendarId> {
        self.refer_by_name(name);
        let known = self.calendars.iter().position(|it| it.name == name.text);
        if known.is_some() || scope.incomplete || self.symbols.is_broken(&name.text) {
            return known.map(|index| CalendarId(offset(index)));
        }
        let written = quote(&name.text);
        let names: Vec<&str> = self.calendars.iter().map(|it| &*it.name).collect();
        let mut diagnostic = match self.symbols.get(&name.text) {
            Some(symbol) => {
                let what = symbol.kind.words();
                let message = format!("`{written}` is {what}, not a calendar");
                Diagnostic::error(Code::UnknownCalendar, name.span, message)
                    .also(symbol.span, "declared here")
            }
            None => {
                let message = format!("`{written}` is not a calendar");
                Diagnostic::error(Code::UnknownCalendar, name.span, message)
            }
        };
        diagnostic = match nearest(&name.text, names.iter().copied()) {
            Some(near) => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(name.span, near),
            None if names.is_empty() => diagnostic.help(format!(
                "declare it: `calendar {} {{ mon-fri 09:00-17:00 }}`",
                self.free_name(name)
            )),
            None => diagnostic.help(format!("the package has {}", listed(&names))),
        };
        self.report(diagnostic);
        None
    }

    /// The name itself, or a word for a calendar where it is taken.
    fn free_name(&self, name: &Name) -> String {
        match self.symbols.get(&name.text) {
            Some(symbol) if symbol.kind != SymbolKind::Broken => "desk".into(),
            _ => quote(&name.text),
        }
    }

    /// `2 desk days after T`, `desk days from A to B`
    pub(super) fn working_time(&mut self, scope: &mut Scope, expr: &Expr) -> ir::Expr {
        match &expr.kind {
            ExprKind::WorkingShift {
                amount,
                unit,
                calendar,
                before,
                from,
            } => {
                let unit = unit_of_shift(*unit);
                let shift = (amount, unit, *before);
                self.working_shift(scope, shift, calendar, from, expr.span)
            }
            ExprKind::WorkingBetween {
                unit,
                calendar,
                from,
                to,
            } => {
                let unit = unit_of_count(*unit);
                self.working_between(scope, unit, calendar, (from, to), expr.span)
            }
            _ => poison(expr.span),
        }
    }

    /// Where working time begins to count, and its calendar if there is one of that name.
    fn begin(
        &mut self,
        scope: &mut Scope,
        from: &Expr,
        calendar: &Name,
    ) -> Option<(ir::Expr, Option<CalendarId>)> {
        let from = self.infer(scope, from, None);
        let from = self.require(scope, from);
        let calendar = self.calendar_named(scope, calendar);
        if !is_time(&from.ty) {
            self.not_a_time(&from);
            return None;
        }
        Some((from, calendar))
    }

    fn working_shift(
        &mut self,
        scope: &mut Scope,
        (amount, unit, back): (&Number, WorkingUnit, bool),
        calendar: &Name,
        from: &Expr,
        span: Span,
    ) -> ir::Expr {
        let Some((from, calendar)) = self.begin(scope, from, calendar) else {
            return poison(span);
        };
        if self.refuse_working_hours_on_date(&from, unit, span) {
            return poison(span);
        }
        let count = calendar
            .and_then(|calendar| self.amount((amount, unit, back), calendar, from.span, span));
        let (Some(calendar), Some(count)) = (calendar, count) else {
            return poison(span);
        };
        let ty = from.ty.clone();
        let kind = ir::ExprKind::WorkingShift {
            calendar,
            count,
            unit,
            back,
            from: Box::new(from),
        };
        typed(kind, ty, span)
    }

    /// How much working time a shift counts, where that is whole and not too much.
    fn amount(
        &mut self,
        (amount, unit, back): (&Number, WorkingUnit, bool),
        calendar: CalendarId,
        from: Span,
        span: Span,
    ) -> Option<i64> {
        let count = amount.to_i64().filter(|_| amount.is_whole());
        let Some(count) = count.filter(|count| *count >= 0) else {
            let mended = self.whole_amount(amount, unit, back, calendar);
            let from = self.quoted(from);
            self.report(
                Diagnostic::error(
                    Code::BadLiteral,
                    span,
                    "working time is counted in whole numbers from 0",
                )
                .write(span, format!("{mended} {from}")),
            );
            return None;
        };
        let known = self.calendars.get(calendar.0 as usize)?;
        let most = known
            .week
            .length_in(unit)
            .saturating_mul(limits::WORKING_WEEKS);
        // A week without hours has been reported.
        if count > most && known.week.has_hours() {
            let (weeks, name, place) = (limits::WORKING_WEEKS, known.name.clone(), known.span);
            self.report(
                Diagnostic::error(
                    Code::TooFar,
                    span,
                    format!("this is more than {weeks} weeks of `{name}`"),
                )
                .also(place, "its hours stand here")
                .help(format!(
                    "write at most {most}, or a civil length such as `2 years after …`"
                )),
            );
            return None;
        }
        Some(count)
    }

    /// What stands for an amount that is not whole or below 0: `90 desk minutes after`.
    fn whole_amount(
        &self,
        amount: &Number,
        unit: WorkingUnit,
        back: bool,
        calendar: CalendarId,
    ) -> String {
        let known = self.calendars.get(calendar.0 as usize);
        let name = known.map_or("…", |known| &*known.name);
        let negative = *amount < Number::ZERO;
        let amount = if negative {
            amount.neg()
        } else {
            amount.clone()
        };
        let minutes = amount.mul(&Number::from_i64(60));
        let (amount, unit) = match unit {
            WorkingUnit::Hours if !amount.is_whole() => (minutes, "minutes"),
            WorkingUnit::Hours => (amount, "hours"),
            WorkingUnit::Minutes => (amount, "minutes"),
            WorkingUnit::Days => (amount, "days"),
        };
        let whole = amount.round_to_step(&Number::ONE);
        let word = if back == negative { "after" } else { "before" };
        format!("{whole} {name} {unit} {word}")
    }

    fn working_between(
        &mut self,
        scope: &mut Scope,
        unit: WorkingUnit,
        calendar: &Name,
        (from, to): (&Expr, &Expr),
        span: Span,
    ) -> ir::Expr {
        let Some((from, calendar)) = self.begin(scope, from, calendar) else {
            return poison(span);
        };
        let to = self.known(scope, to, &from.ty.clone());
        let refused = self.refuse_working_hours_on_date(&from, unit, span);
        let Some(calendar) = calendar.filter(|_| !refused) else {
            return poison(span);
        };
        let kind = ir::ExprKind::WorkingBetween {
            calendar,
            unit,
            from: Box::new(from),
            to: Box::new(to),
        };
        typed(kind, Type::Number, span)
    }

    fn refuse_working_hours_on_date(
        &mut self,
        from: &ir::Expr,
        unit: WorkingUnit,
        span: Span,
    ) -> bool {
        let refused = from.ty == Type::Date && unit != WorkingUnit::Days;
        if refused {
            let text = self.quoted(from.span);
            self.report(
                Diagnostic::error(
                    Code::HoursOnDate,
                    span,
                    "a Date has no time of day to count working hours from",
                )
                .help(format!(
                    "count in days, or say when on that day: `({text} at 09:00)`"
                )),
            );
        }
        refused
    }

    /// `T is within desk`
    pub(super) fn within_calendar(
        &mut self,
        scope: &Scope,
        value: Box<ir::Expr>,
        calendar: &Name,
        zone: Option<&Expr>,
    ) -> ir::ExprKind {
        if let Some(zone) = zone {
            let name = &calendar.text;
            self.report(
                Diagnostic::error(
                    Code::ZoneOnCalendar,
                    zone.span,
                    format!("the hours of `{name}` have a zone of their own"),
                )
                .help(format!(
                    "leave the `in …` out, or write it where `{name}` is declared"
                )),
            );
        }
        if !is_time(&value.ty) {
            self.not_a_time(&value);
        }
        match self.calendar_named(scope, calendar) {
            Some(calendar) => ir::ExprKind::WithinCalendar { value, calendar },
            None => poison(value.span).kind,
        }
    }

    /// `slot of KEY for NAME`
    pub(super) fn slot(
        &mut self,
        scope: &mut Scope,
        key: &Expr,
        name: &Expr,
        span: Span,
    ) -> ir::Expr {
        let key = Box::new(self.known(scope, key, &Type::Text));
        let name = Box::new(self.known(scope, name, &Type::Text));
        typed(ir::ExprKind::Slot { key, name }, Type::Number, span)
    }
}

fn unit_of_shift(unit: SpanUnit) -> WorkingUnit {
    match unit {
        SpanUnit::Seconds | SpanUnit::Minutes => WorkingUnit::Minutes,
        SpanUnit::Hours => WorkingUnit::Hours,
        SpanUnit::Days | SpanUnit::Weeks | SpanUnit::Months | SpanUnit::Years => WorkingUnit::Days,
    }
}

fn unit_of_count(unit: CountUnit) -> WorkingUnit {
    match unit {
        CountUnit::Minutes => WorkingUnit::Minutes,
        CountUnit::Hours => WorkingUnit::Hours,
        CountUnit::Days | CountUnit::Weeks | CountUnit::Months | CountUnit::Years => {
            WorkingUnit::Days
        }
    }
}
