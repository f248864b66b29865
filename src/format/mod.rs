//! The one layout of a policy file.
//!
//! Input: the text of a file that reads without a mistake. Output: the same
//! declarations, comments and texts, laid out in one way and spelled in one way.
//! What is formatted says what it said before, and formatting it again changes
//! nothing. The steps: `tokens` finds the words and the comments on them,
//! `printer` and its forms walk the tree and write each word with the places
//! where a line may end, `layout` ends the lines, `file` puts the declarations
//! together. The result is read once more and held against the file before it is
//! handed out.

mod conditions;
mod declarations;
mod examples;
mod expressions;
mod file;
mod layout;
mod policies;
mod printer;
mod tables;
mod tokens;

use crate::ast::{Clause, Item};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use crate::syntax;
use printer::Printer;
use std::sync::Arc;
use tokens::Token;

/// The canonical form of a policy file.
///
/// Comments stay where they are, texts and the order of everything stay as they
/// are written. A file needs no package around it: names are not looked up.
///
/// ```
/// let written = "policy \"Quiet\"  never  greet # for now\n  when now is before 2027-01-01";
/// assert_eq!(
///     courtesy::format(written).unwrap(),
///     "policy \"Quiet\"\n  never greet  # for now\n  when now is before 2027-01-01\n",
/// );
/// ```
///
/// # Errors
/// The mistakes of a file that cannot be read, which has no canonical form. Their
/// places are in the only file of [`Sources::new`] with this text.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let items = read(text)?;
    let formatted = file::write(text, &items).filter(|formatted| says_the_same(text, formatted));
    Ok(formatted.unwrap_or_else(|| text.to_string()))
}

fn read(text: &str) -> Result<Vec<Item>, Vec<Diagnostic>> {
    let sources = Sources::new([(Arc::from(""), Arc::from(text))]);
    let (items, diagnostics) = syntax::parse(&sources);
    let wrong = diagnostics
        .iter()
        .any(|found| found.severity == Severity::Error);
    if wrong { Err(diagnostics) } else { Ok(items) }
}

/// Writes parts of the files of a package in their canonical form, without
/// comments: what a fingerprint is taken of.
pub(crate) struct Canonical<'a> {
    files: Vec<(&'a str, Vec<Token<'a>>)>,
}

impl<'a> Canonical<'a> {
    /// Of the files of a package.
    pub(crate) fn of(sources: &'a Sources) -> Canonical<'a> {
        let texts = sources.iter().map(|(_, file)| file.text());
        Canonical {
            files: texts.map(|text| (text, tokens::tokens(text))).collect(),
        }
    }

    /// A declaration; `None` where it could not be read as a whole.
    pub(crate) fn item(&self, item: &Item, span: Span) -> Option<String> {
        self.written(span, |printer| printer.item(item, 0))
    }

    /// A clause of a policy; `None` where it could not be read as a whole.
    pub(crate) fn clause(&self, clause: &Clause) -> Option<String> {
        self.written(clause.span, |printer| printer.clause(clause))
    }

    fn written(&self, span: Span, write: impl FnOnce(&mut Printer<'_>)) -> Option<String> {
        let (text, tokens) = self.files.get(usize::try_from(span.file.0).ok()?)?;
        let start = span.range().start;
        let next = tokens.binary_search_by_key(&start, |token| token.start);
        let mut printer = Printer::bare(text, tokens, next.ok()?);
        write(&mut printer);
        Some(layout::lines(&printer.finish()?.0))
    }
}

/// Whether a formatted file can be read and holds the comments and texts of the
/// file as it was. The words were compared one by one when they were written;
/// this is the belt to those braces.
fn says_the_same(before: &str, after: &str) -> bool {
    read(after).is_ok() && kept(before) == kept(after)
}

/// The comments and the pieces of texts of a file, sorted.
fn kept(text: &str) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    for token in tokens::tokens(text) {
        kept.extend(token.leading.iter().map(|comment| comment.text));
        kept.extend(token.trailing);
        kept.extend(Some(token.text).filter(|text| text.contains('"')));
    }
    kept.sort_unstable();
    kept
}
#[cfg(test)]
mod tests;
