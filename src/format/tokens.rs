//! The words and signs of a file, with the comments between them.
//!
//! Input: the text of a file that the parser has accepted. Output: its tokens in
//! order; every comment hangs on one of them, behind it where it stands on the
//! same line and before the next one where it has a line to itself. A text with
//! inserted values comes in pieces, the tokens of what is inserted between them.
//! Nothing is lost: tokens, comments and blanks together are the file.

use std::ops::Range;

/// A comment that has a line to itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment<'a> {
    /// From `#` to the end of the line, without blanks at its end.
    pub(super) text: &'a str,
    /// Whether an empty line stands before it.
    pub(super) blank_before: bool,
    /// Whether it stands further right than column one.
    pub(super) indented: bool,
}

/// A word, a number, a sign or a piece of a text.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    /// As written; empty at the end of the file.
    pub(super) text: &'a str,
    /// Where it begins in the file.
    pub(super) start: usize,
    /// The comments before it that have lines to themselves.
    pub(super) leading: Vec<Comment<'a>>,
    /// The comment behind it, on its line.
    pub(super) trailing: Option<&'a str>,
    /// Whether it begins a line.
    pub(super) begins_line: bool,
    /// Whether an empty line stands right before it.
    pub(super) blank_before: bool,
}

impl Token<'_> {
    /// Where it ends in the file.
    pub(super) fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }
}

