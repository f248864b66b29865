//! `courtesy new`: a package to start from.
//!
//! The package checks, passes its tests and decides as it stands. Nothing is ever written into a
//! folder that holds something already, and the files appear together or not at all.

#![expect(
    clippy::disallowed_methods,
    reason = "writes the folder that it is asked for"
)]

use crate::outcome::{Failure, Outcome};
use crate::report;
use crate::staged::Staged;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The files of the starter package.
const FILES: [(&str, &str); 6] = [
    ("README.md", include_str!("starter/README.md")),
    ("schema.courtesy", include_str!("starter/schema.courtesy")),
    (
        "policies.courtesy",
        include_str!("starter/policies.courtesy"),
    ),
    (
        "examples.courtesy",
        include_str!("starter/examples.courtesy"),
    ),
    ("amir.case.json", include_str!("starter/amir.case.json")),
    (
        "amir.decision.json",
        include_str!("starter/amir.decision.json"),
    ),
];

/// Writes a small package to start from
///
/// Exits with 0 when it stands there, 2 when the folder is not empty or cannot be
/// written.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  courtesy new shop\n  courtesy check shop")]
pub(crate) struct New {
    /// Folder for the package: a new or an empty one
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl New {
    /// Runs the command.
    ///
    /// # Errors
    /// When the folder holds something already or cannot be written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        refuse_what_is_taken(&self.folder)?;
        fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::file("create", &self.folder, &error))?;
        let mut staged = Vec::new();
        for (name, text) in FILES {
            let mut file = Staged::create(&self.folder.join(name))?;
            file.write_with(|file| file.write_all(text.as_bytes()))?;
            file.settle()?;
            staged.push(file);
        }
        staged.into_iter().try_for_each(Staged::publish)?;
        let folder = self.folder.display();
        report::say(&format!(
            "{folder}: {}; read {}, then try `courtesy check {folder}`",
            report::counted(FILES.len() as u64, "file"),
            self.folder.join("README.md").display()
        ));
        Ok(Outcome::Well)
    }
}

fn refuse_what_is_taken(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(Failure::new(format!(
            "`{}` is not empty; give the name of a new folder",
            folder.display()
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(Failure::new(format!(
            "`{}` is a file; give the name of a new folder",
            folder.display()
        ))),
        Err(error) => Err(Failure::file("read", folder, &error)),
    }
}
