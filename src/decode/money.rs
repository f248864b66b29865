//! Money: a bare amount, or an amount with its currency.

use super::found::Json;
use super::object::RawObject;
use super::reader::{Reader, Step, Trouble, not_json_here};
use super::scalar::Asked;
use crate::schema::{TimeForm, Type};
use crate::value::{Currency, Money, Value};

use serde::de;
use serde_json::value::RawValue;

const EXPECTED: &str = "an amount of money";

/// Reads an amount of this currency.
pub(super) fn read<E: de::Error>(
    reader: &Reader<'_>,
    currency: Currency,
    json: &Json<'_>,
    private: bool,
) -> Result<Value, E> {
    let kind = Type::Money(currency);
    let asked = Asked {
        schema: reader.schema,
        kind: &kind,
        form: TimeForm::default(),
        private,
    };
    let amount = match json {
        Json::Record(object) => return with_currency(reader, asked, currency, object),
        bare => asked.number(bare).map_err(|trouble| reader.fail(trouble))?,
    };
    Ok(Value::Money(Money::new(amount, currency)))
}

/// `{ "amount": "12.50", "currency": "USD" }`
fn with_currency<E: de::Error>(
    reader: &Reader<'_>,
    asked: Asked<'_>,
    currency: Currency,
    object: &str,
) -> Result<Value, E> {
    let [amount, code] = reader.read_slice(
        object,
        RawObject {
            reader,
            names: ["amount", "currency"],
            expected: EXPECTED,
            private: asked.private,
        },
    )?;
    let at = |key: &str, trouble: Trouble| {
        reader.inside(Step::Key(key.into()), reader.fail::<E>(trouble))
    };
    let number = part(amount, "amount")
        .and_then(|json| asked.number(&json))
        .map_err(|trouble| at("amount", trouble))?;
    part(code, "currency")
        .and_then(|json| is_of(currency, &json, asked.private))
        .map_err(|trouble| at("currency", trouble))?;
    Ok(Value::Money(Money::new(number, currency)))
}

fn part<'a>(raw: Option<&'a RawValue>, key: &str) -> Result<Json<'a>, Trouble> {
    let missing = || {
        (
            "missing-field",
            format!("{EXPECTED} has `amount` and `currency`; `{key}` is missing"),
        )
    };
    match raw.map(|raw| Json::of(raw.get())) {
        None | Some(Ok(Json::Null)) => Err(missing()),
        Some(Ok(json)) => Ok(json),
        Some(Err(error)) => Err(not_json_here(&error)),
    }
}

fn is_of(currency: Currency, json: &Json<'_>, private: bool) -> Result<(), Trouble> {
    match json {
        Json::Text(code) if code == currency.code() => Ok(()),
        other => {
            let code = if matches!(other, Json::Text(_)) {
                "wrong-currency"
            } else {
                "wrong-type"
            };
            let expected = format!("expected the currency `{}`", currency.code());
            Err((code, format!("{expected}, {}", other.found(private))))
        }
    }
}
