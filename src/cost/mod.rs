//! What a decision costs at the most, known before there is any case.
//!
//! Input: a compiled package. Output: for each policy, and for one decision, the most steps as a formula in the
//! lengths of the lists that it goes through ([`Cost`]), and as a number for stated lengths ([`Sizes`]).
//! Invariants: no decision takes more steps than its formula says for the lengths of its case; the formulas depend on
//! the package alone. What a step is stands at [`Cost`].

mod case;
mod constant;
mod expression;
mod formula;
mod json;
mod policy;
mod size;

#[cfg(test)]
mod tests;

use crate::decode::Case;
use crate::limits;
use crate::program::Program;
use crate::schema::Schema;
use expression::Meter;
use formula::Formula;
use policy::Surveyor;
use size::Length;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// How many steps the decisions of a package take at the most.
///
/// A *step* is one value or condition of a policy that is worked out once: a field read, a comparison, a sum. What
/// goes through a whole value (a list that is printed, compared or searched) takes one more for each value inside it,
/// and working time one for each day or exception that it goes over. A policy that is asked, and one that speaks,
/// take a step each. A step takes no longer for longer lists; it may go through one text or one long number.
///
/// ```
/// use courtesy::{Package, Sizes};
///
/// let text = "type Purchase { item: Text }\ntype Customer { purchases: list of Purchase, at most 500 }\n\
///     input customer: Customer\naction upsell { item: Text }\n\
///     policy \"Not twice\"\n  never upsell\n  when any one in customer.purchases where one.item is upsell.item\n";
/// let package = Package::from_sources([("a.courtesy".to_string(), text.into())]);
/// let policy = &package.cost().unwrap().policies()[0];
/// assert_eq!(policy.steps.to_string(), "6 × proposals + 4 × customer.purchases × proposals");
/// let sizes = Sizes::default().with("proposals", 10);
/// assert_eq!(policy.steps.at(&sizes), 6 * 10 + 4 * 500 * 10);
/// ```
#[derive(Clone, Debug)]
pub struct Cost {
    policies: Vec<PolicyCost>,
    decision: Steps,
    look: Steps,
}

/// How many steps one policy adds to a decision at the most.
#[derive(Clone, Debug)]
pub struct PolicyCost {
    /// The policy.
    pub title: Arc<str>,
    /// How many steps.
    pub steps: Steps,
}

/// A number of steps, in the lengths of lists.
///
/// `Display` writes the formula: `12 + 7 × customer.purchases`.
#[derive(Clone, Debug)]
pub struct Steps {
    formula: Formula,
    lengths: Arc<[Length]>,
}

/// One product of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// How often.
    pub times: u64,
    /// The lengths that are multiplied; none for the constant.
    pub lengths: Vec<Arc<str>>,
}

/// How long the lists of a case are taken to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    every: Option<u64>,
    named: BTreeMap<String, u64>,
}

impl Default for Sizes {
    /// As many elements as the schema allows at the most; where it does not say, [`limits::LIST_LENGTH`], of lists
    /// that lie in an element of a list or in a proposal [`limits::INNER_LIST_LENGTH`]; and
    /// [`limits::PROPOSALS_STATED`] proposals.
    fn default() -> Sizes {
        let proposals = ("proposals".to_string(), limits::PROPOSALS_STATED);
        Sizes {
            every: None,
            named: BTreeMap::from([proposals]),
        }
    }
}

impl Sizes {
    /// The same, with that many elements for all lists of which nothing else is said.
    #[must_use]
    pub fn with_every(self, elements: u64) -> Sizes {
        Sizes {
            every: Some(elements),
            ..self
        }
    }

    /// The same, with that many elements for the list of that name, whatever the schema says: `customer.purchases`.
    /// `proposals` is one of the names.
    #[must_use]
    pub fn with(mut self, list: &str, elements: u64) -> Sizes {
        self.named.insert(list.to_string(), elements);
        self
    }

    /// The lengths of a case that is there: what it costs at the most can be told before it is decided.
    #[must_use]
    pub fn of_case(schema: &Schema, case: &Case) -> Sizes {
        Sizes {
            every: Some(0),
            named: case::lengths(schema, case),
        }
    }

    fn of(&self, length: &Length) -> u64 {
        let named = self.named.get(&*length.name).copied();
        let stated = named.or(length.most).or(self.every);
        stated.unwrap_or(if length.inner {
            limits::INNER_LIST_LENGTH
        } else {
            limits::LIST_LENGTH
        })
    }
}

impl Steps {
    fn new(formula: Formula, lengths: &Arc<[Length]>) -> Steps {
        Steps {
            formula,
            lengths: lengths.clone(),
        }
    }

    /// How many steps they are for such lists; what is more than can be counted is the largest number.
    #[must_use]
    pub fn at(&self, sizes: &Sizes) -> u64 {
        // No list is longer than the longest of those that the formulas speak of.
        let longest = self.lengths.iter().map(|length| sizes.of(length)).max();
        self.formula.at(|id| match id {
            formula::LONGEST => longest.unwrap_or(0),
            _ => self
                .lengths
                .get(id as usize)
                .map_or(0, |length| sizes.of(length)),
        })
    }

