//! Cuts a stream of bytes into blocks of lines.
//!
//! A line ends with LF or CR LF, the last one at the end of the stream too. Blank
//! lines (nothing but spaces, tabs and CR) are no records, but count as lines. A
//! line longer than a record may be is never held whole: it goes to a file
//! without a name, for the quarantine, or is only passed over.

use crate::outcome::reason;
use courtesy::limits::CASE_BYTES;
use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::PathBuf;

/// Most lines of a block.
const BLOCK_LINES: usize = 256;

/// Size at which a block is closed; the line that passes it still belongs to it.
const BLOCK_BYTES: usize = 1024 * 1024;

/// Records that are decided together.
#[derive(Debug, Default)]
pub(crate) struct Block {
    bytes: Vec<u8>,
    lines: Vec<(u64, Range<usize>)>,
}

impl Block {
    /// The records without their line ends, each with its line number from 1.
    pub(crate) fn records(&self) -> impl Iterator<Item = (u64, &[u8])> {
        self.lines
            .iter()
            .map(|(number, range)| (*number, self.bytes.get(range.clone()).unwrap_or_default()))
    }

    fn is_full(&self) -> bool {
        self.lines.len() >= BLOCK_LINES || self.bytes.len() >= BLOCK_BYTES
    }
}

/// A line that is longer than a record may be.
#[derive(Debug)]
pub(crate) struct LongLine {
    /// Its line number, from 1.
    pub(crate) number: u64,
    /// Its bytes, where they are kept.
    pub(crate) kept: Option<Kept>,
}

/// The bytes of a long line in a file without a name.
#[derive(Debug)]
pub(crate) struct Kept {
    file: File,
    length: u64,
}

impl Kept {
    /// The bytes from their beginning.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn bytes(&mut self) -> io::Result<impl Read> {
        self.file.seek(SeekFrom::Start(0))?;
        Ok((&mut self.file).take(self.length))
    }

    /// These bytes, for tests.
    #[cfg(test)]
    pub(crate) fn holding(bytes: &[u8]) -> Kept {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        Kept {
            file,
            length: bytes.len() as u64,
        }
    }
}

/// What is handed on at a time.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Records; at least one.
    Block(Block),
    /// A line too long to be one.
    LongLine(LongLine),
}

impl Piece {
    /// Bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Piece::Block(block) => block.bytes.len(),
            Piece::LongLine(_) => 0,
        }
    }
}

/// A stream of lines.
pub(crate) struct Lines<R> {
    source: R,
    number: u64,
    limit: usize,
    keep_in: Option<PathBuf>,
    held: Option<LongLine>,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a source; those that are too long are kept in files without a
    /// name in the folder `keep_in`, or passed over where there is none.
    pub(crate) fn new(source: R, keep_in: Option<PathBuf>) -> Lines<R> {
        Lines {
            source,
            number: 0,
            limit: CASE_BYTES,
            keep_in,
            held: None,
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// When the source cannot be read, or a long line cannot be kept.
    pub(crate) fn next(&mut self) -> io::Result<Option<Piece>> {
        if let Some(line) = self.held.take() {
            return Ok(Some(Piece::LongLine(line)));
        }
        let mut block = Block::default();
        while !block.is_full() && self.held.is_none() {
            if !self.read_line(&mut block)? {
                break;
            }
        }
        if block.lines.is_empty() {
            return Ok(self.held.take().map(Piece::LongLine));
        }
        Ok(Some(Piece::Block(block)))
    }

    /// Reads one line into the block, or holds it back where it is too long; says
    /// whether there was one.
    fn read_line(&mut self, block: &mut Block) -> io::Result<bool> {
        let start = block.bytes.len();
        // With room for the line end, so that a line of just the limit fits.
        let room = (self.limit as u64).saturating_add(2);
        let read = self
            .source
            .by_ref()
            .take(room)
            .read_until(b'\n', &mut block.bytes)?;
        if read == 0 {
            return Ok(false);
        }
        self.number = self.number.saturating_add(1);
        let line = block.bytes.get(start..).unwrap_or_default();
        let has_ended = line.ends_with(b"\n");
        let record = without_line_end(line);
        let end = start.saturating_add(record.len());
        if record.len() > self.limit {
            let line = block.bytes.split_off(start);
            self.held = Some(self.long_line(&line, has_ended)?);
        } else if record
            .iter()
            .all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        {
            block.bytes.truncate(start);
        } else {
            block.lines.push((self.number, start..end));
        }
        Ok(true)
    }

    fn long_line(&mut self, start: &[u8], has_ended: bool) -> io::Result<LongLine> {
        let mut kept = match &self.keep_in {
            Some(folder) => Some(tempfile::tempfile_in(folder).map_err(cannot_keep)?),
            None => None,
        };
        let mut tail = Tail::default();
        tail.pass(start, kept.as_mut())?;
        if !has_ended {
            self.pass_rest_of_line(&mut tail, kept.as_mut())?;
        }
        Ok(LongLine {
            number: self.number,
            kept: kept.map(|file| Kept {
                file,
                length: tail.record_length(),
            }),
        })
    }

    fn pass_rest_of_line(
        &mut self,
        tail: &mut Tail,
        mut kept: Option<&mut File>,
    ) -> io::Result<()> {
        loop {
            let bytes = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                bytes => bytes?,
            };
            let part = bytes
                .split_inclusive(|byte| *byte == b'\n')
                .next()
                .unwrap_or_default();
            tail.pass(part, kept.as_deref_mut())?;
            let (taken, has_ended) = (part.len(), part.ends_with(b"\n"));
            self.source.consume(taken);
            if has_ended || taken == 0 {
                return Ok(());
            }
        }
    }
}

/// The length of a line that goes by, and its last two bytes.
#[derive(Default)]
struct Tail {
    length: u64,
    last: [u8; 2],
}

impl Tail {
    fn pass(&mut self, bytes: &[u8], kept: Option<&mut File>) -> io::Result<()> {
        self.length = self.length.saturating_add(bytes.len() as u64);
        let [_, mut last] = self.last;
        for byte in bytes.iter().skip(bytes.len().saturating_sub(2)) {
            self.last = [last, *byte];
            last = *byte;
        }
        kept.map_or(Ok(()), |file| file.write_all(bytes).map_err(cannot_keep))
    }

