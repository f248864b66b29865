//! The case of an example.
//!
//! Input: a compiled example and its files. Output: the case, and the example with all its values worked out; or
//! what does not fit the schema.
//! The package's zone may read the inputs, and the inputs may be written in civil time, so values are worked out
//! twice: first in the zone of a case of which nothing is known, then in the zone that the inputs so found give.

use super::{Evaluated, ExampleFailure, evaluate, fit};
use crate::decode::{Case, Proposal, read_input};
use crate::eval::Moment;
use crate::example::{Given, Source};
use crate::program::{self, Expr, Program};
use crate::schema::{Input, Schema};
use crate::source::Span;
use crate::value::{Record, Value};
use std::sync::Arc;

/// Gives the bytes of a file, or why it cannot be read.
type Read<'r> = &'r mut dyn FnMut(&str) -> Result<Vec<u8>, String>;

/// The case, and the example with its values worked out.
pub(super) fn build(
    program: &Program,
    example: &program::Example,
    read: Read<'_>,
) -> Result<(Case, Evaluated), Vec<ExampleFailure>> {
    let files = read_files(&program.schema, example, read)?;
    let unknown = vec![Value::Missing; program.schema.inputs.len()];
    let first = evaluate(&Moment::new(program, &unknown, example.now), example);
    let first = inputs(&program.schema, &first, &files)?;
    let example = evaluate(&Moment::new(program, &first, example.now), example);
    let case = Case {
        now: example.now,
        inputs: inputs(&program.schema, &example, &files)?,
        proposals: proposals(&example),
    };
    let misfits = misfits(&program.schema, &example, &case);
    if misfits.is_empty() {
        Ok((case, example))
    } else {
        Err(misfits)
    }
}

/// What the files hold, one for each input that is given, `None` where it is written out.
fn read_files(
    schema: &Schema,
    example: &program::Example,
    read: Read<'_>,
) -> Result<Vec<Option<Value>>, Vec<ExampleFailure>> {
    let mut values = Vec::new();
    let mut failures = Vec::new();
    for given in &example.given {
        match read_file(schema, given, &mut *read) {
            Ok(value) => values.push(value),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() {
        Ok(values)
    } else {
        Err(failures)
    }
}

fn read_file(
    schema: &Schema,
    given: &Given<Expr>,
    read: Read<'_>,
) -> Result<Option<Value>, ExampleFailure> {
    let Source::File(name) = &given.source else {
        return Ok(None);
    };
    let input = schema.input(given.input);
    let refused = |found: String| ExampleFailure {
        span: given.span,
        expected: format!("`{}` in \"{name}\"", input_name(input)),
        found: vec![found],
    };
    let bytes = read(name).map_err(&refused)?;
    let value = read_input(schema, given.input, &bytes);
    value
        .map(Some)
        .map_err(|misfit| refused(format!("{}: {}", misfit.path, misfit.message)))
}

fn input_name(input: Option<&Input>) -> &str {
    input.map_or("", |input| &input.name)
}

/// One value for each input of the package.
fn inputs(
    schema: &Schema,
    example: &Evaluated,
    files: &[Option<Value>],
) -> Result<Vec<Value>, Vec<ExampleFailure>> {
    let mut inputs = vec![Value::Missing; schema.inputs.len()];
    for (given, file) in example.given.iter().zip(files) {
        let base = match (&given.source, file) {
            (Source::Value(value), _) | (Source::File(_), Some(value)) => value,
            (Source::File(_), None) => &Value::Missing,
        };
        let Some(value) = changed(base, &given.with) else {
            let name = input_name(schema.input(given.input));
            return Err(vec![ExampleFailure {
                span: given.span,
                expected: format!("a record for `{name}`, whose fields are changed"),
                found: vec!["nothing is given for it".into()],
            }]);
        };
        if let Some(input) = inputs.get_mut(given.input.0 as usize) {
            *input = value;
        }
    }
    Ok(inputs)
}

/// The record with some of its fields changed; `None` where there is no record to change.
fn changed(base: &Value, with: &[(u32, Value)]) -> Option<Value> {
    if with.is_empty() {
        return Some(base.clone());
    }
    let Value::Record(record) = base else {
        return None;
    };
    let mut values = record.values.clone();
    for (place, value) in with {
        *values.get_mut(*place as usize)? = value.clone();
    }
    Some(Value::Record(Arc::new(Record {
        shape: Arc::clone(&record.shape),
        values,
    })))
}

fn proposals(example: &Evaluated) -> Vec<Proposal> {
    let proposals = example.proposals.iter().map(|proposed| Proposal {
        id: proposed.id.clone(),
        action: proposed.action,
        values: proposed
            .with
            .iter()
            .map(|value| value.clone().unwrap_or(Value::Missing))
            .collect(),
    });
    proposals.collect()
}

/// What is written out and lies outside the ranges of the schema.
fn misfits(schema: &Schema, example: &Evaluated, case: &Case) -> Vec<ExampleFailure> {
    let mut failures = Vec::new();
    for given in &example.given {
        if let Some(input) = schema.input(given.input) {
            let root = &input.name;
            let value = case.input(given.input);
            fit::value(schema, &input.kind, value, root, &mut |outside| {
                failures.push(misfit(given.span, outside));
            });
        }
    }
    for (proposed, proposal) in example.proposals.iter().zip(&case.proposals) {
        if let Some(action) = schema.action(proposed.action) {
            let fields = action.fields.iter().zip(proposal.values.iter());
            fit::fields(schema, fields, &action.name, &mut |outside| {
                failures.push(misfit(proposed.span, outside));
            });
        }
    }
    failures
}

fn misfit(span: Span, outside: fit::Outside) -> ExampleFailure {
    ExampleFailure {
        span,
        expected: outside.expected,
        found: vec![outside.found],
    }
}
