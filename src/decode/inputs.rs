//! What stands under `inputs`, and what a host gives for every case.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::Misfit;
use super::found::quoted;
use super::object::{Keys, walk};
use super::reader::{Reader, Trouble, nearest, text_of};
use super::seed::{Place, ValueSeed};
use crate::schema::{InputId, Schema};
use crate::value::Value;

/// The input of that name, or which name was probably meant.
pub(super) fn named(schema: &Schema, name: &str) -> Result<InputId, Misfit> {
    schema.input_named(name).ok_or_else(|| {
        let (code, message) = unknown(schema, name);
        Misfit::new(code, "$.inputs", message)
    })
}

/// What is wrong with a name that no input has.
fn unknown(schema: &Schema, name: &str) -> Trouble {
    let names = schema.inputs.iter().map(|input| &*input.name);
    let message = format!(
        "the package has no input {}{}",
        quoted(name),
        nearest(name, names)
    );
    ("unknown-input", message)
}

/// Reads the inputs that a host gives for every case; `None` for those it does not give.
pub(super) fn read_given(
    schema: &Schema,
    given: &[(String, Vec<u8>)],
) -> Result<Vec<Option<Value>>, Misfit> {
    let mut values = vec![None; schema.inputs.len()];
    for (name, json) in given {
        let id = named(schema, name)?;
        let root = format!("$.inputs.{name}");
        let value = read_one(schema, id, json, &root)?;
        match values.get_mut(id.0 as usize) {
            Some(slot @ None) => *slot = Some(value),
            _ => {
                return Err(Misfit::new(
                    "duplicate-key",
                    root,
                    "this input is given twice; keep one",
                ));
            }
        }
    }
    Ok(values)
}

/// Reads the value of one input; paths in it begin with `root`.
pub(super) fn read_one(
    schema: &Schema,
    id: InputId,
    json: &[u8],
    root: &str,
) -> Result<Value, Misfit> {
    let Some(input) = schema.input(id) else {
        return Err(Misfit::new(
            "unknown-input",
            root,
            "the package has no such input",
        ));
    };
    let text = text_of(json).map_err(|misfit| Misfit {
        path: root.into(),
        ..misfit
    })?;
    let reader = Reader::new(schema);
    let seed = ValueSeed {
        reader: &reader,
        place: &Place::of_input(input),
    };
    reader
        .read(text, seed)
        .map_err(|error| reader.misfit(root, &error))
}

/// Reads what stands under `inputs`; `None` for what does not stand there.
pub(super) struct InputsSeed<'r, 's>(pub(super) &'r Reader<'s>);

impl<'de> DeserializeSeed<'de> for InputsSeed<'_, '_> {
    type Value = Vec<Option<Value>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for InputsSeed<'_, '_> {
    type Value = Vec<Option<Value>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a record of inputs")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut keys = InputKeys {
            reader: self.0,
            values: vec![None; self.0.schema.inputs.len()],
        };
        walk(self.0, map, &mut keys)?;
        Ok(keys.values)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(vec![None; self.0.schema.inputs.len()])
    }
}

struct InputKeys<'r, 's> {
    reader: &'r Reader<'s>,
    values: Vec<Option<Value>>,
}

impl<'de> Keys<'de> for InputKeys<'_, '_> {
    fn count(&self) -> usize {
        self.values.len()
    }

    fn find(&self, key: &str, _next: usize) -> Option<usize> {
        self.reader.schema.input_named(key).map(|id| id.0 as usize)
    }

    fn read<A: MapAccess<'de>>(&mut self, place: usize, map: &mut A) -> Result<(), A::Error> {
        let (Some(input), Some(slot)) = (
            self.reader.schema.inputs.get(place),
            self.values.get_mut(place),
        ) else {
            return Ok(());
        };
        *slot = Some(map.next_value_seed(ValueSeed {
            reader: self.reader,
            place: &Place::of_input(input),
        })?);
        Ok(())
    }

    fn refuse(&self, key: &str) -> Option<Trouble> {
        Some(unknown(self.reader.schema, key))
    }
}
