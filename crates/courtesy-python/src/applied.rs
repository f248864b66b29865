//! Records on their way: read in portions, decided without the interpreter's lock, handed out in order.

use crate::batch::{Inner, sayable};
use crate::decision::Decision;
use crate::errors::parsed;
use crate::quarantined::Quarantined;
use crate::values;
use courtesy::{Misfit, Summary};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};
use std::collections::VecDeque;
use std::sync::Arc;

/// Most records that are read before their decisions are handed out.
const PORTION: usize = 512;

/// Most bytes of them.
const PORTION_BYTES: usize = 4 * 1024 * 1024;

/// An iterator over what becomes of records, and a summary of those that were handed out.
#[pyclass(module = "courtesy")]
pub(crate) struct Applied {
    inner: Arc<Inner>,
    records: Option<Py<PyIterator>>,
    line: u64,
    ready: VecDeque<Ready>,
    /// What the host's own iterator raised, behind the answers to the records before it.
    raised: Option<PyErr>,
    summary: Summary,
}

/// An answer that was not handed out yet.
struct Ready {
    line: u64,
    record: Py<PyAny>,
    answer: Result<courtesy::Decision, Misfit>,
}

/// Records that are decided together.
#[derive(Default)]
struct Portion {
    records: Vec<(u64, Py<PyAny>)>,
    json: Vec<Result<Vec<u8>, Misfit>>,
    bytes: usize,
}

impl Portion {
    fn is_full(&self) -> bool {
        self.json.len() >= PORTION || self.bytes >= PORTION_BYTES
    }

    fn add(&mut self, line: u64, record: Bound<'_, PyAny>) -> PyResult<()> {
        let json = sayable(values::record(&record))?;
        if is_text(&record) && json.as_ref().is_ok_and(|line| is_blank(line)) {
            // A blank line is no record, as for the command.
            return Ok(());
        }
        let json = json.map(|line| without_line_end(&line).to_vec());
        self.bytes = self.bytes.saturating_add(json.as_ref().map_or(0, Vec::len));
        self.records.push((line, record.unbind()));
        self.json.push(json);
        Ok(())
    }
}

/// The line without its end.
pub(crate) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn is_blank(line: &[u8]) -> bool {
    line.iter()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

fn is_text(record: &Bound<'_, PyAny>) -> bool {
    record.is_instance_of::<PyString>() || record.is_instance_of::<pyo3::types::PyBytes>()
}

impl Applied {
    pub(crate) fn new(inner: Arc<Inner>, records: &Bound<'_, PyAny>) -> PyResult<Applied> {
        refuse_what_is_one_record(records)?;
        Ok(Applied {
            records: Some(records.try_iter()?.unbind()),
            line: 0,
            ready: VecDeque::new(),
            raised: None,
            summary: Summary::new(&inner.engine),
            inner,
        })
    }

    /// Reads and decides the next portion.
    fn fill(&mut self, py: Python<'_>) {
        let Some(records) = &self.records else {
            return;
        };
        let records = records.bind(py).clone();
        let mut portion = Portion::default();
        while !portion.is_full() {
            let Some(record) = records.clone().next() else {
                self.records = None;
                break;
            };
            self.line = self.line.saturating_add(1);
            let added = record.and_then(|record| portion.add(self.line, record));
            if let Err(error) = added {
                self.records = None;
                self.raised = Some(error);
                break;
            }
        }
        let inner = &self.inner;
        let answers = py.detach(|| inner.decide(&portion.json));
        let ready = portion.records.into_iter().zip(answers);
        self.ready
            .extend(ready.map(|((line, record), answer)| Ready {
                line,
                record,
                answer,
            }));
    }
}

/// A text or a dict can be iterated over, and is never meant.
fn refuse_what_is_one_record(records: &Bound<'_, PyAny>) -> PyResult<()> {
    let is_one = is_text(records) || records.is_instance_of::<pyo3::types::PyDict>();
    if is_one {
        return Err(pyo3::exceptions::PyTypeError::new_err(
            "give a list or another iterable of records, such as an open file of JSON lines; this is one record",
        ));
    }
    if records.hasattr("__arrow_c_stream__")? || records.hasattr("__arrow_c_array__")? {
        return Err(pyo3::exceptions::PyTypeError::new_err(
            "this is Arrow data: give it to `batch(…).apply_arrow`",
        ));
    }
    Ok(())
}

#[pymethods]
impl Applied {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&mut self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        while self.ready.is_empty() && self.records.is_some() {
            self.fill(py);
        }
        let Some(Ready {
            line,
            record,
            answer,
        }) = self.ready.pop_front()
        else {
            return match self.raised.take() {
                Some(error) => Err(error),
                None => Ok(None),
            };
        };
        match answer {
            Ok(decision) => {
                self.summary.add(&decision);
                let decision = Decision::new(decision, &self.inner.engine);
                Ok(Some(Py::new(py, decision)?.into_any()))
            }
            Err(misfit) => {
                self.summary.add_quarantined();
                let quarantined = Quarantined::new(line, misfit, record);
                Ok(Some(Py::new(py, quarantined)?.into_any()))
            }
        }
    }

    /// The counts of what was handed out so far.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        parsed(py, &self.summary.to_json())
    }
}
