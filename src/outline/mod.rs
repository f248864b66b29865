//! A schema that was found rather than written: what an import or a look at sample records makes out.
//!
//! Input: what [`crate::json_schema`] and [`crate::infer`] work out. Output, by [`Outline::to_policy_file`]: a policy
//! file in the canonical layout that declares it, with a comment beside everything that was guessed or left out.
//! Invariants: every name is one that the language takes, no two declarations share one, and what cannot be said
//! stands there as a comment with its reason.

mod names;
mod write;

#[cfg(test)]
mod tests;

pub use names::{Names, can_be_said, field_name, of_one, type_name, value_name};

/// Choices, types and an input, ready to be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The package's currency, where there is money.
    pub currency: Option<String>,
    /// The choices, in the order they were met.
    pub choices: Vec<OutlineChoice>,
    /// The record types, in the order they were met.
    pub records: Vec<OutlineRecord>,
    /// The inputs: name, type, and whether it may be missing.
    pub inputs: Vec<(String, OutlineType, bool)>,
    /// The actions, as record types.
    pub actions: Vec<OutlineRecord>,
    /// What the reader must know that belongs to no field.
    pub notes: Vec<String>,
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineChoice {
    /// Its name.
    pub name: String,
    /// The names of its values, each with its text in the data.
    pub values: Vec<(String, String)>,
    /// Whether its values have an order, the lowest first.
    pub ordered: bool,
}

/// A record type or an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineRecord {
    /// Its name.
    pub name: String,
    /// Its fields, in the order they were met.
    pub fields: Vec<OutlineField>,
    /// What could not become a field: the key, and why.
    pub left_out: Vec<(String, String)>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineField {
    /// Its name.
    pub name: String,
    /// Its key in the data.
    pub key: String,
    /// Its type.
    pub kind: OutlineType,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it must stay out of logs.
    pub private: bool,
    /// The lowest and the highest value that fit, as policies write them.
    pub range: Option<(String, String)>,
    /// What was guessed, for the reader to confirm.
    pub note: Option<String>,
}

/// A type, by the names of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlineType {
    /// One of the language's own: `Text`, `Money EUR`.
    Named(String),
    /// A `DateTime` that stands in the data as whole seconds since 1970.
    Seconds,
    /// The same in milliseconds.
    Milliseconds,
    /// A choice or a record type of the outline.
    Declared(String),
    /// A list.
    List(Box<OutlineType>),
}

impl OutlineType {
    /// One of the language's own types.
    #[must_use]
    pub fn named(name: &str) -> OutlineType {
        OutlineType::Named(name.to_string())
    }
}
