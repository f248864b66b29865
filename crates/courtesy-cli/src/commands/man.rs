//! `courtesy man`: the pages of the manual, one for each command.

#![expect(
    clippy::disallowed_methods,
    reason = "writes the pages into the folder that the command line names"
)]

use crate::outcome::{Failure, Outcome};
use clap::CommandFactory;
use std::fs;
use std::path::PathBuf;

/// Writes the pages of the manual, `courtesy.1` and one for each command, into a folder
#[derive(clap::Args)]
#[command(after_help = "Example:\n  courtesy man /usr/local/share/man/man1")]
pub(crate) struct Man {
    /// The folder; it is made where it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Man {
    /// Runs the command.
    ///
    /// # Errors
    /// When the pages cannot be written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let cannot_write = |error| Failure::file("write", &self.folder, &error);
        fs::create_dir_all(&self.folder).map_err(cannot_write)?;
        let command = crate::Arguments::command();
        clap_mangen::generate_to(command, &self.folder).map_err(cannot_write)?;
        Ok(Outcome::Well)
    }
}
