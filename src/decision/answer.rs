//! Puts the answer together: names, ids, ranks.
//!
//! Input: what was decided. Output: the [`Decision`], its lists in the order of the answer.

use std::sync::Arc;

use super::Outcome;
use super::data::{
    CivilZone, Conflict, Decision, Duty, ProposalDecision, Reason, Reported, Verdict, Withheld,
    Would,
};
use super::duties::{Carrier, Owed};
use super::judge::{Judge, Origin, Report};
use super::merge::{Dropped, SettledDuty};
use super::plan::Plan;
use super::proposals::{Standing, by_rank, candidate};
use super::until::{Ahead, Limited};
use crate::decode::Case;
use crate::eval::Positions;
use crate::program::{PolicyId, Program};
use crate::schema::ActionId;
use crate::value::{Timestamp, Value};

/// The decision of a case; `ordinary` is the program that is asked until when it stays so.
pub(super) fn assemble(
    judge: &Judge<'_, '_>,
    ordinary: &Program,
    case: &Case,
    outcome: Outcome,
) -> Decision {
    let moment = judge.moment;
    let positions = Positions::default();
    let found = (judge.selection.as_ref(), &positions);
    let ahead = Ahead::new(ordinary, judge.plan, case, found);
    let limited = ahead.limited(&outcome);
    let Outcome {
        proposals,
        plain,
        few,
        mut attached,
        reported,
        fired,
    } = outcome;
    let (held, held_places) = in_order(plain.held, few.held);
    let (withheld, withheld_places) = in_order(plain.withheld, few.withheld);
    let duties = held.len().saturating_add(attached.held.len());
    let names = Names {
        program: moment.program(),
        plan: judge.plan,
        case,
        held: held_places,
        withheld: withheld_places,
        duties,
        ahead,
        limited,
    };
    names.by_carrier(&mut attached.held);
    names.by_carrier(&mut attached.withheld);
    let held: Vec<SettledDuty> = held.into_iter().chain(attached.held).collect();
    let withheld: Vec<SettledDuty> = withheld.into_iter().chain(attached.withheld).collect();
    judge.notes.name_carriers(|carrier| names.id(carrier));
    for (number, duty) in (1usize..).zip(held.iter().chain(&withheld)) {
        judge.notes.name_duty(&duty.numbers, &duty_id(number));
    }
    let dropped = plain
        .dropped
        .into_iter()
        .chain(few.dropped)
        .chain(attached.dropped);
    let ranks = ranks(&proposals);
    Decision {
        package: moment.program().fingerprint.clone(),
        now: case.now,
        civil: CivilZone {
            zone: moment.zone().clone(),
            private: moment.program().zone_is_private,
        },
        reported: names.reported(&proposals, &held, &withheld, reported),
        conflicts: names.conflicts(dropped.collect()),
        proposals: names.proposals(proposals, &ranks),
        duties: (1usize..)
            .zip(held)
            .map(|(number, duty)| names.duty(number, duty).0)
            .collect(),
        withheld: (duties.saturating_add(1)..)
            .zip(withheld)
            .map(|(number, duty)| names.withheld(number, duty))
            .collect(),
        fired,
    }
}

/// Plain duties and those for too little being left, by score, title and element; and where each plain one went.
fn in_order(plain: Vec<SettledDuty>, few: Vec<SettledDuty>) -> (Vec<SettledDuty>, Vec<usize>) {
    let count = plain.len();
    let mut all: Vec<(usize, SettledDuty)> = plain.into_iter().chain(few).enumerate().collect();
    all.sort_by_cached_key(|(_, duty)| duty.place());
    let mut places = vec![0; count];
    for (new, (old, _)) in all.iter().enumerate() {
        if let Some(place) = places.get_mut(*old) {
            *place = new;
        }
    }
    (all.into_iter().map(|(_, duty)| duty).collect(), places)
}

/// The rank of each proposal, from 1; none where it is blocked.
fn ranks(standings: &[Standing]) -> Vec<Option<usize>> {
    let mut ranks = vec![None; standings.len()];
    for (rank, place) in (1usize..).zip(by_rank(standings)) {
        if let Some(slot) = ranks.get_mut(place) {
            *slot = Some(rank);
        }
    }
    ranks
}

