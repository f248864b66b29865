//! Numbers, amounts, dates and lengths of time.

use crate::diagnostic::{Code, nearest};
use crate::syntax::dates::year_first;
use crate::syntax::failure::{Failure, Hint, number_at_the_end_of};
use crate::syntax::grammar::Rule;
use crate::syntax::split::leading_word;
use crate::value::Currency;
use std::ops::Range;

const UNITS: [&str; 14] = [
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "year", "years",
];

const NUMBER_WORDS: [(&str, &str); 18] = [
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("twelve", "12"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("sixty", "60"),
    ("ninety", "90"),
    ("hundred", "100"),
];

const CURRENCY_WORDS: [(&str, &str); 9] = [
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("bucks", "USD"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("yen", "JPY"),
    ("francs", "CHF"),
];

const AMOUNT: &str = "money is an amount and a currency";

/// `23.11.2026`
pub(super) fn date(failure: &Failure<'_>) -> Option<Hint> {
    let rest = failure.rest();
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '/' | '-'))
        .unwrap_or(rest.len());
    let written = rest.get(..end)?.trim_end_matches('.');
    let range = failure.at..failure.at.saturating_add(written.len());
    let meant = year_first(written)?;
    let hint = Hint::new(range, "a date is written year, month, day", meant.help());
    Some(Hint {
        code: Code::BadLiteral,
        fix: meant.certain(),
        ..hint
    })
}

/// `1,500`
pub(super) fn grouped(failure: &Failure<'_>) -> Option<Hint> {
    let rest = failure.rest();
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != ',')
        .unwrap_or(rest.len());
    let written = rest.get(..end)?.trim_end_matches(',');
    let grouped = written.contains(',') && written.starts_with(|c: char| c.is_ascii_digit());
    let range = failure.at..failure.at.saturating_add(written.len());
    grouped.then(|| {
        let message = "digits of a number are not grouped";
        Hint::write(range, message, written.replace(',', ""))
    })
}

/// `9,50`
pub(super) fn decimal_comma(failure: &Failure<'_>) -> Option<Hint> {
    let (whole, places) = match failure.rest().strip_prefix(',') {
        Some(places) => (failure.previous_number()?, places),
        None => {
            let before = failure.raw_before().strip_suffix(',')?;
            let digits = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            (digits..before.len(), failure.rest())
        }
    };
    let places = digits(places);
    let number = failure.text.get(whole.clone())?;
    if places.is_empty() || number.is_empty() || number.contains('.') {
        return None;
    }
    let end = whole.end.saturating_add(1).saturating_add(places.len());
    let instead = format!("{number}.{places}");
    Some(Hint::write(
        whole.start..end,
        "the places of a number follow a point",
        instead,
    ))
}

/// `.5`
pub(super) fn leading_point(failure: &Failure<'_>) -> Option<Hint> {
    let places = digits(failure.rest().strip_prefix('.')?);
    let range = failure.at..failure.at.saturating_add(1).saturating_add(places.len());
    (!places.is_empty() && failure.raw_before().ends_with([' ', '('])).then(|| {
        let message = "a number begins with a digit";
        Hint::write(range, message, format!("0.{places}"))
    })
}

/// `+5`
pub(super) fn leading_plus(failure: &Failure<'_>) -> Option<Hint> {
    let number = digits(failure.rest().strip_prefix('+')?);
    let range = failure.at..failure.at.saturating_add(1);
    (!number.is_empty()).then(|| Hint::leave_out(range, "a number stands without a plus sign", "+"))
}

