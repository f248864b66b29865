//! The policy files of a folder: every `*.courtesy` file in it and below it.
//!
//! The same files as the command takes: folders whose name begins with a dot are left out, links to folders are not
//! followed, names are relative to the folder with `/` between the parts. Output: names and bytes, sorted by name, or
//! why they cannot be read.

#![expect(clippy::disallowed_methods, reason = "reads the folder of the package")]

use courtesy::limits::{FILE_BYTES, PACKAGE_BYTES};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Names and contents.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// Reads the policy files, and not much more than the library takes: it says which limit was passed.
///
/// # Errors
/// When there is no such folder, a file cannot be read, or there are none.
pub(crate) fn read(folder: &Path) -> io::Result<Files> {
    let mut paths = Vec::new();
    find(folder, &mut paths)?;
    let mut files = Vec::new();
    let mut total = 0_usize;
    for path in paths {
        let name = name(path.strip_prefix(folder).unwrap_or(&path))?;
        let bytes = read_one(&path)?;
        total = total.saturating_add(bytes.len());
        files.push((name, bytes));
        if total > PACKAGE_BYTES {
            break;
        }
    }
    if files.is_empty() {
        return Err(io::Error::new(
            io::ErrorKind::NotFound,
            "no `*.courtesy` file in it",
        ));
    }
    files.sort();
    Ok(files)
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
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
    path.file_name()
        .and_then(|name| name.as_encoded_bytes().strip_suffix(b".courtesy"))
        .is_some_and(|stem| !stem.is_empty())
}

fn read_one(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = (FILE_BYTES as u64).saturating_add(1);
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn name(path: &Path) -> io::Result<String> {
    let Some(name) = path.to_str() else {
        let message = format!("the name `{}` is not UTF-8; rename it", path.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    };
    Ok(if cfg!(windows) {
        name.replace('\\', "/")
    } else {
        name.to_string()
    })
}
