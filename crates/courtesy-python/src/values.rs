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
pub(crate) fn json_of<'py>(value: &Bound<'py, PyAny>, root: &str) -> Result<Vec<u8>, Stop> {
    let mut writer = Writer::default();
    match writer.write(value) {
        Ok(()) => Ok(writer.json.into_bytes()),
        Err(Trouble::Unsayable(found)) => Err(Stop::Misfit(writer.misfit(found, root))),
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

/// A list or a record that is being written, and how far it is.
enum Open<'py> {
    List {
        items: Bound<'py, PyList>,
        next: usize,
    },
    /// Pairs of keys and values, in a list of the writer's own, which no code of the host's changes meanwhile.
    Record {
        pairs: Bound<'py, PyList>,
        next: usize,
        key: String,
    },
}

impl<'py> Open<'py> {
    fn list(items: Bound<'py, PyList>) -> Open<'py> {
        Open::List { items, next: 0 }
    }

    fn record(pairs: Bound<'py, PyList>) -> Open<'py> {
        Open::Record {
            pairs,
            next: 0,
            key: String::new(),
        }
    }

    /// The step to the value that is being written.
    fn step(&self) -> Step {
        match self {
            Open::List { next, .. } => Step::Item(next.saturating_sub(1)),
            Open::Record { key, .. } => Step::Key(key.clone()),
        }
    }
}

/// Writes values without recursion: how deep they are never takes stack.
#[derive(Default)]
struct Writer<'py> {
    json: Json,
    open: Vec<Open<'py>>,
}

impl<'py> Writer<'py> {
    fn write(&mut self, value: &Bound<'py, PyAny>) -> Result<(), Trouble> {
        self.begin(value)?;
        while let Some(open) = self.open.last_mut() {
            match advance(open, &mut self.json)? {
                Some(value) => self.begin(&value)?,
                None => drop(self.open.pop()),
            }
        }
        Ok(())
    }

    /// Writes a value, or the beginning of a list or record.
    fn begin(&mut self, value: &Bound<'py, PyAny>) -> Result<(), Trouble> {
        let Some(open) = self.value(value)? else {
            return Ok(());
        };
        if self.open.len() >= DEPTH {
            let message = "this goes too deep; does a value hold itself?";
            return Err(Unsayable::with_code("too-large", message).into());
        }
        self.json.raw(match open {
            Open::List { .. } => "[",
            Open::Record { .. } => "{",
        })?;
        self.open.push(open);
        Ok(())
    }

    /// What is met most comes first.
    fn value(&mut self, value: &Bound<'py, PyAny>) -> Result<Option<Open<'py>>, Trouble> {
        if let Ok(text) = value.cast::<PyString>() {
            self.json.text(&utf8(text)?)?;
        } else if value.is_none() {
            self.json.raw("null")?;
        } else if let Ok(truth) = value.cast::<PyBool>() {
            self.json.bare(truth.is_true())?;
        } else if let Ok(number) = value.cast::<PyInt>() {
            self.whole(number)?;
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.float(number)?;
        } else if let Ok(record) = value.cast::<PyDict>() {
            return Ok(Some(Open::record(record.items())));
        } else if let Ok(list) = value.cast::<PyList>() {
            return Ok(Some(Open::list(list.clone())));
        } else if let Ok(list) = value.cast::<PyTuple>() {
            return Ok(Some(Open::list(list.to_list())));
        } else {
            return self.other(value);
        }
        Ok(None)
    }

    /// The steps to where the writing stopped, from the inside out.
    fn misfit(&self, found: Unsayable, root: &str) -> courtesy::Misfit {
        let steps = self.open.iter().rev().map(Open::step);
        steps.fold(found, Unsayable::inside).misfit(root)
    }
}

/// Writes what stands between two values, and gives the next; at the end of the list or record, its end.
fn advance<'py>(
    open: &mut Open<'py>,
    json: &mut Json,
) -> Result<Option<Bound<'py, PyAny>>, Trouble> {
    match open {
        Open::List { items, next } if *next < items.len() => {
            json.raw(if *next == 0 { "" } else { "," })?;
            let item = items.get_item(*next)?;
            *next = next.saturating_add(1);
            Ok(Some(item))
        }
        Open::Record { pairs, next, key } if *next < pairs.len() => {
            json.raw(if *next == 0 { "" } else { "," })?;
            let (of_pair, value): (Bound<'py, PyAny>, Bound<'py, PyAny>) =
                pairs.get_item(*next)?.extract()?;
            key.clear();
            *key = key_of(&of_pair)?;
            *next = next.saturating_add(1);
            json.text(key)?;
            json.raw(":")?;
            Ok(Some(value))
        }
        Open::List { .. } => Ok(json.raw("]").map(|()| None)?),
        Open::Record { .. } => Ok(json.raw("}").map(|()| None)?),
    }
}

/// A key, which is a text.
fn key_of(key: &Bound<'_, PyAny>) -> Result<String, Trouble> {
    let text = key.cast::<PyString>().map_err(|_| {
        let found = type_name(key);
        Unsayable::new(format!(
            "the keys of a record are texts, and one of them is of the type `{found}`"
        ))
    })?;
    Ok(utf8(text)?)
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
