//! Fields: of records, of candidates and carriers, and those that a record or a duty is given.

use super::Checker;
use super::describe::{listed, with_article};
use super::scope::Scope;
use super::symbols::SymbolKind;
use super::value::{poison, typed};
use crate::ast::{self, Expr, ExprKind, Name};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::ir;
use crate::schema::{Action, ActionId, Field, Fields, RecordId, Type};
use crate::source::{Span, offset};
use std::collections::{BTreeMap, BTreeSet};

/// Functions that people write behind a dot.
const FUNCTIONS: [&str; 8] = [
    "length", "date", "time", "weekday", "day", "month", "year", "age",
];

impl Checker<'_> {
    pub(super) fn field(
        &mut self,
        scope: &mut Scope,
        base: &Expr,
        name: &Name,
        span: Span,
    ) -> ir::Expr {
        if let ExprKind::Name(owner) = &base.kind
            && scope.find(&owner.text).is_none()
        {
            if let Some(found) = self.carried_field(scope, owner, name, span) {
                return found;
            }
            if let Some(id) = self.choice_named(&owner.text) {
                return match self.choice_value(id, &name.text) {
                    Some(value) => typed(ir::ExprKind::Constant(value), Type::Choice(id), span),
                    None => self.unknown_choice_value(id, name),
                };
            }
        }
        if let Some(result) = self.table_result(scope, base, name, span) {
            return result;
        }
        let base = self.infer(scope, base, None);
        let base = self.require(scope, base);
        let Type::Record(id) = base.ty else {
            return self.no_fields(&base, name);
        };
        self.record_field(scope, base, id, name, span)
    }

    pub(super) fn record_field(
        &mut self,
        scope: &Scope,
        base: ir::Expr,
        id: RecordId,
        name: &Name,
        span: Span,
    ) -> ir::Expr {
        let Some(record) = self.schema.record(id) else {
            return poison(span);
        };
        match record.fields.named(&name.text) {
            Some((index, field)) => {
                let (ty, optional) = (field.kind.clone(), field.optional);
                let kind = ir::ExprKind::Field {
                    base: Box::new(base),
                    index: offset(index),
                };
                self.placed(
                    scope,
                    ir::Expr {
                        kind,
                        ty,
                        optional,
                        span,
                    },
                )
            }
            None if record.broken && !is_nearly_a_field(&record.fields, name) => poison(span),
            None => {
                let what = format!("a field of `{}`", record.name);
                self.report_unknown(Code::UnknownField, name, &what, |it| {
                    let record = it.schema.record(id);
                    record.map_or_else(Vec::new, |record| names_of(&record.fields))
                });
                poison(span)
            }
        }
    }

    pub(super) fn no_fields(&mut self, base: &ir::Expr, name: &Name) -> ir::Expr {
        if base.ty != Type::Unknown {
            let text = self.quoted(base.span);
            let kind = with_article(&self.describe(&base.ty));
            let mut diagnostic = Diagnostic::error(
                Code::UnknownField,
                name.span,
                format!("`{text}` is {kind}, which has no fields"),
            );
            if matches!(base.ty, Type::List(_)) {
                diagnostic = diagnostic.help(format!(
                    "ask for one of its elements: `any x in {text} where x.{} …`",
                    name.text
                ));
            } else if FUNCTIONS.contains(&&*name.text) {
                diagnostic =
                    diagnostic.write(base.span.to(name.span), format!("{} of {text}", name.text));
            } else {
                diagnostic = diagnostic.help(format!("leave `.{}` out", name.text));
            }
            self.report(diagnostic);
        }
        poison(name.span)
    }

    /// A field of the candidate or carrier a policy speaks about.
    pub(super) fn carried_field(
        &mut self,
        scope: &Scope,
        owner: &Name,
        name: &Name,
        span: Span,
    ) -> Option<ir::Expr> {
        let Some(carried) = scope
            .carried
            .clone()
            .filter(|carried| carried.name == owner.text)
        else {
            let action = self.schema.action_named(&owner.text).is_some()
                || self
                    .schema
                    .groups
                    .iter()
                    .any(|group| group.name == owner.text);
            return action.then(|| self.not_about(scope, owner, name, span));
        };
        let Some(field) = self.shared_field(&carried.actions, name) else {
            return Some(poison(span));
        };
        let kind = if carried.is_carrier {
            ir::ExprKind::CarrierField(name.text.clone())
        } else {
            ir::ExprKind::CandidateField(name.text.clone())
        };
        Some(self.placed(
            scope,
            ir::Expr {
                kind,
                ty: field.kind,
                optional: field.optional,
                span,
            },
        ))
    }

    /// Reports a field of an action that cannot be read here.
    fn not_about(&mut self, scope: &Scope, owner: &Name, field: &Name, span: Span) -> ir::Expr {
        // Where the policy's own action is unknown, that has been said, and this one may be meant.
        let of_nothing = scope
            .carried
            .as_ref()
            .is_some_and(|carried| carried.actions.is_empty());
        if scope.incomplete || of_nothing {
            return poison(span);
        }
        let name = &owner.text;
        let (message, help, fix) = if scope.in_example {
            (
                format!("an example reads no fields of `{name}`"),
                "write the value out, or `define` it by itself".to_string(),
                None,
            )
        } else {
            let (help, fix) = self.about_instead(scope, owner, field);
            let message = format!("the fields of `{name}` cannot be read in this policy");
            (message, help, fix)
        };
        let diagnostic = Diagnostic::error(Code::NotAbout, owner.span, message).help(help);
        self.report(match fix {
            Some(fix) => diagnostic.fix(owner.span, fix),
            None => diagnostic,
        });
        poison(span)
    }

    /// What to write instead of a field of an action that the policy does not speak about: of one of its group's
    /// actions, the field of the group where all have it.
    fn about_instead(&self, scope: &Scope, owner: &Name, field: &Name) -> (String, Option<String>) {
        let name = &owner.text;
        let group = scope.carried.as_ref().filter(|carried| {
            let action = self.schema.action_named(name);
            action.is_some_and(|id| carried.actions.contains(&id))
        });
        match group {
            Some(group) if self.shares_field(&group.actions, &field.text) => (
                format!(
                    "write `{}.{}`, which all actions of `{}` have; or let the policy speak about \
                     `{name}` alone",
                    group.name, field.text, group.name
                ),
                Some(group.name.to_string()),
            ),
            Some(group) => (
                format!(
                    "this policy speaks about all of `{}`; let it speak about `{name}` alone",
                    group.name
                ),
                None,
            ),
            None => (
                format!(
                    "they can where a policy says `never {name}`, `only {name}`, `allow {name}` or \
                     `limit {name}`, and under `on allowed {name}`"
                ),
                None,
            ),
        }
    }

    /// The field that all these actions have under one name and type.
    pub(super) fn shared_field(&mut self, actions: &[ActionId], name: &Name) -> Option<Field> {
        let mut shared: Option<Field> = None;
        for action in actions {
            let action = self.schema.action(*action)?.clone();
            let found = action.fields.iter().find(|field| field.name == name.text);
            let Some(field) = found else {
                if !action.broken {
                    self.unknown_shared(actions, &action, name);
                }
                return None;
            };
            match &mut shared {
                None => shared = Some(field.clone()),
                Some(first) if first.kind == field.kind => first.optional |= field.optional,
                Some(_) => {
                    self.report(
                        Diagnostic::error(
                            Code::TypeMismatch,
                            name.span,
                            format!("the actions have `{}` in different types", name.text),
                        )
                        .help("only fields that all actions of a group share can be used"),
                    );
                    return None;
                }
            }
        }
        shared
    }

    /// Reports a field that one of the actions does not have, with those that all of them have.
    fn unknown_shared(&mut self, actions: &[ActionId], lacking: &Action, name: &Name) {
        let shared = lacking.fields.iter();
        let shared: Vec<&str> = shared
            .map(|field| &*field.name)
            .filter(|field| self.shares_field(actions, field))
            .collect();
        let what = format!("a field of `{}`", lacking.name);
        if actions.len() == 1 || nearest(&name.text, shared.iter().copied()).is_some() {
            let shared = shared.into_iter().map(str::to_string).collect();
            self.report_unknown(Code::UnknownField, name, &what, |_| shared);
            return;
        }
        let message = format!("`{}` is not {what}", quote(&name.text));
        let help = match shared.as_slice() {
            [] => "of a group only the fields can be read that all its actions have, and these \
                   share none"
                .to_string(),
            shared => format!(
                "of a group only the fields can be read that all its actions have: {}",
                listed(shared)
            ),
        };
        self.report(Diagnostic::error(Code::UnknownField, name.span, message).help(help));
    }

    pub(super) fn record(
        &mut self,
        scope: &mut Scope,
        name: Option<&Name>,
        given: &[ast::Assignment],
        expected: Option<&Type>,
        span: Span,
    ) -> ir::Expr {
        let id = match name {
            Some(name) => self.record_type(name),
            None => self.expected_record(expected, span),
        };
        let Some(id) = id else {
            return poison(span);
        };
        let Some(record) = self.schema.record(id).cloned() else {
            return poison(span);
        };
        let fields = self.bracketed(scope, |it, scope| {
            it.given_fields(scope, &record.name, &record.fields, given, span)
        });
        typed(
            ir::ExprKind::Record { record: id, fields },
            Type::Record(id),
            span,
        )
    }

    /// The record type of that name, or a message.
    pub(super) fn record_type(&mut self, name: &Name) -> Option<RecordId> {
        let found = self.record_named(&name.text);
        self.refer_by_name(name);
        if found.is_none() && !self.symbols.is_broken(&name.text) {
            self.report_unknown(Code::UnknownType, name, "a type", |it| {
                it.names_of(&[SymbolKind::Record])
            });
        }
        found
    }

    /// The type of a record that is written without one: the other side says it.
    pub(super) fn expected_record(
        &mut self,
        expected: Option<&Type>,
        span: Span,
    ) -> Option<RecordId> {
        match expected {
            Some(Type::Record(id)) => return Some(*id),
            Some(Type::Unknown) => return None,
            _ => {}
        }
        let diagnostic = match expected {
            Some(kind) => {
                let wanted = with_article(&self.describe(kind));
                Diagnostic::error(
                    Code::TypeMismatch,
                    span,
                    format!("a record stands here, but {wanted} is needed"),
                )
            }
            None => Diagnostic::error(
                Code::UnknownType,
                span,
                "nothing says of which type this record is",
            )
            .help("write the type's name before the `{`, as in `Item { … }`"),
        };
        self.report(diagnostic);
        None
    }

    /// One value for each declared field, from `field: value` pairs.
    pub(super) fn given_fields(
        &mut self,
        scope: &mut Scope,
        owner: &str,
        fields: &Fields,
        given: &[ast::Assignment],
        span: Span,
    ) -> Vec<Option<ir::Expr>> {
        let values = self.refuse_repeated(given);
        let mut misspelt: BTreeSet<&str> = BTreeSet::new();
        for assignment in given {
            self.refer_to_field(fields, &assignment.name);
            let name = &*assignment.name.text;
            if fields.named(name).is_none() {
                self.unknown_given(owner, fields, &values, &assignment.name);
                // A misspelt field is not missed a second time.
                let names = fields.iter().filter(|_| !self.has_mistakes_enough());
                misspelt.extend(nearest(name, names.map(|field| &*field.name)));
                self.looks_through(fields.len());
            }
        }
        let missing: Vec<&str> = fields
            .iter()
            .filter(|field| !field.optional)
            .map(|field| &*field.name)
            .filter(|name| !values.contains_key(name) && !misspelt.contains(name))
            .collect();
        if !missing.is_empty() && !scope.incomplete {
            let clause = if given.is_empty() { "with " } else { "" };
            self.report(
                Diagnostic::error(
                    Code::FieldMissing,
                    span,
                    format!("`{owner}` needs {}", listed(&missing)),
                )
                .help(format!("add `{clause}{}: …`", missing.join(": …, "))),
            );
        }
        let values = fields.iter().map(|field| {
            let assignment = values.get(&*field.name)?;
            Some(self.given_field(scope, field, &assignment.value))
        });
        values.collect()
    }

    /// Reports a field that is not one of these, with the nearest.
    pub(super) fn unknown_field(&mut self, owner: &str, fields: &Fields, name: &Name) {
        let what = format!("a field of `{owner}`");
        self.report_unknown(Code::UnknownField, name, &what, |_| names_of(fields));
    }

    /// Reports fields that are given twice; the first of each name.
    pub(super) fn refuse_repeated<'g>(
        &mut self,
        given: &'g [ast::Assignment],
    ) -> BTreeMap<&'g str, &'g ast::Assignment> {
        let mut first: BTreeMap<&str, &ast::Assignment> = BTreeMap::new();
        for assignment in given {
            let Name { text, span } = &assignment.name;
            if let Some(first) = first.get(&**text) {
                self.report(
                    Diagnostic::error(
                        Code::DeclaredTwice,
                        *span,
                        format!("`{text}` is given a second time"),
                    )
                    .also(first.name.span, "the first stands here")
                    .help("leave one of them out"),
                );
            } else {
                first.insert(text, assignment);
            }
        }
        first
    }

    /// Reports a field that there is not, with one that is still to be given.
    pub(super) fn unknown_given(
        &mut self,
        owner: &str,
        fields: &Fields,
        given: &BTreeMap<&str, &ast::Assignment>,
        name: &Name,
    ) {
        let is_given = |field: &Field| given.contains_key(&*field.name);
        let what = format!("a field of `{owner}`");
        if fields.iter().all(is_given) {
            let message = format!("`{}` is not {what}", quote(&name.text));
            let help = "leave it out: all its fields are given";
            self.report(Diagnostic::error(Code::UnknownField, name.span, message).help(help));
        } else {
            self.report_unknown(Code::UnknownField, name, &what, |_| {
                let left = fields.iter().filter(|field| !is_given(field));
                left.map(|field| field.name.to_string()).collect()
            });
        }
    }

    /// The value of one field.
    pub(super) fn given_field(
        &mut self,
        scope: &mut Scope,
        field: &Field,
        value: &Expr,
    ) -> ir::Expr {
        if scope.in_example && self.is_unknown(value) {
            if !field.optional {
                self.never_unknown(&field.name, &field.name, value.span);
            }
            return ir::Expr {
                ty: field.kind.clone(),
                optional: true,
                ..poison(value.span)
            };
        }
        let value = self.infer(scope, value, Some(&field.kind));
        let value = self.expect(value, &field.kind);
        self.rounded_money(&value);
        if field.optional {
            value
        } else {
            self.require(scope, value)
        }
    }
}

fn names_of(fields: &Fields) -> Vec<String> {
    fields.iter().map(|field| field.name.to_string()).collect()
}

/// Whether a name is nearly that of a field: then it is misspelt, and not the one
/// of a line that could not be read.
fn is_nearly_a_field(fields: &Fields, name: &Name) -> bool {
    nearest(&name.text, fields.iter().map(|field| &*field.name)).is_some()
}
