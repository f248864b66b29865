//! At which instants something about time may change while the clock moves.
//!
//! Input: what a clock is held against. Output: instants, none of them missing, some perhaps too many: between two of
//! them that follow one another nothing changes. Civil time makes this more than arithmetic: the wall clock jumps, and
//! several days of one month lead back to the last of a shorter one.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};

use super::{Span, Zone, combine, date_of, shift_date, shift_instant, start_of_date, time_of};

/// The shortest time there is.
const NANOSECOND: SignedDuration = SignedDuration::from_nanos(1);
/// How many days of a month can lead to one day of another.
const CLAMPED_DAYS: i64 = 4;
/// Jumps of the clock farther away than this do not matter to one day.
const NEAR: SignedDuration = SignedDuration::from_hours(48);
/// More jumps than this do not lie near one day in any zone.
const JUMPS: usize = 8;

/// Where `instant + span` may come to lie on the other side of `target` as the instant moves.
///
/// ```
/// use courtesy::value::{Span, Zone, parse_instant, shift_boundaries};
///
/// let bought = parse_instant("2026-11-01T09:30:00Z").unwrap();
/// let new_york = Zone::named("America/New_York").unwrap();
/// let ends = shift_boundaries(bought, &Span::days(-30), &new_york);
/// assert!(ends.contains(&parse_instant("2026-12-01T09:30:00Z").unwrap()));
/// ```
#[must_use]
pub fn shift_boundaries(target: Timestamp, span: &Span, zone: &Zone) -> Vec<Timestamp> {
    let exact = Span::exact(span.nanoseconds);
    let target = shift_instant(target, &exact.negate(), zone);
    let civil = Span {
        nanoseconds: 0,
        ..*span
    };
    if civil.is_exact() {
        return vec![target];
    }
    let day = shift_date(date_of(target, zone), &civil.negate());
    let mut times = vec![time_of(target, zone), Time::midnight()];
    for (jump, _) in jumps_near(target, zone) {
        times.push(time_of(jump, zone));
        times.push(wall_before(jump, zone));
    }
    let days = (CLAMPED_DAYS.saturating_neg()..=CLAMPED_DAYS)
        .map(|days| shift_date(day, &Span::days(days)));
    let found = days.flat_map(|day| times.iter().map(move |time| combine(day, *time, zone)));
    let found: Vec<Timestamp> = found.collect();
    let deltas = jumps_near(target, zone)
        .into_iter()
        .map(|(_, delta)| delta)
        .collect();
    around_jumps(found, deltas, zone)
}

/// Where the time of day may come to lie on the other side of `time`, from the day of `now` to the day after the next.
#[must_use]
pub fn clock_boundaries(time: Time, now: Timestamp, zone: &Zone) -> Vec<Timestamp> {
    let today = date_of(now, zone);
    let days = (0..=2).map(|days| shift_date(today, &Span::days(days)));
    let found = days.flat_map(|day| [start_of_date(day, zone), combine(day, time, zone)]);
    around_jumps(found.collect(), Vec::new(), zone)
}

/// The first instant of the day after the one that the calendars of the zone show.
#[must_use]
pub fn next_midnight(now: Timestamp, zone: &Zone) -> Timestamp {
    start_after(date_of(now, zone), zone)
}

/// The first instant of the day after this one.
#[must_use]
pub fn start_after(date: Date, zone: &Zone) -> Timestamp {
    start_of_date(shift_date(date, &Span::days(1)), zone)
}

/// The instants, and with every jump of the clock near them those that it moves them to.
fn around_jumps(
    found: Vec<Timestamp>,
    mut deltas: Vec<SignedDuration>,
    zone: &Zone,
) -> Vec<Timestamp> {
    let mut all = found.clone();
    if let (Some(first), Some(last)) = (found.iter().min(), found.iter().max()) {
        for (jump, delta) in jumps_between(*first, *last, zone) {
            all.push(jump);
            deltas.push(delta);
        }
    }
    for delta in deltas {
        for instant in &found {
            all.extend(instant.checked_add(delta));
            all.extend(instant.checked_sub(delta));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn jumps_near(instant: Timestamp, zone: &Zone) -> Vec<(Timestamp, SignedDuration)> {
    jumps_between(instant, instant, zone)
}

/// The jumps of the clock from two days before to two days after, each with its length.
fn jumps_between(
    first: Timestamp,
    last: Timestamp,
    zone: &Zone,
) -> Vec<(Timestamp, SignedDuration)> {
    let (Ok(from), Ok(to)) = (first.checked_sub(NEAR), last.checked_add(NEAR)) else {
        return Vec::new();
    };
    let changes = zone
        .rules()
        .following(from)
        .map(|change| change.timestamp());
    let near = changes.take_while(|change| *change <= to).take(JUMPS);
    near.filter_map(|change| {
        let before = zone.rules().to_offset(change.checked_sub(NANOSECOND).ok()?);
        let after = zone.rules().to_offset(change);
        let delta = i64::from(after.seconds()).saturating_sub(i64::from(before.seconds()));
        (delta != 0).then(|| (change, SignedDuration::from_secs(delta.saturating_abs())))
    })
    .collect()
}

/// What the clocks would have shown at a jump, had they not jumped.
fn wall_before(jump: Timestamp, zone: &Zone) -> Time {
    let before = jump.checked_sub(NANOSECOND).unwrap_or(jump);
    time_of(before, zone).wrapping_add(NANOSECOND)
}
