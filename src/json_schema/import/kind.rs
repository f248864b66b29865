//! What one schema describes: its type, whether it may be missing, and what the language cannot say of it.
//!
//! Input: a schema inside a document. Output: a field of the outline, or why there can be none.

use super::super::{CURRENCY, EPOCH, NAMES, ORDERED, PRIVATE, RANGE, TYPE};
use super::{DEPTH, Importer, strings};
use crate::outline::{
    Names, OutlineChoice, OutlineField, OutlineType, can_be_said, of_one, type_name, value_name,
};
use crate::value::{Currency, Number, parse_date, parse_instant};
use serde_json::Value as Json;

/// What a schema may ask that the language has no word for.
const UNCHECKED: &[&str] = &[
    "const",
    "contains",
    "dependentRequired",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minItems",
    "minLength",
    "minProperties",
    "multipleOf",
    "not",
    "pattern",
    "uniqueItems",
];

/// Types of the language that `x-courtesy-type` may name.
const NAMED: &[&str] = &["Time", "Duration", "Period", "Timezone", "Weekday"];

impl<'a> Importer<'a> {
    /// The field that a property describes.
    pub(super) fn field(
        &mut self,
        name: String,
        key: &str,
        schema: &'a Json,
    ) -> Result<OutlineField, String> {
        let (bare, may_be_null) = without_null(schema);
        let private = [schema, bare]
            .iter()
            .any(|one| one.get(PRIVATE) == Some(&Json::Bool(true)));
        let kind = self.nested(key, bare)?;
        let range = range(bare);
        Ok(OutlineField {
            name,
            key: key.to_string(),
            note: unchecked(bare, range.is_some()),
            kind,
            optional: may_be_null,
            private,
            range,
        })
    }

    /// As [`Importer::kind`], one level further in.
    fn nested(&mut self, key: &str, schema: &'a Json) -> Result<OutlineType, String> {
        if self.depth >= DEPTH {
            return Err("it is nested too deeply".to_string());
        }
        self.depth = self.depth.saturating_add(1);
        let kind = self.kind(key, schema);
        self.depth = self.depth.saturating_sub(1);
        kind
    }

    fn kind(&mut self, key: &str, schema: &'a Json) -> Result<OutlineType, String> {
        if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
            return self.referred(reference);
        }
        if let Some(currency) = schema.get(CURRENCY).and_then(Json::as_str) {
            return self.money(currency);
        }
        if let Some(name) = named(schema) {
            return Ok(OutlineType::named(name));
        }
        if schema.get("enum").is_some() {
            return self.choice(key, schema);
        }
        match types(schema).as_slice() {
            ["boolean"] => Ok(OutlineType::named("YesNo")),
            ["integer"] => Ok(match schema.get(EPOCH).and_then(Json::as_str) {
                Some("seconds") => OutlineType::Seconds,
                Some("milliseconds") => OutlineType::Milliseconds,
                _ => OutlineType::named("Number"),
            }),
            ["number"]
            | ["integer" | "number", "string"]
            | ["string", "integer" | "number"]
            | ["integer", "number"]
            | ["number", "integer"] => Ok(OutlineType::named("Number")),
            ["string"] => Ok(text(schema)),
            ["array"] => self.list(key, schema),
            ["object"] => self.object(key, schema),
            [] if schema.get("properties").is_some() => self.object(key, schema),
            [] if schema.get("items").is_some() => self.list(key, schema),
            [] => Err("the schema does not say what type it is".to_string()),
            several => Err(format!("it may be {}", several.join(" or "))),
        }
    }

    fn object(&mut self, key: &str, schema: &'a Json) -> Result<OutlineType, String> {
        match schema.get("properties").and_then(Json::as_object) {
            Some(properties) if !properties.is_empty() => Ok(self.declare_record(key, schema)),
            _ => Err("it is an object whose keys the schema does not name".to_string()),
        }
    }

    fn list(&mut self, key: &str, schema: &'a Json) -> Result<OutlineType, String> {
        let Some(items) = schema.get("items").filter(|items| items.is_object()) else {
            return Err("the schema does not say what the list holds".to_string());
        };
        if without_null(items).1 {
            return Err("elements of the list may be null".to_string());
        }
        let element = self.nested(&of_one(key), items)?;
        match element {
            OutlineType::Seconds | OutlineType::Milliseconds => {
                Err("a list of times since 1970 cannot be declared".to_string())
            }
            element => Ok(OutlineType::List(Box::new(element))),
        }
    }

    /// The type that `#/$defs/Name` stands for, declared once under that name.
    fn referred(&mut self, reference: &str) -> Result<OutlineType, String> {
        if let Some(known) = self.known.get(reference) {
            let itself = || "it contains itself, which no type of the language does".to_string();
            return known.clone().ok_or_else(itself);
        }
        let document = self.document;
        let found = reference
            .strip_prefix('#')
            .and_then(|path| document.pointer(path));
        let Some(schema) = found else {
            return Err(format!("`{reference}` is not in the document"));
        };
        let name = reference.rsplit('/').next().unwrap_or(reference);
        self.known.insert(reference.to_string(), None);
        let kind = self.nested(name, schema);
        match &kind {
            Ok(kind) => self.known.insert(reference.to_string(), Some(kind.clone())),
            Err(_) => self.known.remove(reference),
        };
        kind
    }

    /// Money: in the package's currency for the first that is met.
    fn money(&mut self, code: &str) -> Result<OutlineType, String> {
        let Some(currency) = Currency::from_code(code) else {
            return Err(format!("`{code}` is not the code of a currency"));
        };
        let code = currency.code();
        let package = self
            .outline
            .currency
            .get_or_insert_with(|| code.to_string());
        Ok(if package == code {
            OutlineType::named("Money")
        } else {
            OutlineType::Named(format!("Money {code}"))
        })
    }

    fn choice(&mut self, key: &str, schema: &Json) -> Result<OutlineType, String> {
        let listed = schema.get("enum").and_then(Json::as_array);
        let texts = strings(schema.get("enum"));
        let nulls = listed.map_or(0, |all| all.iter().filter(|one| one.is_null()).count());
        if texts.is_empty() || listed.map(Vec::len) != Some(texts.len().saturating_add(nulls)) {
            return Err("its values are not all texts".to_string());
        }
        if texts.iter().any(|text| !can_be_said(text)) {
            return Err("one of its values cannot stand in a policy file".to_string());
        }
        let given = strings(schema.get(NAMES));
        let mut names = Names::default();
        let values = texts.iter().enumerate().map(|(place, text)| {
            let wanted = given.get(place).copied().unwrap_or(text);
            (names.free(&value_name(wanted)), (*text).to_string())
        });
        let values = values.collect();
        let name = self.declared.free(&type_name(key));
        let ordered = schema.get(ORDERED) == Some(&Json::Bool(true));
        self.outline.choices.push(OutlineChoice {
            name: name.clone(),
            values,
            ordered,
        });
        Ok(OutlineType::Declared(name))
    }
}

