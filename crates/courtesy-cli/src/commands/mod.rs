//! The commands, one file each.

mod apply;
mod check;
mod completions;
mod decide;
mod diff;
mod explain;
mod fmt;
mod man;
mod new;
mod records;
mod schema;
mod test;

use crate::outcome::{Failure, Outcome};

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
