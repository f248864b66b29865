//! Month ends, gaps and folds, and the ends of time.

use jiff::SignedDuration;

use super::{at, date, time, utc, zone};
use crate::value::instant::{NANOSECOND, resolve_by_offsets};
use crate::value::{
    EARLIEST_DATE, EARLIEST_INSTANT, LATEST_DATE, LATEST_INSTANT, Span, Zone, combine, date_of,
    shift_date, shift_instant, start_of_date, time_of, zone_database_version,
};

fn later(day: &str, span: Span) -> String {
    shift_date(date(day), &span).to_string()
}

#[test]
fn months_end_at_their_last_day() {
    assert_eq!(later("2026-01-31", Span::months(1)), "2026-02-28");
    assert_eq!(later("2028-01-31", Span::months(1)), "2028-02-29");
    assert_eq!(later("2026-03-31", Span::months(-1)), "2026-02-28");
    assert_eq!(later("2026-01-31", Span::months(-2)), "2025-11-30");
    assert_eq!(later("2028-02-29", Span::years(1)), "2029-02-28");
    assert_eq!(later("2028-02-29", Span::years(4)), "2032-02-29");
    assert_eq!(later("2026-12-15", Span::months(13)), "2028-01-15");
}

#[test]
fn months_come_before_days_and_exact_time_moves_no_date() {
    assert_eq!(
        later("2026-01-31", Span::months(1).add(&Span::days(1))),
        "2026-03-01"
    );
    assert_eq!(later("2026-01-31", Span::hours(48)), "2026-01-31");
    assert_eq!(later("2026-01-31", Span::weeks(-1)), "2026-01-24");
}

#[test]
fn dates_hold_at_their_ends() {
    for span in [
        Span::days(i64::MAX),
        Span::months(i64::MAX),
        Span::years(i64::MAX),
        Span::days(3_652_059),
    ] {
        assert_eq!(shift_date(date("2026-01-31"), &span), LATEST_DATE);
        assert_eq!(
            shift_date(date("2026-01-31"), &span.negate()),
            EARLIEST_DATE
        );
    }
    assert_eq!(
        shift_date(EARLIEST_DATE, &Span::days(3_652_058)),
        LATEST_DATE
    );
    assert_eq!(
        shift_date(LATEST_DATE, &Span::days(-3_652_058)),
        EARLIEST_DATE
    );
}

#[test]
fn instants_hold_at_their_ends() {
    for name in ["UTC", "America/New_York", "Pacific/Kiritimati"] {
        let zone = zone(name);
        for span in [
            Span::days(i64::MAX),
            Span::months(i64::MAX),
            Span::exact(i128::MAX),
            Span::years(9000),
        ] {
            assert_eq!(
                shift_instant(at("2026-01-31T00:00:00Z"), &span, &zone),
                LATEST_INSTANT
            );
            assert_eq!(
                shift_instant(at("2026-01-31T00:00:00Z"), &span.negate(), &zone),
                EARLIEST_INSTANT
            );
            assert_eq!(
                shift_instant(EARLIEST_INSTANT, &span.negate(), &zone),
                EARLIEST_INSTANT
            );
        }
        assert!(
            shift_instant(EARLIEST_INSTANT, &Span::days(3), &zone) < at("0001-01-06T00:00:00Z")
        );
        assert_eq!(
            combine(LATEST_DATE, time("23:59"), &Zone::utc()),
            LATEST_INSTANT
        );
        assert!(date_of(EARLIEST_INSTANT, &zone) == EARLIEST_DATE);
        assert!(date_of(LATEST_INSTANT, &zone) <= LATEST_DATE);
    }
    assert_eq!(utc(EARLIEST_INSTANT), "0001-01-01T00:00:00Z");
    assert_eq!(utc(LATEST_INSTANT), "9999-12-30T22:00:00.999999999Z");
}

