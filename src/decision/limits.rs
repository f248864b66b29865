//! What limits have room for.
//!
//! Input: candidates in the order in which room is given: duties by rank, then proposals by rank, then what belongs
//! to their outcomes. Output: for each the limits that refuse it; what is refused takes no room.
//! Invariant: past + taken + weight ≤ amount for everything that is not refused and not exempt; the exempt are
//! never refused, but take room.

use std::collections::HashMap;

use super::data::{Reason, Would};
use super::judge::{Hearing, Judge, Report, Spoken};
use super::notes::{Came, Room};
use crate::eval::{Candidate, Frame, holds, value_of};
use crate::program::{Expr, Limit, PolicyId, PolicyKind};
use crate::value::{Money, Number, Value};

/// How much room has been taken in this decision, by limit and by the value of its `per`.
#[derive(Debug, Default)]
pub(super) struct Rooms(HashMap<(PolicyId, Value), Number>);

/// What a limit says about a candidate.
struct Claim {
    limit: PolicyId,
    key: Value,
    weight: Number,
    refuses: bool,
    only_reports: bool,
    reason: Reason,
}

impl Rooms {
    /// Gives the candidate room, or says which limits have none for it, by title.
    pub(super) fn admit(
        &mut self,
        judge: &mut Judge<'_, '_>,
        candidate: Candidate<'_>,
        hearing: &mut Hearing,
    ) -> Vec<(PolicyId, Reason)> {
        let limits = std::mem::take(&mut hearing.limits);
        let claims = limits
            .into_iter()
            .filter_map(|(id, spoken)| self.claim(judge, candidate, id, spoken));
        let claims: Vec<Claim> = claims.collect();
        for claim in claims.iter().filter(|claim| claim.refuses) {
            judge.fire(claim.limit);
        }
        let refused = claims
            .iter()
            .any(|claim| claim.refuses && !claim.only_reports);
        let mut refusing = Vec::new();
        for claim in claims {
            // Where a limit only reports, what it would have refused takes no room of it either.
            if !refused && !claim.refuses {
                let taken = self.0.entry((claim.limit, claim.key)).or_default();
                *taken = taken.add(&claim.weight);
            }
            if claim.refuses && claim.only_reports {
                hearing.reports.push(Report {
                    policy: claim.limit,
                    would: Would::Limit,
                    reason: claim.reason,
                });
            } else if claim.refuses {
                refusing.push((claim.limit, claim.reason));
            }
        }
        hearing.reports.sort_by_key(|report| report.policy);
        refusing
    }

    fn claim(
        &self,
        judge: &Judge<'_, '_>,
        candidate: Candidate<'_>,
        id: PolicyId,
        spoken: Spoken,
    ) -> Option<Claim> {
        let policy = judge.moment.program().policy(id)?;
        let PolicyKind::Limit(limit) = &policy.kind else {
            return None;
        };
        let frame = spoken.frame(policy, Some(candidate), None);
        // Each clause starts from what the conditions bound, and from nothing that another clause looked for.
        let value = |expr: &Expr| value_of(judge.moment, &mut frame.clone(), expr);
        let key = limit.per.as_ref().map_or(Value::Missing, value);
        let weight = limit.weight.as_ref().map_or(Number::from_i64(1), |weight| {
            at_least_nothing(amount_of(&value(weight)))
        });
        let past = limit.past.as_ref().map(|past| amount_of(&value(past)));
        let amount = value(&limit.amount);
        let room = room(limit, amount_of(&amount));
        let place = (id, key);
        let taken = self.0.get(&place).cloned().unwrap_or_default();
        let past = past.unwrap_or_default();
        let total = past.add(&taken).add(&weight);
        let exempt = is_exempt(judge, &frame, limit);
        let refuses = !exempt && total > room;
        let reason = judge.reason(policy, frame);
        let outcome = match (exempt, refuses) {
            (true, _) => Came::Exempt,
            (false, true) => Came::Refuses,
            (false, false) => Came::HasRoom,
        };
        judge.note(id, None, outcome);
        judge.notes.room(|| Room {
            past: like(&amount, past),
            taken: like(&amount, taken),
            weight: like(&amount, weight.clone()),
            amount: like(&amount, room),
        });
        Some(Claim {
            limit: id,
            key: place.1,
            weight,
            refuses,
            only_reports: policy.report_only,
            reason,
        })
    }
}

fn is_exempt(judge: &Judge<'_, '_>, frame: &Frame<'_>, limit: &Limit) -> bool {
    let exempt = limit.exempt.as_ref();
    exempt.is_some_and(|exempt| holds(judge.moment, &mut frame.clone(), exempt))
}

/// A count is rounded down; less than nothing is nothing.
fn room(limit: &Limit, amount: Number) -> Number {
    let amount = at_least_nothing(amount);
    if limit.weight.is_none() {
        Number::from_i64(amount.floor_to_i64_saturating())
    } else {
        amount
    }
}

fn at_least_nothing(amount: Number) -> Number {
    if amount.is_negative() {
        Number::ZERO
    } else {
        amount
    }
}

/// A number as what it counts: Money where that is.
fn like(unit: &Value, number: Number) -> Value {
    match unit {
        Value::Money(money) => Value::Money(Money::new(number, money.currency)),
        _ => Value::Number(number),
    }
}

/// How much a number or an amount of money is; the currencies of one limit are the same.
fn amount_of(value: &Value) -> Number {
    match value {
        Value::Number(number) => number.clone(),
        Value::Money(money) => money.amount.clone(),
        _ => Number::ZERO,
    }
}
