//! What is answered when all is well, and when a case does not fit.

use super::support::{JSON, Serving, case, root};
use courtesy::{CaseOptions, Engine, Package};
use serde_json::{Value, json};
use std::fs;

fn engine() -> Engine {
    let files = ["schema.courtesy", "policies.courtesy", "examples.courtesy"];
    let files = files.map(|name| {
        let bytes = fs::read(root("examples/readme").join(name)).unwrap();
        (name.to_string(), bytes)
    });
    Package::from_sources(files).into_engine().unwrap()
}

#[test]
fn a_decision_has_the_bytes_that_the_command_prints() {
    let serving = Serving::readme(&[]);
    let response = serving.decide(case());
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], JSON);
    assert_eq!(response.headers()["cache-control"], "no-store");
    let decided = engine()
        .decide_json(case().as_bytes(), &CaseOptions::default())
        .unwrap();
    let printed = format!("{}\n", decided.to_json_pretty().trim_end_matches('\n'));
    assert_eq!(response.text().unwrap(), printed);
    let charset = serving.post("/decide", "Application/JSON; charset=utf-8", case());
    assert_eq!(charset.status(), 200);
}

#[test]
fn a_case_without_now_is_decided_for_the_moment_of_its_arrival() {
    let serving = Serving::readme(&[]);
    let body = r#"{"inputs":{"customer":{"tier":"gold","purchases":[]}}}"#;
    let before = jiff::Timestamp::now().as_second();
    let decision: Value = serving.decide(body).json().unwrap();
    let now: jiff::Timestamp = decision["now"].as_str().unwrap().parse().unwrap();
    let after = jiff::Timestamp::now().as_second();
    assert!((before..=after).contains(&now.as_second()), "{decision}");
    assert_eq!(now.subsec_nanosecond(), 0);
}

#[test]
fn what_does_not_fit_is_told_by_code_path_and_sentence() {
    let serving = Serving::readme(&[]);
    for (body, status, code, path) in [
        (
            r#"{"now":"2026-11-23T10:00:00Z","inputs":{"customer":{"tier":"gilt","purchases":[]}}}"#,
            422,
            "unknown-choice",
            "$.inputs.customer.tier",
        ),
        (
            r#"{"now":"2026-11-23T10:00:00Z","inputs":{}}"#,
            422,
            "missing-input",
            "$.inputs.customer",
        ),
        (
            r#"{"now":"x","inputs":{"customer":{"tier":"gold","purchases":[]}}}"#,
            422,
            "bad-date-time",
            "$.now",
        ),
        (
            r#"{"now":"2026-11-23T10:00:00Z","policies":"policy"}"#,
            422,
            "unknown-key",
            "$.policies",
        ),
        (
            r#"{"now":"2026-11-23T10:00:00Z","now":"2026-11-23T10:00:00Z"}"#,
            422,
            "duplicate-key",
            "$.now",
        ),
        ("[]", 422, "wrong-type", "$"),
        ("{", 400, "invalid-json", "$"),
        ("", 400, "invalid-json", "$"),
    ] {
        let response = serving.decide(body);
        assert_eq!(response.status(), status, "{body}");
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        let problem: Value = response.json().unwrap();
        assert_eq!(problem["type"], "about:blank");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["code"], "does-not-fit");
        let misfit = &problem["misfits"][0];
        assert_eq!(
            (
                misfit["code"].as_str().unwrap(),
                misfit["path"].as_str().unwrap()
            ),
            (code, path),
            "{body}"
        );
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .contains(misfit["message"].as_str().unwrap())
        );
    }
}

#[test]
fn the_package_says_what_it_is_and_what_its_data_must_look_like() {
    let serving = Serving::readme(&[]);
    let package = serving.json("/package");
    let engine = engine();
    assert_eq!(package["package"], engine.fingerprint());
    assert_eq!(package["name"], "readme");
    assert_eq!(
        package["policies"],
        json!(engine.policies().collect::<Vec<_>>())
    );
    assert_eq!(package["inputs"], json!(["customer"]));
    assert_eq!(package["actions"], json!(["greet", "upsell"]));
    assert_eq!(package["refused"], Value::Null);
    assert_eq!(
        package["case"],
        courtesy::json_schema::export_case(engine.schema())
    );
}

#[test]
fn it_says_that_it_lives_and_is_ready() {
    let serving = Serving::readme(&[]);
    assert_eq!(serving.json("/health"), json!({ "status": "well" }));
    assert_eq!(serving.json("/ready"), json!({ "status": "ready" }));
    let head = serving.client.head(serving.url("/health")).send().unwrap();
    assert_eq!(head.status(), 200);
}

#[test]
fn other_paths_and_methods_are_refused() {
    let serving = Serving::readme(&[]);
    let unknown = serving.get("/decide/it");
    assert_eq!(unknown.status(), 404);
    assert_eq!(unknown.json::<Value>().unwrap()["code"], "unknown-path");
    let wrong = serving.get("/decide");
    assert_eq!(
        (
            wrong.status().as_u16(),
            wrong.headers()["allow"].to_str().unwrap()
        ),
        (405, "POST")
    );
    assert_eq!(wrong.json::<Value>().unwrap()["code"], "wrong-method");
    let delete = serving
        .client
        .delete(serving.url("/package"))
        .send()
        .unwrap();
    assert_eq!(delete.status(), 405);
}

#[test]
fn what_was_done_is_counted() {
    let serving = Serving::readme(&[]);
    serving.decide(case());
    serving.decide("[]");
    serving.get("/nowhere/abc");
    serving
        .client
        .request("BREW".parse().unwrap(), serving.url("/decide"))
        .send()
        .unwrap();
    for (series, value) in [
        (
            r#"courtesy_http_requests_total{route="/decide",method="POST",status="200"}"#,
            1.0,
        ),
        (
            r#"courtesy_http_requests_total{route="/decide",method="POST",status="422"}"#,
            1.0,
        ),
        (
            r#"courtesy_http_requests_total{route="other",method="GET",status="404"}"#,
            1.0,
        ),
        (
            r#"courtesy_http_requests_total{route="/decide",method="other",status="405"}"#,
            1.0,
        ),
        ("courtesy_decisions_total", 1.0),
        (
            r#"courtesy_proposals_total{action="upsell",verdict="blocked"}"#,
            1.0,
        ),
        (
            r#"courtesy_proposals_total{action="upsell",verdict="allowed"}"#,
            1.0,
        ),
        (r#"courtesy_duties_total{action="greet"}"#, 1.0),
        (r#"courtesy_misfits_total{code="wrong-type"}"#, 1.0),
        ("courtesy_requests_in_flight", 0.0),
        ("courtesy_package_refused", 0.0),
        (r#"courtesy_package_loads_total{outcome="loaded"}"#, 1.0),
    ] {
        assert_eq!(serving.metric(series), value, "{series}");
    }
    let text = serving.get("/metrics").text().unwrap();
    assert!(text.ends_with("# EOF\n"), "{text}");
}
