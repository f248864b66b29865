//! The tables in which policies are found by the values that they name.

use crate::program::{
    About, Expr, FieldTable, Fixed, Group, Key, KeyRef, Known, Lookup, PolicyId, Table,
};
use crate::schema::ActionId;
use crate::value::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most sets of places by which policies are looked up; each is a look into a table for every candidate.
const SIGNATURES: usize = 48;

/// Largest table that is laid out by place.
const DENSE: u128 = 4_096;

/// Most values that are compared one by one.
const FEW: usize = 4;

/// A part of a policy's conditions that holds exactly where a place has one of these values.
#[derive(Clone, Debug)]
pub(super) struct KeyPart {
    pub(super) of_the_case: bool,
    pub(super) place: Expr,
    pub(super) values: Vec<Value>,
    /// The same as a condition.
    pub(super) condition: Expr,
}

/// The sets of places by which policies are looked up.
#[derive(Default)]
pub(super) struct Signatures(HashSet<Vec<Expr>>);

impl Signatures {
    /// Whether policies may be looked up by these places.
    pub(super) fn has_room_for(&mut self, keys: &[KeyPart]) -> bool {
        if keys.len() < 2 {
            return true;
        }
        let places: Vec<Expr> = keys.iter().map(|key| key.place.clone()).collect();
        if self.0.len() < SIGNATURES {
            self.0.insert(places);
            return true;
        }
        self.0.contains(&places)
    }
}

/// A place, and the values of it that were met.
struct Values {
    place: Expr,
    numbers: HashMap<Value, u32>,
    values: Vec<Value>,
}

/// The places of the case or of one action.
#[derive(Default)]
struct Places {
    known: HashMap<Expr, u32>,
    all: Vec<Values>,
}

/// A policy with the numbers of the values that it names, for each place.
type Row = (Vec<Vec<u32>>, PolicyId);

/// The policies of one lookup: by the places at which they are found, with the numbers of the values there.
#[derive(Default)]
struct Rows {
    always: Vec<PolicyId>,
    groups: BTreeMap<Vec<KeyRef>, Vec<Row>>,
}

/// All policies, sorted into lookups.
pub(super) struct Entries {
    case: Places,
    actions: Vec<(Places, Rows)>,
    once: Rows,
    plain: Rows,
}

impl Entries {
    pub(super) fn new(actions: usize) -> Entries {
        Entries {
            case: Places::default(),
            actions: (0..actions).map(|_| Default::default()).collect(),
            once: Rows::default(),
            plain: Rows::default(),
        }
    }

    pub(super) fn plain(&mut self, id: PolicyId, keys: &[KeyPart]) {
        let keys = self.case.numbered(keys);
        self.plain.add(id, keys);
    }

    pub(super) fn once(&mut self, id: PolicyId, keys: &[KeyPart]) {
        let keys = self.case.numbered(keys);
        self.once.add(id, keys);
    }

    pub(super) fn about(&mut self, id: PolicyId, actions: &[ActionId], keys: &[KeyPart]) {
        for action in actions {
            let Some((places, rows)) = self.actions.get_mut(action.0 as usize) else {
                continue;
            };
            let (of_case, own): (Vec<KeyPart>, Vec<KeyPart>) =
                keys.iter().cloned().partition(|key| key.of_the_case);
            let mut numbers = self.case.numbered(&of_case);
            let own: Vec<KeyPart> = own.into_iter().map(|key| key.about(*action)).collect();
            numbers.extend(places.numbered_of_candidate(&own));
            rows.add(id, numbers);
        }
    }

    pub(super) fn finish(self) -> (Vec<Key>, Vec<About>, Lookup, Lookup) {
        let case = &self.case;
        let about = self.actions.into_iter().map(|(places, rows)| About {
            lookup: rows.finish(case, &places),
            keys: places.keys(),
        });
        let about: Vec<About> = about.collect();
        let none = Places::default();
        let once = self.once.finish(case, &none);
        let plain = self.plain.finish(case, &none);
        (self.case.keys(), about, once, plain)
    }
}

impl KeyPart {
    /// The same for the candidates of one action.
    fn about(mut self, action: ActionId) -> KeyPart {
        keep_only(&mut self.place, action);
        self
    }
}

fn keep_only(place: &mut Expr, action: ActionId) {
    match place {
        Expr::CandidateField(table) => {
            let own = table.places.iter().filter(|(id, _)| *id == action);
            *table = FieldTable {
                places: own.copied().collect(),
            };
        }
        Expr::Field { base, .. } => keep_only(base, action),
        _ => {}
    }
}

impl Places {
    fn numbered(&mut self, keys: &[KeyPart]) -> Vec<(KeyRef, Vec<u32>)> {
        let numbered = keys.iter().map(|key| self.numbers(key));
        let numbered = numbered.map(|(place, numbers)| (KeyRef::Case(place), numbers));
        numbered.collect()
    }

