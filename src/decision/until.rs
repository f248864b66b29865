//! Until when: the boundary after which a verdict would no longer be that, if nothing but the clock moved.
//!
//! Input: a case and what was decided for it. Output: for what is blocked or limited the first boundary behind which
//! it is not, at most [`limits::UNTIL_DAYS`] ahead; nothing where no time mends it, and where a condition that speaks
//! computes with `now`.
//! Nothing is tried step by step. Conditions say themselves when they may come out differently (`eval::watch`); the
//! case is judged again right there. What is blocked stays so as long as one of those that block it does not change,
//! so the next look is at the last of their changes; what is limited depends on everything that takes room from the
//! same limits, so the next look is at the first change among all of it.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::duties::{Carrier, Element};
use super::judge::{Origin, speaks};
use super::merge::SettledDuty;
use super::plan::Plan;
use super::select::Selection;
use super::{Outcome, Reason, Verdict, decide_at};
use crate::decode::Case;
use crate::eval::{Candidate, Change, Frame, Moment, Positions, Watch};
use crate::limits;
use crate::program::{On, Policy, PolicyId, PolicyKind, Program};
use crate::schema::ActionId;
use crate::value::{Span, Timestamp, Zone, shift_instant};

/// Looks ahead from a case.
pub(super) struct Ahead<'a> {
    program: &'a Program,
    plan: &'a Plan,
    case: &'a Case,
    /// How policies are found, where they need not all be asked.
    selection: Option<&'a Selection<'a, 'a>>,
    /// Where in its lists the elements stand that candidates ask for.
    positions: &'a Positions,
    /// The moment of the case, watched.
    present: OnceCell<Moment<'a>>,
}

/// What blocks a candidate at one instant.
enum Block {
    /// Nothing.
    Gone,
    /// It stays at least until then.
    Until(Change),
    /// It stays for good, or nobody can say.
    ForGood,
}

/// A duty as it is found again at another instant.
#[derive(PartialEq, Eq)]
struct DutyKey(Option<PolicyId>, Option<Carrier>, Option<Element>);

impl DutyKey {
    fn of(duty: &SettledDuty) -> DutyKey {
        DutyKey(duty.owners.first().copied(), duty.carrier, duty.element)
    }
}

/// Something limited that waits for its boundary.
enum Waiting {
    Proposal(usize),
    Duty(DutyKey),
}

