//! The reader's own words for a condition, on one line.
//!
//! Comments are left out, blanks become one; what is asked of the elements of a list is shown under the line, so
//! it stands as `…` in it.

use super::parts::{Part, parts};
use crate::ir::{Expr, ExprKind};
use crate::source::{Sources, Span};

/// Characters of a condition that are shown.
const CHARACTERS: usize = 240;

/// The text of an expression.
pub(super) fn text_of(expr: &mut Expr, sources: &Sources) -> String {
    let whole = expr.span;
    let mut out = Vec::new();
    left_out(expr, &mut out);
    out.sort_unstable();
    let mut text = String::new();
    let mut at = whole.start;
    for span in out {
        if span.start < at || span.end > whole.end {
            continue;
        }
        text.push_str(sources.text_of(Span {
            end: span.start,
            start: at,
            ..whole
        }));
        text.push('…');
        at = span.end;
    }
    text.push_str(sources.text_of(Span { start: at, ..whole }));
    on_one_line(&text)
}

/// The word before `in`, before the list at that place.
pub(super) fn name_before(list: Span, sources: &Sources) -> Option<String> {
    let before = sources.text_of(Span {
        start: 0,
        end: list.start,
        ..list
    });
    let before = before.trim_end_matches(|letter: char| letter.is_whitespace() || letter == '(');
    let before = before.strip_suffix("in")?;
    let trimmed = before.trim_end();
    if trimmed.len() == before.len() {
        return None;
    }
    let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    let start = trimmed
        .char_indices()
        .rev()
        .take_while(|(_, letter)| is_of_name(*letter))
        .last()?
        .0;
    trimmed.get(start..).map(str::to_owned)
}

/// What is shown under an expression rather than in it.
fn left_out(expr: &mut Expr, out: &mut Vec<Span>) {
    let turned = matches!(expr.kind, ExprKind::Not(_));
    let whole = expr.span;
    parts(expr, &mut |inner, part| {
        let under = matches!(part, Part::Where | Part::Has | Part::HasFound)
            || (turned && inner.span != whole);
        if under && !matches!(inner.kind, ExprKind::Constant(_)) {
            out.push(inner.span);
        } else if !under {
            left_out(inner, out);
        }
    });
}

/// Text without its comments and its breaks, up to a length that can be read.
pub(super) fn on_one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(without_comment).collect();
    let words: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    let line = words.join(" ");
    match line.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}

/// A line up to its comment; a `#` inside a text is none.
fn without_comment(line: &str) -> &str {
    let mut in_text = false;
    for (place, letter) in line.char_indices() {
        match letter {
            '"' => in_text = !in_text,
            '#' if !in_text => return line.get(..place).unwrap_or(line),
            _ => {}
        }
    }
    line
}
