//! Which policies can speak, found by the index of the package.
//!
//! Input: a moment and the index; then candidates. Output: the policies that passed everything that the index asks
//! of them, in no particular order. What reads the case alone is worked out at most once. Invariant: a policy that
//! is left out would not speak.

mod members;

use std::cell::{Cell, RefCell};

use crate::eval::{Candidate, Frame, Moment, OnceTable, holds, place};
use crate::program::{Expr, Index, Key, KeyRef, Lookup, Member, PolicyId, Test};
use crate::value::Value;
use members::Members;

/// What is known of a gate.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GateState {
    NotAsked,
    Open,
    Shut,
}

/// Finds the policies that can speak about a case.
pub(super) struct Selection<'m, 'a> {
    moment: &'m Moment<'a>,
    index: &'m Index,
    /// The numbers of the values at the places of the case.
    case_numbers: Vec<u32>,
    gates: Vec<Cell<GateState>>,
    sets: OnceTable<Members>,
    /// The numbers of the values at the places of the candidate that is asked about.
    numbers: RefCell<Vec<u32>>,
}

impl<'m, 'a> Selection<'m, 'a> {
    pub(super) fn new(moment: &'m Moment<'a>, index: &'m Index) -> Selection<'m, 'a> {
        let frame = Frame::new(0);
        let case_numbers = index.case_keys.iter();
        Selection {
            moment,
            index,
            case_numbers: case_numbers
                .map(|key| number(moment, &frame, key))
                .collect(),
            gates: vec![Cell::new(GateState::NotAsked); index.gates.len()],
            sets: OnceTable::new(index.sets.len()),
            numbers: RefCell::default(),
        }
    }

    /// Policies that speak about candidates and read none.
    pub(super) fn once(&self) -> Vec<PolicyId> {
        self.of_the_case(&self.index.once)
    }

    /// `always` that waits for nothing.
    pub(super) fn plain(&self) -> Vec<PolicyId> {
        self.of_the_case(&self.index.plain)
    }

    fn of_the_case(&self, lookup: &Lookup) -> Vec<PolicyId> {
        let mut found = Vec::new();
        self.find(lookup, &[], &mut |id| {
            if self.passes(id, None) {
                found.push(id);
            }
        });
        found
    }

    /// Adds the policies that read this candidate.
    pub(super) fn about(&self, candidate: Candidate<'_>, found: &mut Vec<PolicyId>) {
        self.find_about(candidate, &mut |id| {
            if self.passes(id, Some(candidate)) {
                found.push(id);
            }
        });
    }

    /// Adds the policies that may speak about this candidate, whether they read it or not, when only the clock moves.
    pub(super) fn lasting(&self, candidate: Candidate<'_>, found: &mut Vec<PolicyId>) {
        let mut add = |id| {
            if self.may_ever_pass(id, candidate) {
                found.push(id);
            }
        };
        self.find(&self.index.once, &[], &mut add);
        self.find_about(candidate, &mut add);
    }

    fn find_about(&self, candidate: Candidate<'_>, found: &mut dyn FnMut(PolicyId)) {
        let Some(about) = self.index.about.get(candidate.action.0 as usize) else {
            return;
        };
        let frame = Frame {
            candidate: Some(candidate),
            ..Frame::new(0)
        };
        let mut numbers = self.numbers.take();
        numbers.clear();
        numbers.extend(
            about
                .keys
                .iter()
                .map(|key| number(self.moment, &frame, key)),
        );
        self.find(&about.lookup, &numbers, found);
        self.numbers.replace(numbers);
    }

    /// Whether the conditions of a policy have to be gone through as they are written.
    pub(super) fn is_to_be_asked(&self, id: PolicyId) -> bool {
        let asks = self.index.asks.get(id.0 as usize);
        asks.is_none_or(|asks| asks.whole)
    }

    fn find(&self, lookup: &Lookup, numbers: &[u32], found: &mut dyn FnMut(PolicyId)) {
        lookup.always.iter().for_each(|id| found(*id));
        for group in &lookup.groups {
            if let Some(number) = self.combined(&group.places, numbers) {
                group.table.get(number).iter().for_each(|id| found(*id));
            }
        }
    }

    /// The number under which a group's policies stand; `None` where no policy names the value of a place.
    fn combined(&self, places: &[(KeyRef, u128)], numbers: &[u32]) -> Option<u128> {
        let mut combined = 0u128;
        for (place, factor) in places {
            let number = match place {
                KeyRef::Case(index) => self.case_numbers.get(*index as usize),
                KeyRef::Candidate(index) => numbers.get(*index as usize),
            };
            let step = u128::from(number?.checked_sub(1)?).saturating_mul(*factor);
            combined = combined.saturating_add(step);
        }
        Some(combined)
    }

    fn passes(&self, id: PolicyId, candidate: Option<Candidate<'_>>) -> bool {
        let Some(asks) = self.index.asks.get(id.0 as usize) else {
            return true;
        };
        asks.gates.iter().all(|gate| self.is_open(*gate))
            && self.pass(&asks.tests, asks.variables, candidate)
    }

    /// Whether nothing but what goes with the clock can keep a policy from speaking.
    fn may_ever_pass(&self, id: PolicyId, candidate: Candidate<'_>) -> bool {
        let Some(asks) = self.index.asks.get(id.0 as usize) else {
            return true;
        };
        let mut gates = asks.gates.iter().take(asks.lasting_gates);
        let tests = asks.tests.get(..asks.lasting_tests).unwrap_or_default();
        gates.all(|gate| self.is_open(*gate)) && self.pass(tests, asks.variables, Some(candidate))
    }

    fn pass(&self, tests: &[Test], variables: u32, candidate: Option<Candidate<'_>>) -> bool {
        if tests.is_empty() {
            return true;
        }
        let mut frame = Frame {
            candidate,
            ..Frame::new(variables)
        };
        tests.iter().all(|test| match test {
            Test::Condition(condition, wanted) => {
                holds(self.moment, &mut frame, condition) == *wanted
            }
            Test::Member(member) => self.is_member(member, &frame) == member.wanted,
        })
    }

    fn is_open(&self, index: u32) -> bool {
        let place = index as usize;
        let (Some(gate), Some(state)) = (self.index.gates.get(place), self.gates.get(place)) else {
            return true;
        };
        if state.get() == GateState::NotAsked {
            let mut frame = Frame::new(gate.variables);
            let open = holds(self.moment, &mut frame, &gate.condition) == gate.wanted;
            state.set(if open {
                GateState::Open
            } else {
                GateState::Shut
            });
        }
        state.get() == GateState::Open
    }

    /// Whether the condition that asks for the member is true.
    fn is_member(&self, member: &Member, frame: &Frame<'_>) -> bool {
        let set = self.index.sets.get(member.set as usize);
        let (Some(set), Some(cell)) = (set, self.sets.cell(member.set)) else {
            return false;
        };
        let members = cell.get_or_init(|| Members::gather(self.moment, set));
        let value = value_at(self.moment, frame, &member.place);
        if value.is_missing() && member.needs_value {
            return false;
        }
        members.contain(value) == Some(member.inside)
    }
}

/// The number of the value at a place; 0 where no policy names it.
fn number(moment: &Moment<'_>, frame: &Frame<'_>, key: &Key) -> u32 {
    key.known.number(value_at(moment, frame, &key.place))
}

fn value_at<'v>(moment: &'v Moment<'_>, frame: &'v Frame<'_>, at: &'v Expr) -> &'v Value {
    place(moment, frame, at).unwrap_or(&Value::Missing)
}
