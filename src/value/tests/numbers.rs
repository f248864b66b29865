//! Exact numbers and money.

use std::collections::HashSet;

use super::Random;
use crate::value::{Currency, Money, Number, NumberError};

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn plain_text_is_read_exactly() {
    for text in [
        "0",
        "-1",
        "0.5",
        "-0.000000001",
        "123456789012345678.123456789",
        "10",
        "100",
    ] {
        assert_eq!(number(text).to_string(), text);
    }
    assert_eq!(number("1.50").to_string(), "1.5");
    assert_eq!(number("-0"), Number::ZERO);
    assert_eq!(number("-0.0").to_string(), "0");
}

#[test]
fn other_text_is_refused_with_its_reason() {
    let cases = [
        ("", NumberError::Empty),
        (" 1", NumberError::Blank),
        ("1 000", NumberError::Blank),
        ("1\u{a0}000", NumberError::Blank),
        ("+1", NumberError::Plus),
        ("1_000", NumberError::Separator),
        ("1,5", NumberError::Separator),
        ("007", NumberError::LeadingZero),
        ("-00", NumberError::LeadingZero),
        ("1e5", NumberError::Exponent),
        ("1.", NumberError::Unfinished),
        (".5", NumberError::Unfinished),
        ("-", NumberError::Unfinished),
        ("--1", NumberError::NotANumber),
        ("1.2.3", NumberError::NotANumber),
        ("NaN", NumberError::NotANumber),
        ("٣", NumberError::NotANumber),
        ("0x10", NumberError::NotANumber),
        ("1234567890123456789", NumberError::TooManyBefore),
        ("1.1234567890", NumberError::TooManyAfter),
    ];
    for (text, error) in cases {
        assert_eq!(Number::parse(text), Err(error), "{text}");
    }
}

#[test]
fn json_numbers_are_read_exactly() {
    let cases = [
        ("1e2", "100"),
        ("1E+2", "100"),
        ("1.5e-3", "0.0015"),
        ("0.001e3", "1"),
        ("-2.50", "-2.5"),
        ("1.00000000000000000000000", "1"),
        ("10000000000000000000000e-10", "1000000000000"),
        ("0e999999999999999999999", "0"),
        ("0.000e-99999999999999999999", "0"),
        ("999999999999999999", "999999999999999999"),
        ("1e17", "100000000000000000"),
        ("1e-9", "0.000000001"),
    ];
    for (text, plain) in cases {
        assert_eq!(
            Number::parse_json(text).unwrap().to_string(),
            plain,
            "{text}"
        );
    }
}

#[test]
fn json_numbers_outside_the_limits_are_refused() {
    let cases = [
        ("1e400", NumberError::TooManyBefore),
        ("1e18", NumberError::TooManyBefore),
        ("1e99999999999999999999999", NumberError::TooManyBefore),
        ("1e-99999999999999999999999", NumberError::TooManyAfter),
        ("123456789012345678901234567890", NumberError::TooManyBefore),
        ("0.1234567890123", NumberError::TooManyAfter),
        ("1e-10", NumberError::TooManyAfter),
        ("01", NumberError::LeadingZero),
        ("1e", NumberError::Unfinished),
        ("1e+", NumberError::Unfinished),
        ("1e1.5", NumberError::NotANumber),
        ("1e--5", NumberError::NotANumber),
        (".5", NumberError::Unfinished),
    ];
    for (text, error) in cases {
        assert_eq!(Number::parse_json(text), Err(error), "{text}");
    }
}

#[test]
fn a_json_number_of_a_megabyte_is_read_in_linear_time() {
    let long = format!("0.{}1e1000001", "0".repeat(1_000_000));
    assert_eq!(Number::parse_json(&long), Ok(Number::ONE));
}

#[test]
fn products_beyond_128_bits_are_exact() {
    let large = number("999999999999999999.999999999");
    let mut product = Number::ONE;
    for _ in 0..20 {
        product = product.mul(&large);
    }
    // 10^18 - 10^-9 is (10^27 - 1) / 10^9; its twentieth power ends in 1 and has 180 places.
    assert_eq!(product.scale(), 180);
    assert!(product.to_string().ends_with('1'));
    for _ in 0..19 {
        product = product.div(&large).unwrap();
    }
    assert_eq!(product.round_to_step(&Number::from_parts(1, 9)), large);
}

#[test]
fn numbers_come_back_from_beyond_128_bits_in_one_form() {
    let end = Number::from_parts(i128::MAX, 0);
    let beyond = end.add(&Number::ONE);
    assert_eq!(
        beyond.to_string(),
        "170141183460469231731687303715884105728"
    );
    assert_eq!(beyond.sub(&Number::ONE), end);
    assert_eq!(beyond.neg(), Number::from_parts(i128::MIN, 0));
    assert_eq!(Number::from_parts(i128::MIN, 0).neg(), beyond);
    let set: HashSet<Number> = [beyond.sub(&Number::ONE), end.clone()].into();
    assert_eq!(set.len(), 1);
    assert!(end < beyond && beyond > Number::ZERO && beyond.neg() < Number::ZERO);
}

