//! The case as structs. `Purchase` and `Contact` read all that stands in the case; `ShortPurchase` and
//! `ShortContact` only what the twenty policies ask for, and the rest is skipped.

use serde::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    Standard,
    Silver,
    Gold,
    Vip,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Email,
    Sms,
    Push,
    Web,
    Phone,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    Marketing,
    Service,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    Closed,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum TicketKind {
    LateParcel,
    Question,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Upsell,
    Advertise,
    Survey,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "a whole record is read")]
pub struct Purchase<'a> {
    pub sku: &'a str,
    pub category: &'a str,
    brand: &'a str,
    #[serde(borrow)]
    authors: Vec<Cow<'a, str>>,
    pub price: f64,
    pub at: i64,
}

#[derive(Deserialize)]
pub struct ShortPurchase<'a> {
    sku: &'a str,
    category: &'a str,
    price: f64,
    at: i64,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "a whole record is read")]
pub struct Contact<'a> {
    pub channel: Channel,
    pub kind: ContactKind,
    campaign: &'a str,
    pub at: i64,
}

#[derive(Deserialize)]
pub struct ShortContact {
    channel: Channel,
    kind: ContactKind,
    at: i64,
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
pub struct With<'a> {
    pub channel: Channel,
    #[serde(borrow)]
    pub item: Item<'a>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "a whole record is read")]
pub struct Proposal<'a> {
    id: &'a str,
    pub action: Action,
    #[serde(borrow)]
    pub with: With<'a>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "P: Deserialize<'de>, C: Deserialize<'de>"))]
#[expect(dead_code, reason = "a whole record is read")]
pub struct Customer<'a, P, C> {
    id: &'a str,
    time_zone: &'a str,
    #[serde(borrow)]
    pub name: Option<Cow<'a, str>>,
    pub tier: Tier,
    pub born: &'a str,
    pub consent: Vec<Channel>,
    pub purchases: Vec<P>,
    pub contacts: Vec<C>,
    pub tickets: Vec<Ticket>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "P: Deserialize<'de>, C: Deserialize<'de>"))]
pub struct Inputs<'a, P, C> {
    #[serde(borrow)]
    pub customer: Customer<'a, P, C>,
}

/// A case.
#[derive(Deserialize)]
#[serde(bound(deserialize = "P: Deserialize<'de>, C: Deserialize<'de>"))]
pub struct Case<'a, P, C> {
    #[serde(borrow)]
    pub inputs: Inputs<'a, P, C>,
    #[serde(borrow)]
    pub proposals: Vec<Proposal<'a>>,
}

/// A purchase, however much of it was read.
pub trait Bought {
    fn sku(&self) -> &str;
    fn category(&self) -> &str;
    fn price(&self) -> f64;
    fn at(&self) -> i64;
}

macro_rules! bought {
    ($kind:ident) => {
        impl Bought for $kind<'_> {
            #[inline]
            fn sku(&self) -> &str {
                self.sku
            }
            #[inline]
            fn category(&self) -> &str {
                self.category
            }
            #[inline]
            fn price(&self) -> f64 {
                self.price
            }
            #[inline]
            fn at(&self) -> i64 {
                self.at
            }
        }
    };
}
bought!(Purchase);
bought!(ShortPurchase);

/// A contact, however much of it was read.
pub trait Contacted {
    /// Whether it was marketing by mail.
    fn marketing_mail(&self) -> bool;
    fn at(&self) -> i64;
}

impl Contacted for Contact<'_> {
    #[inline]
    fn marketing_mail(&self) -> bool {
        self.channel == Channel::Email && self.kind == ContactKind::Marketing
    }
    #[inline]
    fn at(&self) -> i64 {
        self.at
    }
}

impl Contacted for ShortContact {
    #[inline]
    fn marketing_mail(&self) -> bool {
        self.channel == Channel::Email && self.kind == ContactKind::Marketing
    }
    #[inline]
    fn at(&self) -> i64 {
        self.at
    }
}
