//! What became of the records of a batch, in numbers.
//!
//! Invariant: records = decided + quarantined; the sum over parts of a batch is that of the whole, in any order.

use std::sync::Arc;

use crate::decision::{Decision, Verdict};
use crate::engine::Engine;
use crate::explain::pretty;
use crate::program::Program;
use crate::value::JsonObject;

/// Counts of a batch.
///
/// Actions stand in it where they were proposed at least once, duties where they were owed at least once, and
/// policies always; `fired` counts records, each once.
#[derive(Clone, Debug)]
pub struct Summary {
    program: Arc<Program>,
    decided: u64,
    quarantined: u64,
    actions: Vec<Verdicts>,
    duties: Vec<u64>,
    fired: Vec<u64>,
}

/// What became of the proposals of one action.
#[derive(Clone, Copy, Debug, Default)]
struct Verdicts {
    allowed: u64,
    blocked: u64,
    limited: u64,
}

impl Summary {
    /// The summary of no records.
    #[must_use]
    pub fn new(engine: &Engine) -> Summary {
        let program = engine.program().clone();
        let actions = program.schema.actions.len();
        Summary {
            decided: 0,
            quarantined: 0,
            actions: vec![Verdicts::default(); actions],
            duties: vec![0; actions],
            fired: vec![0; program.policies.len()],
            program,
        }
    }

    /// Counts a record that was decided.
    pub fn add(&mut self, decision: &Decision) {
        count(&mut self.decided);
        for proposal in decision.proposals() {
            if let Some(verdicts) = self.actions.get_mut(proposal.action_id.0 as usize) {
                match proposal.verdict {
                    Verdict::Allowed => count(&mut verdicts.allowed),
                    Verdict::Blocked => count(&mut verdicts.blocked),
                    Verdict::Limited => count(&mut verdicts.limited),
                }
            }
        }
        for duty in decision.duties() {
            self.duties.get_mut(duty.action_id.0 as usize).map(count);
        }
        for policy in decision.fired() {
            self.fired.get_mut(policy.0 as usize).map(count);
        }
    }

    /// Counts a record that did not fit.
    pub fn add_quarantined(&mut self) {
        count(&mut self.quarantined);
    }

    /// Adds the counts of another part of the same batch.
    pub fn merge(&mut self, other: Summary) {
        self.decided = self.decided.saturating_add(other.decided);
        self.quarantined = self.quarantined.saturating_add(other.quarantined);
        for (mine, others) in self.actions.iter_mut().zip(other.actions) {
            mine.allowed = mine.allowed.saturating_add(others.allowed);
            mine.blocked = mine.blocked.saturating_add(others.blocked);
            mine.limited = mine.limited.saturating_add(others.limited);
        }
        let counts = self.duties.iter_mut().chain(&mut self.fired);
        for (mine, others) in counts.zip(other.duties.into_iter().chain(other.fired)) {
            *mine = mine.saturating_add(others);
        }
    }

    /// How many records there were.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.decided.saturating_add(self.quarantined)
    }

    /// How many were decided.
    #[must_use]
    pub fn decided(&self) -> u64 {
        self.decided
    }

    /// How many did not fit.
    #[must_use]
    pub fn quarantined(&self) -> u64 {
        self.quarantined
    }

    /// The summary as JSON over several lines; names by their bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        let (records, decided, quarantined) = (self.records(), self.decided, self.quarantined);
        let names = || {
            self.program
                .schema
                .actions
                .iter()
                .map(|action| &action.name)
        };
        let actions = names()
            .zip(&self.actions)
            .filter(|(_, verdicts)| verdicts.any());
        let duties = names().zip(&self.duties).filter(|(_, count)| **count > 0);
        let policies = self
            .program
            .policies
            .iter()
            .map(|policy| &policy.title)
            .zip(&self.fired);
        let mut out = String::new();
        JsonObject::write(&mut out, |object| {
            object.bare("records", records);
            object.bare("decided", decided);
            object.bare("quarantined", quarantined);
            by_name("actions", actions, object, |verdicts, out| {
                verdicts.write(out)
            });
            by_name("duties", duties, object, |count, out| {
                out.push_str(&count.to_string());
            });
            by_name("policies", policies, object, |fired, out| {
                JsonObject::write(out, |object| object.bare("fired", fired));
            });
        });
        pretty(&out)
    }
}

impl Verdicts {
    fn any(self) -> bool {
        self.allowed > 0 || self.blocked > 0 || self.limited > 0
    }

    fn write(self, out: &mut String) {
        JsonObject::write(out, |object| {
            object.bare("allowed", self.allowed);
            object.bare("blocked", self.blocked);
            object.bare("limited", self.limited);
        });
    }
}

fn count(number: &mut u64) {
    *number = number.saturating_add(1);
}

/// A key with a record of values under it, by name.
fn by_name<'n, T>(
    key: &str,
    entries: impl Iterator<Item = (&'n Arc<str>, T)>,
    object: &mut JsonObject<'_>,
    write: impl Fn(&T, &mut String),
) {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|(name, _)| *name);
    object.object(key, |object| {
        for (name, value) in &entries {
            write(value, object.key(name));
        }
    });
}
