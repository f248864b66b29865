//! Working days and hours, at their edges by hand and against a minute-by-minute count.

use std::sync::Arc;

use super::{Random, at, date, time, utc, zone};
use crate::value::{
    Date, EARLIEST_DATE, EARLIEST_INSTANT, LATEST_DATE, LATEST_INSTANT, Span, Timestamp, Weekday,
    WorkingTime, WorkingUnit, WorkingWeek, date_of, shift_date, shift_instant,
};
use WorkingUnit::{Days, Hours, Minutes};

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// The same hours, `09:00-17:00`, on the first so many days of the week.
fn week(days: usize, hours: &[&str]) -> WorkingWeek {
    let hours: Vec<_> = hours
        .iter()
        .map(|hours| {
            let (from, to) = hours.split_once('-').unwrap();
            (time(from), (to != "24:00").then(|| time(to)))
        })
        .collect();
    let mut week = WorkingWeek::default();
    for day in &WEEK[..days] {
        week.set(*day, &hours);
    }
    week
}

fn calendar(days: usize, hours: &[&str], except: &[&str], name: &str) -> WorkingTime {
    let except = except.iter().map(|day| date(day));
    WorkingTime::new(Arc::new(week(days, hours)), except, zone(name))
}

/// London, Monday to Friday, nine to five, without Christmas.
fn desk() -> WorkingTime {
    let holidays = ["2026-12-25", "2026-12-26", "2026-12-28", "2027-01-01"];
    calendar(5, &["09:00-17:00"], &holidays, "Europe/London")
}

fn after(calendar: &WorkingTime, from: &str, unit: WorkingUnit, count: i64) -> String {
    utc(calendar.instant_after(at(from), unit, count))
}

fn before(calendar: &WorkingTime, from: &str, unit: WorkingUnit, count: i64) -> String {
    utc(calendar.instant_before(at(from), unit, count))
}

#[test]
fn days_are_counted_without_the_first_and_without_holidays() {
    let desk = desk();
    let after = |day: &str, count| desk.date_after(date(day), count).to_string();
    let before = |day: &str, count| desk.date_before(date(day), count).to_string();
    // 2026-12-24 is a Thursday; Friday and Monday are holidays.
    assert_eq!(after("2026-12-23", 1), "2026-12-24");
    assert_eq!(after("2026-12-24", 1), "2026-12-29");
    assert_eq!(after("2026-12-24", 2), "2026-12-30");
    assert_eq!(after("2026-12-24", 4), "2027-01-04");
    assert_eq!(after("2026-12-26", 1), "2026-12-29");
    assert_eq!(before("2026-12-29", 1), "2026-12-24");
    assert_eq!(before("2026-12-27", 1), "2026-12-24");
    assert_eq!(before("2027-01-04", 4), "2026-12-24");
    // 0 moves only what is no working day.
    assert_eq!(after("2026-12-24", 0), "2026-12-24");
    assert_eq!(after("2026-12-25", 0), "2026-12-29");
    assert_eq!(before("2026-12-25", 0), "2026-12-24");
    // 52 weeks without a holiday.
    assert_eq!(after("2024-01-02", 260), "2024-12-31");
    assert_eq!(before("2024-12-31", 260), "2024-01-02");
}

