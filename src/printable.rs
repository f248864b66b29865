//! What may be shown as it is, and what is shown by its number.
//!
//! Input: text from anywhere. Output: text that steers no terminal and no log: it begins no line of its own, turns
//! no direction of writing, and hides nothing. One rule for every message, report and explanation; data that is
//! written as JSON is not touched by it, JSON has escapes of its own.

/// Whether a character would change what is shown around it without being seen itself: control characters,
/// marks that turn the direction of writing (Unicode Standard Annex 9), separators of lines, joiners and blanks
/// without a width, tags.
///
/// ```
/// use courtesy::printable::is_hidden;
///
/// assert!(is_hidden('\u{1b}') && is_hidden('\u{202e}') && is_hidden('\u{2028}'));
/// assert!(!is_hidden('é') && !is_hidden(' '));
/// ```
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with what is hidden shown by its number.
///
/// ```
/// assert_eq!(courtesy::printable::printable("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        push_printable(character, &mut out);
    }
    out
}

/// Adds one character, by its number where it is hidden.
pub(crate) fn push_printable(character: char, out: &mut String) {
    if is_hidden(character) {
        out.extend(character.escape_unicode());
    } else {
        out.push(character);
    }
}
