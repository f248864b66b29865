//! Definitions: each is checked after those it uses; none may use itself.

use super::Checker;
use super::mentions::{uses_calendar, visit};
use super::scope::Scope;
use crate::ast::{DefineDeclaration, Expr, ExprKind, Item};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::Type;
use crate::source::{Span, offset};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What uses of a definition need to know of it.
#[derive(Debug)]
pub(super) struct DefineKind {
    pub(super) name: Arc<str>,
    pub(super) parameters: Vec<(Arc<str>, Type)>,
    pub(super) ty: Type,
    pub(super) optional: bool,
    pub(super) span: Span,
    /// How many definitions stand in one another here, this one included.
    pub(super) depth: u64,
    /// How many nodes it has once every definition in it is written out.
    pub(super) nodes: u64,
    /// Whether it computes with `now`.
    pub(super) computes: bool,
    /// An input that it reads, or that a definition in it does.
    pub(super) input: Option<Arc<str>>,
    /// What it multiplies and how deep it goes through lists.
    pub(super) cost: super::cost::Cost,
    /// Whether it counts in a working calendar.
    pub(super) uses_calendar: bool,
}

/// Deepest chain of definitions that use one another.
const CHAIN: u64 = 16;

impl Checker<'_> {
    /// Checks the definitions, each before those that use it.
    pub(super) fn check_defines(&mut self, items: &[Item]) -> Vec<ir::Define> {
        let mut waiting: BTreeMap<&str, &DefineDeclaration> = BTreeMap::new();
        for item in items {
            if let Item::Define(define) = item
                && self.symbols.is_first(&define.name)
            {
                waiting.insert(&define.name.text, define);
            }
        }
        let mut checked = Vec::new();
        while let Some(next) = ready(&waiting) {
            if let Some(define) = waiting.remove(&*next) {
                checked.push(self.define(define));
            }
        }
        for define in waiting.into_values() {
            checked.push(self.recursive(define));
        }
        checked
    }

    /// The index of the definition of that name.
    pub(super) fn define_named(&self, name: &str) -> Option<u32> {
        self.defines
            .iter()
            .position(|define| *define.name == *name)
            .map(offset)
    }

    fn define(&mut self, define: &DefineDeclaration) -> ir::Define {
        let mut scope = Scope::new();
        let mut parameters = Vec::new();
        for parameter in &define.parameters {
            let (ty, optional) = self.resolve(&parameter.kind);
            if optional {
                self.report(
                    Diagnostic::error(
                        Code::OptionalElement,
                        parameter.kind.span,
                        "what a definition is given is never missing",
                    )
                    .help("leave `optional` out, and deal with it where the definition is used"),
                );
            }
            self.bind(&mut scope, &parameter.name, ty.clone());
            parameters.push((parameter.name.text.clone(), ty));
        }
        self.refuse_costly(define);
        let body = self.infer(&mut scope, &define.body, None);
        self.remember(define, parameters, body.ty.clone(), body.optional);
        ir::Define {
            name: define.name.text.clone(),
            parameters: offset(define.parameters.len()),
            variables: scope.count,
            body,
            span: define.name.span,
        }
    }

    /// The depth and the nodes of a definition with those it uses written out.
    fn written_out(&self, define: &DefineDeclaration) -> (u64, u64) {
        let (mut depth, mut nodes) = (0_u64, 0_u64);
        visit(&define.body, &mut |inner| {
            nodes = nodes.saturating_add(1);
            if let ExprKind::Name(name) | ExprKind::Call { name, .. } = &inner.kind
                && let Some(used) = self.defines.iter().find(|used| used.name == name.text)
            {
                depth = depth.max(used.depth);
                nodes = nodes.saturating_add(used.nodes);
            }
        });
        (depth.saturating_add(1), nodes)
    }

    /// An input that an expression reads, definitions written out.
    fn input_read(&self, body: &Expr) -> Option<Arc<str>> {
        let mut read = None;
        visit(body, &mut |inner| {
            let (ExprKind::Name(name) | ExprKind::Call { name, .. }) = &inner.kind else {
                return;
            };
            let used = self.defines.iter().find(|used| used.name == name.text);
            let found = match self.schema.input_named(&name.text) {
                Some(_) => Some(name.text.clone()),
                None => used.and_then(|used| used.input.clone()),
            };
            read = read.take().or(found);
        });
        read
    }

    fn refuse_costly(&mut self, define: &DefineDeclaration) {
        let cost = self.cost_of(&define.body);
        self.refuse_expensive(cost, define.body.span);
        let (depth, nodes) = self.written_out(define);
        if depth > CHAIN || nodes > crate::limits::EXPANDED_NODES {
            self.report(
                Diagnostic::error(
                    Code::TooCostly,
                    define.name.span,
                    format!(
                        "`{}` uses too many definitions inside one another",
                        define.name.text
                    ),
                )
                .help("say it with fewer of them"),
            );
        }
    }

    fn remember(
        &mut self,
        define: &DefineDeclaration,
        parameters: Vec<(Arc<str>, Type)>,
        ty: Type,
        optional: bool,
    ) {
        let (depth, nodes) = self.written_out(define);
        self.defines.push(DefineKind {
            depth,
            nodes,
            input: self.input_read(&define.body),
            cost: self.cost_of(&define.body),
            uses_calendar: uses_calendar(&define.body, &|used| {
                let mut defines = self.defines.iter();
                defines.any(|define| *define.name == *used && define.uses_calendar)
            }),
            computes: self.computes(&define.body).is_some(),
            name: define.name.text.clone(),
            parameters,
            ty,
            optional,
            span: define.name.span,
        });
    }

    fn recursive(&mut self, define: &DefineDeclaration) -> ir::Define {
        let name = &define.name.text;
        self.report(
            Diagnostic::error(
                Code::RecursiveDefine,
                define.name.span,
                format!("`{name}` is defined by itself, or by something that uses it"),
            )
            .help("say it without the name that leads back"),
        );
        let parameters = define
            .parameters
            .iter()
            .map(|p| (p.name.text.clone(), Type::Unknown))
            .collect();
        self.remember(define, parameters, Type::Unknown, false);
        ir::Define {
            name: name.clone(),
            parameters: offset(define.parameters.len()),
            variables: offset(define.parameters.len()),
            body: super::value::poison(define.body.span),
            span: define.name.span,
        }
    }
}

/// The first definition by name that uses none of those waiting.
fn ready(waiting: &BTreeMap<&str, &DefineDeclaration>) -> Option<String> {
    let found = waiting.iter().find(|(_, define)| {
        let mut free = true;
        visit(&define.body, &mut |inner| match &inner.kind {
            ExprKind::Name(name) | ExprKind::Call { name, .. } => {
                free &= !waiting.contains_key(&*name.text);
            }
            _ => {}
        });
        free
    });
    found.map(|(name, _)| name.to_string())
}
