//! The service of Courtesy: decisions over HTTP, by the package in a folder.
//!
//! A host like the others: it reads the files, takes the clock, speaks HTTP and writes a log; what a package means is
//! the library's affair. `courtesy serve` finds and runs it. The exit code is 0 after a graceful stop, 1 when the
//! package is wrong at the start, 2 for wrong usage or when it cannot listen.

mod arguments;
mod batch;
mod clock;
mod deciding;
mod folder;
mod lines;
mod log;
mod metrics;
mod openapi;
mod problem;
mod reload;
mod routes;
mod server;
mod service;
mod wire;

use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log::begin(arguments.log);
    match server::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            log::failure(&failure);
            failure.into()
        }
    }
}
