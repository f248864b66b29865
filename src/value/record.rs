//! Values of choices and records.
//!
//! Invariant: a record's values stand in the order in which its type declares the fields.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::Value;

/// One name of a `choice`, with the text that data and printing use for it.
///
/// Equality and order go by the place in the declaration alone; the text only prints.
#[derive(Clone, Debug)]
pub struct ChoiceValue {
    /// The place in the declaration, from 0.
    pub index: u32,
    /// The text found in data, or the name where none was given.
    pub text: Arc<str>,
}

impl PartialEq for ChoiceValue {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for ChoiceValue {}

impl Hash for ChoiceValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl Ord for ChoiceValue {
    fn cmp(&self, other: &Self) -> Ordering {
        self.index.cmp(&other.index)
    }
}

impl PartialOrd for ChoiceValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a record looks like: the name of its type and its fields.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shape {
    /// The name of the type, unique in a package.
    pub name: Arc<str>,
    /// The fields in the order of their declaration.
    pub fields: Box<[ShapeField]>,
}

/// A field of a [`Shape`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShapeField {
    /// The name that policies use.
    pub name: Arc<str>,
    /// Whether the value must stay out of logs, traces and reports.
    pub private: bool,
}

/// A record: one value for each field of its shape. `Debug` says of a private field only that it is there.
#[derive(Clone)]
pub struct Record {
    /// What the record looks like.
    pub shape: Arc<Shape>,
    /// One value for each field, in the order of the shape.
    pub values: Box<[Value]>,
}

impl Record {
    /// The value of the field at this place, missing where there is none.
    pub fn field(&self, index: usize) -> &Value {
        self.values.get(index).unwrap_or(&Value::Missing)
    }

    /// Whether both records are of one type: a name stands for one type in a package.
    fn of_one_type(&self, other: &Record) -> bool {
        Arc::ptr_eq(&self.shape, &other.shape) || self.shape.name == other.shape.name
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct(&self.shape.name);
        for (field, value) in self.shape.fields.iter().zip(&self.values) {
            match value {
                Value::Missing => {}
                _ if field.private => drop(shown.field(&field.name, &format_args!("(private)"))),
                value => drop(shown.field(&field.name, value)),
            }
        }
        shown.finish()
    }
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.of_one_type(other) && self.values == other.values
    }
}

impl Eq for Record {}

impl Hash for Record {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.values.hash(state);
    }
}
