//! Exact decimal numbers that cannot overflow.
//!
//! Input: whole numbers, and text read by [`Number::parse`] and [`Number::parse_json`]. Output: the same digits.
//! Invariants: a number has one form (no zeros at the end of its fraction; 128 bits whenever they hold it), so
//! `==`, order and hash go by value; adding, subtracting and multiplying are exact; dividing rounds to 18
//! places, halves to even (the rule of IEEE 754 and of bankers).

mod big;
mod parse;

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use num_bigint::{BigInt, Sign};

pub use parse::NumberError;

/// Places after the point that a quotient keeps.
const QUOTIENT_PLACES: u32 = 18;

/// An exact decimal number of any size.
///
/// ```
/// use courtesy::value::Number;
///
/// let price = Number::parse("149.90").unwrap();
/// assert_eq!(price.to_string(), "149.9");
/// assert_eq!(price.mul(&Number::from_i64(3)).to_string(), "449.7");
/// assert_eq!(Number::from_i64(1).div(&Number::from_i64(3)).unwrap().to_string(), "0.333333333333333333");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

/// `mantissa / 10^scale`, small whenever 128 bits hold the mantissa.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small { mantissa: i128, scale: u32 },
    Big(Arc<BigRepr>),
}

#[derive(PartialEq, Eq, Hash)]
struct BigRepr {
    mantissa: BigInt,
    scale: u32,
}

impl Default for Number {
    fn default() -> Number {
        Number::ZERO
    }
}

impl Number {
    /// Nothing at all.
    pub const ZERO: Number = Number(Repr::Small {
        mantissa: 0,
        scale: 0,
    });
    /// One.
    pub const ONE: Number = Number(Repr::Small {
        mantissa: 1,
        scale: 0,
    });

    /// A whole number.
    pub fn from_i64(number: i64) -> Number {
        Number(Repr::Small {
            mantissa: i128::from(number),
            scale: 0,
        })
    }

    /// How many there are of something.
    pub fn from_count(count: usize) -> Number {
        Number(Repr::Small {
            mantissa: i128::try_from(count).unwrap_or(i128::MAX),
            scale: 0,
        })
    }

    /// `mantissa / 10^scale`.
    ///
    /// ```
    /// use courtesy::value::Number;
    ///
    /// assert_eq!(Number::from_parts(1250, 2).to_string(), "12.5");
    /// ```
    pub fn from_parts(mantissa: i128, scale: u32) -> Number {
        let (mantissa, scale) = strip_zeros(mantissa, scale);
        Number(Repr::Small { mantissa, scale })
    }

    /// `mantissa / 10^scale`, which has no zeros at the end of its fraction.
    fn from_short(mantissa: i64, scale: u32) -> Number {
        Number(Repr::Small {
            mantissa: i128::from(mantissa),
            scale,
        })
    }

    fn from_big(mantissa: BigInt, scale: u32) -> Number {
        let (mantissa, scale) = big::strip_zeros(mantissa, scale);
        Number(match i128::try_from(&mantissa) {
            Ok(mantissa) => Repr::Small { mantissa, scale },
            Err(_) => Repr::Big(Arc::new(BigRepr { mantissa, scale })),
        })
    }

    /// Reads the plain form: `-?(0|[1-9][0-9]*)(\.[0-9]+)?`, at most 18 digits before and 9 after the point.
    ///
    /// # Errors
    /// What is wrong with the text, without repeating the text, which may be private.
    ///
    /// ```
    /// use courtesy::value::{Number, NumberError};
    ///
    /// assert_eq!(Number::parse("12.50"), Ok(Number::from_parts(125, 1)));
    /// assert_eq!(Number::parse("1_000"), Err(NumberError::Separator));
    /// ```
    pub fn parse(text: &str) -> Result<Number, NumberError> {
        parse::plain(text)
    }

