//! Which policies fired over a number of decisions, and which never did.

use crate::decision::Decision;
use crate::package::Package;
use crate::source::Span;
use std::sync::Arc;

/// What a number of decisions have shown of a package.
///
/// ```
/// let file = "action greet\npolicy \"Never greet\"\n  never greet\n";
/// let package = courtesy::Package::from_sources([("a.courtesy".to_string(), file.into())]);
/// let engine = package.engine().unwrap();
/// let case = br#"{"now": "2026-11-23T10:00:00Z"}"#;
/// let mut coverage = courtesy::Coverage::new(&package);
/// coverage.add(&engine.decide_json(case, &Default::default()).unwrap());
/// let policy = &coverage.policies()[0];
/// assert_eq!((policy.fired, policy.rested), (1, 0));
/// assert!(!policy.is_covered());
/// ```
#[derive(Clone, Debug)]
pub struct Coverage {
    policies: Vec<PolicyCoverage>,
}

/// How often one policy fired, and how often it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyCoverage {
    /// Its title.
    pub title: Arc<str>,
    /// Where its title stands.
    pub span: Span,
    /// In how many decisions it fired.
    pub fired: u64,
    /// In how many it did not.
    pub rested: u64,
}

impl PolicyCoverage {
    /// Whether it was seen to fire and seen not to.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.fired > 0 && self.rested > 0
    }
}

impl Coverage {
    /// What no decision has shown of a package yet.
    #[must_use]
    pub fn new(package: &Package) -> Coverage {
        let policies = package.policies_with_places();
        Coverage {
            policies: policies
                .map(|(title, span)| PolicyCoverage {
                    title: title.into(),
                    span,
                    fired: 0,
                    rested: 0,
                })
                .collect(),
        }
    }

    /// Takes in a decision by the same package.
    pub fn add(&mut self, decision: &Decision) {
        let fired = decision.fired();
        for (id, policy) in (0u32..).zip(&mut self.policies) {
            let has_fired = fired.iter().any(|fired| fired.0 == id);
            let count = if has_fired {
                &mut policy.fired
            } else {
                &mut policy.rested
            };
            *count = count.saturating_add(1);
        }
    }

    /// The policies, by title.
    #[must_use]
    pub fn policies(&self) -> &[PolicyCoverage] {
        &self.policies
    }
}
