//! The language server of Courtesy, on standard input and output.
//!
//! It is a converter: files and messages come in, `courtesy::ide` answers, messages go out. [`server`] keeps the
//! protocol, [`workspace`] knows which files belong to one package, [`answers`] turns answers into the protocol's
//! words, [`places`] turns byte offsets into its positions and back.

#![cfg_attr(
    test,
    allow(
        clippy::arithmetic_side_effects,
        clippy::disallowed_methods,
        clippy::indexing_slicing,
        reason = "tests may count and read files"
    )
)]

mod answers;
mod examples;
mod places;
mod server;
mod workspace;

use lsp_server::Connection;
use std::io::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (connection, threads) = Connection::stdio();
    let served = server::serve(&connection).map_err(|error| error.to_string());
    // The writing thread ends when nobody can send any more.
    drop(connection);
    let joined = threads.join().map_err(|error| error.to_string());
    match served.and(joined) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even stderr is closed there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}
