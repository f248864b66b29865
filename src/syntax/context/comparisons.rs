//! Comparisons and conditions.

use crate::diagnostic::{Code, nearest};
use crate::syntax::failure::{Failure, Hint};
use crate::syntax::grammar::Rule;
use crate::syntax::split::{is_word_character, leading_word};

/// `is greater than`, `is over`, `is under`
pub(super) fn more_or_less(failure: &Failure<'_>) -> Option<Hint> {
    let instead = match failure.previous_word() {
        "greater" | "bigger" | "higher" | "larger" | "above" | "over" | "longer" | "older" => {
            "more than"
        }
        "lower" | "smaller" | "below" | "under" | "shorter" | "younger" => "less than",
        _ => return None,
    };
    let end = if failure.token == "than" {
        failure.end()
    } else {
        failure.previous().end
    };
    let compared = ["is", "not"].contains(&failure.second_last_word());
    let range = failure.previous().start..end;
    let message = "numbers are compared with `more than` and `less than`";
    compared.then(|| Hint::write(range, message, instead))
}

/// `customer.points at least 5`
pub(super) fn at_least(failure: &Failure<'_>) -> Option<Hint> {
    let bound = match (failure.previous_word(), failure.token) {
        ("at", "least" | "most") | ("more" | "less" | "fewer", "than") => failure.token,
        _ => return None,
    };
    let range = failure.previous().start..failure.end();
    let instead = format!("is {} {bound}", failure.previous_word());
    Some(Hint::write(range, "a test begins with `is`", instead))
}

/// `in the last 30 days`, `within the last 30 days`, `within 30 days`
pub(super) fn window(failure: &Failure<'_>) -> Option<Hint> {
    let message = "a window begins with `within last` or `within next`";
    let token = failure.token;
    if token == "in" {
        let mut words = failure.rest().split_whitespace().skip(1);
        let first = words.next()?;
        let (words, side) = match (first, words.next()?) {
            ("the", side) => (format!("in the {side}"), side),
            (side, _) => (format!("in {side}"), side),
        };
        let side = match side {
            "last" | "past" => "last",
            "next" | "coming" => "next",
            _ => return None,
        };
        let range = failure.at..failure.at.saturating_add(words.len());
        let exact = failure.rest().starts_with(&words);
        let is = failure.previous_word() == "is";
        let instead = format!("{}within {side}", if is { "" } else { "is " });
        return exact.then(|| Hint::write(range, message, instead));
    }
    if failure.previous_word() == "the" && ["last", "next", "past"].contains(&token) {
        let side = if token == "next" { "next" } else { "last" };
        return Some(Hint::write(
            failure.previous().start..failure.end(),
            message,
            side,
        ));
    }
    without_side(failure, message)
}

fn without_side(failure: &Failure<'_>, message: &str) -> Option<Hint> {
    let kept = failure.text.get(..failure.last_token().end)?;
    let words: Vec<&str> = kept.split_whitespace().rev().take(3).collect();
    let [unit, number, "within"] = words.as_slice() else {
        return None;
    };
    let window = number.starts_with(|c: char| c.is_ascii_digit());
    let start = kept.rfind(number)?;
    (window && failure.expects(Rule::kw_before)).then(|| {
        let instead = format!("last {number} {unit}");
        let mut hint = Hint::write(start..kept.len(), message, instead).coded(Code::Syntax);
        hint.help = format!(
            "write `within last {number} {unit}`, `within next {number} {unit}` or `within \
             {number} {unit} of …`"
        );
        hint
    })
}

