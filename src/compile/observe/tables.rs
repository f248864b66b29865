//! Tables, watched row by row.
//!
//! Input: the definition that gives a result of a table, and calls of it. Output: what each row gives is watched,
//! so that the row that matches is one that was looked at; so is what a call asks the table with.
//! Invariant: the cells that are asked are not watched one by one: a row matches as a whole or not at all.

use super::parts::Part;
use super::{Around, Observer, words, wrap};
use crate::ir::{self, Expr, ExprKind};
use crate::program::{Clause, Probe, Row, Watched};
use crate::schema::Type;
use crate::source::Span;
use std::sync::Arc;

impl Observer<'_> {
    /// Watches the rows of a table in the definition that gives one of its results.
    pub(super) fn table(&mut self, table: &ir::Table, body: &mut Expr) {
        self.clause = Clause::Define;
        let part = match body.ty {
            Type::YesNo => Part::Condition,
            _ => Part::Plain,
        };
        let private = self.privacy.reads_private(body, &mut self.env);
        let ExprKind::Cases { cases, otherwise } = &mut body.kind else {
            return;
        };
        let values = cases.iter_mut().map(|case| &mut case.value);
        let values = values.chain([&mut **otherwise]);
        for ((number, row), value) in (1..).zip(&table.rows).zip(values) {
            let row = (self.row(table, number, row), row.span);
            self.watch_row(row, value, part, private);
        }
    }

    fn row(&self, table: &ir::Table, number: usize, row: &ir::TableRow) -> Row {
        let cells = |spans: &[Span]| {
            let texts = spans.iter().map(|span| self.sources.text_of(*span));
            texts.map(|text| words::on_one_line(text).into()).collect()
        };
        Row {
            table: table.name.clone(),
            number,
            cells: cells(&row.asked),
            gives: cells(&row.given),
        }
    }

    /// Watches what a row gives. That is private where what chose the row is.
    fn watch_row(&mut self, (row, span): (Row, Span), value: &mut Expr, part: Part, private: bool) {
        let probe = self.add(Probe {
            text: format!("| {} |", row.cells.join(" | ")).into(),
            watched: Watched::Row(Arc::new(row)),
            owner: self.owner.clone(),
            clause: self.clause.clone(),
            parent: None,
            place: self.place(span),
            private,
        });
        self.watch(value, part, under(probe, part));
        wrap(value, probe);
    }

    /// Watches what a table is asked with, and says whether the expression asks one.
    pub(super) fn asked_of_table(&mut self, expr: &mut Expr, around: Around) -> bool {
        let ExprKind::Call { define, arguments } = &mut expr.kind else {
            return false;
        };
        let Some(Some(table)) = self.tables.get(define.0 as usize).cloned() else {
            return false;
        };
        for (column, argument) in table.columns.iter().zip(arguments) {
            let watched = Watched::Column(column.clone());
            let probe = self.probe(watched, argument, around.parent);
            self.watch(argument, Part::Plain, under(probe, Part::Plain));
            wrap(argument, probe);
        }
        true
    }
}

/// What stands around an expression that stands alone at a probe.
fn under(probe: u32, branch: Part) -> Around {
    Around {
        parent: Some(probe),
        span: None,
        branch,
    }
}
