//! The strict forms of dates, times and instants as text.
//!
//! Input: untrusted text. Output: a value in the years 1 to 9999, or what is wrong.
//! Invariants: one form each (ISO 8601's extended form, RFC 3339 for instants); nothing is guessed, rounded or
//! held at an end; no text is repeated in an error, as it may be private.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::instant::within;

/// What is wrong with the text of a date, a time or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeError {
    /// Not the form of a date.
    NotADate,
    /// A date that no calendar has, such as 30 February.
    NoSuchDate,
    /// Not the form of a time.
    NotATime,
    /// A time that no clock shows, such as 25:00.
    NoSuchTime,
    /// 24:00.
    TwentyFour,
    /// A sixtieth second.
    LeapSecond,
    /// More than 9 digits of a second.
    TooManyPlaces,
    /// Not the form of an instant.
    NotAnInstant,
    /// An instant without `Z` or an offset.
    NoOffset,
    /// `t` or `z`.
    SmallLetter,
    /// Outside the years 1 to 9999.
    OutOfRange,
}

impl fmt::Display for TimeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            TimeError::NotADate => "this is not a date; write one like `2026-11-30`",
            TimeError::NoSuchDate => "there is no such date; check the month and the day",
            TimeError::NotATime => "this is not a time of day; write one like `09:30` or `09:30:15`",
            TimeError::NoSuchTime => "there is no such time of day; hours end at 23, minutes and seconds at 59",
            TimeError::TwentyFour => "a day ends before `24:00`; write `00:00` of the next day",
            TimeError::LeapSecond => "a minute has the seconds 0 to 59; write `:59` for a leap second",
            TimeError::TooManyPlaces => "a second has at most 9 digits after the point",
            TimeError::NotAnInstant => "this is not an instant; write one like `2026-11-30T09:30:00Z`",
            TimeError::NoOffset => "the offset is missing; end it with `Z`, or with one like `+01:00`",
            TimeError::SmallLetter => "`T` and `Z` are capitals; write `2026-11-30T09:30:00Z`",
            TimeError::OutOfRange => {
                "this lies outside the years that can be held; instants go from `0001-01-01T00:00:00Z` to `9999-12-30T22:00:00Z`"
            }
        })
    }
}

impl std::error::Error for TimeError {}

/// Reads `YYYY-MM-DD`, the years 0001 to 9999.
///
/// # Errors
/// What is wrong with the text.
///
/// ```
/// use courtesy::value::{TimeError, parse_date};
///
/// assert_eq!(parse_date("2026-02-28").unwrap().to_string(), "2026-02-28");
/// assert_eq!(parse_date("2026-02-29"), Err(TimeError::NoSuchDate));
/// assert_eq!(parse_date("28.2.2026"), Err(TimeError::NotADate));
/// ```
pub fn parse_date(text: &str) -> Result<Date, TimeError> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = *text.as_bytes() else {
        return Err(TimeError::NotADate);
    };
    let year = digits(&[a, b, c, d]).ok_or(TimeError::NotADate)?;
    let month = digits(&[e, f]).ok_or(TimeError::NotADate)?;
    let day = digits(&[g, h]).ok_or(TimeError::NotADate)?;
    if year == 0 {
        return Err(TimeError::OutOfRange);
    }
    let year = i16::try_from(year).map_err(|_| TimeError::OutOfRange)?;
    Date::new(year, small(month), small(day)).map_err(|_| TimeError::NoSuchDate)
}

/// Reads `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f` with up to 9 digits.
///
/// # Errors
/// What is wrong with the text.
///
/// ```
/// use courtesy::value::{TimeError, parse_time};
///
/// assert_eq!(parse_time("09:30").unwrap().minute(), 30);
/// assert_eq!(parse_time("24:00"), Err(TimeError::TwentyFour));
/// ```
pub fn parse_time(text: &str) -> Result<Time, TimeError> {
    let (clock, fraction) = match text.split_once('.') {
        Some((clock, fraction)) => (clock, nanoseconds(fraction)?),
        None => (text, 0),
    };
    match *clock.as_bytes() {
        [a, b, b':', c, d] if !text.contains('.') => time([&[a, b], &[c, d], b"00"], 0),
        [a, b, b':', c, d, b':', e, f] => time([&[a, b], &[c, d], &[e, f]], fraction),
        _ => Err(TimeError::NotATime),
    }
}

