//! Diagnostics for programs: JSON with lines and columns of our own counting.

use super::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Output<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixOutput<'a>>,
    labels: Vec<LabelOutput<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct LabelOutput<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
}

#[derive(Serialize)]
struct FixOutput<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: Option<Place<'a>>,
}

/// Writes diagnostics as one JSON array, an object each: `code`, `severity`,
/// `message`, `file`, `line`, `column`, `end_line`, `end_column` (counted from 1,
/// columns in characters, the end excluded), `help`, `fix` and `labels`.
#[must_use]
pub fn to_json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let outputs: Vec<Output<'_>> = diagnostics
        .iter()
        .map(|diagnostic| output(diagnostic, sources))
        .collect();
    // Writing plain structs to a string cannot fail; an empty list would be a
    // lie, so a failure (there is none) would show as text that is not JSON.
    serde_json::to_string_pretty(&outputs).unwrap_or_else(|error| error.to_string())
}

fn output<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Output<'a> {
    Output {
        code: diagnostic.code.id(),
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        place: diagnostic.span().and_then(|span| place(span, sources)),
        help: diagnostic.help.as_deref(),
        fix: diagnostic.fix.as_ref().map(|fix| FixOutput {
            replacement: &fix.replacement,
            place: place(fix.span, sources),
        }),
        labels: diagnostic
            .labels
            .iter()
            .map(|label| LabelOutput {
                text: &label.text,
                place: place(label.span, sources),
            })
            .collect(),
    }
}

fn place(span: Span, sources: &Sources) -> Option<Place<'_>> {
    let file = sources.get(span.file)?;
    let start = file.position(span.start as usize);
    let end = file.position(span.end as usize);
    Some(Place {
        file: file.name(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    })
}
