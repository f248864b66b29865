//! Policies and their clauses.

use super::{Lowerer, all, find};
use crate::ast::{Assignment, Clause, ClauseKind, Policy, Quoted, Verb};
use crate::operators::CarrierOutcome;
use crate::source::{Span, offset};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn policy(&mut self, pair: Pair<'_, Rule>) -> Policy {
        let span = self.span(&pair);
        let title = find(&pair, Rule::text).map(|text| self.quoted(text));
        Policy {
            title: title.unwrap_or_else(|| Quoted {
                text: "".into(),
                span,
            }),
            clauses: self.clauses(pair),
            broken: false,
            span,
        }
    }

    /// The clauses among the inner pairs.
    pub(in crate::syntax) fn clauses(&mut self, pair: Pair<'_, Rule>) -> Vec<Clause> {
        pair.into_inner()
            .filter_map(|clause| self.clause(clause))
            .collect()
    }

    fn clause(&mut self, pair: Pair<'_, Rule>) -> Option<Clause> {
        let kind = match pair.as_rule() {
            Rule::never => self.verb(Verb::Never, &pair),
            Rule::only => self.verb(Verb::Only, &pair),
            Rule::allow => self.verb(Verb::Allow, &pair),
            Rule::always => self.verb(Verb::Always, &pair),
            Rule::with => ClauseKind::With(self.assignments(&pair, Rule::assignment)),
            Rule::when => ClauseKind::When(self.only_expression(pair.clone())),
            Rule::unless => ClauseKind::Unless(self.only_expression(pair.clone())),
            Rule::because => ClauseKind::Because(self.only_expression(pair.clone())),
            Rule::by => ClauseKind::By(self.only_expression(pair.clone())),
            Rule::for_each => self.for_each(&pair),
            Rule::on => self.on(&pair),
            Rule::overrides => {
                let titles: Vec<_> = all(&pair, Rule::text).collect();
                ClauseKind::Overrides(titles.into_iter().map(|text| self.quoted(text)).collect())
            }
            _ => return None,
        };
        Some(Clause {
            kind,
            keyword: self.keyword(&pair),
            span: self.span(&pair),
        })
    }

    fn verb(&self, verb: Verb, pair: &Pair<'_, Rule>) -> ClauseKind {
        ClauseKind::Verb {
            verb,
            action: self.inner_name(pair),
        }
    }

    pub(super) fn assignments(&mut self, pair: &Pair<'_, Rule>, rule: Rule) -> Vec<Assignment> {
        let found: Vec<_> = all(pair, rule).collect();
        found
            .into_iter()
            .filter_map(|assignment| {
                let name = find(&assignment, Rule::field_name)?;
                let value = find(&assignment, Rule::expression)?;
                Some(Assignment {
                    name: self.name(&name),
                    value: self.expression(value),
                })
            })
            .collect()
    }

    fn for_each(&mut self, pair: &Pair<'_, Rule>) -> ClauseKind {
        ClauseKind::ForEach {
            variable: self.inner_name(pair),
            list: self.inner_call(pair),
            condition: self.inner_where(pair),
        }
    }

    fn on(&self, pair: &Pair<'_, Rule>) -> ClauseKind {
        let outcome = find(pair, Rule::carrier_outcome);
        ClauseKind::On {
            outcome: match outcome.as_ref().map(|pair| pair.as_str().trim()) {
                Some("proposed") => CarrierOutcome::Proposed,
                Some("blocked") => CarrierOutcome::Blocked,
                _ => CarrierOutcome::Allowed,
            },
            action: self.inner_name(pair),
        }
    }

    /// The word a clause begins with.
    fn keyword(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = self.span(pair);
        let text = pair.as_str();
        let word = text
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(text.len());
        Span {
            end: span.start.saturating_add(offset(word)),
            ..span
        }
    }
}