    /// Reads a JSON number (RFC 8259, section 6), exactly; an exponent is allowed.
    ///
    /// The limits of [`Number::parse`] hold for its plain form without zeros at the end of the fraction.
    ///
    /// # Errors
    /// What is wrong with the text.
    ///
    /// ```
    /// use courtesy::value::{Number, NumberError};
    ///
    /// assert_eq!(Number::parse_json("1.5e2"), Ok(Number::from_i64(150)));
    /// assert_eq!(Number::parse_json("1e400"), Err(NumberError::TooManyBefore));
    /// ```
    pub fn parse_json(text: &str) -> Result<Number, NumberError> {
        parse::json(text)
    }

    /// The sum, exact.
    pub fn add(&self, other: &Number) -> Number {
        self.add_small(other).unwrap_or_else(|| {
            let (a, b, scale) = self.aligned(other);
            Number::from_big(big::sum(&a, &b), scale)
        })
    }

    /// The difference, exact.
    pub fn sub(&self, other: &Number) -> Number {
        self.add(&other.neg())
    }

    /// The product, exact.
    pub fn mul(&self, other: &Number) -> Number {
        self.mul_small(other).unwrap_or_else(|| {
            let (a, scale_a) = self.big_parts();
            let (b, scale_b) = other.big_parts();
            Number::from_big(big::product(&a, &b), scale_a.saturating_add(scale_b))
        })
    }

    /// The number with the other sign.
    pub fn neg(&self) -> Number {
        if let Repr::Small { mantissa, scale } = self.0
            && let Some(mantissa) = mantissa.checked_neg()
        {
            return Number(Repr::Small { mantissa, scale });
        }
        let (mantissa, scale) = self.big_parts();
        Number::from_big(big::negative(&mantissa), scale)
    }

    /// The quotient with 18 places, halves to even; `None` where `other` is zero.
    ///
    /// ```
    /// use courtesy::value::Number;
    ///
    /// let two_thirds = Number::from_i64(2).div(&Number::from_i64(3)).unwrap();
    /// assert_eq!(two_thirds.to_string(), "0.666666666666666667");
    /// assert_eq!(Number::ONE.div(&Number::ZERO), None);
    /// ```
    pub fn div(&self, other: &Number) -> Option<Number> {
        (!other.is_zero()).then(|| self.quotient(other, QUOTIENT_PLACES))
    }

    /// The multiple of `step` that is nearest, the even multiple where two are equally near.
    ///
    /// A step that is not positive changes nothing.
    ///
    /// ```
    /// use courtesy::value::Number;
    ///
    /// let cent = Number::from_parts(1, 2);
    /// assert_eq!(Number::from_parts(1005, 3).round_to_step(&cent).to_string(), "1");
    /// assert_eq!(Number::from_parts(1015, 3).round_to_step(&cent).to_string(), "1.02");
    /// ```
    pub fn round_to_step(&self, step: &Number) -> Number {
        if step.is_zero() || step.is_negative() {
            return self.clone();
        }
        self.quotient(step, 0).mul(step)
    }

    /// The whole part, its fraction cut off; the nearest `i64` where it does not fit.
    pub fn trunc_to_i64_saturating(&self) -> i64 {
        match self.0 {
            Repr::Small { mantissa, scale } => saturate(truncate(mantissa, scale)),
            Repr::Big(ref number) => {
                big::to_i64_saturating(&big::truncate(&number.mantissa, &number.unit()))
            }
        }
    }

    /// The largest whole number that is not above; the nearest `i64` where it does not fit.
    pub fn floor_to_i64_saturating(&self) -> i64 {
        match self.0 {
            Repr::Small { mantissa, scale } => saturate(floor(mantissa, scale)),
            Repr::Big(ref number) => {
                big::to_i64_saturating(&big::floor(&number.mantissa, &number.unit()))
            }
        }
    }

