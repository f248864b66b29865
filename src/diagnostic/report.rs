//! Diagnostics as miette draws them.

use super::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use miette::{LabeledSpan, NamedSource, SourceCode};
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
    source: NamedSource<String>,
}

/// Puts a diagnostic together with its source text.
#[must_use]
pub fn to_report(diagnostic: &Diagnostic, sources: &Sources) -> Report {
    let file = diagnostic.span().and_then(|span| sources.get(span.file));
    let name = file.map_or("", |file| file.name());
    let text = file.map_or("", |file| file.text());
    Report {
        code: diagnostic.code.id(),
        severity: diagnostic.severity,
        message: diagnostic.message.clone(),
        help: help_with_other_files(diagnostic, sources),
        labels: labels_of(diagnostic),
        source: NamedSource::new(name, text.to_string()),
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
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
