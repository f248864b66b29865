//! Where lines break: a small algebra of documents.
//!
//! Input: pieces of text with the places where a line may end. Output: lines. A
//! group is written on one line where it fits into its width, else every place in
//! it ends a line. A comment behind something forces the line to end after it,
//! one with a line to itself gets that line; no blank ever ends a line.

/// A piece of a document.
#[derive(Clone, Debug)]
pub(super) enum Doc {
    /// Words and signs.
    Text(String),
    /// So many blanks between two of them.
    Blanks(usize),
    /// A blank, or the end of a line where the group around it breaks; then the
    /// next one begins so many columns left of where the others begin.
    Line(usize),
    /// Nothing, or the end of a line where the group around it breaks.
    SoftLine,
    /// Two blanks, or the end of a line where the group around it breaks, with an
    /// empty line if that is said.
    WideLine(bool),
    /// The end of a line, and whether an empty line follows.
    HardLine(bool),
    /// A comment behind what stands on the line.
    Behind(String),
    /// A comment with a line to itself, and whether an empty line stands before.
    OwnLine(String, bool),
    /// The end of the line on which a comment stood, and an empty line.
    EmptyLine,
    /// On one line if it fits into that many columns.
    Group(usize, Vec<Doc>),
    /// Lines begin so many columns further right.
    Indent(usize, Vec<Doc>),
    /// Lines begin where this begins.
    Align(Vec<Doc>),
    /// On one line, whatever its length.
    Flat(Vec<Doc>),
}

/// Where a line that a comment forces begins at the least: column one belongs to
/// the words of declarations.
const FORCED_INDENT: usize = 2;

/// The lines of a document, without the last line end.
pub(super) fn lines(document: &[Doc]) -> String {
    let mut writer = Writer::default();
    let mut work: Vec<Work<'_>> = Vec::new();
    push(&mut work, document, 0, false);
    while let Some(next) = work.pop() {
        writer.write(&next, &mut work);
    }
    writer.finish()
}

/// How many columns a document takes on one line, without its comments.
pub(super) fn flat_width(document: &[Doc]) -> usize {
    let mut writer = Writer::default();
    let mut work: Vec<Work<'_>> = Vec::new();
    push(&mut work, document, 0, true);
    while let Some(next) = work.pop() {
        if !matches!(next.doc, Doc::Behind(_) | Doc::OwnLine(..) | Doc::EmptyLine) {
            writer.write(&next, &mut work);
        }
    }
    writer.column
}

/// A piece still to be written.
#[derive(Clone, Copy)]
struct Work<'a> {
    doc: &'a Doc,
    indent: usize,
    flat: bool,
}

fn push<'a>(work: &mut Vec<Work<'a>>, documents: &'a [Doc], indent: usize, flat: bool) {
    let pieces = documents.iter().rev();
    work.extend(pieces.map(|doc| Work { doc, indent, flat }));
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Characters on the line, its beginning included.
    column: usize,
    /// Whether nothing but its beginning stands on the line.
    empty: bool,
    blanks: usize,
    /// The comment that ends the line.
    behind: Option<String>,
    /// Where the line after a comment begins.
    after_comment: Option<usize>,
}

