//! `+ - * /` and rounding.

use super::Checker;
use super::describe::with_article;
use super::scope::Scope;
use super::value::{fits, poison, typed};
use crate::ast::{Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{self, ArithmeticOp as Op};
use crate::operators::Arithmetic;
use crate::schema::Type;
use crate::source::Span;

impl Checker<'_> {
    pub(super) fn arithmetic(&mut self, scope: &mut Scope, expr: &Expr) -> ir::Expr {
        let ExprKind::Arithmetic {
            operator,
            operator_span,
            left,
            right,
        } = &expr.kind
        else {
            return poison(expr.span);
        };
        if self.refuse_bare_otherwise(left) || self.refuse_bare_otherwise(right) {
            return poison(expr.span);
        }
        self.refuse_bare_aggregate(left);
        self.refuse_bare_aggregate(right);
        let left = self.infer(scope, left, None);
        let left = self.require(scope, left);
        let right = self.infer(scope, right, None);
        let right = self.require(scope, right);
        if left.ty == Type::Unknown || right.ty == Type::Unknown {
            return poison(expr.span);
        }
        if let Some(shifted) = self.shift(scope, *operator, &left, &right, expr.span) {
            return shifted;
        }
        match operator_of(*operator, &left.ty, &right.ty) {
            Some((op, ty)) => self.applied(op, ty, left, right, expr.span),
            None => self.no_arithmetic(*operator, *operator_span, &left, &right, expr.span),
        }
    }

    /// A quotient is missing where the divisor is not known to differ from 0.
    fn applied(&self, op: Op, ty: Type, left: ir::Expr, right: ir::Expr, span: Span) -> ir::Expr {
        let divides = matches!(op, Op::DivideNumbers | Op::DivideMoney | Op::DivideMoneys);
        ir::Expr {
            optional: divides && !self.is_never_zero(&right),
            ..typed(
                ir::ExprKind::Arithmetic {
                    operator: op,
                    left: Box::new(left),
                    right: Box::new(right),
                },
                ty,
                span,
            )
        }
    }

    /// `T + D` and `T - D`.
    fn shift(
        &mut self,
        scope: &Scope,
        operator: Arithmetic,
        left: &ir::Expr,
        right: &ir::Expr,
        span: Span,
    ) -> Option<ir::Expr> {
        let back = match operator {
            Arithmetic::Add => false,
            Arithmetic::Subtract => true,
            _ => return None,
        };
        let moves = matches!(left.ty, Type::Date | Type::DateTime)
            && matches!(right.ty, Type::Duration | Type::Period);
        moves.then(|| self.shifted_by(scope, left.clone(), right.clone(), back, span))
    }

    fn no_arithmetic(
        &mut self,
        operator: Arithmetic,
        operator_span: Span,
        left: &ir::Expr,
        right: &ir::Expr,
        span: Span,
    ) -> ir::Expr {
        let sign = match operator {
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
            Arithmetic::Divide => "/",
        };
        let (a, b) = (self.written(left.span), self.written(right.span));
        let kinds = (
            with_article(&self.describe(&left.ty)),
            with_article(&self.describe(&right.ty)),
        );
        let diagnostic = Diagnostic::error(
            Code::TypeMismatch,
            operator_span,
            format!("`{sign}` does not go with {} and {}", kinds.0, kinds.1),
        );
        let diagnostic = match (&left.ty, &right.ty) {
            (Type::Text, _) | (_, Type::Text) => diagnostic.help(format!(
                "write one text with the values in braces: `\"{}{}\"`",
                in_a_text(&a),
                in_a_text(&b)
            )),
            (Type::DateTime, Type::DateTime) | (Type::Date, Type::Date) => diagnostic
                .help(format!("write `days from {b} to {a}`"))
                .fix(left.span.to(right.span), format!("days from {b} to {a}")),
            (Type::Money(currency), Type::Number) => {
                diagnostic.help(format!("write `{b} {}` for an amount", currency.code()))
            }
            (Type::Number, Type::Money(currency)) => {
                diagnostic.help(format!("write `{a} {}` for an amount", currency.code()))
            }
            (Type::Date | Type::DateTime, Type::Number) => {
                diagnostic.help(format!("add a unit: `{b} days`"))
            }
            (Type::Money(_), Type::Money(_)) => diagnostic.help(
                "amounts of one currency are added, subtracted and divided; they are multiplied \
                 with a number",
            ),
            _ => diagnostic.help(
                "numbers and amounts are reckoned with, and dates are moved by a length of time, \
                 such as `30 days`",
            ),
        };
        self.report(diagnostic);
        poison(span)
    }

    pub(super) fn rounded(
        &mut self,
        scope: &mut Scope,
        value: &Expr,
        step: &Expr,
        span: Span,
    ) -> ir::Expr {
        self.refuse_bare_aggregate(value);
        let value = self.infer(scope, value, None);
        let value = self.require(scope, value);
        if !matches!(value.ty, Type::Number | Type::Money(_) | Type::Unknown) {
            let kind = with_article(&self.describe(&value.ty));
            self.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    value.span,
                    format!("{kind} cannot be rounded"),
                )
                .help("leave `rounded to` out: only a Number and Money are rounded"),
            );
            return poison(span);
        }
        let step = self.known(scope, step, &value.ty.clone());
        ir::Expr {
            ty: value.ty.clone(),
            optional: false,
            kind: ir::ExprKind::Rounded {
                value: Box::new(value),
                step: Box::new(step),
            },
            span,
        }
    }

    /// `a + b otherwise c` is read in two ways.
    fn refuse_bare_otherwise(&mut self, side: &Expr) -> bool {
        let ExprKind::Otherwise { .. } = side.kind else {
            return false;
        };
        let text = self.written(side.span);
        self.report(
            Diagnostic::error(
                Code::BracketsNeeded,
                side.span,
                "`otherwise` beside arithmetic can be read in two ways",
            )
            .help(format!(
                "put brackets around what belongs together: `({text})`, or around all that stands \
                 before the `otherwise`"
            )),
        );
        true
    }

    /// An aggregate with a `where` reaches to the end of its bracket or clause.
    pub(super) fn refuse_bare_aggregate(&mut self, part: &Expr) {
        let bare = matches!(
            &part.kind,
            ExprKind::Aggregate {
                condition: Some(_),
                ..
            } | ExprKind::Picked {
                condition: Some(_),
                ..
            }
        );
        if !bare {
            return;
        }
        let text = self.written(part.span);
        self.report(
            Diagnostic::error(
                Code::BracketsNeeded,
                part.span,
                "a `where` reaches to the end of its bracket or clause, so this needs brackets",
            )
            .write(part.span, format!("({text})")),
        );
    }
}

