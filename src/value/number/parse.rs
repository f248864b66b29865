//! The two strict forms of a number as text: the plain one, and JSON's.
//!
//! Input: untrusted text. Output: a number within 18 digits before and 9 after the point, or what is wrong.
//! Invariants: no allocation; time grows with the length of the text, never with an exponent.

use std::fmt;

use super::Number;

/// Digits that a number from outside may have before the point.
const MAX_BEFORE: i64 = 18;
/// Digits that a number from outside may have after the point.
const MAX_AFTER: i64 = 9;

/// Most digits, with the point, of a number that is read the short way: they fit in 64 bits.
const SHORT: usize = 18;

/// What is wrong with the text of a number. The text itself is not repeated: it may be private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberError {
    /// Nothing stands there.
    Empty,
    /// White space inside or around it.
    Blank,
    /// A `+` in front.
    Plus,
    /// `_`, `,` or `'` between the digits.
    Separator,
    /// Zeros in front of other digits.
    LeadingZero,
    /// An exponent where a plain number is asked.
    Exponent,
    /// A point without digits on both sides, or an exponent without digits.
    Unfinished,
    /// Anything else.
    NotANumber,
    /// More than 18 digits before the point.
    TooManyBefore,
    /// More than 9 digits after the point.
    TooManyAfter,
}

impl fmt::Display for NumberError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            NumberError::Empty => "no number stands here; write one like `12.5`",
            NumberError::Blank => "a number has no blanks in or around it; write `1250`",
            NumberError::Plus => "a number has no `+` in front; leave it out",
            NumberError::Separator => "a number has no separators; write `1250000.5`",
            NumberError::LeadingZero => {
                "a number has no extra zeros in front; write `7`, not `007`"
            }
            NumberError::Exponent => "a number has no exponent; write `1200`, not `1.2e3`",
            NumberError::Unfinished => "digits are missing in this number; write `0.5` or `5`",
            NumberError::NotANumber => "this is not a number; write one like `1250` or `-0.5`",
            NumberError::TooManyBefore => "a number has at most 18 digits before the point",
            NumberError::TooManyAfter => {
                "a number has at most 9 digits after the point; round it first"
            }
        })
    }
}

impl std::error::Error for NumberError {}

