//! A host's own values as JSON, to be read like any other.
//!
//! Input: anything that serde can serialise. Output: its JSON, or why it has none.
//! Invariants: what JSON cannot say is refused and not replaced; a float stands with the shortest digits that
//! mean it, never more; no message repeats what the host's own code says of a value, as that may be private.

use serde::Serialize;

use super::Misfit;
use super::finite::infinite_in;
use super::reader::path;

/// What serde_json says of keys; it holds nothing of the data.
const OF_KEYS: [&str; 2] = [
    "key must be a string",
    "float key must be finite (got NaN or +/-inf)",
];

/// The JSON of a value that stands at `root`.
pub(super) fn json_of<T: Serialize + ?Sized>(value: &T, root: &str) -> Result<String, Misfit> {
    if let Some(steps) = infinite_in(value) {
        let message =
            "this float is no number; give what is not known as `None`, and the rest as numbers";
        return Err(Misfit::new("not-json", path(root, &steps), message));
    }
    serde_json::to_string(value).map_err(|error| {
        let said = error.to_string();
        let why = match OF_KEYS.contains(&said.as_str()) {
            true => &said,
            false => "its type refused to be serialised",
        };
        Misfit::new(
            "not-json",
            root,
            format!("this value has no form in JSON: {why}"),
        )
    })
}
