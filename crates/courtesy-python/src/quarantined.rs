//! A record that does not fit.

use crate::applied::without_line_end;
use crate::batch::sayable;
use crate::values;
use courtesy::Misfit;
use pyo3::prelude::*;

/// A record that does not fit: which, where inside it, and why.
#[pyclass(frozen, module = "courtesy")]
pub(crate) struct Quarantined {
    line: u64,
    misfit: Misfit,
    record: Py<PyAny>,
}

impl Quarantined {
    pub(crate) fn new(line: u64, misfit: Misfit, record: Py<PyAny>) -> Quarantined {
        Quarantined {
            line,
            misfit,
            record,
        }
    }

    pub(crate) fn misfit(&self) -> &Misfit {
        &self.misfit
    }
}

impl Quarantined {
    fn line_with(&self, py: Python<'_>, record: Option<&[u8]>) -> PyResult<String> {
        let Misfit {
            code,
            path,
            message,
        } = &self.misfit;
        let mut line = format!("{{\"line\":{},\"code\":\"{code}\",\"path\":\"", self.line);
        escape(path, &mut line);
        line.push_str("\",\"message\":\"");
        escape(message, &mut line);
        match record
            .map(without_line_end)
            .map(|record| (record, std::str::from_utf8(record)))
        {
            None => line.push_str("\",\"record\":null}"),
            Some((_, Ok(text))) => {
                line.push_str("\",\"record\":\"");
                escape(text, &mut line);
                line.push_str("\"}");
            }
            Some((bytes, Err(_))) => {
                let encoded = py.import("base64")?.call_method1("b64encode", (bytes,))?;
                let encoded: String = encoded.call_method1("decode", ("ascii",))?.extract()?;
                line.push_str("\",\"record_base64\":\"");
                line.push_str(&encoded);
                line.push_str("\"}");
            }
        }
        Ok(line)
    }
}

/// Escapes what JSON asks for, as the command does in its quarantine file.
fn escape(text: &str, line: &mut String) {
    for letter in text.chars() {
        match letter {
            '"' | '\\' => line.extend(['\\', letter]),
            '\t' => line.push_str("\\t"),
            '\r' => line.push_str("\\r"),
            '\0'..='\u{1f}' => line.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ => line.push(letter),
        }
    }
}

#[pymethods]
impl Quarantined {
    /// That it does not fit: `False`.
    #[classattr]
    fn fits() -> bool {
        false
    }

    /// Which of the records it is, from 1; blank lines count.
    #[getter]
    fn line(&self) -> u64 {
        self.line
    }

    /// What is wrong, in a form that never changes.
    #[getter]
    fn code(&self) -> &str {
        self.misfit.code
    }

    /// Where inside the record.
    #[getter]
    fn path(&self) -> &str {
        &self.misfit.path
    }

    /// What is wrong in words, without the content of a private field.
    #[getter]
    fn message(&self) -> &str {
        &self.misfit.message
    }

    /// The record as it was given.
    #[getter]
    fn record(&self, py: Python<'_>) -> Py<PyAny> {
        self.record.clone_ref(py)
    }

    /// The line of a quarantine file, without its end. `record` is null where the record has no form in JSON.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let record = sayable(values::record(self.record.bind(py)))?;
        self.line_with(py, record.ok().as_deref())
    }

    fn __repr__(&self) -> String {
        let Misfit {
            code,
            path,
            message,
        } = &self.misfit;
        format!(
            "<courtesy.Quarantined {}: {path}: {message} [{code}]>",
            self.line
        )
    }
}
