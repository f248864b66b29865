//! Definitions and tables: each is checked after those it uses; none may use itself.

use super::Checker;
use super::cost::{Cost, ONE};
use super::mentions::{uses_calendar, visit};
use super::order::{Next, Order, settled};
use super::scope::Scope;
use crate::ast::{DefineDeclaration, Expr, ExprKind, Item, Name, TableDeclaration};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::limits;
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// How many definitions stand in one another here, this one included.
    depth: u64,
    /// What it takes.
    pub(super) cost: Cost,
    /// Whether it computes with `now`.
    pub(super) computes: bool,
    /// Whether it counts in a working calendar.
    pub(super) uses_calendar: bool,
}

impl Size {
    /// As if it took nothing: those that use what has been refused are not blamed for it.
    pub(super) fn blameless(self) -> Size {
        Size {
            depth: 1,
            cost: ONE,
            ..self
        }
    }
}

/// The definitions checked so far, each by its number and its name. The results of a table share its name; they
/// stand beside one another, and the first of them is the one that the name finds.
#[derive(Debug, Default)]
pub(super) struct Defines {
    all: Vec<DefineKind>,
    /// Whether it is known which definition waits for which, so that one that is not here yet leads back.
    pub(super) are_ordered: bool,
    numbers: BTreeMap<Arc<str>, u32>,
}

impl Defines {
    /// The number of the definition of that name.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// The definition of that number.
    pub(super) fn numbered(&self, number: u32) -> Option<&DefineKind> {
        self.all.get(number as usize)
    }

    /// The definition of that name.
    pub(super) fn get(&self, name: &str) -> Option<&DefineKind> {
        self.numbered(self.number(name)?)
    }

    /// All definitions of that name, with their numbers: of a table there is one for each result.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = (u32, &DefineKind)> {
        let first = self.number(name);
        let numbers = first.into_iter().flat_map(|first| first..=u32::MAX);
        let all = numbers.map_while(|number| Some((number, self.numbered(number)?)));
        all.take_while(move |(_, define)| *define.name == *name)
    }

    /// Adds a definition; the results of a table are added one after the other.
    pub(super) fn add(&mut self, define: DefineKind) {
        let number = offset(self.all.len());
        self.numbers.entry(define.name.clone()).or_insert(number);
        self.all.push(define);
    }
}

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

