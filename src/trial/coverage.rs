//! Which policies fired over a number of cases, which conditions held and which rows of tables matched, and which
//! never did.

use crate::decode::Case;
use crate::engine::Engine;
use crate::package::Package;
use crate::program::{Policy, PolicyKind};
use crate::source::Span;
use crate::trace::Observations;
use std::sync::Arc;

/// What a number of cases have shown of a package.
///
/// ```
/// let file = "input vip: YesNo\naction greet\npolicy \"Greet\"\n  always greet\n  when vip is yes\n";
/// let package = courtesy::Package::from_sources([("a.courtesy".to_string(), file.into())]);
/// let engine = package.engine().unwrap();
/// let json = br#"{"now": "2026-11-23T10:00:00Z", "inputs": {"vip": true}}"#;
/// let case = engine.read_case(json, &Default::default()).unwrap();
/// let mut coverage = courtesy::Coverage::new(&package);
/// coverage.add(&engine, &case);
/// let policy = &coverage.policies()[0];
/// assert_eq!((policy.fired, policy.rested), (1, 0));
/// assert!(!policy.is_covered());
/// assert!(!coverage.conditions()[0].is_covered());
/// ```
#[derive(Clone, Debug)]
pub struct Coverage {
    policies: Vec<PolicyCoverage>,
    observations: Option<Observations>,
}

/// How often one policy fired, and how often it did not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyCoverage {
    /// Its title.
    pub title: Arc<str>,
    /// Where its title stands.
    pub span: Span,
    /// In how many cases it fired.
    pub fired: u64,
    /// In how many it did not.
    pub rested: u64,
    /// Whether it has no condition and so fires in every decision.
    pub unconditional: bool,
}

/// Whether a condition was seen to hold, and seen to fail.
///
/// Conditions that only join others by `and` and `or`, or turn one round, have none of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConditionCoverage {
    /// The reader's own text.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
    /// Whether it held at least once.
    pub held: bool,
    /// Whether it failed at least once.
    pub failed: bool,
}

/// Whether a row of a table was seen to match.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowCoverage {
    /// The name of its table.
    pub table: Arc<str>,
    /// The cells it is asked with, as people drew them: `| vip | 2 to 3 |`.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
    /// Whether it was the row that matched at least once.
    pub matched: bool,
}

impl PolicyCoverage {
    /// Whether it was seen to fire and, unless it cannot help it, seen not to.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.fired > 0 && (self.rested > 0 || self.unconditional)
    }
}

impl ConditionCoverage {
    /// Whether it was seen to hold and seen to fail.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.held && self.failed
    }
}

impl Coverage {
    /// What no case has shown of a package yet.
    #[must_use]
    pub fn new(package: &Package) -> Coverage {
        let policies = package.policies_with_places();
        Coverage {
            policies: policies
                .map(|(policy, span)| PolicyCoverage {
                    title: policy.title.clone(),
                    span,
                    fired: 0,
                    rested: 0,
                    unconditional: is_unconditional(policy),
                })
                .collect(),
            observations: None,
        }
    }

    /// Decides a case by the engine of the same package, and takes in what that shows.
    pub fn add(&mut self, engine: &Engine, case: &Case) {
        let (decision, observations) = engine.observe(case);
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
        match &mut self.observations {
            Some(all) => all.merge(&observations),
            none => *none = Some(observations),
        }
    }

    /// The policies, by title.
    #[must_use]
    pub fn policies(&self) -> &[PolicyCoverage] {
        &self.policies
    }

    /// The conditions, by their places in the files; none where no case was added.
    #[must_use]
    pub fn conditions(&self) -> Vec<ConditionCoverage> {
        let observations = self.observations.iter();
        let conditions = observations.flat_map(Observations::conditions);
        let own = conditions.filter(|condition| !condition.joins);
        let mut all: Vec<ConditionCoverage> = own
            .map(|condition| ConditionCoverage {
                text: condition.text.into(),
                span: condition.place.span,
                held: condition.holds,
                failed: condition.fails,
            })
            .collect();
        all.sort_by_key(|condition| condition.span);
        all
    }

    /// The rows of tables, by their places in the files; none where no case was added.
    #[must_use]
    pub fn rows(&self) -> Vec<RowCoverage> {
        let observations = self.observations.iter();
        let rows = observations.flat_map(Observations::rows);
        let mut all: Vec<RowCoverage> = rows
            .map(|row| RowCoverage {
                table: row.table.into(),
                text: row.text.into(),
                span: row.place.span,
                matched: row.matched,
            })
            .collect();
        all.sort_by_key(|row| row.span);
        all
    }
}

/// Whether nothing keeps the policy from firing: a `limit` fires only where it refuses, an `on` where it has a carrier.
fn is_unconditional(policy: &Policy) -> bool {
    let waits = match &policy.kind {
        PolicyKind::Limit(_) | PolicyKind::Only => true,
        PolicyKind::Always { on, .. } => on.is_some(),
        PolicyKind::Never | PolicyKind::Allow | PolicyKind::Prefer { .. } => false,
    };
    let asks = policy.when.is_some() || policy.unless.is_some() || !policy.gate.is_empty();
    !waits && !asks && policy.for_each.is_none()
}