/// A schema without the `null` that it allows, and whether it does.
fn without_null(schema: &Json) -> (&Json, bool) {
    for word in ["anyOf", "oneOf"] {
        if let Some([one, other]) = schema.get(word).and_then(Json::as_array).map(Vec::as_slice) {
            match (is_null(one), is_null(other)) {
                (true, false) => return (other, true),
                (false, true) => return (one, true),
                _ => {}
            }
        }
    }
    let listed = |word: &str| schema.get(word).and_then(Json::as_array);
    let in_types = listed("type").is_some_and(|all| all.iter().any(|one| one == "null"));
    let in_values = listed("enum").is_some_and(|all| all.iter().any(Json::is_null));
    let nullable = schema.get("nullable") == Some(&Json::Bool(true));
    (schema, in_types || in_values || nullable)
}

fn is_null(schema: &Json) -> bool {
    schema.get("type").and_then(Json::as_str) == Some("null")
}

/// The types that a schema allows, `null` left out.
fn types(schema: &Json) -> Vec<&str> {
    let single = schema.get("type").and_then(Json::as_str);
    let mut types = single.map_or_else(|| strings(schema.get("type")), |one| vec![one]);
    types.retain(|one| *one != "null");
    types
}

fn named(schema: &Json) -> Option<&'static str> {
    let asked = schema.get(TYPE)?.as_str()?;
    NAMED.iter().copied().find(|name| *name == asked)
}

fn text(schema: &Json) -> OutlineType {
    OutlineType::named(match schema.get("format").and_then(Json::as_str) {
        Some("date") => "Date",
        Some("date-time") => "DateTime",
        _ => "Text",
    })
}

/// The range that a schema asks for, as policies write it.
fn range(schema: &Json) -> Option<(String, String)> {
    if let [low, high] = strings(schema.get(RANGE)).as_slice() {
        return Some((end_of_range(low)?, end_of_range(high)?));
    }
    let bound = |word: &str| {
        let bound = schema.get(word)?.as_number()?.to_string();
        Number::parse_json(&bound).ok()
    };
    let (low, high) = (bound("minimum")?, bound("maximum")?);
    (low <= high).then(|| (low.to_string(), high.to_string()))
}

/// The end of a range, taken apart and written anew: text of the document never becomes policy text.
fn end_of_range(text: &str) -> Option<String> {
    let number = |text: &str| Number::parse(text).ok().map(|number| number.to_string());
    let money = || {
        let (amount, code) = text.split_once(' ')?;
        let currency = Currency::from_code(code)?;
        Some(format!("{} {}", number(amount)?, currency.code()))
    };
    let date = || parse_date(text).ok().map(|date| date.to_string());
    let instant = || parse_instant(text).ok().map(crate::value::format_rfc3339);
    number(text).or_else(money).or_else(date).or_else(instant)
}

/// What the schema asks and the package will not check.
fn unchecked(schema: &Json, has_range: bool) -> Option<String> {
    // The patterns that an export gives its numbers and times are what those types mean.
    let own = schema.get(TYPE).is_some() || types(schema).as_slice() == ["number", "string"];
    let mut words: Vec<&str> = UNCHECKED
        .iter()
        .copied()
        .filter(|word| schema.get(*word).is_some() && !(own && *word == "pattern"))
        .collect();
    let ends = ["minimum", "maximum"];
    words.extend(
        ends.iter()
            .filter(|word| !has_range && schema.get(**word).is_some()),
    );
    (!words.is_empty()).then(|| format!("not checked: {}", words.join(", ")))
}
