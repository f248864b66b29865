//! Decision tables and working calendars.

use super::tests_of_values::{bound_of, order_of};
use super::{Lowerer, all, find};
use crate::ast::{
    CalendarDeclaration, CalendarHours, CellTest, Expr, ExprKind, TableCell, TableCellKind,
    TableDeclaration, TableInput, TableResult, TableRow,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::operators::{Bound, TimeOrder};
use crate::syntax::grammar::Rule;
use crate::value::{self, Time, Value, Weekday};
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn table(&mut self, pair: Pair<'_, Rule>) -> TableDeclaration {
        let mut table = TableDeclaration {
            name: self.inner_name(&pair),
            inputs: Vec::new(),
            results: Vec::new(),
            rows: Vec::new(),
            span: self.span(&pair),
        };
        let head = find(&pair, Rule::table_head);
        let columns = head.iter().flat_map(|head| all(head, Rule::table_column));
        for (column, pair) in columns.enumerate() {
            let inner = pair.clone().into_inner().next().unwrap_or(pair);
            if inner.as_rule() == Rule::table_result {
                table.results.push(TableResult {
                    name: find(&inner, Rule::field_name).map(|name| self.name(&name)),
                    kind: self.inner_type(&inner),
                    column,
                    span: self.span(&inner),
                });
            } else {
                table.inputs.push(TableInput {
                    name: self.inner_name(&inner),
                    kind: self.inner_type(&inner),
                    column,
                });
            }
        }
        let rows: Vec<_> = all(&pair, Rule::table_row).collect();
        table.rows = rows.into_iter().map(|row| self.table_row(&row)).collect();
        table
    }

    fn table_row(&mut self, pair: &Pair<'_, Rule>) -> TableRow {
        let cells: Vec<_> = all(pair, Rule::table_cell).collect();
        TableRow {
            cells: cells
                .into_iter()
                .map(|cell| self.table_cell(cell))
                .collect(),
            span: self.span(pair),
        }
    }

    fn table_cell(&mut self, pair: Pair<'_, Rule>) -> TableCell {
        let span = self.span(&pair);
        let kind = match find(&pair, Rule::cell_tests) {
            Some(tests) => {
                let tests: Vec<_> = all(&tests, Rule::cell_test).collect();
                TableCellKind::Tests(tests.into_iter().map(|test| self.cell_test(test)).collect())
            }
            None => TableCellKind::Expression(self.only_expression(pair)),
        };
        TableCell { kind, span }
    }

    fn cell_test(&mut self, pair: Pair<'_, Rule>) -> CellTest {
        let inner = pair.clone().into_inner().next().unwrap_or(pair);
        match inner.as_rule() {
            Rule::cell_anything => CellTest::Anything(self.span(&inner)),
            Rule::cell_bound => {
                let bound = find(&inner, Rule::bound).map_or(Bound::AtLeast, |b| bound_of(&b));
                CellTest::Bound(bound, self.only_expression(inner))
            }
            Rule::cell_order => {
                let order = find(&inner, Rule::order).map_or(TimeOrder::Before, |o| order_of(&o));
                CellTest::Order(order, self.only_expression(inner))
            }
            Rule::cell_range => {
                let span = self.span(&inner);
                let mut ends = self.expressions_in(inner).into_iter();
                match (ends.next(), ends.next()) {
                    (Some(low), Some(high)) => CellTest::Range(low, high),
                    _ => CellTest::Anything(span),
                }
            }
            _ => CellTest::Value(self.cell_value(inner)),
        }
    }

    fn cell_value(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let Some((low, high)) = glued_range(pair.as_str().trim()) else {
            return self.only_expression(pair);
        };
        let message = format!("`{low}-{high}` reads as if something were subtracted");
        let help = format!("a range is written `{low} to {high}`");
        self.report(Diagnostic::error(Code::Guess, span, message).help(help));
        Expr {
            kind: ExprKind::Error,
            span,
        }
    }

    pub(super) fn calendar(&mut self, pair: Pair<'_, Rule>) -> CalendarDeclaration {
        let hours: Vec<_> = all(&pair, Rule::calendar_hours).collect();
        CalendarDeclaration {
            name: self.inner_name(&pair),
            zone: self.inner_zone(&pair),
            hours: hours
                .into_iter()
                .map(|line| self.calendar_hours(&line))
                .collect(),
            except: find(&pair, Rule::calendar_except).map(|part| self.only_expression(part)),
            span: self.span(&pair),
        }
    }

    fn calendar_hours(&mut self, pair: &Pair<'_, Rule>) -> CalendarHours {
        let days = all(pair, Rule::calendar_days).filter_map(|days| {
            let mut named = all(&days, Rule::calendar_day).filter_map(|day| day_named(&day));
            let first = named.next()?;
            Some((first, named.next().unwrap_or(first)))
        });
        let days = days.collect();
        let times: Vec<_> = all(pair, Rule::calendar_time).collect();
        CalendarHours {
            days,
            times: times
                .into_iter()
                .filter_map(|time| self.calendar_time(&time))
                .collect(),
            span: self.span(pair),
        }
    }

    /// `09:00-17:00`; the end of a day is written `24:00` or `00:00`.
    fn calendar_time(&mut self, pair: &Pair<'_, Rule>) -> Option<(Time, Option<Time>)> {
        let mut ends = all(pair, Rule::time);
        let (from, to) = (ends.next()?, ends.next()?);
        let from = self.time_of_day(&from)?;
        if matches!(to.as_str().trim(), "24:00" | "00:00") {
            return Some((from, None));
        }
        let place = self.span(pair);
        let to = self.time_of_day(&to)?;
        if to <= from {
            self.report(
                Diagnostic::error(Code::EmptyRange, place, "these hours end before they begin")
                    .help("hours over midnight are written as two: `22:00-24:00` and, on the next day, `00:00-06:00`"),
            );
            return None;
        }
        Some((from, Some(to)))
    }

    fn time_of_day(&mut self, pair: &Pair<'_, Rule>) -> Option<Time> {
        let span = self.span(pair);
        let parsed = value::parse_time(pair.as_str().trim()).map(Value::Time);
        match self.parsed(span, parsed, super::literals::TIME_FORM) {
            ExprKind::Literal(Value::Time(time)) => Some(time),
            _ => None,
        }
    }
}

/// `1-3` and `09:00-17:00`, as ranges are written elsewhere.
fn glued_range(text: &str) -> Option<(&str, &str)> {
    let (low, high) = text.split_once('-')?;
    let is_end = |end: &str| {
        !end.is_empty()
            && end
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'))
    };
    (is_end(low) && is_end(high)).then_some((low, high))
}

fn day_named(pair: &Pair<'_, Rule>) -> Option<Weekday> {
    Some(match pair.as_str().trim().get(..3)? {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}
