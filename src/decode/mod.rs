//! Reads cases and records, straight from bytes, held against the schema.
//!
//! Input: JSON as it arrives, or a host's own values by way of their JSON, and what a host gives for every case.
//! Output: a [`Case`], or a [`Misfit`] that says where and why the data does not fit. Of a record only what the
//! schema declares is kept; the rest is checked to be JSON and left. A key that no case, proposal or action has is
//! refused.
//! Invariants: nothing is coerced or guessed; numbers never pass through floating point; a key that stands twice
//! in one record is refused; no misfit repeats the content of a private field; the answer depends on the bytes
//! alone.

mod builder;
mod case;
mod finite;
mod found;
mod inputs;
mod misfit;
mod money;
mod object;
mod proposal;
mod reader;
mod samples;
mod scalar;
mod seed;
mod serialized;

#[cfg(test)]
pub(crate) mod tests;

use crate::schema::{InputId, Schema};
use crate::value::{Timestamp, Value};

pub use builder::CaseBuilder;
pub use case::{Case, CaseOptions, Proposal};
pub use misfit::{Misfit, Misfits};

pub(crate) use proposal::Draft;
pub(crate) use samples::{check_action, check_input};

/// What a host gives for every case, already held against the schema.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    /// The moment of the cases that name none.
    pub(crate) now: Option<Timestamp>,
    /// One for each input; `None` where every case brings its own.
    pub(crate) inputs: Vec<Option<Value>>,
    /// Put to every case, behind its own.
    pub(crate) proposals: Vec<Draft>,
}

impl Given {
    /// What [`CaseOptions`] give.
    pub(crate) fn read(schema: &Schema, options: &CaseOptions) -> Result<Given, Misfit> {
        Ok(Given {
            now: options.now,
            inputs: inputs::read_given(schema, &options.inputs)?,
            proposals: Vec::new(),
        })
    }
}

/// Reads a whole case: `now`, `inputs` and `proposals`.
pub(crate) fn read_case(schema: &Schema, json: &[u8], given: &Given) -> Result<Case, Misfit> {
    case::read_whole(schema, json, given)
}

/// Reads a case that is nothing but the value of one input.
pub(crate) fn read_record(
    schema: &Schema,
    input: InputId,
    json: &[u8],
    given: &Given,
) -> Result<Case, Misfit> {
    case::read_record(schema, input, json, given)
}

/// Reads a JSON list of proposals, to be put to every case.
pub(crate) fn read_proposals(schema: &Schema, json: &[u8]) -> Result<Vec<Draft>, Misfit> {
    proposal::read_list(schema, json)
}

/// Reads the value of one input that stands alone; paths in it begin with `$`.
pub(crate) fn read_input(schema: &Schema, input: InputId, json: &[u8]) -> Result<Value, Misfit> {
    inputs::read_one(schema, input, json, "$")
}

/// The input of that name.
pub(crate) fn input_named(schema: &Schema, name: &str) -> Result<InputId, Misfit> {
    inputs::named(schema, name)
}
