//! Definitions and tables: each is checked after those it uses; none may use itself.

use super::Checker;
use super::mentions::{uses_calendar, visit};
use super::scope::Scope;
use crate::ast::{DefineDeclaration, Expr, ExprKind, Item, Name, TableDeclaration};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::Type;
use crate::source::{Span, offset};
use crate::value::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What uses of a definition, or of one result of a table, need to know of it.
#[derive(Debug)]
pub(super) struct DefineKind {
    pub(super) name: Arc<str>,
    /// Which result of a table this is, where the table names them.
    pub(super) result: Option<Arc<str>>,
    pub(super) parameters: Vec<(Arc<str>, Type)>,
    pub(super) ty: Type,
    pub(super) optional: bool,
    pub(super) span: Span,
    /// What it always is, where that is written out.
    pub(super) constant: Option<Value>,
    /// Whether it is money that was multiplied or divided and not rounded.
    pub(super) unrounded: bool,
    /// Whether its head has a mistake, so that uses get no second message.
    pub(super) broken: bool,
    /// An input that it reads, or that a definition in it does.
    pub(super) input: Option<Arc<str>>,
    /// For each parameter whether it is only held against something.
    pub(super) only_compared: Vec<bool>,
    pub(super) size: Size,
}

/// How much a definition is, with those it uses written out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    /// How many definitions stand in one another here, this one included.
    depth: u64,
    /// How many nodes it has.
    nodes: u64,
    /// Whether it computes with `now`.
    pub(super) computes: bool,
    /// What it multiplies and how deep it goes through lists.
    pub(super) cost: super::cost::Cost,
    /// Whether it counts in a working calendar.
    pub(super) uses_calendar: bool,
}

/// Deepest chain of definitions that use one another.
const CHAIN: u64 = 16;

/// What may be called by its name.
#[derive(Clone, Copy)]
enum Definition<'a> {
    Define(&'a DefineDeclaration),
    Table(&'a TableDeclaration),
}

impl<'a> Definition<'a> {
    fn name(&self) -> &'a Name {
        match self {
            Definition::Define(define) => &define.name,
            Definition::Table(table) => &table.name,
        }
    }
}

/// A definition that is not checked yet, and the names in it.
struct Waiting<'a> {
    definition: Definition<'a>,
    uses: BTreeSet<&'a str>,
}

