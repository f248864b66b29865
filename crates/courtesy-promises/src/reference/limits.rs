//! Limits, and what policies that are only reported would have done.
//!
//! Input: a candidate that is not blocked. Output: who has no room for it; else the room that it takes.

use super::candidate::{Candidate, Reason};
use super::eval::Outcome;
use super::judge::{Judge, Report};
use super::kind::Kind;
use super::logic::Elements;
use super::numbers::calculated;
use super::rule::Rule;
use super::scope::Scope;
use courtesy::ast::Verb;
use courtesy::operators::Arithmetic;
use courtesy::value::{Money, Number, Value};
use std::cmp::Ordering;

/// What one limit says of one candidate.
struct Asked {
    room: Value,
    weight: Value,
    refuses: bool,
}

impl Judge<'_> {
    /// Step 5 for one candidate.
    pub(crate) fn give_room(&mut self, place: usize) -> Outcome<()> {
        let candidate = self.candidate(place)?.clone();
        if !candidate.blocked.is_empty() {
            return Ok(());
        }
        let mut takes = Vec::new();
        let mut refused = Vec::new();
        let declared = self.world.declared;
        for rule in &declared.rules {
            if rule.verb != Verb::Limit {
                continue;
            }
            let Some(scope) = self.speaks(rule, &candidate)? else {
                continue;
            };
            let asked = self.ask(rule, &scope)?;
            match (asked.refuses, rule.report_only) {
                (false, _) => takes.push((rule.title.clone(), asked.room, asked.weight)),
                (true, false) => refused.push(self.reason(rule, &scope)?),
                (true, true) => {
                    let reason = self.reason(rule, &scope)?;
                    self.report(reason, "limit", place);
                }
            }
        }
        if refused.is_empty() {
            self.taken.extend(takes);
        } else if let Some(candidate) = self.candidates.get_mut(place) {
            candidate.refused = refused;
        }
        Ok(())
    }

    /// Past + taken + weight ≤ N.
    fn ask(&self, rule: &Rule, scope: &Scope) -> Outcome<Asked> {
        let amount = rule
            .limit
            .amount
            .as_ref()
            .ok_or("a limit without a number")?;
        let kind = self
            .world
            .kind_of(rule.limit.of.as_ref().unwrap_or(amount), scope);
        let mut most = self.world.value(amount, scope)?;
        if let (None, Value::Number(number)) = (&rule.limit.of, &most) {
            most = Value::whole(number.floor_to_i64_saturating());
        }
        let weight = match &rule.limit.of {
            Some(of) => at_least_nothing(self.world.value(of, scope)?),
            None => Value::whole(1),
        };
        let room = match &rule.limit.per {
            Some(per) => self.world.value(per, scope)?,
            None => Value::Missing,
        };
        let past = self.past(rule, &kind, scope)?;
        let taken = self.taken_of(rule, &room, &kind)?;
        let together = add(&add(&past, &taken)?, &weight)?;
        let exempt = match &rule.limit.exempt {
            Some(exempt) => self.world.truth(exempt, scope)?,
            None => false,
        };
        let too_much = together.compare(&at_least_nothing(most)) == Some(Ordering::Greater);
        Ok(Asked {
            room,
            weight,
            refuses: too_much && !exempt,
        })
    }

    fn past(&self, rule: &Rule, kind: &Kind, scope: &Scope) -> Outcome<Value> {
        let mut past = kind.nothing()?;
        let Some(counting) = &rule.limit.counting else {
            return Ok(past);
        };
        let elements = Elements {
            variable: &counting.variable,
            list: &counting.list,
            condition: counting.condition.as_ref(),
        };
        for (_, inner) in self.world.passing(elements, scope)? {
            let counts = match &counting.value {
                Some(value) => self.world.value(value, &inner)?,
                None => Value::whole(1),
            };
            past = add(&past, &counts)?;
        }
        Ok(past)
    }

    fn taken_of(&self, rule: &Rule, room: &Value, kind: &Kind) -> Outcome<Value> {
        let taken = self.taken.iter();
        let taken = taken.filter(|(title, of, _)| *title == rule.title && of == room);
        taken.fold(kind.nothing(), |all, (_, _, weight)| add(&all?, weight))
    }

    /// What policies that are only reported would have done to these candidates, room aside.
    pub(crate) fn report_about_all(&mut self, from: usize, to: usize) -> Outcome<()> {
        let declared = self.world.declared;
        for place in from..to {
            let candidate = self.candidate(place)?.clone();
            for rule in declared.rules.iter().filter(|rule| rule.report_only) {
                let would = match rule.verb {
                    Verb::Never | Verb::Only => "block",
                    Verb::Allow => "allow",
                    Verb::Prefer => "prefer",
                    Verb::Always | Verb::Limit => continue,
                };
                let Some(scope) = self.speaks(rule, &candidate)? else {
                    continue;
                };
                if rule.verb == Verb::Allow && !self.would_silence(rule, &candidate)? {
                    continue;
                }
                let reason = self.reason(rule, &scope)?;
                self.report(reason, would, place);
            }
        }
        Ok(())
    }

    /// Whether something that the policy names speaks about the candidate.
    fn would_silence(&self, rule: &Rule, candidate: &Candidate) -> Outcome<bool> {
        for other in &self.world.declared.rules {
            if rule.names(&other.title) && self.speaks(other, candidate)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn report(&mut self, reason: Reason, would: &'static str, about: usize) {
        self.reports.push(Report {
            reason,
            would,
            about: Some(about),
            fields: None,
        });
    }
}

fn add(a: &Value, b: &Value) -> Outcome<Value> {
    calculated(Arithmetic::Add, a, b)
}

/// An amount, or 0 where it is below.
fn at_least_nothing(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_negative() => Value::Number(Number::ZERO),
        Value::Money(money) if money.amount.is_negative() => {
            Value::Money(Money::new(Number::ZERO, money.currency))
        }
        other => other,
    }
}
