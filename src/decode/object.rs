//! Walks over a JSON object whose keys are known.
//!
//! Invariants: a key that stands twice is refused, known or not. An object in the host's own hand, such as a case
//! or a proposal, refuses the keys it does not know; a record of data leaves them, checked to be JSON.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::found::{Json, quoted};
use super::reader::{Reader, Step, Trouble, nearest, not_json_here};

/// The keys that an object may have, and what to do with their values.
pub(super) trait Keys<'de> {
    /// How many there are.
    fn count(&self) -> usize;
    /// The place of a key; it is probably `next`.
    fn find(&self, key: &str, next: usize) -> Option<usize>;
    /// Reads the value of the key at a place.
    fn read<A: MapAccess<'de>>(&mut self, place: usize, map: &mut A) -> Result<(), A::Error>;
    /// Whether a message may name a key that is not one of these.
    fn may_name_others(&self) -> bool {
        true
    }
    /// What is wrong with a key that is not one of these; `None` where such keys are left alone.
    fn refuse(&self, _key: &str) -> Option<Trouble> {
        None
    }
}

/// Refuses a key that is none of the `names` of what `has`, such as `a case has`.
pub(super) fn unknown_key(key: &str, has: &str, names: &[&str]) -> Trouble {
    let offer = match nearest(key, names.iter().copied()) {
        near if near.is_empty() => format!("; {has} {}", listed(names)).into(),
        near => near,
    };
    ("unknown-key", format!("unknown key {}{offer}", quoted(key)))
}

/// `` `now`, `inputs` and `proposals` ``, the first few of them.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    let mut shown: Vec<String> = names.iter().take(SHOWN).map(|name| quoted(name)).collect();
    if names.len() > SHOWN {
        shown.push("others".into());
    }
    match shown.split_last() {
        None => "no fields".into(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// Reads every key of an object. Says which of the known keys stood there.
pub(super) fn walk<'de, A, K>(
    reader: &Reader<'_>,
    mut map: A,
    keys: &mut K,
) -> Result<Seen, A::Error>
where
    A: MapAccess<'de>,
    K: Keys<'de>,
{
    let mut seen = Seen::of(keys.count());
    let mut others = BTreeSet::new();
    let mut next = 0usize;
    while let Some(Key(key)) = map.next_key()? {
        let Some(place) = keys.find(&key, next) else {
            other_key(reader, keys, key, &mut map, &mut others)?;
            continue;
        };
        let read = if seen.add(place) {
            keys.read(place, &mut map)
        } else {
            Err(reader.fail(duplicate(&key, true)))
        };
        read.map_err(|error| reader.inside(Step::Key(key.into_owned()), error))?;
        next = place.saturating_add(1);
    }
    Ok(seen)
}

/// Deals with a key that is not one of those known. It stands apart so that the records around a value take
/// little of the stack.
fn other_key<'de, A, K>(
    reader: &Reader<'_>,
    keys: &K,
    key: Cow<'de, str>,
    map: &mut A,
    others: &mut BTreeSet<Cow<'de, str>>,
) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    K: Keys<'de>,
{
    if let Some(trouble) = keys.refuse(&key) {
        return Err(reader.inside(Step::Key(key.into_owned()), reader.fail(trouble)));
    }
    map.next_value::<IgnoredAny>()?;
    match others.replace(key) {
        Some(key) => Err(reader.fail(duplicate(&key, keys.may_name_others()))),
        None => Ok(()),
    }
}

/// Which of the known keys were seen.
pub(super) enum Seen {
    /// Of few keys, a bit for each.
    Few(u64),
    Many(Vec<bool>),
}

impl Seen {
    /// None of that many.
    fn of(keys: usize) -> Seen {
        match keys {
            0..=64 => Seen::Few(0),
            _ => Seen::Many(vec![false; keys]),
        }
    }

    /// Whether a key is seen for the first time; from now on it is seen.
    fn add(&mut self, place: usize) -> bool {
        let first = !self.contains(place);
        match self {
            Seen::Few(bits) => *bits |= bit(place),
            Seen::Many(all) => {
                if let Some(seen) = all.get_mut(place) {
                    *seen = true;
                }
            }
        }
        first
    }

    /// Whether a key was seen.
    pub(super) fn contains(&self, place: usize) -> bool {
        match self {
            Seen::Few(bits) => bits & bit(place) != 0,
            Seen::Many(all) => all.get(place).is_some_and(|seen| *seen),
        }
    }
}

fn bit(place: usize) -> u64 {
    let place = u32::try_from(place).ok();
    place.and_then(|place| 1u64.checked_shl(place)).unwrap_or(0)
}

fn duplicate(key: &str, may_name: bool) -> Trouble {
    let key = if may_name {
        format!("the key {}", quoted(key))
    } else {
        "a key".into()
    };
    (
        "duplicate-key",
        format!("{key} stands here twice; keep one"),
    )
}

/// A key, borrowed from the text where it has no escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key<'de>, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }
            fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }
            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// The values of a few fixed keys as they stand, to be read once all are known.
pub(super) struct Raws<'de, const N: usize> {
    pub(super) names: [&'static str; N],
    pub(super) values: [Option<&'de RawValue>; N],
    /// Whether the record is private: other keys are left alone, and no message names them then.
    pub(super) private: bool,
}

impl<'de, const N: usize> Keys<'de> for Raws<'de, N> {
    fn count(&self) -> usize {
        N
    }

    fn find(&self, key: &str, _next: usize) -> Option<usize> {
        self.names.iter().position(|name| *name == key)
    }

    fn read<A: MapAccess<'de>>(&mut self, place: usize, map: &mut A) -> Result<(), A::Error> {
        let value = map.next_value()?;
        if let Some(slot) = self.values.get_mut(place) {
            *slot = Some(value);
        }
        Ok(())
    }

    fn may_name_others(&self) -> bool {
        !self.private
    }
}

/// Reads an object with a few fixed keys; anything else is refused as not being `expected`.
pub(super) struct RawObject<'r, 's, const N: usize> {
    pub(super) reader: &'r Reader<'s>,
    pub(super) names: [&'static str; N],
    pub(super) expected: &'static str,
    /// Whether the record is private: other keys are left alone, and no message names them then.
    pub(super) private: bool,
}

impl<'de, const N: usize> de::DeserializeSeed<'de> for RawObject<'_, '_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        match Json::of(raw.get()).map_err(|error| self.reader.fail(not_json_here(&error)))? {
            Json::Record(object) => self.reader.read_slice(object, RawFields(self)),
            other => {
                let message = format!("expected {}, {}", self.expected, other.found(self.private));
                Err(self.reader.fail(("wrong-type", message)))
            }
        }
    }
}

/// The same, once it is known that an object stands there.
struct RawFields<'r, 's, const N: usize>(RawObject<'r, 's, N>);

impl<'de, const N: usize> de::DeserializeSeed<'de> for RawFields<'_, '_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for RawFields<'_, '_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.expected)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut raws = Raws {
            names: self.0.names,
            values: [None; N],
            private: self.0.private,
        };
        walk(self.0.reader, map, &mut raws)?;
        Ok(raws.values)
    }
}