/// A value as it stands in a text: a literal text without its quotation marks.
fn in_a_text(written: &str) -> String {
    let literal = written
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    literal.map_or_else(|| format!("{{{written}}}"), str::to_string)
}

fn operator_of(operator: Arithmetic, left: &Type, right: &Type) -> Option<(Op, Type)> {
    use Arithmetic as A;
    let number = Type::Number;
    Some(match (operator, left, right) {
        (A::Add, Type::Number, Type::Number) => (Op::AddNumbers, number),
        (A::Subtract, Type::Number, Type::Number) => (Op::SubtractNumbers, number),
        (A::Multiply, Type::Number, Type::Number) => (Op::MultiplyNumbers, number),
        (A::Divide, Type::Number, Type::Number) => (Op::DivideNumbers, number),
        (A::Add, Type::Money(_), Type::Money(_)) if left == right => (Op::AddMoney, left.clone()),
        (A::Subtract, Type::Money(_), Type::Money(_)) if left == right => {
            (Op::SubtractMoney, left.clone())
        }
        (A::Multiply, Type::Money(_), Type::Number) => (Op::MultiplyMoney, left.clone()),
        (A::Multiply, Type::Number, Type::Money(_)) => (Op::MultiplyByMoney, right.clone()),
        (A::Divide, Type::Money(_), Type::Number) => (Op::DivideMoney, left.clone()),
        (A::Divide, Type::Money(_), Type::Money(_)) if left == right => (Op::DivideMoneys, number),
        (A::Add, _, _) if is_length(left) && is_length(right) => {
            (Op::AddSpans, longer(left, right))
        }
        (A::Subtract, _, _) if is_length(left) && is_length(right) => {
            (Op::SubtractSpans, longer(left, right))
        }
        _ => return None,
    })
}

fn is_length(kind: &Type) -> bool {
    matches!(kind, Type::Duration | Type::Period)
}

fn longer(left: &Type, right: &Type) -> Type {
    if fits(left, &Type::Duration) && fits(right, &Type::Duration) {
        Type::Duration
    } else {
        Type::Period
    }
}
