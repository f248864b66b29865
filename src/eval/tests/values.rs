//! Values, texts, records, definitions.

use super::*;
use crate::operators::Arithmetic;
use crate::program::TextPart;

fn arithmetic(operator: Arithmetic, left: Expr, right: Expr) -> Expr {
    Expr::Arithmetic {
        operator,
        left: boxed(left),
        right: boxed(right),
    }
}

#[test]
fn arithmetic_takes_the_values_of_its_sides() {
    let product = arithmetic(Arithmetic::Multiply, whole(6), whole(7));
    assert_eq!(value(&product), Value::whole(42));
    let missing_side = arithmetic(Arithmetic::Add, missing(), whole(7));
    assert_eq!(value(&missing_side), Value::Missing);
}

#[test]
fn a_fallback_stands_in_for_what_is_missing_alone() {
    let otherwise = |value: Expr| Expr::Otherwise {
        value: boxed(value),
        fallback: boxed(whole(9)),
    };
    assert_eq!(value(&otherwise(missing())), Value::whole(9));
    assert_eq!(value(&otherwise(whole(0))), Value::whole(0));
    let by_zero = arithmetic(Arithmetic::Divide, whole(1), whole(0));
    assert_eq!(value(&otherwise(by_zero)), Value::whole(9));
}

#[test]
fn a_condition_is_a_value_too() {
    assert_eq!(value(&not(no())), Value::YesNo(true));
    assert_eq!(value(&not(missing())), Value::Missing);
}

#[test]
fn only_the_branch_asked_for_is_taken() {
    let branch = |condition: Expr| Expr::If {
        condition: boxed(condition),
        then: boxed(whole(1)),
        otherwise: boxed(whole(2)),
    };
    assert_eq!(value(&branch(yes())), Value::whole(1));
    assert_eq!(value(&branch(no())), Value::whole(2));
    assert_eq!(value(&branch(missing())), Value::whole(2));
}

#[test]
fn fields_of_records_and_of_nothing() {
    let record = pair(Value::whole(1), Value::Missing);
    assert_eq!(value(&field(constant(record.clone()), 0)), Value::whole(1));
    assert_eq!(value(&field(constant(record.clone()), 1)), Value::Missing);
    assert_eq!(value(&field(constant(record), 7)), Value::Missing);
    assert_eq!(value(&field(missing(), 0)), Value::Missing);
    assert_eq!(value(&field(whole(3), 0)), Value::Missing);
}

#[test]
fn records_and_lists_are_built_from_their_parts() {
    let Value::Record(like) = pair(Value::Missing, Value::Missing) else {
        unreachable!()
    };
    let record = Expr::Record {
        shape: like.shape.clone(),
        fields: vec![whole(1), missing()],
    };
    assert_eq!(value(&record), pair(Value::whole(1), Value::Missing));
    assert_eq!(value(&field(record, 0)), Value::whole(1));
    assert_eq!(
        value(&Expr::List(vec![whole(1), whole(2)])),
        value(&numbers(&[1, 2]))
    );
}

#[test]
fn a_text_keeps_what_was_inserted_apart() {
    let parts = vec![
        TextPart::Literal("Hello ".into()),
        TextPart::Value(constant(Value::data("Amir"))),
        TextPart::Literal(", ".into()),
        TextPart::Value(constant(instant("2026-11-01T23:30:00Z"))),
    ];
    let case = Case::at(NOW, "Europe/Berlin");
    let Value::Text(text) = case.value(&Expr::Text(parts)) else {
        unreachable!()
    };
    assert_eq!(text.as_str(), "Hello Amir, 2 November 2026 at 00:30");
    let inserted: Vec<&str> = text
        .segments()
        .filter(|part| part.inserted)
        .map(|part| part.text)
        .collect();
    assert_eq!(inserted, ["Amir", "2 November 2026 at 00:30"]);
}

#[test]
fn rounding_goes_half_to_even() {
    let rounded = |text: &str| Expr::Rounded {
        value: boxed(constant(usd(text))),
        step: boxed(constant(usd("0.01"))),
    };
    assert_eq!(value(&rounded("1.005")), usd("1"));
    assert_eq!(value(&rounded("1.015")), usd("1.02"));
}

#[test]
fn inputs_are_read_by_their_index() {
    let case = Case {
        inputs: vec![Value::whole(1), Value::whole(2)],
        ..Case::new()
    };
    assert_eq!(case.value(&input(1)), Value::whole(2));
    assert_eq!(case.value(&input(2)), Value::Missing);
}
