//! What an editor asks: what is this, where is it declared, who uses it, what could stand here.
//!
//! Input: the files of a package as they are being typed, and a place in one of them. Output: plain data, in byte
//! offsets; a language server turns it into its protocol. Invariants: nothing here changes a package or a decision;
//! a file full of mistakes gets answers for what of it could be read.

mod complete;
mod hover;
mod outline;
mod rename;
mod symbols;
mod tokens;

#[cfg(test)]
mod tests;

use crate::ast::Item;
use crate::check::check_with_references;
use crate::diagnostic::{Diagnostic, in_order};
use crate::ir;
use crate::references::{References, TypedPlace, Use};
use crate::schema::Schema;
use crate::source::{FileId, Sources, Span, offset};
use crate::syntax;
use std::sync::Arc;

pub use complete::{Completion, CompletionKind, Completions};
pub use hover::Hover;
pub use outline::{Outlined, OutlinedKind};
pub use rename::{Edit, RenameError};
pub use symbols::{Symbol, SymbolKind};
pub use tokens::{Token, TokenKind};

/// A package as an editor sees it.
#[derive(Clone, Debug)]
pub struct Analysis {
    sources: Sources,
    items: Vec<Item>,
    package: ir::Package,
    references: References,
    symbols: Vec<Symbol>,
    diagnostics: Vec<Diagnostic>,
}

impl Analysis {
    /// Reads and checks the files, name and text each, in any order.
    ///
    /// ```
    /// use courtesy::ide::Analysis;
    ///
    /// let text = "input vip: YesNo\naction greet\npolicy \"Greet\"\n  always greet\n  when vip is yes\n";
    /// let analysis = Analysis::new([("a.courtesy".to_string(), text.to_string())]);
    /// let file = analysis.file("a.courtesy").unwrap();
    /// let place = text.rfind("vip").unwrap();
    /// let declared = analysis.definition(file, place).unwrap();
    /// assert_eq!(declared.range(), 6..9);
    /// assert!(analysis.hover(file, place).unwrap().text.contains("input vip: YesNo"));
    /// ```
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Analysis {
        let files = files.into_iter();
        let sources = Sources::new(files.map(|(name, text)| (Arc::from(name), Arc::from(text))));
        let (items, mut diagnostics) = syntax::parse(&sources);
        let (package, mut references, found) = check_with_references(&items, &sources);
        diagnostics.extend(found);
        references.uses.sort_unstable();
        references.uses.dedup();
        Analysis {
            symbols: symbols::of(&items, &package.schema, &references, &sources),
            diagnostics: in_order(diagnostics),
            items,
            sources,
            package,
            references,
        }
    }

    /// The files.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The file of that name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<FileId> {
        let mut files = self.sources.iter();
        files
            .find(|(_, file)| file.name() == name)
            .map(|(id, _)| id)
    }

    /// Everything that is wrong, by file and place.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// What the host's data must look like.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.package.schema
    }

    /// Everything that has a name, by file and place.
    #[must_use]
    pub fn symbols(&self) -> &[Symbol] {
        &self.symbols
    }

    /// Where the word at a place is declared.
    #[must_use]
    pub fn definition(&self, file: FileId, byte: usize) -> Option<Span> {
        self.named_at(file, byte).map(|(_, declared)| declared)
    }

    /// Where the thing at a place is named: its declaration first, then its uses by file and place.
    #[must_use]
    pub fn references(&self, file: FileId, byte: usize) -> Vec<Span> {
        let Some((_, declared)) = self.named_at(file, byte) else {
            return Vec::new();
        };
        let uses = self.references.uses.iter();
        let uses = uses.filter(|one| one.declared == declared && one.at != declared);
        std::iter::once(declared)
            .chain(uses.map(|one| one.at))
            .collect()
    }

    /// The word at a place that means a declaration, and the name in that declaration.
    fn named_at(&self, file: FileId, byte: usize) -> Option<(Span, Span)> {
        let own = self
            .symbols
            .iter()
            .map(|symbol| (symbol.name_span, symbol.name_span));
        let uses = self
            .references
            .uses
            .iter()
            .map(|Use { at, declared }| (*at, *declared));
        own.chain(uses)
            .filter(|(at, _)| covers(*at, file, byte))
            .min_by_key(|(at, _)| at.range().len())
    }

    /// The symbol whose name stands there.
    fn symbol_declared(&self, name: Span) -> Option<&Symbol> {
        self.symbols.iter().find(|symbol| symbol.name_span == name)
    }

    /// The smallest expression around a place whose type is known.
    fn typed_at(&self, file: FileId, byte: usize) -> Option<&TypedPlace> {
        let places = self.references.types.iter();
        places
            .filter(|place| covers(place.at, file, byte))
            .min_by_key(|place| place.at.range().len())
    }

    /// The largest expression that ends there.
    fn typed_ending(&self, file: FileId, byte: usize) -> Option<&TypedPlace> {
        let places = self.references.types.iter();
        places
            .filter(|place| place.at.file == file && place.at.end == offset(byte))
            .max_by_key(|place| place.at.range().len())
    }
}

/// Whether a place lies in a span, its end included: a cursor behind a word still means it.
fn covers(span: Span, file: FileId, byte: usize) -> bool {
    span.file == file && span.range().start <= byte && byte <= span.range().end
}
