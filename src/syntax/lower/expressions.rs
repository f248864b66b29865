//! Expressions: from the grammar's levels to one tree.
//!
//! Input: the pair of any level. Output: one node; a level that holds nothing but the next adds none. What a level
//! says of numbers, lists, time and texts stands in the files beside this one.

use super::{Lowerer, find, parts};
use crate::ast::{Expr, ExprKind};
use crate::limits;
use crate::syntax::grammar::Rule;
use crate::value::Value;
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn error_expression(&self, pair: &Pair<'_, Rule>) -> Expr {
        Expr {
            kind: ExprKind::Error,
            span: self.span(pair),
        }
    }

    /// The one expression among the inner pairs.
    pub(super) fn only_expression(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let fallback = self.error_expression(&pair);
        self.expressions_in(pair)
            .into_iter()
            .next()
            .unwrap_or(fallback)
    }

    /// All expressions among the inner pairs.
    pub(super) fn expressions_in(&mut self, pair: Pair<'_, Rule>) -> Vec<Expr> {
        let found: Vec<_> = parts(pair)
            .filter(|part| is_expression(part.as_rule()))
            .collect();
        found.into_iter().map(|part| self.any(part)).collect()
    }

    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Expr {
        self.any(pair)
    }

    /// The expression of that rule among the inner pairs.
    pub(super) fn inner(&mut self, pair: &Pair<'_, Rule>, rule: Rule) -> Expr {
        match find(pair, rule) {
            Some(found) => self.any(found),
            None => self.error_expression(pair),
        }
    }

    /// The `call` among the inner pairs.
    pub(super) fn inner_call(&mut self, pair: &Pair<'_, Rule>) -> Expr {
        self.inner(pair, Rule::call)
    }

    /// The condition of a `where` among the inner pairs.
    pub(super) fn inner_where(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        find(pair, Rule::where_part).map(|part| self.only_expression(part))
    }

    pub(super) fn inner_has(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        find(pair, Rule::has_part).map(|part| self.only_expression(part))
    }

    /// The zone of an `in` among the inner pairs.
    pub(super) fn inner_zone(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        find(pair, Rule::in_zone)
            .and_then(|part| find(&part, Rule::postfix_or_text))
            .map(|part| self.only_expression(part))
    }

    /// Any rule of an expression. Levels that hold a single part vanish here,
    /// without recursion: a bracket passes a dozen of them.
    pub(super) fn any(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let mut pair = pair;
        while let Some(inner) = single_part(&pair) {
            pair = inner;
        }
        self.level(pair)
    }

    fn level(&mut self, pair: Pair<'_, Rule>) -> Expr {
        match pair.as_rule() {
            Rule::conditional => self.conditional(pair),
            Rule::disjunction => self.joined(pair, ExprKind::Or),
            Rule::conjunction => self.joined(pair, ExprKind::And),
            Rule::negation => self.negation(pair),
            Rule::comparison => self.comparison(pair),
            Rule::quantified => self.quantified(pair),
            Rule::value => self.at(pair),
            Rule::rounded => self.rounded(pair),
            Rule::sum | Rule::product => self.arithmetic(pair),
            Rule::fallback => self.fallback(pair),
            Rule::count_between => self.count_between(pair),
            Rule::working_between => self.working_between(pair),
            Rule::working_shift => self.working_shift(pair),
            Rule::share_slot => self.slot(pair),
            Rule::function => self.function(pair),
            Rule::sublist => self.slice(pair),
            Rule::day_of_month => self.day_of_month(pair),
            Rule::picked => self.picked(pair),
            Rule::aggregate => self.aggregate(pair),
            Rule::today | Rule::bare_now => self.today(pair),
            Rule::shifted => self.shifted(pair),
            Rule::span_literal => self.span_literal(&pair),
            Rule::day_of_year => self.day_of_year(&pair),
            Rule::literal => self.literal(pair),
            Rule::number => self.plain_number(&pair),
            Rule::text => self.text(pair),
            Rule::postfix => self.postfix(pair),
            Rule::atom => self.atom(pair),
            _ => self.error_expression(&pair),
        }
    }

    pub(super) fn boxed(&mut self, pair: Pair<'_, Rule>) -> Box<Expr> {
        Box::new(self.any(pair))
    }

    fn conditional(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let mut branches = self.expressions_in(pair.clone()).into_iter().map(Box::new);
        match (branches.next(), branches.next(), branches.next()) {
            (Some(condition), Some(then), Some(otherwise)) => Expr {
                kind: ExprKind::If {
                    condition,
                    then,
                    otherwise,
                },
                span,
            },
            _ => self.error_expression(&pair),
        }
    }

    fn joined(&mut self, pair: Pair<'_, Rule>, join: fn(Vec<Expr>) -> ExprKind) -> Expr {
        let span = self.span(&pair);
        let fallback = self.error_expression(&pair);
        let mut conditions = self.expressions_in(pair);
        if conditions.len() > 1 {
            return Expr {
                kind: join(conditions),
                span,
            };
        }
        conditions.pop().unwrap_or(fallback)
    }

    fn negation(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let negated = find(&pair, Rule::kw_not).is_some();
        let inner = self.only_expression(pair);
        if !negated {
            return inner;
        }
        Expr {
            kind: ExprKind::Not(Box::new(inner)),
            span,
        }
    }

    fn comparison(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let test = find(&pair, Rule::test);
        let value = self.only_expression(pair);
        match test {
            Some(test) => self.test(value, test),
            None => value,
        }
    }

    fn fallback(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let whole = self.error_expression(&pair);
        let values = self.expressions_in(pair);
        if values.len() > limits::NESTING {
            return self.too_long(whole);
        }
        let mut values = values.into_iter().rev();
        let last = values.next().unwrap_or(whole);
        values.fold(last, |fallback, value| Expr {
            span: value.span.to(fallback.span),
            kind: ExprKind::Otherwise {
                value: Box::new(value),
                fallback: Box::new(fallback),
            },
        })
    }

    fn plain_number(&mut self, pair: &Pair<'_, Rule>) -> Expr {
        Expr {
            kind: ExprKind::Literal(Value::Number(self.number(pair))),
            span: self.span(pair),
        }
    }

    fn postfix(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let whole = self.error_expression(&pair);
        let mut parts = parts(pair);
        let mut expression = parts
            .next()
            .map_or_else(|| whole.clone(), |atom| self.any(atom));
        for (index, field) in parts.enumerate() {
            if index >= limits::NESTING {
                return self.too_long(whole);
            }
            let name = self.name(&field);
            expression = Expr {
                span: expression.span.to(name.span),
                kind: ExprKind::Field {
                    base: Box::new(expression),
                    name,
                },
            };
        }
        expression
    }

    fn atom(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let Some(inner) = pair.clone().into_inner().next() else {
            return self.error_expression(&pair);
        };
        let kind = match inner.as_rule() {
            Rule::bracket => ExprKind::Bracket(Box::new(self.only_expression(inner))),
            Rule::list => ExprKind::List(self.expressions_in(inner)),
            Rule::call_by_name => {
                let called = find(&inner, Rule::called_name);
                ExprKind::Call {
                    name: self.inner_name(&called.unwrap_or_else(|| inner.clone())),
                    arguments: self.expressions_in(inner),
                }
            }
            Rule::record => ExprKind::Record {
                name: Some(self.inner_name(&inner)),
                fields: self.assignments(&inner, Rule::record_field),
            },
            Rule::nameless_record => ExprKind::Record {
                name: None,
                fields: self.assignments(&inner, Rule::record_field),
            },
            _ => ExprKind::Name(self.name(&inner)),
        };
        Expr { kind, span }
    }
}

/// What a level holds where it holds nothing else: an operand without operator.
fn single_part<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    let passes = matches!(
        pair.as_rule(),
        Rule::expression
            | Rule::disjunction
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::value
            | Rule::rounded
            | Rule::sum
            | Rule::product
            | Rule::fallback
            | Rule::call
            | Rule::length
            | Rule::postfix
    );
    let mut inner = pair.clone().into_inner();
    let first = inner.next().filter(|_| passes)?;
    inner.next().is_none().then_some(first)
}

fn is_expression(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::expression
            | Rule::conditional
            | Rule::disjunction
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::quantified
            | Rule::value
            | Rule::rounded
            | Rule::sum
            | Rule::product
            | Rule::fallback
            | Rule::call
            | Rule::count_between
            | Rule::working_between
            | Rule::working_shift
            | Rule::share_slot
            | Rule::function
            | Rule::sublist
            | Rule::day_of_month
            | Rule::picked
            | Rule::aggregate
            | Rule::today
            | Rule::bare_now
            | Rule::shifted
            | Rule::span_literal
            | Rule::day_of_year
            | Rule::literal
            | Rule::text
            | Rule::postfix
            | Rule::atom
    )
}
