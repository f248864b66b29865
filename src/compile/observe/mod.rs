//! A program that says what it sees.
//!
//! Input: a checked package, its files and its ordinary program. Output: a program that decides the same, in which
//! every condition, what it compares and what it asks of the elements of lists is wrapped in
//! [`crate::program::Expr::Observed`], with the table of what is watched.
//! Invariants: what is observed is neither folded away nor worked out once for all; the ordinary program is not
//! touched; a condition written as one (`is not`, `is within`) is one, however many parts the checker made of it.

mod parts;
mod private;
mod tables;
mod words;

use super::compile;
use crate::ir::{self, Expr, ExprKind, Quantifier};
use crate::operators::{Comparison, Pick};
use crate::program::{
    Clause, Leaves, Loop, ObservedProgram, Owner, Place, PolicyId, Probe, Program, Watched,
};
use crate::schema::Type;
use crate::source::{Sources, Span, offset};
use crate::value::Value;
pub(crate) use parts::parts_of;
use parts::{Part, parts};
pub(in crate::compile) use private::zone_is_private;
use private::{Env, Privacy};
use std::sync::Arc;

/// Compiles a checked package so that it says what it sees.
#[must_use]
pub fn compile_observed(
    package: &ir::Package,
    sources: &Sources,
    ordinary: &Program,
) -> ObservedProgram {
    let mut package = package.clone();
    let privacy = Privacy::of(&mut package);
    let mut observer = Observer {
        privacy,
        sources,
        tables: package.defines.iter().map(|it| it.table.clone()).collect(),
        probes: Vec::new(),
        owner: Owner::Policy(PolicyId(0)),
        clause: Clause::When,
        env: Env::default(),
        elements: Vec::new(),
    };
    observer.package(&mut package);
    let mut program = compile(&package, ordinary.fingerprint.clone());
    program.zone_is_private = ordinary.zone_is_private;
    // Lists that are written alike no longer look alike.
    for (observed, ordinary) in program.policies.iter_mut().zip(&ordinary.policies) {
        if let (Some(observed), Some(ordinary)) = (&mut observed.for_each, &ordinary.for_each) {
            observed.source = ordinary.source;
        }
    }
    ObservedProgram {
        program,
        probes: observer.probes.into(),
        elements: observer.elements,
    }
}

/// Wraps what is watched.
struct Observer<'a> {
    privacy: Privacy,
    sources: &'a Sources,
    /// By definition, of which table it is a result.
    tables: Vec<Option<Arc<ir::Table>>>,
    probes: Vec<Probe>,
    owner: Owner,
    clause: Clause,
    env: Env,
    /// By policy, how its `for each` goes through its list.
    elements: Vec<Option<Loop>>,
}

/// What stands around an expression.
#[derive(Clone, Copy)]
struct Around {
    /// The nearest probe.
    parent: Option<u32>,
    /// Where the condition stands that this one may be a mere part of.
    span: Option<Span>,
    /// What the branches of an `if` are to what is around it.
    branch: Part,
}

