//! Everything in a package that has a name.
//!
//! Input: the tree as written, the schema, and the variables that checking met. Output: the symbols by file and place,
//! each with a line that says what it is and the comment that stands above it.

use crate::ast::{FieldDeclaration, Item, Name, Quoted};
use crate::references::References;
use crate::schema::Schema;
use crate::source::{Sources, Span};
use std::sync::Arc;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SymbolKind {
    /// A choice.
    Choice,
    /// A value of a choice.
    ChoiceValue,
    /// A record type.
    Type,
    /// A field of a type or an action.
    Field,
    /// An input.
    Input,
    /// An action or a group of actions.
    Action,
    /// A definition.
    Define,
    /// A decision table.
    Table,
    /// A working calendar.
    Calendar,
    /// A policy, by its title.
    Policy,
    /// An example, by its title.
    Example,
    /// A variable or a parameter.
    Variable,
}

/// Something that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is.
    pub kind: SymbolKind,
    /// Its name, or its title without the quotes.
    pub name: Arc<str>,
    /// Where its name stands, quotes included.
    pub name_span: Span,
    /// Its declaration in short, as a policy file would write it.
    pub detail: String,
    /// The comment above it or behind it; empty where there is none.
    pub comment: String,
}

/// Everything that has a name, by file and place.
pub(super) fn of(
    items: &[Item],
    schema: &Schema,
    references: &References,
    sources: &Sources,
) -> Vec<Symbol> {
    let mut collector = Collector {
        sources,
        symbols: Vec::new(),
    };
    items.iter().for_each(|item| collector.item(item));
    for variable in &references.variables {
        let name: Arc<str> = sources.text_of(variable.at).into();
        let detail = format!("{name}: {}", schema.describe(&variable.kind));
        collector.add(
            SymbolKind::Variable,
            name,
            variable.at,
            detail,
            String::new(),
        );
    }
    let mut symbols = collector.symbols;
    symbols.sort_by_key(|symbol| symbol.name_span);
    symbols.dedup_by_key(|symbol| symbol.name_span);
    symbols
}

struct Collector<'a> {
    sources: &'a Sources,
    symbols: Vec<Symbol>,
}

impl Collector<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Choice(one) => {
                self.named(SymbolKind::Choice, &one.name, one.span, true);
                for value in &one.values {
                    let of = format!("{} of choice {}", value.name.text, one.name.text);
                    let comment = String::new();
                    let kind = SymbolKind::ChoiceValue;
                    self.add(kind, value.name.text.clone(), value.name.span, of, comment);
                }
            }
            Item::Type(one) => {
                self.named(SymbolKind::Type, &one.name, one.span, true);
                self.fields(&one.name, &one.fields);
            }
            Item::Action(one) => {
                self.named(SymbolKind::Action, &one.name, one.span, true);
                self.fields(&one.name, &one.fields);
            }
            Item::ActionGroup(one) => self.named(SymbolKind::Action, &one.name, one.span, true),
            Item::Input(one) => self.named(SymbolKind::Input, &one.name, one.span, true),
            Item::Define(one) => self.named(SymbolKind::Define, &one.name, one.span, false),
            Item::Table(one) => self.named(SymbolKind::Table, &one.name, one.span, true),
            Item::Calendar(one) => self.named(SymbolKind::Calendar, &one.name, one.span, true),
            Item::Policy(one) => self.titled(SymbolKind::Policy, &one.title, one.span),
            Item::Example(one) => self.titled(SymbolKind::Example, &one.title, one.span),
            Item::Currency(_) | Item::Timezone(_) | Item::WeekStart(_) | Item::Broken(_) => {}
        }
    }

    fn fields(&mut self, owner: &Name, fields: &[FieldDeclaration]) {
        for field in fields {
            let written = one_line(without_comment(self.sources.text_of(field.span)));
            let written = written.trim_end_matches(',');
            let detail = format!("{}.{written}", owner.text);
            let comment = self.comment_behind(field.span);
            self.add(
                SymbolKind::Field,
                field.name.text.clone(),
                field.name.span,
                detail,
                comment,
            );
        }
    }

    /// A declaration with a name; `whole` where all of it says what it is, else its first line does.
    fn named(&mut self, kind: SymbolKind, name: &Name, span: Span, whole: bool) {
        let text = self.sources.text_of(span);
        let shown = if whole {
            text
        } else {
            text.lines().next().unwrap_or(text)
        };
        let detail = shown.trim_end().to_string();
        let comment = self.comment_above(span);
        self.add(kind, name.text.clone(), name.span, detail, comment);
    }

    fn titled(&mut self, kind: SymbolKind, title: &Quoted, span: Span) {
        let detail = self.sources.text_of(span).trim_end().to_string();
        let comment = self.comment_above(span);
        self.add(kind, title.text.clone(), title.span, detail, comment);
    }

    fn add(&mut self, kind: SymbolKind, name: Arc<str>, at: Span, detail: String, comment: String) {
        self.symbols.push(Symbol {
            kind,
            name,
            name_span: at,
            detail,
            comment,
        });
    }

    /// The comment lines right above a declaration.
    fn comment_above(&self, span: Span) -> String {
        let Some(file) = self.sources.get(span.file) else {
            return String::new();
        };
        let before = file.text().get(..span.range().start).unwrap_or_default();
        let lines = before.lines().rev().map(str::trim);
        let mut comment: Vec<&str> = lines
            .map_while(|line| line.strip_prefix('#'))
            .map(str::trim)
            .collect();
        comment.reverse();
        comment.join("\n")
    }

    /// The comment at the end of a field's line.
    fn comment_behind(&self, span: Span) -> String {
        let Some(file) = self.sources.get(span.file) else {
            return String::new();
        };
        let behind = file.text().get(span.range().end..).unwrap_or_default();
        let line = behind.lines().next().unwrap_or_default();
        let comment = line
            .trim()
            .trim_start_matches(',')
            .trim_start()
            .strip_prefix('#');
        comment.unwrap_or_default().trim().to_string()
    }
}

/// A field without the comment behind it; a sign inside of quotes begins none.
fn without_comment(text: &str) -> &str {
    let mut quoted = false;
    let end = text.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        *letter == '#' && !quoted
    });
    end.and_then(|(place, _)| text.get(..place)).unwrap_or(text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
