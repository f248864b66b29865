//! Exceptions: why there is no engine, or no decision.
//!
//! Their classes stand in `courtesy/_errors.py`, with what they carry.

use courtesy::diagnostic::to_json;
use courtesy::{Diagnostics, Misfit};
use miette::{GraphicalReportHandler, GraphicalTheme};
use pyo3::prelude::*;

/// Columns of a drawn diagnostic.
const WIDTH: usize = 80;

/// Why a value is not decided.
pub(crate) enum Stop {
    /// It does not fit.
    Misfit(Misfit),
    /// Code of the host's own raised an exception.
    Raised(PyErr),
}

impl Stop {
    /// The exception for a host that asked about one case.
    pub(crate) fn into_error(self, py: Python<'_>) -> PyErr {
        match self {
            Stop::Misfit(misfit) => misfit_error(py, &misfit),
            Stop::Raised(error) => error,
        }
    }
}

/// `courtesy.MisfitError`
pub(crate) fn misfit_error(py: Python<'_>, misfit: &Misfit) -> PyErr {
    raise(
        py,
        "MisfitError",
        (misfit.code, &misfit.path, &misfit.message),
    )
}

/// `courtesy.CheckError`, whose text is the report.
pub(crate) fn check_error(py: Python<'_>, wrong: &Diagnostics) -> PyErr {
    let report = report(wrong);
    let found = to_json(wrong.as_slice(), wrong.sources());
    match parsed(py, &found) {
        Ok(found) => raise(py, "CheckError", (report, found, wrong.left_out())),
        Err(error) => error,
    }
}

/// JSON as Python values, every number exact.
pub(crate) fn parsed<'py>(py: Python<'py>, json: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("courtesy._exact")?.call_method1("loads", (json,))
}

fn raise<'py, A>(py: Python<'py>, class: &str, arguments: A) -> PyErr
where
    A: pyo3::call::PyCallArgs<'py>,
{
    let made = py
        .import("courtesy._errors")
        .and_then(|module| module.getattr(class))
        .and_then(|class| class.call1(arguments));
    match made {
        Ok(made) => PyErr::from_value(made),
        Err(error) => error,
    }
}

/// Each diagnostic beside the text that it speaks about, without colours.
fn report(wrong: &Diagnostics) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(WIDTH)
        .with_links(false)
        .tab_width(4);
    let mut drawn = String::new();
    for report in wrong.reports() {
        if handler.render_report(&mut drawn, &report).is_err() {
            return wrong.to_string();
        }
        drawn.push('\n');
    }
    let lines: Vec<&str> = drawn.trim_end().lines().map(str::trim_end).collect();
    match wrong.left_out() {
        0 => lines.join("\n"),
        more => format!("{}\n\nand {more} more", lines.join("\n")),
    }
}
