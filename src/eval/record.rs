//! Writes down what an observed program sees.
//!
//! Input: each probe entered and left, in the order of evaluation. Output: per condition whether it was seen to
//! hold and to fail; on request also what was seen, as trees that follow the conditions.
//! Invariants: what is kept is bounded: of a list the first [`ELEMENTS_KEPT`] elements of each outcome, and
//! [`ELEMENTS_IN_ALL`] of one case; the rest is counted.

use crate::program::{Probe, Watched};
use crate::value::Value;
use std::cell::RefCell;
use std::sync::Arc;

/// Elements of one list kept for each outcome.
const ELEMENTS_KEPT: usize = 10;

/// Elements kept of one case.
const ELEMENTS_IN_ALL: usize = 20_000;

/// How much is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Whether each condition was seen to hold and to fail.
    Sides,
    /// That, and everything that was seen.
    Everything,
    /// How many steps were taken; the probes are [`ONE_STEP`] and [`EACH_VALUE`].
    Steps,
}

/// The probe of a metered program at an expression that is worked out.
pub const ONE_STEP: u32 = 0;

/// The probe at one whose value is then gone through with all that is in it.
pub const EACH_VALUE: u32 = 1;

/// Whether a condition was seen to hold, and to fail; of a row of a table, whether it matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sides {
    /// It held at least once.
    pub holds: bool,
    /// It failed at least once.
    pub fails: bool,
}

impl Sides {
    /// Takes in what came of a probe.
    fn see(&mut self, probe: &Probe, outcome: &Value) {
        match (&probe.watched, outcome) {
            // What a row gives is looked at where it matches, and nowhere else.
            (Watched::Row(_), _) => self.holds = true,
            (_, Value::YesNo(holds)) if probe.is_condition() => {
                self.holds |= holds;
                self.fails |= !holds;
            }
            _ => {}
        }
    }
}

/// What was seen at a probe.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which probe.
    pub probe: u32,
    /// What it came to: of a condition `yes` or `no`, missing where that cannot be said.
    pub outcome: Value,
    /// The element that a loop left bound.
    pub bound: Value,
    /// Of a window, where it lies.
    pub ends: Option<Ends>,
    /// What was seen on the way, in the order in which it was looked at.
    pub parts: Vec<Seen>,
    /// Of a loop, what was asked of its elements.
    pub elements: SeenElements,
}

/// Where an interval of time lies: each end with whether it is included; without end where it has none.
#[derive(Clone, Debug)]
pub struct Ends {
    /// The beginning.
    pub from: Option<(Value, bool)>,
    /// The end.
    pub to: Option<(Value, bool)>,
}

/// The elements that a loop looked at.
#[derive(Clone, Debug, Default)]
pub struct SeenElements {
    /// Those that are kept, in the order in which they were looked at.
    pub kept: Vec<SeenElement>,
    /// How many were looked at.
    pub asked: usize,
    /// How many are not kept and passed.
    pub more_passed: usize,
    /// How many are not kept and failed.
    pub more_failed: usize,
}

/// One element of a list.
#[derive(Clone, Debug)]
pub struct SeenElement {
    /// Its place among those looked at, from 0.
    pub number: usize,
    /// The element.
    pub item: Value,
    /// Whether it passed everything that was asked of it.
    pub passed: bool,
    /// The value taken of it, and at which probe.
    pub taken: Option<(u32, Value)>,
    /// What was seen on the way.
    pub parts: Vec<Seen>,
}

/// Writes down what is seen of one case. It belongs to one thread.
#[derive(Debug)]
pub struct Recorder {
    probes: Arc<[Probe]>,
    keep: Keep,
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    sides: Vec<Sides>,
    open: Vec<Open>,
    /// What stands under no other probe, since it was last taken.
    roots: Vec<Seen>,
    elements: usize,
    steps: u64,
}

/// A probe that is not left yet.
#[derive(Debug, Default)]
struct Open {
    parts: Vec<Seen>,
    elements: SeenElements,
    passed: usize,
    failed: usize,
    /// The element whose turn it is.
    current: Option<SeenElement>,
}

impl Recorder {
    /// One that has seen nothing yet.
    #[must_use]
    pub fn new(probes: Arc<[Probe]>, keep: Keep) -> Recorder {
        let state = State {
            sides: vec![Sides::default(); probes.len()],
            ..State::default()
        };
        Recorder {
            probes,
            keep,
            state: RefCell::new(state),
        }
    }

