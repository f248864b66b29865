//! How decisions are laid out.

#![allow(clippy::unwrap_used, reason = "a test that fails is to stop")]

use super::pretty;
use crate::decision::Decision;
use crate::decision::tests::sample::{Draft, always, customer, engine, never, text};
use crate::decode::CaseOptions;
use crate::decode::tests::sample::{CASE, GREET, NOD, UPSELL};
use crate::operators::CarrierOutcome;
use crate::value::{Value, parse_instant};

fn decide(drafts: Vec<Draft>, case: &str) -> Decision {
    engine(drafts)
        .decide_json(case.as_bytes(), &CaseOptions::default())
        .unwrap()
}

fn sample(case: &str) -> Decision {
    let deadline = Value::DateTime(parse_instant("2026-11-23T10:02:00Z").unwrap());
    let drafts = vec![
        never("No upsells", UPSELL).because(customer(1)),
        always("Greet", GREET, vec![customer(1)]).by(deadline),
        always("Nod", NOD, vec![]).on(CarrierOutcome::Blocked, &[UPSELL]),
        never("No nods", NOD).because(text("not today")),
    ];
    decide(drafts, case)
}

#[test]
fn json_over_several_lines_is_the_same_json() {
    let decision = sample(CASE);
    let compact: serde_json::Value = serde_json::from_str(&decision.to_json()).unwrap();
    let laid_out: serde_json::Value = serde_json::from_str(&decision.to_json_pretty()).unwrap();
    assert_eq!(compact, laid_out);
    assert_eq!(
        serde_json::to_string(&decision).unwrap(),
        decision.to_json()
    );
    assert_eq!(serde_json::to_value(&decision).unwrap(), compact);
    let tricky = r#"{"a":[],"b":{},"c":["x, \"{[]}:\\",{"d":1}]}"#;
    let expected = "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    \"x, \\\"{[]}:\\\\\",\n    {\n      \"d\": 1\n    }\n  ]\n}";
    assert_eq!(pretty(tricky), expected);
}

#[test]
fn a_decision_stands_in_a_record_of_the_host() {
    #[derive(serde::Serialize)]
    struct Row<'d> {
        customer: u8,
        decision: &'d Decision,
        #[serde(flatten)]
        again: &'d Decision,
    }
    let decision = sample(CASE);
    let row = Row {
        customer: 7,
        decision: &decision,
        again: &decision,
    };
    let json = decision.to_json();
    let inner = json.strip_prefix('{').unwrap();
    assert_eq!(
        serde_json::to_string(&row).unwrap(),
        format!(r#"{{"customer":7,"decision":{json},{inner}"#)
    );
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let json = sample(CASE).to_json();
    let duty = r#"{"id":"duty 1","action":"greet","with":{"text":"Amir"},"by":"2026-11-23T10:02:00Z","reasons":[{"policy":"Greet"}]}"#;
    assert!(json.contains(duty), "{json}");
    let withheld = concat!(
        r#"{"id":"duty 3","action":"nod","on":"p2","verdict":"blocked","#,
        r#""reasons":[{"policy":"No nods","because":"not today"},{"policy":"Nod"}]}"#,
    );
    assert!(json.contains(withheld), "{json}");
}

#[test]
fn people_read_verdicts_with_their_reasons() {
    let expected = "\
at 2026-11-23T10:00:00Z

proposals
  p1: upsell is blocked
    No upsells: Amir
  p2: upsell is blocked
    No upsells: Amir

must do
  duty 1: greet, by 23 November 2026 at 10:02 (UTC)
    text: Amir
    Greet

withheld
  duty 2: nod is blocked, on p1
    No nods: not today
    it was owed for
      Nod
  duty 3: nod is blocked, on p2
    No nods: not today
    it was owed for
      Nod
";
    assert_eq!(sample(CASE).to_text(), expected);
}

#[test]
fn no_record_steers_a_terminal() {
    let hostile = CASE.replace("\"Amir\"", r#""\u001b[2J\r\n{now}\u202e""#);
    let text = sample(&hostile).to_text();
    assert!(
        text.contains(r"text: \u{1b}[2J\u{d}\u{a}{now}\u{202e}"),
        "{text}"
    );
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let (inputs, _) = CASE.split_once(",\n  \"proposals\"").unwrap();
    let quiet = decide(Vec::new(), &format!("{inputs} }}"));
    assert_eq!(
        quiet.to_text(),
        "at 2026-11-23T10:00:00Z\nnothing proposed, nothing owed\n"
    );
}
