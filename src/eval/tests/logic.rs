//! Conditions.

use super::*;
use crate::operators::{BetweenEnds, TextTest};

#[test]
fn and_stops_at_the_first_that_fails_and_or_at_the_first_that_holds() {
    assert!(is_true(&Expr::And(vec![yes(), yes()])));
    assert!(!is_true(&Expr::And(vec![yes(), no(), yes()])));
    assert!(is_true(&Expr::And(Vec::new())));
    assert!(is_true(&Expr::Or(vec![no(), yes()])));
    assert!(!is_true(&Expr::Or(vec![no(), no()])));
    assert!(!is_true(&Expr::Or(Vec::new())));
}

#[test]
fn what_cannot_be_said_never_holds_either_way_round() {
    let unknown = compare(Comparison::Same, missing(), missing());
    assert!(!is_true(&unknown));
    assert!(!is_true(&not(unknown.clone())));
    assert!(!is_true(&Expr::And(vec![yes(), unknown.clone()])));
    assert!(is_true(&Expr::Or(vec![unknown.clone(), yes()])));
    assert!(!is_true(&not(Expr::Or(vec![unknown, no()]))));
    assert!(!is_true(&missing()));
    assert!(!is_true(&whole(1)));
}

#[test]
fn comparisons_of_order() {
    let both = |comparison, left, right| is_true(&compare(comparison, whole(left), whole(right)));
    assert!(both(Comparison::Less, 1, 2) && !both(Comparison::Less, 2, 2));
    assert!(both(Comparison::AtMost, 2, 2) && !both(Comparison::AtMost, 3, 2));
    assert!(both(Comparison::More, 3, 2) && !both(Comparison::More, 2, 2));
    assert!(both(Comparison::AtLeast, 2, 2) && !both(Comparison::AtLeast, 1, 2));
}

#[test]
fn texts_are_the_same_letter_for_letter() {
    assert!(is_true(&compare(
        Comparison::Same,
        text("Amir"),
        constant(Value::data("Amir"))
    )));
    assert!(!is_true(&compare(
        Comparison::Same,
        text("Amir"),
        text("amir")
    )));
}

#[test]
fn one_of_several() {
    let one_of = |value: Expr| Expr::OneOf {
        value: boxed(value),
        options: vec![whole(1), missing(), whole(3)],
    };
    assert!(is_true(&one_of(whole(3))));
    assert!(!is_true(&one_of(whole(2))));
    assert!(!is_true(&one_of(missing())));
    assert!(!is_true(&not(one_of(missing()))));
}

#[test]
fn between_reads_its_ends() {
    let between = |value: i64, ends| Expr::Between {
        value: boxed(whole(value)),
        low: boxed(whole(1)),
        high: boxed(whole(3)),
        ends,
    };
    assert!(is_true(&between(3, BetweenEnds::Both)));
    assert!(!is_true(&between(3, BetweenEnds::FirstOnly)));
}

#[test]
fn known_and_empty() {
    assert!(is_true(&Expr::IsKnown(boxed(text("")))));
    assert!(!is_true(&Expr::IsKnown(boxed(missing()))));
    assert!(is_true(&not(Expr::IsKnown(boxed(missing())))));
    assert!(is_true(&Expr::IsEmpty(boxed(text("")))));
    assert!(is_true(&Expr::IsEmpty(boxed(numbers(&[])))));
    assert!(!is_true(&Expr::IsEmpty(boxed(numbers(&[1])))));
    assert!(!is_true(&Expr::IsEmpty(boxed(missing()))));
}

#[test]
fn tests_of_texts_and_lists() {
    let test = Expr::TextTest {
        test: TextTest::Contains,
        value: boxed(text("camera bag")),
        part: boxed(text("bag")),
    };
    assert!(is_true(&test));
    let contains = |element: Expr| Expr::ListContains {
        list: boxed(numbers(&[1, 2])),
        element: boxed(element),
    };
    assert!(is_true(&contains(whole(2))));
    assert!(!is_true(&contains(whole(3))));
    assert!(!is_true(&contains(missing())));
}
