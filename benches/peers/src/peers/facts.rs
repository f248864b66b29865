//! What the calling program works out for engines that cannot ask it of a list.

use super::record::{Candidate, Contact, Customer, Ticket};
use crate::programs::{Action, Channel, ContactKind, Status, TicketKind, Tier};
use crate::workload::{CHANNELS, DAY, NOW, TIERS};

pub struct Facts<'a> {
    pub recent_categories: Vec<&'a str>,
    pub open_ticket: bool,
    pub mails_in_7_days: i64,
    pub late_in_14_days: bool,
    /// For each candidate the most that was paid for it in 60 days.
    pub most_paid: Vec<Option<f64>>,
}

impl<'a> Facts<'a> {
    pub fn of(customer: &Customer<'a>) -> Facts<'a> {
        let since = |at, days| at >= NOW - days * DAY;
        let mail = |one: &&Contact| {
            one.channel == Channel::Email && one.kind == ContactKind::Marketing && since(one.at, 7)
        };
        let late = |one: &Ticket| one.kind == TicketKind::LateParcel && since(one.opened_at, 14);
        let recent = customer.purchases.iter().filter(|one| since(one.at, 30));
        let most_paid = |candidate: &Candidate<'_>| {
            let bought = customer.purchases.iter();
            let bought = bought.filter(|one| one.sku == candidate.item.sku && since(one.at, 60));
            bought.map(|one| one.price).reduce(f64::max)
        };
        Facts {
            recent_categories: recent.map(|one| one.category).collect(),
            open_ticket: customer
                .tickets
                .iter()
                .any(|one| one.status == Status::Open),
            mails_in_7_days: customer.contacts.iter().filter(mail).count() as i64,
            late_in_14_days: customer.tickets.iter().any(late),
            most_paid: customer.candidates.iter().map(most_paid).collect(),
        }
    }
}

pub fn tier(tier: Tier) -> &'static str {
    TIERS[tier as usize]
}

pub fn channel(channel: Channel) -> &'static str {
    CHANNELS[channel as usize]
}

pub fn action(action: Action) -> &'static str {
    ["upsell", "advertise", "survey"][action as usize]
}
