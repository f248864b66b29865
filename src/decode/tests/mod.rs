//! What fits, what does not, and where and how that is said.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails is to stop"
)]

pub(crate) mod sample;
mod values;

use super::*;
use crate::limits;
use crate::value::{format_rfc3339, parse_instant, write_json};
use sample::{CASE, CUSTOMER_JSON};

fn given() -> Given {
    Given {
        now: Some(parse_instant("2026-11-23T10:00:00Z").unwrap()),
        ..Given::default()
    }
}

/// Reads a record with a field of every type; gives it back as JSON.
fn every(json: &str) -> Result<String, Misfit> {
    let schema = sample::schema();
    let input = schema.input_named("every").unwrap();
    let given = Given {
        inputs: read_customer(&schema),
        ..given()
    };
    let case = read_record(&schema, input, json.as_bytes(), &given)?;
    let mut out = String::new();
    write_json(&case.inputs[1], &mut out);
    Ok(out)
}

fn read_customer(schema: &Schema) -> Vec<Option<Value>> {
    inputs::read_given(schema, &[("customer".into(), CUSTOMER_JSON.into())]).unwrap()
}

fn case(json: &str) -> Result<Case, Misfit> {
    read_case(&sample::schema(), json.as_bytes(), &Given::default())
}

/// A case around proposals.
fn proposing(proposals: &str) -> Result<Case, Misfit> {
    case(&format!(
        r#"{{"now":"2026-11-23T10:00:00Z","inputs":{{"customer":{CUSTOMER_JSON}}},"proposals":{proposals}}}"#
    ))
}

#[track_caller]
fn refused<T: std::fmt::Debug>(read: Result<T, Misfit>, code: &str, path: &str, message: &str) {
    let misfit = read.unwrap_err();
    assert_eq!(
        (misfit.code, &*misfit.path, &*misfit.message),
        (code, path, message)
    );
}

