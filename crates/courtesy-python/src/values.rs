//! Python values as the JSON that says the same.
//!
//! Input: what a host has at hand: dicts, lists, texts, numbers, `Decimal`, dates and times, dataclasses, scalars of
//! numpy and pandas. Output: JSON bytes. Invariants: no digit is lost or made up; nothing is guessed: what has no one
//! form in JSON is refused by its type and path, never by its content, which may be private; depth and size are
//! bounded, so a value that holds itself gets an answer.

mod scalars;

use crate::errors::Stop;
use crate::path::{Step, Unsayable};
use crate::saying::Json;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};

/// Deeper than any JSON that the library reads.
const DEPTH: usize = 160;

/// The JSON of a value that stands at `root`.
pub(crate) fn json_of(value: &Bound<'_, PyAny>, root: &str) -> Result<Vec<u8>, Stop> {
    let mut json = Json::default();
    let mut writer = Writer {
        json: &mut json,
        depth: 0,
    };
    match writer.value(value) {
        Ok(()) => Ok(json.into_bytes()),
        Err(Trouble::Unsayable(found)) => Err(Stop::Misfit(found.misfit(root))),
        Err(Trouble::Raised(error)) => Err(Stop::Raised(error)),
    }
}

/// A record or a case: JSON as `str` or `bytes`, or a value that JSON is made of.
pub(crate) fn record(value: &Bound<'_, PyAny>) -> Result<Vec<u8>, Stop> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(utf8(text)
            .map_err(|found| Stop::Misfit(found.misfit("$")))?
            .into_bytes());
    }
    match given_bytes(value) {
        Some(bytes) => Ok(bytes),
        None => json_of(value, "$"),
    }
}

/// What holds bytes: JSON that was read from a file or a socket.
fn given_bytes(value: &Bound<'_, PyAny>) -> Option<Vec<u8>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Some(bytes.as_bytes().to_vec());
    }
    let bytes = value.cast::<pyo3::types::PyByteArray>().ok()?;
    Some(bytes.to_vec())
}

/// The text, where all of it is characters.
fn utf8(text: &Bound<'_, PyString>) -> Result<String, Unsayable> {
    text.extract().map_err(|_| {
        Unsayable::new(
            "half of a character stands in this text (a lone surrogate); mend it where it was read",
        )
    })
}

/// Why a value could not be written.
#[derive(Debug)]
enum Trouble {
    Unsayable(Unsayable),
    /// Code of the host's own value raised an exception.
    Raised(PyErr),
}

impl From<Unsayable> for Trouble {
    fn from(found: Unsayable) -> Trouble {
        Trouble::Unsayable(found)
    }
}

impl From<PyErr> for Trouble {
    fn from(error: PyErr) -> Trouble {
        Trouble::Raised(error)
    }
}

impl Trouble {
    fn inside(self, step: impl FnOnce() -> Step) -> Trouble {
        match self {
            Trouble::Unsayable(found) => Trouble::Unsayable(found.inside(step())),
            raised @ Trouble::Raised(_) => raised,
        }
    }
}

struct Writer<'a> {
    json: &'a mut Json,
    depth: usize,
}

impl Writer<'_> {
    /// What is met most comes first.
    fn value(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Trouble> {
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(self.json.text(&utf8(text)?)?);
        }
        if value.is_none() {
            return Ok(self.json.raw("null")?);
        }
        if let Ok(truth) = value.cast::<PyBool>() {
            return Ok(self.json.bare(truth.is_true())?);
        }
        if let Ok(number) = value.cast::<PyInt>() {
            return self.whole(number);
        }
        if let Ok(number) = value.cast::<PyFloat>() {
            return self.float(number);
        }
        if let Ok(record) = value.cast::<PyDict>() {
            return self.deeper(|writer| writer.entries(&record.items()));
        }
        if let Ok(list) = value.cast::<PyList>() {
            return self.deeper(|writer| writer.items(list.iter()));
        }
        if let Ok(list) = value.cast::<PyTuple>() {
            return self.deeper(|writer| writer.items(list.iter()));
        }
        self.other(value)
    }

    /// Takes care that nothing goes in for ever.
    fn deeper(
        &mut self,
        write: impl FnOnce(&mut Self) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        if self.depth >= DEPTH {
            let message = "this goes too deep; does a value hold itself?";
            return Err(Unsayable::with_code("too-large", message).into());
        }
        self.depth = self.depth.saturating_add(1);
        let written = write(self);
        self.depth = self.depth.saturating_sub(1);
        written
    }

    /// A list of pairs as a record; the list is the writer's own, so no code of the host's changes it meanwhile.
    fn entries(&mut self, pairs: &Bound<'_, PyList>) -> Result<(), Trouble> {
        self.json.raw("{")?;
        for (place, pair) in pairs.iter().enumerate() {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = pair.extract()?;
            let key = key.cast::<PyString>().map_err(|_| {
                let found = type_name(&key);
                Unsayable::new(format!(
                    "the keys of a record are texts, and one of them is of the type `{found}`"
                ))
            })?;
            let key = utf8(key)?;
            self.entry(place, key, &value)?;
        }
        Ok(self.json.raw("}")?)
    }

    fn entry(
        &mut self,
        place: usize,
        key: String,
        value: &Bound<'_, PyAny>,
    ) -> Result<(), Trouble> {
        self.json.raw(if place == 0 { "" } else { "," })?;
        self.json.text(&key)?;
        self.json.raw(":")?;
        self.value(value)
            .map_err(|trouble| trouble.inside(|| Step::Key(key)))
    }

    fn items<'py>(
        &mut self,
        items: impl Iterator<Item = Bound<'py, PyAny>>,
    ) -> Result<(), Trouble> {
        self.json.raw("[")?;
        for (place, item) in items.enumerate() {
            self.json.raw(if place == 0 { "" } else { "," })?;
            let written = self.value(&item);
            written.map_err(|trouble| trouble.inside(|| Step::Item(place)))?;
        }
        Ok(self.json.raw("]")?)
    }
}

/// The name of a value's type, with the module that it is from.
fn type_name(value: &Bound<'_, PyAny>) -> String {
    let kind = value.get_type();
    kind.fully_qualified_name()
        .map_or_else(|_| "unknown".to_owned(), |name| name.to_string())
}

/// A class of the standard library, looked up once.
fn class<'py>(
    py: Python<'py>,
    known: &'static PyOnceLock<Py<PyType>>,
    module: &str,
    name: &str,
) -> PyResult<&'py Bound<'py, PyType>> {
    known.import(py, module, name)
}
