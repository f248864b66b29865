//! The parts of which every one has to hold for a policy to speak.

use crate::program::{Define, Expr, Policy, PolicyKind};

/// A condition, and whether it has to hold or not to hold.
#[derive(Clone, Debug)]
pub(super) struct Part<'p> {
    pub(super) condition: &'p Expr,
    pub(super) wanted: bool,
}

/// The parts of a policy's conditions.
pub(super) fn parts_of<'p>(policy: &'p Policy, defines: &'p [Define]) -> Vec<Part<'p>> {
    let mut parts = Parts {
        defines,
        parts: Vec::new(),
    };
    for condition in &policy.gate {
        parts.all_hold(condition);
    }
    match (&policy.when, &policy.kind) {
        (Some(when), PolicyKind::Only) => parts.none_holds(when),
        (Some(when), _) => parts.all_hold(when),
        (None, _) => {}
    }
    if let Some(unless) = &policy.unless {
        parts.none_holds(unless);
    }
    parts.parts
}

struct Parts<'p> {
    defines: &'p [Define],
    parts: Vec<Part<'p>>,
}

impl<'p> Parts<'p> {
    fn all_hold(&mut self, condition: &'p Expr) {
        match condition {
            Expr::And(parts) => parts.iter().for_each(|part| self.all_hold(part)),
            Expr::Call { define, arguments } if arguments.is_empty() => {
                match self.body_of(*define) {
                    Some(body) => self.all_hold(body),
                    None => self.add(condition, true),
                }
            }
            _ => self.add(condition, true),
        }
    }

    fn none_holds(&mut self, condition: &'p Expr) {
        match condition {
            Expr::Or(parts) => parts.iter().for_each(|part| self.none_holds(part)),
            Expr::Call { define, arguments } if arguments.is_empty() => {
                match self.body_of(*define) {
                    Some(body) => self.none_holds(body),
                    None => self.add(condition, false),
                }
            }
            _ => self.add(condition, false),
        }
    }

    /// The body of a definition, where its parts mean the same outside of it: it binds no variables that one part
    /// could name of another.
    fn body_of(&self, define: u32) -> Option<&'p Expr> {
        let define = self.defines.get(define as usize)?;
        (define.variables == 0).then_some(&define.body)
    }

    fn add(&mut self, condition: &'p Expr, wanted: bool) {
        self.parts.push(Part { condition, wanted });
    }
}
