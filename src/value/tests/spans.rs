//! Lengths of time, in words and in ISO 8601.

use std::cmp::Ordering;

use crate::value::{Number, Span, SpanError, parse_duration, parse_period};

#[test]
fn spans_print_as_people_write_them() {
    let cases = [
        (Span::days(30), "30 days"),
        (Span::hours(2), "2 hours"),
        (Span::months(1), "1 month"),
        (Span::minutes(90), "1 hour 30 minutes"),
        (Span::weeks(2), "14 days"),
        (Span::months(14), "1 year 2 months"),
        (Span::hours(36), "36 hours"),
        (Span::exact(1_500_000_000), "1.5 seconds"),
        (Span::seconds(1), "1 second"),
        (Span::ZERO, "0 minutes"),
        (Span::hours(-2), "minus 2 hours"),
        (Span::months(1).sub(&Span::days(2)), "1 month minus 2 days"),
    ];
    for (span, text) in cases {
        assert_eq!(span.to_string(), text);
    }
}

#[test]
fn iso_8601_is_read_and_written() {
    let cases = [
        ("P1Y2M3D", Span::months(14).add(&Span::days(3))),
        ("PT2H30M", Span::minutes(150)),
        ("P1DT1H", Span::days(1).add(&Span::hours(1))),
        ("PT0.000000001S", Span::exact(1)),
        ("PT1.5S", Span::exact(1_500_000_000)),
        ("-P1M", Span::months(-1)),
        ("-PT1H30M", Span::minutes(-90)),
    ];
    for (text, span) in cases {
        assert_eq!(parse_period(text), Ok(span), "{text}");
        assert_eq!(span.to_iso(), text);
    }
    assert_eq!(parse_period("P1W2D"), Ok(Span::days(9)));
    assert_eq!(parse_duration("PT90M"), Ok(Span::minutes(90)));
    assert_eq!(parse_duration("PT0S"), Ok(Span::ZERO));
    assert_eq!(Span::ZERO.to_iso(), "PT0S");
    assert_eq!(Span::months(1).sub(&Span::days(2)).to_iso(), "P1M-2D");
}

#[test]
fn other_text_is_refused_with_its_reason() {
    let cases = [
        ("", SpanError::NotASpan),
        ("P", SpanError::NotASpan),
        ("PT", SpanError::NotASpan),
        ("P1DT", SpanError::NotASpan),
        ("p1d", SpanError::NotASpan),
        ("P1", SpanError::NotASpan),
        ("PD", SpanError::NotASpan),
        ("P1H", SpanError::NotASpan),
        ("P+1D", SpanError::NotASpan),
        ("P 1D", SpanError::NotASpan),
        ("P1é", SpanError::NotASpan),
        ("30 days", SpanError::NotASpan),
        ("PT1S1H", SpanError::Order),
        ("P1D1D", SpanError::Order),
        ("P1.5D", SpanError::Fraction),
        ("PT1.S", SpanError::NotASpan),
        ("PT.5S", SpanError::NotASpan),
        ("PT1.2.3S", SpanError::NotASpan),
        ("PT1.0000000001S", SpanError::TooManyDigits),
        ("P9999999999Y", SpanError::TooManyDigits),
    ];
    for (text, error) in cases {
        assert_eq!(parse_period(text), Err(error), "{text}");
    }
    assert_eq!(parse_duration("P1D"), Err(SpanError::NotExact));
    assert_eq!(parse_duration("P1DT1H"), Err(SpanError::NotExact));
}

#[test]
fn exact_lengths_alone_have_an_order() {
    assert_eq!(
        Span::hours(24).compare(&Span::minutes(1)),
        Some(Ordering::Greater)
    );
    assert_eq!(Span::hours(24).compare(&Span::days(1)), None);
    assert!(Span::hours(24).is_exact() && !Span::days(1).is_exact());
}

#[test]
fn nothing_overflows() {
    let large = Span::years(i64::MAX)
        .add(&Span::weeks(i64::MAX))
        .add(&Span::exact(i128::MAX));
    let doubled = large.add(&large).negate().negate();
    assert_eq!(doubled.months, i64::MAX);
    assert_eq!(large.times(&Number::from_i64(i64::MIN)).days, i64::MIN);
    assert!(!large.to_string().is_empty() && !large.negate().to_iso().is_empty());
    assert_eq!(
        Span::hours(3).times(&Number::from_parts(5, 1)),
        Span::minutes(90)
    );
}
