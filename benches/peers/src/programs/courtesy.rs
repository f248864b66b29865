//! Courtesy, called as a host calls it.

use super::Program;
use crate::answer::Answer;
use crate::workload::Policies;
use courtesy::{Case, CaseOptions, Decision, Engine, Package, Verdict};

/// The files of a package.
pub fn sources(policies: &Policies) -> [(String, Vec<u8>); 2] {
    let schema = include_str!("../../policies/schema.courtesy");
    [
        ("schema.courtesy".into(), schema.into()),
        ("policies.courtesy".into(), policies.courtesy().into()),
    ]
}

/// The package, checked.
pub fn package(policies: &Policies) -> Package {
    Package::from_sources(sources(policies))
}

pub struct Courtesy {
    engine: Engine,
    options: CaseOptions,
    case: Option<Case>,
    decision: Option<Decision>,
}

impl Courtesy {
    pub fn new(policies: &Policies) -> Courtesy {
        Courtesy {
            engine: package(policies).into_engine().expect("the policies check"),
            options: CaseOptions::default(),
            case: None,
            decision: None,
        }
    }
}

impl Program for Courtesy {
    fn load(&mut self, json: &[u8]) {
        let case = self.engine.read_case(json, &self.options);
        self.case = Some(case.expect("the case fits"));
    }

    fn decide(&mut self) {
        let case = self.case.as_ref().expect("a case is loaded");
        self.decision = Some(self.engine.decide(case));
    }

    fn write(&mut self, out: &mut Vec<u8>) {
        let decision = self.decision.as_ref().expect("it is decided");
        out.extend_from_slice(decision.to_json().as_bytes());
    }

    fn answer(&self) -> Answer {
        let decision = self.decision.as_ref().expect("it is decided");
        let mut answer = Answer {
            proposals: decision.proposals().len() as u32,
            ..Answer::default()
        };
        for (proposal, place) in decision.proposals().iter().zip(0..) {
            let blocked = proposal.verdict == Verdict::Blocked;
            assert_eq!(blocked, !proposal.reasons.is_empty(), "{}", proposal.id);
            let reasons = proposal.reasons.iter();
            answer
                .blocked
                .extend(reasons.map(|reason| (place, number(&reason.policy))));
        }
        let duties = decision.duties().iter();
        answer.duties = duties.map(|duty| number(&duty.reasons[0].policy)).collect();
        answer
    }
}

/// The number that a policy's name begins with.
fn number(policy: &str) -> u32 {
    let end = policy.find(' ').unwrap_or(policy.len());
    policy[..end].parse().expect("a policy has a number")
}
