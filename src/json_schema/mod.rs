//! JSON Schema, out of a package and into one.
//!
//! [`export_case`] and [`export_input`] say in JSON Schema (draft 2020-12) what a host's data must look like, so that
//! other programs can check it before it is handed in; [`import`] makes the declarations of a package out of a
//! schema that is there already. What JSON Schema has no word for stands under keys that begin with `x-courtesy-`,
//! which `import` reads again.

mod export;
mod import;

#[cfg(test)]
mod tests;

pub use export::{export_case, export_input};
pub use import::{ImportError, import};

/// A money amount's currency.
const CURRENCY: &str = "x-courtesy-currency";
/// The currency of the package, at the top of the document.
const PACKAGE_CURRENCY: &str = "x-courtesy-package-currency";
/// A type of the language that JSON Schema has no word for: `Timezone`, `Weekday`, `Duration`, `Period`.
const TYPE: &str = "x-courtesy-type";
/// `seconds` or `milliseconds` since 1970.
const EPOCH: &str = "x-courtesy-from";
/// Whether a field must stay out of logs.
const PRIVATE: &str = "x-courtesy-private";
/// Whether the values of a choice have an order, the lowest first.
const ORDERED: &str = "x-courtesy-ordered";
/// The names that policies use, where the data has others.
const NAMES: &str = "x-courtesy-names";
/// The range of a value that stands as a text in the data: lowest and highest.
const RANGE: &str = "x-courtesy-range";