impl Observer<'_> {
    fn package(&mut self, package: &mut ir::Package) {
        for (index, define) in package.defines.iter_mut().enumerate() {
            self.owner = Owner::Define(define.name.clone());
            self.env = self.privacy.env_of_define(index, define);
            if let Some(table) = &define.table {
                self.table(table, &mut define.body);
                continue;
            }
            let part = if define.body.ty == Type::YesNo {
                Part::Condition
            } else {
                Part::Plain
            };
            self.clause(Clause::Define, &mut define.body, part);
        }
        for (id, policy) in (0..).map(PolicyId).zip(&mut package.policies) {
            self.owner = Owner::Policy(id);
            self.env = self.privacy.env_of_policy(policy);
            let fields = field_names(&package.schema, policy);
            let each = policy.for_each.as_mut();
            let each = each.map(|each| self.each(each.variable.0, &mut each.list));
            self.elements.push(each);
            self.policy(policy, &fields);
        }
    }

    fn policy(&mut self, policy: &mut ir::Policy, fields: &[Arc<str>]) {
        if let Some(each) = &mut policy.for_each {
            self.clause(Clause::ForEach, &mut each.list, Part::Plain);
            if let Some(condition) = &mut each.condition {
                self.clause(Clause::ForEach, condition, Part::Condition);
            }
        }
        for part in &mut policy.gate {
            self.gate(part);
        }
        if let Some(when) = &mut policy.when {
            self.clause(Clause::When, when, Part::Condition);
        }
        if let Some(unless) = &mut policy.unless {
            self.clause(Clause::Unless, unless, Part::Condition);
        }
        self.verb(&mut policy.kind, fields);
        if let Some(because) = &mut policy.because {
            self.clause(Clause::Because, because, Part::Plain);
        }
    }

    /// The dates and the share within which a policy is in force. The reader wrote a date or a number alone.
    fn gate(&mut self, part: &mut Expr) {
        let (before, after, looks_at) = match &part.kind {
            ExprKind::Compare { comparison, .. } => match comparison {
                Comparison::AtLeast => ("from ", "", "today"),
                Comparison::AtMost => ("until ", "", "today"),
                Comparison::Less => ("for ", "%", "slot"),
                Comparison::Same | Comparison::More => return self.gate_as_written(part),
            },
            _ => return self.gate_as_written(part),
        };
        let first = self.probes.len();
        self.gate_as_written(part);
        for probe in self.probes.iter_mut().skip(first) {
            probe.text = if probe.is_condition() {
                format!("{before}{}{after}", probe.text).into()
            } else {
                looks_at.into()
            };
        }
    }

    fn gate_as_written(&mut self, part: &mut Expr) {
        self.clause(Clause::Gate, part, Part::Condition);
    }

    /// The clauses that only some verbs have.
    fn verb(&mut self, kind: &mut ir::PolicyKind, fields: &[Arc<str>]) {
        match kind {
            ir::PolicyKind::Never | ir::PolicyKind::Only | ir::PolicyKind::Allow => {}
            ir::PolicyKind::Always { with, by, on } => {
                if let Some(ir::On::Fewer { number, .. }) = on {
                    self.clause(Clause::On, number, Part::Operand);
                }
                for (name, value) in fields.iter().zip(with) {
                    if let Some(value) = value {
                        self.clause(Clause::With(name.clone()), value, Part::Plain);
                    }
                }
                if let Some(by) = by {
                    self.clause(Clause::By, by, Part::Plain);
                }
            }
            ir::PolicyKind::Prefer { by } => self.clause(Clause::By, by, Part::Operand),
            ir::PolicyKind::Limit(limit) => self.limit(limit),
        }
    }

    fn limit(&mut self, limit: &mut ir::Limit) {
        if let Some(per) = &mut limit.per {
            self.clause(Clause::Per, per, Part::Operand);
        }
        if let Some(weight) = &mut limit.weight {
            self.clause(Clause::Of, weight, Part::Operand);
        }
        if let Some(past) = &mut limit.past {
            self.clause(Clause::Counting, past, Part::Operand);
        }
        self.clause(Clause::To, &mut limit.amount, Part::Operand);
        if let Some(exempt) = &mut limit.exempt {
            self.clause(Clause::Exempt, exempt, Part::Condition);
        }
    }

    fn clause(&mut self, clause: Clause, expr: &mut Expr, part: Part) {
        self.clause = clause;
        let around = Around {
            parent: None,
            span: None,
            branch: part,
        };
        self.watch(expr, part, around);
    }

    /// Wraps an expression, and what stands in it, where it is to be watched.
    fn watch(&mut self, expr: &mut Expr, part: Part, around: Around) {
        let part = match part {
            Part::Branch => around.branch,
            part => part,
        };
        let watched = self.watched(expr, part, around);
        let probe = watched.map(|watched| self.probe(watched, expr, around.parent));
        let is_condition = probe.is_some() && is_condition(expr);
        let inside = Around {
            parent: probe.or(around.parent),
            span: if is_condition || probe.is_none() && is_mere_part(expr, around) {
                Some(expr.span)
            } else {
                None
            },
            branch: if part == Part::Operand {
                Part::Plain
            } else {
                part
            },
        };
        let window = matches!(
            expr.kind,
            ExprKind::Within { .. } | ExprKind::Distance { .. }
        )
        .then(|| self.probe(Watched::Window, expr, inside.parent));
        self.parts(expr, inside);
        for probe in window.into_iter().chain(probe) {
            wrap(expr, probe);
        }
    }

    /// Watches the parts of an expression; an element's parts know whose they are.
    fn parts(&mut self, expr: &mut Expr, inside: Around) {
        if self.asked_of_table(expr, inside) {
            return;
        }
        let is_loop = loop_variable(expr).is_some();
        let variable = loop_variable(expr).unwrap_or_default();
        let mut first = true;
        parts(expr, &mut |inner, part| {
            if !is_loop || !matches!(part, Part::Where | Part::Has | Part::Taken) {
                self.watch(inner, part, inside);
                return;
            }
            self.element_of(inner, part, inside, (variable, first));
            first = false;
        });
    }

    /// What is asked or taken of each element.
    fn element_of(
        &mut self,
        expr: &mut Expr,
        part: Part,
        around: Around,
        (variable, first): (u32, bool),
    ) {
        let asks = part != Part::Taken;
        let is_the_element = matches!(expr.kind, ExprKind::Variable(id) if id.0 == variable);
        if !asks && is_the_element {
            return;
        }
        let watched = Watched::Element {
            variable,
            first,
            asks,
        };
        let probe = self.probe(watched, expr, around.parent);
        let inner = if asks { Part::Condition } else { Part::Plain };
        let inside = Around {
            parent: Some(probe),
            span: None,
            branch: inner,
        };
        self.watch(expr, inner, inside);
        wrap(expr, probe);
    }

    fn probe(&mut self, watched: Watched, expr: &mut Expr, parent: Option<u32>) -> u32 {
        let private = self.privacy.reads_private(expr, &mut self.env);
        self.add(Probe {
            watched,
            owner: self.owner.clone(),
            clause: self.clause.clone(),
            parent,
            text: words::text_of(expr, self.sources).into(),
            place: self.place(expr.span),
            private,
        })
    }

    fn add(&mut self, probe: Probe) -> u32 {
        let index = offset(self.probes.len());
        self.probes.push(probe);
        index
    }

    fn place(&self, span: Span) -> Place {
        let file = self.sources.get(span.file);
        let start = file.map(|file| file.position(span.start as usize));
        Place {
            file: file.map_or("", |file| file.name()).into(),
            line: start.map_or(1, |start| start.line),
            column: start.map_or(1, |start| start.column),
            span,
        }
    }

    /// What is watched of an expression, if it is watched.
    fn watched(&mut self, expr: &mut Expr, part: Part, around: Around) -> Option<Watched> {
        let constant = matches!(expr.kind, ExprKind::Constant(_));
        match part {
            Part::List => Some(Watched::List),
            Part::Condition | Part::HasFound => {
                (!constant && !is_mere_part(expr, around)).then(|| self.condition(expr))
            }
            Part::Operand if constant || is_mere_part(expr, around) => None,
            _ if is_condition(expr) => (!is_mere_part(expr, around)).then(|| self.condition(expr)),
            Part::Operand => Some(self.value(expr)),
            _ => match expr.kind {
                ExprKind::Call { .. } | ExprKind::Aggregate { .. } | ExprKind::Picked { .. } => {
                    Some(self.value(expr))
                }
                _ => None,
            },
        }
    }

    fn value(&mut self, expr: &mut Expr) -> Watched {
        match self.way_through(expr) {
            Some(way) => Watched::ValueOver(way),
            None => Watched::Value,
        }
    }

    fn condition(&mut self, expr: &mut Expr) -> Watched {
        if let Some(way) = self.way_through(expr) {
            return Watched::Over(way);
        }
        match &expr.kind {
            ExprKind::And(_) => Watched::All,
            ExprKind::Or(_) => Watched::Any,
            ExprKind::Not(inner) if inner.span != expr.span => Watched::Not,
            _ => Watched::Test,
        }
    }

    /// How an expression goes through a list, where it does.
    fn way_through(&mut self, expr: &mut Expr) -> Option<Loop> {
        let variable = loop_variable(expr)?;
        let (list, backwards, leaves) = match &mut expr.kind {
            ExprKind::Quantified {
                quantifier, list, ..
            } => (list, false, left_by(quantifier)),
            ExprKind::Picked { pick, list, .. } => (list, *pick == Pick::Last, Leaves::Witness),
            ExprKind::Aggregate {
                aggregate, list, ..
            } => (
                list,
                *aggregate == crate::operators::Aggregate::Last,
                Leaves::Nothing,
            ),
            _ => return None,
        };
        Some(Loop {
            backwards,
            leaves,
            ..self.each(variable, list)
        })
    }

    /// The whole of a list, from its beginning.
    fn each(&mut self, variable: u32, list: &mut Expr) -> Loop {
        Loop {
            variable,
            name: words::name_before(list.span, self.sources).map(Into::into),
            backwards: false,
            leaves: Leaves::Nothing,
            private: self.privacy.reads_private(list, &mut self.env),
        }
    }
}