fn digits(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// `$15`, `15€`
pub(super) fn currency_sign(failure: &Failure<'_>) -> Option<Hint> {
    let sign = failure.rest().chars().next()?;
    let code = match sign {
        '$' => "USD",
        '€' => "EUR",
        '£' => "GBP",
        '¥' => "JPY",
        _ => return None,
    };
    let end = failure.at.saturating_add(sign.len_utf8());
    let behind = failure.text.get(end..)?;
    let length = behind
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'))
        .unwrap_or(behind.len());
    let amount = behind.get(..length)?.trim_end_matches(['.', ',']);
    if !amount.is_empty() {
        let range = failure.at..end.saturating_add(amount.len());
        let instead = format!("{} {code}", amount.replace(',', ""));
        return Some(Hint::write(range, AMOUNT, instead));
    }
    let Some(number) = failure.previous_number() else {
        let help = format!("write `15 {code}`");
        return Some(Hint::new(failure.at..end, AMOUNT, help));
    };
    let amount = failure.text.get(number.clone())?;
    let instead = format!("{amount} {code}");
    Some(Hint::write(number.start..end, AMOUNT, instead))
}

/// `USD 15`
pub(super) fn currency_first(failure: &Failure<'_>) -> Option<Hint> {
    let code = failure.previous_word();
    Currency::from_code(code)?;
    let rest = failure.rest();
    let length = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    let amount = rest.get(..length)?.trim_end_matches('.');
    let range = failure.previous().start..failure.at.saturating_add(amount.len());
    (!amount.is_empty()).then(|| {
        let message = "the amount stands before its currency";
        Hint::write(range, message, format!("{amount} {code}"))
    })
}

/// `15 dollars`, `15 usd`, `Money usd`
pub(super) fn currency_word(failure: &Failure<'_>) -> Option<Hint> {
    let message = "a currency is written with three capital letters";
    if failure.previous_word() == "Money" {
        let code = currency_of(failure.token)?;
        return Some(Hint::write(failure.range(), message, code));
    }
    // `15 desk days` may have been begun, so that only what follows is missed.
    let begun = failure.expects(Rule::working_unit);
    let (before, word) = if begun {
        let word = failure.previous();
        (failure.text.get(..word.start)?, word)
    } else {
        (failure.raw_before(), failure.range())
    };
    let code = currency_of(failure.text.get(word.clone())?)?;
    let number = number_at_the_end_of(before.trim_end())?;
    let amount = failure.text.get(number.clone())?;
    let instead = format!("{amount} {code}");
    Some(Hint::write(number.start..word.end, message, instead))
}

fn currency_of(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let known = CURRENCY_WORDS.iter().find(|(name, _)| *name == lower);
    match known {
        Some((_, code)) => Some((*code).to_string()),
        None => {
            let code = word.to_uppercase();
            (word.len() == 3 && Currency::from_code(&code).is_some()).then_some(code)
        }
    }
}

/// `30days`, `15USD`, `9pm`
pub(super) fn joined_unit(failure: &Failure<'_>) -> Option<Hint> {
    let number = digits(failure.token);
    let word = failure.token.get(number.len()..)?;
    if number.is_empty() || word.is_empty() {
        return None;
    }
    let lower = word.to_lowercase();
    if let "am" | "pm" = lower.as_str() {
        return time_of_day(failure.range(), number, lower == "pm");
    }
    let unit = match UNITS.iter().find(|unit| **unit == lower) {
        Some(unit) => (*unit).to_string(),
        None => currency_of(word)?,
    };
    let message = format!("a blank is missing between `{number}` and `{word}`");
    let instead = format!("{number} {unit}");
    Some(Hint::write(failure.range(), message, instead).coded(Code::Syntax))
}

fn time_of_day(range: Range<usize>, hour: &str, afternoon: bool) -> Option<Hint> {
    let hour: u8 = hour.parse().ok().filter(|hour| (1..=12).contains(hour))?;
    let hour = match (hour, afternoon) {
        (12, true) => 12,
        (12, false) => 0,
        (hour, true) => hour.saturating_add(12),
        (hour, false) => hour,
    };
    let message = "a time of day is written with 24 hours and its minutes";
    Some(Hint::write(range, message, format!("{hour:02}:00")))
}

/// `before 2 days from now`, `after 2 days ago`: a length of time away from now, where a time is needed.
pub(super) fn away_from_now(failure: &Failure<'_>) -> Option<Hint> {
    let (side, before) = match (failure.previous_word(), failure.token) {
        ("from", "now") => ("after", failure.text.get(..failure.previous().start)?),
        (_, "ago") => ("before", failure.before()),
        _ => return None,
    };
    let before = before.trim_end();
    let unit = before.rsplit(char::is_whitespace).next()?;
    let number = before.strip_suffix(unit)?.trim_end();
    let number = number_at_the_end_of(number).filter(|_| UNITS.contains(&unit))?;
    let length = format!("{} {unit}", failure.text.get(number.clone())?);
    let exact = matches!(unit.trim_end_matches('s'), "second" | "minute" | "hour");
    let range = number.start..failure.end();
    let message = "a time is given as a length of time before or after another";
    Some(if exact {
        Hint::write(range, message, format!("{length} {side} now")).coded(Code::Syntax)
    } else {
        let help = format!(
            "write `{length} {side} now`, where dates are compared `{length} {side} today`"
        );
        Hint::new(range, message, help).coded(Code::Syntax)
    })
}

/// `thirty days`
pub(super) fn number_word(failure: &Failure<'_>) -> Option<Hint> {
    let word = failure.previous_word().to_lowercase();
    let (_, number) = NUMBER_WORDS.iter().find(|(name, _)| *name == word)?;
    UNITS.contains(&failure.token).then(|| {
        let range = failure.previous().start..failure.end();
        let message = "a number is written in digits";
        Hint::write(range, message, format!("{number} {}", failure.token))
    })
}

/// `December 20`
pub(super) fn month_first(failure: &Failure<'_>) -> Option<Hint> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let month = failure.previous_word();
    let day = digits(failure.token);
    let is_month = MONTHS.contains(&month.to_lowercase().as_str());
    (is_month && !day.is_empty() && day == failure.token).then(|| {
        let range = failure.previous().start..failure.end();
        let message = "the day stands before its month";
        Hint::write(range, message, format!("{day} {month}"))
    })
}

/// `30 dayz`
pub(super) fn unit(failure: &Failure<'_>) -> Option<Hint> {
    let number = failure.text.get(failure.previous_number()?)?;
    let fitting = UNITS
        .into_iter()
        .filter(|unit| unit.ends_with('s') == (number != "1"));
    let near = nearest(failure.token, fitting).filter(|_| failure.token.len() > 2)?;
    let message = format!("`{}` is not a unit of time", failure.token);
    let mut hint = Hint::write(failure.range(), message, near).coded(Code::Syntax);
    hint.help = format!("did you mean `{near}`?");
    (!UNITS.contains(&failure.token)).then_some(hint)
}

/// `10% of upsell.price`
pub(super) fn share(failure: &Failure<'_>) -> Option<Hint> {
    let behind = failure.rest().strip_prefix('%')?;
    let number = failure.previous_number()?;
    if failure.expects(Rule::kw_of) && leading_word(failure.line_before()) == "for" {
        return None;
    }
    let hundredth = hundredth(failure.text.get(number.clone())?)?;
    let of = behind.trim_start().strip_prefix("of ")?.trim_start();
    let end = of
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
        .unwrap_or(of.len());
    let whole = of.get(..end)?.trim_end_matches('.');
    let behind_length = behind.len().saturating_sub(of.len());
    let end = failure
        .at
        .saturating_add(1)
        .saturating_add(behind_length)
        .saturating_add(whole.len());
    (!whole.is_empty()).then(|| {
        let message = "a share of something is written as a number";
        let instead = format!("{hundredth} * {whole}");
        Hint::write(number.start..end, message, instead)
    })
}

/// A whole number of per cent as a part of one.
fn hundredth(number: &str) -> Option<String> {
    let number: u32 = number.parse().ok().filter(|number| *number < 10_000)?;
    let (whole, places) = (number / 100, number % 100);
    let text = format!("{whole}.{places:02}");
    Some(text.trim_end_matches('0').trim_end_matches('.').to_string())
}
