//! The description of the service in OpenAPI 3.1.
//!
//! Input: `openapi.json`, which holds what is the same for all packages, and the schema of the package in force. Output:
//! one document, with the JSON Schema of a case as one of its components. The types of the package stay below that
//! component, so that none of them clashes with a name of this document.

use courtesy::Engine;
use courtesy::json_schema::export_case;
use serde_json::{Map, Value as Json, json};

/// What is the same for all packages.
const DOCUMENT: &str = include_str!("openapi.json");

/// Where the types of the package stand in the document; in a schema of its own it is `#/$defs/`.
const TYPES: &str = "#/components/schemas/Case/$defs/";

/// Describes the service as it stands with this package.
pub(crate) fn describe(engine: &Engine, name: &str) -> Json {
    // A test reads it, so it is JSON.
    let mut document: Json = serde_json::from_str(DOCUMENT).unwrap_or_default();
    let mut case = export_case(engine.schema());
    point_into_document(&mut case);
    if let Some(case) = case.as_object_mut() {
        case.remove("$schema");
    }
    let actions = engine.schema().actions.iter();
    let actions: Vec<&str> = actions.map(|action| &*action.name).collect();
    if let Some(schemas) = part(&mut document, "/components/schemas") {
        schemas.insert("Case".to_string(), case);
        schemas.insert("Action".to_string(), json!({ "enum": actions }));
    }
    if let Some(info) = part(&mut document, "/info") {
        info.insert("version".to_string(), json!(env!("CARGO_PKG_VERSION")));
        info.insert("title".to_string(), json!(format!("Courtesy: {name}")));
        let fingerprint = json!(engine.fingerprint());
        info.insert("x-courtesy-package".to_string(), fingerprint);
    }
    document
}

fn part<'a>(document: &'a mut Json, pointer: &str) -> Option<&'a mut Map<String, Json>> {
    document.pointer_mut(pointer)?.as_object_mut()
}

/// Turns references within the schema of a case into references within the document.
fn point_into_document(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            for (key, value) in map {
                match value
                    .as_str()
                    .and_then(|text| text.strip_prefix("#/$defs/"))
                {
                    Some(name) if key == "$ref" => {
                        *value = json!(format!("{TYPES}{}", encoded(name)))
                    }
                    _ => point_into_document(value),
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(point_into_document),
        _ => {}
    }
}

/// A name within the fragment of an address (RFC 3986): letters of other alphabets by their bytes.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
