//! The built command, as a shell sees it: exit codes, streams and files.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test reads and writes files, and stops where it stands"
)]

mod apply;
mod check;
mod corpus;
mod crash;
mod decide;
mod determinism;
mod diff;
mod explain;
mod fmt;
mod host;
mod malformed;
mod new;
mod pipelines;
mod private;
mod readme;
mod schema;
mod shells;
mod support;
mod test;
mod tour;
mod why;