    /// What was seen since this was last asked.
    #[must_use]
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut self.state.borrow_mut().roots)
    }

    /// By probe, what conditions and rows of tables were seen to do; of everything else nothing.
    #[must_use]
    pub fn into_sides(self) -> Vec<Sides> {
        self.state.into_inner().sides
    }

    /// How many steps were taken.
    #[must_use]
    pub fn into_steps(self) -> u64 {
        self.state.into_inner().steps
    }

    fn probe(&self, probe: u32) -> Option<&Probe> {
        self.probes.get(probe as usize)
    }

    /// The slot of the variable whose element is of interest at a probe.
    pub(super) fn variable(&self, probe: u32) -> Option<u32> {
        if self.keep != Keep::Everything {
            return None;
        }
        match &self.probe(probe)?.watched {
            Watched::Over(with) | Watched::ValueOver(with) => Some(with.variable),
            Watched::Element { variable, .. } => Some(*variable),
            _ => None,
        }
    }

    pub(super) fn enter(&self, _probe: u32) {
        if self.keep == Keep::Everything {
            self.state.borrow_mut().open.push(Open::default());
        }
    }

    pub(super) fn leave(&self, probe: u32, outcome: Value, bound: Value, ends: Option<Ends>) {
        if self.keep == Keep::Steps {
            let inside = if probe == EACH_VALUE {
                values_in(&outcome)
            } else {
                0
            };
            let steps = &mut self.state.borrow_mut().steps;
            *steps = steps.saturating_add(inside).saturating_add(1);
            return;
        }
        let Some(watched) = self.probe(probe) else {
            return;
        };
        let mut state = self.state.borrow_mut();
        if let Some(sides) = state.sides.get_mut(probe as usize) {
            sides.see(watched, &outcome);
        }
        if self.keep == Keep::Sides {
            return;
        }
        let State {
            open,
            roots,
            elements,
            ..
        } = &mut *state;
        let Some(mut left) = open.pop() else {
            return;
        };
        left.next_element(None, elements);
        if let Watched::Element { first, asks, .. } = watched.watched {
            if let Some(around) = open.last_mut() {
                if first {
                    around.begin_element(bound, elements);
                }
                around.look_at_element(asks, probe, outcome, left.parts);
            }
            return;
        }
        let seen = Seen {
            probe,
            outcome,
            bound,
            ends,
            parts: left.parts,
            elements: left.elements,
        };
        match open.last_mut() {
            Some(around) => around.parts.push(seen),
            None => roots.push(seen),
        }
    }
}

/// How many values stand in a value, in whatever stands in it too.
fn values_in(value: &Value) -> u64 {
    let inside = match value {
        Value::List(items) => &items[..],
        Value::Record(record) => &record.values[..],
        _ => &[],
    };
    inside.iter().fold(0, |sum: u64, value| {
        sum.saturating_add(1).saturating_add(values_in(value))
    })
}

impl Open {
    /// The next element has its turn.
    fn begin_element(&mut self, item: Value, kept_in_all: &mut usize) {
        let element = SeenElement {
            number: self.elements.asked,
            item,
            passed: true,
            taken: None,
            parts: Vec::new(),
        };
        self.elements.asked = self.elements.asked.saturating_add(1);
        self.next_element(Some(element), kept_in_all);
    }

    /// Something was asked or taken of the element whose turn it is.
    fn look_at_element(&mut self, asks: bool, probe: u32, outcome: Value, parts: Vec<Seen>) {
        let Some(current) = &mut self.current else {
            return;
        };
        current.parts.extend(parts);
        if asks {
            current.passed &= outcome == Value::YesNo(true);
        } else {
            current.taken = Some((probe, outcome));
        }
    }

    /// Puts the element away whose turn it was.
    fn next_element(&mut self, next: Option<SeenElement>, kept_in_all: &mut usize) {
        let Some(done) = std::mem::replace(&mut self.current, next) else {
            return;
        };
        let count = if done.passed {
            &mut self.passed
        } else {
            &mut self.failed
        };
        *count = count.saturating_add(1);
        if *count <= ELEMENTS_KEPT && *kept_in_all < ELEMENTS_IN_ALL {
            *kept_in_all = kept_in_all.saturating_add(1);
            self.elements.kept.push(done);
        } else if done.passed {
            self.elements.more_passed = self.elements.more_passed.saturating_add(1);
        } else {
            self.elements.more_failed = self.elements.more_failed.saturating_add(1);
        }
    }
}
