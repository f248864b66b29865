//! Cuts a body into blocks of lines as it arrives.
//!
//! A line ends with LF or CR LF, the last one at the end of the body too. Blank lines (nothing but spaces, tabs and CR)
//! are no records, but count as lines; a byte order mark at the start is passed over. Invariants: a block is given as
//! soon as nothing more is there to be read, so that a client may wait for an answer before it sends on; no more than
//! one line and one piece of the body is held, and of a line that is too long nothing at all.

use axum::body::BodyDataStream;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use std::time::Duration;
use tokio::time::timeout;

/// Most lines that are decided in one go.
const BLOCK_LINES: usize = 64;

/// A record without its line end, with its line number from 1; without its bytes where they are too many.
pub(crate) type Record = (u64, Option<Bytes>);

/// What comes next.
pub(crate) enum Piece {
    /// Records.
    Block(Vec<Record>),
    /// Nothing more came in time; the line of that number is the one that was waited for.
    TooSlow(u64),
}

/// A body that is cut into lines.
pub(crate) struct Lines {
    pieces: BodyDataStream,
    patience: Duration,
    cutter: Cutter,
}

impl Lines {
    /// Of lines with at most so many bytes, and at most so long from one piece of the body to the next.
    pub(crate) fn new(pieces: BodyDataStream, most: u64, patience: Duration) -> Lines {
        Lines {
            pieces,
            patience,
            cutter: Cutter::new(usize::try_from(most).unwrap_or(usize::MAX)),
        }
    }

    /// The next piece; `None` at the end. A body that breaks off just ends: there is nobody left to be told.
    pub(crate) async fn next(&mut self) -> Option<Piece> {
        loop {
            let block = self.cutter.block();
            if !block.is_empty() {
                return Some(Piece::Block(block));
            }
            if self.cutter.ended {
                return None;
            }
            match timeout(self.patience, self.pieces.next()).await {
                Ok(Some(Ok(piece))) => self.cutter.rest.extend_from_slice(&piece),
                Ok(None) => self.cutter.ended = true,
                Ok(Some(Err(_))) => self.cutter.break_off(),
                Err(_) => {
                    self.cutter.break_off();
                    return Some(Piece::TooSlow(self.cutter.number));
                }
            }
        }
    }
}

/// The bytes that were read, and where they stand among the lines.
struct Cutter {
    most: usize,
    /// What was read and is not given yet.
    rest: BytesMut,
    /// How far there is no line end in it.
    searched: usize,
    /// The number of the line that it begins with.
    number: u64,
    /// Whether that line is too long, which was told, and is passed over.
    passing: bool,
    ended: bool,
}

impl Cutter {
    fn new(most: usize) -> Cutter {
        Cutter {
            most,
            rest: BytesMut::new(),
            searched: 0,
            number: 1,
            passing: false,
            ended: false,
        }
    }

    /// The records that are whole, as many as are decided in one go.
    fn block(&mut self) -> Vec<Record> {
        let mut block = Vec::new();
        while block.len() < BLOCK_LINES {
            match self.line() {
                Some((_, Some(line))) if is_blank(&line) => {}
                Some(record) => block.push(record),
                None => break,
            }
        }
        block
    }

    fn line(&mut self) -> Option<Record> {
        loop {
            let unsearched = self.rest.get(self.searched..).unwrap_or_default();
            let end = unsearched.iter().position(|byte| *byte == b'\n');
            let Some(end) = end.map(|end| self.searched.saturating_add(end)) else {
                return self.without_end();
            };
            let mut line = self.rest.split_to(end.saturating_add(1));
            line.truncate(end);
            let number = self.next_number();
            if !std::mem::take(&mut self.passing) {
                return Some(self.record(number, line.freeze()));
            }
        }
    }

    /// What to do with a line whose end is not there.
    fn without_end(&mut self) -> Option<Record> {
        self.searched = self.rest.len();
        if self.passing || self.rest.len() > self.most {
            self.rest.clear();
            self.searched = 0;
            let told = std::mem::replace(&mut self.passing, true);
            return (!told).then_some((self.number, None));
        }
        if !self.ended || self.rest.is_empty() {
            return None;
        }
        let line = self.rest.split().freeze();
        let number = self.next_number();
        Some(self.record(number, line))
    }

    fn next_number(&mut self) -> u64 {
        self.searched = 0;
        let number = self.number;
        self.number = number.saturating_add(1);
        number
    }

    fn record(&self, number: u64, line: Bytes) -> Record {
        let fits = line.len() <= self.most;
        (number, fits.then(|| trimmed(line, number)))
    }

    /// The body ends in the middle of a line, which is none.
    fn break_off(&mut self) {
        self.rest.clear();
        self.ended = true;
    }
}

/// Without the CR of its end, and without the byte order mark of the first line.
fn trimmed(line: Bytes, number: u64) -> Bytes {
    let end = line.strip_suffix(b"\r").map_or(line.len(), <[u8]>::len);
    let line = line.slice(..end);
    match line.strip_prefix("\u{feff}".as_bytes()) {
        Some(rest) if number == 1 => line.slice_ref(rest),
        _ => line,
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::Cutter;

    /// What comes of a body in pieces of so many bytes.
    fn cut(body: &[u8], piece: usize) -> Vec<(u64, Option<String>)> {
        let mut cutter = Cutter::new(8);
        let mut found = Vec::new();
        let mut take = |cutter: &mut Cutter| loop {
            let block = cutter.block();
            if block.is_empty() {
                break;
            }
            found.extend(block);
        };
        for piece in body.chunks(piece) {
            cutter.rest.extend_from_slice(piece);
            take(&mut cutter);
            assert!(cutter.rest.len() <= 8, "more is held than a line");
        }
        cutter.ended = true;
        take(&mut cutter);
        let text = |line: &[u8]| String::from_utf8_lossy(line).into_owned();
        found
            .into_iter()
            .map(|(number, line)| (number, line.map(|line| text(&line))))
            .collect()
    }

    #[test]
    fn lines_are_the_same_whatever_the_pieces_are() {
        let body = b"\xef\xbb\xbf{1}\r\n\n \t\r\n12345678\n123456789\n\xff\nlong, longer, longest\n{2}\nend";
        let expected = [
            (1, Some("{1}")),
            (4, Some("12345678")),
            (5, None),
            (6, Some("\u{fffd}")),
            (7, None),
            (8, Some("{2}")),
            (9, Some("end")),
        ];
        let expected = expected.map(|(number, line)| (number, line.map(str::to_string)));
        for piece in 1..=body.len() {
            assert_eq!(cut(body, piece), expected, "pieces of {piece} bytes");
        }
    }

    #[test]
    fn a_long_line_at_the_end_is_told_once() {
        for piece in 1..20 {
            assert_eq!(cut(b"a\nlonger than eight", piece)[1..], [(2, None)]);
        }
        assert_eq!(cut(b"", 1), []);
    }
}
