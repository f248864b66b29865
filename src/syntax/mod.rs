//! From text to the tree as written.
//!
//! Input: the files of a package. Output: its declarations and every mistake of
//! reading, of several declarations and of several clauses in one run. The steps:
//! `split` cuts a file at its declarations and bounds the nesting, `characters`
//! looks at the letters of names and for hidden signs, the pest
//! grammar reads each slice, `lower` turns pairs into the tree; a slice that does
//! not read is taken apart by `recover`, and `errors` finds the words for what
//! is wrong. pest and its rules stay inside this module.

mod characters;
mod context;
mod dates;
mod errors;
mod failure;
mod grammar;
mod guesses;
mod hints;
mod lower;
mod recover;
mod split;
mod table_hints;

use crate::ast::{BrokenItem, Item, Name};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::limits;
use crate::source::{FileId, Sources, Span, offset};
use characters::Found;
use grammar::{Grammar, Rule};
use lower::Lowerer;
use pest::Parser;
use split::{Problem, Slice};

/// Reads all files of a package: the declarations as they are written, broken ones among them, and what is wrong.
///
/// ```
/// let sources = courtesy::source::Sources::new([("a.courtesy".into(), "action greet".into())]);
/// let (items, wrong) = courtesy::parse(&sources);
/// assert_eq!((items.len(), wrong.len()), (1, 0));
/// ```
pub fn parse(sources: &Sources) -> (Vec<Item>, Vec<Diagnostic>) {
    let mut items = Vec::new();
    let mut diagnostics = Vec::new();
    for (file, source) in sources.iter() {
        parse_file(file, source.text(), &mut items, &mut diagnostics);
    }
    (items, diagnostics)
}

fn parse_file(file: FileId, text: &str, items: &mut Vec<Item>, diagnostics: &mut Vec<Diagnostic>) {
    if text.len() > limits::FILE_BYTES {
        let span = Span {
            file,
            start: 0,
            end: 0,
        };
        diagnostics.push(
            Diagnostic::error(
                Code::FileTooLarge,
                span,
                format!("a policy file has at most {} bytes", limits::FILE_BYTES),
            )
            .help("split it into several files of the package: their order does not matter"),
        );
        return;
    }
    for slice in split::split(text) {
        let mut reader = SliceReader {
            file,
            base: slice.range.start,
            text: text.get(slice.range.clone()).unwrap_or(""),
            diagnostics,
        };
        items.extend(reader.read(&slice));
    }
}

/// Reads one slice of a file.
struct SliceReader<'a> {
    file: FileId,
    base: usize,
    text: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl SliceReader<'_> {
    fn read(&mut self, slice: &Slice) -> Vec<Item> {
        if let Some(problem) = &slice.problem {
            let diagnostic = self.problem(problem);
            self.diagnostics.push(diagnostic);
            return vec![self.broken()];
        }
        if !self.look_through() {
            return vec![self.broken()];
        }
        if let Some(diagnostic) =
            hints::declaration_to_come(self.text, self.span(0, self.text.len()))
        {
            self.diagnostics.push(diagnostic);
            return vec![self.broken()];
        }
        if !slice.cuts.is_empty() {
            return recover::example(self, &slice.cuts);
        }
        match Grammar::parse(Rule::slice, self.text) {
            Ok(pairs) => self.lowerer(0).items(pairs),
            Err(error) => recover::recover(self, &error),
        }
    }

    /// Reports what is wrong with the characters of the slice; says whether it can
    /// be read all the same.
    fn look_through(&mut self) -> bool {
        let found = characters::look_through(self.text);
        let is_readable = !found.iter().any(Found::is_fatal);
        for one in found {
            let diagnostic = self.character_problem(one);
            self.diagnostics.push(diagnostic);
        }
        is_readable
    }

    fn character_problem(&self, found: Found) -> Diagnostic {
        match found {
            Found::Form { at, mended } => {
                let span = self.span(at.start, at.end);
                Diagnostic::error(
                    Code::NameForm,
                    span,
                    format!(
                        "the letters of `{}` are not in their usual form",
                        quote(&mended)
                    ),
                )
                .help(format!(
                    "write `{}` with each letter and its accents as one character (Unicode NFC): \
                     names that look the same are then the same",
                    quote(&mended)
                ))
                .fix(span, mended)
            }
            Found::Direction { at, sign, .. } => Diagnostic::error(
                Code::HiddenDirection,
                self.span(at, at.saturating_add(sign.len_utf8())),
                format!(
                    "a hidden character (U+{:04X}) turns the direction of writing here",
                    u32::from(sign)
                ),
            )
            .help("take it out, and look at the line again; only a text may hold one"),
            Found::TooLong(at) => Diagnostic::error(
                Code::TokenTooLong,
                self.span(at.start, at.start.saturating_add(1)),
                format!(
                    "a word or a piece of a text has at most {} bytes",
                    limits::TOKEN_BYTES
                ),
            )
            .help("shorten it"),
        }
    }

    fn lowerer(&mut self, start: usize) -> Lowerer<'_> {
        Lowerer {
            file: self.file,
            base: self.base.saturating_add(start),
            diagnostics: self.diagnostics,
        }
    }

    fn problem(&self, problem: &Problem) -> Diagnostic {
        match *problem {
            Problem::TooDeep(at) => Diagnostic::error(
                Code::TooDeep,
                self.file_span(at, at.saturating_add(1)),
                format!("this nests more than {} levels deep", limits::NESTING),
            )
            .help("put inner parts under names with `define`"),
            Problem::OpenText(at) => Diagnostic::error(
                Code::OpenText,
                self.file_span(at, at.saturating_add(1)),
                "a text begins here and does not end on its line",
            )
            .help("end it with `\"`; `\\n` inside a text is a new line, `\\\"` a quotation mark"),
        }
    }

    /// The declaration that could not be read, with the name it would have had.
    fn broken(&self) -> Item {
        let trimmed = self.text.trim();
        let start = self.text.len().saturating_sub(self.text.trim_start().len());
        Item::Broken(BrokenItem {
            word: split::leading_word(trimmed).to_string(),
            name: self.declared_name(),
            span: self.span(start, start.saturating_add(trimmed.len())),
        })
    }

    /// The second word of the slice, or the quoted title of a policy.
    fn declared_name(&self) -> Option<Name> {
        let word = split::leading_word(self.text);
        let rest = self.text.get(word.len()..)?;
        let start = self.text.len().saturating_sub(rest.trim_start().len());
        let rest = rest.trim_start();
        let name = match rest.strip_prefix('"') {
            Some(title) => title.split(['"', '\n']).next()?,
            None => split::leading_word(rest),
        };
        (!name.is_empty()).then(|| Name {
            text: name.into(),
            span: self.span(start, start.saturating_add(name.len())),
        })
    }

    /// A range of the slice as a span of the file.
    fn span(&self, start: usize, end: usize) -> Span {
        self.file_span(
            self.base.saturating_add(start),
            self.base.saturating_add(end),
        )
    }

    fn file_span(&self, start: usize, end: usize) -> Span {
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }
}
