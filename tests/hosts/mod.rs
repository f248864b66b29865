//! What a Rust host meets: its own types, errors, reloading, and the host programs of `examples/hosts`.

mod corpus;
mod errors;
mod own_types;
mod programs;
mod reload;
mod samples;
mod shared;
mod testing;

use courtesy::value::{Timestamp, parse_instant};
use courtesy::{Engine, Package};

/// A package of one file.
fn package(text: &str) -> Package {
    crate::support::package([("shop.courtesy", text)])
}

fn engine(text: &str) -> Engine {
    package(text).into_engine().unwrap()
}

fn now() -> Timestamp {
    parse_instant("2026-11-23T10:00:00Z").unwrap()
}
