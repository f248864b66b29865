//! Examples in the language as cases in JSON.
//!
//! Input: what an example gives and proposes. Output: the same as a host would write it, so that the engine can be
//! asked for it too.

use super::declared::{Declared, Field};
use super::eval::Outcome;
use super::kind::Kind;
use super::scope::{Scope, World};
use super::{Reference, json};
use courtesy::ast::{Assignment, EpochUnit, Example, ExampleClauseKind, GivenSource, Name};
use courtesy::value::{
    Record, Timestamp, Value, format_rfc3339, parse_instant, write_json, write_json_text,
};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Reference {
    /// The examples of the package: the title of each, and its case as JSON or why there is none. `read` gives the
    /// files they name.
    pub fn examples(
        &self,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Vec<(String, Result<String, String>)> {
        let examples = self.declared.examples.iter();
        let cases = examples.map(|example| {
            let title = example.title.text.to_string();
            (title, self.case(example, &read))
        });
        cases.collect()
    }

    fn case(
        &self,
        example: &Example,
        read: &impl Fn(&str) -> Result<String, String>,
    ) -> Outcome<String> {
        let (mut inputs, mut proposals) = (Vec::new(), Vec::new());
        let world = self.world_of_example(example)?;
        for clause in &example.clauses {
            match &clause.kind {
                ExampleClauseKind::Given {
                    input,
                    source,
                    with,
                } => {
                    let value = self.given(&world, input, source, with, read)?;
                    let kind = self.declared.inputs.get(&input.text);
                    let kind = kind.ok_or("an unknown input")?;
                    inputs.push(entry(
                        &input.text,
                        &self.declared.encode(&value, kind, None)?,
                    ));
                }
                ExampleClauseKind::Propose { id, action, with } => {
                    let fields = world.record(&action.text, with, &Scope::default())?;
                    let kind = Kind::Record(action.text.clone());
                    let mut proposal = Vec::new();
                    if let Some(id) = id {
                        proposal.push(entry("id", &quoted(&id.text)));
                    }
                    proposal.push(entry("action", &quoted(&action.text)));
                    proposal.push(entry("with", &self.declared.encode(&fields, &kind, None)?));
                    proposals.push(object(&proposal));
                }
                ExampleClauseKind::Now(_) | ExampleClauseKind::Expect(_) => {}
            }
        }
        let now = quoted(&format_rfc3339(world.now));
        Ok(object(&[
            entry("now", &now),
            entry("inputs", &object(&inputs)),
            entry("proposals", &format!("[{}]", proposals.join(","))),
        ]))
    }

    /// The world of an example: its moment, and no input.
    fn world_of_example(&self, example: &Example) -> Outcome<World<'_>> {
        let start: Timestamp = parse_instant("2000-01-01T00:00:00Z").map_err(|e| e.to_string())?;
        let in_zone = self.world_of(start, BTreeMap::new());
        let mut world = in_zone.unwrap_or_else(|_| self.zoneless(start));
        for clause in &example.clauses {
            if let ExampleClauseKind::Now(now) = &clause.kind {
                match world.value(now, &Scope::default())? {
                    Value::DateTime(now) => world.now = now,
                    other => return Err(format!("{other:?} is no moment")),
                }
            }
        }
        Ok(world)
    }

    fn given(
        &self,
        world: &World<'_>,
        input: &Name,
        source: &GivenSource,
        with: &[Assignment],
        read: &impl Fn(&str) -> Result<String, String>,
    ) -> Outcome<Value> {
        let kind = self
            .declared
            .inputs
            .get(&input.text)
            .ok_or("an unknown input")?;
        let scope = Scope::default();
        let value = match source {
            GivenSource::Value(value) => world.eval(value, kind, &scope)?,
            GivenSource::File(name) => self
                .declared
                .decode(&json::read(&read(&name.text)?)?, kind)?,
        };
        match value {
            Value::Record(record) if !with.is_empty() => {
                changed(world, &record, with, &scope).map(Value::Record)
            }
            other => Ok(other),
        }
    }
}

/// A record with a few fields changed.
fn changed(
    world: &World<'_>,
    record: &Record,
    with: &[Assignment],
    scope: &Scope,
) -> Outcome<Arc<Record>> {
    let Value::Record(new) = world.record(&record.shape.name, with, scope)? else {
        return Err("no record".to_owned());
    };
    let fields = record.shape.fields.iter().enumerate();
    let values = fields.map(|(place, field)| {
        let is_given = with.iter().any(|given| given.name.text == field.name);
        (if is_given { &new } else { record }).field(place).clone()
    });
    Ok(Arc::new(Record {
        shape: record.shape.clone(),
        values: values.collect(),
    }))
}

impl Declared {
    /// A value as a host writes it.
    fn encode(&self, value: &Value, kind: &Kind, epoch: Option<EpochUnit>) -> Outcome<String> {
        Ok(match (value, kind) {
            (Value::Record(record), Kind::Record(name)) => {
                let fields = self.record(name)?.fields.iter().enumerate();
                let fields = fields.map(|(place, field)| self.encode_field(record, place, field));
                object(&fields.collect::<Outcome<Vec<_>>>()?)
            }
            (Value::List(items), Kind::List(element)) => {
                let items = items.iter().map(|item| self.encode(item, element, None));
                format!("[{}]", items.collect::<Outcome<Vec<_>>>()?.join(","))
            }
            (Value::DateTime(instant), _) if epoch == Some(EpochUnit::Seconds) => {
                instant.as_second().to_string()
            }
            (Value::DateTime(instant), _) if epoch == Some(EpochUnit::Milliseconds) => {
                instant.as_millisecond().to_string()
            }
            _ => {
                let mut json = String::new();
                write_json(value, &mut json);
                json
            }
        })
    }

    fn encode_field(&self, record: &Record, place: usize, field: &Field) -> Outcome<String> {
        let value = self.encode(record.field(place), &field.kind, field.epoch)?;
        Ok(entry(&field.key, &value))
    }
}

fn quoted(text: &str) -> String {
    let mut json = String::new();
    write_json_text(text, &mut json);
    json
}

fn entry(key: &str, json: &str) -> String {
    format!("{}:{json}", quoted(key))
}

fn object(entries: &[String]) -> String {
    format!("{{{}}}", entries.join(","))
}
