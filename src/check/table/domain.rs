//! What a column may hold, cut into atoms that its cells do not tell apart.
//!
//! A choice, a YesNo, a Weekday: one atom for each value. A Text, a Timezone: one for each constant, one for all
//! others. What has an order: one for each constant and one for each stretch between two of them, before the
//! first and after the last; stretches that hold nothing, such as that before midnight, are no atoms.

use super::cells::{Alternative, Constant};
use super::coverage::AtomSet;
use crate::operators::Comparison;
use crate::schema::{Schema, Type};
use crate::value::{
    EARLIEST_DATE, EARLIEST_INSTANT, LATEST_DATE, LATEST_INSTANT, Time, Value, weekday_named,
};
use std::cmp::Ordering;
use std::collections::HashMap;

/// The atoms of a column.
#[derive(Debug)]
pub(super) struct Domain {
    kind: Kind,
    /// How many there are, with those that hold nothing.
    size: usize,
    /// Those that hold something.
    pub(super) all: AtomSet,
}

#[derive(Debug)]
enum Kind {
    /// Every value, by the word for it.
    Named(Vec<(Value, String)>),
    /// The constants; atom 0 lies before the first, 1 is the first, and so on.
    Ordered { cuts: Vec<Constant>, times: bool },
    /// The constants in the order written, and what any other value is called.
    Open {
        cuts: Vec<Constant>,
        places: HashMap<Value, usize>,
        other: &'static str,
    },
}

/// What a run of atoms is bounded by: the cut, and whether it belongs to the run.
type End<'a> = Option<(&'a Constant, bool)>;

impl Domain {
    /// The domain of a column of that type whose cells use these constants; `None` where a table cannot be asked
    /// with such a type.
    pub(super) fn new(ty: &Type, schema: &Schema, constants: Vec<Constant>) -> Option<Domain> {
        let kind = match ty {
            Type::YesNo | Type::Weekday | Type::Choice(_) => Kind::Named(named(ty, schema)?),
            Type::Text => open(constants, "any other text"),
            Type::Timezone => open(constants, "any other time zone"),
            Type::Number | Type::Money(_) | Type::Duration => ordered(constants, false),
            Type::Date | Type::Time | Type::DateTime => ordered(constants, true),
            Type::Period | Type::Record(_) | Type::List(_) | Type::Unknown => return None,
        };
        let size = match &kind {
            Kind::Named(values) => values.len(),
            Kind::Ordered { cuts, .. } => cuts.len().saturating_mul(2).saturating_add(1),
            Kind::Open { cuts, .. } => cuts.len().saturating_add(1),
        };
        let mut all = AtomSet::none(size);
        match &kind {
            Kind::Ordered { cuts, .. } => {
                for atom in (0..size).filter(|atom| holds_something(*atom, cuts)) {
                    all.insert(atom, atom);
                }
            }
            _ => all.insert(0, size.saturating_sub(1)),
        }
        Some(Domain { kind, size, all })
    }

    /// The atoms for which one of the alternatives holds.
    pub(super) fn atoms(&self, alternatives: &[Alternative]) -> AtomSet {
        let mut set = AtomSet::none(self.size);
        for alternative in alternatives {
            self.add(&mut set, alternative);
        }
        set.common(&self.all)
    }

    fn add(&self, set: &mut AtomSet, alternative: &Alternative) {
        match alternative {
            Alternative::Anything => set.insert(0, usize::MAX),
            Alternative::Value(value) => {
                if let Some(atom) = self.place(&value.value) {
                    set.insert(atom, atom);
                }
            }
            Alternative::Range(low, high) => {
                let ends = (self.place(&low.value), self.place(&high.value));
                let (Some(low), Some(high)) = ends else {
                    return;
                };
                if low > high && alternative.is_over_midnight() {
                    set.insert(0, high);
                    set.insert(low, usize::MAX);
                } else {
                    set.insert(low, high);
                }
            }
            Alternative::Compare(comparison, value) => {
                let Some(atom) = self.place(&value.value) else {
                    return;
                };
                match comparison {
                    Comparison::Same => set.insert(atom, atom),
                    Comparison::Less => {
                        if let Some(last) = atom.checked_sub(1) {
                            set.insert(0, last);
                        }
                    }
                    Comparison::AtMost => set.insert(0, atom),
                    Comparison::More => set.insert(atom.saturating_add(1), usize::MAX),
                    Comparison::AtLeast => set.insert(atom, usize::MAX),
                }
            }
        }
    }

