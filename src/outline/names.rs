//! Names of the language for the keys and texts of data.
//!
//! Input: a key such as `Sign-up` or a text such as `In Person`. Output: a name such as `sign_up`, `in_person` or
//! `SignUp`. Invariant: what is given is a word of the language, in Unicode's NFC, and never a reserved one.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Words that are no names where an expression could stand, and those that no value of a choice may have.
const RESERVED: &[&str] = &[
    "and",
    "or",
    "not",
    "if",
    "is",
    "then",
    "else",
    "otherwise",
    "any",
    "no",
    "every",
    "in",
    "where",
    "has",
    "yes",
    "when",
    "unless",
    "now",
    "today",
    "tomorrow",
    "yesterday",
    "known",
    "unknown",
    "empty",
    "anything",
];

/// The types of the language: a declared one needs another name.
const TYPES: &[&str] = &[
    "YesNo", "Text", "Number", "Money", "Date", "Time", "DateTime", "Duration", "Period",
    "Timezone", "Weekday",
];

/// The longest text of a choice, and the longest key, in characters.
const LONGEST: usize = 200;

/// Whether a key or a text of the data can stand in a policy file as it is.
#[must_use]
pub fn can_be_said(text: &str) -> bool {
    !text.chars().any(char::is_control) && text.chars().count() <= LONGEST
}

/// The name of a field for a key: lower case, words joined by `_`; every word may name a field.
///
/// ```
/// use courtesy::outline::field_name;
///
/// assert_eq!(field_name("Sign-up"), "sign_up");
/// assert_eq!(field_name("now"), "now");
/// ```
#[must_use]
pub fn field_name(key: &str) -> String {
    let words: Vec<String> = words(key).iter().map(|word| word.to_lowercase()).collect();
    as_word(&words.join("_"))
}

/// The name of an input, an action or a value of a choice: as [`field_name`], but never a reserved word.
///
/// ```
/// use courtesy::outline::value_name;
///
/// assert_eq!(value_name("Sign-up"), "sign_up");
/// assert_eq!(value_name("orderTotal"), "order_total");
/// assert_eq!(value_name("2nd try"), "_2nd_try");
/// assert_eq!(value_name("now"), "now_");
/// ```
#[must_use]
pub fn value_name(key: &str) -> String {
    let name = field_name(key);
    if RESERVED.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

/// The name of a type for a key: each word with a capital, joined.
///
/// ```
/// use courtesy::outline::type_name;
///
/// assert_eq!(type_name("order_item"), "OrderItem");
/// assert_eq!(type_name("date"), "DateRecord");
/// ```
#[must_use]
pub fn type_name(key: &str) -> String {
    let capitals: Vec<String> = words(key).iter().map(|word| with_capital(word)).collect();
    let name = as_word(&capitals.concat());
    if TYPES.contains(&name.as_str()) {
        name + "Record"
    } else {
        name
    }
}

/// One of what a plural names, as English mostly forms it.
///
/// ```
/// use courtesy::outline::of_one;
///
/// assert_eq!(of_one("purchases"), "purchase");
/// assert_eq!(of_one("categories"), "category");
/// assert_eq!(of_one("addresses"), "address");
/// assert_eq!(of_one("status"), "status");
/// ```
#[must_use]
pub fn of_one(plural: &str) -> String {
    let ends = |endings: &[&str]| endings.iter().any(|ending| plural.ends_with(ending));
    let cut = |ending: &str| plural.strip_suffix(ending).unwrap_or(plural);
    match plural {
        "people" => "person".to_string(),
        "children" => "child".to_string(),
        _ if ends(&["ss", "us", "is"]) => plural.to_string(),
        _ if ends(&["ies"]) => format!("{}y", cut("ies")),
        _ if ends(&["sses", "xes", "ches", "shes"]) => cut("es").to_string(),
        _ => cut("s").to_string(),
    }
}

/// Names that are taken, so that no two declarations get the same.
#[derive(Clone, Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// That name, with a number behind it where it is taken already.
    pub fn free(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_string();
        let mut count = 1_u64;
        while !self.taken.insert(name.clone()) {
            count = count.saturating_add(1);
            name = format!("{wanted}_{count}");
        }
        name
    }
}

/// The words of a key: what stands between signs, and from a capital on after a small letter.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for character in key.nfc() {
        let starts = character.is_uppercase() && after_small;
        after_small = character.is_lowercase() || character.is_ascii_digit();
        let continues = pest::unicode::XID_CONTINUE(character) && character != '_';
        if starts || !continues {
            words.push(String::new());
        }
        if continues && let Some(word) = words.last_mut() {
            word.push(character);
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn with_capital(word: &str) -> String {
    let mut characters = word.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// A word of the language: what begins with a digit gets a `_` in front.
fn as_word(word: &str) -> String {
    let word: String = word.nfc().collect();
    match word.chars().next() {
        None => "value".to_string(),
        Some(first) if !pest::unicode::XID_START(first) && first != '_' => format!("_{word}"),
        Some(_) => word,
    }
}
