//! Reading a case from bytes that are kept beside it.

use super::types::{Case, Contact, Purchase, ShortContact, ShortPurchase};
use self_cell::self_cell;
use serde::Deserialize;

pub type WholeCase<'a> = Case<'a, Purchase<'a>, Contact<'a>>;
pub type ShortCase<'a> = Case<'a, ShortPurchase<'a>, ShortContact>;

self_cell!(
    /// All of a case.
    pub struct Whole {
        owner: Vec<u8>,
        #[covariant]
        dependent: WholeCase,
    }
);

self_cell!(
    /// What the policies read of a case.
    pub struct Short {
        owner: Vec<u8>,
        #[covariant]
        dependent: ShortCase,
    }
);

/// The bytes of a case in a buffer that was used before.
pub fn refilled(used: Option<Vec<u8>>, json: &[u8]) -> Vec<u8> {
    let mut buffer = used.unwrap_or_default();
    buffer.clear();
    buffer.extend_from_slice(json);
    buffer
}

/// Reads with `serde_json`.
pub fn with_serde<'a, T: Deserialize<'a>>(json: &'a [u8]) -> T {
    serde_json::from_slice(json).expect("the case fits")
}

/// Reads with `sonic-rs`.
pub fn with_sonic<'a, T: Deserialize<'a>>(json: &'a [u8]) -> T {
    sonic_rs::from_slice(json).expect("the case fits")
}
