//! The hand that writes: it follows the tokens of the file while the tree says
//! what they mean.
//!
//! Every word that is written is held against the next token of the file, so that
//! nothing is lost and nothing invented; the comments of a token are written with
//! it. Where the two part ways the declaration is marked as lost and stays as it
//! was written. Only commas come and go, and words have one spelling.

use super::layout::Doc;
use super::tokens::Token;
use crate::source::Span;

/// Columns up to which conditions and lists of values stay on one line: what is
/// longer is easier to read when its parts have lines of their own.
pub(super) const READING_WIDTH: usize = 80;

/// Columns up to which everything else stays on one line.
pub(super) const LINE_WIDTH: usize = 100;

/// Writes a declaration.
pub(super) struct Printer<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    next: usize,
    out: Vec<Doc>,
    /// Comments whose token is gone, to be written before the next one.
    carried: Vec<String>,
    /// Whether the comments before the next token are written.
    led: bool,
    lost: bool,
    /// Whether comments are left out.
    bare: bool,
}

impl<'a> Printer<'a> {
    /// Begins at the token with this index; the comments before it are not its own.
    pub(super) fn new(text: &'a str, tokens: &'a [Token<'a>], next: usize) -> Printer<'a> {
        Printer {
            text,
            tokens,
            next,
            out: Vec::new(),
            carried: Vec::new(),
            led: true,
            lost: false,
            bare: false,
        }
    }

    /// The same, without comments.
    pub(super) fn bare(text: &'a str, tokens: &'a [Token<'a>], next: usize) -> Printer<'a> {
        Printer {
            bare: true,
            ..Printer::new(text, tokens, next)
        }
    }

    /// What was written and the index of the next token; `None` where the tokens
    /// were not those of the tree.
    pub(super) fn finish(mut self) -> Option<(Vec<Doc>, usize)> {
        self.write_carried();
        (!self.lost).then_some((self.out, self.next))
    }

    /// The text of the next token.
    pub(super) fn peek(&self) -> &'a str {
        self.token().map_or("", |token| token.text)
    }

    /// Whether the next token begins a line.
    pub(super) fn begins_line(&self) -> bool {
        self.token().is_some_and(|token| token.begins_line)
    }

    /// Whether a comment stands somewhere inside a place of the file.
    pub(super) fn has_comment(&self, span: Span) -> bool {
        let range = span.range();
        let inside = self.tokens.iter().skip(self.next);
        let mut inside = inside.take_while(|token| token.start < range.end);
        !self.bare
            && inside.any(|token| {
                !token.leading.is_empty() && token.start > range.start
                    || token.trailing.is_some() && token.end() < range.end
            })
    }

    fn token(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(self.next)
    }

    // ------------------------------------------------------------ tokens

    /// Writes the next tokens, which must be these words.
    pub(super) fn words(&mut self, words: &str) {
        for (index, word) in words.split(' ').enumerate() {
            if index > 0 {
                self.blank();
            }
            self.spelled(&[word], word);
        }
    }

    /// Writes the next token as `spelling`; it must be one of `accepted`.
    pub(super) fn spelled(&mut self, accepted: &[&str], spelling: &str) {
        if !accepted.contains(&self.peek()) {
            self.lost = true;
        }
        self.write_token(spelling);
    }

    /// Writes the next token as it is.
    pub(super) fn any(&mut self) {
        self.write_token(self.peek());
    }

    /// Writes the place of the file as it is: a literal, a text. A span may reach
    /// over the comment behind it, the last token ends before that.
    pub(super) fn place(&mut self, span: Span) {
        let range = span.range();
        if self.token().is_none_or(|token| token.start != range.start) {
            self.lost = true;
            return;
        }
        self.lead();
        let (mut end, mut trailing) = (range.start, None);
        while let Some(token) = self.token().filter(|token| token.start < range.end) {
            end = token.end();
            trailing = token.trailing;
            self.next = self.next.saturating_add(1);
        }
        let text = self.text.get(range.start..end).unwrap_or("");
        self.out.push(Doc::Text(text.to_string()));
        self.trail(trailing);
    }

    /// Writes the comma that stands here, or one where none does.
    pub(super) fn comma(&mut self) {
        if self.peek() == "," {
            self.write_token(",");
        } else {
            self.out.push(Doc::Text(",".to_string()));
        }
    }

    /// Leaves out the comma that may stand here; its comments stay.
    pub(super) fn no_comma(&mut self) {
        if self.peek() != "," {
            return;
        }
        if let Some(token) = self.token().filter(|_| !self.led && !self.bare) {
            let comments = token.leading.iter();
            self.carried
                .extend(comments.map(|comment| comment.text.to_string()));
        }
        let trailing = self.token().and_then(|token| token.trailing);
        self.led = false;
        self.next = self.next.saturating_add(1);
        self.trail(trailing);
    }

    fn write_token(&mut self, text: &str) {
        self.lead();
        self.out.push(Doc::Text(text.to_string()));
        let trailing = self.token().and_then(|token| token.trailing);
        self.next = self.next.saturating_add(1);
        self.trail(trailing);
    }

    /// Writes the comments before the next token.
    fn lead(&mut self) {
        self.lead_with(false);
        self.led = false;
    }

    fn lead_with(&mut self, keep_empty_lines: bool) {
        self.write_carried();
        if std::mem::replace(&mut self.led, true) || self.bare {
            return;
        }
        let Some(token) = self.token() else { return };
        for (index, comment) in token.leading.iter().enumerate() {
            let empty = keep_empty_lines && index > 0 && comment.blank_before;
            self.out.push(Doc::OwnLine(comment.text.to_string(), empty));
        }
        if keep_empty_lines && token.blank_before && !token.leading.is_empty() {
            self.out.push(Doc::EmptyLine);
        }
    }

    fn write_carried(&mut self) {
        let carried = std::mem::take(&mut self.carried).into_iter();
        self.out
            .extend(carried.map(|text| Doc::OwnLine(text, false)));
    }

    /// Writes the comment behind a token; where one stands there already it gets
    /// a line to itself.
    fn trail(&mut self, comment: Option<&str>) {
        let Some(comment) = comment.filter(|_| !self.bare) else {
            return;
        };
        let commented = self.comment_is_last();
        if commented || !self.carried.is_empty() {
            self.carried.push(comment.to_string());
        } else {
            self.out.push(Doc::Behind(comment.to_string()));
        }
    }

    /// Whether the comment of a former token would stand before this one's.
    fn comment_is_last(&self) -> bool {
        let mut before = self.out.iter().rev();
        let last = before.find(|doc| !matches!(doc, Doc::Text(text) if text == ","));
        last.is_some_and(ends_in_comment)
    }

    // ------------------------------------------------------------ layout

    /// A blank.
    pub(super) fn blank(&mut self) {
        self.blanks(1);
    }

    /// So many blanks.
    pub(super) fn blanks(&mut self, blanks: usize) {
        self.out.push(Doc::Blanks(blanks));
    }

    /// A blank or a line end.
    pub(super) fn line(&mut self) {
        self.out.push(Doc::Line(0));
    }

    /// A blank or a line end, the next line so many columns further left.
    pub(super) fn line_left(&mut self, columns: usize) {
        self.out.push(Doc::Line(columns));
    }

    /// Nothing or a line end.
    pub(super) fn soft_line(&mut self) {
        self.out.push(Doc::SoftLine);
    }

    /// A line end.
    pub(super) fn hard_line(&mut self) {
        self.out.push(Doc::HardLine(false));
    }

    /// A line end, an empty line where the writer left some, and the comments
    /// that follow with the empty lines between them.
    pub(super) fn hard_line_keeping(&mut self) {
        self.out.push(Doc::HardLine(self.begins_paragraph()));
        self.lead_with(true);
    }

    /// Two blanks, or all that [`Printer::hard_line_keeping`] writes.
    pub(super) fn wide_line(&mut self) {
        self.out.push(Doc::WideLine(self.begins_paragraph()));
        self.lead_with(true);
    }

    /// Whether an empty line stands before what comes next.
    fn begins_paragraph(&self) -> bool {
        self.token().is_some_and(|token| {
            let first = token.leading.first();
            first.map_or(token.blank_before, |comment| comment.blank_before)
        })
    }

    /// Writes the comments before the next token here, where lines begin further
    /// right than that token.
    pub(super) fn comments(&mut self) {
        self.lead_with(false);
    }

    /// What `body` writes, on one line if it fits into so many columns.
    pub(super) fn group(&mut self, width: usize, body: impl FnOnce(&mut Self)) {
        let inner = self.inner(body);
        self.out.push(Doc::Group(width, inner));
    }

    /// What `body` writes, its lines so many columns further right.
    pub(super) fn indent(&mut self, columns: usize, body: impl FnOnce(&mut Self)) {
        let inner = self.inner(body);
        self.out.push(Doc::Indent(columns, inner));
    }

    /// What `body` writes, its lines where it begins.
    pub(super) fn align(&mut self, body: impl FnOnce(&mut Self)) {
        let inner = self.inner(body);
        self.out.push(Doc::Align(inner));
    }

    /// What `body` writes, on one line.
    pub(super) fn flat(&mut self, body: impl FnOnce(&mut Self)) {
        let inner = self.inner(body);
        self.out.push(Doc::Flat(inner));
    }

    /// What `body` writes, kept apart.
    pub(super) fn inner(&mut self, body: impl FnOnce(&mut Self)) -> Vec<Doc> {
        let outer = std::mem::take(&mut self.out);
        body(self);
        std::mem::replace(&mut self.out, outer)
    }

    /// Writes what was kept apart.
    pub(super) fn put(&mut self, inner: Vec<Doc>) {
        self.out.extend(inner);
    }
}

fn ends_in_comment(doc: &Doc) -> bool {
    match doc {
        Doc::Behind(_) => true,
        Doc::Group(_, inner) | Doc::Indent(_, inner) | Doc::Align(inner) | Doc::Flat(inner) => {
            inner.last().is_some_and(ends_in_comment)
        }
        _ => false,
    }
}
