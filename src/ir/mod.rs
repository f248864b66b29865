//! The typed tree: a package whose names are resolved, whose types are known and
//! whose missing values are dealt with.
//!
//! Data only. Built by `check`, read by [`crate::compile`]. Every node
//! has its type and its span. Implicit things are explicit here: which zone a
//! civil time is in, which comparison `is` means, which variable a witness is.

mod expression;

pub use crate::policy::PolicyId;
pub use expression::*;

use crate::schema::{ActionId, Schema, Type};
use crate::source::Span;
use crate::value::{Weekday, WorkingWeek};
use std::sync::Arc;

/// An example whose expressions are typed.
pub type Example = crate::example::Example<Expr>;

/// `limit`, its expressions typed.
pub type Limit = crate::policy::Limit<Expr>;

/// `on`, its expressions typed.
pub type On = crate::policy::On<Expr>;

/// A checked package.
#[derive(Clone, Debug)]
pub struct Package {
    /// What the data must look like.
    pub schema: Schema,
    /// The zone of civil time; `None` where the package declares none (it then
    /// uses no civil time).
    pub zone: Option<Expr>,
    /// The first day of the week.
    pub week_start: Weekday,
    /// The definitions, each before those that use it.
    pub defines: Vec<Define>,
    /// The working calendars, by name.
    pub calendars: Vec<Calendar>,
    /// The policies, by title (bytes).
    pub policies: Vec<Policy>,
}

/// Index into [`Package::defines`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefineId(pub u32);

/// Index into [`Package::calendars`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarId(pub u32);

/// A variable of one policy or definition: a parameter, a quantifier's variable,
/// that of `for each`. Numbered from 0 in each policy or definition; no two
/// variables of one policy share a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariableId(pub u32);

/// A named condition, value or record.
#[derive(Clone, Debug)]
pub struct Define {
    /// Its name.
    pub name: Arc<str>,
    /// How many parameters it has: variables 0 to that less one.
    pub parameters: u32,
    /// How many variables it has in all.
    pub variables: u32,
    /// What it stands for.
    pub body: Expr,
    /// Of which table it is a result.
    pub table: Option<Arc<Table>>,
    /// Its declaration.
    pub span: Span,
}

/// How a table is drawn; what it gives stands in a definition for each result, which asks its rows in their order.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: Arc<str>,
    /// The names of the columns it is asked with: the parameters.
    pub columns: Vec<Arc<str>>,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table: where its cells stand.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// The cells it is asked with, in the order of the columns.
    pub asked: Vec<Span>,
    /// The cells it gives.
    pub given: Vec<Span>,
    /// The whole row.
    pub span: Span,
}

/// A working calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: Arc<str>,
    /// Its zone; `None` is the package's.
    pub zone: Option<Expr>,
    /// Its hours.
    pub week: Arc<WorkingWeek>,
    /// A list of Dates on which nobody works. It counts in no calendar.
    pub except: Option<Expr>,
    /// How many variables its zone and exceptions have in all.
    pub variables: u32,
    /// Its declaration.
    pub span: Span,
}

/// A policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its title.
    pub title: Arc<str>,
    /// What it does.
    pub kind: PolicyKind,
    /// What it is about, sorted: the actions it speaks of; for `always` the one
    /// action it owes.
    pub actions: Vec<ActionId>,
    /// `for each x in L where C`
    pub for_each: Option<ForEach>,
    /// What must hold besides, whatever the verb: the dates between which the
    /// policy is in force, the share of customers it is for.
    pub gate: Vec<Expr>,
    /// `when`
    pub when: Option<Expr>,
    /// `unless`
    pub unless: Option<Expr>,
    /// The policies it overrides, sorted.
    pub overrides: Vec<PolicyId>,
    /// `because`: a text.
    pub because: Option<Expr>,
    /// `report only`: judged and reported, never enforced.
    pub report_only: bool,
    /// Who looks after it.
    pub owner: Option<Arc<str>>,
    /// Words it is found by, in the order written.
    pub tags: Vec<Arc<str>>,
    /// How many variables its clauses have in all.
    pub variables: u32,
    /// Its declaration.
    pub span: Span,
}

/// What a policy does, with the clauses that only that verb has.
#[derive(Clone, Debug)]
pub enum PolicyKind {
    /// `never`
    Never,
    /// `only`
    Only,
    /// `allow`
    Allow,
    /// `always`
    Always {
        /// One expression for each field of the action, in its order; `None`
        /// for an optional field that is not given.
        with: Vec<Option<Expr>>,
        /// `by`: a DateTime or a Date.
        by: Option<Expr>,
        /// `on`
        on: Option<On>,
    },
    /// `prefer`
    Prefer {
        /// What is added to the score: Number.
        by: Expr,
    },
    /// `limit`
    Limit(Limit),
}

/// `for each x in L where C`
#[derive(Clone, Debug)]
pub struct ForEach {
    /// The variable.
    pub variable: VariableId,
    /// The list.
    pub list: Expr,
    /// The condition on each element.
    pub condition: Option<Expr>,
}

/// The type of an expression and whether it may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its type.
    pub kind: Type,
    /// Whether it may be missing.
    pub optional: bool,
}
