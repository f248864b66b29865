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

/// What to write where only these names are left to choose from.
pub(super) fn one_of(names: &[&str]) -> String {
    match names {
        [only] => format!("write `{only}`"),
        _ => format!("write one of {}", listed(names)),
    }
}

/// `a Text`, `an Item`, `a list of Item`
pub(super) fn with_article(name: &str) -> String {
    if name == "Money" || name.starts_with("Money ") || name == "YesNo" {
        return match name {
            "YesNo" => "a condition (yes or no)".to_string(),
            money => money.to_string(),
        };
    }
    let vowel = name.starts_with(['A', 'E', 'I', 'O', 'U', 'a', 'e', 'i', 'o', 'u']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}
