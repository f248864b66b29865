//! Moments near the edges: the ends of windows around `now`, clock changes, ends of months, leap days.

use super::choices::Choices;
use super::literals::DAYS;
use super::model::Model;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, ToSpan, Zoned};

/// The moment of a case, and what lies near it.
pub(super) struct Clock {
    now: Timestamp,
    zone: TimeZone,
    spans: Vec<(i64, &'static str)>,
    instants: Vec<Timestamp>,
    dates: Vec<Date>,
}

impl Clock {
    pub(super) fn new(model: &Model, choices: &mut Choices) -> Clock {
        let zone = match model.zones.is_empty() {
            true => "UTC",
            false => choices.one_of(&model.zones).as_str(),
        };
        let mut clock = Clock {
            now: Timestamp::UNIX_EPOCH,
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            spans: model.edges.spans.clone(),
            instants: model
                .edges
                .instants
                .iter()
                .filter_map(|text| text.parse().ok())
                .collect(),
            dates: model
                .edges
                .dates
                .iter()
                .filter_map(|text| text.parse().ok())
                .collect(),
        };
        clock.now = clock.moment(choices);
        clock
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// A moment to decide at.
    fn moment(&self, choices: &mut Choices) -> Timestamp {
        match choices.weighted(&[6, 3, 2, 1]) {
            1 if !self.instants.is_empty() => {
                let instant = *choices.one_of(&self.instants);
                within(jitter(instant, choices))
            }
            2 if !self.dates.is_empty() => {
                let date = *choices.one_of(&self.dates);
                self.on(date, choices)
            }
            3 => extreme(choices, &NOWS),
            _ => {
                let date = choices
                    .one_of(&DAYS)
                    .parse()
                    .unwrap_or(Date::constant(2026, 11, 23));
                self.on(date, choices)
            }
        }
    }

    /// Some half hour of a day, or its very first moment.
    fn on(&self, date: Date, choices: &mut Choices) -> Timestamp {
        let half_hours = choices.between(0, 47);
        let start = date
            .to_zoned(self.zone.clone())
            .map_or(self.now, |start| start.timestamp());
        within(moved(
            jitter(start, choices),
            SignedDuration::from_mins(30 * half_hours),
        ))
    }

    /// An instant of a record.
    pub(super) fn instant(&self, choices: &mut Choices) -> Timestamp {
        let instant = match choices.weighted(&[8, 2, 4, 3, 1, 1]) {
            0 if !self.spans.is_empty() => self.a_span_away(choices),
            1 if !self.instants.is_empty() => *choices.one_of(&self.instants),
            3 => self.start_of_something(choices),
            4 => extreme(choices, &INSTANTS),
            5 => self.now,
            _ => {
                let half_hours = choices.between(-48 * 20, 48 * 20);
                within(moved(self.now, SignedDuration::from_mins(30 * half_hours)))
            }
        };
        within(jitter(instant, choices))
    }

    /// A day of a record, within the years 1 to 9999.
    pub(super) fn date(&self, choices: &mut Choices) -> Date {
        let date = self.some_date(choices);
        date.clamp(Date::constant(1, 1, 1), Date::constant(9999, 12, 31))
    }

    fn some_date(&self, choices: &mut Choices) -> Date {
        if choices.chance(20) && !self.dates.is_empty() {
            return *choices.one_of(&self.dates);
        }
        let instant = self.instant(choices);
        let date = self.zone.to_datetime(instant).date();
        match choices.weighted(&[8, 1, 1, 1]) {
            1 => date.tomorrow().unwrap_or(date),
            2 => date.yesterday().unwrap_or(date),
            3 => {
                let year = i16::try_from(choices.between(1930, 2025)).unwrap_or(2000);
                Date::new(year, date.month(), date.day()).unwrap_or(Date::constant(2000, 2, 29))
            }
            _ => date,
        }
    }

    /// A length of the package before or after `now`, on the clocks of one of its zones.
    fn a_span_away(&self, choices: &mut Choices) -> Timestamp {
        let (count, unit) = *choices.one_of(&self.spans);
        let mut span = spanned(count, unit);
        if choices.chance(70) {
            span = -span;
        }
        let now = self.now.to_zoned(self.zone.clone());
        now.checked_add(span)
            .map_or(self.now, |moved| moved.timestamp())
    }

    /// The first moment of this day, week, month or year, or of the next.
    fn start_of_something(&self, choices: &mut Choices) -> Timestamp {
        let now = self.now.to_zoned(self.zone.clone());
        let day = now.date();
        let first = match choices.below(4) {
            0 => day,
            1 => day
                .checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
                .unwrap_or(day),
            2 => day.first_of_month(),
            _ => day.first_of_year(),
        };
        let next = match choices.below(3) {
            0 => first.checked_add(1.day()),
            1 => first.checked_add(1.month()),
            _ => Ok(first),
        };
        let first: Result<Zoned, _> = next.unwrap_or(first).to_zoned(self.zone.clone());
        first.map_or(self.now, |first| first.timestamp())
    }

    /// The same instant with another offset.
    pub(super) fn elsewhere(instant: Timestamp, choices: &mut Choices) -> String {
        let zone = *choices.one_of(&["Asia/Kolkata", "America/New_York", "Europe/Berlin"]);
        match TimeZone::get(zone) {
            Ok(zone) => {
                let text = instant
                    .display_with_offset(zone.to_offset(instant))
                    .to_string();
                // An offset with seconds is none of RFC 3339, and a year before 1 is none of the language.
                let plain = text.len() <= 35 && text.matches(':').count() == 3;
                if plain && !text.starts_with('-') && !text.starts_with("0000") {
                    text
                } else {
                    instant.to_string()
                }
            }
            Err(_) => instant.to_string(),
        }
    }
}

fn spanned(count: i64, unit: &str) -> Span {
    match unit {
        "second" => count.seconds(),
        "minute" => count.minutes(),
        "hour" => count.hours(),
        "day" => count.days(),
        "week" => count.weeks(),
        "month" => count.months(),
        _ => count.years(),
    }
}

/// Moments far off, to decide at. What holds within the first and the last years, where windows have to be cut off,
/// is a matter of its own: the page of what was found tells of it.
const NOWS: [&str; 6] = [
    "1970-01-01T00:00:00Z",
    "0009-01-01T00:00:00Z",
    "9990-12-30T00:00:00Z",
    "1900-01-01T12:00:00Z",
    "2100-02-28T23:59:59Z",
    "2024-02-29T00:00:00Z",
];

/// Moments far off, in records.
const INSTANTS: [&str; 4] = [
    "1970-01-01T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "9999-12-30T00:00:00Z",
    "2024-02-29T00:00:00Z",
];

fn extreme(choices: &mut Choices, moments: &[&str]) -> Timestamp {
    let text = *choices.one_of(moments);
    text.parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Right there, or just beside.
fn jitter(instant: Timestamp, choices: &mut Choices) -> Timestamp {
    let by = match choices.weighted(&[12, 2, 2, 1, 1, 1, 1]) {
        1 => SignedDuration::from_secs(1),
        2 => SignedDuration::from_secs(-1),
        3 => SignedDuration::from_nanos(1),
        4 => SignedDuration::from_nanos(-1),
        5 => SignedDuration::from_hours(1),
        6 => SignedDuration::from_hours(-1),
        _ => SignedDuration::ZERO,
    };
    moved(instant, by)
}

fn moved(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.checked_add(by).unwrap_or(instant)
}

/// Within the years 1 to 9999.
fn within(instant: Timestamp) -> Timestamp {
    let text = |text: &str| text.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    instant.clamp(text("0001-01-01T00:00:00Z"), text("9999-12-30T21:59:59Z"))
}
