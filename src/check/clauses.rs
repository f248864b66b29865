//! Which clauses a policy has, and which go with its verb.

use super::Checker;
use crate::ast::{self, Assignment, Clause, ClauseKind, Expr, Name, Quoted, Verb};
use crate::diagnostic::{Code, Diagnostic};
use crate::operators::CarrierOutcome;
use crate::source::Span;
use crate::value::Number;

/// The clauses of a policy, each found once.
#[derive(Default)]
pub(super) struct Clauses<'a> {
    pub(super) verb: Option<(Verb, &'a Name)>,
    pub(super) amount: Option<LimitAmount<'a>>,
    pub(super) per: Option<&'a Expr>,
    pub(super) counting: Option<CountingClause<'a>>,
    pub(super) exempt: Option<&'a Expr>,
    pub(super) with: Option<(&'a [Assignment], Span)>,
    pub(super) when: Option<&'a Expr>,
    pub(super) unless: Option<&'a Expr>,
    pub(super) on: Option<OnClause<'a>>,
    pub(super) for_each: Option<(&'a Name, &'a Expr, Option<&'a Expr>, Span)>,
    pub(super) by: Option<&'a Expr>,
    pub(super) overrides: Option<()>,
    pub(super) because: Option<&'a Expr>,
    pub(super) dates: Option<(Option<&'a Expr>, Option<&'a Expr>)>,
    pub(super) share: Option<ShareClause<'a>>,
    pub(super) report_only: Option<()>,
    pub(super) owner: Option<&'a Quoted>,
    pub(super) tags: Option<&'a [Name]>,
}

/// `to 60 USD of credit.amount`
#[derive(Clone, Copy)]
pub(super) struct LimitAmount<'a> {
    pub(super) amount: &'a Expr,
    pub(super) of: Option<&'a Expr>,
}

/// `counting credit.amount for credit in customer.credits where …`
#[derive(Clone, Copy)]
pub(super) struct CountingClause<'a> {
    pub(super) value: Option<&'a Expr>,
    pub(super) variable: &'a Name,
    pub(super) list: &'a Expr,
    pub(super) condition: Option<&'a Expr>,
    pub(super) span: Span,
}

/// `on blocked upsell by "title"`, `on fewer than 3 allowed upsell`
#[derive(Clone, Copy)]
pub(super) enum OnClause<'a> {
    Carrier {
        outcome: CarrierOutcome,
        action: &'a Name,
    },
    Fewer {
        number: &'a Expr,
        action: &'a Name,
    },
}

/// `for 10% of customer.id as "autumn"`
#[derive(Clone, Copy)]
pub(super) struct ShareClause<'a> {
    pub(super) percent: &'a Number,
    pub(super) percent_span: Span,
    pub(super) key: &'a Expr,
    pub(super) name: Option<&'a Quoted>,
}

