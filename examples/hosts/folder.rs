//! Reads the policy files of a folder and of those below it. The library itself reads no files.

#![allow(
    clippy::disallowed_methods,
    reason = "files belong to the host, and this is one"
)]

use std::fs;
use std::io;
use std::path::Path;

/// The name, relative to the folder, and the bytes of each `*.courtesy` file.
///
/// # Errors
/// Where a folder or a file cannot be read.
pub(crate) fn policy_files(folder: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    find(Path::new(folder), "", &mut files)?;
    Ok(files)
}

fn find(folder: &Path, before: &str, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(name) = name.filter(|name| !name.starts_with('.')) else {
            continue;
        };
        // Names tell files apart in messages; `/` makes them the same on every machine.
        let name = format!("{before}{name}");
        if path.is_dir() {
            find(&path, &format!("{name}/"), files)?;
        } else if name.ends_with(".courtesy") {
            files.push((name, fs::read(&path)?));
        }
    }
    Ok(())
}
