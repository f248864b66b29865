//! What can still be read of a declaration with a mistake in it.
//!
//! A policy is taken apart at the lines that begin with a clause's word, a type
//! or an action at its lines; every piece is read on its own, so that one run
//! shows the mistakes of all of them. Where the pieces read well alone, the
//! mistake is between them, and the first error stands.

use super::SliceReader;
use super::errors::diagnose;
use super::grammar::{Grammar, Rule};
use super::hints;
use super::split::leading_word;
use crate::ast::{ActionDeclaration, FieldDeclaration, Item, Name, Policy, TypeDeclaration};
use pest::Parser;
use pest::error::{Error, InputLocation};
use std::ops::Range;

/// Reads what is healthy of a slice, and reports what is not.
pub(super) fn recover(reader: &mut SliceReader<'_>, error: &Error<Rule>) -> Vec<Item> {
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
    Some(reader.lowerer(0).items(pairs))
}

/// The byte of the slice at which reading failed.
pub(super) fn position(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

fn policy(reader: &mut SliceReader<'_>) -> Option<Item> {
    let text = reader.text;
    let pieces = pieces(text, begins_clause);
    let mut failed = false;
    let mut clauses = Vec::new();
    let mut head = None;
    let mut in_later_clause = false;
    for (index, range) in pieces.into_iter().enumerate() {
        let piece = text.get(range.clone()).unwrap_or("");
        let rule = if index == 0 {
            Rule::slice
        } else {
            Rule::clause_alone
        };
        let end = range.start.saturating_add(piece.trim_end().len());
        let span = reader.span(range.start, end);
        let later = hints::clause_to_come(piece, span);
        if index > 0 && (later.is_some() || in_later_clause && hints::continues_later(piece)) {
            failed = true;
            if !(in_later_clause && hints::continues_later(piece)) {
                reader.diagnostics.extend(later);
            }
            in_later_clause = true;
            continue;
        }
        in_later_clause = false;
        match Grammar::parse(rule, piece) {
            Ok(pairs) if index == 0 => head = reader.lowerer(range.start).items(pairs).pop(),
            Ok(pairs) => {
                let mut lowerer = reader.lowerer(range.start);
                clauses.extend(pairs.flat_map(|pair| lowerer.clauses(pair)));
            }
            Err(error) => {
                failed = true;
                let place = |start: usize, end: usize| {
                    let base = range.start;
                    reader.span(base.saturating_add(start), base.saturating_add(end))
                };
                let diagnostic = diagnose(&error, piece, place);
                reader.diagnostics.push(diagnostic);
                // A clause before the mistake may be whole: `never upsell` before
                // a misspelt `wehn`.
                let before = piece.get(..position(&error)).unwrap_or("");
                if let (Ok(pairs), true) = (Grammar::parse(Rule::clause_alone, before), index > 0) {
                    let mut lowerer = reader.lowerer(range.start);
                    clauses.extend(pairs.flat_map(|pair| lowerer.clauses(pair)));
                }
            }
        }
    }
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
        _ => reader.broken(),
    })
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
    match word {
        "for" => next == "each" || next.starts_with(|c: char| c.is_ascii_digit()),
        "on" => next != "or",
        "from" => next.starts_with(|c: char| c.is_ascii_digit()),
        "never" | "only" | "allow" | "always" | "with" | "when" | "unless" | "by" | "overrides"
        | "because" => true,
        _ => hints::is_later_clause(word),
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
            broken: true,
            span,
        })
    }
}
