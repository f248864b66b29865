//! Points that a value is compared with: fixed ones, and ones that go with the clock.
//!
//! Input: two points. Output: their order, where it is the same at every moment and in every zone; nothing where it
//! is not. Invariants: civil lengths keep their order only as far as calendars do: a month lies between 28 and 31
//! days, a clock may be moved, a zone may have skipped a day. Near the first and the last year of the calendar,
//! where shifts stop, nothing is promised.

use super::term::TermId;
use crate::operators::CalendarUnit;
use crate::value::{Span, Value};
use std::cmp::Ordering;

/// Whose civil time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// The package's.
    Package,
    /// That of a zone that an expression gives.
    Zone(TermId),
}

/// Something that a value is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// A known value.
    Fixed(Value),
    /// So far from now, or in days from today.
    Moving { span: Span, days: bool, zone: Whose },
    /// The beginning of the week, month, quarter or year so many after this one.
    Calendar {
        unit: CalendarUnit,
        offset: i8,
        days: bool,
        zone: Whose,
    },
}

/// What is known of two points at every moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The first lies before the second.
    Before,
    /// The first does not lie after the second.
    NotAfter,
    /// Nothing, or the opposite.
    Open,
}

/// Hours by which two moments that are so many civil days apart may miss a multiple of 24: zones lie up to 26
/// hours from each other, and a time that a zone skips moves on.
const CIVIL_SLACK: i128 = 52;

impl Point {
    /// What is sure about this point and another.
    pub(super) fn order(&self, other: &Point) -> Order {
        match (self, other) {
            (Point::Fixed(a), Point::Fixed(b)) => match a.compare(b) {
                Some(Ordering::Less) => Order::Before,
                Some(Ordering::Equal) => Order::NotAfter,
                _ => Order::Open,
            },
            (Point::Fixed(_), _) | (_, Point::Fixed(_)) => Order::Open,
            (a, b) if a.days() != b.days() => Order::Open,
            (a, b) => moving_order(a, b),
        }
    }

    fn days(&self) -> bool {
        match self {
            Point::Fixed(_) => false,
            Point::Moving { days, .. } | Point::Calendar { days, .. } => *days,
        }
    }

    /// Between which hours from now it lies, the fewest and the most.
    fn hours(&self) -> (i128, i128) {
        match self {
            Point::Fixed(_) => (i128::MIN, i128::MAX),
            Point::Moving { span, .. } => hours_of(span),
            Point::Calendar { unit, offset, .. } => calendar_hours(*unit, i128::from(*offset)),
        }
    }
}

fn moving_order(a: &Point, b: &Point) -> Order {
    if let Some(order) = kindred_order(a, b) {
        return order;
    }
    let ((_, latest), (earliest, _)) = (a.hours(), b.hours());
    if latest < earliest {
        Order::Before
    } else {
        Order::Open
    }
}

/// The order of two points of one kind and zone; `None` where that says nothing.
fn kindred_order(a: &Point, b: &Point) -> Option<Order> {
    match (a, b) {
        (
            Point::Moving {
                span: a,
                days,
                zone: here,
            },
            Point::Moving {
                span: b,
                zone: there,
                ..
            },
        ) => {
            if a.is_exact() && b.is_exact() && !days {
                return Some(strictly(a.nanoseconds.cmp(&b.nanoseconds)));
            }
            (here == there).then(|| civil_order(a, b, *days)).flatten()
        }
        (
            Point::Calendar {
                unit: a,
                offset: first,
                zone: here,
                ..
            },
            Point::Calendar {
                unit: b,
                offset: second,
                zone: there,
                ..
            },
        ) => (a == b && here == there).then(|| strictly(first.cmp(second))),
        (
            Point::Calendar { offset, zone, .. },
            Point::Moving {
                span, zone: there, ..
            },
        ) => (*offset <= 0 && leads(span, false) && zone == there).then_some(Order::NotAfter),
        (
            Point::Moving {
                span, zone: here, ..
            },
            Point::Calendar { offset, zone, .. },
        ) => (*offset >= 1 && leads(span, true) && zone == here).then_some(Order::Before),
        _ => None,
    }
}

fn strictly(order: Ordering) -> Order {
    match order {
        Ordering::Less => Order::Before,
        Ordering::Equal => Order::NotAfter,
        Ordering::Greater => Order::Open,
    }
}

