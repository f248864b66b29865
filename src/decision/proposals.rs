//! What becomes of what the host would like to do.
//!
//! Input: the proposals of a case. Output: a [`Standing`] for each, in the host's order: first what is said about it,
//! then, when its turn has come, whether limits have room for it.

use std::cmp::Reverse;

use super::data::{Reason, Verdict};
use super::judge::{Hearing, Judge, Origin};
use super::limits::Rooms;
use super::notes::About;
use crate::decode::{Case, Proposal};
use crate::eval::Candidate;
use crate::program::PolicyId;

/// What became of a proposal.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) hearing: Hearing,
    pub(super) verdict: Verdict,
    /// Why it is not allowed, by title.
    pub(super) against: Vec<(PolicyId, Reason)>,
}

/// The proposal as policies see it.
pub(super) fn candidate(proposal: &Proposal) -> Candidate<'_> {
    Candidate {
        action: proposal.action,
        values: &proposal.values,
    }
}

/// Hears what is said about each proposal; what is spoken against is blocked.
pub(super) fn judge(judge: &mut Judge<'_, '_>, case: &Case) -> Vec<Standing> {
    let mut standings = Vec::with_capacity(case.proposals.len());
    for (place, proposal) in case.proposals.iter().enumerate() {
        judge.notes.about(About::Proposal(place));
        let mut hearing = if judge.counts(proposal.action) {
            judge.hear(candidate(proposal), Origin::Proposal)
        } else {
            Hearing::default()
        };
        let against = std::mem::take(&mut hearing.against);
        let verdict = if against.is_empty() {
            Verdict::Allowed
        } else {
            Verdict::Blocked
        };
        standings.push(Standing {
            hearing,
            verdict,
            against,
        });
    }
    standings
}

/// Gives room by rank to what is not blocked.
pub(super) fn give_room(
    judge: &mut Judge<'_, '_>,
    rooms: &mut Rooms,
    case: &Case,
    standings: &mut [Standing],
) {
    for index in by_rank(standings) {
        let (Some(proposal), Some(standing)) =
            (case.proposals.get(index), standings.get_mut(index))
        else {
            continue;
        };
        judge.notes.about(About::Proposal(index));
        standing.against = rooms.admit(judge, candidate(proposal), &mut standing.hearing);
        if !standing.against.is_empty() {
            standing.verdict = Verdict::Limited;
        }
    }
}

/// The places of what is not blocked, the highest score first, then in the host's order.
pub(super) fn by_rank(standings: &[Standing]) -> Vec<usize> {
    let places = standings.iter().enumerate();
    let mut ranked: Vec<(usize, &Standing)> = places
        .filter(|(_, standing)| standing.verdict != Verdict::Blocked)
        .collect();
    ranked.sort_by_key(|(_, standing)| Reverse(&standing.hearing.score));
    ranked.into_iter().map(|(place, _)| place).collect()
}
