//! Arrow data in and out, by the Arrow C data interface: no row becomes a Python object.
//!
//! Input: a record batch, a table or any stream of batches, each row a record, and in which columns to answer. Output:
//! a row of columns for each row, in order. Invariants: a row is decided as the JSON that says the same is; what does
//! not fit stands in the column `misfit` of its row, and stops nothing.

mod answers;
mod rows;

use crate::batch::{Answer, Inner};
use answers::{Answered, Columns};
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_pyarrow::{FromPyArrow, IntoPyArrow, Table, ToPyArrow};
use arrow_schema::{ArrowError, FieldRef, Schema, SchemaRef};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use rows::Rows;
use std::ops::Range;
use std::sync::Arc;

/// Most rows of a batch that is given out as a part of a table.
const ROWS: usize = 16 * 1024;

/// Which columns are read, kept and given.
pub(crate) struct Shape {
    json_column: Option<String>,
    keep: Vec<String>,
    columns: Columns,
}

impl Shape {
    pub(crate) fn new(
        json_column: Option<String>,
        keep: Vec<String>,
        columns: Option<Vec<String>>,
    ) -> PyResult<Shape> {
        let columns = Columns::named(columns.as_deref()).map_err(PyValueError::new_err)?;
        let mut names: Vec<&str> = keep
            .iter()
            .map(String::as_str)
            .chain(columns.names())
            .collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair.first() == pair.last()) {
            let name = twice.first().copied().unwrap_or_default();
            return Err(PyValueError::new_err(format!(
                "two columns of the answer would be called {name:?}; rename the one that is kept"
            )));
        }
        Ok(Shape {
            json_column,
            keep,
            columns,
        })
    }

    /// What the answers to data of this form look like.
    fn schema(&self, data: &Schema) -> PyResult<SchemaRef> {
        let mut fields: Vec<FieldRef> = Vec::new();
        for name in &self.keep {
            fields.extend(data.fields().get(place_of(data, name)?).cloned());
        }
        fields.extend(self.columns.fields());
        Ok(Arc::new(Schema::new(fields)))
    }
}

/// Which column has that name.
fn place_of(data: &Schema, name: &str) -> PyResult<usize> {
    let mut places = data
        .fields()
        .iter()
        .enumerate()
        .filter(|(_, field)| field.name() == name);
    match (places.next(), places.next()) {
        (Some((place, _)), None) => Ok(place),
        (Some(_), Some(_)) => Err(PyValueError::new_err(format!(
            "two columns of the data are called {name:?}"
        ))),
        (None, _) => {
            let names: Vec<&str> = data
                .fields()
                .iter()
                .map(|field| field.name().as_str())
                .collect();
            Err(PyKeyError::new_err(format!(
                "the data has no column {name:?}; it has {}",
                names.join(", ")
            )))
        }
    }
}

/// Decides the rows of Arrow data: of a batch as a batch, of all else as a table.
pub(crate) fn apply(inner: &Inner, data: &Bound<'_, PyAny>, shape: &Shape) -> PyResult<Py<PyAny>> {
    let py = data.py();
    if data.hasattr("__arrow_c_array__")? {
        let batch = RecordBatch::from_pyarrow_bound(data)?;
        let schema = shape.schema(batch.schema_ref())?;
        let answers = py.detach(|| decide(inner, &batch, shape, &schema))?;
        return Ok(answers.to_pyarrow(py)?.unbind());
    }
    if !data.hasattr("__arrow_c_stream__")? {
        let kind = data.get_type().fully_qualified_name()?.to_string();
        return Err(PyTypeError::new_err(format!(
            "give a pyarrow Table or RecordBatch, or another object that has the Arrow stream interface, not `{kind}`"
        )));
    }
    let mut reader = RecordBatchStreamReader::from_pyarrow_bound(data)?;
    let schema = shape.schema(&reader.schema())?;
    // What no row mends is said before any is read, and where there are none.
    decide(
        inner,
        &RecordBatch::new_empty(reader.schema()),
        shape,
        &schema,
    )?;
    let answers = py.detach(|| decide_stream(inner, &mut reader, shape, &schema))?;
    let table = Table::try_new(answers, schema).map_err(broken)?;
    Ok(table.into_pyarrow(py)?.unbind())
}

fn decide_stream(
    inner: &Inner,
    reader: &mut RecordBatchStreamReader,
    shape: &Shape,
    schema: &SchemaRef,
) -> PyResult<Vec<RecordBatch>> {
    let mut answers = Vec::new();
    for batch in reader {
        let batch = batch.map_err(broken)?;
        for column in batch.columns() {
            // Nobody looked into them yet: texts may hold what is no text.
            column.to_data().validate_full().map_err(broken)?;
        }
        for start in (0..batch.num_rows()).step_by(ROWS) {
            let length = batch.num_rows().saturating_sub(start).min(ROWS);
            answers.push(decide(inner, &batch.slice(start, length), shape, schema)?);
        }
    }
    Ok(answers)
}

fn decide(
    inner: &Inner,
    batch: &RecordBatch,
    shape: &Shape,
    schema: &SchemaRef,
) -> PyResult<RecordBatch> {
    let rows = match &shape.json_column {
        Some(name) => Rows::of_json(batch.column(place_of(batch.schema_ref(), name)?)),
        None => Rows::of_columns(batch),
    };
    let rows = rows.map_err(PyTypeError::new_err)?;
    let answers = answer(inner, &rows, batch.num_rows());
    let mut columns: Vec<ArrayRef> = Vec::new();
    for name in &shape.keep {
        columns.push(batch.column(place_of(batch.schema_ref(), name)?).clone());
    }
    columns.extend(
        shape
            .columns
            .build(&answers)
            .map_err(PyValueError::new_err)?,
    );
    let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(schema.clone(), columns, &options).map_err(broken)
}

/// The answers to all rows, in order, from several threads.
fn answer(inner: &Inner, rows: &Rows<'_>, count: usize) -> Vec<Answered> {
    let share = count.div_ceil(inner.jobs).max(1);
    let decide = |range: Range<usize>| -> Vec<Answered> {
        range.map(|row| answer_row(inner, rows, row)).collect()
    };
    let mut shares = (0..count)
        .step_by(share)
        .map(|start| start..start.saturating_add(share).min(count));
    let Some(first) = shares.next() else {
        return Vec::new();
    };
    std::thread::scope(|scope| {
        let decide = &decide;
        let others: Vec<_> = shares
            .map(|share| (share.clone(), scope.spawn(move || decide(share))))
            .collect();
        let mut answers = decide(first);
        for (share, other) in others {
            // A thread that could not go on leaves its share to this one.
            answers.extend(other.join().unwrap_or_else(|_| decide(share)));
        }
        answers
    })
}

fn answer_row(inner: &Inner, rows: &Rows<'_>, row: usize) -> Answered {
    let (record, answer): (Option<Vec<u8>>, Answer) = match rows.json(row) {
        Ok(json) => {
            let answer = inner.batch.decide_line(&json);
            (Some(json), answer)
        }
        Err(found) => (None, Err(found.misfit("$"))),
    };
    Answered::new(answer, record, &inner.engine)
}

fn broken(error: ArrowError) -> PyErr {
    PyValueError::new_err(format!("the Arrow data cannot be used: {error}"))
}
