//! The stated cost for programs.

use super::{Cost, Sizes, Steps};
use crate::limits::UNTIL_LOOKS;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct CostJson<'c> {
    lengths: BTreeMap<String, u64>,
    policies: Vec<PolicyJson<'c>>,
    decision: StepsJson,
    look: StepsJson,
    looks: usize,
}

#[derive(Serialize)]
struct PolicyJson<'c> {
    policy: &'c str,
    #[serde(flatten)]
    steps: StepsJson,
}

#[derive(Serialize)]
struct StepsJson {
    steps: u64,
    formula: String,
    terms: Vec<TermJson>,
}

#[derive(Serialize)]
struct TermJson {
    times: u64,
    lengths: Vec<String>,
}

impl Cost {
    /// The cost as JSON, for lists of these lengths: the policies, the costliest first, and one decision.
    #[must_use]
    pub fn to_json(&self, sizes: &Sizes) -> String {
        let policies = self.costliest_first(sizes).into_iter();
        let lengths = self.lengths(sizes).into_iter();
        let cost = CostJson {
            lengths: lengths
                .map(|(name, length)| (name.to_string(), length))
                .collect(),
            policies: policies
                .map(|policy| PolicyJson {
                    policy: &policy.title,
                    steps: steps(&policy.steps, sizes),
                })
                .collect(),
            decision: steps(&self.decision, sizes),
            look: steps(&self.look, sizes),
            looks: UNTIL_LOOKS,
        };
        // Names and numbers always have a JSON form.
        serde_json::to_string_pretty(&cost).unwrap_or_default()
    }
}

fn steps(steps: &Steps, sizes: &Sizes) -> StepsJson {
    let terms = steps.terms().into_iter();
    StepsJson {
        steps: steps.at(sizes),
        formula: steps.to_string(),
        terms: terms
            .map(|term| TermJson {
                times: term.times,
                lengths: term.lengths.iter().map(|name| name.to_string()).collect(),
            })
            .collect(),
    }
}
