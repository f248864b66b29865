//! The names of the language's operators, shared by the tree as written, the
//! typed tree and the compiled program. Data only.

pub use crate::value::{CalendarUnit, CountUnit, WorkingUnit};

/// `+ - * /`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// `at least`, `at most`, `more than`, `less than`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `more than`
    MoreThan,
    /// `less than` (`fewer than` where things are counted)
    LessThan,
}

/// A comparison of two values of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `is`
    Same,
    /// `is less than`, `is before`
    Less,
    /// `is at most`, `is on or before`
    AtMost,
    /// `is more than`, `is after`
    More,
    /// `is at least`, `is on or after`
    AtLeast,
}

/// Which ends of `between` count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BetweenEnds {
    /// Numbers, money, dates, ordered choices, lengths of time: both.
    Both,
    /// Instants: the first in, the second out.
    FirstOnly,
    /// Times of day: the first in, the second out, over midnight where the
    /// second is the earlier; equal ends are empty.
    AroundTheClock,
}

/// How dates and instants are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeOrder {
    /// `before`
    Before,
    /// `after`
    After,
    /// `on or before`
    OnOrBefore,
    /// `on or after`
    OnOrAfter,
}

/// `contains`, `starts with`, `ends with`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextTest {
    /// `contains`
    Contains,
    /// `starts with`
    StartsWith,
    /// `ends with`
    EndsWith,
}

/// Whether time is measured back or forward from `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `ago`, `last`
    Past,
    /// `from now`, `next`
    Future,
}

/// A unit of a written length of time: `30 days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanUnit {
    /// Exact.
    Seconds,
    /// Exact.
    Minutes,
    /// Exact.
    Hours,
    /// Civil.
    Days,
    /// Civil, seven days.
    Weeks,
    /// Civil.
    Months,
    /// Civil.
    Years,
}

/// Functions of one value: `length of T`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `length of`: Unicode scalar values.
    Length,
    /// `first word of`
    FirstWord,
    /// `lower case of`
    LowerCase,
    /// `age of`: whole years at today.
    Age,
    /// `anniversary of`: the next one, today included.
    Anniversary,
    /// `time of`: the time of day of an instant.
    TimeOf,
    /// `date of`: the civil day of an instant.
    DateOf,
    /// `weekday of`
    WeekdayOf,
    /// `day of`: of the month, from 1.
    DayOf,
    /// `month of`: from 1.
    MonthOf,
    /// `year of`
    YearOf,
}

/// What an aggregate makes of its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// `count of x in L where …`
    Count,
    /// `sum of`
    Sum,
    /// `average of`: missing over nothing.
    Average,
    /// `largest of`
    Largest,
    /// `smallest of`
    Smallest,
    /// `latest of`
    Latest,
    /// `earliest of`
    Earliest,
    /// `list of`
    List,
    /// `distinct of`: each value once, where it first stands.
    Distinct,
    /// `first of`
    First,
    /// `last of`
    Last,
}

/// Which element `first x in L …` and its kin pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pick {
    /// The first in the list's order.
    First,
    /// The last in the list's order.
    Last,
    /// The latest by a date or an instant.
    Latest,
    /// The earliest by a date or an instant.
    Earliest,
    /// The largest by a number or money.
    Largest,
    /// The smallest by a number or money.
    Smallest,
}

/// Which day `last wednesday of this month` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ordinal {
    /// `first`
    First,
    /// `second`
    Second,
    /// `third`
    Third,
    /// `fourth`
    Fourth,
    /// `last`
    Last,
}

/// Which outcome of a proposal or duty an `on` clause waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CarrierOutcome {
    /// It may be done (a duty: it is owed and not withheld).
    Allowed,
    /// It was proposed or owed, whatever came of it.
    Proposed,
    /// A `never` or `only` speaks against it.
    Blocked,
    /// No `limit` has room for it.
    Limited,
}

/// What an example says of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExpectedVerdict {
    /// `allowed`
    Allowed,
    /// `blocked`
    Blocked,
    /// `limited`
    Limited,
}

impl ExpectedVerdict {
    /// The word: `allowed`, `blocked`, `limited`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ExpectedVerdict::Allowed => "allowed",
            ExpectedVerdict::Blocked => "blocked",
            ExpectedVerdict::Limited => "limited",
        }
    }
}
