//! Numbers, money, dates, times and lengths of time as written.

use super::{Lowerer, find};
use crate::ast::{Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::operators::SpanUnit;
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::value::{self, Number, Value};
use pest::iterators::Pair;
use std::fmt::Display;

impl Lowerer<'_> {
    pub(super) fn literal(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let Some(inner) = pair.into_inner().next() else {
            return error(span);
        };
        let text = inner.as_str().trim();
        let kind = match inner.as_rule() {
            Rule::kw_yes_literal => ExprKind::Literal(Value::YesNo(true)),
            Rule::kw_no_literal => ExprKind::Literal(Value::YesNo(false)),
            Rule::date_time => {
                let form = "write a date, `T`, a time and a zone: `2026-11-23T10:00:00Z`";
                self.parsed(span, value::parse_instant(text).map(Value::DateTime), form)
            }
            Rule::date => self.date(span, text),
            Rule::time => {
                let form = TIME_FORM;
                self.parsed(span, value::parse_time(text).map(Value::Time), form)
            }
            Rule::money => self.money(&inner),
            _ => ExprKind::Literal(Value::Number(self.number(&inner))),
        };
        Expr { kind, span }
    }

    fn date(&mut self, span: Span, text: &str) -> ExprKind {
        match (value::parse_date(text), padded_date(text)) {
            (Err(error), Some(padded)) => {
                let diagnostic = Diagnostic::error(Code::BadLiteral, span, error.to_string());
                self.report(diagnostic.write(span, padded));
                ExprKind::Error
            }
            (result, _) => {
                let form = "write year, month and day, such as `2026-11-23`";
                self.parsed(span, result.map(Value::Date), form)
            }
        }
    }

    /// `form` says how such a value is written.
    pub(super) fn parsed<E: Display>(
        &mut self,
        span: Span,
        result: Result<Value, E>,
        form: impl Into<String>,
    ) -> ExprKind {
        match result {
            Ok(value) => ExprKind::Literal(value),
            Err(error) => {
                self.report(
                    Diagnostic::error(Code::BadLiteral, span, error.to_string()).help(form),
                );
                ExprKind::Error
            }
        }
    }

    fn money(&mut self, pair: &Pair<'_, Rule>) -> ExprKind {
        let amount = find(pair, Rule::number).map(|number| self.number(&number));
        let currency = find(pair, Rule::currency_literal).map(|code| self.name(&code));
        match (amount, currency) {
            (Some(amount), Some(currency)) => ExprKind::Money { amount, currency },
            _ => ExprKind::Error,
        }
    }

    pub(super) fn number(&mut self, pair: &Pair<'_, Rule>) -> Number {
        let span = self.span(pair);
        Number::parse(pair.as_str().trim()).unwrap_or_else(|error| {
            self.report(
                Diagnostic::error(Code::BadLiteral, span, error.to_string())
                    .help("write fewer digits: at most 18 before and 9 after the point"),
            );
            Number::from_i64(0)
        })
    }

    pub(super) fn span_literal(&mut self, pair: &Pair<'_, Rule>) -> Expr {
        let amount = find(pair, Rule::number).map(|number| self.number(&number));
        let unit = find(pair, Rule::span_unit);
        Expr {
            kind: ExprKind::Span {
                amount: amount.unwrap_or_else(|| Number::from_i64(0)),
                unit: unit.map_or(SpanUnit::Days, |unit| span_unit(unit.as_str().trim())),
            },
            span: self.span(pair),
        }
    }

    pub(super) fn day_of_year(&mut self, pair: &Pair<'_, Rule>) -> Expr {
        let span = self.span(pair);
        let day = find(pair, Rule::day_number).and_then(|day| day.as_str().trim().parse().ok());
        let month = find(pair, Rule::month_name).map_or(1, |month| month_number(month.as_str()));
        let day: i8 = day.unwrap_or(0);
        let longest = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !(1..=longest).contains(&day) {
            self.report(
                Diagnostic::error(Code::BadLiteral, span, "that month has no such day")
                    .help(format!("write a day from 1 to {longest}")),
            );
            return error(span);
        }
        Expr {
            kind: ExprKind::DayOfYear { day, month },
            span,
        }
    }
}

/// How a time of day is written.
pub(super) const TIME_FORM: &str = "write hours from 00 to 23 and minutes from 00 to 59: `17:00`";

/// A date with two digits for the month and the day where one stands.
fn padded_date(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let padded = format!("{year}-{month:0>2}-{day:0>2}");
    value::parse_date(&padded).is_ok().then_some(padded)
}

fn error(span: Span) -> Expr {
    Expr {
        kind: ExprKind::Error,
        span,
    }
}

fn span_unit(word: &str) -> SpanUnit {
    match word.trim_end_matches('s') {
        "second" => SpanUnit::Seconds,
        "minute" => SpanUnit::Minutes,
        "hour" => SpanUnit::Hours,
        "week" => SpanUnit::Weeks,
        "month" => SpanUnit::Months,
        "year" => SpanUnit::Years,
        _ => SpanUnit::Days,
    }
}

fn month_number(word: &str) -> i8 {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = word.trim().to_lowercase();
    let index = MONTHS
        .iter()
        .position(|month| lower.starts_with(month))
        .unwrap_or(0);
    i8::try_from(index.saturating_add(1)).unwrap_or(1)
}
