//! Sums, products and what is rounded.
//!
//! Invariant: a chain of operators is no longer than what may be nested; a longer one is reported as a whole.

use super::{Lowerer, find, parts};
use crate::ast::{Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::limits;
use crate::operators::Arithmetic;
use crate::source::{Span, offset};
use crate::syntax::dates::year_first;
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn rounded(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let step = find(&pair, Rule::fallback);
        let value = self.inner(&pair, Rule::sum);
        match step {
            None => value,
            Some(step) => Expr {
                kind: ExprKind::Rounded {
                    value: Box::new(value),
                    step: self.boxed(step),
                },
                span,
            },
        }
    }

    /// Folds a chain of `+ -` or `* /` from the left.
    pub(super) fn arithmetic(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let whole = self.error_expression(&pair);
        if let Some(meant) = year_first(pair.as_str().trim()) {
            let message = "a date is written year, month, day";
            let diagnostic =
                Diagnostic::error(Code::BadLiteral, whole.span, message).help(meant.help());
            self.report(match meant.certain() {
                Some(day) => diagnostic.fix(whole.span, day),
                None => diagnostic,
            });
            return whole;
        }
        let mut parts = parts(pair);
        let Some(first) = parts.next() else {
            return whole;
        };
        let mut left = self.any(first);
        let mut length = 1_usize;
        while let (Some(operator), Some(right)) = (parts.next(), parts.next()) {
            length = length.saturating_add(1);
            if length > limits::NESTING {
                return self.too_long(whole);
            }
            self.check_blanks(&operator, &right);
            let right = self.any(right);
            left = self.apply(left, &operator, right);
        }
        left
    }

    fn apply(&mut self, left: Expr, operator: &Pair<'_, Rule>, right: Expr) -> Expr {
        Expr {
            span: left.span.to(right.span),
            kind: ExprKind::Arithmetic {
                operator: match operator.as_str() {
                    "+" => Arithmetic::Add,
                    "-" => Arithmetic::Subtract,
                    "*" => Arithmetic::Multiply,
                    _ => Arithmetic::Divide,
                },
                operator_span: self.span(operator),
                left: Box::new(left),
                right: Box::new(right),
            },
        }
    }

    /// `a -5` and `a-b` are read differently by different people.
    fn check_blanks(&mut self, operator: &Pair<'_, Rule>, right: &Pair<'_, Rule>) {
        if operator.as_rule() != Rule::sum_operator {
            return;
        }
        let span = operator.as_span();
        let before = span.get_input().get(..span.start()).unwrap_or("");
        let spaced = before.ends_with(char::is_whitespace) && right.as_span().start() > span.end();
        if !spaced {
            let place = self.span(operator);
            let sign = operator.as_str();
            let behind = span.get_input().get(span.end()..).unwrap_or("");
            let trimmed = before.trim_end();
            let left = trimmed.rsplit(is_gap).next().unwrap_or("");
            let next = behind.trim_start().split(is_gap).next().unwrap_or("");
            let blanks = |text: &str, kept: &str| offset(text.len().saturating_sub(kept.len()));
            let around = Span {
                start: place.start.saturating_sub(blanks(before, trimmed)),
                end: place
                    .end
                    .saturating_add(blanks(behind, behind.trim_start())),
                ..place
            };
            self.report(
                Diagnostic::error(
                    Code::BlanksAroundOperator,
                    place,
                    format!("`{sign}` stands without a blank on both sides"),
                )
                .help(format!(
                    "write `{}`",
                    quote(&format!("{left} {sign} {next}"))
                ))
                .fix(around, format!(" {sign} ")),
            );
        }
    }

    pub(super) fn too_long(&mut self, whole: Expr) -> Expr {
        self.report(
            Diagnostic::error(
                Code::TooDeep,
                whole.span,
                format!("more than {} values are chained here", limits::NESTING),
            )
            .help("put parts of it under names with `define`"),
        );
        whole
    }
}

/// What may stand around an operand.
fn is_gap(character: char) -> bool {
    character.is_whitespace() || "()[]{},".contains(character)
}
