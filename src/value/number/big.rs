//! Arithmetic on integers of any size, for what does not fit 128 bits.
//!
//! Invariant: divisors are never zero; the callers see to it.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "these integers grow instead of overflowing; divisors are checked by the callers"
)]

use num_bigint::{BigInt, Sign};

/// Ten to the power of `exponent`.
pub(super) fn power_of_ten(exponent: u32) -> BigInt {
    BigInt::from(10u8).pow(exponent)
}

pub(super) fn sum(a: &BigInt, b: &BigInt) -> BigInt {
    a + b
}

pub(super) fn product(a: &BigInt, b: &BigInt) -> BigInt {
    a * b
}

pub(super) fn negative(a: &BigInt) -> BigInt {
    -a
}

/// The quotient rounded to a whole number, halves to the even neighbour. `divisor` is not zero.
pub(super) fn divide_half_even(dividend: &BigInt, divisor: &BigInt) -> BigInt {
    let quotient = floor(dividend, divisor);
    // The rest has the sign of the divisor, so doubling it compares magnitudes.
    let rest = dividend - &quotient * divisor;
    let twice = (&rest + &rest).magnitude().cmp(divisor.magnitude());
    let up = twice.is_gt() || (twice.is_eq() && quotient.bit(0));
    if up { quotient + 1 } else { quotient }
}

/// The largest whole number not above `dividend / divisor`.
pub(super) fn floor(dividend: &BigInt, divisor: &BigInt) -> BigInt {
    let quotient = dividend / divisor;
    let rest = dividend - &quotient * divisor;
    let below = rest.sign() != Sign::NoSign && rest.sign() != divisor.sign();
    if below { quotient - 1 } else { quotient }
}

/// `dividend / divisor` with its fraction cut off.
pub(super) fn truncate(dividend: &BigInt, divisor: &BigInt) -> BigInt {
    dividend / divisor
}

/// The nearest `i64`.
pub(super) fn to_i64_saturating(number: &BigInt) -> i64 {
    let end = if number.sign() == Sign::Minus {
        i64::MIN
    } else {
        i64::MAX
    };
    i64::try_from(number).unwrap_or(end)
}

/// The nearest `i128`.
pub(super) fn to_i128_saturating(number: &BigInt) -> i128 {
    let end = if number.sign() == Sign::Minus {
        i128::MIN
    } else {
        i128::MAX
    };
    i128::try_from(number).unwrap_or(end)
}

/// Drops zeros at the end of the mantissa as far as the scale goes, many at a time while there are many.
pub(super) fn strip_zeros(mut mantissa: BigInt, mut scale: u32) -> (BigInt, u32) {
    if mantissa.sign() == Sign::NoSign {
        return (mantissa, 0);
    }
    for step in [1024, 32, 1] {
        let divisor = power_of_ten(step);
        while scale >= step {
            let quotient = &mantissa / &divisor;
            if &quotient * &divisor != mantissa {
                break;
            }
            mantissa = quotient;
            scale -= step;
        }
    }
    (mantissa, scale)
}
