//! The policies that look at one proposal and the customer's level alone, and the duties.

use super::types::{Action, Channel, Customer, Item, Ticket, TicketKind, Tier};
use crate::answer::Answer;
use crate::workload::{DAY, NOW};

/// Policies 11 to 20.
#[inline(always)]
pub fn simple(
    tier: Tier,
    action: Action,
    channel: Channel,
    item: &Item<'_>,
    block: &mut impl FnMut(u32),
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

/// Policies 9 and 10.
#[inline]
pub fn duties<P, C>(customer: &Customer<'_, P, C>, answer: &mut Answer) {
    if customer.tier == Tier::Vip && customer.name.is_some() {
        answer.duties.push(9);
    }
    let late = |one: &Ticket| one.kind == TicketKind::LateParcel && one.opened_at >= NOW - 14 * DAY;
    if customer.tickets.iter().any(late) {
        answer.duties.push(10);
    }
}
