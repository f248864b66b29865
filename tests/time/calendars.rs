//! Working calendars and slots over whole packages, with cases as JSON.

use super::asking::{ask, package};
use courtesy::CaseOptions;
use serde_json::Value;

/// What an expression comes to at a moment, with the inputs of a case.
fn value(package: &str, expression: &str, now: &str, inputs: &str) -> Value {
    let case = format!("{{\"now\": \"{now}\", \"inputs\": {inputs}, \"proposals\": []}}");
    match ask(package, expression, &case) {
        Ok((_, value)) => value,
        Err(messages) => panic!("{expression}: {messages}"),
    }
}

const SUPPORT: &str = r#"
timezone "Europe/London"
type Closure { on: Date  why: Text }
type Customer { id: Text  zone: Timezone  city: optional Timezone }
input customer: Customer
input holidays: list of Date
input closures: list of Closure

calendar plain { mon-fri 09:00-17:00 }
calendar desk in "Europe/London" { mon-fri 09:00-17:00  except holidays }
calendar closed { mon-fri 09:00-17:00  except list of c.on for c in closures where c.why is not "quiz night" }
calendar christmas { mon-fri 09:00-17:00  except days_off }
calendar shop in customer.zone { mon-sat 10:00-18:00  sun 12:00-16:00 }
calendar branch in (customer.city otherwise customer.zone) { mon, wed-fri 08:00-12:00, 13:00-17:30 }
calendar weekend { fri-mon 00:00-24:00 }
define days_off as [2026-12-25, 2026-12-26, 2026-12-28]
define due as 2 desk days after now
"#;

const INPUTS: &str = r#"{
  "customer": {"id": "c-1001", "zone": "Asia/Kolkata", "city": "America/New_York"},
  "holidays": ["2026-11-26", "2026-11-25", "2026-11-26"],
  "closures": [{"on": "2026-11-24", "why": "stocktaking"}, {"on": "2026-11-25", "why": "quiz night"}]
}"#;

/// A Monday, 16:00 in London.
const NOW: &str = "2026-11-23T16:00:00Z";

#[track_caller]
fn is(expression: &str, expected: impl Into<Value>) {
    let found = value(SUPPORT, expression, NOW, INPUTS);
    assert_eq!(found, expected.into(), "{expression}");
}

#[test]
fn exceptions_come_from_an_input_a_definition_or_a_list() {
    is("2 plain hours after now", "2026-11-24T10:00:00Z");
    is("2 plain days after today", "2026-11-25");
    // Wednesday and Thursday are holidays, whatever their order and however often they are said.
    is("2 desk days after today", "2026-11-27");
    is("9 desk hours after now", "2026-11-24T17:00:00Z");
    is("10 desk hours after now", "2026-11-27T10:00:00Z");
    is("due", "2026-11-27T16:00:00Z");
    is("2 closed hours after now", "2026-11-25T10:00:00Z");
    is("1 christmas day after 2026-12-24", "2026-12-29");
}

#[test]
fn a_calendar_keeps_its_own_zone() {
    // 16:00 in London is 21:30 in Kolkata, 11:00 in New York.
    is("now is within desk", true);
    is("now is within shop", false);
    is("now is within branch", true);
    is("1 shop hour after now", "2026-11-24T05:30:00Z");
    is("2 branch hours after now", "2026-11-23T19:00:00Z");
    // Kolkata's day is that of London here, and half an hour later no more.
    is(
        "1 shop day after 2026-11-23T18:29:59Z",
        "2026-11-24T18:29:59Z",
    );
    is("1 branch day after today", "2026-11-25");
}

#[test]
fn hours_of_several_stretches_and_to_the_end_of_the_day() {
    is(
        "5 branch hours after 2026-11-25T13:00:00Z",
        "2026-11-25T19:00:00Z",
    );
    is("2026-11-25T17:30:00Z is within branch", false);
    is("1 weekend day after 2026-11-23", "2026-11-27");
    is(
        "weekend hours from 2026-11-27T00:00:00Z to 2026-12-01T00:00:00Z",
        96,
    );
    is(
        "25 weekend hours after 2026-11-23T00:00:00Z",
        "2026-11-27T01:00:00Z",
    );
}

#[test]
fn counts_turn_their_sign_with_their_ends() {
    is("desk days from today to (2 desk days after today)", 2);
    is("desk days from (2 desk days after today) to today", -2);
    is("desk hours from now to (9 desk hours after now)", 9);
    is("desk hours from (9 desk hours after now) to now", -9);
    is("desk minutes from now to (90 desk minutes after now)", 90);
    is("desk hours from now to (90 desk minutes after now)", 1);
    is("desk days from today to 2026-11-26", 1);
}

#[test]
fn a_date_is_within_a_calendar_on_its_working_days() {
    is("today is within desk", true);
    is("2026-11-25 is within desk", false);
    is("2026-11-28 is within desk", false);
    is("2026-11-28 is not within desk", true);
    is("0 desk days after 2026-11-25", "2026-11-27");
    is(
        "0 desk hours after 2026-11-23T18:00:00Z",
        "2026-11-24T09:00:00Z",
    );
}

