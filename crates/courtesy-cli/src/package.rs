//! A package from a folder: every `*.courtesy` file in it and below it.
//!
//! The library gets the files by names relative to the folder, so that a decision
//! never depends on where the command was started; messages show each file as the
//! reader can open it from where they stand. Folders whose name begins with a dot
//! are left out, and links to folders are not followed.

#![expect(clippy::disallowed_methods, reason = "reads the folder of a package")]

use crate::outcome::Failure;
use crate::report;
use courtesy::limits::{FILE_BYTES, PACKAGE_BYTES};
use courtesy::{Engine, Package};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The policy files of a folder, read but not yet looked into.
pub(crate) struct Folder {
    /// The folder as it was given.
    path: PathBuf,
    /// The same, `/` between the parts.
    name: String,
    /// Names relative to the folder, and contents; sorted by name.
    files: Vec<(String, Vec<u8>)>,
}

impl Folder {
    /// Reads the policy files of a folder.
    ///
    /// # Errors
    /// When there is no such folder, a file cannot be read, or there are none.
    pub(crate) fn read(folder: &Path) -> Result<Folder, Failure> {
        let paths = policy_files_below(folder)?;
        Ok(Folder {
            path: folder.to_path_buf(),
            name: with_slashes(folder)?,
            files: read_all(folder, &paths)?,
        })
    }

    /// The folder's name as it stands in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How many files there are.
    pub(crate) fn file_count(&self) -> usize {
        self.files.len()
    }

    /// The package, its files named relative to the folder.
    pub(crate) fn package(&self) -> Package {
        Package::from_sources(self.files.iter().cloned())
    }

    /// The package, its files named as the reader of a message can open them.
    pub(crate) fn package_as_shown(&self) -> Package {
        Package::from_sources(
            self.files
                .iter()
                .map(|(name, bytes)| (self.shown(name), bytes.clone())),
        )
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The other files in it and below it whose names end so, relative to it; sorted.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub(crate) fn files_that_end_with(&self, ending: &str) -> Result<Vec<String>, Failure> {
        let mut paths = Vec::new();
        find_files(&self.path, ending, &mut paths)?;
        let mut names = Vec::new();
        for path in &paths {
            names.push(with_slashes(path.strip_prefix(&self.path).unwrap_or(path))?);
        }
        names.sort();
        Ok(names)
    }

    /// A file of the folder as the reader of a message can open it.
    pub(crate) fn shown(&self, file: &str) -> String {
        match self.name.trim_end_matches('/') {
            "." => file.to_string(),
            "" => format!("/{file}"),
            folder => format!("{}/{file}", folder.trim_start_matches("./")),
        }
    }
}

/// The engine of the package in a folder; `None` where it has errors, which have
/// then been reported.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn engine(folder: &Path) -> Result<Option<Engine>, Failure> {
    let folder = Folder::read(folder)?;
    let engine = folder.package().engine();
    if engine.is_none() {
        let package = folder.package_as_shown();
        report::draw(&package);
        report::say(&report::count_line(&package));
    }
    Ok(engine)
}

/// The policy files of a folder and of those below it.
///
/// # Errors
/// When there is no such folder or no such file in it.
pub(crate) fn policy_files_below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    refuse_what_is_no_folder(folder)?;
    let mut paths = Vec::new();
    find_files(folder, ".courtesy", &mut paths)?;
    if paths.is_empty() {
        return Err(Failure::new(format!(
            "no `*.courtesy` file in `{}`; give the folder that holds the package",
            folder.display()
        )));
    }
    Ok(paths)
}

fn refuse_what_is_no_folder(folder: &Path) -> Result<(), Failure> {
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(Failure::new(format!(
            "`{}` is not a folder; give the folder that holds the package",
            folder.display()
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Failure::new(format!(
            "no such folder: `{}`",
            folder.display()
        ))),
        Err(error) => Err(Failure::file("read", folder, &error)),
    }
}

fn find_files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let cannot_read = |error| Failure::file("read", folder, &error);
    for entry in fs::read_dir(folder).map_err(cannot_read)? {
        let entry = entry.map_err(cannot_read)?;
        let path = entry.path();
        if entry.file_type().map_err(cannot_read)?.is_dir() {
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                find_files(&path, ending, found)?;
            }
        } else if has_ending(&path, ending) && !path.is_dir() {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file's name has something before that ending.
fn has_ending(path: &Path, ending: &str) -> bool {
    path.file_name()
        .and_then(|name| name.as_encoded_bytes().strip_suffix(ending.as_bytes()))
        .is_some_and(|stem| !stem.is_empty())
}

/// Reads the files, and not much more than the library takes: it says which limit
/// was passed.
fn read_all(folder: &Path, paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut files = Vec::new();
    let mut total = 0_usize;
    for path in paths {
        let name = with_slashes(path.strip_prefix(folder).unwrap_or(path))?;
        let bytes = read_policy_file(path).map_err(|error| Failure::file("read", path, &error))?;
        total = total.saturating_add(bytes.len());
        files.push((name, bytes));
        if total > PACKAGE_BYTES {
            // Enough for the library to say that the package is too large.
            break;
        }
    }
    files.sort();
    Ok(files)
}

/// The bytes of a policy file, up to the library's limit and one more.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read_policy_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take((FILE_BYTES as u64).saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn with_slashes(path: &Path) -> Result<String, Failure> {
    let Some(text) = path.to_str() else {
        return Err(Failure::new(format!(
            "the name `{}` is not UTF-8; rename it",
            path.display()
        )));
    };
    let slashes = if cfg!(windows) {
        text.replace('\\', "/")
    } else {
        text.to_string()
    };
    Ok(slashes)
}
