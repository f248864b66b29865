//! The policy files of a folder: every `*.courtesy` file in it and below it, as the command finds them.
//!
//! Folders whose name begins with a dot are left out, and links to folders are not followed.

#![expect(clippy::disallowed_methods, reason = "reads the folder of a package")]

use courtesy::limits::{FILE_BYTES, PACKAGE_BYTES};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file that could not be read, and why.
pub(crate) struct Unread {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

/// Names and contents of policy files.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The files of a folder, named relative to it, sorted by name.
pub(crate) fn read_folder(folder: &Path) -> Result<Files, Unread> {
    let mut paths = Vec::new();
    find(folder, &mut paths)?;
    if paths.is_empty() {
        let message = "no `*.courtesy` file in it; give the folder that holds the package";
        let error = io::Error::new(io::ErrorKind::NotFound, message);
        return Err(Unread {
            path: folder.to_path_buf(),
            error,
        });
    }
    paths.sort();
    let named = paths.into_iter().map(|path| {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_path_buf();
        (name, path)
    });
    read_all(named)
}

/// Files that are named one by one.
pub(crate) fn read_files(paths: Vec<PathBuf>) -> Result<Files, Unread> {
    read_all(paths.into_iter().map(|path| (path.clone(), path)))
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Unread> {
    let unread = |error| Unread {
        path: folder.to_path_buf(),
        error,
    };
    for entry in fs::read_dir(folder).map_err(unread)? {
        let entry = entry.map_err(unread)?;
        let path = entry.path();
        if entry.file_type().map_err(unread)?.is_dir() {
            if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                find(&path, found)?;
            }
        } else if is_policy_file(&path) && !path.is_dir() {
            found.push(path);
        }
    }
    Ok(())
}

fn is_policy_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.as_encoded_bytes());
    name.and_then(|name| name.strip_suffix(b".courtesy"))
        .is_some_and(|stem| !stem.is_empty())
}

/// Reads the files, and not much more than the library takes: it says which limit was passed.
fn read_all(paths: impl Iterator<Item = (PathBuf, PathBuf)>) -> Result<Files, Unread> {
    let mut files = Vec::new();
    let mut total = 0_usize;
    for (name, path) in paths {
        let bytes = match read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return Err(Unread { path, error }),
        };
        total = total.saturating_add(bytes.len());
        let name = name.to_string_lossy();
        let name = if cfg!(windows) {
            name.replace('\\', "/")
        } else {
            name.into_owned()
        };
        files.push((name, bytes));
        if total > PACKAGE_BYTES {
            break;
        }
    }
    Ok(files)
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = (FILE_BYTES as u64).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