/// The order of two civil lengths from one moment of one zone.
fn civil_order(a: &Span, b: &Span, days: bool) -> Option<Order> {
    if a.nanoseconds != b.nanoseconds || (a.months != b.months && a.days != b.days) {
        return None;
    }
    Some(match a.months.cmp(&b.months).then(a.days.cmp(&b.days)) {
        Ordering::Equal => Order::NotAfter,
        Ordering::Greater => Order::Open,
        // A zone may have skipped the day between two instants a day apart.
        Ordering::Less if days || a.months != b.months => Order::Before,
        Ordering::Less if b.days.saturating_sub(a.days) >= 3 => Order::Before,
        Ordering::Less => Order::NotAfter,
    })
}

/// Whether a length leads back, or forward, or nowhere.
fn leads(span: &Span, back: bool) -> bool {
    if back {
        span.months <= 0 && span.days <= 0 && span.nanoseconds <= 0
    } else {
        span.months >= 0 && span.days >= 0 && span.nanoseconds >= 0
    }
}

fn hours_of(span: &Span) -> (i128, i128) {
    const HOUR: i128 = 3_600_000_000_000;
    let whole = span.nanoseconds / HOUR;
    // Months of 30.4 days, four days either way.
    let months = i128::from(span.months)
        .saturating_mul(30_437)
        .saturating_mul(24)
        / 1_000;
    let civil = i128::from(span.days)
        .saturating_mul(24)
        .saturating_add(months);
    let middle = whole.saturating_add(civil);
    let months = if span.months == 0 { 0 } else { 4 * 24 };
    let slack = if span.is_exact() { 1 } else { CIVIL_SLACK };
    let width = i128::saturating_add(slack, months);
    (middle.saturating_sub(width), middle.saturating_add(width))
}

/// The beginning of this week lies up to a week back, that of the next up to a week ahead.
fn calendar_hours(unit: CalendarUnit, offset: i128) -> (i128, i128) {
    let longest = match unit {
        CalendarUnit::Week => 7,
        CalendarUnit::Month => 31,
        CalendarUnit::Quarter => 92,
        CalendarUnit::Year => 366,
    };
    let ends = [offset.saturating_sub(1), offset, 0];
    let hours = ends.map(|count| count.saturating_mul(longest).saturating_mul(24));
    let low = hours.iter().min().copied().unwrap_or(i128::MIN);
    let high = hours.iter().max().copied().unwrap_or(i128::MAX);
    (
        low.saturating_sub(CIVIL_SLACK),
        high.saturating_add(CIVIL_SLACK),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ago(span: Span) -> Point {
        Point::Moving {
            span: span.negate(),
            days: false,
            zone: Whose::Package,
        }
    }

    fn start(unit: CalendarUnit, offset: i8) -> Point {
        Point::Calendar {
            unit,
            offset,
            days: false,
            zone: Whose::Package,
        }
    }

    #[test]
    fn what_lies_further_back_comes_first() {
        let order = |a: Span, b: Span| ago(a).order(&ago(b));
        assert_eq!(order(Span::days(60), Span::days(30)), Order::Before);
        assert_eq!(order(Span::days(31), Span::days(30)), Order::NotAfter);
        assert_eq!(order(Span::days(30), Span::days(30)), Order::NotAfter);
        assert_eq!(order(Span::days(30), Span::days(60)), Order::Open);
        assert_eq!(order(Span::hours(25), Span::hours(24)), Order::Before);
        assert_eq!(order(Span::days(1), Span::hours(23)), Order::Open);
        assert_eq!(order(Span::days(7), Span::hours(24)), Order::Before);
        assert_eq!(order(Span::months(1), Span::days(30)), Order::Open);
        assert_eq!(order(Span::days(30), Span::months(1)), Order::Open);
        assert_eq!(order(Span::months(2), Span::days(30)), Order::Before);
        assert_eq!(order(Span::years(1), Span::days(300)), Order::Before);
    }

    #[test]
    fn calendar_windows_begin_before_now_and_end_after_it() {
        let now = ago(Span::ZERO);
        let week = CalendarUnit::Week;
        assert_eq!(start(week, 0).order(&now), Order::NotAfter);
        assert_eq!(now.order(&start(week, 1)), Order::Before);
        assert_eq!(now.order(&start(week, 0)), Order::Open);
        assert_eq!(ago(Span::days(30)).order(&start(week, 0)), Order::Before);
        assert_eq!(ago(Span::days(5)).order(&start(week, 0)), Order::Open);
        assert_eq!(start(week, -1).order(&start(week, 0)), Order::Before);
        let year = CalendarUnit::Year;
        assert_eq!(start(year, 0).order(&start(week, 1)), Order::Open);
    }
}
