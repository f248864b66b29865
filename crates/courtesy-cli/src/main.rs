//! The command `courtesy`: a thin host around the library.
//!
//! It reads files, takes the clock, starts threads and writes results; what a
//! package means is the library's affair alone. Results go to stdout, everything
//! said about them to stderr. The exit code is 0 when all is well, 1 when the
//! package is wrong, 2 for wrong usage or input and output that failed, and 3 when
//! records were quarantined.

#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::disallowed_methods,
        clippy::print_stderr,
        clippy::print_stdout,
        reason = "tests may count, read files and print"
    )
)]

mod clock;
mod commands;
mod files;
mod interrupt;
mod outcome;
mod package;
mod report;
mod staged;
mod stream;

use clap::Parser;
use courtesy::printable::printable;
use std::process::ExitCode;

/// Says how a customer is to be treated, by the policies of a package.
#[derive(Parser)]
#[command(
    name = "courtesy",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Programs of their own, run by name where they are installed:\n  lsp          The language server for editors\n  serve        Decisions over HTTP"
)]
struct Arguments {
    #[command(subcommand)]
    command: commands::Command,
}

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            report::say(&format!("error: {}", printable(&failure.to_string())));
            ExitCode::from(2)
        }
    }
}
