//! Numbers, dates and times, and what stands for a record without being a dict.
//!
//! Invariants: numbers are written with the digits that Python itself prints; a moment keeps its offset, and one
//! without an offset stays without, so that the schema refuses it.

use super::{Open, Trouble, Writer, class, type_name};
use crate::path::Unsayable;
use courtesy::limits::CASE_BYTES;
use pyo3::exceptions::{PyOverflowError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyFloat, PyInt, PyList, PyType};

static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DATETIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static TIME: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static TIMEDELTA: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static ZONE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static MAPPING: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// A class of the standard library that has a form in JSON.
#[derive(Clone, Copy)]
enum Known {
    Decimal,
    Moment,
    Iso,
    Span,
    Zone,
    Mapping,
}

/// In the order in which they are asked: a `datetime` is a `date` as well.
const KNOWN: [(&PyOnceLock<Py<PyType>>, &str, &str, Known); 7] = [
    (&DECIMAL, "decimal", "Decimal", Known::Decimal),
    (&DATETIME, "datetime", "datetime", Known::Moment),
    (&DATE, "datetime", "date", Known::Iso),
    (&TIME, "datetime", "time", Known::Iso),
    (&TIMEDELTA, "datetime", "timedelta", Known::Span),
    (&ZONE, "zoneinfo", "ZoneInfo", Known::Zone),
    (&MAPPING, "collections.abc", "Mapping", Known::Mapping),
];

