//! A JSON Schema as declarations of a package.
//!
//! Input: a document of any draft from 4 on, and the name of the input that it describes. Output: an [`Outline`]; what
//! the language cannot say is left out with its reason, or noted beside its field. A document that
//! [`super::export_case`] made gives back its inputs and its actions. Invariants: what is nested too deeply or
//! contains itself is left out, so that the work is bounded by the document.

mod kind;

use super::{NAMES, PACKAGE_CURRENCY};
use crate::outline::{
    Names, Outline, OutlineRecord, OutlineType, can_be_said, field_name, type_name, value_name,
};
use crate::value::Currency;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt;

/// Deepest nesting of one schema in another.
const DEPTH: usize = 64;

/// Why a document cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// It is not JSON; why, with line and column.
    NotJson(String),
    /// It describes no object, so that there are no fields.
    NoObject,
}

impl fmt::Display for ImportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::NotJson(why) => write!(formatter, "the schema is not JSON: {why}"),
            ImportError::NoObject => formatter.write_str(
                "the schema describes no object with `properties`; give the schema of one record",
            ),
        }
    }
}

impl std::error::Error for ImportError {}

/// The declarations for what a JSON Schema describes; `input` is the name of the input where the schema is not of a
/// whole case.
///
/// ```
/// let schema = br#"{ "type": "object", "required": ["id"],
///     "properties": { "id": { "type": "string" }, "age": { "type": "integer", "minimum": 0, "maximum": 130 } } }"#;
/// let outline = courtesy::json_schema::import(schema, "customer").unwrap();
/// assert_eq!(
///     outline.to_policy_file(),
///     "type Customer {\n  age: optional Number, 0 to 130\n  id: Text\n}\n\ninput customer: Customer\n",
/// );
/// ```
///
/// # Errors
/// When the document is not JSON or describes no object.
pub fn import(document: &[u8], input: &str) -> Result<Outline, ImportError> {
    let json: Json = serde_json::from_slice(document)
        .map_err(|error| ImportError::NotJson(error.to_string()))?;
    let mut importer = Importer::new(&json);
    let currency = json.get(PACKAGE_CURRENCY).and_then(Json::as_str);
    importer.outline.currency = currency
        .and_then(Currency::from_code)
        .map(|currency| currency.code().to_string());
    match case_parts(&json) {
        Some((inputs, proposals)) => importer.case(inputs, proposals),
        None => importer.input(input, &json)?,
    }
    Ok(importer.outline)
}

/// The `inputs` and the proposals of a document that describes a whole case.
fn case_parts(document: &Json) -> Option<(&Json, &[Json])> {
    let properties = document.get("properties")?;
    let inputs = properties.get("inputs")?;
    properties.get("now")?;
    inputs.get("properties")?.as_object()?;
    let proposals = properties
        .get("proposals")
        .and_then(|list| list.get("items")?.get("oneOf")?.as_array());
    Some((inputs, proposals.map_or(&[], Vec::as_slice)))
}

/// What is known while a document is walked through.
struct Importer<'a> {
    document: &'a Json,
    outline: Outline,
    declared: Names,
    /// What a reference has become; `None` while it is being worked out.
    known: BTreeMap<String, Option<OutlineType>>,
    depth: usize,
}

impl<'a> Importer<'a> {
    fn new(document: &'a Json) -> Importer<'a> {
        Importer {
            document,
            outline: Outline::default(),
            declared: Names::default(),
            known: BTreeMap::new(),
            depth: 0,
        }
    }

    fn input(&mut self, name: &str, schema: &'a Json) -> Result<(), ImportError> {
        let found = self.field(value_name(name), name, schema).ok();
        let Some(found) = found.filter(|found| matches!(found.kind, OutlineType::Declared(_)))
        else {
            return Err(ImportError::NoObject);
        };
        let input = (found.name, found.kind, found.optional);
        self.outline.inputs.push(input);
        Ok(())
    }

    fn case(&mut self, inputs: &'a Json, proposals: &'a [Json]) {
        let mut names = Names::default();
        for field in self.record_of("inputs", inputs).fields {
            let name = names.free(&field.name);
            self.outline.inputs.push((name, field.kind, field.optional));
        }
        for proposal in proposals {
            let part = |key: &str| proposal.get("properties")?.get(key);
            let action = part("action").and_then(|action| action.get("const")?.as_str());
            if let Some(action) = action {
                let empty = &Json::Null;
                let mut record = self.record_of(action, part("with").unwrap_or(empty));
                record.name = self.declared.free(&value_name(action));
                self.outline.actions.push(record);
            }
        }
    }

    /// The fields of an object, without declaring it.
    fn record_of(&mut self, name: &str, schema: &'a Json) -> OutlineRecord {
        let required: Vec<&str> = strings(schema.get("required"));
        let given_names = schema.get(NAMES);
        let mut names = Names::default();
        let mut record = OutlineRecord {
            name: name.to_string(),
            fields: Vec::new(),
            left_out: Vec::new(),
        };
        let properties = schema.get("properties").and_then(Json::as_object);
        for (key, property) in properties.into_iter().flatten() {
            if !can_be_said(key) {
                let why = "its key cannot stand in a policy file";
                record.left_out.push(("…".into(), why.into()));
                continue;
            }
            let given = given_names.and_then(|names| names.get(key)?.as_str());
            let name = names.free(&field_name(given.unwrap_or(key)));
            match self.field(name, key, property) {
                Ok(mut field) => {
                    field.optional |= !required.contains(&key.as_str());
                    record.fields.push(field);
                }
                Err(why) => record.left_out.push((key.clone(), why)),
            }
        }
        record
    }

    /// Declares a record type and gives its name.
    fn declare_record(&mut self, name: &str, schema: &'a Json) -> OutlineType {
        let name = self.declared.free(&type_name(name));
        let mut record = self.record_of(&name, schema);
        record.name.clone_from(&name);
        self.outline.records.push(record);
        OutlineType::Declared(name)
    }
}

fn strings(list: Option<&Json>) -> Vec<&str> {
    let all = list.and_then(Json::as_array);
    all.into_iter().flatten().filter_map(Json::as_str).collect()
}
