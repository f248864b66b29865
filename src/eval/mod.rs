//! Runs the expressions of a [`Program`] over one case.
//!
//! Input: a program, the inputs of a case, its moment, and the candidate in question. Output: values and
//! conditions. Invariants: everything is total: what a checked package cannot bring about gives
//! [`Value::Missing`], as a condition one that does not hold, and never a panic; nothing here reads a clock; a
//! list is evaluated once and never copied; what depends on the case alone is worked out at most once for it.

mod expression;
mod lists;
mod logic;
mod observe;
mod once;
pub mod operations;
mod positions;
mod record;
mod time;
mod watch;
mod working;

#[cfg(test)]
mod tests;

use crate::program::{Expr, FieldTable, Program, Shared};
use crate::schema::ActionId;
use crate::value::{Date, Timestamp, Value, WorkingTime, Zone, date_of};
use std::cell::OnceCell;

use time::Lying;
use watch::Watcher;

pub(crate) use expression::place;
pub(crate) use once::OnceTable;
pub(crate) use positions::Positions;

pub use expression::value_of;
pub use record::{
    EACH_VALUE, Ends, Keep, ONE_STEP, Recorder, Seen, SeenElement, SeenElements, Sides,
};
pub use watch::{Change, Watch};

/// What is worked out once for a case, with the marks that this left.
type Once<T> = OnceTable<(T, Watch)>;

/// What is missing, to be lent out.
static MISSING: Value = Value::Missing;

/// One case: what the host handed in, and when.
///
/// It remembers what it worked out, so it belongs to one thread.
#[derive(Debug)]
pub struct Moment<'a> {
    program: &'a Program,
    inputs: &'a [Value],
    now: Timestamp,
    zone: Zone,
    today: OnceCell<Date>,
    shared: Once<Value>,
    intervals: Once<Option<Lying>>,
    watcher: Watcher,
    calendars: Once<Option<WorkingTime>>,
    recorder: Option<&'a Recorder>,
    positions: Option<&'a Positions>,
}

