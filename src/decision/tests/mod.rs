//! Verdicts, duties, overrides, merging and what fired, over programs built by hand.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails is to stop"
)]

pub(crate) mod sample;
mod until;

use super::*;
use crate::decode::CaseOptions;
use crate::decode::tests::sample::{APOLOGISE, CASE, CUSTOMER_JSON, GREET, NOD, UPSELL};
use crate::engine::Engine;
use crate::operators::CarrierOutcome;
use crate::program::{Expr, PolicyId, TextPart};
use crate::value::{Text, Value, parse_date, parse_instant};
use sample::*;

/// Decides what is proposed as a greeting with each of these texts, with ids `1`, `2`, ….
fn decide_greetings(engine: &Engine, texts: &[&str]) -> Decision {
    let proposals: Vec<String> = texts
        .iter()
        .map(|text| format!(r#"{{"action":"greet","with":{{"text":"{text}"}}}}"#))
        .collect();
    let inputs = format!(r#"{{"customer":{CUSTOMER_JSON}}}"#);
    let proposals = proposals.join(",");
    let case =
        format!(r#"{{"now":"2026-11-23T10:00:00Z","inputs":{inputs},"proposals":[{proposals}]}}"#);
    engine
        .decide_json(case.as_bytes(), &CaseOptions::default())
        .unwrap()
}

/// `1 allowed`, `2 blocked: A, B`
fn verdicts(decision: &Decision) -> Vec<String> {
    let shown = |proposal: &ProposalDecision| {
        format!(
            "{} {}{}",
            proposal.id,
            proposal.verdict.word(),
            titles(&proposal.reasons)
        )
    };
    decision.proposals().iter().map(shown).collect()
}

fn titles(reasons: &[Reason]) -> String {
    let titles: Vec<&str> = reasons.iter().map(|reason| &*reason.policy).collect();
    if titles.is_empty() {
        String::new()
    } else {
        format!(": {}", titles.join(", "))
    }
}

/// `duty 1 greet Hello on 1: A, B`
fn shown(duty: &Duty) -> String {
    let value = match duty.with.first() {
        Some((_, Value::Text(text))) => format!(" {}", text.as_str()),
        _ => String::new(),
    };
    let on = duty
        .on
        .as_ref()
        .map_or_else(String::new, |on| format!(" on {on}"));
    format!(
        "{} {}{value}{on}{}",
        duty.id,
        duty.action,
        titles(&duty.reasons)
    )
}

fn duties(decision: &Decision) -> Vec<String> {
    decision.duties().iter().map(shown).collect()
}

/// The duty, then who speaks against it.
fn withheld(decision: &Decision) -> Vec<String> {
    let both = |withheld: &Withheld| {
        format!(
            "{} against{}",
            shown(&withheld.duty),
            titles(&withheld.against)
        )
    };
    decision.withheld().iter().map(both).collect()
}

fn fired(engine: &Engine, decision: &Decision) -> Vec<String> {
    let title = |id: &PolicyId| engine.program().policy(*id).unwrap().title.to_string();
    decision.fired().iter().map(title).collect()
}

/// Whether the greeting that is judged has this text.
fn greeting_is(wanted: &str) -> Expr {
    is(of_candidate(GREET), text(wanted))
}

fn contract() -> Engine {
    let bought = written(vec![
        literal("bought "),
        TextPart::Value(field(field(Expr::Variable(1), 0), 2)),
    ]);
    let greeting = written(vec![
        literal("Welcome back, "),
        TextPart::Value(customer(1)),
        literal("!"),
    ]);
    engine(vec![
        never("Never upsell a category bought in the last 30 days", UPSELL)
            .when(bought_the_category(UPSELL))
            .because(bought)
            .reading(),
        always("Always greet VIPs by name", GREET, vec![greeting])
            .when(Expr::IsKnown(Box::new(customer(1)))),
    ])
}

#[test]
fn the_case_of_the_contract_is_decided_as_it_says() {
    let decision = contract()
        .decide_json(CASE.as_bytes(), &CaseOptions::default())
        .unwrap();
    let expected = concat!(
        r#"{"package":"sample","now":"2026-11-23T10:00:00Z","proposals":["#,
        r#"{"id":"p1","action":"upsell","verdict":"blocked","until":"2026-12-01T09:30:00Z","reasons":["#,
        r#"{"policy":"Never upsell a category bought in the last 30 days","because":"bought Flip"}]},"#,
        r#"{"id":"p2","action":"upsell","verdict":"allowed","rank":1,"reasons":[]}],"#,
        r#""duties":[{"id":"duty 1","action":"greet","with":{"text":"Welcome back, Amir!"},"#,
        r#""reasons":[{"policy":"Always greet VIPs by name"}]}],"#,
        r#""withheld":[],"reported":[],"conflicts":[]}"#,
    );
    assert_eq!(decision.to_json(), expected);
}

#[test]
fn texts_keep_what_came_from_the_record_apart() {
    let decision = contract()
        .decide_json(CASE.as_bytes(), &CaseOptions::default())
        .unwrap();
    let parts = |text: &Text| {
        text.segments()
            .map(|part| (part.text.to_owned(), part.inserted))
            .collect::<Vec<_>>()
    };
    let Some((_, Value::Text(greeting))) = decision.duties()[0].with.first() else {
        unreachable!("the greeting is a text")
    };
    assert_eq!(parts(greeting)[1], ("Amir".to_owned(), true));
    let because = decision.proposals()[0].reasons[0].because.as_ref().unwrap();
    assert_eq!(
        parts(because),
        [("bought ".to_owned(), false), ("Flip".to_owned(), true)]
    );
}

#[test]
fn all_that_speak_are_reasons_by_title() {
    let engine = engine(vec![
        never("b", GREET),
        only("c", GREET).when(no()),
        never("a", GREET).when(greeting_is("x")).reading(),
        only("d", GREET).when(yes()),
        never("e", UPSELL),
        never("f", GREET).unless(yes()),
        only("g", GREET).when(no()).unless(yes()),
    ]);
    let decision = decide_greetings(&engine, &["x", "y"]);
    assert_eq!(
        verdicts(&decision),
        ["1 blocked: a, b, c", "2 blocked: b, c"]
    );
    assert_eq!(fired(&engine, &decision), ["a", "b", "c", "e"]);
}

#[test]
fn rank_counts_what_is_not_blocked() {
    let engine = engine(vec![never("n", GREET).when(greeting_is("x")).reading()]);
    let ranks: Vec<_> = decide_greetings(&engine, &["a", "x", "b"])
        .proposals()
        .iter()
        .map(|p| p.rank)
        .collect();
    assert_eq!(ranks, [Some(1), None, Some(2)]);
}

#[test]
fn an_exception_silences_where_it_speaks_and_nowhere_else() {
    let engine = engine(vec![
        never("n", GREET),
        never("m", GREET),
        allow("a", GREET, &["n"]).when(greeting_is("x")).reading(),
    ]);
    let decision = decide_greetings(&engine, &["x", "y"]);
    assert_eq!(verdicts(&decision), ["1 blocked: m", "2 blocked: m, n"]);
    assert_eq!(fired(&engine, &decision), ["a", "m", "n"]);
}

#[test]
fn what_silences_can_be_silenced() {
    let three = |top: &'static str| {
        engine(vec![
            never("z", GREET),
            allow("y", GREET, &["z"]),
            never("x", GREET)
                .when(greeting_is(top))
                .reading()
                .overriding(&["y"]),
        ])
    };
    assert_eq!(
        verdicts(&decide_greetings(&three("t"), &["t"])),
        ["1 blocked: x, z"]
    );
    assert_eq!(
        verdicts(&decide_greetings(&three("other"), &["t"])),
        ["1 allowed"]
    );
}

#[test]
fn a_long_chain_of_overrides_needs_no_stack() {
    let titles: Vec<&'static str> = (0..5000)
        .map(|number| &*format!("{number:05}").leak())
        .collect();
    let link = |(place, title): (usize, &&'static str)| {
        let under = titles
            .get(place + 1)
            .map(std::slice::from_ref)
            .unwrap_or_default();
        let draft = if place % 2 == 0 {
            allow(title, GREET, &[])
        } else {
            never(title, GREET)
        };
        draft.overriding(under)
    };
    let engine = engine(titles.iter().enumerate().map(link).collect());
    assert_eq!(verdicts(&decide_greetings(&engine, &["x"])), ["1 allowed"]);
}

#[test]
fn an_always_overrides_a_never_for_its_own_duties_only() {
    let engine = engine(vec![
        never("n", GREET).because(text("no greetings")),
        always("a", GREET, vec![text("Hello")]).overriding(&["n"]),
        always("b", GREET, vec![text("Hello")]),
    ]);
    let decision = decide_greetings(&engine, &["Hello"]);
    assert_eq!(verdicts(&decision), ["1 blocked: n"]);
    assert_eq!(duties(&decision), ["duty 1 greet Hello: a"]);
    assert_eq!(withheld(&decision), ["duty 2 greet Hello: b against: n"]);
}

#[test]
fn an_exception_speaks_about_duties_too() {
    let engine = engine(vec![
        never("n", GREET),
        allow("e", GREET, &["n"])
            .when(greeting_is("Hello"))
            .reading(),
        always("a", GREET, vec![text("Hello")]),
        always("b", GREET, vec![text("Goodbye")]),
    ]);
    let decision = decide_greetings(&engine, &[]);
    assert_eq!(duties(&decision), ["duty 1 greet Hello: a"]);
    assert_eq!(withheld(&decision), ["duty 2 greet Goodbye: b against: n"]);
}

#[test]
fn equal_duties_merge_with_all_reasons_and_the_earlier_deadline() {
    let day = |text: &str| Value::Date(parse_date(text).unwrap());
    let instant = |text: &str| Value::DateTime(parse_instant(text).unwrap());
    let engine = engine(vec![
        always("c", GREET, vec![text("Hello")]).by(day("2026-11-25")),
        always("a", GREET, vec![text("Hello")]),
        always("b", GREET, vec![text("Hello")]).by(instant("2026-11-25T23:00:00Z")),
        always("d", GREET, vec![text("Goodbye")]).by(day("2026-11-25")),
        always("e", NOD, vec![]),
    ]);
    let decision = decide_greetings(&engine, &[]);
    assert_eq!(
        duties(&decision),
        [
            "duty 1 greet Hello: a, b, c",
            "duty 2 greet Goodbye: d",
            "duty 3 nod: e"
        ]
    );
    assert_eq!(
        decision.duties()[0].by,
        Some(instant("2026-11-25T23:00:00Z"))
    );
    assert!(
        decision
            .to_json()
            .contains(r#""with":{"text":"Goodbye"},"by":"2026-11-25","#)
    );
}

#[test]
fn duties_of_two_elements_stay_two_and_those_of_one_merge() {
    let items = || list(&["x", "x"]);
    let engine = engine(vec![
        always("b", GREET, vec![Expr::Variable(0)]).each(items(), 7),
        always("a", GREET, vec![text("x")]).each(items(), 7),
        always("c", GREET, vec![text("x")]).each(list(&["y"]), 8),
        always("d", GREET, vec![text("x")]),
    ]);
    let expected = [
        "duty 1 greet x: a, b",
        "duty 2 greet x: a, b",
        "duty 3 greet x: c",
        "duty 4 greet x: d",
    ];
    assert_eq!(duties(&decide_greetings(&engine, &[])), expected);
}

#[test]
fn an_always_that_is_overridden_owes_nothing_there() {
    let items = || list(&["x", "y"]);
    let element = || Expr::Variable(0);
    let on_same_list = engine(vec![
        always("a", GREET, vec![text("A")])
            .each(items(), 1)
            .when(is(element(), text("x")))
            .overriding(&["b", "c", "d"]),
        always("b", GREET, vec![element()]).each(items(), 1),
        always("c", GREET, vec![element()]).each(items(), 2),
        always("d", GREET, vec![text("D")]),
    ]);
    let decision = decide_greetings(&on_same_list, &[]);
    assert_eq!(
        duties(&decision),
        ["duty 1 greet A: a", "duty 2 greet y: b"]
    );
    assert_eq!(fired(&on_same_list, &decision), ["a", "b", "c", "d"]);

    let silent = engine(vec![
        always("a", GREET, vec![text("A")])
            .when(no())
            .overriding(&["b"]),
        always("b", GREET, vec![text("B")]).overriding(&["c"]),
        always("c", GREET, vec![text("C")]),
    ]);
    assert_eq!(
        duties(&decide_greetings(&silent, &[])),
        ["duty 1 greet B: b"]
    );
}

#[test]
fn on_duties_belong_to_the_outcome_they_wait_for() {
    let engine = engine(vec![
        never("n", GREET).when(greeting_is("bad")).reading(),
        always("a", GREET, vec![text("bad")]),
        always("b", GREET, vec![text("good")]),
        always("allowed", NOD, vec![]).on(CarrierOutcome::Allowed, &[GREET]),
        always("blocked", GREET, vec![of_carrier(GREET)]).on(CarrierOutcome::Blocked, &[GREET]),
        always("proposed", APOLOGISE, vec![of_carrier(APOLOGISE)])
            .on(CarrierOutcome::Proposed, &[NOD]),
    ]);
    let decision = decide_greetings(&engine, &["good", "bad"]);
    let expected = [
        "duty 1 greet good: b",
        "duty 2 nod on duty 1: allowed",
        "duty 3 nod on 1: allowed",
    ];
    assert_eq!(duties(&decision), expected);
    let expected = [
        "duty 4 greet bad: a against: n",
        "duty 5 greet bad on duty 4: blocked against: n",
        "duty 6 greet bad on 2: blocked against: n",
    ];
    assert_eq!(withheld(&decision), expected);
    // Attached duties carry nothing, so nothing ever nods as a proposal or a plain duty.
    assert_eq!(
        fired(&engine, &decision),
        ["a", "allowed", "b", "blocked", "n"]
    );
}

#[test]
fn an_attached_duty_is_overridden_for_the_same_carrier() {
    let on_greetings = |draft: Draft| draft.on(CarrierOutcome::Proposed, &[GREET]);
    let special = is(of_carrier(GREET), text("x"));
    let attached = engine(vec![
        on_greetings(always("a", NOD, vec![]))
            .when(special)
            .overriding(&["b", "plain"]),
        on_greetings(always("b", NOD, vec![])),
        always("plain", NOD, vec![]),
    ]);
    let decision = decide_greetings(&attached, &["x", "y"]);
    assert_eq!(
        duties(&decision),
        [
            "duty 1 nod: plain",
            "duty 2 nod on 1: a",
            "duty 3 nod on 2: b"
        ]
    );

    let by_plain = engine(vec![
        always("plain", NOD, vec![]).overriding(&["b"]),
        on_greetings(always("b", NOD, vec![])),
    ]);
    assert_eq!(
        duties(&decide_greetings(&by_plain, &["x"])),
        ["duty 1 nod: plain"]
    );
}

#[test]
fn what_does_not_read_the_candidate_fires_without_one() {
    let engine = engine(vec![
        never("a", GREET).when(yes()),
        only("b", GREET).when(yes()),
        only("c", GREET).when(no()),
        never("d", GREET).when(yes()).reading(),
        always("e", NOD, vec![]).each(list(&[]), 1),
        always("f", NOD, vec![]).on(CarrierOutcome::Proposed, &[GREET]),
    ]);
    assert_eq!(fired(&engine, &decide_greetings(&engine, &[])), ["a", "c"]);
    assert_eq!(
        fired(&engine, &decide_greetings(&engine, &["x"])),
        ["a", "c", "d", "f"]
    );
}

#[test]
fn a_never_for_each_speaks_once() {
    let engine = engine(vec![
        never("n", GREET)
            .each(list(&["x", "y", "y"]), 1)
            .when(is(Expr::Variable(0), of_candidate(GREET)))
            .because(written(vec![TextPart::Value(Expr::Variable(0))]))
            .reading(),
    ]);
    let decision = decide_greetings(&engine, &["y", "z"]);
    assert_eq!(verdicts(&decision), ["1 blocked: n", "2 allowed"]);
    assert_eq!(
        decision.proposals()[0].reasons[0]
            .because
            .as_ref()
            .unwrap()
            .as_str(),
        "y"
    );
}

#[test]
fn many_proposals_and_many_duties_take_no_quadratic_time() {
    let names: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let engine = engine(vec![
        always("a", GREET, vec![Expr::Variable(0)])
            .each(list(&names), 1)
            .overriding(&["b"]),
        always("b", GREET, vec![Expr::Variable(0)]).each(list(&names), 1),
        always("c", GREET, vec![Expr::Variable(0)]).each(list(&names), 1),
        always("d", NOD, vec![]).on(CarrierOutcome::Allowed, &[GREET]),
    ]);
    let decision = decide_greetings(&engine, &names);
    assert_eq!(decision.duties().len(), 60_000);
    assert_eq!(titles(&decision.duties()[0].reasons), ": a, c");
}
