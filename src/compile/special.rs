//! Definitions that are called with a clock: a copy for each clock, in which the parameter is the clock itself.
//!
//! `hours(weekday of now, time of now)` compares the time of day with the constants of a table. Handed over as a
//! mere value, nobody could say when the answer changes; where the clock itself is compared, evaluation marks it
//! exactly (see `eval::watch`). Input: a call whose arguments are compiled. Output: which definition it calls
//! instead. Invariant: the copy gives the same values; how many nodes are copied is bounded.

use super::walk::children;
use crate::limits::EXPANDED_NODES;
use crate::operators::Function;
use crate::program::{Define, Expr, Shared};
use crate::value::Value;
use std::collections::HashMap;

/// The copies, numbered after the definitions of the package.
#[derive(Default)]
pub(super) struct Copies {
    /// How many definitions the package has.
    pub(super) first: u32,
    pub(super) defines: Vec<Define>,
    known: HashMap<(u32, Vec<(u32, Expr)>), u32>,
    nodes: u64,
}

impl Copies {
    /// The definition to call; arguments that are clocks are taken out of `arguments` where it is a copy.
    pub(super) fn called(
        &mut self,
        define: u32,
        arguments: &mut [Expr],
        (defines, shared): (&[Define], &[Shared]),
    ) -> u32 {
        let clocks: Vec<(u32, Expr)> = (0_u32..)
            .zip(arguments.iter())
            .filter(|(_, argument)| is_clock(argument, shared))
            .map(|(slot, argument)| (slot, argument.clone()))
            .collect();
        if clocks.is_empty() {
            return define;
        }
        let key = (define, clocks);
        let copy = match self.known.get(&key) {
            Some(known) => *known,
            None => match self.copy(define, &key.1, (defines, shared)) {
                Some(copy) => *self.known.entry(key.clone()).or_insert(copy),
                None => return define,
            },
        };
        for (slot, _) in key.1 {
            if let Some(argument) = arguments.get_mut(slot as usize) {
                *argument = Expr::Constant(Value::Missing);
            }
        }
        copy
    }

    fn copy(
        &mut self,
        define: u32,
        clocks: &[(u32, Expr)],
        package: (&[Define], &[Shared]),
    ) -> Option<u32> {
        let original = match define.checked_sub(self.first) {
            None => package.0.get(define as usize),
            Some(copy) => self.defines.get(copy as usize),
        };
        let mut define = original?.clone();
        self.nodes = self.nodes.saturating_add(nodes_of(&mut define.body));
        if self.nodes > EXPANDED_NODES {
            return None;
        }
        self.put_in(&mut define.body, clocks, package);
        let index = self
            .first
            .checked_add(u32::try_from(self.defines.len()).ok()?)?;
        self.defines.push(define);
        Some(index)
    }

    /// Puts the clocks where the parameters stand, and into what is called with them.
    fn put_in(&mut self, expr: &mut Expr, clocks: &[(u32, Expr)], package: (&[Define], &[Shared])) {
        if let Expr::Variable(variable) = expr {
            let clock = clocks.iter().find(|(slot, _)| slot == variable);
            if let Some((_, clock)) = clock {
                *expr = clock.clone();
            }
            return;
        }
        children(expr, &mut |part| self.put_in(part, clocks, package));
        if let Expr::Call { define, arguments } = expr {
            *define = self.called(*define, arguments, package);
        }
    }
}

/// Whether an expression is a clock whose comparisons can be marked. One that reads variables or the candidate is
/// none: it means something else in the definition.
fn is_clock(expr: &Expr, shared: &[Shared]) -> bool {
    if !matches!(expr, Expr::Now | Expr::Shared(_)) {
        return false;
    }
    match resolved(expr, shared) {
        Expr::Now | Expr::Today { .. } => true,
        Expr::Function {
            function: Function::TimeOf | Function::DateOf,
            argument: of,
            ..
        }
        | Expr::Shift { from: of, .. } => matches!(resolved(of, shared), Expr::Now),
        _ => false,
    }
}

/// What is set apart under a number, or the expression itself.
fn resolved<'e>(expr: &'e Expr, shared: &'e [Shared]) -> &'e Expr {
    match expr {
        Expr::Shared(index) => shared.get(*index as usize).map_or(expr, |it| &it.value),
        other => other,
    }
}

fn nodes_of(expr: &mut Expr) -> u64 {
    let mut nodes = 1_u64;
    children(expr, &mut |part| {
        nodes = nodes.saturating_add(nodes_of(part));
    });
    nodes
}
