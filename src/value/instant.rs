//! Instants: shifting, and the way between them and civil time in a zone.
//!
//! Rules: months, then days, move the wall clock of the zone, then exact time is added. A wall-clock time that
//! does not exist moves forward by the length of the gap, one that comes twice is the first: RFC 5545 (3.3.5)
//! and Temporal's `compatible`.
//! Invariant: results stay between [`EARLIEST_INSTANT`] and [`LATEST_INSTANT`]; what would leave them ends there.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::civil::{EARLIEST_DATE, LATEST_DATE, shift_date, try_shift_date};
use super::{Span, Zone};

/// The first instant that a value can hold: the start of the year 1 in UTC.
pub const EARLIEST_INSTANT: Timestamp = Timestamp::constant(-62_135_596_800, 0);
/// The last instant that a value can hold: 9999-12-30T22:00:00.999999999Z, which is in the year 9999 in every zone.
pub const LATEST_INSTANT: Timestamp = Timestamp::MAX;

/// The shortest time there is.
pub(super) const NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);

/// The instant so much later, in the civil time of the zone.
///
/// ```
/// use courtesy::value::{Span, Zone, format_rfc3339, parse_instant, shift_instant};
///
/// let new_york = Zone::named("America/New_York").unwrap();
/// // The clocks go forward on 8 March 2026 at two.
/// let noon = parse_instant("2026-03-07T12:00:00-05:00").unwrap();
/// let next_noon = shift_instant(noon, &Span::days(1), &new_york);
/// assert_eq!(format_rfc3339(next_noon), "2026-03-08T16:00:00Z");
/// let a_day_of_hours = shift_instant(noon, &Span::hours(24), &new_york);
/// assert_eq!(format_rfc3339(a_day_of_hours), "2026-03-08T17:00:00Z");
/// ```
pub fn shift_instant(instant: Timestamp, span: &Span, zone: &Zone) -> Timestamp {
    let moved = if span.is_exact() {
        instant
    } else {
        shift_civil(instant, span, zone)
    };
    clamp(moved.as_nanosecond().saturating_add(span.nanoseconds))
}

fn shift_civil(instant: Timestamp, span: &Span, zone: &Zone) -> Timestamp {
    let local = local_time(instant, zone);
    match (
        try_shift_date(local.date(), span),
        shift_date(local.date(), span),
    ) {
        (None, EARLIEST_DATE) => EARLIEST_INSTANT,
        (None, LATEST_DATE) => LATEST_INSTANT,
        (_, date) => combine(date, local.time(), zone),
    }
}

/// What calendar and clock of the zone show, the date held within the years 1 to 9999.
pub(super) fn local_time(instant: Timestamp, zone: &Zone) -> DateTime {
    let local = zone.rules().to_datetime(instant);
    local
        .date()
        .clamp(EARLIEST_DATE, LATEST_DATE)
        .to_datetime(local.time())
}

/// The instant of `local` moved by months and days; `None` where dates end before.
pub(super) fn try_shift_civil(local: DateTime, span: &Span, zone: &Zone) -> Option<Timestamp> {
    let date = try_shift_date(local.date(), span)?;
    within(resolve(date.to_datetime(local.time()), zone)?)
}

/// The instant at which the clocks of the zone show this date and time.
///
/// ```
/// use courtesy::value::{Zone, combine, format_rfc3339, parse_date, parse_time};
///
/// let berlin = Zone::named("Europe/Berlin").unwrap();
/// let (date, time) = (parse_date("2026-10-25").unwrap(), parse_time("02:30").unwrap());
/// // Half past two comes twice that night; the first is meant.
/// assert_eq!(format_rfc3339(combine(date, time, &berlin)), "2026-10-25T00:30:00Z");
/// ```
pub fn combine(date: Date, time: Time, zone: &Zone) -> Timestamp {
    let end = if date < Date::constant(5000, 1, 1) {
        EARLIEST_INSTANT
    } else {
        LATEST_INSTANT
    };
    let instant = resolve(date.to_datetime(time), zone).unwrap_or(end);
    instant.clamp(EARLIEST_INSTANT, LATEST_INSTANT)
}

/// The instant at which a zone shows `local`: the first of two, and after a gap where there is none.
fn resolve(local: DateTime, zone: &Zone) -> Option<Timestamp> {
    let quick = zone.rules().to_timestamp(local).ok()?;
    if shows(zone, quick, local) {
        Some(quick)
    } else {
        resolve_by_offsets(local, zone)
    }
}

