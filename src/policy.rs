//! Clauses of a policy that are the same whatever their expressions are.
//!
//! Data only: [`crate::ir`] holds them typed, [`crate::program`] compiled.
//! Invariant: a policy has the same identifier in both, its place by title (bytes).

use crate::operators::CarrierOutcome;
use crate::schema::ActionId;

/// Index into the policies of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId(pub u32);

/// `limit credit to 60 USD of credit.amount counting …`; `E` is an expression.
#[derive(Clone, Debug)]
pub struct Limit<E> {
    /// How much there is room for: a Number, or Money.
    pub amount: E,
    /// What a candidate takes, of the same type; 1 where there is none.
    pub weight: Option<E>,
    /// `per E`: one room for each value.
    pub per: Option<E>,
    /// What has taken room already: a count or a sum, of the same type.
    pub past: Option<E>,
    /// `exempt when C`: never refused, but takes room.
    pub exempt: Option<E>,
}

/// What an `always` waits for; `E` is an expression.
#[derive(Clone, Debug)]
pub enum On<E> {
    /// `on allowed upsell by "title"`
    Carrier {
        /// Which outcome of the carrier.
        outcome: CarrierOutcome,
        /// The carrier's actions, sorted.
        actions: Vec<ActionId>,
        /// The policy that the outcome is owed to.
        by: Option<PolicyId>,
    },
    /// `on fewer than 3 allowed upsell`
    Fewer {
        /// How many there should be: Number.
        number: E,
        /// The actions that are counted, sorted.
        actions: Vec<ActionId>,
    },
}

impl<E> Limit<E> {
    /// The same with other expressions.
    pub fn map<F>(&self, mut change: impl FnMut(&E) -> F) -> Limit<F> {
        Limit {
            amount: change(&self.amount),
            weight: self.weight.as_ref().map(&mut change),
            per: self.per.as_ref().map(&mut change),
            past: self.past.as_ref().map(&mut change),
            exempt: self.exempt.as_ref().map(&mut change),
        }
    }
}

impl<E> On<E> {
    /// The same with other expressions.
    pub fn map<F>(&self, change: impl FnOnce(&E) -> F) -> On<F> {
        match self {
            On::Carrier {
                outcome,
                actions,
                by,
            } => On::Carrier {
                outcome: *outcome,
                actions: actions.clone(),
                by: *by,
            },
            On::Fewer { number, actions } => On::Fewer {
                number: change(number),
                actions: actions.clone(),
            },
        }
    }
}
