//! Texts with inserted values, and money that leaves.

use super::Checker;
use super::describe::with_article;
use super::scope::Scope;
use super::value::{constant_text, typed};
use crate::ast::TextPart;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::operators::Aggregate;
use crate::schema::Type;
use crate::source::Span;
use crate::value::Value;

impl Checker<'_> {
    pub(super) fn text(
        &mut self,
        scope: &mut Scope,
        parts: &[TextPart],
        expected: Option<&Type>,
        span: Span,
    ) -> ir::Expr {
        let literal = match parts {
            [] => Some(""),
            [TextPart::Literal(text)] => Some(text.as_str()),
            _ => None,
        };
        if let Some(text) = literal {
            if expected == Some(&Type::Timezone) {
                return self.zone_literal(text, span);
            }
            return typed(
                ir::ExprKind::Constant(constant_text(text)),
                Type::Text,
                span,
            );
        }
        let parts = parts.iter().map(|part| match part {
            TextPart::Literal(text) => ir::TextPart::Literal(text.as_str().into()),
            TextPart::Hole(value) => ir::TextPart::Value(self.hole(scope, value)),
        });
        let parts = parts.collect();
        typed(ir::ExprKind::Text(parts), Type::Text, span)
    }

    fn hole(&mut self, scope: &mut Scope, value: &crate::ast::Expr) -> ir::Expr {
        let value = self.bracketed(scope, |it, scope| it.infer(scope, value, None));
        let value = self.require(scope, value);
        let element = match &value.ty {
            Type::List(element) => (**element).clone(),
            other => other.clone(),
        };
        match element {
            Type::Record(_) | Type::List(_) => {
                let kind = with_article(&self.describe(&value.ty));
                let text = self.written(value.span);
                let records = match &value.ty {
                    Type::List(element) => self.fields_of(element),
                    other => self.fields_of(other),
                };
                let mut texts = records.iter().filter(|field| field.kind == Type::Text);
                let field = texts.next_back().map_or("…", |field| &*field.name);
                let help = match &value.ty {
                    Type::List(_) => {
                        format!("print a field of each: `{{list of x.{field} for x in {text}}}`")
                    }
                    _ => format!("print one of its fields: `{{{text}.{field}}}`"),
                };
                self.report(
                    Diagnostic::error(
                        Code::NotPrintable,
                        value.span,
                        format!("{kind} cannot be printed as a whole"),
                    )
                    .help(help),
                );
            }
            Type::DateTime => self.require_zone(value.span),
            _ => {}
        }
        self.rounded_money(&value);
        value
    }

    /// Reports money that leaves with more digits than its currency has.
    pub(super) fn rounded_money(&mut self, expr: &ir::Expr) {
        if !self.is_unrounded(expr) {
            return;
        }
        let text = self.written(expr.span);
        let step = match expr.ty {
            Type::Money(currency) => match usize::from(currency.digits()) {
                0 => format!("1 {}", currency.code()),
                digits => format!("0.{:0>digits$} {}", 1, currency.code()),
            },
            _ => "0.01".to_string(),
        };
        self.report(
            Diagnostic::error(
                Code::UnroundedMoney,
                expr.span,
                "this amount was multiplied or divided and never rounded",
            )
            .write(expr.span, format!("{text} rounded to {step}")),
        );
    }

    pub(super) fn is_unrounded(&self, expr: &ir::Expr) -> bool {
        if !matches!(expr.ty, Type::Money(_)) {
            return false;
        }
        use ir::ArithmeticOp as Op;
        match &expr.kind {
            // So many times an amount has no more digits than the amount.
            ir::ExprKind::Arithmetic {
                operator: Op::MultiplyMoney | Op::MultiplyByMoney,
                left,
                right,
            } if is_whole(left) || is_whole(right) => {
                self.is_unrounded(left) || self.is_unrounded(right)
            }
            ir::ExprKind::Arithmetic {
                operator: Op::MultiplyMoney | Op::MultiplyByMoney | Op::DivideMoney,
                ..
            } => true,
            ir::ExprKind::Arithmetic { left, right, .. } => {
                self.is_unrounded(left) || self.is_unrounded(right)
            }
            ir::ExprKind::If {
                then, otherwise, ..
            } => self.is_unrounded(then) || self.is_unrounded(otherwise),
            ir::ExprKind::Otherwise { value, fallback } => {
                self.is_unrounded(value) || self.is_unrounded(fallback)
            }
            ir::ExprKind::Aggregate {
                aggregate, value, ..
            } => *aggregate == Aggregate::Average || self.is_unrounded(value),
            ir::ExprKind::Cases { cases, otherwise } => {
                let mut values = cases.iter().map(|case| &case.value);
                values.any(|value| self.is_unrounded(value)) || self.is_unrounded(otherwise)
            }
            ir::ExprKind::Call { define, .. } => self
                .defines
                .numbered(define.0)
                .is_some_and(|define| define.unrounded),
            _ => false,
        }
    }
}

/// Whether a number is written down and whole.
fn is_whole(expr: &ir::Expr) -> bool {
    matches!(&expr.kind, ir::ExprKind::Constant(Value::Number(number)) if number.is_whole())
}
