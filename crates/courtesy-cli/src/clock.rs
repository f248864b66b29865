//! The moment of a decision where the case brings none.
//!
//! Only the command takes a clock, and it says so; the library never does.

#![expect(
    clippy::disallowed_methods,
    reason = "the clock is taken here alone, and told"
)]

use crate::report;
use courtesy::value::{Timestamp, format_rfc3339, parse_instant};

/// Reads the value of `--now`.
///
/// # Errors
/// What is wrong with it, for the usage message.
pub(crate) fn parse_now(text: &str) -> Result<Timestamp, String> {
    parse_instant(text).map_err(|error| error.to_string())
}

/// The clock of the machine in whole seconds, told on stderr with the option
/// that decides the same again; `whose` says what it is used for.
pub(crate) fn take_clock(whose: &str) -> Timestamp {
    let clock = jiff::Timestamp::now();
    let now = jiff::Timestamp::from_second(clock.as_second()).unwrap_or(clock);
    report::say(&format!(
        "note: the clock gives `now` {whose}; --now {} decides the same again",
        format_rfc3339(now)
    ));
    now
}