/// What ids and names are made from.
struct Names<'n> {
    program: &'n Program,
    plan: &'n Plan,
    case: &'n Case,
    /// Where each plain duty stands among those that are held.
    held: Vec<usize>,
    /// Where each plain duty stands among those that are withheld.
    withheld: Vec<usize>,
    /// How many duties are held: withheld ones are numbered behind them.
    duties: usize,
    ahead: Ahead<'n>,
    limited: Limited,
}

impl Names<'_> {
    fn id(&self, carrier: Carrier) -> Arc<str> {
        let place = |places: &[usize], index: usize| places.get(index).copied().unwrap_or(index);
        let number = match carrier {
            Carrier::Duty(index) => place(&self.held, index),
            Carrier::Withheld(index) => self.duties.saturating_add(place(&self.withheld, index)),
            Carrier::Proposal(index) => {
                let proposal = self.case.proposals.get(index);
                return proposal.map_or_else(|| "".into(), |proposal| proposal.id.clone());
            }
        };
        duty_id(number.saturating_add(1))
    }

    fn action(&self, action: ActionId) -> Arc<str> {
        let action = self.program.schema.action(action);
        action.map_or_else(|| "".into(), |action| action.name.clone())
    }

    fn title(&self, policy: PolicyId) -> Arc<str> {
        let policy = self.program.policy(policy);
        policy.map_or_else(|| "".into(), |policy| policy.title.clone())
    }

    fn fields(&self, action: ActionId, values: &[Value]) -> Vec<(Arc<str>, Value)> {
        let action = self.program.schema.action(action);
        let fields = action.map_or(&[][..], |action| &action.fields);
        let pairs = fields.iter().zip(values);
        pairs
            .map(|(field, value)| (field.name.clone(), value.clone()))
            .collect()
    }

    fn proposals(
        &self,
        standings: Vec<Standing>,
        ranks: &[Option<usize>],
    ) -> Vec<ProposalDecision> {
        let untils: Vec<Option<Timestamp>> = standings
            .iter()
            .enumerate()
            .map(|(index, standing)| self.proposal_until(index, standing))
            .collect();
        let proposals = self.case.proposals.iter().zip(standings);
        let proposals = proposals.zip(ranks.iter().zip(untils));
        let decided = proposals.map(|((proposal, standing), (rank, until))| ProposalDecision {
            id: proposal.id.clone(),
            action_id: proposal.action,
            action: self.action(proposal.action),
            verdict: standing.verdict,
            until,
            rank: *rank,
            score: self
                .plan
                .is_scored(proposal.action)
                .then_some(standing.hearing.score),
            reasons: words(standing.against),
        });
        decided.collect()
    }

    fn proposal_until(&self, index: usize, standing: &Standing) -> Option<Timestamp> {
        match standing.verdict {
            Verdict::Allowed => None,
            Verdict::Limited => self.limited.proposal(index),
            Verdict::Blocked if self.ahead.is_for_good(&standing.against) => None,
            Verdict::Blocked => {
                let proposal = candidate(self.case.proposals.get(index)?);
                self.ahead.blocked(proposal, [Origin::Proposal])
            }
        }
    }

    fn duty_until(&self, duty: &SettledDuty) -> Option<Timestamp> {
        match duty.verdict {
            Verdict::Allowed => None,
            Verdict::Limited => self.limited.duty(duty),
            Verdict::Blocked if duty.owners.len() == 1 && self.ahead.is_for_good(&duty.against) => {
                None
            }
            Verdict::Blocked => {
                let owners = duty.owners.iter().map(|owner| Origin::Duty(*owner));
                self.ahead.blocked(duty.candidate(), owners)
            }
        }
    }

    /// The duty, what is said of it, and what speaks against it.
    fn duty(&self, number: usize, duty: SettledDuty) -> (Duty, Verdict, Vec<Reason>) {
        let decided = Duty {
            id: duty_id(number),
            action_id: duty.action,
            action: self.action(duty.action),
            with: self.fields(duty.action, &duty.values),
            on: duty.carrier.map(|carrier| self.id(carrier)),
            by: duty.by,
            score: self
                .plan
                .is_scored(duty.action)
                .then_some(duty.hearing.score),
            reasons: duty.reasons,
        };
        (decided, duty.verdict, words(duty.against))
    }

    fn withheld(&self, number: usize, duty: SettledDuty) -> Withheld {
        let until = self.duty_until(&duty);
        let (duty, verdict, against) = self.duty(number, duty);
        Withheld {
            duty,
            verdict,
            until,
            against,
        }
    }

    /// What policies that only report would have done: for the case first, then for proposals and duties.
    fn reported(
        &self,
        proposals: &[Standing],
        held: &[SettledDuty],
        withheld: &[SettledDuty],
        owed: Vec<Owed>,
    ) -> Vec<Reported> {
        let mut all: Vec<(Place, PolicyId, Reported)> = Vec::new();
        for duty in owed {
            let place = duty
                .carrier
                .map_or(Place::Case, |carrier| self.place(carrier));
            all.push((place, duty.policy, self.owed(duty)));
        }
        for (index, (proposal, standing)) in self.case.proposals.iter().zip(proposals).enumerate() {
            for report in &standing.hearing.reports {
                let reported = report_of(report, proposal.id.clone());
                all.push((Place::Proposal(index), report.policy, reported));
            }
        }
        for (number, duty) in (1usize..).zip(held.iter().chain(withheld)) {
            for report in &duty.hearing.reports {
                let reported = report_of(report, duty_id(number));
                all.push((Place::Duty(number), report.policy, reported));
            }
        }
        all.sort_by_key(|(place, policy, _)| (*place, *policy));
        all.into_iter().map(|(_, _, reported)| reported).collect()
    }

    fn place(&self, carrier: Carrier) -> Place {
        let number = |places: &[usize], index: usize| {
            let place = places.get(index).copied().unwrap_or(index);
            place.saturating_add(1)
        };
        match carrier {
            Carrier::Proposal(index) => Place::Proposal(index),
            Carrier::Duty(index) => Place::Duty(number(&self.held, index)),
            Carrier::Withheld(index) => {
                Place::Duty(self.duties.saturating_add(number(&self.withheld, index)))
            }
        }
    }

    /// Attached duties by what they belong to: what has joined a plain duty since may have moved it.
    fn by_carrier(&self, attached: &mut [SettledDuty]) {
        attached.sort_by_key(|duty| {
            let place = duty.carrier.map(|carrier| self.place(carrier));
            (matches!(place, Some(Place::Proposal(_))), place)
        });
    }

    fn owed(&self, duty: Owed) -> Reported {
        Reported {
            policy: duty.reason.policy,
            would: Would::Owe,
            on: duty.carrier.map(|carrier| self.id(carrier)),
            with: self.fields(duty.action, &duty.values),
            because: duty.reason.because,
        }
    }

    fn conflicts(&self, mut dropped: Vec<Dropped>) -> Vec<Conflict> {
        dropped.sort_by_key(|pair| {
            let place = pair
                .carrier
                .map_or(Place::Case, |carrier| self.place(carrier));
            (place, pair.kept, pair.dropped)
        });
        let pairs = dropped.into_iter().map(|pair| Conflict {
            action: self.action(pair.action),
            on: pair.carrier.map(|carrier| self.id(carrier)),
            kept: self.title(pair.kept),
            dropped: self.title(pair.dropped),
        });
        pairs.collect()
    }
}

/// What something is said about, in the order of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Case,
    Proposal(usize),
    Duty(usize),
}

fn duty_id(number: usize) -> Arc<str> {
    format!("duty {number}").into()
}

fn words(against: Vec<(PolicyId, Reason)>) -> Vec<Reason> {
    against.into_iter().map(|(_, reason)| reason).collect()
}

fn report_of(report: &Report, on: Arc<str>) -> Reported {
    Reported {
        policy: report.reason.policy.clone(),
        would: report.would,
        on: Some(on),
        with: Vec::new(),
        because: report.reason.because.clone(),
    }
}
