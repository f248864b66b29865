//! How a command ended.
//!
//! A command gives an [`Outcome`] when it did its work and a [`Failure`] when it
//! could not; together they make up the exit codes.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// What a command that did its work found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing wrong: exit code 0.
    Well,
    /// The package is wrong, which has been reported: exit code 1.
    Wrong,
    /// Done, but some records did not fit: exit code 3.
    Quarantined,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Well => 0,
            Outcome::Wrong => 1,
            Outcome::Quarantined => 3,
        })
    }
}

/// Why a command could not do its work: exit code 2.
///
/// The text is lower case without a final stop and says what to do instead where
/// that is known.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure in these words.
    pub(crate) fn new(message: impl Into<String>) -> Failure {
        Failure(message.into())
    }

    /// A file that could not be used: `cannot read `x`: no such file or directory`.
    pub(crate) fn file(verb: &str, path: &Path, error: &io::Error) -> Failure {
        Failure(format!(
            "cannot {verb} `{}`: {}",
            path.display(),
            reason(error)
        ))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The reason of an error of the system, in the style of all messages.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => "unknown reason".to_string(),
    }
}
