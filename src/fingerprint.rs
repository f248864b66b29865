//! What a package is known by: a hash of what it says.
//!
//! Comments, layout, examples, what only they use, and the order of files, declarations and clauses
//! change nothing (Law 4); the version of the language and of the time-zone data do.

use crate::ast::Item;
use crate::source::{Sources, Span};
use crate::value::zone_database_version;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The version of the language, part of every fingerprint.
const LANGUAGE: &str = "courtesy 0.1";

/// The fingerprint: 32 hexadecimal digits.
pub(crate) fn of(items: &[Item], sources: &Sources) -> Arc<str> {
    let mut parts = decisive(items, sources);
    parts.sort_unstable();
    let mut hash = Sha256::new();
    for part in [LANGUAGE, zone_database_version()]
        .into_iter()
        .chain(parts.iter().map(|p| &**p))
    {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digits = hash
        .finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    digits.into()
}

/// The canonical forms of what can have a say in a decision: no examples, and no definitions that only examples
/// use. A definition counts as used where its name stands as a word, so that none is left out wrongly.
fn decisive(items: &[Item], sources: &Sources) -> Vec<String> {
    let mut parts = Vec::new();
    let mut waiting: Vec<(&str, String)> = Vec::new();
    for item in items {
        match item {
            Item::Example(_) => {}
            Item::Define(define) => waiting.push((&define.name.text, canonical(item, sources))),
            _ => parts.push(canonical(item, sources)),
        }
    }
    let mut read = 0;
    while let Some(part) = parts.get(read) {
        let is_sign = |letter: char| !letter.is_alphanumeric() && letter != '_';
        let words: BTreeSet<&str> = part.split(is_sign).collect();
        let (used, unused): (Vec<_>, Vec<_>) = waiting
            .into_iter()
            .partition(|(name, _)| words.contains(name));
        parts.extend(used.into_iter().map(|(_, text)| text));
        waiting = unused;
        read = read.saturating_add(1);
    }
    parts
}

fn canonical(item: &Item, sources: &Sources) -> String {
    match item {
        Item::Policy(policy) => {
            let mut clauses: Vec<String> = policy
                .clauses
                .iter()
                .map(|clause| tokens(clause.span, sources))
                .collect();
            clauses.sort_unstable();
            format!(
                "policy {} {}",
                tokens(policy.title.span, sources),
                clauses.join(" ")
            )
        }
        other => tokens(span_of(other), sources),
    }
}

fn span_of(item: &Item) -> Span {
    match item {
        Item::Currency(declaration) => declaration.span,
        Item::Timezone(declaration) => declaration.span,
        Item::WeekStart(declaration) => declaration.span,
        Item::Choice(declaration) => declaration.span,
        Item::Type(declaration) => declaration.span,
        Item::Input(declaration) => declaration.span,
        Item::Action(declaration) => declaration.span,
        Item::ActionGroup(declaration) => declaration.span,
        Item::Define(declaration) => declaration.span,
        Item::Table(declaration) => declaration.span,
        Item::Calendar(declaration) => declaration.span,
        Item::Policy(policy) => policy.span,
        Item::Example(example) => example.span,
        Item::Broken(broken) => broken.span,
    }
}

/// The text of a place, one blank between its words and signs; comments and
/// commas, which never change a meaning, are left out, texts stay as they are.
fn tokens(span: Span, sources: &Sources) -> String {
    let mut out = String::new();
    let mut characters = sources.text_of(span).chars().peekable();
    let mut in_word = false;
    while let Some(character) = characters.next() {
        let is_word = character.is_alphanumeric() || character == '_';
        if !(is_word && in_word) && !out.ends_with(' ') {
            out.push(' ');
        }
        in_word = is_word;
        match character {
            '#' => while characters.next_if(|next| *next != '\n').is_some() {},
            '"' => push_text(&mut out, &mut characters),
            ',' => {}
            blank if blank.is_whitespace() => {}
            other => out.push(other),
        }
    }
    out
}

fn push_text(out: &mut String, characters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    out.push('"');
    let mut escaped = false;
    for character in characters.by_ref() {
        out.push(character);
        if character == '"' && !escaped {
            return;
        }
        escaped = character == '\\' && !escaped;
    }
}
