//! Holds a host's own type against the schema, by samples of it.
//!
//! Input: values as a host would hand them in. Output: everything that does not fit, and everything that no
//! sample shows: a field that stands under another key, or that is never filled, would otherwise be unknown for
//! every customer and nobody would be told.
//! Invariants: what passes here is read without a misfit; each place is named once; types that hold themselves
//! need not be shown without end.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::RawValue;

use super::found::{Json, quoted};
use super::inputs::{named, read_one};
use super::reader::{Reader, Step, nearest, push_step};
use super::seed::{ActionSeed, Place, ValueSeed};
use super::serialized::json_of;
use super::{Misfit, Misfits};
use crate::schema::{Field, RecordId, Schema, Type};

/// Holds samples against an input.
pub(crate) fn check_input<T: Serialize>(
    schema: &Schema,
    name: &str,
    samples: &[T],
) -> Result<(), Misfits> {
    let id = named(schema, name).map_err(only)?;
    let root = format!("$.inputs.{name}");
    let texts = all_json(samples, &root)?;
    let mut check = Check::new(schema);
    if let Some(input) = schema.input(id) {
        let place = Place::of_input(input);
        check.root(&texts, &root);
        check.value(&place, &root, &raw_of(&texts));
    }
    Misfits::of(check.found)?;
    for text in &texts {
        read_one(schema, id, text.as_bytes(), &root).map_err(only)?;
    }
    Ok(())
}

/// Holds samples against the fields of an action.
pub(crate) fn check_action<T: Serialize>(
    schema: &Schema,
    name: &str,
    samples: &[T],
) -> Result<(), Misfits> {
    let root = "$.with";
    let Some(action) = schema.action_named(name).and_then(|id| schema.action(id)) else {
        let offer = nearest(name, schema.actions.iter().map(|action| &*action.name));
        let message = format!("the package has no action {}{offer}", quoted(name));
        return Err(only(Misfit::new("bad-proposal", root, message)));
    };
    let texts: Vec<String> = all_json(samples, root)?
        .into_iter()
        .map(|text| if text == "null" { "{}".into() } else { text })
        .collect();
    let mut check = Check::new(schema);
    check.root(&texts, root);
    check.fields(&action.fields, false, 1, (root, &raw_of(&texts)));
    Misfits::of(check.found)?;
    for text in &texts {
        let reader = Reader::new(schema);
        let seed = ActionSeed {
            reader: &reader,
            name: &action.name,
            fields: Some(&action.fields),
        };
        let read = reader.read(text, seed);
        read.map_err(|error| only(reader.misfit(root, &error)))?;
    }
    Ok(())
}

fn only(misfit: Misfit) -> Misfits {
    Misfits::one(misfit)
}

fn all_json<T: Serialize>(samples: &[T], root: &str) -> Result<Vec<String>, Misfits> {
    let texts = samples.iter().map(|sample| json_of(sample, root));
    texts.collect::<Result<_, _>>().map_err(only)
}

fn raw_of(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// What one place of the schema holds in each sample that has a value there.
type Shown<'t> = [&'t str];

struct Check<'s> {
    schema: &'s Schema,
    found: Vec<Misfit>,
    /// The record types around the place that is looked at.
    around: Vec<RecordId>,
}

