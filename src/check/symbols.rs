//! Which names a package declares, and where.
//!
//! Inputs, actions, groups, definitions, tables, calendars, types and choices share one set of
//! names over all files. Values of choices and fields have sets of their own.

use crate::ast::{Item, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SymbolKind {
    Choice,
    Record,
    Input,
    Action,
    Group,
    Define,
    Calendar,
    Table,
    /// A declaration that could not be read: uses get no second message.
    Broken,
}

impl SymbolKind {
    pub(super) fn words(self) -> &'static str {
        match self {
            SymbolKind::Choice => "a choice",
            SymbolKind::Record => "a type",
            SymbolKind::Input => "an input",
            SymbolKind::Action => "an action",
            SymbolKind::Group => "a group of actions",
            SymbolKind::Define => "a definition",
            SymbolKind::Calendar => "a calendar",
            SymbolKind::Table => "a table",
            SymbolKind::Broken => "a declaration with a mistake",
        }
    }
}

/// A declared name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Symbol {
    pub(super) kind: SymbolKind,
    pub(super) span: Span,
}

/// The declared names of a package.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    names: BTreeMap<Arc<str>, Symbol>,
    /// Whether a declaration without a readable name was lost: an unknown name
    /// may then be that one.
    pub(super) lost: bool,
    /// Names declared more than once: what the later ones would have been is not
    /// missed a second time.
    repeated: BTreeSet<Arc<str>>,
    /// The first words of declarations that could not be read.
    broken_words: BTreeSet<String>,
}

/// Names of types that are built in.
pub(super) const BUILT_IN_TYPES: [&str; 11] = [
    "YesNo", "Text", "Number", "Money", "Date", "Time", "DateTime", "Duration", "Period",
    "Timezone", "Weekday",
];

impl Symbols {
    /// Collects the names; the later of two in the order of places is reported.
    pub(super) fn collect(items: &[Item], diagnostics: &mut Vec<Diagnostic>) -> Symbols {
        let mut symbols = Symbols::default();
        let mut declared: Vec<(&Name, SymbolKind)> = Vec::new();
        for item in items {
            match declared_name(item) {
                Some(found) => declared.push(found),
                None => symbols.lost |= matches!(item, Item::Broken(_)),
            }
            if let Item::Broken(broken) = item {
                symbols.broken_words.insert(broken.word.clone());
            }
        }
        declared.sort_by_key(|(name, _)| name.span);
        for (name, kind) in declared {
            symbols.add(name, kind, diagnostics);
        }
        symbols
    }

    fn add(&mut self, name: &Name, kind: SymbolKind, diagnostics: &mut Vec<Diagnostic>) {
        if BUILT_IN_TYPES.contains(&&*name.text) {
            diagnostics.push(
                Diagnostic::error(
                    Code::DeclaredTwice,
                    name.span,
                    format!("`{}` is a type of the language", name.text),
                )
                .help("choose another name"),
            );
            return;
        }
        let symbol = Symbol {
            kind,
            span: name.span,
        };
        let Some(first) = self.names.get(&name.text) else {
            self.names.insert(name.text.clone(), symbol);
            return;
        };
        if kind == SymbolKind::Broken || first.kind == SymbolKind::Broken {
            return;
        }
        self.repeated.insert(name.text.clone());
        diagnostics.push(
            Diagnostic::error(
                Code::DeclaredTwice,
                name.span,
                format!("`{}` is declared a second time", name.text),
            )
            .also(first.span, format!("here it is {}", first.kind.words()))
            .help("all files of a package share one set of names; rename one of them"),
        );
    }

    pub(super) fn get(&self, name: &str) -> Option<Symbol> {
        self.names.get(name).copied()
    }

    /// Whether a declaration that begins with this word could not be read.
    pub(super) fn is_word_broken(&self, word: &str) -> bool {
        self.broken_words.contains(word)
    }

    /// Whether a name belongs to a declaration with a mistake.
    pub(super) fn is_broken(&self, name: &str) -> bool {
        match self.get(name) {
            Some(symbol) => symbol.kind == SymbolKind::Broken || self.repeated.contains(name),
            None => false,
        }
    }

    /// The names of some kinds.
    pub(super) fn of_kinds(&self, kinds: &[SymbolKind]) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .filter(move |(_, symbol)| kinds.contains(&symbol.kind))
            .map(|(name, _)| &**name)
    }

    /// Whether a declaration is the one its name stands for.
    pub(super) fn is_first(&self, name: &Name) -> bool {
        self.get(&name.text)
            .is_some_and(|symbol| symbol.span == name.span)
    }

    /// What a variable of that name would hide.
    pub(super) fn hidden_by(&self, variable: &Name) -> Option<Symbol> {
        let hides = |symbol: &Symbol| {
            matches!(
                symbol.kind,
                SymbolKind::Input
                    | SymbolKind::Action
                    | SymbolKind::Group
                    | SymbolKind::Define
                    | SymbolKind::Calendar
                    | SymbolKind::Table
            )
        };
        self.get(&variable.text).filter(hides)
    }
}

fn declared_name(item: &Item) -> Option<(&Name, SymbolKind)> {
    Some(match item {
        Item::Choice(declaration) => (&declaration.name, SymbolKind::Choice),
        Item::Type(declaration) => (&declaration.name, SymbolKind::Record),
        Item::Input(declaration) => (&declaration.name, SymbolKind::Input),
        Item::Action(declaration) => (&declaration.name, SymbolKind::Action),
        Item::ActionGroup(declaration) => (&declaration.name, SymbolKind::Group),
        Item::Define(declaration) => (&declaration.name, SymbolKind::Define),
        Item::Calendar(declaration) => (&declaration.name, SymbolKind::Calendar),
        Item::Table(declaration) => (&declaration.name, SymbolKind::Table),
        Item::Broken(broken) => (broken.name.as_ref()?, SymbolKind::Broken),
        _ => return None,
    })
}
