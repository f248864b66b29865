//! What was seen in one place of the records.
//!
//! Input: JSON values. Output: counts and marks from which a type can be guessed. It keeps a few texts, never all.

use crate::value::{Number, Zone, parse_date, parse_instant, parse_time};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// Most different texts that are kept: more are no choice.
pub(super) const TEXTS: usize = 24;

/// Most keys that an object is thought to have as a record: more are data themselves.
pub(super) const KEYS: usize = 400;

/// What was seen in one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    seen: u64,
    pub(super) nulls: u64,
    pub(super) yes_or_no: u64,
    pub(super) numbers: Numbers,
    pub(super) texts: Texts,
    pub(super) records: u64,
    pub(super) fields: Vec<(String, Profile)>,
    places: BTreeMap<String, usize>,
    /// Whether an object had more keys than [`KEYS`].
    pub(super) too_many_keys: bool,
    pub(super) lists: u64,
    pub(super) elements: Option<Box<Profile>>,
}

/// The numbers seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    pub(super) count: u64,
    /// Of those, how many are whole.
    pub(super) whole: u64,
    /// The most digits behind the point.
    pub(super) places: usize,
    pub(super) low: f64,
    pub(super) high: f64,
    /// How many have more digits than the language takes.
    pub(super) too_long: u64,
}

/// The texts seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    pub(super) count: u64,
    pub(super) dates: u64,
    pub(super) instants: u64,
    pub(super) times: u64,
    pub(super) zones: u64,
    pub(super) numbers: u64,
    pub(super) longest: usize,
    /// The different ones, each with how often; no longer filled once there are more than [`TEXTS`].
    pub(super) different: BTreeMap<String, u64>,
}

impl Profile {
    /// How often the place held anything, `null` included.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    fn field(&mut self, key: &str) -> Option<&mut Profile> {
        let place = match self.places.get(key) {
            Some(place) => *place,
            None if self.fields.len() >= KEYS => {
                self.too_many_keys = true;
                return None;
            }
            None => {
                let place = self.fields.len();
                self.places.insert(key.to_string(), place);
                self.fields.push((key.to_string(), Profile::default()));
                place
            }
        };
        self.fields.get_mut(place).map(|(_, profile)| profile)
    }
}

/// Takes one JSON value in, whatever it is.
impl<'de> DeserializeSeed<'de> for &mut Profile {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        one_more(&mut self.seen);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Profile {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        one_more(&mut self.nulls);
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        one_more(&mut self.yes_or_no);
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.numbers.see(&number.to_string(), number as f64);
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.numbers.see(&number.to_string(), number as f64);
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.numbers.see(&number.to_string(), number);
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.texts.see(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        one_more(&mut self.lists);
        let elements = self.elements.get_or_insert_default();
        while list.next_element_seed(&mut **elements)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut record: A) -> Result<(), A::Error> {
        one_more(&mut self.records);
        while let Some(key) = record.next_key::<String>()? {
            match self.field(&key) {
                Some(field) => record.next_value_seed(field)?,
                None => drop(record.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl Numbers {
    fn see(&mut self, written: &str, value: f64) {
        match Number::parse_json(written) {
            Ok(exact) => {
                if exact.is_whole() {
                    one_more(&mut self.whole);
                }
                let places = written
                    .split_once('.')
                    .map_or(0, |(_, digits)| digits.len());
                self.places = self.places.max(places);
            }
            Err(_) => one_more(&mut self.too_long),
        }
        self.low = if self.count == 0 {
            value
        } else {
            self.low.min(value)
        };
        self.high = if self.count == 0 {
            value
        } else {
            self.high.max(value)
        };
        one_more(&mut self.count);
    }
}

impl Texts {
    fn see(&mut self, text: &str) {
        one_more(&mut self.count);
        let marks = [
            (parse_date(text).is_ok(), &mut self.dates),
            (parse_instant(text).is_ok(), &mut self.instants),
            (parse_time(text).is_ok(), &mut self.times),
            (
                text.contains('/') && Zone::named(text).is_some(),
                &mut self.zones,
            ),
            (is_plain_number(text), &mut self.numbers),
        ];
        marks
            .into_iter()
            .filter(|(is_one, _)| *is_one)
            .for_each(|(_, count)| one_more(count));
        self.longest = self.longest.max(text.chars().count());
        if self.different.len() <= TEXTS {
            let count = self.different.entry(text.to_string()).or_default();
            one_more(count);
        }
    }
}

/// A text that is a number and nothing else: `007` and `+49` are codes that only look like one.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_code = digits.starts_with('+')
        || (digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."));
    !is_code && Number::parse(text).is_ok()
}

fn one_more(count: &mut u64) {
    *count = count.saturating_add(1);
}
