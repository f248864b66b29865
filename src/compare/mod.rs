//! Two packages, one case each time: whose decision changes, and by which policy.
//!
//! Input: the decisions of an old and a new package for the same record. Output: the [`Change`]s between them, and a
//! [`Comparison`] over many records. Invariants: what is the same says nothing; a change of outcome (allowed, blocked,
//! owed, …) is told apart from one of detail (other reasons, another `until`, other values); the order of the answer
//! is that of the decisions.

mod changes;
mod comparison;

#[cfg(test)]
mod tests;

use crate::decision::Reason;
use std::sync::Arc;

pub use changes::changes;
pub use comparison::{Comparison, Fits, PolicyTally, Shown, Transition};

/// What became of a proposal or a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// A proposal that may be done.
    Allowed,
    /// A proposal that is blocked.
    Blocked,
    /// A proposal that is limited.
    Limited,
    /// A duty.
    Owed,
    /// A duty that is blocked or limited.
    Withheld,
    /// No such duty, or no such proposal.
    Absent,
}

impl Outcome {
    /// The word for it in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Allowed => "allowed",
            Outcome::Blocked => "blocked",
            Outcome::Limited => "limited",
            Outcome::Owed => "owed",
            Outcome::Withheld => "withheld",
            Outcome::Absent => "absent",
        }
    }
}

/// One thing that the new package decides in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The action that was proposed or is owed.
    pub action: Arc<str>,
    /// The id of the proposal; for a duty that of what it belongs to, where it belongs to anything.
    pub on: Option<Arc<str>>,
    /// What it was.
    pub old: Outcome,
    /// What it is now.
    pub new: Outcome,
    /// What else changed, in words such as `until 1 May 2026 at 09:00, was …`; empty where only the outcome did.
    pub details: Vec<String>,
    /// The policies that had a say before, with their words, and have none now.
    pub gone: Vec<Reason>,
    /// The policies that have a say now, and had none before.
    pub come: Vec<Reason>,
    /// The policies to which the change is put down, sorted: those whose word came or went, else all that have a say.
    pub policies: Vec<Arc<str>>,
}

impl Change {
    /// Whether the outcome itself is another one.
    #[must_use]
    pub fn is_of_outcome(&self) -> bool {
        self.old != self.new
    }
}
