//! Decides a case: what may be done, what must be done, and why.
//!
//! Input: a compiled package, the plan made from it, and a case. Output: a [`Decision`].
//! The steps are those of the language's chapter "how a decision is made": candidates are proposals and owed
//! duties; a `never` or `only` that speaks blocks them; equal duties merge, of a `single` action one stays; what is
//! not blocked is ranked by what policies prefer; limits give room, to duties first; duties that wait for an outcome
//! follow and pass the same steps.
//! Invariants: total; the same case gives the same decision, whatever the order of files, policies and clauses.

mod answer;
mod data;
mod duties;
mod judge;
mod late;
mod limits;
mod merge;
mod notes;
mod plan;
mod proposals;
mod select;
mod until;

#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeSet;

use crate::decode::Case;
use crate::eval::{Moment, Recorder};
use crate::program::{PolicyId, Program};
use crate::schema::ActionId;

pub use data::{
    Conflict, Decision, Duty, ProposalDecision, Reason, Reported, Verdict, Withheld, Would,
};
pub(crate) use notes::{About, Book, Came, Note, Notes};
pub(crate) use plan::Plan;

use duties::{Carrier, Carriers, Owed};
use judge::Judge;
use late::settle_late;
use limits::Rooms;
use merge::{Settled, SettledDuty, settle};
use proposals::Standing;

/// What came of a case, before it has names.
struct Outcome {
    proposals: Vec<Standing>,
    plain: Settled,
    /// Duties for too little being left: they belong to nothing, as plain ones do.
    few: Settled,
    attached: Settled,
    /// What policies that only report would owe.
    reported: Vec<Owed>,
    fired: Vec<PolicyId>,
}

impl Outcome {
    fn withheld(&self) -> impl Iterator<Item = &SettledDuty> {
        let settled = [&self.plain, &self.few, &self.attached];
        settled.into_iter().flat_map(|settled| &settled.withheld)
    }
}

/// Decides one case.
pub(crate) fn decide(program: &Program, plan: &Plan, case: &Case) -> Decision {
    decide_noting(program, program, plan, case, (None, &Notes::default()))
}

/// Decides one case; what an observed program sees goes to the recorder, how each policy came out to the notes.
/// Until when it stays so is asked of the ordinary program.
pub(crate) fn decide_noting(
    program: &Program,
    ordinary: &Program,
    plan: &Plan,
    case: &Case,
    (recorder, notes): (Option<&Recorder>, &Notes),
) -> Decision {
    let moment = Moment::new(program, &case.inputs, case.now).recorded_by(recorder);
    let mut judge = Judge::new(&moment, plan, notes, None);
    let outcome = judge_case(&mut judge, case);
    answer::assemble(&judge, ordinary, case, outcome)
}

/// What came of the duties of one action, by the numbers of policies.
pub(crate) struct DutiesSeen {
    /// Of each that is withheld, who owes it and what speaks against it.
    pub(crate) withheld: Vec<(Vec<PolicyId>, Vec<PolicyId>)>,
    /// Of each that gave way, whose duty stays and whose went.
    pub(crate) dropped: Vec<(PolicyId, PolicyId)>,
}

/// What comes of the plain duties of an action, without words and without until when: for those who ask of many
/// cases whether something happens in them.
pub(crate) fn duties_seen(
    program: &Program,
    plan: &Plan,
    case: &Case,
    action: ActionId,
) -> DutiesSeen {
    let moment = Moment::new(program, &case.inputs, case.now);
    let outcome = decide_at(&moment, plan, case, Some(&BTreeSet::from([action])));
    let withheld = outcome.plain.withheld.into_iter().map(|duty| {
        let against = duty.against.iter().map(|(id, _)| *id).collect();
        (duty.owners, against)
    });
    let dropped = outcome.plain.dropped.into_iter();
    DutiesSeen {
        withheld: withheld.collect(),
        dropped: dropped.map(|it| (it.kept, it.dropped)).collect(),
    }
}

/// What comes of a case at a moment; with `only`, of the candidates of these actions.
fn decide_at(
    moment: &Moment<'_>,
    plan: &Plan,
    case: &Case,
    only: Option<&BTreeSet<ActionId>>,
) -> Outcome {
    let notes = Notes::default();
    judge_case(&mut Judge::new(moment, plan, &notes, only), case)
}

/// The steps of the chapter, one after the other.
fn judge_case(judge: &mut Judge<'_, '_>, case: &Case) -> Outcome {
    let mut rooms = Rooms::default();
    let mut proposals = proposals::judge(judge, case);

    let mut owing = duties::owe_plain(judge);
    let mut reported = std::mem::take(&mut owing.reported);
    let mut plain = settle(judge, &mut rooms, std::mem::take(&mut owing.duties));
    proposals::give_room(judge, &mut rooms, case, &mut proposals);
    let carriers = carriers(case, &proposals, &plain);

    let mut owing = duties::owe_for_few(judge, owing, &carriers);
    reported.append(&mut owing.reported);
    let late = std::mem::take(&mut owing.duties);
    let (few, joining) = settle_late(judge, &mut rooms, late, &plain);

    let mut owing = duties::owe_attached(judge, owing, &carriers);
    reported.append(&mut owing.reported);
    let attached = settle(judge, &mut rooms, owing.duties);
    joining.into_plain(judge, &mut plain);
    let fired = judge.fired();
    Outcome {
        proposals,
        plain,
        few,
        attached,
        reported,
        fired,
    }
}

/// What an `on` duty can belong to, in the order in which it is decided: duties, withheld ones, proposals.
fn carriers<'c>(case: &'c Case, proposals: &[Standing], plain: &'c Settled) -> Carriers<'c> {
    let mut carriers = Carriers::default();
    for (index, duty) in plain.held.iter().enumerate() {
        let carrier = Carrier::Duty(index);
        carriers.add(carrier, duty.verdict, &duty.against, duty.candidate());
    }
    for (index, duty) in plain.withheld.iter().enumerate() {
        let carrier = Carrier::Withheld(index);
        carriers.add(carrier, duty.verdict, &duty.against, duty.candidate());
    }
    for (index, (proposal, standing)) in case.proposals.iter().zip(proposals).enumerate() {
        let candidate = proposals::candidate(proposal);
        let carrier = Carrier::Proposal(index);
        carriers.add(carrier, standing.verdict, &standing.against, candidate);
    }
    carriers
}
