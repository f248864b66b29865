//! What Courtesy promises, and what could break each promise.
//!
//! [`generate`] makes random packages and cases from a seed, [`mod@reference`] decides them a second time, small and
//! naive, from the language reference alone, and [`jobs`] hold what the library does against what it promises.
//! [`targets`] take any bytes, for the fuzzer and for its seeds.
//! Nothing here is part of the library; the ordinary build leaves it out.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a promise that does not hold stops where it stands"
)]

pub mod generate;
pub mod jobs;
pub mod page;
pub mod reference;
pub mod results;
pub mod targets;
