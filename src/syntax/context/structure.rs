//! Declarations, clauses and what stands between them.

use crate::diagnostic::Code;
use crate::syntax::errors::CLAUSE_WORDS;
use crate::syntax::failure::{Failure, Hint};
use crate::syntax::grammar::Rule;
use crate::syntax::guesses::BEGINNINGS;
use crate::syntax::split::{DECLARATION_WORDS, is_word_character, leading_word};

const VERBS: [&str; 4] = ["never", "only", "allow", "always"];

/// `define a = …`, `input a = T`, `actions a: b`
pub(super) fn sign_of_a_declaration(failure: &Failure<'_>) -> Option<Hint> {
    let sign = failure
        .rest()
        .chars()
        .next()
        .filter(|c| ":=".contains(*c))?;
    let range = failure.at..failure.at.saturating_add(1);
    let wants = [
        (Rule::kw_as, "as", "what a name stands for follows `as`"),
        (Rule::kw_equals, "=", "the actions of a group follow `=`"),
        (Rule::kw_colon, ":", "a colon stands behind this name"),
    ];
    let (_, word, message) = wants.iter().find(|(rule, ..)| failure.expects(*rule))?;
    let spaced = failure.raw_before().ends_with(' ') || *word != "as";
    let instead = if spaced {
        (*word).to_string()
    } else {
        format!(" {word}")
    };
    let mut hint = Hint::write(range, *message, instead).coded(Code::Syntax);
    hint.help = format!("write `{word}` in place of `{sign}`");
    Some(hint)
}

/// A value of a choice that is no name, or a word of the language.
pub(super) fn value_of_a_choice(failure: &Failure<'_>) -> Option<Hint> {
    let in_braces = leading_word(failure.text) == "choice" && failure.before().contains('{');
    if !in_braces || !(failure.expects(Rule::name) || failure.expects(Rule::choice_value)) {
        return None;
    }
    let token = failure.token;
    if let Some(text) = token.strip_prefix('"') {
        let text = text.trim_end_matches('"');
        let name: String = text
            .chars()
            .map(|c| if is_word_character(c) { c } else { '_' })
            .collect();
        let name = name.to_lowercase();
        let instead = if name == text {
            name
        } else {
            format!("{name} = \"{text}\"")
        };
        let message = "a value of a choice is a name; its text in the data may follow it";
        return Some(Hint::write(failure.range(), message, instead).coded(Code::Syntax));
    }
    if !token.starts_with(is_word_character) || token.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let behind = failure.rest().get(token.len()..)?;
    let gap = behind.chars().next().filter(|c| " -".contains(*c));
    let blank = leading_word(behind.get(1..).unwrap_or(""));
    if let Some(gap) = gap.filter(|_| !blank.is_empty()) {
        let range = failure.at..failure.end().saturating_add(1).saturating_add(blank.len());
        let instead = format!("{token}_{blank} = \"{token}{gap}{blank}\"");
        let message = "a name has letters, digits and `_`; its text in the data may follow it";
        return Some(Hint::write(range, message, instead).coded(Code::Syntax));
    }
    let message = format!("`{token}` has a meaning of its own");
    let instead = format!("is_{token} = \"{token}\"");
    let mut hint = Hint::write(failure.range(), message, instead.clone());
    hint.help = format!("write `{instead}`, or another name of your own");
    Some(hint.coded(Code::ReservedName))
}

/// `note: Text?`, `Item[]`
pub(super) fn type_sign(failure: &Failure<'_>) -> Option<Hint> {
    let kind = failure.previous_word();
    let range = failure.previous().start;
    let typed = failure.line_before().contains(':') && !kind.is_empty();
    let (length, message, instead) = if failure.rest().starts_with('?') {
        let message = "`optional` stands before the type";
        (1, message, format!("optional {kind}"))
    } else if failure.rest().starts_with("[]") {
        let message = "a list is written with `list of`";
        (2, message, format!("list of {kind}"))
    } else {
        return None;
    };
    let end = failure.at.saturating_add(length);
    typed.then(|| Hint::write(range..end, message, instead).coded(Code::Syntax))
}

