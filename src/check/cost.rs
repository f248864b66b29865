//! Bounds what an expression may take, with every definition written out.
//!
//! Input: expressions as written, definitions in the order in which they use one
//! another. Output: for each what evaluating it can take at the most, apart from
//! the lengths of the lists and texts of a case: how much of it there is, how
//! deep it goes through lists, how many numbers a product multiplies, how often
//! one value can be repeated in what comes out, and how much text of the policies
//! that holds. A variable takes what an element of its list takes, so that no
//! power is hidden behind a name. What [`limits`] refuses is reported.

use crate::ast::{Clause, ClauseKind, Expr, ExprKind, Item, Name, Policy, TextPart};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::operators::Arithmetic;
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Checker;
use super::defines::Defines;
use super::mentions::children;

/// What an expression takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    /// How many values and operations there are.
    pub(super) nodes: u64,
    /// How many numbers are multiplied together at the most.
    factors: u64,
    /// How deep quantifiers and aggregates stand in one another.
    lists: u64,
    /// How many values that are not written out can be put together in the result.
    copies: u64,
    /// Bytes of text as written that the result can hold.
    bytes: u64,
    /// How many expressions stand inside one another.
    depth: u64,
}

/// A single value.
pub(super) const ONE: Cost = Cost {
    nodes: 1,
    factors: 1,
    lists: 0,
    copies: 1,
    bytes: 0,
    depth: 1,
};

/// A literal, of any kind but a text.
const LITERAL: Cost = Cost {
    copies: 0,
    bytes: 16,
    ..ONE
};

/// A text or a list before anything is put into it.
const NOTHING: Cost = Cost { copies: 0, ..ONE };

impl Cost {
    /// Both are evaluated, and the result is one of them or none.
    fn and(self, other: Cost) -> Cost {
        Cost {
            nodes: self.nodes.saturating_add(other.nodes),
            factors: self.factors.max(other.factors),
            lists: self.lists.max(other.lists),
            copies: self.copies.max(other.copies),
            bytes: self.bytes.max(other.bytes),
            depth: self.depth.max(other.depth),
        }
    }

    /// Both are evaluated, and the result holds both.
    fn with(self, other: Cost) -> Cost {
        Cost {
            copies: self.copies.saturating_add(other.copies),
            bytes: self.bytes.saturating_add(other.bytes),
            ..self.and(other)
        }
    }

    /// What a definition takes whose parameters are given this.
    fn given(self, arguments: Cost) -> Cost {
        Cost {
            nodes: self.nodes.saturating_add(arguments.nodes),
            factors: self.factors.saturating_mul(arguments.factors),
            lists: self.lists.saturating_add(arguments.lists),
            copies: self.copies.saturating_mul(arguments.copies),
            bytes: self
                .bytes
                .saturating_add(self.copies.saturating_mul(arguments.bytes)),
            depth: self.depth.max(arguments.depth).saturating_add(1),
        }
    }
}

/// Works out costs, and knows what the variables in sight take.
struct Meter<'c> {
    defines: &'c Defines,
    /// Variables of the quantifiers around, the innermost last.
    around: Vec<(Arc<str>, Cost)>,
    /// Every variable there has been: other clauses may name it.
    before: BTreeMap<Arc<str>, Cost>,
}

