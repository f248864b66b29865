//! Days, moments and what is read off them.

use super::{Lowerer, all, find};
use crate::ast::{Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::operators::{CountUnit, Function, Ordinal};
use crate::syntax::grammar::Rule;
use crate::value::weekday_named;
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn at(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let zone = self.inner_zone(&pair).map(Box::new);
        let mut sides = all(&pair, Rule::rounded);
        match (sides.next(), sides.next()) {
            (Some(date), Some(time)) => Expr {
                kind: ExprKind::At {
                    date: self.boxed(date),
                    time: self.boxed(time),
                    zone,
                },
                span,
            },
            (Some(only), None) => self.any(only),
            _ => self.error_expression(&pair),
        }
    }

    pub(super) fn count_between(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let zone = self.inner_zone(&pair).map(Box::new);
        let unit = find(&pair, Rule::count_unit).map_or(CountUnit::Days, |unit| count_unit(&unit));
        let mut ends = pair
            .clone()
            .into_inner()
            .filter(|end| matches!(end.as_rule(), Rule::fallback | Rule::bare_now));
        match (ends.next(), ends.next()) {
            (Some(from), Some(to)) => Expr {
                kind: ExprKind::CountBetween {
                    unit,
                    from: self.boxed(from),
                    to: self.boxed(to),
                    zone,
                },
                span,
            },
            _ => self.error_expression(&pair),
        }
    }

    pub(super) fn function(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let name = find(&pair, Rule::function_name);
        let Some(moment) = moment_of(&pair) else {
            return self.error_expression(&pair);
        };
        Expr {
            kind: ExprKind::Function {
                function: name.map_or(Function::Length, |name| function_named(&name)),
                argument: self.boxed(moment),
                zone: self.inner_zone(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }

    pub(super) fn day_of_month(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let ordinal = find(&pair, Rule::ordinal).and_then(|word| word.into_inner().next());
        Expr {
            kind: ExprKind::DayOfMonth {
                ordinal: match ordinal.map(|word| word.as_rule()) {
                    Some(Rule::kw_first) => Ordinal::First,
                    Some(Rule::kw_second) => Ordinal::Second,
                    Some(Rule::kw_third) => Ordinal::Third,
                    Some(Rule::kw_fourth) => Ordinal::Fourth,
                    _ => Ordinal::Last,
                },
                weekday: find(&pair, Rule::weekday)
                    .and_then(|day| weekday_named(day.as_str().trim())),
                offset: if find(&pair, Rule::kw_this).is_some() {
                    0
                } else {
                    -1
                },
                zone: self.inner_zone(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }

    pub(super) fn today(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let zone = self.inner_zone(&pair).map(Box::new);
        let word = pair.clone().into_inner().next().map(|word| word.as_rule());
        let offset = match word {
            Some(Rule::kw_now) => None,
            Some(Rule::kw_tomorrow) => Some(1),
            Some(Rule::kw_yesterday) => Some(-1),
            _ => Some(0),
        };
        if offset.is_none()
            && let Some(zone) = &zone
        {
            self.report(
                Diagnostic::error(
                    Code::ZoneOnInstant,
                    zone.span,
                    "`now` is the same in every zone",
                )
                .help("write `time of now in …`, `date of now in …` or `today in …`"),
            );
        }
        Expr {
            kind: offset.map_or(ExprKind::Now, |offset| ExprKind::Today { offset, zone }),
            span: self.span(&pair),
        }
    }

    pub(super) fn shifted(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let length = self.inner(&pair, Rule::span_literal);
        let Some(from) = moment_of(&pair) else {
            return length;
        };
        Expr {
            kind: ExprKind::Shifted {
                span: Box::new(length),
                before: find(&pair, Rule::kw_before).is_some(),
                from: self.boxed(from),
                zone: self.inner_zone(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }
}

fn count_unit(pair: &Pair<'_, Rule>) -> CountUnit {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::kw_minutes) => CountUnit::Minutes,
        Some(Rule::kw_hours) => CountUnit::Hours,
        Some(Rule::kw_weeks) => CountUnit::Weeks,
        Some(Rule::kw_months) => CountUnit::Months,
        Some(Rule::kw_years) => CountUnit::Years,
        _ => CountUnit::Days,
    }
}

/// What a function is of, or a shift from: `now` without the zone behind it, or any call.
fn moment_of<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    find(pair, Rule::bare_now).or_else(|| find(pair, Rule::call))
}

fn function_named(pair: &Pair<'_, Rule>) -> Function {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::kw_first) => Function::FirstWord,
        Some(Rule::kw_lower) => Function::LowerCase,
        Some(Rule::kw_age) => Function::Age,
        Some(Rule::kw_anniversary) => Function::Anniversary,
        Some(Rule::kw_time) => Function::TimeOf,
        Some(Rule::kw_date) => Function::DateOf,
        Some(Rule::kw_weekday) => Function::WeekdayOf,
        Some(Rule::kw_day) => Function::DayOf,
        Some(Rule::kw_month) => Function::MonthOf,
        Some(Rule::kw_year) => Function::YearOf,
        _ => Function::Length,
    }
}
