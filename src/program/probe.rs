//! What an observed program watches: the table behind [`super::Expr::Observed`].
//!
//! Data only. Built by `crate::compile` together with the observed program, read by whoever shows or counts what
//! was seen. Invariant: a probe's `parent` stands before it.

use super::{PolicyId, Program};
use crate::source::Span;
use std::sync::Arc;

/// A program that says what it sees, and what its probes are. It decides what the ordinary one decides.
#[derive(Clone, Debug)]
pub struct ObservedProgram {
    /// The program, its conditions and what they compare wrapped in [`super::Expr::Observed`].
    pub program: Program,
    /// What is watched; an `Observed` names its probe by its index.
    pub probes: Arc<[Probe]>,
    /// By policy, how its `for each` goes through its list.
    pub elements: Vec<Option<Loop>>,
}

/// One place of a package that is watched.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What stands there.
    pub watched: Watched,
    /// Where it belongs.
    pub owner: Owner,
    /// In which clause of it.
    pub clause: Clause,
    /// The probe around it, in the same clause.
    pub parent: Option<u32>,
    /// The reader's own text on one line; what stands under it is shown as `…`.
    pub text: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// Whether what it sees came from a private field, in whole or in part.
    pub private: bool,
}

impl Probe {
    /// Whether it is a condition, which is counted by coverage and shown as a line of its own.
    #[must_use]
    pub fn is_condition(&self) -> bool {
        matches!(
            self.watched,
            Watched::Test | Watched::All | Watched::Any | Watched::Not | Watched::Over(_)
        )
    }
}

/// A place in the files of a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes.
    pub span: Span,
}

/// What stands at a probe.
#[derive(Clone, Debug)]
pub enum Watched {
    /// A condition that holds or does not, over the values under it.
    Test,
    /// Conditions joined by `and`.
    All,
    /// Conditions joined by `or`.
    Any,
    /// A condition turned round.
    Not,
    /// A condition over a list: a quantifier, an element picked with `has`.
    Over(Loop),
    /// A value that a condition looks at, or that is worked out on the way to it.
    Value,
    /// A value made from a list: an aggregate, an element picked.
    ValueOver(Loop),
    /// The list that is gone through.
    List,
    /// The interval of a `within`.
    Window,
    /// What is asked of one element, or taken of it.
    Element {
        /// The slot of the variable.
        variable: u32,
        /// Whether it is the first that is looked at for each element.
        first: bool,
        /// Whether it is a condition; else a value.
        asks: bool,
    },
    /// What a table is asked with in the column of that name.
    Column(Arc<str>),
    /// What a row of a table gives, which is looked at where the row is the one that matches.
    Row(Arc<Row>),
}

/// A row of a table, as people drew it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The table's name.
    pub table: Arc<str>,
    /// Which row it is, from 1.
    pub number: usize,
    /// The reader's own text of the cells it is asked with.
    pub cells: Vec<Arc<str>>,
    /// The reader's own text of the cells it gives.
    pub gives: Vec<Arc<str>>,
}

/// How a list is gone through.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The slot of the variable.
    pub variable: u32,
    /// The variable's name; none where the language gives it none.
    pub name: Option<Arc<str>>,
    /// Whether from the end.
    pub backwards: bool,
    /// Which element is left bound and means something.
    pub leaves: Leaves,
    /// Whether the elements came from a private field.
    pub private: bool,
}

/// Which element a loop leaves bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// The one that was found, where the condition holds: the witness.
    Witness,
    /// The one that speaks against it, where the condition fails.
    Counterexample,
    /// None that means anything.
    Nothing,
}

/// What a condition belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A policy.
    Policy(PolicyId),
    /// The definition of that name.
    Define(Arc<str>),
}

/// The clause in which a condition stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clause {
    /// `for each … in … where …`
    ForEach,
    /// The dates and the share within which a policy is in force.
    Gate,
    /// `when`
    When,
    /// `unless`
    Unless,
    /// `with`: the value of that field.
    With(Arc<str>),
    /// `by`
    By,
    /// `because`
    Because,
    /// `on fewer than N`
    On,
    /// `limit … to N`
    To,
    /// `limit … of E`
    Of,
    /// `per`
    Per,
    /// `counting`
    Counting,
    /// `exempt when`
    Exempt,
    /// What a definition stands for.
    Define,
}

impl Clause {
    /// The word with which the clause begins.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Clause::ForEach => "for each",
            Clause::When => "when",
            Clause::Unless => "unless",
            Clause::With(_) => "with",
            Clause::By => "by",
            Clause::Because => "because",
            Clause::Gate => "in force",
            Clause::On => "on",
            Clause::To => "to",
            Clause::Of => "of",
            Clause::Per => "per",
            Clause::Counting => "counting",
            Clause::Exempt => "exempt when",
            Clause::Define => "define",
        }
    }
}
