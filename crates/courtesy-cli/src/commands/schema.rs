//! `courtesy schema`: types from sample records; JSON Schema in and out.
//!
//! All three write to stdout: `infer` and `import` a policy file, `export` a JSON document.

mod export;
mod import;
mod infer;

use crate::outcome::{Failure, Outcome};

/// Makes a schema from sample records or a JSON Schema, or writes one out as JSON Schema
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy schema infer customers.ndjson --as customer > schema.courtesy\n  courtesy schema export examples/readme > case.schema.json"
)]
pub(crate) struct Schema {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    Infer(infer::Infer),
    Import(import::Import),
    Export(export::Export),
}

impl Schema {
    /// Runs the command.
    ///
    /// # Errors
    /// When a file cannot be read or says nothing that a schema could be made of.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        match &self.action {
            Action::Infer(infer) => infer.run(),
            Action::Import(import) => import.run(),
            Action::Export(export) => export.run(),
        }
    }
}
