//! Values for people, values as JSON, and what makes them equal.

use std::sync::Arc;

use super::{at, date, time, zone};
use crate::value::{
    ChoiceValue, Currency, Money, Number, Record, Shape, ShapeField, Span, Text, TextBuilder,
    Value, Weekday, Zone, render, write_json,
};

fn printed(value: &Value) -> String {
    let mut out = TextBuilder::new();
    render(value, &zone("America/New_York"), &mut out);
    out.finish().as_str().to_owned()
}

fn json(value: &Value) -> String {
    let mut out = String::new();
    write_json(value, &mut out);
    out
}

fn dollars(text: &str) -> Value {
    Value::Money(Money::new(
        Number::parse(text).unwrap(),
        Currency::from_code("USD").unwrap(),
    ))
}

fn choice(index: u32, text: &str) -> Value {
    Value::Choice(ChoiceValue {
        index,
        text: text.into(),
    })
}

fn person(name: Value, age: Value) -> Value {
    let field = |name: &str, private| ShapeField {
        name: name.into(),
        private,
    };
    let shape = Arc::new(Shape {
        name: "Person".into(),
        fields: [field("name", true), field("age", false)].into(),
    });
    Value::Record(Arc::new(Record {
        shape,
        values: [name, age].into(),
    }))
}

/// A value, how people read it, and its JSON.
fn kinds() -> Vec<(Value, &'static str, &'static str)> {
    vec![
        (Value::Missing, "", "null"),
        (Value::YesNo(true), "yes", "true"),
        (Value::YesNo(false), "no", "false"),
        (
            Value::Number(Number::from_parts(-1250, 2)),
            "-12.5",
            "-12.5",
        ),
        (
            dollars("15"),
            "15.00 USD",
            r#"{"amount":"15.00","currency":"USD"}"#,
        ),
        (
            Value::data("a \"b\"\n\u{1}é</"),
            "a \"b\"\n\u{1}é</",
            "\"a \\\"b\\\"\\n\\u0001é</\"",
        ),
        (
            Value::Date(date("2026-11-01")),
            "1 November 2026",
            "\"2026-11-01\"",
        ),
        (Value::Time(time("09:30")), "09:30", "\"09:30:00\""),
        (
            Value::Time(time("09:30:05.25")),
            "09:30:05.25",
            "\"09:30:05.25\"",
        ),
        (
            Value::DateTime(at("2026-11-01T14:30:00Z")),
            "1 November 2026 at 09:30",
            "\"2026-11-01T14:30:00Z\"",
        ),
        (Value::Span(Span::hours(2)), "2 hours", "\"PT2H\""),
        (Value::Span(Span::days(30)), "30 days", "\"P30D\""),
        (
            Value::Timezone(zone("Europe/London")),
            "Europe/London",
            "\"Europe/London\"",
        ),
        (
            Value::Weekday(Weekday::Wednesday),
            "Wednesday",
            "\"wednesday\"",
        ),
        (choice(3, "In Person"), "In Person", "\"In Person\""),
        (
            person(Value::data("Amir"), Value::Missing),
            "Person",
            r#"{"name":"Amir"}"#,
        ),
        (
            person(Value::Missing, Value::whole(7)),
            "Person",
            r#"{"age":7}"#,
        ),
        (Value::list(vec![]), "", "[]"),
        (Value::list(vec![Value::whole(1)]), "1", "[1]"),
        (
            Value::list(vec![Value::whole(1), Value::whole(2)]),
            "1 and 2",
            "[1,2]",
        ),
        (
            Value::list(vec![Value::whole(1), Value::whole(2), Value::whole(3)]),
            "1, 2 and 3",
            "[1,2,3]",
        ),
    ]
}

#[test]
fn every_kind_prints_for_people_and_as_json() {
    for (value, people, machine) in kinds() {
        assert_eq!(printed(&value), people, "{value:?}");
        assert_eq!(json(&value), machine, "{value:?}");
        assert!(serde_json::from_str::<serde_json::Value>(machine).is_ok());
    }
}

#[test]
fn what_the_package_did_not_write_is_inserted() {
    let list = Value::list(vec![
        Value::data("<a>"),
        Value::literal("b"),
        Value::whole(1),
    ]);
    let mut out = TextBuilder::new();
    render(&list, &Zone::utc(), &mut out);
    let text = out.finish();
    let parts: Vec<_> = text
        .segments()
        .map(|part| (part.text, part.inserted))
        .collect();
    assert_eq!(parts, [("<a>", true), (", b and ", false), ("1", true)]);
}

#[test]
fn unknown_is_never_the_same_and_never_compares() {
    assert!(!Value::Missing.same(&Value::Missing));
    for (value, ..) in kinds() {
        assert_eq!(value.same(&value.clone()), !value.is_missing());
        assert!(
            value.compare(&Value::Missing).is_none() && Value::Missing.compare(&value).is_none()
        );
    }
    assert_eq!(Value::Missing, Value::Missing);
}

#[test]
fn kinds_without_order_and_mixed_kinds_do_not_compare() {
    assert!(Value::whole(1).compare(&dollars("1")).is_none());
    assert!(Value::literal("a").compare(&Value::literal("b")).is_none());
    assert!(
        Value::Span(Span::days(1))
            .compare(&Value::Span(Span::hours(1)))
            .is_none()
    );
    let euros = Value::Money(Money::new(Number::ONE, Currency::from_code("EUR").unwrap()));
    assert!(euros.compare(&dollars("1")).is_none() && !euros.same(&dollars("1")));
    assert!(
        choice(0, "a")
            .compare(&choice(1, "b"))
            .is_some_and(|order| order.is_lt())
    );
}

#[test]
fn the_text_of_a_choice_and_the_parts_of_a_text_do_not_matter() {
    assert_eq!(choice(1, "in_person"), choice(1, "In Person"));
    assert_eq!(
        Value::Text(Text::literal("a")),
        Value::Text(Text::from_data("a"))
    );
    assert_eq!(
        person(Value::literal("a"), Value::Missing),
        person(Value::data("a"), Value::Missing)
    );
}

#[test]
fn values_are_small() {
    assert!(size_of::<Value>() <= 64, "{}", size_of::<Value>());
}
