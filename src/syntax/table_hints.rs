//! What people write in a table who have drawn tables elsewhere: each with the words to write instead.
//!
//! Input: the slice of a table, and the place in it where reading failed. Output: what is wrong there and what to
//! write, where that is known.

use super::split::leading_word;
use crate::diagnostic::quote;

/// Signs of comparison and the words for them in a cell, longest first where one begins another.
const COMPARISONS: [(&str, &str); 8] = [
    (">=", "at least"),
    ("≥", "at least"),
    ("=>", "at least"),
    ("<=", "at most"),
    ("≤", "at most"),
    ("=<", "at most"),
    (">", "more than"),
    ("<", "less than"),
];

/// Words of comparison of everyday, and those for them in a cell.
const EVERYDAY: [(&str, &str); 12] = [
    ("below ", "less than"),
    ("under ", "less than"),
    ("above ", "more than"),
    ("over ", "more than"),
    ("greater than ", "more than"),
    ("higher than ", "more than"),
    ("lower than ", "less than"),
    ("up to ", "at most"),
    ("max ", "at most"),
    ("min ", "at least"),
    ("from ", "at least"),
    ("until ", "at most"),
];

/// What stands for every value in other tables.
const EVERYTHING: [&str; 9] = [
    "*",
    "-",
    "_",
    "otherwise",
    "any",
    "else",
    "default",
    "all",
    "…",
];

/// The `|` before which the last cell of a row is empty, where reading failed for that.
pub(super) fn empty_last_cell(slice: &str, at: usize) -> Option<usize> {
    let before = slice.get(..at)?.trim_end();
    let place = before.len().checked_sub(1)?;
    let rest = slice.get(at..)?;
    let found = leading_word(slice) == "table"
        && (rest.starts_with('|') || rest.is_empty())
        && before.ends_with('|')
        && before.get(..place)?.trim_end().ends_with('|');
    found.then_some(place)
}

/// What is wrong with a table at a place, and what to write instead.
pub(super) fn guess_in_table(slice: &str, at: usize) -> Option<(String, String)> {
    if leading_word(slice) != "table" {
        return None;
    }
    let head = slice.find('|')?;
    let first_line = slice.get(head..)?.find('\n');
    let head_end = first_line.map_or(slice.len(), |length| head.saturating_add(length));
    if at < head {
        return None;
    }
    if at < head_end {
        return in_head(slice, at);
    }
    let head_line = slice.get(head..head_end)?;
    let before_comment = head_line.split('#').next().unwrap_or("").trim_end();
    if !before_comment.ends_with('|') && is_second_line(slice, head_end, at) {
        let help = format!(
            "end the first line with `|`: `{} |`",
            last_column(before_comment)
        );
        return Some(("the first line of the table does not end".to_string(), help));
    }
    in_cell(slice, at)
}

/// Whether a place is in the line after the first line.
fn is_second_line(slice: &str, head_end: usize, at: usize) -> bool {
    let between = slice.get(head_end..at).unwrap_or("");
    between.matches('\n').count() == 1
}

fn last_column(head: &str) -> String {
    quote(head.rsplit('|').next().unwrap_or("").trim())
}

/// A column that is written otherwise than `name: Type`.
fn in_head(slice: &str, at: usize) -> Option<(String, String)> {
    let rest = slice.get(at..)?;
    if rest.starts_with(',') {
        return Some((
            "`,` does not belong here".to_string(),
            "each column stands between its own `|`: `| tier: Tier | incidents: Number |`"
                .to_string(),
        ));
    }
    let column = rest.split(['|', '\n']).next().unwrap_or("").trim();
    let bare = !column.is_empty() && column.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !bare {
        return None;
    }
    let shown = quote(column);
    Some((
        format!("the column `{shown}` has no type"),
        format!("write `{shown}: Type`, as in `tier: Tier` or `incidents: Number`"),
    ))
}

fn in_cell(slice: &str, at: usize) -> Option<(String, String)> {
    let start = slice.get(..at)?.rfind('|')?.saturating_add(1);
    let cell = slice.get(start..)?.split(['|', '\n']).next().unwrap_or("");
    let cell = cell.trim();
    if !cell.is_empty()
        && cell.chars().all(|c| matches!(c, '-' | '=' | ':' | '+'))
        && cell.len() > 1
    {
        return Some((
            "a line is drawn here".to_string(),
            "leave it out: the rows follow right below the columns".to_string(),
        ));
    }
    if EVERYTHING.contains(&cell) {
        let shown = quote(cell);
        return Some((
            format!("`{shown}` is not a cell"),
            "write `anything` where every value fits".to_string(),
        ));
    }
    let sign = COMPARISONS.iter().find(|(sign, _)| cell.starts_with(sign));
    if let Some((sign, words)) = sign {
        let value = quote(cell.get(sign.len()..).unwrap_or("").trim());
        return Some((
            "values are compared with words".to_string(),
            format!(
                "write `{words} {value}`, for times one of `before`, `after`, `on or before`, `on or after`"
            ),
        ));
    }
    if let Some(instead) = everyday(cell) {
        return Some((
            format!("a cell does not say `{}`", quote(cell)),
            format!("write `{}`", quote(&instead)),
        ));
    }
    let rest = slice.get(at..)?;
    if rest.starts_with(',') && !cell.contains('(') {
        let parts: Vec<&str> = cell.split(',').map(str::trim).collect();
        let shown = quote(&parts.join(" or "));
        return Some((
            "`,` does not belong here".to_string(),
            format!("write `{shown}`: the alternatives of a cell are joined with `or`"),
        ));
    }
    None
}

/// A cell in the words of every day, as a cell says it.
fn everyday(cell: &str) -> Option<String> {
    if let Some(ends) = cell.strip_prefix("between ") {
        return ends
            .split_once(" and ")
            .map(|(low, high)| format!("{} to {}", low.trim(), high.trim()));
    }
    if let Some(range) = cell
        .strip_prefix("from ")
        .filter(|rest| rest.contains(" to "))
    {
        return Some(range.trim().to_string());
    }
    if let Some(test) = cell
        .strip_prefix("is ")
        .filter(|test| !test.starts_with("not "))
    {
        return Some(test.trim().to_string());
    }
    if let Some(low) = cell
        .strip_suffix('+')
        .filter(|low| low.ends_with(|c: char| c.is_ascii_digit()))
    {
        return Some(format!("at least {low}"));
    }
    let (word, instead) = EVERYDAY.iter().find(|(word, _)| cell.starts_with(word))?;
    let value = cell.strip_prefix(word)?.trim();
    Some(format!("{instead} {value}"))
}
