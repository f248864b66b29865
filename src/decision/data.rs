//! What a decision says. Data only; [`crate::explain`] writes it as JSON and as text.

use std::sync::Arc;

use crate::program::PolicyId;
use crate::schema::ActionId;
use crate::value::{Text, Timestamp, Value, Zone};

/// What may be done, what must be done, and why, for one case.
///
/// Lists are in the order of the answer: proposals as the host gave them; of duties, plain ones first, by title
/// and element, then attached ones by what they belong to and title; reasons by title, titles by their bytes.
#[derive(Clone, Debug)]
pub struct Decision {
    pub(crate) package: Arc<str>,
    pub(crate) now: Timestamp,
    pub(crate) zone: Zone,
    pub(crate) proposals: Vec<ProposalDecision>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) withheld: Vec<Withheld>,
    pub(crate) fired: Vec<PolicyId>,
}

impl Decision {
    /// The fingerprint of the package that decided.
    #[must_use]
    pub fn package(&self) -> &str {
        &self.package
    }

    /// The moment of the case.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The zone of the package's civil time in this case; UTC where the package names none.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// What became of each proposal, in the host's order.
    #[must_use]
    pub fn proposals(&self) -> &[ProposalDecision] {
        &self.proposals
    }

    /// What must be done.
    #[must_use]
    pub fn duties(&self) -> &[Duty] {
        &self.duties
    }

    /// What would have to be done, were it not blocked.
    #[must_use]
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// The policies that fired: whose conditions hold for this case, before overrides. Each once, sorted.
    #[must_use]
    pub fn fired(&self) -> &[PolicyId] {
        &self.fired
    }
}

/// What a decision says of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// It may be done.
    Allowed,
    /// A `never` or an `only` speaks against it.
    Blocked,
}

impl Verdict {
    /// The word that stands in decisions: `allowed`, `blocked`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Allowed => "allowed",
            Verdict::Blocked => "blocked",
        }
    }
}

/// A policy that had a say, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason {
    /// The title of the policy.
    pub policy: Arc<str>,
    /// Why, as a customer could be shown it; what came from the record is kept apart in it.
    pub because: Option<Text>,
}

/// What became of one proposal.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ProposalDecision {
    /// The host's id, or its place in the host's order, from 1.
    pub id: Arc<str>,
    /// What was proposed, as it stands in the schema.
    pub action_id: ActionId,
    /// What was proposed, by name.
    pub action: Arc<str>,
    /// Whether it may be done.
    pub verdict: Verdict,
    /// Its place among what may be done, from 1; `None` where it is blocked.
    pub rank: Option<usize>,
    /// Every policy that speaks against it; empty where it is allowed.
    pub reasons: Vec<Reason>,
}

/// Something that must be done.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Duty {
    /// `duty 1`, `duty 2`, …
    pub id: Arc<str>,
    /// What is owed, as it stands in the schema.
    pub action_id: ActionId,
    /// What is owed, by name.
    pub action: Arc<str>,
    /// Each field of the action and its value, in the order declared; missing ones included.
    pub with: Vec<(Arc<str>, Value)>,
    /// The id of the proposal or duty that it belongs to.
    pub on: Option<Arc<str>>,
    /// Its deadline: a `DateTime`, or a `Date` for the end of that day.
    pub by: Option<Value>,
    /// Every policy that owes it.
    pub reasons: Vec<Reason>,
}

/// A duty that is not to be carried out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Withheld {
    /// The duty, with the policies that owe it.
    pub duty: Duty,
    /// Why it is not to be carried out.
    pub verdict: Verdict,
    /// Every policy that speaks against it.
    pub against: Vec<Reason>,
}

impl Withheld {
    /// The policies that owe it and those that speak against it, by title.
    #[must_use]
    pub fn reasons(&self) -> Vec<&Reason> {
        let mut reasons: Vec<&Reason> = self.duty.reasons.iter().chain(&self.against).collect();
        reasons.sort_by(|a, b| a.policy.cmp(&b.policy));
        reasons
    }
}