impl<'c> Meter<'c> {
    fn new(defines: &'c Defines) -> Meter<'c> {
        Meter {
            defines,
            around: Vec::new(),
            before: BTreeMap::new(),
        }
    }

    /// What an expression takes: itself, one level around its parts.
    fn expr(&mut self, expression: &Expr) -> Cost {
        let cost = self.parts(expression);
        // Nothing is left of brackets once they are read.
        let level = u64::from(!matches!(expression.kind, ExprKind::Bracket(_)));
        Cost {
            depth: cost.depth.saturating_add(level),
            ..cost
        }
    }

    fn parts(&mut self, expression: &Expr) -> Cost {
        match &expression.kind {
            ExprKind::Name(name) => self.name(name),
            ExprKind::Call { name, arguments } => {
                let arguments = self.any_of(arguments, NOTHING);
                self.name(name).given(arguments)
            }
            ExprKind::Literal(_)
            | ExprKind::Money { .. }
            | ExprKind::Span { .. }
            | ExprKind::DayOfYear { .. } => LITERAL,
            ExprKind::Text(parts) => self.text(parts),
            ExprKind::List(items) => self.all_of(items),
            ExprKind::Record { fields, .. } => self.all_of(fields.iter().map(|given| &given.value)),
            ExprKind::Arithmetic {
                operator: Arithmetic::Multiply | Arithmetic::Divide,
                left,
                right,
                ..
            } => {
                let (left, right) = (self.expr(left), self.expr(right));
                Cost {
                    factors: left.factors.saturating_add(right.factors),
                    ..left.and(right).and(ONE)
                }
            }
            ExprKind::Quantified { variable, list, .. }
            | ExprKind::Picked { variable, list, .. }
            | ExprKind::Aggregate { variable, list, .. } => {
                self.over_list(expression, variable, list)
            }
            ExprKind::AggregateList { list, .. } => deeper(self.expr(list).and(ONE)),
            _ => self.any_of(children(expression), ONE),
        }
    }

    fn name(&self, name: &Name) -> Cost {
        let mut around = self.around.iter().rev();
        let variable = around
            .find(|(known, _)| *known == name.text)
            .map(|(_, cost)| *cost)
            .or_else(|| self.before.get(&name.text).copied());
        variable
            .or_else(|| Some(self.defines.get(&name.text)?.size.cost))
            .unwrap_or(ONE)
    }

    /// A quantifier, a pick or an aggregate: the list is gone through once, the
    /// rest is evaluated for each element.
    fn over_list(&mut self, expression: &Expr, variable: &Name, list: &Expr) -> Cost {
        let of_list = self.expr(list);
        self.bind(variable, of_list);
        let each = children(expression)
            .into_iter()
            .filter(|child| !std::ptr::eq(*child, list));
        let each = self.any_of(each, ONE);
        self.around.pop();
        deeper(of_list.and(each))
    }

    /// A variable takes what an element of its list takes.
    fn bind(&mut self, variable: &Name, of_list: Cost) {
        let element = Cost {
            nodes: 1,
            lists: 0,
            depth: 1,
            ..of_list
        };
        let before = self.before.entry(variable.text.clone()).or_insert(element);
        *before = before.and(element);
        self.around.push((variable.text.clone(), element));
    }

    fn text(&mut self, parts: &[TextPart]) -> Cost {
        parts.iter().fold(NOTHING, |cost, part| match part {
            TextPart::Literal(text) => Cost {
                bytes: cost.bytes.saturating_add(text.len() as u64),
                ..cost
            },
            TextPart::Hole(inner) => cost.with(self.expr(inner)),
        })
    }

    fn any_of<'e>(&mut self, parts: impl IntoIterator<Item = &'e Expr>, start: Cost) -> Cost {
        let parts = parts.into_iter();
        parts.fold(start, |cost, part| cost.and(self.expr(part)))
    }

    fn all_of<'e>(&mut self, parts: impl IntoIterator<Item = &'e Expr>) -> Cost {
        let parts = parts.into_iter();
        parts.fold(NOTHING, |cost, part| cost.with(self.expr(part)))
    }

    /// A clause, with the variables that it leaves to the others.
    fn clause(&mut self, clause: &Clause) -> Vec<(Cost, Span)> {
        match &clause.kind {
            ClauseKind::ForEach { variable, list, .. }
            | ClauseKind::Counting { variable, list, .. } => {
                let of_list = self.expr(list);
                self.bind(variable, of_list);
            }
            _ => {}
        }
        let expressions = clause.kind.expressions().into_iter();
        expressions
            .map(|expression| (self.expr(expression), expression.span))
            .collect()
    }

    /// All expressions of a policy, those first that bind variables for others.
    fn policy(&mut self, policy: &Policy) -> Vec<(Cost, Span)> {
        let mut clauses: Vec<&Clause> = policy.clauses.iter().collect();
        clauses.sort_by_key(|clause| match clause.kind {
            ClauseKind::ForEach { .. } | ClauseKind::Counting { .. } => 0,
            ClauseKind::When(_) | ClauseKind::Unless(_) => 1,
            _ => 2,
        });
        let clauses = clauses.into_iter();
        clauses.flat_map(|clause| self.clause(clause)).collect()
    }
}

