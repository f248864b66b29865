//! What a generated package declares: data only, with what the cases should come near to.

use std::collections::BTreeSet;

/// A type of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ty {
    YesNo,
    Text,
    Number,
    Money(&'static str),
    Date,
    Time,
    DateTime,
    Duration,
    Period,
    Timezone,
    Weekday,
    Choice(usize),
    Record(usize),
    List(Box<Ty>),
}

impl Ty {
    pub(super) fn list(element: Ty) -> Ty {
        Ty::List(Box::new(element))
    }

    pub(super) fn is_moment(&self) -> bool {
        matches!(self, Ty::Date | Ty::DateTime)
    }

    pub(super) fn is_measure(&self) -> bool {
        matches!(self, Ty::Number | Ty::Money(_))
    }

    pub(super) fn is_printable(&self) -> bool {
        match self {
            Ty::Record(_) => false,
            Ty::List(element) => !matches!(**element, Ty::Record(_) | Ty::List(_)),
            _ => true,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) name: String,
    /// Each value's name, and its text in the data.
    pub(super) values: Vec<(String, String)>,
    pub(super) ordered: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) key: String,
    pub(super) ty: Ty,
    pub(super) optional: bool,
    pub(super) private: bool,
    /// `seconds`, `milliseconds`
    pub(super) epoch: Option<&'static str>,
    /// Its ends as literals, without a currency.
    pub(super) range: Option<(String, String)>,
}

#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
}

#[derive(Clone, Debug)]
pub(super) struct Input {
    pub(super) name: String,
    pub(super) ty: Ty,
    pub(super) optional: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
}

#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) members: Vec<usize>,
}

/// A `define`: its parameters, and what it comes to.
#[derive(Clone, Debug)]
pub(super) struct Define {
    pub(super) name: String,
    pub(super) parameters: Vec<(String, Ty)>,
    pub(super) ty: Ty,
    pub(super) optional: bool,
    /// Whether an amount may have more digits than its currency.
    pub(super) unrounded: bool,
    pub(super) is_condition: bool,
}

/// A table; a result without a name is the table itself.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, Ty)>,
    pub(super) results: Vec<(Option<String>, Ty)>,
}

/// Everything that is declared so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) currency: &'static str,
    pub(super) zones: Vec<String>,
    pub(super) choices: Vec<Choice>,
    pub(super) records: Vec<Record>,
    pub(super) inputs: Vec<Input>,
    pub(super) actions: Vec<Action>,
    pub(super) groups: Vec<Group>,
    pub(super) defines: Vec<Define>,
    pub(super) tables: Vec<Table>,
    pub(super) calendars: Vec<String>,
    /// The declarations as text, in the order in which they were made.
    pub(super) declarations: Vec<String>,
    pub(super) edges: Edges,
    pub(super) marks: BTreeSet<&'static str>,
}

/// Values that the package compares with, and lengths that it measures by.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    pub(super) numbers: Vec<String>,
    pub(super) texts: Vec<String>,
    pub(super) dates: Vec<String>,
    pub(super) times: Vec<String>,
    pub(super) instants: Vec<String>,
    pub(super) spans: Vec<(i64, &'static str)>,
}
