//! The built service, as its clients and its operators see it: over sockets, by signals, in its log.

#![cfg(unix)]
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

mod batch;
mod corpus;
mod described;
mod hostile;
mod limits;
mod page;
mod private;
mod reload;
mod routes;
mod start;
mod stop;
mod support;