#[test]
fn equal_values_are_equal_however_they_were_made() {
    let ways = [
        number("2"),
        number("2.0"),
        Number::from_parts(200, 2),
        number("0.5").mul(&number("4")),
    ];
    let set: HashSet<Number> = ways.into();
    assert_eq!(set.len(), 1);
}

#[test]
fn quotients_have_18_places_halves_to_even() {
    let divide = |a: &str, b: &str| number(a).div(&number(b)).unwrap().to_string();
    assert_eq!(divide("1", "3"), "0.333333333333333333");
    assert_eq!(divide("-2", "3"), "-0.666666666666666667");
    assert_eq!(divide("2", "-3"), "-0.666666666666666667");
    assert_eq!(divide("10", "4"), "2.5");
    let tiny = Number::from_parts(1, 18);
    let half = |count: i128| {
        tiny.mul(&Number::from_parts(count, 0))
            .div(&number("2"))
            .unwrap()
    };
    for (count, rounded) in [(1, 0), (3, 2), (5, 2), (7, 4), (-1, 0), (-3, -2), (-5, -2)] {
        assert_eq!(half(count), Number::from_parts(rounded, 18), "{count}");
    }
    assert_eq!(number("1").div(&Number::ZERO), None);
}

#[test]
fn small_and_large_division_round_alike() {
    let mut random = Random(7);
    let factor = Number::from_parts(10i128.pow(38), 0);
    for _ in 0..2_000 {
        let a = Number::from_parts(
            i128::from(random.next() as i64 >> 20),
            random.below(6) as u32,
        );
        let b = Number::from_parts(
            i128::from(random.next() as i64 >> 40),
            random.below(6) as u32,
        );
        let large = a.mul(&factor).div(&b.mul(&factor));
        assert_eq!(a.div(&b), large);
        assert_eq!(a.cmp(&b), a.mul(&factor).cmp(&b.mul(&factor)));
        assert_eq!(a.add(&b).sub(&b), a);
    }
}

#[test]
fn rounding_to_a_step_takes_the_even_multiple() {
    let round = |a: &str, step: &str| number(a).round_to_step(&number(step)).to_string();
    assert_eq!(round("0.125", "0.01"), "0.12");
    assert_eq!(round("0.135", "0.01"), "0.14");
    assert_eq!(round("-0.125", "0.01"), "-0.12");
    assert_eq!(round("7", "5"), "5");
    assert_eq!(round("7.5", "5"), "10");
    assert_eq!(round("2.5", "5"), "0");
    assert_eq!(round("1.3", "-1"), "1.3");
    assert_eq!(round("1.3", "0"), "1.3");
}

#[test]
fn whole_parts_hold_at_the_ends() {
    assert_eq!(number("2.9").trunc_to_i64_saturating(), 2);
    assert_eq!(number("-2.9").trunc_to_i64_saturating(), -2);
    assert_eq!(number("-2.1").floor_to_i64_saturating(), -3);
    assert_eq!(number("2.9").floor_to_i64_saturating(), 2);
    let huge = Number::from_parts(i128::MAX, 0).mul(&Number::from_i64(10));
    assert_eq!(huge.trunc_to_i64_saturating(), i64::MAX);
    assert_eq!(huge.neg().floor_to_i64_saturating(), i64::MIN);
    let tiny = Number::from_parts(-1, 60);
    assert_eq!(
        (
            tiny.trunc_to_i64_saturating(),
            tiny.floor_to_i64_saturating()
        ),
        (0, -1)
    );
}

#[test]
fn money_prints_with_the_digits_of_its_currency() {
    let print = |amount: &str, code: &str| {
        Money::new(number(amount), Currency::from_code(code).unwrap()).to_string()
    };
    assert_eq!(print("149.99", "USD"), "149.99 USD");
    assert_eq!(print("15", "USD"), "15.00 USD");
    assert_eq!(print("-0.5", "EUR"), "-0.50 EUR");
    assert_eq!(print("1500", "JPY"), "1500 JPY");
    assert_eq!(print("1.5", "KWD"), "1.500 KWD");
    assert_eq!(print("1.005", "USD"), "1.005 USD");
    assert_eq!(Currency::from_code("US"), None);
    assert_eq!(Currency::from_code("ÜS"), None);
}

#[test]
fn currencies_have_the_digits_of_iso_4217() {
    let digits = |code: &str| Currency::from_code(code).unwrap().digits();
    for code in [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
        "XAF", "XOF", "XPF",
    ] {
        assert_eq!(digits(code), 0, "{code}");
    }
    for code in ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"] {
        assert_eq!(digits(code), 3, "{code}");
    }
    for code in ["CLF", "UYW"] {
        assert_eq!(digits(code), 4, "{code}");
    }
    for code in [
        "AUD", "BRL", "CHF", "EUR", "GBP", "HUF", "INR", "MGA", "MRU", "USD", "ZAR",
    ] {
        assert_eq!(digits(code), 2, "{code}");
    }
}
