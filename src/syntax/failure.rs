//! The place where reading failed, and what stands around it.

use super::grammar::Rule;
use super::split::{is_word_character, leading_word};
use crate::diagnostic::Code;
use std::ops::Range;

/// Where and why reading failed.
pub(super) struct Failure<'a> {
    /// The text that was read.
    pub(super) text: &'a str,
    /// The byte at which it could not go on.
    pub(super) at: usize,
    /// What stands there: a word, a quoted text or one character; empty at the
    /// end.
    pub(super) token: &'a str,
    /// The rules that could have stood there.
    pub(super) expected: Vec<Rule>,
}

/// What is wrong at a place, and what to write instead.
pub(super) struct Hint {
    pub(super) code: Code,
    /// The bytes of the text it is about.
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    /// What would stand in the range instead, where that is certain.
    pub(super) fix: Option<String>,
}

impl Hint {
    pub(super) fn new(
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Hint {
        Hint {
            code: Code::Guess,
            range,
            message: message.into(),
            help: help.into(),
            fix: None,
        }
    }

    /// A hint whose help is to write `instead` in place of the range.
    pub(super) fn write(
        range: Range<usize>,
        message: impl Into<String>,
        instead: impl Into<String>,
    ) -> Hint {
        let instead = instead.into();
        Hint {
            fix: Some(instead.clone()),
            ..Hint::new(range, message, format!("write `{instead}`"))
        }
    }

    /// A hint whose help is to leave the range out.
    pub(super) fn leave_out(range: Range<usize>, message: &str, written: &str) -> Hint {
        Hint {
            fix: Some(String::new()),
            ..Hint::new(range, message, format!("leave the `{written}` out"))
        }
    }

    pub(super) fn coded(self, code: Code) -> Hint {
        Hint { code, ..self }
    }
}

impl<'a> Failure<'a> {
    pub(super) fn expects(&self, rule: Rule) -> bool {
        self.expected.contains(&rule)
    }

    /// The bytes of the token.
    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.end()
    }

    pub(super) fn end(&self) -> usize {
        self.at.saturating_add(self.token.len())
    }

    /// The text from the place on.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The text before the place, as it stands.
    pub(super) fn raw_before(&self) -> &'a str {
        self.text.get(..self.at).unwrap_or("")
    }

    /// The text before the place without the blanks behind it.
    pub(super) fn before(&self) -> &'a str {
        self.raw_before().trim_end()
    }

    /// What stands before the place on its line.
    pub(super) fn line_before(&self) -> &'a str {
        self.raw_before().rsplit('\n').next().unwrap_or("").trim()
    }

    /// Whether the place is the first of its line.
    pub(super) fn begins_line(&self) -> bool {
        self.line_before().is_empty()
    }

    /// The rest of the line from the place on, without its comment.
    pub(super) fn line_after(&self) -> &'a str {
        let line = self.rest().lines().next().unwrap_or("");
        line.split('#').next().unwrap_or("").trim_end()
    }

    /// The bytes of the word right before the place; empty where none is.
    pub(super) fn previous(&self) -> Range<usize> {
        last_word(self.text, self.before().len())
    }

    /// The word right before the place.
    pub(super) fn previous_word(&self) -> &'a str {
        self.text.get(self.previous()).unwrap_or("")
    }

    /// The word before that one.
    pub(super) fn second_last_word(&self) -> &'a str {
        let before = self.text.get(..self.previous().start).unwrap_or("");
        let range = last_word(self.text, before.trim_end().len());
        self.text.get(range).unwrap_or("")
    }

    /// The number right before the place, with its sign and its point.
    pub(super) fn previous_number(&self) -> Option<Range<usize>> {
        number_at_the_end_of(self.before())
    }

    /// The bytes of the word behind the token; empty where none is.
    pub(super) fn next(&self) -> Range<usize> {
        let rest = self.text.get(self.end()..).unwrap_or("");
        let word = rest.trim_start();
        let start = self.text.len().saturating_sub(word.len()).max(self.end());
        start..start.saturating_add(leading_word(word).len())
    }

    /// The word behind the token.
    pub(super) fn next_word(&self) -> &'a str {
        self.text.get(self.next()).unwrap_or("")
    }

    /// The last token before the place, comments left aside.
    pub(super) fn last_token(&self) -> Range<usize> {
        let mut end = self.raw_before().len();
        loop {
            let kept = self.text.get(..end).unwrap_or("").trim_end();
            let line = kept.rfind('\n').map_or(0, |at| at.saturating_add(1));
            let comment = kept.get(line..).unwrap_or("").find('#');
            let quoted = kept.get(line..).unwrap_or("").contains('"');
            match comment {
                Some(comment) if !quoted => end = line.saturating_add(comment),
                _ => return last_token(self.text, kept.len()),
            }
        }
    }
}

/// The bytes of the number that a text ends with.
pub(super) fn number_at_the_end_of(text: &str) -> Option<Range<usize>> {
    let start = text
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
        .len();
    let before = text.get(..start)?.chars().next_back();
    let number = text.get(start..)?;
    let whole = before.is_none_or(|c| !is_word_character(c));
    (whole && number.starts_with(|c: char| c.is_ascii_digit())).then_some(start..text.len())
}

/// The bytes of the word that ends at `end`.
fn last_word(text: &str, end: usize) -> Range<usize> {
    let before = text.get(..end).unwrap_or("");
    before.trim_end_matches(is_word_character).len()..end
}

fn last_token(text: &str, end: usize) -> Range<usize> {
    let word = last_word(text, end);
    if !word.is_empty() {
        return word;
    }
    let before = text.get(..end).unwrap_or("");
    if let Some(opened) = before
        .strip_suffix('"')
        .and_then(|text| text.rfind(['"', '\n']))
    {
        return opened..end;
    }
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    end.saturating_sub(last)..end
}
