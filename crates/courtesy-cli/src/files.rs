//! Files named on the command line.
//!
//! `-` stands for stdin or stdout where an option's help says so. Small files
//! (cases, inputs, proposals) are read whole, up to the library's limit and one
//! byte more, so that the library can say that they are too large.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the files that the command line names"
)]

use crate::outcome::Failure;
use courtesy::limits::CASE_BYTES;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// `--input NAME=FILE`: an input that is the same for every case.
#[derive(Clone, Debug)]
pub(crate) struct InputFile {
    /// The name of the input.
    pub(crate) name: String,
    /// Where its JSON stands.
    pub(crate) path: PathBuf,
}

/// Reads the value of `--input`.
///
/// # Errors
/// What is wrong with it, for the usage message.
pub(crate) fn parse_input(text: &str) -> Result<InputFile, String> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !path.is_empty() => Ok(InputFile {
            name: name.to_string(),
            path: path.into(),
        }),
        _ => Err("write the name of an input and a file, such as shop=shop.json".to_string()),
    }
}

/// Reads the files of all `--input` options.
///
/// # Errors
/// When one cannot be read or an input is given twice.
pub(crate) fn read_inputs(inputs: &[InputFile]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut read: Vec<(String, Vec<u8>)> = Vec::new();
    for InputFile { name, path } in inputs {
        if read.iter().any(|(known, _)| known == name) {
            return Err(Failure::new(format!(
                "--input gives `{name}` twice; keep one of them"
            )));
        }
        read.push((name.clone(), read_file(path)?));
    }
    Ok(read)
}

/// Whether a path stands for stdin or stdout.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == OsStr::new("-")
}

/// The path as it stands in messages: `-` for reading is `stdin`.
pub(crate) fn shown(path: &Path) -> &Path {
    if is_standard(path) {
        Path::new("stdin")
    } else {
        path
    }
}

/// Reads a whole file, or stdin where the path is `-`.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read_file_or_stdin(path: &Path) -> Result<Vec<u8>, Failure> {
    if is_standard(path) {
        read_up_to_limit(io::stdin().lock())
            .map_err(|error| Failure::file("read", shown(path), &error))
    } else {
        read_file(path)
    }
}

/// Reads a whole file.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    File::open(path)
        .and_then(read_up_to_limit)
        .map_err(|error| Failure::file("read", path, &error))
}

fn read_up_to_limit(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = (CASE_BYTES as u64).saturating_add(1);
    source.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}
