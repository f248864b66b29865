//! What an expression reads, for those who look for policies by what they ask.

use crate::compile::share::renumber;
use crate::compile::walk::{bound_variable, children};
use crate::operators::Function;
use crate::program::{Expr, Program};

/// What an expression reads.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    /// A field of the candidate.
    pub(super) candidate: bool,
    /// A field of what a duty belongs to.
    pub(super) carrier: bool,
    /// Something that goes with the clock.
    pub(super) clock: bool,
    /// Variables that are bound elsewhere.
    pub(super) free: Vec<u32>,
    /// Variables that are bound in it.
    pub(super) bound: Vec<u32>,
}

impl Survey {
    /// Whether it reads the case alone.
    pub(super) fn is_of_the_case(&self) -> bool {
        !self.candidate && !self.carrier && self.free.is_empty()
    }
}

/// What each definition and each shared value of a program reads.
pub(super) struct Surveyor {
    defines: Vec<Survey>,
    shared_clocks: Vec<bool>,
}

impl Surveyor {
    pub(super) fn of(program: &Program) -> Surveyor {
        let mut surveyor = Surveyor {
            defines: Vec::new(),
            shared_clocks: Vec::new(),
        };
        // They read one another; what is not known yet counts as a clock, so a second look finds more that is none.
        for _ in 0..2 {
            for (place, shared) in program.shared.iter().enumerate() {
                let clock = surveyor.survey(&mut shared.value.clone()).clock;
                put(&mut surveyor.shared_clocks, place, clock);
            }
            for (place, define) in program.defines.iter().enumerate() {
                let survey = surveyor.survey(&mut define.body.clone());
                put(&mut surveyor.defines, place, survey);
            }
        }
        surveyor
    }

    /// What an expression reads. It is handed in to be changed and left as it is.
    pub(super) fn survey(&self, expr: &mut Expr) -> Survey {
        let mut survey = Survey::default();
        self.look_at(expr, &mut survey);
        survey
            .free
            .retain(|variable| !survey.bound.contains(variable));
        survey
    }

    fn look_at(&self, expr: &mut Expr, survey: &mut Survey) {
        survey.bound.extend(bound_variable(expr).copied());
        match &*expr {
            Expr::Variable(variable) => survey.free.push(*variable),
            Expr::CandidateField(_) => survey.candidate = true,
            Expr::CarrierField(_) => survey.carrier = true,
            Expr::Shared(index) => survey.clock |= self.shared_clock(*index),
            Expr::Call { define, .. } => self.call(*define, survey),
            other => survey.clock |= is_clock(other),
        }
        children(expr, &mut |part| self.look_at(part, survey));
    }

    fn shared_clock(&self, index: u32) -> bool {
        self.shared_clocks.get(index as usize).is_none_or(|it| *it)
    }

    fn call(&self, define: u32, survey: &mut Survey) {
        let Some(reads) = self.defines.get(define as usize) else {
            (survey.candidate, survey.carrier, survey.clock) = (true, true, true);
            return;
        };
        survey.candidate |= reads.candidate;
        survey.carrier |= reads.carrier;
        survey.clock |= reads.clock;
    }
}

/// Puts something at a place of a list that is there, or behind its last.
fn put<T>(all: &mut Vec<T>, place: usize, it: T) {
    match all.get_mut(place) {
        Some(old) => *old = it,
        None => all.push(it),
    }
}

/// Whether an expression goes with the clock by itself, whatever its parts are. Where one cannot tell, it does.
fn is_clock(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Now
            | Expr::Today { .. }
            | Expr::DayOfYear { .. }
            | Expr::DayOfMonth { .. }
            | Expr::Within { .. }
            | Expr::WithinCalendar { .. }
            | Expr::WorkingShift { .. }
            | Expr::WorkingBetween { .. }
            | Expr::Function {
                function: Function::Age | Function::Anniversary,
                ..
            }
    )
}

/// The expression with its variables numbered from 0, and how many there are.
pub(super) fn numbered(expr: &Expr) -> (Expr, u32) {
    let mut expr = expr.clone();
    let variables = renumber(&mut expr);
    (expr, variables)
}
