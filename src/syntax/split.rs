//! Cuts a file into slices before it is parsed, and bounds its nesting.
//!
//! Input: the text of one file. Output: slices, each from one declaration word
//! in column one to the next, and the diagnostics of what would make reading
//! unsafe (too deep nesting, a text without its end). One pass over the bytes,
//! no recursion. Invariant: a slice that is handed on nests at most
//! [`limits::NESTING`] levels in every way the grammar can nest.

use crate::limits;
use std::ops::Range;

/// Words that begin a declaration when they stand in column one and no `:` or
/// `=` follows, with those of declarations that are known but not there yet.
pub(super) const DECLARATION_WORDS: [&str; 15] = [
    "action", "actions", "calendar", "choice", "currency", "define", "example", "input", "policy",
    "single", "table", "timezone", "type", "week", "import",
];

/// A piece of a file that holds one declaration, or what stands before the first.
#[derive(Debug)]
pub(super) struct Slice {
    /// The bytes of it.
    pub(super) range: Range<usize>,
    /// What makes it unfit for the parser.
    pub(super) problem: Option<Problem>,
    /// Where the clauses of an example begin: each is parsed on its own, so that
    /// what nests in one never adds to what nests in another.
    pub(super) cuts: Vec<usize>,
}

/// Words that begin a clause of an example when they begin a line.
const EXAMPLE_WORDS: [&str; 3] = ["given", "propose", "expect"];

/// Why a slice is not parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// It nests deeper than the limit, first at this byte.
    TooDeep(usize),
    /// A text that began at this byte does not end on its line.
    OpenText(usize),
}

/// Cuts `text` into its slices.
pub(super) fn split(text: &str) -> Vec<Slice> {
    let mut scanner = Scanner::new(text);
    scanner.run();
    scanner.slices
}

/// An open bracket, brace or hole, and what nests inside it without brackets.
#[derive(Default)]
struct Level {
    /// Nested by `where`, `has` and `if`, which reach to the end of the bracket.
    reaching: usize,
    /// Nested by a chain of prefix words such as `length of first word of`.
    chained: usize,
    /// Whether this is a hole of a text, so that its `}` leads back into it.
    hole: bool,
    /// Where the text began that this hole is in.
    text_start: usize,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    levels: Vec<Level>,
    nesting: usize,
    slices: Vec<Slice>,
    start: usize,
    problem: Option<Problem>,
    cuts: Vec<usize>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Scanner<'a> {
        Scanner {
            text,
            at: 0,
            levels: vec![Level::default()],
            nesting: 0,
            slices: Vec::new(),
            start: 0,
            problem: None,
            cuts: Vec::new(),
        }
    }

    fn run(&mut self) {
        while let Some(character) = self.rest().chars().next() {
            if self.in_column_one() && self.declaration_begins() {
                self.end_slice();
            }
            match character {
                '#' => self.skip_comment(),
                '"' => self.text_from(self.at),
                '(' | '[' | '{' => self.open(Level::default()),
                ')' | ']' | '}' => self.close(),
                ',' => self.end_chain(),
                '|' => self.cell(),
                _ if is_word_character(character) => self.word(),
                _ => self.advance(character.len_utf8()),
            }
        }
        self.end_slice();
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn advance(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn in_column_one(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or("");
        matches!(before.as_bytes().last(), None | Some(b'\n')) || before == "\u{FEFF}"
    }

    fn declaration_begins(&self) -> bool {
        let word = leading_word(self.rest());
        DECLARATION_WORDS.contains(&word) && {
            let after = self.rest().get(word.len()..).unwrap_or("");
            !after
                .trim_start_matches([' ', '\t'])
                .starts_with([':', '='])
        }
    }

    fn end_slice(&mut self) {
        let range = self.start..self.at;
        let problem = self.problem.take();
        let cuts = std::mem::take(&mut self.cuts);
        if problem.is_some() || !range.is_empty() {
            self.slices.push(Slice {
                range,
                problem,
                cuts,
            });
        }
        self.start = self.at;
        self.levels.clear();
        self.levels.push(Level::default());
        self.nesting = 0;
    }

    fn skip_comment(&mut self) {
        let length = self.rest().find('\n').unwrap_or(self.rest().len());
        self.advance(length);
    }

    /// Reads on in a text whose opening quote stands at `start`, from after the
    /// quote or after a hole, to its end, its next hole or the end of the line.
    fn text_from(&mut self, start: usize) {
        self.advance(1);
        while let Some(character) = self.rest().chars().next() {
            match character {
                '"' => return self.advance(1),
                '\\' => {
                    self.advance(1);
                    let escaped = self.rest().chars().next().filter(|c| *c != '\n');
                    self.advance(escaped.map_or(0, char::len_utf8));
                }
                '{' => {
                    return self.open(Level {
                        hole: true,
                        text_start: start,
                        ..Level::default()
                    });
                }
                '\n' => break,
                _ => self.advance(character.len_utf8()),
            }
        }
        self.problem.get_or_insert(Problem::OpenText(start));
    }

    fn open(&mut self, level: Level) {
        self.levels.push(level);
        self.deepen();
        self.advance(1);
    }

    fn close(&mut self) {
        if self.levels.len() > 1
            && let Some(level) = self.levels.pop()
        {
            let inside = level.reaching.saturating_add(level.chained);
            self.nesting = self.nesting.saturating_sub(inside.saturating_add(1));
            if level.hole {
                return self.text_from(level.text_start);
            }
        }
        self.advance(1);
    }

    fn deepen(&mut self) {
        self.nesting = self.nesting.saturating_add(1);
        if self.nesting > limits::NESTING {
            self.problem.get_or_insert(Problem::TooDeep(self.at));
        }
    }

    fn word(&mut self) {
        let word = leading_word(self.rest());
        if EXAMPLE_WORDS.contains(&word) && self.begins_example_clause() {
            self.cuts.push(self.at);
            self.end_chain();
            self.end_reaching();
        }
        match word {
            "where" | "has" | "if" => {
                self.end_chain();
                self.change(|level| level.reaching = level.reaching.saturating_add(1));
                self.deepen();
            }
            "not" | "of" | "before" | "after" | "by" | "in" | "from" => {
                self.change(|level| level.chained = level.chained.saturating_add(1));
                self.deepen();
            }
            "and" | "or" | "is" | "then" | "else" => self.end_chain(),
            "when" | "unless" => {
                self.end_chain();
                self.end_reaching();
            }
            _ => {}
        }
        self.advance(word.len());
    }

    /// Whether a clause of an example may begin here: on a line of its own, outside of every bracket.
    fn begins_example_clause(&self) -> bool {
        let before = self.text.get(self.start..self.at).unwrap_or("");
        let line = before.trim_end_matches([' ', '\t']);
        let after = self.rest().trim_start_matches(is_word_character);
        // A field may have such a name: `with` on one line, `given: 3` on the next.
        let is_field = without_comments(after).starts_with(':');
        self.levels.len() == 1
            && line.ends_with('\n')
            && !is_field
            && leading_word(before) == "example"
    }

    /// A cell of a table ends: no expression holds a `|`.
    fn cell(&mut self) {
        self.end_chain();
        self.end_reaching();
        self.advance(1);
    }

    fn change(&mut self, change: impl FnOnce(&mut Level)) {
        if let Some(level) = self.levels.last_mut() {
            change(level);
        }
    }

    fn end_chain(&mut self) {
        let chained = self
            .levels
            .last_mut()
            .map_or(0, |level| std::mem::take(&mut level.chained));
        self.nesting = self.nesting.saturating_sub(chained);
        if self.rest().starts_with(',') {
            self.advance(1);
        }
    }

    fn end_reaching(&mut self) {
        let reaching = self
            .levels
            .last_mut()
            .map_or(0, |level| std::mem::take(&mut level.reaching));
        self.nesting = self.nesting.saturating_sub(reaching);
    }
}

/// What stands behind blanks and comments.
fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('#') {
        rest = rest
            .split_once('\n')
            .map_or("", |(_, after)| after.trim_start());
    }
    rest
}

