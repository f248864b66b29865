//! Decision tables: what they are asked with, what they give, and that their rows cover every case.
//!
//! Input: a table as written. Output: one definition for each of its results, whose parameters are the columns it
//! is asked with and whose body asks the rows in their order; or messages. One file a concern: `head` reads the
//! first line, `cells` the cells that are asked, `results` those that are given, `domain` cuts a column into
//! atoms, `coverage` finds what no row takes, `cases` puts that into words.
//! Invariant: the last row of a table without errors holds for all that the rows above it leave.

mod cases;
mod cells;
mod coverage;
mod domain;
mod head;
mod results;

use super::Checker;
use super::defines::{DefineKind, Size};
use super::value::{poison, typed};
use crate::ast::{CellTest, Expr, ExprKind, TableCellKind, TableDeclaration, TableRow, TypeExpr};
use crate::ast::{TableCell, TypeExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::Type;
use crate::source::offset;
use cells::Alternative;
use head::Head;
use std::sync::Arc;

/// A row that was read: the alternatives of each column it is asked with; `None` where a cell has a mistake.
type AskedRow = Vec<Option<Vec<Alternative>>>;

impl Checker<'_> {
    /// Checks a table: one definition for each of its results.
    pub(super) fn table(&mut self, table: &TableDeclaration) -> Vec<ir::Define> {
        let head = self.table_head(table);
        let size = self.size_of_table(table);
        let Some(size) = self.size_within(&table.name, table.name.span, size) else {
            return self.without_rows(table, &head, size.blameless());
        };
        if self.refuse_too_large(table) {
            return self.without_rows(table, &head, size.blameless());
        }
        let mut asked = Vec::new();
        let mut given = Vec::new();
        let mut sound = !head.broken;
        let mut before = None;
        for row in &table.rows {
            if !self.has_all_cells(table, &head, row, before.replace(row.span)) {
                sound = false;
                continue;
            }
            asked.push(self.asked_cells(table, &head, row));
            given.push(self.given_cells(&head, row));
        }
        sound &= asked.iter().flatten().all(Option::is_some);
        if table.rows.is_empty() && !head.broken {
            self.no_rows(table, &head);
        } else if sound {
            self.check_cover(table, &head, &asked);
        }
        let unrounded = given.iter().map(|row| self.are_unrounded(row));
        let unrounded: Vec<Vec<bool>> = unrounded.collect();
        let bodies = bodies(table, &head, &asked, given);
        for (index, result) in head.results.iter().enumerate() {
            let any = |row: &Vec<bool>| row.get(index) == Some(&true);
            let unrounded = unrounded.iter().any(any);
            self.remember_result(table, &head, result, (size, unrounded));
        }
        head.defines(table, bodies.into_iter())
    }

    /// A table that uses itself.
    pub(super) fn poisoned_table(&mut self, table: &TableDeclaration) -> Vec<ir::Define> {
        let mut head = self.table_head(table);
        for result in &mut head.results {
            result.ty = Type::Unknown;
        }
        let size = self.size_of_table(table).blameless();
        self.without_rows(table, &head, size)
    }

    fn without_rows(
        &mut self,
        table: &TableDeclaration,
        head: &Head,
        size: Size,
    ) -> Vec<ir::Define> {
        for result in &head.results {
            self.remember_result(table, head, result, (size, false));
        }
        head.defines(table, std::iter::repeat_with(|| poison(table.name.span)))
    }

    fn remember_result(
        &mut self,
        table: &TableDeclaration,
        head: &Head,
        result: &head::ResultColumn,
        (size, unrounded): (Size, bool),
    ) {
        let given = parts_of_results(table);
        let columns = table.inputs.iter();
        let only_compared = columns.map(|column| {
            let name = &column.name.text;
            given.iter().all(|part| self.only_compares(part, name))
        });
        self.defines.add(DefineKind {
            only_compared: only_compared.collect(),
            name: table.name.text.clone(),
            result: result.name.clone(),
            input: self.input_read(&self.parts_of_table(table)),
            parameters: head.parameters(),
            ty: result.ty.clone(),
            optional: result.optional,
            span: table.name.span,
            constant: None,
            unrounded,
            broken: head.broken,
            size,
        });
    }

    fn are_unrounded(&self, row: &[ir::Expr]) -> Vec<bool> {
        row.iter().map(|value| self.is_unrounded(value)).collect()
    }

    /// Every test and every result of a table is evaluated where no row above the last holds; the tests stand once
    /// in each result.
    fn size_of_table(&self, table: &TableDeclaration) -> Size {
        let parts = self.parts_of_table(table);
        let words = all_parts(table).len().saturating_sub(parts.len());
        let copies = u64::from(offset(table.results.len())).max(1);
        let cost = self.cost_of_table(&parts, u64::from(offset(words)), copies);
        self.size_of(&parts, cost)
    }

    fn refuse_too_large(&mut self, table: &TableDeclaration) -> bool {
        let columns = table.inputs.len().saturating_add(table.results.len());
        let (what, limit) = if table.rows.len() > crate::limits::TABLE_ROWS {
            ("rows", crate::limits::TABLE_ROWS)
        } else if columns > crate::limits::TABLE_COLUMNS {
            ("columns", crate::limits::TABLE_COLUMNS)
        } else {
            return false;
        };
        self.report(
            Diagnostic::error(
                Code::TooCostly,
                table.name.span,
                format!("`{}` has more than {limit} {what}", table.name.text),
            )
            .help("split it into several tables, of which one calls the others"),
        );
        true
    }

    /// The expressions of a table by which it depends on definitions: a bare word that is a value of its column's
    /// choice is none.
    pub(super) fn parts_of_table<'a>(&self, table: &'a TableDeclaration) -> Vec<&'a Expr> {
        let mut parts = Vec::new();
        for row in &table.rows {
            for (column, cell) in row.cells.iter().enumerate() {
                let kind = type_of_column(table, column);
                let inner = parts_of_cell(cell).into_iter();
                parts.extend(inner.filter(|part| !self.is_word_of(kind, part)));
            }
        }
        parts
    }

    /// Whether an expression is a bare word that the type of its column gives a meaning.
    fn is_word_of(&self, kind: Option<&TypeExpr>, part: &Expr) -> bool {
        let (Some(kind), ExprKind::Name(word)) = (kind, &part.unbracketed().kind) else {
            return false;
        };
        let TypeExprKind::Named { name, .. } = &kind.kind else {
            return false;
        };
        if &*name.text == "Weekday" {
            return crate::value::weekday_named(&word.text).is_some();
        }
        let choice = self.choice_named(&name.text);
        choice.is_some_and(|id| self.choice_value(id, &word.text).is_some())
    }
}

