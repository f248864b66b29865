//! Writes decisions: as JSON for hosts, as text for people.
//!
//! Input: a [`Decision`]. Output: the same bytes for the same decision, with the keys in the order of the
//! contract. Nothing is decided here.

mod json;
mod pretty;
mod text;
mod why_json;
mod why_text;

#[cfg(test)]
mod tests;

use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::decision::Decision;
use crate::trace::Explanation;
use crate::value::write_json_text;

pub(crate) use pretty::pretty;

impl Decision {
    /// The decision as JSON on one line, without a line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(self)
    }

    /// The decision as JSON over several lines, two blanks for each step inwards.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        pretty(&self.to_json())
    }

    /// The decision as it is kept beside its case: as [`Decision::to_json_pretty`] writes it, without the
    /// fingerprint of the package, which changes with every policy, and with a line end.
    #[must_use]
    pub fn to_snapshot(&self) -> String {
        let json = self.to_json();
        let mut head = String::from("{\"package\":");
        write_json_text(self.package(), &mut head);
        head.push(',');
        let without = json.strip_prefix(&head).map(|rest| format!("{{{rest}"));
        format!("{}\n", pretty(without.as_deref().unwrap_or(&json)))
    }

    /// The decision as JSON, with why it is so under `explain`, behind everything else.
    #[must_use]
    pub fn to_json_with(&self, explanation: &Explanation) -> String {
        let mut json = self.to_json();
        // The record stays open for one more key.
        json.truncate(json.len().saturating_sub(1));
        json.push_str(",\"explain\":");
        json.push_str(&explanation.to_json());
        json.push('}');
        json
    }

    /// The same over several lines.
    #[must_use]
    pub fn to_json_pretty_with(&self, explanation: &Explanation) -> String {
        pretty(&self.to_json_with(explanation))
    }

    /// The decision as people read it: verdicts with their reasons, what is owed, and what is withheld.
    ///
    /// Control characters in what came from a record are written as escapes, so that no record can steer a
    /// terminal.
    #[must_use]
    pub fn to_text(&self) -> String {
        text::write(self)
    }
}

impl Explanation {
    /// The explanation as JSON on one line, without a line end.
    #[must_use]
    pub fn to_json(&self) -> String {
        why_json::write(self)
    }

    /// The explanation as people read it, with what could steer a terminal written as escapes.
    #[must_use]
    pub fn to_text(&self) -> String {
        why_text::write(self)
    }
}

/// The same as [`Decision::to_json`], key by key, so that a host can put it into a record of its own, flattened or
/// not. It is for `serde_json` only, which alone takes JSON as it stands: numbers keep all their digits that way.
impl Serialize for Decision {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = self.to_json();
        let keys: Keys<'_> = serde_json::from_str(&json).map_err(S::Error::custom)?;
        keys.serialize(serializer)
    }
}

/// The keys of a decision in their order, each with its JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys<'j> {
    #[serde(borrow)]
    package: &'j RawValue,
    #[serde(borrow)]
    now: &'j RawValue,
    #[serde(borrow)]
    proposals: &'j RawValue,
    #[serde(borrow)]
    duties: &'j RawValue,
    #[serde(borrow)]
    withheld: &'j RawValue,
    #[serde(borrow)]
    reported: &'j RawValue,
    #[serde(borrow)]
    conflicts: &'j RawValue,
}