/// A number taken apart: digits before and after the point, and the power of ten.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    exponent: i64,
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?`.
pub(super) fn plain(text: &str) -> Result<Number, NumberError> {
    let parts = split(text, false)?;
    if length(parts.whole) > MAX_BEFORE {
        return Err(NumberError::TooManyBefore);
    }
    if length(parts.fraction) > MAX_AFTER {
        return Err(NumberError::TooManyAfter);
    }
    Ok(exact(&parts))
}

/// RFC 8259's number.
pub(super) fn json(text: &str) -> Result<Number, NumberError> {
    if let Some(number) = short(text.as_bytes()) {
        return Ok(number);
    }
    let parts = split(text, true)?;
    let Some((first, last)) = significant(&parts) else {
        return Ok(Number::ZERO);
    };
    if first >= MAX_BEFORE {
        return Err(NumberError::TooManyBefore);
    }
    if last < MAX_AFTER.saturating_neg() {
        return Err(NumberError::TooManyAfter);
    }
    Ok(exact(&parts))
}

/// A plain number of a few digits, as most are; `None` leaves it to those who look closer.
fn short(text: &[u8]) -> Option<Number> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > SHORT
        || matches!(
            digits,
            [] | [b'.', ..] | [.., b'.'] | [b'0', b'0'..=b'9', ..]
        )
    {
        return None;
    }
    let mut mantissa = 0i64;
    let mut places: Option<u32> = None;
    for byte in digits {
        match (byte, places) {
            (b'0'..=b'9', _) => {
                let digit = i64::from(byte.saturating_sub(b'0'));
                mantissa = mantissa.saturating_mul(10).saturating_add(digit);
                places = places.map(|places| places.saturating_add(1));
            }
            (b'.', None) => places = Some(0),
            _ => return None,
        }
    }
    let mut places = places.unwrap_or(0);
    if i64::from(places) > MAX_AFTER {
        return None;
    }
    while places > 0 && mantissa.checked_rem(10) == Some(0) {
        mantissa = mantissa.div_euclid(10);
        places = places.saturating_sub(1);
    }
    let signed = if negative {
        mantissa.saturating_neg()
    } else {
        mantissa
    };
    Some(Number::from_short(signed, places))
}

/// The powers of ten of the first and the last digit that is not 0; `None` where all are 0.
fn significant(parts: &Parts<'_>) -> Option<(i64, i64)> {
    let digits = || parts.whole.bytes().chain(parts.fraction.bytes());
    let first = digits().position(|digit| digit != b'0')?;
    let after_last = parts
        .fraction
        .bytes()
        .rev()
        .chain(parts.whole.bytes().rev())
        .position(|digit| digit != b'0')?;
    let top = parts
        .exponent
        .saturating_add(length(parts.whole))
        .saturating_sub(1);
    let bottom = parts.exponent.saturating_sub(length(parts.fraction));
    Some((
        top.saturating_sub(i64::try_from(first).unwrap_or(i64::MAX)),
        bottom.saturating_add(i64::try_from(after_last).unwrap_or(i64::MAX)),
    ))
}

/// The value of a number whose digits that count were found to be within the limits.
fn exact(parts: &Parts<'_>) -> Number {
    let mut mantissa: i128 = 0;
    let mut power = parts.exponent.saturating_add(length(parts.whole));
    for digit in parts.whole.bytes().chain(parts.fraction.bytes()) {
        power = power.saturating_sub(1);
        if power >= MAX_AFTER.saturating_neg() {
            mantissa = mantissa
                .saturating_mul(10)
                .saturating_add(i128::from(digit.saturating_sub(b'0')));
        }
    }
    // What is left are zeros up to the ninth place: `1e2` has one digit and stands at the power 2.
    let missing = if mantissa == 0 {
        0
    } else {
        power.saturating_add(MAX_AFTER).max(0)
    };
    let unit = 10i128.saturating_pow(u32::try_from(missing).unwrap_or(u32::MAX));
    let magnitude = mantissa.saturating_mul(unit);
    let signed = if parts.negative {
        magnitude.saturating_neg()
    } else {
        magnitude
    };
    Number::from_parts(signed, u32::try_from(MAX_AFTER).unwrap_or(0))
}

fn split(text: &str, with_exponent: bool) -> Result<Parts<'_>, NumberError> {
    refuse_strangers(text)?;
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, exponent) = match unsigned.split_once(['e', 'E']) {
        Some(_) if !with_exponent => return Err(NumberError::Exponent),
        Some((digits, exponent)) => (digits, read_exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = split_at_point(digits)?;
    Ok(Parts {
        negative,
        whole,
        fraction,
        exponent,
    })
}

/// Names what people write most: blanks, a plus, separators.
fn refuse_strangers(text: &str) -> Result<(), NumberError> {
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    if text.contains(char::is_whitespace) {
        return Err(NumberError::Blank);
    }
    if text.starts_with('+') {
        return Err(NumberError::Plus);
    }
    let digits_around = text.contains(|letter: char| letter.is_ascii_digit());
    if digits_around && text.contains(['_', ',', '\'']) {
        return Err(NumberError::Separator);
    }
    Ok(())
}

fn split_at_point(digits: &str) -> Result<(&str, &str), NumberError> {
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return Err(NumberError::Unfinished),
        Some(both) => both,
        None => (digits, ""),
    };
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(NumberError::NotANumber);
    }
    match whole.as_bytes() {
        [] => Err(NumberError::Unfinished),
        [b'0', _, ..] => Err(NumberError::LeadingZero),
        _ => Ok((whole, fraction)),
    }
}

/// An exponent, held at the ends of `i64`: those are far outside the limits in any case.
fn read_exponent(text: &str) -> Result<i64, NumberError> {
    let (negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    if digits.is_empty() {
        return Err(NumberError::Unfinished);
    }
    if !all_digits(digits) {
        return Err(NumberError::NotANumber);
    }
    let size = digits.bytes().fold(0i64, |sum, digit| {
        sum.saturating_mul(10)
            .saturating_add(i64::from(digit.saturating_sub(b'0')))
    });
    Ok(if negative {
        size.saturating_neg()
    } else {
        size
    })
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}
