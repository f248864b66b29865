//! An outline as a policy file.
//!
//! Input: an [`Outline`]. Output: its declarations in the canonical layout, comments included.

use super::{Outline, OutlineChoice, OutlineField, OutlineRecord, OutlineType};
use crate::format::format;
use crate::printable::is_hidden;

impl Outline {
    /// The declarations as a policy file, in the canonical layout.
    ///
    /// ```
    /// use courtesy::outline::{Outline, OutlineType};
    ///
    /// let shop = ("shop".to_string(), OutlineType::named("Text"), true);
    /// let outline = Outline { inputs: vec![shop], ..Outline::default() };
    /// assert_eq!(outline.to_policy_file(), "input shop: optional Text\n");
    /// ```
    #[must_use]
    pub fn to_policy_file(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if !self.notes.is_empty() {
            let comments: Vec<String> = self.notes.iter().map(|note| comment(note)).collect();
            parts.push(comments.join("\n"));
        }
        parts.extend(self.currency.iter().map(|code| format!("currency {code}")));
        parts.extend(self.choices.iter().map(choice));
        parts.extend(self.records.iter().map(|one| record("type", one)));
        parts.extend(self.actions.iter().map(|one| record("action", one)));
        parts.extend(self.inputs.iter().map(input));
        let text = parts.join("\n\n") + "\n";
        // An outline is made of whole declarations, so that it can always be laid out; were it not so, its text would
        // still say what was found.
        format(&text).unwrap_or(text)
    }
}

/// A line that is only for people; nothing in it can end the comment early.
fn comment(text: &str) -> String {
    let one_line: String = text
        .chars()
        .map(
            |character| {
                if is_hidden(character) { ' ' } else { character }
            },
        )
        .collect();
    format!("# {}", one_line.trim())
}

fn choice(choice: &OutlineChoice) -> String {
    let join = if choice.ordered { " < " } else { ", " };
    let values: Vec<String> = choice
        .values
        .iter()
        .map(|(name, text)| named(name, text))
        .collect();
    format!("choice {} {{ {} }}", choice.name, values.join(join))
}

/// A name, with the text or key of the data where that differs.
fn named(name: &str, text: &str) -> String {
    if name == text {
        name.to_string()
    } else {
        format!("{name} = {}", quoted(text))
    }
}

/// A text as policies write it; control characters never come in (see [`super::can_be_said`]).
fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '{' => written.push_str("\\{"),
            '}' => written.push_str("\\}"),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

fn record(word: &str, record: &OutlineRecord) -> String {
    let mut lines = vec![format!("{word} {} {{", record.name)];
    lines.extend(record.fields.iter().map(field));
    for (key, why) in &record.left_out {
        lines.push(format!(
            "  {}",
            comment(&format!("left out: `{key}`, {why}"))
        ));
    }
    lines.push("}".to_string());
    lines.join("\n")
}

fn field(field: &OutlineField) -> String {
    let mut line = format!("  {}: ", named(&field.name, &field.key));
    if field.optional {
        line.push_str("optional ");
    }
    line.push_str(&type_name(&field.kind));
    if let Some((low, high)) = &field.range {
        line.push_str(&format!(", {low} to {high}"));
    }
    if field.private {
        line.push_str(", private");
    }
    if let Some(note) = &field.note {
        line.push_str("  ");
        line.push_str(&comment(note));
    }
    line
}

fn type_name(kind: &OutlineType) -> String {
    match kind {
        OutlineType::Named(name) | OutlineType::Declared(name) => name.clone(),
        OutlineType::Seconds => "DateTime from seconds".to_string(),
        OutlineType::Milliseconds => "DateTime from milliseconds".to_string(),
        OutlineType::List(element) => format!("list of {}", type_name(element)),
    }
}

fn input((name, kind, optional): &(String, OutlineType, bool)) -> String {
    let may_be = if *optional { "optional " } else { "" };
    format!("input {name}: {may_be}{}", type_name(kind))
}
