//! Diagnostics as miette draws them.

use super::{Diagnostic, Severity};
use crate::printable::{is_hidden, printable};
use crate::source::{Position, SourceFile, Sources, Span};
use miette::{
    LabeledSpan, MietteError, MietteSpanContents, NamedSource, SourceCode, SourceSpan, SpanContents,
};
use std::fmt;

/// A diagnostic with the text it speaks about, fit for miette's handlers.
///
/// Labels in other files than the first stand in the help text, because miette
/// draws one file a report.
#[derive(Debug)]
pub struct Report {
    code: &'static str,
    severity: Severity,
    message: String,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    /// `None` where a line is too long to be drawn.
    source: Option<NamedSource<Characters>>,
}

/// A text whose columns count characters, as those of the JSON form do; miette's
/// own count bytes.
#[derive(Debug)]
struct Characters(String);

impl SourceCode for Characters {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.0.read_span(span, lines_before, lines_after)?;
        let before = self.0.get(..read.span().offset()).unwrap_or("");
        let column = before.rsplit('\n').next().unwrap_or("").chars().count();
        Ok(Box::new(MietteSpanContents::new(
            read.data(),
            *read.span(),
            read.line(),
            column,
            read.line_count(),
        )))
    }
}

/// Longest line that is drawn, in bytes.
const DRAWN: usize = 1_000;

/// Puts a diagnostic together with its source text.
#[must_use]
pub fn to_report(diagnostic: &Diagnostic, sources: &Sources) -> Report {
    let file = diagnostic.span().and_then(|span| sources.get(span.file));
    let drawn = file.filter(|file| {
        let own = diagnostic.labels.iter().map(|label| label.span);
        own.filter(|span| {
            sources
                .get(span.file)
                .is_some_and(|of| of.name() == file.name())
        })
        .all(|span| can_be_drawn(file.text(), span))
    });
    let help = help_with_other_files(diagnostic, sources);
    Report {
        code: diagnostic.code.id(),
        severity: diagnostic.severity,
        message: diagnostic.message.clone(),
        help: match (drawn, file.zip(diagnostic.span())) {
            (None, Some((file, span))) => Some(with_place(help, file, span)),
            _ => help,
        },
        labels: labels_of(diagnostic),
        source: drawn.map(|file| {
            NamedSource::new(printable(file.name()), Characters(drawable(file.text())))
        }),
    }
}

/// The text with a sign of the same length for each hidden character, so that no place moves.
fn drawable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let ends_line = character == '\r' && characters.peek() == Some(&'\n');
        out.push(match character {
            '\n' | '\t' => character,
            _ if ends_line || !is_hidden(character) => character,
            _ => stand_in(character.len_utf8()),
        });
    }
    out
}

/// A sign that takes this many bytes.
fn stand_in(bytes: usize) -> char {
    match bytes {
        1 => '?',
        2 => '¿',
        3 => '\u{fffd}',
        _ => '\u{1f6ab}',
    }
}

/// Whether the lines of a place, first and last, are short enough.
fn can_be_drawn(text: &str, span: Span) -> bool {
    [span.start, span.end].into_iter().all(|at| {
        let (before, after) = text.split_at_checked(at as usize).unwrap_or((text, ""));
        let start = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let end = after.find('\n').unwrap_or(after.len());
        before.len().saturating_sub(start).saturating_add(end) <= DRAWN
    })
}

/// The help, with the place in front in words.
fn with_place(help: Option<String>, file: &SourceFile, span: Span) -> String {
    let Position { line, column } = file.position(span.start as usize);
    let place = format!("{}:{line}:{column}", file.name());
    match help {
        Some(help) => format!("at {place}: {help}"),
        None => format!("at {place}"),
    }
}

fn labels_of(diagnostic: &Diagnostic) -> Vec<LabeledSpan> {
    let file = diagnostic.span().map(|span| span.file);
    diagnostic
        .labels
        .iter()
        .filter(|label| Some(label.span.file) == file)
        .enumerate()
        .map(|(index, label)| {
            let text = (!label.text.is_empty()).then(|| label.text.clone());
            let span = (label.span.start as usize, length(label.span));
            if index == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })
        .collect()
}

fn length(span: Span) -> usize {
    span.range().len()
}

fn help_with_other_files(diagnostic: &Diagnostic, sources: &Sources) -> Option<String> {
    let file = diagnostic.span().map(|span| span.file);
    let elsewhere = diagnostic
        .labels
        .iter()
        .filter(|label| Some(label.span.file) != file)
        .filter_map(|label| {
            let source = sources.get(label.span.file)?;
            let line = source.position(label.span.start as usize).line;
            Some(format!("{}, line {line}: {}", source.name(), label.text))
        });
    let lines: Vec<String> = diagnostic.help.iter().cloned().chain(elsewhere).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
