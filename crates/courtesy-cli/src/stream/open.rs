//! Opens a file of records: NDJSON, plain or gzip.
//!
//! What a file is shows in its first bytes; its name counts only for formats that
//! have no such mark. A byte order mark at the start is skipped. A format that is
//! not accepted is refused before anything is decided.

#![expect(clippy::disallowed_methods, reason = "reads the records")]

use crate::files::{is_standard, shown};
use crate::outcome::Failure;
use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// How much is read at a time.
const BUFFER: usize = 256 * 1024;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTANDARD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const PARQUET: &[u8] = b"PAR1";
const UTF8_MARK: &[u8] = &[0xef, 0xbb, 0xbf];
const UTF16_MARKS: [&[u8]; 2] = [&[0xff, 0xfe], &[0xfe, 0xff]];

/// What the records are accepted as, for messages.
const ACCEPTED: &str =
    "records are accepted as NDJSON, one JSON value a line in UTF-8, plain or gzip";

/// The lines of a file, or of stdin where the path is `-`; `progress` counts the
/// bytes as they stand in the file.
///
/// # Errors
/// When it cannot be read or is in a format that is not accepted.
pub(crate) fn open(
    path: &Path,
    progress: &ProgressBar,
) -> Result<Box<dyn BufRead + Send>, Failure> {
    refuse_by_name(path)?;
    let cannot_read = |error| Failure::file("read", shown(path), &error);
    let source: Box<dyn Read + Send> = if is_standard(path) {
        Box::new(io::stdin())
    } else {
        Box::new(open_file(path, progress).map_err(cannot_read)?)
    };
    let source = BufReader::with_capacity(BUFFER, progress.wrap_read(source));
    let (start, source) = peek(source, 4).map_err(cannot_read)?;
    refuse_by_start(path, &start)?;
    if !start.starts_with(GZIP) {
        return without_mark(source).map_err(cannot_read);
    }
    let unpacked = BufReader::with_capacity(BUFFER, MultiGzDecoder::new(source));
    without_mark(unpacked).map_err(cannot_read)
}

fn open_file(path: &Path, progress: &ProgressBar) -> io::Result<File> {
    let file = File::open(path)?;
    let found = file.metadata()?;
    if found.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if found.is_file() {
        progress.set_length(found.len());
    }
    Ok(file)
}

fn refuse_by_name(path: &Path) -> Result<(), Failure> {
    let name = path.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let formats = [
        (".csv", "CSV"),
        (".tsv", "tab-separated text"),
        (".parquet", "Parquet"),
    ];
    match formats.iter().find(|(ending, _)| name.ends_with(ending)) {
        Some((_, format)) => Err(refused(path, format)),
        None => Ok(()),
    }
}

fn refuse_by_start(path: &Path, start: &[u8]) -> Result<(), Failure> {
    let formats = [(ZSTANDARD, "zstd"), (PARQUET, "Parquet")];
    let utf16 = UTF16_MARKS.map(|mark| (mark, "UTF-16"));
    match formats
        .iter()
        .chain(&utf16)
        .find(|(mark, _)| start.starts_with(mark))
    {
        Some((_, format)) => Err(refused(path, format)),
        None => Ok(()),
    }
}

fn refused(path: &Path, format: &str) -> Failure {
    Failure::new(format!(
        "`{}` is {format}; {ACCEPTED}",
        shown(path).display()
    ))
}

/// Skips a byte order mark at the start.
fn without_mark(lines: impl BufRead + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let (start, mut lines) = peek(lines, UTF8_MARK.len())?;
    if start == UTF8_MARK {
        lines.read_exact(&mut [0; UTF8_MARK.len()])?;
    }
    Ok(Box::new(lines))
}

/// A source whose first bytes have been looked at.
type Peeked<R> = io::Chain<Cursor<Vec<u8>>, R>;

/// The first bytes, fewer where there are no more, and everything from them on.
fn peek<R: BufRead>(mut source: R, length: usize) -> io::Result<(Vec<u8>, Peeked<R>)> {
    let mut start = Vec::new();
    source
        .by_ref()
        .take(length as u64)
        .read_to_end(&mut start)?;
    Ok((start.clone(), Cursor::new(start).chain(source)))
}
