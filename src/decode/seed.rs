//! Values of any type, driven by the schema.
//!
//! Input: the deserializer at a value and the type that is asked. Output: the value. Records and lists are
//! read as they stream by; single values are cut out of the text first, so that no digit of a number is lost.

use std::fmt;
use std::sync::Arc;

use serde::de::value::MapDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::found::Json;
use super::money;
use super::object::{Keys, Seen, unknown_key, walk};
use super::reader::{Reader, Step, Trouble, not_json_here};
use super::scalar::Asked;
use crate::limits;
use crate::schema::{Field, Fields, Input, TimeForm, Type, ValueRange};
use crate::value::{Record, TextBuilder, Value, Zone, render};

/// What is known about a value before it is read.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    pub(super) kind: &'s Type,
    pub(super) optional: bool,
    pub(super) private: bool,
    pub(super) form: TimeForm,
    pub(super) range: Option<&'s ValueRange>,
    pub(super) most: Option<u64>,
    pub(super) depth: usize,
    /// What a message calls a value that is not there, and its code.
    pub(super) absent: Absent,
}

/// What is missing where `null` or nothing stands.
#[derive(Clone, Copy)]
pub(super) enum Absent {
    Field,
    Input,
    Item,
}

impl<'s> Place<'s> {
    /// A field of a record or an action.
    pub(super) fn of_field(field: &'s Field, private: bool, depth: usize) -> Place<'s> {
        Place {
            kind: &field.kind,
            optional: field.optional,
            private: private || field.private,
            form: field.form,
            range: field.range.as_ref(),
            most: field.most,
            depth,
            absent: Absent::Field,
        }
    }

    /// An input.
    pub(super) fn of_input(input: &'s Input) -> Place<'s> {
        Place {
            kind: &input.kind,
            optional: input.optional,
            private: false,
            form: TimeForm::default(),
            range: None,
            most: None,
            depth: 0,
            absent: Absent::Input,
        }
    }

    /// An item of the list that stands here.
    pub(super) fn of_item(&self, element: &'s Type, depth: usize) -> Place<'s> {
        Place {
            kind: element,
            optional: false,
            range: None,
            most: None,
            depth,
            absent: Absent::Item,
            ..*self
        }
    }

    /// What stands for a value that is not there.
    pub(super) fn missing(&self) -> Result<Value, Trouble> {
        match self.absent {
            _ if self.optional => Ok(Value::Missing),
            Absent::Field => Err((
                "missing-field",
                "this field is needed, and nothing stands here".into(),
            )),
            Absent::Input => Err((
                "missing-input",
                "this input is needed, and nothing stands here".into(),
            )),
            Absent::Item => Err((
                "missing-field",
                "an item of a list is never missing, and nothing stands here".into(),
            )),
        }
    }
}

/// Reads one value. It is two words long, as every layer of a reading copies it onto the stack.
#[derive(Clone, Copy)]
pub(super) struct ValueSeed<'r, 's> {
    pub(super) reader: &'r Reader<'s>,
    pub(super) place: &'r Place<'s>,
}

impl<'s> ValueSeed<'_, 's> {
    pub(super) fn asked(&self) -> Asked<'s> {
        Asked {
            schema: self.reader.schema,
            kind: self.place.kind,
            form: self.place.form,
            private: self.place.private,
        }
    }

    fn missing<E: de::Error>(&self) -> Result<Value, E> {
        self.place
            .missing()
            .map_err(|trouble| self.reader.fail(trouble))
    }

    /// Reads a single value as it stands.
    fn raw<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<Value, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let json = Json::of(raw).map_err(|error| self.reader.fail(not_json_here(&error)))?;
        self.single(&json)
    }

    /// A single value; records and lists are none.
    fn single<E: de::Error>(&self, json: &Json<'_>) -> Result<Value, E> {
        let value = match (self.place.kind, json) {
            (_, Json::Null) => return self.missing(),
            (Type::Money(currency), Json::Number(_) | Json::Text(_) | Json::Record(_)) => {
                money::read(self.reader, *currency, json, self.place.private)?
            }
            _ => self
                .asked()
                .value(json)
                .map_err(|trouble| self.reader.fail(trouble))?,
        };
        self.in_range(&value, json)
            .map_err(|trouble| self.reader.fail(trouble))?;
        Ok(value)
    }

    fn in_range(&self, value: &Value, json: &Json<'_>) -> Result<(), Trouble> {
        match self.place.range {
            Some(range) if value.compare(&range.low).is_none_or(|order| order.is_lt()) => {
                Err(self.outside(range, json))
            }
            Some(range) if value.compare(&range.high).is_none_or(|order| order.is_gt()) => {
                Err(self.outside(range, json))
            }
            _ => Ok(()),
        }
    }

    fn outside(&self, range: &ValueRange, json: &Json<'_>) -> Trouble {
        let (low, high) = (shown(&range.low), shown(&range.high));
        let message = format!(
            "expected a value from {low} to {high}, {}",
            json.found(self.place.private)
        );
        ("out-of-range", message)
    }

    /// The same for a value inside this one, where that is not too deep.
    fn inner<E: de::Error>(&self) -> Result<usize, E> {
        let depth = self.place.depth.saturating_add(1);
        if depth > limits::NESTING {
            let message = format!("this is nested more than {} deep", limits::NESTING);
            return Err(self.reader.fail(("too-large", message)));
        }
        Ok(depth)
    }
}

