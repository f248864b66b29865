//! The moment of a case that brings none: the clock of this machine, in whole seconds, as the command takes it.

#![expect(
    clippy::disallowed_methods,
    reason = "the service takes the clock here alone"
)]

use courtesy::value::Timestamp;

/// Now, in whole seconds.
pub(crate) fn now() -> Timestamp {
    let clock = jiff::Timestamp::now();
    jiff::Timestamp::from_second(clock.as_second()).unwrap_or(clock)
}
