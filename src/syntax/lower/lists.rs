//! What is asked of lists and taken from them: quantifiers, picks, aggregates.

use super::tests_of_values::bound_of;
use super::{Lowerer, find};
use crate::ast::{Expr, ExprKind, Quantifier};
use crate::operators::{Aggregate, Pick};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn quantified(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let word = find(&pair, Rule::quantifier).unwrap_or_else(|| pair.clone());
        Expr {
            kind: ExprKind::Quantified {
                keyword: self.span(&word),
                quantifier: self.quantifier(word),
                variable: self.inner_name(&pair),
                list: Box::new(self.inner_call(&pair)),
                condition: self.inner_where(&pair).map(Box::new),
                has: self.inner_has(&pair).map(Box::new),
            },
            span,
        }
    }

    fn quantifier(&mut self, pair: Pair<'_, Rule>) -> Quantifier {
        let inner = pair.clone().into_inner().next().unwrap_or(pair);
        match inner.as_rule() {
            Rule::quantifier_no => Quantifier::No,
            Rule::quantifier_every => Quantifier::Every,
            Rule::quantifier_count => self.quantifier_count(&inner),
            _ => Quantifier::Any,
        }
    }

    fn quantifier_count(&mut self, pair: &Pair<'_, Rule>) -> Quantifier {
        let number = find(pair, Rule::count_number).and_then(|count| count.into_inner().next());
        let number = match number {
            Some(number) => self.any(number),
            None => self.error_expression(pair),
        };
        let bound = find(pair, Rule::count_bound);
        match bound {
            Some(bound) if find(&bound, Rule::kw_exactly).is_none() => {
                Quantifier::Count(bound_of(&bound), Box::new(number))
            }
            _ => Quantifier::Exactly(Box::new(number)),
        }
    }

    pub(super) fn slice(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let count = self.inner(&pair, Rule::number);
        Expr {
            kind: ExprKind::Slice {
                from_end: find(&pair, Rule::kw_last).is_some(),
                count: Box::new(count),
                list: Box::new(self.inner_call(&pair)),
            },
            span: self.span(&pair),
        }
    }

    pub(super) fn picked(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let word = find(&pair, Rule::pick).and_then(|word| word.into_inner().next());
        Expr {
            kind: ExprKind::Picked {
                pick: match word.map(|word| word.as_rule()) {
                    Some(Rule::kw_last) => Pick::Last,
                    Some(Rule::kw_latest) => Pick::Latest,
                    Some(Rule::kw_earliest) => Pick::Earliest,
                    Some(Rule::kw_largest) => Pick::Largest,
                    Some(Rule::kw_smallest) => Pick::Smallest,
                    _ => Pick::First,
                },
                variable: self.inner_name(&pair),
                list: Box::new(self.inner_call(&pair)),
                by: find(&pair, Rule::by_part).map(|by| Box::new(self.only_expression(by))),
                condition: self.inner_where(&pair).map(Box::new),
                has: self.inner_has(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }

    pub(super) fn aggregate(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let inner = pair.clone().into_inner().next().unwrap_or(pair);
        if inner.as_rule() == Rule::count_elements {
            let variable = self.inner_name(&inner);
            let value = Expr {
                kind: ExprKind::Name(variable),
                span: self.inner_name(&inner).span,
            };
            return self.aggregate_for(Aggregate::Count, value, &inner, &inner);
        }
        let aggregate = find(&inner, Rule::aggregate_name);
        let aggregate = aggregate.map_or(Aggregate::Count, |name| aggregate_named(&name));
        let value = self.inner(&inner, Rule::sum);
        match find(&inner, Rule::for_part) {
            Some(part) => self.aggregate_for(aggregate, value, &part, &inner),
            None => Expr {
                kind: ExprKind::AggregateList {
                    aggregate,
                    list: Box::new(value),
                },
                span: self.span(&inner),
            },
        }
    }

    fn aggregate_for(
        &mut self,
        aggregate: Aggregate,
        value: Expr,
        part: &Pair<'_, Rule>,
        whole: &Pair<'_, Rule>,
    ) -> Expr {
        Expr {
            kind: ExprKind::Aggregate {
                aggregate,
                value: Box::new(value),
                variable: self.inner_name(part),
                list: Box::new(self.inner_call(part)),
                condition: self.inner_where(part).map(Box::new),
            },
            span: self.span(whole),
        }
    }
}

fn aggregate_named(pair: &Pair<'_, Rule>) -> Aggregate {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::kw_sum) => Aggregate::Sum,
        Some(Rule::kw_average) => Aggregate::Average,
        Some(Rule::kw_largest) => Aggregate::Largest,
        Some(Rule::kw_smallest) => Aggregate::Smallest,
        Some(Rule::kw_latest) => Aggregate::Latest,
        Some(Rule::kw_earliest) => Aggregate::Earliest,
        Some(Rule::kw_list) => Aggregate::List,
        Some(Rule::kw_distinct) => Aggregate::Distinct,
        Some(Rule::kw_first) => Aggregate::First,
        Some(Rule::kw_last) => Aggregate::Last,
        _ => Aggregate::Count,
    }
}
