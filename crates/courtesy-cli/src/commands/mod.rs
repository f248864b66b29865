//! The commands, one file each.

mod apply;
mod check;
mod completions;
mod cost;
mod decide;
mod diff;
mod explain;
mod fmt;
mod host;
mod man;
mod new;
mod records;
mod schema;
mod test;

use crate::outcome::{Failure, Outcome};
use std::ffi::OsString;

/// What the command can do.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    Check(check::Check),
    Decide(decide::Decide),
    Apply(apply::Apply),
    Test(test::Test),
    Explain(explain::Explain),
    Fmt(fmt::Fmt),
    New(new::New),
    Diff(diff::Diff),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
    /// A program of its own that is run by its name
    #[command(external_subcommand)]
    Host(Vec<OsString>),
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// When it could not be done: wrong usage, or input and output that failed.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        match self {
            Command::Check(check) => check.run(),
            Command::Decide(decide) => decide.run(),
            Command::Apply(apply) => apply.run(),
            Command::Test(test) => test.run(),
            Command::Explain(explain) => explain.run(),
            Command::Fmt(fmt) => fmt.run(),
            Command::New(new) => new.run(),
            Command::Diff(diff) => diff.run(),
            Command::Schema(schema) => schema.run(),
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(),
            Command::Host(words) => host::run(words),
        }
    }
}

/// How results or reports are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Human,
    /// JSON for programs.
    Json,
}