#[test]
fn hours_begin_at_the_next_opening_and_end_at_the_last_moment() {
    let desk = desk();
    // A Wednesday in winter: London is at UTC.
    assert_eq!(
        after(&desk, "2026-12-02T09:00:00Z", Hours, 8),
        "2026-12-02T17:00:00Z"
    );
    assert_eq!(
        after(&desk, "2026-12-02T09:00:01Z", Hours, 8),
        "2026-12-03T09:00:01Z"
    );
    assert_eq!(
        after(&desk, "2026-12-02T06:00:00Z", Hours, 4),
        "2026-12-02T13:00:00Z"
    );
    assert_eq!(
        after(&desk, "2026-12-04T16:30:00Z", Hours, 1),
        "2026-12-07T09:30:00Z"
    );
    assert_eq!(
        after(&desk, "2026-12-05T12:00:00Z", Minutes, 90),
        "2026-12-07T10:30:00Z"
    );
    assert_eq!(
        after(&desk, "2026-12-24T16:00:00Z", Hours, 2),
        "2026-12-29T10:00:00Z"
    );
    assert_eq!(
        before(&desk, "2026-12-02T17:00:00Z", Hours, 8),
        "2026-12-02T09:00:00Z"
    );
    assert_eq!(
        before(&desk, "2026-12-02T20:00:00Z", Hours, 1),
        "2026-12-02T16:00:00Z"
    );
    assert_eq!(
        before(&desk, "2026-12-07T09:30:00Z", Hours, 1),
        "2026-12-04T16:30:00Z"
    );
    // 0 moves only what lies outside.
    assert_eq!(
        after(&desk, "2026-12-02T10:00:00Z", Hours, 0),
        "2026-12-02T10:00:00Z"
    );
    assert_eq!(
        after(&desk, "2026-12-02T17:00:00Z", Hours, 0),
        "2026-12-03T09:00:00Z"
    );
    assert_eq!(
        before(&desk, "2026-12-02T08:00:00Z", Hours, 0),
        "2026-12-01T17:00:00Z"
    );
    assert_eq!(
        before(&desk, "2026-12-02T09:00:00Z", Hours, 0),
        "2026-12-02T09:00:00Z"
    );
}

#[test]
fn days_after_an_instant_keep_its_time_of_day() {
    let desk = desk();
    // 20:00 on a Friday, then over the end of summer time.
    assert_eq!(
        after(&desk, "2026-10-23T19:00:00Z", Days, 1),
        "2026-10-26T20:00:00Z"
    );
    assert_eq!(
        before(&desk, "2026-10-26T20:00:00Z", Days, 1),
        "2026-10-23T19:00:00Z"
    );
    // The day is that of London: 23:30 UTC is the next day there in summer.
    assert_eq!(
        after(&desk, "2026-07-02T23:30:00Z", Days, 1),
        "2026-07-05T23:30:00Z"
    );
}

#[test]
fn the_first_moment_is_in_and_the_last_is_out() {
    let desk = desk();
    let open = |text: &str| desk.is_working_instant(at(text));
    assert!(!open("2026-12-02T08:59:59.999999999Z"));
    assert!(open("2026-12-02T09:00:00Z"));
    assert!(open("2026-12-02T16:59:59.999999999Z"));
    assert!(!open("2026-12-02T17:00:00Z"));
    assert!(!open("2026-12-25T12:00:00Z"));
    assert!(!open("2026-12-05T12:00:00Z"));
    assert!(desk.is_working_day(date("2026-12-24")));
    assert!(!desk.is_working_day(date("2026-12-25")));
    assert!(!desk.is_working_day(date("2026-12-05")));
}

