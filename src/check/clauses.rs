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
    pub(super) for_each: Option<(&'a Name, &'a Expr, Option<&'a Expr>)>,
    pub(super) by: Option<&'a Expr>,
    pub(super) overrides: Option<()>,
    pub(super) because: Option<&'a Expr>,
    pub(super) dates: Option<(Option<&'a Expr>, Option<&'a Expr>)>,
    pub(super) share: Option<ShareClause<'a>>,
    pub(super) report_only: Option<()>,
    pub(super) owner: Option<&'a Quoted>,
    pub(super) tags: Option<&'a [Name]>,
    /// Whether a clause came twice, so that what the second says is not missed.
    pub(super) twice: bool,
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
                found.twice = true;
                self.clause_twice(policy, clause);
            }
        }
        found
    }

    fn clause_twice(&mut self, policy: &ast::Policy, clause: &Clause) {
        let word = self.quoted(clause.keyword);
        let verb = matches!(
            clause.kind,
            ClauseKind::Verb { .. } | ClauseKind::Limit { .. }
        );
        let message = if verb {
            format!("a policy does one thing, and `{word}` is a second")
        } else {
            format!("this is a second `{word}`, and a policy has one")
        };
        let diagnostic = Diagnostic::error(Code::ClauseTwice, clause.keyword, message)
            .help(joined(&clause.kind));
        let kind = std::mem::discriminant(&clause.kind);
        let mut earlier = policy.clauses.iter();
        let first = earlier
            .find(|other| std::mem::discriminant(&other.kind) == kind)
            .filter(|other| other.span != clause.span);
        self.report(match first {
            Some(first) => diagnostic.also(first.keyword, "the first stands here"),
            None => diagnostic,
        });
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
        if let Some((message, help)) = missing_clause(verb, clauses) {
            let says_what = policy.clauses.iter().find_map(|clause| match clause.kind {
                ClauseKind::Verb { .. } => Some(clause.span),
                _ => None,
            });
            let span = says_what.unwrap_or(policy.title.span);
            self.report(Diagnostic::error(Code::ClauseMissing, span, message).help(help));
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
        let word = match clause.kind {
            ClauseKind::ForEach { .. } => "for each".to_string(),
            _ => self.quoted(clause.keyword),
        };
        let verbs: Vec<String> = verbs
            .iter()
            .map(|verb| format!("`{}`", verb.word()))
            .collect();
        let help = match clause.kind {
            ClauseKind::Exempt(_) => "leave it out, or write the condition under `unless`",
            ClauseKind::With(_) => "leave it out: only what is owed is given values",
            ClauseKind::On { .. } | ClauseKind::OnFewer { .. } => {
                "leave it out: the action behind the verb is what the policy is about"
            }
            ClauseKind::ForEach { .. } => "ask for one of them: `when any … in … where …`",
            ClauseKind::By(_) => {
                "leave it out: only what is owed has a deadline, and only `prefer` a number"
            }
            _ => "leave it out: only a `limit` counts anything",
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
            } => set(&mut self.for_each, (variable, list, condition.as_ref())),
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

/// How two clauses of a kind become one.
fn joined(clause: &ClauseKind) -> &'static str {
    match clause {
        ClauseKind::When(_) => "write one `when` and join the two conditions with `and`",
        ClauseKind::Unless(_) => "write one `unless` and join the two conditions with `or`",
        ClauseKind::Exempt(_) => "write one `exempt when` and join the two conditions with `or`",
        ClauseKind::With(_) => "write one `with` and put a comma between the fields",
        ClauseKind::Overrides(_) => "write one `overrides` and put a comma between the titles",
        ClauseKind::Tags(_) => "write one `tags` and put a comma between the words",
        ClauseKind::Dates { .. } => "write both days in one: `from … until …`",
        ClauseKind::Verb { .. } | ClauseKind::Limit { .. } => {
            "write a second policy, or declare a group of actions: `actions both = a, b`"
        }
        _ => "leave one of them out, or write a second policy",
    }
}

/// What a policy lacks, and what to add.
fn missing_clause(verb: Verb, clauses: &Clauses<'_>) -> Option<(&'static str, &'static str)> {
    match verb {
        Verb::Only if clauses.when.is_none() => Some((
            "`only` needs a `when`",
            "add `when …` and the condition under which it may be done",
        )),
        Verb::Allow if clauses.overrides.is_none() => Some((
            "`allow` needs an `overrides`",
            "add `overrides \"…\"` with the titles of the policies that it lifts; what no policy \
             blocks is allowed without it",
        )),
        Verb::Prefer if clauses.by.is_none() => Some((
            "`prefer` needs a `by`",
            "add `by 10`, or another number: the higher, the sooner",
        )),
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
