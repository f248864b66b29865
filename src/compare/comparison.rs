//! Many records, decided by both packages.
//!
//! Input: what became of each record under the old and the new package. Output: counts, by kind of change and by
//! policy, and the first records of each kind with all their changes. Two comparisons of neighbouring records merge
//! into that of both, so that threads may share the work.

use super::{Change, Outcome, changes};
use crate::decision::Decision;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many records of each kind of change are kept to be shown.
const SHOWN: u64 = 3;

/// Which of the packages a record fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fits {
    /// Only the old one: the new one quarantines it.
    OnlyOld,
    /// Only the new one: the old one quarantined it.
    OnlyNew,
    /// Neither.
    Neither,
}

/// A kind of change: an action, and its outcome before and after. Where both are the same, only details changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    /// The action.
    pub action: Arc<str>,
    /// What it was.
    pub old: Outcome,
    /// What it is now.
    pub new: Outcome,
}

/// How often a policy's word came or went with a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PolicyTally {
    /// Changes of outcome in which it had a say before and has none now.
    pub gone: u64,
    /// Changes of outcome in which it has a say now and had none before.
    pub come: u64,
    /// Changes of detail in which its word came, went or is another.
    pub details: u64,
}

/// One record that is decided in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its line, from 1.
    pub line: u64,
    /// Everything that changed for it.
    pub changes: Vec<Change>,
}

/// What changes over many records.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    records: u64,
    same: u64,
    changed: u64,
    details_only: u64,
    fits: BTreeMap<Fits, u64>,
    transitions: BTreeMap<Transition, u64>,
    policies: BTreeMap<Arc<str>, PolicyTally>,
    shown: Vec<Shown>,
}

impl Comparison {
    /// Takes in a record that both packages decided.
    pub fn add(&mut self, line: u64, old: &Decision, new: &Decision) {
        one_more(&mut self.records);
        let changes = changes(old, new);
        if changes.is_empty() {
            one_more(&mut self.same);
            return;
        }
        let of_outcome = changes.iter().any(Change::is_of_outcome);
        one_more(if of_outcome {
            &mut self.changed
        } else {
            &mut self.details_only
        });
        let mut wanted = false;
        for change in &changes {
            wanted |= self.count(change);
        }
        if wanted {
            self.shown.push(Shown { line, changes });
        }
    }

    /// Takes in a record that one package or neither could decide.
    pub fn add_misfit(&mut self, fits: Fits) {
        one_more(&mut self.records);
        one_more(self.fits.entry(fits).or_default());
    }

    /// Counts a change; whether it is among the first of its kind.
    fn count(&mut self, change: &Change) -> bool {
        let transition = Transition {
            action: change.action.clone(),
            old: change.old,
            new: change.new,
        };
        let count = self.transitions.entry(transition).or_default();
        one_more(count);
        let first = *count <= SHOWN;
        for title in &change.policies {
            let tally = self.policies.entry(title.clone()).or_default();
            let has = |reasons: &[crate::decision::Reason]| {
                reasons.iter().any(|reason| reason.policy == *title)
            };
            if !change.is_of_outcome() {
                one_more(&mut tally.details);
                continue;
            }
            if has(&change.gone) {
                one_more(&mut tally.gone);
            }
            if has(&change.come) {
                one_more(&mut tally.come);
            }
        }
        first
    }

    /// Takes in the comparison of the records that follow.
    pub fn merge(&mut self, next: Comparison) {
        let before = self.transitions.clone();
        add(&mut self.records, next.records);
        add(&mut self.same, next.same);
        add(&mut self.changed, next.changed);
        add(&mut self.details_only, next.details_only);
        for (fits, count) in next.fits {
            add(self.fits.entry(fits).or_default(), count);
        }
        for (transition, count) in next.transitions {
            add(self.transitions.entry(transition).or_default(), count);
        }
        for (title, tally) in next.policies {
            let own = self.policies.entry(title).or_default();
            add(&mut own.gone, tally.gone);
            add(&mut own.come, tally.come);
            add(&mut own.details, tally.details);
        }
        self.take_shown(next.shown, before);
    }

    /// Keeps of the records that follow those that are still among the first of a kind.
    fn take_shown(&mut self, next: Vec<Shown>, mut seen: BTreeMap<Transition, u64>) {
        for shown in next {
            let mut wanted = false;
            for change in &shown.changes {
                let transition = Transition {
                    action: change.action.clone(),
                    old: change.old,
                    new: change.new,
                };
                let count = seen.entry(transition).or_default();
                one_more(count);
                wanted |= *count <= SHOWN;
            }
            if wanted {
                self.shown.push(shown);
            }
        }
    }

    /// How many records there were.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.records
    }

    /// How many are decided as before, to the last word.
    #[must_use]
    pub fn same(&self) -> u64 {
        self.same
    }

    /// How many have another outcome somewhere.
    #[must_use]
    pub fn changed(&self) -> u64 {
        self.changed
    }

    /// How many have the same outcomes, but other reasons, values or times.
    #[must_use]
    pub fn details_only(&self) -> u64 {
        self.details_only
    }

    /// How many fit only one of the packages, or neither.
    #[must_use]
    pub fn misfits(&self, fits: Fits) -> u64 {
        self.fits.get(&fits).copied().unwrap_or(0)
    }

    /// Whether every record is decided as before, those that fit neither package included.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let of_one = self
            .misfits(Fits::OnlyOld)
            .saturating_add(self.misfits(Fits::OnlyNew));
        self.changed == 0 && self.details_only == 0 && of_one == 0
    }

    /// The kinds of change by action, each with how often it was met.
    pub fn transitions(&self) -> impl Iterator<Item = (&Transition, u64)> {
        self.transitions
            .iter()
            .map(|(transition, count)| (transition, *count))
    }

    /// The policies whose word came or went, by title.
    pub fn policies(&self) -> impl Iterator<Item = (&str, PolicyTally)> {
        self.policies
            .iter()
            .map(|(title, tally)| (&**title, *tally))
    }

    /// The first records of each kind of change, in their order.
    #[must_use]
    pub fn shown(&self) -> &[Shown] {
        &self.shown
    }
}

fn one_more(count: &mut u64) {
    add(count, 1);
}

fn add(count: &mut u64, more: u64) {
    *count = count.saturating_add(more);
}
