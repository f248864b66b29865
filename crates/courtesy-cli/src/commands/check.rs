//! `courtesy check`: every problem of a package in one run.
//!
//! Drawn diagnostics and the count line go to stderr; with `--format json` the
//! diagnostics go to stdout as one array, empty where nothing was found.

use super::Format;
use crate::outcome::{Failure, Outcome};
use crate::package::Folder;
use crate::report;
use courtesy::Package;
use courtesy::diagnostic::to_json;
use std::path::PathBuf;

/// Checks a package and shows everything that is wrong with it
///
/// Exits with 0 when the package has no errors (warnings are shown, but do not
/// count), 1 when it has some, 2 when the folder cannot be read.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy check examples/cdnow\n  courtesy check examples/cdnow --format json > problems.json"
)]
pub(crate) struct Check {
    /// Folder of the package: its `*.courtesy` files, those in folders below too
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// `human` draws the problems on stderr, `json` writes them to stdout
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

impl Check {
    /// Runs the command.
    ///
    /// # Errors
    /// When the folder cannot be read or stdout cannot be written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let folder = Folder::read(&self.folder)?;
        let package = folder.package_as_shown();
        match self.format {
            Format::Human => show(&folder, &package),
            Format::Json => report::print(&to_json(package.diagnostics(), package.sources()))?,
        }
        Ok(if package.has_errors() {
            Outcome::Wrong
        } else {
            Outcome::Well
        })
    }
}

fn show(folder: &Folder, package: &Package) {
    report::draw(package);
    if package.diagnostics().is_empty() {
        let files = report::counted(folder.file_count() as u64, "file");
        let policies = report::counted(package.policies().count() as u64, "policy");
        report::say(&format!(
            "{}: {files}, {policies}, no problems",
            folder.name()
        ));
    } else {
        report::say(&report::count_line(package));
    }
}
