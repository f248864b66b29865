//! Whole units between two moments.

use super::{Random, at, date, zone};
use crate::value::{
    CountUnit, EARLIEST_DATE, EARLIEST_INSTANT, LATEST_DATE, LATEST_INSTANT, Span, Timestamp, Zone,
    count_between_dates, count_between_instants, shift_instant,
};

fn dates(unit: CountUnit, a: &str, b: &str) -> i64 {
    count_between_dates(unit, date(a), date(b))
}

fn instants(unit: CountUnit, a: &str, b: &str, name: &str) -> i64 {
    count_between_instants(unit, at(a), at(b), &zone(name))
}

#[test]
fn dates_are_counted_in_whole_units() {
    assert_eq!(dates(CountUnit::Days, "2026-02-28", "2026-03-01"), 1);
    assert_eq!(dates(CountUnit::Weeks, "2026-11-01", "2026-11-14"), 1);
    assert_eq!(dates(CountUnit::Weeks, "2026-11-01", "2026-11-15"), 2);
    assert_eq!(dates(CountUnit::Months, "2026-01-31", "2026-02-27"), 0);
    assert_eq!(dates(CountUnit::Months, "2026-01-31", "2026-02-28"), 1);
    assert_eq!(dates(CountUnit::Months, "2026-02-28", "2026-01-31"), -1);
    assert_eq!(dates(CountUnit::Years, "2024-02-29", "2026-02-28"), 2);
    assert_eq!(dates(CountUnit::Years, "2026-11-23", "2027-11-22"), 0);
}

#[test]
fn hours_and_minutes_are_exact_and_dropped_towards_zero() {
    let (a, b) = ("2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00");
    assert_eq!(instants(CountUnit::Hours, a, b, "America/New_York"), 23);
    assert_eq!(instants(CountUnit::Hours, b, a, "America/New_York"), -23);
    assert_eq!(
        instants(
            CountUnit::Minutes,
            "2026-03-08T00:00:00Z",
            "2026-03-08T00:01:59.9Z",
            "UTC"
        ),
        1
    );
    assert_eq!(
        instants(
            CountUnit::Minutes,
            "2026-03-08T00:01:59.9Z",
            "2026-03-08T00:00:00Z",
            "UTC"
        ),
        -1
    );
}

#[test]
fn days_are_those_of_the_zone() {
    let (a, b) = ("2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00");
    assert_eq!(instants(CountUnit::Days, a, b, "America/New_York"), 1);
    assert_eq!(instants(CountUnit::Days, a, b, "UTC"), 0);
    // Half past two does not exist on the 8th and moves to half past three.
    let (a, b) = ("2026-03-07T02:30:00-05:00", "2026-03-08T03:29:00-04:00");
    assert_eq!(instants(CountUnit::Days, a, b, "America/New_York"), 0);
    // The 30th was skipped: two days later is one day of 24 hours later.
    let (a, b) = ("2011-12-29T10:00:00-10:00", "2011-12-31T10:00:00+14:00");
    assert_eq!(instants(CountUnit::Days, a, b, "Pacific/Apia"), 2);
}

#[test]
fn the_ends_of_time_do_not_count_beyond() {
    assert_eq!(
        count_between_dates(CountUnit::Days, EARLIEST_DATE, LATEST_DATE),
        3_652_058
    );
    assert_eq!(
        count_between_dates(CountUnit::Years, EARLIEST_DATE, LATEST_DATE),
        9998
    );
    assert_eq!(
        count_between_dates(CountUnit::Minutes, EARLIEST_DATE, EARLIEST_DATE),
        0
    );
    let utc = Zone::utc();
    assert_eq!(
        count_between_instants(CountUnit::Days, EARLIEST_INSTANT, LATEST_INSTANT, &utc),
        3_652_057
    );
    assert_eq!(
        count_between_instants(CountUnit::Days, LATEST_INSTANT, LATEST_INSTANT, &utc),
        0
    );
}

/// The definition, step by step.
fn slowly(span: fn(i64) -> Span, a: Timestamp, b: Timestamp, zone: &Zone) -> i64 {
    let mut count = 0;
    for next in 1..4_000 {
        if shift_instant(a, &span(next), zone) > b {
            return count;
        }
        count = next;
    }
    count
}

#[test]
fn counting_is_the_definition() {
    let mut random = Random(11);
    let units = [
        (CountUnit::Days, Span::days as fn(i64) -> Span),
        (CountUnit::Weeks, Span::weeks),
        (CountUnit::Months, Span::months),
        (CountUnit::Years, Span::years),
    ];
    for name in [
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/Havana",
    ] {
        let zone = zone(name);
        let base = at("2011-01-01T00:00:00Z");
        for _ in 0..40 {
            let a = shift_instant(base, &Span::minutes(random.below(600_000)), &zone);
            let b = shift_instant(a, &Span::minutes(random.below(800_000)), &zone);
            for (unit, span) in units {
                let count = count_between_instants(unit, a, b, &zone);
                assert_eq!(count, slowly(span, a, b, &zone), "{name} {unit:?} {a} {b}");
                assert_eq!(count_between_instants(unit, b, a, &zone), -count);
            }
        }
    }
}
