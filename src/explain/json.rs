//! A decision as JSON on one line.
//!
//! The order of the keys is that of the contract. The five lists are always there; other keys are left out where
//! they have nothing to say.

use crate::decision::{Conflict, Decision, Duty, ProposalDecision, Reason, Reported, Withheld};
use crate::value::{JsonObject, Number, Text, Timestamp, Value, format_rfc3339};
use std::sync::Arc;

/// Writes the decision.
pub(super) fn write(decision: &Decision) -> String {
    let mut out = String::new();
    JsonObject::write(&mut out, |object| {
        object.text("package", decision.package());
        object.text("now", &format_rfc3339(decision.now()));
        object.objects("proposals", decision.proposals(), proposal);
        object.objects("duties", decision.duties(), duty);
        object.objects("withheld", decision.withheld(), withheld);
        object.objects("reported", decision.reported(), reported);
        object.objects("conflicts", decision.conflicts(), conflict);
    });
    out
}

fn proposal(proposal: &ProposalDecision, object: &mut JsonObject<'_>) {
    object.text("id", &proposal.id);
    object.text("action", &proposal.action);
    object.text("verdict", proposal.verdict.word());
    until(proposal.until, object);
    if let Some(rank) = proposal.rank {
        object.bare("rank", rank);
    }
    score(proposal.score.as_ref(), object);
    reasons(proposal.reasons.iter(), object);
}

fn duty(duty: &Duty, object: &mut JsonObject<'_>) {
    duty_head(duty, object);
    reasons(duty.reasons.iter(), object);
}

fn withheld(withheld: &Withheld, object: &mut JsonObject<'_>) {
    duty_head(&withheld.duty, object);
    object.text("verdict", withheld.verdict.word());
    until(withheld.until, object);
    reasons(withheld.reasons().into_iter(), object);
}

/// What duties and withheld ones share, up to their reasons.
fn duty_head(duty: &Duty, object: &mut JsonObject<'_>) {
    object.text("id", &duty.id);
    object.text("action", &duty.action);
    with(&duty.with, object);
    text("on", duty.on.as_deref(), object);
    if let Some(by) = &duty.by {
        object.value("by", by);
    }
    score(duty.score.as_ref(), object);
}

fn reported(reported: &Reported, object: &mut JsonObject<'_>) {
    object.text("policy", &reported.policy);
    object.text("would", reported.would.word());
    text("on", reported.on.as_deref(), object);
    with(&reported.with, object);
    text(
        "because",
        reported.because.as_ref().map(Text::as_str),
        object,
    );
}

fn conflict(conflict: &Conflict, object: &mut JsonObject<'_>) {
    object.text("action", &conflict.action);
    text("on", conflict.on.as_deref(), object);
    object.text("kept", &conflict.kept);
    object.text("dropped", &conflict.dropped);
}

fn until(until: Option<Timestamp>, object: &mut JsonObject<'_>) {
    let until = until.map(format_rfc3339);
    text("until", until.as_deref(), object);
}

fn score(score: Option<&Number>, object: &mut JsonObject<'_>) {
    if let Some(score) = score {
        object.value("score", &Value::Number(score.clone()));
    }
}

/// A text, where there is one.
fn text(name: &str, text: Option<&str>, object: &mut JsonObject<'_>) {
    if let Some(text) = text {
        object.text(name, text);
    }
}

/// The fields that are known, in the order declared.
fn with(with: &[(Arc<str>, Value)], object: &mut JsonObject<'_>) {
    let mut known = with
        .iter()
        .filter(|(_, value)| !value.is_missing())
        .peekable();
    if known.peek().is_some() {
        object.object("with", |object| {
            known.for_each(|(name, value)| object.value(name, value));
        });
    }
}

fn reasons<'r>(reasons: impl Iterator<Item = &'r Reason>, object: &mut JsonObject<'_>) {
    object.objects("reasons", reasons, |reason, object| {
        object.text("policy", &reason.policy);
        text("because", reason.because.as_ref().map(Text::as_str), object);
    });
}
