//! A package's schema as JSON Schema.
//!
//! Input: a [`Schema`]. Output: a document of draft 2020-12, keys in the order of their names. What fits the document
//! fits the schema, but for what JSON Schema cannot count: digits before and after the point, days that do not exist.

use super::{CURRENCY, EPOCH, NAMES, ORDERED, PACKAGE_CURRENCY, PRIVATE, RANGE, TYPE};
use crate::schema::{Action, Choice, Field, Schema, TimeForm, Type, ValueRange};
use crate::value::{Value, format_rfc3339};
use serde_json::{Map, Value as Json, json};
use std::sync::Arc;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// At most 18 digits before the point and 9 behind it.
const NUMBER: &str = r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?$";

/// What a whole case looks like: `now`, `inputs` and `proposals`.
///
/// ```
/// let file = ("a.courtesy".to_string(), b"input vip: YesNo\naction greet".to_vec());
/// let package = courtesy::Package::from_sources([file]);
/// let schema = courtesy::json_schema::export_case(package.schema());
/// assert_eq!(schema["properties"]["inputs"]["properties"]["vip"]["type"], "boolean");
/// ```
#[must_use]
pub fn export_case(schema: &Schema) -> Json {
    let proposals: Vec<Json> = schema
        .actions
        .iter()
        .map(|one| proposal(schema, one))
        .collect();
    let mut case = document(schema, "A case");
    let required: &[&str] = if required_inputs(schema) {
        &["inputs"]
    } else {
        &[]
    };
    let mut properties = Map::new();
    properties.insert(
        "now".to_string(),
        json!({ "type": "string", "format": "date-time" }),
    );
    properties.insert("inputs".to_string(), inputs(schema));
    if !proposals.is_empty() {
        let list = json!({ "type": "array", "items": { "oneOf": proposals } });
        properties.insert("proposals".to_string(), list);
    }
    case.insert("type".to_string(), json!("object"));
    case.insert("properties".to_string(), Json::Object(properties));
    case.insert("required".to_string(), json!(required));
    case.insert("additionalProperties".to_string(), json!(false));
    Json::Object(case)
}

/// What one input looks like: a line of the records of `courtesy apply --as`. `None` where the package has no such
/// input.
#[must_use]
pub fn export_input(schema: &Schema, name: &str) -> Option<Json> {
    let input = schema.input(schema.input_named(name)?)?;
    let mut document = document(schema, &input.name);
    if let Json::Object(shape) = or_null(of_type(schema, &input.kind), input.optional) {
        document.extend(shape);
    }
    Some(Json::Object(document))
}

/// What stands at the top of every document.
fn document(schema: &Schema, title: &str) -> Map<String, Json> {
    let mut document = Map::new();
    document.insert("$schema".to_string(), json!(DRAFT));
    document.insert("title".to_string(), json!(title));
    document.insert("$defs".to_string(), definitions(schema));
    if let Some(currency) = schema.currency {
        document.insert(PACKAGE_CURRENCY.to_string(), json!(currency.code()));
    }
    document
}

