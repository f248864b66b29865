//! Whether what is said about a file or a record is fit to be shown.

use courtesy::diagnostic::{Diagnostic, to_json, to_report};
use courtesy::printable::is_hidden;
use courtesy::source::{Sources, Span};

/// Longest message, help or label, in characters: long enough for what lists everything that may stand somewhere.
const LONGEST: usize = 4_000;

/// Holds every diagnostic against what is promised of all of them.
pub(super) fn hold(diagnostics: &[Diagnostic], sources: &Sources) {
    for found in diagnostics {
        shown(&found.message);
        found.help.iter().for_each(|help| shown_in_lines(help));
        assert!(!found.labels.is_empty(), "no place: {}", found.message);
        for label in &found.labels {
            shown(&label.text);
            lies_within(label.span, sources);
        }
        found
            .fix
            .iter()
            .for_each(|fix| lies_within(fix.span, sources));
        assert!(!to_report(found, sources).to_string().is_empty());
    }
    let json: serde_json::Value =
        serde_json::from_str(&to_json(diagnostics, sources)).expect("diagnostics are JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(diagnostics.len()));
}

/// One line that steers no terminal, and not without end.
pub(super) fn shown(text: &str) {
    let hidden = text.chars().find(|letter| is_hidden(*letter));
    assert_eq!(hidden, None, "in {text:?}");
    assert!(
        text.chars().count() <= LONGEST,
        "{} bytes: {text}",
        text.len()
    );
}

/// Several such lines.
fn shown_in_lines(text: &str) {
    text.split('\n').for_each(shown);
}

/// The place stands in its file, between whole characters.
fn lies_within(span: Span, sources: &Sources) {
    let file = sources
        .get(span.file)
        .expect("the file is one of the package");
    assert!(file.text().get(span.range()).is_some(), "{span:?}");
}

/// The words of a misfit.
pub(super) fn hold_misfit(misfit: &courtesy::Misfit) {
    shown(&misfit.message);
    assert!(misfit.path.starts_with('$'), "{}", misfit.path);
    assert!(!misfit.code.is_empty());
    shown(&misfit.to_string());
}
