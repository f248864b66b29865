//! Policies: what each clause says, and what each may use of the others.

use super::Checker;
use super::clauses::{Clauses, OnClause};
use super::condition::Whole;
use super::scope::{Carried, Outcome, Scope};
use super::symbols::SymbolKind;
use crate::ast::{self, Expr, Item, Name, Verb};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::{ActionId, Type};
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

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
                self.same_title(&policy.title, first);
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
        self.titles = written.into_keys().collect();
        self.resolve_overrides(&mut policies, &sources);
        self.resolve_carriers(&mut policies, &sources);
        policies
    }

    fn same_title(&mut self, title: &ast::Quoted, first: Span) {
        let written = crate::diagnostic::quote(&title.text);
        self.report(
            Diagnostic::error(
                Code::DeclaredTwice,
                title.span,
                format!("a second policy is called `{written}`"),
            )
            .also(first, "the first stands here")
            .help("give one of them another title: reasons and reports name policies by it"),
        );
    }

    fn policy(&mut self, policy: &ast::Policy) -> Option<ir::Policy> {
        let before = self.diagnostics.len();
        let clauses = self.clauses(policy);
        let Some((verb, action)) = clauses.verb else {
            self.no_verb(policy);
            return None;
        };
        self.check_clause_mix(policy, verb, &clauses);
        let actions = self.actions_named(action);
        let mut scope = Scope::new();
        scope.incomplete = policy.broken || clauses.twice;
        scope.carried = self.carried_by(verb, action, &actions, clauses.on.as_ref());
        let for_each = clauses
            .for_each
            .map(|parts| self.for_each(&mut scope, parts));
        let gate = self.gate(&mut scope, policy, &clauses);
        let (when, unless) = self.guards(&mut scope, verb, &clauses);
        let because = clauses
            .because
            .map(|text| self.known(&mut scope, text, &Type::Text));
        let kind = match verb {
            Verb::Never => ir::PolicyKind::Never,
            Verb::Only => ir::PolicyKind::Only,
            Verb::Allow => ir::PolicyKind::Allow,
            Verb::Always => self.always(&mut scope, action, &actions, &clauses),
            Verb::Prefer => self.prefer(&mut scope, policy, &clauses),
            Verb::Limit => self.limit(&mut scope, policy, &clauses),
        };
        if self.diagnostics.len() == before {
            self.advise_until(policy, verb);
            let advice = super::advice::advise(policy, verb, &clauses, self.sources);
            self.diagnostics.extend(advice);
        }
        Some(ir::Policy {
            title: policy.title.text.clone(),
            kind,
            actions,
            for_each,
            gate,
            when,
            unless,
            overrides: Vec::new(),
            because,
            report_only: clauses.report_only.is_some(),
            owner: clauses.owner.map(|owner| owner.text.clone()),
            tags: words(clauses.tags),
            variables: scope.count,
            span: policy.title.span,
        })
    }

    fn no_verb(&mut self, policy: &ast::Policy) {
        if policy.broken {
            return;
        }
        self.report(
            Diagnostic::error(
                Code::NoVerb,
                policy.title.span,
                "this policy does not say what to do",
            )
            .help(
                "add `never …`, `only …`, `allow …`, `always …`, `prefer …` or `limit …` with an \
                 action",
            ),
        );
    }

    /// The proposal or duty whose fields the clauses may read.
    fn carried_by(
        &mut self,
        verb: Verb,
        action: &Name,
        actions: &[ActionId],
        on: Option<&OnClause<'_>>,
    ) -> Option<Carried> {
        match (on, verb) {
            (Some(OnClause::Carrier { action, .. }), _) => {
                let actions = self.actions_named(action);
                Some(carried(action, &actions, true))
            }
            (Some(OnClause::Fewer { .. }), _) | (None, Verb::Always) => None,
            (None, _) => Some(carried(action, actions, false)),
        }
    }

    /// The actions of an action's or a group's name.
    pub(super) fn actions_named(&mut self, name: &Name) -> Vec<ActionId> {
        if let Some(actions) = self.actions_known(name) {
            self.refer_by_name(name);
            return actions;
        }
        self.unknown_action(name);
        Vec::new()
    }

    /// The actions of a name; `None` where it is neither an action nor a group.
    pub(super) fn actions_known(&self, name: &Name) -> Option<Vec<ActionId>> {
        if let Some(action) = self.schema.action_named(&name.text) {
            return Some(vec![action]);
        }
        let mut groups = self.schema.groups.iter();
        let group = groups.find(|group| group.name == name.text)?;
        Some(group.members.clone())
    }

    /// Reports a name that is no action.
    pub(super) fn unknown_action(&mut self, name: &Name) {
        if self.symbols.is_broken(&name.text) {
            return;
        }
        let kinds = [SymbolKind::Action, SymbolKind::Group];
        self.report_unknown(Code::UnknownAction, name, "an action", |it| {
            it.names_of(&kinds)
        });
    }

    fn for_each(
        &mut self,
        scope: &mut Scope,
        (variable, list, condition): (&Name, &Expr, Option<&Expr>),
    ) -> ir::ForEach {
        let (list, element) = self.element_list(scope, list);
        let bound = self.bind(scope, variable, element);
        let (condition, found) = self.narrowed(scope, variable, condition, Whole::Clause);
        scope.witnesses.extend(found.witnesses);
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
        name: &Name,
        actions: &[ActionId],
        clauses: &Clauses<'_>,
    ) -> ir::PolicyKind {
        if actions.len() > 1 {
            let members = actions.iter().filter_map(|id| self.schema.action(*id));
            let members: Vec<&str> = members.map(|action| &*action.name).collect();
            let help = format!(
                "name one of its actions: {}",
                super::describe::listed(&members)
            );
            self.report(
                Diagnostic::error(
                    Code::GroupOwed,
                    name.span,
                    format!("`{}` is a group, and what is owed is one action", name.text),
                )
                .help(help),
            );
        }
        let by = clauses.by.map(|by| {
            let by = self.infer(scope, by, None);
            if !super::time::is_time(&by.ty) {
                self.not_a_time(&by);
            }
            if by.ty == Type::Date {
                // Which of two deadlines is the earlier, a Date or an instant, depends on it.
                self.require_zone(by.span);
            }
            self.require(scope, by)
        });
        ir::PolicyKind::Always {
            with: self.owed_fields(scope, name, actions, clauses),
            by,
            on: clauses.on.as_ref().map(|on| self.on(scope, on)),
        }
    }

    /// One value for each field of the one action that is owed.
    fn owed_fields(
        &mut self,
        scope: &mut Scope,
        name: &Name,
        actions: &[ActionId],
        clauses: &Clauses<'_>,
    ) -> Vec<Option<ir::Expr>> {
        let [action] = actions else {
            return Vec::new();
        };
        let Some(action) = self.schema.action(*action).cloned() else {
            return Vec::new();
        };
        let (given, span) = clauses.with.unwrap_or((&[], name.span));
        let incomplete = scope.incomplete;
        scope.incomplete |= action.broken;
        let with = self.given_fields(scope, &action.name, &action.fields, given, span);
        scope.incomplete = incomplete;
        with
    }

    fn on(&mut self, scope: &mut Scope, on: &OnClause<'_>) -> ir::On {
        match on {
            OnClause::Carrier { outcome, action } => ir::On::Carrier {
                outcome: *outcome,
                actions: self.actions_known(action).unwrap_or_default(),
                by: None,
            },
            OnClause::Fewer { number, action } => ir::On::Fewer {
                number: self.known(scope, number, &Type::Number),
                actions: self.actions_named(action),
            },
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

fn words(names: Option<&[Name]>) -> Vec<Arc<str>> {
    let names = names.unwrap_or_default();
    names.iter().map(|name| name.text.clone()).collect()
}
