//! Output files that are whole or absent.
//!
//! A file is written under a name of its own beside its final name
//! (`.NAME.courtesy-partial`), flushed to the disk, and only then renamed; the
//! folder is flushed after that. Whatever stops the command before, nothing it
//! wrote stands under the final name, and what an earlier run left there is
//! untouched; an interrupted run takes its partial file away (`interrupt`), and a
//! partial file of a killed one is replaced by the next. A device or a pipe
//! (`/dev/stdout`, a process substitution) has no final name to protect and is
//! written directly.

#![expect(
    clippy::disallowed_methods,
    reason = "writes the files that the command line names"
)]

use crate::interrupt;
use crate::outcome::Failure;
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// An output file on its way.
pub(crate) struct Staged {
    /// The name as given, for messages.
    name: PathBuf,
    /// Where the file belongs, links followed.
    place: PathBuf,
    /// Where it is being written; `None` for what is written directly.
    partial: Option<PathBuf>,
    file: BufWriter<File>,
}

impl Staged {
    /// Starts an output file. What a killed run left under the partial name is
    /// replaced.
    ///
    /// # Errors
    /// When it cannot be created.
    pub(crate) fn create(name: &Path) -> Result<Staged, Failure> {
        let place = place_of(name);
        if place.is_dir() {
            return Err(Failure::new(format!(
                "`{}` is a folder; give the name of a file",
                name.display()
            )));
        }
        let partial = partial_of(&place);
        let file = match &partial {
            Some(partial) => create_anew(partial),
            None => OpenOptions::new().write(true).open(&place),
        }
        .map_err(|error| Failure::file("write", name, &error))?;
        if let Some(partial) = &partial {
            interrupt::enter(partial, &file);
        }
        Ok(Staged {
            name: name.to_path_buf(),
            place,
            partial,
            file: BufWriter::new(file),
        })
    }

    /// The name as it was given.
    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// A folder on the same disk, for what has to be put by.
    pub(crate) fn folder(&self) -> PathBuf {
        match &self.partial {
            Some(partial) => folder_of(partial).to_path_buf(),
            None => std::env::temp_dir(),
        }
    }

    /// Writes through `write`, naming the file where that fails.
    ///
    /// # Errors
    /// When the file cannot take it.
    pub(crate) fn write_with(
        &mut self,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<(), Failure> {
        write(&mut self.file).map_err(|error| Failure::file("write", &self.name, &error))
    }

    /// Brings everything written to the disk.
    ///
    /// # Errors
    /// When the disk refuses it.
    pub(crate) fn settle(&mut self) -> Result<(), Failure> {
        let has_disk = self.partial.is_some();
        self.write_with(|file| {
            file.flush()?;
            if has_disk {
                file.get_ref().sync_all()
            } else {
                Ok(())
            }
        })
    }

    /// Gives the settled file its final name.
    ///
    /// # Errors
    /// When it cannot be renamed, or another run has taken its place meanwhile.
    pub(crate) fn publish(mut self) -> Result<(), Failure> {
        let Some(partial) = self.partial.clone() else {
            return Ok(());
        };
        if !is_still_there(&partial, self.file.get_ref()) {
            // The partial file is the other run's now: leave it alone.
            interrupt::leave(&partial, || ());
            self.partial = None;
            return Err(Failure::new(format!(
                "another run is writing `{}`; wait for it, or give this one another name",
                self.name.display()
            )));
        }
        interrupt::leave(&partial, || fs::rename(&partial, &self.place))
            .map_err(|error| Failure::file("write", &self.name, &error))?;
        self.partial = None;
        sync_folder(&self.place).map_err(|error| Failure::file("write", &self.name, &error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let Some(partial) = &self.partial else {
            return;
        };
        interrupt::leave(partial, || {
            if is_still_there(partial, self.file.get_ref()) {
                // Tidiness only: a partial file that stays is replaced by the next run.
                let _ = fs::remove_file(partial);
            }
        });
    }
}

/// Every file that writing an output touches, links followed; none for a device
/// or a pipe.
pub(crate) fn paths_of(name: &Path) -> Vec<PathBuf> {
    let place = place_of(name);
    match partial_of(&place) {
        Some(partial) => vec![place, partial],
        None => Vec::new(),
    }
}

/// The place a name stands for: links followed, the folder made absolute, the
/// file itself there or not.
pub(crate) fn place_of(name: &Path) -> PathBuf {
    if let Ok(place) = fs::canonicalize(name) {
        return place;
    }
    match (folder_of(name).canonicalize(), name.file_name()) {
        (Ok(folder), Some(file)) => folder.join(file),
        _ => name.to_path_buf(),
    }
}

/// The partial name; `None` where a device or a pipe stands at the place.
pub(crate) fn partial_of(place: &Path) -> Option<PathBuf> {
    let is_special = fs::metadata(place).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if is_special {
        return None;
    }
    let mut name = OsString::from(".");
    name.push(place.file_name()?);
    name.push(".courtesy-partial");
    Some(folder_of(place).join(name))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Creates a file of its own, never one that another run still holds open.
fn create_anew(partial: &Path) -> io::Result<File> {
    match fs::remove_file(partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(partial)
}

/// Whether the partial file is still the one that was opened.
#[cfg(unix)]
pub(crate) fn is_still_there(partial: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::symlink_metadata(partial), file.metadata()) {
        (Ok(there), Ok(ours)) => (there.dev(), there.ino()) == (ours.dev(), ours.ino()),
        _ => false,
    }
}

/// An open file cannot be replaced here, so it is still there.
#[cfg(not(unix))]
pub(crate) fn is_still_there(_partial: &Path, _file: &File) -> bool {
    true
}

/// Brings the folder of a file, or the one above a folder, to the disk: names too are written down there.
#[cfg(unix)]
pub(crate) fn sync_folder(place: &Path) -> io::Result<()> {
    File::open(folder_of(place))?.sync_all()
}

/// Folders cannot be flushed here.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_place: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Staged, place_of};
    use std::fs;
    use std::io::Write;

    fn write(staged: &mut Staged, text: &str) {
        staged
            .write_with(|file| file.write_all(text.as_bytes()))
            .unwrap();
        staged.settle().unwrap();
    }

    #[test]
    fn nothing_stands_under_the_final_name_before_it_is_published() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("out");
        let mut staged = Staged::create(&name).unwrap();
        write(&mut staged, "whole\n");
        assert!(!name.exists());
        staged.publish().unwrap();
        assert_eq!(fs::read_to_string(&name).unwrap(), "whole\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_dropped_file_leaves_nothing_and_the_former_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("out");
        fs::write(&name, "former").unwrap();
        write(&mut Staged::create(&name).unwrap(), "half");
        assert_eq!(fs::read_to_string(&name).unwrap(), "former");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn of_two_runs_with_one_name_the_later_wins_and_the_other_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("out");
        let mut first = Staged::create(&name).unwrap();
        let mut second = Staged::create(&name).unwrap();
        write(&mut first, "first");
        write(&mut second, "second");
        assert!(
            first
                .publish()
                .unwrap_err()
                .to_string()
                .contains("another run")
        );
        second.publish().unwrap();
        assert_eq!(fs::read_to_string(&name).unwrap(), "second");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (name, target) = (folder.path().join("link"), folder.path().join("target"));
        fs::write(&target, "former").unwrap();
        std::os::unix::fs::symlink(&target, &name).unwrap();
        let mut staged = Staged::create(&name).unwrap();
        write(&mut staged, "new");
        staged.publish().unwrap();
        assert!(fs::symlink_metadata(&name).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert_eq!(place_of(&name), place_of(&target));
    }
}
