//! Puts the answer together: names, ids, ranks.
//!
//! Input: what was decided, already in the order of the answer. Output: the [`Decision`].

use std::sync::Arc;

use super::data::{Decision, Duty, ProposalDecision, Reason, Verdict, Withheld};
use super::duties::Carrier;
use super::merge::{Settled, SettledDuty};
use crate::decode::Case;
use crate::eval::Moment;
use crate::program::PolicyId;
use crate::schema::{ActionId, Schema};

/// The decision of a case.
pub(super) fn assemble(
    moment: &Moment<'_>,
    case: &Case,
    blocked: Vec<Vec<Reason>>,
    settled: Settled,
    fired: Vec<PolicyId>,
) -> Decision {
    let program = moment.program();
    let schema = &program.schema;
    let names = Names {
        schema,
        case,
        held: settled.held.len(),
    };
    let duties = settled.held.into_iter().enumerate();
    let withheld = settled.withheld.into_iter().enumerate();
    Decision {
        package: program.fingerprint.clone(),
        now: case.now,
        zone: moment.zone().clone(),
        proposals: rank(schema, case, blocked),
        duties: duties
            .map(|(index, duty)| names.duty(Carrier::Duty(index), duty).0)
            .collect(),
        withheld: withheld
            .map(|(index, duty)| names.withheld(index, duty))
            .collect(),
        fired,
    }
}

/// What became of each proposal; those that are not blocked are numbered in the host's order.
fn rank(schema: &Schema, case: &Case, blocked: Vec<Vec<Reason>>) -> Vec<ProposalDecision> {
    let mut allowed = 0usize;
    let proposals = case.proposals.iter().zip(blocked);
    let decided = proposals.map(|(proposal, reasons)| {
        let is_allowed = reasons.is_empty();
        allowed = allowed.saturating_add(usize::from(is_allowed));
        ProposalDecision {
            id: proposal.id.clone(),
            action_id: proposal.action,
            action: action_name(schema, proposal.action),
            verdict: if is_allowed {
                Verdict::Allowed
            } else {
                Verdict::Blocked
            },
            rank: is_allowed.then_some(allowed),
            reasons,
        }
    });
    decided.collect()
}

/// What ids and names are made from.
struct Names<'n> {
    schema: &'n Schema,
    case: &'n Case,
    /// How many duties are held: withheld ones are numbered behind them.
    held: usize,
}

impl Names<'_> {
    fn id(&self, carrier: Carrier) -> Arc<str> {
        let number = match carrier {
            Carrier::Duty(index) => index.saturating_add(1),
            Carrier::Withheld(index) => self.held.saturating_add(index).saturating_add(1),
            Carrier::Proposal(index) => {
                return self
                    .case
                    .proposals
                    .get(index)
                    .map_or_else(|| "".into(), |proposal| proposal.id.clone());
            }
        };
        format!("duty {number}").into()
    }

    /// The duty, and what speaks against it.
    fn duty(&self, place: Carrier, duty: SettledDuty) -> (Duty, Vec<Reason>) {
        let fields = self
            .schema
            .action(duty.action)
            .map_or(&[][..], |action| &action.fields);
        let with = fields
            .iter()
            .zip(duty.values.iter())
            .map(|(field, value)| (field.name.clone(), value.clone()));
        let decided = Duty {
            id: self.id(place),
            action_id: duty.action,
            action: action_name(self.schema, duty.action),
            with: with.collect(),
            on: duty.carrier.map(|carrier| self.id(carrier)),
            by: duty.by,
            reasons: duty.reasons,
        };
        (decided, duty.against)
    }

    fn withheld(&self, index: usize, duty: SettledDuty) -> Withheld {
        let (duty, against) = self.duty(Carrier::Withheld(index), duty);
        Withheld {
            duty,
            verdict: Verdict::Blocked,
            against,
        }
    }
}

fn action_name(schema: &Schema, action: ActionId) -> Arc<str> {
    schema
        .action(action)
        .map_or_else(|| "".into(), |action| action.name.clone())
}