/// A date and time of day in a zone, and the instant that is meant.
const GAPS_AND_FOLDS: &[(&str, &str, &str, &str)] = &[
    // The clocks go from 2 to 3 on 8 March, and from 2 to 1 on 1 November.
    (
        "America/New_York",
        "2026-03-08",
        "02:30",
        "2026-03-08T07:30:00Z",
    ),
    (
        "America/New_York",
        "2026-03-08",
        "03:00",
        "2026-03-08T07:00:00Z",
    ),
    (
        "America/New_York",
        "2026-11-01",
        "01:30",
        "2026-11-01T05:30:00Z",
    ),
    // From 2 to 3 on 29 March, and from 3 to 2 on 25 October.
    (
        "Europe/Berlin",
        "2026-03-29",
        "02:15",
        "2026-03-29T01:15:00Z",
    ),
    (
        "Europe/Berlin",
        "2026-10-25",
        "02:15",
        "2026-10-25T00:15:00Z",
    ),
    // Half an hour: from 2 to 2:30 on 4 October, and from 2 to 1:30 on 5 April.
    (
        "Australia/Lord_Howe",
        "2026-10-04",
        "02:15",
        "2026-10-03T15:45:00Z",
    ),
    (
        "Australia/Lord_Howe",
        "2026-04-05",
        "01:45",
        "2026-04-04T14:45:00Z",
    ),
    // Greenland's table of changes ends in that hour, which came once.
    (
        "America/Nuuk",
        "2023-10-28",
        "23:00",
        "2023-10-29T01:00:00Z",
    ),
    (
        "America/Nuuk",
        "2023-10-28",
        "22:30",
        "2023-10-29T00:30:00Z",
    ),
    // Samoa skipped 30 December 2011 whole.
    (
        "Pacific/Apia",
        "2011-12-30",
        "10:00",
        "2011-12-30T20:00:00Z",
    ),
    (
        "Pacific/Apia",
        "2011-12-31",
        "10:00",
        "2011-12-30T20:00:00Z",
    ),
];

#[test]
fn gaps_move_forward_and_folds_take_the_first() {
    for (name, day, clock, instant) in GAPS_AND_FOLDS {
        assert_eq!(
            utc(combine(date(day), time(clock), &zone(name))),
            *instant,
            "{name} {day} {clock}"
        );
    }
}

#[test]
fn shifting_by_days_keeps_the_wall_clock() {
    let berlin = zone("Europe/Berlin");
    let before = at("2026-03-28T02:30:00+01:00");
    assert_eq!(
        utc(shift_instant(before, &Span::days(1), &berlin)),
        "2026-03-29T01:30:00Z"
    );
    assert_eq!(
        utc(shift_instant(before, &Span::days(2), &berlin)),
        "2026-03-30T00:30:00Z"
    );
    let apia = zone("Pacific/Apia");
    let day_before = at("2011-12-29T10:00:00-10:00");
    assert_eq!(
        utc(shift_instant(day_before, &Span::days(1), &apia)),
        "2011-12-30T20:00:00Z"
    );
    assert_eq!(
        utc(shift_instant(day_before, &Span::days(2), &apia)),
        "2011-12-30T20:00:00Z"
    );
    assert_eq!(
        utc(shift_instant(day_before, &Span::days(3), &apia)),
        "2011-12-31T20:00:00Z"
    );
}

#[test]
fn exact_time_is_added_after_civil_time_and_leaves_a_fold_alone() {
    let new_york = zone("America/New_York");
    let second = at("2026-11-01T01:30:00-05:00");
    assert_eq!(shift_instant(second, &Span::ZERO, &new_york), second);
    assert_eq!(
        utc(shift_instant(second, &Span::minutes(5), &new_york)),
        "2026-11-01T06:35:00Z"
    );
    let span = Span::days(1).add(&Span::hours(1));
    assert_eq!(
        utc(shift_instant(
            at("2026-03-07T02:30:00-05:00"),
            &span,
            &new_york
        )),
        "2026-03-08T08:30:00Z"
    );
}

#[test]
fn a_day_starts_at_its_first_instant() {
    let start = |name: &str, day: &str| utc(start_of_date(date(day), &zone(name)));
    assert_eq!(start("UTC", "2026-03-08"), "2026-03-08T00:00:00Z");
    assert_eq!(
        start("America/New_York", "2026-03-08"),
        "2026-03-08T05:00:00Z"
    );
    // Midnight does not exist.
    assert_eq!(
        start("America/Sao_Paulo", "2018-11-04"),
        "2018-11-04T03:00:00Z"
    );
    assert_eq!(start("Asia/Beirut", "2026-03-29"), "2026-03-28T22:00:00Z");
    // Midnight comes twice: in Havana the clocks go from 1 to 0.
    assert_eq!(
        start("America/Havana", "2026-11-01"),
        "2026-11-01T04:00:00Z"
    );
    // A date that was skipped starts where the next does.
    assert_eq!(start("Pacific/Apia", "2011-12-30"), "2011-12-30T10:00:00Z");
    assert_eq!(start("Pacific/Apia", "2011-12-31"), "2011-12-30T10:00:00Z");
    // From 23:30 to 0:30: Toronto in 1919.
    assert_eq!(
        start("America/Toronto", "1919-03-31"),
        "1919-03-31T04:30:00Z"
    );
}

