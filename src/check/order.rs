//! The order in which definitions and tables are checked.
//!
//! Input: for each name the names that it may use. Output: each name after those that it uses, the first by name
//! where there is a choice; where those left all wait for one another, a circle of them. A word that may be a value
//! of a choice is no use where taking it for one closes a circle: which it is depends on the types around it.
//! Invariant: every name comes once, and all of it takes one pass over the uses.

use std::collections::btree_set;
use std::collections::{BTreeMap, BTreeSet};

/// For each definition the names in it.
pub(super) type Uses<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// How often circles are looked for before all words that may be values are taken for values.
const ROUNDS: usize = 16;

/// The uses without those words of circles that may be values of a choice.
pub(super) fn settled<'a>(mut uses: Uses<'a>, may_be_a_value: impl Fn(&str) -> bool) -> Uses<'a> {
    for _ in 0..ROUNDS {
        let doubtful = doubtful_in_circles(&uses, &may_be_a_value);
        if doubtful.is_empty() {
            return uses;
        }
        for (user, used) in doubtful {
            if let Some(names) = uses.get_mut(user) {
                names.remove(used);
            }
        }
    }
    for names in uses.values_mut() {
        names.retain(|name| !may_be_a_value(name));
    }
    uses
}

/// The steps of circles that lead over a word that may be a value: who uses it, and the word.
fn doubtful_in_circles<'a>(
    uses: &Uses<'a>,
    may_be_a_value: &impl Fn(&str) -> bool,
) -> Vec<(&'a str, &'a str)> {
    let mut doubtful = Vec::new();
    let mut order = Order::of(uses);
    while let Some(next) = order.next() {
        let Next::Circle(names) = next else {
            continue;
        };
        let behind = names.iter().cycle().skip(1);
        let steps = names.iter().zip(behind);
        doubtful.extend(
            steps
                .filter(|(_, used)| may_be_a_value(used))
                .map(|(user, used)| (*user, *used)),
        );
    }
    doubtful
}

/// What is checked next.
pub(super) enum Next<'a> {
    /// A definition that waits for nothing.
    Alone(&'a str),
    /// Definitions each of which uses the next, and the last the first.
    Circle(Vec<&'a str>),
}

/// The definitions that have not come yet.
pub(super) struct Order<'a, 'u> {
    uses: &'u Uses<'a>,
    /// For each definition, those that use it.
    users: BTreeMap<&'a str, Vec<&'a str>>,
    /// How many of those it uses have not come yet.
    missing: BTreeMap<&'a str, usize>,
    /// What can come next.
    ready: BTreeSet<&'a str>,
    /// On the way to a circle: each uses the next, and none has come.
    path: Vec<Step<'a, 'u>>,
    /// Where on the path a name stands.
    places: BTreeMap<&'a str, usize>,
}

/// A definition on the path, with the uses that have not been followed from it.
struct Step<'a, 'u> {
    name: &'a str,
    left: btree_set::Iter<'u, &'a str>,
}

impl<'a, 'u> Order<'a, 'u> {
    pub(super) fn of(uses: &'u Uses<'a>) -> Order<'a, 'u> {
        let mut order = Order {
            uses,
            users: BTreeMap::new(),
            missing: BTreeMap::new(),
            ready: BTreeSet::new(),
            path: Vec::new(),
            places: BTreeMap::new(),
        };
        for (name, used) in uses {
            let used = used.iter().filter(|used| uses.contains_key(*used));
            let mut missing = 0_usize;
            for word in used {
                order.users.entry(word).or_default().push(name);
                missing = missing.saturating_add(1);
            }
            order.missing.insert(name, missing);
            if missing == 0 {
                order.ready.insert(name);
            }
        }
        order
    }

    pub(super) fn next(&mut self) -> Option<Next<'a>> {
        if let Some(name) = self.ready.pop_first() {
            self.done(name);
            return Some(Next::Alone(name));
        }
        let circle = self.circle()?;
        for name in &circle {
            self.done(name);
        }
        // One of them can have become ready by the others.
        for name in &circle {
            self.ready.remove(name);
        }
        Some(Next::Circle(circle))
    }

    /// Lets those go that wait for this one.
    fn done(&mut self, name: &'a str) {
        self.missing.remove(name);
        for user in self.users.remove(name).unwrap_or_default() {
            if let Some(missing) = self.missing.get_mut(user) {
                *missing = missing.saturating_sub(1);
                if *missing == 0 {
                    self.ready.insert(user);
                }
            }
        }
    }

    /// A circle among definitions that wait for others, the path to it from the first by name. The path stays for
    /// the next circle, so that no use is followed twice.
    fn circle(&mut self) -> Option<Vec<&'a str>> {
        loop {
            self.forget_done();
            let next = match self.path.last_mut() {
                None => *self.missing.first_key_value()?.0,
                Some(step) => step.left.find(|name| self.missing.contains_key(*name))?,
            };
            if let Some(begin) = self.places.get(next).copied() {
                let circle = self.path.split_off(begin.min(self.path.len()));
                let names: Vec<&str> = circle.iter().map(|step| step.name).collect();
                for name in &names {
                    self.places.remove(name);
                }
                return Some(names);
            }
            let left = self.uses.get(next)?.iter();
            self.places.insert(next, self.path.len());
            self.path.push(Step { name: next, left });
        }
    }

    /// Takes those off the end of the path that have come.
    fn forget_done(&mut self) {
        while let Some(step) = self
            .path
            .pop_if(|step| !self.missing.contains_key(step.name))
        {
            self.places.remove(step.name);
        }
    }
}