    /// The whole part, its fraction cut off; the nearest `i128` where it does not fit.
    pub fn to_i128_saturating(&self) -> i128 {
        match self.0 {
            Repr::Small { mantissa, scale } => truncate(mantissa, scale),
            Repr::Big(ref number) => {
                big::to_i128_saturating(&big::truncate(&number.mantissa, &number.unit()))
            }
        }
    }

    /// The number as an `i64`, where it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Small { mantissa, scale: 0 } => i64::try_from(mantissa).ok(),
            _ => None,
        }
    }

    /// Whether there is nothing after the point.
    pub fn is_whole(&self) -> bool {
        self.scale() == 0
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small { mantissa: 0, .. })
    }

    /// Whether it is below 0.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Repr::Small { mantissa, .. } => *mantissa < 0,
            Repr::Big(number) => number.mantissa.sign() == Sign::Minus,
        }
    }

    /// Digits after the point.
    pub fn scale(&self) -> u32 {
        match &self.0 {
            Repr::Small { scale, .. } => *scale,
            Repr::Big(number) => number.scale,
        }
    }

    /// The plain form with at least so many places.
    ///
    /// ```
    /// use courtesy::value::Number;
    ///
    /// assert_eq!(Number::from_i64(15).to_fixed(2), "15.00");
    /// assert_eq!(Number::from_parts(12345, 3).to_fixed(2), "12.345");
    /// ```
    pub fn to_fixed(&self, min_places: u32) -> String {
        let (mantissa, scale) = match &self.0 {
            Repr::Small { mantissa, scale } => (mantissa.unsigned_abs().to_string(), *scale),
            Repr::Big(number) => (number.mantissa.magnitude().to_string(), number.scale),
        };
        let sign = if self.is_negative() { "-" } else { "" };
        place_point(sign, &mantissa, scale, min_places)
    }

    fn add_small(&self, other: &Number) -> Option<Number> {
        let (a, b, scale) = self.aligned_small(other)?;
        Some(Number::from_parts(a.checked_add(b)?, scale))
    }

    fn mul_small(&self, other: &Number) -> Option<Number> {
        let ((a, scale_a), (b, scale_b)) = (self.small()?, other.small()?);
        Some(Number::from_parts(
            a.checked_mul(b)?,
            scale_a.checked_add(scale_b)?,
        ))
    }

    /// Both mantissas at one scale, where 128 bits hold them.
    fn aligned_small(&self, other: &Number) -> Option<(i128, i128, u32)> {
        let ((a, scale_a), (b, scale_b)) = (self.small()?, other.small()?);
        let scale = scale_a.max(scale_b);
        Some((
            shift(a, scale.checked_sub(scale_a)?)?,
            shift(b, scale.checked_sub(scale_b)?)?,
            scale,
        ))
    }

    /// The mantissa and the scale, where 128 bits hold them.
    fn small(&self) -> Option<(i128, u32)> {
        match self.0 {
            Repr::Small { mantissa, scale } => Some((mantissa, scale)),
            Repr::Big(_) => None,
        }
    }

    /// Both mantissas at one scale, of any size.
    fn aligned(&self, other: &Number) -> (BigInt, BigInt, u32) {
        let (a, scale_a) = self.big_parts();
        let (b, scale_b) = other.big_parts();
        let scale = scale_a.max(scale_b);
        let a = big::product(&a, &big::power_of_ten(scale.saturating_sub(scale_a)));
        let b = big::product(&b, &big::power_of_ten(scale.saturating_sub(scale_b)));
        (a, b, scale)
    }

    fn big_parts(&self) -> (BigInt, u32) {
        match &self.0 {
            Repr::Small { mantissa, scale } => (BigInt::from(*mantissa), *scale),
            Repr::Big(number) => (number.mantissa.clone(), number.scale),
        }
    }

    /// `self / other` with so many places, halves to even. `other` is not zero.
    fn quotient(&self, other: &Number, places: u32) -> Number {
        self.quotient_small(other, places).unwrap_or_else(|| {
            let (a, scale_a) = self.big_parts();
            let (b, scale_b) = other.big_parts();
            let dividend = big::product(&a, &big::power_of_ten(places.saturating_add(scale_b)));
            let divisor = big::product(&b, &big::power_of_ten(scale_a));
            Number::from_big(big::divide_half_even(&dividend, &divisor), places)
        })
    }

    fn quotient_small(&self, other: &Number, places: u32) -> Option<Number> {
        let (a, b, _) = self.aligned_small(other)?;
        Some(Number::from_parts(
            divide_half_even(shift(a, places)?, b)?,
            places,
        ))
    }
}

