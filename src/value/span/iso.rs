//! ISO 8601's form of lengths of time, read and written.
//!
//! Input: untrusted text such as `P1Y2M3D` and `PT2H30M`. Output: a [`Span`], or what is wrong.
//! Invariants: units stand once each, largest first; a number has at most 9 digits, so nothing overflows; only
//! seconds have a fraction. A length that runs backwards has a `-` in front, as ISO 8601-2 has it.

use std::fmt;
use std::fmt::Write as _;

use super::{SECOND, Span, Units};

/// What is wrong with the text of a length of time. The text itself is not repeated: it may be private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanError {
    /// Not the form of ISO 8601.
    NotASpan,
    /// Units twice or in another order.
    Order,
    /// Years, months, weeks or days where exact time is asked.
    NotExact,
    /// A fraction of something else than seconds.
    Fraction,
    /// More than 9 digits before or after the point.
    TooManyDigits,
}

impl fmt::Display for SpanError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            SpanError::NotASpan => {
                "this is not a length of time; write one like `PT2H30M` or `P1Y2M3D`"
            }
            SpanError::Order => {
                "each unit stands once and the largest first; write `P1Y2M3DT4H5M6S`"
            }
            SpanError::NotExact => {
                "a duration has no years, months, weeks or days; write `PT24H`, not `P1D`"
            }
            SpanError::Fraction => "only seconds have a fraction; write `PT1H30M`, not `PT1.5H`",
            SpanError::TooManyDigits => {
                "a number in a length of time has at most 9 digits on each side of the point"
            }
        })
    }
}

impl std::error::Error for SpanError {}

/// Reads an exact length: hours, minutes and seconds.
///
/// # Errors
/// What is wrong with the text; days and more are refused, as they are not equally long everywhere.
///
/// ```
/// use courtesy::value::{Span, SpanError, parse_duration};
///
/// assert_eq!(parse_duration("PT2H30M"), Ok(Span::minutes(150)));
/// assert_eq!(parse_duration("P1D"), Err(SpanError::NotExact));
/// ```
pub fn parse_duration(text: &str) -> Result<Span, SpanError> {
    let (date, time) = parts(text)?;
    if !date.is_empty() {
        return Err(SpanError::NotExact);
    }
    Ok(signed(text, read(time, &TIME_UNITS)?))
}

/// Reads a civil length: years, months, weeks and days, and exact time after a `T`.
///
/// # Errors
/// What is wrong with the text.
///
/// ```
/// use courtesy::value::{Span, parse_period};
///
/// assert_eq!(parse_period("P1Y2M3D"), Ok(Span::months(14).add(&Span::days(3))));
/// assert_eq!(parse_period("P2W"), Ok(Span::days(14)));
/// ```
pub fn parse_period(text: &str) -> Result<Span, SpanError> {
    let (date, time) = parts(text)?;
    let civil = read(date, &DATE_UNITS)?;
    Ok(signed(text, civil.add(&read(time, &TIME_UNITS)?)))
}

type Unit = (u8, fn(i64) -> Span);
const DATE_UNITS: [Unit; 4] = [
    (b'Y', Span::years),
    (b'M', Span::months),
    (b'W', Span::weeks),
    (b'D', Span::days),
];
const TIME_UNITS: [Unit; 3] = [
    (b'H', Span::hours),
    (b'M', Span::minutes),
    (b'S', Span::seconds),
];

fn signed(text: &str, span: Span) -> Span {
    if text.starts_with('-') {
        span.negate()
    } else {
        span
    }
}

/// What stands before and after the `T`.
fn parts(text: &str) -> Result<(&str, &str), SpanError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let body = unsigned.strip_prefix('P').ok_or(SpanError::NotASpan)?;
    match body.split_once('T') {
        Some((_, "")) => Err(SpanError::NotASpan),
        Some(both) => Ok(both),
        None if body.is_empty() => Err(SpanError::NotASpan),
        None => Ok((body, "")),
    }
}

