//! `courtesy decide`.

use super::support::{NOW, Place};

const CASE: &str = r#"{ "now": "2026-11-23T10:00:00Z", "inputs": { "customer": { "id": "amir", "age": 17 } },
  "proposals": [ { "id": "p1", "action": "sell", "with": { "what": "wine" } } ] }"#;

#[test]
fn a_decision_is_json_on_stdout() {
    let place = Place::new();
    place.write("case.json", CASE);
    let run = place
        .run(&["decide", "shop", "--case", "case.json"])
        .ends_with(0);
    assert_eq!(run.stderr, "");
    let decision: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(decision["proposals"][0]["verdict"], "blocked");
    assert_eq!(
        decision["proposals"][0]["reasons"][0]["because"],
        "amir is 17"
    );
    let piped = place
        .run_with(&["decide", "shop", "--case", "-"], CASE.as_bytes())
        .ends_with(0);
    assert_eq!(piped.stdout, run.stdout);
    let human = place
        .run(&["decide", "shop", "--case", "case.json", "--format", "human"])
        .ends_with(0);
    assert!(human.stdout.contains("amir is 17"), "{human:#?}");
    let decide = ["decide", "shop", "--case", "case.json", "--explain"];
    let explained = place.run(&decide).ends_with(0);
    let policies = explained.stdout.strip_prefix(&human.stdout);
    assert!(
        policies.is_some_and(|rest| rest.contains("about p1: speaks")),
        "{explained:#?}"
    );
    assert_eq!(explained.stderr, "");
    let as_json = place.run(&[&decide[..], &["--format", "json"]].concat());
    let as_json = as_json.ends_with(0).stdout;
    let shared = run.stdout.trim_end().trim_end_matches('}').trim_end();
    assert!(as_json.starts_with(shared), "{as_json}");
    assert!(as_json.contains("\"explain\": "), "{as_json}");
}

#[test]
fn now_is_taken_from_the_case_then_the_option_then_the_clock() {
    let place = Place::new();
    place.write("case.json", CASE);
    place.write(
        "timeless.json",
        CASE.replace(r#""now": "2026-11-23T10:00:00Z","#, ""),
    );
    let now_of = |arguments: &[&str]| {
        let run = place
            .run(&[&["decide", "shop", "--case"], arguments].concat())
            .ends_with(0);
        let decision: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        (decision["now"].as_str().unwrap().to_string(), run.stderr)
    };
    let other = "2020-02-02T02:02:02Z";
    assert_eq!(
        now_of(&["case.json", "--now", other]),
        (NOW.to_string(), String::new())
    );
    assert_eq!(
        now_of(&["timeless.json", "--now", other]),
        (other.to_string(), String::new())
    );
    let (clock, note) = now_of(&["timeless.json"]);
    assert!(note.contains(&format!("--now {clock}")), "{note}");
    let run = place.run(&[
        "decide",
        "shop",
        "--case",
        "case.json",
        "--now",
        "yesterday",
    ]);
    run.ends_with(2)
        .says("this is not an instant; write one like `2026-11-30T09:30:00Z`");
}

#[test]
fn an_input_may_stand_in_a_file_of_its_own() {
    let place = Place::new();
    place.write("customer.json", r#"{ "id": "amir", "age": 70 }"#);
    let arguments = [
        "decide",
        "shop",
        "--case",
        "-",
        "--input",
        "customer=customer.json",
        "--now",
        NOW,
    ];
    let run = place.run_with(&arguments, b"{}").ends_with(0);
    assert!(run.stdout.contains("Good day, amir!"), "{run:#?}");
    let twice = [&arguments[..], &["--input", "customer=customer.json"]].concat();
    place.run_with(&twice, b"{}").ends_with(2).says("twice");
    place
        .run(&["decide", "shop", "--case", "x", "--input", "customer"])
        .ends_with(2)
        .says("shop=shop.json");
}

#[test]
fn an_input_that_does_not_fit_is_told_by_its_own_file() {
    let place = Place::new();
    place.write("empty.json", "");
    place.write("custmer.json", "{}");
    let input = |given: &str| {
        let arguments = ["decide", "shop", "--case", "-", "--now", NOW, "--input"];
        place.run_with(&[&arguments[..], &[given]].concat(), b"{}")
    };
    input("customer=empty.json")
        .ends_with(2)
        .says("`empty.json` does not fit the package at `$.inputs.customer`: this is not JSON");
    input("custmer=custmer.json")
        .ends_with(2)
        .says("`custmer.json` does not fit the package at `$.inputs`");
}

/// Windows programs put a byte order mark before what they save as UTF-8.
#[test]
fn a_byte_order_mark_at_the_start_is_skipped() {
    let place = Place::new();
    let case = "\u{feff}{ \"inputs\": { \"customer\": { \"id\": \"amir\", \"age\": 70 } } }";
    let arguments = ["decide", "shop", "--case", "-", "--now", NOW];
    let run = place.run_with(&arguments, case.as_bytes()).ends_with(0);
    assert!(run.stdout.contains("Good day, amir!"), "{run:#?}");
}

#[test]
fn what_does_not_fit_ends_with_2_and_says_where() {
    let place = Place::new();
    let run = place.run_with(
        &["decide", "shop", "--case", "-", "--now", NOW],
        br#"{ "inputs": { "customer": { "id": "amir", "age": "old" } } }"#,
    );
    assert_eq!(run.stdout, "");
    run.ends_with(2)
        .says("`stdin` does not fit the package at `$.inputs.customer.age`");
    place
        .run(&["decide", "shop", "--case", "nowhere.json"])
        .ends_with(2)
        .says("no such file");
}

#[test]
fn a_wrong_package_ends_with_1_and_decides_nothing() {
    let place = Place::new();
    place.write(
        "shop/wrong.courtesy",
        "policy \"Wrong\"\n  never sell\n  when customer.nonsense is 1\n",
    );
    place.write("case.json", CASE);
    let run = place
        .run(&["decide", "shop", "--case", "case.json"])
        .ends_with(1);
    assert_eq!(run.stdout, "");
    run.says("shop/wrong.courtesy");
}

#[test]
fn why_is_said_on_request() {
    let place = Place::new();
    place.write("case.json", CASE);
    let run = |more: &[&str]| {
        let arguments = [&["decide", "shop", "--case", "case.json"], more].concat();
        place.run(&arguments).ends_with(0).stdout
    };
    let policies = run(&["--explain"]);
    assert!(policies.contains("p1: sell is blocked"), "{policies}");
    assert!(
        policies.contains("\"Never sell to children\" about p1: speaks"),
        "{policies}"
    );
    assert!(!policies.contains("customer.age"), "{policies}");
    let full = run(&["--explain=full"]);
    assert!(
        full.contains("yes  customer.age is less than 18\n             customer.age: 17"),
        "{full}"
    );
    for (level, name) in [("--explain", "policies"), ("--explain=full", "full")] {
        let json = run(&[level, "--format", "json"]);
        let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let why = value.as_object_mut().unwrap().remove("explain").unwrap();
        assert_eq!(why["level"], name);
        assert_eq!(why["policies"][1]["outcomes"][0]["outcome"], "speaks");
        let plain: serde_json::Value = serde_json::from_str(&run(&[])).unwrap();
        assert_eq!(value, plain);
    }
    place
        .run(&["decide", "shop", "--case", "case.json", "--explain=all"])
        .ends_with(2)
        .says("full");
}

#[test]
fn a_closed_pipe_is_quiet() {
    let place = Place::new();
    place.write("case.json", CASE);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = place.command(&["decide", "shop", "--case", "case.json"]);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}
