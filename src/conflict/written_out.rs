//! Clauses with every definition written out.
//!
//! Input: a clause of a policy. Output: the same without calls of definitions, each variable of each clause under a
//! number of its own, so that clauses of several policies can stand side by side; where it is asked about a duty,
//! what the duty says stands in place of the candidate's fields. Calls of tables stay, they are values like
//! others. Invariant: bounded: a clause that grows too large is not written out.

use crate::compile::parts_of;
use crate::ir::{self, Expr, ExprKind, VariableId};
use crate::source::Span;
use crate::value::Value;
use std::sync::Arc;

/// What a duty says, by the names of the action's fields.
pub(super) type Says = Vec<(Arc<str>, Option<Expr>)>;

/// What the names of a clause stand for.
#[derive(Clone, Copy)]
pub(super) struct Names<'n> {
    /// By number, what parameters stand for.
    parameters: &'n [Expr],
    /// What is added to the numbers of other variables.
    base: u32,
    /// Where the call stands that is written out.
    call: Option<Span>,
    /// What stands in place of the candidate's fields.
    says: Option<&'n Says>,
}

impl<'n> Names<'n> {
    /// The names of a policy whose variables are numbered from `base`.
    pub(super) fn of_policy(base: u32, says: Option<&'n Says>) -> Names<'n> {
        Names {
            parameters: &[],
            base,
            call: None,
            says,
        }
    }

    /// The number of a variable that is no parameter.
    fn number(&self, variable: VariableId) -> VariableId {
        VariableId(self.base.saturating_add(variable.0))
    }
}

/// Writes definitions out.
pub(super) struct Writer<'p> {
    defines: &'p [ir::Define],
    /// The first number that no variable has.
    next: u32,
}

impl<'p> Writer<'p> {
    pub(super) fn new(package: &'p ir::Package) -> Writer<'p> {
        Writer {
            defines: &package.defines,
            next: 0,
        }
    }

    /// Numbers for so many variables; the first of them.
    pub(super) fn numbers(&mut self, count: u32) -> u32 {
        let first = self.next;
        self.next = self.next.saturating_add(count);
        first
    }

    /// The clause, written out; `None` where it grows too large.
    pub(super) fn clause(&mut self, clause: &Expr, names: Names<'_>) -> Option<Expr> {
        let mut written = clause.clone();
        let mut left = super::NODES;
        self.write(&mut written, names, &mut left)?;
        Some(written)
    }

    fn write(&mut self, expr: &mut Expr, names: Names<'_>, left: &mut usize) -> Option<()> {
        *left = left.checked_sub(1)?;
        if let Some(call) = names.call {
            expr.span = call;
        }
        self.rename(expr, names);
        match &mut expr.kind {
            ExprKind::Variable(variable) => {
                let parameter = names.parameters.get(variable.0 as usize);
                match parameter {
                    Some(parameter) => replace(expr, parameter, left)?,
                    None => *variable = names.number(*variable),
                }
                return Some(());
            }
            ExprKind::CandidateField(name) => {
                let Some(says) = names.says else {
                    return Some(());
                };
                let (_, said) = says.iter().find(|(field, _)| field == name)?;
                return replace(expr, &given(said.as_ref(), expr), left);
            }
            _ => {}
        }
        let mut whole = Some(());
        parts_of(expr, &mut |part| {
            if whole.is_some() {
                whole = self.write(part, names, left);
            }
        });
        whole?;
        self.call(expr, left)
    }

    /// Gives the variable that an expression binds its own number.
    fn rename(&self, expr: &mut Expr, names: Names<'_>) {
        if let ExprKind::Quantified { variable, .. }
        | ExprKind::Picked { variable, .. }
        | ExprKind::Aggregate { variable, .. } = &mut expr.kind
        {
            *variable = names.number(*variable);
        }
    }

    /// Puts what a definition stands for in place of its call.
    fn call(&mut self, expr: &mut Expr, left: &mut usize) -> Option<()> {
        let ExprKind::Call { define, arguments } = &expr.kind else {
            return Some(());
        };
        let define = self.defines.get(define.0 as usize)?;
        if matches!(define.body.kind, ExprKind::Cases { .. }) {
            return Some(());
        }
        let arguments = arguments.clone();
        let names = Names {
            parameters: &arguments,
            base: self.numbers(define.variables),
            call: Some(expr.span),
            says: None,
        };
        let mut body = define.body.clone();
        self.write(&mut body, names, left)?;
        *expr = body;
        Some(())
    }
}

/// Puts a copy in place of an expression, at its place.
fn replace(expr: &mut Expr, by: &Expr, left: &mut usize) -> Option<()> {
    let mut copy = by.clone();
    *left = left.checked_sub(size(&mut copy))?;
    copy.span = expr.span;
    *expr = copy;
    Some(())
}

/// A condition whose variable of the one number has the other.
pub(super) fn renamed(expr: &Expr, from: u32, to: u32) -> Expr {
    let mut renamed = expr.clone();
    rename(&mut renamed, from, to);
    renamed
}

fn rename(expr: &mut Expr, from: u32, to: u32) {
    if let ExprKind::Variable(variable) = &mut expr.kind
        && variable.0 == from
    {
        variable.0 = to;
    }
    parts_of(expr, &mut |part| rename(part, from, to));
}

fn size(expr: &mut Expr) -> usize {
    let mut count = 1_usize;
    parts_of(expr, &mut |part| count = count.saturating_add(size(part)));
    count
}

/// What a duty says in a field. A known value is marked: unlike the constants of a package, which may be there to
/// be changed, it is what it is.
fn given(said: Option<&Expr>, field: &Expr) -> Expr {
    let constant = |value: Value| Expr {
        kind: ExprKind::Constant(value),
        ..field.clone()
    };
    let said = said.cloned().unwrap_or_else(|| constant(Value::Missing));
    if !matches!(said.kind, ExprKind::Constant(_)) {
        return said;
    }
    Expr {
        ty: said.ty.clone(),
        optional: said.optional,
        span: field.span,
        kind: ExprKind::Observed {
            probe: 0,
            inner: Box::new(said),
        },
    }
}

/// The known value that a duty says.
pub(super) fn given_value(expr: &Expr) -> Option<&Value> {
    let ExprKind::Observed { inner, .. } = &expr.kind else {
        return None;
    };
    match &inner.kind {
        ExprKind::Constant(value) => Some(value),
        _ => None,
    }
}