#[test]
fn a_case_without_exceptions_and_one_that_is_nothing_else_both_end() {
    let inputs = INPUTS.replace(r#"["2026-11-26", "2026-11-25", "2026-11-26"]"#, "[]");
    let found = value(SUPPORT, "2 desk days after today", NOW, &inputs);
    assert_eq!(found, Value::from("2026-11-25"));
    // Every day of two years.
    let first: jiff::civil::Date = "2026-11-23".parse().expect("a date");
    let days = (0..730).map(|day| first.saturating_add(jiff::Span::new().days(day)));
    let days: Vec<String> = days.map(|day| format!("\"{day}\"")).collect();
    let inputs = inputs.replace(
        "\"holidays\": []",
        &format!("\"holidays\": [{}]", days.join(", ")),
    );
    let found = value(SUPPORT, "2 desk days after today", NOW, &inputs);
    assert_eq!(found, Value::from("2028-11-23"));
    let found = value(SUPPORT, "1 desk hour after now", NOW, &inputs);
    assert_eq!(found, Value::from("2028-11-22T10:00:00Z"));
}

#[test]
fn the_order_of_declarations_lines_and_holidays_means_nothing() {
    let mut lines: Vec<&str> = SUPPORT.lines().filter(|line| !line.is_empty()).collect();
    let fingerprint = |text: &str| {
        let engine = package(text).engine().expect("an engine");
        engine.fingerprint().to_string()
    };
    let forwards = fingerprint(&lines.join("\n"));
    lines.reverse();
    assert_eq!(fingerprint(&lines.join("\n")), forwards);
    let backwards = value(&lines.join("\n"), "2 desk days after today", NOW, INPUTS);
    assert_eq!(backwards, Value::from("2026-11-27"));
}

const VISITS: &str = r#"
timezone "Europe/London"
type Visit { at: DateTime }
input visits: list of Visit
input holidays: list of Date
calendar desk { mon-fri 09:00-17:00  except holidays }
action call { when: DateTime }
policy "A missed visit is called about within four desk hours"
  for each visit in visits where visit.at is not within desk
  always call with when: 4 desk hours after visit.at
  by 1 desk day after visit.at
  because "missed {desk days from visit.at to now} working days ago"
"#;

#[test]
fn calendars_are_used_for_each_element_and_in_every_clause() {
    let engine = package(VISITS).engine().expect("an engine");
    let case = r#"{"now": "2026-11-27T12:00:00Z", "proposals": [], "inputs": {
        "visits": [{"at": "2026-11-20T18:00:00Z"}, {"at": "2026-11-20T10:00:00Z"}, {"at": "2026-11-24T06:00:00Z"}],
        "holidays": ["2026-11-24"]}}"#;
    let decision = engine.decide_json(case.as_bytes(), &CaseOptions::default());
    insta::assert_snapshot!(decision.expect("a decision").to_json_pretty());
}

#[test]
fn a_slot_is_a_number_that_any_system_can_work_out_again() {
    // SHA-256 of "autumn", a zero byte and "c-1001": 9745 of the published formula.
    is("slot of customer.id for \"autumn\"", 9745);
    is("slot of \"c-1001\" for \"winter\"", 3887);
    is(
        "slot of customer.id for \"autumn\" is less than 1000",
        false,
    );
    is(
        "slot of \"{customer.id}-x\" for lower case of \"AUTUMN\" is at least 0",
        true,
    );
}

/// Until when a call is blocked by a condition.
fn until(condition: &str, now: &str) -> Value {
    let text =
        format!("{SUPPORT}\naction call\npolicy \"quiet\"\n  never call\n  when {condition}\n");
    let package = package(&text);
    let engine = package
        .engine()
        .unwrap_or_else(|| panic!("{:?}", package.diagnostics()));
    let case = format!(
        "{{\"now\": \"{now}\", \"inputs\": {INPUTS}, \"proposals\": [{{\"id\": \"a\", \"action\": \"call\"}}]}}"
    );
    let decision = engine.decide_json(case.as_bytes(), &CaseOptions::default());
    let text = decision.expect("a decision").to_json_pretty();
    let decision: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(
        decision["proposals"][0]["verdict"], "blocked",
        "{condition} at {now}"
    );
    decision["proposals"][0]["until"].clone()
}

#[test]
fn what_is_blocked_by_working_time_is_blocked_until_it_begins_or_ends() {
    // A Friday evening, and the evening before two holidays.
    let friday = "2026-11-20T18:00:00Z";
    assert_eq!(
        until("now is not within desk", friday),
        "2026-11-23T09:00:00Z"
    );
    assert_eq!(
        until("now is not within desk", "2026-11-24T17:00:00Z"),
        "2026-11-27T09:00:00Z"
    );
    assert_eq!(until("now is within desk", NOW), "2026-11-23T17:00:00Z");
    assert_eq!(until("today is within desk", NOW), "2026-11-25T00:00:00Z");
    assert_eq!(
        until("tomorrow is not within desk", "2026-11-24T12:00:00Z"),
        "2026-11-26T00:00:00Z"
    );
    // Shifts and counts of what stays, held against the clock, and of today.
    let visit = "2026-11-20T18:00:00Z";
    assert_eq!(
        until(&format!("now is before 4 desk hours after {visit}"), friday),
        "2026-11-23T13:00:00Z"
    );
    assert_eq!(
        until(
            &format!("desk days from {visit} to now is less than 2"),
            friday
        ),
        Value::Null
    );
    assert_eq!(
        until("desk days from 2026-11-20 to today is less than 2", friday),
        "2026-11-24T00:00:00Z"
    );
    // No time mends what never changes, and nobody can say where something computes with `now`.
    assert_eq!(
        until("2026-11-20T18:00:00Z is not within desk", friday),
        Value::Null
    );
    assert_eq!(
        until(
            "2 desk days after now is after 2026-11-20T00:00:00Z",
            friday
        ),
        Value::Null
    );
}
