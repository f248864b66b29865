//! A checked package, ready to decide.

use crate::applied::Applied;
use crate::batch::Batch;
use crate::decision::Decision;
use crate::errors::{check_error, parsed};
use crate::folder::{Files, Unread, read_files, read_folder};
use crate::settings::{Maybe, batch_options, case_options, fitting};
use crate::values;
use courtesy::diagnostic::to_json;
use courtesy::{CaseOptions, Engine};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use std::path::PathBuf;

/// A checked package of policies.
#[pyclass(frozen, module = "courtesy")]
pub(crate) struct Package {
    engine: Engine,
    files: Files,
    warnings: String,
}

impl Package {
    /// Checks files by the names under which they are kept; messages show them as `shown` says.
    fn new(py: Python<'_>, files: Files, shown: impl Fn(&str) -> String) -> PyResult<Package> {
        let for_messages: Files = files
            .iter()
            .map(|(name, bytes)| (shown(name), bytes.clone()))
            .collect();
        let checked = py.detach(|| {
            let package = courtesy::Package::from_sources(files.iter().cloned());
            if package.has_errors() {
                return courtesy::Package::from_sources(for_messages)
                    .into_engine()
                    .map(|engine| (engine, String::new()));
            }
            let warnings = to_json(package.diagnostics(), package.sources());
            package.into_engine().map(|engine| (engine, warnings))
        });
        let (engine, warnings) = checked.map_err(|wrong| check_error(py, &wrong))?;
        Ok(Package {
            engine,
            files,
            warnings,
        })
    }

    fn read_case(
        &self,
        case: &Bound<'_, PyAny>,
        options: &CaseOptions,
    ) -> PyResult<courtesy::Case> {
        let py = case.py();
        let json = values::record(case).map_err(|stop| stop.into_error(py))?;
        let read = py.detach(|| self.engine.read_case(&json, options));
        fitting(py, read)
    }
}

#[pymethods]
impl Package {
    /// Decides one case.
    #[pyo3(signature = (case, *, now=None, inputs=None))]
    fn decide(
        &self,
        case: &Bound<'_, PyAny>,
        now: Maybe<'_, '_>,
        inputs: Maybe<'_, '_>,
    ) -> PyResult<Decision> {
        let py = case.py();
        let options = case_options(now, inputs, py)?;
        let case = self.read_case(case, &options)?;
        Ok(py.detach(|| Decision::new(self.engine.decide(&case), &self.engine)))
    }

    /// Decides one case, and says in words why: how each policy came out, with `full` what every condition saw.
    #[pyo3(signature = (case, *, full=false, now=None, inputs=None))]
    fn explain(
        &self,
        case: &Bound<'_, PyAny>,
        full: bool,
        now: Maybe<'_, '_>,
        inputs: Maybe<'_, '_>,
    ) -> PyResult<String> {
        let py = case.py();
        let options = case_options(now, inputs, py)?;
        let case = self.read_case(case, &options)?;
        Ok(py.detach(|| {
            let (decision, why) = if full {
                self.engine.trace(&case)
            } else {
                self.engine.explain(&case)
            };
            format!("{}\n{}", decision.to_text(), why.to_text())
        }))
    }

    /// Decides whole cases, all of which fit.
    #[pyo3(signature = (cases, *, now=None, inputs=None, jobs=None))]
    fn decide_many(
        &self,
        cases: &Bound<'_, PyAny>,
        now: Maybe<'_, '_>,
        inputs: Maybe<'_, '_>,
        jobs: Option<usize>,
    ) -> PyResult<Vec<Py<PyAny>>> {
        let py = cases.py();
        let batch = self.batch(py, None, now, inputs, None, jobs)?;
        batch.decide_all(cases)
    }

    /// Decides records: an iterator over a `Decision` or a `Quarantined` for each.
    #[pyo3(signature = (records, *, as_input=None, now=None, inputs=None, propose=None, jobs=None))]
    fn apply(
        &self,
        records: &Bound<'_, PyAny>,
        as_input: Option<String>,
        now: Maybe<'_, '_>,
        inputs: Maybe<'_, '_>,
        propose: Maybe<'_, '_>,
        jobs: Option<usize>,
    ) -> PyResult<Applied> {
        self.batch(records.py(), as_input, now, inputs, propose, jobs)?
            .apply(records)
    }

