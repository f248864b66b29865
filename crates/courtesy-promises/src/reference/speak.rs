//! Whether a policy speaks about a candidate, and which duties it owes.
//!
//! Input: policies and candidates. Output: the scope in which a policy speaks: what it is about, its element, and
//! its witnesses.

use super::candidate::{Candidate, Element};
use super::eval::Outcome;
use super::judge::Judge;
use super::kind::Kind;
use super::logic::Elements;
use super::rule::{On, Rule};
use super::scope::Scope;
use courtesy::ast::Verb;
use courtesy::operators::CarrierOutcome;
use courtesy::value::{Number, Value, slot};
use std::sync::Arc;

use super::candidate::Verdict;

/// One duty of a policy: for which element, and what its clauses can name.
pub(crate) struct Owed {
    /// The element.
    pub(crate) element: Option<Element>,
    /// What the clauses can name.
    pub(crate) scope: Scope,
}

impl Judge<'_> {
    /// The scope in which a policy, other than an `always`, speaks about a candidate.
    pub(crate) fn speaks(&self, rule: &Rule, about: &Candidate) -> Outcome<Option<Scope>> {
        if rule.verb == Verb::Always || !self.world.declared.fits(&rule.action, &about.action) {
            return Ok(None);
        }
        let scope = named(&Scope::default(), &rule.action, about);
        let Some(spoken) = self.conditions(rule, &scope)? else {
            return Ok(None);
        };
        Ok((!self.is_silenced(rule, about)?).then_some(spoken))
    }

    /// Whether a policy that overrides this one speaks about the same candidate.
    fn is_silenced(&self, rule: &Rule, about: &Candidate) -> Outcome<bool> {
        for other in &self.world.declared.rules {
            if !other.silences(&rule.title) {
                continue;
            }
            if about.is_owed_by(other) || self.speaks(other, about)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The scope behind the conditions of a policy, where its dates, its share, `when` and `unless` let it speak.
    fn conditions(&self, rule: &Rule, scope: &Scope) -> Outcome<Option<Scope>> {
        if !self.is_in_force(rule, scope)? {
            return Ok(None);
        }
        let silent = || match &rule.unless {
            Some(unless) => self.world.truth(unless, scope),
            None => Ok(false),
        };
        let spoken = match &rule.when {
            None => Some(scope.clone()),
            // Facts of an `unless` that does not hold may be used in `when`, and the other way round: what cannot be
            // worked out in one of them does not matter where the other one is silent already.
            Some(when) => match self.world.witness(when, scope) {
                Err(error) => return if silent()? { Ok(None) } else { Err(error) },
                Ok(Some(_)) if rule.verb == Verb::Only => None,
                Ok(None) if rule.verb == Verb::Only => Some(scope.clone()),
                Ok(found) => found,
            },
        };
        match spoken {
            Some(spoken) => Ok((!silent()?).then_some(spoken)),
            None => Ok(None),
        }
    }

    /// Whether today lies within the dates of a policy and the key within its share.
    fn is_in_force(&self, rule: &Rule, scope: &Scope) -> Outcome<bool> {
        let today = Value::Date(self.world.today(&Scope::default()));
        if let Some(first) = &rule.first_day
            && today.compare(&self.world.value(first, scope)?) == Some(std::cmp::Ordering::Less)
        {
            return Ok(false);
        }
        if let Some(last) = &rule.last_day
            && today.compare(&self.world.value(last, scope)?) == Some(std::cmp::Ordering::Greater)
        {
            return Ok(false);
        }
        let Some(share) = &rule.share else {
            return Ok(true);
        };
        let key = self.world.text(&share.key, scope)?;
        let found = Number::from_i64(i64::from(slot(&share.name, &key)));
        Ok(found < share.percent.mul(&Number::from_i64(100)))
    }

    /// What an `always` owes to the case, or to a carrier.
    pub(crate) fn owed(&self, rule: &Rule, carrier: Option<usize>) -> Outcome<Vec<Owed>> {
        let mut owed = Vec::new();
        for (element, scope) in self.elements(rule, carrier)? {
            if let Some(scope) = self.conditions(rule, &scope)?
                && !self.is_silenced_duty(rule, element.as_ref(), carrier)?
            {
                owed.push(Owed { element, scope });
            }
        }
        Ok(owed)
    }

    /// The elements that a policy goes through; one without an element where it goes through none.
    fn elements(
        &self,
        rule: &Rule,
        carrier: Option<usize>,
    ) -> Outcome<Vec<(Option<Element>, Scope)>> {
        let mut scope = Scope::default();
        if let (Some(On::Outcome(_, action, _)), Some(carrier)) = (
            &rule.on,
            carrier.and_then(|carrier| self.candidates.get(carrier)),
        ) {
            scope = named(&scope, action, carrier);
        }
        let Some(each) = &rule.each else {
            return Ok(vec![(None, scope)]);
        };
        let elements = Elements {
            variable: &each.variable,
            list: &each.list,
            condition: each.condition.as_ref(),
        };
        let passing = self.world.passing(elements, &scope)?;
        let element = |place| Element {
            list: each.written.clone(),
            place,
        };
        let passing = passing.into_iter();
        Ok(passing
            .map(|(place, scope)| (Some(element(place)), scope))
            .collect())
    }

    /// Whether another `always` silences this one: for the same element if both go over the same list, for the same
    /// carrier if both belong to something, and wholly otherwise.
    fn is_silenced_duty(
        &self,
        rule: &Rule,
        element: Option<&Element>,
        carrier: Option<usize>,
    ) -> Outcome<bool> {
        for other in &self.world.declared.rules {
            if other.verb != Verb::Always || !other.silences(&rule.title) {
                continue;
            }
            let owed = match (&other.on, &rule.on) {
                (None, _) => self.owed(other, None)?,
                (Some(_), None) | (Some(On::Outcome(..)), Some(On::Fewer(..))) => continue,
                (Some(On::Fewer(..)), Some(_)) => {
                    if !self.is_short(other)? {
                        continue;
                    }
                    self.owed(other, None)?
                }
                (Some(On::Outcome(..)), Some(On::Outcome(..))) => match carrier {
                    Some(place) if self.waits_for(other, place) => self.owed(other, carrier)?,
                    _ => continue,
                },
            };
            let one_list = match (&other.each, &rule.each) {
                (Some(other), Some(own)) => other.written == own.written,
                _ => false,
            };
            let silenced = owed
                .iter()
                .any(|owed| !one_list || owed.element.as_ref() == element);
            if silenced {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether an `always` waits for what came of this candidate.
    pub(crate) fn waits_for(&self, rule: &Rule, carrier: usize) -> bool {
        let (Some(On::Outcome(outcome, action, by)), Some(carrier)) =
            (&rule.on, self.candidates.get(carrier))
        else {
            return false;
        };
        let reasons = match outcome {
            CarrierOutcome::Limited => &carrier.refused,
            _ => &carrier.blocked,
        };
        let is_named = by
            .as_ref()
            .is_none_or(|title| reasons.iter().any(|reason| reason.policy == *title));
        let came_about = match outcome {
            CarrierOutcome::Proposed => true,
            CarrierOutcome::Allowed => carrier.verdict() == Verdict::Allowed,
            CarrierOutcome::Blocked => carrier.verdict() == Verdict::Blocked,
            CarrierOutcome::Limited => carrier.verdict() == Verdict::Limited,
        };
        self.world.declared.fits(action, &carrier.action) && came_about && is_named
    }
}

/// The scope in which an action's name stands for a candidate's fields.
fn named(scope: &Scope, action: &Arc<str>, candidate: &Candidate) -> Scope {
    scope.with(
        action,
        Kind::Record(action.clone()),
        candidate.fields.clone(),
    )
}
