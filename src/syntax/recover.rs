//! What can still be read of a declaration with a mistake in it.
//!
//! A policy is taken apart at the lines that begin with a clause's word, a type
//! or an action at its lines; every piece is read on its own, so that one run
//! shows the mistakes of all of them. Where the pieces read well alone, the
//! mistake is between them, and the first error stands.

use super::SliceReader;
use super::errors::{CLAUSE_WORDS, diagnose};
use super::grammar::{Grammar, Rule};
use super::lower::Lowerer;
use super::split::{DECLARATION_WORDS, leading_word};
use crate::ast::{
    ActionDeclaration, Clause, ClauseKind, Example, FieldDeclaration, Item, Name, Policy, Quoted,
    TypeDeclaration,
};
use crate::diagnostic::{Code, Diagnostic, nearest};
use pest::Parser;
use pest::error::{Error, InputLocation};
use pest::iterators::Pair;
use std::ops::Range;

/// Reads what is healthy of a slice, and reports what is not.
pub(super) fn recover(reader: &mut SliceReader<'_>, error: &Error<Rule>) -> Vec<Item> {
    let cuts = declarations_inside(reader.text);
    if cuts.is_empty() {
        return recover_one(reader, error);
    }
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([reader.text.len()]);
    let mut items = Vec::new();
    for (start, end) in starts.zip(ends) {
        let mut part = SliceReader {
            file: reader.file,
            base: reader.base.saturating_add(start),
            text: reader.text.get(start..end).unwrap_or(""),
            diagnostics: reader.diagnostics,
        };
        match Grammar::parse(Rule::slice, part.text) {
            Ok(pairs) => items.extend(part.lowerer(0).items(pairs)),
            Err(error) => items.extend(recover_one(&mut part, &error)),
        }
    }
    items
}

/// Where declarations begin that the slices were not cut at: an indented policy,
/// and a line in column one whose first word is nearly a declaration's.
fn declarations_inside(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let indented = line.trim_start();
        let word = leading_word(indented);
        let titled = indented.get(word.len()..).unwrap_or("").trim_start();
        let policy = word == "policy" && titled.starts_with('"');
        let misspelt = indented.len() == line.len()
            && !word.is_empty()
            && !CLAUSE_WORDS.contains(&word)
            && !DECLARATION_WORDS.contains(&word)
            && nearest(word, DECLARATION_WORDS).is_some();
        if at > 0 && (policy || misspelt) {
            let blanks = line.len().saturating_sub(indented.len());
            cuts.push(at.saturating_add(blanks));
        }
        at = at.saturating_add(line.len());
    }
    cuts
}

fn recover_one(reader: &mut SliceReader<'_>, error: &Error<Rule>) -> Vec<Item> {
    let found = match leading_word(reader.text) {
        "policy" => policy(reader),
        "type" | "action" => record(reader),
        _ => None,
    };
    if let Some(item) = found {
        return vec![item];
    }
    let diagnostic = diagnose(error, reader.text, |start, end| reader.span(start, end));
    reader.diagnostics.push(diagnostic);
    healthy_head(reader, error).unwrap_or_else(|| vec![reader.broken()])
}

/// Where the mistake begins a line in column one, what stands before it may be
/// whole: `currency USD` before a misspelt `polcy`.
fn healthy_head(reader: &mut SliceReader<'_>, error: &Error<Rule>) -> Option<Vec<Item>> {
    let at = position(error);
    let head = reader.text.get(..at)?;
    let column_one = head.is_empty() || head.ends_with('\n');
    let pairs = column_one.then(|| Grammar::parse(Rule::slice, head).ok())??;
    let mut items = reader.lowerer(0).items(pairs);
    let rest = SliceReader {
        file: reader.file,
        base: reader.base.saturating_add(at),
        text: reader.text.get(at..).unwrap_or(""),
        diagnostics: reader.diagnostics,
    };
    items.push(rest.broken());
    Some(items)
}