pub(super) fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The word at the beginning of `text`; empty where none stands there.
pub(super) fn leading_word(text: &str) -> &str {
    let end = text
        .find(|character: char| !is_word_character(character))
        .unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        split(source)
            .into_iter()
            .map(|slice| source.get(slice.range).unwrap_or(""))
            .collect()
    }

    #[test]
    fn a_declaration_word_in_column_one_begins_a_slice() {
        let source = "# head\ncurrency USD\ndefine n as 5\nweek starts monday\n";
        assert_eq!(
            texts(source),
            [
                "# head\n",
                "currency USD\n",
                "define n as 5\n",
                "week starts monday\n"
            ]
        );
    }

    #[test]
    fn a_field_called_like_a_declaration_does_not() {
        let source = "type Mail {\ntype: Text\npolicy : Text\n}\n";
        assert_eq!(texts(source).len(), 1);
    }

    #[test]
    fn an_open_bracket_does_not_swallow_the_next_declaration() {
        assert_eq!(texts("type A { (\npolicy \"b\"\n").len(), 2);
    }

    #[test]
    fn a_text_ends_on_its_line() {
        let slices = split("policy \"open\npolicy \"b\"\n");
        assert_eq!(slices.len(), 2);
        assert_eq!(slices[0].problem, Some(Problem::OpenText(7)));
        assert_eq!(slices[1].problem, None);
    }

    #[test]
    fn holes_may_hold_texts() {
        let slices = split("define a as \"x {b otherwise \"}\"} y\"\n");
        assert_eq!(slices.len(), 1);
        assert_eq!(slices[0].problem, None);
    }

    #[test]
    fn every_way_to_nest_is_counted() {
        let cases = [
            "(".repeat(100),
            "not ".repeat(100),
            "length of ".repeat(100),
            "any a in b where ".repeat(100),
            "if a then b else ".repeat(100),
            "1 day before ".repeat(100),
            "first a in ".repeat(100),
            "days from ".repeat(100),
            "latest a in b by ".repeat(100),
            "\"{".repeat(100),
        ];
        for case in cases {
            let slices = split(&format!("define a as {case}"));
            assert!(
                slices
                    .iter()
                    .any(|slice| matches!(slice.problem, Some(Problem::TooDeep(_)))),
                "{case}"
            );
        }
    }

    #[test]
    fn many_lines_of_a_table_or_an_example_are_not_deep() {
        let rows = "| 1 day before a | length of b |\n".repeat(500);
        assert_eq!(split(&format!("table t\n{rows}"))[0].problem, None);
        let clauses = "  expect \"a\" blocked by \"b\"\n".repeat(500);
        let slices = split(&format!("example \"e\"\n{clauses}"));
        assert_eq!(slices[0].problem, None);
        assert_eq!(slices[0].cuts.len(), 500);
    }

    #[test]
    fn a_word_of_an_example_does_not_hide_what_nests() {
        let case = "any\n given in b where ".repeat(100);
        for head in ["define a as", "example \"e\"\n given a is ("] {
            let slices = split(&format!("{head} {case}"));
            assert!(slices.iter().any(|slice| slice.problem.is_some()), "{head}");
        }
    }

    #[test]
    fn a_long_chain_is_not_deep() {
        let chain = "count of a is 1 and not b or ".repeat(1000);
        assert_eq!(split(&format!("define a as {chain} c"))[0].problem, None);
    }
}
