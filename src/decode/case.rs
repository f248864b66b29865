//! A case: a customer, the moment and what the host would like to do.
//!
//! Input: a whole case, or the value of one input. Output: a [`Case`] that fits the schema.

use std::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::found::quoted;
use super::inputs::{InputsSeed, read_one};
use super::object::{Keys, unknown_key, walk};
use super::proposal::{Draft, DraftsSeed, finish};
use super::reader::{Reader, Trouble, text_of};
use super::seed::{Absent, Place, ValueSeed};
use super::{Given, Misfit};
use crate::schema::{ActionId, InputId, Schema, TimeForm, Type};
use crate::value::{EARLIEST_INSTANT, Timestamp, Value};

/// A case that fits the schema of the package it was read for.
#[derive(Clone, Debug)]
pub struct Case {
    pub(crate) now: Timestamp,
    pub(crate) inputs: Vec<Value>,
    pub(crate) proposals: Vec<Proposal>,
}

impl Case {
    /// The moment at which it is decided.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// What the host would like to do, in its order.
    #[must_use]
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// The value of an input, missing where the package has no such input.
    #[must_use]
    pub fn input(&self, id: InputId) -> &Value {
        self.inputs.get(id.0 as usize).unwrap_or(&Value::Missing)
    }
}

/// Something that the host would like to do. `Debug` leaves its values out: some may be private.
#[derive(Clone)]
pub struct Proposal {
    pub(crate) id: Arc<str>,
    pub(crate) action: ActionId,
    pub(crate) values: Arc<[Value]>,
}

impl Proposal {
    /// Its id: the host's, else its place in the host's order, from 1.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What would be done.
    #[must_use]
    pub fn action(&self) -> ActionId {
        self.action
    }

    /// One value for each field of the action, in the order declared.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.values
    }
}

impl fmt::Debug for Proposal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Proposal");
        shown.field("id", &self.id).field("action", &self.action);
        shown.finish_non_exhaustive()
    }
}

/// What a host gives beside the bytes of a case. `Debug` names the inputs and leaves their data out.
#[derive(Clone, Default)]
pub struct CaseOptions {
    /// The moment, where the case names none. A case without either does not fit (`missing-now`).
    pub now: Option<Timestamp>,
    /// Inputs that the case may leave out, each with its name and its JSON. What stands in the case goes first.
    pub inputs: Vec<(String, Vec<u8>)>,
}

impl fmt::Debug for CaseOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.inputs.iter().map(|(name, _)| name.as_str()).collect();
        let mut shown = formatter.debug_struct("CaseOptions");
        shown.field("now", &self.now).field("inputs", &names);
        shown.finish_non_exhaustive()
    }
}

/// Reads a whole case.
pub(super) fn read_whole(schema: &Schema, json: &[u8], given: &Given) -> Result<Case, Misfit> {
    let text = text_of(json)?;
    let reader = Reader::new(schema);
    let parts = reader
        .read(text, PartsSeed(&reader))
        .map_err(|error| reader.misfit("$", &error))?;
    Ok(Case {
        now: moment(parts.now, given, "$.now")?,
        inputs: complete(schema, parts.inputs, given)?,
        proposals: finish(&parts.proposals, &given.proposals)?,
    })
}

/// A case of parts that were read one by one.
pub(super) fn of_parts(
    schema: &Schema,
    now: Timestamp,
    inputs: Vec<Option<Value>>,
    proposals: &[Draft],
) -> Result<Case, Misfit> {
    let nothing = Given::default();
    Ok(Case {
        now: moment(Some(now), &nothing, "$.now")?,
        inputs: complete(schema, inputs, &nothing)?,
        proposals: finish(proposals, &[])?,
    })
}

/// Reads a case that is the value of one input; its paths begin at the record.
pub(super) fn read_record(
    schema: &Schema,
    input: InputId,
    json: &[u8],
    given: &Given,
) -> Result<Case, Misfit> {
    let value = read_one(schema, input, json, "$")?;
    let mut inputs = vec![None; schema.inputs.len()];
    if let Some(slot) = inputs.get_mut(input.0 as usize) {
        *slot = Some(value);
    }
    Ok(Case {
        now: moment(None, given, "$")?,
        inputs: complete(schema, inputs, given)?,
        proposals: finish(&[], &given.proposals)?,
    })
}