/// The byte of the slice at which reading failed.
pub(super) fn position(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

fn policy(reader: &mut SliceReader<'_>) -> Option<Item> {
    let text = reader.text;
    let known = reader.diagnostics.len();
    let pieces = pieces(text, begins_clause);
    let mut failed = false;
    let mut clauses = Vec::new();
    let mut head = None;
    for (index, range) in pieces.into_iter().enumerate() {
        let piece = text.get(range.clone()).unwrap_or("");
        let rule = if index == 0 {
            Rule::slice
        } else {
            Rule::clause_alone
        };
        match Grammar::parse(rule, piece) {
            Ok(pairs) if index == 0 => head = reader.lowerer(range.start).items(pairs).pop(),
            Ok(pairs) => {
                let mut lowerer = reader.lowerer(range.start);
                clauses.extend(pairs.flat_map(|pair| lowerer.clauses(pair)));
            }
            Err(error) => {
                failed = true;
                let spoilt = tell(reader, &error, piece, range.start);
                // What stands before the mistake may be whole: `never upsell`
                // before a misspelt `wehn`.
                let before = piece.get(..position(&error)).unwrap_or("");
                let Ok(pairs) = Grammar::parse(rule, before) else {
                    continue;
                };
                let mut lowerer = reader.lowerer(range.start);
                if index == 0 {
                    head = lowerer.items(pairs).pop();
                    drop_spoilt(head_clauses(&mut head), spoilt);
                } else {
                    let mut whole: Vec<Clause> =
                        pairs.flat_map(|pair| lowerer.clauses(pair)).collect();
                    drop_spoilt(Some(&mut whole), spoilt);
                    clauses.extend(whole);
                }
            }
        }
    }
    drop_closing_brace(reader, known);
    failed.then(|| match head {
        Some(Item::Policy(policy)) => {
            let mut all = policy.clauses;
            all.extend(clauses);
            Item::Policy(Policy {
                clauses: all,
                broken: true,
                ..policy
            })
        }
        _ => headless(reader, clauses),
    })
}

/// Reports why a piece that begins at `base` cannot be read, and says whether that spoils what stands before.
fn tell(reader: &mut SliceReader<'_>, error: &Error<Rule>, piece: &str, base: usize) -> bool {
    let place = |start: usize, end: usize| {
        reader.span(base.saturating_add(start), base.saturating_add(end))
    };
    let diagnostic = diagnose(error, piece, place);
    let spoilt = diagnostic_spoils(&diagnostic, piece, position(error));
    reader.diagnostics.push(diagnostic);
    spoilt
}

/// Reads an example clause by clause; `cuts` are the places in the file where they begin.
pub(super) fn example(reader: &mut SliceReader<'_>, cuts: &[usize]) -> Vec<Item> {
    let mut at: Vec<usize> = cuts
        .iter()
        .map(|cut| cut.saturating_sub(reader.base))
        .collect();
    at.push(reader.text.len());
    let first = at.first().copied().unwrap_or(0);
    let title = read_piece(reader, Rule::example_head, 0..first, |lowerer, pair| {
        vec![lowerer.example_title(&pair)]
    });
    let mut clauses = Vec::new();
    let mut broken = false;
    for (start, end) in at.iter().zip(at.iter().skip(1)) {
        let read = read_piece(
            reader,
            Rule::example_alone,
            *start..*end,
            |lowerer, pair| lowerer.example_clauses(pair),
        );
        broken |= read.is_none();
        clauses.extend(read.into_iter().flatten());
    }
    let Some(title) = title.and_then(|titles| titles.into_iter().next()) else {
        return vec![reader.broken()];
    };
    vec![Item::Example(Example {
        title,
        clauses,
        broken,
        span: reader.span(0, reader.text.trim_end().len()),
    })]
}

/// Reads a piece of a slice by a rule, or reports why it does not read.
fn read_piece<T>(
    reader: &mut SliceReader<'_>,
    rule: Rule,
    range: Range<usize>,
    lower: impl Fn(&mut Lowerer<'_>, Pair<'_, Rule>) -> Vec<T>,
) -> Option<Vec<T>> {
    let piece = reader.text.get(range.clone()).unwrap_or("");
    match Grammar::parse(rule, piece) {
        Ok(pairs) => {
            let mut lowerer = reader.lowerer(range.start);
            Some(pairs.flat_map(|pair| lower(&mut lowerer, pair)).collect())
        }
        Err(error) => {
            let place = |start: usize, end: usize| {
                let base = range.start;
                reader.span(base.saturating_add(start), base.saturating_add(end))
            };
            let diagnostic = diagnose(&error, piece, place);
            reader.diagnostics.push(diagnostic);
            None
        }
    }
}

/// A policy whose title could not be read, with the clauses that could.
fn headless(reader: &SliceReader<'_>, clauses: Vec<Clause>) -> Item {
    let line = reader.text.lines().next().unwrap_or("");
    let title = line.trim_start_matches("policy").trim();
    let title = title.trim_matches(|c: char| !c.is_alphanumeric());
    let span = reader.span(0, line.trim_end().len());
    if title.is_empty() {
        return reader.broken();
    }
    Item::Policy(Policy {
        title: Quoted {
            text: title.into(),
            span,
        },
        clauses,
        broken: true,
        span,
    })
}

/// Whether a mistake leaves the clause before it unfinished: not where it begins
/// a line of its own and is a word, as a misspelt clause does.
fn diagnostic_spoils(diagnostic: &Diagnostic, piece: &str, at: usize) -> bool {
    let before = piece.get(..at).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    diagnostic.code != Code::Syntax || !line.trim().is_empty() || at >= piece.trim_end().len()
}

/// Takes the last clause away where its condition or value is not whole. A verb
/// and its action stay: they say enough.
fn drop_spoilt(clauses: Option<&mut Vec<Clause>>, spoilt: bool) {
    let Some(clauses) = clauses.filter(|_| spoilt) else {
        return;
    };
    let kept = clauses.last().is_some_and(|last| {
        matches!(
            last.kind,
            ClauseKind::Verb { .. } | ClauseKind::On { .. } | ClauseKind::Overrides(_)
        )
    });
    if !kept {
        clauses.pop();
    }
}

fn head_clauses(head: &mut Option<Item>) -> Option<&mut Vec<Clause>> {
    match head {
        Some(Item::Policy(policy)) => Some(&mut policy.clauses),
        _ => None,
    }
}

/// Braces around a policy are one mistake: of the two messages the first stays.
fn drop_closing_brace(reader: &mut SliceReader<'_>, known: usize) {
    let text_of = |diagnostic: &Diagnostic| {
        let span = diagnostic.span()?;
        let start = (span.start as usize).checked_sub(reader.base)?;
        reader.text.get(start..)?.chars().next()
    };
    let new = reader.diagnostics.get(known..).unwrap_or(&[]);
    let opened = new.first().and_then(text_of) == Some('{');
    let closed = new.last().and_then(text_of) == Some('}');
    if opened && closed {
        reader.diagnostics.pop();
    }
}

/// Cuts a text before every line that `begins` accepts.
fn pieces(text: &str, begins: fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0_usize;
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        if at > 0 && begins(line.trim_start()) {
            ranges.push(start..at);
            start = at;
        }
        at = at.saturating_add(line.len());
    }
    ranges.push(start..text.len());
    ranges
}

