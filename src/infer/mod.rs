//! A schema made out from sample records.
//!
//! Input: records as JSON, one after the other, and how they are to be called. Output: an [`Outline`] whose types take
//! all of them; what is a guess (a choice, money, a time in seconds, personal data) is marked for the reader to
//! confirm. Invariants: the order of the records changes nothing but the order of fields; memory is bounded by the
//! shape of the records, not by their number.

mod guess;
mod profile;

#[cfg(test)]
mod tests;

use crate::outline::{Names, Outline, OutlineType, value_name};
use crate::value::Currency;
use profile::Profile;
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::value::RawValue;
use std::fmt;

/// Sample records, looked at one by one.
///
/// ```
/// use courtesy::infer::Samples;
///
/// let mut samples = Samples::default();
/// samples.add(br#"{ "id": "c1", "vip": true, "since": "2025-03-01" }"#).unwrap();
/// samples.add(br#"{ "id": "c2", "vip": false }"#).unwrap();
/// let file = samples.outline("customer", None).unwrap().to_policy_file();
/// assert!(file.contains("since: optional Date  # missing in 1 of 2"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Samples {
    profile: Profile,
}

/// Why records say nothing of their type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InferError {
    /// A record is not JSON; why.
    NotJson(String),
    /// A record is something else than an object.
    NoRecord,
    /// There is no record at all.
    NoSample,
}

impl fmt::Display for InferError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InferError::NotJson(why) => write!(formatter, "not JSON: {why}"),
            InferError::NoRecord => formatter.write_str(
                "a record is a JSON object, such as {\"id\": \"c1\", \"tier\": \"vip\"}",
            ),
            InferError::NoSample => formatter.write_str("there is no record to look at"),
        }
    }
}

impl std::error::Error for InferError {}

impl Samples {
    /// Looks at one record.
    ///
    /// # Errors
    /// When it is not a JSON object; nothing is taken from it then.
    pub fn add(&mut self, record: &[u8]) -> Result<(), InferError> {
        let not_json = |error: serde_json::Error| InferError::NotJson(error.to_string());
        // Read to its end first, so that half a record never counts.
        serde_json::from_slice::<IgnoredAny>(record).map_err(not_json)?;
        if record.trim_ascii_start().first() != Some(&b'{') {
            return Err(InferError::NoRecord);
        }
        let mut reader = serde_json::Deserializer::from_slice(record);
        self.profile.deserialize(&mut reader).map_err(not_json)
    }

    /// Looks at the records of a JSON array, at the first few only where that is asked.
    ///
    /// # Errors
    /// When it is not an array of JSON objects; nothing is taken from those behind the first that is none.
    pub fn add_array(&mut self, array: &[u8], first: Option<u64>) -> Result<(), InferError> {
        let records: Vec<&RawValue> = serde_json::from_slice(array)
            .map_err(|error| InferError::NotJson(error.to_string()))?;
        let wanted = first.map_or(usize::MAX, |most| {
            usize::try_from(most).unwrap_or(usize::MAX)
        });
        let mut wanted = records.iter().take(wanted);
        wanted.try_for_each(|record| self.add(record.get().as_bytes()))
    }

    /// How many records were looked at.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.profile.seen()
    }

    /// The declarations that take all the records; `input` is what one of them is called, `currency` what bare amounts
    /// are in (`USD` where nothing is said and some are found).
    ///
    /// # Errors
    /// When there was no record.
    pub fn outline(&self, input: &str, currency: Option<Currency>) -> Result<Outline, InferError> {
        if self.count() == 0 {
            return Err(InferError::NoSample);
        }
        let mut guesser = guess::Guesser::new(currency);
        let kind = guesser.record(input, &self.profile, true);
        let mut outline = guesser.finish();
        let mut names = Names::default();
        let name = names.free(&value_name(input));
        outline
            .inputs
            .push((name, OutlineType::Declared(kind), false));
        let records = if self.count() == 1 {
            "record"
        } else {
            "records"
        };
        let note = format!(
            "made out from {} {records}: what stands behind a # is a guess or a gap to confirm",
            self.count()
        );
        outline.notes.insert(0, note);
        Ok(outline)
    }
}
