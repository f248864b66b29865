//! Examples in the language: a case and what must come of it.

use super::{Assignment, Expr, Name, Quoted};
pub use crate::operators::ExpectedVerdict;
use crate::source::Span;

/// `example "title"` and its clauses.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its title.
    pub title: Quoted,
    /// What is given, proposed and expected, in the order written.
    pub clauses: Vec<ExampleClause>,
    /// Whether a clause was unreadable and left out.
    pub broken: bool,
    /// The whole declaration.
    pub span: Span,
}

/// One clause of an example.
#[derive(Clone, Debug)]
pub struct ExampleClause {
    /// What it says.
    pub kind: ExampleClauseKind,
    /// The whole clause.
    pub span: Span,
}

/// What a clause of an example says.
#[derive(Clone, Debug)]
pub enum ExampleClauseKind {
    /// `given now is T`
    Now(Expr),
    /// `given customer is EXPR with f: v`, `given customer from "amir.json"`
    Given {
        /// The input.
        input: Name,
        /// Where its value comes from.
        source: GivenSource,
        /// Fields that are changed.
        with: Vec<Assignment>,
    },
    /// `propose "p1": upsell with item: flip`
    Propose {
        /// Its id; none takes its place in the order, from 1.
        id: Option<Quoted>,
        /// What is proposed.
        action: Name,
        /// Its fields.
        with: Vec<Assignment>,
    },
    /// `expect …`
    Expect(Expectation),
}

impl ExampleClauseKind {
    /// The expressions right below the clause.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            ExampleClauseKind::Now(now) => vec![now],
            ExampleClauseKind::Given { source, with, .. } => {
                let value = match source {
                    GivenSource::Value(value) => Some(value),
                    GivenSource::File(_) => None,
                };
                value.into_iter().chain(values(with)).collect()
            }
            ExampleClauseKind::Propose { with, .. } => values(with).collect(),
            ExampleClauseKind::Expect(expectation) => expectation.expressions(),
        }
    }
}

fn values(with: &[Assignment]) -> impl Iterator<Item = &Expr> {
    with.iter().map(|assignment| &assignment.value)
}

/// Where the value of an input comes from.
#[derive(Clone, Debug)]
pub enum GivenSource {
    /// Written out.
    Value(Expr),
    /// A JSON file of the package's folder.
    File(Quoted),
}

/// What must come of an example.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// `"p1" blocked by "title" until T`
    Verdict {
        /// The proposal.
        id: Quoted,
        /// What is said of it.
        verdict: ExpectedVerdict,
        /// The policies among its reasons.
        by: Vec<Quoted>,
        /// Until when.
        until: Option<Expr>,
    },
    /// `"p1" before "p2"`: by rank.
    Before {
        /// The one that ranks first.
        first: Quoted,
        /// The one that ranks behind it.
        second: Quoted,
    },
    /// `greet with text: "Hello" on "p1" by T withheld by "title" until T`
    Duty {
        /// What is owed.
        action: Name,
        /// The fields that are looked at.
        with: Vec<Assignment>,
        /// The proposal that it belongs to.
        on: Option<Quoted>,
        /// Its deadline.
        deadline: Option<Expr>,
        /// Where it is owed and not to be carried out.
        withheld: Option<ExpectedWithheld>,
    },
    /// `no greet`
    NoDuty(Name),
    /// `nothing else`
    NothingElse,
}

impl Expectation {
    fn expressions(&self) -> Vec<&Expr> {
        match self {
            Expectation::Verdict { until, .. } => until.iter().collect(),
            Expectation::Duty {
                with,
                deadline,
                withheld,
                ..
            } => {
                let until = withheld.iter().filter_map(|held| held.until.as_ref());
                values(with).chain(deadline).chain(until).collect()
            }
            Expectation::Before { .. } | Expectation::NoDuty(_) | Expectation::NothingElse => {
                Vec::new()
            }
        }
    }
}

/// `withheld by "title" until T`
#[derive(Clone, Debug)]
pub struct ExpectedWithheld {
    /// The policies that speak against it.
    pub by: Vec<Quoted>,
    /// Until when.
    pub until: Option<Expr>,
}
