//! What the host's data must look like: the choices, types, inputs and actions
//! of a package, resolved.
//!
//! Data only. Built by `check` from the declarations; read by the
//! checker, by the decoder of records and by hosts. Everything is in the order
//! of names, so that the order of declarations changes nothing, except where
//! the language says that order means something: the values of a choice and the
//! fields of a type.

mod lookup;

pub use lookup::{ChoiceOptions, Fields};

use crate::source::Span;
use crate::value::{Currency, Shape, Value};
use std::sync::Arc;

/// A type of the language. Whether a value may be missing is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// `yes` or `no`.
    YesNo,
    /// Text.
    Text,
    /// An exact number.
    Number,
    /// An exact amount of one currency.
    Money(Currency),
    /// A civil day.
    Date,
    /// A time of day.
    Time,
    /// An instant.
    DateTime,
    /// An exact length of time.
    Duration,
    /// A civil length of time.
    Period,
    /// A time zone by its IANA name.
    Timezone,
    /// A day of the week.
    Weekday,
    /// One of a closed set of names.
    Choice(ChoiceId),
    /// A record of a declared type.
    Record(RecordId),
    /// A list; its elements are never missing.
    List(Arc<Type>),
    /// A type that could not be worked out; its message is already given, and
    /// everything is compatible with it.
    Unknown,
}

/// Index into [`Schema::choices`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChoiceId(pub u32);

/// Index into [`Schema::records`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// Index into [`Schema::inputs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InputId(pub u32);

/// Index into [`Schema::actions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(pub u32);

/// A closed set of names.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub name: Arc<str>,
    /// Its values, the lowest first where it is ordered.
    pub values: ChoiceOptions,
    /// Whether its values have an order.
    pub ordered: bool,
    /// Its declaration.
    pub span: Span,
}

/// One value of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceOption {
    /// The name used in policies.
    pub name: Arc<str>,
    /// The text found in the data and used in printing.
    pub text: Arc<str>,
    /// Where it is declared.
    pub span: Span,
}

/// A declared record type.
#[derive(Clone, Debug)]
pub struct RecordType {
    /// Its name.
    pub name: Arc<str>,
    /// Its fields, in the order declared.
    pub fields: Fields,
    /// The names of its fields as values carry them.
    pub shape: Arc<Shape>,
    /// Whether a field could not be read: an unknown name may be that one.
    pub broken: bool,
    /// Its declaration.
    pub span: Span,
}

/// One field of a record type or an action.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// The key in the data; the name where none is declared.
    pub key: Arc<str>,
    /// Its type.
    pub kind: Type,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether it must never reach logs, traces or reports.
    pub private: bool,
    /// How its instant is written in the data.
    pub form: TimeForm,
    /// The values that fit, both ends included.
    pub range: Option<ValueRange>,
    /// Of a list, how many elements it may have.
    pub most: Option<u64>,
    /// Its declaration.
    pub span: Span,
}

/// The lowest and the highest value that fit, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRange {
    /// The lowest.
    pub low: Value,
    /// The highest.
    pub high: Value,
}

/// How an instant is written in the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeForm {
    /// RFC 3339 with an offset.
    #[default]
    Rfc3339,
    /// Whole seconds since 1970-01-01T00:00:00Z.
    EpochSeconds,
    /// Whole milliseconds since then.
    EpochMilliseconds,
}

/// What the host hands in with each case.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its name, and its key under `inputs`.
    pub name: Arc<str>,
    /// Its type.
    pub kind: Type,
    /// Whether it may be missing.
    pub optional: bool,
    /// Its declaration.
    pub span: Span,
}

/// Something that can be done to the customer.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its name.
    pub name: Arc<str>,
    /// Its fields, in the order declared.
    pub fields: Fields,
    /// The names of its fields as values carry them.
    pub shape: Arc<Shape>,
    /// Whether at most one of it may be owed in a case, or for what it belongs to.
    pub single: bool,
    /// Whether a field could not be read.
    pub broken: bool,
    /// Its declaration.
    pub span: Span,
}

/// Several actions under one name.
#[derive(Clone, Debug)]
pub struct ActionGroup {
    /// Its name.
    pub name: Arc<str>,
    /// Its actions, sorted and without repetition.
    pub members: Vec<ActionId>,
    /// Its declaration.
    pub span: Span,
}

/// Everything that a host's data is held against.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The package's currency.
    pub currency: Option<Currency>,
    /// The choices, by name.
    pub choices: Vec<Choice>,
    /// The record types, by name.
    pub records: Vec<RecordType>,
    /// The inputs, by name.
    pub inputs: Vec<Input>,
    /// The actions, by name.
    pub actions: Vec<Action>,
    /// The groups of actions, by name.
    pub groups: Vec<ActionGroup>,
}

impl Schema {
    /// The choice of that identifier.
    #[must_use]
    pub fn choice(&self, id: ChoiceId) -> Option<&Choice> {
        self.choices.get(id.0 as usize)
    }

    /// The record type of that identifier.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<&RecordType> {
        self.records.get(id.0 as usize)
    }

    /// The input of that identifier.
    #[must_use]
    pub fn input(&self, id: InputId) -> Option<&Input> {
        self.inputs.get(id.0 as usize)
    }

    /// The action of that identifier.
    #[must_use]
    pub fn action(&self, id: ActionId) -> Option<&Action> {
        self.actions.get(id.0 as usize)
    }

    /// The action of that name.
    #[must_use]
    pub fn action_named(&self, name: &str) -> Option<ActionId> {
        let index = self
            .actions
            .binary_search_by(|action| (*action.name).cmp(name))
            .ok()?;
        u32::try_from(index).ok().map(ActionId)
    }

    /// The input of that name.
    #[must_use]
    pub fn input_named(&self, name: &str) -> Option<InputId> {
        let index = self
            .inputs
            .binary_search_by(|input| (*input.name).cmp(name))
            .ok()?;
        u32::try_from(index).ok().map(InputId)
    }

    /// The type as a policy would write it.
    #[must_use]
    pub fn describe(&self, kind: &Type) -> String {
        match kind {
            Type::YesNo => "YesNo".into(),
            Type::Text => "Text".into(),
            Type::Number => "Number".into(),
            Type::Money(currency) if Some(*currency) == self.currency => "Money".into(),
            Type::Money(currency) => format!("Money {}", currency.code()),
            Type::Date => "Date".into(),
            Type::Time => "Time".into(),
            Type::DateTime => "DateTime".into(),
            Type::Duration => "Duration".into(),
            Type::Period => "Period".into(),
            Type::Timezone => "Timezone".into(),
            Type::Weekday => "Weekday".into(),
            Type::Choice(id) => self.choice(*id).map_or("?".into(), |c| c.name.to_string()),
            Type::Record(id) => self.record(*id).map_or("?".into(), |r| r.name.to_string()),
            Type::List(element) => format!("list of {}", self.describe(element)),
            Type::Unknown => "?".into(),
        }
    }
}
