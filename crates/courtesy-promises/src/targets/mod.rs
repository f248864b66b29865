//! What bytes from anywhere may do: be refused or be answered, never more.
//!
//! Input: any bytes. Each target reads them as one part of the library would get them and panics where a promise
//! does not hold; a panic of the library itself is found the same way. `fuzz/` feeds them for hours, a test of
//! this crate replays the seeds of `fuzz/seeds` with every build. Invariant: a target depends on its bytes alone.

mod check;
mod format;
mod generated;
mod parse;
mod records;
mod said;

pub use check::check;
pub use format::format;
pub use generated::{parity, soundness};
pub use parse::parse;
pub use records::{PACKAGE as RECORDS_PACKAGE, records};

/// A target: its name, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets by name; a folder of `fuzz/seeds` and a program of `fuzz/` for each.
pub const TARGETS: [Target; 6] = [
    ("check", check),
    ("format", format),
    ("parity", parity),
    ("parse", parse),
    ("records", records),
    ("soundness", soundness),
];