impl<'a> Ahead<'a> {
    pub(super) fn new(
        program: &'a Program,
        plan: &'a Plan,
        case: &'a Case,
        (selection, positions): (Option<&'a Selection<'a, 'a>>, &'a Positions),
    ) -> Ahead<'a> {
        Ahead {
            program,
            plan,
            case,
            selection,
            positions,
            present: OnceCell::new(),
        }
    }

    /// The last moment that is looked at.
    fn last(&self) -> Timestamp {
        let days = Span::hours(limits::UNTIL_DAYS.saturating_mul(24));
        shift_instant(self.case.now, &days, &Zone::utc())
    }

    /// The policies that may speak about a candidate at some time, in their turn. What is left out could not change
    /// a thing: it never speaks, and overrides nothing or does not go with the clock.
    fn about(&self, candidate: Candidate<'_>) -> Vec<PolicyId> {
        let Some(selection) = self.selection else {
            return self.plan.about(candidate.action).to_vec();
        };
        let mut found = self.plan.overriding(candidate.action).to_vec();
        selection.lasting(candidate, &mut found);
        self.plan.in_turn(&mut found);
        found.dedup();
        found.retain(|id| {
            let policy = self.program.policy(*id);
            policy.is_some_and(|policy| policy.actions.contains(&candidate.action))
        });
        found
    }

    /// Whether one of the policies that block something blocks it whatever the clock shows.
    pub(super) fn is_for_good(&self, against: &[(PolicyId, Reason)]) -> bool {
        against.iter().any(|(id, _)| {
            let policy = self.program.policy(*id);
            let mut over = policy.iter().flat_map(|policy| &policy.overridden_by);
            self.plan.is_timeless(*id) && over.all(|over| self.plan.is_timeless(*over))
        })
    }

    /// Until when the candidate is blocked, whichever of these it comes from.
    pub(super) fn blocked(
        &self,
        candidate: Candidate<'_>,
        origins: impl IntoIterator<Item = Origin>,
    ) -> Option<Timestamp> {
        let ends = origins
            .into_iter()
            .map(|origin| self.blocked_from(candidate, origin));
        ends.flatten().min()
    }

    fn blocked_from(&self, candidate: Candidate<'_>, origin: Origin) -> Option<Timestamp> {
        let about = self.about(candidate);
        let last = self.last();
        let mut look = self.present();
        for count in 0..limits::UNTIL_LOOKS {
            let now = look.first_instant();
            if now > last {
                return None;
            }
            let watching = || {
                let moment = Moment::watching(self.program, &self.case.inputs, now);
                moment.with_positions(self.positions)
            };
            let later;
            let moment = if count == 0 {
                self.present.get_or_init(watching)
            } else {
                later = watching();
                &later
            };
            match self.block(moment, &about, candidate, origin) {
                Block::Gone => return Some(look.at),
                Block::Until(change) => look = change,
                Block::ForGood => return None,
            }
        }
        None
    }

    fn present(&self) -> Change {
        Change {
            at: self.case.now,
            after: false,
        }
    }

    fn block(
        &self,
        moment: &Moment<'_>,
        about: &[PolicyId],
        candidate: Candidate<'_>,
        origin: Origin,
    ) -> Block {
        let mut heard: Vec<(PolicyId, bool, Watch)> = Vec::new();
        let mut last: Option<Change> = None;
        let mut blocked = false;
        for id in about {
            let Some(policy) = self.program.policy(*id) else {
                continue;
            };
            let (speaks, watch) = effective(moment, policy, candidate, origin, &heard);
            heard.push((*id, speaks, watch));
            let blocks = matches!(policy.kind, PolicyKind::Never | PolicyKind::Only);
            if !speaks || !blocks || policy.report_only {
                continue;
            }
            blocked = true;
            match watch.next {
                Some(change) if !watch.computes => last = last.max(Some(change)),
                _ => return Block::ForGood,
            }
        }
        match last {
            Some(change) if blocked => Block::Until(change),
            _ if blocked => Block::ForGood,
            _ => Block::Gone,
        }
    }

    /// Until when proposals and duties are limited, by their places; those that are not are left out.
    pub(super) fn limited(&self, outcome: &Outcome) -> Limited {
        let mut limited = Limited::default();
        let mut waiting = waiting(outcome);
        if waiting.is_empty() {
            return limited;
        }
        let relevant = self.relevant(outcome);
        let last = self.last();
        let mut look = self.present();
        for _ in 0..limits::UNTIL_LOOKS {
            let now = look.first_instant();
            if now > last || waiting.is_empty() {
                break;
            }
            let moment = Moment::watching(self.program, &self.case.inputs, now);
            let (then, watch) =
                moment.watch(|| decide_at(&moment, self.plan, self.case, Some(&relevant)));
            waiting.retain(|it| still_limited(it, &then, look.at, &mut limited));
            match watch.next {
                Some(change) if !watch.computes => look = change,
                _ => break,
            }
        }
        limited
    }

    /// The actions whose candidates can have a say in what is limited: those that take room from the same limits,
    /// and what their duties wait for.
    fn relevant(&self, outcome: &Outcome) -> BTreeSet<ActionId> {
        let mut relevant: BTreeSet<ActionId> = BTreeSet::new();
        for (proposal, standing) in self.case.proposals.iter().zip(&outcome.proposals) {
            if standing.verdict == Verdict::Limited {
                relevant.insert(proposal.action);
            }
        }
        let duties = outcome
            .withheld()
            .filter(|duty| duty.verdict == Verdict::Limited);
        relevant.extend(duties.map(|duty| duty.action));
        loop {
            let before = relevant.len();
            for policy in &self.program.policies {
                widen(policy, &mut relevant);
            }
            if relevant.len() == before {
                return relevant;
            }
        }
    }
}