impl Writer {
    fn write<'a>(&mut self, next: &Work<'a>, work: &mut Vec<Work<'a>>) {
        let &Work { doc, indent, flat } = next;
        match doc {
            Doc::Text(text) => self.text(text, indent),
            Doc::Blanks(blanks) => self.blanks = *blanks,
            Doc::Line(_) if flat => self.blanks = 1,
            Doc::WideLine(_) if flat => self.blanks = 2,
            Doc::Line(left) => self.line(indent.saturating_sub(*left)),
            Doc::SoftLine if flat => {}
            Doc::SoftLine => self.line(indent),
            Doc::HardLine(empty) | Doc::WideLine(empty) => {
                self.line(indent);
                if *empty {
                    self.empty_line();
                }
            }
            Doc::Behind(text) => self.behind = Some(text.clone()),
            Doc::OwnLine(text, empty) => self.own_line(text, *empty, indent),
            Doc::EmptyLine => {
                if let Some(indent) = self.after_comment.take() {
                    self.line(indent);
                }
                self.empty_line();
            }
            Doc::Group(width, inner) => {
                let flat = flat || self.fits(*width, inner, indent, work);
                push(work, inner, indent, flat);
            }
            Doc::Indent(more, inner) => push(work, inner, indent.saturating_add(*more), flat),
            Doc::Align(inner) => {
                let here = self.after_comment.unwrap_or_else(|| self.next_column());
                push(work, inner, here, flat);
            }
            Doc::Flat(inner) => push(work, inner, indent, true),
        }
    }

    /// The column at which the next text begins, counted from 0.
    fn next_column(&self) -> usize {
        let blanks = if self.empty { 0 } else { self.blanks };
        self.column.saturating_add(blanks)
    }

    fn text(&mut self, text: &str, indent: usize) {
        // A comma stays with what it follows, the comment comes behind it.
        if self.behind.is_some() && text != "," {
            self.line(indent.max(FORCED_INDENT));
        }
        if let Some(indent) = self.after_comment.take() {
            self.line(indent);
        }
        if self.empty {
            self.out.push_str(&" ".repeat(self.column));
        } else if !self.out.is_empty() {
            self.out.push_str(&" ".repeat(self.blanks));
            self.column = self.column.saturating_add(self.blanks);
        }
        self.blanks = 0;
        self.empty = false;
        self.out.push_str(text);
        self.column = self.column.saturating_add(text.chars().count());
    }

    fn own_line(&mut self, text: &str, empty: bool, indent: usize) {
        let forced = indent.max(FORCED_INDENT);
        if let Some(indent) = self.after_comment.take() {
            self.line(indent);
        } else if !self.empty && !self.out.is_empty() {
            self.line(forced);
        }
        if empty {
            self.empty_line();
        }
        let here = self.column;
        self.text(text, forced);
        self.after_comment = Some(here);
    }

    fn line(&mut self, indent: usize) {
        if let Some(comment) = self.behind.take() {
            self.out.push_str("  ");
            self.out.push_str(&comment);
        }
        self.out.push('\n');
        self.column = indent;
        self.empty = true;
        self.blanks = 0;
        self.after_comment = None;
    }

    fn empty_line(&mut self) {
        self.out.push('\n');
    }

    fn finish(mut self) -> String {
        if let Some(comment) = self.behind.take() {
            self.out.push_str("  ");
            self.out.push_str(&comment);
        }
        self.out
    }

    /// Whether a group fits on the line with what follows it up to the next place
    /// where the line may end.
    fn fits(&self, width: usize, inner: &[Doc], indent: usize, rest: &[Work<'_>]) -> bool {
        let mut room = match width.checked_sub(self.next_column()) {
            Some(room) if self.behind.is_none() => room,
            _ => return false,
        };
        let mut rest = rest.iter().rev();
        let mut work = Vec::new();
        push(&mut work, inner, indent, true);
        let mut commented = false;
        loop {
            let Some(next) = work.pop().or_else(|| rest.next().copied()) else {
                return true;
            };
            let needed = match next.doc {
                Doc::Text(text) if commented && text != "," => return false,
                Doc::Text(text) => text.chars().count(),
                Doc::Blanks(blanks) => *blanks,
                Doc::Line(_) if next.flat && !commented => 1,
                Doc::WideLine(_) if next.flat && !commented => 2,
                Doc::SoftLine if next.flat && !commented => 0,
                Doc::Line(_)
                | Doc::SoftLine
                | Doc::WideLine(_)
                | Doc::HardLine(_)
                | Doc::OwnLine(..) => return !next.flat,
                Doc::EmptyLine => 0,
                Doc::Behind(_) => {
                    commented = true;
                    0
                }
                Doc::Group(_, inner) | Doc::Indent(_, inner) | Doc::Align(inner) => {
                    push(&mut work, inner, 0, next.flat);
                    0
                }
                Doc::Flat(inner) => {
                    push(&mut work, inner, 0, true);
                    0
                }
            };
            match room.checked_sub(needed) {
                Some(left) => room = left,
                None => return false,
            }
        }
    }
}
