//! Which conditions were seen to hold and to fail, which rows of tables to match, and which policies fired, over
//! one case or many.

use crate::decision::Decision;
use crate::eval::Sides;
use crate::program::{Clause, ObservedProgram, Owner, Place, Probe, Watched};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was tried of a package. Those of several cases merge.
#[derive(Clone, Debug)]
pub struct Observations {
    observed: Arc<ObservedProgram>,
    sides: Vec<Sides>,
    fired: Vec<bool>,
    silent: Vec<bool>,
}

/// A condition of a package, and what was seen of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Condition<'a> {
    /// The number by which it is known as long as the package stays the same.
    pub id: u32,
    /// The title of its policy; `None` where it stands in a definition.
    pub policy: Option<&'a str>,
    /// The name of its definition; `None` where it stands in a policy.
    pub define: Option<&'a str>,
    /// The clause in which it stands.
    pub clause: &'a Clause,
    /// The reader's own text.
    pub text: &'a str,
    /// Where it stands.
    pub place: &'a Place,
    /// Whether it only joins the conditions that follow it, or turns one round.
    pub joins: bool,
    /// Whether it was seen to hold.
    pub holds: bool,
    /// Whether it was seen to fail.
    pub fails: bool,
}

/// A row of a table, and whether it was seen to match.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeenRow<'a> {
    /// The name of its table.
    pub table: &'a str,
    /// The cells it is asked with, as people drew them.
    pub text: &'a str,
    /// Where it stands.
    pub place: &'a Place,
    /// Whether it was seen to match, whichever result of the table was asked for.
    pub matched: bool,
}

impl Observations {
    /// What one case showed.
    pub(crate) fn new(
        observed: Arc<ObservedProgram>,
        sides: Vec<Sides>,
        decision: &Decision,
    ) -> Observations {
        let mut fired = vec![false; observed.program.policies.len()];
        for id in decision.fired() {
            if let Some(fired) = fired.get_mut(id.0 as usize) {
                *fired = true;
            }
        }
        Observations {
            silent: fired.iter().map(|fired| !fired).collect(),
            observed,
            sides,
            fired,
        }
    }

    /// Adds what other cases of the same package showed; what another package showed is left alone.
    pub fn merge(&mut self, other: &Observations) {
        if self.observed.program.fingerprint != other.observed.program.fingerprint {
            return;
        }
        for (mine, theirs) in self.sides.iter_mut().zip(&other.sides) {
            mine.holds |= theirs.holds;
            mine.fails |= theirs.fails;
        }
        let pairs = [
            (&mut self.fired, &other.fired),
            (&mut self.silent, &other.silent),
        ];
        for (mine, theirs) in pairs {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine |= theirs;
            }
        }
    }

    /// Every condition of the package: those of definitions first, then those of policies by title, each in the
    /// order of its clauses.
    pub fn conditions(&self) -> impl Iterator<Item = Condition<'_>> {
        let probes = (0u32..).zip(self.observed.probes.iter()).zip(&self.sides);
        probes
            .filter(|((_, probe), _)| probe.is_condition())
            .map(|((id, probe), sides)| self.condition(id, probe, *sides))
    }

    fn condition<'a>(&'a self, id: u32, probe: &'a Probe, sides: Sides) -> Condition<'a> {
        let (policy, define) = match &probe.owner {
            Owner::Policy(id) => (
                self.observed
                    .program
                    .policy(*id)
                    .map(|policy| &*policy.title),
                None,
            ),
            Owner::Define(name) => (None, Some(&**name)),
        };
        Condition {
            id,
            policy,
            define,
            clause: &probe.clause,
            text: &probe.text,
            place: &probe.place,
            joins: matches!(probe.watched, Watched::All | Watched::Any | Watched::Not),
            holds: sides.holds,
            fails: sides.fails,
        }
    }

    /// Every row of every table, by its place.
    #[must_use]
    pub fn rows(&self) -> Vec<SeenRow<'_>> {
        let mut rows: BTreeMap<&Place, SeenRow<'_>> = BTreeMap::new();
        for (probe, sides) in self.observed.probes.iter().zip(&self.sides) {
            let Watched::Row(row) = &probe.watched else {
                continue;
            };
            let seen = rows.entry(&probe.place).or_insert_with(|| SeenRow {
                table: &row.table,
                text: &probe.text,
                place: &probe.place,
                matched: false,
            });
            seen.matched |= sides.holds;
        }
        rows.into_values().collect()
    }

    /// Every policy by title: whether there was a case in which it fired, and one in which it did not.
    pub fn policies(&self) -> impl Iterator<Item = (&str, bool, bool)> {
        let policies = self.observed.program.policies.iter();
        let seen = self.fired.iter().zip(&self.silent);
        policies
            .zip(seen)
            .map(|(policy, (fired, silent))| (&*policy.title, *fired, *silent))
    }
}