fn moment(own: Option<Timestamp>, given: &Given, path: &str) -> Result<Timestamp, Misfit> {
    match own.or(given.now) {
        Some(now) if now < EARLIEST_INSTANT => {
            let message = "the moment lies before the year 1";
            Err(Misfit::new("bad-date-time", path, message))
        }
        Some(now) => Ok(now),
        None => {
            let message = "the case names no moment, and none was given for it; add `now` such as `2026-11-23T10:00:00Z`";
            Err(Misfit::new("missing-now", path, message))
        }
    }
}

/// One value for each input: the case's own, else what is given for every case, else missing where it may be.
fn complete(schema: &Schema, own: Vec<Option<Value>>, given: &Given) -> Result<Vec<Value>, Misfit> {
    let mut given = given.inputs.iter();
    let mut values = Vec::with_capacity(schema.inputs.len());
    for (input, own) in schema.inputs.iter().zip(own) {
        let given = given.next().cloned().flatten();
        let value = own
            .or(given)
            .map_or_else(|| Place::of_input(input).missing(), Ok);
        let at = |(code, message)| Misfit::new(code, format!("$.inputs.{}", input.name), message);
        values.push(value.map_err(at)?);
    }
    Ok(values)
}

/// What stands in a case.
#[derive(Default)]
struct Parts {
    now: Option<Timestamp>,
    inputs: Vec<Option<Value>>,
    proposals: Vec<Draft>,
}

struct PartsSeed<'r, 's>(&'r Reader<'s>);

impl<'de> DeserializeSeed<'de> for PartsSeed<'_, '_> {
    type Value = Parts;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Parts, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PartsSeed<'_, '_> {
    type Value = Parts;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a case: a record of `now`, `inputs` and `proposals`")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Parts, A::Error> {
        let mut keys = PartKeys {
            reader: self.0,
            parts: Parts {
                inputs: vec![None; self.0.schema.inputs.len()],
                ..Parts::default()
            },
        };
        walk(self.0, map, &mut keys)?;
        Ok(keys.parts)
    }
}

/// The keys of a case, in the order in which [`PartKeys`] reads them.
const PARTS: [&str; 3] = ["now", "inputs", "proposals"];

struct PartKeys<'r, 's> {
    reader: &'r Reader<'s>,
    parts: Parts,
}

impl<'de> Keys<'de> for PartKeys<'_, '_> {
    fn count(&self) -> usize {
        PARTS.len()
    }

    fn find(&self, key: &str, _next: usize) -> Option<usize> {
        PARTS.iter().position(|part| *part == key)
    }

    fn read<A: MapAccess<'de>>(&mut self, place: usize, map: &mut A) -> Result<(), A::Error> {
        match place {
            0 => self.parts.now = read_now(self.reader, map)?,
            1 => self.parts.inputs = map.next_value_seed(InputsSeed(self.reader))?,
            _ => self.parts.proposals = map.next_value_seed(DraftsSeed(self.reader))?,
        }
        Ok(())
    }

    fn refuse(&self, key: &str) -> Option<Trouble> {
        if self.reader.schema.input_named(key).is_some() {
            let message = format!("{} is an input; write it inside `inputs`", quoted(key));
            return Some(("unknown-key", message));
        }
        Some(unknown_key(key, "a case has", &PARTS))
    }
}

fn read_now<'de, A: MapAccess<'de>>(
    reader: &Reader<'_>,
    map: &mut A,
) -> Result<Option<Timestamp>, A::Error> {
    let place = Place {
        kind: &Type::DateTime,
        optional: true,
        private: false,
        form: TimeForm::default(),
        range: None,
        most: None,
        depth: 0,
        absent: Absent::Field,
    };
    let value = map.next_value_seed(ValueSeed {
        reader,
        place: &place,
    })?;
    Ok(match value {
        Value::DateTime(now) => Some(now),
        _ => None,
    })
}