#[test]
fn the_case_of_the_contract_fits() {
    let case = case(CASE).unwrap();
    assert_eq!(format_rfc3339(case.now()), "2026-11-23T10:00:00Z");
    let mut customer = String::new();
    write_json(&case.inputs[0], &mut customer);
    assert!(
        customer.contains(r#""paid":{"amount":"149.99","currency":"USD"}"#),
        "{customer}"
    );
    let ids: Vec<&str> = case.proposals().iter().map(Proposal::id).collect();
    assert_eq!(ids, ["p1", "p2"]);
    assert!(case.inputs[1].is_missing());
}

#[test]
fn what_is_missing_is_unknown_or_refused() {
    assert_eq!(every(r#"{"text":null}"#).unwrap(), "{}");
    assert_eq!(every("null").unwrap(), "null");
    refused(
        every(r#"{"numbers":[1,null]}"#),
        "missing-field",
        "$.numbers[1]",
        "an item of a list is never missing, and nothing stands here",
    );
    let needed = "this field is needed, and nothing stands here";
    refused(
        every(r#"{"secret_item":{"sku":"a","title":"b"}}"#),
        "missing-field",
        "$.secret_item.category",
        needed,
    );
    refused(
        every(r#"{"secret_item":{"sku":null}}"#),
        "missing-field",
        "$.secret_item.sku",
        needed,
    );
    let input = "this input is needed, and nothing stands here";
    refused(
        case(r#"{"now":"2026-11-23T10:00:00Z"}"#),
        "missing-input",
        "$.inputs.customer",
        input,
    );
    refused(
        case(r#"{"now":"2026-11-23T10:00:00Z","inputs":{"customer":null}}"#),
        "missing-input",
        "$.inputs.customer",
        input,
    );
    let without = format!(r#"{{"inputs":{{"customer":{CUSTOMER_JSON}}}}}"#);
    assert_eq!(case(&without).unwrap_err().code, "missing-now");
    assert_eq!(
        case(&without.replace("}}}", "}},\"now\":null}"))
            .unwrap_err()
            .path,
        "$.now"
    );
}

#[test]
fn records_and_lists_keep_their_shape() {
    refused(
        every("[]"),
        "wrong-type",
        "$",
        "expected a record of type `Every`, found a list",
    );
    refused(
        every("-3"),
        "wrong-type",
        "$",
        "expected a record of type `Every`, found the number `-3`",
    );
    refused(
        every(r#"{"numbers":{}}"#),
        "wrong-type",
        "$.numbers",
        "expected a list, found a record",
    );
    refused(
        every(r#"{"numbers":1e999}"#),
        "wrong-type",
        "$.numbers",
        "a record or a list is expected here, found a number",
    );
    refused(
        every(r#"{"inner":{"inner":{"numbers":[0,[]]}}}"#),
        "wrong-type",
        "$.inner.inner.numbers[1]",
        "expected a number such as `12.5`, found a list",
    );
    refused(
        case("[]"),
        "wrong-type",
        "$",
        "expected a case: a record of `now`, `inputs` and `proposals`, found something else",
    );
    refused(
        case(r#"{"inputs":"x"}"#),
        "wrong-type",
        "$.inputs",
        "expected a record of inputs, found something else",
    );
    let deep = format!("{}null{}", r#"{"inner":"#.repeat(80), "}".repeat(80));
    assert_eq!(every(&deep).unwrap_err().code, "too-large");
}

#[test]
fn keys_stand_once() {
    refused(
        every(r#"{"text":"a","text":"a"}"#),
        "duplicate-key",
        "$.text",
        "the key `text` stands here twice; keep one",
    );
    refused(
        every(r#"{"te\u0078t":"a","text":null}"#),
        "duplicate-key",
        "$.text",
        "the key `text` stands here twice; keep one",
    );
    refused(
        every(r#"{"other":1,"text":"a","other":[{}]}"#),
        "duplicate-key",
        "$",
        "the key `other` stands here twice; keep one",
    );
    refused(
        every(r#"{"inner":{"other":1,"other":2}}"#),
        "duplicate-key",
        "$.inner",
        "a key stands here twice; keep one",
    );
    refused(
        case(r#"{"now":null,"now":null}"#),
        "duplicate-key",
        "$.now",
        "the key `now` stands here twice; keep one",
    );
    assert_eq!(
        every(r#"{"other":{"a":1,"a":1},"text":"b"}"#).unwrap(),
        r#"{"text":"b"}"#
    );
}

#[test]
fn what_is_not_json_or_not_text_is_refused() {
    let code = |bytes: &[u8]| case_of(bytes).unwrap_err().code;
    assert_eq!(code(b""), "invalid-json");
    assert_eq!(code(b"{"), "invalid-json");
    assert_eq!(code(b"\xff"), "invalid-utf8");
    // A mark at the start stands before JSON, and is no JSON itself.
    assert_eq!(code("\u{feff}{}".as_bytes()), code(b"{}"));
    assert_eq!(code("\u{feff}\u{feff}{}".as_bytes()), "invalid-json");
    assert_eq!(code("\u{feff}".as_bytes()), "invalid-json");
    refused(
        every("{} {}"),
        "invalid-json",
        "$",
        "this is not JSON: trailing characters, near byte 4",
    );
    refused(
        every(r#"{"numbers":[1,]}"#),
        "invalid-json",
        "$.numbers[1]",
        "this is not JSON: trailing comma, near byte 15",
    );
    refused(
        every(r#"{"number":01}"#),
        "invalid-json",
        "$.number",
        "this is not JSON: invalid number, near byte 12",
    );
    assert_eq!(
        every(r#"{"text":"\ud800"}"#).unwrap_err().code,
        "invalid-json"
    );
    assert_eq!(
        every("{\"text\":\"a\u{0}\"}").unwrap_err().code,
        "invalid-json"
    );
    assert_eq!(every(r#"{"other":nul}"#).unwrap_err().code, "invalid-json");
    assert_eq!(
        every(&format!(
            "{{\"other\":{}1{}}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        ))
        .unwrap(),
        "{}"
    );
    let large = vec![b' '; limits::CASE_BYTES + 1];
    assert_eq!(case_of(&large).unwrap_err().code, "too-large");
}

fn case_of(bytes: &[u8]) -> Result<Case, Misfit> {
    read_case(&sample::schema(), bytes, &Given::default())
}

#[test]
fn what_is_private_is_not_repeated() {
    let canaries = [
        r#"{"secret":"canary"}"#,
        r#"{"secret_tier":"canary"}"#,
        r#"{"secret_item":"canary"}"#,
        r#"{"secret_item":{"sku":["canary"],"canary":1}}"#,
        r#"{"secret_item":{"canary":1,"canary":2}}"#,
        r#"{"secret_money":{"amount":"canary","currency":"USD"}}"#,
        r#"{"secret_money":{"amount":1,"currency":"canary"}}"#,
        r#"{"secret_money":{"canary":1,"canary":2}}"#,
        r#"{"inner":{"channel":"canary"}}"#,
        r#"{"inner":{"numbers":["canary"]}}"#,
        r#"{"inner":{"text":"canary \ud800"}}"#,
    ];
    for json in canaries {
        let misfit = every(json).unwrap_err();
        assert!(!misfit.to_string().contains("canary"), "{misfit}");
    }
    refused(
        every(r#"{"secret_tier":"vib"}"#),
        "unknown-choice",
        "$.secret_tier",
        "expected `standard`, `silver`, `gold` or `vip`, found a text",
    );
}

#[test]
fn what_is_repeated_is_cut_and_escaped() {
    let long = format!(r#"{{"number":"{}"}}"#, "é".repeat(100));
    let message = every(&long).unwrap_err().message;
    assert!(
        message.ends_with(&format!("`{}…`", "é".repeat(limits::QUOTED_CHARACTERS))),
        "{message}"
    );
    let escapes = every("{\"number\":\"\\u001b[31m\u{202e}\"}")
        .unwrap_err()
        .message;
    assert!(escapes.ends_with(r"`\u{1b}[31m\u{202e}`"), "{escapes}");
}

#[test]
fn proposals_are_numbered_and_checked() {
    let ids = |json: &str| {
        proposing(json).map(|case| {
            case.proposals()
                .iter()
                .map(|p| p.id().to_owned())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(
        ids(
            r#"[{"action":"nod"},{"id":"b","action":"nod","with":null},{"id":null,"action":"nod"}]"#
        )
        .unwrap(),
        ["1", "b", "3"]
    );
    assert!(ids("null").unwrap().is_empty());
    refused(
        ids(r#"[{"id":"2","action":"nod"},{"action":"nod"}]"#),
        "bad-proposal",
        "$.proposals[1].id",
        "the id `2` stands on two proposals; give each its own",
    );
    refused(
        ids(r#"[{"id":"duty 3","action":"nod"}]"#),
        "bad-proposal",
        "$.proposals[0].id",
        "the id `duty 3` is one that duties get; name the proposal otherwise",
    );
    assert_eq!(
        ids(r#"[{"id":"duty three","action":"nod"}]"#).unwrap(),
        ["duty three"]
    );
    refused(
        ids(r#"[{"id":7,"action":"nod"}]"#),
        "wrong-type",
        "$.proposals[0].id",
        "expected an id such as `p1` as a text, found the number `7`",
    );
    refused(
        ids(r#"[{"action":"upsel"}]"#),
        "bad-proposal",
        "$.proposals[0].action",
        "the package has no action `upsel`; did you mean `upsell`?",
    );
    refused(
        ids("[{}]"),
        "missing-field",
        "$.proposals[0].action",
        "a proposal names its action, and nothing stands here",
    );
    let needed = "this field is needed, and nothing stands here";
    refused(
        ids(r#"[{"action":"upsell"}]"#),
        "missing-field",
        "$.proposals[0].with.item",
        needed,
    );
    refused(
        ids(r#"[{"with":{"text":1},"action":"greet"}]"#),
        "wrong-type",
        "$.proposals[0].with.text",
        "expected a text, found the number `1`",
    );
    refused(
        ids(r#"[{"with":[],"action":"greet"}]"#),
        "wrong-type",
        "$.proposals[0].with",
        "expected the fields of an action, found something else",
    );
    assert_eq!(ids(r#"[3]"#).unwrap_err().path, "$.proposals[0]");
    assert_eq!(
        ids(r#"[{"action":"greet","with":{"text":"a","text":"b"}}]"#)
            .unwrap_err()
            .code,
        "duplicate-key"
    );
}

#[test]
fn a_misspelt_key_of_a_case_is_refused() {
    let around = |key: &str| {
        case(&format!(
            r#"{{"now":"2026-11-23T10:00:00Z","inputs":{{"customer":{CUSTOMER_JSON}}},"{key}":[]}}"#
        ))
    };
    refused(
        around("proposal"),
        "unknown-key",
        "$.proposal",
        "unknown key `proposal`; did you mean `proposals`?",
    );
    refused(
        around("source"),
        "unknown-key",
        "$.source",
        "unknown key `source`; a case has `now`, `inputs` and `proposals`",
    );
    refused(
        around("customer"),
        "unknown-key",
        "$.customer",
        "`customer` is an input; write it inside `inputs`",
    );
    refused(
        case(r#"{"inputs":{"custmer":1}}"#),
        "unknown-input",
        "$.inputs.custmer",
        "the package has no input `custmer`; did you mean `customer`?",
    );
}

#[test]
fn a_misspelt_key_of_a_proposal_is_refused() {
    refused(
        proposing(r#"[{"acton":"nod"}]"#),
        "unknown-key",
        "$.proposals[0].acton",
        "unknown key `acton`; did you mean `action`?",
    );
    refused(
        proposing(r#"[{"action":"nod","score":0.5}]"#),
        "unknown-key",
        "$.proposals[0].score",
        "unknown key `score`; a proposal has `id`, `action` and `with`",
    );
    refused(
        proposing(r#"[{"action":"greet","with":{"text":"a","txt":"b"}}]"#),
        "unknown-key",
        "$.proposals[0].with.txt",
        "unknown key `txt`; did you mean `text`?",
    );
    refused(
        proposing(r#"[{"action":"nod","with":{"channel":"email"}}]"#),
        "unknown-key",
        "$.proposals[0].with.channel",
        "unknown key `channel`; the action `nod` has no fields",
    );
}

/// Inside the records that a case brings, whatever they stand under, other keys are nobody's business.
#[test]
fn keys_of_records_that_nobody_declares_are_left() {
    let item = r#"{"sku":"a","title":"b","category":"c","weight":3}"#;
    let upsell = format!(r#"[{{"action":"upsell","with":{{"item":{item},"channel":"email"}}}}]"#);
    assert_eq!(proposing(&upsell).unwrap().proposals().len(), 1);
}

#[test]
fn given_inputs_stand_in_for_what_a_case_leaves_out() {
    let schema = sample::schema();
    let options = CaseOptions {
        now: Some(parse_instant("2026-01-01T00:00:00Z").unwrap()),
        inputs: vec![("customer".into(), CUSTOMER_JSON.into())],
    };
    let given = Given::read(&schema, &options).unwrap();
    let case = read_case(&schema, b"{}", &given).unwrap();
    assert_eq!(format_rfc3339(case.now()), "2026-01-01T00:00:00Z");
    let own = read_case(&schema, br#"{"now":"2027-01-01T00:00:00Z"}"#, &given).unwrap();
    assert_eq!(format_rfc3339(own.now()), "2027-01-01T00:00:00Z");
    let wrong = |name: &str, json: &str| inputs::read_given(&schema, &[(name.into(), json.into())]);
    refused(
        wrong("custmer", "{}"),
        "unknown-input",
        "$.inputs",
        "the package has no input `custmer`; did you mean `customer`?",
    );
    refused(
        wrong("customer", "{\"id\":1}"),
        "wrong-type",
        "$.inputs.customer.id",
        "expected a text, found the number `1`",
    );
}

#[test]
fn the_deepest_record_needs_little_stack() {
    let read = || {
        let deep = format!(
            "{}{{}}{}",
            r#"{"inner":"#.repeat(limits::NESTING - 1),
            "}".repeat(limits::NESTING - 1)
        );
        every(&deep).unwrap().len()
    };
    let thread = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(read)
        .unwrap();
    assert_eq!(thread.join().unwrap(), 632);
}
