//! Fields and values of choices in the order declared, found by their names without looking at all of them.
//!
//! Data only, built once from what is declared. Invariant: of several that share a name or a key, the first is found.

use super::{ChoiceOption, Field};
use crate::source::offset;
use std::ops::Deref;
use std::sync::Arc;

/// The fields of a record type or an action, in the order declared.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    all: Vec<Field>,
    by_name: Order,
    by_key: Order,
}

impl Fields {
    /// Fields in the order declared.
    #[must_use]
    pub fn new(all: Vec<Field>) -> Fields {
        Fields {
            by_name: Order::of(all.iter().map(|field| &field.name)),
            by_key: Order::of(all.iter().map(|field| &field.key)),
            all,
        }
    }

    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Field] {
        &self.all
    }

    /// The field that policies call so, and its place.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<(usize, &Field)> {
        self.by_name.find(&self.all, |field| &field.name, name)
    }

    /// The field under that key of the data, and its place.
    #[must_use]
    pub fn keyed(&self, key: &str) -> Option<(usize, &Field)> {
        self.by_key.find(&self.all, |field| &field.key, key)
    }
}

impl FromIterator<Field> for Fields {
    fn from_iter<I: IntoIterator<Item = Field>>(all: I) -> Fields {
        Fields::new(all.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Fields {
    type Item = &'a Field;
    type IntoIter = std::slice::Iter<'a, Field>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl Deref for Fields {
    type Target = [Field];

    fn deref(&self) -> &[Field] {
        &self.all
    }
}

/// The values of a choice, in the order declared: the lowest first where it is ordered.
#[derive(Clone, Debug, Default)]
pub struct ChoiceOptions {
    all: Vec<ChoiceOption>,
    by_name: Order,
    by_text: Order,
}

impl ChoiceOptions {
    /// Values in the order declared.
    #[must_use]
    pub fn new(all: Vec<ChoiceOption>) -> ChoiceOptions {
        ChoiceOptions {
            by_name: Order::of(all.iter().map(|value| &value.name)),
            by_text: Order::of(all.iter().map(|value| &value.text)),
            all,
        }
    }

    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[ChoiceOption] {
        &self.all
    }

    /// The value that policies call so, and its place.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<(usize, &ChoiceOption)> {
        self.by_name.find(&self.all, |value| &value.name, name)
    }

    /// The value that is written so in the data, and its place.
    #[must_use]
    pub fn written(&self, text: &str) -> Option<(usize, &ChoiceOption)> {
        self.by_text.find(&self.all, |value| &value.text, text)
    }
}

impl FromIterator<ChoiceOption> for ChoiceOptions {
    fn from_iter<I: IntoIterator<Item = ChoiceOption>>(all: I) -> ChoiceOptions {
        ChoiceOptions::new(all.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a ChoiceOptions {
    type Item = &'a ChoiceOption;
    type IntoIter = std::slice::Iter<'a, ChoiceOption>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl Deref for ChoiceOptions {
    type Target = [ChoiceOption];

    fn deref(&self) -> &[ChoiceOption] {
        &self.all
    }
}

/// The places of things in the order of their texts.
#[derive(Clone, Debug, Default)]
struct Order(Vec<u32>);

impl Order {
    fn of<'a>(texts: impl Iterator<Item = &'a Arc<str>>) -> Order {
        let mut sorted: Vec<(&Arc<str>, u32)> = texts
            .enumerate()
            .map(|(index, text)| (text, offset(index)))
            .collect();
        sorted.sort_unstable();
        Order(sorted.into_iter().map(|(_, index)| index).collect())
    }

    fn find<'a, T>(
        &self,
        all: &'a [T],
        text: impl Fn(&T) -> &Arc<str>,
        wanted: &str,
    ) -> Option<(usize, &'a T)> {
        let is_before = |index: &u32| {
            all.get(*index as usize)
                .is_some_and(|item| **text(item) < *wanted)
        };
        let index = *self.0.get(self.0.partition_point(is_before))? as usize;
        let found = all.get(index)?;
        (**text(found) == *wanted).then_some((index, found))
    }
}

#[cfg(test)]
mod tests {
    use super::{ChoiceOption, ChoiceOptions};
    use crate::source::{FileId, Span};

    fn value(name: &str, text: &str) -> ChoiceOption {
        let span = Span {
            file: FileId(0),
            start: 0,
            end: 0,
        };
        ChoiceOption {
            name: name.into(),
            text: text.into(),
            span,
        }
    }

    #[test]
    fn each_is_found_by_its_names_and_nothing_else_is() {
        let values = [
            value("vip", "V"),
            value("gold", "G"),
            value("gold", "G"),
            value("base", "vip"),
        ];
        let values = ChoiceOptions::new(values.to_vec());
        let named = |name| values.named(name).map(|(index, _)| index);
        let written = |text| values.written(text).map(|(index, _)| index);
        assert_eq!(
            [named("vip"), named("gold"), named("base")],
            [Some(0), Some(1), Some(3)]
        );
        assert_eq!([named("a"), named("h"), named("z"), named("")], [None; 4]);
        assert_eq!([written("V"), written("vip")], [Some(0), Some(3)]);
        assert!(ChoiceOptions::default().named("vip").is_none());
    }
}