fn shown(value: &Value) -> String {
    let mut text = TextBuilder::new();
    render(value, &Zone::utc(), &mut text);
    text.finish().as_str().to_owned()
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self.place.kind {
            // Their digits would be lost on the way.
            Type::Number | Type::Money(_) => self.raw(deserializer),
            Type::DateTime if self.place.form != TimeForm::Rfc3339 => self.raw(deserializer),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a record or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        let record = match self.place.kind {
            Type::Record(id) => self.reader.schema.record(*id),
            _ => None,
        };
        let Some(record) = record else {
            return self.wrong(&Json::Record(""));
        };
        let fields = FieldsAsked {
            all: &record.fields,
            action: None,
            private: self.place.private,
            depth: self.inner()?,
        };
        let values = read_fields(self.reader, map, &fields)?;
        Ok(Value::Record(Arc::new(Record {
            shape: record.shape.clone(),
            values: values.into_boxed_slice(),
        })))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Type::List(element) = self.place.kind else {
            return self.wrong(&Json::List);
        };
        let place = self.place.of_item(element, self.inner()?);
        let item = ValueSeed {
            reader: self.reader,
            place: &place,
        };
        let mut values = Vec::new();
        loop {
            let read = items.next_element_seed(item);
            match read.map_err(|error| self.reader.inside(Step::Item(values.len()), error))? {
                Some(value) => values.push(value),
                None => return Ok(Value::list(values)),
            }
            self.still_fits(values.len())?;
        }
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.missing()
    }

    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Value, E> {
        self.single(&Json::YesNo(yes))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        self.wrong(&Json::Number(&number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        self.wrong(&Json::Number(&number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        self.wrong(&Json::Number(&number.to_string()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        self.single(&Json::Text(text.into()))
    }
}

impl ValueSeed<'_, '_> {
    /// What is one too many is not read further.
    fn still_fits<E: de::Error>(&self, elements: usize) -> Result<(), E> {
        match self.place.most {
            Some(most) if elements as u64 > most => {
                let message = format!("expected at most {most} elements, found more");
                Err(self.reader.fail(("too-long", message)))
            }
            _ => Ok(()),
        }
    }

    fn wrong<E: de::Error>(&self, json: &Json<'_>) -> Result<Value, E> {
        Err(self.reader.fail(self.asked().wrong_type(json)))
    }
}

/// Reads the fields of an object, one value for each in the order declared.
fn read_fields<'de, A: MapAccess<'de>>(
    reader: &Reader<'_>,
    map: A,
    fields: &FieldsAsked<'_>,
) -> Result<Vec<Value>, A::Error> {
    let mut keys = FieldKeys {
        reader,
        fields,
        values: vec![Value::Missing; fields.all.len()],
    };
    let seen = walk(reader, map, &mut keys)?;
    refuse_absent(reader, fields, &seen)?;
    Ok(keys.values)
}

/// Refuses a record in which a field that is needed was not seen.
///
/// It is a function of its own, as records stand inside one another: what lies on the stack while one is read counts
/// for each of them.
fn refuse_absent<E: de::Error>(
    reader: &Reader<'_>,
    fields: &FieldsAsked<'_>,
    seen: &Seen,
) -> Result<(), E> {
    let absent = fields.all.iter().enumerate();
    for (_, field) in absent.filter(|(place, _)| !seen.contains(*place)) {
        let missing = Place::of_field(field, fields.private, fields.depth).missing();
        missing.map_err(|trouble| {
            reader.inside(Step::Key(field.key.to_string()), reader.fail(trouble))
        })?;
    }
    Ok(())
}

/// The fields of a record or of an action.
struct FieldsAsked<'f> {
    all: &'f Fields,
    /// The name of the action: what it is done with is no record of data, and has no other keys.
    action: Option<&'f str>,
    private: bool,
    depth: usize,
}

struct FieldKeys<'r, 's> {
    reader: &'r Reader<'s>,
    fields: &'r FieldsAsked<'r>,
    values: Vec<Value>,
}

impl<'de> Keys<'de> for FieldKeys<'_, '_> {
    fn count(&self) -> usize {
        self.fields.all.len()
    }

    fn find(&self, key: &str, next: usize) -> Option<usize> {
        match self.fields.all.get(next) {
            Some(field) if *field.key == *key => Some(next),
            _ => self.fields.all.keyed(key).map(|(place, _)| place),
        }
    }

    fn read<A: MapAccess<'de>>(&mut self, place: usize, map: &mut A) -> Result<(), A::Error> {
        let (Some(field), Some(slot)) = (self.fields.all.get(place), self.values.get_mut(place))
        else {
            return Ok(());
        };
        *slot = map.next_value_seed(ValueSeed {
            reader: self.reader,
            place: &Place::of_field(field, self.fields.private, self.fields.depth),
        })?;
        Ok(())
    }

    fn may_name_others(&self) -> bool {
        !self.fields.private
    }

    fn refuse(&self, key: &str) -> Option<Trouble> {
        let has = format!("the action `{}` has", self.fields.action?);
        let names: Vec<&str> = self.fields.all.iter().map(|field| &*field.key).collect();
        Some(unknown_key(key, &has, &names))
    }
}

/// Reads what stands under `with`: the fields of an action.
pub(super) struct ActionSeed<'r, 's> {
    pub(super) reader: &'r Reader<'s>,
    pub(super) name: &'s str,
    /// `None` where the action has none.
    pub(super) fields: Option<&'s Fields>,
}

impl<'de> DeserializeSeed<'de> for ActionSeed<'_, '_> {
    type Value = Vec<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Value>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ActionSeed<'_, '_> {
    type Value = Vec<Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the fields of an action")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<Value>, A::Error> {
        let none = Fields::default();
        let fields = FieldsAsked {
            all: self.fields.unwrap_or(&none),
            action: Some(self.name),
            private: false,
            depth: 1,
        };
        read_fields(self.reader, map, &fields)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Vec<Value>, E> {
        let nothing = MapDeserializer::<_, E>::new(std::iter::empty::<((), ())>());
        self.visit_map(nothing)
    }
}
