//! What is expected to be owed, held against what is.
//!
//! Each expectation has a duty of its own where it can. Each answer is what was found instead; none where all is
//! as expected.

use super::Evaluated;
use super::difference::{Owed, differences};
use super::matching::match_up;
use super::shown::{action_name, assigned, quoted, reason, shown, until_when};
use crate::decision::Decision;
use crate::example::{Expected, ExpectedDuty};
use crate::schema::{ActionId, Schema};
use crate::value::Value;

/// The duties of a decision, and which expectation each of them meets.
pub(super) struct Matched<'d> {
    schema: &'d Schema,
    owed: Vec<Owed<'d>>,
    /// By expectation: what it expects to be owed, and the duty that meets it.
    wanted: Vec<Option<(&'d ExpectedDuty<Value>, Option<usize>)>>,
}

impl<'d> Matched<'d> {
    pub(super) fn new(
        schema: &'d Schema,
        example: &'d Evaluated,
        decision: &'d Decision,
    ) -> Matched<'d> {
        let owed = all_owed(decision);
        let duties: Vec<Option<&ExpectedDuty<Value>>> = example
            .expectations
            .iter()
            .map(|expectation| match &expectation.kind {
                Expected::Duty(duty) => Some(duty),
                _ => None,
            })
            .collect();
        let fitting: Vec<Vec<usize>> = duties
            .iter()
            .map(|wanted| wanted.map_or_else(Vec::new, |wanted| that_fit(wanted, &owed)))
            .collect();
        let met = match_up(&fitting, owed.len());
        let wanted = duties.into_iter().zip(met);
        Matched {
            schema,
            wanted: wanted
                .map(|(wanted, met)| wanted.map(|wanted| (wanted, met)))
                .collect(),
            owed,
        }
    }

    /// What is owed in place of what the expectation at that place expects.
    pub(super) fn found_instead(&self, place: usize) -> Vec<String> {
        let Some(Some((wanted, None))) = self.wanted.get(place) else {
            return Vec::new();
        };
        let name = action_name(self.schema, wanted.action);
        let candidates = self.owed.iter().enumerate();
        let differing =
            candidates.filter_map(|(index, owed)| Some((index, differences(wanted, *owed)?)));
        // The nearest first; what meets another expectation last.
        let nearest = differing.min_by_key(|(index, all)| (self.is_met(*index), all.len(), *index));
        match nearest {
            None => vec![format!("no {name} is owed")],
            Some((index, all)) if all.is_empty() => vec![format!(
                "no further one like it is owed: {} meets another expectation",
                self.id(index)
            )],
            Some((index, all)) if self.is_met(index) => vec![format!(
                "no further {name} is owed; {} differs: {}",
                self.id(index),
                all.join(", ")
            )],
            Some((index, all)) => self.nearest(index, &all),
        }
    }

    fn nearest(&self, index: usize, differences: &[String]) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(owed) = self.owed.get(index) {
            lines.push(format!("{}: {}", owed.duty.id, told(*owed)));
        }
        lines.extend(differences.iter().cloned());
        lines
    }

    /// The duties of those actions that are owed and not withheld.
    pub(super) fn owed_of(&self, actions: &[ActionId]) -> Vec<String> {
        let owed = self
            .owed
            .iter()
            .filter(|owed| owed.withheld.is_none() && actions.contains(&owed.duty.action_id));
        owed.flat_map(|owed| told_with_reasons(*owed)).collect()
    }

    /// The duties that meet no expectation, held and withheld.
    pub(super) fn others(&self) -> Vec<String> {
        let others = self.owed.iter().enumerate();
        let others = others.filter(|(index, _)| !self.is_met(*index));
        others
            .flat_map(|(_, owed)| told_with_reasons(*owed))
            .collect()
    }

    /// Reasons against withheld duties that `by` does not name, where it names any.
    pub(super) fn further_reasons(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (wanted, met) in self.wanted.iter().flatten() {
            let owed = met.and_then(|index| self.owed.get(index));
            let (Some(wanted), Some(owed)) = (&wanted.withheld, owed) else {
                continue;
            };
            let against = owed.withheld.iter().flat_map(|withheld| &withheld.against);
            let further =
                against.filter(|one| !wanted.by.is_empty() && !wanted.by.contains(&one.policy));
            let word = format!("{} is also withheld by", owed.duty.id);
            found.extend(further.map(|one| reason(&word, one)));
        }
        found
    }

    fn is_met(&self, index: usize) -> bool {
        let mut wanted = self.wanted.iter().flatten();
        wanted.any(|(_, met)| *met == Some(index))
    }

    fn id(&self, index: usize) -> &str {
        self.owed.get(index).map_or("", |owed| &owed.duty.id)
    }
}

fn all_owed(decision: &Decision) -> Vec<Owed<'_>> {
    let held = decision.duties().iter().map(|duty| Owed {
        duty,
        withheld: None,
    });
    let withheld = decision.withheld().iter().map(|withheld| Owed {
        duty: &withheld.duty,
        withheld: Some(withheld),
    });
    held.chain(withheld).collect()
}

fn that_fit(wanted: &ExpectedDuty<Value>, owed: &[Owed<'_>]) -> Vec<usize> {
    let fits = |owed: Owed<'_>| differences(wanted, owed).is_some_and(|all| all.is_empty());
    let owed = owed.iter().enumerate();
    owed.filter(|(_, owed)| fits(**owed))
        .map(|(index, _)| index)
        .collect()
}

/// A duty in one line.
fn told(owed: Owed<'_>) -> String {
    let duty = owed.duty;
    let known = duty.with.iter().filter(|(_, value)| !value.is_missing());
    let mut out = format!(
        "{}{}",
        duty.action,
        assigned(known.map(|(name, value)| (name, value)))
    );
    if let Some(on) = &duty.on {
        out.push_str(&format!(" on {}", quoted(on)));
    }
    if let Some(by) = &duty.by {
        out.push_str(&format!(" by {}", shown(by)));
    }
    if let Some(withheld) = owed.withheld {
        let until = until_when(withheld.until);
        out.push_str(&format!(" is {}{until}", withheld.verdict.word()));
    }
    out
}

fn told_with_reasons(owed: Owed<'_>) -> Vec<String> {
    let mut lines = vec![told(owed)];
    lines.extend(owed.duty.reasons.iter().map(|one| reason("owed by", one)));
    let against = owed.withheld.iter().flat_map(|withheld| &withheld.against);
    lines.extend(against.map(|one| reason("withheld by", one)));
    lines
}