#[test]
fn every_zone_and_change_of_a_century_keeps_its_rules() {
    for name in Zone::all_names() {
        let zone = zone(&name);
        let changes = zone.rules().following(at("1970-01-01T00:00:00Z"));
        for change in changes.take_while(|change| change.timestamp() < at("2038-01-01T00:00:00Z")) {
            for minutes in [-90, -30, -1, 0, 1, 30, 90] {
                let instant = shift_instant(change.timestamp(), &Span::minutes(minutes), &zone);
                let (day, clock) = (date_of(instant, &zone), time_of(instant, &zone));
                // A wall-clock time that exists is read back as the first instant that shows it.
                let first = combine(day, clock, &zone);
                assert!(first <= instant, "{name} {instant}");
                assert_eq!(
                    (date_of(first, &zone), time_of(first, &zone)),
                    (day, clock),
                    "{name} {instant}"
                );
                let start = start_of_date(day, &zone);
                assert!(start <= instant, "{name} {instant}");
                assert_eq!(date_of(start, &zone), day, "{name} {instant}");
                let before = shift_instant(start, &Span::exact(-1), &zone);
                assert!(date_of(before, &zone) < day, "{name} {instant}");
            }
        }
    }
}

#[test]
fn two_ways_to_an_instant_agree_around_every_change() {
    for name in Zone::all_names() {
        let zone = zone(&name);
        let changes = zone.rules().following(at("1970-01-01T00:00:00Z"));
        for change in changes.take_while(|change| change.timestamp() < at("2038-01-01T00:00:00Z")) {
            let clock = change.offset().to_datetime(change.timestamp());
            for minutes in [
                -150, -90, -61, -60, -59, -30, -15, -1, 0, 1, 15, 30, 59, 60, 61, 90, 150,
            ] {
                let local = clock
                    .checked_add(SignedDuration::from_mins(minutes))
                    .unwrap();
                let other = resolve_by_offsets(local, &zone).unwrap();
                assert_eq!(
                    combine(local.date(), local.time(), &zone),
                    other,
                    "{name} {local}"
                );
            }
        }
    }
}

#[test]
fn at_every_change_gaps_move_forward_by_their_length_and_folds_take_the_first() {
    let (mut gaps, mut folds) = (0, 0);
    for name in Zone::all_names() {
        let zone = zone(&name);
        let changes = zone.rules().following(at("1970-01-01T00:00:00Z"));
        for change in changes.take_while(|change| change.timestamp() < at("2038-01-01T00:00:00Z")) {
            let change_at = change.timestamp();
            let old = zone.rules().to_offset(change_at - NANOSECOND);
            let new = zone.rules().to_offset(change_at);
            let length = i64::from(new.seconds() - old.seconds());
            let old_clock = old.to_datetime(change_at);
            // Every quarter of the gap or fold, its ends included.
            for quarter in 0..=4 {
                let into = SignedDuration::from_secs(length.abs() * quarter / 4);
                let from = if length < 0 { new } else { old };
                let local = from.to_datetime(change_at).checked_add(into).unwrap();
                let found = combine(local.date(), local.time(), &zone);
                let expected = if length >= 0 {
                    // In a gap: as if the old clocks had gone on.
                    let wanted = if quarter == 4 {
                        SignedDuration::ZERO
                    } else {
                        into
                    };
                    gaps += 1;
                    change_at + wanted
                } else {
                    // The first pass: so long before the change as the clock is behind its end.
                    folds += 1;
                    if quarter == 4 {
                        change_at - SignedDuration::from_secs(length)
                    } else {
                        change_at + SignedDuration::from_secs(length) + into
                    }
                };
                assert_eq!(found, expected, "{name} {old_clock} {local}");
            }
        }
    }
    assert!(gaps > 50_000 && folds > 50_000, "{gaps} {folds}");
}

#[test]
fn days_at_the_ends_of_time_have_a_start() {
    for name in ["UTC", "America/New_York", "Pacific/Kiritimati"] {
        assert!(start_of_date(LATEST_DATE, &zone(name)) > at("9999-12-30T09:00:00Z"));
        assert!(start_of_date(EARLIEST_DATE, &zone(name)) < at("0001-01-02T00:00:00Z"));
    }
}

#[test]
fn zones_go_by_iana_names() {
    assert_eq!(zone("Etc/UTC").name(), "Etc/UTC");
    assert_eq!(Zone::utc(), zone("UTC"));
    for wrong in [
        "",
        "utc",
        "EUROPE/BERLIN",
        "Etc/Unknown",
        "Factory",
        "Local",
        "+01:00",
        "../etc",
    ] {
        assert!(Zone::named(wrong).is_none(), "{wrong}");
    }
    assert!(Zone::all_names().len() > 400);
    assert!(zone_database_version().starts_with("20"));
}
