//! The twenty policies as a careful engineer would write them in Rust: typed structs read by serde, a plain loop for
//! each condition over a list, what only reads the customer worked out once.

use crate::workload::NOW;
use serde::Deserialize;
use std::borrow::Cow;
use std::io::Write;

const DAY: i64 = 86_400;

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Tier {
    Standard,
    Silver,
    Gold,
    Vip,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Channel {
    Email,
    Sms,
    Push,
    Web,
    Phone,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Marketing,
    Service,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Status {
    Open,
    Closed,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum TicketKind {
    LateParcel,
    Question,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Action {
    Upsell,
    Advertise,
    Survey,
}

#[derive(Deserialize)]
struct Purchase<'a> {
    sku: &'a str,
    category: &'a str,
    price: f64,
    at: i64,
}

#[derive(Deserialize)]
struct Contact {
    channel: Channel,
    kind: Kind,
    at: i64,
}

#[derive(Deserialize)]
struct Ticket {
    status: Status,
    kind: TicketKind,
    opened_at: i64,
}

#[derive(Deserialize)]
struct Item<'a> {
    sku: &'a str,
    category: &'a str,
    brand: &'a str,
    #[serde(borrow)]
    authors: Vec<Cow<'a, str>>,
    price: f64,
}

#[derive(Deserialize)]
struct With<'a> {
    channel: Channel,
    #[serde(borrow)]
    item: Item<'a>,
}

#[derive(Deserialize)]
struct Proposal<'a> {
    id: &'a str,
    action: Action,
    #[serde(borrow)]
    with: With<'a>,
}

#[derive(Deserialize)]
struct Customer<'a> {
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    tier: Tier,
    born: &'a str,
    consent: Vec<Channel>,
    #[serde(borrow)]
    purchases: Vec<Purchase<'a>>,
    contacts: Vec<Contact>,
    tickets: Vec<Ticket>,
}

#[derive(Deserialize)]
struct Inputs<'a> {
    #[serde(borrow)]
    customer: Customer<'a>,
}

/// A case as it is read.
#[derive(Deserialize)]
pub struct Case<'a> {
    #[serde(borrow)]
    inputs: Inputs<'a>,
    #[serde(borrow)]
    proposals: Vec<Proposal<'a>>,
}

/// Each proposal and each policy that speaks against it, by number; the duties by the number of their policy.
#[derive(Default, PartialEq, Eq, Debug, Clone)]
pub struct Answer {
    pub blocked: Vec<(usize, u8)>,
    pub duties: Vec<u8>,
}

/// Reads a case.
pub fn read(json: &str) -> Case<'_> {
    serde_json::from_str(json).unwrap()
}

/// Decides it.
pub fn decide(case: &Case<'_>, answer: &mut Answer) {
    let customer = &case.inputs.customer;
    answer.blocked.clear();
    answer.duties.clear();
    let open_ticket = customer
        .tickets
        .iter()
        .any(|ticket| ticket.status == Status::Open);
    let mails = customer
        .contacts
        .iter()
        .filter(|one| {
            one.channel == Channel::Email && one.kind == Kind::Marketing && one.at >= NOW - 7 * DAY
        })
        .count();
    let standard = customer.tier == Tier::Standard;
    let minor = customer.born > "2008-09-21";
    for (place, proposal) in case.proposals.iter().enumerate() {
        let (action, channel, item) = (proposal.action, proposal.with.channel, &proposal.with.item);
        let marketing = action != Action::Survey;
        let mut block = |policy: u8| answer.blocked.push((place, policy));
        let recent = |purchase: &&Purchase<'_>, days: i64| purchase.at >= NOW - days * DAY;
        if action == Action::Upsell
            && customer
                .purchases
                .iter()
                .any(|one| one.category == item.category && recent(&one, 30))
        {
            block(1);
        }
        if action == Action::Upsell
            && customer
                .name
                .as_ref()
                .is_some_and(|name| item.authors.contains(name))
        {
            block(2);
        }
        if action == Action::Advertise
            && customer
                .purchases
                .iter()
                .any(|one| one.sku == item.sku && recent(&one, 60) && item.price < one.price)
        {
            block(3);
        }
        if marketing && open_ticket {
            block(4);
        }
        if marketing && channel == Channel::Email && mails >= 3 {
            block(5);
        }
        if !customer.consent.contains(&channel) {
            block(6);
        }
        if item.category == "gift_card" && standard {
            block(7);
        }
        if minor && matches!(item.category, "alcohol" | "tobacco" | "knives") {
            block(8);
        }
        plain(customer.tier, action, channel, item, &mut block);
    }
    if customer.tier == Tier::Vip && customer.name.is_some() {
        answer.duties.push(9);
    }
    let late = |one: &Ticket| one.kind == TicketKind::LateParcel && one.opened_at >= NOW - 14 * DAY;
    if customer.tickets.iter().any(late) {
        answer.duties.push(10);
    }
}

fn plain(
    tier: Tier,
    action: Action,
    channel: Channel,
    item: &Item<'_>,
    block: &mut impl FnMut(u8),
) {
    if item.category == "alcohol" && channel == Channel::Push {
        block(11);
    }
    if item.brand == "brand_3" && tier == Tier::Standard {
        block(12);
    }
    if channel == Channel::Sms && tier != Tier::Gold && tier != Tier::Vip {
        block(13);
    }
    if matches!(item.category, "medical" | "vitamins" | "insurance") && channel == Channel::Phone {
        block(14);
    }
    if action == Action::Survey && channel == Channel::Sms {
        block(15);
    }
    if item.price > 500.0 && tier == Tier::Standard {
        block(16);
    }
    if matches!(item.brand, "brand_7" | "brand_8") && channel == Channel::Email {
        block(17);
    }
    if item.category == "pets" && item.brand == "brand_11" {
        block(18);
    }
    if action == Action::Advertise && item.category == "medical" {
        block(19);
    }
    if tier == Tier::Silver && item.price > 1_000.0 && channel == Channel::Web {
        block(20);
    }
}

/// Writes the answer as JSON: verdicts with the numbers of the policies, and the duties with their texts.
pub fn write(case: &Case<'_>, answer: &Answer, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"proposals\":[");
    let mut reasons = answer.blocked.iter().peekable();
    for (place, proposal) in case.proposals.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write!(out, "{{\"id\":\"{}\",\"reasons\":[", proposal.id).unwrap();
        let mut count = 0;
        while let Some((_, policy)) = reasons.next_if(|(of, _)| *of == place) {
            if count > 0 {
                out.push(b',');
            }
            write!(out, "{policy}").unwrap();
            count += 1;
        }
        write!(
            out,
            "],\"verdict\":\"{}\"}}",
            if count == 0 { "allowed" } else { "blocked" }
        )
        .unwrap();
    }
    out.extend_from_slice(b"],\"duties\":[");
    for (place, duty) in answer.duties.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        if *duty == 9 {
            let name = case.inputs.customer.name.as_deref().unwrap_or_default();
            write!(out, "{{\"text\":\"Welcome back, {name}!\"}}").unwrap();
        } else {
            out.extend_from_slice(b"{\"amount\":5}");
        }
    }
    out.extend_from_slice(b"]}\n");
}
