//! Another name for something, in every file.
//!
//! Input: an analysis, a place and the new name. Output: the changes of text, or why it cannot be called so. A field
//! or a value of a choice keeps its word in the data: where none was written, the old name is added as `= "…"`.

use super::Analysis;
use super::symbols::{Symbol, SymbolKind};
use crate::ast::Item;
use crate::source::{FileId, Span};
use std::fmt;
use unicode_normalization::is_nfc;

/// A change of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// Why something cannot be called so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RenameError {
    /// Nothing that has a name stands there.
    NothingHere,
    /// That is no word of the language, or one that has a meaning already.
    NotAName(String),
    /// Something else is called so.
    Taken(String),
}

impl fmt::Display for RenameError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenameError::NothingHere => formatter.write_str("nothing that has a name stands here"),
            RenameError::NotAName(name) => {
                write!(
                    formatter,
                    "`{name}` cannot be a name; use letters, digits and `_`"
                )
            }
            RenameError::Taken(name) => write!(formatter, "`{name}` is taken already"),
        }
    }
}

impl std::error::Error for RenameError {}

impl Analysis {
    /// What can be renamed at a place: its name, without quotes.
    #[must_use]
    pub fn renameable(&self, file: FileId, byte: usize) -> Option<Span> {
        let (at, declared) = self.named_at(file, byte)?;
        let symbol = self.symbol_declared(declared)?;
        Some(bare(at, symbol.kind))
    }

    /// The changes that give the thing at a place another name.
    ///
    /// # Errors
    /// Why it cannot be called so.
    pub fn rename(&self, file: FileId, byte: usize, new: &str) -> Result<Vec<Edit>, RenameError> {
        let symbol = self
            .named_at(file, byte)
            .and_then(|(_, declared)| self.symbol_declared(declared))
            .ok_or(RenameError::NothingHere)?;
        let written = self.as_written(symbol, new)?;
        self.refuse_taken(symbol, new)?;
        let mut edits: Vec<Edit> = self
            .references(file, byte)
            .into_iter()
            .map(|span| Edit {
                span: bare(span, symbol.kind),
                text: written.clone(),
            })
            .collect();
        if let Some(first) = edits.first_mut()
            && let Some(word) = self.word_in_the_data(symbol)
        {
            first.text = format!("{written} = \"{word}\"");
        }
        edits.sort_by_key(|edit| edit.span);
        Ok(edits)
    }

    /// The new name as it stands in a file.
    fn as_written(&self, symbol: &Symbol, new: &str) -> Result<String, RenameError> {
        let refused = || RenameError::NotAName(new.to_string());
        if is_title(symbol.kind) {
            let plain = !new.trim().is_empty() && !new.chars().any(char::is_control);
            let escaped = new.replace('\\', "\\\\").replace('"', "\\\"");
            let escaped = escaped.replace('{', "\\{").replace('}', "\\}");
            return plain.then_some(escaped).ok_or_else(refused);
        }
        let mut letters = new.chars();
        let starts = letters
            .next()
            .is_some_and(|first| first == '_' || pest::unicode::XID_START(first));
        let is_word = starts && letters.all(pest::unicode::XID_CONTINUE) && is_nfc(new);
        let probe = match symbol.kind {
            SymbolKind::Field => format!("type Probe {{ {new}: Text }}"),
            SymbolKind::ChoiceValue => format!("choice Probe {{ {new}, probe_other }}"),
            _ => format!("define {new} as 1"),
        };
        let package = crate::Package::from_sources([("probe".to_string(), probe.into_bytes())]);
        if is_word && !package.has_errors() {
            Ok(new.to_string())
        } else {
            Err(refused())
        }
    }

    /// Names of one kind are told apart within their declaration, all others in the whole package.
    fn refuse_taken(&self, symbol: &Symbol, new: &str) -> Result<(), RenameError> {
        let same_set = |other: &&Symbol| match symbol.kind {
            SymbolKind::Field | SymbolKind::ChoiceValue => {
                other.kind == symbol.kind && self.owner_of(other) == self.owner_of(symbol)
            }
            SymbolKind::Policy | SymbolKind::Example => other.kind == symbol.kind,
            _ => !matches!(
                other.kind,
                SymbolKind::Field
                    | SymbolKind::ChoiceValue
                    | SymbolKind::Policy
                    | SymbolKind::Example
            ),
        };
        let taken = self
            .symbols
            .iter()
            .filter(same_set)
            .any(|other| *other.name == *new);
        if taken && *symbol.name != *new {
            return Err(RenameError::Taken(new.to_string()));
        }
        Ok(())
    }

    /// The declaration in which a field or a value stands.
    fn owner_of(&self, symbol: &Symbol) -> Option<Span> {
        let spans = self.items.iter().filter_map(|item| match item {
            Item::Choice(one) => Some(one.span),
            Item::Type(one) => Some(one.span),
            Item::Action(one) => Some(one.span),
            _ => None,
        });
        let mut around = spans.filter(|span| {
            span.file == symbol.name_span.file
                && span.start <= symbol.name_span.start
                && symbol.name_span.end <= span.end
        });
        around.next()
    }

    /// The word that the data has for a field or a value whose declaration does not say it: its old name.
    fn word_in_the_data<'a>(&self, symbol: &'a Symbol) -> Option<&'a str> {
        if !matches!(symbol.kind, SymbolKind::Field | SymbolKind::ChoiceValue) {
            return None;
        }
        let file = self.sources.get(symbol.name_span.file)?;
        let behind = file.text().get(symbol.name_span.range().end..)?;
        let is_said = behind.trim_start().starts_with('=');
        (!is_said).then_some(&*symbol.name)
    }
}

fn is_title(kind: SymbolKind) -> bool {
    matches!(kind, SymbolKind::Policy | SymbolKind::Example)
}

/// A title without its quotes; a name as it is.
fn bare(span: Span, kind: SymbolKind) -> Span {
    if !is_title(kind) {
        return span;
    }
    Span {
        start: span.start.saturating_add(1).min(span.end),
        end: span.end.saturating_sub(1).max(span.start),
        ..span
    }
}