/// Whether a policy speaks once those that override it have spoken, and when that may change.
fn effective(
    moment: &Moment<'_>,
    policy: &Policy,
    candidate: Candidate<'_>,
    origin: Origin,
    heard: &[(PolicyId, bool, Watch)],
) -> (bool, Watch) {
    if !matches!(
        policy.kind,
        PolicyKind::Never | PolicyKind::Only | PolicyKind::Allow
    ) {
        return (false, Watch::default());
    }
    let empty = Frame {
        candidate: Some(candidate),
        ..Frame::new(policy.variables)
    };
    let (spoken, mut watch) = moment.watch(|| speaks(moment, policy, &empty).is_some());
    if !spoken {
        return (false, watch);
    }
    let mut silenced = false;
    for over in &policy.overridden_by {
        let only_reports = moment
            .program()
            .policy(*over)
            .is_some_and(|policy| policy.report_only);
        if only_reports {
            continue;
        }
        silenced |= origin == Origin::Duty(*over);
        if let Some((_, speaks, its)) = heard.iter().find(|(id, ..)| id == over) {
            silenced |= speaks;
            watch = watch.or(*its);
        }
    }
    (!silenced, watch)
}

/// Adds what shares a limit with a relevant action, and what a relevant duty waits for.
fn widen(policy: &Policy, relevant: &mut BTreeSet<ActionId>) {
    let touches = policy
        .actions
        .iter()
        .any(|action| relevant.contains(action));
    if !touches {
        return;
    }
    match &policy.kind {
        PolicyKind::Limit(_) => relevant.extend(&policy.actions),
        PolicyKind::Always {
            on: Some(On::Carrier { actions, .. } | On::Fewer { actions, .. }),
            ..
        } => relevant.extend(actions),
        _ => {}
    }
}

/// The boundaries of what is limited.
#[derive(Default)]
pub(super) struct Limited {
    proposals: Vec<(usize, Timestamp)>,
    duties: Vec<(DutyKey, Timestamp)>,
}

impl Limited {
    pub(super) fn proposal(&self, index: usize) -> Option<Timestamp> {
        let found = self.proposals.iter().find(|(place, _)| *place == index);
        found.map(|(_, until)| *until)
    }

    pub(super) fn duty(&self, duty: &SettledDuty) -> Option<Timestamp> {
        let key = DutyKey::of(duty);
        let found = self.duties.iter().find(|(known, _)| *known == key);
        found.map(|(_, until)| *until)
    }
}

fn waiting(outcome: &Outcome) -> Vec<Waiting> {
    let proposals = outcome.proposals.iter().enumerate();
    let proposals = proposals.filter(|(_, standing)| standing.verdict == Verdict::Limited);
    let duties = outcome
        .withheld()
        .filter(|duty| duty.verdict == Verdict::Limited);
    proposals
        .map(|(index, _)| Waiting::Proposal(index))
        .chain(duties.map(|duty| Waiting::Duty(DutyKey::of(duty))))
        .collect()
}

/// Whether it is still limited in what is decided then; where not, the boundary is written down.
fn still_limited(it: &Waiting, then: &Outcome, at: Timestamp, found: &mut Limited) -> bool {
    match it {
        Waiting::Proposal(index) => {
            let standing = then.proposals.get(*index);
            let still = standing.is_some_and(|standing| standing.verdict == Verdict::Limited);
            if !still {
                found.proposals.push((*index, at));
            }
            still
        }
        Waiting::Duty(key) => {
            let mut duties = then.withheld();
            let still =
                duties.any(|duty| duty.verdict == Verdict::Limited && DutyKey::of(duty) == *key);
            if !still {
                let DutyKey(policy, carrier, element) = key;
                found
                    .duties
                    .push((DutyKey(*policy, *carrier, *element), at));
            }
            still
        }
    }
}
