//! Dates, instants and intervals.

use super::*;
use crate::operators::{Bound, CalendarUnit, CountUnit, Direction, Function, Ordinal};

const PACKAGE: ZoneRef = ZoneRef::Package;

fn named(zone: &str) -> ZoneRef {
    ZoneRef::Named(boxed(timezone(zone)))
}

#[test]
fn today_is_the_day_of_the_zone() {
    let case = Case::at("2026-11-23T03:00:00Z", "America/New_York");
    let today = |offset, zone| Expr::Today { offset, zone };
    assert_eq!(case.value(&today(0, PACKAGE)), date("2026-11-22"));
    assert_eq!(case.value(&today(1, PACKAGE)), date("2026-11-23"));
    assert_eq!(
        case.value(&today(-1, named("Europe/London"))),
        date("2026-11-22")
    );
    assert_eq!(
        case.value(&today(0, ZoneRef::Named(boxed(missing())))),
        Value::Missing
    );
    assert_eq!(case.value(&Expr::Now), instant("2026-11-23T03:00:00Z"));
}

#[test]
fn days_of_the_year_and_of_the_month() {
    let case = Case::at("2026-01-31T12:00:00Z", "UTC");
    let of_year = |day, month| {
        case.value(&Expr::DayOfYear {
            day,
            month,
            zone: PACKAGE,
        })
    };
    assert_eq!(of_year(20, 12), date("2026-12-20"));
    assert_eq!(of_year(29, 2), date("2026-02-28"));
    assert_eq!(of_year(1, 13), Value::Missing);
    assert_eq!(of_year(0, 1), Value::Missing);

    let of_month = |ordinal, weekday, offset| {
        case.value(&Expr::DayOfMonth {
            ordinal,
            weekday,
            offset,
            zone: PACKAGE,
        })
    };
    let wednesday = Some(Weekday::Wednesday);
    assert_eq!(of_month(Ordinal::Last, wednesday, 0), date("2026-01-28"));
    assert_eq!(of_month(Ordinal::First, wednesday, 1), date("2026-02-04"));
    assert_eq!(of_month(Ordinal::Fourth, wednesday, -1), date("2025-12-24"));
    assert_eq!(of_month(Ordinal::Last, None, 1), date("2026-02-28"));
    assert_eq!(of_month(Ordinal::Second, None, 0), date("2026-01-02"));
}

#[test]
fn shifts_are_civil_in_the_zone_and_exact_in_hours() {
    let case = Case::at(NOW, "America/New_York");
    let shift = |from: Value, by: Span, back| {
        let (from, span) = (boxed(constant(from)), boxed(span(by)));
        case.value(&Expr::Shift {
            from,
            span,
            back,
            zone: PACKAGE,
        })
    };
    let before_the_change = || instant("2026-03-07T17:00:00Z");
    assert_eq!(
        shift(before_the_change(), Span::days(1), false),
        instant("2026-03-08T16:00:00Z")
    );
    assert_eq!(
        shift(before_the_change(), Span::hours(24), false),
        instant("2026-03-08T17:00:00Z")
    );
    assert_eq!(
        shift(date("2026-03-31"), Span::months(1), true),
        date("2026-02-28")
    );
    assert_eq!(
        shift(date("2026-03-31"), Span::days(1), false),
        date("2026-04-01")
    );
    assert_eq!(shift(Value::Missing, Span::days(1), false), Value::Missing);
}

#[test]
fn a_day_and_a_time_make_an_instant() {
    let combine = |zone| Expr::Combine {
        date: boxed(constant(date("2026-07-01"))),
        time: boxed(constant(time_of_day("09:00"))),
        zone,
    };
    assert_eq!(value(&combine(PACKAGE)), instant("2026-07-01T09:00:00Z"));
    assert_eq!(
        value(&combine(named("Europe/London"))),
        instant("2026-07-01T08:00:00Z")
    );
}

