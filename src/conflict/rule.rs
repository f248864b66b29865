//! What conditions say of a single value.
//!
//! A [`Literal`] is a rule about a term; a [`Situation`] holds where all of its literals do. Data, and whether a
//! known value keeps a rule.

use super::point::{Order, Point};
use super::term::TermId;
use crate::eval::operations;
use crate::ir;
use crate::operators::TextTest;
use crate::source::Span;
use crate::value::Value;

/// What must be so of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    /// It is there.
    Known,
    /// It is missing.
    Unknown,
    /// It is there and one of these.
    OneOf(Vec<Value>),
    /// It is there and none of these.
    NoneOf(Vec<Value>),
    /// It lies at the point or after it; at the point only where that is included.
    From(Point, bool),
    /// It lies before the point or at it; at the point only where that is included.
    To(Point, bool),
    /// Its text passes the test, or does not.
    Text {
        test: TextTest,
        part: Value,
        passes: bool,
    },
}

impl Rule {
    /// Whether a known value keeps it; `None` where that depends on the moment.
    pub(super) fn allows(&self, value: &Value) -> Option<bool> {
        match self {
            Rule::Known => Some(!value.is_missing()),
            Rule::Unknown => Some(value.is_missing()),
            _ if value.is_missing() => Some(false),
            Rule::OneOf(values) => Some(values.iter().any(|one| one.same(value))),
            Rule::NoneOf(values) => Some(!values.iter().any(|one| one.same(value))),
            Rule::From(Point::Fixed(low), included) => {
                let order = value.compare(low)?;
                Some(order.is_gt() || (*included && order.is_eq()))
            }
            Rule::To(Point::Fixed(high), included) => {
                let order = value.compare(high)?;
                Some(order.is_lt() || (*included && order.is_eq()))
            }
            Rule::From(..) | Rule::To(..) => None,
            Rule::Text { test, part, passes } => {
                let found = operations::text_test(*test, value, part)?;
                Some(found == *passes)
            }
        }
    }
}

/// Whether nothing lies from the one point to the other.
pub(super) fn is_empty_between(low: (&Point, bool), high: (&Point, bool)) -> bool {
    match high.0.order(low.0) {
        Order::Before => true,
        Order::NotAfter => !(low.1 && high.1),
        Order::Open => false,
    }
}

/// A rule about a term, and where it is written.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    pub(super) term: TermId,
    pub(super) rule: Rule,
    pub(super) span: Span,
}

/// A variable that stands for an element of a list.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) variable: u32,
    pub(super) list: ir::Expr,
    /// How many of its kind there are.
    pub(super) count: u32,
}

/// Things that are so at the same time.
#[derive(Clone, Debug, Default)]
pub(super) struct Situation {
    pub(super) literals: Vec<Literal>,
    /// Of which lists there are elements.
    pub(super) elements: Vec<Element>,
}

impl Situation {
    /// Both at once.
    pub(super) fn with(&self, other: &Situation) -> Situation {
        let mut both = self.clone();
        both.literals.extend(other.literals.iter().cloned());
        both.elements.extend(other.elements.iter().cloned());
        both
    }
}
