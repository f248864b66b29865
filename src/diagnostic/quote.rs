//! Makes a piece of a reader's text fit to stand in a message.

use crate::limits::{HELPED_CHARACTERS, QUOTED_CHARACTERS};
use crate::printable::push_printable;

/// The text on one line, at most [`QUOTED_CHARACTERS`] long, with control and
/// bidirectional characters shown by their numbers.
///
/// ```
/// use courtesy::diagnostic::quote;
/// assert_eq!(quote("customer.tier  is\n vip"), "customer.tier is vip");
/// assert_eq!(quote("a\u{202E}b"), "a\\u{202e}b");
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    quote_within(text, QUOTED_CHARACTERS)
}

/// The same for text that is to be written as it stands: longer, because half of
/// it would be of no use.
#[must_use]
pub fn quote_long(text: &str) -> String {
    quote_within(text, HELPED_CHARACTERS)
}

fn quote_within(text: &str, limit: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let mut quoted = String::new();
    for (index, character) in line.chars().enumerate() {
        if index == limit {
            quoted.push('…');
            break;
        }
        push_printable(character, &mut quoted);
    }
    quoted
}
