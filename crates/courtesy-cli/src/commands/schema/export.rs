//! `courtesy schema export`: what the data of a package must look like, as JSON Schema.

use crate::outcome::{Failure, Outcome};
use crate::package;
use crate::report;
use courtesy::diagnostic::nearest;
use courtesy::json_schema::{export_case, export_input};
use courtesy::schema::Schema;
use std::path::PathBuf;

/// Writes what a case of a package must look like as JSON Schema (draft 2020-12)
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy schema export examples/readme > case.schema.json\n  courtesy schema export examples/readme --input customer > customer.schema.json"
)]
pub(super) struct Export {
    /// Folder of the package
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// Only what this input must look like: a line of `apply --as`
    #[arg(long, value_name = "INPUT")]
    input: Option<String>,
}

impl Export {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let Some(engine) = package::engine(&self.folder)? else {
            return Ok(Outcome::Wrong);
        };
        let schema = engine.schema();
        let document = match &self.input {
            None => export_case(schema),
            Some(input) => export_input(schema, input).ok_or_else(|| unknown(schema, input))?,
        };
        report::print(&format!("{document:#}\n"))?;
        Ok(Outcome::Well)
    }
}

fn unknown(schema: &Schema, input: &str) -> Failure {
    let known = || schema.inputs.iter().map(|input| &*input.name);
    let advice = match nearest(input, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the package has {}", known().collect::<Vec<_>>().join(", ")),
    };
    Failure::new(format!("no input `{input}`; {advice}"))
}
