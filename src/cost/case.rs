//! The lengths of the lists of one case, by the names that formulas use.

use super::size::{LONGEST_LIST, PROPOSALS, element_path, field_path, values_in_path};
use crate::decode::Case;
use crate::schema::{Field, Schema};
use crate::value::Value;
use std::collections::BTreeMap;

/// The longest of the lists at each place of the schema.
pub(super) fn lengths(schema: &Schema, case: &Case) -> BTreeMap<String, u64> {
    let mut found = Found::default();
    for (input, value) in schema.inputs.iter().zip(&case.inputs) {
        found.value(schema, &input.name, value);
    }
    for proposal in &case.proposals {
        if let Some(action) = schema.action(proposal.action) {
            found.fields(schema, &action.name, &action.fields, &proposal.values);
        }
    }
    let longest = found.0.values().copied().max().unwrap_or(0);
    found.longest(LONGEST_LIST, longest);
    found.longest(PROPOSALS, case.proposals.len() as u64);
    found.0
}

#[derive(Default)]
struct Found(BTreeMap<String, u64>);

impl Found {
    fn longest(&mut self, name: &str, length: u64) {
        let known = self.0.entry(name.to_string()).or_insert(0);
        *known = length.max(*known);
    }

    fn value(&mut self, schema: &Schema, path: &str, value: &Value) -> u64 {
        match value {
            Value::List(items) => {
                self.longest(path, items.len() as u64);
                let inner = items.iter().fold(0_u64, |sum, item| {
                    let inner = match item {
                        Value::List(_) => self.value(schema, &element_path(path), item),
                        _ => self.value(schema, path, item),
                    };
                    sum.saturating_add(inner)
                });
                inner.saturating_add(items.len() as u64)
            }
            Value::Record(record) => {
                let by_name = |kind: &&crate::schema::RecordType| kind.name == record.shape.name;
                let fields = schema.records.iter().find(by_name);
                let fields = fields.map_or(&[][..], |kind| &kind.fields);
                let values = self.fields(schema, path, fields, &record.values);
                self.longest(&values_in_path(path), values);
                values
            }
            _ => 0,
        }
    }

    fn fields(&mut self, schema: &Schema, path: &str, fields: &[Field], values: &[Value]) -> u64 {
        let inner = fields.iter().zip(values).map(|(field, value)| {
            let inner = self.value(schema, &field_path(path, &field.name), value);
            inner.saturating_add(1)
        });
        inner.fold(0, u64::saturating_add)
    }
}
