//! The package of the language page, its schema built by hand, with a field of every type added.

use std::sync::Arc;

use crate::schema::{
    Action, ActionId, Choice, ChoiceId, ChoiceOption, Field, Fields, Input, RecordId, RecordType,
    Schema, TimeForm, Type, ValueRange,
};
use crate::source::{FileId, Span};
use crate::value::{Currency, Shape, ShapeField, Value};

/// `apologise`
pub(crate) const APOLOGISE: ActionId = ActionId(0);
/// `greet`
pub(crate) const GREET: ActionId = ActionId(1);
/// `nod`
pub(crate) const NOD: ActionId = ActionId(2);
/// `upsell`
pub(crate) const UPSELL: ActionId = ActionId(3);

const CHANNEL: ChoiceId = ChoiceId(0);
const TIER: ChoiceId = ChoiceId(1);
const CREDIT: RecordId = RecordId(0);
const CUSTOMER: RecordId = RecordId(1);
const EVERY: RecordId = RecordId(2);
const ITEM: RecordId = RecordId(3);
const PURCHASE: RecordId = RecordId(4);

fn nowhere() -> Span {
    Span {
        file: FileId(0),
        start: 0,
        end: 0,
    }
}

pub(crate) fn usd() -> Currency {
    Currency::from_code("USD").unwrap()
}

fn money() -> Type {
    Type::Money(usd())
}

fn list(kind: Type) -> Type {
    Type::List(Arc::new(kind))
}

fn field(name: &str, kind: Type) -> Field {
    Field {
        name: name.into(),
        key: name.into(),
        kind,
        optional: false,
        private: false,
        form: TimeForm::default(),
        range: None,
        most: None,
        span: nowhere(),
    }
}

fn optional(name: &str, kind: Type) -> Field {
    Field {
        optional: true,
        ..field(name, kind)
    }
}

fn private(name: &str, kind: Type) -> Field {
    Field {
        private: true,
        ..optional(name, kind)
    }
}

fn in_form(name: &str, form: TimeForm) -> Field {
    Field {
        form,
        ..optional(name, Type::DateTime)
    }
}

fn shape(name: &str, fields: &[Field]) -> Arc<Shape> {
    let names = fields.iter().map(|field| ShapeField {
        name: field.name.clone(),
        private: field.private,
    });
    Arc::new(Shape {
        name: name.into(),
        fields: names.collect(),
    })
}

fn record(name: &str, fields: Vec<Field>) -> RecordType {
    RecordType {
        name: name.into(),
        shape: shape(name, &fields),
        fields: Fields::new(fields),
        broken: false,
        span: nowhere(),
    }
}

fn action(name: &str, fields: Vec<Field>) -> Action {
    Action {
        name: name.into(),
        shape: shape(name, &fields),
        fields: Fields::new(fields),
        single: false,
        broken: false,
        span: nowhere(),
    }
}

fn choice(name: &str, values: &[(&str, &str)]) -> Choice {
    let option = |(name, text): &(&str, &str)| ChoiceOption {
        name: (*name).into(),
        text: (*text).into(),
        span: nowhere(),
    };
    Choice {
        name: name.into(),
        values: values.iter().map(option).collect(),
        ordered: false,
        span: nowhere(),
    }
}

fn input(name: &str, kind: Type, optional: bool) -> Input {
    Input {
        name: name.into(),
        kind,
        optional,
        span: nowhere(),
    }
}

/// A field of every type, all optional.
fn every_type() -> Vec<Field> {
    let age = Field {
        key: "Age in years".into(),
        range: Some(ValueRange {
            low: Value::whole(0),
            high: Value::whole(130),
        }),
        ..optional("age", Type::Number)
    };
    vec![
        optional("yes_no", Type::YesNo),
        optional("text", Type::Text),
        optional("number", Type::Number),
        age,
        optional("money", money()),
        optional("date", Type::Date),
        optional("time", Type::Time),
        optional("instant", Type::DateTime),
        in_form("seconds", TimeForm::EpochSeconds),
        in_form("milliseconds", TimeForm::EpochMilliseconds),
        optional("duration", Type::Duration),
        optional("period", Type::Period),
        optional("zone", Type::Timezone),
        optional("weekday", Type::Weekday),
        optional("channel", Type::Choice(CHANNEL)),
        Field {
            most: Some(4),
            ..optional("numbers", list(Type::Number))
        },
        private("secret", Type::Number),
        private("secret_tier", Type::Choice(TIER)),
        private("secret_item", Type::Record(ITEM)),
        private("secret_money", money()),
        private("inner", Type::Record(EVERY)),
    ]
}

/// The schema of the language page.
pub(crate) fn schema() -> Schema {
    let customer = vec![
        field("id", Type::Text),
        private("name", Type::Text),
        field("tier", Type::Choice(TIER)),
        optional("timezone", Type::Timezone),
        field("purchases", list(Type::Record(PURCHASE))),
        field("credits", list(Type::Record(CREDIT))),
    ];
    let item = vec![
        field("sku", Type::Text),
        field("category", Type::Text),
        field("title", Type::Text),
    ];
    let purchase = vec![
        field("item", Type::Record(ITEM)),
        field("paid", money()),
        field("at", Type::DateTime),
    ];
    let upsell = vec![
        field("item", Type::Record(ITEM)),
        field("channel", Type::Choice(CHANNEL)),
    ];
    Schema {
        currency: Some(usd()),
        choices: vec![
            choice(
                "Channel",
                &[
                    ("email", "email"),
                    ("sms", "sms"),
                    ("call", "call"),
                    ("in_person", "In Person"),
                ],
            ),
            choice(
                "Tier",
                &[
                    ("standard", "standard"),
                    ("silver", "silver"),
                    ("gold", "gold"),
                    ("vip", "vip"),
                ],
            ),
        ],
        records: vec![
            record(
                "Credit",
                vec![field("amount", money()), field("at", Type::DateTime)],
            ),
            record("Customer", customer),
            record("Every", every_type()),
            record("Item", item),
            record("Purchase", purchase),
        ],
        inputs: vec![
            input("customer", Type::Record(CUSTOMER), false),
            input("every", Type::Record(EVERY), true),
        ],
        actions: vec![
            action(
                "apologise",
                vec![field("amount", money()), field("why", Type::Text)],
            ),
            action("greet", vec![field("text", Type::Text)]),
            action("nod", Vec::new()),
            action("upsell", upsell),
        ],
        groups: Vec::new(),
    }
}

/// The case of the contract.
pub(crate) const CASE: &str = r#"{ "now": "2026-11-23T10:00:00Z",
  "inputs": { "customer": { "id": "amir", "name": "Amir", "tier": "vip", "credits": [],
    "purchases": [ { "item": { "sku": "flip", "category": "camera", "title": "Flip" }, "paid": "149.99", "at": "2026-11-01T09:30:00Z" } ] } },
  "proposals": [
    { "id": "p1", "action": "upsell", "with": { "item": { "sku": "zoom", "category": "camera", "title": "Zoom" }, "channel": "email" } },
    { "id": "p2", "action": "upsell", "with": { "item": { "sku": "frother", "category": "kitchen", "title": "Frother" }, "channel": "email" } } ] }"#;

/// A customer who bought nothing.
pub(crate) const CUSTOMER_JSON: &str = r#"{"id":"amir","tier":"vip","credits":[],"purchases":[]}"#;
