//! What Courtesy promises, and what could break each promise.
//!
//! [`generate`] makes random packages and cases from a seed, [`reference`] decides them a second time, small and
//! naive, from the language reference alone, and [`jobs`] hold what the library does against what it promises.
//! Nothing here is part of the library; the ordinary build leaves it out.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "it looks for mistakes, and stops where it stands"
)]

pub mod generate;
pub mod jobs;
pub mod reference;
