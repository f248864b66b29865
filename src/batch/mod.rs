//! Many cases with one package: what is the same for all of them is read once.
//!
//! Input: lines, one at a time and in any order, from any thread. Output: for each its decision, or why it does
//! not fit; and a [`Summary`] of all. No line changes the answer to another.

mod summary;

#[cfg(test)]
mod tests;

use crate::decision::Decision;
use crate::decode::{self, CaseOptions, Given, Misfit};
use crate::engine::Engine;
use crate::schema::InputId;
use crate::value::Timestamp;
use std::fmt;

pub use summary::Summary;

/// What is the same for all records of a batch. `Debug` names the inputs and leaves all data out.
#[derive(Clone, Default)]
pub struct BatchOptions {
    /// The input that each record is; without it each record is a whole case.
    pub record_input: Option<String>,
    /// The moment, where a case names none.
    pub now: Option<Timestamp>,
    /// Inputs that are the same for every record, each with its name and its JSON. What stands in a case goes
    /// first.
    pub inputs: Vec<(String, Vec<u8>)>,
    /// A JSON list of proposals that are put to every record, behind those of a whole case.
    pub proposals: Option<Vec<u8>>,
}

impl fmt::Debug for BatchOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.inputs.iter().map(|(name, _)| name.as_str()).collect();
        let mut shown = formatter.debug_struct("BatchOptions");
        shown.field("record_input", &self.record_input);
        shown.field("now", &self.now).field("inputs", &names);
        shown.finish_non_exhaustive()
    }
}

/// Decides records one by one. It keeps nothing between them and can be shared by threads.
#[derive(Clone, Debug)]
pub struct Batch {
    engine: Engine,
    record_input: Option<InputId>,
    given: Given,
}

impl Batch {
    /// Reads what is the same for all records.
    pub(crate) fn new(engine: Engine, options: BatchOptions) -> Result<Batch, Misfit> {
        let schema = engine.schema();
        let record_input = options
            .record_input
            .as_deref()
            .map(|name| decode::input_named(schema, name))
            .transpose()?;
        let for_all = CaseOptions {
            now: options.now,
            inputs: options.inputs,
        };
        let mut given = Given::read(schema, &for_all)?;
        if let Some(json) = &options.proposals {
            given.proposals = decode::read_proposals(schema, json)?;
        }
        if let Some(input) = record_input {
            refuse_what_no_record_mends(&engine, input, &given)?;
        }
        Ok(Batch {
            engine,
            record_input,
            given,
        })
    }

    /// Decides one record: a line without its line end. Blank lines are no records; leave them out.
    ///
    /// # Errors
    /// Why the record does not fit; the next one is not touched by it.
    pub fn decide_line(&self, line: &[u8]) -> Result<Decision, Misfit> {
        let schema = self.engine.schema();
        let case = match self.record_input {
            Some(input) => decode::read_record(schema, input, line, &self.given)?,
            None => decode::read_case(schema, line, &self.given)?,
        };
        Ok(self.engine.decide(&case))
    }
}

/// What would quarantine every record, where each is one input, is said at once.
fn refuse_what_no_record_mends(
    engine: &Engine,
    record: InputId,
    given: &Given,
) -> Result<(), Misfit> {
    if given.now.is_none() {
        let message = "the records name no moment, and none was given for them";
        return Err(Misfit::new("missing-now", "$.now", message));
    }
    for ((input, value), index) in engine.schema().inputs.iter().zip(&given.inputs).zip(0u32..) {
        let path = format!("$.inputs.{}", input.name);
        let is_record = InputId(index) == record;
        if is_record && value.is_some() {
            let message =
                "this input is given for every record, and each record is one; keep one of the two";
            return Err(Misfit::new("duplicate-key", path, message));
        }
        if !is_record && value.is_none() && !input.optional {
            let message = "this input is needed, and it is not given for the records";
            return Err(Misfit::new("missing-input", path, message));
        }
    }
    Ok(())
}