    fn numbered_of_candidate(&mut self, keys: &[KeyPart]) -> Vec<(KeyRef, Vec<u32>)> {
        let numbered = keys.iter().map(|key| self.numbers(key));
        let numbered = numbered.map(|(place, numbers)| (KeyRef::Candidate(place), numbers));
        numbered.collect()
    }

    fn numbers(&mut self, key: &KeyPart) -> (u32, Vec<u32>) {
        let next = count(self.all.len());
        let place = *self.known.entry(key.place.clone()).or_insert(next);
        if place == next {
            self.all.push(Values {
                place: key.place.clone(),
                numbers: HashMap::new(),
                values: Vec::new(),
            });
        }
        let numbers = match self.all.get_mut(place as usize) {
            Some(values) => key
                .values
                .iter()
                .map(|value| values.number(value))
                .collect(),
            None => Vec::new(),
        };
        (place, numbers)
    }

    /// How many values of a place are known.
    fn size(&self, place: u32) -> u128 {
        let values = self.all.get(place as usize);
        values.map_or(1, |values| u128::from(count(values.values.len())).max(1))
    }

    fn keys(self) -> Vec<Key> {
        let keys = self.all.into_iter().map(|values| Key {
            place: values.place,
            known: known(values.values),
        });
        keys.collect()
    }
}

impl Values {
    /// The number of a value, from 1.
    fn number(&mut self, value: &Value) -> u32 {
        if let Some(known) = self.numbers.get(value) {
            return *known;
        }
        self.values.push(value.clone());
        let number = count(self.values.len());
        self.numbers.insert(value.clone(), number);
        number
    }
}

/// Values in the order of their numbers.
fn known(values: Vec<Value>) -> Known {
    if values.iter().all(|value| matches!(value, Value::Choice(_))) {
        return Known::Choices(by_place(&values));
    }
    if values.len() <= FEW {
        return Known::Few(values.into());
    }
    Known::Many(values.into_iter().zip(1u32..).collect())
}

fn by_place(values: &[Value]) -> Box<[u32]> {
    let mut numbers: Vec<u32> = Vec::new();
    for (value, number) in values.iter().zip(1u32..) {
        let Value::Choice(choice) = value else {
            continue;
        };
        let place = choice.index as usize;
        if numbers.len() <= place {
            numbers.resize(place.saturating_add(1), 0);
        }
        if let Some(slot) = numbers.get_mut(place) {
            *slot = number;
        }
    }
    numbers.into()
}

impl Rows {
    fn add(&mut self, id: PolicyId, mut keys: Vec<(KeyRef, Vec<u32>)>) {
        if keys.is_empty() {
            self.always.push(id);
            return;
        }
        keys.sort_by_key(|(place, _)| *place);
        let (places, numbers) = keys.into_iter().unzip();
        self.groups.entry(places).or_default().push((numbers, id));
    }

    fn finish(self, case: &Places, candidate: &Places) -> Lookup {
        let size = |place: &KeyRef| match place {
            KeyRef::Case(place) => case.size(*place),
            KeyRef::Candidate(place) => candidate.size(*place),
        };
        let groups = self.groups.into_iter().map(|(places, rows)| {
            let mut all = 1u128;
            let mut factors = Vec::new();
            for place in places {
                factors.push((place, all));
                all = all.saturating_mul(size(&place));
            }
            Group {
                table: table(&factors, rows, all),
                places: factors.into(),
            }
        });
        Lookup {
            always: self.always.into(),
            groups: groups.collect(),
        }
    }
}

fn table(places: &[(KeyRef, u128)], rows: Vec<Row>, all: u128) -> Table {
    let mut by_number: BTreeMap<u128, Vec<PolicyId>> = BTreeMap::new();
    for (numbers, id) in rows {
        for number in combinations(places, &numbers) {
            by_number.entry(number).or_default().push(id);
        }
    }
    if all > DENSE {
        let sparse = by_number
            .into_iter()
            .map(|(number, ids)| (number, ids.into()));
        return Table::Sparse(sparse.collect::<Fixed<u128, Box<[PolicyId]>>>());
    }
    let mut of = |number: u128| by_number.remove(&number).unwrap_or_default().into();
    Table::Dense((0..all).map(&mut of).collect())
}

/// The number of every combination of one value for each place.
fn combinations(places: &[(KeyRef, u128)], numbers: &[Vec<u32>]) -> Vec<u128> {
    let mut all = vec![0u128];
    for ((_, factor), numbers) in places.iter().zip(numbers) {
        let mut longer = Vec::with_capacity(all.len().saturating_mul(numbers.len()));
        for start in &all {
            for number in numbers {
                let step = u128::from(number.saturating_sub(1)).saturating_mul(*factor);
                longer.push(start.saturating_add(step));
            }
        }
        all = longer;
    }
    all
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
