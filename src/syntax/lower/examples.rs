//! Examples in the language.

use super::{Lowerer, all, find};
use crate::ast::{
    Assignment, Example, ExampleClause, ExampleClauseKind, Expectation, ExpectedVerdict,
    ExpectedWithheld, Expr, GivenSource, Quoted,
};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn example(&mut self, pair: Pair<'_, Rule>) -> Example {
        let span = self.span(&pair);
        Example {
            title: self.inner_quoted(&pair),
            clauses: self.example_clauses(pair),
            broken: false,
            span,
        }
    }

    /// The clauses among the inner pairs.
    pub(in crate::syntax) fn example_clauses(
        &mut self,
        pair: Pair<'_, Rule>,
    ) -> Vec<ExampleClause> {
        pair.into_inner()
            .filter_map(|clause| self.example_clause(clause))
            .collect()
    }

    /// The title of an example whose clauses are read one by one.
    pub(in crate::syntax) fn example_title(&mut self, pair: &Pair<'_, Rule>) -> Quoted {
        self.inner_quoted(pair)
    }

    fn example_clause(&mut self, pair: Pair<'_, Rule>) -> Option<ExampleClause> {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::given_now => ExampleClauseKind::Now(self.only_expression(pair)),
            Rule::given_file => ExampleClauseKind::Given {
                input: self.inner_name(&pair),
                source: GivenSource::File(self.inner_quoted(&pair)),
                with: self.inner_with(&pair),
            },
            Rule::given_value => ExampleClauseKind::Given {
                input: self.inner_name(&pair),
                source: GivenSource::Value(self.inner(&pair, Rule::expression)),
                with: self.inner_with(&pair),
            },
            Rule::propose => ExampleClauseKind::Propose {
                id: find(&pair, Rule::text).map(|text| self.quoted(text)),
                action: self.inner_name(&pair),
                with: self.inner_with(&pair),
            },
            Rule::expect => ExampleClauseKind::Expect(self.expectation(&pair)?),
            _ => return None,
        };
        Some(ExampleClause { kind, span })
    }

    fn expectation(&mut self, pair: &Pair<'_, Rule>) -> Option<Expectation> {
        let inner = pair
            .clone()
            .into_inner()
            .find(|part| part.as_rule() != Rule::kw_expect)?;
        Some(match inner.as_rule() {
            Rule::expect_nothing => Expectation::NothingElse,
            Rule::expect_none => Expectation::NoDuty(self.inner_name(&inner)),
            Rule::expect_order => {
                let mut ids = self.texts(&inner).into_iter();
                Expectation::Before {
                    first: ids.next()?,
                    second: ids.next()?,
                }
            }
            Rule::expect_verdict => Expectation::Verdict {
                id: self.inner_quoted(&inner),
                verdict: verdict(&inner),
                by: self.expected_by(&inner),
                until: self.expected_until(&inner),
            },
            _ => self.expected_duty(&inner),
        })
    }

    fn expected_duty(&mut self, pair: &Pair<'_, Rule>) -> Expectation {
        let on = find(pair, Rule::expected_on);
        let deadline = find(pair, Rule::expected_deadline);
        let withheld = find(pair, Rule::expected_withheld);
        Expectation::Duty {
            action: self.inner_name(pair),
            with: self.inner_with(pair),
            on: on.map(|on| self.inner_quoted(&on)),
            deadline: deadline.map(|deadline| self.only_expression(deadline)),
            withheld: withheld.map(|withheld| ExpectedWithheld {
                by: self.expected_by(&withheld),
                until: self.expected_until(&withheld),
            }),
        }
    }

    fn expected_by(&mut self, pair: &Pair<'_, Rule>) -> Vec<Quoted> {
        find(pair, Rule::expected_by).map_or_else(Vec::new, |by| self.texts(&by))
    }

    fn expected_until(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        find(pair, Rule::expected_until).map(|until| self.only_expression(until))
    }

    fn inner_with(&mut self, pair: &Pair<'_, Rule>) -> Vec<Assignment> {
        find(pair, Rule::with)
            .map_or_else(Vec::new, |with| self.assignments(&with, Rule::assignment))
    }

    /// The plain texts among the inner pairs.
    pub(super) fn texts(&mut self, pair: &Pair<'_, Rule>) -> Vec<Quoted> {
        let texts: Vec<_> = all(pair, Rule::text).collect();
        texts.into_iter().map(|text| self.quoted(text)).collect()
    }

    /// The plain text among the inner pairs; the grammar puts one there.
    pub(super) fn inner_quoted(&mut self, pair: &Pair<'_, Rule>) -> Quoted {
        let span = self.span(pair);
        find(pair, Rule::text).map_or_else(
            || Quoted {
                text: "".into(),
                span,
            },
            |text| self.quoted(text),
        )
    }
}

fn verdict(pair: &Pair<'_, Rule>) -> ExpectedVerdict {
    match find(pair, Rule::verdict)
        .as_ref()
        .map(|word| word.as_str().trim())
    {
        Some("blocked") => ExpectedVerdict::Blocked,
        Some("limited") => ExpectedVerdict::Limited,
        _ => ExpectedVerdict::Allowed,
    }
}
