//! Holds values that are written out against the ranges and lengths of the schema, as the decoder holds those of a record.
//!
//! What a private field holds is not repeated.

use super::shown::shown;
use crate::schema::{Field, Schema, Type, ValueRange};
use crate::value::Value;

/// A value that lies outside its range.
pub(super) struct Outside {
    /// `customer.age from 0 to 130`
    pub(super) expected: String,
    /// What stands there.
    pub(super) found: String,
}

/// Reports every field inside a value of that type that lies outside its range.
pub(super) fn value(
    schema: &Schema,
    kind: &Type,
    value: &Value,
    path: &str,
    report: &mut dyn FnMut(Outside),
) {
    match (kind, value) {
        (Type::Record(id), Value::Record(record)) => {
            let declared = schema.record(*id).map_or(&[][..], |kind| &kind.fields);
            fields(schema, declared.iter().zip(&record.values), path, report);
        }
        (Type::List(element), Value::List(items)) => {
            for (place, item) in items.iter().enumerate() {
                self::value(schema, element, item, &format!("{path}[{place}]"), report);
            }
        }
        _ => {}
    }
}

/// The same for the fields of a record or an action.
pub(super) fn fields<'f>(
    schema: &Schema,
    fields: impl Iterator<Item = (&'f Field, &'f Value)>,
    path: &str,
    report: &mut dyn FnMut(Outside),
) {
    for (field, found) in fields {
        let path = format!("{path}.{}", field.name);
        if let Some(range) = &field.range
            && !is_inside(range, found)
        {
            report(outside(field, range, found, &path));
        }
        if let (Some(most), Value::List(items)) = (field.most, found)
            && items.len() as u64 > most
        {
            report(Outside {
                expected: format!("{path} with at most {most} elements"),
                found: "more".into(),
            });
        }
        value(schema, &field.kind, found, &path, report);
    }
}

fn is_inside(range: &ValueRange, value: &Value) -> bool {
    let above = value.compare(&range.low).is_some_and(|order| order.is_ge());
    let below = value
        .compare(&range.high)
        .is_some_and(|order| order.is_le());
    value.is_missing() || (above && below)
}

fn outside(field: &Field, range: &ValueRange, found: &Value, path: &str) -> Outside {
    let (low, high) = (shown(&range.low), shown(&range.high));
    Outside {
        expected: format!("{path} from {low} to {high}"),
        found: if field.private {
            "a value outside".into()
        } else {
            shown(found)
        },
    }
}
