//! The words for a mistake of reading.
//!
//! pest says where it could not go on and which rules could have stood there;
//! a marketer wants to know what is wrong with what stands there and what to
//! write. First the known guesses, then a misspelt word, then what was expected.

use super::context;
use super::failure::Failure;
use super::grammar::Rule;
use super::recover::position;
use super::split::{DECLARATION_WORDS, leading_word};
use super::table_hints::{empty_last_cell, guess_in_table};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::source::Span;
use pest::error::{Error, ErrorVariant};

pub(super) const CLAUSE_WORDS: [&str; 22] = [
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
    let failure = Failure {
        text,
        at,
        token: token(rest),
        expected: expected_rules(error),
    };
    let span = place(at, failure.end());
    if let ErrorVariant::CustomError { .. } = error.variant {
        return Diagnostic::error(Code::TooDeep, span, "this nests too deep to be read")
            .help("put inner parts under names with `define`");
    }
    if let Some(bar) = empty_last_cell(text, at) {
        let span = place(bar, bar.saturating_add(1));
        return Diagnostic::error(Code::Guess, span, "the cell before this `|` is empty")
            .help("no cell is empty: write `anything` where it does not matter");
    }
    let cell = start_of_cell(text, at);
    if let Some((message, help)) = guess_in_table(text, cell).filter(|_| !failure.token.is_empty())
    {
        let end = cell.saturating_add(token(text.get(cell..).unwrap_or("")).len());
        return Diagnostic::error(Code::Guess, place(cell, end), message).help(help);
    }
    if let Some(hint) = context::hint(&failure) {
        let span = place(hint.range.start, hint.range.end);
        let (message, help) = (short(hint.message), short(hint.help));
        let diagnostic = Diagnostic::error(hint.code, span, message).help(help);
        return match hint.fix {
            Some(fix) => diagnostic.fix(span, fix),
            None => diagnostic,
        };
    }
    if failure.token.is_empty() {
        let last = failure.last_token();
        return at_the_end(&failure, place(last.start, last.end));
    }
    unexpected(&failure, span)
}

/// Where reading failed; before a `|` that is the cell that it ends.
fn start_of_cell(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let ends_cell = text.get(at..).is_some_and(|rest| rest.starts_with('|'));
    match before.rfind('|').filter(|_| ends_cell) {
        Some(bar) => skip_blanks(text, bar.saturating_add(1)),
        None => at,
    }
}

/// A text with the reader's words in it, cut where those are endless.
fn short(text: String) -> String {
    if text.chars().count() > 240 || text.chars().any(char::is_control) {
        quote(&text)
    } else {
        text
    }
}

fn unexpected(failure: &Failure<'_>, span: Span) -> Diagnostic {
    let shown = quote(failure.token);
    let message = format!("`{shown}` does not belong here");
    let diagnostic = Diagnostic::error(Code::Syntax, span, message);
    if let Some(word) = misspelt(failure) {
        return diagnostic
            .help(format!("did you mean `{word}`?"))
            .fix(span, word);
    }
    if failure.before().is_empty() {
        return diagnostic.help(format!("expected {DECLARATION}"));
    }
    diagnostic.help(expected_words(&failure.expected))
}

fn at_the_end(failure: &Failure<'_>, last: Span) -> Diagnostic {
    let token = failure.text.get(failure.last_token()).unwrap_or("");
    let message = match token {
        "" => "something is missing here".to_string(),
        token => format!("something is missing after `{}`", quote(token)),
    };
    Diagnostic::error(Code::Syntax, last, message).help(expected_words(&failure.expected))
}

