//! Values as explanations hold them: private ones masked, long ones cut.

use crate::value::Value;
use std::sync::Arc;

/// Characters of a text that are shown.
const CHARACTERS: usize = 120;

/// Elements of a list that are shown.
const ELEMENTS: usize = 5;

/// A value that may be shown to whoever may see the explanation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shown {
    /// Nothing is known here.
    Unknown,
    /// There is something, and it is private.
    Private,
    /// A value of one piece.
    Value(Value),
    /// The beginning of a long text, and how many characters the whole has.
    Beginning(Arc<str>, usize),
    /// A record: the fields that are known.
    Record(Vec<(Arc<str>, Shown)>),
    /// The first elements of a list, and how many more there are.
    List(Vec<Shown>, usize),
}

impl Shown {
    /// What may be shown of a value.
    pub(super) fn of(value: &Value, private: bool) -> Shown {
        match value {
            Value::Missing => Shown::Unknown,
            _ if private => Shown::Private,
            Value::Text(text) => beginning(text.as_str()).map_or_else(
                || Shown::Value(value.clone()),
                |(cut, all)| Shown::Beginning(cut, all),
            ),
            Value::Record(record) => {
                let fields = record.shape.fields.iter().zip(&record.values);
                let known = fields.filter(|(_, value)| !value.is_missing());
                let shown = known
                    .map(|(field, value)| (field.name.clone(), Shown::of(value, field.private)));
                Shown::Record(shown.collect())
            }
            Value::List(items) => {
                let shown = items
                    .iter()
                    .take(ELEMENTS)
                    .map(|item| Shown::of(item, false));
                Shown::List(shown.collect(), items.len().saturating_sub(ELEMENTS))
            }
            _ => Shown::Value(value.clone()),
        }
    }
}

/// The beginning of a text that is too long to be shown, and its length.
fn beginning(text: &str) -> Option<(Arc<str>, usize)> {
    let (end, _) = text.char_indices().nth(CHARACTERS)?;
    let cut = text.get(..end)?;
    Some((cut.into(), text.chars().count()))
}
