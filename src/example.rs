//! What an example says, once its names are resolved.
//!
//! Data only, the same whatever its expressions are: [`crate::ir`] holds them typed, [`crate::program`]
//! compiled. Apart from the policies: nothing of an example is part of a decision or a fingerprint.
//! Invariants: fields and proposals are given by places that are there; a title is that of a policy.

use crate::operators::ExpectedVerdict;
use crate::schema::{ActionId, InputId};
use crate::source::Span;
use crate::value::Timestamp;
use std::sync::Arc;

/// A case, and what must come of it; `E` is an expression.
#[derive(Clone, Debug)]
pub struct Example<E> {
    /// Its title.
    pub title: Arc<str>,
    /// The moment of the case.
    pub now: Timestamp,
    /// The inputs that are given, each once.
    pub given: Vec<Given<E>>,
    /// What is proposed, in the order written.
    pub proposals: Vec<Proposed<E>>,
    /// What must come of it, in the order written.
    pub expectations: Vec<Expectation<E>>,
    /// How many variables its expressions have in all.
    pub variables: u32,
    /// The title's place.
    pub span: Span,
}

/// The value of an input.
#[derive(Clone, Debug)]
pub struct Given<E> {
    /// The input.
    pub input: InputId,
    /// Where its value comes from.
    pub source: Source<E>,
    /// Fields that are changed, each with its place in the record.
    pub with: Vec<(u32, E)>,
    /// The clause.
    pub span: Span,
}

/// Where the value of an input comes from.
#[derive(Clone, Debug)]
pub enum Source<E> {
    /// Written out.
    Value(E),
    /// A JSON file, by its path from the package's folder, `/` between the parts.
    File(Arc<str>),
}

/// Something that is proposed.
#[derive(Clone, Debug)]
pub struct Proposed<E> {
    /// Its id.
    pub id: Arc<str>,
    /// What is proposed.
    pub action: ActionId,
    /// One for each field of the action; `None` is missing.
    pub with: Vec<Option<E>>,
    /// The clause.
    pub span: Span,
}

/// One clause that says what must come of it.
#[derive(Clone, Debug)]
pub struct Expectation<E> {
    /// What it says.
    pub kind: Expected<E>,
    /// The clause.
    pub span: Span,
}

/// What must come of an example.
#[derive(Clone, Debug)]
pub enum Expected<E> {
    /// `"p1" blocked by "title" until T`
    Verdict {
        /// The id of the proposal.
        id: Arc<str>,
        /// What is said of it.
        verdict: ExpectedVerdict,
        /// The policies that must be among its reasons.
        by: Vec<Arc<str>>,
        /// Until when: a DateTime.
        until: Option<E>,
    },
    /// `"p1" before "p2"`
    Before {
        /// The id of the proposal that ranks first.
        first: Arc<str>,
        /// The id of the one behind it.
        second: Arc<str>,
    },
    /// `greet with text: "Hello" on "p1" by T withheld by "title" until T`
    Duty(ExpectedDuty<E>),
    /// `no greet`, `no messages`
    NoDuty {
        /// The word as written.
        name: Arc<str>,
        /// The actions it stands for.
        actions: Vec<ActionId>,
    },
    /// `nothing else`
    NothingElse,
}

/// Something that must be owed.
#[derive(Clone, Debug)]
pub struct ExpectedDuty<E> {
    /// What is owed.
    pub action: ActionId,
    /// The fields that are looked at, each with its place in the action.
    pub with: Vec<(u32, E)>,
    /// The id of the proposal or duty that it belongs to.
    pub on: Option<Arc<str>>,
    /// Its deadline: a DateTime or a Date.
    pub by: Option<E>,
    /// Where it is owed and not to be carried out.
    pub withheld: Option<ExpectedWithheld<E>>,
}

/// `withheld by "title" until T`
#[derive(Clone, Debug)]
pub struct ExpectedWithheld<E> {
    /// The policies that must be among those against it.
    pub by: Vec<Arc<str>>,
    /// Until when: a DateTime.
    pub until: Option<E>,
}

impl<E> Example<E> {
    /// The same example with other expressions, each made from its own.
    pub fn map<T>(&self, mut change: impl FnMut(&E) -> T) -> Example<T> {
        let change = &mut change;
        Example {
            title: self.title.clone(),
            now: self.now,
            given: self.given.iter().map(|given| given.map(change)).collect(),
            proposals: self.proposals.iter().map(|one| one.map(change)).collect(),
            expectations: self
                .expectations
                .iter()
                .map(|expectation| Expectation {
                    kind: expectation.kind.map(change),
                    span: expectation.span,
                })
                .collect(),
            variables: self.variables,
            span: self.span,
        }
    }

    /// The files that it names, in the order written.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.given.iter().filter_map(|given| match &given.source {
            Source::File(name) => Some(&**name),
            Source::Value(_) => None,
        })
    }
}

impl<E> Given<E> {
    fn map<T>(&self, change: &mut impl FnMut(&E) -> T) -> Given<T> {
        Given {
            input: self.input,
            source: match &self.source {
                Source::Value(value) => Source::Value(change(value)),
                Source::File(name) => Source::File(name.clone()),
            },
            with: fields(&self.with, change),
            span: self.span,
        }
    }
}

impl<E> Proposed<E> {
    fn map<T>(&self, change: &mut impl FnMut(&E) -> T) -> Proposed<T> {
        let with = self.with.iter();
        Proposed {
            id: self.id.clone(),
            action: self.action,
            with: with.map(|field| field.as_ref().map(&mut *change)).collect(),
            span: self.span,
        }
    }
}

impl<E> Expected<E> {
    fn map<T>(&self, change: &mut impl FnMut(&E) -> T) -> Expected<T> {
        match self {
            Expected::Verdict {
                id,
                verdict,
                by,
                until,
            } => Expected::Verdict {
                id: id.clone(),
                verdict: *verdict,
                by: by.clone(),
                until: until.as_ref().map(change),
            },
            Expected::Before { first, second } => Expected::Before {
                first: first.clone(),
                second: second.clone(),
            },
            Expected::Duty(duty) => Expected::Duty(duty.map(change)),
            Expected::NoDuty { name, actions } => Expected::NoDuty {
                name: name.clone(),
                actions: actions.clone(),
            },
            Expected::NothingElse => Expected::NothingElse,
        }
    }
}

impl<E> ExpectedDuty<E> {
    /// The same duty with other expressions, each made from its own.
    pub fn map<T>(&self, change: &mut impl FnMut(&E) -> T) -> ExpectedDuty<T> {
        ExpectedDuty {
            action: self.action,
            with: fields(&self.with, change),
            on: self.on.clone(),
            by: self.by.as_ref().map(&mut *change),
            withheld: self.withheld.as_ref().map(|withheld| ExpectedWithheld {
                by: withheld.by.clone(),
                until: withheld.until.as_ref().map(change),
            }),
        }
    }
}

/// Whether an id is of the form that duties get: `duty 3`.
#[must_use]
pub fn is_for_duties(id: &str) -> bool {
    id.strip_prefix("duty ").is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn fields<E, T>(with: &[(u32, E)], change: &mut impl FnMut(&E) -> T) -> Vec<(u32, T)> {
    with.iter()
        .map(|(place, value)| (*place, change(value)))
        .collect()
}