impl Checker<'_> {
    /// Checks the definitions and tables, each before those that use it.
    pub(super) fn check_defines(&mut self, items: &[Item]) -> Vec<ir::Define> {
        let mut definitions: BTreeMap<&str, Definition<'_>> = BTreeMap::new();
        for item in items {
            let (name, definition) = match item {
                Item::Define(define) => (&define.name, Definition::Define(define)),
                Item::Table(table) => (&table.name, Definition::Table(table)),
                _ => continue,
            };
            if self.symbols.is_first(name) {
                definitions.insert(&name.text, definition);
            }
        }
        let uses = definitions
            .iter()
            .map(|(name, definition)| (*name, self.names_in(*definition)));
        let uses = settled(uses.collect(), |name| self.may_be_a_value(name));
        self.defines.are_ordered = true;
        let mut order = Order::of(&uses);
        let mut checked = Vec::new();
        while let Some(next) = order.next() {
            let found = |name: &&str| definitions.get(name).copied();
            match next {
                Next::Alone(name) => match found(&name) {
                    Some(Definition::Define(define)) => checked.push(self.define(define)),
                    Some(Definition::Table(table)) => checked.extend(self.table(table)),
                    None => {}
                },
                Next::Circle(names) => {
                    let circle: Vec<Definition<'_>> = names.iter().filter_map(found).collect();
                    self.recursive(&circle);
                    for definition in circle {
                        match definition {
                            Definition::Define(define) => checked.push(self.poisoned(define)),
                            Definition::Table(table) => checked.extend(self.poisoned_table(table)),
                        }
                    }
                }
            }
        }
        checked
    }

    /// Whether a bare word of that name may be a value of a choice, or a day.
    fn may_be_a_value(&self, name: &str) -> bool {
        let mut choices = self.schema.choices.iter();
        crate::value::weekday_named(name).is_some()
            || choices.any(|choice| choice.values.named(name).is_some())
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
        let size = self.size_of(&[&define.body], self.cost_of(&define.body));
        let size = self
            .size_within(&define.name, define.body.span, size)
            .unwrap_or(size.blameless());
        let body = self.infer(&mut scope, &define.body, None);
        let names = define.parameters.iter().map(|p| &p.name.text);
        let only_compared = names.map(|name| self.only_compares(&define.body, name));
        self.defines.add(DefineKind {
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
            table: None,
            span: define.name.span,
        }
    }

    /// What an expression always is, where that is written out.
    pub(super) fn constant_of(&self, expr: &ir::Expr) -> Option<Value> {
        match &expr.kind {
            ir::ExprKind::Constant(value) if !value.is_missing() => Some(value.clone()),
            ir::ExprKind::Call { define, arguments } if arguments.is_empty() => {
                self.defines.numbered(define.0)?.constant.clone()
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
            let found = match self.schema.input_named(&name.text) {
                Some(_) => Some(name.text.clone()),
                None => {
                    let used = self.defines.get(&name.text);
                    used.and_then(|used| used.input.clone())
                }
            };
            read = read.take().or(found);
        };
        for part in parts {
            visit(part, &mut look_at);
        }
        read
    }

    /// How much these parts of a definition are together, which take that much.
    pub(super) fn size_of(&self, parts: &[&Expr], cost: Cost) -> Size {
        let mut size = Size {
            depth: 0,
            cost,
            computes: false,
            uses_calendar: false,
        };
        for part in parts {
            visit(part, &mut |inner| {
                if let ExprKind::Name(name) | ExprKind::Call { name, .. } = &inner.kind
                    && let Some(used) = self.defines.get(&name.text)
                {
                    size.depth = size.depth.max(used.size.depth);
                }
            });
            size.computes |= self.computes(part).is_some();
            size.uses_calendar |= uses_calendar(part, &|used| {
                let define = self.defines.get(used);
                define.is_some_and(|define| define.size.uses_calendar)
            });
        }
        size.depth = size.depth.saturating_add(1);
        size
    }

    /// The size of a definition; where it is too much that is reported.
    pub(super) fn size_within(&mut self, name: &Name, body: Span, size: Size) -> Option<Size> {
        if self.refuse_expensive(size.cost, body) {
            return None;
        }
        if size.depth <= limits::DEFINE_DEPTH {
            return Some(size);
        }
        self.report(
            Diagnostic::error(
                Code::TooCostly,
                name.span,
                format!(
                    "`{}` stands on more than {} definitions inside one another",
                    name.text,
                    limits::DEFINE_DEPTH
                ),
            )
            .help("say it with fewer of them"),
        );
        None
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

    /// Reports a word that means a definition which has not been checked yet, although it may mean a value and so did
    /// not have to wait for it: what it says leads back here.
    pub(super) fn leads_back(&mut self, word: &Name) {
        let message = format!("`{}` is defined by something that uses it", word.text);
        let diagnostic = Diagnostic::error(Code::RecursiveDefine, word.span, message);
        let diagnostic = match self.symbols.get(&word.text) {
            Some(symbol) => diagnostic.also(symbol.span, "the definition"),
            None => diagnostic,
        };
        self.report(diagnostic.help(
            "say it without that name; a value of a choice is meant where the other side of a \
             comparison is one",
        ));
    }

    /// A definition whose mistake has been reported.
    fn poisoned(&mut self, define: &DefineDeclaration) -> ir::Define {
        let name = &define.name.text;
        let names = define.parameters.iter().map(|p| p.name.text.clone());
        self.defines.add(DefineKind {
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
            size: self.size_of(&[&define.body], ONE).blameless(),
        });
        ir::Define {
            name: define.name.text.clone(),
            parameters: offset(define.parameters.len()),
            variables: offset(define.parameters.len()),
            body: super::value::poison(define.body.span),
            table: None,
            span: define.name.span,
        }
    }
}
