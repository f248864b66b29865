//! How a decision is made, step by step.
//!
//! Input: a case. Output: the candidates with what came of them, what is reported, and the conflicts.

use super::candidate::{Candidate, Deadline, Origin, Reason, Verdict, merged};
use super::eval::Outcome;
use super::kind::Kind;
use super::rule::{On, Rule};
use super::scope::{Scope, World};
use super::speak::Owed;
use courtesy::ast::Verb;
use courtesy::value::{Number, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// What a policy that is only reported would have done.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    /// Who would have.
    pub(crate) reason: Reason,
    /// What.
    pub(crate) would: &'static str,
    /// What it is about; the case where it is none.
    pub(crate) about: Option<usize>,
    /// What would be owed.
    pub(crate) fields: Option<Value>,
}

/// Two duties of a single action.
#[derive(Clone, Debug)]
pub(crate) struct Conflict {
    /// The action.
    pub(crate) action: Arc<str>,
    /// What both belong to.
    pub(crate) carrier: Option<usize>,
    /// The one that stays.
    pub(crate) kept: Arc<str>,
    /// The one that goes.
    pub(crate) dropped: Arc<str>,
}

/// One decision in the making.
pub(crate) struct Judge<'a> {
    /// The case.
    pub(crate) world: World<'a>,
    /// Proposals first, then duties as they are decided.
    pub(crate) candidates: Vec<Candidate>,
    /// What is taken: of which limit, in which room, how much.
    pub(crate) taken: Vec<(Arc<str>, Value, Value)>,
    /// What is reported.
    pub(crate) reports: Vec<Report>,
    /// The conflicts.
    pub(crate) conflicts: Vec<Conflict>,
    /// The proposals that are not blocked, the first in rank first.
    pub(crate) ranked: Vec<usize>,
}

