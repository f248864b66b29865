//! What people write who have not learnt the language yet, read by the words
//! around the place where reading failed.
//!
//! Input: the failure. Output: what is wrong there and the text to write
//! instead. The first hint that fits is taken, so the most certain stand first;
//! last come the signs of `guesses`, which look at the place alone.

mod comparisons;
mod numbers;
mod structure;
mod texts;

use super::failure::{Failure, Hint};
use super::guesses::{BARE_TESTS, GUESSES};
use super::split::leading_word;
use std::ops::Range;

/// What to write instead of what stands at the place where reading failed.
pub(super) fn hint(failure: &Failure<'_>) -> Option<Hint> {
    const HINTS: [fn(&Failure<'_>) -> Option<Hint>; 42] = [
        texts::escape,
        texts::empty_hole,
        texts::field_with_apostrophe,
        texts::other_quotes,
        texts::unquoted_line,
        texts::unquoted_zone,
        numbers::date,
        numbers::grouped,
        numbers::decimal_comma,
        numbers::leading_point,
        numbers::leading_plus,
        numbers::currency_sign,
        numbers::currency_first,
        numbers::currency_word,
        numbers::joined_unit,
        numbers::away_from_now,
        numbers::number_word,
        numbers::month_first,
        numbers::unit,
        numbers::share,
        structure::sign_of_a_declaration,
        structure::value_of_a_choice,
        structure::type_sign,
        structure::word_of_a_field,
        structure::quoted_name,
        structure::dash,
        structure::field,
        structure::colon,
        structure::week_start,
        structure::beginning,
        structure::and_for_comma,
        structure::between_clauses,
        structure::several_actions,
        structure::closing,
        comparisons::more_or_less,
        comparisons::at_least,
        comparisons::window,
        comparisons::one_of,
        comparisons::second_is,
        comparisons::left_out,
        comparisons::with_for_where,
        comparisons::misspelt_test,
    ];
    HINTS
        .iter()
        .find_map(|hint| hint(failure))
        .or_else(|| guess(failure))
}

/// A sign or word of the table.
fn guess(failure: &Failure<'_>) -> Option<Hint> {
    let rest = failure.rest();
    if rest.starts_with('{') && leading_word(failure.text) != "policy" {
        return None;
    }
    if let Some(found) = GUESSES.iter().find(|guess| matches(rest, guess.written)) {
        let behind = rest.get(found.written.len()..).unwrap_or("");
        let contracted = ["'t", "’t"].into_iter().find(|end| behind.starts_with(end));
        let length = found
            .written
            .len()
            .saturating_add(contracted.map_or(0, str::len));
        let range = failure.at..failure.at.saturating_add(length);
        let fix = only_words(found.instead).map(|words| apart(failure, &range, words));
        return Some(Hint {
            fix,
            ..Hint::new(range, found.message, found.instead)
        });
    }
    BARE_TESTS.contains(&failure.token).then(|| {
        let instead = format!("is {}", failure.token);
        Hint::write(failure.range(), "a test begins with `is`", instead)
    })
}

/// The words that a help says to write, where it says nothing else and leaves nothing open.
fn only_words(help: &str) -> Option<&str> {
    let words = help.strip_prefix("write `")?.strip_suffix('`')?;
    (!words.contains(['`', '…'])).then_some(words)
}

/// Words with a blank on each side on which another word would touch them.
fn apart(failure: &Failure<'_>, range: &Range<usize>, words: &str) -> String {
    let before = failure.text.get(..range.start).unwrap_or("");
    let behind = failure.text.get(range.end..).unwrap_or("");
    let touches = |letter: char| !letter.is_whitespace();
    let (left, right) = (before.ends_with(touches), behind.starts_with(touches));
    let blank = |touched: bool| if touched { " " } else { "" };
    format!("{}{words}{}", blank(left), blank(right))
}

fn matches(rest: &str, written: &str) -> bool {
    if written.starts_with(|c: char| c.is_alphabetic()) {
        leading_word(rest) == written
    } else {
        rest.starts_with(written)
    }
}