impl<'py> Writer<'py> {
    /// The digits that `repr` of a plain `int` gives, whatever a class of the host's makes of it.
    pub(super) fn whole(&mut self, number: &Bound<'_, PyInt>) -> Result<(), Trouble> {
        if let Ok(small) = number.extract::<i64>() {
            return Ok(self.json.bare(small)?);
        }
        let kind = number.py().get_type::<PyInt>();
        match kind.call_method1("__repr__", (number,)) {
            Ok(digits) => Ok(self.json.raw(&digits.extract::<String>()?)?),
            Err(error) if error.is_instance_of::<PyValueError>(number.py()) => {
                let message = "this whole number has thousands of digits; a number has at most 18 before the point";
                Err(Unsayable::with_code("bad-number", message).into())
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn float(&mut self, number: &Bound<'_, PyFloat>) -> Result<(), Trouble> {
        let value = number.value();
        let size = value.abs();
        if !value.is_finite() || size == 0.0 || (1e-4..1e16).contains(&size) {
            return Ok(self.json.float(value, value.is_finite())?);
        }
        // With an exponent, as Python's own JSON writes it.
        let kind = number.py().get_type::<PyFloat>();
        let digits: String = kind.call_method1("__repr__", (number,))?.extract()?;
        Ok(self.json.raw(&digits)?)
    }

    /// What is neither text, plain number, list nor dict.
    pub(super) fn other(
        &mut self,
        value: &Bound<'py, PyAny>,
    ) -> Result<Option<Open<'py>>, Trouble> {
        if is_missing_of_pandas(value)? {
            self.json.raw("null")?;
            return Ok(None);
        }
        if let Some(known) = known(value)? {
            return self.known(known, value);
        }
        if is_dataclass(value)? {
            return Ok(Some(Open::record(fields_of(value)?)));
        }
        if value.hasattr("dtype")? {
            return self.of_numpy(value);
        }
        Err(refused(value, hint(value)).into())
    }

    fn known(
        &mut self,
        known: Known,
        value: &Bound<'py, PyAny>,
    ) -> Result<Option<Open<'py>>, Trouble> {
        match known {
            Known::Decimal => self.decimal(value)?,
            Known::Moment => self.moment(value)?,
            Known::Iso => self.iso(value)?,
            Known::Span => self.span(value)?,
            Known::Zone => self.zone(value)?,
            Known::Mapping => {
                return Ok(Some(Open::record(collected(
                    &value.call_method0("items")?,
                )?)));
            }
        }
        Ok(None)
    }

    fn decimal(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Trouble> {
        if !value.call_method0("is_finite")?.is_truthy()? {
            let message = "this decimal is no number; give what is not known as `None`, and the rest as numbers";
            return Err(Unsayable::new(message).into());
        }
        let kind = class(value.py(), &DECIMAL, "decimal", "Decimal")?;
        let digits: String = kind.call_method1("__str__", (value,))?.extract()?;
        Ok(self.json.raw(&digits)?)
    }

    /// A moment as it is, or in UTC where its offset has seconds, which RFC 3339 cannot write.
    fn moment(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Trouble> {
        let offset = value.call_method0("utcoffset")?;
        if offset.is_none() {
            return self.iso(value);
        }
        let seconds: f64 = offset.call_method0("total_seconds")?.extract()?;
        if seconds.rem_euclid(60.0) == 0.0 {
            return self.iso(value);
        }
        let utc = value
            .py()
            .import("datetime")?
            .getattr("timezone")?
            .getattr("utc")?;
        match value.call_method1("astimezone", (utc,)) {
            Ok(moment) => self.iso(&moment),
            Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => {
                let message = "this moment lies outside of the years 1 to 9999";
                Err(Unsayable::with_code("bad-date-time", message).into())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn iso(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Trouble> {
        let text: String = value.call_method0("isoformat")?.extract()?;
        Ok(self.json.text(&text)?)
    }

    fn span(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Trouble> {
        if value.hasattr("nanoseconds")? && value.getattr("nanoseconds")?.is_truthy()? {
            let message = "this span has nanoseconds, which are not kept; round it first";
            return Err(Unsayable::with_code("bad-duration", message).into());
        }
        let part = |name: &str| -> PyResult<i128> { value.getattr(name)?.extract() };
        let (days, seconds, micros) = (part("days")?, part("seconds")?, part("microseconds")?);
        let whole = days.saturating_mul(86_400).saturating_add(seconds);
        let micros = whole.saturating_mul(1_000_000).saturating_add(micros);
        let sign = if micros < 0 { "-" } else { "" };
        let size = micros.unsigned_abs();
        let (seconds, rest) = (size.div_euclid(1_000_000), size.rem_euclid(1_000_000));
        let fraction = if rest == 0 {
            String::new()
        } else {
            format!(".{rest:06}")
        };
        Ok(self.json.text(&format!("{sign}PT{seconds}{fraction}S"))?)
    }

    fn zone(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Trouble> {
        let key = value.getattr("key")?;
        if key.is_none() {
            return Err(refused(value, "; this zone has no name").into());
        }
        let name: String = key.extract()?;
        Ok(self.json.text(&name)?)
    }

    /// A scalar or a list of numpy's; what numpy has of dates stands without an offset, and is refused.
    fn of_numpy(&mut self, value: &Bound<'py, PyAny>) -> Result<Option<Open<'py>>, Trouble> {
        let kind: String = match value.getattr("dtype")?.getattr("kind") {
            Ok(kind) => kind.extract()?,
            Err(_) => return Err(refused(value, hint(value)).into()),
        };
        let dimensions: usize = value.getattr("ndim")?.extract().unwrap_or(usize::MAX);
        match (dimensions, kind.as_str()) {
            (0, "b" | "i" | "u") => match value.call_method0("item")? {
                number if number.is_instance_of::<PyInt>() => return self.value(&number),
                _ => return Err(refused(value, "").into()),
            },
            (0, "f") => self.float_of_numpy(value)?,
            (1, "b" | "i" | "u" | "f" | "U" | "O") => {
                return Ok(Some(Open::list(collected(value)?)));
            }
            _ => return Err(refused(value, hint(value)).into()),
        }
        Ok(None)
    }

    /// By the digits that numpy prints, which are the shortest for this size of float.
    fn float_of_numpy(&mut self, value: &Bound<'_, PyAny>) -> Result<(), Trouble> {
        let size: f64 = value.call_method0("item")?.extract()?;
        if !size.is_finite() {
            return Ok(self.json.float(size, false)?);
        }
        let digits: String = value.str()?.extract()?;
        match serde_json::from_str::<serde_json::Number>(&digits) {
            Ok(_) => Ok(self.json.raw(&digits)?),
            Err(_) => Err(refused(value, "").into()),
        }
    }
}

/// What an iterable gives, in a list that nobody else holds.
fn collected<'py>(iterable: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(iterable.py());
    for item in iterable.try_iter()? {
        if list.len() > CASE_BYTES {
            return Err(PyValueError::new_err(
                "an iterable inside a record does not end",
            ));
        }
        list.append(item?)?;
    }
    Ok(list)
}

/// The fields of a dataclass, which may say under which key they stand: `field(metadata={"key": "Sign-up"})`.
fn fields_of<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    let fields = value
        .py()
        .import("dataclasses")?
        .call_method1("fields", (value,))?;
    let pairs = PyList::empty(value.py());
    for field in fields.try_iter()? {
        let field = field?;
        let name: String = field.getattr("name")?.extract()?;
        let key = field
            .getattr("metadata")?
            .call_method1("get", ("key", &name))?;
        pairs.append((key, value.getattr(&*name)?))?;
    }
    Ok(pairs)
}

/// Which class of the standard library a value is of.
fn known(value: &Bound<'_, PyAny>) -> PyResult<Option<Known>> {
    for (class_of, module, name, known) in &KNOWN {
        if value.is_instance(class(value.py(), class_of, module, name)?)? {
            return Ok(Some(*known));
        }
    }
    Ok(None)
}

/// `pandas.NA` and `pandas.NaT`, which say that nothing is known; a NaN says that a sum went wrong, and is refused.
fn is_missing_of_pandas(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let kind = value.get_type();
    let name = kind.name()?;
    let name = name.to_str().unwrap_or_default();
    if !matches!(name, "NAType" | "NaTType") {
        return Ok(false);
    }
    Ok(kind
        .module()?
        .to_str()
        .unwrap_or_default()
        .starts_with("pandas."))
}

fn is_dataclass(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let is_class = value.is_instance_of::<PyType>();
    Ok(!is_class && value.get_type().hasattr("__dataclass_fields__")?)
}

fn refused(value: &Bound<'_, PyAny>, hint: &str) -> Unsayable {
    let kind = type_name(value);
    Unsayable::new(format!(
        "a value of the type `{kind}` has no form in JSON{hint}"
    ))
}

/// What to give instead, for what is met often.
fn hint(value: &Bound<'_, PyAny>) -> &'static str {
    let has = |name: &str| value.hasattr(name).unwrap_or(false);
    if has("model_dump") {
        return "; give what its `model_dump()` returns";
    }
    if has("to_dict") {
        return "; give what its `to_dict()` returns, or go by Arrow";
    }
    let kind = type_name(value);
    match kind.as_str() {
        "set" | "frozenset" => "; a set has no order: give a list, sorted",
        "bytes" | "bytearray" | "memoryview" => "; give its text",
        "numpy.datetime64" => "; give a datetime with an offset",
        _ if has("_value_") => "; give the `value` of this member",
        _ => "",
    }
}
