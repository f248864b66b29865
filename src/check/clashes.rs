//! Names that mean two things: found while the package is checked, told once all of it is known.
//!
//! Input: each variable that would hide a declared name, and each word that was taken for a value of a choice or a
//! day although something is declared under it. Output: one message for a declared name, whatever number of
//! variables it clashes with; and one for each word for which the declared meaning would have fitted, too.

use super::Checker;
use super::symbols::{Symbol, SymbolKind};
use crate::ast::Name;
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::Type;
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many of the places of a clash are pointed at.
const SHOWN: usize = 3;

/// What may mean two things, by place: what is checked twice is found once.
#[derive(Debug, Default)]
pub(super) struct Clashes {
    /// Variables that would hide a declared name.
    hiding: BTreeMap<Span, Arc<str>>,
    /// Words taken for a value of that type.
    words: BTreeMap<Span, (Arc<str>, Type)>,
}

impl Checker<'_> {
    /// Notes a variable that would hide a declared name, and says whether it does.
    pub(super) fn hides(&mut self, variable: &Name) -> bool {
        let hides = self.symbols.hidden_by(variable).is_some();
        if hides {
            let name = variable.text.clone();
            self.clashes.hiding.insert(variable.span, name);
        }
        hides
    }

    /// Notes a word that was taken for a value because a value of that type was asked for.
    pub(super) fn taken_for_a_value(&mut self, word: &Name, kind: &Type) {
        if self.symbols.get(&word.text).is_some() {
            let meant = (word.text.clone(), kind.clone());
            self.clashes.words.insert(word.span, meant);
        }
    }

    /// Reports what was noted.
    pub(super) fn report_clashes(&mut self) {
        let clashes = std::mem::take(&mut self.clashes);
        let mut hidden: BTreeMap<Arc<str>, Vec<Span>> = BTreeMap::new();
        for (place, name) in clashes.hiding {
            hidden.entry(name).or_default().push(place);
        }
        for (name, places) in &hidden {
            if let Some(symbol) = self.symbols.get(name) {
                self.report(hiding(name, symbol, places));
            }
        }
        for (place, (word, kind)) in &clashes.words {
            if let Some(symbol) = self.symbols.get(word)
                && self.type_of_symbol(word, symbol).as_ref() == Some(kind)
            {
                let clash = self.two_meanings(*place, word, kind, symbol);
                self.report(clash);
            }
        }
    }

    /// The type of an input, or of a definition that is given nothing.
    fn type_of_symbol(&self, name: &str, symbol: Symbol) -> Option<Type> {
        match symbol.kind {
            SymbolKind::Input => {
                let input = self.schema.input(self.schema.input_named(name)?)?;
                Some(input.kind.clone())
            }
            SymbolKind::Define | SymbolKind::Table => {
                let define = self.defines.get(name)?;
                define.parameters.is_empty().then(|| define.ty.clone())
            }
            _ => None,
        }
    }

    fn two_meanings(&self, place: Span, word: &str, kind: &Type, symbol: Symbol) -> Diagnostic {
        let (what, kind_name) = (symbol.kind.words(), self.describe(kind));
        let message = format!("`{word}` is {what} and a value of `{kind_name}`, and both fit here");
        let diagnostic =
            Diagnostic::error(Code::AmbiguousName, place, message).also(symbol.span, what);
        match kind {
            Type::Choice(_) => diagnostic
                .help(format!(
                    "write `{kind_name}.{word}` for the value, or give the other another name"
                ))
                .fix(place, format!("{kind_name}.{word}")),
            _ => diagnostic.help("give one of them another name"),
        }
    }
}

/// The message for the variables that would hide a declared name.
fn hiding(name: &str, symbol: Symbol, places: &[Span]) -> Diagnostic {
    let what = symbol.kind.words();
    if let [only] = places {
        return Diagnostic::error(
            Code::ShadowedName,
            *only,
            format!("`{name}` already names {what}"),
        )
        .also(symbol.span, "declared here")
        .help(format!("choose another word, such as `each_{name}`"));
    }
    let count = places.len();
    let message = format!("`{name}` names {what}, and {count} variables are called so, too");
    let mut diagnostic = Diagnostic::error(Code::ShadowedName, symbol.span, message).help(format!(
        "give it another name, such as `the_{name}`, or the variables, such as `each_{name}`"
    ));
    for place in places.iter().take(SHOWN) {
        diagnostic = diagnostic.also(*place, "a variable");
    }
    diagnostic
}
