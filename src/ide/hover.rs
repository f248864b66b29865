//! What stands at a place, in words.
//!
//! Input: an analysis and a place. Output: Markdown: the declaration of the word there, or the type of the expression.

use super::Analysis;
use super::symbols::Symbol;
use crate::source::{FileId, Span};

/// What an editor shows for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// Markdown.
    pub text: String,
}

impl Analysis {
    /// What stands at a place; `None` between words.
    #[must_use]
    pub fn hover(&self, file: FileId, byte: usize) -> Option<Hover> {
        let named = self.named_at(file, byte);
        let symbol = named.and_then(|(at, declared)| Some((at, self.symbol_declared(declared)?)));
        if let Some((span, symbol)) = symbol {
            return Some(Hover {
                span,
                text: about(symbol),
            });
        }
        let place = self.typed_at(file, byte)?;
        let may_be = if place.optional { "optional " } else { "" };
        let kind = self.schema().describe(&place.kind);
        Some(Hover {
            span: place.at,
            text: code(&format!("{may_be}{kind}")),
        })
    }
}

fn about(symbol: &Symbol) -> String {
    let mut text = code(&symbol.detail);
    if !symbol.comment.is_empty() {
        text.push_str("\n\n");
        text.push_str(&symbol.comment);
    }
    text
}

/// A block of code; a fence that the text itself cannot close.
fn code(text: &str) -> String {
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}courtesy\n{text}\n{fence}")
}
