//! Quantifiers, picked elements, aggregates and slices.

use super::*;
use crate::operators::{Aggregate, Bound, Pick};
use crate::program::Quantifier;

fn quantified(quantifier: Quantifier, list: Expr, condition: Option<Expr>) -> Expr {
    let condition = condition.map(boxed);
    Expr::Quantified {
        quantifier,
        variable: 0,
        list: boxed(list),
        condition,
    }
}

fn at_least(slot: u32, least: i64) -> Expr {
    compare(Comparison::AtLeast, variable(slot), whole(least))
}

fn count(bound: Bound, number: &str) -> Quantifier {
    Quantifier::Count(bound, boxed(constant(super::number(number))))
}

/// Runs a condition and gives what it left bound in slot 0.
fn witness(expr: &Expr) -> (bool, Value) {
    let program = program();
    let moment = Moment::new(&program, &[], parse_instant(NOW).unwrap());
    let mut frame = Frame::new(4);
    let answer = holds(&moment, &mut frame, expr);
    (answer, frame.variables[0].clone())
}

#[test]
fn any_leaves_the_first_match_bound() {
    let any = |least| {
        quantified(
            Quantifier::Any,
            numbers(&[1, 5, 7]),
            Some(at_least(0, least)),
        )
    };
    assert_eq!(witness(&any(4)), (true, Value::whole(5)));
    assert_eq!(witness(&any(9)), (false, Value::Missing));
    assert!(!is_true(&quantified(Quantifier::Any, numbers(&[]), None)));
    assert!(is_true(&quantified(Quantifier::Any, numbers(&[0]), None)));
}

#[test]
fn no_and_every() {
    let none = |least| quantified(Quantifier::No, numbers(&[1, 5]), Some(at_least(0, least)));
    assert!(is_true(&none(6)));
    assert!(!is_true(&none(5)));
    let every = |list, least| {
        let has = boxed(at_least(0, least));
        quantified(Quantifier::Every { has }, list, Some(at_least(0, 2)))
    };
    assert!(is_true(&every(numbers(&[]), 9)));
    assert!(is_true(&every(numbers(&[1, 5]), 5)));
    assert!(!is_true(&every(numbers(&[2, 5]), 5)));
}

#[test]
fn counts_compare_with_any_number() {
    let counts = |quantifier| {
        is_true(&quantified(
            quantifier,
            numbers(&[1, 2, 3, 4]),
            Some(at_least(0, 2)),
        ))
    };
    assert!(counts(count(Bound::AtLeast, "3")) && !counts(count(Bound::AtLeast, "4")));
    assert!(counts(count(Bound::AtMost, "3")) && !counts(count(Bound::AtMost, "2")));
    assert!(counts(count(Bound::MoreThan, "2")) && !counts(count(Bound::MoreThan, "3")));
    assert!(counts(count(Bound::LessThan, "4")) && !counts(count(Bound::LessThan, "3")));
    assert!(counts(count(Bound::AtLeast, "2.5")) && !counts(count(Bound::AtMost, "2.5")));
    assert!(counts(count(Bound::AtLeast, "-1")) && !counts(count(Bound::LessThan, "-1")));
    assert!(counts(Quantifier::Exactly(boxed(whole(3)))));
    assert!(!counts(Quantifier::Exactly(boxed(whole(2)))));
    assert!(!counts(Quantifier::Exactly(boxed(constant(number("2.5"))))));
}

#[test]
fn no_list_no_answer() {
    let any = quantified(Quantifier::No, missing(), None);
    assert!(!is_true(&any) && !is_true(&not(any)));
    let exactly = quantified(Quantifier::Exactly(boxed(missing())), numbers(&[1]), None);
    assert!(!is_true(&exactly));
}

fn pairs(items: &[(i64, i64)]) -> Expr {
    let pairs = items
        .iter()
        .map(|(a, b)| pair(Value::whole(*a), Value::whole(*b)));
    constant(Value::list(pairs.collect()))
}

