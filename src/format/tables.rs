//! Tables as people draw them: a line for each row, every column as wide as its
//! widest cell.

use super::layout::{Doc, flat_width};
use super::printer::Printer;
use crate::ast::{CellTest, TableCell, TableCellKind, TableDeclaration, TypeExpr};

/// A line of a table: each cell with the sign before it, then the last sign.
struct Row {
    cells: Vec<Vec<Doc>>,
    end: Vec<Doc>,
}

impl Printer<'_> {
    pub(super) fn table(&mut self, table: &TableDeclaration) {
        self.head("table");
        self.name(&table.name);
        let mut rows = vec![self.table_head(table)];
        for row in &table.rows {
            rows.push(self.row(&row.cells, |p, cell| p.cell(cell)));
        }
        let widths = widths(&rows);
        self.indent(2, |p| {
            for row in rows {
                p.hard_line();
                for (cell, width) in row.cells.into_iter().zip(&widths) {
                    let missing = width.saturating_sub(flat_width(&cell));
                    p.put(cell);
                    p.blanks(missing.saturating_add(1));
                }
                p.put(row.end);
            }
        });
    }

    fn row<T>(&mut self, cells: &[T], write: impl Fn(&mut Self, &T)) -> Row {
        let mut written = Vec::new();
        for cell in cells {
            written.push(self.inner(|p| {
                p.words("|");
                p.blank();
                p.flat(|p| write(p, cell));
            }));
        }
        Row {
            cells: written,
            end: self.inner(|p| p.words("|")),
        }
    }

    fn table_head(&mut self, table: &TableDeclaration) -> Row {
        let inputs = table
            .inputs
            .iter()
            .map(|input| (input.column, Some(&input.name), &input.kind, false));
        let results = table
            .results
            .iter()
            .map(|result| (result.column, result.name.as_ref(), &result.kind, true));
        let mut columns: Vec<_> = inputs.chain(results).collect();
        columns.sort_by_key(|(column, ..)| *column);
        self.row(&columns, |p, (_, name, kind, gives)| {
            if *gives {
                p.head("gives");
            }
            if let Some(name) = name {
                p.name(name);
                p.head(":");
            }
            p.kind(kind as &TypeExpr);
        })
    }

    fn cell(&mut self, cell: &TableCell) {
        match &cell.kind {
            TableCellKind::Expression(expression) => self.expression(expression),
            TableCellKind::Tests(tests) => {
                for (index, test) in tests.iter().enumerate() {
                    if index > 0 {
                        self.blank();
                        self.head("or");
                    }
                    self.cell_test(test);
                }
            }
        }
    }

    fn cell_test(&mut self, test: &CellTest) {
        match test {
            CellTest::Anything(_) => self.words("anything"),
            CellTest::Value(value) => self.expression(value),
            CellTest::Range(low, high) => self.joined(low, "to", high),
            CellTest::Bound(bound, value) => self.bound(*bound, value),
            CellTest::Order(order, value) => self.order(*order, value),
        }
    }
}

/// How wide each column is.
fn widths(rows: &[Row]) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (index, cell) in row.cells.iter().enumerate() {
            let width = flat_width(cell);
            match widths.get_mut(index) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    widths
}
