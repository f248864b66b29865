//! A case as JSON, with something usual wherever nothing is asked.

use super::choose;
use super::clock::Clock;
use super::draft::Draft;
use crate::schema::{Field, Schema, TimeForm, Type};
use crate::value::{Value, write_json, write_json_text};

/// What stands where nothing is asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// The answer to what can be yes or no.
    yes: bool,
    /// Whether what may be missing is there.
    filled: bool,
    /// Whether it is late in the day.
    pub(super) late: bool,
}

impl Style {
    /// What is tried, in this order.
    pub(super) const ALL: [Style; 4] = [
        Style {
            yes: true,
            filled: true,
            late: false,
        },
        Style {
            yes: false,
            filled: false,
            late: false,
        },
        Style {
            yes: true,
            filled: false,
            late: true,
        },
        Style {
            yes: false,
            filled: true,
            late: true,
        },
    ];
}

/// What is the same for all parts of a case.
#[derive(Clone, Copy)]
struct Writing<'w> {
    schema: &'w Schema,
    style: &'w Style,
    clock: &'w Clock,
}

/// How deep records lie in each other at most; a type cannot hold itself but through a list.
const DEPTH: usize = 32;

/// The inputs of a case.
pub(super) fn inputs(schema: &Schema, draft: &Draft, style: &Style, clock: &Clock) -> String {
    let writing = Writing {
        schema,
        style,
        clock,
    };
    let nothing = Draft::default();
    let mut parts = Vec::new();
    for (place, input) in (0..).zip(&schema.inputs) {
        let known = draft.fields.get(&place);
        let asked = Asked {
            kind: &input.kind,
            optional: input.optional,
            field: None,
        };
        if writing.is_there(asked, known) {
            let draft = known.unwrap_or(&nothing);
            parts.push((&*input.name, writing.value(asked, draft, DEPTH)));
        }
    }
    object(parts)
}

/// What is asked of one value.
#[derive(Clone, Copy)]
struct Asked<'a> {
    kind: &'a Type,
    optional: bool,
    field: Option<&'a Field>,
}

impl Writing<'_> {
    fn is_there(&self, asked: Asked<'_>, known: Option<&Draft>) -> bool {
        match known {
            Some(known) => !known.is_left_out,
            None => !asked.optional || self.style.filled,
        }
    }

    fn value(&self, asked: Asked<'_>, draft: &Draft, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else {
            return "null".to_string();
        };
        match asked.kind {
            Type::Record(id) => self.record(self.schema.record(*id), draft, depth),
            Type::List(element) => self.list(element, draft, depth),
            _ => {
                let value = draft.value.clone().or_else(|| self.usual(asked));
                write(&value.unwrap_or(Value::Missing), asked.field)
            }
        }
    }

    fn record(
        &self,
        record: Option<&crate::schema::RecordType>,
        draft: &Draft,
        depth: usize,
    ) -> String {
        let nothing = Draft::default();
        let mut parts = Vec::new();
        let fields = record.into_iter().flat_map(|record| &record.fields);
        for (place, field) in (0..).zip(fields) {
            let known = draft.fields.get(&place);
            let asked = Asked {
                kind: &field.kind,
                optional: field.optional,
                field: Some(field),
            };
            if self.is_there(asked, known) {
                let draft = known.unwrap_or(&nothing);
                parts.push((&*field.key, self.value(asked, draft, depth)));
            }
        }
        object(parts)
    }

    fn list(&self, element: &Type, draft: &Draft, depth: usize) -> String {
        let asked = Asked {
            kind: element,
            optional: false,
            field: None,
        };
        let known = draft.known.iter().map(|value| write(value, None));
        let mut items: Vec<String> = known.collect();
        for item in draft.items.values() {
            let written = self.value(asked, &item.draft, depth);
            items.extend((0..item.count).map(|_| written.clone()));
        }
        format!("[{}]", items.join(","))
    }

    fn usual(&self, asked: Asked<'_>) -> Option<Value> {
        let usual = match asked.kind {
            Type::YesNo => Some(Value::YesNo(self.style.yes)),
            kind => {
                let few = crate::conflict::term::few_values(kind, self.schema);
                let few = few.into_iter().flatten().next();
                choose::usual(kind, self.clock).or(few)
            }
        };
        let range = asked.field.and_then(|field| field.range.as_ref());
        match (&usual, range) {
            (Some(value), Some(range)) => {
                let low = value
                    .compare(&range.low)
                    .is_some_and(std::cmp::Ordering::is_lt);
                let high = value
                    .compare(&range.high)
                    .is_some_and(std::cmp::Ordering::is_gt);
                if low || high {
                    Some(range.low.clone())
                } else {
                    usual
                }
            }
            _ => usual,
        }
    }
}

/// A value as the data has it.
fn write(value: &Value, field: Option<&Field>) -> String {
    let form = field.map(|field| field.form).unwrap_or_default();
    if let Value::DateTime(at) = value {
        match form {
            TimeForm::Rfc3339 => {}
            TimeForm::EpochSeconds => return at.as_second().to_string(),
            TimeForm::EpochMilliseconds => return at.as_millisecond().to_string(),
        }
    }
    let mut json = String::new();
    write_json(value, &mut json);
    json
}

fn object(parts: Vec<(&str, String)>) -> String {
    let parts = parts.into_iter().map(|(key, value)| {
        let mut part = String::new();
        write_json_text(key, &mut part);
        part.push(':');
        part.push_str(&value);
        part
    });
    format!("{{{}}}", parts.collect::<Vec<_>>().join(","))
}
