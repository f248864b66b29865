//! The log: lines on stderr, for people or as JSON.
//!
//! What is told: starts and stops, packages that were loaded or refused, and on request one line a request. Invariant:
//! nothing of a case or of an answer stands in it, and what comes from files is shown so that it steers no terminal.

use crate::arguments::LogForm;
use crate::server::Failure;
use courtesy::Diagnostics;
use courtesy::printable::printable;
use tracing::{Level, error};
use tracing_subscriber::fmt;

/// Begins the log.
pub(crate) fn begin(form: LogForm) {
    let lines = fmt()
        .with_writer(std::io::stderr)
        .with_max_level(Level::INFO)
        .with_target(false)
        .with_ansi(false);
    match form {
        LogForm::Text => lines.init(),
        LogForm::Json => lines.json().flatten_event(true).init(),
    }
}

/// Why the service ends.
pub(crate) fn failure(failure: &Failure) {
    for line in failure.to_string().split('\n') {
        error!("{}", printable(line));
    }
}

/// What is wrong with a package, a line of the log for each of its lines.
pub(crate) fn diagnostics(found: &Diagnostics) {
    for line in found.to_string().split('\n') {
        error!("{}", printable(line));
    }
}
