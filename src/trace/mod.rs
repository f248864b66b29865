//! Why a decision is as it is: how each policy came out, and on request what each condition saw.
//!
//! Input: the notes of a decision, and what an observed program saw. Output: an [`Explanation`], which `explain`
//! writes as text and as JSON, and [`Observations`] for those who count what was tried.
//! Invariant: no value that came from a private field gets into an explanation; what is private is masked here,
//! before anything is written.

mod build;
mod observations;
mod shown;
mod view;

use crate::program::{Clause, Place, Row};
use crate::value::Zone;
use std::sync::Arc;

pub(crate) use build::{full, outcomes};
pub use observations::{Condition, Observations, SeenRow};
pub use shown::Shown;

/// How each policy came out, and what its conditions saw.
#[derive(Clone, Debug)]
pub struct Explanation {
    pub(crate) zone: Zone,
    pub(crate) is_full: bool,
    pub(crate) policies: Vec<ExplainedPolicy>,
}

impl Explanation {
    /// Every policy of the package, by title.
    #[must_use]
    pub fn policies(&self) -> &[ExplainedPolicy] {
        &self.policies
    }
}

/// How one policy came out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExplainedPolicy {
    /// Its title.
    pub title: Arc<str>,
    /// Whether it only reports.
    pub report_only: bool,
    /// Whether it is an `only`, which speaks where its `when` fails.
    pub only: bool,
    /// Each time that it was asked, in the order in which it was; none where it was not.
    pub outcomes: Vec<ExplainedOutcome>,
}

/// How a policy came out about one candidate, or one element of its `for each`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExplainedOutcome {
    /// The id of the proposal or duty that it was asked about; `None` for the case as a whole.
    pub about: Option<Arc<str>>,
    /// Which element of its `for each`.
    pub element: Option<Element>,
    /// How it came out.
    pub outcome: PolicyOutcome,
    /// How many more elements came out alike and are left out here.
    pub more: usize,
    /// Of a limit that was asked for room: what it counted with; only where conditions are told.
    pub room: Option<Room>,
    /// What its conditions saw; empty unless asked for.
    pub clauses: Vec<SeenClause>,
}

/// How a policy came out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicyOutcome {
    /// Its conditions hold (of an `only`: its `when` fails).
    Speaks,
    /// It owes the duty of that id.
    Owes(Arc<str>),
    /// It owes something that gave way to another duty of its kind, of which there may be one.
    GaveWay,
    /// It is a limit that has no room.
    Refuses,
    /// It is a limit that has room.
    HasRoom,
    /// It is a limit that was not asked for room: what it limits is blocked or gave way.
    TakesNoRoom,
    /// It is a limit from which this is exempt.
    Exempt,
    /// It waits for too little being left, and enough is left.
    EnoughLeft,
    /// It is outside its dates or its share.
    NotInForce,
    /// Its `when` does not hold.
    WhenFails,
    /// It is an `only` whose `when` holds.
    WhenHolds,
    /// Its `unless` holds.
    UnlessHolds,
    /// The element does not pass the `where` of its `for each`.
    LeftOut,
    /// Its `for each` has nothing in its list.
    EmptyList,
    /// Its conditions hold, and the policy of that title overrides it.
    Overridden(Arc<str>),
}

/// What a limit counted with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Room {
    /// How much there is room for in all.
    pub amount: Shown,
    /// What has taken room already, by `counting`.
    pub past: Shown,
    /// What has taken room in this decision.
    pub taken: Shown,
    /// What this takes.
    pub weight: Shown,
}

/// An element of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Element {
    /// Its place in the list, from 1.
    pub number: usize,
    /// What its variable is called.
    pub name: Option<Arc<str>>,
    /// The element; `None` where only its place is told.
    pub value: Option<Shown>,
}

/// What the conditions of one clause saw.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SeenClause {
    /// Which clause.
    pub clause: Clause,
    /// Its conditions, and values made on the way.
    pub nodes: Vec<Node>,
}

/// A condition, or a value that has conditions inside it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Node {
    /// The reader's own text.
    pub text: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// Whether it is several conditions joined.
    pub joins: Option<Joins>,
    /// What it came to.
    pub came_to: CameTo,
    /// The values it looked at, each with the reader's text for it.
    pub values: Vec<(Arc<str>, Shown)>,
    /// Where the interval lies that it asked about.
    pub window: Option<Window>,
    /// The element that it found.
    pub witness: Option<Witness>,
    /// What was asked of the elements of a list.
    pub elements: Option<Elements>,
    /// Where it asks a table: the row that matched.
    pub row: Option<MatchedRow>,
    /// What stands inside it.
    pub nodes: Vec<Node>,
}

/// How conditions are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joins {
    /// By `and`.
    All,
    /// By `or`.
    Any,
}

/// What a condition or a value came to.
#[derive(Clone, Debug)]
pub enum CameTo {
    /// A condition that holds.
    Yes,
    /// A condition that does not hold.
    No,
    /// A condition of which that cannot be said.
    Unsaid,
    /// A condition that was not looked at, because what stands before it settles the matter.
    NotAsked,
    /// A value.
    Value(Shown),
}

/// Where an interval lies: each end with whether it is included.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Window {
    /// The beginning; `None` where it has none.
    pub from: Option<(Shown, bool)>,
    /// The end; `None` where it has none.
    pub to: Option<(Shown, bool)>,
}

/// The element that a condition over a list found.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Witness {
    /// What its variable is called.
    pub name: Option<Arc<str>>,
    /// The element.
    pub value: Shown,
    /// Whether it speaks against the condition.
    pub against: bool,
}

/// The row of a table that matched, and what it was asked with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MatchedRow {
    /// The row as people drew it.
    pub row: Arc<Row>,
    /// Where it stands.
    pub place: Place,
    /// By column, the value that the table was asked with.
    pub asked: Vec<(Arc<str>, Shown)>,
    /// Whether what it gives stays unsaid, because something private chose it.
    pub private: bool,
}

/// The elements of a list, and what was asked of them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Elements {
    /// What the variable is called.
    pub name: Option<Arc<str>>,
    /// How many there are; `None` where the list is private.
    pub count: Option<usize>,
    /// Those that are shown, in the order in which they were asked.
    pub shown: Vec<AskedElement>,
    /// How many are not shown and passed.
    pub more_passed: usize,
    /// How many are not shown and failed.
    pub more_failed: usize,
}

/// One element, and what was asked of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AskedElement {
    /// Its place in the list, from 1.
    pub number: usize,
    /// The element.
    pub value: Shown,
    /// Whether it passed.
    pub passed: bool,
    /// The value taken of it.
    pub taken: Option<Shown>,
    /// What was asked.
    pub nodes: Vec<Node>,
}
