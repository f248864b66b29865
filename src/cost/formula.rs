//! Numbers of steps as sums of products of list lengths.
//!
//! Invariants: no coefficient is negative, and none wraps: what is too large stays at the largest. A formula has at
//! most [`MOST_TERMS`] terms; one that would have more is put in terms of the longest of all lists, which is no less.

use std::collections::BTreeMap;

/// Most terms of one formula.
const MOST_TERMS: usize = 200;

/// A length of something, by its place in the table of lengths.
pub(super) type LengthId = u32;

/// The length that none of the lists exceeds.
pub(super) const LONGEST: LengthId = 0;

/// Lengths that are multiplied together, sorted; the same one may stand there more than once.
type Product = Vec<LengthId>;

/// How many steps, in lengths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Formula {
    constant: u64,
    terms: BTreeMap<Product, u64>,
}

impl Formula {
    pub(super) fn number(constant: u64) -> Formula {
        Formula {
            constant,
            terms: BTreeMap::new(),
        }
    }

    pub(super) fn length(id: LengthId) -> Formula {
        Formula {
            constant: 0,
            terms: BTreeMap::from([(vec![id], 1)]),
        }
    }

    pub(super) fn constant(&self) -> u64 {
        self.constant
    }

    /// Everything but the constant, by its lengths.
    pub(super) fn terms(&self) -> impl Iterator<Item = (&[LengthId], u64)> {
        let terms = self.terms.iter();
        terms.map(|(product, times)| (product.as_slice(), *times))
    }

    fn is_nothing(&self) -> bool {
        self.constant == 0 && self.terms.is_empty()
    }

    /// Both, one after the other.
    pub(super) fn add(&mut self, other: &Formula) {
        self.merge(other, u64::saturating_add);
    }

    pub(super) fn add_number(&mut self, number: u64) {
        self.constant = self.constant.saturating_add(number);
    }

    /// What is no less than either of them.
    pub(super) fn or(&mut self, other: &Formula) {
        self.merge(other, u64::max);
    }

    fn merge(&mut self, other: &Formula, together: fn(u64, u64) -> u64) {
        self.constant = together(self.constant, other.constant);
        for (product, times) in &other.terms {
            let place = self.terms.entry(product.clone()).or_insert(0);
            *place = together(*place, *times);
        }
        self.keep_small();
    }

    /// This, as often as that says.
    pub(super) fn times(&self, other: &Formula) -> Formula {
        if self.is_nothing() || other.is_nothing() {
            return Formula::default();
        }
        let mut product = Formula::default();
        for (left, left_times) in self.all() {
            for (right, right_times) in other.all() {
                let mut lengths = [left, right].concat();
                lengths.sort_unstable();
                product.put(lengths, left_times.saturating_mul(right_times));
            }
        }
        product.keep_small();
        product
    }

    fn all(&self) -> impl Iterator<Item = (&[LengthId], u64)> {
        let constant = (self.constant > 0).then_some((&[][..], self.constant));
        constant.into_iter().chain(self.terms())
    }

    fn put(&mut self, lengths: Product, times: u64) {
        if lengths.is_empty() {
            self.add_number(times);
        } else {
            let place = self.terms.entry(lengths).or_insert(0);
            *place = place.saturating_add(times);
        }
    }

    fn keep_small(&mut self) {
        if self.terms.len() <= MOST_TERMS {
            return;
        }
        for (product, times) in std::mem::take(&mut self.terms) {
            self.put(vec![LONGEST; product.len()], times);
        }
    }

    /// How many it comes to with these lengths.
    pub(super) fn at(&self, length: impl Fn(LengthId) -> u64) -> u64 {
        self.terms
            .iter()
            .fold(self.constant, |sum, (product, times)| {
                let lengths = product.iter().map(|id| length(*id));
                sum.saturating_add(lengths.fold(*times, u64::saturating_mul))
            })
    }
}
