//! What all parts of one reading share: the schema, and what went wrong on the way.
//!
//! A failure is written down here where it is met; the path to it is put together while the calls return, so
//! that data which fits pays nothing for it.

use std::borrow::Cow;
use std::cell::Cell;

use serde::de::{self, DeserializeSeed};

use super::Misfit;
use super::found::quoted;
use crate::limits;
use crate::schema::Schema;
use crate::value::write_json_text;

/// A code and a message, before the path is known.
pub(super) type Trouble = (&'static str, String);

/// What the seeds of one reading share.
pub(super) struct Reader<'s> {
    pub(super) schema: &'s Schema,
    trouble: Cell<Option<Trouble>>,
    steps: Cell<Vec<Step>>,
}

/// One step of a path, from a record or list inwards.
#[derive(Debug)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

impl<'s> Reader<'s> {
    pub(super) fn new(schema: &'s Schema) -> Reader<'s> {
        Reader {
            schema,
            trouble: Cell::new(None),
            steps: Cell::new(Vec::new()),
        }
    }

    /// Writes down what is wrong; the error carries nothing.
    pub(super) fn fail<E: de::Error>(&self, (code, message): Trouble) -> E {
        self.trouble.set(Some((code, message)));
        E::custom("")
    }

    /// Writes down that the failure lies one step inwards.
    pub(super) fn inside<E>(&self, step: Step, error: E) -> E {
        let mut steps = self.steps.take();
        steps.push(step);
        self.steps.set(steps);
        error
    }

    /// Reads a whole text; what follows the value is refused.
    pub(super) fn read<'de, S: DeserializeSeed<'de>>(
        &self,
        text: &'de str,
        seed: S,
    ) -> Result<S::Value, serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = seed.deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(value)
    }

    /// Reads a slice of the text that another reading is in the middle of.
    pub(super) fn read_slice<'de, S, E>(&self, slice: &'de str, seed: S) -> Result<S::Value, E>
    where
        S: DeserializeSeed<'de>,
        E: de::Error,
    {
        self.read(slice, seed).map_err(|error| {
            let trouble = self.trouble.take().unwrap_or_else(|| not_json_here(&error));
            self.fail(trouble)
        })
    }

    /// What went wrong in a reading that began at `root`.
    pub(super) fn misfit(&self, root: &str, error: &serde_json::Error) -> Misfit {
        let (code, message) = self.trouble.take().unwrap_or_else(|| not_json(error, true));
        let steps = self.steps.take();
        Misfit::new(code, path(root, &steps), message)
    }
}

/// The bytes as text, where they are text that is worth reading; without a byte order mark at the start.
pub(super) fn text_of(json: &[u8]) -> Result<&str, Misfit> {
    if json.len() > limits::CASE_BYTES {
        let message = format!("this is larger than {} bytes", limits::CASE_BYTES);
        return Err(Misfit::new("too-large", "$", message));
    }
    let text = std::str::from_utf8(json).map_err(|error| {
        let byte = error.valid_up_to().saturating_add(1);
        Misfit::new(
            "invalid-utf8",
            "$",
            format!("byte {byte} belongs to no character of UTF-8"),
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_ascii().is_empty() {
        let message = "this is not JSON: nothing stands here";
        return Err(Misfit::new("invalid-json", "$", message));
    }
    Ok(text)
}

/// What serde_json found in the middle of a text: its line and column would count from there, and are left out.
pub(super) fn not_json_here(error: &serde_json::Error) -> Trouble {
    not_json(error, false)
}

/// What serde_json found, and where if it read the whole text.
fn not_json(error: &serde_json::Error, whole: bool) -> Trouble {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = text.strip_suffix(&place).unwrap_or(&text);
    if what == "number out of range" {
        return (
            "wrong-type",
            "a record or a list is expected here, found a number".into(),
        );
    }
    // What stands there is left out: it may be private.
    if let (true, Some((_, expected))) = (error.is_data(), what.rsplit_once(", expected ")) {
        return (
            "wrong-type",
            format!("expected {expected}, found something else"),
        );
    }
    let what = match what {
        _ if error.is_eof() => "it is cut short",
        "unexpected end of hex escape" | "lone leading surrogate in hex escape" => {
            "a `\\u` escape in it stands for no character"
        }
        what => what,
    };
    let near = match error.line() {
        _ if !whole => String::new(),
        0 | 1 => format!(", near byte {}", error.column()),
        line => format!(", in line {line} near byte {}", error.column()),
    };
    ("invalid-json", format!("this is not JSON: {what}{near}"))
}

/// `$.purchases[2]["sign-up"]`, from steps that were written down from the inside out.
pub(super) fn path(root: &str, steps: &[Step]) -> String {
    let mut path = root.to_owned();
    for step in steps.iter().rev() {
        push_step(step, &mut path);
    }
    path
}

/// Leads a path one step inwards.
pub(super) fn push_step(step: &Step, path: &mut String) {
    match step {
        Step::Key(key) if is_plain(key) => {
            path.push('.');
            path.push_str(key);
        }
        Step::Key(key) => {
            path.push('[');
            write_json_text(key, path);
            path.push(']');
        }
        Step::Item(index) => path.push_str(&format!("[{index}]")),
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// `; did you mean …?` where one of the names is near enough.
pub(super) fn nearest<'a>(
    text: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Cow<'static, str> {
    if text.len() > limits::QUOTED_CHARACTERS {
        return Cow::Borrowed("");
    }
    let lower = text.to_lowercase();
    let best = names
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lower, &name.to_lowercase()),
                name,
            )
        })
        .min();
    match best {
        Some((distance, name)) if distance <= allowed_distance(&lower) => {
            format!("; did you mean {}?", quoted(name)).into()
        }
        _ => Cow::Borrowed(""),
    }
}

/// A third of the letters may differ, at least one.
fn allowed_distance(text: &str) -> usize {
    text.chars().count().div_euclid(3).max(1)
}
