//! Days, shifts, windows and functions of time.

use super::Checker;
use super::describe::with_article;
use super::scope::Scope;
use super::value::{poison, typed};
use crate::ast::{Expr, ExprKind, Window};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, ZoneRef};
use crate::operators::{CalendarUnit, CountUnit, Direction, Function};
use crate::schema::Type;
use crate::source::Span;

impl Checker<'_> {
    /// Expressions about time and functions of one value.
    pub(super) fn time_expression(&mut self, scope: &mut Scope, expr: &Expr) -> ir::Expr {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Now => typed(ir::ExprKind::Now, Type::DateTime, span),
            ExprKind::Today { offset, zone } => self.phrase(scope, zone.as_deref(), |it, scope| {
                let (offset, zone) = (*offset, it.zone(scope, true, span));
                typed(ir::ExprKind::Today { offset, zone }, Type::Date, span)
            }),
            ExprKind::DayOfYear { day, month } => {
                let (day, month, zone) = (*day, *month, self.zone(scope, true, span));
                let kind = ir::ExprKind::DayOfYear { day, month, zone };
                typed(kind, Type::Date, span)
            }
            ExprKind::DayOfMonth {
                ordinal,
                weekday,
                offset,
                zone,
            } => self.phrase(scope, zone.as_deref(), |it, scope| {
                let kind = ir::ExprKind::DayOfMonth {
                    ordinal: *ordinal,
                    weekday: *weekday,
                    offset: *offset,
                    zone: it.zone(scope, true, span),
                };
                typed(kind, Type::Date, span)
            }),
            ExprKind::At { date, time, zone } => {
                self.phrase(scope, zone.as_deref(), |it, scope| {
                    let date = Box::new(it.known(scope, date, &Type::Date));
                    let time = Box::new(it.known(scope, time, &Type::Time));
                    let zone = it.zone(scope, true, span);
                    let kind = ir::ExprKind::Combine { date, time, zone };
                    typed(kind, Type::DateTime, span)
                })
            }
            ExprKind::Shifted {
                span: length,
                before,
                from,
                zone,
            } => self.phrase(scope, zone_behind(zone.as_deref(), from), |it, scope| {
                let length = it.infer(scope, length, None);
                let from = it.infer(scope, from, None);
                let from = it.require(scope, from);
                it.shifted_by(scope, from, length, *before, span)
            }),
            ExprKind::CountBetween {
                unit,
                from,
                to,
                zone,
            } => self.phrase(scope, zone_behind(zone.as_deref(), to), |it, scope| {
                it.count_between(scope, *unit, (from, to), span)
            }),
            ExprKind::Function {
                function,
                argument,
                zone,
            } => self.phrase(
                scope,
                zone_behind(zone.as_deref(), argument),
                |it, scope| it.function(scope, *function, argument, span),
            ),
            ExprKind::WorkingShift { .. } | ExprKind::WorkingBetween { .. } => {
                self.working_time(scope, expr)
            }
            ExprKind::Slot { key, name } => self.slot(scope, key, name, span),
            _ => poison(span),
        }
    }

    /// Checks a phrase; the zone behind it is that of all its parts, up to brackets.
    pub(super) fn phrase<T>(
        &mut self,
        scope: &mut Scope,
        zone: Option<&Expr>,
        parts: impl FnOnce(&mut Self, &mut Scope) -> T,
    ) -> T {
        let outer = scope.phrase_zone.clone();
        // The last part of a phrase holds the zone itself; it is checked once.
        let new = zone.filter(|zone| outer.as_ref().is_none_or(|outer| outer.span != zone.span));
        if let Some(zone) = new {
            let zone = self.bracketed(scope, |it, scope| it.known(scope, zone, &Type::Timezone));
            scope.phrase_zone = Some(Box::new(zone));
        }
        let found = parts(self, scope);
        scope.phrase_zone = outer;
        found
    }

    /// Checks what stands in brackets of any kind: it is a phrase of its own.
    pub(super) fn bracketed<T>(
        &mut self,
        scope: &mut Scope,
        inner: impl FnOnce(&mut Self, &mut Scope) -> T,
    ) -> T {
        let outer = scope.phrase_zone.take();
        let found = inner(self, scope);
        scope.phrase_zone = outer;
        found
    }

    /// The zone of a civil time: the phrase's, else the package's; `civil` says whether one is needed.
    pub(super) fn zone(&mut self, scope: &Scope, civil: bool, span: Span) -> ZoneRef {
        if let Some(zone) = &scope.phrase_zone {
            return ZoneRef::Named(zone.clone());
        }
        if civil {
            self.require_zone(span);
        }
        ZoneRef::Package
    }

    /// Reports a civil time in a package that does not say whose.
    pub(super) fn require_zone(&mut self, span: Span) {
        // A missing declaration is one mistake, however many places need it.
        let told = self.zone_missed.and_then(|at| self.diagnostics.get(at));
        if told.is_some_and(|told| told.code == Code::NoTimezone)
            || self.has_zone
            || self.symbols.is_word_broken("timezone")
        {
            return;
        }
        self.zone_missed = Some(self.diagnostics.len());
        let text = self.quoted(span);
        self.report(
            Diagnostic::error(
                Code::NoTimezone,
                span,
                format!("`{text}` depends on a time zone, and the package names none"),
            )
            .help(
                "write `timezone \"Europe/London\"` in one of its files, or `in \"Europe/London\"` \
                 behind this",
            ),
        );
    }

    /// A date or an instant moved by a length of time.
    pub(super) fn shifted_by(
        &mut self,
        scope: &Scope,
        from: ir::Expr,
        length: ir::Expr,
        back: bool,
        span: Span,
    ) -> ir::Expr {
        if !matches!(from.ty, Type::Date | Type::DateTime | Type::Unknown) {
            self.not_a_time(&from);
            return poison(span);
        }
        self.refuse_hours_on_date(&from.ty, &length);
        let civil = length.ty == Type::Period && from.ty == Type::DateTime;
        let zone = self.zone(scope, civil, span);
        ir::Expr {
            ty: from.ty.clone(),
            optional: false,
            kind: ir::ExprKind::Shift {
                from: Box::new(from),
                span: Box::new(length),
                back,
                zone,
            },
            span,
        }
    }

    pub(super) fn not_a_time(&mut self, expr: &ir::Expr) {
        if expr.ty == Type::Unknown {
            return;
        }
        let text = self.quoted(expr.span);
        let kind = with_article(&self.describe(&expr.ty));
        let message = format!("`{text}` is {kind}, but a Date or a DateTime is needed here");
        let diagnostic = Diagnostic::error(Code::TypeMismatch, expr.span, message);
        let diagnostic = self.when_of(diagnostic, expr);
        self.report(diagnostic);
    }

    /// The help where a date or an instant is needed.
    fn when_of(&self, diagnostic: Diagnostic, found: &ir::Expr) -> Diagnostic {
        let text = self.written(found.span);
        let mut fields = self.fields_of(&found.ty).iter();
        if let Some(field) = fields.find(|field| is_time(&field.kind)) {
            let field = format!("{text}.{}", field.name);
            return diagnostic.help(format!("name the field that says when: `{field}`"));
        }
        match &found.ty {
            Type::Duration | Type::Period => {
                diagnostic.write(found.span, format!("{text} after now"))
            }
            Type::Time => diagnostic.write(found.span, format!("today at {text}")),
            _ => diagnostic.help("name a field that is a Date or a DateTime"),
        }
    }

    pub(super) fn refuse_hours_on_date(&mut self, kind: &Type, length: &ir::Expr) {
        if *kind == Type::Date && length.ty == Type::Duration {
            let text = self.quoted(length.span);
            self.report(
                Diagnostic::error(
                    Code::HoursOnDate,
                    length.span,
                    format!("a Date has no hours, and `{text}` is counted in them"),
                )
                .help("count in days, weeks, months or years, or use a DateTime"),
            );
        }
    }

    fn count_between(
        &mut self,
        scope: &mut Scope,
        unit: CountUnit,
        (from, to): (&Expr, &Expr),
        span: Span,
    ) -> ir::Expr {
        let from = self.infer(scope, from, None);
        let from = self.require(scope, from);
        if !matches!(from.ty, Type::Date | Type::DateTime | Type::Unknown) {
            self.not_a_time(&from);
            return poison(span);
        }
        let to = self.known(scope, to, &from.ty.clone());
        let exact = matches!(unit, CountUnit::Minutes | CountUnit::Hours);
        if exact && from.ty == Type::Date {
            self.report(
                Diagnostic::error(
                    Code::HoursOnDate,
                    span,
                    "between two Dates there are no hours",
                )
                .help("write `days from … to …`"),
            );
        }
        let zone = self.zone(scope, from.ty == Type::DateTime && !exact, span);
        let kind = ir::ExprKind::CountBetween {
            unit,
            from: Box::new(from),
            to: Box::new(to),
            zone,
        };
        typed(kind, Type::Number, span)
    }

    fn function(
        &mut self,
        scope: &mut Scope,
        function: Function,
        argument: &Expr,
        span: Span,
    ) -> ir::Expr {
        self.refuse_bare_aggregate(argument);
        let argument = self.infer(scope, argument, None);
        let argument = self.require(scope, argument);
        let (fits, ty) = match function {
            Function::Length => (argument.ty == Type::Text, Type::Number),
            Function::FirstWord | Function::LowerCase => (argument.ty == Type::Text, Type::Text),
            Function::TimeOf => (argument.ty == Type::DateTime, Type::Time),
            Function::DateOf => (argument.ty == Type::DateTime, Type::Date),
            Function::Anniversary => (is_time(&argument.ty), Type::Date),
            Function::WeekdayOf => (is_time(&argument.ty), Type::Weekday),
            Function::Age | Function::DayOf | Function::MonthOf | Function::YearOf => {
                (is_time(&argument.ty), Type::Number)
            }
        };
        if !fits && argument.ty != Type::Unknown {
            self.wrong_argument(function, &argument, span);
            return poison(span);
        }
        let today = matches!(function, Function::Age | Function::Anniversary);
        let civil = today || argument.ty == Type::DateTime;
        let zone = self.zone(scope, civil, span);
        let argument = Box::new(argument);
        typed(
            ir::ExprKind::Function {
                function,
                argument,
                zone,
            },
            ty,
            span,
        )
    }

    fn wrong_argument(&mut self, function: Function, argument: &ir::Expr, whole: Span) {
        let text = self.quoted(argument.span);
        let kind = with_article(&self.describe(&argument.ty));
        let wanted = match function {
            Function::Length | Function::FirstWord | Function::LowerCase => "a Text",
            Function::TimeOf | Function::DateOf => "a DateTime",
            _ => "a Date or a DateTime",
        };
        let mut diagnostic = Diagnostic::error(
            Code::TypeMismatch,
            argument.span,
            format!("`{text}` is {kind}, but {wanted} is needed here"),
        );
        diagnostic = match (function, &argument.ty) {
            (Function::Length, Type::List(_)) => {
                let list = self.written(argument.span);
                diagnostic.write(whole, format!("count of {list}"))
            }
            (Function::DateOf, Type::Date) | (Function::TimeOf, Type::Time) => {
                diagnostic.help(format!("write `{text}` alone"))
            }
            _ => diagnostic.help(format!("name a field that is {wanted}")),
        };
        self.report(diagnostic);
    }

    /// The window of a `within`, for a value of that type.
    pub(super) fn window(
        &mut self,
        scope: &mut Scope,
        window: &Window,
        kind: &Type,
        span: Span,
    ) -> (ir::Window, bool) {
        match window {
            Window::Rolling(direction, length) => {
                let length = self.length(scope, length, kind);
                let civil = is_civil(&length.ty) || *kind == Type::Date;
                (ir::Window::Rolling(*direction, Box::new(length)), civil)
            }
            Window::Calendar(unit, offset) => (ir::Window::Calendar(*unit, *offset), true),
            Window::Doubtful(direction, unit) => {
                self.doubtful_window(*direction, *unit, span);
                (ir::Window::Calendar(*unit, 0), false)
            }
            // The test of a working calendar is an expression of its own.
            Window::Working(_) => (ir::Window::Calendar(CalendarUnit::Week, 0), false),
            Window::Before(length, of) => self.anchored(scope, length, of, kind, |span, of| {
                ir::Window::Before { span, of }
            }),
            Window::After(length, of) => self.anchored(scope, length, of, kind, |span, of| {
                ir::Window::After { span, of }
            }),
            Window::Around(length, of) => self.anchored(scope, length, of, kind, |span, of| {
                ir::Window::Around { span, of }
            }),
        }
    }

    fn anchored(
        &mut self,
        scope: &mut Scope,
        length: &Expr,
        of: &Expr,
        kind: &Type,
        make: fn(Box<ir::Expr>, Box<ir::Expr>) -> ir::Window,
    ) -> (ir::Window, bool) {
        let length = self.length(scope, length, kind);
        let of = self.known(scope, of, kind);
        let civil = is_civil(&length.ty) && *kind == Type::DateTime;
        (make(Box::new(length), Box::new(of)), civil)
    }

    /// A Duration or a Period that goes with a value of that type.
    pub(super) fn length(&mut self, scope: &mut Scope, expr: &Expr, kind: &Type) -> ir::Expr {
        let length = self.known(scope, expr, &Type::Period);
        self.refuse_hours_on_date(kind, &length);
        length
    }

    fn doubtful_window(&mut self, direction: Direction, unit: CalendarUnit, span: Span) {
        let word = match unit {
            CalendarUnit::Week => "week",
            CalendarUnit::Month => "month",
            CalendarUnit::Quarter => "quarter",
            CalendarUnit::Year => "year",
        };
        let (side, other) = match direction {
            Direction::Past => ("last", "previous"),
            Direction::Future => ("next", "this"),
        };
        let rolling = if word == "quarter" {
            "3 months".into()
        } else {
            format!("1 {word}")
        };
        let help = match direction {
            Direction::Past => format!(
                "write `within last {rolling}` for the time up to now, or `within {other} {word}` \
                 for the {word} of the calendar before this one"
            ),
            Direction::Future => format!(
                "write `within next {rolling}` for the time from now on, or `within {other} \
                 {word}` for the {word} of the calendar that it is now"
            ),
        };
        self.report(
            Diagnostic::error(
                Code::DoubtfulWindow,
                span,
                format!("`{side} {word}` can be read in two ways"),
            )
            .help(help),
        );
    }
}

/// The zone behind a phrase; where its last part has taken it, it is there.
pub(super) fn zone_behind<'e>(zone: Option<&'e Expr>, last: &'e Expr) -> Option<&'e Expr> {
    let inner = || match &last.kind {
        ExprKind::Today { zone, .. } | ExprKind::DayOfMonth { zone, .. } => zone.as_deref(),
        ExprKind::Shifted { zone, from, .. } => zone_behind(zone.as_deref(), from),
        ExprKind::CountBetween { zone, to, .. } => zone_behind(zone.as_deref(), to),
        ExprKind::Function { zone, argument, .. } => zone_behind(zone.as_deref(), argument),
        _ => None,
    };
    zone.or_else(inner)
}

pub(super) fn is_time(kind: &Type) -> bool {
    matches!(kind, Type::Date | Type::DateTime)
}

pub(super) fn is_civil(kind: &Type) -> bool {
    *kind == Type::Period
}