fn picked(pick: Pick, list: Expr, condition: Option<Expr>, has: Option<Expr>) -> Expr {
    let by = match pick {
        Pick::First | Pick::Last => None,
        _ => Some(boxed(field(variable(0), 0))),
    };
    let (condition, has) = (condition.map(boxed), has.map(boxed));
    Expr::Picked {
        pick,
        variable: 0,
        list: boxed(list),
        by,
        condition,
        has,
    }
}

#[test]
fn picks_take_the_first_of_equals() {
    let list = || pairs(&[(2, 1), (5, 2), (5, 3), (1, 4), (1, 5)]);
    let second_field = |pick| value(&field(picked(pick, list(), None, None), 1));
    assert_eq!(second_field(Pick::First), Value::whole(1));
    assert_eq!(second_field(Pick::Last), Value::whole(5));
    assert_eq!(second_field(Pick::Largest), Value::whole(2));
    assert_eq!(second_field(Pick::Latest), Value::whole(2));
    assert_eq!(second_field(Pick::Smallest), Value::whole(4));
    assert_eq!(second_field(Pick::Earliest), Value::whole(4));
}

#[test]
fn picks_among_those_that_count() {
    let below_five = compare(Comparison::Less, field(variable(0), 0), whole(5));
    for pick in [Pick::Largest, Pick::Latest, Pick::Last] {
        let list = pairs(&[(2, 1), (3, 2), (5, 3)]);
        let found = picked(pick, list, Some(below_five.clone()), None);
        assert_eq!(value(&field(found, 1)), Value::whole(2), "{pick:?}");
    }
    assert_eq!(
        value(&picked(Pick::Largest, numbers(&[]), None, None)),
        Value::Missing
    );
    assert_eq!(
        value(&picked(Pick::First, numbers(&[1]), Some(no()), None)),
        Value::Missing
    );
}

#[test]
fn picks_without_an_order_are_missing() {
    let pair = || pair(Value::Missing, Value::whole(1));
    let only = constant(Value::list(vec![pair()]));
    assert_eq!(
        value(&picked(Pick::Largest, only, None, None)),
        Value::Missing
    );
}

#[test]
fn what_is_picked_stays_bound_with_its_own_witnesses() {
    let list = pairs(&[(7, 1), (2, 2)]);
    let inner = Expr::Quantified {
        quantifier: Quantifier::Any,
        variable: 1,
        list: boxed(numbers(&[1, 3, 9])),
        condition: Some(boxed(compare(
            Comparison::More,
            variable(1),
            field(variable(0), 0),
        ))),
    };
    let has = compare(Comparison::Same, field(variable(0), 1), whole(1));
    let latest = picked(Pick::Latest, list, Some(inner), Some(has));
    let program = program();
    let moment = Moment::new(&program, &[], parse_instant(NOW).unwrap());
    let mut frame = Frame::new(2);
    assert!(holds(&moment, &mut frame, &latest));
    assert_eq!(
        frame.variables,
        [pair(Value::whole(7), Value::whole(1)), Value::whole(9)]
    );

    let nothing = picked(Pick::Last, numbers(&[]), None, Some(yes()));
    assert!(!is_true(&nothing));
}

fn aggregate(aggregate: Aggregate, list: Expr, empty: Value) -> Expr {
    let (list, condition) = (boxed(list), Some(boxed(at_least(0, 2))));
    Expr::Aggregate {
        aggregate,
        variable: 0,
        list,
        condition,
        value: None,
        empty,
    }
}