fn begins_clause(line: &str) -> bool {
    let word = leading_word(line);
    let next = leading_word(line.get(word.len()..).unwrap_or("").trim_start());
    let digits = next.starts_with(|c: char| c.is_ascii_digit());
    match word {
        "for" => next == "each" || digits,
        "on" => next != "or",
        "from" | "until" => digits,
        "report" => next == "only",
        "exempt" => next == "when",
        "never" | "only" | "allow" | "always" | "prefer" | "limit" | "per" | "counting"
        | "with" | "when" | "unless" | "by" | "overrides" | "owner" | "tags" | "because" => true,
        _ => false,
    }
}

/// A type or an action whose fields are read line by line.
fn record(reader: &mut SliceReader<'_>) -> Option<Item> {
    let text = reader.text;
    let open = text.find('{')?;
    let close = text.rfind('}').filter(|close| *close > open)?;
    let name = reader.declared_name()?;
    let body = text.get(open.saturating_add(1)..close)?;
    let (fields, failed) = fields(reader, open.saturating_add(1), body);
    failed.then(|| record_item(reader, name, fields))
}

fn fields(reader: &mut SliceReader<'_>, base: usize, body: &str) -> (Vec<FieldDeclaration>, bool) {
    let mut fields = Vec::new();
    let mut failed = false;
    for range in pieces(body, |_| true) {
        let line = body.get(range.clone()).unwrap_or("");
        let start = base.saturating_add(range.start);
        match Grammar::parse(Rule::field_alone, line) {
            Ok(pairs) => {
                let mut lowerer = reader.lowerer(start);
                fields.extend(pairs.flat_map(|pair| lowerer.fields(&pair)));
            }
            Err(error) => {
                failed = true;
                let place = |from: usize, to: usize| {
                    reader.span(start.saturating_add(from), start.saturating_add(to))
                };
                let diagnostic = diagnose(&error, line, place);
                reader.diagnostics.push(diagnostic);
            }
        }
    }
    (fields, failed)
}

fn record_item(reader: &SliceReader<'_>, name: Name, fields: Vec<FieldDeclaration>) -> Item {
    let span = reader.span(0, reader.text.trim_end().len());
    if leading_word(reader.text) == "type" {
        Item::Type(TypeDeclaration {
            name,
            fields,
            broken: true,
            span,
        })
    } else {
        Item::Action(ActionDeclaration {
            name,
            fields,
            single: None,
            broken: true,
            span,
        })
    }
}