    /// The products of the formula: the constant first, then those of fewer lengths first.
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        let name = |id: &u32| {
            let length = self.lengths.get(*id as usize);
            length.map_or_else(|| "?".into(), |length| length.name.clone())
        };
        let mut terms: Vec<Term> = self
            .formula
            .terms()
            .map(|(ids, times)| {
                let mut lengths: Vec<Arc<str>> = ids.iter().map(name).collect();
                lengths.sort_unstable();
                Term { times, lengths }
            })
            .collect();
        terms.sort_by(|a, b| {
            let key = |term: &Term| (term.lengths.len(), term.lengths.clone());
            key(a).cmp(&key(b))
        });
        let constant = self.formula.constant();
        if constant > 0 || terms.is_empty() {
            let lengths = Vec::new();
            terms.insert(
                0,
                Term {
                    times: constant,
                    lengths,
                },
            );
        }
        terms
    }

    /// The product that comes to the most with such lists.
    #[must_use]
    pub fn costliest_term(&self, sizes: &Sizes) -> Option<Term> {
        let of = |term: &Term| {
            let lengths = term.lengths.iter().map(|name| {
                let length = self.lengths.iter().find(|length| length.name == *name);
                length.map_or(1, |length| sizes.of(length))
            });
            lengths.fold(term.times, u64::saturating_mul)
        };
        self.terms().into_iter().max_by_key(of)
    }

    /// The lengths that the formula speaks of, by name, each with what it is taken to be.
    #[must_use]
    pub fn lengths(&self, sizes: &Sizes) -> BTreeMap<Arc<str>, u64> {
        let ids = self.formula.terms().flat_map(|(ids, _)| ids.to_vec());
        let lengths = ids.filter_map(|id| self.lengths.get(id as usize));
        lengths
            .map(|length| (length.name.clone(), sizes.of(length)))
            .collect()
    }
}

impl Term {
    /// The lengths that are multiplied, each once, with how often it is there.
    fn powers(&self) -> Vec<(&str, usize)> {
        let mut powers: Vec<(&str, usize)> = Vec::new();
        for name in &self.lengths {
            match powers.last_mut() {
                Some((last, power)) if *last == &**name => *power = power.saturating_add(1),
                _ => powers.push((name, 1)),
            }
        }
        powers
    }
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let powers = self.powers().into_iter();
        let mut factors: Vec<String> = powers
            .map(|(name, power)| format!("{name}{}", raised(power)))
            .collect();
        if self.times != 1 || factors.is_empty() {
            factors.insert(0, self.times.to_string());
        }
        formatter.write_str(&factors.join(" × "))
    }
}

/// `²` for 2; nothing for 1.
fn raised(power: usize) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let shown = if power == 1 {
        String::new()
    } else {
        power.to_string()
    };
    let digits = shown.chars().filter_map(|digit| digit.to_digit(10));
    digits
        .filter_map(|digit| DIGITS.get(digit as usize))
        .collect()
}

impl fmt::Display for Steps {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let terms: Vec<String> = self.terms().iter().map(Term::to_string).collect();
        formatter.write_str(&terms.join(" + "))
    }
}

impl Cost {
    /// What the policies of a program cost.
    pub(crate) fn of(program: &Program) -> Cost {
        let mut meter = Meter::new(program);
        let found = Surveyor::new(&mut meter).package();
        let lengths: Arc<[Length]> = meter.lengths.table.into();
        let policies = program.policies.iter().zip(found.policies);
        Cost {
            policies: policies
                .map(|(policy, formula)| PolicyCost {
                    title: policy.title.clone(),
                    steps: Steps::new(formula, &lengths),
                })
                .collect(),
            decision: Steps::new(found.decision, &lengths),
            look: Steps::new(found.look, &lengths),
        }
    }

    /// Each policy by itself, by title. What several of them read alike is worked out once for a case; it counts
    /// here for each of them.
    #[must_use]
    pub fn policies(&self) -> &[PolicyCost] {
        &self.policies
    }

    /// The policies, those first that take the most steps with lists of these lengths.
    #[must_use]
    pub fn costliest_first(&self, sizes: &Sizes) -> Vec<&PolicyCost> {
        let mut policies: Vec<&PolicyCost> = self.policies.iter().collect();
        policies.sort_by_cached_key(|policy| (Reverse(policy.steps.at(sizes)), &policy.title));
        policies
    }

    /// Every length that a formula speaks of, by name, with what it is taken to be.
    #[must_use]
    pub fn lengths(&self, sizes: &Sizes) -> BTreeMap<Arc<str>, u64> {
        let mut lengths = self.decision.lengths(sizes);
        for policy in &self.policies {
            lengths.extend(policy.steps.lengths(sizes));
        }
        lengths
    }

    /// One decision, apart from until when it stays so.
    #[must_use]
    pub fn decision(&self) -> &Steps {
        &self.decision
    }

    /// One look at another instant, of which a decision takes up to [`limits::UNTIL_LOOKS`] to find until when what
    /// is blocked or limited stays so.
    #[must_use]
    pub fn look(&self) -> &Steps {
        &self.look
    }
}
