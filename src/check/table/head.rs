//! The first line of a table: the columns it is asked with, then what it gives.

use super::super::Checker;
use super::super::scope::{Scope, Variable};
use super::full_name;
use crate::ast::{Name, TableDeclaration, TableInput, TableRow};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::Type;
use crate::source::{Span, offset};
use std::sync::Arc;

/// What a table is asked with and what it gives.
pub(super) struct Head {
    /// The columns, as variables of each result's definition.
    pub(super) columns: Vec<Variable>,
    /// One at least.
    pub(super) results: Vec<ResultColumn>,
    /// The columns in sight.
    pub(super) scope: Scope,
    /// Whether a mistake was found in it.
    pub(super) broken: bool,
}

/// A column that a table gives.
pub(super) struct ResultColumn {
    pub(super) name: Option<Arc<str>>,
    pub(super) ty: Type,
    pub(super) optional: bool,
    /// Which column it is, from 0.
    pub(super) column: usize,
    pub(super) span: Span,
}

impl Head {
    pub(super) fn parameters(&self) -> Vec<(Arc<str>, Type)> {
        let columns = self.columns.iter();
        columns
            .map(|column| (column.name.text.clone(), column.ty.clone()))
            .collect()
    }

    /// The definition of each result.
    pub(super) fn defines(
        &self,
        table: &TableDeclaration,
        bodies: impl Iterator<Item = ir::Expr>,
    ) -> Vec<ir::Define> {
        let drawn = Arc::new(drawn(table));
        let results = self.results.iter().zip(bodies);
        results
            .map(|(result, body)| ir::Define {
                name: full_name(&table.name.text, result.name.as_deref()),
                parameters: offset(self.columns.len()),
                variables: self.scope.count,
                body,
                table: Some(drawn.clone()),
                span: table.name.span,
            })
            .collect()
    }
}

