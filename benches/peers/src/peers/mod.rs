//! The other engines, each called as its documentation shows, and each with the facts in the form that is cheapest
//! for it.
//!
//! Where an engine has no word for "any purchase where" or for counting, the program that calls it works that out
//! while loading ([`facts`]); that flatters its decisions, and is paid for from JSON to JSON.

pub mod cedar;
pub mod cel;
pub mod compile;
pub mod datalogic;
mod facts;
mod record;
pub mod rego;
pub mod rhai;
pub mod rule_engine;
pub mod zen;

use crate::workload::Simple;

/// Policies of the shop that are duties are kept apart from those about proposals by adding this to their number.
const DUTY: u32 = 1_000_000;

/// Policies as texts, with their numbers.
type Texts = Vec<(u32, String)>;

/// Texts with their numbers, from those of the shop.
fn numbered(all: &[(u32, &str)]) -> Texts {
    all.iter()
        .map(|(number, text)| (*number, text.to_string()))
        .collect()
}

/// One text for each generated policy.
fn each(all: &[Simple], text: impl Fn(&Simple) -> String) -> Texts {
    all.iter()
        .map(|policy| (policy.number, text(policy)))
        .collect()
}