    /// The atom of a constant.
    fn place(&self, value: &Value) -> Option<usize> {
        match &self.kind {
            Kind::Named(values) => values.iter().position(|(named, _)| named == value),
            Kind::Open { places, .. } => places.get(value).copied(),
            Kind::Ordered { cuts, .. } => cuts
                .binary_search_by(|cut| order(&cut.value, value))
                .ok()
                .map(|index| index.saturating_mul(2).saturating_add(1)),
        }
    }

    /// One of these cases in words, to stand after `is`; `None` where they are all there are.
    pub(super) fn words(&self, atoms: &AtomSet) -> Option<String> {
        if self.all.is_within(atoms) {
            return None;
        }
        let first = atoms.atoms().next()?;
        Some(match &self.kind {
            Kind::Named(values) => values.get(first)?.1.clone(),
            Kind::Open { cuts, other, .. } => cuts
                .get(first)
                .map_or((*other).to_string(), |cut| cut.text.clone()),
            Kind::Ordered { cuts, times } => {
                let (low, high) = self.first_run(atoms, cuts);
                match (low, high) {
                    (Some((low, true)), Some((high, true))) if low.value == high.value => {
                        low.text.clone()
                    }
                    (low, high) => {
                        let low = low.map(|end| low_words(end, *times));
                        let high = high.map(|end| high_words(end, *times));
                        let ends: Vec<String> = low.into_iter().chain(high).collect();
                        ends.join(" and ")
                    }
                }
            }
        })
    }

    /// A cell that holds for at least one of these cases, for most of them where it can.
    pub(super) fn cell(&self, atoms: &AtomSet) -> String {
        if self.all.is_within(atoms) {
            return "anything".to_string();
        }
        match &self.kind {
            Kind::Named(values) => {
                let words = values.iter().enumerate();
                let words = words.filter(|(atom, _)| atoms.contains(*atom));
                let words: Vec<&str> = words.map(|(_, (_, word))| word.as_str()).collect();
                words.join(" or ")
            }
            Kind::Open { cuts, .. } if atoms.contains(cuts.len()) => "anything".to_string(),
            Kind::Open { cuts, .. } => {
                let cuts = cuts.iter().enumerate();
                let cuts = cuts.filter(|(atom, _)| atoms.contains(*atom));
                let words: Vec<&str> = cuts.map(|(_, cut)| cut.text.as_str()).collect();
                words.join(" or ")
            }
            Kind::Ordered { cuts, times } => match self.first_run(atoms, cuts) {
                (Some((low, _)), Some((high, _))) if low.value == high.value => low.text.clone(),
                (Some((low, _)), Some((high, _))) => format!("{} to {}", low.text, high.text),
                (Some(low), None) => low_words(low, *times),
                (None, Some(high)) => high_words(high, *times),
                (None, None) => "anything".to_string(),
            },
        }
    }

    /// The first atoms that follow one another without a gap, by their ends.
    fn first_run<'c>(&self, atoms: &AtomSet, cuts: &'c [Constant]) -> (End<'c>, End<'c>) {
        let Some(first) = atoms.atoms().next() else {
            return (None, None);
        };
        let mut last = first;
        let mut ended = false;
        for atom in self.all.atoms().filter(|atom| *atom > first) {
            if !atoms.contains(atom) {
                ended = true;
                break;
            }
            last = atom;
        }
        let begins = self.all.atoms().next() == Some(first);
        let low = (!begins).then(|| end(first, cuts, first.checked_sub(1)));
        let high = ended.then(|| end(last, cuts, last.checked_add(1)));
        (low.flatten(), high.flatten())
    }
}

/// The cut at an atom, or where it lies between two, the one beside it.
fn end(atom: usize, cuts: &[Constant], beside: Option<usize>) -> End<'_> {
    if atom % 2 == 1 {
        return cuts.get(atom / 2).map(|cut| (cut, true));
    }
    cuts.get(beside? / 2).map(|cut| (cut, false))
}

