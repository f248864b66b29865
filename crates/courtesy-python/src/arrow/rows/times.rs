//! Dates, times and spans of Arrow as texts of ISO 8601.

use super::Write;
use crate::path::Unsayable;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, ArrowTimestampType, Date32Type, Date64Type, DurationMicrosecondType,
    DurationMillisecondType, DurationNanosecondType, DurationSecondType, Time32MillisecondType,
    Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_schema::{DataType, TimeUnit};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};

/// Nanoseconds of a day.
const DAY: i128 = 86_400_000_000_000;

/// What writes a column of times.
pub(super) fn of_times(column: &dyn Array) -> Option<Write<'_>> {
    use TimeUnit::{Microsecond, Millisecond, Nanosecond, Second};
    Some(match column.data_type() {
        DataType::Date32 => {
            texts::<Date32Type>(column, |days| date(i128::from(days).saturating_mul(DAY)))
        }
        DataType::Date64 => texts::<Date64Type>(column, |millis| {
            date(nanoseconds(millis.into(), Millisecond))
        }),
        DataType::Timestamp(Second, zone) => moments::<TimestampSecondType>(column, zone.is_some()),
        DataType::Timestamp(Millisecond, zone) => {
            moments::<TimestampMillisecondType>(column, zone.is_some())
        }
        DataType::Timestamp(Microsecond, zone) => {
            moments::<TimestampMicrosecondType>(column, zone.is_some())
        }
        DataType::Timestamp(Nanosecond, zone) => {
            moments::<TimestampNanosecondType>(column, zone.is_some())
        }
        DataType::Time32(Second) => {
            texts::<Time32SecondType>(column, |value| time(nanoseconds(value.into(), Second)))
        }
        DataType::Time32(_) => texts::<Time32MillisecondType>(column, |value| {
            time(nanoseconds(value.into(), Millisecond))
        }),
        DataType::Time64(Microsecond) => texts::<Time64MicrosecondType>(column, |value| {
            time(nanoseconds(value.into(), Microsecond))
        }),
        DataType::Time64(_) => texts::<Time64NanosecondType>(column, |value| time(value.into())),
        DataType::Duration(Second) => {
            texts::<DurationSecondType>(column, |value| span(nanoseconds(value.into(), Second)))
        }
        DataType::Duration(Millisecond) => texts::<DurationMillisecondType>(column, |value| {
            span(nanoseconds(value.into(), Millisecond))
        }),
        DataType::Duration(Microsecond) => texts::<DurationMicrosecondType>(column, |value| {
            span(nanoseconds(value.into(), Microsecond))
        }),
        DataType::Duration(Nanosecond) => {
            texts::<DurationNanosecondType>(column, |value| span(value.into()))
        }
        _ => return None,
    })
}

fn texts<T: ArrowPrimitiveType>(
    column: &dyn Array,
    text: fn(T::Native) -> Result<String, Unsayable>,
) -> Write<'_> {
    let values = column.as_primitive::<T>();
    Box::new(move |row, json| json.text(&text(values.value(row))?))
}

fn moments<T: ArrowTimestampType>(column: &dyn Array, has_zone: bool) -> Write<'_> {
    let values = column.as_primitive::<T>();
    Box::new(move |row, json| {
        json.text(&moment(
            nanoseconds(values.value(row).into(), T::UNIT),
            has_zone,
        )?)
    })
}

fn nanoseconds(value: i128, unit: TimeUnit) -> i128 {
    value.saturating_mul(match unit {
        TimeUnit::Second => 1_000_000_000,
        TimeUnit::Millisecond => 1_000_000,
        TimeUnit::Microsecond => 1_000,
        TimeUnit::Nanosecond => 1,
    })
}

fn instant(nanoseconds: i128, code: &'static str) -> Result<Timestamp, Unsayable> {
    Timestamp::from_nanosecond(nanoseconds)
        .map_err(|_| Unsayable::with_code(code, "this lies outside of the years 1 to 9999"))
}

/// With a zone the instant; without one the bare date and time, which no field takes.
fn moment(nanoseconds: i128, has_zone: bool) -> Result<String, Unsayable> {
    let instant = instant(nanoseconds, "bad-date-time")?;
    Ok(match has_zone {
        true => instant.to_string(),
        false => TimeZone::UTC.to_datetime(instant).to_string(),
    })
}

fn date(nanoseconds: i128) -> Result<String, Unsayable> {
    if nanoseconds.rem_euclid(DAY) != 0 {
        let message = "this date is not the start of a day; cast it to a timestamp, or round it";
        return Err(Unsayable::with_code("bad-date", message));
    }
    Ok(TimeZone::UTC
        .to_datetime(instant(nanoseconds, "bad-date")?)
        .date()
        .to_string())
}

fn time(nanoseconds: i128) -> Result<String, Unsayable> {
    let past_midnight = i64::try_from(nanoseconds)
        .ok()
        .filter(|_| (0..DAY).contains(&nanoseconds));
    let time = past_midnight.and_then(|past| {
        civil::Time::midnight()
            .checked_add(SignedDuration::from_nanos(past))
            .ok()
    });
    let outside = || Unsayable::with_code("bad-time", "this lies outside of a day");
    Ok(time.ok_or_else(outside)?.to_string())
}

fn span(nanoseconds: i128) -> Result<String, Unsayable> {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let size = nanoseconds.unsigned_abs();
    let (seconds, rest) = (
        size.div_euclid(1_000_000_000),
        size.rem_euclid(1_000_000_000),
    );
    let fraction = if rest == 0 {
        String::new()
    } else {
        format!(".{rest:09}")
    };
    Ok(format!("{sign}PT{seconds}{fraction}S"))
}
