//! Expressions: each is compiled from its parts, folded, and set apart where it depends on the case alone.

mod kind;

use super::Compiler;
use crate::ir::{self, ExprKind};
use crate::program::{
    Expr, FieldTable, Interval, IntervalRef, Quantifier, TextPart, Window, ZoneRef,
};
use crate::schema::{ActionId, Type};
use crate::value::{Money, Number, Span, Value};

/// Which actions the fields of candidates and carriers belong to; where it is not said, all that have the field.
#[derive(Clone, Copy, Default)]
pub(super) struct Scope<'a> {
    pub(super) candidates: Option<&'a [ActionId]>,
    pub(super) carriers: Option<&'a [ActionId]>,
}

impl Compiler<'_> {
    /// The compiled expression.
    pub(super) fn expr(&mut self, expr: &ir::Expr, scope: &Scope<'_>) -> Expr {
        let compiled = self.expr_kind(expr, scope);
        let folded = self.folder.fold(compiled);
        self.pool.value(folded, &self.reads)
    }

    fn boxed(&mut self, expr: &ir::Expr, scope: &Scope<'_>) -> Box<Expr> {
        Box::new(self.expr(expr, scope))
    }

    fn optional(&mut self, expr: Option<&ir::Expr>, scope: &Scope<'_>) -> Option<Box<Expr>> {
        expr.map(|expr| self.boxed(expr, scope))
    }

    fn several(&mut self, exprs: &[ir::Expr], scope: &Scope<'_>) -> Vec<Expr> {
        exprs.iter().map(|expr| self.expr(expr, scope)).collect()
    }

    /// A definition without parameters that is a mere look-up stands for itself.
    fn call(&mut self, define: ir::DefineId, arguments: &[ir::Expr], scope: &Scope<'_>) -> Expr {
        let body = self
            .defines
            .get(define.0 as usize)
            .map(|define| &define.body);
        if let Some(look_up @ (Expr::Constant(_) | Expr::Shared(_) | Expr::Input(_))) = body {
            return look_up.clone();
        }
        let mut arguments = self.several(arguments, scope);
        let package = (self.defines.as_slice(), self.pool.shared.as_slice());
        let define = self.copies.called(define.0, &mut arguments, package);
        Expr::Call { define, arguments }
    }

    fn text_part(&mut self, part: &ir::TextPart, scope: &Scope<'_>) -> TextPart {
        match part {
            ir::TextPart::Literal(text) => TextPart::Literal(text.clone()),
            ir::TextPart::Value(value) => TextPart::Value(self.expr(value, scope)),
        }
    }

    fn record(
        &mut self,
        record: crate::schema::RecordId,
        fields: &[Option<ir::Expr>],
        scope: &Scope<'_>,
    ) -> Expr {
        let Some(kind) = self.schema.record(record) else {
            return Expr::Constant(Value::Missing);
        };
        let shape = kind.shape.clone();
        let fields = fields.iter().map(|field| match field {
            Some(field) => self.expr(field, scope),
            None => Expr::Constant(Value::Missing),
        });
        Expr::Record {
            shape,
            fields: fields.collect(),
        }
    }

    fn zone(&mut self, zone: &ir::ZoneRef, scope: &Scope<'_>) -> ZoneRef {
        match zone {
            ir::ZoneRef::Package => ZoneRef::Package,
            ir::ZoneRef::Named(zone) => ZoneRef::Named(self.boxed(zone, scope)),
        }
    }

    fn quantifier(&mut self, quantifier: &ir::Quantifier, scope: &Scope<'_>) -> Quantifier {
        match quantifier {
            ir::Quantifier::Any => Quantifier::Any,
            ir::Quantifier::No => Quantifier::No,
            ir::Quantifier::Every { has } => Quantifier::Every {
                has: self.boxed(has, scope),
            },
            ir::Quantifier::Count(bound, number) => {
                Quantifier::Count(*bound, self.boxed(number, scope))
            }
            ir::Quantifier::Exactly(number) => Quantifier::Exactly(self.boxed(number, scope)),
        }
    }

    fn window(&mut self, window: &ir::Window, scope: &Scope<'_>) -> Window {
        let mut expr = |expr: &ir::Expr| self.expr(expr, scope);
        match window {
            ir::Window::Rolling(direction, span) => Window::Rolling(*direction, expr(span)),
            ir::Window::Before { span, of } => Window::Before {
                span: expr(span),
                of: expr(of),
            },
            ir::Window::After { span, of } => Window::After {
                span: expr(span),
                of: expr(of),
            },
            ir::Window::Around { span, of } => Window::Around {
                span: expr(span),
                of: expr(of),
            },
            ir::Window::Calendar(unit, offset) => Window::Calendar(*unit, *offset),
        }
    }

    /// Whether a Date or a DateTime lies in a window.
    fn within(
        &mut self,
        value: &ir::Expr,
        window: Window,
        zone: &ir::ZoneRef,
        scope: &Scope<'_>,
    ) -> Expr {
        let days = value.ty == Type::Date;
        let interval = Interval {
            window,
            days,
            zone: self.zone(zone, scope),
        };
        let interval: IntervalRef = self.pool.interval(interval, &self.reads);
        Expr::Within {
            value: self.boxed(value, scope),
            interval,
        }
    }

    /// Where the field of that name stands in each of the actions.
    fn field_table(&self, name: &str, actions: Option<&[ActionId]>) -> FieldTable {
        let candidates = (0..).map(ActionId).zip(&self.schema.actions);
        let asked = candidates.filter(|(id, _)| actions.is_none_or(|all| all.contains(id)));
        let places = asked.filter_map(|(id, action)| {
            let index = action
                .fields
                .iter()
                .position(|field| *field.name == *name)?;
            Some((id, u32::try_from(index).ok()?))
        });
        FieldTable {
            places: places.collect(),
        }
    }
}

/// What a sum of nothing is.
fn zero_of(kind: &Type) -> Value {
    match kind {
        Type::Number => Value::Number(Number::ZERO),
        Type::Money(currency) => Value::Money(Money::new(Number::ZERO, *currency)),
        Type::Duration | Type::Period => Value::Span(Span::ZERO),
        _ => Value::Missing,
    }
}

/// Whether an expression is the variable itself.
fn is_variable(expr: &ir::Expr, variable: ir::VariableId) -> bool {
    matches!(expr.kind, ExprKind::Variable(id) if id == variable)
}