impl Checker<'_> {
    pub(super) fn clauses<'a>(&mut self, policy: &'a ast::Policy) -> Clauses<'a> {
        let mut found = Clauses::default();
        for clause in &policy.clauses {
            if !found.take(clause) {
                self.clause_twice(clause);
            }
        }
        found
    }

    fn clause_twice(&mut self, clause: &Clause) {
        let word = self.quoted(clause.keyword);
        let help = match clause.kind {
            ClauseKind::When(_) => "join the two conditions with `and`",
            ClauseKind::Unless(_) | ClauseKind::Exempt(_) => "join the two conditions with `or`",
            ClauseKind::Verb { .. } | ClauseKind::Limit { .. } => {
                "a policy does one thing: write a second policy"
            }
            ClauseKind::Dates { .. } => "write both days in one: `from … until …`",
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

    /// Reports clauses that are missing, and those that do not go with the verb.
    pub(super) fn check_clause_mix(
        &mut self,
        policy: &ast::Policy,
        verb: Verb,
        clauses: &Clauses<'_>,
    ) {
        if policy.broken {
            return;
        }
        if let Some(help) = missing_clause(verb, clauses) {
            self.report(
                Diagnostic::error(
                    Code::ClauseMissing,
                    policy.title.span,
                    "a clause is missing",
                )
                .help(help),
            );
        }
        for clause in &policy.clauses {
            let Some(verbs) = verbs_of(&clause.kind) else {
                continue;
            };
            if !verbs.contains(&verb) {
                self.clause_misplaced(clause, verbs);
            }
        }
    }

    fn clause_misplaced(&mut self, clause: &Clause, verbs: &[Verb]) {
        let word = self.quoted(clause.keyword);
        let verbs: Vec<String> = verbs
            .iter()
            .map(|verb| format!("`{}`", verb.word()))
            .collect();
        let help = match clause.kind {
            ClauseKind::Exempt(_) => "leave it out, or write the condition under `unless`",
            _ => "leave it out, or write the condition under `when`",
        };
        self.report(
            Diagnostic::error(
                Code::ClauseMisplaced,
                clause.keyword,
                format!("`{word}` goes with {} alone", verbs.join(" and ")),
            )
            .help(help),
        );
    }
}

impl<'a> Clauses<'a> {
    /// Puts a clause in its place; whether that was still empty.
    fn take(&mut self, clause: &'a Clause) -> bool {
        match &clause.kind {
            ClauseKind::Verb { verb, action } => set(&mut self.verb, (*verb, action)),
            ClauseKind::Limit { action, amount, of } => {
                let of = of.as_ref();
                set(&mut self.verb, (Verb::Limit, action))
                    && set(&mut self.amount, LimitAmount { amount, of })
            }
            ClauseKind::Per(per) => set(&mut self.per, per),
            ClauseKind::Counting {
                value,
                variable,
                list,
                condition,
            } => set(
                &mut self.counting,
                CountingClause {
                    value: value.as_ref(),
                    variable,
                    list,
                    condition: condition.as_ref(),
                    span: clause.span,
                },
            ),
            ClauseKind::Exempt(exempt) => set(&mut self.exempt, exempt),
            ClauseKind::With(with) => set(&mut self.with, (with, clause.span)),
            ClauseKind::When(when) => set(&mut self.when, when),
            ClauseKind::Unless(unless) => set(&mut self.unless, unless),
            ClauseKind::ForEach {
                variable,
                list,
                condition,
            } => set(
                &mut self.for_each,
                (variable, list, condition.as_ref(), clause.span),
            ),
            ClauseKind::By(by) => set(&mut self.by, by),
            ClauseKind::Overrides(_) => set(&mut self.overrides, ()),
            ClauseKind::Because(because) => set(&mut self.because, because),
            _ => self.take_circumstance(clause),
        }
    }

    fn take_circumstance(&mut self, clause: &'a Clause) -> bool {
        match &clause.kind {
            ClauseKind::On {
                outcome, action, ..
            } => set(
                &mut self.on,
                OnClause::Carrier {
                    outcome: *outcome,
                    action,
                },
            ),
            ClauseKind::OnFewer { number, action } => {
                set(&mut self.on, OnClause::Fewer { number, action })
            }
            ClauseKind::Dates { first, last } => {
                set(&mut self.dates, (first.as_ref(), last.as_ref()))
            }
            ClauseKind::Share {
                percent,
                percent_span,
                key,
                name,
            } => set(
                &mut self.share,
                ShareClause {
                    percent,
                    percent_span: *percent_span,
                    key,
                    name: name.as_ref(),
                },
            ),
            ClauseKind::ReportOnly => set(&mut self.report_only, ()),
            ClauseKind::Owner(owner) => set(&mut self.owner, owner),
            ClauseKind::Tags(tags) => set(&mut self.tags, tags),
            _ => true,
        }
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

fn missing_clause(verb: Verb, clauses: &Clauses<'_>) -> Option<&'static str> {
    match verb {
        Verb::Only if clauses.when.is_none() => Some("`only` says when: add `when …`"),
        Verb::Allow if clauses.overrides.is_none() => {
            Some("`allow` is an exception: add `overrides \"…\"` with the titles it lifts")
        }
        Verb::Prefer if clauses.by.is_none() => Some("`prefer` says by how much: add `by 10`"),
        _ => None,
    }
}

/// The verbs that a clause goes with; `None` where it goes with all.
fn verbs_of(clause: &ClauseKind) -> Option<&'static [Verb]> {
    match clause {
        ClauseKind::With(_)
        | ClauseKind::On { .. }
        | ClauseKind::OnFewer { .. }
        | ClauseKind::ForEach { .. } => Some(&[Verb::Always]),
        ClauseKind::By(_) => Some(&[Verb::Always, Verb::Prefer]),
        ClauseKind::Per(_) | ClauseKind::Counting { .. } | ClauseKind::Exempt(_) => {
            Some(&[Verb::Limit])
        }
        _ => None,
    }
}