fn read(mut text: &str, units: &[Unit]) -> Result<Span, SpanError> {
    let mut left = units;
    let mut total = Span::ZERO;
    while !text.is_empty() {
        let end = text
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .ok_or(SpanError::NotASpan)?;
        let (count, rest) = text.split_at_checked(end).ok_or(SpanError::NotASpan)?;
        let letter = rest.bytes().next().ok_or(SpanError::NotASpan)?;
        let place = find_unit(left, units, letter)?;
        let unit = left.get(place).ok_or(SpanError::Order)?;
        total = total.add(&amount(count, *unit)?);
        left = left.get(place.saturating_add(1)..).unwrap_or(&[]);
        text = rest.get(1..).ok_or(SpanError::NotASpan)?;
    }
    Ok(total)
}

/// The place of a unit among those that may still come.
fn find_unit(left: &[Unit], all: &[Unit], letter: u8) -> Result<usize, SpanError> {
    let place = |units: &[Unit]| units.iter().position(|unit| unit.0 == letter);
    match place(left) {
        Some(found) => Ok(found),
        None if place(all).is_some() => Err(SpanError::Order),
        None => Err(SpanError::NotASpan),
    }
}

fn amount(count: &str, (letter, make): Unit) -> Result<Span, SpanError> {
    let Some((whole, fraction)) = count.split_once('.') else {
        return Ok(make(digits(count)?));
    };
    if letter != b'S' {
        return Err(SpanError::Fraction);
    }
    let width = u32::try_from(fraction.len()).map_err(|_| SpanError::TooManyDigits)?;
    let places = 9u32.checked_sub(width).ok_or(SpanError::TooManyDigits)?;
    let nanoseconds = i128::from(digits(fraction)?).saturating_mul(10i128.saturating_pow(places));
    Ok(make(digits(whole)?).add(&Span::exact(nanoseconds)))
}

fn digits(text: &str) -> Result<i64, SpanError> {
    if text.len() > 9 {
        return Err(SpanError::TooManyDigits);
    }
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain {
        text.parse().map_err(|_| SpanError::NotASpan)
    } else {
        Err(SpanError::NotASpan)
    }
}

impl Span {
    /// ISO 8601's form: `P1Y2M3D`, `PT2H30M`; no time at all is `PT0S`.
    ///
    /// A length all of which runs backwards has a `-` in front; where only a part does, the sign stands at that
    /// part's numbers, as ISO 8601-2 has it.
    pub fn to_iso(&self) -> String {
        if *self == Span::ZERO {
            return "PT0S".to_owned();
        }
        let forwards = self.months > 0 || self.days > 0 || self.nanoseconds > 0;
        let whole = self.runs_backwards() && !forwards;
        let sign = |negative: bool| if negative && !whole { "-" } else { "" };
        let mut out = String::from(if whole { "-P" } else { "P" });
        let units = Units::of(self);
        let months = sign(self.months < 0);
        write_unit(&mut out, months, &units.years.to_string(), 'Y');
        write_unit(&mut out, months, &units.months.to_string(), 'M');
        write_unit(&mut out, sign(self.days < 0), &units.days.to_string(), 'D');
        if self.nanoseconds.unsigned_abs() > 0 {
            out.push('T');
            let exact = sign(self.nanoseconds < 0);
            write_unit(&mut out, exact, &units.hours.to_string(), 'H');
            write_unit(&mut out, exact, &units.minutes.to_string(), 'M');
            write_unit(&mut out, exact, &units.seconds_text(), 'S');
        }
        out
    }
}

fn write_unit(out: &mut String, sign: &str, count: &str, unit: char) {
    if count != "0" {
        // Writing to a string does not fail.
        let _ = write!(out, "{sign}{count}{unit}");
    }
}

const _: () = assert!(
    SECOND == 1_000_000_000,
    "nine digits of a fraction are nanoseconds"
);
