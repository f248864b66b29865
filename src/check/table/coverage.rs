//! Which cases of a table its rows leave over, and which rows nothing is left for.
//!
//! Every column is cut into atoms that no cell tells apart (see `domain`); a row, and any part of the cases, is
//! one set of atoms for each column. A part is held against the rows in their order; where a row takes some of
//! it, what is left falls into at most as many parts as there are columns, none of which overlap. Exact, without
//! recursion, and bounded by [`Work`]: deciding this may take as long as there are cases.

use std::collections::BTreeSet;
use std::ops::Range;

/// A set of the atoms of one column: a bit for each, without the empty words at both ends.
#[derive(Clone, Debug)]
pub(super) struct AtomSet {
    start: usize,
    words: Vec<u64>,
}

impl AtomSet {
    /// None of so many atoms.
    pub(super) fn none(size: usize) -> AtomSet {
        AtomSet {
            start: 0,
            words: vec![0; size.div_ceil(64)],
        }
    }

    /// Adds the atoms from the first to the last, both included; none where the last comes first.
    pub(super) fn insert(&mut self, first: usize, last: usize) {
        for (index, word) in (self.start..).zip(self.words.iter_mut()) {
            let start = index.saturating_mul(64);
            let end = start.saturating_add(63);
            if first <= end && last >= start && first <= last {
                let low = first.saturating_sub(start);
                let high = end.saturating_sub(last.min(end));
                *word |= (u64::MAX << low) & (u64::MAX >> high);
            }
        }
    }

