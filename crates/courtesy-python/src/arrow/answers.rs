//! Decisions and misfits as columns.
//!
//! Input: answers, in order. Output: one array for each column that is asked for. The columns are those of the
//! decision's JSON, which they are read from, so they say what it says: texts, lists of records, and JSON where a
//! value's form depends on the package. Where a row was not decided, all but `misfit` and `record` are null.

use crate::batch::Answer;
use crate::decision::fired;
use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, StructArray};
use arrow_buffer::{NullBuffer, NullBufferBuilder, OffsetBuffer};
use arrow_schema::{DataType, Field, FieldRef, Fields};
use courtesy::Engine;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// What a column holds.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Whole,
    /// A value as JSON.
    Json,
    Texts,
    Record(&'static [Named]),
    Records(&'static [Named]),
}

type Named = (&'static str, Kind);

const REASONS: Named = (
    "reasons",
    Kind::Records(&[("policy", Kind::Text), ("because", Kind::Text)]),
);

const PROPOSALS: &[Named] = &[
    ("id", Kind::Text),
    ("action", Kind::Text),
    ("verdict", Kind::Text),
    ("until", Kind::Text),
    ("rank", Kind::Whole),
    ("score", Kind::Json),
    REASONS,
];

const DUTIES: &[Named] = &[
    ("id", Kind::Text),
    ("action", Kind::Text),
    ("with", Kind::Json),
    ("on", Kind::Text),
    ("by", Kind::Text),
    ("score", Kind::Json),
    REASONS,
];

const WITHHELD: &[Named] = &[
    ("id", Kind::Text),
    ("action", Kind::Text),
    ("with", Kind::Json),
    ("on", Kind::Text),
    ("by", Kind::Text),
    ("score", Kind::Json),
    ("verdict", Kind::Text),
    ("until", Kind::Text),
    REASONS,
];

const REPORTED: &[Named] = &[
    ("policy", Kind::Text),
    ("would", Kind::Text),
    ("on", Kind::Text),
    ("with", Kind::Json),
    ("because", Kind::Text),
];

const CONFLICTS: &[Named] = &[
    ("action", Kind::Text),
    ("on", Kind::Text),
    ("kept", Kind::Text),
    ("dropped", Kind::Text),
];

const MISFIT: &[Named] = &[
    ("code", Kind::Text),
    ("path", Kind::Text),
    ("message", Kind::Text),
];

/// All columns, in their order.
const ALL: &[Named] = &[
    ("decision", Kind::Json),
    ("proposals", Kind::Records(PROPOSALS)),
    ("duties", Kind::Records(DUTIES)),
    ("withheld", Kind::Records(WITHHELD)),
    ("reported", Kind::Records(REPORTED)),
    ("conflicts", Kind::Records(CONFLICTS)),
    ("fired", Kind::Texts),
    ("misfit", Kind::Record(MISFIT)),
    ("record", Kind::Text),
];

/// What became of a row, as JSON under the names of columns.
pub(super) struct Answered(Vec<(&'static str, Box<RawValue>)>);

impl Answered {
    /// What became of a row; `record` is its JSON, where it has one.
    pub(super) fn new(answer: Answer, record: Option<Vec<u8>>, engine: &Engine) -> Answered {
        let found = match answer {
            Ok(decision) => {
                let titles: Vec<&str> = fired(&decision, engine).collect();
                vec![
                    ("decision", RawValue::from_string(decision.to_json()).ok()),
                    ("fired", raw(&titles)),
                ]
            }
            Err(misfit) => {
                let record = record.map(|record| String::from_utf8_lossy(&record).into_owned());
                vec![
                    ("misfit", raw(&misfit)),
                    ("record", record.and_then(|record| raw(&record))),
                ]
            }
        };
        Answered(
            found
                .into_iter()
                .filter_map(|(name, json)| Some((name, json?)))
                .collect(),
        )
    }

    fn get(&self, name: &str) -> Option<&RawValue> {
        self.0
            .iter()
            .find(|(found, _)| *found == name)
            .map(|(_, json)| &**json)
    }

    fn size(&self) -> usize {
        self.0
            .iter()
            .map(|(_, json)| json.get().len())
            .fold(0, usize::saturating_add)
    }
}

fn raw<T: serde::Serialize + ?Sized>(value: &T) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(value).ok()
}

/// The columns that are asked for.
pub(super) struct Columns(Vec<Named>);

impl Columns {
    /// All of them, or those of these names, in that order.
    pub(super) fn named(names: Option<&[String]>) -> Result<Columns, String> {
        let Some(names) = names else {
            return Ok(Columns(ALL.to_vec()));
        };
        let mut columns = Vec::new();
        for name in names {
            let found = ALL.iter().find(|(known, _)| known == name);
            let found = found.ok_or_else(|| {
                let known: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
                format!(
                    "there is no column {name:?} in an answer; there are {}",
                    known.join(", ")
                )
            })?;
            columns.push(*found);
        }
        Ok(Columns(columns))
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| *name)
    }

    pub(super) fn fields(&self) -> Vec<FieldRef> {
        fields(&self.0).iter().cloned().collect()
    }

    /// The arrays; a text of an array has room for 2 GiB over all rows.
    pub(super) fn build(&self, answers: &[Answered]) -> Result<Vec<ArrayRef>, String> {
        let bytes = answers
            .iter()
            .map(Answered::size)
            .fold(0, usize::saturating_add);
        if i32::try_from(bytes).is_err() {
            return Err(
                "the answers do not fit into one record batch; give smaller batches, or a table"
                    .to_owned(),
            );
        }
        let mut columns: Vec<Column> = self.0.iter().map(|(_, kind)| Column::new(*kind)).collect();
        for answer in answers {
            let decision = answer.get("decision");
            let parts = decision.map(parts).unwrap_or_default();
            for ((name, _), column) in self.0.iter().zip(&mut columns) {
                column.push(answer.get(name).or_else(|| parts.get(*name).copied()));
            }
        }
        columns.into_iter().map(|column| column.finish()).collect()
    }
}

fn fields(columns: &[Named]) -> Fields {
    columns
        .iter()
        .map(|(name, kind)| Field::new(*name, data_type(*kind), true))
        .collect()
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text | Kind::Json => DataType::Utf8,
        Kind::Whole => DataType::Int64,
        Kind::Texts => DataType::List(Arc::new(Field::new("item", DataType::Utf8, true))),
        Kind::Record(columns) => DataType::Struct(fields(columns)),
        Kind::Records(columns) => DataType::List(Arc::new(item(columns))),
    }
}

fn item(columns: &[Named]) -> Field {
    Field::new("item", DataType::Struct(fields(columns)), true)
}

/// The parts of a record in JSON.
fn parts(json: &RawValue) -> HashMap<Cow<'_, str>, &RawValue> {
    serde_json::from_str(json.get()).unwrap_or_default()
}

