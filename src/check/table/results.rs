//! What a table gives: the cells of its results, and how a call reads them.

use super::super::Checker;
use super::super::describe::listed;
use super::super::scope::Scope;
use super::super::value::poison;
use super::AskedRow;
use super::head::{Head, ResultColumn};
use crate::ast::{
    CellTest, Expr, ExprKind, Name, TableCell, TableCellKind, TableDeclaration, TableRow,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::Type;
use crate::source::Span;

impl Checker<'_> {
    /// The cells of a row that the table is asked with.
    pub(super) fn asked_cells(
        &mut self,
        table: &TableDeclaration,
        head: &Head,
        row: &TableRow,
    ) -> AskedRow {
        let mut scope = head.scope.clone();
        let mut cells = Vec::new();
        for (column, input) in head.columns.iter().zip(&table.inputs) {
            let cell = row.cells.get(input.column);
            let cell = cell.filter(|_| column.ty != Type::Unknown);
            cells.push(cell.and_then(|cell| self.condition_cell(&mut scope, column, cell)));
        }
        cells
    }

    /// The cells of a row that the table gives.
    pub(super) fn given_cells(&mut self, head: &Head, row: &TableRow) -> Vec<ir::Expr> {
        let mut scope = head.scope.clone();
        let mut cells = Vec::new();
        for result in &head.results {
            cells.push(match row.cells.get(result.column) {
                Some(cell) => self.given_cell(&mut scope, result, cell),
                None => poison(row.span),
            });
        }
        cells
    }

    fn given_cell(
        &mut self,
        scope: &mut Scope,
        result: &ResultColumn,
        cell: &TableCell,
    ) -> ir::Expr {
        let Some(expression) = self.given_expression(result, cell) else {
            return poison(cell.span);
        };
        let value = self.infer(scope, &expression, Some(&result.ty));
        let value = self.expect(value, &result.ty);
        if result.optional {
            value
        } else {
            self.require(scope, value)
        }
    }

    /// The expression of a result's cell: one that reads like alternatives is a condition or a mistake.
    fn given_expression(&mut self, result: &ResultColumn, cell: &TableCell) -> Option<Expr> {
        let tests = match &cell.kind {
            TableCellKind::Expression(expression) => return Some(expression.clone()),
            TableCellKind::Tests(tests) => tests,
        };
        let values = tests.iter().map(|test| match test {
            CellTest::Value(value) => Some(value.clone()),
            _ => None,
        });
        let values: Option<Vec<Expr>> = values.collect();
        match values {
            Some(mut values) if values.len() == 1 => values.pop(),
            Some(values) if result.ty == Type::YesNo => Some(Expr {
                kind: ExprKind::Or(values),
                span: cell.span,
            }),
            _ => {
                self.no_result(result, cell.span);
                None
            }
        }
    }

    fn no_result(&mut self, result: &ResultColumn, span: Span) {
        let text = self.quoted(span);
        self.report(
            Diagnostic::error(
                Code::TableCell,
                span,
                format!("`{text}` is a test, and this column is what the table gives"),
            )
            .also(result.span, "the column")
            .help("write one value, or how it is worked out from the other columns"),
        );
    }

    /// `hours(x).starts`, where the table names its results.
    pub(in super::super) fn table_result(
        &mut self,
        scope: &mut Scope,
        base: &Expr,
        result: &Name,
        span: Span,
    ) -> Option<ir::Expr> {
        let (name, arguments): (&Name, &[Expr]) = match &base.unbracketed().kind {
            ExprKind::Call { name, arguments } => (name, arguments),
            ExprKind::Name(name) if scope.find(&name.text).is_none() => (name, &[]),
            _ => return None,
        };
        self.defines.get(&name.text)?.result.as_ref()?;
        let found = self
            .defines
            .named(&name.text)
            .find(|(_, define)| define.result.as_ref() == Some(&result.text))
            .map(|(index, _)| index);
        Some(match found {
            Some(index) => self.call_of(scope, index, name, arguments, span),
            None => {
                let what = format!("a result of `{}`", name.text);
                self.report_unknown(Code::UnknownField, result, &what, |it| {
                    it.results_of(&name.text)
                });
                poison(span)
            }
        })
    }

    /// Reports a call that leaves open which result is meant, and says whether it does.
    pub(in super::super) fn refuse_without_result(
        &mut self,
        name: &Name,
        index: u32,
        span: Span,
    ) -> bool {
        let define = self.defines.numbered(index);
        let Some(define) = define.filter(|define| define.result.is_some()) else {
            return false;
        };
        let place = define.span;
        if define.broken {
            return true;
        }
        let results = self.results_of(&name.text);
        let message = format!(
            "`{}` gives its results by name, and none is named here",
            name.text
        );
        let diagnostic = Diagnostic::error(Code::TableResult, span, message)
            .also(place, "the table")
            .help(self.named_results(span, &results));
        self.report(match results.as_slice() {
            [only] => diagnostic.fix(span.at_end(), format!(".{only}")),
            _ => diagnostic,
        });
        true
    }

    /// What to write for a call that names no result; of a long call only what goes behind it.
    fn named_results(&self, span: Span, results: &[String]) -> String {
        let whole = self.sources.text_of(span);
        let text = self.quoted(span);
        let (call, behind) = if text == whole {
            (whole, "")
        } else {
            ("", " behind it")
        };
        let written: Vec<String> = results
            .iter()
            .map(|result| format!("{call}.{result}"))
            .collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        match written.as_slice() {
            [only] => format!("write `{only}`{behind}"),
            all => format!("write one of {}{behind}", listed(all)),
        }
    }

    fn results_of(&self, table: &str) -> Vec<String> {
        let defines = self.defines.named(table);
        defines
            .filter_map(|(_, define)| define.result.as_ref().map(ToString::to_string))
            .collect()
    }
}
