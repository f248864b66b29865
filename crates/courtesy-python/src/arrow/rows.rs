//! Rows of Arrow data as the JSON that says the same.
//!
//! Input: columns. Output: for each row its JSON, or what in it JSON cannot say. Invariants: integers and decimals
//! keep every digit, floats have the shortest that mean them; null is null; a timestamp with a zone is its instant,
//! one without a zone has no offset, and so does not fit; a type that has no one form in JSON is refused before any
//! row is read.

mod times;

use crate::path::{Step, Unsayable};
use crate::saying::Json;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, GenericListArray, OffsetSizeTrait, RecordBatch, StructArray};
use arrow_buffer::ArrowNativeType;
use arrow_schema::{DataType, FieldRef};
use courtesy::limits::NESTING;
use std::fmt::Display;
use times::of_times;

/// Writes the value of one row.
type Write<'a> = Box<dyn Fn(usize, &mut Json) -> Result<(), Unsayable> + Send + Sync + 'a>;

/// The bytes of one row.
type Bytes<'a> = Box<dyn Fn(usize) -> &'a [u8] + Send + Sync + 'a>;

/// Where a column stands, and how deep inside others.
struct Place {
    name: String,
    depth: usize,
}

impl Place {
    fn of(name: &str) -> Place {
        Place {
            name: name.to_owned(),
            depth: 1,
        }
    }

    /// A field of it, or its items.
    fn inside(&self, field: Option<&str>) -> Place {
        let name = match field {
            Some(field) => format!("{}.{field}", self.name),
            None => self.name.clone(),
        };
        Place {
            name,
            depth: self.depth.saturating_add(1),
        }
    }
}

/// The rows of a batch.
pub(super) enum Rows<'a> {
    /// The columns are the fields of records.
    Columns(Write<'a>),
    /// One column holds the records as JSON.
    Json(Bytes<'a>),
}

impl<'a> Rows<'a> {
    /// Rows whose columns are the fields of records.
    pub(super) fn of_columns(batch: &'a RecordBatch) -> Result<Rows<'a>, String> {
        let schema = batch.schema_ref();
        let mut fields = Vec::new();
        for (field, column) in schema.fields().iter().zip(batch.columns()) {
            fields.push((
                field.name().clone(),
                write(column.as_ref(), &Place::of(field.name()))?,
            ));
        }
        Ok(Rows::Columns(record(fields)))
    }

    /// Rows of which one column holds JSON.
    pub(super) fn of_json(column: &'a dyn Array) -> Result<Rows<'a>, String> {
        let text: Bytes<'a> = match column.data_type() {
            DataType::Utf8 => Box::new(|row| column.as_string::<i32>().value(row).as_bytes()),
            DataType::LargeUtf8 => Box::new(|row| column.as_string::<i64>().value(row).as_bytes()),
            DataType::Utf8View => Box::new(|row| column.as_string_view().value(row).as_bytes()),
            DataType::Binary => Box::new(|row| column.as_binary::<i32>().value(row)),
            DataType::LargeBinary => Box::new(|row| column.as_binary::<i64>().value(row)),
            other => {
                return Err(format!(
                    "the column of JSON holds {other}; it must hold text"
                ));
            }
        };
        Ok(Rows::Json(Box::new(move |row| {
            if column.is_null(row) {
                b"null"
            } else {
                text(row)
            }
        })))
    }

    /// The JSON of a row.
    pub(super) fn json(&self, row: usize) -> Result<Vec<u8>, Unsayable> {
        match self {
            Rows::Json(text) => Ok(text(row).to_vec()),
            Rows::Columns(write) => {
                let mut json = Json::default();
                write(row, &mut json)?;
                Ok(json.into_bytes())
            }
        }
    }
}

/// What writes the values of a column; `place` names it where it cannot be written.
fn write<'a>(column: &'a dyn Array, place: &Place) -> Result<Write<'a>, String> {
    if place.depth > NESTING {
        return Err(format!(
            "the column `{}` has more than {NESTING} lists or records inside one another",
            place.name
        ));
    }
    if column.data_type() == &DataType::Null {
        return Ok(Box::new(|_, json| json.raw("null")));
    }
    let value = of_values(column, place)?;
    Ok(Box::new(move |row, json| match column.is_null(row) {
        true => json.raw("null"),
        false => value(row, json),
    }))
}

fn of_values<'a>(column: &'a dyn Array, place: &Place) -> Result<Write<'a>, String> {
    if let Some(write) = of_numbers(column).or_else(|| of_times(column)) {
        return Ok(write);
    }
    Ok(match column.data_type() {
        DataType::Boolean => {
            let values = column.as_boolean();
            Box::new(move |row, json| json.bare(values.value(row)))
        }
        DataType::Utf8 => Box::new(|row, json| json.text(column.as_string::<i32>().value(row))),
        DataType::LargeUtf8 => {
            Box::new(|row, json| json.text(column.as_string::<i64>().value(row)))
        }
        DataType::Utf8View => Box::new(|row, json| json.text(column.as_string_view().value(row))),
        DataType::List(_) => list(column.as_list::<i32>(), place)?,
        DataType::LargeList(_) => list(column.as_list::<i64>(), place)?,
        DataType::FixedSizeList(_, length) => {
            let length = usize::try_from(*length).unwrap_or_default();
            let items = write(
                column.as_fixed_size_list().values().as_ref(),
                &place.inside(None),
            )?;
            Box::new(move |row, json| {
                let start = row.saturating_mul(length);
                write_items(&items, start..start.saturating_add(length), json)
            })
        }
        DataType::Struct(fields) => structure(column.as_struct(), fields, place)?,
        DataType::Map(_, _) => map(column, place)?,
        DataType::Dictionary(_, _) => {
            let dictionary = column.as_any_dictionary();
            let values = write(dictionary.values().as_ref(), &place.inside(None))?;
            if dictionary.values().is_empty() {
                // Every row is null, and was written by whoever asked.
                return Ok(Box::new(|_, json| json.raw("null")));
            }
            let keys = dictionary.normalized_keys();
            Box::new(move |row, json| values(keys.get(row).copied().unwrap_or_default(), json))
        }
        other => return Err(refused(other, place)),
    })
}