/// `is in (gold, vip)`, `is one of gold, vip`
pub(super) fn one_of(failure: &Failure<'_>) -> Option<Hint> {
    let message = "the values to choose from stand in brackets after `is one of`";
    if failure.token == "in" {
        let behind = failure.rest().get(2..)?.trim_start();
        let is = ["is", "not"].contains(&failure.previous_word());
        let instead = if is { "one of" } else { "is one of" };
        return behind
            .starts_with(['(', '['])
            .then(|| Hint::write(failure.range(), message, instead));
    }
    let of = failure.previous_word() == "of" && failure.second_last_word() == "one";
    if !of || !failure.expects(Rule::kw_open_bracket) {
        return None;
    }
    let values = failure.line_after();
    let plain = values
        .chars()
        .all(|c| is_word_character(c) || matches!(c, ',' | ' ' | '"'));
    let joined = values.split_whitespace().any(|word| word == "and");
    if !plain || joined {
        return Some(Hint::new(
            failure.range(),
            message,
            "write `is one of (…, …)`",
        ));
    }
    let range = failure.at..failure.at.saturating_add(values.len());
    let instead = format!("({})", values.replace(" or ", ", "));
    Some(Hint::write(range, message, instead))
}

/// `is silver or is gold`, and a comparison of what has a comparison in it.
pub(super) fn second_is(failure: &Failure<'_>) -> Option<Hint> {
    if failure.token != "is" {
        return None;
    }
    let joint = failure.previous_word();
    if ["or", "and"].contains(&joint) {
        return Some(Hint::new(
            failure.range(),
            format!("`{joint}` joins whole conditions"),
            format!("say again what is compared: `{joint} … is …`; or write `… is one of (…, …)`"),
        ));
    }
    Some(Hint::new(
        failure.range(),
        "a second `is` follows a comparison",
        "put the first part in brackets, as in `(sum of p.paid for p in L where …) is at least 5 \
         USD`",
    ))
}

/// `either a or b`, `any customer.purchases where …`
pub(super) fn left_out(failure: &Failure<'_>) -> Option<Hint> {
    let word = failure.previous_word();
    if ["either", "both"].contains(&word) && !failure.token.is_empty() {
        return Some(Hint::leave_out(
            failure.previous(),
            "conditions are joined with `and` and `or` alone",
            word,
        ));
    }
    let quantifier = failure.second_last_word();
    let quantified = ["any", "no", "every"].contains(&quantifier);
    if quantified && failure.rest().starts_with('.') {
        let rest = failure.rest();
        let end = rest
            .find(|c: char| !is_word_character(c) && c != '.')
            .unwrap_or(rest.len());
        let list = format!("{word}{}", rest.get(..end)?);
        let range = failure.previous().start..failure.at.saturating_add(end);
        let help = format!("write `{quantifier} x in {list}`, and `x.…` for what it has");
        let message = "each element of a list needs a name";
        return Some(Hint::new(range, message, help).coded(Code::Syntax));
    }
    None
}

/// `any x in L with x.paid …`
pub(super) fn with_for_where(failure: &Failure<'_>) -> Option<Hint> {
    let word = failure.previous();
    let before = failure.text.get(..word.start)?.trim_end();
    let line = before.strip_suffix("with")?.rsplit('\n').next()?;
    let list = line.contains(" in ") && failure.rest().starts_with('.');
    let start = before.len().saturating_sub(4);
    list.then(|| {
        let message = "what an element has to be follows `where`";
        Hint::write(start..before.len(), message, "where").coded(Code::Syntax)
    })
}

/// `is withn last 30 days`
pub(super) fn misspelt_test(failure: &Failure<'_>) -> Option<Hint> {
    const TESTS: [&str; 7] = [
        "within", "between", "before", "after", "known", "unknown", "empty",
    ];
    let word = failure.previous_word();
    let tested = ["is", "not"].contains(&failure.second_last_word()) && word.len() > 3;
    let near = nearest(word, TESTS).filter(|_| tested && !TESTS.contains(&word))?;
    let clear = leading_word(failure.rest()) != "or" && !failure.begins_line();
    clear.then(|| {
        let message = format!("`{word}` does not belong here");
        let mut hint = Hint::write(failure.previous(), message, near).coded(Code::Syntax);
        hint.help = format!("did you mean `{near}`?");
        hint
    })
}
