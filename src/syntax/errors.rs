//! The words for a mistake of reading.
//!
//! pest says where it could not go on and which rules could have stood there;
//! a marketer wants to know what is wrong with what stands there and what to
//! write. First the known guesses, then a misspelt word, then what was expected.

use super::grammar::Rule;
use super::hints;
use super::recover::position;
use super::split::{DECLARATION_WORDS, leading_word};
use super::table_hints::{empty_last_cell, guess_in_table};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::source::Span;
use pest::error::{Error, ErrorVariant};

const CLAUSE_WORDS: [&str; 22] = [
    "never",
    "only",
    "allow",
    "always",
    "prefer",
    "limit",
    "per",
    "counting",
    "exempt",
    "from",
    "until",
    "report",
    "owner",
    "tags",
    "with",
    "when",
    "unless",
    "on",
    "for",
    "by",
    "overrides",
    "because",
];

/// Turns pest's error about `text` into a diagnostic; `place` makes spans of
/// ranges of `text`.
pub(super) fn diagnose(
    error: &Error<Rule>,
    text: &str,
    place: impl Fn(usize, usize) -> Span,
) -> Diagnostic {
    let at = skip_blanks(text, position(error));
    let rest = text.get(at..).unwrap_or("");
    let token = token(rest);
    let span = place(at, at.saturating_add(token.len()));
    if let ErrorVariant::CustomError { .. } = error.variant {
        return Diagnostic::error(Code::TooDeep, span, "this nests too deep to be read")
            .help("put inner parts under names with `define`");
    }
    if let Some(bar) = empty_last_cell(text, at) {
        let span = place(bar, bar.saturating_add(1));
        return Diagnostic::error(Code::Guess, span, "the cell before this `|` is empty")
            .help("no cell is empty: write `anything` where it does not matter");
    }
    let expected = expected_rules(error);
    if token.is_empty() {
        return at_the_end(&expected, span);
    }
    if let Some((message, help)) = guess_in_table(text, at) {
        return Diagnostic::error(Code::Guess, span, message).help(help);
    }
    if let Some((message, help)) = hints::guess_at(rest) {
        return Diagnostic::error(Code::Guess, span, message).help(help);
    }
    if let Some(digits) = grouped_digits(rest) {
        return Diagnostic::error(Code::Guess, span, "digits of a number are not grouped")
            .help(format!("write `{digits}`"));
    }
    unexpected(&expected, token, span)
}

fn unexpected(expected: &[Rule], token: &str, span: Span) -> Diagnostic {
    let shown = quote(token);
    let message = format!("`{shown}` does not belong here");
    let diagnostic = Diagnostic::error(Code::Syntax, span, message);
    if let Some(word) = misspelt(expected, token) {
        return diagnostic
            .help(format!("did you mean `{word}`?"))
            .fix(span, word);
    }
    match describe(expected) {
        Some(words) => diagnostic.help(format!("expected {words}")),
        None => diagnostic,
    }
}

fn at_the_end(expected: &[Rule], span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::Syntax, span, "something is missing at the end");
    match describe(expected) {
        Some(words) => diagnostic.help(format!("expected {words}")),
        None => diagnostic,
    }
}

/// A keyword that could have stood here and is nearly the word that does.
fn misspelt(expected: &[Rule], token: &str) -> Option<&'static str> {
    let keywords = expected.iter().filter_map(|rule| keyword(*rule));
    let wanted: Vec<&'static str> = keywords
        .filter_map(|word| known_word(&word))
        .chain(DECLARATION_WORDS)
        .chain(CLAUSE_WORDS)
        .collect();
    nearest(token, wanted)
}

/// Keywords worth offering for a misspelt word.
fn known_word(word: &str) -> Option<&'static str> {
    const WORDS: [&str; 25] = [
        "is",
        "and",
        "or",
        "otherwise",
        "where",
        "has",
        "contains",
        "within",
        "ago",
        "then",
        "else",
        "known",
        "unknown",
        "empty",
        "between",
        "before",
        "after",
        "starts",
        "ends",
        "list",
        "optional",
        "private",
        "at",
        "rounded",
        "in",
    ];
    WORDS.into_iter().find(|known| *known == word)
}