fn refused(kind: &DataType, place: &Place) -> String {
    format!(
        "the column `{}` holds {kind}, which has no one form in JSON; cast it to text, a number or a timestamp, or leave it out",
        place.name
    )
}

fn of_numbers(column: &dyn Array) -> Option<Write<'_>> {
    Some(match column.data_type() {
        DataType::Int8 => number::<Int8Type>(column),
        DataType::Int16 => number::<Int16Type>(column),
        DataType::Int32 => number::<Int32Type>(column),
        DataType::Int64 => number::<Int64Type>(column),
        DataType::UInt8 => number::<UInt8Type>(column),
        DataType::UInt16 => number::<UInt16Type>(column),
        DataType::UInt32 => number::<UInt32Type>(column),
        DataType::UInt64 => number::<UInt64Type>(column),
        DataType::Float32 => {
            let values = column.as_primitive::<Float32Type>();
            Box::new(move |row, json| json.float(values.value(row), values.value(row).is_finite()))
        }
        DataType::Float64 => {
            let values = column.as_primitive::<Float64Type>();
            Box::new(move |row, json| json.float(values.value(row), values.value(row).is_finite()))
        }
        DataType::Decimal32(_, _) => decimal::<Decimal32Type>(column),
        DataType::Decimal64(_, _) => decimal::<Decimal64Type>(column),
        DataType::Decimal128(_, _) => decimal::<Decimal128Type>(column),
        DataType::Decimal256(_, _) => decimal::<Decimal256Type>(column),
        _ => return None,
    })
}

fn number<T>(column: &dyn Array) -> Write<'_>
where
    T: ArrowPrimitiveType,
    T::Native: Display,
{
    let values = column.as_primitive::<T>();
    Box::new(move |row, json| json.bare(values.value(row)))
}

fn decimal<T: DecimalType + ArrowPrimitiveType>(column: &dyn Array) -> Write<'_> {
    let values = column.as_primitive::<T>();
    Box::new(move |row, json| json.raw(&values.value_as_string(row)))
}

fn list<'a, O: OffsetSizeTrait>(
    lists: &'a GenericListArray<O>,
    place: &Place,
) -> Result<Write<'a>, String> {
    let items = write(lists.values().as_ref(), &place.inside(None))?;
    let offsets = lists.value_offsets();
    Ok(Box::new(move |row, json| {
        let end = |row: usize| offsets.get(row).map_or(0, |offset| offset.as_usize());
        write_items(&items, end(row)..end(row.saturating_add(1)), json)
    }))
}

fn write_items(
    items: &Write<'_>,
    range: std::ops::Range<usize>,
    json: &mut Json,
) -> Result<(), Unsayable> {
    json.raw("[")?;
    for (place, row) in range.enumerate() {
        json.raw(if place == 0 { "" } else { "," })?;
        items(row, json).map_err(|found| found.inside(Step::Item(place)))?;
    }
    json.raw("]")
}

fn structure<'a>(
    column: &'a StructArray,
    fields: &[FieldRef],
    place: &Place,
) -> Result<Write<'a>, String> {
    let mut writers = Vec::new();
    for (field, column) in fields.iter().zip(column.columns()) {
        let place = place.inside(Some(field.name()));
        writers.push((field.name().clone(), write(column.as_ref(), &place)?));
    }
    Ok(record(writers))
}

/// A record of fields, each under its key.
fn record(fields: Vec<(String, Write<'_>)>) -> Write<'_> {
    Box::new(move |row, json| {
        json.raw("{")?;
        for (place, (key, write)) in fields.iter().enumerate() {
            json.raw(if place == 0 { "" } else { "," })?;
            entry(key, json, |json| write(row, json))?;
        }
        json.raw("}")
    })
}

fn entry(
    key: &str,
    json: &mut Json,
    write: impl FnOnce(&mut Json) -> Result<(), Unsayable>,
) -> Result<(), Unsayable> {
    json.text(key)?;
    json.raw(":")?;
    write(json).map_err(|found| found.inside(Step::Key(key.to_owned())))
}

/// A map of texts as a record; a key that stands twice is refused when it is read.
fn map<'a>(column: &'a dyn Array, place: &Place) -> Result<Write<'a>, String> {
    let maps = column.as_map();
    let Some(keys) = maps.keys().as_string_opt::<i32>() else {
        return Err(refused(column.data_type(), place));
    };
    let values = write(maps.values().as_ref(), &place.inside(None))?;
    let offsets = maps.value_offsets();
    Ok(Box::new(move |row, json| {
        let end = |row: usize| offsets.get(row).map_or(0, |offset| offset.as_usize());
        json.raw("{")?;
        for (place, row) in (end(row)..end(row.saturating_add(1))).enumerate() {
            json.raw(if place == 0 { "" } else { "," })?;
            entry(keys.value(row), json, |json| values(row, json))?;
        }
        json.raw("}")
    }))
}
