//! No decision takes more steps than the stated cost of its package, for the lengths of the lists of its case.
//!
//! Steps are counted by a metered copy of the program; its decisions must be those of the ordinary one. How much of
//! the stated cost is reached is counted too.

use super::Tally;
use super::sweep::{Probe, checked};
use crate::generate::Sample;
use courtesy::{CaseOptions, Cost, Engine, Sizes, StepCounter};

pub(super) struct StatedCost;

impl Probe for StatedCost {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        let Some(checked) = checked(sample, tally) else {
            return;
        };
        let Some(cost) = checked.package.cost() else {
            return tally.fail((seed, None), "it checks and has no stated cost");
        };
        let counter = checked.engine.step_counter();
        for (number, case) in sample.cases.iter().enumerate() {
            match within(&checked.engine, &counter, cost, case) {
                Ok(reached) => {
                    tally.outcome(seed, number, Ok(()));
                    tally.count(reached, 1);
                }
                Err(what) => tally.outcome(seed, number, Err(what)),
            }
        }
    }
}

/// How much of the stated cost a case reaches.
fn within(
    engine: &Engine,
    counter: &StepCounter,
    cost: &Cost,
    case: &str,
) -> Result<&'static str, String> {
    let Ok(case) = engine.read_case(case.as_bytes(), &CaseOptions::default()) else {
        return Ok("cases that do not fit");
    };
    let stated = cost.decision().at(&Sizes::of_case(engine.schema(), &case));
    let (decision, counted) = counter.decide(&case);
    if decision.to_json() != engine.decide(&case).to_json() {
        return Err("the metered program decides otherwise".to_string());
    }
    if counted > stated {
        return Err(format!("{counted} steps, and {stated} are stated"));
    }
    Ok(match counted.saturating_mul(100) / stated.max(1) {
        0..10 => "under 10 % of the stated cost",
        10..33 => "10 to 33 % of the stated cost",
        _ => "over 33 % of the stated cost",
    })
}
