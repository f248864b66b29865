//! How large values can be: the lengths of the lists in them.
//!
//! Input: types of the schema, and what expressions make of values. Output: for each value a [`Size`], and the table
//! of the lengths that formulas speak about. Invariant: a size is no less than any value it stands for.

use super::formula::{Formula, LONGEST, LengthId};
use crate::schema::{Field, RecordId, Schema, Type};
use std::collections::HashMap;
use std::sync::Arc;

/// The name of the length that no list exceeds.
pub(super) const LONGEST_LIST: &str = "longest list";

/// The name of the number of proposals.
pub(super) const PROPOSALS: &str = "proposals";

/// How deep two different values are looked into to find what is no less than both.
const DEEPEST: usize = 8;

/// How large a value can be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Size {
    /// It holds no list and no record, or it is never there.
    Plain,
    /// What stands in the data at that place.
    Given(Place, Type),
    /// A list, no longer than that, of such elements.
    List(Arc<(Formula, Size)>),
    /// A record of such fields.
    Record(Arc<[Size]>),
}

/// A place in the data; none where any place may be meant.
pub(super) type Place = Option<Arc<Spot>>;

/// Where something stands in the data.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// The names that lead there.
    path: Arc<str>,
    /// The most elements that a list there may have, where the schema says so.
    most: Option<u64>,
    /// Whether it lies in an element of a list or in a proposal.
    inner: bool,
}

impl Spot {
    /// An input.
    pub(super) fn of_input(name: &str) -> Place {
        Some(Arc::new(Spot {
            path: name.into(),
            most: None,
            inner: false,
        }))
    }

    /// A field of an action.
    pub(super) fn of_action(action: &str, field: &Field) -> Place {
        Some(Arc::new(Spot {
            path: field_path(action, &field.name).into(),
            most: field.most,
            inner: true,
        }))
    }

    /// A field of what stands here.
    fn field(&self, field: &Field) -> Place {
        Some(Arc::new(Spot {
            path: field_path(&self.path, &field.name).into(),
            most: field.most,
            inner: self.inner,
        }))
    }

    /// An element of the list that stands here: its fields have the list's path before them, a list a path of its own.
    fn element(&self, kind: &Type) -> Place {
        let path = match kind {
            Type::List(_) => element_path(&self.path).into(),
            _ => self.path.clone(),
        };
        Some(Arc::new(Spot {
            path,
            most: None,
            inner: true,
        }))
    }
}

/// The lengths that formulas speak about.
pub(super) struct Lengths<'s> {
    schema: &'s Schema,
    known: HashMap<Arc<str>, LengthId>,
    pub(super) table: Vec<Length>,
}

/// One length.
#[derive(Clone, Debug)]
pub(super) struct Length {
    pub(super) name: Arc<str>,
    /// The most that the schema allows, where it says so.
    pub(super) most: Option<u64>,
    /// Whether it lies in an element of a list or in a proposal.
    pub(super) inner: bool,
}