fn keyword(rule: Rule) -> Option<String> {
    format!("{rule:?}").strip_prefix("kw_").map(str::to_string)
}

fn expected_rules(error: &Error<Rule>) -> Vec<Rule> {
    match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.clone(),
        ErrorVariant::CustomError { .. } => Vec::new(),
    }
}

/// What could have stood there, in a reader's words; the most telling only.
fn describe(expected: &[Rule]) -> Option<String> {
    const TELLING: [(Rule, &str); 26] = [
        (Rule::kw_as, "`as` and what the name stands for"),
        (Rule::text, "a text in double quotation marks"),
        (Rule::expression, "a value or a condition"),
        (Rule::literal, "a value"),
        (Rule::name, "a name"),
        (
            Rule::kw_currency,
            "a declaration such as `type`, `action` or `policy`",
        ),
        (
            Rule::type_expression,
            "a type such as `Text`, `Number` or `list of Item`",
        ),
        (
            Rule::named_type,
            "a type such as `Text`, `Number` or `list of Item`",
        ),
        (Rule::field, "a field such as `name: Text`"),
        (Rule::field_name, "a field such as `name: Text`"),
        (
            Rule::kw_never,
            "a clause such as `never`, `when` or `because`",
        ),
        (Rule::never, "a clause such as `never`, `when` or `because`"),
        (
            Rule::kw_given,
            "a clause such as `given`, `propose` or `expect`",
        ),
        (Rule::table_head, "`|` and the columns of the table"),
        (
            Rule::table_column,
            "a column such as `tier: Tier` or `gives Money`",
        ),
        (
            Rule::table_cell,
            "a cell such as `vip`, `1 to 2` or `anything`",
        ),
        (Rule::kw_than, "`than`"),
        (Rule::kw_then, "`then`"),
        (Rule::kw_else, "`else`"),
        (Rule::kw_and, "`and`"),
        (Rule::kw_in, "`in` and a list"),
        (Rule::kw_of, "`of`"),
        (Rule::kw_to, "`to`"),
        (Rule::kw_each, "`each`"),
        (Rule::fields, "`{` and the fields"),
        (Rule::record_field, "a field such as `name: \"Flip\"`"),
    ];
    let mut words: Vec<&str> = Vec::new();
    for (rule, phrase) in TELLING {
        if expected.contains(&rule) && !words.contains(&phrase) {
            words.push(phrase);
        }
    }
    words.truncate(3);
    (!words.is_empty()).then(|| words.join(", or "))
}

/// The token at the beginning of `rest`: a word, a quoted text or one character.
fn token(rest: &str) -> &str {
    let word = leading_word(rest);
    if !word.is_empty() {
        return word;
    }
    let end = match rest.strip_prefix('"') {
        Some(inside) => inside
            .find(['"', '\n'])
            .map_or(rest.len(), |end| end.saturating_add(2)),
        None => rest.chars().next().map_or(0, char::len_utf8),
    };
    rest.get(..end).unwrap_or(rest)
}

/// `1,500` without its comma.
fn grouped_digits(rest: &str) -> Option<String> {
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != ',')
        .unwrap_or(rest.len());
    let digits = rest.get(..end)?.trim_end_matches(',');
    let grouped = digits.contains(',') && digits.starts_with(|c: char| c.is_ascii_digit());
    grouped.then(|| digits.replace(',', ""))
}

fn skip_blanks(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text.get(at..).unwrap_or("");
        let trimmed = rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{FEFF}']);
        at = at.saturating_add(rest.len().saturating_sub(trimmed.len()));
        if !trimmed.starts_with('#') {
            return at;
        }
        at = at.saturating_add(trimmed.find('\n').unwrap_or(trimmed.len()));
    }
}