fn deeper(cost: Cost) -> Cost {
    Cost {
        lists: cost.lists.saturating_add(1),
        ..cost
    }
}

/// What of a cost is over its limit: in words, with the limit.
fn over(cost: Cost) -> Option<(&'static str, u64)> {
    [
        (cost.factors, "numbers multiplied together", limits::FACTORS),
        (
            cost.lists,
            "lists gone through inside one another",
            limits::QUANTIFIER_DEPTH,
        ),
        (
            cost.depth,
            "values and operations inside one another",
            limits::EXPANDED_DEPTH,
        ),
        (cost.nodes, "values and operations", limits::EXPANDED_NODES),
        (cost.copies, "values put together into one", limits::COPIES),
        (
            cost.bytes,
            "bytes of text put together into one",
            limits::TEXT_BYTES,
        ),
    ]
    .into_iter()
    .find(|(found, _, limit)| found > limit)
    .map(|(_, what, limit)| (what, limit))
}

impl Checker<'_> {
    /// What an expression as written takes, definitions written out.
    pub(super) fn cost_of(&self, expression: &Expr) -> Cost {
        Meter::new(&self.defines).expr(expression)
    }

    /// What a table takes: all its rows are looked at, and the result is a cell of one of them. `words` of its
    /// cells are values of a choice; so many copies are made of it.
    pub(super) fn cost_of_table(&self, cells: &[&Expr], words: u64, copies: u64) -> Cost {
        let cells = cells.iter().copied();
        let cost = Meter::new(&self.defines).any_of(cells, LITERAL);
        let nodes = cost.nodes.saturating_add(words);
        Cost {
            nodes: nodes.saturating_mul(copies),
            ..cost
        }
    }

    /// What an expression that stands for itself takes; where that is too much it is
    /// reported, and those that use it are not blamed for it.
    pub(super) fn cost_within(&mut self, body: &Expr) -> Cost {
        let cost = self.cost_of(body);
        if self.refuse_expensive(cost, body.span) {
            return ONE;
        }
        cost
    }

    /// Reports an expression that takes more than the language allows.
    pub(super) fn refuse_expensive(&mut self, cost: Cost, span: Span) -> bool {
        let Some((what, limit)) = over(cost) else {
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

    /// Every clause of every policy, and all of them together.
    pub(super) fn refuse_expensive_policies(&mut self, items: &[Item]) {
        let mut nodes = 0_u64;
        for item in items {
            let Item::Policy(policy) = item else {
                continue;
            };
            let before = nodes;
            for (cost, span) in Meter::new(&self.defines).policy(policy) {
                self.refuse_expensive(cost, span);
                nodes = nodes.saturating_add(cost.nodes.min(limits::EXPANDED_NODES));
            }
            if nodes > limits::PACKAGE_NODES && before <= limits::PACKAGE_NODES {
                self.refuse_package(policy.title.span);
            }
        }
    }

    fn refuse_package(&mut self, span: Span) {
        let limit = limits::PACKAGE_NODES;
        self.report(
            Diagnostic::error(
                Code::TooCostly,
                span,
                format!(
                    "with this policy the package has more than {limit} values and operations, \
                     with every definition written out"
                ),
            )
            .help("split the package, or use large definitions in fewer policies"),
        );
    }
}
