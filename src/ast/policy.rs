//! Policies: a title and clauses, each of which begins with its own word.

use super::{Expr, Name, Quoted};
use crate::operators::CarrierOutcome;
use crate::source::Span;

/// `policy "title"` and its clauses, in the order written.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The title, which names the policy everywhere.
    pub title: Quoted,
    /// Its clauses.
    pub clauses: Vec<Clause>,
    /// Whether a clause was unreadable and left out: what depends on it is then
    /// not complained about a second time.
    pub broken: bool,
    /// The whole declaration.
    pub span: Span,
}

/// One clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The word or words it begins with.
    pub keyword: Span,
    /// The whole clause.
    pub span: Span,
}

/// What a clause says.
#[derive(Clone, Debug)]
pub enum ClauseKind {
    /// `never A`, `only A`, `allow A`, `always A`
    Verb {
        /// Which verb.
        verb: Verb,
        /// The action or group of actions.
        action: Name,
    },
    /// `with f: v, …`
    With(Vec<Assignment>),
    /// `when C`
    When(Expr),
    /// `unless C`
    Unless(Expr),
    /// `on [allowed | proposed | blocked] A`
    On {
        /// Which outcome of the carrier; `allowed` where none is written.
        outcome: CarrierOutcome,
        /// The carrier's action or group of actions.
        action: Name,
    },
    /// `for each x in L where C`
    ForEach {
        /// The variable.
        variable: Name,
        /// The list.
        list: Expr,
        /// The condition on each element.
        condition: Option<Expr>,
    },
    /// `by T`
    By(Expr),
    /// `overrides "title", …`
    Overrides(Vec<Quoted>),
    /// `because "text"`
    Because(Expr),
}

/// What a policy does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Blocks.
    Never,
    /// Blocks unless its condition holds.
    Only,
    /// An exception to the policies it names.
    Allow,
    /// Owes a duty.
    Always,
}

/// `text: "Welcome back"`
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The field.
    pub name: Name,
    /// Its value.
    pub value: Expr,
}

impl ClauseKind {
    /// The expressions of a clause, outermost ones only.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            ClauseKind::Verb { .. } | ClauseKind::On { .. } | ClauseKind::Overrides(_) => {
                Vec::new()
            }
            ClauseKind::With(given) => given.iter().map(|given| &given.value).collect(),
            ClauseKind::When(only)
            | ClauseKind::Unless(only)
            | ClauseKind::By(only)
            | ClauseKind::Because(only) => vec![only],
            ClauseKind::ForEach {
                list, condition, ..
            } => std::iter::once(list).chain(condition).collect(),
        }
    }
}
