//! Decides a case: what may be done, what must be done, and why.
//!
//! Input: a compiled package, the plan made from it, and a case. Output: a [`Decision`].
//! The steps are those of the language's chapter "how a decision is made": candidates are proposals and owed
//! duties; a `never` or `only` that speaks blocks them; equal duties merge; what is not blocked is ranked; duties
//! that belong to an outcome follow and pass the same steps.
//! Invariants: total; the same case gives the same decision, whatever the order of files, policies and clauses.

mod answer;
mod data;
mod duties;
mod judge;
mod merge;
mod plan;

#[cfg(test)]
pub(crate) mod tests;

use crate::decode::Case;
use crate::eval::{Candidate, Moment};
use crate::operators::CarrierOutcome;
use crate::program::Program;

pub use data::{Decision, Duty, ProposalDecision, Reason, Verdict, Withheld};
pub(crate) use plan::Plan;

use duties::{Carrier, Carriers};
use judge::{Judge, Origin};
use merge::{Settled, settle};

/// Decides one case.
pub(crate) fn decide(program: &Program, plan: &Plan, case: &Case) -> Decision {
    let moment = Moment::new(program, &case.inputs, case.now);
    let mut judge = Judge::new(&moment, plan);
    let proposals = judge_proposals(&mut judge, case);
    let plain = duties::owe_plain(&mut judge);
    let spoken = plain.spoken;
    let plain = settle(&mut judge, plain.duties);
    let attached = duties::owe_attached(&mut judge, &spoken, &carriers(case, &proposals, &plain));
    let attached = settle(&mut judge, attached);
    let fired = judge.fired();
    answer::assemble(&moment, case, proposals, plain.followed_by(attached), fired)
}

/// For each proposal the reasons why it is blocked; none where it is allowed.
fn judge_proposals(judge: &mut Judge<'_, '_>, case: &Case) -> Vec<Vec<Reason>> {
    let mut blocked = Vec::with_capacity(case.proposals.len());
    for proposal in &case.proposals {
        let candidate = Candidate {
            action: proposal.action,
            values: &proposal.values,
        };
        blocked.push(judge.blockers(candidate, Origin::Proposal));
    }
    blocked
}

/// What an `on` duty can belong to, in the order in which it is decided: duties, withheld ones, proposals.
fn carriers<'c>(case: &'c Case, blocked: &[Vec<Reason>], plain: &'c Settled) -> Carriers<'c> {
    let mut carriers = Carriers::default();
    for (index, duty) in plain.held.iter().enumerate() {
        carriers.add(
            Carrier::Duty(index),
            CarrierOutcome::Allowed,
            duty.candidate(),
        );
    }
    for (index, duty) in plain.withheld.iter().enumerate() {
        carriers.add(
            Carrier::Withheld(index),
            CarrierOutcome::Blocked,
            duty.candidate(),
        );
    }
    for (index, (proposal, reasons)) in case.proposals.iter().zip(blocked).enumerate() {
        let outcome = if reasons.is_empty() {
            CarrierOutcome::Allowed
        } else {
            CarrierOutcome::Blocked
        };
        let candidate = Candidate {
            action: proposal.action,
            values: &proposal.values,
        };
        carriers.add(Carrier::Proposal(index), outcome, candidate);
    }
    carriers
}
