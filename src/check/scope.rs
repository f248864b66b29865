//! What is in sight of an expression, and what is known not to be missing.
//!
//! A [`Place`] is a path to a value that stays the same while a policy is
//! judged: a variable, an input, a field of the candidate, and fields of those.
//! [`Facts`] are the places known to be there. A [`Scope`] belongs to one policy
//! or definition; variables are numbered through it.

use crate::ast::Name;
use crate::ir::{Expr, ExprKind, VariableId};
use crate::schema::{ActionId, InputId, Type};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a path begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    Variable(VariableId),
    Input(InputId),
    Candidate(Arc<str>),
    Carrier(Arc<str>),
    Define(u32),
}

/// A path to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    root: Root,
    fields: Vec<u32>,
}

impl Place {
    /// The place an expression names, where it names one.
    pub(super) fn of(expression: &Expr) -> Option<Place> {
        let mut fields = Vec::new();
        let mut at = expression;
        loop {
            let root = match &at.kind {
                ExprKind::Field { base, index } => {
                    fields.push(*index);
                    at = base;
                    continue;
                }
                ExprKind::Variable(id) => Root::Variable(*id),
                ExprKind::Input(id) => Root::Input(*id),
                ExprKind::CandidateField(name) => Root::Candidate(name.clone()),
                ExprKind::CarrierField(name) => Root::Carrier(name.clone()),
                ExprKind::Call { define, arguments } if arguments.is_empty() => {
                    Root::Define(define.0)
                }
                _ => return None,
            };
            fields.reverse();
            return Some(Place { root, fields });
        }
    }
}

/// Places known not to be missing.
pub(super) type Facts = BTreeSet<Place>;

/// A variable of a policy or definition.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: Name,
    pub(super) id: VariableId,
    pub(super) ty: Type,
    pub(super) optional: bool,
}

/// The proposal or duty that a policy speaks about, or belongs to.
#[derive(Clone, Debug)]
pub(super) struct Carried {
    /// The word it goes by: the action's or the group's name.
    pub(super) name: Arc<str>,
    /// The actions it may be of; empty where they could not be worked out.
    pub(super) actions: Vec<ActionId>,
    /// Whether it is what an `always … on` belongs to.
    pub(super) is_carrier: bool,
}

/// What is in sight.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Variables, the innermost last.
    pub(super) variables: Vec<Variable>,
    /// Witnesses of the policy's `when`, in sight of the other clauses.
    pub(super) witnesses: Vec<Variable>,
    /// What is known.
    pub(super) facts: Facts,
    /// The candidate or carrier.
    pub(super) carried: Option<Carried>,
    /// How many variables there have been.
    pub(super) count: u32,
    /// Whether this is an example, whose values read neither inputs nor candidates.
    pub(super) in_example: bool,
    /// Whether a clause could not be read, so that what it would have said is
    /// not missed a second time.
    pub(super) incomplete: bool,
    /// Names of variables that there have been, in sight or not.
    pub(super) gone: BTreeSet<Arc<str>>,
    /// The zone that the phrase around names; brackets begin a phrase of their own.
    pub(super) phrase_zone: Option<Box<Expr>>,
}

impl Scope {
    pub(super) fn new() -> Scope {
        Scope::default()
    }

    /// A number for a variable.
    pub(super) fn number(&mut self) -> VariableId {
        let id = VariableId(self.count);
        self.count = self.count.saturating_add(1);
        id
    }

    /// A variable in sight by name, innermost first, then the witnesses.
    pub(super) fn find(&self, name: &str) -> Option<&Variable> {
        let in_sight = self.variables.iter().rev();
        in_sight
            .chain(&self.witnesses)
            .find(|variable| *variable.name.text == *name)
    }

    /// How many witnesses go by one name.
    pub(super) fn witnesses_named(&self, name: &str) -> usize {
        self.witnesses
            .iter()
            .filter(|variable| *variable.name.text == *name)
            .count()
    }

    /// Runs with more facts, which are gone afterwards.
    pub(super) fn knowing(&mut self, more: &Facts) -> Facts {
        let before = self.facts.clone();
        self.facts.extend(more.iter().cloned());
        before
    }
}

/// What a condition says when it holds and when it does not.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// Known where it holds.
    pub(super) holds: Facts,
    /// Known where it does not.
    pub(super) fails: Facts,
    /// Variables bound where it holds.
    pub(super) witnesses: Vec<Variable>,
}

impl Outcome {
    pub(super) fn negated(self) -> Outcome {
        Outcome {
            holds: self.fails,
            fails: self.holds,
            witnesses: Vec::new(),
        }
    }
}