fn inputs(schema: &Schema) -> Json {
    let properties: Map<String, Json> = schema
        .inputs
        .iter()
        .map(|input| {
            let shape = or_null(of_type(schema, &input.kind), input.optional);
            (input.name.to_string(), shape)
        })
        .collect();
    let required: Vec<&str> = schema
        .inputs
        .iter()
        .filter(|input| !input.optional)
        .map(|input| &*input.name)
        .collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn required_inputs(schema: &Schema) -> bool {
    schema.inputs.iter().any(|input| !input.optional)
}

/// A proposal of an action.
fn proposal(schema: &Schema, action: &Action) -> Json {
    let with = fields(schema, &action.fields);
    let needs_with = action.fields.iter().any(|field| !field.optional);
    let mut required = vec!["action"];
    required.extend(needs_with.then_some("with"));
    json!({
        "type": "object",
        "properties": { "id": { "type": "string" }, "action": { "const": &*action.name }, "with": with },
        "required": required,
        "additionalProperties": false,
    })
}

/// The choices and record types, by name.
fn definitions(schema: &Schema) -> Json {
    let choices = schema
        .choices
        .iter()
        .map(|one| (one.name.to_string(), choice(one)));
    let records = schema
        .records
        .iter()
        .map(|one| (one.name.to_string(), fields(schema, &one.fields)));
    Json::Object(choices.chain(records).collect())
}

fn choice(choice: &Choice) -> Json {
    let texts: Vec<&str> = choice.values.iter().map(|option| &*option.text).collect();
    let names: Vec<&str> = choice.values.iter().map(|option| &*option.name).collect();
    let mut shape = Map::new();
    shape.insert("enum".to_string(), json!(texts));
    if names != texts {
        shape.insert(NAMES.to_string(), json!(names));
    }
    if choice.ordered {
        shape.insert(ORDERED.to_string(), json!(true));
    }
    Json::Object(shape)
}

/// The fields of a record type or an action; other keys are left alone, as by the language.
fn fields(schema: &Schema, fields: &[Field]) -> Json {
    let properties: Map<String, Json> = fields
        .iter()
        .map(|one| (one.key.to_string(), field(schema, one)))
        .collect();
    let mut required: Vec<&str> = fields
        .iter()
        .filter(|field| !field.optional)
        .map(|field| &*field.key)
        .collect();
    required.sort_unstable();
    let names: Map<String, Json> = fields
        .iter()
        .filter(|field| field.name != field.key)
        .map(|field| (field.key.to_string(), json!(&*field.name)))
        .collect();
    let mut shape = Map::new();
    shape.insert("type".to_string(), json!("object"));
    shape.insert("properties".to_string(), Json::Object(properties));
    shape.insert("required".to_string(), json!(required));
    if !names.is_empty() {
        shape.insert(NAMES.to_string(), Json::Object(names));
    }
    Json::Object(shape)
}

fn field(schema: &Schema, field: &Field) -> Json {
    let mut shape = match (&field.kind, field.form) {
        (Type::DateTime, TimeForm::EpochSeconds) => epoch("seconds"),
        (Type::DateTime, TimeForm::EpochMilliseconds) => epoch("milliseconds"),
        (kind, _) => of_type(schema, kind),
    };
    if let (Some(range), Some(shape)) = (&field.range, shape.as_object_mut()) {
        within(range, shape);
    }
    let mut shape = or_null(shape, field.optional);
    if let (true, Some(shape)) = (field.private, shape.as_object_mut()) {
        shape.insert(PRIVATE.to_string(), json!(true));
    }
    shape
}

fn epoch(form: &str) -> Json {
    json!({ "type": "integer", EPOCH: form })
}

/// A range: in JSON Schema's own words where the value is a JSON number, in the language's where it may be a text.
fn within(range: &ValueRange, shape: &mut Map<String, Json>) {
    shape.insert(
        RANGE.to_string(),
        json!([exact(&range.low), exact(&range.high)]),
    );
    if let (Value::Number(low), Value::Number(high)) = (&range.low, &range.high) {
        for (word, bound) in [("minimum", low), ("maximum", high)] {
            if let Ok(bound) = serde_json::from_str::<Json>(&bound.to_string()) {
                shape.insert(word.to_string(), bound);
            }
        }
    }
}

/// The end of a range as policies write it; only these types have one.
fn exact(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Money(money) => format!("{} {}", money.amount_text(), money.currency.code()),
        Value::Date(date) => date.to_string(),
        Value::DateTime(instant) => format_rfc3339(*instant),
        _ => String::new(),
    }
}

/// What may be missing may be `null`.
fn or_null(shape: Json, optional: bool) -> Json {
    if optional {
        json!({ "anyOf": [shape, { "type": "null" }] })
    } else {
        shape
    }
}

fn of_type(schema: &Schema, kind: &Type) -> Json {
    match kind {
        Type::YesNo => json!({ "type": "boolean" }),
        Type::Text => json!({ "type": "string" }),
        Type::Number => json!({ "type": ["number", "string"], "pattern": NUMBER }),
        Type::Money(currency) => money(currency.code()),
        Type::Date => json!({ "type": "string", "format": "date" }),
        Type::Time => {
            json!({ "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$", TYPE: "Time" })
        }
        Type::DateTime => json!({ "type": "string", "format": "date-time" }),
        Type::Duration => json!({ "type": "string", "format": "duration", TYPE: "Duration" }),
        Type::Period => json!({ "type": "string", "format": "duration", TYPE: "Period" }),
        Type::Timezone => json!({ "type": "string", TYPE: "Timezone" }),
        Type::Weekday => json!({ "enum": crate::value::WEEKDAYS, TYPE: "Weekday" }),
        Type::Choice(id) => reference(schema.choice(*id).map(|choice| &choice.name)),
        Type::Record(id) => reference(schema.record(*id).map(|record| &record.name)),
        Type::List(element) => json!({ "type": "array", "items": of_type(schema, element) }),
        Type::Unknown => json!({}),
    }
}

/// A bare amount, or an amount with its currency.
fn money(currency: &str) -> Json {
    let amount = json!({ "type": ["number", "string"], "pattern": NUMBER });
    let with_currency = json!({
        "type": "object",
        "properties": { "amount": &amount, "currency": { "const": currency } },
        "required": ["amount", "currency"],
    });
    json!({ "anyOf": [amount, with_currency], CURRENCY: currency })
}

fn reference(name: Option<&Arc<str>>) -> Json {
    name.map_or_else(
        || json!({}),
        |name| json!({ "$ref": format!("#/$defs/{name}") }),
    )
}
