//! A decision as JSON on one line.
//!
//! The order of the keys is that of the contract. `reported` and `conflicts` are always there, and empty as long
//! as nothing can stand in them.

use crate::decision::{Decision, Duty, ProposalDecision, Reason, Withheld};
use crate::value::{format_rfc3339, write_json, write_json_text};

/// Writes the decision.
pub(super) fn write(decision: &Decision) -> String {
    let mut out = String::new();
    out.push('{');
    text_field("package", decision.package(), &mut out);
    out.push(',');
    text_field("now", &format_rfc3339(decision.now()), &mut out);
    out.push_str(",\"proposals\":");
    list(decision.proposals(), &mut out, write_proposal);
    out.push_str(",\"duties\":");
    list(decision.duties(), &mut out, write_duty);
    out.push_str(",\"withheld\":");
    list(decision.withheld(), &mut out, write_withheld);
    out.push_str(",\"reported\":[],\"conflicts\":[]}");
    out
}

fn write_proposal(proposal: &ProposalDecision, out: &mut String) {
    out.push('{');
    text_field("id", &proposal.id, out);
    out.push(',');
    text_field("action", &proposal.action, out);
    out.push(',');
    text_field("verdict", proposal.verdict.word(), out);
    if let Some(rank) = proposal.rank {
        out.push_str(&format!(",\"rank\":{rank}"));
    }
    write_reasons(proposal.reasons.iter(), out);
    out.push('}');
}

fn write_duty(duty: &Duty, out: &mut String) {
    write_duty_head(duty, out);
    write_reasons(duty.reasons.iter(), out);
    out.push('}');
}

fn write_withheld(withheld: &Withheld, out: &mut String) {
    write_duty_head(&withheld.duty, out);
    out.push(',');
    text_field("verdict", withheld.verdict.word(), out);
    write_reasons(withheld.reasons().into_iter(), out);
    out.push('}');
}

/// What duties and withheld ones share, up to their reasons.
fn write_duty_head(duty: &Duty, out: &mut String) {
    out.push('{');
    text_field("id", &duty.id, out);
    out.push(',');
    text_field("action", &duty.action, out);
    write_with(duty, out);
    if let Some(on) = &duty.on {
        out.push(',');
        text_field("on", on, out);
    }
    if let Some(by) = &duty.by {
        out.push_str(",\"by\":");
        write_json(by, out);
    }
}

/// The fields that are known, in the order declared.
fn write_with(duty: &Duty, out: &mut String) {
    let mut opening = ",\"with\":{";
    for (name, value) in duty.with.iter().filter(|(_, value)| !value.is_missing()) {
        out.push_str(opening);
        write_json_text(name, out);
        out.push(':');
        write_json(value, out);
        opening = ",";
    }
    if opening == "," {
        out.push('}');
    }
}

fn write_reasons<'r>(reasons: impl Iterator<Item = &'r Reason>, out: &mut String) {
    out.push_str(",\"reasons\":");
    list(reasons, out, |reason, out| {
        out.push('{');
        text_field("policy", &reason.policy, out);
        if let Some(because) = &reason.because {
            out.push(',');
            text_field("because", because.as_str(), out);
        }
        out.push('}');
    });
}

fn list<T>(items: impl IntoIterator<Item = T>, out: &mut String, write: impl Fn(T, &mut String)) {
    out.push('[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

fn text_field(name: &str, value: &str, out: &mut String) {
    write_json_text(name, out);
    out.push(':');
    write_json_text(value, out);
}
