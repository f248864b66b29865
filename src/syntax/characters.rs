//! What the characters of a slice may be, before it is parsed.
//!
//! Input: the text of one slice. Output: names that are not in the form in which
//! names are compared (Unicode NFC), hidden signs that turn the direction of
//! writing outside a text, and words and texts that are too long. One pass, no
//! recursion. A slice of plain ASCII needs no more than the lengths.

use crate::limits;
use pest::unicode::XID_CONTINUE;
use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Something that is wrong with the characters of a slice.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A word in another form than NFC, with its NFC form.
    Form {
        /// The word.
        at: Range<usize>,
        /// How it is to be written.
        mended: String,
    },
    /// A hidden sign that turns the direction of writing.
    Direction {
        /// Where it stands.
        at: usize,
        /// Which one.
        sign: char,
        /// Whether it stands in a comment, so that the slice can still be read.
        in_comment: bool,
    },
    /// A word, a number or a piece of a text that is longer than the limit.
    TooLong(Range<usize>),
}

impl Found {
    /// Whether the slice cannot be read with it.
    pub(super) fn is_fatal(&self) -> bool {
        match self {
            Found::Form { .. } => false,
            Found::Direction { in_comment, .. } => !in_comment,
            Found::TooLong(_) => true,
        }
    }
}

/// Looks through a slice. Of the signs that turn the direction, the first of the
/// code and the first of each comment are found.
pub(super) fn look_through(text: &str) -> Vec<Found> {
    let mut looker = Looker {
        text,
        at: 0,
        holes: Vec::new(),
        found: Vec::new(),
        turned: false,
    };
    looker.code();
    looker.found
}

/// Whether a character turns the direction of writing without being seen.
fn turns_direction(character: char) -> bool {
    matches!(character,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

struct Looker<'a> {
    text: &'a str,
    at: usize,
    /// For each open brace, whether it is a hole of a text.
    holes: Vec<bool>,
    found: Vec<Found>,
    /// Whether a sign in the code has been found.
    turned: bool,
}

impl<'a> Looker<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn advance(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn code(&mut self) {
        while let Some(character) = self.rest().chars().next() {
            match character {
                '#' => self.comment(),
                '"' => self.text(),
                '{' => self.open(false),
                '}' => self.close(),
                _ if XID_CONTINUE(character) => self.word(),
                _ => {
                    if turns_direction(character) && !self.turned {
                        self.turned = true;
                        self.turn(self.at, character, false);
                    }
                    self.advance(character.len_utf8());
                }
            }
        }
    }

    fn comment(&mut self) {
        let length = self.rest().find('\n').unwrap_or(self.rest().len());
        let comment = self.rest().get(..length).unwrap_or("");
        if let Some((index, sign)) = comment.char_indices().find(|(_, c)| turns_direction(*c)) {
            self.turn(self.at.saturating_add(index), sign, true);
        }
        self.advance(length);
    }

    fn turn(&mut self, at: usize, sign: char, in_comment: bool) {
        self.found.push(Found::Direction {
            at,
            sign,
            in_comment,
        });
    }

    fn open(&mut self, hole: bool) {
        self.holes.push(hole);
        self.advance(1);
    }

    /// A closing brace, which may lead back into a text.
    fn close(&mut self) {
        if self.holes.pop() == Some(true) {
            self.text();
        } else {
            self.advance(1);
        }
    }

    fn word(&mut self) {
        let word = self.rest();
        let end = word.find(|c| !XID_CONTINUE(c)).unwrap_or(word.len());
        let word = word.get(..end).unwrap_or("");
        let at = self.at..self.at.saturating_add(end);
        if word.len() > limits::TOKEN_BYTES {
            self.found.push(Found::TooLong(at));
        } else if !word.is_ascii() && !is_nfc(word) {
            let mended = word.nfc().collect();
            self.found.push(Found::Form { at, mended });
        }
        self.advance(end);
    }

    /// From an opening quote, or from the end of a hole, to the end of the text,
    /// its next hole, or the end of the line.
    fn text(&mut self) {
        let start = self.at;
        self.advance(1);
        let mut escaped = false;
        let rest = self.rest();
        let ends = |character: char| {
            let ends = !escaped && matches!(character, '"' | '{') || character == '\n';
            escaped = !escaped && character == '\\';
            ends
        };
        let length = rest.find(ends).unwrap_or(rest.len());
        self.advance(length);
        if length > limits::TOKEN_BYTES {
            self.found.push(Found::TooLong(start..self.at));
        }
        match self.rest().chars().next() {
            Some('{') => self.open(true),
            Some('"') => self.advance(1),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let found = look_through(text);
        found
            .into_iter()
            .map(|found| format!("{found:?}"))
            .collect()
    }

    #[test]
    fn plain_slices_have_nothing_to_find() {
        assert!(words("policy \"Größe {a otherwise \"}\"} é\"\n  never größe # é\n").is_empty());
    }

    #[test]
    fn names_are_held_to_one_form_and_texts_are_not() {
        let slice = "define cafe\u{301} as \"e\u{301} {e\u{301}} e\u{301}\" # e\u{301}";
        let found = look_through(slice);
        let names: Vec<&str> = found
            .iter()
            .map(|found| match found {
                Found::Form { mended, .. } => mended.as_str(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(names, ["caf\u{e9}", "\u{e9}"]);
        assert!(!found.iter().any(Found::is_fatal));
    }

    #[test]
    fn a_hidden_turn_is_found_in_code_and_comments_and_allowed_in_texts() {
        assert!(words("define a as \"\u{202e}x \\\" \u{202e}\"").is_empty());
        let code = look_through("define \u{202e}a as \u{2066}1");
        assert_eq!(code.len(), 1);
        assert!(code[0].is_fatal());
        let comments = look_through("# \u{202e} \u{202e}\n# \u{200f}\ndefine a as 1");
        assert_eq!(comments.len(), 2);
        assert!(!comments.iter().any(Found::is_fatal));
        let hole = look_through("define a as \"{ \u{202e}b }\"");
        assert!(matches!(hole[..], [Found::Direction { at: 15, .. }]));
    }

    #[test]
    fn words_and_pieces_of_text_have_a_longest_length() {
        let limit = limits::TOKEN_BYTES;
        assert!(words(&"a".repeat(limit)).is_empty());
        assert_eq!(
            look_through(&"a".repeat(limit + 1)),
            [Found::TooLong(0..limit + 1)]
        );
        assert!(words(&format!("\"{}\"", "é".repeat(limit / 2))).is_empty());
        let text = format!("\"{{x}}{}\"", "a".repeat(limit + 1));
        assert_eq!(look_through(&text), [Found::TooLong(3..limit + 5)]);
        assert!(look_through(&text)[0].is_fatal());
    }
}
