//! Any bytes, as a record and as a case of one package: decided or refused, in words that can be shown.

use super::said;
use courtesy::{Batch, BatchOptions, CaseOptions, Decision, Engine, Misfit, Package};
use serde::de::IgnoredAny;
use std::sync::OnceLock;

/// A package with a field of every type, read by policies.
pub const PACKAGE: &str = include_str!("records.courtesy");

const PROPOSALS: &[u8] = br#"[{"action":"greet","with":{"text":"Hello"}}]"#;

struct Ready {
    engine: Engine,
    records: Batch,
    cases: Batch,
}

/// Decides the bytes, once as the record of a customer and once as a whole case.
pub fn records(bytes: &[u8]) {
    static READY: OnceLock<Ready> = OnceLock::new();
    let ready = READY.get_or_init(ready);
    for batch in [&ready.records, &ready.cases] {
        let answer = batch.decide_line(bytes);
        hold(bytes, &answer);
        assert_eq!(
            said_in_full(&batch.decide_line(bytes)),
            said_in_full(&answer)
        );
    }
    if let Ok(case) = ready.engine.read_case(bytes, &CaseOptions::default()) {
        let plain = ready.engine.decide(&case).to_json();
        let (explained, why) = ready.engine.trace(&case);
        assert_eq!(
            explained.to_json(),
            plain,
            "explaining changes the decision"
        );
        why.to_text().lines().for_each(said::shown);
        explained.to_text().lines().for_each(|line| {
            assert!(
                !line.chars().any(courtesy::printable::is_hidden),
                "{line:?}"
            );
        });
    }
}

fn ready() -> Ready {
    let file = ("a.courtesy".to_string(), PACKAGE.as_bytes().to_vec());
    let package = Package::from_sources([file]);
    let engine = package.engine().expect("the package checks");
    let now = courtesy::value::parse_instant("2026-11-23T10:00:00Z").expect("a moment");
    let options = |record_input: Option<&str>| BatchOptions {
        record_input: record_input.map(str::to_string),
        now: Some(now),
        inputs: Vec::new(),
        proposals: Some(PROPOSALS.to_vec()),
    };
    let batch = |record_input| {
        engine
            .batch(options(record_input))
            .expect("options that fit")
    };
    Ready {
        records: batch(Some("customer")),
        cases: batch(None),
        engine: engine.clone(),
    }
}

fn hold(bytes: &[u8], answer: &Result<Decision, Misfit>) {
    match answer {
        Ok(decision) => {
            serde_json::from_slice::<IgnoredAny>(bytes).expect("what is decided is JSON");
            serde_json::from_str::<IgnoredAny>(&decision.to_json()).expect("a decision is JSON");
        }
        Err(misfit) => said::hold_misfit(misfit),
    }
}

fn said_in_full(answer: &Result<Decision, Misfit>) -> String {
    match answer {
        Ok(decision) => decision.to_json(),
        Err(misfit) => format!("{} {misfit}", misfit.code),
    }
}
