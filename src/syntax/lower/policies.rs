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
            Rule::prefer => self.verb(Verb::Prefer, &pair),
            Rule::limit => self.limit(&pair),
            Rule::per => ClauseKind::Per(self.only_expression(pair.clone())),
            Rule::counting => self.counting(&pair),
            Rule::exempt => ClauseKind::Exempt(self.only_expression(pair.clone())),
            Rule::dates => self.dates(&pair),
            Rule::share => self.share(&pair),
            Rule::report_only => ClauseKind::ReportOnly,
            Rule::owner => ClauseKind::Owner(self.inner_quoted(&pair)),
            Rule::tags => {
                ClauseKind::Tags(all(&pair, Rule::tag).map(|tag| self.name(&tag)).collect())
            }
            Rule::because => ClauseKind::Because(self.only_expression(pair.clone())),
            Rule::by => ClauseKind::By(self.only_expression(pair.clone())),
            Rule::for_each => self.for_each(&pair),
            Rule::on => self.on(&pair),
            Rule::overrides => ClauseKind::Overrides(self.texts(&pair)),
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

    fn limit(&mut self, pair: &Pair<'_, Rule>) -> ClauseKind {
        ClauseKind::Limit {
            action: self.inner_name(pair),
            amount: self.inner(pair, Rule::value),
            of: find(pair, Rule::limit_of).map(|of| self.only_expression(of)),
        }
    }

    fn counting(&mut self, pair: &Pair<'_, Rule>) -> ClauseKind {
        let values = find(pair, Rule::counted_values);
        let elements = find(pair, Rule::counted_elements);
        let value = values
            .as_ref()
            .map(|values| self.inner(values, Rule::value));
        let part = values.or(elements).unwrap_or_else(|| pair.clone());
        ClauseKind::Counting {
            value,
            variable: self.inner_name(&part),
            list: self.inner_call(&part),
            condition: self.inner_where(&part),
        }
    }

    fn dates(&mut self, pair: &Pair<'_, Rule>) -> ClauseKind {
        let mut day = |rule| find(pair, rule).map(|day| self.only_expression(day));
        ClauseKind::Dates {
            first: day(Rule::first_day),
            last: day(Rule::last_day),
        }
    }

    fn share(&mut self, pair: &Pair<'_, Rule>) -> ClauseKind {
        let number = find(pair, Rule::number).unwrap_or_else(|| pair.clone());
        ClauseKind::Share {
            percent: self.number(&number),
            percent_span: self.span(&number),
            key: self.inner_call(pair),
            name: find(pair, Rule::text).map(|text| self.quoted(text)),
        }
    }

    fn on(&mut self, pair: &Pair<'_, Rule>) -> ClauseKind {
        let action = self.inner_name(pair);
        if let Some(fewer) = find(pair, Rule::on_fewer) {
            return ClauseKind::OnFewer {
                number: self.only_expression(fewer),
                action,
            };
        }
        let outcome = find(pair, Rule::carrier_outcome);
        ClauseKind::On {
            outcome: match outcome.as_ref().map(|pair| pair.as_str().trim()) {
                Some("proposed") => CarrierOutcome::Proposed,
                Some("blocked") => CarrierOutcome::Blocked,
                Some("limited") => CarrierOutcome::Limited,
                _ => CarrierOutcome::Allowed,
            },
            action,
            by: find(pair, Rule::text).map(|text| self.quoted(text)),
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