/// What a text in JSON says.
fn text(json: &RawValue) -> Cow<'_, str> {
    serde_json::from_str(json.get()).unwrap_or(Cow::Borrowed(json.get()))
}

/// An array in the making.
enum Column {
    Text(StringBuilder),
    Json(StringBuilder),
    Whole(Int64Builder),
    Record(&'static [Named], Record),
    List(FieldRef, List),
}

/// The fields of records, and which of them are there.
struct Record {
    columns: Vec<Column>,
    there: NullBufferBuilder,
}

/// The items of lists, how many each has, and which of the lists are there.
struct List {
    items: Box<Column>,
    lengths: Vec<usize>,
    there: NullBufferBuilder,
}

impl Column {
    fn new(kind: Kind) -> Column {
        match kind {
            Kind::Text => Column::Text(StringBuilder::new()),
            Kind::Json => Column::Json(StringBuilder::new()),
            Kind::Whole => Column::Whole(Int64Builder::new()),
            Kind::Record(columns) => Column::Record(
                columns,
                Record {
                    columns: columns.iter().map(|(_, kind)| Column::new(*kind)).collect(),
                    there: NullBufferBuilder::new(0),
                },
            ),
            Kind::Texts => Column::list(Field::new("item", DataType::Utf8, true), Kind::Text),
            Kind::Records(columns) => Column::list(item(columns), Kind::Record(columns)),
        }
    }

    fn list(item: Field, kind: Kind) -> Column {
        let list = List {
            items: Box::new(Column::new(kind)),
            lengths: Vec::new(),
            there: NullBufferBuilder::new(0),
        };
        Column::List(Arc::new(item), list)
    }

    fn push(&mut self, json: Option<&RawValue>) {
        match self {
            Column::Text(texts) => texts.append_option(json.map(text)),
            Column::Json(texts) => texts.append_option(json.map(RawValue::get)),
            Column::Whole(numbers) => {
                numbers.append_option(json.and_then(|json| json.get().parse::<i64>().ok()))
            }
            Column::Record(names, record) => record.push(names, json),
            Column::List(_, list) => list.push(json),
        }
    }

    fn finish(self) -> Result<ArrayRef, String> {
        Ok(match self {
            Column::Text(mut texts) | Column::Json(mut texts) => Arc::new(texts.finish()),
            Column::Whole(mut numbers) => Arc::new(numbers.finish()),
            Column::Record(names, record) => {
                let arrays: Result<Vec<ArrayRef>, String> =
                    record.columns.into_iter().map(Column::finish).collect();
                let nulls = nulls(record.there);
                Arc::new(
                    StructArray::try_new(fields(names), arrays?, nulls)
                        .map_err(|error| error.to_string())?,
                )
            }
            Column::List(item, list) => {
                let offsets = OffsetBuffer::from_lengths(list.lengths);
                let array =
                    ListArray::try_new(item, offsets, list.items.finish()?, nulls(list.there));
                Arc::new(array.map_err(|error| error.to_string())?)
            }
        })
    }
}

fn nulls(mut there: NullBufferBuilder) -> Option<NullBuffer> {
    there.finish()
}

impl Record {
    fn push(&mut self, names: &[Named], json: Option<&RawValue>) {
        let parts = json.map(parts).unwrap_or_default();
        for ((name, _), column) in names.iter().zip(&mut self.columns) {
            column.push(parts.get(*name).copied());
        }
        self.there.append(json.is_some());
    }
}

impl List {
    fn push(&mut self, json: Option<&RawValue>) {
        let items: Vec<&RawValue> = json
            .and_then(|json| serde_json::from_str(json.get()).ok())
            .unwrap_or_default();
        self.lengths.push(items.len());
        for item in items {
            self.items.push(Some(item));
        }
        self.there.append(json.is_some());
    }
}