#[test]
fn functions_of_days_and_instants() {
    let case = Case::at(NOW, "America/New_York");
    let of = |function, argument: Value| {
        let argument = boxed(constant(argument));
        case.value(&Expr::Function {
            function,
            argument,
            zone: PACKAGE,
        })
    };
    let late = || instant("2026-11-01T03:30:00Z");
    assert_eq!(of(Function::DateOf, late()), date("2026-10-31"));
    assert_eq!(of(Function::TimeOf, late()), time_of_day("23:30"));
    assert_eq!(
        of(Function::WeekdayOf, late()),
        Value::Weekday(Weekday::Saturday)
    );
    assert_eq!(of(Function::DayOf, late()), Value::whole(31));
    assert_eq!(of(Function::MonthOf, date("2026-11-02")), Value::whole(11));
    assert_eq!(of(Function::YearOf, late()), Value::whole(2026));
    assert_eq!(of(Function::TimeOf, date("2026-11-02")), Value::Missing);
    assert_eq!(of(Function::Age, date("2000-11-23")), Value::whole(26));
    assert_eq!(of(Function::Age, date("2000-11-24")), Value::whole(25));
    assert_eq!(
        of(Function::Anniversary, date("2000-11-23")),
        date("2026-11-23")
    );
    assert_eq!(
        of(Function::Anniversary, date("2000-02-29")),
        date("2027-02-28")
    );
    assert_eq!(of(Function::Length, Value::data("Zoë")), Value::whole(3));
    assert_eq!(
        of(Function::FirstWord, Value::data(" Amir K")),
        Value::literal("Amir")
    );
    assert_eq!(
        of(Function::LowerCase, Value::data("AB")),
        Value::literal("ab")
    );
    assert_eq!(of(Function::Age, Value::literal("x")), Value::Missing);
    assert_eq!(of(Function::Length, Value::whole(1)), Value::Missing);
}

#[test]
fn counting_between_two_moments() {
    let case = Case::at(NOW, "America/New_York");
    let between = |unit, from: Value, to: Value| {
        let (from, to) = (boxed(constant(from)), boxed(constant(to)));
        case.value(&Expr::CountBetween {
            unit,
            from,
            to,
            zone: PACKAGE,
        })
    };
    let (noon, next_noon) = (
        instant("2026-03-07T17:00:00Z"),
        instant("2026-03-08T16:00:00Z"),
    );
    let count = |unit| between(unit, noon.clone(), next_noon.clone());
    assert_eq!(count(CountUnit::Hours), Value::whole(23));
    assert_eq!(count(CountUnit::Minutes), Value::whole(23 * 60));
    assert_eq!(count(CountUnit::Days), Value::whole(1));
    let back = between(CountUnit::Days, date("2026-03-10"), date("2026-03-08"));
    assert_eq!(back, Value::whole(-2));
    let weeks = between(CountUnit::Weeks, date("2026-03-01"), date("2026-03-14"));
    assert_eq!(weeks, Value::whole(1));
    assert_eq!(
        between(CountUnit::Days, Value::Missing, date("2026-03-08")),
        Value::Missing
    );
}

/// Whether a moment lies within a window, in New York.
fn lies(value: Value, window: Window) -> bool {
    Case::at(NOW, "America/New_York").holds(&within(value, window))
}

#[test]
fn rolling_windows_hold_both_ends_and_never_the_future() {
    let last = |value: &str| {
        let window = Window::Rolling(Direction::Past, span(Span::days(30)));
        lies(instant(value), window)
    };
    // 30 days back the clocks were an hour ahead: the same time on the wall.
    assert!(last("2026-10-24T09:00:00Z") && !last("2026-10-24T08:59:59Z"));
    assert!(last(NOW) && !last("2026-11-23T10:00:01Z"));
    let next = |value: &str| {
        let window = Window::Rolling(Direction::Future, span(Span::hours(2)));
        lies(instant(value), window)
    };
    assert!(next(NOW) && next("2026-11-23T12:00:00Z"));
    assert!(!next("2026-11-23T09:59:59Z") && !next("2026-11-23T12:00:01Z"));
}

#[test]
fn the_last_seven_days_touch_eight_dates() {
    let window = || Window::Rolling(Direction::Past, span(Span::days(7)));
    let touched = (1..=30).filter(|day| lies(date(&format!("2026-11-{day:02}")), window()));
    assert_eq!(touched.collect::<Vec<_>>(), (16..=23).collect::<Vec<_>>());
}

#[test]
fn windows_about_a_moment() {
    let of = || constant(instant("2026-11-10T12:00:00Z"));
    let hour = || span(Span::hours(1));
    let before = |value: &str| {
        lies(
            instant(value),
            Window::Before {
                span: hour(),
                of: of(),
            },
        )
    };
    assert!(before("2026-11-10T11:00:00Z") && before("2026-11-10T12:00:00Z"));
    assert!(!before("2026-11-10T10:59:59Z") && !before("2026-11-10T12:00:01Z"));
    let after = |value: &str| {
        lies(
            instant(value),
            Window::After {
                span: hour(),
                of: of(),
            },
        )
    };
    assert!(after("2026-11-10T12:00:00Z") && after("2026-11-10T13:00:00Z"));
    assert!(!after("2026-11-10T11:59:59Z") && !after("2026-11-10T13:00:01Z"));
    let around = |value: &str| {
        lies(
            instant(value),
            Window::Around {
                span: hour(),
                of: of(),
            },
        )
    };
    assert!(around("2026-11-10T11:00:00Z") && around("2026-11-10T13:00:00Z"));
    assert!(!around("2026-11-10T10:59:59Z") && !around("2026-11-10T13:00:01Z"));
}

