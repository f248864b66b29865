//! Finds the floats of a host's value that JSON has no form for.
//!
//! Input: a value that can be serialised. Output: the path to the first `NaN` or infinity in it, from the inside
//! out, if there is one: serde_json would write it as `null`, and what is wrong would pass for what is missing.
//! Whatever else speaks against a value is left to the writing of it.

use std::fmt::{self, Display};

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::reader::Step;

/// The steps to a float that is no number, from the inside out.
pub(super) fn infinite_in<T: Serialize + ?Sized>(value: &T) -> Option<Vec<Step>> {
    match value.serialize(Search) {
        Err(Found::Infinite(steps)) => Some(steps),
        Err(Found::Other) | Ok(()) => None,
    }
}

/// Why the search ended before the end.
#[derive(Debug)]
enum Found {
    Infinite(Vec<Step>),
    /// The value does not want to be serialised.
    Other,
}

impl Found {
    fn inside(self, step: impl FnOnce() -> Option<Step>) -> Found {
        match self {
            Found::Infinite(mut steps) => {
                steps.extend(step());
                Found::Infinite(steps)
            }
            Found::Other => Found::Other,
        }
    }
}

impl Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the search ended here")
    }
}

impl std::error::Error for Found {}

impl ser::Error for Found {
    fn custom<T: Display>(_message: T) -> Found {
        Found::Other
    }
}

struct Search;

/// A float is fine where it is a number.
fn float(is_finite: bool) -> Result<(), Found> {
    if is_finite {
        Ok(())
    } else {
        Err(Found::Infinite(Vec::new()))
    }
}

/// The values in which there is nothing to find.
macro_rules! nothing_in {
    ($($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, _: $kind) -> Result<(), Found> { Ok(()) })*
    };
}

impl Serializer for Search {
    type Ok = ();
    type Error = Found;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Fields;

    nothing_in!(
        serialize_bool: bool, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_unit_struct: &'static str,
    );

    fn serialize_f32(self, number: f32) -> Result<(), Found> {
        float(number.is_finite())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Found> {
        float(number.is_finite())
    }

    fn serialize_none(self) -> Result<(), Found> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), Found> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Found> {
        value.serialize(Search)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Found> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Found> {
        value.serialize(Search)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Found> {
        let found = value.serialize(Search);
        found.map_err(|found| found.inside(|| Some(Step::Key(variant.into()))))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Found> {
        Ok(Items::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Found> {
        Ok(Items::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Found> {
        Ok(Items::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items, Found> {
        Ok(Items {
            variant: Some(variant),
            ..Items::default()
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields, Found> {
        Ok(Fields::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields, Found> {
        Ok(Fields::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Fields, Found> {
        Ok(Fields {
            variant: Some(variant),
            ..Fields::default()
        })
    }
}

/// The items of a list.
#[derive(Default)]
struct Items {
    variant: Option<&'static str>,
    place: usize,
}

impl Items {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Found> {
        let (place, variant) = (self.place, self.variant);
        self.place = place.saturating_add(1);
        value.serialize(Search).map_err(|found| {
            found
                .inside(|| Some(Step::Item(place)))
                .inside(|| variant.map(|name| Step::Key(name.into())))
        })
    }
}

/// The fields of a record.
#[derive(Default)]
struct Fields {
    variant: Option<&'static str>,
    /// The key of a map, until its value comes.
    key: Option<String>,
}

impl Fields {
    fn field<T: Serialize + ?Sized>(
        &mut self,
        key: impl FnOnce() -> Option<String>,
        value: &T,
    ) -> Result<(), Found> {
        value.serialize(Search).map_err(|found| {
            found
                .inside(|| key().map(Step::Key))
                .inside(|| self.variant.map(|name| Step::Key(name.into())))
        })
    }
}

/// The lists and records of serde, which differ in the names of their methods alone.
macro_rules! compound {
    ($kind:ident, $compound:ident, fn $method:ident(item)) => {
        impl $compound for $kind {
            type Ok = ();
            type Error = Found;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Found> {
                self.item(value)
            }

            fn end(self) -> Result<(), Found> {
                Ok(())
            }
        }
    };
    ($kind:ident, $compound:ident, fn $method:ident(field)) => {
        impl $compound for $kind {
            type Ok = ();
            type Error = Found;

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Found> {
                self.field(|| Some(key.into()), value)
            }

            fn end(self) -> Result<(), Found> {
                Ok(())
            }
        }
    };
}

compound!(Items, SerializeSeq, fn serialize_element(item));
compound!(Items, SerializeTuple, fn serialize_element(item));
compound!(Items, SerializeTupleStruct, fn serialize_field(item));
compound!(Items, SerializeTupleVariant, fn serialize_field(item));
compound!(Fields, SerializeStruct, fn serialize_field(field));
compound!(Fields, SerializeStructVariant, fn serialize_field(field));

impl SerializeMap for Fields {
    type Ok = ();
    type Error = Found;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Found> {
        self.key = serde_json::to_value(key)
            .ok()
            .and_then(|key| key.as_str().map(str::to_owned));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Found> {
        let key = self.key.take();
        self.field(|| key, value)
    }

    fn end(self) -> Result<(), Found> {
        Ok(())
    }
}
