//! Policies: a title and clauses, each of which begins with its own word.

use super::{Expr, Name, Quoted};
use crate::operators::CarrierOutcome;
use crate::source::Span;
use crate::value::Number;

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
    /// `limit A to N`, `limit A to 60 USD of E`
    Limit {
        /// The action or group of actions.
        action: Name,
        /// How much there is room for.
        amount: Expr,
        /// What each candidate takes of it; 1 where nothing is written.
        of: Option<Expr>,
    },
    /// `per E`: one room for each value of it.
    Per(Expr),
    /// `counting …`: what has taken room already.
    Counting {
        /// What each element takes; 1 where nothing is written.
        value: Option<Expr>,
        /// The variable.
        variable: Name,
        /// The list.
        list: Expr,
        /// Which elements count.
        condition: Option<Expr>,
    },
    /// `exempt when C`
    Exempt(Expr),
    /// `with f: v, …`
    With(Vec<Assignment>),
    /// `when C`
    When(Expr),
    /// `unless C`
    Unless(Expr),
    /// `on [allowed | proposed | blocked | limited] A [by "title"]`
    On {
        /// Which outcome of the carrier; `allowed` where none is written.
        outcome: CarrierOutcome,
        /// The carrier's action or group of actions.
        action: Name,
        /// The policy that the outcome must be owed to.
        by: Option<Quoted>,
    },
    /// `on fewer than N allowed A`
    OnFewer {
        /// How many there are to be at least.
        number: Expr,
        /// The action or group of actions that is counted.
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
    /// `from 2026-11-20 until 2026-12-31`: whole civil days, both included.
    Dates {
        /// The first day.
        first: Option<Expr>,
        /// The last day.
        last: Option<Expr>,
    },
    /// `for 10% of KEY as "name"`
    Share {
        /// How many in a hundred.
        percent: Number,
        /// Where the number stands.
        percent_span: Span,
        /// What decides who belongs to them.
        key: Expr,
        /// What salts the share; the policy's title where nothing is written.
        name: Option<Quoted>,
    },
    /// `report only`
    ReportOnly,
    /// `owner "CRM team"`
    Owner(Quoted),
    /// `tags autumn, email`
    Tags(Vec<Name>),
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
    /// Adds to a score.
    Prefer,
    /// Keeps something within a number or an amount.
    Limit,
}

/// `text: "Welcome back"`
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The field.
    pub name: Name,
    /// Its value.
    pub value: Expr,
}

impl Verb {
    /// The word that policies write.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verb::Never => "never",
            Verb::Only => "only",
            Verb::Allow => "allow",
            Verb::Always => "always",
            Verb::Prefer => "prefer",
            Verb::Limit => "limit",
        }
    }
}

impl ClauseKind {
    /// The expressions of a clause, outermost ones only.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            ClauseKind::Verb { .. }
            | ClauseKind::On { .. }
            | ClauseKind::Overrides(_)
            | ClauseKind::ReportOnly
            | ClauseKind::Owner(_)
            | ClauseKind::Tags(_) => Vec::new(),
            ClauseKind::Limit { amount, of, .. } => std::iter::once(amount).chain(of).collect(),
            ClauseKind::Counting {
                value,
                list,
                condition,
                ..
            } => std::iter::once(list)
                .chain(value)
                .chain(condition)
                .collect(),
            ClauseKind::Dates { first, last } => first.iter().chain(last).collect(),
            ClauseKind::Share { key, .. } => vec![key],
            ClauseKind::OnFewer { number, .. } => vec![number],
            ClauseKind::With(given) => given.iter().map(|given| &given.value).collect(),
            ClauseKind::When(only)
            | ClauseKind::Unless(only)
            | ClauseKind::By(only)
            | ClauseKind::Per(only)
            | ClauseKind::Exempt(only)
            | ClauseKind::Because(only) => vec![only],
            ClauseKind::ForEach {
                list, condition, ..
            } => std::iter::once(list).chain(condition).collect(),
        }
    }
}
