//! What is the same for many records, read once; then records, from Python or from Arrow.

use crate::applied::Applied;
use crate::arrow;
use crate::decision::Decision;
use crate::errors::{Stop, misfit_error};
use crate::quarantined::Quarantined;
use crate::settings::{fitting, threads};
use courtesy::{BatchOptions, Engine, Misfit};
use pyo3::prelude::*;
use std::sync::Arc;

/// Decides records one by one, and keeps nothing between them.
#[pyclass(frozen, module = "courtesy")]
pub(crate) struct Batch {
    inner: Arc<Inner>,
}

/// An engine with what is the same for all records.
pub(crate) struct Inner {
    pub(crate) engine: Engine,
    pub(crate) batch: courtesy::Batch,
    pub(crate) jobs: usize,
}

/// What becomes of a record: a decision, or why there is none.
pub(crate) type Answer = Result<courtesy::Decision, Misfit>;

impl Inner {
    /// Decides records on several threads; the answers stand in the order of the records.
    pub(crate) fn decide(&self, records: &[Result<Vec<u8>, Misfit>]) -> Vec<Answer> {
        let share = records.len().div_ceil(self.jobs).max(1);
        let decide = |records: &[Result<Vec<u8>, Misfit>]| -> Vec<Answer> {
            let answers = records.iter().map(|record| match record {
                Ok(json) => self.batch.decide_line(json),
                Err(misfit) => Err(misfit.clone()),
            });
            answers.collect()
        };
        let mut shares = records.chunks(share);
        let Some(first) = shares.next() else {
            return Vec::new();
        };
        std::thread::scope(|scope| {
            let others: Vec<_> = shares
                .map(|share| (share, scope.spawn(move || decide(share))))
                .collect();
            let mut answers = decide(first);
            for (share, other) in others {
                // A thread that could not go on leaves its share to this one.
                answers.extend(other.join().unwrap_or_else(|_| decide(share)));
            }
            answers
        })
    }
}

impl Batch {
    pub(crate) fn new(
        py: Python<'_>,
        engine: &Engine,
        options: BatchOptions,
        jobs: Option<usize>,
    ) -> PyResult<Batch> {
        let jobs = threads(jobs)?;
        let batch = fitting(py, engine.batch(options))?;
        let engine = engine.clone();
        Ok(Batch {
            inner: Arc::new(Inner {
                engine,
                batch,
                jobs,
            }),
        })
    }

    /// Decides all records, or raises what speaks against the first that does not fit.
    pub(crate) fn decide_all(&self, records: &Bound<'_, PyAny>) -> PyResult<Vec<Py<PyAny>>> {
        let py = records.py();
        let mut decisions = Vec::new();
        let applied = Bound::new(py, self.apply(records)?)?;
        for answer in applied.try_iter()? {
            let answer = answer?;
            if let Ok(quarantined) = answer.cast::<Quarantined>() {
                let error = misfit_error(py, quarantined.get().misfit());
                error.value(py).setattr("index", decisions.len())?;
                return Err(error);
            }
            debug_assert!(answer.is_instance_of::<Decision>());
            decisions.push(answer.unbind());
        }
        Ok(decisions)
    }
}

#[pymethods]
impl Batch {
    /// Decides records: an iterator over a `Decision` or a `Quarantined` for each.
    pub(crate) fn apply(&self, records: &Bound<'_, PyAny>) -> PyResult<Applied> {
        Applied::new(self.inner.clone(), records)
    }

    /// Decides the rows of Arrow data: a row of columns for each.
    #[pyo3(signature = (data, *, json_column=None, keep=None, columns=None))]
    fn apply_arrow(
        &self,
        data: &Bound<'_, PyAny>,
        json_column: Option<String>,
        keep: Option<Vec<String>>,
        columns: Option<Vec<String>>,
    ) -> PyResult<Py<PyAny>> {
        let shape = arrow::Shape::new(json_column, keep.unwrap_or_default(), columns)?;
        arrow::apply(&self.inner, data, &shape)
    }

    fn __repr__(&self) -> String {
        format!("<courtesy.Batch of {}>", self.inner.engine.fingerprint())
    }
}

/// The JSON of a record, or why it has none; exceptions of the host's own code go on.
pub(crate) fn sayable(record: Result<Vec<u8>, Stop>) -> PyResult<Result<Vec<u8>, Misfit>> {
    match record {
        Ok(json) => Ok(Ok(json)),
        Err(Stop::Misfit(misfit)) => Ok(Err(misfit)),
        Err(Stop::Raised(error)) => Err(error),
    }
}
