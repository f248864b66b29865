//! Records in which one private field does not fit, its canary inside.

use serde_json::{Map, Value, json};

/// What stands in a private field and is not of its type.
fn wrong() -> Vec<Value> {
    vec![
        json!("canary-wrong-81"),
        json!(["canary-wrong-82"]),
        json!({ "canary-wrong-83": "canary-wrong-84" }),
        json!(73193.731),
        json!(84284.84e300),
    ]
}

/// The record with each private field in turn replaced by what does not fit, and texts that are no JSON near one.
pub(super) fn misfits(customer: &Value) -> Vec<String> {
    let whole = customer.as_object().expect("a record");
    let mut misfits = Vec::new();
    for (name, value) in whole {
        match name.as_str() {
            "id" => {}
            "house" => misfits.extend(inside(whole, name, value, &["street"])),
            "notes" => misfits.extend(inside(whole, name, value, &["words", "worth", "at"])),
            "secrets" => {
                misfits.extend(inside(
                    whole,
                    name,
                    value,
                    &["words", "worth", "at", "open"],
                ));
                misfits.extend(replaced(whole, name));
            }
            _ => misfits.extend(replaced(whole, name)),
        }
    }
    misfits.extend(broken(&customer.to_string()));
    misfits
}

fn replaced(whole: &Map<String, Value>, name: &str) -> Vec<String> {
    let fits = |wrong: &Value| match name {
        "name" => wrong.is_string(),
        "tags" => wrong.is_array(),
        // A number that fits, and one that is out of range.
        "visits" | "spent" => wrong.is_number() && wrong.as_f64() == Some(73193.731),
        _ => false,
    };
    let wrong = wrong().into_iter().filter(|wrong| !fits(wrong));
    wrong.map(|wrong| with(whole, name, wrong)).collect()
}

/// A field of the record inside, or of the first record of a list.
fn inside(whole: &Map<String, Value>, name: &str, value: &Value, fields: &[&str]) -> Vec<String> {
    let mut misfits = Vec::new();
    for field in fields {
        let mut changed = value.clone();
        let record = if changed.is_array() {
            &mut changed[0]
        } else {
            &mut changed
        };
        record[field] = json!(["canary-wrong-85"]);
        misfits.push(with(whole, name, changed));
    }
    misfits
}

fn with(whole: &Map<String, Value>, name: &str, value: Value) -> String {
    let mut changed = whole.clone();
    changed.insert(name.to_string(), value);
    Value::Object(changed).to_string()
}

/// Cut short, a key twice, an escape that stands for nothing, another sign in the middle: beside private values.
fn broken(record: &str) -> Vec<String> {
    let cut = |before: &str| record.split(before).next().unwrap_or("").to_string() + before;
    vec![
        cut("canary-name-6"),
        cut("canary-street-2"),
        cut("73193.7"),
        record.replace("canary-name-61", "canary-name-61\\ud800"),
        record.replace("canary-words-52", "canary-words-52\\x"),
        record.replace("\"name\"", "\"name\":\"canary-wrong-86\",\"name\""),
        record.replace("\"street\"", "\"street\":\"canary-wrong-87\",\"street\""),
        record.replace(
            "\"street\"",
            "\"canary-wrong-88\":1,\"canary-wrong-88\":2,\"street\"",
        ),
        record.replace("61729", "061729"),
        record.replace("\"sure\":true", "\"sure\":canary-wrong-89"),
    ]
}
