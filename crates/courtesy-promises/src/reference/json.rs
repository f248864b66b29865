//! JSON without losing a digit.
//!
//! Input: JSON as text. Output: JSON in which each number is the text of its digits, so that nothing passes through
//! floating point.

use serde_json::Value as Json;

/// Reads JSON; a number comes out as the text of its digits.
pub(crate) fn read(text: &str) -> Result<Json, String> {
    serde_json::from_str(&quoted(text)).map_err(|error| format!("not JSON: {error}"))
}

/// The decision of the engine as this evaluator gives it: numbers as texts, without `package` and without `until`.
///
/// # Errors
/// What is wrong with the JSON.
pub fn comparable(decision: &str) -> Result<Json, String> {
    let mut decision = read(decision)?;
    if let Some(keys) = decision.as_object_mut() {
        keys.remove("package");
    }
    for list in ["proposals", "withheld"] {
        let entries = decision.get_mut(list).and_then(Json::as_array_mut);
        for entry in entries.into_iter().flatten() {
            if let Some(keys) = entry.as_object_mut() {
                keys.remove("until");
            }
        }
    }
    Ok(decision)
}

/// The text with quotes around every number that stands outside of a text.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut in_text, mut escaped, mut in_number) = (false, false, false);
    for letter in text.chars() {
        let of_number = letter.is_ascii_digit()
            || letter == '-'
            || (in_number && matches!(letter, '.' | '+' | 'e' | 'E'));
        if !in_text && of_number != in_number {
            out.push('"');
            in_number = of_number;
        }
        out.push(letter);
        if letter == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = in_text && letter == '\\' && !escaped;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn numbers_become_texts_and_texts_stay() {
        let text = r#"{"a":[1,-2.50,1e3],"b\"1":"2 \\","c":true}"#;
        let expected = r#"{"a":["1","-2.50","1e3"],"b\"1":"2 \\","c":true}"#;
        assert_eq!(quoted(text), expected);
    }
}
