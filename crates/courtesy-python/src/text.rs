//! A text that knows which of its parts came from the record.

use courtesy::value;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// A text of a decision, with what was inserted into it kept apart.
#[pyclass(frozen, module = "courtesy")]
pub(crate) struct Text {
    inner: value::Text,
}

impl Text {
    pub(crate) fn new(inner: &value::Text) -> Text {
        Text {
            inner: inner.clone(),
        }
    }
}

#[pymethods]
impl Text {
    /// The parts in their order, each with whether it came from the record.
    #[getter]
    fn segments(&self) -> Vec<(String, bool)> {
        let parts = self.inner.segments();
        parts
            .map(|part| (part.text.to_owned(), part.inserted))
            .collect()
    }

    /// The text with every part that came from the record passed through `escape`.
    fn escaped(&self, escape: &Bound<'_, PyAny>) -> PyResult<String> {
        let mut whole = String::new();
        for part in self.inner.segments() {
            if !part.inserted {
                whole.push_str(part.text);
                continue;
            }
            let escaped = escape.call1((part.text,))?;
            let escaped: String = escaped
                .extract()
                .map_err(|_| PyTypeError::new_err("what escapes a text must return a text"))?;
            whole.push_str(&escaped);
        }
        Ok(whole)
    }

    fn __str__(&self) -> &str {
        self.inner.as_str()
    }

    fn __repr__(&self) -> String {
        format!("Text({:?})", self.inner.as_str())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.inner.as_str().into_pyobject(py)?.hash()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        if let Ok(other) = other.cast::<Text>() {
            return other.get().inner.as_str() == self.inner.as_str();
        }
        let other: PyResult<String> = other.extract();
        other.is_ok_and(|other| other == self.inner.as_str())
    }
}