/// The same, from the offsets a day before and after.
///
/// What the time-zone library says is checked by [`resolve`], because in the hour in which a zone's table of
/// changes ends and its rule for the future begins the library can take the rule's offset for the table's:
/// America/Nuuk at 23:00 on 28 October 2023, which came once, is answered with 22:00.
pub(super) fn resolve_by_offsets(local: DateTime, zone: &Zone) -> Option<Timestamp> {
    let middle = Offset::UTC.to_timestamp(local).ok()?;
    let day = SignedDuration::from_hours(24);
    let before = zone.rules().to_offset(middle.checked_sub(day).ok()?);
    let after = zone.rules().to_offset(middle.checked_add(day).ok()?);
    let early = before.to_timestamp(local).ok()?;
    let late = after.to_timestamp(local).ok()?;
    // In a gap neither is shown; the offset from before the gap leads past it by the gap's length.
    Some(
        [early, late]
            .into_iter()
            .find(|instant| shows(zone, *instant, local))
            .unwrap_or(early),
    )
}

/// Whether calendar and clock of the zone show `local` at this instant.
fn shows(zone: &Zone, instant: Timestamp, local: DateTime) -> bool {
    zone.rules().to_datetime(instant) == local
}

/// The date that the calendars of the zone show.
pub fn date_of(instant: Timestamp, zone: &Zone) -> Date {
    local_time(instant, zone).date()
}

/// The time that the clocks of the zone show.
pub fn time_of(instant: Timestamp, zone: &Zone) -> Time {
    zone.rules().to_datetime(instant).time()
}

/// The first instant of this date in the zone.
///
/// That is midnight, unless the clocks skip it; of a date that a zone skipped as a whole, it is the start of the
/// next.
///
/// ```
/// use courtesy::value::{Zone, format_rfc3339, parse_date, start_of_date};
///
/// let sao_paulo = Zone::named("America/Sao_Paulo").unwrap();
/// // The clocks went from midnight to one.
/// let start = start_of_date(parse_date("2018-11-04").unwrap(), &sao_paulo);
/// assert_eq!(format_rfc3339(start), "2018-11-04T03:00:00Z");
/// ```
pub fn start_of_date(date: Date, zone: &Zone) -> Timestamp {
    first_reaching(date, Time::midnight(), zone)
}

/// The first instant at which the clocks of the zone show this date and time, or later ones.
///
/// What the clocks skip is reached when they jump over it.
pub(super) fn first_reaching(date: Date, time: Time, zone: &Zone) -> Timestamp {
    let instant = combine(date, time, zone);
    let held = instant == EARLIEST_INSTANT || instant == LATEST_INSTANT;
    if held || shows(zone, instant, date.to_datetime(time)) {
        instant
    } else {
        last_jump(instant, zone)
    }
}

/// The last instant at which the clocks of the zone jumped, up to this one.
fn last_jump(instant: Timestamp, zone: &Zone) -> Timestamp {
    let offset = zone.rules().to_offset(instant);
    let just_after = instant.saturating_add(NANOSECOND).unwrap_or(instant);
    let jump = zone
        .rules()
        .preceding(just_after)
        .map(|change| change.timestamp())
        .find(|change| {
            change
                .checked_sub(NANOSECOND)
                .is_ok_and(|before| zone.rules().to_offset(before) != offset)
        });
    jump.unwrap_or(instant)
}

/// The instant so many seconds after 1 January 1970 UTC, leap seconds not counted; `None` outside the years 1 to 9999.
pub fn from_epoch_seconds(seconds: i64) -> Option<Timestamp> {
    within(Timestamp::from_second(seconds).ok()?)
}

/// The instant so many milliseconds after 1 January 1970 UTC; `None` outside the years 1 to 9999.
pub fn from_epoch_milliseconds(milliseconds: i64) -> Option<Timestamp> {
    within(Timestamp::from_millisecond(milliseconds).ok()?)
}

/// The instant itself, if values can hold it.
pub(super) fn within(instant: Timestamp) -> Option<Timestamp> {
    (EARLIEST_INSTANT..=LATEST_INSTANT)
        .contains(&instant)
        .then_some(instant)
}

/// RFC 3339 in UTC, with a fraction only where there is one.
///
/// ```
/// use courtesy::value::{format_rfc3339, parse_instant};
///
/// let instant = parse_instant("2026-12-01T10:30:00+01:00").unwrap();
/// assert_eq!(format_rfc3339(instant), "2026-12-01T09:30:00Z");
/// ```
pub fn format_rfc3339(instant: Timestamp) -> String {
    instant.to_string()
}

fn clamp(nanoseconds: i128) -> Timestamp {
    let held = nanoseconds.clamp(
        EARLIEST_INSTANT.as_nanosecond(),
        LATEST_INSTANT.as_nanosecond(),
    );
    Timestamp::from_nanosecond(held).unwrap_or(LATEST_INSTANT)
}
