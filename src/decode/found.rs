//! Says what stands in the data, in a form that is safe to show.
//!
//! Invariants: at most [`limits::QUOTED_CHARACTERS`] characters of the data, control characters escaped; nothing
//! of what is private but its kind.

use std::borrow::Cow;

use crate::limits;
use crate::printable::push_printable;

/// A JSON value as far as a scalar needs to see it.
#[derive(Clone, Debug)]
pub(super) enum Json<'a> {
    Null,
    YesNo(bool),
    /// The digits as they stand.
    Number(&'a str),
    /// The text without its escapes.
    Text(Cow<'a, str>),
    List,
    /// The object as it stands.
    Record(&'a str),
}

impl<'a> Json<'a> {
    /// Takes one JSON value, checked before; an escape that stands for no character is an error.
    pub(super) fn of(raw: &'a str) -> Result<Json<'a>, serde_json::Error> {
        Ok(match raw.as_bytes().first() {
            Some(b'"') => Json::Text(text(raw)?),
            Some(b'n') => Json::Null,
            Some(b't') => Json::YesNo(true),
            Some(b'f') => Json::YesNo(false),
            Some(b'[') => Json::List,
            Some(b'{') => Json::Record(raw),
            _ => Json::Number(raw),
        })
    }

    /// `found …`
    pub(super) fn found(&self, private: bool) -> String {
        match self {
            Json::Null => "found nothing".into(),
            Json::YesNo(_) if private => "found a yes or no".into(),
            Json::YesNo(yes) => format!("found `{yes}`"),
            Json::Number(_) if private => "found a number".into(),
            Json::Number(digits) => format!("found the number {}", quoted(digits)),
            Json::Text(_) if private => "found a text".into(),
            Json::Text(text) => format!("found {}", quoted(text)),
            Json::List => "found a list".into(),
            Json::Record(_) => "found a record".into(),
        }
    }
}

/// The text of a JSON string.
fn text(raw: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    match raw
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(plain) if !plain.contains('\\') => Ok(Cow::Borrowed(plain)),
        _ => serde_json::from_str(raw).map(Cow::Owned),
    }
}

/// The data in backticks, cut where it is long.
pub(super) fn quoted(data: &str) -> String {
    let mut shown = String::from("`");
    for letter in data.chars().take(limits::QUOTED_CHARACTERS) {
        push_printable(letter, &mut shown);
    }
    if data.chars().nth(limits::QUOTED_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown.push('`');
    shown
}
