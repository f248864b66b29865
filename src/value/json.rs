//! Values as exact JSON, as decisions carry them.
//!
//! Input: a value. Output: JSON text, the same bytes for equal values of one package.
//! Invariants: no digit is lost (RFC 8259 sets no limit to them); a missing field is left out of its record.

use super::civil::weekday_key;
use super::{JsonObject, Value, format_rfc3339, write_json_list};

/// Adds a value as JSON.
///
/// Numbers have all their digits; money is `{"amount":"12.50","currency":"USD"}`; instants are RFC 3339 in UTC;
/// dates, times and lengths of time ISO 8601; a choice is its text, a weekday `wednesday`, a zone its name. What
/// is missing is `null`, and left out of a record.
///
/// ```
/// use courtesy::value::{Currency, Money, Number, Value, write_json};
///
/// let usd = Currency::from_code("USD").unwrap();
/// let mut out = String::new();
/// write_json(&Value::Money(Money::new(Number::from_parts(125, 1), usd)), &mut out);
/// assert_eq!(out, r#"{"amount":"12.50","currency":"USD"}"#);
/// ```
pub fn write_json(value: &Value, out: &mut String) {
    match value {
        Value::Missing => out.push_str("null"),
        Value::YesNo(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Money(money) => {
            let (amount, currency) = (money.amount_text(), money.currency.code());
            out.push_str(&format!(
                r#"{{"amount":"{amount}","currency":"{currency}"}}"#
            ));
        }
        Value::Text(text) => write_json_text(text.as_str(), out),
        Value::Date(date) => write_json_text(&date.to_string(), out),
        Value::Time(time) => write_json_text(&time.to_string(), out),
        Value::DateTime(instant) => write_json_text(&format_rfc3339(*instant), out),
        Value::Span(span) => write_json_text(&span.to_iso(), out),
        Value::Timezone(zone) => write_json_text(zone.name(), out),
        Value::Weekday(weekday) => write_json_text(weekday_key(*weekday), out),
        Value::Choice(choice) => write_json_text(&choice.text, out),
        Value::Record(record) => JsonObject::write(out, |object| {
            let fields = record.shape.fields.iter().zip(&record.values);
            for (field, value) in fields.filter(|(_, value)| !value.is_missing()) {
                object.value(&field.name, value);
            }
        }),
        Value::List(items) => write_json_list(items.iter(), out, write_json),
    }
}

/// Adds text as a JSON string, with what JSON needs escaped and nothing else.
pub fn write_json_text(text: &str, out: &mut String) {
    // A string always has a JSON form, so there is nothing to fail.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}
