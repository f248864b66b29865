//! Bounds what an expression may take, with every definition written out.
//!
//! Products are bounded by how many factors they multiply, which bounds the
//! digits of an exact result; lists by how deep quantifiers stand in one another.

use crate::ast::{Expr, ExprKind, Item};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::operators::Arithmetic;
use crate::source::Span;

use super::Checker;
use super::mentions::children;

/// What an expression takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// How many values are multiplied together at the most.
    pub(super) factors: u64,
    /// How deep quantifiers and aggregates stand in one another.
    pub(super) lists: u64,
}

impl Checker<'_> {
    /// What an expression as written takes, definitions written out.
    pub(super) fn cost_of(&self, expression: &Expr) -> Cost {
        let inner = children(expression)
            .into_iter()
            .map(|child| self.cost_of(child));
        let inner: Vec<Cost> = inner.collect();
        let lists = inner.iter().map(|cost| cost.lists).max().unwrap_or(0);
        let largest = inner.iter().map(|cost| cost.factors).max().unwrap_or(1);
        let all = inner.iter().map(|cost| cost.factors);
        match &expression.kind {
            ExprKind::Arithmetic {
                operator: Arithmetic::Multiply | Arithmetic::Divide,
                ..
            } => Cost {
                factors: all.fold(0, u64::saturating_add),
                lists,
            },
            ExprKind::Quantified { .. }
            | ExprKind::Picked { .. }
            | ExprKind::Aggregate { .. }
            | ExprKind::AggregateList { .. } => Cost {
                factors: largest,
                lists: lists.saturating_add(1),
            },
            ExprKind::Name(name) | ExprKind::Call { name, .. } => {
                let used = self.defines.iter().find(|define| define.name == name.text);
                let used = used.map_or(Cost::default(), |define| define.size.cost);
                Cost {
                    factors: used.factors.max(1).saturating_mul(largest.max(1)),
                    lists: used.lists.saturating_add(lists),
                }
            }
            _ => Cost {
                factors: largest,
                lists,
            },
        }
    }

    /// Reports an expression that takes more than the language allows, and says whether it does.
    pub(super) fn refuse_expensive(&mut self, cost: Cost, span: Span) -> bool {
        let (what, limit) = if cost.factors > limits::FACTORS {
            ("values multiplied together", limits::FACTORS)
        } else if cost.lists > limits::QUANTIFIER_DEPTH {
            (
                "lists gone through inside one another",
                limits::QUANTIFIER_DEPTH,
            )
        } else {
            return false;
        };
        self.report(
            Diagnostic::error(
                Code::TooCostly,
                span,
                format!("more than {limit} {what}, with every definition written out"),
            )
            .help("say it with fewer of them"),
        );
        true
    }

    /// Every clause of every policy.
    pub(super) fn refuse_expensive_policies(&mut self, items: &[Item]) {
        for item in items {
            let Item::Policy(policy) = item else {
                continue;
            };
            for clause in &policy.clauses {
                for expression in clause.kind.expressions() {
                    let cost = self.cost_of(expression);
                    self.refuse_expensive(cost, expression.span);
                }
            }
        }
    }
}