#[test]
fn distances_from_now() {
    let lies_at = |bound, direction, value: &str| {
        lies(
            instant(value),
            Window::Distance(bound, direction, span(Span::hours(3))),
        )
    };
    let (edge, past, inside) = (
        "2026-11-23T07:00:00Z",
        "2026-11-23T06:59:59Z",
        "2026-11-23T07:00:01Z",
    );
    let ago = |bound, value| lies_at(bound, Direction::Past, value);
    assert!(ago(Bound::MoreThan, past) && !ago(Bound::MoreThan, edge));
    assert!(ago(Bound::AtLeast, edge) && !ago(Bound::AtLeast, inside));
    assert!(ago(Bound::LessThan, inside) && !ago(Bound::LessThan, edge));
    assert!(ago(Bound::LessThan, NOW) && !ago(Bound::LessThan, "2026-11-23T10:00:01Z"));
    assert!(ago(Bound::AtMost, edge) && !ago(Bound::AtMost, past));

    let (edge, past, inside) = (
        "2026-11-23T13:00:00Z",
        "2026-11-23T13:00:01Z",
        "2026-11-23T12:59:59Z",
    );
    let ahead = |bound, value| lies_at(bound, Direction::Future, value);
    assert!(ahead(Bound::MoreThan, past) && !ahead(Bound::MoreThan, edge));
    assert!(ahead(Bound::AtLeast, edge) && !ahead(Bound::AtLeast, inside));
    assert!(ahead(Bound::LessThan, inside) && !ahead(Bound::LessThan, edge));
    assert!(ahead(Bound::AtMost, edge) && ahead(Bound::AtMost, NOW));
    assert!(!ahead(Bound::AtMost, "2026-11-23T09:59:59Z"));
}

#[test]
fn distances_of_dates_go_by_today() {
    let ago = |bound, value: &str| {
        lies(
            date(value),
            Window::Distance(bound, Direction::Past, span(Span::days(3))),
        )
    };
    assert!(ago(Bound::MoreThan, "2026-11-19") && !ago(Bound::MoreThan, "2026-11-20"));
    assert!(ago(Bound::AtMost, "2026-11-20") && ago(Bound::AtMost, "2026-11-23"));
    assert!(!ago(Bound::AtMost, "2026-11-24"));
}

#[test]
fn calendar_windows_are_half_open_in_the_zone() {
    let this = |unit, offset, value: &str| lies(instant(value), Window::Calendar(unit, offset));
    // The week from Monday the 23rd, midnight in New York.
    let week = |value| this(CalendarUnit::Week, 0, value);
    assert!(week("2026-11-23T05:00:00Z") && !week("2026-11-23T04:59:59Z"));
    assert!(week("2026-11-30T04:59:59Z") && !week("2026-11-30T05:00:00Z"));
    let month = |value| this(CalendarUnit::Month, -1, value);
    assert!(month("2026-10-01T04:00:00Z") && !month("2026-11-01T04:00:00Z"));
    assert!(this(CalendarUnit::Quarter, 0, "2026-10-01T04:00:00Z"));
    assert!(!this(CalendarUnit::Year, 0, "2027-01-01T05:00:00Z"));
    assert!(lies(
        date("2026-11-29"),
        Window::Calendar(CalendarUnit::Week, 0)
    ));
    assert!(!lies(
        date("2026-11-30"),
        Window::Calendar(CalendarUnit::Week, 0)
    ));
}

#[test]
fn the_week_starts_where_the_package_says() {
    let mut case = Case::at(NOW, "UTC");
    case.program.week_start = Weekday::Sunday;
    let sunday = within(date("2026-11-22"), Window::Calendar(CalendarUnit::Week, 0));
    assert!(case.holds(&sunday));
}

#[test]
fn nothing_lies_within_what_is_missing() {
    let window = Window::Rolling(Direction::Past, missing());
    let expr = within(instant(NOW), window);
    assert!(!is_true(&expr) && !is_true(&not(expr)));
    let expr = within(Value::Missing, Window::Calendar(CalendarUnit::Week, 0));
    assert!(!is_true(&expr) && !is_true(&not(expr)));
}