    fn record_length(&self) -> u64 {
        let line_end = self
            .last
            .len()
            .saturating_sub(without_line_end(&self.last).len());
        self.length.saturating_sub(line_end as u64)
    }
}

/// The records can be read, but the disk of the quarantine file is the trouble.
fn cannot_keep(error: io::Error) -> io::Error {
    io::Error::other(format!(
        "a very long line cannot be put by for the quarantine: {}",
        reason(&error)
    ))
}

fn without_line_end(line: &[u8]) -> &[u8] {
    match line.strip_suffix(b"\n") {
        Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Piece};
    use std::io::{BufReader, Read};

    /// Reads with a limit of 8 bytes and a buffer of 3: number and text of each
    /// line, those that are too long with a mark.
    fn read(text: &[u8]) -> Vec<(u64, String)> {
        let folder = tempfile::tempdir().unwrap();
        let source = BufReader::with_capacity(3, text);
        let mut lines = Lines::new(source, Some(folder.path().to_path_buf()));
        lines.limit = 8;
        let mut found = Vec::new();
        while let Some(piece) = lines.next().unwrap() {
            match piece {
                Piece::Block(block) => found.extend(block.records().map(|(number, record)| {
                    (number, String::from_utf8_lossy(record).into_owned())
                })),
                Piece::LongLine(mut line) => {
                    let mut text = "long: ".to_string();
                    line.kept
                        .as_mut()
                        .unwrap()
                        .bytes()
                        .unwrap()
                        .read_to_string(&mut text)
                        .unwrap();
                    found.push((line.number, text));
                }
            }
        }
        found
    }

    fn line(number: u64, text: &str) -> (u64, String) {
        (number, text.to_string())
    }

    #[test]
    fn line_ends_are_no_part_of_a_record() {
        assert_eq!(
            read(b"one\ntwo\r\nthree"),
            [line(1, "one"), line(2, "two"), line(3, "three")]
        );
        assert_eq!(read(b"one\r"), [line(1, "one\r")]);
        assert_eq!(read(b"a\rb\r\r\n"), [line(1, "a\rb\r")]);
    }

    #[test]
    fn blank_lines_are_counted_as_lines_only() {
        assert_eq!(
            read(b"\n \t\r\none\n\n\ntwo\n\n"),
            [line(3, "one"), line(6, "two")]
        );
        assert_eq!(read(b""), []);
        assert_eq!(read(b"\n"), []);
    }

    #[test]
    fn a_line_of_just_the_limit_is_a_record() {
        assert_eq!(
            read(b"12345678\n12345678\r\n12345678"),
            [
                line(1, "12345678"),
                line(2, "12345678"),
                line(3, "12345678")
            ]
        );
    }

    #[test]
    fn a_longer_line_is_kept_whole_and_its_neighbours_survive() {
        assert_eq!(
            read(b"a\n123456789\nb\n"),
            [line(1, "a"), line(2, "long: 123456789"), line(3, "b")]
        );
        assert_eq!(
            read(b"123456789\r\n1234567890abcdefg\r\nb\n"),
            [
                line(1, "long: 123456789"),
                line(2, "long: 1234567890abcdefg"),
                line(3, "b")
            ]
        );
        assert_eq!(read(b"123456789"), [line(1, "long: 123456789")]);
        assert_eq!(read(b"1234567890abc\r"), [line(1, "long: 1234567890abc\r")]);
        assert_eq!(read(b"12345678\r\r\n"), [line(1, "long: 12345678\r")]);
    }

    #[test]
    fn without_a_folder_a_longer_line_is_passed_over() {
        let mut lines = Lines::new(&b"1234567890abc\nb\n"[..], None);
        lines.limit = 8;
        assert!(matches!(lines.next(), Ok(Some(Piece::LongLine(line))) if line.kept.is_none()));
        assert!(matches!(lines.next(), Ok(Some(Piece::Block(_)))));
        assert!(matches!(lines.next(), Ok(None)));
    }
}
