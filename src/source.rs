//! Policy files and places in them.
//!
//! A [`Sources`] holds the files of one package in the order of their names, so
//! that nothing later depends on the order in which a host listed them. A
//! [`Span`] is a range of bytes in one of them; lines and columns are worked out
//! only where a person reads them, and count characters.

use std::sync::Arc;

/// Which file of a package: its index in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes, `start` included and `end` excluded, in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The smallest span that covers both; they must lie in one file.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// An empty span where this one begins.
    #[must_use]
    pub fn at_start(self) -> Span {
        Span {
            end: self.start,
            ..self
        }
    }

    /// An empty span where this one ends.
    #[must_use]
    pub fn at_end(self) -> Span {
        Span {
            start: self.end,
            ..self
        }
    }

    /// The span as a range of byte offsets.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// One policy file: its name as shown in messages and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: Arc<str>,
    text: Arc<str>,
    line_starts: Vec<u32>,
}

impl SourceFile {
    fn new(name: Arc<str>, text: Arc<str>) -> SourceFile {
        let after_newlines = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(index, _)| offset(index.saturating_add(1)));
        let line_starts = std::iter::once(0).chain(after_newlines).collect();
        SourceFile {
            name,
            text,
            line_starts,
        }
    }

    /// The name, as it stands in messages.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset; past the end is the end.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self
            .line_starts
            .partition_point(|start| *start as usize <= byte);
        let start = line
            .checked_sub(1)
            .and_then(|index| self.line_starts.get(index))
            .map_or(0, |start| *start as usize);
        let before = self.text.get(start..byte).unwrap_or("");
        Position {
            line: line.max(1),
            column: before.chars().count().saturating_add(1),
        }
    }
}

/// The files of one package, sorted by name.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Takes the files of a package, name and text each, in any order.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (Arc<str>, Arc<str>)>) -> Sources {
        let mut files: Vec<SourceFile> = files
            .into_iter()
            .map(|(name, text)| SourceFile::new(name, text))
            .collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Sources { files }
    }

    /// The files with their identifiers, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(offset(index)), file))
    }

    /// The file of that identifier, if it is one of these.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&SourceFile> {
        self.files.get(file.0 as usize)
    }

    /// The text a span covers; empty where the span does not fit.
    #[must_use]
    pub fn text_of(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|file| file.text.get(span.range()))
            .unwrap_or("")
    }
}

/// A byte offset as stored in a span. Files are limited to far less than 4 GiB
/// ([`crate::limits::FILE_BYTES`]), so nothing is cut.
pub(crate) fn offset(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
