//! The flat record as structs, for the programs that call Cedar and rust-rule-engine.

use crate::programs::{Action, Channel, ContactKind, Status, TicketKind, Tier};
use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
pub struct Purchase<'a> {
    pub sku: &'a str,
    pub category: &'a str,
    pub price: f64,
    pub at: i64,
}

#[derive(Deserialize)]
pub struct Contact {
    pub channel: Channel,
    pub kind: ContactKind,
    pub at: i64,
}

#[derive(Deserialize)]
pub struct Ticket {
    pub status: Status,
    pub kind: TicketKind,
    pub opened_at: i64,
}

#[derive(Deserialize)]
pub struct Item<'a> {
    pub sku: &'a str,
    pub category: &'a str,
    pub brand: &'a str,
    #[serde(borrow)]
    pub authors: Vec<Cow<'a, str>>,
    pub price: f64,
}

#[derive(Deserialize)]
pub struct Candidate<'a> {
    pub kind: Action,
    pub channel: Channel,
    #[serde(borrow)]
    pub item: Item<'a>,
}

#[derive(Deserialize)]
pub struct Customer<'a> {
    pub id: &'a str,
    #[serde(borrow)]
    pub name: Option<Cow<'a, str>>,
    pub tier: Tier,
    pub born: i64,
    pub consent: Vec<Channel>,
    #[serde(borrow)]
    pub purchases: Vec<Purchase<'a>>,
    pub contacts: Vec<Contact>,
    pub tickets: Vec<Ticket>,
    #[serde(borrow)]
    pub candidates: Vec<Candidate<'a>>,
}
