//! How values print for people, in `because`, in texts and in lists.
//!
//! Input: a value and the zone in which instants are told. Output: parts of a text, everything that the package
//! did not write itself marked as inserted.
//! Invariants: nothing depends on the machine's language; records never come here, the checker sees to it.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::civil::{month_name, weekday_name};
use super::{Number, Record, TextBuilder, Value, Zone, date_of, time_of};

/// Adds a value as people write it.
///
/// ```
/// use courtesy::value::{TextBuilder, Value, Zone, parse_instant, render};
///
/// let instant = Value::DateTime(parse_instant("2026-11-01T09:30:00Z").unwrap());
/// let mut text = TextBuilder::new();
/// render(&instant, &Zone::named("Europe/Berlin").unwrap(), &mut text);
/// assert_eq!(text.finish().as_str(), "1 November 2026 at 10:30");
///
/// let list = Value::list(vec![Value::literal("a"), Value::whole(2), Value::YesNo(true)]);
/// let mut text = TextBuilder::new();
/// render(&list, &Zone::utc(), &mut text);
/// assert_eq!(text.finish().as_str(), "a, 2 and yes");
/// ```
pub fn render(value: &Value, zone: &Zone, out: &mut TextBuilder) {
    match value {
        Value::Missing => {}
        Value::Text(text) => out.push_text(text),
        Value::List(items) => render_list(items, zone, out),
        Value::YesNo(yes) => out.push_inserted(if *yes { "yes" } else { "no" }),
        Value::Number(number) => out.push_inserted(&number.to_string()),
        Value::Money(money) => out.push_inserted(&money.to_string()),
        Value::Date(date) => out.push_inserted(&format_date(*date)),
        Value::Time(time) => out.push_inserted(&format_time(*time)),
        Value::DateTime(instant) => out.push_inserted(&format_instant(*instant, zone)),
        Value::Span(span) => out.push_inserted(&span.to_string()),
        Value::Timezone(zone) => out.push_inserted(zone.name()),
        Value::Weekday(weekday) => out.push_inserted(weekday_name(*weekday)),
        Value::Choice(choice) => out.push_inserted(&choice.text),
        Value::Record(record) => render_record(record, out),
    }
}

/// `A`, `A and B`, `A, B and C`.
fn render_list(items: &[Value], zone: &Zone, out: &mut TextBuilder) {
    let last = items.len().saturating_sub(1);
    for (place, item) in items.iter().enumerate() {
        match place {
            0 => {}
            _ if place == last => out.push_literal(" and "),
            _ => out.push_literal(", "),
        }
        render(item, zone, out);
    }
}

/// The name of its type: a field of it could be private.
fn render_record(record: &Record, out: &mut TextBuilder) {
    out.push_inserted(&record.shape.name);
}

/// A date as people write it: `1 November 2026`.
pub fn format_date(date: Date) -> String {
    format!(
        "{} {} {}",
        date.day(),
        month_name(date.month()),
        date.year()
    )
}

/// A time as people write it: `09:30`, with seconds only where there are any.
pub fn format_time(time: Time) -> String {
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    match (time.second(), time.subsec_nanosecond()) {
        (0, 0) => clock,
        (second, 0) => format!("{clock}:{second:02}"),
        (second, fraction) => format!("{clock}:{second:02}{}", fraction_text(fraction)),
    }
}

/// The digits of a second with their point, without zeros at the end.
fn fraction_text(nanoseconds: i32) -> String {
    let text = Number::from_parts(i128::from(nanoseconds), 9).to_string();
    text.trim_start_matches('0').to_owned()
}

/// An instant as people in a zone write it: `1 November 2026 at 09:30`.
pub fn format_instant(instant: Timestamp, zone: &Zone) -> String {
    format!(
        "{} at {}",
        format_date(date_of(instant, zone)),
        format_time(time_of(instant, zone))
    )
}
