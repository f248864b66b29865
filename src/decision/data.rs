//! What a decision says. Data only; [`crate::explain`] writes it as JSON and as text.

use std::fmt;
use std::sync::Arc;

use crate::program::PolicyId;
use crate::schema::ActionId;
use crate::value::{Number, Text, Timestamp, Value, Zone};

/// What may be done, what must be done, and why, for one case.
///
/// Lists are in the order of the answer: proposals as the host gave them; of duties, plain ones first, by score,
/// title and element, then attached ones by what they belong to, score and title; what is reported and conflicts
/// first for the case, then by proposals and duties, and by title; reasons by title, titles by their bytes.
#[derive(Clone, Debug)]
pub struct Decision {
    pub(crate) package: Arc<str>,
    pub(crate) now: Timestamp,
    pub(crate) civil: CivilZone,
    pub(crate) proposals: Vec<ProposalDecision>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) withheld: Vec<Withheld>,
    pub(crate) reported: Vec<Reported>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) fired: Vec<PolicyId>,
}

/// The zone of civil time, and whether it may be told.
#[derive(Clone)]
pub(crate) struct CivilZone {
    pub(crate) zone: Zone,
    /// Whether it came from a private field.
    pub(crate) private: bool,
}

impl CivilZone {
    fn told_in(&self) -> Zone {
        if self.private {
            Zone::utc()
        } else {
            self.zone.clone()
        }
    }
}

impl fmt::Debug for CivilZone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.told_in(), formatter)
    }
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
        &self.civil.zone
    }

    /// The zone in which people are told times: the same, but UTC where it comes from a private field.
    pub(crate) fn told_in(&self) -> Zone {
        self.civil.told_in()
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

    /// What would have to be done, were it not blocked or limited.
    #[must_use]
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// What policies that only report would have done.
    #[must_use]
    pub fn reported(&self) -> &[Reported] {
        &self.reported
    }

    /// Duties of a `single` action that gave way to another.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
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
    /// A `limit` has no room for it.
    Limited,
}

impl Verdict {
    /// The word that stands in decisions: `allowed`, `blocked`, `limited`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Allowed => "allowed",
            Verdict::Blocked => "blocked",
            Verdict::Limited => "limited",
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
    /// The instant after which the verdict would no longer be that, only the clock moving; `None` where it is
    /// allowed, where no time mends it, and where a condition computes with `now`.
    pub until: Option<Timestamp>,
    /// Its place among what is not blocked, from 1, by score and then in the host's order; `None` where it is blocked.
    pub rank: Option<usize>,
    /// What the policies that prefer add up to; `None` where no `prefer` names the action.
    pub score: Option<Number>,
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
    /// What the policies that prefer add up to; `None` where no `prefer` names the action.
    pub score: Option<Number>,
    /// Every policy that owes it.
    pub reasons: Vec<Reason>,
}

impl Duty {
    /// The value of a field; `None` where the action has no such field or nothing is known.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&Value> {
        let mut fields = self.with.iter();
        let (_, value) = fields.find(|(name, value)| **name == *field && !value.is_missing())?;
        Some(value)
    }

    /// The text of a field, what came from the record kept apart in it; `None` where it holds no text.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&Text> {
        match self.value(field)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A duty that is not to be carried out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Withheld {
    /// The duty, with the policies that owe it.
    pub duty: Duty,
    /// Why it is not to be carried out.
    pub verdict: Verdict,
    /// The instant after which it would no longer be that, only the clock moving; `None` where no time mends it.
    pub until: Option<Timestamp>,
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

/// What a policy that only reports would have done.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reported {
    /// Its title.
    pub policy: Arc<str>,
    /// What it would have done.
    pub would: Would,
    /// The id of the proposal or duty that it speaks about.
    pub on: Option<Arc<str>>,
    /// For what would be owed, each field of the action and its value, in the order declared.
    pub with: Vec<(Arc<str>, Value)>,
    /// Why, as a customer could be shown it.
    pub because: Option<Text>,
}

/// What a policy would have done, were it in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Would {
    /// `never` or `only`.
    Block,
    /// `limit`
    Limit,
    /// `allow`
    Allow,
    /// `prefer`
    Prefer,
    /// `always`
    Owe,
}

impl Would {
    /// The word that stands in decisions: `block`, `limit`, `allow`, `prefer`, `owe`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Would::Block => "block",
            Would::Limit => "limit",
            Would::Allow => "allow",
            Would::Prefer => "prefer",
            Would::Owe => "owe",
        }
    }
}

/// Two duties of a `single` action, of which one gave way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conflict {
    /// The action, by name.
    pub action: Arc<str>,
    /// The id of the proposal or duty that both belong to.
    pub on: Option<Arc<str>>,
    /// The title of the policy whose duty stays.
    pub kept: Arc<str>,
    /// The title of the policy whose duty went.
    pub dropped: Arc<str>,
}