impl Checker<'_> {
    pub(super) fn table_head(&mut self, table: &TableDeclaration) -> Head {
        let before = self.diagnostics.len();
        let mut scope = Scope::new();
        self.check_columns(table);
        let columns = table.inputs.iter();
        let columns = columns
            .map(|input| self.table_column(&mut scope, input))
            .collect();
        let mut results = self.table_results(table);
        if results.is_empty() {
            results.push(ResultColumn {
                name: None,
                ty: Type::Unknown,
                optional: false,
                column: usize::MAX,
                span: table.name.span,
            });
        }
        Head {
            columns,
            results,
            scope,
            broken: self.diagnostics.len() > before,
        }
    }

    fn table_column(&mut self, scope: &mut Scope, input: &TableInput) -> Variable {
        let (ty, optional) = self.resolve(&input.kind);
        if optional {
            self.report(
                Diagnostic::error(
                    Code::OptionalElement,
                    input.kind.span,
                    "what a table is asked with is never missing",
                )
                .help("leave `optional` out, and deal with it where the table is called"),
            );
        }
        self.check_column_type(input, &ty);
        if scope.find(&input.name.text).is_none() {
            return self.bind(scope, &input.name, ty);
        }
        // Its name is reported as that of a second column.
        Variable {
            name: input.name.clone(),
            id: scope.number(),
            ty,
            optional: false,
        }
    }

    fn check_column_type(&mut self, input: &TableInput, ty: &Type) {
        let help = match ty {
            Type::Period => "ask for a Number of days, or for the dates themselves",
            Type::Record(_) => "ask for the fields that decide, a column each",
            Type::List(_) => "ask for a number or a YesNo that is worked out from the list",
            _ => return,
        };
        let kind = self.describe(ty);
        self.report(
            Diagnostic::error(
                Code::TypeMismatch,
                input.kind.span,
                format!("the cells of a table cannot say what a {kind} is"),
            )
            .help(help),
        );
    }

    /// Which columns there are, and where.
    fn check_columns(&mut self, table: &TableDeclaration) {
        let name = &table.name;
        let Some(first) = table.results.first() else {
            self.shape(
                name.span,
                format!("`{}` gives nothing", name.text),
                "end its first line with what it gives: `… | gives Money |`",
            );
            return;
        };
        if table.inputs.is_empty() {
            self.shape(
                name.span,
                format!("`{}` is asked with nothing", name.text),
                "put a column before what it gives: `| tier: Tier | gives Money |`; what never \
                 changes is a `define`",
            );
        }
        let late = table
            .inputs
            .iter()
            .find(|input| input.column > first.column);
        if let Some(input) = late {
            self.report(
                Diagnostic::error(
                    Code::TableShape,
                    input.name.span.to(input.kind.span),
                    format!("`{}` stands after what the table gives", input.name.text),
                )
                .also(first.span, "what it gives")
                .help("put the columns that it is asked with first, then each `gives …`"),
            );
        }
    }

    fn shape(&mut self, span: Span, message: String, help: &str) {
        self.report(Diagnostic::error(Code::TableShape, span, message).help(help));
    }

    fn table_results(&mut self, table: &TableDeclaration) -> Vec<ResultColumn> {
        let mut results = Vec::new();
        for result in &table.results {
            if result.name.is_none() && table.results.len() > 1 {
                let kind = self.quoted(result.kind.span);
                self.shape(
                    result.span,
                    "a table that gives several things has a name for each".to_string(),
                    &format!(
                        "write `gives name: {kind}`, and read it as `{}(…).name`",
                        table.name.text
                    ),
                );
            }
            let (ty, optional) = self.resolve(&result.kind);
            results.push(ResultColumn {
                name: result.name.as_ref().map(|name| name.text.clone()),
                ty,
                optional,
                column: result.column,
                span: result.span,
            });
        }
        self.refuse_equal_names(table);
        results
    }

    fn refuse_equal_names(&mut self, table: &TableDeclaration) {
        let inputs = table.inputs.iter().map(|input| &input.name);
        let results = table
            .results
            .iter()
            .filter_map(|result| result.name.as_ref());
        let mut seen: Vec<&Name> = Vec::new();
        for name in inputs.chain(results) {
            match seen.iter().find(|first| first.text == name.text) {
                Some(first) => {
                    let first = first.span;
                    self.report(
                        Diagnostic::error(
                            Code::DeclaredTwice,
                            name.span,
                            format!("a second column is called `{}`", name.text),
                        )
                        .also(first, "the first stands here")
                        .help("rename one of them"),
                    );
                }
                None => seen.push(name),
            }
        }
    }

    pub(super) fn no_rows(&mut self, table: &TableDeclaration, head: &Head) {
        let cells = vec!["anything"; head.columns.len()];
        let results = vec!["…"; head.results.len()];
        let row: Vec<&str> = cells.into_iter().chain(results).collect();
        self.shape(
            table.name.span,
            format!("`{}` has no rows", table.name.text),
            &format!("write one below its columns: `| {} |`", row.join(" | ")),
        );
    }

    /// Whether a row has a cell for each column; `before` is the place of the row before it.
    pub(super) fn has_all_cells(
        &mut self,
        table: &TableDeclaration,
        head: &Head,
        row: &TableRow,
        before: Option<Span>,
    ) -> bool {
        let wanted = table.inputs.len().saturating_add(table.results.len());
        if row.cells.len() == wanted || head.broken {
            return row.cells.len() == wanted;
        }
        if before.is_some_and(|before| self.on_one_line(before, row.span)) {
            // What stands before this row on its line has too few cells as well, and is reported.
            return false;
        }
        let found = row.cells.len();
        let text = self.sources.text_of(row.span);
        let help = if text.trim_end().contains('\n') {
            "every line ends with `|`; without it the row goes on in the next line"
        } else if self.text_goes_on(table, row) {
            "no cell is empty: write `anything` where it does not matter"
        } else {
            "write a cell for each column; `anything` where it does not matter"
        };
        self.report(
            Diagnostic::error(
                Code::TableShape,
                row.span,
                format!(
                    "this row has {}, and `{}` has {}",
                    counted(found, "cell"),
                    table.name.text,
                    counted(wanted, "column")
                ),
            )
            .also(table.name.span, "the table")
            .help(help),
        );
        false
    }

    /// Whether another row begins on the line on which this one ends.
    fn text_goes_on(&self, table: &TableDeclaration, row: &TableRow) -> bool {
        let mut after = table.rows.iter().filter(|next| next.span > row.span);
        after
            .next()
            .is_some_and(|next| self.on_one_line(row.span, next.span))
    }

    /// Whether two rows, the first before the second, share a line.
    fn on_one_line(&self, first: Span, second: Span) -> bool {
        let both = self.sources.text_of(first.to(second));
        let length = self.sources.text_of(first).trim_end().len();
        let rest = both.get(length..).unwrap_or("");
        !rest.split('|').next().unwrap_or("").contains('\n')
    }
}

/// Where the rows of a table stand, and their cells.
fn drawn(table: &TableDeclaration) -> ir::Table {
    let cells = |row: &TableRow, columns: &mut dyn Iterator<Item = usize>| {
        let cells = columns.filter_map(|column| row.cells.get(column));
        cells.map(|cell| cell.span).collect()
    };
    let rows = table.rows.iter().map(|row| ir::TableRow {
        asked: cells(row, &mut table.inputs.iter().map(|input| input.column)),
        given: cells(row, &mut table.results.iter().map(|result| result.column)),
        span: row.span,
    });
    let columns = table.inputs.iter();
    ir::Table {
        name: table.name.text.clone(),
        columns: columns.map(|input| input.name.text.clone()).collect(),
        rows: rows.collect(),
    }
}

/// `1 cell`, `2 cells`
fn counted(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}