impl Checker<'_> {
    /// Checks the definitions and tables, each before those that use it.
    pub(super) fn check_defines(&mut self, items: &[Item]) -> Vec<ir::Define> {
        let mut waiting: BTreeMap<&str, Waiting<'_>> = BTreeMap::new();
        for item in items {
            let (name, definition) = match item {
                Item::Define(define) => (&define.name, Definition::Define(define)),
                Item::Table(table) => (&table.name, Definition::Table(table)),
                _ => continue,
            };
            if self.symbols.is_first(name) {
                let uses = self.names_in(definition);
                waiting.insert(&name.text, Waiting { definition, uses });
            }
        }
        let mut checked = Vec::new();
        while !waiting.is_empty() {
            if let Some(next) = ready(&waiting).and_then(|next| waiting.remove(&*next)) {
                match next.definition {
                    Definition::Define(define) => checked.push(self.define(define)),
                    Definition::Table(table) => checked.extend(self.table(table)),
                }
                continue;
            }
            let circle = circle(&waiting);
            self.recursive(&circle);
            for definition in circle {
                waiting.remove(&*definition.name().text);
                match definition {
                    Definition::Define(define) => checked.push(self.poisoned(define)),
                    Definition::Table(table) => checked.extend(self.poisoned_table(table)),
                }
            }
        }
        checked
    }

    /// The names that a definition may use.
    fn names_in<'a>(&self, definition: Definition<'a>) -> BTreeSet<&'a str> {
        let parts: Vec<&'a Expr> = match definition {
            Definition::Define(define) => vec![&define.body],
            Definition::Table(table) => self.parts_of_table(table),
        };
        let mut names = BTreeSet::new();
        for part in parts {
            visit(part, &mut |inner| {
                if let ExprKind::Name(name) | ExprKind::Call { name, .. } = &inner.kind {
                    names.insert(&*name.text);
                }
            });
        }
        names
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
            if let Some(bound) = scope.variables.last_mut() {
                bound.optional = optional;
            }
            parameters.push((parameter.name.text.clone(), ty));
        }
        let size = self.size_of(&[&define.body], 1);
        self.refuse_costly(&define.name, define.body.span, size);
        let body = self.infer(&mut scope, &define.body, None);
        let names = define.parameters.iter().map(|p| &p.name.text);
        let only_compared = names.map(|name| self.only_compares(&define.body, name));
        self.defines.push(DefineKind {
            only_compared: only_compared.collect(),
            name: define.name.text.clone(),
            result: None,
            input: self.input_read(&[&define.body]),
            parameters,
            ty: body.ty.clone(),
            optional: body.optional,
            span: define.name.span,
            constant: self.constant_of(&body),
            unrounded: self.is_unrounded(&body),
            broken: false,
            size,
        });
        ir::Define {
            name: define.name.text.clone(),
            parameters: offset(define.parameters.len()),
            variables: scope.count,
            body,
            span: define.name.span,
        }
    }

    /// What an expression always is, where that is written out.
    pub(super) fn constant_of(&self, expr: &ir::Expr) -> Option<Value> {
        match &expr.kind {
            ir::ExprKind::Constant(value) if !value.is_missing() => Some(value.clone()),
            ir::ExprKind::Call { define, arguments } if arguments.is_empty() => {
                self.defines.get(define.0 as usize)?.constant.clone()
            }
            _ => None,
        }
    }

    /// An input that these parts of a definition read, definitions written out.
    pub(super) fn input_read(&self, parts: &[&Expr]) -> Option<Arc<str>> {
        let mut read = None;
        let mut look_at = |inner: &Expr| {
            let (ExprKind::Name(name) | ExprKind::Call { name, .. }) = &inner.kind else {
                return;
            };
            let used = self.defines.iter().find(|used| used.name == name.text);
            let found = match self.schema.input_named(&name.text) {
                Some(_) => Some(name.text.clone()),
                None => used.and_then(|used| used.input.clone()),
            };
            read = read.take().or(found);
        };
        for part in parts {
            visit(part, &mut look_at);
        }
        read
    }

    /// How much these parts of a definition are together, with the definitions they use written out; so many
    /// copies are made of it.
    pub(super) fn size_of(&self, parts: &[&Expr], copies: u64) -> Size {
        let mut size = Size::default();
        for part in parts {
            visit(part, &mut |inner| {
                size.nodes = size.nodes.saturating_add(1);
                if let ExprKind::Name(name) | ExprKind::Call { name, .. } = &inner.kind
                    && let Some(used) = self.defines.iter().find(|used| used.name == name.text)
                {
                    size.depth = size.depth.max(used.size.depth);
                    size.nodes = size.nodes.saturating_add(used.size.nodes);
                }
            });
            size.computes |= self.computes(part).is_some();
            size.uses_calendar |= uses_calendar(part, &|used| {
                let mut defines = self.defines.iter();
                defines.any(|define| *define.name == *used && define.size.uses_calendar)
            });
            let cost = self.cost_of(part);
            size.cost.factors = size.cost.factors.max(cost.factors);
            size.cost.lists = size.cost.lists.max(cost.lists);
        }
        size.depth = size.depth.saturating_add(1);
        size.nodes = size.nodes.saturating_mul(copies);
        size
    }

    /// Reports a definition that is too much, and says whether it is.
    pub(super) fn refuse_costly(&mut self, name: &Name, body: Span, size: Size) -> bool {
        let expensive = self.refuse_expensive(size.cost, body);
        if size.depth <= CHAIN && size.nodes <= crate::limits::EXPANDED_NODES {
            return expensive;
        }
        self.report(
            Diagnostic::error(
                Code::TooCostly,
                name.span,
                format!(
                    "`{}` uses too many definitions inside one another",
                    name.text
                ),
            )
            .help("say it with fewer of them"),
        );
        true
    }

    /// One message for a circle of definitions, each of which uses the next.
    fn recursive(&mut self, circle: &[Definition<'_>]) {
        let mut names: Vec<&Name> = circle.iter().map(Definition::name).collect();
        names.sort_by_key(|name| name.span);
        let Some((first, others)) = names.split_first() else {
            return;
        };
        let message = match others {
            [] => format!("`{}` is defined by itself", first.text),
            _ => format!("`{}` is defined by something that uses it", first.text),
        };
        let mut diagnostic =
            Diagnostic::error(Code::RecursiveDefine, first.span, message).help(match others {
                [] => format!("say it without `{}`", first.text),
                _ => "say one of them without the name that leads back".to_string(),
            });
        for other in others {
            diagnostic = diagnostic.also(other.span, "in the same circle");
        }
        self.report(diagnostic);
    }

    /// A definition whose mistake has been reported.
    fn poisoned(&mut self, define: &DefineDeclaration) -> ir::Define {
        let name = &define.name.text;
        let names = define.parameters.iter().map(|p| p.name.text.clone());
        self.defines.push(DefineKind {
            name: name.clone(),
            result: None,
            input: self.input_read(&[&define.body]),
            parameters: names.map(|name| (name, Type::Unknown)).collect(),
            only_compared: Vec::new(),
            ty: Type::Unknown,
            optional: false,
            span: define.name.span,
            constant: None,
            unrounded: false,
            broken: false,
            size: self.size_of(&[&define.body], 1),
        });
        ir::Define {
            name: define.name.text.clone(),
            parameters: offset(define.parameters.len()),
            variables: offset(define.parameters.len()),
            body: super::value::poison(define.body.span),
            span: define.name.span,
        }
    }
}

/// A circle among definitions each of which uses another that waits.
fn circle<'a>(waiting: &BTreeMap<&str, Waiting<'a>>) -> Vec<Definition<'a>> {
    let mut path: Vec<&Waiting<'a>> = Vec::new();
    let mut at = waiting.values().next();
    while let Some(found) = at {
        let name = &found.definition.name().text;
        let seen = path
            .iter()
            .position(|other| other.definition.name().text == *name);
        if let Some(begin) = seen {
            let circle = path.split_off(begin);
            return circle.into_iter().map(|found| found.definition).collect();
        }
        path.push(found);
        at = found.uses.iter().find_map(|name| waiting.get(name));
    }
    // Where nothing waits for anything there is no circle; all are let go.
    waiting.values().map(|found| found.definition).collect()
}

/// The first definition by name that uses none of those waiting.
fn ready(waiting: &BTreeMap<&str, Waiting<'_>>) -> Option<String> {
    let mut found = waiting.iter().filter(|(_, definition)| {
        let mut uses = definition.uses.iter();
        !uses.any(|name| waiting.contains_key(name))
    });
    found.next().map(|(name, _)| (*name).to_string())
}
