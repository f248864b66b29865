//! What of the language is still to come, each with the words that say so.
//! Tables, so that what has come is a row less.

use super::split::leading_word;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Declarations that people look for and the language does not have.
const LATER_DECLARATIONS: [(&str, &str); 1] =
    [("import", "packages that read other packages (`import`)")];

/// The message for a slice whose declaration is still to come.
pub(super) fn declaration_to_come(slice: &str, span: Span) -> Option<Diagnostic> {
    let word = leading_word(slice);
    let (_, name) = LATER_DECLARATIONS
        .iter()
        .find(|(later, _)| *later == word)?;
    let place = Span {
        end: span
            .start
            .saturating_add(crate::source::offset(word.len()))
            .min(span.end),
        ..span
    };
    Some(
        Diagnostic::error(
            Code::NotYet,
            place,
            format!("this version of Courtesy does not have {name} yet"),
        )
        .help("leave it out for now: nothing of a package is ever ignored silently"),
    )
}