#[test]
fn aggregates_of_what_counts() {
    let of = |which| value(&aggregate(which, numbers(&[1, 4, 2, 4, 3]), Value::Missing));
    assert_eq!(of(Aggregate::Count), Value::whole(4));
    assert_eq!(of(Aggregate::Average), number("3.25"));
    assert_eq!(of(Aggregate::Largest), Value::whole(4));
    assert_eq!(of(Aggregate::Smallest), Value::whole(2));
    assert_eq!(of(Aggregate::First), Value::whole(4));
    assert_eq!(of(Aggregate::Last), Value::whole(3));
    assert_eq!(of(Aggregate::List), value(&numbers(&[4, 2, 4, 3])));
    assert_eq!(of(Aggregate::Distinct), value(&numbers(&[4, 2, 3])));
    let sum = aggregate(Aggregate::Sum, numbers(&[1, 4, 2]), Value::whole(0));
    assert_eq!(value(&sum), Value::whole(6));
}

#[test]
fn aggregates_of_nothing() {
    let of = |which, empty| value(&aggregate(which, numbers(&[1]), empty));
    assert_eq!(of(Aggregate::Count, Value::Missing), Value::whole(0));
    assert_eq!(of(Aggregate::Sum, usd("0")), usd("0"));
    assert_eq!(of(Aggregate::List, Value::Missing), value(&numbers(&[])));
    assert_eq!(
        of(Aggregate::Distinct, Value::Missing),
        value(&numbers(&[]))
    );
    for which in [
        Aggregate::Average,
        Aggregate::Largest,
        Aggregate::Latest,
        Aggregate::First,
    ] {
        assert_eq!(of(which, Value::Missing), Value::Missing, "{which:?}");
    }
}

#[test]
fn averages_round_half_to_even_at_eighteen_places() {
    let average = |items: &[i64]| {
        let list = boxed(numbers(items));
        let aggregate = Aggregate::Average;
        let empty = Value::Missing;
        value(&Expr::Aggregate {
            aggregate,
            variable: 0,
            list,
            condition: None,
            value: None,
            empty,
        })
    };
    let third = Value::Number(Number::from_parts(333_333_333_333_333_333, 18));
    assert_eq!(average(&[1, 0, 0]), third);
}

#[test]
fn the_value_of_each_element_is_taken() {
    let sum = Expr::Aggregate {
        aggregate: Aggregate::Sum,
        variable: 0,
        list: boxed(pairs(&[(1, 10), (2, 20)])),
        condition: None,
        value: Some(boxed(field(variable(0), 1))),
        empty: Value::whole(0),
    };
    assert_eq!(value(&sum), Value::whole(30));
}

#[test]
fn two_currencies_have_no_sum() {
    let list = constant(Value::list(vec![usd("1"), eur("1")]));
    let (aggregate, empty) = (Aggregate::Sum, usd("0"));
    let sum = Expr::Aggregate {
        aggregate,
        variable: 0,
        list: boxed(list),
        condition: None,
        value: None,
        empty,
    };
    assert_eq!(value(&sum), Value::Missing);
}

#[test]
fn slices_keep_the_order_of_the_list() {
    let slice = |from_end, count: &str| {
        let count = boxed(constant(number(count)));
        value(&Expr::Slice {
            from_end,
            count,
            list: boxed(numbers(&[1, 2, 3])),
        })
    };
    assert_eq!(slice(true, "2"), value(&numbers(&[2, 3])));
    assert_eq!(slice(false, "2"), value(&numbers(&[1, 2])));
    assert_eq!(slice(true, "2.9"), value(&numbers(&[2, 3])));
    assert_eq!(slice(false, "0"), value(&numbers(&[])));
    assert_eq!(slice(true, "-1"), value(&numbers(&[])));
    assert_eq!(
        slice(true, "100000000000000000"),
        value(&numbers(&[1, 2, 3]))
    );
}

#[test]
fn long_lists_take_no_longer_than_they_are() {
    let items: Vec<i64> = (0..100_000).collect();
    let distinct = aggregate(Aggregate::Distinct, numbers(&items), Value::Missing);
    let Value::List(kept) = value(&distinct) else {
        unreachable!()
    };
    assert_eq!(kept.len(), 99_998);
}