/// A keyword that could have stood here and is nearly the word that does.
fn misspelt(failure: &Failure<'_>) -> Option<&'static str> {
    let keywords = failure.expected.iter().filter_map(|rule| keyword(*rule));
    let wanted = keywords.filter_map(|word| known_word(&word));
    let declarations = DECLARATION_WORDS
        .into_iter()
        .filter(|_| failure.before().is_empty() || failure.begins_line());
    let clauses = CLAUSE_WORDS
        .into_iter()
        .filter(|_| failure.begins_line() || failure.expects(Rule::never));
    let wanted: Vec<&'static str> = wanted.chain(declarations).chain(clauses).collect();
    let token = failure.token;
    let shouted = wanted
        .iter()
        .find(|word| word.eq_ignore_ascii_case(token) && **word != token);
    let near = || {
        nearest(token, wanted.iter().copied())
            .filter(|near| token.len() > 2 && near.len().abs_diff(token.len()) < 3)
            .filter(|near| token.len() > 3 || is_swapped(token, near))
            .and_then(|near| wanted.iter().find(|word| **word == near))
    };
    shouted.or_else(near).copied()
}

/// Whether two words differ by one letter or two swapped ones.
fn is_swapped(a: &str, b: &str) -> bool {
    strsim::damerau_levenshtein(a, b) <= 1
}

/// Keywords worth offering for a misspelt word.
fn known_word(word: &str) -> Option<&'static str> {
    const WORDS: [&str; 23] = [
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
fn expected_words(expected: &[Rule]) -> String {
    const TELLING: [(Rule, &str); 44] = [
        (Rule::kw_as, "`as` and what the name stands for"),
        (Rule::kw_colon, "`:` and a type or value"),
        (Rule::kw_equals, "`=`"),
        (Rule::kw_open_brace, "`{`"),
        (Rule::choice_join, "`,` or `<` and the next value"),
        (Rule::kw_close_brace, "`}`"),
        (Rule::kw_close_bracket, "`)`"),
        (Rule::kw_close_square, "`]`"),
        (Rule::kw_open_bracket, "`(`"),
        (Rule::kw_of, "`of`"),
        (Rule::kw_than, "`than`"),
        (Rule::kw_then, "`then`"),
        (Rule::kw_else, "`else`"),
        (Rule::kw_in, "`in` and a list"),
        (Rule::kw_each, "`each`"),
        (Rule::span_unit, "a unit such as `days`"),
        (Rule::text, "a text in double quotation marks"),
        (Rule::expression, "a value or a condition"),
        (Rule::conjunction, "a condition"),
        (Rule::negation, "a condition"),
        (
            Rule::assignment,
            "a field and its value, such as `text: \"…\"`",
        ),
        (Rule::value, "a value"),
        (Rule::is_value, "a value"),
        (Rule::literal, "a value"),
        (Rule::call, "a value"),
        (Rule::name, "a name"),
        (Rule::choice_value, "a name"),
        (Rule::field_name, "the name of a field"),
        (Rule::currency, DECLARATION),
        (Rule::kw_currency, DECLARATION),
        (Rule::type_expression, TYPE),
        (Rule::list_type, TYPE),
        (Rule::named_type, TYPE),
        (Rule::field, "a field such as `name: Text`"),
        (Rule::record_field, "a field such as `name: \"Flip\"`"),
        (Rule::kw_to, "`to`, as in `to 3`"),
        (Rule::kw_only, "`only`"),
        (Rule::kw_and, "`and`"),
        (Rule::never, CLAUSE),
        (Rule::kw_never, CLAUSE),
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
    ];
    let mut words: Vec<&str> = Vec::new();
    for (rule, phrase) in TELLING {
        // Behind a policy another declaration could stand, too, but is not missed.
        let behind_a_policy = [DECLARATION, "`only`"].contains(&phrase)
            && (expected.contains(&Rule::never) || expected.contains(&Rule::kw_never));
        if expected.contains(&rule) && !words.contains(&phrase) && !behind_a_policy {
            words.push(phrase);
        }
    }
    // Nearly everything may go on with `and`; it helps only where nothing else does.
    if words.len() > 1 {
        words.retain(|word| *word != "`and`");
    }
    words.truncate(3);
    match words.as_slice() {
        [] => "each clause and each declaration begins with its own word".to_string(),
        [only] => format!("expected {only}"),
        [first, second] => format!("expected {first}, or {second}"),
        [first, second, ..] => format!(
            "expected {first}, {second}, or {}",
            words.last().unwrap_or(second)
        ),
    }
}

const CLAUSE: &str = "a clause such as `never`, `when` or `because`";
const DECLARATION: &str = "a declaration such as `type`, `action` or `policy`; a comment begins \
                           with `#`";
const TYPE: &str = "a type such as `Text`, `Number` or `list of Item`";

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
