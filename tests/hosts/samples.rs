//! A host's own types, held against the schema when it starts.

use super::{engine, now};
use serde::Serialize;
use serde_json::{Value, json};

const SHOP: &str = "\
currency USD
choice Tier { standard < vip }
type Item { sku: Text  price: Money  made_of: list of Item  part: optional Item }
type Customer {
  id: Text
  name: optional Text, private
  tier: Tier
  loyalty: optional Number, 0 to 100
  basket: list of Item
}
input customer: Customer
action upsell { item: Item  note = \"Note\": optional Text }
action nod
";

fn item() -> Value {
    json!({ "sku": "flip", "price": "149.99", "made_of": [] })
}

fn whole() -> Value {
    json!({ "id": "c1", "name": "Amir", "tier": "vip", "loyalty": 3, "basket": [item()], "other": 1 })
}

/// What speaks against samples, a line each.
fn against(samples: &[Value]) -> String {
    let checked = engine(SHOP).check_input("customer", samples);
    checked.map_or_else(|misfits| misfits.to_string(), |()| "nothing".into())
}

fn with(key: &str, value: Value) -> Value {
    let mut sample = whole();
    sample[key] = value;
    sample
}

fn without(key: &str) -> Value {
    let mut sample = whole();
    sample.as_object_mut().unwrap().remove(key);
    sample
}

#[test]
fn a_sample_that_shows_everything_passes() {
    assert_eq!(against(&[whole()]), "nothing");
    // An item inside an item need not be shown without end; what is shown is looked at.
    let mut nested = whole();
    nested["basket"][0]["part"] = json!({ "sku": 5, "price": 1, "made_of": [] });
    insta::assert_snapshot!(against(&[nested]));
}

#[test]
fn several_samples_show_it_together() {
    let poor = with("basket", json!([]));
    let nameless = without("name");
    assert_eq!(against(&[poor, nameless]), "nothing");
}

#[test]
fn everything_that_does_not_fit_is_said_at_once() {
    let sample = json!({
        "ID": 7,
        "nome": "Amir",
        "tier": "gold",
        "loyalty": null,
        "basket": [{ "sku": "flip", "price": { "amount": "1", "currency": "EUR" } }],
    });
    insta::assert_snapshot!(against(&[sample]));
    insta::assert_snapshot!(against(&[
        with("basket", json!({})),
        with("tier", json!(["vip"]))
    ]));
    insta::assert_snapshot!(against(&[
        with("loyalty", json!(101)),
        with("basket", json!([5]))
    ]));
    insta::assert_snapshot!(against(&[json!("c1")]));
    insta::assert_snapshot!(against(&[Value::Null]));
    insta::assert_snapshot!(against(&[]));
}

#[test]
fn what_a_host_never_has_is_excepted_by_name() {
    let engine = engine(SHOP);
    let sample = without("loyalty");
    let misfits = engine.check_input("customer", &[&sample]).unwrap_err();
    assert_eq!(misfits.as_slice().len(), 1);
    assert!(misfits.clone().except(&["$.inputs.customer.name"]).is_err());
    assert_eq!(misfits.except(&["$.inputs.customer.loyalty"]), Ok(()));
    // Only what is not shown can be excepted.
    let misfits = engine
        .check_input("customer", &[without("tier")])
        .unwrap_err();
    assert!(misfits.except(&["$.inputs.customer.tier"]).is_err());
}

#[test]
fn what_a_private_field_holds_stays_out_of_the_message() {
    let said = against(&[with("name", json!(4217))]);
    insta::assert_snapshot!(said);
}

#[test]
fn what_passes_is_read() {
    let engine = engine(SHOP);
    assert_eq!(engine.check_input("customer", &[whole()]), Ok(()));
    assert!(engine.case(now()).input("customer", &whole()).is_ok());
    // The same key twice is no matter of types, and is found all the same.
    #[derive(Serialize)]
    struct Twice {
        id: &'static str,
        #[serde(flatten)]
        whole: Value,
    }
    let twice = Twice {
        id: "c2",
        whole: whole(),
    };
    let misfits = engine.check_input("customer", &[twice]).unwrap_err();
    assert_eq!(misfits.as_slice()[0].code, "duplicate-key");
}

#[test]
fn what_is_proposed_is_held_against_its_action() {
    let engine = engine(SHOP);
    let said = |action: &str, sample: Value| {
        let checked = engine.check_action(action, &[sample]);
        checked.map_or_else(|misfits| misfits.to_string(), |()| "nothing".into())
    };
    assert_eq!(
        said("upsell", json!({ "item": item(), "Note": "!" })),
        "nothing"
    );
    assert_eq!(said("nod", Value::Null), "nothing");
    insta::assert_snapshot!(said("upsell", json!({ "item": 5, "note": "!" })));
    insta::assert_snapshot!(said("upsell", Value::Null));
    insta::assert_snapshot!(said("upsell", json!(7)));
    insta::assert_snapshot!(said("upsel", json!({})));
    let more = json!({ "item": item(), "Note": "!", "colour": "red" });
    insta::assert_snapshot!(said("upsell", more));
}