/// `note: Text optional`, `note: Text private`, `Money usd`, `list Item`: the
/// last word was taken for the next field, whose colon is missed.
pub(super) fn word_of_a_field(failure: &Failure<'_>) -> Option<Hint> {
    if !failure.expects(Rule::kw_colon) {
        return None;
    }
    let (kind, word) = (failure.second_last_word(), failure.previous_word());
    let end = failure.previous().end;
    let before = failure.text.get(..failure.previous().start)?.trim_end();
    let start = before.len().saturating_sub(kind.len());
    let (message, instead) = match (kind, word) {
        ("", _) => return None,
        ("list", _) => (
            "a list is written with `list of`",
            format!("list of {word}"),
        ),
        (_, "optional") => (
            "`optional` stands before the type",
            format!("optional {kind}"),
        ),
        (_, "private") => (
            "a comma stands before `private`",
            format!("{kind}, private"),
        ),
        ("Money", _) if word.len() == 3 => (
            "a currency is written with three capital letters",
            format!("Money {}", word.to_uppercase()),
        ),
        _ => return None,
    };
    Some(Hint::write(start..end, message, instead).coded(Code::Syntax))
}

/// `Text note`
pub(super) fn field(failure: &Failure<'_>) -> Option<Hint> {
    let kind = failure.previous_word();
    let range = failure.previous().start;
    if kind.is_empty() {
        return None;
    }
    let known = [
        "Text", "Number", "Money", "Date", "DateTime", "Time", "YesNo",
    ];
    let named = failure.token.starts_with(is_word_character);
    (failure.expects(Rule::kw_colon) && known.contains(&kind) && named).then(|| {
        let instead = format!("{}: {kind}", failure.token);
        let message = "the name of a field comes first";
        Hint::write(range..failure.end(), message, instead).coded(Code::Syntax)
    })
}

/// `address Text`, `with text "…"`, `input basket of Item`
pub(super) fn colon(failure: &Failure<'_>) -> Option<Hint> {
    let (name, token) = (failure.previous_word(), failure.token);
    let joined = ["of", "as", "is"].contains(&token);
    let (end, value) = if ["list", "optional"].contains(&token) {
        let line = failure.line_after();
        let length = line.find(['}', ',', '"']).unwrap_or(line.len());
        let value = line.get(..length)?.trim_end();
        (failure.at.saturating_add(value.len()), value)
    } else if joined {
        (failure.next().end, failure.next_word())
    } else {
        (failure.end(), token)
    };
    let valued = value.starts_with(|c: char| is_word_character(c) || c == '"');
    let missing = failure.expects(Rule::kw_colon) && !name.is_empty() && valued;
    (missing && value.len() <= 100 && !name.starts_with(|c: char| c.is_ascii_digit())).then(|| {
        let range = failure.previous().start..end;
        let message = format!("a colon is missing behind `{name}`");
        Hint::write(range, message, format!("{name}: {value}")).coded(Code::Syntax)
    })
}

/// `currency "USD"`, `type "Basket" { … }`
pub(super) fn quoted_name(failure: &Failure<'_>) -> Option<Hint> {
    let name = failure.token.strip_prefix('"')?.strip_suffix('"')?;
    let word = leading_word(failure.text);
    let declared = DECLARATION_WORDS.contains(&word) && failure.before() == word;
    let plain = !name.is_empty() && name.chars().all(is_word_character);
    (declared && failure.expects(Rule::name) && plain && name.len() <= 100).then(|| {
        let message = "a name stands without quotation marks";
        Hint::write(failure.range(), message, name).coded(Code::Syntax)
    })
}

/// `in-store`
pub(super) fn dash(failure: &Failure<'_>) -> Option<Hint> {
    let rest = failure.rest().strip_prefix('-')?;
    let (left, right) = (failure.previous(), leading_word(rest));
    let word = leading_word(failure.text);
    let named = ["choice", "type", "action", "actions", "input", "define"].contains(&word);
    let touching = left.end == failure.at && !left.is_empty() && !right.is_empty();
    let end = failure.end().saturating_add(right.len());
    let start = left.start;
    (named && touching).then(|| {
        let message = "a name has letters, digits and `_`";
        let left = failure.previous_word();
        let name = match word {
            "choice" => format!("{left}_{right} = \"{left}-{right}\""),
            _ => format!("{left}_{right}"),
        };
        Hint::write(start..end, message, name).coded(Code::Syntax)
    })
}

/// `week starts on sunday`
pub(super) fn week_start(failure: &Failure<'_>) -> Option<Hint> {
    let on = failure.previous_word() == "on" && failure.line_before().starts_with("week starts");
    on.then(|| {
        let range = failure.previous().start..failure.end();
        let message = "the day follows `week starts`";
        Hint::write(range, message, failure.token).coded(Code::Syntax)
    })
}