impl<'s> Check<'s> {
    fn new(schema: &'s Schema) -> Check<'s> {
        Check {
            schema,
            found: Vec::new(),
            around: Vec::new(),
        }
    }

    fn say(&mut self, code: &'static str, path: &str, message: impl Into<String>) {
        self.found.push(Misfit::new(code, path, message));
    }

    fn root(&mut self, texts: &[String], path: &str) {
        if texts.is_empty() {
            self.say("not-shown", path, "no sample was given");
        }
    }

    fn value(&mut self, place: &Place<'s>, path: &str, shown: &Shown<'_>) {
        match place.kind {
            Type::Record(id) => self.record(*id, place, path, shown),
            Type::List(element) => self.list(element, place, path, shown),
            _ => self.single(place, path, shown),
        }
    }

    /// The first sample that does not fit speaks for all.
    fn single(&mut self, place: &Place<'s>, path: &str, shown: &Shown<'_>) {
        let misfit = shown.iter().find_map(|text| {
            let reader = Reader::new(self.schema);
            let seed = ValueSeed {
                reader: &reader,
                place,
            };
            let read = reader.read(text, seed);
            read.err().map(|error| reader.misfit(path, &error))
        });
        self.found.extend(misfit);
    }

    fn record(&mut self, id: RecordId, place: &Place<'s>, path: &str, shown: &Shown<'_>) {
        let Some(record) = self.schema.record(id) else {
            return;
        };
        if let Some(other) = shown.iter().find(|text| !text.starts_with('{')) {
            self.wrong_type(place, path, other);
            return;
        }
        self.around.push(id);
        let depth = place.depth.saturating_add(1);
        self.fields(&record.fields, place.private, depth, (path, shown));
        self.around.pop();
    }

    fn list(&mut self, element: &'s Type, place: &Place<'s>, path: &str, shown: &Shown<'_>) {
        let mut items = Vec::new();
        for text in shown {
            match serde_json::from_str::<Vec<&RawValue>>(text) {
                Ok(own) => items.extend(own.into_iter().map(RawValue::get)),
                Err(_) => return self.wrong_type(place, path, text),
            }
        }
        if items.is_empty() {
            if !shown.is_empty() && !self.is_around(element) {
                let message = "no sample has an item in this list, so that its items cannot be checked; give a sample that has one";
                self.say("not-shown", path, message);
            }
            return;
        }
        let item = place.of_item(element, place.depth.saturating_add(1));
        self.value(&item, &format!("{path}[]"), &items);
    }

    fn wrong_type(&mut self, place: &Place<'s>, path: &str, text: &str) {
        let reader = Reader::new(self.schema);
        let seed = ValueSeed {
            reader: &reader,
            place,
        };
        if let Ok(json) = Json::of(text) {
            let (code, message) = seed.asked().wrong_type(&json);
            self.say(code, path, message);
        }
    }

    /// The fields of a record or an action in the samples that stand at `path`.
    fn fields(
        &mut self,
        fields: &'s [Field],
        private: bool,
        depth: usize,
        (path, shown): (&str, &Shown<'_>),
    ) {
        let records: Vec<Keys<'_>> = shown
            .iter()
            .filter_map(|text| serde_json::from_str(text).ok())
            .collect();
        for field in fields {
            let place = Place::of_field(field, private, depth);
            let mut inner = path.to_owned();
            push_step(&Step::Key(field.key.to_string()), &mut inner);
            self.field(field, fields, &place, (&inner, &records));
        }
    }

    fn field(
        &mut self,
        field: &Field,
        fields: &[Field],
        place: &Place<'s>,
        (path, records): (&str, &[Keys<'_>]),
    ) {
        let values = || records.iter().filter_map(|keys| keys.get(&*field.key));
        let known: Vec<&str> = values()
            .map(|raw| raw.get())
            .filter(|text| *text != "null")
            .collect();
        let is_lacking = known.len() < records.len();
        if is_lacking && !field.optional {
            let what = match values().next() {
                None => format!(
                    "this field is needed, and no sample has its key{}",
                    meant(field, fields, records)
                ),
                Some(_) => "this field is needed, and a sample has nothing here".into(),
            };
            self.say("missing-field", path, what);
        } else if known.is_empty() && !records.is_empty() && !self.is_around(place.kind) {
            let what = match values().next() {
                None => format!(
                    "no sample has this key, so that it cannot be checked{}",
                    meant(field, fields, records)
                ),
                Some(_) => "no sample has a value here, so that it cannot be checked; give a sample that has one".into(),
            };
            self.say("not-shown", path, what);
        }
        if !known.is_empty() {
            self.value(place, path, &known);
        }
    }

    /// Whether the samples are already inside of what would have to be shown.
    fn is_around(&self, kind: &Type) -> bool {
        match kind {
            Type::Record(id) => self.around.contains(id),
            Type::List(element) => self.is_around(element),
            _ => false,
        }
    }
}

/// The keys of one sample at one place.
type Keys<'t> = BTreeMap<String, &'t RawValue>;

/// `; did you mean …?` where a key of the samples that the schema does not know is near.
fn meant(field: &Field, fields: &[Field], records: &[Keys<'_>]) -> String {
    let unknown = records
        .iter()
        .flat_map(BTreeMap::keys)
        .filter(|key| fields.iter().all(|other| *other.key != ***key));
    let offer = nearest(&field.key, unknown.map(String::as_str));
    offer.replace("did you mean", "does the host call it")
}
