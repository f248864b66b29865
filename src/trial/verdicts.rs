//! What is expected of proposals. Each answer is what was found instead; none where all is as expected.

use super::Evaluated;
use super::shown::{quoted, reason, until_when};
use crate::decision::{Decision, ProposalDecision, Verdict};
use crate::example::Expected;
use crate::operators::ExpectedVerdict;
use crate::value::{Timestamp, Value};
use std::sync::Arc;

/// `"p1" blocked by "title"`
pub(super) fn verdict(
    decision: &Decision,
    id: &str,
    verdict: ExpectedVerdict,
    by: &[Arc<str>],
    until: Option<&Value>,
) -> Vec<String> {
    let Some(proposal) = find(decision, id) else {
        return vec![not_there(id)];
    };
    let gives = |title: &Arc<str>| proposal.reasons.iter().any(|one| one.policy == *title);
    if proposal.verdict.word() == verdict.word()
        && by.iter().all(gives)
        && ends(until, proposal.until)
    {
        return Vec::new();
    }
    told(proposal)
}

/// Whether a verdict ends when it is expected to; any end will do where none is expected.
pub(super) fn ends(expected: Option<&Value>, found: Option<Timestamp>) -> bool {
    match (expected, found) {
        (None, _) => true,
        (Some(expected), Some(found)) => expected.same(&Value::DateTime(found)),
        (Some(_), None) => false,
    }
}

/// `"p1" before "p2"`
pub(super) fn before(decision: &Decision, first: &str, second: &str) -> Vec<String> {
    let (Some(one), Some(other)) = (find(decision, first), find(decision, second)) else {
        return vec![not_there(first), not_there(second)];
    };
    match (one.rank, other.rank) {
        (Some(one), Some(other)) if one < other => Vec::new(),
        _ => {
            let mut found = told(one);
            found.extend(told(other));
            found
        }
    }
}

/// Proposals of which nothing is expected and that are not allowed.
pub(super) fn others(example: &Evaluated, decision: &Decision) -> Vec<String> {
    let expected = example.expectations.iter();
    let named: Vec<&str> = expected
        .filter_map(|expectation| match &expectation.kind {
            Expected::Verdict { id, .. } => Some(&**id),
            _ => None,
        })
        .collect();
    let others = decision
        .proposals()
        .iter()
        .filter(|proposal| proposal.verdict != Verdict::Allowed && !named.contains(&&*proposal.id));
    others.flat_map(told).collect()
}

/// Reasons that `by` does not name, where it names any.
pub(super) fn further_reasons(example: &Evaluated, decision: &Decision) -> Vec<String> {
    let mut found = Vec::new();
    for proposal in decision.proposals() {
        let named = named_reasons(example, &proposal.id);
        let further = proposal
            .reasons
            .iter()
            .filter(|one| !named.is_empty() && !named.iter().any(|title| **title == one.policy));
        let verdict = proposal.verdict.word();
        let word = format!("{} is also {verdict} by", quoted(&proposal.id));
        found.extend(further.map(|one| reason(&word, one)));
    }
    found
}

/// The policies that are named as reasons for the verdict on a proposal.
fn named_reasons<'e>(example: &'e Evaluated, id: &str) -> Vec<&'e Arc<str>> {
    let named = example
        .expectations
        .iter()
        .filter_map(|expectation| match &expectation.kind {
            Expected::Verdict { id: named, by, .. } if **named == *id => Some(by),
            _ => None,
        });
    named.flatten().collect()
}

fn find<'d>(decision: &'d Decision, id: &str) -> Option<&'d ProposalDecision> {
    let mut proposals = decision.proposals().iter();
    proposals.find(|proposal| *proposal.id == *id)
}

fn not_there(id: &str) -> String {
    format!("{} is not proposed", quoted(id))
}

/// What came of a proposal: its verdict, then a line for each reason.
fn told(proposal: &ProposalDecision) -> Vec<String> {
    let rank = proposal
        .rank
        .map_or_else(String::new, |rank| format!(", rank {rank}"));
    let verdict = proposal.verdict.word();
    let until = until_when(proposal.until);
    let mut lines = vec![format!(
        "{} is {verdict}{until}{rank}",
        quoted(&proposal.id)
    )];
    lines.extend(proposal.reasons.iter().map(|one| reason("by", one)));
    lines
}
