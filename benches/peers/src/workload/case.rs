//! A case as Courtesy reads it, with its moment, its inputs and its proposals.

use super::draw::{Contact, Drawn, Item, Proposal, Purchase, Ticket};
use std::fmt::Write;

/// Writes the case.
pub(super) fn json(drawn: &Drawn) -> String {
    let mut out = String::from("{\"now\":\"2026-09-21T14:13:20Z\",\"inputs\":{\"customer\":{");
    let (year, month, day) = drawn.born;
    customer(drawn, &format!("\"{year}-{month:02}-{day:02}\""), &mut out);
    out.push_str("}},\"proposals\":[");
    for (place, proposal) in drawn.proposals.iter().enumerate() {
        separate(place, &mut out);
        write_proposal(place, proposal, &mut out);
    }
    out.push_str("]}");
    out
}

fn write_proposal(place: usize, proposal: &Proposal, out: &mut String) {
    let (action, channel) = (proposal.action, proposal.channel);
    write!(
        out,
        "{{\"id\":\"p{place}\",\"action\":\"{action}\",\"with\":{{\"channel\":\"{channel}\",\"item\":{{"
    )
    .unwrap();
    item(&proposal.item, out);
    out.push_str("}}}");
}

/// The fields of the customer, which both forms share but for the day of birth.
pub(super) fn customer(drawn: &Drawn, born: &str, out: &mut String) {
    write!(out, "\"id\":\"{}\"", drawn.id).unwrap();
    if let Some(name) = &drawn.name {
        write!(out, ",\"name\":\"{name}\"").unwrap();
    }
    let tier = drawn.tier;
    write!(
        out,
        ",\"tier\":\"{tier}\",\"born\":{born},\"time_zone\":\"Europe/Prague\""
    )
    .unwrap();
    write!(out, ",\"consent\":[{}]", quoted(&drawn.consent)).unwrap();
    list("purchases", &drawn.purchases, purchase, out);
    list("contacts", &drawn.contacts, contact, out);
    list("tickets", &drawn.tickets, ticket, out);
}

fn list<T>(key: &str, all: &[T], one: impl Fn(&T, &mut String), out: &mut String) {
    write!(out, ",\"{key}\":[").unwrap();
    for (place, value) in all.iter().enumerate() {
        separate(place, out);
        one(value, out);
    }
    out.push(']');
}

pub(super) fn separate(place: usize, out: &mut String) {
    if place > 0 {
        out.push(',');
    }
}

fn purchase(purchase: &Purchase, out: &mut String) {
    out.push('{');
    item(&purchase.item, out);
    write!(out, ",\"at\":{}}}", purchase.at).unwrap();
}

fn contact(one: &Contact, out: &mut String) {
    let (channel, kind) = (one.channel, one.kind);
    let (campaign, at) = (one.campaign, one.at);
    write!(
        out,
        "{{\"channel\":\"{channel}\",\"kind\":\"{kind}\",\"campaign\":\"k{campaign}\",\"at\":{at}}}"
    )
    .unwrap();
}

fn ticket(one: &Ticket, out: &mut String) {
    let (status, kind, at) = (one.status, one.kind, one.opened_at);
    write!(
        out,
        "{{\"status\":\"{status}\",\"kind\":\"{kind}\",\"opened_at\":{at}}}"
    )
    .unwrap();
}

/// The fields of an item.
pub(super) fn item(item: &Item, out: &mut String) {
    let (number, category, brand) = (item.number, item.category(), item.brand());
    let (authors, euros, cents) = (quoted(&item.authors), item.cents / 100, item.cents % 100);
    write!(
        out,
        "\"sku\":\"s{number}\",\"category\":\"{category}\",\"brand\":\"brand_{brand}\",\"authors\":[{authors}],\"price\":{euros}.{cents:02}"
    )
    .unwrap();
}

fn quoted(texts: &[impl AsRef<str>]) -> String {
    let all: Vec<String> = texts
        .iter()
        .map(|text| format!("\"{}\"", text.as_ref()))
        .collect();
    all.join(",")
}
