//! Values and intervals that depend on the case alone.
//!
//! They are set apart, equal ones once, so that a case works each out at most once. Variables of what is set
//! apart are numbered anew in the order in which they are bound, so that equal is what is written alike.
//! Invariant: what may leave a witness behind (`any` and elements picked, outside of an aggregate) stays where
//! it is: its variable has to be bound in the frame of the policy.

use super::Reads;
use super::walk::{bound_variable, children, in_interval};
use crate::program::{Expr, Interval, IntervalRef, Quantifier, Shared, SharedInterval};
use std::collections::HashMap;

/// What is set apart. The maps are only looked up in; the order of the lists is that of first use.
#[derive(Default)]
pub(super) struct Pool {
    pub(super) shared: Vec<Shared>,
    pub(super) intervals: Vec<SharedInterval>,
    values_known: HashMap<Expr, u32>,
    intervals_known: HashMap<Interval, u32>,
    sources_known: HashMap<Expr, u32>,
}

impl Pool {
    /// The expression, set apart where that is worth it.
    pub(super) fn value(&mut self, mut expr: Expr, defines: &[Reads]) -> Expr {
        if !is_work(&expr) || !depends_on_case_alone(&mut expr, defines) {
            return expr;
        }
        let variables = renumber(&mut expr);
        let next = index(self.shared.len());
        let place = *self.values_known.entry(expr.clone()).or_insert(next);
        if place == next {
            self.shared.push(Shared {
                variables,
                value: expr,
            });
        }
        Expr::Shared(place)
    }

    /// The interval, set apart where it depends on the case alone.
    pub(super) fn interval(&mut self, mut interval: Interval, defines: &[Reads]) -> IntervalRef {
        let mut survey = Survey::new(defines);
        in_interval(&mut interval, &mut |part| survey.look_at(part));
        if !survey.depends_on_case_alone() {
            return IntervalRef::Own(Box::new(interval));
        }
        let mut numbers = Numbers::default();
        in_interval(&mut interval, &mut |part| numbers.renumber(part));
        let next = index(self.intervals.len());
        let place = *self.intervals_known.entry(interval.clone()).or_insert(next);
        if place == next {
            self.intervals.push(SharedInterval {
                variables: numbers.count(),
                interval,
            });
        }
        IntervalRef::Shared(place)
    }

    /// The number of a list that is gone through: the same for lists that are written alike.
    pub(super) fn source_of(&mut self, list: &Expr) -> u32 {
        let mut list = list.clone();
        renumber(&mut list);
        let next = index(self.sources_known.len());
        *self.sources_known.entry(list).or_insert(next)
    }
}

fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// What an expression reads besides the case and variables.
pub(super) fn reads(expr: &mut Expr, defines: &[Reads]) -> Reads {
    let mut survey = Survey::new(defines);
    survey.look_at(expr);
    survey.reads
}

/// Whether working an expression out takes more than looking it up.
fn is_work(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Today { .. }
            | Expr::DayOfYear { .. }
            | Expr::DayOfMonth { .. }
            | Expr::Call { .. }
            | Expr::List(_)
            | Expr::Arithmetic { .. }
            | Expr::Shift { .. }
            | Expr::Rounded { .. }
            | Expr::Combine { .. }
            | Expr::Aggregate { .. }
            | Expr::Slice { .. }
            | Expr::Function { .. }
            | Expr::CountBetween { .. }
            | Expr::WorkingShift { .. }
            | Expr::WorkingBetween { .. }
            | Expr::Slot { .. }
    )
}

fn depends_on_case_alone(expr: &mut Expr, defines: &[Reads]) -> bool {
    let mut survey = Survey::new(defines);
    survey.look_at(expr);
    survey.depends_on_case_alone()
}

/// What was seen in an expression.
struct Survey<'d> {
    defines: &'d [Reads],
    reads: Reads,
    bound: Vec<u32>,
    used: Vec<u32>,
    witness: bool,
    in_aggregate: bool,
}

impl<'d> Survey<'d> {
    fn new(defines: &'d [Reads]) -> Survey<'d> {
        Survey {
            defines,
            reads: Reads::default(),
            bound: Vec::new(),
            used: Vec::new(),
            witness: false,
            in_aggregate: false,
        }
    }

    fn look_at(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Variable(variable) => self.used.push(*variable),
            Expr::CandidateField(_) => self.reads.candidate = true,
            Expr::CarrierField(_) => self.reads.carrier = true,
            Expr::Call { define, .. } => self.call(*define),
            // What is written down is looked at anew each time that it is asked.
            Expr::Observed { .. } => self.reads.observed = true,
            _ => {}
        }
        self.witness |= !self.in_aggregate && leaves_witness(expr);
        self.bound.extend(bound_variable(expr).copied());
        let outer = self.in_aggregate;
        self.in_aggregate |= matches!(expr, Expr::Aggregate { .. });
        children(expr, &mut |part| self.look_at(part));
        self.in_aggregate = outer;
    }

    fn call(&mut self, define: u32) {
        let reads = self
            .defines
            .get(define as usize)
            .copied()
            .unwrap_or_default();
        self.reads.candidate |= reads.candidate;
        self.reads.carrier |= reads.carrier;
        self.reads.observed |= reads.observed;
    }

    fn depends_on_case_alone(&self) -> bool {
        self.reads == Reads::default()
            && !self.witness
            && self
                .used
                .iter()
                .all(|variable| self.bound.contains(variable))
    }
}

/// Whether a variable stays bound for those who come after.
fn leaves_witness(expr: &Expr) -> bool {
    match expr {
        Expr::Picked { .. } => true,
        Expr::Quantified { quantifier, .. } => matches!(quantifier, Quantifier::Any),
        _ => false,
    }
}

/// Numbers the variables that an expression binds from 0, and says how many there are.
pub(super) fn renumber(expr: &mut Expr) -> u32 {
    let mut numbers = Numbers::default();
    numbers.renumber(expr);
    numbers.count()
}

/// The old numbers of variables by their new ones.
#[derive(Default)]
struct Numbers {
    old: Vec<u32>,
}

impl Numbers {
    fn renumber(&mut self, expr: &mut Expr) {
        if let Some(variable) = bound_variable(expr) {
            let new = self.count();
            self.old.push(*variable);
            *variable = new;
        }
        if let Expr::Variable(variable) = expr {
            // One that is bound further out keeps its number, out of the way of the new ones.
            let new = self.old.iter().rposition(|old| old == variable);
            *variable = new.map_or(u32::MAX.saturating_sub(*variable), index);
        }
        children(expr, &mut |part| self.renumber(part));
    }

    fn count(&self) -> u32 {
        index(self.old.len())
    }
}
