//! What kind of thing is being written, by the words before the cursor alone.
//!
//! Input: the text of a file up to the cursor. Output: the kind, and where the word under the cursor begins. It looks
//! at one declaration and never at the tree, which a half-written line may not have.

use super::words::{CONTINUES, OUTCOMES, VERBS};

/// What kind of thing is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// A comment, a text, a new name.
    Nothing,
    Declaration,
    Clause,
    ExampleClause,
    Type,
    Action,
    Title,
    Field,
    Test,
    Expression,
}

/// What is being written at the end of this text, and where its last word begins; a title is one word.
pub(super) fn context(before: &str) -> (Context, usize) {
    let start = before.trim_end_matches(is_part).len();
    let head = before.get(..start).unwrap_or_default();
    let line = line_of(head);
    match quoting(line) {
        Quoting::Comment => (Context::Nothing, start),
        Quoting::Text if asks_for_title(line) => {
            let quote = head
                .rfind('"')
                .map_or(start, |quote| quote.saturating_add(1));
            (Context::Title, quote)
        }
        Quoting::Text => (Context::Nothing, start),
        Quoting::None => (kind(head, line), start),
    }
}

fn kind(head: &str, line: &str) -> Context {
    if head.ends_with('.') {
        return Context::Field;
    }
    if line.is_empty() {
        return Context::Declaration;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    match (declaration(head), words.as_slice()) {
        ("type" | "action" | "single" | "input", _) if expects_type(line) => Context::Type,
        ("type" | "action" | "single" | "choice", _) => Context::Nothing,
        ("policy" | "example", [.., verb]) if is_verb(verb, &words) => Context::Action,
        (_, [.., "is"] | [.., "is", "not"] | [.., "one", "of", "("]) => Context::Test,
        (_, [.., "of("]) | (_, [.., "one", "of"]) => Context::Test,
        (_, _) if in_list_of_values(line) => Context::Test,
        ("policy", []) if !goes_on(head) => Context::Clause,
        ("example", []) if !goes_on(head) => Context::ExampleClause,
        _ => Context::Expression,
    }
}

/// Behind `is one of (gold,` the next value stands.
fn in_list_of_values(line: &str) -> bool {
    let open = line.rfind("one of (").and_then(|place| line.get(place..));
    open.is_some_and(|list| !list.contains(')'))
}

/// A verb at the end of a line that begins with it, or an outcome in one that begins with `on`.
fn is_verb(word: &str, words: &[&str]) -> bool {
    let begins = words.len() == 1 && VERBS.contains(&word);
    let names_duty = matches!(words, ["expect", "no"]) || matches!(words, ["propose", _]);
    let is_outcome = OUTCOMES.contains(&word) && words.first() == Some(&"on");
    begins || names_duty || is_outcome
}

/// Whether what stands before an empty line ends in the middle of something.
fn goes_on(head: &str) -> bool {
    let last = head.split_whitespace().next_back().unwrap_or_default();
    CONTINUES.contains(&last) || last.ends_with([',', '(', '[', '{'])
}

fn expects_type(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(':') || line.ends_with(" of") || line.ends_with(" optional")
}

/// The word that begins the declaration that the text ends in.
fn declaration(head: &str) -> &str {
    let mut lines = head.lines().rev();
    let first = lines.find(|line| line.starts_with(char::is_alphabetic));
    let words = first
        .unwrap_or_default()
        .split(|letter: char| !letter.is_alphabetic());
    words.into_iter().next().unwrap_or_default()
}

enum Quoting {
    None,
    Text,
    Comment,
}

/// Whether a line ends inside of a text or a comment.
fn quoting(line: &str) -> Quoting {
    let (mut quoted, mut escaped, mut holes) = (false, false, 0_u32);
    for letter in line.chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if holes == 0 => quoted = !quoted,
            '{' if quoted => holes = holes.saturating_add(1),
            '}' if quoted => holes = holes.saturating_sub(1),
            '#' if !quoted => return Quoting::Comment,
            _ => {}
        }
    }
    if quoted && holes == 0 {
        Quoting::Text
    } else {
        Quoting::None
    }
}

/// Whether the quotes at the end of a line hold the title of a policy.
fn asks_for_title(line: &str) -> bool {
    let before = line
        .rfind('"')
        .and_then(|quote| line.get(..quote))
        .unwrap_or_default();
    let words: Vec<&str> = before.split_whitespace().collect();
    words.first() == Some(&"overrides") || words.last() == Some(&"by")
}

/// Where the value ends that a test behind it asks about: before `is`.
pub(super) fn left_of_test(before: &str) -> Option<usize> {
    let place = before.rfind(" is")?;
    Some(before.get(..place)?.trim_end().len())
}

fn line_of(head: &str) -> &str {
    head.rsplit('\n').next().unwrap_or(head)
}

/// Whether a letter is part of a word.
pub(super) fn is_part(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric()
}
