//! The compiled form of a package: what a case is decided with.
//!
//! Data only. Built by `crate::compile`, run by [`crate::eval`] and `crate::decision`. It holds no places in the
//! files and no names that are not printed; constants are folded, and what depends on the case alone stands in
//! [`Program::shared`] and [`Program::intervals`], where it is worked out once for each case.
//! Invariants: every index points into its table; every variable of a policy, a definition or a shared value is
//! below its `variables`; a definition calls only definitions before it, a shared value reads only shared values
//! before it; no condition is deeper than the limits of the language allow.

mod expression;
mod index;
mod probe;

pub use crate::policy::PolicyId;
pub use expression::*;
pub use index::*;
pub use probe::*;

use crate::schema::{ActionId, Schema};
use crate::value::{Weekday, WorkingWeek};
use std::sync::Arc;

/// A compiled package.
#[derive(Clone, Debug)]
pub struct Program {
    /// What the package is known by: a hash of its canonical form.
    pub fingerprint: Arc<str>,
    /// What the data must look like.
    pub schema: Arc<Schema>,
    /// The zone of civil time; UTC where there is none.
    pub zone: Option<Expr>,
    /// Whether that zone came from a private field: times are then told in UTC.
    pub zone_is_private: bool,
    /// The first day of the week.
    pub week_start: Weekday,
    /// The definitions, each before those that call it.
    pub defines: Vec<Define>,
    /// The working calendars.
    pub calendars: Vec<Calendar>,
    /// Values that depend on the case alone, each before those that read it.
    pub shared: Vec<Shared>,
    /// Intervals of time that depend on the case alone.
    pub intervals: Vec<SharedInterval>,
    /// The policies, by title (bytes); the index is the [`PolicyId`].
    pub policies: Vec<Policy>,
}

impl Program {
    /// The policy of that identifier.
    #[must_use]
    pub fn policy(&self, id: PolicyId) -> Option<&Policy> {
        self.policies.get(id.0 as usize)
    }
}

/// `limit`, its expressions compiled.
pub type Limit = crate::policy::Limit<Expr>;

/// `on`, its expressions compiled.
pub type On = crate::policy::On<Expr>;

/// An example whose expressions are compiled.
pub type Example = crate::example::Example<Expr>;

/// The examples of a package, with what their expressions are run in.
#[derive(Clone, Debug)]
pub struct Examples {
    /// The definitions and the zone of the package; it has no policies.
    pub program: Program,
    /// The examples, by their places in the files.
    pub examples: Vec<Example>,
}

/// A compiled policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its title.
    pub title: Arc<str>,
    /// What it does.
    pub kind: PolicyKind,
    /// The actions it is about, sorted; for `always` the one it owes.
    pub actions: Vec<ActionId>,
    /// `for each x in L where C`
    pub for_each: Option<ForEach>,
    /// What must hold besides, whatever the verb: dates and shares.
    pub gate: Vec<Expr>,
    /// `when`; holds where there is none.
    pub when: Option<Expr>,
    /// `unless`; does not hold where there is none.
    pub unless: Option<Expr>,
    /// The policies it overrides, sorted.
    pub overrides: Vec<PolicyId>,
    /// The policies that override it, sorted.
    pub overridden_by: Vec<PolicyId>,
    /// `because`: a text.
    pub because: Option<Expr>,
    /// Judged and reported, never enforced.
    pub report_only: bool,
    /// Who looks after it.
    pub owner: Option<Arc<str>>,
    /// Words it is found by, in the order written.
    pub tags: Vec<Arc<str>>,
    /// How many variables its clauses have in all.
    pub variables: u32,
    /// Whether its gate, `when`, `unless` or `for each` reads a field of the candidate, in a definition too.
    pub reads_candidate: bool,
}

/// What a policy does.
#[derive(Clone, Debug)]
pub enum PolicyKind {
    /// Blocks where its condition holds.
    Never,
    /// Blocks where its condition does not hold.
    Only,
    /// Makes an exception to the policies it overrides.
    Allow,
    /// Owes a duty.
    Always {
        /// What is owed.
        action: ActionId,
        /// One for each field of the action, in its order; `None` is missing.
        with: Vec<Option<Expr>>,
        /// The deadline: a DateTime or a Date.
        by: Option<Expr>,
        /// What the duty waits for, where it waits for something.
        on: Option<On>,
    },
    /// Adds to the score of a candidate.
    Prefer {
        /// How much: Number.
        by: Expr,
    },
    /// Keeps something within a number or an amount.
    Limit(Limit),
}

/// `for each x in L where C`
#[derive(Clone, Debug)]
pub struct ForEach {
    /// The slot of the variable in [`crate::eval::Frame::variables`].
    pub variable: u32,
    /// The list.
    pub list: Expr,
    /// The condition on each element.
    pub condition: Option<Expr>,
    /// The same number for lists that are written alike: duties for one element of one of them are duties for
    /// the same element of the others.
    pub source: u32,
}

/// A named condition, value or record.
#[derive(Clone, Debug)]
pub struct Define {
    /// How many parameters it has: variables 0 to that less one.
    pub parameters: u32,
    /// How many variables it has in all.
    pub variables: u32,
    /// What it stands for.
    pub body: Expr,
}

/// A working calendar; its parts depend on the case alone and count in no calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its hours.
    pub week: Arc<WorkingWeek>,
    /// Its zone; `None` is the package's.
    pub zone: Option<Expr>,
    /// A list of Dates on which nobody works.
    pub except: Option<Expr>,
    /// How many variables its zone and exceptions have in all.
    pub variables: u32,
}

/// A value that depends on the case alone: it reads no candidate, no carrier and no variable but its own.
#[derive(Clone, Debug)]
pub struct Shared {
    /// How many variables it has.
    pub variables: u32,
    /// The value.
    pub value: Expr,
}

/// An interval of time that depends on the case alone.
#[derive(Clone, Debug)]
pub struct SharedInterval {
    /// How many variables it has.
    pub variables: u32,
    /// The interval.
    pub interval: Interval,
}
