//! Every warning of random packages against brute force.
//!
//! A package is a few policies over a few fields. What is warned of is held against cases that lie on and near
//! every end that a condition has: a policy that never speaks does not fire and is not missed; a duty that is
//! always withheld is never held; an idle limit or override is not missed. A message that shows a case has seen it.
//! `COURTESY_CONFLICT_PACKAGES` says how many packages are tried, `COURTESY_CONFLICT_CASES` against how many cases
//! each, `COURTESY_CONFLICT_SEED` with which one to begin.

mod packages;
mod told;

use crate::Package;
use crate::decision::{Decision, Verdict};
use crate::decode::CaseOptions;
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::Engine;
use packages::{Dice, Written};
use std::collections::BTreeMap;

fn read(written: &Written) -> Package {
    let text = written.text();
    let package = Package::from_sources([("a.courtesy".to_string(), text.clone().into_bytes())]);
    assert!(!package.has_errors(), "{text}\n{:?}", package.diagnostics());
    package
}

/// The title at which a warning points.
fn title(package: &Package, found: &Diagnostic) -> String {
    let text = package.sources().text_of(found.span().unwrap());
    text.trim_matches('"').to_string()
}

fn decide(engine: &Engine, case: &str) -> Decision {
    let read = engine.read_case(case.as_bytes(), &CaseOptions::default());
    engine.decide(&read.unwrap_or_else(|misfit| panic!("{misfit:?}\n{case}")))
}

/// What a decision comes to, without who says so.
fn outcome(decision: &Decision, with_reasons: bool) -> String {
    let reasons = |all: &[crate::Reason]| match with_reasons {
        true => format!(
            "{:?}",
            all.iter().map(|one| &one.policy).collect::<Vec<_>>()
        ),
        false => String::new(),
    };
    let proposals = decision.proposals().iter();
    let proposals = proposals.map(|it| (it.verdict, reasons(&it.reasons)));
    let duties = decision.duties().iter();
    let duties = duties.map(|it| (it.action.clone(), it.with.clone(), reasons(&it.reasons)));
    let withheld = decision.withheld().iter();
    let withheld = withheld.map(|it| (it.duty.with.clone(), it.verdict, reasons(&it.against)));
    format!(
        "{:?} {:?} {:?}",
        proposals.collect::<Vec<_>>(),
        duties.collect::<Vec<_>>(),
        withheld.collect::<Vec<_>>()
    )
}

/// What must hold in every case where a warning is right.
struct Claim<'p> {
    code: Code,
    title: String,
    /// The package without what is said to change nothing.
    without: Option<Engine>,
    written: &'p Written,
}

impl<'p> Claim<'p> {
    fn new(written: &'p Written, package: &Package, found: &Diagnostic) -> Claim<'p> {
        let title = title(package, found);
        let without = match found.code {
            Code::NeverSpeaks | Code::IdleLimit => Some(written.without(&title)),
            Code::IdleOverride => {
                let other = package.sources().text_of(found.labels[1].span);
                Some(written.without_override(&title, other.trim_matches('"')))
            }
            _ => None,
        };
        Claim {
            code: found.code,
            title,
            without: without.map(|without| read(&without).engine().unwrap()),
            written,
        }
    }

    fn hold_against(&self, engine: &Engine, case: &str) {
        let decision = decide(engine, case);
        let told = || {
            format!(
                "{:?} {}\n{}\n{case}\n{decision:?}",
                self.code,
                self.title,
                self.written.text()
            )
        };
        if let Some(without) = &self.without {
            let exact = self.code != Code::IdleLimit;
            let (ours, theirs) = (
                outcome(&decision, exact),
                outcome(&decide(without, case), exact),
            );
            assert_eq!(ours, theirs, "{}", told());
        }
        let owes = |reasons: &[crate::Reason]| reasons.iter().any(|it| *it.policy == *self.title);
        match self.code {
            Code::AlwaysWithheld => {
                assert!(
                    !decision.duties().iter().any(|it| owes(&it.reasons)),
                    "{}",
                    told()
                );
            }
            Code::NeverSpeaks => {
                let policies = &engine.program().policies;
                let fired = decision.fired().iter();
                let mut titles = fired.filter_map(|id| policies.get(id.0 as usize));
                assert!(
                    !titles.any(|policy| *policy.title == *self.title),
                    "{}",
                    told()
                );
                let limited = decision.proposals().iter();
                let mut limited = limited.filter(|it| it.verdict == Verdict::Limited);
                assert!(!limited.any(|it| owes(&it.reasons)), "{}", told());
            }
            _ => {}
        }
    }
}

/// Tries one package; counts what was warned of.
fn try_package(seed: u64, cases: u64, counts: &mut BTreeMap<&'static str, usize>) {
    let mut dice = Dice::new(seed);
    let written = Written::random(&mut dice);
    let package = read(&written).advised();
    let advice = package.diagnostics().iter().filter(|found| {
        [
            Code::NeverSpeaks,
            Code::AlwaysWithheld,
            Code::RivalDuties,
            Code::IdleLimit,
            Code::IdleOverride,
        ]
        .contains(&found.code)
    });
    let claims: Vec<Claim<'_>> = advice
        .map(|found| Claim::new(&written, &package, found))
        .collect();
    for claim in &claims {
        *counts.entry(claim.code.id()).or_default() += 1;
    }
    if claims.is_empty() {
        return;
    }
    let engine = package.engine().unwrap();
    for _ in 0..cases {
        let case = packages::case(&mut dice);
        claims
            .iter()
            .for_each(|claim| claim.hold_against(&engine, &case));
    }
}

#[test]
fn no_warning_of_random_packages_is_wrong() {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(otherwise)
    };
    let first = number("COURTESY_CONFLICT_SEED", 0);
    let count = number("COURTESY_CONFLICT_PACKAGES", 100);
    let cases = number("COURTESY_CONFLICT_CASES", 20);
    let mut counts = BTreeMap::new();
    (first..first + count).for_each(|seed| try_package(seed, cases, &mut counts));
    println!("{count} packages: {counts:?}");
    let codes = [
        "never-speaks",
        "always-withheld",
        "rival-duties",
        "idle-limit",
        "idle-override",
    ];
    for code in codes {
        let times = counts.get(code).copied().unwrap_or(0);
        assert!(
            times as u64 * 250 >= count,
            "only {times} of {code} in {count} packages"
        );
    }
}
