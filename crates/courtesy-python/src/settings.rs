//! What a host gives beside the records: the moment, inputs, proposals, the number of threads.

use crate::errors::{Stop, misfit_error};
use crate::values;
use courtesy::value::{Timestamp, parse_instant};
use courtesy::{BatchOptions, CaseOptions};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyString};
use std::thread;

/// Most threads that decide.
const THREADS: usize = 1024;

/// An optional argument.
pub(crate) type Maybe<'a, 'py> = Option<&'a Bound<'py, PyAny>>;

/// What is the same for every case.
pub(crate) fn case_options(
    now: Maybe<'_, '_>,
    inputs: Maybe<'_, '_>,
    py: Python<'_>,
) -> PyResult<CaseOptions> {
    Ok(CaseOptions {
        now: now.map(|now| moment(now, py)).transpose()?,
        inputs: inputs_of(inputs, py)?,
    })
}

/// What is the same for every record.
pub(crate) fn batch_options(
    as_input: Option<String>,
    now: Maybe<'_, '_>,
    inputs: Maybe<'_, '_>,
    propose: Maybe<'_, '_>,
    py: Python<'_>,
) -> PyResult<BatchOptions> {
    let proposals = propose.map(|proposals| json(proposals, "$.proposals"));
    let CaseOptions { now, inputs, .. } = case_options(now, inputs, py)?;
    Ok(BatchOptions {
        record_input: as_input,
        now,
        inputs,
        proposals: proposals.transpose().map_err(|stop| stop.into_error(py))?,
    })
}

/// How many threads decide: as many as asked, else one a processor.
pub(crate) fn threads(jobs: Option<usize>) -> PyResult<usize> {
    match jobs {
        None => Ok(thread::available_parallelism().map_or(1, usize::from)),
        Some(jobs) if (1..=THREADS).contains(&jobs) => Ok(jobs),
        Some(jobs) => Err(PyValueError::new_err(format!(
            "jobs is the number of threads that decide, from 1 to {THREADS}, and not {jobs}"
        ))),
    }
}

/// An instant: a text as RFC 3339 has it, or a `datetime` with an offset.
fn moment(now: &Bound<'_, PyAny>, py: Python<'_>) -> PyResult<Timestamp> {
    let text = values::json_of(now, "now").map_err(|stop| stop.into_error(py))?;
    let text: String = serde_json::from_slice(&text).map_err(|_| {
        PyTypeError::new_err(
            "now is a text such as \"2026-11-23T10:00:00Z\", or a datetime with an offset",
        )
    })?;
    parse_instant(&text).map_err(|error| {
        PyValueError::new_err(format!(
            "now is an instant such as 2026-11-23T10:00:00Z, with an offset, and not {text:?}: {error}"
        ))
    })
}

/// Inputs by name, each with its JSON.
fn inputs_of(inputs: Maybe<'_, '_>, py: Python<'_>) -> PyResult<Vec<(String, Vec<u8>)>> {
    let Some(inputs) = inputs else {
        return Ok(Vec::new());
    };
    let inputs = inputs.cast::<PyDict>().map_err(|_| {
        PyTypeError::new_err("inputs is a dict: the names of inputs, each with its value")
    })?;
    let mut read = Vec::new();
    for pair in inputs.items() {
        let (name, value): (String, Bound<'_, PyAny>) = pair.extract()?;
        let json = values::json_of(&value, &format!("$.inputs.{name}"));
        read.push((name, json.map_err(|stop| stop.into_error(py))?));
    }
    Ok(read)
}

/// JSON that is given as such, or made of a value.
fn json(value: &Bound<'_, PyAny>, root: &str) -> Result<Vec<u8>, Stop> {
    let is_json = value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>();
    if is_json {
        values::record(value)
    } else {
        values::json_of(value, root)
    }
}

/// `MisfitError` of an option or a case.
pub(crate) fn fitting<T>(py: Python<'_>, result: Result<T, courtesy::Misfit>) -> PyResult<T> {
    result.map_err(|misfit| misfit_error(py, &misfit))
}