/// The tokens of a file; the last one is empty and carries what stands at the end.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        braces: Vec::new(),
    };
    lexer.run();
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token<'a>>,
    /// The open braces; whether each opened a hole of a text.
    braces: Vec<bool>,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        loop {
            let before = self.between();
            let range = self.token();
            let ended = range.is_empty();
            self.tokens.push(Token {
                text: self.slice(range.clone()),
                start: range.start,
                ..before
            });
            if ended {
                return;
            }
        }
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Skips blanks and comments: an empty token with what stands before it.
    fn between(&mut self) -> Token<'a> {
        let mut line_ends = 0_usize;
        let mut column_one = self.at == 0;
        let mut leading = Vec::new();
        while let Some(character) = self.rest().chars().next() {
            match character {
                '\n' => {
                    line_ends = line_ends.saturating_add(1);
                    column_one = true;
                }
                '#' => {
                    let text = self.comment();
                    let behind = line_ends == 0 && leading.is_empty();
                    match self.tokens.last_mut().filter(|_| behind) {
                        Some(token) => token.trailing = Some(text),
                        None => leading.push(Comment {
                            text,
                            blank_before: line_ends > 1,
                            indented: !column_one,
                        }),
                    }
                    line_ends = 0;
                    continue;
                }
                '\u{FEFF}' => {}
                _ if character.is_whitespace() => column_one = false,
                _ => break,
            }
            self.at = self.at.saturating_add(character.len_utf8());
        }
        Token {
            text: "",
            start: self.at,
            begins_line: line_ends > 0 || self.tokens.is_empty(),
            blank_before: line_ends > 1,
            leading,
            trailing: None,
        }
    }

    fn comment(&mut self) -> &'a str {
        let rest = self.rest();
        let text = rest.split('\n').next().unwrap_or(rest);
        self.at = self.at.saturating_add(text.len());
        text.trim_end()
    }

    /// The next token; empty at the end.
    fn token(&mut self) -> Range<usize> {
        let start = self.at;
        let rest = self.rest();
        let length = match rest.chars().next() {
            None => 0,
            Some('"') => self.text_piece(),
            Some('}') if self.braces.last() == Some(&true) => {
                self.braces.pop();
                self.text_piece()
            }
            Some('{') => self.brace(Some(false)),
            Some('}') => self.brace(None),
            Some('-') if self.is_sign_of_number() => {
                number_length(rest.get(1..).unwrap_or("")).saturating_add(1)
            }
            Some(digit) if digit.is_ascii_digit() => number_length(rest),
            Some(letter) if is_word(letter) => {
                rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
            }
            Some(sign) => sign.len_utf8(),
        };
        self.at = start.saturating_add(length);
        start..self.at
    }

    fn brace(&mut self, opens: Option<bool>) -> usize {
        match opens {
            Some(hole) => self.braces.push(hole),
            None => drop(self.braces.pop()),
        }
        1
    }

    /// The length of a piece of a text, from its quote or the end of a hole to
    /// the end of the text or the beginning of the next hole.
    fn text_piece(&mut self) -> usize {
        let mut escaped = false;
        for (index, character) in self.rest().char_indices().skip(1) {
            let end = index.saturating_add(character.len_utf8());
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return end,
                '{' => {
                    self.braces.push(true);
                    return end;
                }
                _ => {}
            }
        }
        self.rest().len()
    }

    /// Whether a `-` belongs to the number behind it: `-2.5`, and neither
    /// `09:00-17:00` nor `a - 2`.
    fn is_sign_of_number(&self) -> bool {
        let before = self.slice(0..self.at).chars().next_back();
        let number = self.rest().get(1..).unwrap_or("");
        let length = number_length(number);
        let digits = number.get(..length).unwrap_or("");
        length > 0 && !digits.contains(':') && !before.is_some_and(is_word)
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The length of the number, date, time or instant at the beginning; 0 without.
fn number_length(text: &str) -> usize {
    let digits = digits_at(text, 0);
    let (hyphen, colon) = (text.get(digits..), text.get(digits..));
    if digits == 4 && hyphen.is_some_and(|rest| rest.starts_with('-')) {
        let month = digits_at(text, 5);
        let second = month.saturating_add(5);
        let day = digits_at(text, second.saturating_add(1));
        let has_day = month > 0 && day > 0 && sign_at(text, second, b'-');
        if has_day {
            return date_length(text, second.saturating_add(1).saturating_add(day));
        }
    }
    if digits > 0 && colon.is_some_and(|rest| rest.starts_with(':')) {
        return clock_length(text, digits);
    }
    let point = digits_at(text, digits.saturating_add(1));
    if digits > 0 && point > 0 && sign_at(text, digits, b'.') {
        return digits.saturating_add(1).saturating_add(point);
    }
    digits
}

/// The length of a date of that length, or of the instant that it begins.
fn date_length(text: &str, date: usize) -> usize {
    if !sign_at(text, date, b'T') {
        return date;
    }
    let of_instant = |byte: &u8| byte.is_ascii_alphanumeric() || b":.+-".contains(byte);
    let rest = text.as_bytes().get(date..).unwrap_or_default();
    date.saturating_add(rest.iter().take_while(|byte| of_instant(byte)).count())
}

/// The length of `9:00` or `09:00:00`, given that of its hours.
fn clock_length(text: &str, hours: usize) -> usize {
    let mut length = hours;
    for _ in 0..2 {
        let digits = digits_at(text, length.saturating_add(1));
        if digits == 0 || !sign_at(text, length, b':') {
            break;
        }
        length = length.saturating_add(1).saturating_add(digits);
    }
    length
}

fn digits_at(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn sign_at(text: &str, at: usize, sign: u8) -> bool {
    text.as_bytes().get(at) == Some(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        tokens(source).iter().map(|token| token.text).collect()
    }

    #[test]
    fn numbers_and_times_are_single_tokens() {
        assert_eq!(
            texts("-2.5 2026-11-23T10:00:00+02:00 2026-11-23 mon-fri 09:00-17:00 a - 5 10%"),
            [
                "-2.5",
                "2026-11-23T10:00:00+02:00",
                "2026-11-23",
                "mon",
                "-",
                "fri",
                "09:00",
                "-",
                "17:00",
                "a",
                "-",
                "5",
                "10",
                "%",
                ""
            ]
        );
    }

    #[test]
    fn a_text_comes_in_pieces() {
        assert_eq!(
            texts(r#""a {b otherwise "c \" {d}"} # {Item { e: 1 }}" f"#),
            [
                "\"a {",
                "b",
                "otherwise",
                "\"c \\\" {",
                "d",
                "}\"",
                "} # {",
                "Item",
                "{",
                "e",
                ":",
                "1",
                "}",
                "}\"",
                "f",
                ""
            ]
        );
    }

    #[test]
    fn comments_hang_on_tokens() {
        let found = tokens("# head\n\na # behind\n  # before\n\n\nb\n# end\n");
        let [a, b, end] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(a.leading[0].text, "# head");
        assert!(a.blank_before && a.begins_line);
        assert_eq!(a.trailing, Some("# behind"));
        assert!(b.leading[0].indented && !b.leading[0].blank_before);
        assert!(b.blank_before);
        assert_eq!(end.leading[0].text, "# end");
    }
}
