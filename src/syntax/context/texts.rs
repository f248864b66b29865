//! Texts, their quotation marks and what stands in them.

use crate::syntax::failure::{Failure, Hint};
use crate::syntax::grammar::Rule;
use crate::syntax::split::{is_word_character, leading_word};
use crate::value::Zone;

/// A brace or a backslash in a text that is meant as such.
pub(super) fn escape(failure: &Failure<'_>) -> Option<Hint> {
    if !failure.expects(Rule::text_escape) {
        return None;
    }
    let sign = failure.rest().chars().next()?;
    let range = failure.at..failure.at.saturating_add(sign.len_utf8());
    let message = format!("a `{sign}` that is meant as such has a `\\` before it in a text");
    matches!(sign, '}' | '\\').then(|| Hint::write(range, message, format!("\\{sign}")))
}

/// `{}` in a text.
pub(super) fn empty_hole(failure: &Failure<'_>) -> Option<Hint> {
    let empty = failure.rest().starts_with('}') && failure.before().ends_with('{');
    let range = failure.before().len().saturating_sub(1)..failure.at.saturating_add(1);
    (empty && failure.line_before().contains('"')).then(|| {
        Hint::new(
            range,
            "nothing stands between the braces",
            "name a value between them; braces that are meant as such are written `\\{` and `\\}`",
        )
    })
}

/// `customer's tier`
pub(super) fn field_with_apostrophe(failure: &Failure<'_>) -> Option<Hint> {
    let apostrophe = failure.rest().chars().next()?;
    let behind = failure.rest().strip_prefix(['\'', '’'])?;
    let field = leading_word(behind.strip_prefix("s ")?.trim_start());
    let owner = failure.previous();
    if owner.is_empty() || owner.end != failure.at || field.is_empty() {
        return None;
    }
    let end = failure.at.saturating_add(apostrophe.len_utf8());
    let gap = behind
        .len()
        .saturating_sub(behind.get(2..)?.trim_start().len());
    let range = owner.start..end.saturating_add(gap).saturating_add(field.len());
    let instead = format!("{}.{field}", failure.previous_word());
    Some(Hint::write(
        range,
        "a field follows its owner and a dot",
        instead,
    ))
}

/// `'…'`, `“…”` and the like.
pub(super) fn other_quotes(failure: &Failure<'_>) -> Option<Hint> {
    let rest = failure.rest();
    let opening = rest.chars().next().filter(|c| "'‘’`“”„‟«»".contains(*c))?;
    let message = if matches!(opening, '“' | '”' | '„' | '‟') {
        "texts stand in straight quotation marks"
    } else {
        "texts stand in double quotation marks"
    };
    let inside = rest.get(opening.len_utf8()..)?;
    let closing = inside
        .find(['\'', '‘', '’', '`', '“', '”', '"', '«', '»', '\n'])
        .filter(|at| !inside.get(*at..).unwrap_or("").starts_with('\n'));
    let Some(closing) = closing else {
        let end = failure.at.saturating_add(opening.len_utf8());
        return Some(Hint::new(failure.at..end, message, "write `\"…\"`"));
    };
    let text = inside.get(..closing)?;
    let mark = inside.get(closing..)?.chars().next()?;
    let length = opening
        .len_utf8()
        .saturating_add(closing)
        .saturating_add(mark.len_utf8());
    let range = failure.at..failure.at.saturating_add(length);
    Some(quoted(range, message, text))
}

fn quoted(range: std::ops::Range<usize>, message: &str, text: &str) -> Hint {
    if text.contains(['"', '\\', '{', '}']) || text.chars().count() > 50 {
        return Hint::new(range, message, "write `\"…\"`");
    }
    Hint::write(range, message, format!("\"{text}\""))
}

/// A title, a reason or a name of a policy without quotation marks.
pub(super) fn unquoted_line(failure: &Failure<'_>) -> Option<Hint> {
    let line = failure.line_before();
    let word = leading_word(line);
    let rest = line.get(word.len()..)?;
    let wants_text = failure.expects(Rule::text) && rest.is_empty();
    let begun = match word {
        "policy" | "overrides" | "owner" | "example" => wants_text,
        "because" => !rest.contains(['"', '{', '(']) && !failure.expects(Rule::expression),
        _ => false,
    };
    let is_word = failure.token.starts_with(is_word_character);
    if !begun || !is_word {
        return None;
    }
    let start = failure.raw_before().rfind(word)?.saturating_add(word.len());
    let blanks = failure.text.get(start..)?;
    let start = start.saturating_add(blanks.len().saturating_sub(blanks.trim_start().len()));
    let end = failure.at.saturating_add(failure.line_after().len());
    let text = failure.text.get(start..end)?;
    let message = "a text stands in quotation marks";
    let mut hint = quoted(start..end, message, text);
    hint.code = crate::diagnostic::Code::Syntax;
    Some(hint)
}

/// `in Europe/London`
pub(super) fn unquoted_zone(failure: &Failure<'_>) -> Option<Hint> {
    let behind = failure.rest().strip_prefix('/')?;
    let area = failure.previous();
    let length = behind
        .find(|c: char| !is_word_character(c) && !matches!(c, '/' | '-' | '+'))
        .unwrap_or(behind.len());
    let end = failure.at.saturating_add(1).saturating_add(length);
    let name = failure.text.get(area.start..end)?;
    Zone::named(name)?;
    Some(Hint::write(
        area.start..end,
        "the name of a time zone stands in quotation marks",
        format!("\"{name}\""),
    ))
}
