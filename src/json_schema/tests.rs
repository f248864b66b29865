//! Packages out and in again, and schemas that were not made by this library.

use super::{export_case, export_input, import};
use crate::Package;

/// Every type, modifier and name that a schema can have.
const EVERYTHING: &str = r#"
currency USD

choice Tier { standard < silver < vip = "V.I.P." }
choice Channel { email, in_person = "In Person" }

type Item { sku: Text  title: optional Text }

type Customer {
  id: Text
  name = "Full name": optional Text, private
  age: Number, 0 to 130
  spent: Money, 0 USD to 1000000 USD
  deposit: Money EUR
  tier: Tier
  channel: optional Channel
  born: Date, 1900-01-01 to 2100-01-01
  wakes: Time
  seen: DateTime
  joined: DateTime from seconds
  left: optional DateTime from milliseconds
  pause: Duration
  term: Period
  zone: Timezone
  day: Weekday
  vip: YesNo
  basket: list of Item
  favourite: optional Item
  words: list of Text
}

input customer: Customer
input shop: optional Item

action greet { text: Text }
action sell { item: Item  price: Money }
action rest
"#;

fn package(text: &str) -> Package {
    let package = Package::from_sources([("a.courtesy".to_string(), text.into())]);
    assert!(
        !package.has_errors(),
        "{text}\n{:#?}",
        package.diagnostics()
    );
    package
}

#[test]
fn a_package_exported_and_imported_asks_for_the_same_data() {
    let exported = export_case(package(EVERYTHING).schema());
    let text = serde_json::to_string_pretty(&exported).unwrap();
    insta::assert_snapshot!("everything", text);
    let imported = import(text.as_bytes(), "unused").unwrap().to_policy_file();
    insta::assert_snapshot!("everything_again", imported);
    assert_eq!(export_case(package(&imported).schema()), exported);
}

#[test]
fn one_input_is_exported_for_the_lines_of_a_file() {
    let package = package("type Shop { city: Text }\ninput shop: optional Shop");
    let exported = export_input(package.schema(), "shop").unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&exported).unwrap());
    assert_eq!(export_input(package.schema(), "ship"), None);
}

#[test]
fn what_cannot_be_said_is_left_out_or_noted() {
    let schema = r##"{
      "$schema": "http://json-schema.org/draft-07/schema#",
      "type": "object",
      "required": ["id", "now", "orders"],
      "definitions": {
        "order": { "type": "object", "properties": {
          "total": { "type": ["number", "null"], "minimum": 0 },
          "state": { "enum": ["open", "no", "In transit"] },
          "parent": { "$ref": "#/definitions/order" } } }
      },
      "properties": {
        "id": { "type": "string", "pattern": "^c-", "maxLength": 20 },
        "now": { "type": "string", "format": "date-time" },
        "born": { "type": "string", "format": "date", "nullable": true },
        "score": { "type": "integer", "minimum": 10, "maximum": 1 },
        "orders": { "type": "array", "items": { "$ref": "#/definitions/order" } },
        "last_order": { "$ref": "#/definitions/order" },
        "elsewhere": { "$ref": "https://example.com/x.json" },
        "mixed": { "type": ["string", "object"] },
        "free": { "type": "object", "additionalProperties": { "type": "string" } },
        "list": { "type": "array" },
        "holes": { "type": "array", "items": { "type": ["string", "null"] } },
        "codes": { "enum": [1, 2] },
        "quiet": {},
        "inject": { "type": "number", "x-courtesy-range": ["0", "1\npolicy \"x\" never y"] },
        "#\naction x": { "type": "string" },
        "date": { "type": "object", "properties": { "Äb c": { "const": "x", "type": "string" } } }
      }
    }"##;
    let text = import(schema.as_bytes(), "customer")
        .unwrap()
        .to_policy_file();
    insta::assert_snapshot!(text);
    package(&text);
}

#[test]
fn documents_that_are_no_schema_of_a_record_are_refused() {
    let refused = |document: &str| import(document.as_bytes(), "x").unwrap_err().to_string();
    let all: Vec<String> = [
        "",
        "{",
        "[]",
        "{}",
        r#"{"type":"string"}"#,
        r#"{"type":"object"}"#,
    ]
    .iter()
    .map(|document| format!("{document}\n  {}", refused(document)))
    .collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_long_chain_of_references_is_cut() {
    let links: Vec<String> = (0..5_000)
        .map(|n| {
            format!(
                r##""d{n}":{{"type":"object","properties":{{"x":{{"$ref":"#/$defs/d{}"}}}}}}"##,
                n + 1
            )
        })
        .collect();
    let document = format!(
        r##"{{"$ref":"#/$defs/d0","$defs":{{{}}}}}"##,
        links.join(",")
    );
    let text = import(document.as_bytes(), "x").unwrap().to_policy_file();
    assert!(
        text.contains("left out: `x`, it is nested too deeply"),
        "{text}"
    );
    package(&text);
}
