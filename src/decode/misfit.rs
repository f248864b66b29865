//! Why a record or a case does not fit the schema.
//!
//! Data only: a stable code, the path inside the record and a sentence for people.

use std::fmt;

use serde::Serialize;

/// Why a record or a case does not fit, and where.
///
/// `Display` gives the path and the message.
///
/// | code | what does not fit |
/// | --- | --- |
/// | `invalid-utf8`, `invalid-json` | the bytes are not text, or the text is not JSON |
/// | `duplicate-key` | a key stands twice in one record |
/// | `unknown-key` | a key that no case, proposal or action has |
/// | `missing-field`, `missing-input`, `missing-now` | what is needed is not there |
/// | `wrong-type` | a text where a list is expected, and the like |
/// | `bad-number`, `out-of-range` | a number that cannot be held, or that the schema excludes |
/// | `too-long` | a list with more elements than the schema allows |
/// | `unknown-choice`, `unknown-timezone`, `unknown-input` | a name that nothing declares |
/// | `bad-date`, `bad-time`, `bad-date-time`, `bad-duration`, `bad-period` | a text in another form than ISO 8601's |
/// | `wrong-currency` | money of another currency than the field's |
/// | `bad-proposal` | an action that is not declared, or an id that cannot be used |
/// | `too-large` | more than the limits of the language allow |
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misfit {
    /// What is wrong, in a form that never changes.
    pub code: &'static str,
    /// Where: `$` is the record or the case, `$.purchases[2].at` a field inside it.
    pub path: String,
    /// What is wrong in words, without the content of a private field.
    pub message: String,
}

impl Misfit {
    pub(crate) fn new(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
    ) -> Misfit {
        Misfit {
            code,
            path: path.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for Misfit {}
