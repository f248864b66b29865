//! Until when: before the boundary nothing changes if only the clock moves, there or right behind it the verdict is
//! another.
//!
//! Asked is the reference evaluator, which knows of no boundaries: at random instants before `until` it must say the
//! same verdict as now, and at the boundary or one nanosecond behind it another one.

use super::Tally;
use super::sweep::{Probe, checked};
use crate::generate::{Choices, Sample};
use crate::reference::Reference;
use courtesy::CaseOptions;
use courtesy::value::Timestamp;
use jiff::SignedDuration;

/// How many instants before a boundary are tried.
const LOOKS: i64 = 4;

pub(super) struct Until;

impl Probe for Until {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        let Some(checked) = checked(sample, tally) else {
            return;
        };
        let Ok(reference) = Reference::new(&sample.files) else {
            return tally.fail((seed, None), "the reference cannot read it");
        };
        let mut choices = Choices::from_seed(seed ^ 3);
        for (number, case) in sample.cases.iter().enumerate() {
            let decided = checked
                .engine
                .decide_json(case.as_bytes(), &CaseOptions::default());
            let Ok(decision) = decided else {
                continue;
            };
            for (place, proposal) in decision.proposals().iter().enumerate() {
                tally.count(
                    "blocked or limited",
                    u64::from(!proposal.reasons.is_empty()),
                );
                let Some(until) = proposal.until else {
                    continue;
                };
                let at = At {
                    reference: &reference,
                    case,
                    now: decision.now(),
                    place,
                    verdict: proposal.verdict.word(),
                };
                tally.outcome(seed, number, at.boundary(until, &mut choices));
            }
        }
    }
}

struct At<'c> {
    reference: &'c Reference,
    case: &'c str,
    now: Timestamp,
    place: usize,
    verdict: &'static str,
}

impl At<'_> {
    fn boundary(&self, until: Timestamp, choices: &mut Choices) -> Result<(), String> {
        let length = until.duration_since(self.now);
        for look in 0..LOOKS {
            let part = length.as_nanos() * i128::from(choices.between(0, 999_999)) / 1_000_000;
            let last = look == 0 && length.as_nanos() > 0;
            let nanos = if last { length.as_nanos() - 1 } else { part };
            let at = moved(self.now, nanos);
            let verdict = self.verdict_at(at)?;
            if verdict != self.verdict {
                return Err(format!(
                    "{} until {until}, and {verdict} at {at}",
                    self.verdict
                ));
            }
        }
        // What holds for one instant alone ends with that instant.
        for at in [until, moved(until, 1)] {
            if self.verdict_at(at)? != self.verdict {
                return Ok(());
            }
        }
        Err(format!("{} until {until}, and so behind it", self.verdict))
    }

    fn verdict_at(&self, at: Timestamp) -> Result<String, String> {
        let (_, rest) = self
            .case
            .split_once("\",")
            .ok_or("a case begins with its moment")?;
        let decision = self
            .reference
            .decide(&format!("{{\"now\":\"{at}\",{rest}"))?;
        let verdict = decision["proposals"][self.place]["verdict"].as_str();
        Ok(verdict.unwrap_or_default().to_string())
    }
}

fn moved(from: Timestamp, nanos: i128) -> Timestamp {
    from.checked_add(SignedDuration::from_nanos_i128(nanos))
        .unwrap_or(from)
}