    pub(super) fn contains(&self, atom: usize) -> bool {
        (self.word(atom / 64) >> (atom % 64)) & 1 == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn meets(&self, other: &AtomSet) -> bool {
        self.shared(other)
            .any(|index| self.word(index) & other.word(index) != 0)
    }

    pub(super) fn is_within(&self, other: &AtomSet) -> bool {
        self.indexes()
            .all(|index| self.word(index) & !other.word(index) == 0)
    }

    pub(super) fn minus(&self, other: &AtomSet) -> AtomSet {
        let words = self.indexes();
        let words = words.map(|index| self.word(index) & !other.word(index));
        AtomSet::trimmed(self.start, words.collect())
    }

    pub(super) fn common(&self, other: &AtomSet) -> AtomSet {
        let words = self.shared(other);
        let words = words.map(|index| self.word(index) & other.word(index));
        AtomSet::trimmed(self.start.max(other.start), words.collect())
    }

    /// The atoms, the lowest first.
    pub(super) fn atoms(&self) -> impl Iterator<Item = usize> {
        let indexes = self.indexes();
        let atoms = indexes.start.saturating_mul(64)..indexes.end.saturating_mul(64);
        atoms.filter(|atom| self.contains(*atom))
    }

    fn trimmed(start: usize, mut words: Vec<u64>) -> AtomSet {
        while words.last() == Some(&0) {
            words.pop();
        }
        let empty = words.iter().take_while(|word| **word == 0).count();
        words.drain(..empty);
        AtomSet {
            start: start.saturating_add(empty),
            words,
        }
    }

    fn word(&self, index: usize) -> u64 {
        let at = index.checked_sub(self.start);
        let word = at.and_then(|at| self.words.get(at));
        word.copied().unwrap_or(0)
    }

    fn indexes(&self) -> Range<usize> {
        self.start..self.start.saturating_add(self.words.len())
    }

    /// The words that both may have atoms in.
    fn shared(&self, other: &AtomSet) -> Range<usize> {
        let (one, two) = (self.indexes(), other.indexes());
        one.start.max(two.start)..one.end.min(two.end)
    }
}

/// Some of the cases: every combination of the atoms of each column.
pub(super) type Part = Vec<AtomSet>;

/// How many comparisons may still be made.
#[derive(Debug)]
pub(super) struct Work {
    left: u64,
}

/// More comparisons were needed than are allowed.
#[derive(Debug)]
pub(super) struct TooMuch;

impl Work {
    pub(super) fn new(left: u64) -> Work {
        Work { left }
    }

    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// Whether a row takes any of a part.
    fn meets(&mut self, row: &[AtomSet], part: &[AtomSet]) -> Result<bool, TooMuch> {
        for (cell, atoms) in row.iter().zip(part) {
            let words = cell.shared(atoms).len().saturating_add(1);
            let cost = u64::try_from(words).unwrap_or(u64::MAX);
            self.left = self.left.checked_sub(cost).ok_or(TooMuch)?;
            if !cell.meets(atoms) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What rows make of a part of the cases.
#[derive(Debug)]
pub(super) enum Cover {
    /// These of them are taken by no row.
    Left(Part),
    /// All are taken; by these rows, in their order.
    Taken(Vec<usize>),
}

/// Holds a part of the cases against rows.
pub(super) fn cover(part: &Part, rows: &[Part], work: &mut Work) -> Result<Cover, TooMuch> {
    let mut takers = BTreeSet::new();
    let mut waiting = vec![(part.clone(), 0_usize)];
    while let Some((part, start)) = waiting.pop() {
        let mut taker = None;
        for (index, row) in rows.iter().enumerate().skip(start) {
            if work.meets(row, &part)? {
                taker = Some((index, row));
                break;
            }
        }
        let Some((index, row)) = taker else {
            return Ok(Cover::Left(part));
        };
        takers.insert(index);
        let next = index.saturating_add(1);
        waiting.extend(
            outside(part, row)
                .into_iter()
                .rev()
                .map(|part| (part, next)),
        );
    }
    Ok(Cover::Taken(takers.into_iter().collect()))
}

/// What a row leaves of a part that it meets, in parts that do not overlap.
fn outside(part: Part, row: &[AtomSet]) -> Vec<Part> {
    let mut inside = part;
    let mut parts = Vec::new();
    for (column, cell) in row.iter().enumerate() {
        let Some(atoms) = inside.get(column).cloned() else {
            continue;
        };
        if atoms.is_within(cell) {
            continue;
        }
        let mut piece = inside.clone();
        set(&mut piece, column, atoms.minus(cell));
        parts.push(piece);
        set(&mut inside, column, atoms.common(cell));
    }
    parts
}

fn set(part: &mut Part, column: usize, atoms: AtomSet) {
    if let Some(place) = part.get_mut(column) {
        *place = atoms;
    }
}

/// Makes a part that no row takes as wide as it can be in each column, the first column first.
pub(super) fn widened(part: Part, all: &Part, rows: &[Part]) -> Part {
    let mut part = part;
    for (column, atoms) in all.iter().enumerate() {
        let mut free = atoms.clone();
        for row in rows {
            let elsewhere = row.iter().zip(&part).enumerate();
            let mut others = elsewhere.filter(|(other, _)| *other != column);
            if others.all(|(_, (cell, atoms))| cell.meets(atoms))
                && let Some(cell) = row.get(column)
            {
                free = free.minus(cell);
            }
        }
        set(&mut part, column, free);
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(size: usize, of: impl IntoIterator<Item = usize>) -> AtomSet {
        let mut set = AtomSet::none(size);
        of.into_iter().for_each(|atom| set.insert(atom, atom));
        set
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = AtomSet::none(200);
        set.insert(60, 130);
        set.insert(5, 4);
        assert_eq!(
            set.atoms().collect::<Vec<_>>(),
            (60..=130).collect::<Vec<_>>()
        );
        assert!(set.contains(60) && !set.contains(59) && !set.contains(131) && !set.contains(5000));
        let rest = set.minus(&atoms(200, 61..130));
        assert_eq!(rest.atoms().collect::<Vec<_>>(), [60, 130]);
        assert!(rest.is_within(&set) && !set.is_within(&rest));
        assert!(set.common(&atoms(200, [3])).is_empty());
        assert!(rest.meets(&set) && !rest.meets(&atoms(200, 61..130)));
        let last = set.common(&atoms(200, [130, 199]));
        assert_eq!(last.atoms().collect::<Vec<_>>(), [130]);
        assert!(last.is_within(&rest) && !rest.is_within(&last) && !last.meets(&atoms(200, [60])));
    }

    #[test]
    fn what_two_rows_leave_is_found_and_widened() {
        let all = vec![atoms(3, 0..3), atoms(2, 0..2)];
        let rows = [
            vec![atoms(3, [0]), atoms(2, 0..2)],
            vec![atoms(3, 0..3), atoms(2, [0])],
        ];
        let found = cover(&all, &rows, &mut Work::new(1000)).expect("little work");
        let Cover::Left(part) = found else {
            panic!("something is left");
        };
        let part = widened(part, &all, &rows);
        let left = part.iter().map(|set| set.atoms().collect());
        assert_eq!(left.collect::<Vec<Vec<usize>>>(), [vec![1, 2], vec![1]]);
    }

    #[test]
    fn the_rows_that_take_a_part_are_named() {
        let part = vec![atoms(4, [1, 2])];
        let rows = [
            atoms(4, [0]),
            atoms(4, [1]),
            atoms(4, [2, 3]),
            atoms(4, 0..4),
        ];
        let rows = rows.map(|cell| vec![cell]);
        let found = cover(&part, &rows, &mut Work::new(1000)).expect("little work");
        assert!(matches!(found, Cover::Taken(takers) if takers == [1, 2]));
    }

    #[test]
    fn work_is_bounded() {
        let all = vec![atoms(2, 0..2); 40];
        let rows: Vec<Part> = (0..40)
            .map(|column| {
                let mut row = all.clone();
                row[column] = atoms(2, [0]);
                row[(column * 7 + 3) % 40] = atoms(2, [1]);
                row
            })
            .collect();
        assert!(cover(&all, &rows, &mut Work::new(100)).is_err());
    }
}
