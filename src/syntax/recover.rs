//! What can still be read of a declaration with a mistake in it.
//!
//! A policy is taken apart at the lines that begin with a clause's word, a type
//! or an action at its lines; every piece is read on its own, so that one run
//! shows the mistakes of all of them. Where the pieces read well alone, the
//! mistake is between them, and the first error stands.

use super::SliceReader;
use super::errors::diagnose;
use super::grammar::{Grammar, Rule};
use super::lower::Lowerer;
use super::split::leading_word;
use crate::ast::{
    ActionDeclaration, Example, FieldDeclaration, Item, Name, Policy, TypeDeclaration,
};
use pest::Parser;
use pest::error::{Error, InputLocation};
use pest::iterators::Pair;
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
