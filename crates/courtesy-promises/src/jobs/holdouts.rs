//! Hold-outs: the same slot for ever, in every language, spread evenly, and nobody falls out of a share that grows.
//!
//! The slots of `tests/vectors/slots.json`, which another program worked out; a chi-square over the slots of many
//! keys under several names, in 100 classes of 100 slots; and shares of every size.

use super::Tally;
use courtesy::value::slot;
use courtesy::{CaseOptions, Package};
use std::fmt::Write as _;

/// Between these quantiles lies the chi-square of 99 degrees of freedom in all but 2 of 1,000 cases.
const LOW: f64 = 60.0;
const HIGH: f64 = 149.0;

/// Runs the job over so many keys.
pub(super) fn run(cases: u64) -> Tally {
    let mut tally = Tally::default();
    vectors(&mut tally);
    spread(cases, &mut tally);
    growing(&mut tally);
    tally
}

fn vectors(tally: &mut Tally) {
    let text = include_str!("../../../../tests/vectors/slots.json");
    let vectors: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    for vector in vectors.as_array().into_iter().flatten() {
        let word = |key: &str| vector[key].as_str().unwrap_or_default();
        tally.count("vectors", 1);
        tally.cases += 1;
        if vector["slot"].as_u64() != Some(u64::from(slot(word("name"), word("key")))) {
            tally.fail("vectors", format!("another slot than {vector}"));
        }
    }
    if tally.cases < 1_000 {
        tally.fail("vectors", "fewer than 1,000 vectors");
    }
}

/// The slots of customers `c-0`, `c-1`, … under several names.
fn spread(cases: u64, tally: &mut Tally) {
    for name in ["autumn", "winter", "Policy 1", ""] {
        let mut classes = [0_u64; 100];
        let mut key = String::new();
        for number in 0..cases / 4 {
            key.clear();
            let _ = write!(key, "c-{number}");
            classes[usize::from(slot(name, &key) / 100)] += 1;
        }
        tally.cases += cases / 4;
        let expected = (cases / 4) as f64 / 100.0;
        let square = |seen: &u64| (*seen as f64 - expected).powi(2) / expected;
        let chi_square: f64 = classes.iter().map(square).sum();
        tally.count(
            &format!("chi-square × 1000 under {name:?}"),
            (chi_square * 1000.0) as u64,
        );
        if !(LOW..=HIGH).contains(&chi_square) {
            let what = format!("a chi-square of {chi_square}");
            tally.fail(format!("under {name:?}"), what);
        }
    }
}

/// A share that grows holds everybody whom it held, and the engine takes exactly the slots below it.
fn growing(tally: &mut Tally) {
    let shares = ["0", "0.01", "1", "10", "33.33", "50", "99.99", "100"];
    let mut before = vec![false; 500];
    for share in shares {
        let text = format!(
            "input id: Text\naction a\npolicy \"p\"\n  never a\n  for {share}% of id as \"autumn\"\n"
        );
        let package = Package::from_sources([("a.courtesy".to_string(), text.into_bytes())]);
        let Some(engine) = package.engine() else {
            return tally.fail(format!("a share of {share}%"), "it does not check");
        };
        let below = share.parse::<f64>().unwrap_or(0.0) * 100.0;
        for (number, was_in) in before.iter_mut().enumerate() {
            let case = format!(
                "{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"id\":\"c-{number}\"}},\"proposals\":[{{\"action\":\"a\"}}]}}"
            );
            let decision = engine.decide_json(case.as_bytes(), &CaseOptions::default());
            let is_in = decision.is_ok_and(|decision| {
                decision
                    .proposals()
                    .iter()
                    .any(|one| one.verdict == courtesy::Verdict::Blocked)
            });
            let expected = f64::from(slot("autumn", &format!("c-{number}"))) < below.round();
            tally.cases += 1;
            tally.count("customers of growing shares", 1);
            if is_in != expected || (*was_in && !is_in) {
                tally.fail(format!("c-{number} and {share}%"), format!("in is {is_in}"));
            }
            *was_in = is_in;
        }
    }
}
