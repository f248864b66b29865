//! What a package is asked by: which of its policies can speak at all, found without asking each of them.
//!
//! Data only. Built by `crate::compile`, used by `crate::decision`. A policy speaks only where every part of its
//! conditions holds. Parts that compare a place with known values become the keys of tables; parts that read the
//! case alone become gates, which are asked once a case; "some element of this list has that of the candidate"
//! becomes a set, which is gathered once a case. Whatever is left is asked of each candidate.
//! Invariants: a policy that is not found here does not speak; nothing is said of policies that wait for an outcome.

use super::{Expr, PolicyId};
use crate::value::Value;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::BuildHasherDefault;

/// Hashes that are the same in every process.
pub type FixedHasher = BuildHasherDefault<DefaultHasher>;

/// A map that is only looked up in.
pub type Fixed<K, V> = HashMap<K, V, FixedHasher>;

/// How the policies of a package are found.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The places of the case that policies compare with known values.
    pub case_keys: Vec<Key>,
    /// What is asked once a case.
    pub gates: Vec<Gate>,
    /// What is gathered once a case.
    pub sets: Vec<ListSet>,
    /// By policy, what is asked of it once it is found.
    pub asks: Vec<Asks>,
    /// By action, the policies that read its candidates.
    pub about: Vec<About>,
    /// Policies that speak about candidates and read none.
    pub once: Lookup,
    /// `always` that waits for nothing.
    pub plain: Lookup,
}

/// A place whose values policies name.
#[derive(Clone, Debug)]
pub struct Key {
    /// The place: a path into an input or a candidate.
    pub place: Expr,
    /// The number of each value that a policy names, from 1.
    pub known: Known,
}

/// Values with their numbers, from 1.
#[derive(Clone, Debug)]
pub enum Known {
    /// By the places in the declaration of their `choice`; 0 where no policy names one.
    Choices(Box<[u32]>),
    /// So few that they are compared one by one.
    Few(Box<[Value]>),
    /// Looked up.
    Many(Fixed<Value, u32>),
}

/// A condition that reads the case alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gate {
    /// The condition, its variables numbered from 0.
    pub condition: Expr,
    /// Whether it has to hold, or not to.
    pub wanted: bool,
    /// How many variables it has.
    pub variables: u32,
}

/// What some element of a list has, gathered once a case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListSet {
    /// The list; it reads the case alone.
    pub list: Expr,
    /// The slot of the element.
    pub variable: u32,
    /// Which elements count: all of these hold.
    pub conditions: Vec<Expr>,
    /// What is gathered of each.
    pub gathered: Expr,
    /// How many variables there are.
    pub variables: u32,
}

/// What is asked of a policy that was found.
#[derive(Clone, Debug, Default)]
pub struct Asks {
    /// Indexes into [`Index::gates`], those first that nothing in goes with the clock.
    pub gates: Box<[u32]>,
    /// How many gates stay as they are, whatever the clock shows.
    pub lasting_gates: usize,
    /// What is asked of each candidate, that first which nothing in goes with the clock.
    pub tests: Box<[Test]>,
    /// How many tests stay as they are, whatever the clock shows.
    pub lasting_tests: usize,
    /// Whether its conditions are then gone through as they are written: it goes over a list, its words and values
    /// name what its conditions found, or it waits for what comes of others and is never looked up.
    pub whole: bool,
    /// How many variables the tests have.
    pub variables: u32,
    /// Whether nothing in its conditions goes with the clock.
    pub timeless: bool,
}

/// Something that is asked of each candidate.
#[derive(Clone, Debug)]
pub enum Test {
    /// A condition and whether it has to hold, or not to.
    Condition(Expr, bool),
    /// A question about a set.
    Member(Member),
}

/// Whether what the candidate has at a place is in a set.
#[derive(Clone, Debug)]
pub struct Member {
    /// Index into [`Index::sets`].
    pub set: u32,
    /// The place of the candidate.
    pub place: Expr,
    /// Whether the condition holds where it is in the set; else where it is not.
    pub inside: bool,
    /// Whether the condition is neither true nor false where nothing is known there.
    pub needs_value: bool,
    /// Whether the condition has to hold, or not to.
    pub wanted: bool,
}

/// The policies that read the candidates of one action.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The places of the candidate that policies compare with known values.
    pub keys: Vec<Key>,
    /// The policies.
    pub lookup: Lookup,
}

/// Policies by the values that they ask for.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// Found whatever the values are.
    pub always: Box<[PolicyId]>,
    /// Found by the values of a few places.
    pub groups: Vec<Group>,
}

/// Policies that compare the same places with known values.
#[derive(Clone, Debug)]
pub struct Group {
    /// The places, each with how many values the numbers before it can tell apart.
    pub places: Box<[(KeyRef, u128)]>,
    /// The policies by the values' numbers less one, each multiplied with its place's factor.
    pub table: Table,
}

/// A key of the case or of the candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyRef {
    /// Index into [`Index::case_keys`].
    Case(u32),
    /// Index into [`About::keys`].
    Candidate(u32),
}

/// Policies by a number.
#[derive(Clone, Debug)]
pub enum Table {
    /// By place.
    Dense(Box<[Box<[PolicyId]>]>),
    /// Looked up.
    Sparse(Fixed<u128, Box<[PolicyId]>>),
}

impl Known {
    /// The number of a value; 0 where no policy names it.
    #[must_use]
    pub fn number(&self, value: &Value) -> u32 {
        match (self, value) {
            (Known::Choices(numbers), Value::Choice(choice)) => {
                numbers.get(choice.index as usize).copied().unwrap_or(0)
            }
            (Known::Choices(_), _) => 0,
            (Known::Few(values), value) => {
                let place = values.iter().position(|known| known == value);
                place.map_or(0, |place| {
                    u32::try_from(place).map_or(0, |it| it.saturating_add(1))
                })
            }
            (Known::Many(numbers), value) => numbers.get(value).copied().unwrap_or(0),
        }
    }
}

impl Table {
    /// The policies under a number.
    #[must_use]
    pub fn get(&self, number: u128) -> &[PolicyId] {
        let found = match self {
            Table::Dense(all) => usize::try_from(number)
                .ok()
                .and_then(|place| all.get(place)),
            Table::Sparse(all) => all.get(&number),
        };
        found.map_or(&[], |found| found)
    }
}
