//! A decision as JSON on one line.
//!
//! The order of the keys is that of the contract. The five lists are always there; other keys are left out where
//! they have nothing to say.

use crate::decision::{Conflict, Decision, Duty, ProposalDecision, Reason, Reported, Withheld};
use crate::value::{Number, Text, Timestamp, Value, format_rfc3339, write_json, write_json_text};
use std::sync::Arc;

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
    out.push_str(",\"reported\":");
    list(decision.reported(), &mut out, write_reported);
    out.push_str(",\"conflicts\":");
    list(decision.conflicts(), &mut out, write_conflict);
    out.push('}');
    out
}

fn write_proposal(proposal: &ProposalDecision, out: &mut String) {
    out.push('{');
    text_field("id", &proposal.id, out);
    out.push(',');
    text_field("action", &proposal.action, out);
    out.push(',');
    text_field("verdict", proposal.verdict.word(), out);
    write_until(proposal.until, out);
    if let Some(rank) = proposal.rank {
        out.push_str(&format!(",\"rank\":{rank}"));
    }
    write_score(proposal.score.as_ref(), out);
    write_reasons(proposal.reasons.iter(), out);
    out.push('}');
}

fn write_duty(duty: &Duty, out: &mut String) {
    write_duty_head(duty, out);
    write_score(duty.score.as_ref(), out);
    write_reasons(duty.reasons.iter(), out);
    out.push('}');
}

fn write_withheld(withheld: &Withheld, out: &mut String) {
    write_duty_head(&withheld.duty, out);
    write_score(withheld.duty.score.as_ref(), out);
    out.push(',');
    text_field("verdict", withheld.verdict.word(), out);
    write_until(withheld.until, out);
    write_reasons(withheld.reasons().into_iter(), out);
    out.push('}');
}

/// What duties and withheld ones share, up to their reasons.
fn write_duty_head(duty: &Duty, out: &mut String) {
    out.push('{');
    text_field("id", &duty.id, out);
    out.push(',');
    text_field("action", &duty.action, out);
    write_with(&duty.with, out);
    write_on(duty.on.as_ref(), out);
    if let Some(by) = &duty.by {
        out.push_str(",\"by\":");
        write_json(by, out);
    }
}

fn write_until(until: Option<Timestamp>, out: &mut String) {
    if let Some(until) = until {
        out.push(',');
        text_field("until", &format_rfc3339(until), out);
    }
}

fn write_score(score: Option<&Number>, out: &mut String) {
    if let Some(score) = score {
        out.push_str(",\"score\":");
        write_json(&Value::Number(score.clone()), out);
    }
}

fn write_reported(reported: &Reported, out: &mut String) {
    out.push('{');
    text_field("policy", &reported.policy, out);
    out.push(',');
    text_field("would", reported.would.word(), out);
    write_on(reported.on.as_ref(), out);
    write_with(&reported.with, out);
    write_because(reported.because.as_ref(), out);
    out.push('}');
}

fn write_conflict(conflict: &Conflict, out: &mut String) {
    out.push('{');
    text_field("action", &conflict.action, out);
    write_on(conflict.on.as_ref(), out);
    out.push(',');
    text_field("kept", &conflict.kept, out);
    out.push(',');
    text_field("dropped", &conflict.dropped, out);
    out.push('}');
}

fn write_on(on: Option<&Arc<str>>, out: &mut String) {
    if let Some(on) = on {
        out.push(',');
        text_field("on", on, out);
    }
}

fn write_because(because: Option<&Text>, out: &mut String) {
    if let Some(because) = because {
        out.push(',');
        text_field("because", because.as_str(), out);
    }
}

/// The fields that are known, in the order declared.
fn write_with(with: &[(Arc<str>, Value)], out: &mut String) {
    let mut opening = ",\"with\":{";
    for (name, value) in with.iter().filter(|(_, value)| !value.is_missing()) {
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
        write_because(reason.because.as_ref(), out);
        out.push('}');
    });
}

pub(super) fn list<T>(
    items: impl IntoIterator<Item = T>,
    out: &mut String,
    write: impl Fn(T, &mut String),
) {
    out.push('[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

pub(super) fn text_field(name: &str, value: &str, out: &mut String) {
    write_json_text(name, out);
    out.push(':');
    write_json_text(value, out);
}