impl<'a> Moment<'a> {
    /// The case with these inputs, by [`crate::schema::InputId`], at that instant.
    ///
    /// The package's zone is worked out here; it is UTC where the package names none.
    #[must_use]
    pub fn new(program: &'a Program, inputs: &'a [Value], now: Timestamp) -> Moment<'a> {
        if let Some(Expr::Constant(Value::Timezone(zone))) = &program.zone {
            return Moment::in_zone(program, inputs, now, zone.clone());
        }
        let in_utc = Moment::in_zone(program, inputs, now, Zone::utc());
        let Some(zone) = &program.zone else {
            return in_utc;
        };
        match value_of(&in_utc, &mut Frame::new(0), zone) {
            Value::Timezone(zone) => Moment::in_zone(program, inputs, now, zone),
            _ => in_utc,
        }
    }

    fn in_zone(
        program: &'a Program,
        inputs: &'a [Value],
        now: Timestamp,
        zone: Zone,
    ) -> Moment<'a> {
        Moment {
            program,
            inputs,
            now,
            zone,
            today: OnceCell::new(),
            shared: OnceTable::new(program.shared.len()),
            intervals: OnceTable::new(program.intervals.len()),
            watcher: Watcher::default(),
            calendars: OnceTable::new(program.calendars.len()),
            recorder: None,
            positions: None,
        }
    }

    /// The same case, with what an observed program sees of it written down from here on.
    #[must_use]
    pub fn recorded_by(self, recorder: Option<&'a Recorder>) -> Moment<'a> {
        Moment { recorder, ..self }
    }

    /// The same case, whose lists are gone through many times.
    pub(crate) fn with_positions(self, positions: &'a Positions) -> Moment<'a> {
        Moment {
            positions: Some(positions),
            ..self
        }
    }

    /// Who writes down what is seen.
    #[must_use]
    pub fn recorder(&self) -> Option<&'a Recorder> {
        self.recorder
    }

    /// The same case at an instant, watched: what is evaluated leaves word of when it may come out differently.
    #[must_use]
    pub fn watching(program: &'a Program, inputs: &'a [Value], now: Timestamp) -> Moment<'a> {
        Moment {
            watcher: Watcher::awake(),
            ..Moment::new(program, inputs, now)
        }
    }

    /// Runs without leaving word of when it may come out differently.
    pub fn unwatched<T>(&self, run: impl FnOnce() -> T) -> T {
        self.watcher.quietly(run)
    }

    /// Runs what is only shown: it leaves word of when it may come out differently, but not that it computes with `now`.
    pub fn for_show<T>(&self, run: impl FnOnce() -> T) -> T {
        self.watcher.for_show(run)
    }

    /// Runs, and says when what was evaluated may come out differently; nothing is known where nobody watches.
    pub fn watch<T>(&self, run: impl FnOnce() -> T) -> (T, Watch) {
        self.watcher.during(run)
    }

    /// The zone of the package's civil time.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The instant of the case.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The civil day of [`Moment::now`] in [`Moment::zone`].
    #[must_use]
    pub fn today(&self) -> Date {
        *self.today.get_or_init(|| date_of(self.now, &self.zone))
    }

    /// The program that is run.
    #[must_use]
    pub fn program(&self) -> &'a Program {
        self.program
    }

    /// The input of that index.
    fn input(&self, index: u32) -> &Value {
        self.inputs.get(index as usize).unwrap_or(&MISSING)
    }

    /// The shared value of that index.
    fn shared(&self, index: u32) -> &Value {
        let places = (
            self.program.shared.get(index as usize),
            self.shared.cell(index),
        );
        let (Some(shared), Some(cell)) = places else {
            return &MISSING;
        };
        if let Some((value, watch)) = cell.get() {
            self.watcher.note(*watch);
            return value;
        }
        let worked_out = self.work_out(shared);
        &cell.get_or_init(|| worked_out).0
    }

    /// A shared value, with the marks that it leaves. No closure stands between values that read one another: each
    /// would take its part of the stack.
    fn work_out(&self, shared: &Shared) -> (Value, Watch) {
        let before = self.watcher.begin();
        let value = value_of(self, &mut Frame::new(shared.variables), &shared.value);
        (value, self.watcher.end(before))
    }

    /// Where the shared interval of that index lies.
    fn interval(&self, index: u32) -> Option<&Lying> {
        let shared = self.program.intervals.get(index as usize)?;
        let cell = self.intervals.cell(index)?;
        let work_out = || time::lying(self, &mut Frame::new(shared.variables), &shared.interval);
        let (lying, watch) = cell.get_or_init(|| self.watcher.during(work_out));
        self.watcher.note(*watch);
        lying.as_ref()
    }

    /// The working time of the calendar of that index.
    fn calendar(&self, index: u32) -> Option<&WorkingTime> {
        let calendar = self.program.calendars.get(index as usize)?;
        let cell = self.calendars.cell(index)?;
        let work_out = || working::working_time(self, calendar);
        let (working, watch) = cell.get_or_init(|| self.watcher.during(work_out));
        self.watcher.note(*watch);
        working.as_ref()
    }
}

/// A proposal or a duty.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// What it would do.
    pub action: ActionId,
    /// Its values, by the fields of the action.
    pub values: &'a [Value],
}

impl<'a> Candidate<'a> {
    fn field(&self, table: &FieldTable) -> Option<&'a Value> {
        self.values.get(table.index_in(self.action)?)
    }
}

/// Where one policy, definition or shared value keeps its variables while it runs.
#[derive(Clone, Debug, Default)]
pub struct Frame<'a> {
    /// The variables by their slots; missing until they are bound.
    pub variables: Vec<Value>,
    /// The proposal or duty that is judged.
    pub candidate: Option<Candidate<'a>>,
    /// The proposal or duty that an `always … on` belongs to.
    pub carrier: Option<Candidate<'a>>,
}

impl<'a> Frame<'a> {
    /// A frame for that many variables, none bound, about no candidate.
    #[must_use]
    pub fn new(variables: u32) -> Frame<'a> {
        Frame {
            variables: vec![Value::Missing; variables as usize],
            candidate: None,
            carrier: None,
        }
    }

    /// Binds a variable; one that the frame has no place for is not bound.
    pub fn bind(&mut self, variable: u32, value: Value) {
        if let Some(place) = self.variables.get_mut(variable as usize) {
            *place = value;
        }
    }

    fn variable(&self, variable: u32) -> &Value {
        self.variables.get(variable as usize).unwrap_or(&MISSING)
    }

    /// A frame for a definition that is called from this one.
    fn callee(&self, variables: u32) -> Frame<'a> {
        Frame {
            candidate: self.candidate,
            carrier: self.carrier,
            ..Frame::new(variables)
        }
    }
}

/// Whether a condition holds in this frame.
///
/// The variable of an `any` that holds and of an element picked stay bound in the frame: the witnesses.
#[must_use]
pub fn holds(moment: &Moment<'_>, frame: &mut Frame<'_>, condition: &Expr) -> bool {
    logic::truth(moment, frame, condition) == Some(true)
}
