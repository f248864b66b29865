//! `courtesy new`: a package to start from.
//!
//! The package checks, passes its tests and decides as it stands. Nothing is ever written into a
//! folder that holds something already. Each file is whole or absent; where a run was stopped before
//! its end, the next one completes what it left.

#![expect(
    clippy::disallowed_methods,
    reason = "writes the folder that it is asked for"
)]

use crate::outcome::{Failure, Outcome};
use crate::report;
use crate::staged::{Staged, partial_of, sync_folder};
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
        create_folder(&self.folder)?;
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

/// Creates a folder and those above it that are missing, each of them on the disk before the next.
fn create_folder(folder: &Path) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        create_folder(above)?;
    }
    fs::create_dir(folder)
        .and_then(|()| sync_folder(folder))
        .map_err(|error| Failure::file("create", folder, &error))
}

/// Refuses a folder that holds anything but what an unfinished run has left.
fn refuse_what_is_taken(folder: &Path) -> Result<(), Failure> {
    let cannot_read = |error| Failure::file("read", folder, &error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Failure::new(format!(
                "`{}` is a file; give the name of a new folder",
                folder.display()
            )));
        }
        Err(error) => return Err(cannot_read(error)),
    };
    let mut whole = 0_usize;
    for entry in entries {
        let path = entry.map_err(cannot_read)?.path();
        if is_whole(&path) {
            whole = whole.saturating_add(1);
        } else if !is_on_its_way(&path) {
            return Err(not_empty(folder));
        }
    }
    if whole == FILES.len() {
        return Err(not_empty(folder));
    }
    Ok(())
}

fn not_empty(folder: &Path) -> Failure {
    Failure::new(format!(
        "`{}` is not empty; give the name of a new folder",
        folder.display()
    ))
}

/// Whether it is a file of the starter package, just as it is written.
fn is_whole(path: &Path) -> bool {
    FILES.iter().any(|(name, text)| {
        path.file_name().is_some_and(|found| found == *name)
            && fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
    })
}

/// Whether a killed run may have left it on the way to one of the files.
fn is_on_its_way(path: &Path) -> bool {
    FILES
        .iter()
        .any(|(name, _)| partial_of(&path.with_file_name(name)).as_deref() == Some(path))
}
