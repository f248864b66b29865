//! The same as a flat record: what is proposed stands in the customer, and the day of birth is a number, so that
//! engines without dates can compare it.

use super::case::{customer, item, separate};
use super::draw::{Drawn, Proposal};
use std::fmt::Write;

/// Writes the record.
pub(super) fn json(drawn: &Drawn) -> String {
    let mut out = String::from("{");
    let (year, month, day) = drawn.born;
    customer(drawn, &format!("{year}{month:02}{day:02}"), &mut out);
    out.push_str(",\"candidates\":[");
    for (place, proposal) in drawn.proposals.iter().enumerate() {
        separate(place, &mut out);
        candidate(proposal, &mut out);
    }
    out.push_str("]}");
    out
}

fn candidate(proposal: &Proposal, out: &mut String) {
    let (action, channel) = (proposal.action, proposal.channel);
    write!(
        out,
        "{{\"kind\":\"{action}\",\"channel\":\"{channel}\",\"item\":{{"
    )
    .unwrap();
    item(&proposal.item, out);
    out.push_str("}}");
}
