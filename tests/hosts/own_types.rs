//! Cases of a host's own types: the same rules and the same answers as from JSON.

use super::{engine, now};
use courtesy::value::{Timestamp, write_json};
use courtesy::{CaseOptions, Engine, Misfit};
use serde::{Serialize, Serializer};
use serde_json::json;
use std::collections::BTreeMap;

const EVERY: &str = "\
currency USD
timezone \"Europe/Berlin\"
choice Tier { standard < vip = \"V.I.P.\" }
type Item { sku: Text  price: Money }
type Customer {
  id: Text
  name: optional Text, private
  tier: Tier
  age: Number, 0 to 130
  since: Date
  seen: DateTime from seconds
  zone: optional Timezone
  basket: list of Item
}
input customer: Customer
input open: optional YesNo
action upsell { item: Item  why: optional Text }
action nod

policy \"No upsells to the new\"
  never upsell
  when customer.since is within last 30 days
  because \"you came on {customer.since}, {customer.name otherwise \"friend\"}\"
";

#[derive(Serialize)]
struct Item {
    sku: &'static str,
    price: &'static str,
}

#[derive(Serialize)]
enum Tier {
    #[serde(rename = "V.I.P.")]
    Vip,
}

#[derive(Serialize)]
struct Customer {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    tier: Tier,
    age: u8,
    since: &'static str,
    seen: i64,
    zone: Option<&'static str>,
    basket: Vec<Item>,
    /// The policies do not ask for it.
    password: &'static str,
}

fn customer() -> Customer {
    Customer {
        id: "c \"1\"".into(),
        name: Some("Zoë".into()),
        tier: Tier::Vip,
        age: 41,
        since: "2026-11-01",
        seen: 1_795_428_000,
        zone: None,
        basket: vec![Item {
            sku: "flip",
            price: "149.99",
        }],
        password: "hunter2",
    }
}

#[derive(Serialize)]
struct Offer {
    item: Item,
}

fn offer() -> Offer {
    Offer {
        item: Item {
            sku: "zoom",
            price: "249",
        },
    }
}

#[test]
fn own_types_are_decided_as_their_json_is() {
    let engine = engine(EVERY);
    let json = json!({
        "now": "2026-11-23T10:00:00Z",
        "inputs": { "customer": customer(), "open": true },
        "proposals": [
            { "id": "zoom", "action": "upsell", "with": offer() },
            { "id": "bow", "action": "nod" },
        ],
    });
    let from_json = engine.decide_json(json.to_string().as_bytes(), &CaseOptions::default());
    let case = engine
        .case(now())
        .input("customer", &customer())
        .and_then(|case| case.input("open", &true))
        .and_then(|case| case.propose("zoom", "upsell", &offer()))
        .and_then(|case| case.propose("bow", "nod", &()))
        .and_then(|case| case.build());
    let from_types = engine.decide(&case.unwrap()).to_json();
    assert_eq!(from_types, from_json.unwrap().to_json());
    assert!(from_types.contains("you came on 1 November 2026, Zoë"));
}

/// What comes of one value where a number or a text is asked.
fn read(kind: &str, value: &(impl Serialize + ?Sized)) -> Result<String, Misfit> {
    let engine = engine(&format!(
        "type T {{ value: {kind} }}\ninput t: T\naction nod\n"
    ));
    let case = engine
        .case(now())
        .input("t", &BTreeMap::from([("value", value)]))?
        .build()?;
    let mut json = String::new();
    write_json(
        case.input(engine.schema().input_named("t").unwrap()),
        &mut json,
    );
    Ok(json)
}

fn value(of: &str) -> Result<String, Misfit> {
    Ok(format!("{{\"value\":{of}}}"))
}

#[test]
fn digits_are_exact_and_floats_stand_with_their_shortest_digits() {
    assert_eq!(
        read("Number", &999_999_999_999_999_999_u128),
        value("999999999999999999")
    );
    assert_eq!(read("Number", &i64::from(i32::MIN)), value("-2147483648"));
    assert_eq!(read("Number", &0.1_f64), value("0.1"));
    assert_eq!(read("Number", &0.1_f32), value("0.1"));
    assert_eq!(read("Number", &1e3_f64), value("1000"));
    assert_eq!(read("Number", &-0.0_f64), value("0"));
    assert_eq!(read("Number", "0.1"), value("0.1"));
    let sum = read("Number", &(0.1_f64 + 0.2)).unwrap_err();
    assert_eq!((sum.code, &*sum.path), ("bad-number", "$.inputs.t.value"));
    assert!(sum.message.contains("`0.30000000000000004`"), "{sum}");
}

#[test]
fn a_float_that_is_no_number_is_not_taken_for_one_that_is_missing() {
    #[derive(Serialize)]
    struct Deep {
        value: (u8, Vec<Option<f64>>),
    }
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let misfit = read("optional Number", &bad).unwrap_err();
        assert_eq!(
            (misfit.code, &*misfit.path),
            ("not-json", "$.inputs.t.value")
        );
        let deep = Deep {
            value: (1, vec![None, Some(1.0), Some(bad)]),
        };
        let engine = engine("type T { value: optional Number }\ninput t: T\naction nod\n");
        let misfit = engine.case(now()).input("t", &deep).unwrap_err();
        assert_eq!(misfit.path, "$.inputs.t.value[1][2]");
    }
    assert_eq!(read("optional Number", &None::<f64>), Ok("{}".into()));
}

