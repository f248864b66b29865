//! Each operator with each kind of operand.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;
use crate::value::{Currency, Span, parse_time};

fn number(text: &str) -> Value {
    Value::Number(Number::parse(text).unwrap())
}

fn money(text: &str, code: &str) -> Value {
    let currency = Currency::from_code(code).unwrap();
    Value::Money(Money::new(Number::parse(text).unwrap(), currency))
}

fn usd(text: &str) -> Value {
    money(text, "USD")
}

#[test]
fn numbers_are_exact() {
    let of = |operator, a, b| arithmetic(operator, &number(a), &number(b));
    assert_eq!(of(Arithmetic::Add, "0.1", "0.2"), number("0.3"));
    assert_eq!(of(Arithmetic::Subtract, "0.1", "0.2"), number("-0.1"));
    assert_eq!(of(Arithmetic::Multiply, "1.5", "1.5"), number("2.25"));
    assert_eq!(of(Arithmetic::Divide, "1", "8"), number("0.125"));
    assert_eq!(of(Arithmetic::Divide, "1", "0"), Value::Missing);
}

#[test]
fn money_with_money_and_with_numbers() {
    assert_eq!(
        arithmetic(Arithmetic::Add, &usd("1"), &usd("2.5")),
        usd("3.5")
    );
    assert_eq!(
        arithmetic(Arithmetic::Subtract, &usd("1"), &usd("2.5")),
        usd("-1.5")
    );
    assert_eq!(
        arithmetic(Arithmetic::Multiply, &usd("2"), &number("1.5")),
        usd("3")
    );
    assert_eq!(
        arithmetic(Arithmetic::Multiply, &number("1.5"), &usd("2")),
        usd("3")
    );
    assert_eq!(
        arithmetic(Arithmetic::Divide, &usd("3"), &number("2")),
        usd("1.5")
    );
    assert_eq!(
        arithmetic(Arithmetic::Divide, &usd("3"), &usd("2")),
        number("1.5")
    );
    assert_eq!(
        arithmetic(Arithmetic::Divide, &usd("3"), &usd("0")),
        Value::Missing
    );
}

#[test]
fn what_has_no_result_is_missing() {
    let eur = money("1", "EUR");
    assert_eq!(arithmetic(Arithmetic::Add, &usd("1"), &eur), Value::Missing);
    assert_eq!(
        arithmetic(Arithmetic::Multiply, &usd("1"), &usd("1")),
        Value::Missing
    );
    assert_eq!(
        arithmetic(Arithmetic::Add, &usd("1"), &number("1")),
        Value::Missing
    );
    assert_eq!(
        arithmetic(Arithmetic::Divide, &number("1"), &usd("1")),
        Value::Missing
    );
    assert_eq!(
        arithmetic(Arithmetic::Add, &Value::Missing, &number("1")),
        Value::Missing
    );
    let day = Value::Span(Span::days(1));
    assert_eq!(arithmetic(Arithmetic::Multiply, &day, &day), Value::Missing);
    assert_eq!(rounded(&usd("1"), &eur), Value::Missing);
    assert_eq!(rounded(&usd("1"), &number("1")), Value::Missing);
}

#[test]
fn lengths_of_time_add_up_part_by_part() {
    let (day, hour) = (Value::Span(Span::days(1)), Value::Span(Span::hours(1)));
    let both = Value::Span(Span::days(1).add(&Span::hours(1)));
    assert_eq!(arithmetic(Arithmetic::Add, &day, &hour), both);
    assert_eq!(arithmetic(Arithmetic::Subtract, &both, &hour), day);
}

#[test]
fn rounding_to_a_step() {
    assert_eq!(rounded(&number("2.5"), &number("1")), number("2"));
    assert_eq!(rounded(&usd("7.49"), &usd("5")), usd("5"));
}

#[test]
fn unknown_is_the_same_as_nothing() {
    assert_eq!(
        compare(Comparison::Same, &Value::Missing, &Value::Missing),
        None
    );
    assert_eq!(
        compare(Comparison::Less, &number("1"), &Value::Missing),
        None
    );
    assert_eq!(
        compare(Comparison::Less, &usd("1"), &money("2", "EUR")),
        None
    );
    assert_eq!(
        compare(Comparison::Same, &number("1"), &number("1.0")),
        Some(true)
    );
}

#[test]
fn times_of_day_go_around_the_clock() {
    let at = |text: &str| Value::Time(parse_time(text).unwrap());
    let inside = |value, low, high| {
        between(BetweenEnds::AroundTheClock, &at(value), &at(low), &at(high)).unwrap()
    };
    assert!(inside("09:00", "09:00", "17:00") && !inside("17:00", "09:00", "17:00"));
    assert!(inside("23:30", "22:00", "06:00") && inside("05:59", "22:00", "06:00"));
    assert!(!inside("06:00", "22:00", "06:00") && !inside("12:00", "22:00", "06:00"));
    assert!(!inside("09:00", "09:00", "09:00"));
}

#[test]
fn the_ends_of_numbers_and_instants() {
    let inside = |ends, value| between(ends, &number(value), &number("1"), &number("3"));
    assert_eq!(inside(BetweenEnds::Both, "1"), Some(true));
    assert_eq!(inside(BetweenEnds::Both, "3"), Some(true));
    assert_eq!(inside(BetweenEnds::FirstOnly, "3"), Some(false));
    assert_eq!(inside(BetweenEnds::FirstOnly, "1"), Some(true));
    assert_eq!(inside(BetweenEnds::Both, "3.1"), Some(false));
    assert_eq!(
        between(
            BetweenEnds::Both,
            &Value::Missing,
            &number("1"),
            &number("3")
        ),
        None
    );
}

#[test]
fn texts_contain_begin_and_end() {
    let test = |test, part| text_test(test, &Value::data("blue bag"), &Value::literal(part));
    assert_eq!(test(TextTest::Contains, "e b"), Some(true));
    assert_eq!(test(TextTest::Contains, "Bag"), Some(false));
    assert_eq!(test(TextTest::StartsWith, "blue"), Some(true));
    assert_eq!(test(TextTest::EndsWith, "blue"), Some(false));
    assert_eq!(
        text_test(TextTest::Contains, &Value::Missing, &Value::literal("")),
        None
    );
}
