//! JSON in the making: the bytes so far, and how many there may be.
//!
//! Invariant: what has been written is never more than a case may have and one value, however often a value stands
//! in itself or in others.

use crate::path::Unsayable;
use courtesy::limits::CASE_BYTES;
use std::fmt;

/// The bytes of a value that is being written.
#[derive(Default)]
pub(crate) struct Json {
    bytes: String,
}

impl Json {
    /// What was written.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes.into_bytes()
    }

    /// Writes what is JSON already.
    pub(crate) fn raw(&mut self, json: &str) -> Result<(), Unsayable> {
        self.bytes.push_str(json);
        if self.bytes.len() > CASE_BYTES {
            let message =
                format!("this is larger than {CASE_BYTES} bytes; does a value hold itself?");
            return Err(Unsayable::with_code("too-large", message));
        }
        Ok(())
    }

    /// Writes what prints as JSON.
    pub(crate) fn bare(&mut self, value: impl fmt::Display) -> Result<(), Unsayable> {
        self.raw(&value.to_string())
    }

    /// Writes a text.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Unsayable> {
        let quoted = serde_json::to_string(text);
        self.raw(&quoted.map_err(|error| Unsayable::new(error.to_string()))?)
    }

    /// Writes a float by the shortest digits that mean it.
    pub(crate) fn float(
        &mut self,
        digits: impl fmt::Debug,
        is_finite: bool,
    ) -> Result<(), Unsayable> {
        if !is_finite {
            let message = "this float is no number; give what is not known as `None`, and the rest as numbers";
            return Err(Unsayable::new(message));
        }
        self.raw(&format!("{digits:?}"))
    }
}
