//! Whether a situation is possible, and which two of its literals say that it is not.
//!
//! Input: a situation. Output: two places that contradict each other. Exact where it finds something: the rules of
//! one term leave no value, at no moment and in no zone; or a list would have fewer elements than a part of it. What
//! it does not find may still be impossible.

use super::point::Point;
use super::rule::{Literal, Rule, Situation, is_empty_between};
use super::term::{Term, TermId, Terms, whole_end};
use crate::source::Span;
use crate::value::{Value, shift_date};
use std::collections::BTreeMap;

/// Two places that cannot both be so; the same twice where one alone cannot.
pub(super) type Contradiction = (Span, Span);

/// What contradicts what in a situation, if anything.
pub(super) fn contradiction(situation: &Situation, terms: &Terms<'_>) -> Option<Contradiction> {
    if !terms.may_look_at(situation.literals.len()) {
        return None;
    }
    let literals = by_term(situation.literals.iter());
    let mut groups = literals.iter();
    groups
        .find_map(|(id, literals)| in_term(terms.get(*id)?, literals))
        .or_else(|| in_counts(&literals, terms))
}

/// The situations that are possible by themselves, as far as can be said.
pub(super) fn possible(mut situations: Vec<Situation>, terms: &Terms<'_>) -> Vec<Situation> {
    situations.retain(|situation| contradiction(situation, terms).is_none());
    situations
}

/// What contradicts what where two situations, each possible by itself, are to be so at once.
pub(super) fn clash(
    one: &Situation,
    other: &Situation,
    terms: &Terms<'_>,
) -> Option<Contradiction> {
    let count = one.literals.len().saturating_add(other.literals.len());
    if !terms.may_look_at(count) {
        return None;
    }
    let literals = by_term(one.literals.iter().chain(&other.literals));
    let mut groups = literals.iter().filter(|(_, group)| group.len() > 1);
    groups
        .find_map(|(id, group)| in_term(terms.get(*id)?, group))
        .or_else(|| in_counts(&literals, terms))
}

/// What contradicts what where none of the ones can be so together with any of the others; the first of it where
/// there is more. `None` where some can, or there are too many.
pub(super) fn exclusion(
    ones: &[Situation],
    others: &[Situation],
    terms: &Terms<'_>,
) -> Option<Option<Contradiction>> {
    if ones.len().saturating_mul(others.len()) > super::SITUATIONS {
        return None;
    }
    let mut first = None;
    for one in ones {
        for other in others {
            let reason = clash(one, other, terms)?;
            first.get_or_insert(reason);
        }
    }
    Some(first)
}

fn by_term<'l>(literals: impl Iterator<Item = &'l Literal>) -> BTreeMap<TermId, Vec<&'l Literal>> {
    let mut by_term: BTreeMap<TermId, Vec<&Literal>> = BTreeMap::new();
    for literal in literals {
        by_term.entry(literal.term).or_default().push(literal);
    }
    by_term
}

fn in_term(term: &Term, literals: &[&Literal]) -> Option<Contradiction> {
    if !leaves_nothing(term, literals) {
        return None;
    }
    if let Some(alone) = literals.iter().find(|one| leaves_nothing(term, &[one])) {
        return Some((alone.span, alone.span));
    }
    for (place, one) in literals.iter().enumerate() {
        let mut others = literals.iter().skip(place.saturating_add(1));
        if let Some(other) = others.find(|other| leaves_nothing(term, &[one, other])) {
            return Some((one.span, other.span));
        }
    }
    Some((literals.first()?.span, literals.last()?.span))
}

/// Whether no value keeps all of the rules.
fn leaves_nothing(term: &Term, literals: &[&Literal]) -> bool {
    let own = literals.iter().map(|literal| &literal.rule);
    if own.clone().any(|rule| *rule == Rule::Unknown) {
        return own.clone().any(|rule| *rule != Rule::Unknown);
    }
    let rules: Vec<&Rule> = own.chain(&term.bounds).collect();
    let named = rules.iter().find_map(|rule| match rule {
        Rule::OneOf(values) => Some(values),
        _ => None,
    });
    match named.or(term.values.as_ref()) {
        Some(values) => values.iter().all(|value| is_refused(value, &rules)),
        None => ends_cross(term, &rules) || texts_clash(&rules),
    }
}

fn is_refused(value: &Value, rules: &[&Rule]) -> bool {
    rules.iter().any(|rule| rule.allows(value) == Some(false))
}

/// Whether a lowest value lies above a highest, or both are one that is left out.
fn ends_cross(term: &Term, rules: &[&Rule]) -> bool {
    let ends: Vec<Rule> = rules.iter().map(|rule| tightened(term, rule)).collect();
    let lows = ends.iter().filter_map(|rule| match rule {
        Rule::From(point, included) => Some((point, *included)),
        _ => None,
    });
    let highs = ends.iter().filter_map(|rule| match rule {
        Rule::To(point, included) => Some((point, *included)),
        _ => None,
    });
    let mut pairs = lows.flat_map(|low| highs.clone().map(move |high| (low, high)));
    pairs.any(|(low, high)| is_empty_between(low, high) || is_left_out(low.0, high.0, rules))
}

/// Whether two ends leave one value, and that is left out.
fn is_left_out(low: &Point, high: &Point, rules: &[&Rule]) -> bool {
    match (low, high) {
        (Point::Fixed(low), Point::Fixed(high)) if low.same(high) => is_refused(low, rules),
        _ => false,
    }
}

/// The rule with an end that belongs to it, where values lie apart from each other.
fn tightened(term: &Term, rule: &Rule) -> Rule {
    let closer = |point: &Point, included: bool, low: bool| match point {
        Point::Fixed(value) if term.whole => whole_end(value, included, low),
        Point::Fixed(Value::Date(day)) if !included => {
            let step = crate::value::Span::days(if low { 1 } else { -1 });
            let next = shift_date(*day, &step);
            (next != *day).then_some(Value::Date(next))
        }
        _ => None,
    };
    match rule {
        Rule::From(point, included) => match closer(point, *included, true) {
            Some(value) => Rule::From(Point::Fixed(value), true),
            None => rule.clone(),
        },
        Rule::To(point, included) => match closer(point, *included, false) {
            Some(value) => Rule::To(Point::Fixed(value), true),
            None => rule.clone(),
        },
        other => (*other).clone(),
    }
}

/// Whether a test of a text is to pass and to fail.
fn texts_clash(rules: &[&Rule]) -> bool {
    rules.iter().any(|rule| match rule {
        Rule::Text {
            test,
            part,
            passes: true,
        } => rules.iter().any(|other| {
            let opposite = Rule::Text {
                test: *test,
                part: part.clone(),
                passes: false,
            };
            **other == opposite
        }),
        _ => false,
    })
}

/// Whether a list would have fewer elements than those of its elements that are counted.
fn in_counts(
    by_term: &BTreeMap<TermId, Vec<&Literal>>,
    terms: &Terms<'_>,
) -> Option<Contradiction> {
    by_term.iter().find_map(|(id, literals)| {
        let list = terms.get(*id)?.of_list?;
        let (term, of_all) = (terms.get(list)?, by_term.get(&list)?);
        let crossing = |low: &&Literal| {
            let is_low = matches!(low.rule, Rule::From(..));
            let mut highs = of_all
                .iter()
                .filter(|high| is_low && matches!(high.rule, Rule::To(..)));
            let high = highs.find(|high| ends_cross(term, &[&low.rule, &high.rule]))?;
            Some((low.span, high.span))
        };
        literals.iter().find_map(crossing)
    })
}