#[test]
fn hours_over_a_clock_change_are_those_that_pass() {
    // New York: 8 March 2026 has no 02:30, 1 November has 01:30 twice.
    let night = calendar(7, &["00:00-06:00"], &[], "America/New_York");
    let count = |a: &str, b: &str| night.count_between(Hours, at(a), at(b));
    assert_eq!(count("2026-03-08T05:00:00Z", "2026-03-08T10:00:00Z"), 5);
    assert_eq!(count("2026-11-01T04:00:00Z", "2026-11-01T11:00:00Z"), 7);
    assert_eq!(
        after(&night, "2026-11-01T04:00:00Z", Hours, 7),
        "2026-11-01T11:00:00Z"
    );
    assert_eq!(
        after(&night, "2026-03-08T05:00:00Z", Hours, 6),
        "2026-03-09T05:00:00Z"
    );
    // Hours that end in the gap end when the clocks jump; hours within it are not there.
    let early = calendar(7, &["01:00-02:30", "02:45-02:50"], &[], "America/New_York");
    assert_eq!(
        early.count_between(
            Minutes,
            at("2026-03-08T05:00:00Z"),
            at("2026-03-08T12:00:00Z")
        ),
        60
    );
    // Lord Howe: half an hour comes twice on 5 April 2026.
    let island = calendar(7, &["01:00-03:00"], &[], "Australia/Lord_Howe");
    assert_eq!(
        island.count_between(
            Minutes,
            at("2026-04-04T12:00:00Z"),
            at("2026-04-05T12:00:00Z")
        ),
        150
    );
    // Apia had no 30 December 2011.
    let apia = calendar(7, &["00:00-24:00"], &[], "Pacific/Apia");
    assert_eq!(
        apia.count_between(
            Hours,
            at("2011-12-29T10:00:00Z"),
            at("2012-01-01T10:00:00Z")
        ),
        72
    );
    assert_eq!(
        after(&apia, "2011-12-30T09:00:00Z", Hours, 2),
        "2011-12-30T11:00:00Z"
    );
}

#[test]
fn the_next_change_is_an_opening_or_a_closing() {
    let desk = desk();
    let next = |text: &str| desk.next_change(at(text), 400).map(utc);
    assert_eq!(
        next("2026-12-02T08:00:00Z").as_deref(),
        Some("2026-12-02T09:00:00Z")
    );
    assert_eq!(
        next("2026-12-02T09:00:00Z").as_deref(),
        Some("2026-12-02T17:00:00Z")
    );
    assert_eq!(
        next("2026-12-04T17:00:00Z").as_deref(),
        Some("2026-12-07T09:00:00Z")
    );
    assert_eq!(
        next("2026-12-24T17:00:00Z").as_deref(),
        Some("2026-12-29T09:00:00Z")
    );
    // Hours without a pause are one, over midnight and over the weekend's end.
    let joined = calendar(5, &["00:00-12:00", "12:00-24:00"], &[], "Europe/London");
    let next = |text: &str| joined.next_change(at(text), 400).map(utc);
    assert_eq!(
        next("2026-12-01T08:00:00Z").as_deref(),
        Some("2026-12-05T00:00:00Z")
    );
    let always = calendar(7, &["00:00-24:00"], &[], "Europe/London");
    assert_eq!(always.next_change(at("2026-12-01T08:00:00Z"), 400), None);
    let never = calendar(0, &[], &[], "Europe/London");
    assert_eq!(never.next_change(at("2026-12-01T08:00:00Z"), 400), None);
    let day = |text: &str| {
        desk.next_day_change(date(text), 400)
            .map(|day| day.to_string())
    };
    assert_eq!(day("2026-12-02").as_deref(), Some("2026-12-05"));
    assert_eq!(day("2026-12-25").as_deref(), Some("2026-12-29"));
    assert_eq!(never.next_day_change(date("2026-12-25"), 400), None);
    assert_eq!(desk.next_day_change(LATEST_DATE, 400), None);
    assert_eq!(desk.next_change(LATEST_INSTANT, 400), None);
}

#[test]
fn the_next_change_agrees_with_every_minute() {
    let mut random = Random(17);
    for ((days, hours, name), change) in CALENDARS.into_iter().zip(CHANGES) {
        let calendar = WorkingTime::new(Arc::new(week(days, hours)), [], zone(name));
        for _ in 0..20 {
            let start = Span::minutes(random.below(6_000) - 4_000);
            let from = shift_instant(at(change), &start, &zone(name));
            let open = calendar.is_working_instant(from);
            let mut later = from;
            let mut steps = 0;
            while calendar.is_working_instant(later) == open && steps < 10_000 {
                later = shift_instant(later, &Span::minutes(1), &zone("UTC"));
                steps += 1;
            }
            let expected = (steps < 10_000).then_some(later);
            assert_eq!(calendar.next_change(from, 40), expected, "{name} {from}");
        }
    }
}

