//! What a package is known by: a hash of what it says.
//!
//! Comments, layout, accepted spellings, examples, what only they use, and the order of
//! files, declarations and clauses change nothing (Law 4): the parts of the canonical
//! package are hashed, sorted. The version of the language and of the time-zone data do
//! change it.

use crate::ast::{Clause, Item};
use crate::format::Canonical;
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
    let canonical = Canonical::of(sources);
    let mut parts = Vec::new();
    let mut waiting: Vec<(&str, String)> = Vec::new();
    for item in items {
        match item {
            Item::Example(_) => {}
            Item::Define(define) => {
                waiting.push((&define.name.text, part(item, &canonical, sources)))
            }
            _ => parts.push(part(item, &canonical, sources)),
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

fn part(item: &Item, canonical: &Canonical<'_>, sources: &Sources) -> String {
    match item {
        Item::Policy(policy) => {
            let clauses = policy.clauses.iter();
            let mut clauses: Vec<String> = clauses
                .map(|written| clause(written, canonical, sources))
                .collect();
            clauses.sort_unstable();
            format!(
                "policy {} {}",
                tokens(sources.text_of(policy.title.span)),
                clauses.join(" ")
            )
        }
        other => {
            let span = span_of(other);
            match canonical.item(other, span) {
                Some(text) => tokens(&text),
                None => tokens(sources.text_of(span)),
            }
        }
    }
}

fn clause(clause: &Clause, canonical: &Canonical<'_>, sources: &Sources) -> String {
    match canonical.clause(clause) {
        Some(text) => tokens(&text),
        None => tokens(sources.text_of(clause.span)),
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

/// A text with one blank between its words and signs; comments and commas, which
/// never change a meaning, are left out, texts stay as they are.
fn tokens(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    let mut in_word = false;
    while let Some(character) = characters.next() {
        let is_word = character.is_alphanumeric() || character == '_';
        if !(out.ends_with(' ') || is_word && in_word) {
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

/// A text to its end, with the texts inside what is inserted into it.
fn push_text(out: &mut String, characters: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    out.push('"');
    // What is open: a text, or a brace inside one.
    let mut open = vec!['"'];
    while let Some(character) = characters.next() {
        out.push(character);
        match (open.last(), character) {
            (Some('"'), '\\') => out.extend(characters.next()),
            (Some('"'), '"') | (Some('{'), '}') => drop(open.pop()),
            (Some('{'), '"') | (_, '{') => open.push(character),
            _ => {}
        }
        if open.is_empty() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::package::Package;
    use crate::source::Sources;
    use std::sync::Arc;

    fn fingerprint(text: &str) -> Arc<str> {
        let sources = Sources::new([(Arc::from("a.courtesy"), Arc::from(text))]);
        let (items, diagnostics) = crate::syntax::parse(&sources);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        super::of(&items, &sources)
    }

    #[test]
    fn accepted_spellings_and_layout_change_nothing() {
        let one = "type A { a: Text  b: Text }\npolicy \"P\"\n  never x\n  \
            when a is within last 1 day and fewer than 3 b in c and d is 1 May\n";
        let other = "policy \"P\" # first\n  when a is within last 1 days\n   and less than \
            3 b in c and d\n is 1 may never # not\n x type A{a:Text,b:Text,}";
        assert_eq!(fingerprint(one), fingerprint(other));
    }

    #[test]
    fn a_text_inside_a_text_counts_as_it_is() {
        let one = "policy \"P\"\n  never x\n  because \"{a otherwise \"b  c\"}\"\n";
        assert_ne!(fingerprint(one), fingerprint(&one.replace("b  c", "b c")));
        let apart = one.replace("{a ", "{  a   ");
        assert_eq!(fingerprint(one), fingerprint(&apart));
    }

    #[test]
    fn a_broken_package_has_one_too() {
        let file = (
            "a.courtesy".to_string(),
            b"type { x\npolicy \"P\" when".to_vec(),
        );
        assert!(Package::from_sources([file]).has_errors());
    }
}
