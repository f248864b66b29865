//! Words in the text of a package: where they stand, and others in their place.

/// Whether a letter belongs to a word.
fn of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Each word outside of literal text, with where it begins. What stands in the braces of a text counts.
pub(super) fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(of_word) {
        let begin = text.len() - rest.len() + start;
        let end = rest[start..]
            .find(|letter| !of_word(letter))
            .map_or(text.len(), |length| begin + length);
        found.push((begin, &text[begin..end]));
        rest = &text[end..];
    }
    found
}

/// The text with each word for which there is another replaced by it.
pub(super) fn replaced(text: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (begin, word) in words(text) {
        if let Some(other) = other(word) {
            out.push_str(&text[done..begin]);
            out.push_str(&other);
            done = begin + word.len();
        }
    }
    out.push_str(&text[done..]);
    out
}
