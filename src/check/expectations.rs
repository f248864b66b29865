//! What an example expects, held against its proposals, the actions and the policies.

use super::Checker;
use super::examples::Stage;
use super::scope::Scope;
use crate::ast::{self, ExampleClauseKind, ExpectedVerdict, Expr, Name, Quoted};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::example::{Expectation, Expected, ExpectedDuty, ExpectedWithheld, is_for_duties};
use crate::ir::{self, PolicyKind};
use crate::schema::{ActionId, Type};
use crate::source::Span;
use std::sync::Arc;

type Found = Expected<ir::Expr>;

impl Checker<'_> {
    /// Every `expect` of an example.
    pub(super) fn expectations(
        &mut self,
        scope: &mut Scope,
        example: &ast::Example,
        stage: &Stage<'_>,
    ) -> Vec<Expectation<ir::Expr>> {
        let mut all = Vec::new();
        let mut closed: Option<Span> = None;
        let mut any = false;
        for clause in &example.clauses {
            let ExampleClauseKind::Expect(expectation) = &clause.kind else {
                continue;
            };
            any = true;
            if matches!(expectation, ast::Expectation::NothingElse)
                && let Some(first) = closed.replace(clause.span)
            {
                self.nothing_else_twice(clause.span, first);
            }
            if let Some(kind) = self.expectation(scope, expectation, stage) {
                let span = clause.span;
                all.push(Expectation { kind, span });
            }
        }
        if !any && !example.broken {
            self.report(
                Diagnostic::error(
                    Code::ClauseMissing,
                    example.title.span,
                    "this example expects nothing, so it shows nothing",
                )
                .help("say what comes of it: `expect \"p1\" blocked`, or `expect nothing else`"),
            );
        }
        all
    }

    fn nothing_else_twice(&mut self, second: Span, first: Span) {
        self.report(
            Diagnostic::error(
                Code::ClauseTwice,
                second,
                "`expect nothing else` stands here a second time",
            )
            .also(first, "the first stands here")
            .help("leave one of them out"),
        );
    }

    fn expectation(
        &mut self,
        scope: &mut Scope,
        expectation: &ast::Expectation,
        stage: &Stage<'_>,
    ) -> Option<Found> {
        match expectation {
            ast::Expectation::Verdict {
                id,
                verdict,
                by,
                until,
            } => Some(self.expected_verdict(scope, stage, (id, *verdict), by, until.as_ref())),
            ast::Expectation::Before { first, second } => {
                self.proposal_named(first, stage);
                self.proposal_named(second, stage);
                Some(Expected::Before {
                    first: first.text.clone(),
                    second: second.text.clone(),
                })
            }
            ast::Expectation::Duty { .. } => self.expected_duty(scope, expectation, stage),
            ast::Expectation::NoDuty(name) => Some(Expected::NoDuty {
                name: name.text.clone(),
                actions: self.actions_named(name),
            }),
            ast::Expectation::NothingElse => Some(Expected::NothingElse),
        }
    }

    fn expected_verdict(
        &mut self,
        scope: &mut Scope,
        stage: &Stage<'_>,
        (id, verdict): (&Quoted, ExpectedVerdict),
        by: &[Quoted],
        until: Option<&Expr>,
    ) -> Found {
        let action = self.proposal_named(id, stage);
        if verdict == ExpectedVerdict::Allowed {
            let reason = by.first().map(|title| title.span);
            if let Some(span) = reason.or(until.map(|until| until.span)) {
                self.reason_of_allowed(span);
            }
        } else {
            let outcome = |kind: &PolicyKind| refuses(kind) == Some(verdict);
            self.refusing_policies(by, action, stage, outcome, verdict.word());
        }
        Expected::Verdict {
            id: id.text.clone(),
            verdict,
            by: by.iter().map(|title| title.text.clone()).collect(),
            until: until.map(|until| self.known(scope, until, &Type::DateTime)),
        }
    }

    fn reason_of_allowed(&mut self, span: Span) {
        self.report(
            Diagnostic::error(
                Code::ClauseMisplaced,
                span,
                "what is allowed has no reason and no end",
            )
            .help("leave `by` and `until` out, or write `blocked` or `limited`"),
        );
    }

    /// The action of the proposal of that id, or a message.
    fn proposal_named(&mut self, id: &Quoted, stage: &Stage<'_>) -> Option<ActionId> {
        if let Some((action, _)) = stage.proposals.get(&id.text) {
            return *action;
        }
        let written = quote(&id.text);
        let mut diagnostic = Diagnostic::error(
            Code::UnknownProposal,
            id.span,
            format!("no proposal of this example has the id `{written}`"),
        );
        let ids = stage.proposals.keys().map(|id| &**id);
        diagnostic = match nearest(&id.text, ids) {
            Some(near) => diagnostic
                .help(format!("did you mean `\"{near}\"`?"))
                .fix(id.span, format!("\"{near}\"")),
            None if stage.proposals.is_empty() => {
                diagnostic.help(format!("propose it: `propose \"{written}\": …`"))
            }
            None => {
                let ids: Vec<&str> = stage.proposals.keys().map(|id| &**id).collect();
                diagnostic.help(format!("it has {}", super::describe::listed(&ids)))
            }
        };
        self.report(diagnostic);
        None
    }

    /// Policies that are to be among the reasons against a candidate of that action.
    fn refusing_policies(
        &mut self,
        titles: &[Quoted],
        action: Option<ActionId>,
        stage: &Stage<'_>,
        refuses: impl Fn(&PolicyKind) -> bool,
        verdict: &str,
    ) {
        for title in titles {
            let found = stage
                .policies
                .iter()
                .find(|policy| policy.title == title.text);
            if let Some(policy) = found {
                self.refer(title.span, policy.span);
            }
            match (found, action) {
                (None, _) if stage.titles.contains(&title.text) => {}
                (None, _) => self.unknown_policy(title),
                (Some(policy), Some(action)) => {
                    if policy.report_only {
                        self.only_reported(title, policy);
                    } else if !refuses(&policy.kind) || !policy.actions.contains(&action) {
                        self.never_a_reason(title, policy, action, verdict);
                    }
                }
                (Some(_), None) => {}
            }
        }
    }

    fn only_reported(&mut self, title: &Quoted, policy: &ir::Policy) {
        self.report(
            Diagnostic::error(
                Code::NeverAReason,
                title.span,
                "this policy is judged and reported, but never a reason",
            )
            .also(policy.span, "the policy")
            .help("leave its `report only` out, or name another policy"),
        );
    }

    fn never_a_reason(
        &mut self,
        title: &Quoted,
        policy: &ir::Policy,
        action: ActionId,
        verdict: &str,
    ) {
        // The actions of a policy whose name is unknown are not known either.
        if policy.actions.is_empty() {
            return;
        }
        let name = self
            .schema
            .action(action)
            .map_or_else(|| "".into(), |action| action.name.clone());
        let verbs = match verdict {
            "limited" => "a `limit`",
            "blocked" => "a `never` or an `only`",
            _ => "a `never`, an `only` or a `limit`",
        };
        self.report(
            Diagnostic::error(
                Code::NeverAReason,
                title.span,
                format!("because of this policy `{name}` is never {verdict}"),
            )
            .also(policy.span, "the policy")
            .help(format!("name {verbs} that is about `{name}`")),
        );
    }

    fn expected_duty(
        &mut self,
        scope: &mut Scope,
        expectation: &ast::Expectation,
        stage: &Stage<'_>,
    ) -> Option<Found> {
        let ast::Expectation::Duty {
            action,
            with,
            on,
            deadline,
            withheld,
        } = expectation
        else {
            return None;
        };
        if *action.text == *"nothing" && self.schema.action_named(&action.text).is_none() {
            self.bare_nothing(action);
            return None;
        }
        if let Some(on) = on
            && !is_for_duties(&on.text)
        {
            self.proposal_named(on, stage);
        }
        let by = deadline
            .as_ref()
            .map(|by| self.expected_deadline(scope, by));
        let found = self.one_action(action, "what is owed");
        let withheld = withheld.as_ref().map(|withheld| {
            let action = found.as_ref().map(|(id, _)| *id);
            let outcome = |kind: &PolicyKind| refuses(kind).is_some();
            self.refusing_policies(&withheld.by, action, stage, outcome, "withheld");
            ExpectedWithheld {
                by: titles(&withheld.by),
                until: withheld
                    .until
                    .as_ref()
                    .map(|until| self.known(scope, until, &Type::DateTime)),
            }
        });
        let (id, action) = found?;
        let incomplete = scope.incomplete;
        scope.incomplete |= action.broken;
        let with = self.some_fields(scope, &action.name, &action.fields, with);
        scope.incomplete = incomplete;
        Some(Expected::Duty(ExpectedDuty {
            action: id,
            with,
            on: on.as_ref().map(|on| on.text.clone()),
            by,
            withheld,
        }))
    }

    fn bare_nothing(&mut self, word: &Name) {
        self.report(
            Diagnostic::error(
                Code::Guess,
                word.span,
                "`nothing` stands here without `else`",
            )
            .help("write `expect nothing else`: no other duty, and no other verdict than allowed")
            .fix(word.span, "nothing else"),
        );
    }

    fn expected_deadline(&mut self, scope: &mut Scope, by: &Expr) -> ir::Expr {
        let by = self.infer(scope, by, None);
        if !super::time::is_time(&by.ty) {
            self.not_a_time(&by);
        }
        self.require(scope, by)
    }
}

fn titles(quoted: &[Quoted]) -> Vec<Arc<str>> {
    quoted.iter().map(|title| title.text.clone()).collect()
}

/// The verdict that a policy of that kind brings about.
fn refuses(kind: &PolicyKind) -> Option<ExpectedVerdict> {
    match kind {
        PolicyKind::Never | PolicyKind::Only => Some(ExpectedVerdict::Blocked),
        PolicyKind::Limit(_) => Some(ExpectedVerdict::Limited),
        PolicyKind::Allow | PolicyKind::Always { .. } | PolicyKind::Prefer { .. } => None,
    }
}