/// `rule "…"`, `if …`, `do not greet`
pub(super) fn beginning(failure: &Failure<'_>) -> Option<Hint> {
    if !failure.begins_line() {
        return None;
    }
    let word = failure.token.to_lowercase();
    let (_, instead) = BEGINNINGS.iter().find(|(other, _)| *other == word)?;
    let declares = DECLARATION_WORDS.contains(instead);
    let at_first = failure.before().is_empty();
    let rest = failure.rest().get(failure.token.len()..)?;
    let (length, instead) = match word.as_str() {
        "do" => (rest.strip_prefix(" not").map(|_| 6)?, "never"),
        "don" => (rest.strip_prefix("'t").map(|_| 5)?, "never"),
        _ => (word.len(), *instead),
    };
    let written = failure.rest().get(..length)?;
    let range = failure.at..failure.at.saturating_add(length);
    let message = format!("`{written}` is not a word of Courtesy");
    (declares == at_first).then(|| Hint::write(range, message, instead))
}

/// `with amount: 5 USD and why: "…"`
pub(super) fn and_for_comma(failure: &Failure<'_>) -> Option<Hint> {
    let field = failure.previous();
    let before = failure.text.get(..field.start)?.trim_end();
    let kept = before.strip_suffix("and")?.trim_end();
    let field = failure.rest().starts_with(':') && !field.is_empty();
    field.then(|| {
        let name = failure.previous_word();
        let message = "a comma stands between the fields";
        let mut hint = Hint::write(kept.len()..failure.at, message, format!(", {name}"));
        hint.help = format!("write `, {name}: …`");
        hint.coded(Code::Syntax)
    })
}

/// Commas, full stops and colons behind a clause or a title.
pub(super) fn between_clauses(failure: &Failure<'_>) -> Option<Hint> {
    if failure.before().ends_with('.') && !failure.line_before().is_empty()
        || failure.token.is_empty() && failure.before().ends_with('.')
    {
        let dot = failure.before().len().saturating_sub(1);
        let message = "a clause ends without a full stop";
        let at_end = failure.begins_line() || failure.token.is_empty();
        return at_end.then(|| Hint::leave_out(dot..dot.saturating_add(1), message, "."));
    }
    let sign = failure
        .rest()
        .chars()
        .next()
        .filter(|c| ",.:".contains(*c))?;
    let behind = failure.text.get(failure.at.saturating_add(1)..)?;
    let next = leading_word(behind.trim_start());
    let line_ends = behind.trim_start_matches([' ', '\t', '\r']).is_empty()
        || behind
            .trim_start_matches([' ', '\t', '\r'])
            .starts_with(['\n', '#']);
    let clause = CLAUSE_WORDS.contains(&next) || next.is_empty();
    let range = failure.at..failure.at.saturating_add(1);
    let message = if sign == ':' {
        "nothing stands between a title and its clauses"
    } else {
        "nothing stands between clauses"
    };
    let title = failure.line_before().starts_with("policy") || sign != ':';
    (title && (line_ends || clause)).then(|| Hint::leave_out(range, message, &sign.to_string()))
}

/// `never upsell, greet`
pub(super) fn several_actions(failure: &Failure<'_>) -> Option<Hint> {
    let joined = failure.rest().starts_with(',') || ["or", "and"].contains(&failure.token);
    let mut words = failure.line_before().split_whitespace();
    let verb = words.next().filter(|word| VERBS.contains(word))?;
    let action = words.next()?;
    let other = failure.next_word();
    let plain = words.next().is_none() && !other.is_empty() && joined;
    plain.then(|| {
        let message = "a policy is about one action, or about a group of them";
        let help = format!(
            "declare the group, `actions both = {action}, {other}`, and write `{verb} both`"
        );
        let range = failure.at..failure.next().end;
        Hint::new(range, message, help).coded(Code::Syntax)
    })
}

/// A closing bracket that nothing opened.
pub(super) fn closing(failure: &Failure<'_>) -> Option<Hint> {
    let (close, open) = match failure.rest().chars().next()? {
        '}' => ('}', '{'),
        ')' => (')', '('),
        ']' => (']', '['),
        _ => return None,
    };
    let before = failure.raw_before();
    let opened = before.matches(open).count() > before.matches(close).count();
    let range = failure.at..failure.at.saturating_add(1);
    (!opened).then(|| {
        let message = format!("a `{close}` without its `{open}`");
        let mut hint = Hint::leave_out(range, &message, &close.to_string());
        hint.help = format!("leave it out, or write the `{open}` that belongs to it");
        hint
    })
}