/// The body of each result: its values by the conditions of the rows.
fn bodies(
    table: &TableDeclaration,
    head: &Head,
    asked: &[AskedRow],
    given: Vec<Vec<ir::Expr>>,
) -> Vec<ir::Expr> {
    let span = table.name.span;
    let conditions: Vec<ir::Expr> = asked
        .iter()
        .zip(&table.rows)
        .map(|(row, written)| row_condition(head, row, written))
        .collect();
    let mut columns: Vec<Vec<ir::Expr>> = head.results.iter().map(|_| Vec::new()).collect();
    for row in given {
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let results = head.results.iter().zip(columns);
    results
        .map(|(result, mut values)| {
            let Some(otherwise) = values.pop() else {
                return poison(span);
            };
            let pairs = conditions.iter().cloned().zip(values);
            let cases = pairs.map(|(condition, value)| ir::Case { condition, value });
            let kind = ir::ExprKind::Cases {
                cases: cases.collect(),
                otherwise: Box::new(otherwise),
            };
            ir::Expr {
                optional: result.optional,
                ..typed(kind, result.ty.clone(), span)
            }
        })
        .collect()
}

/// What must hold for a row to be the one.
fn row_condition(head: &Head, row: &AskedRow, written: &TableRow) -> ir::Expr {
    let cells = head.columns.iter().zip(row).zip(&written.cells);
    let parts = cells.filter_map(|((column, alternatives), cell)| {
        cells::condition(column, alternatives.as_deref()?, cell.span)
    });
    let mut parts: Vec<ir::Expr> = parts.collect();
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            parts.push(last);
            typed(ir::ExprKind::And(parts), Type::YesNo, written.span)
        }
        (_, None) => {
            let always = ir::ExprKind::Constant(crate::value::Value::YesNo(true));
            typed(always, Type::YesNo, written.span)
        }
    }
}

fn type_of_column(table: &TableDeclaration, column: usize) -> Option<&TypeExpr> {
    let inputs = table.inputs.iter().map(|input| (input.column, &input.kind));
    let results = table
        .results
        .iter()
        .map(|result| (result.column, &result.kind));
    let mut all = inputs.chain(results);
    all.find(|(index, _)| *index == column)
        .map(|(_, kind)| kind)
}

fn all_parts(table: &TableDeclaration) -> Vec<&Expr> {
    let cells = table.rows.iter().flat_map(|row| &row.cells);
    cells.flat_map(parts_of_cell).collect()
}

/// The expressions of the cells that a table gives.
fn parts_of_results(table: &TableDeclaration) -> Vec<&Expr> {
    let results = table.results.iter();
    let cells = results.flat_map(|result| {
        let rows = table.rows.iter();
        rows.filter_map(|row| row.cells.get(result.column))
    });
    cells.flat_map(parts_of_cell).collect()
}

fn parts_of_cell(cell: &TableCell) -> Vec<&Expr> {
    match &cell.kind {
        TableCellKind::Expression(expression) => vec![expression],
        TableCellKind::Tests(tests) => tests.iter().flat_map(parts_of_test).collect(),
    }
}

fn parts_of_test(test: &CellTest) -> Vec<&Expr> {
    match test {
        CellTest::Anything(_) => Vec::new(),
        CellTest::Value(value) | CellTest::Bound(_, value) | CellTest::Order(_, value) => {
            vec![value]
        }
        CellTest::Range(low, high) => vec![low, high],
    }
}

/// A name of a result as it stands in messages and in the typed tree.
fn full_name(table: &str, result: Option<&str>) -> Arc<str> {
    match result {
        Some(result) => format!("{table}.{result}").into(),
        None => table.into(),
    }
}
