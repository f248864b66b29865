//! What each kind of expression becomes, before folding.

use super::{Compiler, Scope, is_variable, zero_of};
use crate::ir::{self, ExprKind};
use crate::operators::{Aggregate, Arithmetic};
use crate::program::{Expr, Window};
use crate::value::Value;

/// What is not of the group that a function is for; no expression gets there.
const UNNAMED: Expr = Expr::Constant(Value::Missing);

impl Compiler<'_> {
    /// Every kind is named here, so that a new one is not forgotten.
    pub(super) fn expr_kind(&mut self, expr: &ir::Expr, scope: &Scope<'_>) -> Expr {
        match &expr.kind {
            ExprKind::Constant(value) => Expr::Constant(value.clone()),
            ExprKind::Variable(variable) => Expr::Variable(variable.0),
            ExprKind::Input(input) => Expr::Input(*input),
            ExprKind::CandidateField(name) => {
                Expr::CandidateField(self.field_table(name, scope.candidates))
            }
            ExprKind::CarrierField(name) => {
                Expr::CarrierField(self.field_table(name, scope.carriers))
            }
            ExprKind::Field { base, index } => Expr::Field {
                base: self.boxed(base, scope),
                index: *index,
            },
            ExprKind::Call { define, arguments } => self.call(*define, arguments, scope),
            ExprKind::Text(parts) => Expr::Text(
                parts
                    .iter()
                    .map(|part| self.text_part(part, scope))
                    .collect(),
            ),
            ExprKind::List(items) => Expr::List(self.several(items, scope)),
            ExprKind::Record { record, fields } => self.record(*record, fields, scope),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => Expr::If {
                condition: self.boxed(condition, scope),
                then: self.boxed(then, scope),
                otherwise: self.boxed(otherwise, scope),
            },
            ExprKind::Cases { cases, otherwise } => Expr::Cases {
                cases: cases
                    .iter()
                    .map(|case| {
                        let condition = self.expr(&case.condition, scope);
                        (condition, self.expr(&case.value, scope))
                    })
                    .collect(),
                otherwise: self.boxed(otherwise, scope),
            },
            ExprKind::Otherwise { value, fallback } => Expr::Otherwise {
                value: self.boxed(value, scope),
                fallback: self.boxed(fallback, scope),
            },
            ExprKind::Arithmetic {
                operator,
                left,
                right,
            } => Expr::Arithmetic {
                operator: arithmetic(*operator),
                left: self.boxed(left, scope),
                right: self.boxed(right, scope),
            },
            ExprKind::Observed { probe, inner } => Expr::Observed {
                probe: *probe,
                inner: self.boxed(inner, scope),
            },
            ExprKind::Rounded { value, step } => Expr::Rounded {
                value: self.boxed(value, scope),
                step: self.boxed(step, scope),
            },
            ExprKind::Now
            | ExprKind::Today { .. }
            | ExprKind::DayOfYear { .. }
            | ExprKind::DayOfMonth { .. }
            | ExprKind::Shift { .. }
            | ExprKind::Combine { .. }
            | ExprKind::Within { .. }
            | ExprKind::Distance { .. }
            | ExprKind::Function { .. }
            | ExprKind::CountBetween { .. } => self.time_kind(expr, scope),
            ExprKind::WorkingShift { .. }
            | ExprKind::WorkingBetween { .. }
            | ExprKind::WithinCalendar { .. }
            | ExprKind::Slot { .. } => self.working_kind(expr, scope),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Compare { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::Between { .. }
            | ExprKind::IsKnown(_)
            | ExprKind::IsEmpty(_)
            | ExprKind::TextTest { .. }
            | ExprKind::ListContains { .. } => self.condition_kind(expr, scope),
            ExprKind::Quantified { .. }
            | ExprKind::Picked { .. }
            | ExprKind::Aggregate { .. }
            | ExprKind::Slice { .. } => self.list_kind(expr, scope),
        }
    }

    fn time_kind(&mut self, expr: &ir::Expr, scope: &Scope<'_>) -> Expr {
        match &expr.kind {
            ExprKind::Now => Expr::Now,
            ExprKind::Today { offset, zone } => Expr::Today {
                offset: *offset,
                zone: self.zone(zone, scope),
            },
            ExprKind::DayOfYear { day, month, zone } => Expr::DayOfYear {
                day: *day,
                month: *month,
                zone: self.zone(zone, scope),
            },
            ExprKind::DayOfMonth {
                ordinal,
                weekday,
                offset,
                zone,
            } => Expr::DayOfMonth {
                ordinal: *ordinal,
                weekday: *weekday,
                offset: *offset,
                zone: self.zone(zone, scope),
            },
            ExprKind::Shift {
                from,
                span,
                back,
                zone,
            } => Expr::Shift {
                from: self.boxed(from, scope),
                span: self.boxed(span, scope),
                back: *back,
                zone: self.zone(zone, scope),
            },
            ExprKind::Combine { date, time, zone } => Expr::Combine {
                date: self.boxed(date, scope),
                time: self.boxed(time, scope),
                zone: self.zone(zone, scope),
            },
            ExprKind::Within {
                value,
                window,
                zone,
            } => {
                let window = self.window(window, scope);
                self.within(value, window, zone, scope)
            }
            ExprKind::Distance {
                value,
                bound,
                span,
                direction,
                zone,
            } => {
                let window = Window::Distance(*bound, *direction, self.expr(span, scope));
                self.within(value, window, zone, scope)
            }
            ExprKind::Function {
                function,
                argument,
                zone,
            } => Expr::Function {
                function: *function,
                argument: self.boxed(argument, scope),
                zone: self.zone(zone, scope),
            },
            ExprKind::CountBetween {
                unit,
                from,
                to,
                zone,
            } => Expr::CountBetween {
                unit: *unit,
                from: self.boxed(from, scope),
                to: self.boxed(to, scope),
                zone: self.zone(zone, scope),
            },
            _ => UNNAMED,
        }
    }

    fn working_kind(&mut self, expr: &ir::Expr, scope: &Scope<'_>) -> Expr {
        match &expr.kind {
            ExprKind::WorkingShift {
                calendar,
                count,
                unit,
                back,
                from,
            } => Expr::WorkingShift {
                calendar: calendar.0,
                count: *count,
                unit: *unit,
                back: *back,
                from: self.boxed(from, scope),
            },
            ExprKind::WorkingBetween {
                calendar,
                unit,
                from,
                to,
            } => Expr::WorkingBetween {
                calendar: calendar.0,
                unit: *unit,
                from: self.boxed(from, scope),
                to: self.boxed(to, scope),
            },
            ExprKind::WithinCalendar { value, calendar } => Expr::WithinCalendar {
                value: self.boxed(value, scope),
                calendar: calendar.0,
            },
            ExprKind::Slot { key, name } => Expr::Slot {
                key: self.boxed(key, scope),
                name: self.boxed(name, scope),
            },
            _ => UNNAMED,
        }
    }

    fn condition_kind(&mut self, expr: &ir::Expr, scope: &Scope<'_>) -> Expr {
        match &expr.kind {
            ExprKind::Not(inner) => Expr::Not(self.boxed(inner, scope)),
            ExprKind::And(parts) => Expr::And(self.several(parts, scope)),
            ExprKind::Or(parts) => Expr::Or(self.several(parts, scope)),
            ExprKind::Compare {
                comparison,
                left,
                right,
            } => Expr::Compare {
                comparison: *comparison,
                left: self.boxed(left, scope),
                right: self.boxed(right, scope),
            },
            ExprKind::OneOf { value, options } => Expr::OneOf {
                value: self.boxed(value, scope),
                options: self.several(options, scope),
            },
            ExprKind::Between {
                value,
                low,
                high,
                ends,
            } => Expr::Between {
                value: self.boxed(value, scope),
                low: self.boxed(low, scope),
                high: self.boxed(high, scope),
                ends: *ends,
            },
            ExprKind::IsKnown(value) => Expr::IsKnown(self.boxed(value, scope)),
            ExprKind::IsEmpty(value) => Expr::IsEmpty(self.boxed(value, scope)),
            ExprKind::TextTest { test, value, part } => Expr::TextTest {
                test: *test,
                value: self.boxed(value, scope),
                part: self.boxed(part, scope),
            },
            ExprKind::ListContains { list, element } => Expr::ListContains {
                list: self.boxed(list, scope),
                element: self.boxed(element, scope),
            },
            _ => UNNAMED,
        }
    }

    fn list_kind(&mut self, expr: &ir::Expr, scope: &Scope<'_>) -> Expr {
        match &expr.kind {
            ExprKind::Quantified {
                quantifier,
                variable,
                list,
                condition,
            } => Expr::Quantified {
                quantifier: self.quantifier(quantifier, scope),
                variable: variable.0,
                list: self.boxed(list, scope),
                condition: self.optional(condition.as_deref(), scope),
            },
            ExprKind::Picked {
                pick,
                variable,
                list,
                by,
                condition,
                has,
            } => Expr::Picked {
                pick: *pick,
                variable: variable.0,
                list: self.boxed(list, scope),
                by: self.optional(by.as_deref(), scope),
                condition: self.optional(condition.as_deref(), scope),
                has: self.optional(has.as_deref(), scope),
            },
            ExprKind::Aggregate {
                aggregate,
                variable,
                list,
                condition,
                value,
            } => {
                let itself = *aggregate == Aggregate::Count || is_variable(value, *variable);
                Expr::Aggregate {
                    aggregate: *aggregate,
                    variable: variable.0,
                    list: self.boxed(list, scope),
                    condition: self.optional(condition.as_deref(), scope),
                    value: if itself {
                        None
                    } else {
                        Some(self.boxed(value, scope))
                    },
                    empty: match aggregate {
                        Aggregate::Sum => zero_of(&value.ty),
                        _ => Value::Missing,
                    },
                }
            }
            ExprKind::Slice {
                from_end,
                count,
                list,
            } => Expr::Slice {
                from_end: *from_end,
                count: self.boxed(count, scope),
                list: self.boxed(list, scope),
            },
            _ => UNNAMED,
        }
    }
}

fn arithmetic(operator: ir::ArithmeticOp) -> Arithmetic {
    match operator {
        ir::ArithmeticOp::AddNumbers | ir::ArithmeticOp::AddMoney | ir::ArithmeticOp::AddSpans => {
            Arithmetic::Add
        }
        ir::ArithmeticOp::SubtractNumbers
        | ir::ArithmeticOp::SubtractMoney
        | ir::ArithmeticOp::SubtractSpans => Arithmetic::Subtract,
        ir::ArithmeticOp::MultiplyNumbers
        | ir::ArithmeticOp::MultiplyMoney
        | ir::ArithmeticOp::MultiplyByMoney => Arithmetic::Multiply,
        ir::ArithmeticOp::DivideNumbers
        | ir::ArithmeticOp::DivideMoney
        | ir::ArithmeticOp::DivideMoneys => Arithmetic::Divide,
    }
}
