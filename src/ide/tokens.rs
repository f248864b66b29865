//! The words of a file by what they mean, for colours that follow meaning.
//!
//! Only names: keywords, texts and numbers are coloured by an editor's grammar, which needs no checker.

use super::Analysis;
use super::symbols::SymbolKind;
use crate::source::{FileId, Span};

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TokenKind {
    /// A type or a choice.
    Type,
    /// A value of a choice.
    Value,
    /// A field.
    Field,
    /// An input.
    Input,
    /// An action.
    Action,
    /// A definition, table or calendar.
    Define,
    /// A variable.
    Variable,
    /// The title of a policy or an example.
    Title,
}

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it means.
    pub kind: TokenKind,
    /// Whether it is the name in the declaration.
    pub declares: bool,
}

impl Analysis {
    /// The words of a file that mean something, in its order; none overlaps another.
    #[must_use]
    pub fn tokens(&self, file: FileId) -> Vec<Token> {
        let declared = self.symbols.iter().map(|symbol| Token {
            span: symbol.name_span,
            kind: kind(symbol.kind),
            declares: true,
        });
        let used = self.references.uses.iter().filter_map(|one| {
            let symbol = self.symbol_declared(one.declared)?;
            Some(Token {
                span: one.at,
                kind: kind(symbol.kind),
                declares: false,
            })
        });
        let mut tokens: Vec<Token> = declared
            .chain(used)
            .filter(|token| token.span.file == file)
            .collect();
        tokens.sort_by_key(|token| (token.span, !token.declares));
        tokens.dedup_by(|next, kept| next.span.start < kept.span.end);
        tokens
    }
}

fn kind(symbol: SymbolKind) -> TokenKind {
    match symbol {
        SymbolKind::Choice | SymbolKind::Type => TokenKind::Type,
        SymbolKind::ChoiceValue => TokenKind::Value,
        SymbolKind::Field => TokenKind::Field,
        SymbolKind::Input => TokenKind::Input,
        SymbolKind::Action => TokenKind::Action,
        SymbolKind::Define | SymbolKind::Table | SymbolKind::Calendar => TokenKind::Define,
        SymbolKind::Policy | SymbolKind::Example => TokenKind::Title,
        SymbolKind::Variable => TokenKind::Variable,
    }
}