fn left_by(quantifier: &Quantifier) -> Leaves {
    match quantifier {
        Quantifier::Any => Leaves::Witness,
        Quantifier::No | Quantifier::Every { .. } => Leaves::Counterexample,
        Quantifier::Count(..) | Quantifier::Exactly(_) => Leaves::Nothing,
    }
}

fn loop_variable(expr: &Expr) -> Option<u32> {
    match &expr.kind {
        ExprKind::Quantified { variable, .. }
        | ExprKind::Picked { variable, .. }
        | ExprKind::Aggregate { variable, .. } => Some(variable.0),
        _ => None,
    }
}

/// Whether the checker made this of a part of what the reader wrote as one condition.
fn is_mere_part(expr: &Expr, around: Around) -> bool {
    around.span == Some(expr.span) && is_condition(expr)
}

/// Whether an expression asks something, rather than naming what holds or does not.
fn is_condition(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Not(_)
        | ExprKind::And(_)
        | ExprKind::Or(_)
        | ExprKind::Compare { .. }
        | ExprKind::OneOf { .. }
        | ExprKind::Between { .. }
        | ExprKind::IsKnown(_)
        | ExprKind::IsEmpty(_)
        | ExprKind::TextTest { .. }
        | ExprKind::ListContains { .. }
        | ExprKind::Within { .. }
        | ExprKind::WithinCalendar { .. }
        | ExprKind::Distance { .. }
        | ExprKind::Quantified { .. } => true,
        ExprKind::Picked { has, .. } => has.is_some(),
        ExprKind::Call { .. } => expr.ty == Type::YesNo,
        _ => false,
    }
}

/// The names of the fields of the action that an `always` owes.
fn field_names(schema: &crate::schema::Schema, policy: &ir::Policy) -> Vec<Arc<str>> {
    let action = policy.actions.first().and_then(|id| schema.action(*id));
    action.map_or_else(Vec::new, |action| {
        action
            .fields
            .iter()
            .map(|field| field.name.clone())
            .collect()
    })
}

fn wrap(expr: &mut Expr, probe: u32) {
    let (ty, optional, span) = (expr.ty.clone(), expr.optional, expr.span);
    let nothing = Expr {
        kind: ExprKind::Constant(Value::Missing),
        ty: ty.clone(),
        optional,
        span,
    };
    let inner = Box::new(std::mem::replace(expr, nothing));
    expr.kind = ExprKind::Observed { probe, inner };
}
