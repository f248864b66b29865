//! The twenty policies as a careful engineer writes them in Rust, in four ways.
//!
//! `plain`: typed structs read by serde, a plain loop for each condition over a list, what only reads the customer
//! worked out once; generated policies as a scan over packed keys. `limit`: what can be shared is, and generated
//! policies are found by hash. `value`: `serde_json::Value`, every policy on its own, as it is often written.

mod limit;
mod names;
mod plain;
mod read;
mod rules;
mod types;
mod value;

pub use limit::Limit;
pub use plain::Plain;
#[cfg(feature = "peers")]
pub use types::{Action, Channel, ContactKind, Status, TicketKind, Tier};
pub use value::ByValue;
