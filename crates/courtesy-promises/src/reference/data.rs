//! Values from the data of a case, and back.
//!
//! Input: JSON that fits. Output: values. What the host need not say is missing.

use super::declared::{Declared, Field};
use super::kind::Kind;
use courtesy::ast::EpochUnit;
use courtesy::value::{
    Currency, Money, Number, Record, Value, Zone, from_epoch_milliseconds, from_epoch_seconds,
    parse_date, parse_instant, parse_period, parse_time, weekday_named,
};
use serde_json::Value as Json;
use std::sync::Arc;

impl Declared {
    /// The value that JSON holds.
    pub(crate) fn decode(&self, json: &Json, kind: &Kind) -> Result<Value, String> {
        if json.is_null() {
            return Ok(Value::Missing);
        }
        Ok(match kind {
            Kind::YesNo => Value::YesNo(json.as_bool().ok_or("neither true nor false")?),
            Kind::Number => Value::Number(number(json)?),
            Kind::Money(currency) => Value::Money(money(json, *currency)?),
            Kind::List(element) => self.decode_list(json, element)?,
            Kind::Record(name) => self.decode_record(json, name)?,
            _ => self.decode_text(text(json)?, kind)?,
        })
    }

    fn decode_text(&self, text: &str, kind: &Kind) -> Result<Value, String> {
        let wrong = || format!("`{text}` does not fit");
        Ok(match kind {
            Kind::Text => Value::data(text),
            Kind::Date => Value::Date(parse_date(text).map_err(|_| wrong())?),
            Kind::Time => Value::Time(parse_time(text).map_err(|_| wrong())?),
            Kind::DateTime => Value::DateTime(parse_instant(text).map_err(|_| wrong())?),
            Kind::Length => Value::Span(parse_period(text).map_err(|_| wrong())?),
            Kind::Timezone => Value::Timezone(Zone::named(text).ok_or_else(wrong)?),
            Kind::Weekday => Value::Weekday(weekday_named(text).ok_or_else(wrong)?),
            Kind::Choice(choice) => self.decode_choice(text, choice).ok_or_else(wrong)?,
            _ => return Err(wrong()),
        })
    }

    fn decode_choice(&self, text: &str, choice: &str) -> Option<Value> {
        let values = self.choices.get(choice)?;
        let found = values.iter().find(|named| &*named.value.text == text)?;
        Some(Value::Choice(found.value.clone()))
    }

    fn decode_list(&self, json: &Json, element: &Kind) -> Result<Value, String> {
        let items = json.as_array().ok_or("not a list")?;
        let values = items.iter().map(|item| self.decode(item, element));
        Ok(Value::list(values.collect::<Result<_, _>>()?))
    }

    /// A record, by the keys of its fields.
    pub(crate) fn decode_record(&self, json: &Json, name: &str) -> Result<Value, String> {
        let record = self.record(name)?;
        let values = record
            .fields
            .iter()
            .map(|field| self.decode_field(json.get(&*field.key), field));
        Ok(Value::Record(Arc::new(Record {
            shape: record.shape.clone(),
            values: values.collect::<Result<_, _>>()?,
        })))
    }

    fn decode_field(&self, json: Option<&Json>, field: &Field) -> Result<Value, String> {
        match (json, field.epoch) {
            (None | Some(Json::Null), _) => Ok(Value::Missing),
            (Some(json), None) => self.decode(json, &field.kind),
            (Some(json), Some(unit)) => {
                let count = number(json)?.to_i64().ok_or("not a whole number")?;
                let instant = match unit {
                    EpochUnit::Seconds => from_epoch_seconds(count),
                    EpochUnit::Milliseconds => from_epoch_milliseconds(count),
                };
                Ok(Value::DateTime(instant.ok_or("no instant")?))
            }
        }
    }
}

fn text(json: &Json) -> Result<&str, String> {
    json.as_str().ok_or_else(|| format!("`{json}` is no text"))
}

fn number(json: &Json) -> Result<Number, String> {
    Number::parse_json(text(json)?).map_err(|error| error.to_string())
}

fn money(json: &Json, currency: Currency) -> Result<Money, String> {
    let amount = json.get("amount").unwrap_or(json);
    Ok(Money::new(number(amount)?, currency))
}
