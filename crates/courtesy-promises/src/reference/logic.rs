//! Conditions: `and`, `or`, `not`, tests, quantifiers, and what they find.
//!
//! Input: a condition. Output: whether it holds, and the witnesses at its `and`-positions.

use super::eval::Outcome;
use super::kind::Kind;
use super::scope::{Scope, World};
use courtesy::ast::{Expr, ExprKind, Quantifier, Test};
use courtesy::operators::{Bound, Pick, TextTest, TimeOrder};
use courtesy::value::{Number, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// `x in L where C`
#[derive(Clone, Copy)]
pub(crate) struct Elements<'e> {
    /// The variable.
    pub(crate) variable: &'e Arc<str>,
    /// The list.
    pub(crate) list: &'e Expr,
    /// Which elements.
    pub(crate) condition: Option<&'e Expr>,
}

impl World<'_> {
    /// Whether a condition holds.
    pub(crate) fn holds(&self, expr: &Expr, scope: &Scope) -> Outcome<bool> {
        match &expr.kind {
            ExprKind::Not(inner) => Ok(!self.truth(inner, scope)?),
            ExprKind::And(parts) => {
                for part in parts {
                    if !self.truth(part, scope)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            ExprKind::Or(parts) => {
                for part in parts {
                    if self.truth(part, scope)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            ExprKind::Test {
                value,
                negated,
                test,
            } => Ok(self.passes(value, test, scope)? != *negated),
            ExprKind::Quantified { .. } | ExprKind::Picked { .. } => {
                Ok(self.witness(expr, scope)?.is_some())
            }
            _ => self.truth(expr, scope),
        }
    }

    /// Whether a condition holds, and if so, the scope in which its witnesses can be named.
    pub(crate) fn witness(&self, expr: &Expr, scope: &Scope) -> Outcome<Option<Scope>> {
        match &expr.kind {
            ExprKind::Bracket(inner) => self.witness(inner, &scope.bracketed()),
            ExprKind::And(parts) => {
                let mut found = scope.clone();
                for part in parts {
                    match self.witness(part, &found)? {
                        Some(more) => found = more,
                        None => return Ok(None),
                    }
                }
                Ok(Some(found))
            }
            ExprKind::Quantified {
                quantifier,
                variable,
                list,
                condition,
                has,
                ..
            } => {
                let elements = Elements {
                    variable: &variable.text,
                    list,
                    condition: condition.as_deref(),
                };
                self.quantified(quantifier, elements, has.as_deref(), scope)
            }
            ExprKind::Picked {
                pick,
                variable,
                list,
                by,
                condition,
                has,
            } => {
                let elements = Elements {
                    variable: &variable.text,
                    list,
                    condition: condition.as_deref(),
                };
                let Some(picked) = self.picked(*pick, elements, by.as_deref(), scope)? else {
                    return Ok(None);
                };
                match has {
                    Some(has) => self.witness(has, &picked),
                    None => Ok(Some(picked)),
                }
            }
            _ => Ok(self.truth(expr, scope)?.then(|| scope.clone())),
        }
    }

    /// One scope for each element that passes, in the order of the list, with its place in it. What its condition
    /// found can be named there as well.
    pub(crate) fn passing(
        &self,
        elements: Elements<'_>,
        scope: &Scope,
    ) -> Outcome<Vec<(usize, Scope)>> {
        let kind = self.kind_of(elements.list, scope);
        let Value::List(items) = self.known(elements.list, &kind, scope)? else {
            return Err("what is gone through is no list".to_owned());
        };
        let mut passing = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let inner = scope.with(elements.variable, kind.element(), item.clone());
            let found = match elements.condition {
                Some(condition) => self.witness(condition, &inner)?,
                None => Some(inner),
            };
            passing.extend(found.map(|found| (place, found)));
        }
        Ok(passing)
    }

    fn quantified(
        &self,
        quantifier: &Quantifier,
        elements: Elements<'_>,
        has: Option<&Expr>,
        scope: &Scope,
    ) -> Outcome<Option<Scope>> {
        let mut passing = self.passing(elements, scope)?;
        if let Quantifier::Every = quantifier {
            for (_, inner) in &passing {
                if let Some(has) = has
                    && !self.truth(has, inner)?
                {
                    return Ok(None);
                }
            }
            return Ok(Some(scope.clone()));
        }
        if let Some(has) = has {
            let mut kept = Vec::new();
            for (place, inner) in passing {
                if self.truth(has, &inner)? {
                    kept.push((place, inner));
                }
            }
            passing = kept;
        }
        let count = Value::Number(Number::from_count(passing.len()));
        let holds = match quantifier {
            Quantifier::Any => return Ok(passing.into_iter().next().map(|(_, inner)| inner)),
            Quantifier::Every | Quantifier::No => passing.is_empty(),
            Quantifier::Count(bound, number) => {
                bounded(*bound, compare(&count, &self.value(number, scope)?)?)
            }
            Quantifier::Exactly(number) => count.same(&self.value(number, scope)?),
        };
        Ok(holds.then(|| scope.clone()))
    }

    fn picked(
        &self,
        pick: Pick,
        elements: Elements<'_>,
        by: Option<&Expr>,
        scope: &Scope,
    ) -> Outcome<Option<Scope>> {
        let mut best: Option<(Value, Scope)> = None;
        for (_, inner) in self.passing(elements, scope)? {
            let worth = match by {
                Some(by) => self.value(by, &inner)?,
                None => Value::Missing,
            };
            let better = match (&best, pick) {
                (None, _) | (_, Pick::Last) => true,
                (_, Pick::First) => false,
                (Some((best, _)), Pick::Latest | Pick::Largest) => {
                    compare(&worth, best)? == Ordering::Greater
                }
                (Some((best, _)), Pick::Earliest | Pick::Smallest) => {
                    compare(&worth, best)? == Ordering::Less
                }
            };
            if better {
                best = Some((worth, inner));
            }
        }
        Ok(best.map(|(_, inner)| inner))
    }

    fn passes(&self, value: &Expr, test: &Test, scope: &Scope) -> Outcome<bool> {
        let kind = self.kind_of_test(value, test, scope);
        let known = |expr: &Expr| self.known(expr, &kind, scope);
        match test {
            Test::Known => Ok(!self.eval(value, &kind, scope)?.is_missing()),
            Test::Unknown => Ok(self.eval(value, &kind, scope)?.is_missing()),
            Test::Is(other) => Ok(known(value)?.same(&known(other)?)),
            Test::OneOf(others) => {
                let value = known(value)?;
                let others = others.iter().map(known).collect::<Outcome<Vec<_>>>()?;
                Ok(others.iter().any(|other| value.same(other)))
            }
            Test::Bound(bound, other) => {
                Ok(bounded(*bound, compare(&known(value)?, &known(other)?)?))
            }
            Test::Order(order, other) => {
                Ok(ordered(*order, compare(&known(value)?, &known(other)?)?))
            }
            Test::Between(from, to) => between(&known(value)?, &known(from)?, &known(to)?),
            Test::Empty => match known(value)? {
                Value::Text(text) => Ok(text.is_empty()),
                Value::List(items) => Ok(items.is_empty()),
                other => Err(format!("{other:?} cannot be empty")),
            },
            Test::Text(test, other) => self.text_test(*test, &known(value)?, &kind, other, scope),
            Test::Distance { .. } | Test::Within { .. } => {
                self.passes_in_time(&known(value)?, test, scope)
            }
        }
    }

    fn text_test(
        &self,
        test: TextTest,
        value: &Value,
        kind: &Kind,
        other: &Expr,
        scope: &Scope,
    ) -> Outcome<bool> {
        match value {
            Value::List(items) => {
                let other = self.known(other, &kind.element(), scope)?;
                Ok(items.iter().any(|item| item.same(&other)))
            }
            Value::Text(text) => {
                let other = self.text(other, scope)?;
                Ok(match test {
                    TextTest::Contains => text.as_str().contains(&other),
                    TextTest::StartsWith => text.as_str().starts_with(&other),
                    TextTest::EndsWith => text.as_str().ends_with(&other),
                })
            }
            other => Err(format!("{other:?} contains nothing")),
        }
    }
}

/// The order of two values.
pub(crate) fn compare(a: &Value, b: &Value) -> Outcome<Ordering> {
    a.compare(b)
        .ok_or_else(|| format!("{a:?} and {b:?} have no order"))
}

/// `at least`, `at most`, `more than`, `less than`
pub(crate) fn bounded(bound: Bound, order: Ordering) -> bool {
    match bound {
        Bound::AtLeast => order != Ordering::Less,
        Bound::AtMost => order != Ordering::Greater,
        Bound::MoreThan => order == Ordering::Greater,
        Bound::LessThan => order == Ordering::Less,
    }
}

/// `before`, `after`, `on or before`, `on or after`
pub(crate) fn ordered(order: TimeOrder, found: Ordering) -> bool {
    match order {
        TimeOrder::Before => found == Ordering::Less,
        TimeOrder::After => found == Ordering::Greater,
        TimeOrder::OnOrBefore => found != Ordering::Greater,
        TimeOrder::OnOrAfter => found != Ordering::Less,
    }
}

/// Both ends are in; of instants and times of day the second is out, of the latter over midnight if need be.
fn between(value: &Value, from: &Value, to: &Value) -> Outcome<bool> {
    let from_on = compare(value, from)? != Ordering::Less;
    let up_to = compare(value, to)?;
    Ok(match value {
        Value::Time(_) => match compare(from, to)? {
            Ordering::Less => from_on && up_to == Ordering::Less,
            Ordering::Equal => false,
            Ordering::Greater => from_on || up_to == Ordering::Less,
        },
        Value::DateTime(_) => from_on && up_to == Ordering::Less,
        _ => from_on && up_to != Ordering::Greater,
    })
}