#[test]
fn a_calendar_without_working_days_ends_at_the_end_of_time() {
    let never = calendar(0, &[], &[], "UTC");
    assert!(!WorkingWeek::default().has_hours());
    assert_eq!(never.date_after(date("2026-12-02"), 5), LATEST_DATE);
    assert_eq!(never.date_before(date("2026-12-02"), 5), EARLIEST_DATE);
    assert_eq!(
        never.instant_after(at("9999-12-01T00:00:00Z"), Hours, 1),
        LATEST_INSTANT
    );
    assert_eq!(
        never.instant_before(at("0001-02-01T00:00:00Z"), Hours, 1),
        EARLIEST_INSTANT
    );
}

#[test]
fn the_ends_of_time_hold() {
    let desk = desk();
    assert_eq!(desk.date_after(LATEST_DATE, 3), LATEST_DATE);
    assert_eq!(desk.date_before(EARLIEST_DATE, 3), EARLIEST_DATE);
    assert_eq!(desk.date_after(date("9999-12-01"), 5_000), LATEST_DATE);
    assert_eq!(
        desk.instant_after(LATEST_INSTANT, Hours, 100),
        LATEST_INSTANT
    );
    assert_eq!(
        desk.instant_before(EARLIEST_INSTANT, Hours, 100),
        EARLIEST_INSTANT
    );
    let all = desk.count_between(Hours, EARLIEST_INSTANT, LATEST_INSTANT);
    // 3,652,059 days, five sevenths of them less 3 holidays on working days, 8 hours each.
    assert!((20_868_800..20_868_900).contains(&all), "{all}");
    assert_eq!(
        desk.count_between(Hours, LATEST_INSTANT, EARLIEST_INSTANT),
        -all
    );
}

#[test]
fn exceptions_of_many_years_end() {
    let first = date("2026-01-01");
    let holidays = (0..20_000).map(|day| shift_date(first, &Span::days(day)));
    let week = Arc::new(week(5, &["09:00-17:00"]));
    let desk = WorkingTime::new(week, holidays, zone("Europe/London"));
    let end = shift_date(first, &Span::days(19_999));
    assert_eq!(desk.date_after(first, 1), desk.date_after(end, 1));
    assert_eq!(desk.date_after(first, 3), desk.date_after(end, 3));
    assert_eq!(
        date_of(
            desk.instant_after(at("2026-01-01T12:00:00Z"), Hours, 1),
            &zone("Europe/London")
        ),
        desk.date_after(end, 1)
    );
    assert_eq!(desk.days_between(first, end), 0);
}

/// Whether an instant is working time, by the clocks alone: right where no hours touch a clock change.
fn minutes_by_hand(calendar: &WorkingTime, a: Timestamp, b: Timestamp) -> i64 {
    let mut minutes = 0;
    let mut at = a;
    while at < b {
        minutes += i64::from(calendar.is_working_instant(at));
        at = shift_instant(at, &Span::minutes(1), &zone("UTC"));
    }
    minutes
}

const CALENDARS: [(usize, &[&str], &str); 7] = [
    (5, &["09:00-17:00"], "Europe/London"),
    (7, &["00:00-24:00"], "America/New_York"),
    (7, &["01:15-02:45", "02:50-03:30"], "Europe/Berlin"),
    (6, &["00:00-02:00", "22:00-24:00"], "Australia/Lord_Howe"),
    (7, &["00:00-00:30", "23:30-24:00"], "America/Sao_Paulo"),
    (7, &["00:00-03:00", "22:30-23:45"], "America/St_Johns"),
    (5, &["06:00-24:00"], "Pacific/Apia"),
];

/// Moments around which these zones changed their clocks.
const CHANGES: [&str; 7] = [
    "2026-03-29T01:00:00Z",
    "2026-11-01T06:00:00Z",
    "2026-10-25T01:00:00Z",
    "2026-04-04T15:00:00Z",
    "2018-02-18T02:00:00Z",
    "2006-10-29T02:31:00Z",
    "2011-12-30T10:00:00Z",
];