    /// Reads once what is the same for many records.
    #[pyo3(signature = (*, as_input=None, now=None, inputs=None, propose=None, jobs=None))]
    fn batch(
        &self,
        py: Python<'_>,
        as_input: Option<String>,
        now: Maybe<'_, '_>,
        inputs: Maybe<'_, '_>,
        propose: Maybe<'_, '_>,
        jobs: Option<usize>,
    ) -> PyResult<Batch> {
        let options = batch_options(as_input, now, inputs, propose, py)?;
        Batch::new(py, &self.engine, options, jobs)
    }

    /// What the package is known by: the same for packages that mean the same.
    #[getter]
    fn fingerprint(&self) -> &str {
        self.engine.fingerprint()
    }

    /// The titles of the policies, sorted.
    #[getter]
    fn policies(&self) -> Vec<&str> {
        self.engine.policies().collect()
    }

    /// The names of the inputs, in the order in which the files declare them.
    #[getter]
    fn inputs(&self) -> Vec<&str> {
        self.engine
            .schema()
            .inputs
            .iter()
            .map(|input| &*input.name)
            .collect()
    }

    /// What is doubtful in the package, a dict each.
    #[getter]
    fn warnings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        parsed(py, &self.warnings)
    }

    /// The files: names and bytes.
    #[getter]
    fn sources<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let sources = PyDict::new(py);
        for (name, bytes) in &self.files {
            sources.set_item(name, PyBytes::new(py, bytes))?;
        }
        Ok(sources)
    }

    fn __repr__(&self) -> String {
        let policies = self.engine.policies().count();
        format!(
            "<courtesy.Package {}, {policies} policies>",
            self.engine.fingerprint()
        )
    }

    /// A package travels as its files, and is checked again where it arrives.
    fn __reduce__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        let make = py.import("courtesy")?.getattr("from_sources")?;
        Ok((make, PyTuple::new(py, [self.sources(py)?])?))
    }
}

/// Loads the package of a folder, or of a list of files.
#[pyfunction]
pub(crate) fn load(py: Python<'_>, path: &Bound<'_, PyAny>) -> PyResult<Package> {
    if let Ok(folder) = path.extract::<PathBuf>() {
        let files = py.detach(|| read_folder(&folder));
        let files = files.map_err(|unread| os_error(py, unread))?;
        return Package::new(py, files, |name| {
            folder.join(name).to_string_lossy().into_owned()
        });
    }
    let mut paths = Vec::new();
    let files = path.try_iter().map_err(|_| not_a_path())?;
    for file in files {
        paths.push(file?.extract::<PathBuf>().map_err(|_| not_a_path())?);
    }
    if paths.is_empty() {
        return Err(PyValueError::new_err(
            "no file is given; a package has one at least",
        ));
    }
    let files = py
        .detach(|| read_files(paths))
        .map_err(|unread| os_error(py, unread))?;
    Package::new(py, files, str::to_owned)
}

/// Checks files that are given by name, as `str` or `bytes`.
#[pyfunction]
pub(crate) fn from_sources(py: Python<'_>, sources: &Bound<'_, PyDict>) -> PyResult<Package> {
    let mut files = Vec::new();
    for pair in sources.items() {
        let (name, content): (String, Bound<'_, PyAny>) = pair.extract()?;
        let bytes = match content.extract::<String>() {
            Ok(text) => text.into_bytes(),
            Err(_) => content
                .cast::<PyBytes>()
                .map_err(|_| not_a_source(&name))?
                .as_bytes()
                .to_vec(),
        };
        files.push((name, bytes));
    }
    files.sort();
    Package::new(py, files, str::to_owned)
}

fn not_a_path() -> PyErr {
    PyTypeError::new_err("give the path of a folder, or a list of the paths of policy files")
}

fn not_a_source(name: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "the file {name:?} is given as neither text nor bytes, or holds half of a character"
    ))
}

/// `FileNotFoundError` and its kin, with the path.
fn os_error(py: Python<'_>, unread: Unread) -> PyErr {
    let Unread { path, error } = unread;
    let message = format!("{error}: '{}'", path.display());
    match error.raw_os_error() {
        // Python makes the fitting class of the number.
        Some(number) => match py
            .import("os")
            .and_then(|os| os.call_method1("strerror", (number,)))
        {
            Ok(text) => pyo3::exceptions::PyOSError::new_err((number, text.unbind(), path)),
            Err(other) => other,
        },
        None => pyo3::exceptions::PyFileNotFoundError::new_err(message),
    }
}
