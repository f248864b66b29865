//! What is judged: proposals and duties.

use super::rule::Rule;
use courtesy::value::{Date, Number, Timestamp, Value, Zone, date_of};
use std::cmp::Ordering;
use std::sync::Arc;

/// A policy's title and its words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reason {
    /// The title.
    pub(crate) policy: Arc<str>,
    /// The words.
    pub(crate) because: Option<String>,
}

/// Until when a duty is to be carried out: an instant, or the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deadline {
    /// An instant.
    At(Timestamp),
    /// The end of a day.
    EndOf(Date),
}

impl Deadline {
    /// Which is the earlier; an instant on a day comes before the end of that day.
    fn order(&self, other: &Deadline, zone: &Zone) -> Ordering {
        match (self, other) {
            (Deadline::At(a), Deadline::At(b)) => a.cmp(b),
            (Deadline::EndOf(a), Deadline::EndOf(b)) => a.cmp(b),
            (Deadline::At(a), Deadline::EndOf(b)) => date_of(*a, zone).cmp(b).then(Ordering::Less),
            (Deadline::EndOf(_), Deadline::At(_)) => other.order(self, zone).reverse(),
        }
    }
}

/// Where a duty comes from: the list as written, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Element {
    /// The list.
    pub(crate) list: String,
    /// The place in it.
    pub(crate) place: usize,
}

/// Which kind of candidate it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The host proposes it.
    Proposed,
    /// An `always` without `on` owes it.
    Plain,
    /// An `always on fewer than …` owes it.
    Fewer,
    /// An `always on …` owes it.
    Attached,
}

/// What came of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It may be done.
    Allowed,
    /// A policy speaks against it.
    Blocked,
    /// There is no room for it.
    Limited,
}

/// A proposal or a duty.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its id: the host's, or what `on` calls it in the end.
    pub(crate) id: String,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// What is to be done.
    pub(crate) action: Arc<str>,
    /// With what.
    pub(crate) fields: Value,
    /// Who owes it.
    pub(crate) owners: Vec<Reason>,
    /// From which element.
    pub(crate) element: Option<Element>,
    /// What it belongs to: the place among the candidates.
    pub(crate) carrier: Option<usize>,
    /// Until when it is to be done.
    pub(crate) deadline: Option<Deadline>,
    /// Who speaks against it.
    pub(crate) blocked: Vec<Reason>,
    /// Who has no room for it.
    pub(crate) refused: Vec<Reason>,
    /// Its score.
    pub(crate) score: Number,
}

impl Candidate {
    /// What came of it.
    pub(crate) fn verdict(&self) -> Verdict {
        match (self.blocked.is_empty(), self.refused.is_empty()) {
            (false, _) => Verdict::Blocked,
            (true, false) => Verdict::Limited,
            (true, true) => Verdict::Allowed,
        }
    }

    /// Whether this policy owes it.
    pub(crate) fn is_owed_by(&self, rule: &Rule) -> bool {
        self.owners.iter().any(|owner| owner.policy == rule.title)
    }

    /// Whether it is one and the same duty.
    pub(crate) fn equals(&self, other: &Candidate) -> bool {
        self.action == other.action
            && self.carrier == other.carrier
            && self.fields == other.fields
            && self.element == other.element
            && self.blocked.is_empty() == other.blocked.is_empty()
    }

    /// Takes another up: all reasons, the earlier of two deadlines.
    pub(crate) fn take_up(&mut self, other: Candidate, zone: &Zone) {
        self.owners.extend(other.owners);
        self.owners.sort();
        self.blocked.extend(other.blocked);
        self.blocked.sort();
        self.blocked.dedup();
        let deadlines = self.deadline.into_iter().chain(other.deadline);
        self.deadline = deadlines.min_by(|a, b| a.order(b, zone));
    }

    /// The order of duties: the higher score, the lesser title, the earlier element.
    pub(crate) fn order(&self, other: &Candidate) -> Ordering {
        let title = |duty: &Candidate| duty.owners.first().map(|owner| owner.policy.clone());
        let place = |duty: &Candidate| duty.element.as_ref().map(|element| element.place);
        other
            .score
            .cmp(&self.score)
            .then_with(|| title(self).cmp(&title(other)))
            .then_with(|| place(self).cmp(&place(other)))
    }
}

/// The duties, those that are equal made one.
pub(crate) fn merged(duties: Vec<Candidate>, zone: &Zone) -> Vec<Candidate> {
    let mut merged: Vec<Candidate> = Vec::new();
    for duty in duties {
        match merged.iter_mut().find(|other| other.equals(&duty)) {
            Some(other) => other.take_up(duty, zone),
            None => merged.push(duty),
        }
    }
    merged
}
