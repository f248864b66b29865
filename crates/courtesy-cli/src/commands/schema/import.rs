//! `courtesy schema import`: a policy file for what a JSON Schema describes.

use crate::files::{read_file_or_stdin, shown};
use crate::outcome::{Failure, Outcome};
use crate::report;
use courtesy::json_schema;
use std::path::PathBuf;

/// Makes types from a JSON Schema, and says what it left out
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy schema import customer.schema.json --as customer > schema.courtesy"
)]
pub(super) struct Import {
    /// The JSON Schema of one record, or of a whole case as `export` writes it; `-` for stdin
    #[arg(value_name = "FILE")]
    schema: PathBuf,

    /// What a record is called: the name of the input
    #[arg(long = "as", value_name = "INPUT", default_value = "customer")]
    input: String,
}

impl Import {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let document = read_file_or_stdin(&self.schema)?;
        let outline = json_schema::import(&document, &self.input).map_err(|error| {
            Failure::new(format!("`{}`: {error}", shown(&self.schema).display()))
        })?;
        report::print(&outline.to_policy_file())?;
        Ok(Outcome::Well)
    }
}
