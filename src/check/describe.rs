//! Small helpers for the words of messages.

/// Names in backticks as people write a list, the first eight of them.
pub(super) fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(8)
        .map(|name| format!("`{name}`"))
        .collect();
    let list = shown.join(", ");
    let more = names.len().saturating_sub(8);
    if more == 0 {
        list
    } else {
        format!("{list} and {more} more")
    }
}

/// `a Text`, `an Item`, `a list of Item`
pub(super) fn with_article(name: &str) -> String {
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}