fn time(parts: [&[u8]; 3], nanosecond: i32) -> Result<Time, TimeError> {
    let [hour, minute, second] = parts.map(digits);
    let hour = hour.ok_or(TimeError::NotATime)?;
    let minute = minute.ok_or(TimeError::NotATime)?;
    let second = second.ok_or(TimeError::NotATime)?;
    if hour == 24 {
        return Err(TimeError::TwentyFour);
    }
    if second == 60 {
        return Err(TimeError::LeapSecond);
    }
    Time::new(small(hour), small(minute), small(second), nanosecond)
        .map_err(|_| TimeError::NoSuchTime)
}

fn nanoseconds(fraction: &str) -> Result<i32, TimeError> {
    let places = u32::try_from(fraction.len()).map_err(|_| TimeError::TooManyPlaces)?;
    let missing = 9u32.checked_sub(places).ok_or(TimeError::TooManyPlaces)?;
    let number = digits(fraction.as_bytes())
        .filter(|_| places > 0)
        .ok_or(TimeError::NotATime)?;
    i32::try_from(number.saturating_mul(10u32.saturating_pow(missing)))
        .map_err(|_| TimeError::NotATime)
}

/// Reads an instant of RFC 3339: `YYYY-MM-DDTHH:MM:SS[.f]` and `Z` or `+HH:MM`.
///
/// Stricter than the RFC where it leaves a choice: capitals only, a `T` between date and time, no second 60.
///
/// # Errors
/// What is wrong with the text.
///
/// ```
/// use courtesy::value::{TimeError, parse_instant};
///
/// assert!(parse_instant("2026-11-23T10:00:00+01:00").is_ok());
/// assert_eq!(parse_instant("2026-11-23T10:00:00"), Err(TimeError::NoOffset));
/// assert_eq!(parse_instant("2026-11-23T10:00:60Z"), Err(TimeError::LeapSecond));
/// ```
pub fn parse_instant(text: &str) -> Result<Timestamp, TimeError> {
    if text.starts_with(|first: char| first.is_ascii_digit()) && text.contains(['t', 'z']) {
        return Err(TimeError::SmallLetter);
    }
    let (date, rest) = text.split_once('T').ok_or(TimeError::NotAnInstant)?;
    let date = parse_date(date)?;
    let (clock, offset) = split_offset(rest)?;
    if clock.len() < "HH:MM:SS".len() {
        return Err(TimeError::NotAnInstant);
    }
    let local = date.to_datetime(parse_time(clock)?);
    let instant = offset
        .to_timestamp(local)
        .map_err(|_| TimeError::OutOfRange)?;
    within(instant).ok_or(TimeError::OutOfRange)
}

fn split_offset(text: &str) -> Result<(&str, Offset), TimeError> {
    if let Some(clock) = text.strip_suffix('Z') {
        return Ok((clock, Offset::UTC));
    }
    let at = text.find(['+', '-']).ok_or(TimeError::NoOffset)?;
    let (clock, offset) = text.split_at_checked(at).ok_or(TimeError::NotAnInstant)?;
    Ok((clock, read_offset(offset).ok_or(TimeError::NotAnInstant)?))
}

/// `+HH:MM`, up to 23:59.
fn read_offset(text: &str) -> Option<Offset> {
    let [sign, a, b, b':', c, d] = *text.as_bytes() else {
        return None;
    };
    let hours = digits(&[a, b]).filter(|hours| *hours < 24)?;
    let minutes = digits(&[c, d]).filter(|minutes| *minutes < 60)?;
    let seconds = i32::try_from(
        hours
            .saturating_mul(60)
            .saturating_add(minutes)
            .saturating_mul(60),
    )
    .ok()?;
    Offset::from_seconds(if sign == b'-' {
        seconds.saturating_neg()
    } else {
        seconds
    })
    .ok()
}

/// The number that up to nine digits stand for.
fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |sum, byte| {
        let digit = byte.is_ascii_digit().then(|| byte.saturating_sub(b'0'))?;
        Some(sum.saturating_mul(10).saturating_add(u32::from(digit)))
    })
}

/// A two-digit number; its range is checked where it is used.
fn small(number: u32) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}
