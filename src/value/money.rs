//! Money: an exact amount of one currency.
//!
//! Codes and the digits of their smaller unit are those of ISO 4217.
//! Invariant: a [`Currency`] is always one that ISO 4217 lists.

use std::cmp::Ordering;
use std::fmt;

use super::Number;

/// A currency of ISO 4217, by its code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The currency of this code, exactly as ISO 4217 writes it: three capital letters.
    ///
    /// ```
    /// use courtesy::value::Currency;
    ///
    /// assert_eq!(Currency::from_code("JPY").map(|yen| yen.digits()), Some(0));
    /// assert_eq!(Currency::from_code("usd"), None);
    /// assert_eq!(Currency::from_code("XYZ"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Currency> {
        let bytes = <[u8; 3]>::try_from(code.as_bytes()).ok()?;
        let known = iso_currency::Currency::from_code(code)?;
        (known.code() == code).then_some(Currency(bytes))
    }

    /// The three capital letters.
    pub fn code(&self) -> &str {
        // Built from valid text only, so the other branch is never taken.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many digits after the point its smaller unit has; 0 where ISO 4217 names none, as for gold.
    pub fn digits(&self) -> u8 {
        iso_currency::Currency::from_code(self.code())
            .and_then(|known| known.exponent())
            .and_then(|digits| u8::try_from(digits).ok())
            .unwrap_or(0)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Currency({})", self.code())
    }
}

/// An exact amount of one currency.
///
/// ```
/// use courtesy::value::{Currency, Money, Number};
///
/// let usd = Currency::from_code("USD").unwrap();
/// assert_eq!(Money { amount: Number::from_i64(15), currency: usd }.to_string(), "15.00 USD");
/// assert_eq!(Money { amount: Number::from_parts(1005, 3), currency: usd }.to_string(), "1.005 USD");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much, in whole units of the currency.
    pub amount: Number,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// The amount of this currency.
    pub fn new(amount: Number, currency: Currency) -> Money {
        Money { amount, currency }
    }

    /// The order of two amounts of one currency; `None` for two currencies.
    pub fn compare(&self, other: &Money) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.amount.cmp(&other.amount))
    }

    /// The amount with the currency's digits, and more only where it has more.
    pub fn amount_text(&self) -> String {
        self.amount.to_fixed(u32::from(self.currency.digits()))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.amount_text(), self.currency)
    }
}
