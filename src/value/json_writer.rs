//! JSON objects and lists as they are written, key by key.
//!
//! Input: keys and values in the order in which they are to stand. Output: JSON text on one line, behind what is
//! there already.
//! Invariant: what is opened is closed, and commas stand where they belong.

use super::{Value, write_json, write_json_text};
use std::fmt::{Display, Write};

/// A JSON object that takes its keys one after the other.
///
/// ```
/// use courtesy::value::JsonObject;
///
/// let mut out = String::new();
/// JsonObject::write(&mut out, |object| {
///     object.text("policy", "Greet");
///     object.bare("fired", 2);
///     object.list("tags", ["a", "b"], courtesy::value::write_json_text);
/// });
/// assert_eq!(out, r#"{"policy":"Greet","fired":2,"tags":["a","b"]}"#);
/// ```
#[derive(Debug)]
pub struct JsonObject<'o> {
    out: &'o mut String,
    empty: bool,
}

impl JsonObject<'_> {
    /// Writes an object.
    pub fn write(out: &mut String, fill: impl FnOnce(&mut JsonObject<'_>)) {
        out.push('{');
        let mut object = JsonObject { out, empty: true };
        fill(&mut object);
        object.out.push('}');
    }

    /// Writes a key, and gives where its value is to be written.
    pub fn key(&mut self, name: &str) -> &mut String {
        if !self.empty {
            self.out.push(',');
        }
        self.empty = false;
        write_json_text(name, self.out);
        self.out.push(':');
        self.out
    }

    /// A key with a text.
    pub fn text(&mut self, name: &str, text: &str) {
        write_json_text(text, self.key(name));
    }

    /// A key with a value of the language.
    pub fn value(&mut self, name: &str, value: &Value) {
        write_json(value, self.key(name));
    }

    /// A key with what is printed as it stands in JSON: a whole number, `true`, `false`, `null`.
    pub fn bare(&mut self, name: &str, value: impl Display) {
        // A string takes whatever is written.
        let _ = write!(self.key(name), "{value}");
    }

    /// A key with an object.
    pub fn object(&mut self, name: &str, fill: impl FnOnce(&mut JsonObject<'_>)) {
        JsonObject::write(self.key(name), fill);
    }

    /// A key with a list.
    pub fn list<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        write: impl Fn(T, &mut String),
    ) {
        write_json_list(items, self.key(name), write);
    }

    /// A key with a list of objects.
    pub fn objects<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        fill: impl Fn(T, &mut JsonObject<'_>),
    ) {
        self.list(name, items, |item, out| {
            JsonObject::write(out, |object| fill(item, object));
        });
    }
}

/// Adds a list as JSON.
pub fn write_json_list<T>(
    items: impl IntoIterator<Item = T>,
    out: &mut String,
    write: impl Fn(T, &mut String),
) {
    out.push('[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}
