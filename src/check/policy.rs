//! Policies: which clauses go together, and what each may use of the others.

use super::Checker;
use super::scope::{Carried, Outcome, Scope};
use super::symbols::SymbolKind;
use crate::ast::{self, Assignment, Clause, ClauseKind, Expr, Item, Name, Verb};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::operators::CarrierOutcome;
use crate::schema::{ActionId, Type};
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The clauses of a policy, each found once.
#[derive(Default)]
struct Clauses<'a> {
    verb: Option<(Verb, &'a Name)>,
    with: Option<(&'a [Assignment], Span)>,
    when: Option<&'a Expr>,
    unless: Option<&'a Expr>,
    on: Option<(CarrierOutcome, &'a Name)>,
    for_each: Option<(&'a Name, &'a Expr, Option<&'a Expr>, Span)>,
    by: Option<&'a Expr>,
    overrides: bool,
    because: Option<&'a Expr>,
}

impl Checker<'_> {
    /// Checks the policies, sorted by title.
    pub(super) fn check_policies(&mut self, items: &[Item]) -> Vec<ir::Policy> {
        let mut written: BTreeMap<Arc<str>, &ast::Policy> = BTreeMap::new();
        for item in items {
            let Item::Policy(policy) = item else {
                continue;
            };
            if let Some(first) = written.get(&policy.title.text) {
                let first = first.title.span;
                self.declared_twice(&policy.title.text, policy.title.span, first);
                continue;
            }
            written.insert(policy.title.text.clone(), policy);
        }
        let mut policies = Vec::new();
        let mut sources = Vec::new();
        for policy in written.values() {
            if let Some(checked) = self.policy(policy) {
                policies.push(checked);
                sources.push(*policy);
            }
        }
        self.resolve_overrides(&mut policies, &sources);
        policies
    }

    fn policy(&mut self, policy: &ast::Policy) -> Option<ir::Policy> {
        let clauses = self.clauses(policy);
        let Some((verb, action)) = clauses.verb else {
            if !policy.broken {
                self.report(
                    Diagnostic::error(Code::NoVerb, policy.title.span, "this policy does nothing")
                        .help("say what it does: `never …`, `only …`, `allow …` or `always …`"),
                );
            }
            return None;
        };
        self.check_clause_mix(policy, verb, &clauses);
        let actions = self.actions_named(action);
        let mut scope = Scope::new();
        scope.incomplete = policy.broken;
        let on = clauses
            .on
            .map(|(outcome, carrier)| (outcome, carrier, self.actions_named(carrier)));
        scope.carried = match (&on, verb) {
            (Some((_, carrier, actions)), _) => Some(carried(carrier, actions, true)),
            (None, Verb::Always) => None,
            (None, _) => Some(carried(action, &actions, false)),
        };
        let for_each = clauses
            .for_each
            .map(|parts| self.for_each(&mut scope, parts));
        let (when, unless) = self.guards(&mut scope, verb, &clauses);
        let because = clauses
            .because
            .map(|text| self.known(&mut scope, text, &Type::Text));
        let kind = match verb {
            Verb::Never => ir::PolicyKind::Never,
            Verb::Only => ir::PolicyKind::Only,
            Verb::Allow => ir::PolicyKind::Allow,
            Verb::Prefer | Verb::Limit => {
                self.not_yet(policy.title.span, "ranking and limits");
                ir::PolicyKind::Allow
            }
            Verb::Always => self.always(&mut scope, policy, action, &actions, &clauses, on),
        };
        self.diagnostics.extend(super::advice::advise(
            policy,
            verb,
            clauses.when,
            self.sources,
        ));
        Some(ir::Policy {
            title: policy.title.text.clone(),
            kind,
            actions,
            for_each,
            when,
            unless,
            overrides: Vec::new(),
            because,
            variables: scope.count,
            span: policy.title.span,
        })
    }

    fn clauses<'a>(&mut self, policy: &'a ast::Policy) -> Clauses<'a> {
        let mut found = Clauses::default();
        for clause in &policy.clauses {
            let taken = match &clause.kind {
                ClauseKind::Verb { verb, action } => set(&mut found.verb, (*verb, action)),
                ClauseKind::With(with) => set(&mut found.with, (with, clause.span)),
                ClauseKind::When(when) => set(&mut found.when, when),
                ClauseKind::Unless(unless) => set(&mut found.unless, unless),
                ClauseKind::On {
                    outcome, action, ..
                } => set(&mut found.on, (*outcome, action)),
                ClauseKind::ForEach {
                    variable,
                    list,
                    condition,
                } => set(
                    &mut found.for_each,
                    (variable, list, condition.as_ref(), clause.span),
                ),
                ClauseKind::Limit { .. }
                | ClauseKind::Per(_)
                | ClauseKind::Counting { .. }
                | ClauseKind::Exempt(_)
                | ClauseKind::OnFewer { .. }
                | ClauseKind::Dates { .. }
                | ClauseKind::Share { .. }
                | ClauseKind::ReportOnly
                | ClauseKind::Owner(_)
                | ClauseKind::Tags(_) => {
                    self.not_yet(clause.keyword, "this clause");
                    true
                }
                ClauseKind::By(by) => set(&mut found.by, by),
                ClauseKind::Overrides(_) => !std::mem::replace(&mut found.overrides, true),
                ClauseKind::Because(because) => set(&mut found.because, because),
            };
            if !taken {
                self.clause_twice(clause);
            }
        }
        found
    }

    fn clause_twice(&mut self, clause: &Clause) {
        let word = self.quoted(clause.keyword);
        let help = match clause.kind {
            ClauseKind::When(_) => "join the two conditions with `and`",
            ClauseKind::Unless(_) => "join the two conditions with `or`",
            ClauseKind::Verb { .. } => "a policy does one thing: write a second policy",
            _ => "join the two, or leave one of them out",
        };
        self.report(
            Diagnostic::error(
                Code::ClauseTwice,
                clause.keyword,
                format!("`{word}` is a second clause of its kind"),
            )
            .help(help),
        );
    }

    fn check_clause_mix(&mut self, policy: &ast::Policy, verb: Verb, clauses: &Clauses<'_>) {
        if policy.broken {
            return;
        }
        let missing = match verb {
            Verb::Only if clauses.when.is_none() => Some("`only` says when: add `when …`"),
            Verb::Allow if !clauses.overrides => {
                Some("`allow` is an exception: add `overrides \"…\"` with the titles it lifts")
            }
            _ => None,
        };
        if let Some(help) = missing {
            self.report(
                Diagnostic::error(
                    Code::ClauseMissing,
                    policy.title.span,
                    "a clause is missing",
                )
                .help(help),
            );
        }
        if verb == Verb::Always {
            return;
        }
        for clause in &policy.clauses {
            let owed = matches!(
                clause.kind,
                ClauseKind::With(_)
                    | ClauseKind::On { .. }
                    | ClauseKind::ForEach { .. }
                    | ClauseKind::By(_)
            );
            if owed {
                let word = self.quoted(clause.keyword);
                self.report(
                    Diagnostic::error(
                        Code::ClauseMisplaced,
                        clause.keyword,
                        format!("`{word}` goes with `always` alone"),
                    )
                    .help("leave it out, or write the condition under `when`"),
                );
            }
        }
    }

    /// The actions of an action's or a group's name.
    fn actions_named(&mut self, name: &Name) -> Vec<ActionId> {
        if let Some(action) = self.schema.action_named(&name.text) {
            return vec![action];
        }
        if let Some(group) = self
            .schema
            .groups
            .iter()
            .find(|group| group.name == name.text)
        {
            return group.members.clone();
        }
        self.unknown_action(name);
        Vec::new()
    }

    /// Reports a name that is no action.
    pub(super) fn unknown_action(&mut self, name: &Name) {
        if self.symbols.is_broken(&name.text) {
            return;
        }
        let kinds = [SymbolKind::Action, SymbolKind::Group];
        let names: Vec<String> = self.symbols.of_kinds(&kinds).map(str::to_string).collect();
        let names = names.iter().map(String::as_str);
        self.report_unknown(Code::UnknownAction, name, "an action", names);
    }

    fn for_each(
        &mut self,
        scope: &mut Scope,
        (variable, list, condition, span): (&Name, &Expr, Option<&Expr>, Span),
    ) -> ir::ForEach {
        let (list, element) = self.element_list(scope, list);
        let bound = self.bind(scope, variable, element);
        let condition = condition.map(|condition| {
            let (condition, found) = self.where_condition(scope, variable, condition, span);
            scope.facts.extend(found.holds);
            scope.witnesses.extend(found.witnesses);
            condition
        });
        ir::ForEach {
            variable: bound.id,
            list,
            condition,
        }
    }

    /// `when` and `unless`, each with what the other makes known where it can.
    fn guards(
        &mut self,
        scope: &mut Scope,
        verb: Verb,
        clauses: &Clauses<'_>,
    ) -> (Option<ir::Expr>, Option<ir::Expr>) {
        let before = self.diagnostics.len();
        let saved = scope.clone();
        let mut unless = clauses.unless.map(|unless| self.condition(scope, unless));
        let alone = self.diagnostics.len() == before;
        if alone {
            let fails = unless.as_ref().map(|(_, outcome)| outcome.fails.clone());
            scope.facts.extend(fails.into_iter().flatten());
        } else {
            self.diagnostics.truncate(before);
            *scope = saved;
        }
        let when = clauses.when.map(|when| self.condition(scope, when));
        let (when, outcome) = when.map_or((None, Outcome::default()), |(w, o)| (Some(w), o));
        if verb != Verb::Only {
            scope.facts.extend(outcome.holds);
            scope.witnesses.extend(outcome.witnesses);
        }
        if !alone {
            let hidden = std::mem::take(&mut scope.witnesses);
            unless = clauses.unless.map(|unless| self.condition(scope, unless));
            scope.witnesses = hidden;
            let fails = unless.as_ref().map(|(_, outcome)| outcome.fails.clone());
            scope.facts.extend(fails.into_iter().flatten());
        }
        (when, unless.map(|(unless, _)| unless))
    }

    fn always(
        &mut self,
        scope: &mut Scope,
        policy: &ast::Policy,
        name: &Name,
        actions: &[ActionId],
        clauses: &Clauses<'_>,
        on: Option<(CarrierOutcome, &Name, Vec<ActionId>)>,
    ) -> ir::PolicyKind {
        if actions.len() > 1 {
            self.report(
                Diagnostic::error(
                    Code::GroupOwed,
                    name.span,
                    format!("`{}` is a group, and a duty is one action", name.text),
                )
                .help("name one of its actions"),
            );
        }
        let action = actions
            .first()
            .and_then(|id| self.schema.action(*id))
            .cloned();
        let (given, span) = clauses.with.unwrap_or((&[], policy.title.span));
        let with = match (&action, actions.len()) {
            (Some(action), 1) => {
                let incomplete = scope.incomplete;
                scope.incomplete |= action.broken;
                let with = self.given_fields(scope, &action.name, &action.fields, given, span);
                scope.incomplete = incomplete;
                with
            }
            _ => Vec::new(),
        };
        let by = clauses.by.map(|by| {
            let by = self.infer(scope, by, None);
            if !super::time::is_time(&by.ty) {
                self.not_a_time(&by);
            }
            self.require(scope, by)
        });
        ir::PolicyKind::Always {
            with,
            by,
            on: on.map(|(outcome, _, actions)| ir::On { outcome, actions }),
        }
    }
}

fn carried(name: &Name, actions: &[ActionId], is_carrier: bool) -> Carried {
    Carried {
        name: name.text.clone(),
        actions: actions.to_vec(),
        is_carrier,
    }
}

/// Fills a place that is still empty.
fn set<T>(place: &mut Option<T>, value: T) -> bool {
    let empty = place.is_none();
    if empty {
        *place = Some(value);
    }
    empty
}
