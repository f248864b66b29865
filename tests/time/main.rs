//! What expressions about time come to, seen from outside: golden rows that
//! another program wrote, working calendars and shares over whole packages.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test reads files, and stops where it stands"
)]

mod asking;
mod calendars;
mod golden;