impl BigRepr {
    /// What the mantissa counts in: `10^scale`.
    fn unit(&self) -> BigInt {
        big::power_of_ten(self.scale)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if let Some((a, b, _)) = self.aligned_small(other) {
            return a.cmp(&b);
        }
        let (a, b, _) = self.aligned(other);
        a.cmp(&b)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_fixed(0))
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Number({self})")
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Number {
        Number::from_i64(number)
    }
}

/// `mantissa * 10^places`, where 128 bits hold it.
fn shift(mantissa: i128, places: u32) -> Option<i128> {
    if places == 0 {
        return Some(mantissa);
    }
    mantissa.checked_mul(10i128.checked_pow(places)?)
}

fn strip_zeros(mut mantissa: i128, mut scale: u32) -> (i128, u32) {
    if mantissa == 0 {
        return (0, 0);
    }
    // Most mantissas fit 64 bits, where dividing is several times faster.
    if let Ok(short) = i64::try_from(mantissa) {
        let (short, scale) = strip_zeros_of_short(short, scale);
        return (i128::from(short), scale);
    }
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale = scale.saturating_sub(1);
    }
    (mantissa, scale)
}

fn strip_zeros_of_short(mut mantissa: i64, mut scale: u32) -> (i64, u32) {
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale = scale.saturating_sub(1);
    }
    (mantissa, scale)
}

/// Halves to even; `None` for a zero divisor or the one quotient that does not fit.
fn divide_half_even(dividend: i128, divisor: i128) -> Option<i128> {
    let quotient = dividend.checked_div_euclid(divisor)?;
    let rest = dividend.checked_rem_euclid(divisor)?.unsigned_abs();
    let other_side = divisor.unsigned_abs().checked_sub(rest)?;
    let away = match rest.cmp(&other_side) {
        Ordering::Less => 0,
        Ordering::Equal => i128::from(quotient % 2 != 0),
        Ordering::Greater => 1,
    };
    quotient.checked_add(away.checked_mul(divisor.signum())?)
}

fn truncate(mantissa: i128, scale: u32) -> i128 {
    // Where 128 bits do not hold the unit, the mantissa is less than one unit.
    10i128
        .checked_pow(scale)
        .and_then(|unit| mantissa.checked_div(unit))
        .unwrap_or(0)
}

fn floor(mantissa: i128, scale: u32) -> i128 {
    let below = if mantissa < 0 { -1 } else { 0 };
    10i128
        .checked_pow(scale)
        .and_then(|unit| mantissa.checked_div_euclid(unit))
        .unwrap_or(below)
}

fn saturate(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}

/// Writes digits with a point before the last `scale` of them, and zeros up to `min_places`.
fn place_point(sign: &str, digits: &str, scale: u32, min_places: u32) -> String {
    let scale = usize::try_from(scale).unwrap_or(usize::MAX);
    let min_places = usize::try_from(min_places).unwrap_or(usize::MAX);
    let zeros_in_front = scale.saturating_add(1).saturating_sub(digits.len());
    let mut text = String::from(sign);
    text.push_str(&"0".repeat(zeros_in_front));
    text.push_str(digits);
    if scale.max(min_places) > 0 {
        text.insert(text.len().saturating_sub(scale), '.');
        text.push_str(&"0".repeat(min_places.saturating_sub(scale)));
    }
    text
}
