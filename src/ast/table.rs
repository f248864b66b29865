//! Decision tables and working calendars.

use super::{Expr, Name, TypeExpr};
use crate::operators::{Bound, TimeOrder};
use crate::source::Span;
use crate::value::{Time, Weekday};

/// `table goodwill` and its lines.
#[derive(Clone, Debug)]
pub struct TableDeclaration {
    /// Its name.
    pub name: Name,
    /// What it is asked with, in the order of its columns.
    pub inputs: Vec<TableInput>,
    /// What it gives, in the order of its columns.
    pub results: Vec<TableResult>,
    /// Its lines, the first that matches wins.
    pub rows: Vec<TableRow>,
    /// The whole declaration.
    pub span: Span,
}

/// `tier: Tier`
#[derive(Clone, Debug)]
pub struct TableInput {
    /// The name that results may use.
    pub name: Name,
    /// Its type.
    pub kind: TypeExpr,
    /// Which column it is, from 0.
    pub column: usize,
}

/// `gives Money`, `gives ends: Time`
#[derive(Clone, Debug)]
pub struct TableResult {
    /// The name by which it is read; none where the table gives one thing.
    pub name: Option<Name>,
    /// Its type.
    pub kind: TypeExpr,
    /// Which column it is, from 0.
    pub column: usize,
    /// The whole heading.
    pub span: Span,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Its cells, in the order written.
    pub cells: Vec<TableCell>,
    /// The whole line.
    pub span: Span,
}

/// A cell: a result, or alternatives of which one must hold.
#[derive(Clone, Debug)]
pub struct TableCell {
    /// What it says.
    pub kind: TableCellKind,
    /// Where it stands, without the blanks around it.
    pub span: Span,
}

/// What a cell says.
#[derive(Clone, Debug)]
pub enum TableCellKind {
    /// Alternatives joined with `or`; a single value may be a result.
    Tests(Vec<CellTest>),
    /// An expression that is no test: a result.
    Expression(Expr),
}

/// One alternative of a cell.
#[derive(Clone, Debug)]
pub enum CellTest {
    /// `anything`
    Anything(Span),
    /// `vip`
    Value(Expr),
    /// `1 to 2`: both ends in.
    Range(Expr, Expr),
    /// `at most 3`
    Bound(Bound, Expr),
    /// `on or after 2026-11-20`
    Order(TimeOrder, Expr),
}

/// `calendar desk in "Europe/London" { mon-fri 09:00-17:00  except holidays }`
#[derive(Clone, Debug)]
pub struct CalendarDeclaration {
    /// Its name.
    pub name: Name,
    /// `in ZONE`
    pub zone: Option<Expr>,
    /// The hours of its days, as written.
    pub hours: Vec<CalendarHours>,
    /// `except EXPR`: a list of Dates.
    pub except: Option<Expr>,
    /// The whole declaration.
    pub span: Span,
}

/// `mon-fri, sun 09:00-12:30, 13:30-17:00`
#[derive(Clone, Debug)]
pub struct CalendarHours {
    /// First and last day of each stretch of days, both included, over the
    /// week's end if need be.
    pub days: Vec<(Weekday, Weekday)>,
    /// From and to; the first in, the second out; a second of 00:00 or 24:00 is
    /// the end of the day and written here as `None`.
    pub times: Vec<(Time, Option<Time>)>,
    /// The whole line.
    pub span: Span,
}
