//! What is decided: the same for the same seed everywhere, without clock and chance.
//!
//! A customer with a history of purchases in time order, twenty contacts and two tickets, and a number of proposals
//! are drawn once ([`draw`]) and written in two forms that say the same: a case of Courtesy ([`case`]), which the
//! hand-written programs read too, and a flat record ([`record`]) that is cheaper for the other engines. The policies
//! are the twenty of `policies/shop.courtesy`, or any number of generated ones ([`policies`]).

mod case;
mod draw;
mod policies;
mod record;

#[cfg(feature = "peers")]
pub use draw::CHANNELS;
pub use draw::{BRANDS, CATEGORIES, TIERS};
pub use policies::{Policies, Simple, generated};

/// 2026-09-21T14:13:20Z, the moment of every case.
pub const NOW: i64 = 1_790_000_000;

/// Who is born behind this day is no adult at the moment of the cases.
#[cfg(feature = "peers")]
pub const ADULT_BEFORE: i64 = 20_080_921;

pub const DAY: i64 = 86_400;

/// How large a case is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub purchases: u64,
    pub proposals: u64,
}

impl Size {
    pub const SMALL: Size = Size {
        purchases: 5,
        proposals: 1,
    };
    pub const MIDDLE: Size = Size {
        purchases: 50,
        proposals: 20,
    };
    pub const LARGE: Size = Size {
        purchases: 500,
        proposals: 200,
    };
    /// A customer of a file of many.
    pub const STREAM: Size = Size {
        purchases: 30,
        proposals: 5,
    };
    pub const ALL: [Size; 3] = [Size::SMALL, Size::MIDDLE, Size::LARGE];
}

impl std::fmt::Display for Size {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} × {}", self.purchases, self.proposals)
    }
}

/// In which form a program reads its cases.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As Courtesy reads them.
    Case,
    /// Flat, for the other engines.
    Record,
}

/// A case as JSON.
pub fn json(seed: u64, size: Size, form: Form) -> String {
    let drawn = draw::drawn(seed, size);
    match form {
        Form::Case => case::json(&drawn),
        Form::Record => record::json(&drawn),
    }
}
