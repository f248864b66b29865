//! Windows of the calendar, weekdays, ages and anniversaries.

use super::date;
use crate::value::{
    CalendarUnit, LATEST_DATE, Weekday, age_on, calendar_window, last_day_of_month,
    next_anniversary, nth_weekday_of_month,
};

fn window(day: &str, unit: CalendarUnit, offset: i32, start: Weekday) -> String {
    let (first, after) = calendar_window(date(day), unit, offset, start);
    format!("{first}/{after}")
}

#[test]
fn weeks_start_where_the_package_says() {
    let week = |day, offset, start| window(day, CalendarUnit::Week, offset, start);
    assert_eq!(
        week("2026-11-23", 0, Weekday::Monday),
        "2026-11-23/2026-11-30"
    );
    assert_eq!(
        week("2026-11-22", 0, Weekday::Monday),
        "2026-11-16/2026-11-23"
    );
    assert_eq!(
        week("2026-11-22", 0, Weekday::Sunday),
        "2026-11-22/2026-11-29"
    );
    assert_eq!(
        week("2026-11-23", -1, Weekday::Saturday),
        "2026-11-14/2026-11-21"
    );
    assert_eq!(
        week("2026-12-31", 1, Weekday::Monday),
        "2027-01-04/2027-01-11"
    );
}

#[test]
fn months_quarters_and_years_start_on_their_first() {
    let monday = Weekday::Monday;
    assert_eq!(
        window("2026-01-31", CalendarUnit::Month, 1, monday),
        "2026-02-01/2026-03-01"
    );
    assert_eq!(
        window("2026-01-31", CalendarUnit::Month, -1, monday),
        "2025-12-01/2026-01-01"
    );
    assert_eq!(
        window("2026-03-31", CalendarUnit::Quarter, 0, monday),
        "2026-01-01/2026-04-01"
    );
    assert_eq!(
        window("2026-01-01", CalendarUnit::Quarter, -1, monday),
        "2025-10-01/2026-01-01"
    );
    assert_eq!(
        window("2026-12-31", CalendarUnit::Year, 0, monday),
        "2026-01-01/2027-01-01"
    );
    assert_eq!(
        window("2026-12-31", CalendarUnit::Quarter, 1, monday),
        "2027-01-01/2027-04-01"
    );
}

#[test]
fn windows_hold_at_the_ends_of_time() {
    let monday = Weekday::Monday;
    assert_eq!(
        window("9999-12-31", CalendarUnit::Year, i32::MAX, monday),
        "9999-12-31/9999-12-31"
    );
    assert_eq!(
        window("0001-01-01", CalendarUnit::Week, i32::MIN, monday),
        "0001-01-01/0001-01-01"
    );
}

#[test]
fn weekdays_are_counted_from_both_ends() {
    let nth = |day: &str, nth, weekday| {
        nth_weekday_of_month(date(day), nth, weekday).map(|day| day.to_string())
    };
    assert_eq!(
        nth("2026-11-30", 1, Weekday::Sunday).as_deref(),
        Some("2026-11-01")
    );
    assert_eq!(
        nth("2026-11-01", -1, Weekday::Wednesday).as_deref(),
        Some("2026-11-25")
    );
    assert_eq!(
        nth("2026-11-01", 4, Weekday::Thursday).as_deref(),
        Some("2026-11-26")
    );
    assert_eq!(nth("2026-11-01", 5, Weekday::Thursday), None);
    assert_eq!(nth("2026-11-01", 0, Weekday::Thursday), None);
    assert_eq!(
        last_day_of_month(date("2028-02-01")).to_string(),
        "2028-02-29"
    );
}

#[test]
fn ages_grow_on_the_birthday() {
    let age = |birth: &str, today: &str| age_on(date(birth), date(today));
    assert_eq!(age("2008-11-24", "2026-11-23"), 17);
    assert_eq!(age("2008-11-23", "2026-11-23"), 18);
    assert_eq!(age("2008-02-29", "2026-02-28"), 18);
    assert_eq!(age("2008-02-29", "2028-02-28"), 19);
    assert_eq!(age("2008-02-29", "2028-02-29"), 20);
    assert_eq!(age("2026-11-23", "2026-11-23"), 0);
    assert_eq!(age("2028-11-24", "2026-11-23"), -2);
}

#[test]
fn anniversaries_include_today() {
    let next = |day: &str, today: &str| next_anniversary(date(day), date(today)).to_string();
    assert_eq!(next("2020-11-23", "2026-11-23"), "2026-11-23");
    assert_eq!(next("2020-11-22", "2026-11-23"), "2027-11-22");
    assert_eq!(next("2020-02-29", "2026-02-28"), "2026-02-28");
    assert_eq!(next("2020-02-29", "2026-03-01"), "2027-02-28");
    assert_eq!(next("2020-02-29", "2027-03-01"), "2028-02-29");
    assert_eq!(next("2020-02-29", "2028-02-28"), "2028-02-29");
    assert_eq!(
        next_anniversary(date("2020-01-01"), LATEST_DATE),
        LATEST_DATE
    );
}
