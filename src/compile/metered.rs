//! A program whose steps are counted.
//!
//! Input: a compiled program. Output: one that decides the same, in which every expression is observed, so that
//! whoever records it can count what is worked out. It is made for those who hold the stated cost of a package
//! against what its decisions take; the ordinary program stays as it is.

use super::walk::{children, in_interval};
use crate::eval::{EACH_VALUE, ONE_STEP};
use crate::operators::Aggregate;
use crate::program::{Expr, Limit, On, Policy, PolicyKind, Program, TextPart};
use crate::value::Value;

/// The same program, with every expression observed.
#[must_use]
pub fn compile_metered(program: &Program) -> Program {
    let mut metered = program.clone();
    let defines = metered.defines.iter_mut().map(|define| &mut define.body);
    let shared = metered.shared.iter_mut().map(|shared| &mut shared.value);
    let calendars = &mut metered.calendars;
    let calendars = calendars
        .iter_mut()
        .flat_map(|it| it.zone.iter_mut().chain(&mut it.except));
    for expr in defines
        .chain(shared)
        .chain(calendars)
        .chain(&mut metered.zone)
    {
        meter(expr);
    }
    for shared in &mut metered.intervals {
        in_interval(&mut shared.interval, &mut meter);
    }
    for policy in &mut metered.policies {
        in_policy(policy, &mut meter);
    }
    metered
}

fn in_policy(policy: &mut Policy, visit: &mut dyn FnMut(&mut Expr)) {
    if let Some(each) = &mut policy.for_each {
        visit(&mut each.list);
        each.condition.iter_mut().for_each(&mut *visit);
    }
    let clauses = policy.gate.iter_mut().chain(&mut policy.when);
    let clauses = clauses.chain(&mut policy.unless).chain(&mut policy.because);
    clauses.for_each(&mut *visit);
    match &mut policy.kind {
        PolicyKind::Never | PolicyKind::Only | PolicyKind::Allow => {}
        PolicyKind::Always { with, by, on, .. } => {
            with.iter_mut().flatten().chain(by).for_each(&mut *visit);
            if let Some(On::Fewer { number, .. }) = on {
                visit(number);
            }
        }
        PolicyKind::Prefer { by } => visit(by),
        PolicyKind::Limit(limit) => in_limit(limit, visit),
    }
}

fn in_limit(limit: &mut Limit, visit: &mut dyn FnMut(&mut Expr)) {
    visit(&mut limit.amount);
    let parts = limit.weight.iter_mut().chain(&mut limit.per);
    parts
        .chain(&mut limit.past)
        .chain(&mut limit.exempt)
        .for_each(visit);
}

/// Observes an expression and everything in it.
fn meter(expr: &mut Expr) {
    name_elements(expr);
    children(expr, &mut meter);
    count_values(expr);
    observe(expr, ONE_STEP);
}

fn observe(expr: &mut Expr, probe: u32) {
    let inner = std::mem::replace(expr, Expr::Constant(Value::Missing));
    *expr = Expr::Observed {
        probe,
        inner: Box::new(inner),
    };
}

/// Where nothing is taken of the elements of a list, they are taken themselves.
fn name_elements(expr: &mut Expr) {
    if let Expr::Aggregate {
        variable, value, ..
    } = expr
        && value.is_none()
    {
        *value = Some(Box::new(Expr::Variable(*variable)));
    }
}

/// What is gone through as a whole counts with all that is in it.
fn count_values(expr: &mut Expr) {
    match expr {
        Expr::Compare { left: whole, .. }
        | Expr::OneOf { value: whole, .. }
        | Expr::ListContains { list: whole, .. }
        | Expr::Aggregate {
            aggregate: Aggregate::Distinct,
            value: Some(whole),
            ..
        } => go_through(whole),
        Expr::Text(parts) => {
            for part in parts {
                if let TextPart::Value(whole) = part {
                    go_through(whole);
                }
            }
        }
        _ => {}
    }
}

/// An expression that is observed already is observed as a whole.
fn go_through(whole: &mut Expr) {
    if let Expr::Observed { probe, .. } = whole {
        *probe = EACH_VALUE;
    }
}
