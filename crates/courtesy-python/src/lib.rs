//! Courtesy in Python: a converter around the library `courtesy`, and nothing of the language.
//!
//! Input: Python values, JSON or Arrow data. Output: decisions, as JSON and as Python or Arrow values.
//! Invariants: a record becomes the JSON that says the same, to the digit, and what JSON cannot say is refused with
//! its path; the interpreter's lock is released while cases are decided; nothing is kept between cases.

mod applied;
mod arrow;
mod batch;
mod decision;
mod errors;
mod folder;
mod package;
mod path;
mod quarantined;
mod saying;
mod settings;
mod text;
mod values;

use pyo3::prelude::*;

/// What `import courtesy` is made of.
#[pymodule]
fn _courtesy(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<package::Package>()?;
    module.add_class::<batch::Batch>()?;
    module.add_class::<applied::Applied>()?;
    module.add_class::<decision::Decision>()?;
    module.add_class::<quarantined::Quarantined>()?;
    module.add_class::<text::Text>()?;
    module.add_function(wrap_pyfunction!(package::load, module)?)?;
    module.add_function(wrap_pyfunction!(package::from_sources, module)?)
}
