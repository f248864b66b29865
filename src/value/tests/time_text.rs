//! The strict forms of dates, times and instants.

use super::{at, utc};
use crate::value::{
    TimeError, from_epoch_milliseconds, from_epoch_seconds, parse_date, parse_instant, parse_time,
};

#[test]
fn instants_are_read_with_their_offset() {
    let cases = [
        ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),
        ("2026-11-23T10:00:00+05:30", "2026-11-23T04:30:00Z"),
        ("2026-11-23T10:00:00-00:00", "2026-11-23T10:00:00Z"),
        ("2026-11-23T10:00:00.250Z", "2026-11-23T10:00:00.25Z"),
        (
            "2026-11-23T10:00:00.123456789Z",
            "2026-11-23T10:00:00.123456789Z",
        ),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-30T22:00:00Z", "9999-12-30T22:00:00Z"),
        ("9999-12-31T12:00:00+23:59", "9999-12-30T12:01:00Z"),
    ];
    for (text, expected) in cases {
        assert_eq!(utc(at(text)), expected, "{text}");
    }
}

#[test]
fn other_instants_are_refused_with_their_reason() {
    let cases = [
        ("2026-11-23T10:00:00", TimeError::NoOffset),
        ("2026-11-23t10:00:00Z", TimeError::SmallLetter),
        ("2026-11-23T10:00:00z", TimeError::SmallLetter),
        ("2026-11-23 10:00:00Z", TimeError::NotAnInstant),
        ("2026-11-23", TimeError::NotAnInstant),
        ("2026-11-23T10:00Z", TimeError::NotAnInstant),
        ("2026-11-23T10:00:60Z", TimeError::LeapSecond),
        ("2026-11-23T24:00:00Z", TimeError::TwentyFour),
        ("2026-11-23T25:00:00Z", TimeError::NoSuchTime),
        ("2026-11-31T10:00:00Z", TimeError::NoSuchDate),
        ("2026-11-23T10:00:00+0100", TimeError::NotAnInstant),
        ("2026-11-23T10:00:00+24:00", TimeError::NotAnInstant),
        ("2026-11-23T10:00:00+01:60", TimeError::NotAnInstant),
        ("2026-11-23T10:00:00+01", TimeError::NotAnInstant),
        ("2026-11-23T10:00:00Z[UTC]", TimeError::NoOffset),
        ("2026-11-23T10:00:00.Z", TimeError::NotATime),
        ("2026-11-23T10:00:00.1234567890Z", TimeError::TooManyPlaces),
        ("2026-11-23T10:00:00,5Z", TimeError::NotATime),
        ("0000-01-01T00:00:00Z", TimeError::OutOfRange),
        ("0001-01-01T00:00:00+01:00", TimeError::OutOfRange),
        ("9999-12-31T23:59:59Z", TimeError::OutOfRange),
        ("12026-01-01T00:00:00Z", TimeError::NotADate),
        ("-2026-01-01T00:00:00Z", TimeError::NotADate),
        ("", TimeError::NotAnInstant),
        ("é", TimeError::NotAnInstant),
    ];
    for (text, error) in cases {
        assert_eq!(parse_instant(text), Err(error), "{text}");
    }
}

#[test]
fn dates_and_times_have_one_form() {
    assert_eq!(parse_date("2028-02-29").unwrap().to_string(), "2028-02-29");
    assert_eq!(parse_date("0000-01-01"), Err(TimeError::OutOfRange));
    assert_eq!(parse_date("2026-13-01"), Err(TimeError::NoSuchDate));
    for text in [
        "2026-2-1",
        "20260201",
        "2026-02-01 ",
        "2026/02/01",
        "",
        "٢٠٢٦-٠٢-٠١",
    ] {
        assert_eq!(parse_date(text), Err(TimeError::NotADate), "{text}");
    }
    assert_eq!(
        parse_time("09:30:15.5").unwrap().subsec_nanosecond(),
        500_000_000
    );
    for text in [
        "9:30",
        "0930",
        "09:30.5",
        "09:30:1",
        "09:30:15.",
        "09:30pm",
        "",
        "09:30:15.+1",
    ] {
        assert_eq!(parse_time(text), Err(TimeError::NotATime), "{text}");
    }
    assert_eq!(parse_time("24:00"), Err(TimeError::TwentyFour));
    assert_eq!(parse_time("09:60"), Err(TimeError::NoSuchTime));
    assert_eq!(parse_time("09:30:60"), Err(TimeError::LeapSecond));
}

#[test]
fn the_epoch_is_counted_within_the_years_that_dates_have() {
    assert_eq!(
        from_epoch_seconds(1_795_428_000).map(utc).as_deref(),
        Some("2026-11-23T10:00:00Z")
    );
    assert_eq!(
        from_epoch_milliseconds(-1).map(utc).as_deref(),
        Some("1969-12-31T23:59:59.999Z")
    );
    assert_eq!(from_epoch_seconds(-62_135_596_801), None);
    assert_eq!(from_epoch_seconds(i64::MAX), None);
    assert_eq!(from_epoch_milliseconds(i64::MIN), None);
}
