//! Examples: what is given and proposed. What is expected stands in `expectations`.
//!
//! Values of an example read no input and no candidate: they are what the inputs are made from.

use super::Checker;
use super::describe::with_article;
use super::scope::Scope;
use crate::ast::{self, Assignment, ExampleClauseKind, Expr, ExprKind, GivenSource, Item, Name};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::ir;
use crate::schema::{Action, ActionId, Fields, Input, InputId, Type};
use crate::source::{Span, offset};
use crate::value::{Timestamp, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the expectations of one example are held against.
pub(super) struct Stage<'p> {
    /// The policies of the package.
    pub(super) policies: &'p [ir::Policy],
    /// The titles of all policies as written, those with mistakes included.
    pub(super) titles: &'p BTreeSet<Arc<str>>,
    /// The proposals, by id, with their actions.
    pub(super) proposals: BTreeMap<Arc<str>, (Option<ActionId>, Span)>,
}

impl Checker<'_> {
    /// Checks the examples, by their places in the files.
    pub(super) fn check_examples(
        &mut self,
        items: &[Item],
        policies: &[ir::Policy],
    ) -> Vec<ir::Example> {
        let written = items.iter().filter_map(|item| match item {
            Item::Policy(policy) => Some(policy.title.text.clone()),
            _ => None,
        });
        let written: BTreeSet<Arc<str>> = written.collect();
        let mut titles: BTreeMap<&str, Span> = BTreeMap::new();
        let mut examples = Vec::new();
        for item in items {
            let Item::Example(example) = item else {
                continue;
            };
            let title = &example.title;
            match titles.get(&*title.text) {
                Some(first) => self.example_twice(title, *first),
                None => {
                    titles.insert(&title.text, title.span);
                }
            }
            examples.extend(self.example(
                example,
                Stage {
                    policies,
                    titles: &written,
                    proposals: BTreeMap::new(),
                },
            ));
        }
        examples.sort_by_key(|example| example.span);
        examples
    }

    fn example_twice(&mut self, title: &ast::Quoted, first: Span) {
        let written = quote(&title.text);
        self.report(
            Diagnostic::error(
                Code::DeclaredTwice,
                title.span,
                format!("two examples are called `{written}`"),
            )
            .also(first, "the first stands here")
            .help("say in the title what this one shows and the other does not"),
        );
    }

    fn example(&mut self, example: &ast::Example, mut stage: Stage<'_>) -> Option<ir::Example> {
        let mut scope = Scope::new();
        scope.in_example = true;
        scope.incomplete = example.broken;
        let now = self.example_now(example);
        let given = self.all_given(&mut scope, example);
        let proposals = self.proposals(&mut scope, example, &mut stage);
        let expectations = self.expectations(&mut scope, example, &stage);
        self.refuse_expensive_example(example);
        Some(ir::Example {
            title: example.title.text.clone(),
            now: now?,
            given,
            proposals,
            expectations,
            variables: scope.count,
            span: example.title.span,
        })
    }

    fn refuse_expensive_example(&mut self, example: &ast::Example) {
        for clause in &example.clauses {
            for expression in clause.kind.expressions() {
                self.cost_within(expression);
            }
        }
    }

    /// `given now is T`: an instant written out.
    fn example_now(&mut self, example: &ast::Example) -> Option<Timestamp> {
        let mut first: Option<(&Expr, Span)> = None;
        for clause in &example.clauses {
            let ExampleClauseKind::Now(value) = &clause.kind else {
                continue;
            };
            match first {
                Some((_, span)) => self.given_twice("now", clause.span, span),
                None => first = Some((value, clause.span)),
            }
        }
        let Some((value, _)) = first else {
            self.clause_of_example_missing(
                example,
                "this example does not say when it is",
                "add the moment: `given now is 2026-11-23T10:00:00Z`",
            );
            return None;
        };
        match &value.kind {
            ExprKind::Literal(Value::DateTime(now)) => return Some(*now),
            ExprKind::Error => return None,
            _ => {}
        }
        let written = self.quoted(value.span);
        let help = match &value.kind {
            ExprKind::Literal(Value::Date(date)) => format!("write `{date}T00:00:00Z`"),
            _ => "write a date, a time and an offset, as in `2026-11-23T10:00:00Z`".to_string(),
        };
        self.report(
            Diagnostic::error(
                Code::BadLiteral,
                value.span,
                format!("`{written}` is not an instant written out"),
            )
            .help(help),
        );
        None
    }

    fn clause_of_example_missing(&mut self, example: &ast::Example, what: &str, help: &str) {
        if example.broken {
            return;
        }
        self.report(Diagnostic::error(Code::ClauseMissing, example.title.span, what).help(help));
    }

    fn given_twice(&mut self, name: &str, second: Span, first: Span) {
        self.report(
            Diagnostic::error(
                Code::ClauseTwice,
                second,
                format!("`{name}` is given a second time"),
            )
            .also(first, "the first stands here")
            .help("leave one of them out"),
        );
    }

    /// Every input that is given; those that are needed and not given are reported.
    fn all_given(
        &mut self,
        scope: &mut Scope,
        example: &ast::Example,
    ) -> Vec<crate::example::Given<ir::Expr>> {
        let mut seen: BTreeMap<InputId, Span> = BTreeMap::new();
        let mut all = Vec::new();
        let mut has_unknown = false;
        for clause in &example.clauses {
            let ExampleClauseKind::Given {
                input,
                source,
                with,
            } = &clause.kind
            else {
                continue;
            };
            let Some(id) = self.example_input(input) else {
                // The input that is missing is probably the one that was meant.
                has_unknown = true;
                continue;
            };
            match seen.get(&id) {
                Some(first) => self.given_twice(&input.text, clause.span, *first),
                None => {
                    seen.insert(id, clause.span);
                    all.extend(self.given(scope, id, source, with, clause.span));
                }
            }
        }
        if !has_unknown {
            self.refuse_missing_inputs(example, &seen);
        }
        all
    }

    fn example_input(&mut self, name: &Name) -> Option<InputId> {
        let found = self.schema.input_named(&name.text);
        self.refer_by_name(name);
        if found.is_none() && !self.symbols.is_broken(&name.text) {
            self.report_unknown(Code::UnknownInput, name, "an input", |it| {
                it.input_names(|_| true)
            });
        }
        found
    }

    fn input_names(&self, wanted: impl Fn(InputId) -> bool) -> Vec<String> {
        let inputs = (0..).map(InputId).zip(&self.schema.inputs);
        inputs
            .filter(|(id, _)| wanted(*id))
            .map(|(_, input)| input.name.to_string())
            .collect()
    }

    fn refuse_missing_inputs(&mut self, example: &ast::Example, seen: &BTreeMap<InputId, Span>) {
        let is_needed = |id: InputId| {
            let input = self.schema.input(id);
            !seen.contains_key(&id) && input.is_some_and(|input| !input.optional)
        };
        let missing = self.input_names(is_needed);
        let Some(first) = missing.first() else {
            return;
        };
        let names: Vec<&str> = missing.iter().map(String::as_str).collect();
        let what = format!(
            "this example does not give {}",
            super::describe::listed(&names)
        );
        let help =
            format!("add `given {first} is {{ … }}` or `given {first} from \"{first}.json\"`");
        self.clause_of_example_missing(example, &what, &help);
    }

    fn given(
        &mut self,
        scope: &mut Scope,
        id: InputId,
        source: &GivenSource,
        with: &[Assignment],
        span: Span,
    ) -> Option<crate::example::Given<ir::Expr>> {
        let input = self.schema.input(id)?.clone();
        let source = match source {
            GivenSource::Value(value) if self.is_unknown(value) => {
                self.given_unknown(&input, value.span, with);
                return None;
            }
            GivenSource::Value(value) => {
                let value = self.infer(scope, value, Some(&input.kind));
                let value = self.expect(value, &input.kind);
                crate::example::Source::Value(if input.optional && with.is_empty() {
                    value
                } else {
                    self.require(scope, value)
                })
            }
            GivenSource::File(name) => {
                self.refuse_foreign_file(name);
                crate::example::Source::File(name.text.clone())
            }
        };
        Some(crate::example::Given {
            input: id,
            source,
            with: self.changed_fields(scope, &input.kind, &input.name, with),
            span,
        })
    }

    /// Whether a value is the word `unknown`, as in `given weather is unknown`.
    pub(super) fn is_unknown(&self, value: &Expr) -> bool {
        match &value.unbracketed().kind {
            ExprKind::Name(name) => {
                &*name.text == "unknown" && self.symbols.get(&name.text).is_none()
            }
            _ => false,
        }
    }

    /// An input that is said to be unknown: the same as one that is not given.
    fn given_unknown(&mut self, input: &Input, place: Span, with: &[Assignment]) {
        let name = &input.name;
        if !input.optional {
            self.never_unknown(name, &format!("input {name}"), place);
        } else if let Some(first) = with.first() {
            let message = format!("`{name}` is unknown here and has no `{}`", first.name.text);
            let help = "leave the `with` out, or give the record whose fields it changes";
            self.report(Diagnostic::error(Code::UnknownField, first.name.span, message).help(help));
        }
    }

    /// Reports that what is always there is said to be unknown.
    pub(super) fn never_unknown(&mut self, name: &str, declared: &str, place: Span) {
        let message = format!("`{name}` is not `optional`, so it is never unknown");
        let help = format!("write its value, or declare it as `{declared}: optional …`");
        self.report(Diagnostic::error(Code::TypeMismatch, place, message).help(help));
    }

    /// A file of the package's folder is named from there.
    fn refuse_foreign_file(&mut self, name: &ast::Quoted) {
        let inside = |part: &str| !matches!(part, "" | "." | "..");
        let is_inside = name.text.split('/').all(inside)
            && !name.text.contains(['\\', ':'])
            && !name.text.chars().any(char::is_control);
        if !is_inside {
            let written = quote(&name.text);
            self.report(
                Diagnostic::error(
                    Code::BadFileName,
                    name.span,
                    format!("`{written}` is not a file of the package's folder"),
                )
                .help("write its path from that folder, with `/` between the parts: `\"cases/amir.json\"`"),
            );
        }
    }

    /// `with tier: gold` behind what is given: fields of a record, each with its place.
    fn changed_fields(
        &mut self,
        scope: &mut Scope,
        kind: &Type,
        name: &str,
        with: &[Assignment],
    ) -> Vec<(u32, ir::Expr)> {
        let Some(first) = with.first() else {
            return Vec::new();
        };
        match kind {
            Type::Record(id) => {
                let Some(record) = self.schema.record(*id).cloned() else {
                    return Vec::new();
                };
                let incomplete = scope.incomplete;
                scope.incomplete |= record.broken;
                let fields = self.some_fields(scope, &record.name, &record.fields, with);
                scope.incomplete = incomplete;
                fields
            }
            Type::Unknown => Vec::new(),
            other => {
                let kind = with_article(&self.describe(other));
                self.report(
                    Diagnostic::error(
                        Code::UnknownField,
                        first.name.span,
                        format!("`{name}` is {kind}, which has no fields"),
                    )
                    .help("`with` changes fields of a record; write the value as it is to be"),
                );
                Vec::new()
            }
        }
    }

    /// Some of the fields, from `field: value` pairs, each with its place.
    pub(super) fn some_fields(
        &mut self,
        scope: &mut Scope,
        owner: &str,
        fields: &Fields,
        with: &[Assignment],
    ) -> Vec<(u32, ir::Expr)> {
        self.refuse_repeated(with);
        let mut found = Vec::new();
        for assignment in with {
            match fields.named(&assignment.name.text) {
                Some((place, field)) => {
                    let value = self.given_field(scope, field, &assignment.value);
                    found.push((offset(place), value));
                }
                None if scope.incomplete => {}
                None => self.unknown_field(owner, fields, &assignment.name),
            }
        }
        found
    }

    fn proposals(
        &mut self,
        scope: &mut Scope,
        example: &ast::Example,
        stage: &mut Stage<'_>,
    ) -> Vec<crate::example::Proposed<ir::Expr>> {
        let mut all = Vec::new();
        let mut number = 0_usize;
        for clause in &example.clauses {
            let ExampleClauseKind::Propose { id, action, with } = &clause.kind else {
                continue;
            };
            number = number.saturating_add(1);
            let span = id.as_ref().map_or(clause.span, |id| id.span);
            let id = match id {
                Some(id) => id.text.clone(),
                None => number.to_string().into(),
            };
            self.refuse_id(&id, span, stage);
            let found = self.one_action(action, "what is proposed");
            let known = found.as_ref().map(|(id, _)| *id);
            stage.proposals.entry(id.clone()).or_insert((known, span));
            let Some((action_id, action)) = found else {
                continue;
            };
            all.push(crate::example::Proposed {
                id,
                action: action_id,
                with: self.action_fields(scope, &action, with, clause.span),
                span: clause.span,
            });
        }
        all
    }

    fn action_fields(
        &mut self,
        scope: &mut Scope,
        action: &Action,
        with: &[Assignment],
        span: Span,
    ) -> Vec<Option<ir::Expr>> {
        let incomplete = scope.incomplete;
        scope.incomplete |= action.broken;
        let fields = self.given_fields(scope, &action.name, &action.fields, with, span);
        scope.incomplete = incomplete;
        fields
    }

    fn refuse_id(&mut self, id: &Arc<str>, span: Span, stage: &Stage<'_>) {
        let written = quote(id);
        if crate::example::is_for_duties(id) {
            self.report(
                Diagnostic::error(
                    Code::BadProposalId,
                    span,
                    format!("`{written}` is an id that duties get"),
                )
                .help("name the proposal otherwise, such as `\"p1\"`"),
            );
        } else if let Some((_, first)) = stage.proposals.get(id) {
            self.report(
                Diagnostic::error(
                    Code::BadProposalId,
                    span,
                    format!("two proposals have the id `{written}`"),
                )
                .also(*first, "the first stands here")
                .help("give each its own; one without an id has its place in the order, from 1"),
            );
        }
    }

    /// The action of that name, which must not be a group.
    pub(super) fn one_action(&mut self, name: &Name, what: &str) -> Option<(ActionId, Action)> {
        if let Some(id) = self.schema.action_named(&name.text) {
            self.refer_by_name(name);
            return self.schema.action(id).map(|action| (id, action.clone()));
        }
        let group = self
            .schema
            .groups
            .iter()
            .find(|group| group.name == name.text);
        if group.is_some() {
            self.report(
                Diagnostic::error(
                    Code::GroupOwed,
                    name.span,
                    format!("`{}` is a group, and {what} is one action", name.text),
                )
                .help("name one of its actions"),
            );
        } else {
            self.unknown_action(name);
        }
        None
    }
}
