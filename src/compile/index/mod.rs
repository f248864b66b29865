//! How the policies of a program are found without asking each of them.
//!
//! Input: a program. Output: its [`Index`]. The parts of each policy's conditions are sorted by what they read; see
//! there. Invariants: a policy that the index does not find would not speak; with the index or without, a decision
//! is the same, byte for byte. The order of files and clauses changes nothing but where something stands in a table.

mod asks;
mod keys;
mod lookup;
mod parts;
mod sets;
mod survey;

use crate::program::{
    About, Gate, Index, ListSet, Lookup, On, Policy, PolicyId, PolicyKind, Program,
};
use lookup::{Entries, Signatures};
use std::collections::HashMap;
use std::hash::Hash;
use survey::Surveyor;

/// How the policies of the program are found.
#[must_use]
pub(crate) fn index(program: &Program) -> Index {
    let mut builder = Builder {
        program,
        surveyor: Surveyor::of(program),
        gates: Numbered::default(),
        sets: Numbered::default(),
        signatures: Signatures::default(),
    };
    let mut entries = Entries::new(program.schema.actions.len());
    let mut asks = Vec::with_capacity(program.policies.len());
    for (id, policy) in (0u32..).map(PolicyId).zip(&program.policies) {
        let (asked, keys) = builder.asks(policy);
        asks.push(asked);
        match place_of(policy) {
            Place::Plain => entries.plain(id, &keys),
            Place::Once => entries.once(id, &keys),
            Place::About => entries.about(id, &policy.actions, &keys),
            Place::Nowhere => {}
        }
    }
    let (case_keys, about, once, plain): (_, Vec<About>, Lookup, Lookup) = entries.finish();
    Index {
        case_keys,
        gates: builder.gates.all,
        sets: builder.sets.all,
        asks,
        about,
        once,
        plain,
    }
}

/// Where a policy is looked for.
enum Place {
    /// Once a case, as it owes something.
    Plain,
    /// Once a case.
    Once,
    /// For each candidate.
    About,
    /// It waits for what comes of others.
    Nowhere,
}

fn place_of(policy: &Policy) -> Place {
    match &policy.kind {
        PolicyKind::Always { on: None, .. } => Place::Plain,
        PolicyKind::Always {
            on: Some(On::Fewer { .. } | On::Carrier { .. }),
            ..
        } => Place::Nowhere,
        _ if policy.reads_candidate => Place::About,
        _ => Place::Once,
    }
}

/// What is known while the policies are gone through.
struct Builder<'p> {
    program: &'p Program,
    surveyor: Surveyor,
    gates: Numbered<Gate>,
    sets: Numbered<ListSet>,
    signatures: Signatures,
}

/// Things of which equal ones have one number, from 0 in the order of first use.
struct Numbered<T> {
    all: Vec<T>,
    known: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Numbered<T> {
        Numbered {
            all: Vec::new(),
            known: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    fn number(&mut self, it: T) -> u32 {
        if let Some(known) = self.known.get(&it) {
            return *known;
        }
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(it.clone());
        self.known.insert(it, next);
        next
    }
}
