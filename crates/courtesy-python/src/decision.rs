//! A decision, as JSON and as Python values.

use crate::errors::parsed;
use crate::text::Text;
use courtesy::{Duty, Engine};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What may be done, what must be, until when, and why. It is read like a dict.
#[pyclass(frozen, module = "courtesy")]
pub(crate) struct Decision {
    inner: courtesy::Decision,
    json: String,
    fired: Vec<String>,
    /// Its values, once they were asked for.
    values: PyOnceLock<Py<PyAny>>,
}

impl Decision {
    pub(crate) fn new(inner: courtesy::Decision, engine: &Engine) -> Decision {
        Decision {
            json: inner.to_json(),
            fired: fired(&inner, engine).map(str::to_owned).collect(),
            inner,
            values: PyOnceLock::new(),
        }
    }

    fn values<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyAny>> {
        let values = self
            .values
            .get_or_try_init(py, || parsed(py, &self.json).map(Bound::unbind))?;
        Ok(values.bind(py))
    }

    fn duty(&self, id: &str) -> Option<&Duty> {
        let withheld = self.inner.withheld().iter().map(|withheld| &withheld.duty);
        self.inner
            .duties()
            .iter()
            .chain(withheld)
            .find(|duty| &*duty.id == id)
    }
}

/// The titles of the policies that fired.
pub(crate) fn fired<'e>(
    decision: &courtesy::Decision,
    engine: &'e Engine,
) -> impl Iterator<Item = &'e str> {
    let titles: Vec<&str> = engine.policies().collect();
    let fired: Vec<&str> = decision
        .fired()
        .iter()
        .filter_map(|id| titles.get(id.0 as usize).copied())
        .collect();
    fired.into_iter()
}

#[pymethods]
impl Decision {
    /// That the record fits: `True`.
    #[classattr]
    fn fits() -> bool {
        true
    }

    /// The bytes that `courtesy apply` writes for this case; with `pretty` those of `courtesy decide`.
    #[pyo3(signature = (*, pretty=false))]
    fn to_json(&self, pretty: bool) -> String {
        if pretty {
            self.inner.to_json_pretty()
        } else {
            self.json.clone()
        }
    }

    /// The same as `to_json()`.
    fn json(&self) -> &str {
        &self.json
    }

    /// The decision for people.
    fn to_text(&self) -> String {
        self.inner.to_text()
    }

    /// The decision as dicts and lists, numbers as `int` or `Decimal`; a new one each time.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        parsed(py, &self.json)
    }

    /// The titles of the policies that fired, as the summary of `apply` counts them.
    #[getter]
    fn fired(&self) -> Vec<String> {
        self.fired.clone()
    }

    /// What became of the proposal of that id: `allowed`, `blocked` or `limited`.
    fn verdict(&self, id: &str) -> PyResult<&'static str> {
        let mut proposals = self.inner.proposals().iter();
        let found = proposals.find(|proposal| &*proposal.id == id);
        found
            .map(|proposal| proposal.verdict.word())
            .ok_or_else(|| PyKeyError::new_err(id.to_owned()))
    }

    /// The text of a field of the duty of that id, with what came from the record kept apart.
    fn text(&self, id: &str, field: &str) -> PyResult<Option<Text>> {
        let duty = self
            .duty(id)
            .ok_or_else(|| PyKeyError::new_err(id.to_owned()))?;
        Ok(duty.text(field).map(Text::new))
    }

    /// The reasons of the proposal or duty of that id, in words, with what came from the record kept apart.
    fn because(&self, id: &str) -> PyResult<Vec<Text>> {
        let mut proposals = self.inner.proposals().iter();
        let mut withheld = self.inner.withheld().iter();
        let reasons: Vec<&courtesy::Reason> =
            if let Some(found) = proposals.find(|found| &*found.id == id) {
                found.reasons.iter().collect()
            } else if let Some(found) = withheld.find(|found| &*found.duty.id == id) {
                found.reasons()
            } else {
                let duty = self
                    .duty(id)
                    .ok_or_else(|| PyKeyError::new_err(id.to_owned()))?;
                duty.reasons.iter().collect()
            };
        let told = reasons
            .into_iter()
            .filter_map(|reason| reason.because.as_ref());
        Ok(told.map(Text::new).collect())
    }

    fn __getitem__<'py>(&self, key: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        self.values(key.py())?.get_item(key)
    }

    fn __contains__(&self, key: &Bound<'_, PyAny>) -> PyResult<bool> {
        self.values(key.py())?.contains(key)
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.values(py)?.try_iter()?.into_any())
    }

    fn __len__(&self, py: Python<'_>) -> PyResult<usize> {
        self.values(py)?.len()
    }

    /// The keys, in the order of the JSON.
    fn keys<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.values(py)?.call_method0("keys")
    }

    /// The values, in the order of the JSON.
    #[pyo3(name = "values")]
    fn all_values<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.values(py)?.call_method0("values")
    }

    /// Keys with their values.
    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.values(py)?.call_method0("items")
    }

    /// The value of a key, else `default`.
    #[pyo3(signature = (key, default=None))]
    fn get<'py>(
        &self,
        key: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let found = self.values(key.py())?.call_method1("get", (key,))?;
        Ok(if found.is_none() {
            default
        } else {
            Some(found)
        })
    }

    fn __copy__(this: Py<Self>) -> Py<Self> {
        this
    }

    fn __deepcopy__(this: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        this
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other
            .cast::<Decision>()
            .is_ok_and(|other| other.get().json == self.json)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.json.hash(&mut hasher);
        hasher.finish()
    }

    fn __str__(&self) -> String {
        self.inner.to_text()
    }

    fn __repr__(&self) -> String {
        let (proposals, duties) = (self.inner.proposals().len(), self.inner.duties().len());
        format!(
            "<courtesy.Decision: {proposals} proposals, {duties} duties, {} withheld>",
            self.inner.withheld().len()
        )
    }
}
