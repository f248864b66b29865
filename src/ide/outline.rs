//! The declarations of a file, for the list beside the text; its examples, for the buttons that run them.

use super::Analysis;
use crate::ast::{Item, Name, Quoted};
use crate::source::{FileId, Span};

/// What a declaration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutlinedKind {
    /// A choice.
    Choice,
    /// A record type.
    Type,
    /// An input.
    Input,
    /// An action or a group of actions.
    Action,
    /// A definition or a table.
    Define,
    /// A working calendar.
    Calendar,
    /// A policy.
    Policy,
    /// An example.
    Example,
}

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlined {
    /// What it is.
    pub kind: OutlinedKind,
    /// Its name or title.
    pub name: String,
    /// Where its name stands.
    pub name_span: Span,
    /// The whole of it.
    pub span: Span,
}

impl Analysis {
    /// The declarations of a file, in its order.
    #[must_use]
    pub fn outline(&self, file: FileId) -> Vec<Outlined> {
        let mut found: Vec<Outlined> = self
            .items
            .iter()
            .filter_map(outlined)
            .filter(|one| one.span.file == file)
            .collect();
        found.sort_by_key(|one| one.span);
        found
    }
}

fn outlined(item: &Item) -> Option<Outlined> {
    let named = |kind, name: &Name, span| Outlined {
        kind,
        name: name.text.to_string(),
        name_span: name.span,
        span,
    };
    let titled = |kind, title: &Quoted, span| Outlined {
        kind,
        name: title.text.to_string(),
        name_span: title.span,
        span,
    };
    Some(match item {
        Item::Choice(one) => named(OutlinedKind::Choice, &one.name, one.span),
        Item::Type(one) => named(OutlinedKind::Type, &one.name, one.span),
        Item::Input(one) => named(OutlinedKind::Input, &one.name, one.span),
        Item::Action(one) => named(OutlinedKind::Action, &one.name, one.span),
        Item::ActionGroup(one) => named(OutlinedKind::Action, &one.name, one.span),
        Item::Define(one) => named(OutlinedKind::Define, &one.name, one.span),
        Item::Table(one) => named(OutlinedKind::Define, &one.name, one.span),
        Item::Calendar(one) => named(OutlinedKind::Calendar, &one.name, one.span),
        Item::Policy(one) => titled(OutlinedKind::Policy, &one.title, one.span),
        Item::Example(one) => titled(OutlinedKind::Example, &one.title, one.span),
        Item::Currency(_) | Item::Timezone(_) | Item::WeekStart(_) | Item::Broken(_) => {
            return None;
        }
    })
}
