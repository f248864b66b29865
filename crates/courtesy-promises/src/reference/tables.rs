//! Tables: the first line that matches.
//!
//! Input: a table and what it is asked with. Output: the result of the first line all of whose cells match.

use super::eval::Outcome;
use super::kind::Kind;
use super::logic::{bounded, compare, ordered};
use super::scope::{Scope, World};
use courtesy::ast::{CellTest, Expr, TableCell, TableCellKind, TableDeclaration, TableRow};
use courtesy::value::Value;
use std::cmp::Ordering;

impl World<'_> {
    /// What a table gives; nothing where there is no table of this name.
    pub(crate) fn read_table(
        &self,
        name: &str,
        arguments: &[Expr],
        result: Option<&str>,
        scope: &Scope,
    ) -> Outcome<Option<Value>> {
        let Some(table) = self.declared.tables.get(name) else {
            return Ok(None);
        };
        let mut inner = Scope::default();
        for (input, argument) in table.inputs.iter().zip(arguments) {
            let kind = self.declared.types.kind(&input.kind)?;
            let value = self.known(argument, &kind, &scope.bracketed())?;
            inner = inner.with(&input.name.text, kind, value);
        }
        for row in &table.rows {
            if self.matches(table, row, &inner)? {
                return self.result(table, row, result, &inner).map(Some);
            }
        }
        Err(format!("no line of `{name}` matches"))
    }

    fn matches(&self, table: &TableDeclaration, row: &TableRow, scope: &Scope) -> Outcome<bool> {
        for input in &table.inputs {
            let bound = scope
                .find(&input.name.text)
                .ok_or("a table without a column")?;
            let cell = row.cells.get(input.column).ok_or("a line without a cell")?;
            if !self.cell_matches(&bound.value, cell, &bound.kind)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn cell_matches(&self, value: &Value, cell: &TableCell, kind: &Kind) -> Outcome<bool> {
        let TableCellKind::Tests(tests) = &cell.kind else {
            return Err("a cell that is no test".to_owned());
        };
        for test in tests {
            if self.test_matches(value, test, kind)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn test_matches(&self, value: &Value, test: &CellTest, kind: &Kind) -> Outcome<bool> {
        let written = |expr: &Expr| self.known(expr, kind, &Scope::default());
        Ok(match test {
            CellTest::Anything(_) => true,
            CellTest::Value(expr) => value.same(&written(expr)?),
            CellTest::Range(from, to) => in_range(value, &written(from)?, &written(to)?)?,
            CellTest::Bound(bound, expr) => bounded(*bound, compare(value, &written(expr)?)?),
            CellTest::Order(order, expr) => ordered(*order, compare(value, &written(expr)?)?),
        })
    }

    fn result(
        &self,
        table: &TableDeclaration,
        row: &TableRow,
        name: Option<&str>,
        scope: &Scope,
    ) -> Outcome<Value> {
        let mut results = table.results.iter();
        let result = results.find(|result| result.name.as_ref().map(|name| &*name.text) == name);
        let result = result.ok_or_else(|| format!("no result {name:?}"))?;
        let kind = self.declared.types.kind(&result.kind)?;
        let cell = row
            .cells
            .get(result.column)
            .ok_or("a line without a result")?;
        match &cell.kind {
            TableCellKind::Expression(expr) => self.eval(expr, &kind, scope),
            TableCellKind::Tests(tests) => self.alternatives(tests, &kind, scope),
        }
    }

    /// A result that reads like a test: a value, or conditions joined with `or`.
    fn alternatives(&self, tests: &[CellTest], kind: &Kind, scope: &Scope) -> Outcome<Value> {
        let mut last = Err("a result that is no value".to_owned());
        for test in tests {
            let CellTest::Value(expr) = test else {
                return Err("a result that is no value".to_owned());
            };
            last = self.eval(expr, kind, scope);
            if let Ok(Value::YesNo(true)) = last {
                break;
            }
        }
        last
    }
}

/// Both ends are in; of times of day, over midnight where the second is the earlier.
fn in_range(value: &Value, from: &Value, to: &Value) -> Outcome<bool> {
    let from_on = compare(value, from)? != Ordering::Less;
    let up_to = compare(value, to)? != Ordering::Greater;
    let over_midnight = matches!(value, Value::Time(_)) && compare(from, to)? == Ordering::Greater;
    Ok(if over_midnight {
        from_on || up_to
    } else {
        from_on && up_to
    })
}
