//! Lines and their summary.

#![allow(clippy::unwrap_used, reason = "a test that fails is to stop")]

use super::*;
use crate::decision::tests::sample::{always, bought_the_category, engine, never, text};
use crate::decode::tests::sample::{CASE, CUSTOMER_JSON, GREET, UPSELL};
use crate::value::parse_instant;

fn sample() -> Engine {
    engine(vec![
        never("Never upsell a category bought in the last 30 days", UPSELL)
            .when(bought_the_category(UPSELL))
            .reading(),
        always("Always greet", GREET, vec![text("Welcome")]),
    ])
}

fn for_customers() -> BatchOptions {
    BatchOptions {
        record_input: Some("customer".into()),
        now: Some(parse_instant("2026-11-23T10:00:00Z").unwrap()),
        proposals: Some(br#"[{"action":"greet","with":{"text":"Hi"}}]"#.to_vec()),
        ..BatchOptions::default()
    }
}

#[test]
fn a_summary_has_the_form_of_the_contract() {
    let engine = sample();
    let batch = engine.batch(BatchOptions::default()).unwrap();
    let mut summary = Summary::new(&engine);
    summary.add(&batch.decide_line(CASE.as_bytes()).unwrap());
    assert_eq!(batch.decide_line(b"{}").unwrap_err().code, "missing-now");
    summary.add_quarantined();
    let expected = r#"{
  "records": 2,
  "decided": 1,
  "quarantined": 1,
  "actions": {
    "upsell": {
      "allowed": 1,
      "blocked": 1,
      "limited": 0
    }
  },
  "duties": {
    "greet": 1
  },
  "policies": {
    "Always greet": {
      "fired": 1
    },
    "Never upsell a category bought in the last 30 days": {
      "fired": 1
    }
  }
}"#;
    assert_eq!(summary.to_json(), expected);
}

#[test]
fn a_summary_is_the_sum_of_its_parts() {
    let engine = sample();
    let decision = engine
        .batch(BatchOptions::default())
        .unwrap()
        .decide_line(CASE.as_bytes())
        .unwrap();
    let mut whole = Summary::new(&engine);
    let mut parts = Summary::new(&engine);
    for _ in 0..3 {
        whole.add(&decision);
        let mut part = Summary::new(&engine);
        part.add(&decision);
        part.add_quarantined();
        whole.add_quarantined();
        parts.merge(part);
    }
    assert_eq!(whole.to_json(), parts.to_json());
    assert_eq!(
        (whole.records(), whole.decided(), whole.quarantined()),
        (6, 3, 3)
    );
    let empty = Summary::new(&engine).to_json();
    assert!(
        empty.contains(r#""actions": {},"#) && empty.contains(r#""fired": 0"#),
        "{empty}"
    );
}

#[test]
fn each_record_is_one_input() {
    let batch = sample().batch(for_customers()).unwrap();
    let decision = batch.decide_line(CUSTOMER_JSON.as_bytes()).unwrap();
    assert_eq!(decision.proposals().len(), 1);
    assert_eq!(
        batch.decide_line(br#"{"id":"a"}"#).unwrap_err().path,
        "$.tier"
    );
    assert_eq!(
        batch
            .decide_line(CUSTOMER_JSON.as_bytes())
            .unwrap()
            .to_json(),
        decision.to_json()
    );
}

#[test]
fn proposals_for_every_record_stand_behind_its_own() {
    let options = BatchOptions {
        record_input: None,
        ..for_customers()
    };
    let batch = sample().batch(options).unwrap();
    let decision = batch.decide_line(CASE.as_bytes()).unwrap();
    let ids: Vec<&str> = decision
        .proposals()
        .iter()
        .map(|proposal| &*proposal.id)
        .collect();
    assert_eq!(ids, ["p1", "p2", "3"]);
}

#[test]
fn what_no_record_can_mend_is_said_at_once() {
    let refused = |options| {
        let misfit = sample().batch(options).unwrap_err();
        (misfit.code, misfit.path)
    };
    let without_now = BatchOptions {
        now: None,
        ..for_customers()
    };
    assert_eq!(refused(without_now), ("missing-now", "$.now".into()));
    let of_nothing = BatchOptions {
        record_input: Some("custmer".into()),
        ..for_customers()
    };
    assert_eq!(refused(of_nothing), ("unknown-input", "$.inputs".into()));
    let without_customer = BatchOptions {
        record_input: Some("every".into()),
        ..for_customers()
    };
    assert_eq!(
        refused(without_customer),
        ("missing-input", "$.inputs.customer".into())
    );
    let twice = BatchOptions {
        inputs: vec![("customer".into(), CUSTOMER_JSON.into())],
        ..for_customers()
    };
    assert_eq!(
        refused(twice),
        ("duplicate-key", "$.inputs.customer".into())
    );
    let unknown_action = BatchOptions {
        proposals: Some(br#"[{"action":"gret"}]"#.to_vec()),
        ..for_customers()
    };
    assert_eq!(
        refused(unknown_action),
        ("bad-proposal", "$.proposals[0].action".into())
    );
}

#[test]
fn a_batch_can_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Batch>();
    shared::<Engine>();
}