impl<'a> Judge<'a> {
    /// A decision about these proposals.
    pub(crate) fn new(world: World<'a>, proposals: Vec<Candidate>) -> Judge<'a> {
        Judge {
            world,
            candidates: proposals,
            taken: Vec::new(),
            reports: Vec::new(),
            conflicts: Vec::new(),
            ranked: Vec::new(),
        }
    }

    /// Takes all steps.
    pub(crate) fn decide(&mut self) -> Outcome<()> {
        let proposals = self.candidates.len();
        for place in 0..proposals {
            let judged = self.judged(self.candidate(place)?.clone())?;
            self.replace(place, judged);
        }
        let plain = self.duties_of(|on| on.is_none(), None)?;
        self.settle(plain)?;
        self.rank(proposals);
        for place in self.ranked.clone() {
            self.give_room(place)?;
        }
        self.report_about_all(0, proposals)?;
        let plain_end = self.candidates.len();
        let duties = self.in_order(proposals..plain_end);
        let carriers: Vec<usize> = duties.into_iter().chain(0..proposals).collect();
        let fewer = self.duties_of_fewer()?;
        let joining = self.settle_beside(fewer, proposals..plain_end)?;
        for carrier in carriers {
            let attached =
                self.duties_of(|on| matches!(on, Some(On::Outcome(..))), Some(carrier))?;
            self.settle(attached)?;
        }
        for (place, duty) in joining {
            if let Some(plain) = self.candidates.get_mut(place) {
                plain.take_up(duty, &self.world.zone);
            }
        }
        Ok(())
    }

    /// Settles duties for fewer than N beside the plain ones: what equals a plain one is to join it, and of a single
    /// action none is held beside a plain one that is.
    fn settle_beside(
        &mut self,
        duties: Vec<Candidate>,
        plain: std::ops::Range<usize>,
    ) -> Outcome<Vec<(usize, Candidate)>> {
        let (mut joining, mut others) = (Vec::new(), Vec::new());
        let judged = duties.into_iter().map(|duty| self.judged(duty));
        for duty in merged(judged.collect::<Outcome<Vec<_>>>()?, &self.world.zone) {
            let plain = || {
                let all = self.candidates.iter().enumerate();
                all.filter(|(place, _)| plain.contains(place))
            };
            let equal = plain().find(|(_, other)| other.equals(&duty));
            let rival = plain().find(|(_, other)| {
                other.verdict() == Verdict::Allowed && self.are_rivals(other, &duty)
            });
            match (equal, rival) {
                (Some((place, _)), _) => joining.push((place, duty)),
                (None, Some((_, rival))) => self.conflicts.extend(conflict(rival, &duty)),
                (None, None) => others.push(duty),
            }
        }
        self.settle_judged(others)?;
        Ok(joining)
    }

    /// The candidate at a place.
    pub(crate) fn candidate(&self, place: usize) -> Outcome<&Candidate> {
        let found = self.candidates.get(place);
        found.ok_or_else(|| "no such candidate".to_owned())
    }

    fn replace(&mut self, place: usize, candidate: Candidate) {
        if let Some(old) = self.candidates.get_mut(place) {
            *old = candidate;
        }
    }

    /// The duties among these places in their order: those that are held first.
    pub(crate) fn in_order(&self, places: std::ops::Range<usize>) -> Vec<usize> {
        let mut duties: Vec<(usize, &Candidate)> = self.candidates.iter().enumerate().collect();
        duties.retain(|(place, _)| places.contains(place));
        duties.sort_by(|(_, a), (_, b)| {
            let held = |duty: &Candidate| duty.verdict() != Verdict::Allowed;
            held(a).cmp(&held(b)).then_with(|| a.order(b))
        });
        duties.into_iter().map(|(place, _)| place).collect()
    }

    /// A candidate with who speaks against it, and its score.
    fn judged(&self, mut candidate: Candidate) -> Outcome<Candidate> {
        for rule in &self.world.declared.rules {
            if rule.report_only {
                continue;
            }
            let Some(scope) = self.speaks(rule, &candidate)? else {
                continue;
            };
            match rule.verb {
                Verb::Never | Verb::Only => candidate.blocked.push(self.reason(rule, &scope)?),
                Verb::Prefer => {
                    let by = self.number(rule, &scope)?;
                    candidate.score = candidate.score.add(&by);
                }
                _ => {}
            }
        }
        Ok(candidate)
    }

    fn number(&self, rule: &Rule, scope: &Scope) -> Outcome<Number> {
        let by = rule.by.as_ref().ok_or("a `prefer` without a number")?;
        match self.world.value(by, scope)? {
            Value::Number(number) => Ok(number),
            other => Err(format!("{other:?} is no number")),
        }
    }

    /// A policy with its words.
    pub(crate) fn reason(&self, rule: &Rule, scope: &Scope) -> Outcome<Reason> {
        let because = rule.because.as_ref();
        let because = because.map(|because| self.world.text(because, scope));
        Ok(Reason {
            policy: rule.title.clone(),
            because: because.transpose()?,
        })
    }

    /// The duties of the policies whose `on` is such a one; what would be owed is reported.
    fn duties_of(
        &mut self,
        on: impl Fn(&Option<On>) -> bool,
        carrier: Option<usize>,
    ) -> Outcome<Vec<Candidate>> {
        let mut duties = Vec::new();
        let declared = self.world.declared;
        for rule in &declared.rules {
            let waits = carrier.is_none_or(|carrier| self.waits_for(rule, carrier));
            if rule.verb == Verb::Always && on(&rule.on) && waits {
                self.owe(rule, carrier, &mut duties)?;
            }
        }
        Ok(duties)
    }

    fn duties_of_fewer(&mut self) -> Outcome<Vec<Candidate>> {
        let mut duties = Vec::new();
        let declared = self.world.declared;
        for rule in &declared.rules {
            if rule.verb == Verb::Always && self.is_short(rule)? {
                self.owe(rule, None, &mut duties)?;
            }
        }
        Ok(duties)
    }

    /// Whether fewer are allowed than an `on fewer than N allowed A` says.
    pub(crate) fn is_short(&self, rule: &Rule) -> Outcome<bool> {
        let Some(On::Fewer(number, action)) = &rule.on else {
            return Ok(false);
        };
        let counted = self.candidates.iter().filter(|candidate| {
            matches!(candidate.origin, Origin::Proposed | Origin::Plain)
                && candidate.verdict() == Verdict::Allowed
                && self.world.declared.fits(action, &candidate.action)
        });
        let count = Value::Number(Number::from_count(counted.count()));
        let number = self.world.value(number, &Scope::default())?;
        Ok(count.compare(&number) == Some(Ordering::Less))
    }

    fn owe(
        &mut self,
        rule: &Rule,
        carrier: Option<usize>,
        duties: &mut Vec<Candidate>,
    ) -> Outcome<()> {
        for owed in self.owed(rule, carrier)? {
            let duty = self.duty(rule, &owed, carrier)?;
            if rule.report_only {
                self.reports.push(Report {
                    reason: self.reason(rule, &owed.scope)?,
                    would: "owe",
                    about: carrier,
                    fields: Some(duty.fields),
                });
            } else {
                duties.push(duty);
            }
        }
        Ok(())
    }

    fn duty(&self, rule: &Rule, owed: &Owed, carrier: Option<usize>) -> Outcome<Candidate> {
        let deadline = match &rule.by {
            Some(by) => match self.world.value(by, &owed.scope)? {
                Value::DateTime(instant) => Some(Deadline::At(instant)),
                Value::Date(day) => Some(Deadline::EndOf(day)),
                other => return Err(format!("{other:?} is no deadline")),
            },
            None => None,
        };
        Ok(Candidate {
            id: String::new(),
            origin: match &rule.on {
                None => Origin::Plain,
                Some(On::Fewer(..)) => Origin::Fewer,
                Some(On::Outcome(..)) => Origin::Attached,
            },
            action: rule.action.clone(),
            fields: self.world.record(&rule.action, &rule.with, &owed.scope)?,
            owners: vec![self.reason(rule, &owed.scope)?],
            element: owed.element.clone(),
            carrier,
            deadline,
            blocked: Vec::new(),
            refused: Vec::new(),
            score: Number::ZERO,
        })
    }

    /// Steps 2 to 5 for some duties.
    fn settle(&mut self, duties: Vec<Candidate>) -> Outcome<()> {
        let judged = duties.into_iter().map(|duty| self.judged(duty));
        let duties = merged(judged.collect::<Outcome<Vec<_>>>()?, &self.world.zone);
        self.settle_judged(duties)
    }

    /// The same, for duties that are judged and merged.
    fn settle_judged(&mut self, mut duties: Vec<Candidate>) -> Outcome<()> {
        let start = self.candidates.len();
        duties.sort_by(Candidate::order);
        let duties = self.one_of_each_single(duties);
        self.candidates.extend(duties);
        let end = self.candidates.len();
        for place in start..end {
            self.give_room(place)?;
        }
        self.report_about_all(start, end)
    }

    /// Whether only one of two duties can be held.
    fn are_rivals(&self, one: &Candidate, other: &Candidate) -> bool {
        self.world.declared.singles.contains(&one.action)
            && one.action == other.action
            && one.carrier == other.carrier
            && one.blocked.is_empty()
            && other.blocked.is_empty()
    }

    /// Of a single action one duty stays: the first in order whose policy no other one's overrides.
    fn one_of_each_single(&mut self, duties: Vec<Candidate>) -> Vec<Candidate> {
        let mut kept = Vec::new();
        for duty in &duties {
            let rivals = || duties.iter().filter(|other| self.are_rivals(other, duty));
            let is_overridden =
                |one: &&Candidate| rivals().any(|other| overrides(&self.world, other, one));
            let winner = rivals().find(|one| !is_overridden(one));
            match winner {
                Some(winner) if !std::ptr::eq(winner, duty) => {
                    self.conflicts.extend(conflict(winner, duty));
                }
                _ => kept.push(duty.clone()),
            }
        }
        kept
    }

    /// Ranks the proposals that are not blocked: by score, then as the host has them.
    fn rank(&mut self, proposals: usize) {
        let mut ranked: Vec<(usize, &Candidate)> =
            self.candidates.iter().enumerate().take(proposals).collect();
        ranked.retain(|(_, proposal)| proposal.blocked.is_empty());
        ranked.sort_by(|(_, a), (_, b)| b.score.cmp(&a.score));
        self.ranked = ranked.into_iter().map(|(place, _)| place).collect();
    }
}

/// That one duty gives way to another.
fn conflict(kept: &Candidate, dropped: &Candidate) -> Option<Conflict> {
    Some(Conflict {
        action: dropped.action.clone(),
        carrier: dropped.carrier,
        kept: kept.owners.first()?.policy.clone(),
        dropped: dropped.owners.first()?.policy.clone(),
    })
}

/// Whether a policy that owes one overrides a policy that owes the other.
fn overrides(world: &World<'_>, one: &Candidate, other: &Candidate) -> bool {
    let rules = world.declared.rules.iter();
    rules.filter(|rule| one.is_owed_by(rule)).any(|rule| {
        let mut owners = other.owners.iter();
        owners.any(|owner| rule.silences(&owner.policy))
    })
}

impl Kind {
    /// Nothing of this kind.
    pub(crate) fn nothing(&self) -> Outcome<Value> {
        super::lists::sum(&[], self)
    }
}