fn low_words((cut, included): (&Constant, bool), times: bool) -> String {
    let word = match (times, included) {
        (false, true) => "at least",
        (false, false) => "more than",
        (true, true) => "on or after",
        (true, false) => "after",
    };
    format!("{word} {}", cut.text)
}

fn high_words((cut, included): (&Constant, bool), times: bool) -> String {
    let word = match (times, included) {
        (false, true) => "at most",
        (false, false) => "less than",
        (true, true) => "on or before",
        (true, false) => "before",
    };
    format!("{word} {}", cut.text)
}

fn named(ty: &Type, schema: &Schema) -> Option<Vec<(Value, String)>> {
    Some(match ty {
        Type::YesNo => vec![
            (Value::YesNo(true), "yes".to_string()),
            (Value::YesNo(false), "no".to_string()),
        ],
        Type::Weekday => crate::value::WEEKDAYS
            .iter()
            .filter_map(|word| Some((Value::Weekday(weekday_named(word)?), (*word).to_string())))
            .collect(),
        Type::Choice(id) => {
            let values = &schema.choice(*id)?.values;
            let numbered = values.iter().enumerate();
            let named = numbered.map(|(index, value)| {
                let choice = crate::value::ChoiceValue {
                    index: crate::source::offset(index),
                    text: value.text.clone(),
                };
                (Value::Choice(choice), value.name.to_string())
            });
            named.collect()
        }
        _ => return None,
    })
}

fn open(constants: Vec<Constant>, other: &'static str) -> Kind {
    let mut cuts = Vec::new();
    let mut places = HashMap::new();
    for constant in constants {
        let place = cuts.len();
        if *places.entry(constant.value.clone()).or_insert(place) == place {
            cuts.push(constant);
        }
    }
    Kind::Open {
        cuts,
        places,
        other,
    }
}

fn ordered(mut constants: Vec<Constant>, times: bool) -> Kind {
    constants.sort_by(|a, b| order(&a.value, &b.value));
    constants.dedup_by(|a, b| order(&a.value, &b.value).is_eq());
    Kind::Ordered {
        cuts: constants,
        times,
    }
}

fn order(a: &Value, b: &Value) -> Ordering {
    a.compare(b).unwrap_or(Ordering::Equal)
}

/// Whether any value lies in an atom of an ordered column.
fn holds_something(atom: usize, cuts: &[Constant]) -> bool {
    if atom % 2 == 1 {
        return true;
    }
    let before = atom.checked_sub(1).and_then(|before| cuts.get(before / 2));
    let after = cuts.get(atom / 2);
    match (before, after) {
        (Some(low), Some(high)) => !are_neighbours(&low.value, &high.value),
        (None, Some(high)) => !is_first(&high.value),
        (Some(low), None) => !is_last(&low.value),
        (None, None) => true,
    }
}

/// Whether nothing lies between two values, the lower first.
fn are_neighbours(low: &Value, high: &Value) -> bool {
    match (low, high) {
        (Value::Date(low), Value::Date(high)) => low.tomorrow().is_ok_and(|next| next == *high),
        (Value::Time(low), Value::Time(high)) => {
            nanoseconds(*low).saturating_add(1) == nanoseconds(*high)
        }
        (Value::DateTime(low), Value::DateTime(high)) => {
            low.as_nanosecond().saturating_add(1) == high.as_nanosecond()
        }
        (Value::Span(low), Value::Span(high)) => {
            low.nanoseconds.saturating_add(1) == high.nanoseconds
        }
        _ => false,
    }
}

fn nanoseconds(time: Time) -> i64 {
    time.duration_since(Time::MIN)
        .as_nanos()
        .try_into()
        .unwrap_or(i64::MAX)
}

fn is_first(value: &Value) -> bool {
    match value {
        Value::Date(date) => *date <= EARLIEST_DATE,
        Value::Time(time) => *time == Time::MIN,
        Value::DateTime(instant) => *instant <= EARLIEST_INSTANT,
        _ => false,
    }
}

fn is_last(value: &Value) -> bool {
    match value {
        Value::Date(date) => *date >= LATEST_DATE,
        Value::Time(time) => *time == Time::MAX,
        Value::DateTime(instant) => *instant >= LATEST_INSTANT,
        _ => false,
    }
}