#[test]
fn nothing_is_coerced() {
    let codes = [
        read("Number", &true).unwrap_err().code,
        read("Text", &5).unwrap_err().code,
        read("YesNo", &1).unwrap_err().code,
        read("Date", "23 November 2026").unwrap_err().code,
        read("Text", &None::<&str>).unwrap_err().code,
    ];
    let expected = [
        "wrong-type",
        "wrong-type",
        "wrong-type",
        "bad-date",
        "missing-field",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_key_that_a_host_writes_twice_is_refused() {
    #[derive(Serialize)]
    struct Twice {
        value: u8,
        #[serde(flatten)]
        more: BTreeMap<&'static str, u8>,
    }
    let engine = engine("type T { value: Number }\ninput t: T\naction nod\n");
    let twice = Twice {
        value: 1,
        more: BTreeMap::from([("value", 2)]),
    };
    let misfit = engine.case(now()).input("t", &twice).unwrap_err();
    assert_eq!(
        (misfit.code, &*misfit.path),
        ("duplicate-key", "$.inputs.t.value")
    );
}

#[test]
fn what_a_type_says_of_itself_stays_out_of_the_message() {
    struct Secretive;
    impl Serialize for Secretive {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("hunter2"))
        }
    }
    let misfit = read("Text", &Secretive).unwrap_err();
    assert_eq!(misfit.code, "not-json");
    assert!(!format!("{misfit:?}").contains("hunter2"), "{misfit:?}");
    let keyed = read("Text", &BTreeMap::from([((1, 2), 3)])).unwrap_err();
    assert!(keyed.message.ends_with("key must be a string"), "{keyed}");
}

/// The code and the place of a step that fails.
fn refused<T: std::fmt::Debug>(step: Result<T, Misfit>) -> (&'static str, String) {
    let misfit = step.unwrap_err();
    (misfit.code, misfit.path)
}

#[test]
fn each_part_says_where_it_does_not_fit() {
    let engine = engine(EVERY);
    let begin = |engine: &'_ Engine| {
        engine
            .case(now())
            .input("customer", &customer())
            .unwrap()
            .build()
    };
    assert!(begin(&engine).is_ok());
    let case = || engine.case(now()).input("customer", &customer()).unwrap();
    let at = |code, path: &str| (code, path.to_string());
    assert_eq!(
        refused(case().input("costumer", &1)),
        at("unknown-input", "$.inputs")
    );
    assert_eq!(
        refused(case().input("customer", &customer())),
        at("duplicate-key", "$.inputs.customer")
    );
    assert_eq!(
        refused(case().input("open", "yes")),
        at("wrong-type", "$.inputs.open")
    );
    assert_eq!(
        refused(engine.case(now()).build()),
        at("missing-input", "$.inputs.customer")
    );
    assert_eq!(
        refused(case().propose("a", "upsel", &offer())),
        at("bad-proposal", "$.proposals[0].action")
    );
    assert_eq!(
        refused(case().propose("duty 1", "nod", &())),
        at("bad-proposal", "$.proposals[0].id")
    );
    let one = case().propose("a", "nod", &()).unwrap();
    assert_eq!(
        refused(
            one.clone()
                .propose("b", "upsell", &json!({ "item": { "sku": "s" } }))
        ),
        at("missing-field", "$.proposals[1].with.item.price")
    );
    let more = json!({ "item": { "sku": "s", "price": 1 }, "wy": "!" });
    assert_eq!(
        refused(one.clone().propose("b", "upsell", &more)),
        at("unknown-key", "$.proposals[1].with.wy")
    );
    let twice = one.propose("a", "nod", &()).unwrap();
    assert_eq!(
        refused(twice.build()),
        at("bad-proposal", "$.proposals[1].id")
    );
    let too_early = engine
        .case(Timestamp::MIN)
        .input("customer", &customer())
        .unwrap();
    assert_eq!(refused(too_early.build()), at("bad-date-time", "$.now"));
}