impl<'s> Lengths<'s> {
    pub(super) fn new(schema: &'s Schema) -> Lengths<'s> {
        let mut lengths = Lengths {
            schema,
            known: HashMap::new(),
            table: Vec::new(),
        };
        lengths.named(LONGEST_LIST);
        lengths
    }

    /// A length of which nothing but its name is known.
    pub(super) fn named(&mut self, name: &str) -> LengthId {
        self.length(Length {
            name: name.into(),
            most: None,
            inner: false,
        })
    }

    fn length(&mut self, length: Length) -> LengthId {
        if let Some(known) = self.known.get(&length.name) {
            return *known;
        }
        let id = u32::try_from(self.table.len()).unwrap_or(u32::MAX);
        self.known.insert(length.name.clone(), id);
        self.table.push(length);
        id
    }

    /// The length of the list at a place, and its elements.
    pub(super) fn elements(&mut self, size: &Size) -> (Formula, Size) {
        match size {
            Size::List(list) => (list.0.clone(), list.1.clone()),
            Size::Given(place, Type::List(element)) => {
                let id = match place {
                    Some(spot) => self.length(Length {
                        name: spot.path.clone(),
                        most: spot.most,
                        inner: spot.inner,
                    }),
                    None => LONGEST,
                };
                let place = place.as_ref().and_then(|spot| spot.element(element));
                (Formula::length(id), given(place, element))
            }
            Size::Given(..) | Size::Record(_) | Size::Plain => (Formula::default(), Size::Plain),
        }
    }

    /// A field of a record.
    pub(super) fn field(&self, size: &Size, index: u32) -> Size {
        let index = index as usize;
        match size {
            Size::Record(fields) => fields.get(index).cloned().unwrap_or(Size::Plain),
            Size::Given(place, Type::Record(id)) => self.given_field(place, *id, index),
            _ => Size::Plain,
        }
    }

    fn given_field(&self, place: &Place, id: RecordId, index: usize) -> Size {
        let record = self.schema.record(id);
        let Some(field) = record.and_then(|record| record.fields.get(index)) else {
            return Size::Plain;
        };
        let place = place.as_ref().and_then(|spot| spot.field(field));
        given(place, &field.kind)
    }

    /// What is no less than either of two.
    pub(super) fn either(&mut self, one: Size, other: Size) -> Size {
        self.either_down_to(one, other, DEEPEST)
    }

    fn either_down_to(&mut self, one: Size, other: Size, depth: usize) -> Size {
        match (&one, &other) {
            _ if one == other => one,
            (Size::Plain, _) => other,
            (_, Size::Plain) => one,
            (Size::Given(_, kind), _) | (_, Size::Given(_, kind)) if depth == 0 => {
                Size::Given(None, kind.clone())
            }
            (Size::Given(_, Type::Record(_)) | Size::Record(_), _) => {
                self.either_record(&one, &other, depth)
            }
            _ => {
                let (mut length, element) = self.elements(&one);
                let (other_length, other_element) = self.elements(&other);
                length.or(&other_length);
                let element = self.either_down_to(element, other_element, depth.saturating_sub(1));
                Size::List(Arc::new((length, element)))
            }
        }
    }

    fn either_record(&mut self, one: &Size, other: &Size, depth: usize) -> Size {
        let count = self.field_count(one).max(self.field_count(other));
        let fields = (0..count).map(|index| {
            let fields = (self.field(one, index), self.field(other, index));
            self.either_down_to(fields.0, fields.1, depth.saturating_sub(1))
        });
        Size::Record(fields.collect())
    }

    fn field_count(&self, size: &Size) -> u32 {
        let count = match size {
            Size::Record(fields) => fields.len(),
            Size::Given(_, Type::Record(id)) => self
                .schema
                .record(*id)
                .map_or(0, |record| record.fields.len()),
            _ => 0,
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// How many values stand in a value, in whatever stands in it too.
    pub(super) fn values_in(&mut self, size: &Size) -> Formula {
        self.values_below(size, &mut Vec::new())
    }

    fn values_below(&mut self, size: &Size, around: &mut Vec<RecordId>) -> Formula {
        match size {
            Size::Plain => Formula::default(),
            Size::Given(place, Type::Record(id)) if around.contains(id) => {
                // A type that may hold itself: only the case says how often it does.
                let path = place.as_ref().map_or("any record", |spot| &*spot.path);
                Formula::length(self.named(&values_in_path(path)))
            }
            Size::Given(_, Type::List(_)) | Size::List(_) => {
                let (length, element) = self.elements(size);
                let mut each = self.values_below(&element, around);
                each.add_number(1);
                length.times(&each)
            }
            Size::Given(_, Type::Record(id)) => {
                around.push(*id);
                let sum = self.values_in_fields(size, around);
                around.pop();
                sum
            }
            Size::Record(_) => self.values_in_fields(size, around),
            Size::Given(..) => Formula::default(),
        }
    }

    fn values_in_fields(&mut self, size: &Size, around: &mut Vec<RecordId>) -> Formula {
        let count = self.field_count(size);
        let mut sum = Formula::number(u64::from(count));
        for index in 0..count {
            let field = self.field(size, index);
            sum.add(&self.values_below(&field, around));
        }
        sum
    }
}

/// What stands in the data at a place.
pub(super) fn given(place: Place, kind: &Type) -> Size {
    match kind {
        Type::Record(_) | Type::List(_) => Size::Given(place, kind.clone()),
        _ => Size::Plain,
    }
}

/// The path of a field of what stands at a path.
pub(super) fn field_path(path: &str, field: &str) -> String {
    format!("{path}.{field}")
}

/// The path of the lists in a list.
pub(super) fn element_path(path: &str) -> String {
    format!("one of {path}")
}

/// The name of the number of values in what stands at a path.
pub(super) fn values_in_path(path: &str) -> String {
    format!("values in {path}")
}