#[test]
fn counting_agrees_with_every_minute() {
    let mut random = Random(7);
    for ((days, hours, name), change) in CALENDARS.into_iter().zip(CHANGES) {
        let holiday = date_of(
            shift_instant(at(change), &Span::hours(50), &zone(name)),
            &zone(name),
        );
        let calendar = WorkingTime::new(Arc::new(week(days, hours)), [holiday], zone(name));
        for _ in 0..12 {
            let start = Span::minutes(random.below(8_000) - 6_000);
            let a = shift_instant(at(change), &start, &zone(name));
            let b = shift_instant(a, &Span::minutes(random.below(9_000)), &zone(name));
            let minutes = minutes_by_hand(&calendar, a, b);
            assert_eq!(
                calendar.count_between(Minutes, a, b),
                minutes,
                "{name} {a} {b}"
            );
            assert_eq!(
                calendar.count_between(Minutes, b, a),
                -minutes,
                "{name} {b} {a}"
            );
            assert_eq!(
                calendar.count_between(Hours, a, b),
                minutes / 60,
                "{name} {a} {b}"
            );
        }
    }
}

#[test]
fn shifts_are_the_first_and_last_moments_that_count_so_much() {
    let mut random = Random(11);
    let nanosecond = Span::exact(1);
    for ((days, hours, name), change) in CALENDARS.into_iter().zip(CHANGES) {
        let calendar = WorkingTime::new(Arc::new(week(days, hours)), [], zone(name));
        for _ in 0..200 {
            let start = Span::minutes(random.below(8_000) - 6_000);
            let from = shift_instant(at(change), &start, &zone(name));
            let minutes = 1 + random.below(3_000);
            let later = calendar.instant_after(from, Minutes, minutes);
            assert_eq!(
                calendar.count_between(Minutes, from, later),
                minutes,
                "{name} {from}"
            );
            let sooner = shift_instant(later, &nanosecond.negate(), &zone(name));
            assert_eq!(
                calendar.count_between(Minutes, from, sooner),
                minutes - 1,
                "{name} {from}"
            );
            let earlier = calendar.instant_before(from, Minutes, minutes);
            assert_eq!(
                calendar.count_between(Minutes, earlier, from),
                minutes,
                "{name} {from}"
            );
            let nearer = shift_instant(earlier, &nanosecond, &zone(name));
            assert_eq!(
                calendar.count_between(Minutes, nearer, from),
                minutes - 1,
                "{name} {from}"
            );
        }
    }
}

#[test]
fn working_days_agree_with_counting_them_one_by_one() {
    let mut random = Random(13);
    for days in 1..=7 {
        let holidays: Vec<Date> = (0..60)
            .map(|_| shift_date(date("2026-01-01"), &Span::days(random.below(400))))
            .collect();
        let week = Arc::new(week(days, &["09:00-17:00"]));
        let calendar = WorkingTime::new(week, holidays, zone("UTC"));
        for _ in 0..200 {
            let from = shift_date(date("2025-12-01"), &Span::days(random.below(500)));
            let count = 1 + random.below(120);
            let (mut later, mut earlier) = (from, from);
            for _ in 0..count {
                later = next_by_hand(&calendar, later, 1);
                earlier = next_by_hand(&calendar, earlier, -1);
            }
            assert_eq!(calendar.date_after(from, count), later, "{from} {count}");
            assert_eq!(calendar.date_before(from, count), earlier, "{from} {count}");
            assert_eq!(calendar.days_between(from, later), count);
            assert_eq!(calendar.days_between(later, from), -count);
        }
    }
}

fn next_by_hand(calendar: &WorkingTime, from: Date, days: i64) -> Date {
    let mut date = shift_date(from, &Span::days(days));
    while !calendar.is_working_day(date) {
        date = shift_date(date, &Span::days(days));
    }
    date
}
