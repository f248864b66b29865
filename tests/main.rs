//! What can be seen from outside the library, in one binary: a folder for each
//! concern, with its corpus and its snapshots.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test reads files, and stops where it stands"
)]

mod advice;
mod codes;
mod cost;
mod decisions;
mod docs;
mod examples;
mod format;
mod hostile;
mod hosts;
mod layers;
mod messages;
mod mutants;
mod order;
mod stack;
mod stories;
mod supply_chain;
mod support;
mod tables;
mod ten_mistakes;
mod time;
mod trace;
