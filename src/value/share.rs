//! Shares: in which of 10,000 slots a customer stands under a name.
//!
//! A slot is SHA-256 of the name's bytes, a zero byte and the key's bytes (UTF-8, both as they are), its first 8
//! bytes read as a big-endian number, modulo 10000: plain enough to be worked out again in any other system.
//! `tests/vectors/slots.json` holds slots to compare with. The name is the salt: shares under two names have
//! nothing to do with each other, and a larger share under one name holds the smaller.
//! The remainder favours the first 1,616 slots by less than one part in 10^15.

use sha2::{Digest, Sha256};

/// How many slots there are; a percent takes a hundred of them.
pub const SLOTS: u16 = 10_000;

/// The slot of a key under a name, 0 to 9999.
///
/// ```
/// use courtesy::value::slot;
///
/// assert_eq!(slot("autumn", "c-1001"), 9_745);
/// assert_eq!(slot("winter", "c-1001"), 3_887);
/// // 10% of the customers are those in the slots 0 to 999.
/// assert!(slot("autumn", "c-1001") >= 1_000);
/// ```
#[must_use]
pub fn slot(name: &str, key: &str) -> u16 {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    hash.update([0]);
    hash.update(key.as_bytes());
    let first = hash.finalize().into_iter().take(8);
    let number = first.fold(0_u64, |number, byte| (number << 8) | u64::from(byte));
    let slot = number.checked_rem(u64::from(SLOTS)).unwrap_or(0);
    u16::try_from(slot).unwrap_or(0)
}
