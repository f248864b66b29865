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
/// | `not-json` | a value of the host's own that has no JSON form: a float that is no number, a key that is no text |
/// | `not-shown` | of samples of the host's own types: what none of them shows, and so cannot be checked |
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

/// Everything that speaks against samples of a host's own type.
///
/// `Display` writes a line for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misfits(Vec<Misfit>);

impl Misfits {
    /// One alone.
    pub(crate) fn one(misfit: Misfit) -> Misfits {
        Misfits(vec![misfit])
    }

    /// Nothing, or what speaks against.
    pub(crate) fn of(found: Vec<Misfit>) -> Result<(), Misfits> {
        if found.is_empty() {
            Ok(())
        } else {
            Err(Misfits(found))
        }
    }

    /// What speaks against, in the order of the schema.
    #[must_use]
    pub fn as_slice(&self) -> &[Misfit] {
        &self.0
    }

    /// Leaves out what is `not-shown` at these paths: what the host knows that it never has.
    ///
    /// # Errors
    /// What is left.
    pub fn except(self, paths: &[&str]) -> Result<(), Misfits> {
        let is_excepted =
            |misfit: &Misfit| misfit.code == "not-shown" && paths.contains(&&*misfit.path);
        let left = self.0.into_iter().filter(|misfit| !is_excepted(misfit));
        Misfits::of(left.collect())
    }
}

impl fmt::Display for Misfits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, misfit) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            write!(formatter, "{misfit} ({})", misfit.code)?;
        }
        Ok(())
    }
}

impl std::error::Error for Misfits {}
