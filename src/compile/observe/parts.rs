//! The parts of a typed expression, each with what it is to the whole.

use crate::ir::{Expr, ExprKind, Quantifier, TextPart, Window, ZoneRef};

/// What a part is to the expression in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A condition that the whole asks.
    Condition,
    /// One of the two things that an `if` chooses from.
    Branch,
    /// A value that a condition looks at.
    Operand,
    /// The list that is gone through.
    List,
    /// What is asked of each element: `where`.
    Where,
    /// What is asked of each element that passes: the `has` of `every`.
    Has,
    /// What is asked of the element found: the `has` of a pick.
    HasFound,
    /// What is taken of each element.
    Taken,
    /// Anything else.
    Plain,
}

/// Gives every expression that stands directly in this one, a list before what is asked of its elements.
///
/// Every kind is named here, so that the parts of a new one are not forgotten.
pub(super) fn parts(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr, Part)) {
    match &mut expr.kind {
        ExprKind::Constant(_)
        | ExprKind::Now
        | ExprKind::Variable(_)
        | ExprKind::Input(_)
        | ExprKind::CandidateField(_)
        | ExprKind::CarrierField(_) => {}
        ExprKind::Today { zone, .. }
        | ExprKind::DayOfYear { zone, .. }
        | ExprKind::DayOfMonth { zone, .. } => in_zone(zone, visit),
        ExprKind::Not(inner) => visit(inner, Part::Condition),
        ExprKind::And(all) | ExprKind::Or(all) => each(all, Part::Condition, visit),
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => {
            visit(condition, Part::Condition);
            visit(then, Part::Branch);
            visit(otherwise, Part::Branch);
        }
        ExprKind::Cases { cases, otherwise } => {
            for case in cases {
                visit(&mut case.condition, Part::Condition);
                visit(&mut case.value, Part::Branch);
            }
            visit(otherwise, Part::Branch);
        }
        ExprKind::Compare { .. }
        | ExprKind::OneOf { .. }
        | ExprKind::Between { .. }
        | ExprKind::IsKnown(_)
        | ExprKind::IsEmpty(_)
        | ExprKind::TextTest { .. }
        | ExprKind::ListContains { .. }
        | ExprKind::Within { .. }
        | ExprKind::WithinCalendar { .. }
        | ExprKind::Distance { .. } => of_test(&mut expr.kind, visit),
        ExprKind::Quantified { .. } | ExprKind::Picked { .. } | ExprKind::Aggregate { .. } => {
            of_loop(&mut expr.kind, visit);
        }
        ExprKind::Field { .. }
        | ExprKind::Call { .. }
        | ExprKind::Text(_)
        | ExprKind::List(_)
        | ExprKind::Record { .. }
        | ExprKind::Otherwise { .. }
        | ExprKind::Arithmetic { .. }
        | ExprKind::Shift { .. }
        | ExprKind::Rounded { .. }
        | ExprKind::Combine { .. }
        | ExprKind::Slice { .. }
        | ExprKind::Function { .. }
        | ExprKind::CountBetween { .. }
        | ExprKind::WorkingShift { .. }
        | ExprKind::WorkingBetween { .. }
        | ExprKind::Slot { .. }
        | ExprKind::Observed { .. } => of_value(&mut expr.kind, visit),
    }
}

/// Gives every expression that stands directly in this one, whatever it is to it.
pub(crate) fn parts_of(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr)) {
    parts(expr, &mut |part, _| visit(part));
}

fn each(all: &mut [Expr], part: Part, visit: &mut dyn FnMut(&mut Expr, Part)) {
    all.iter_mut().for_each(|expr| visit(expr, part));
}

fn of_test(kind: &mut ExprKind, visit: &mut dyn FnMut(&mut Expr, Part)) {
    match kind {
        ExprKind::IsKnown(value)
        | ExprKind::IsEmpty(value)
        | ExprKind::WithinCalendar { value, .. } => visit(value, Part::Operand),
        ExprKind::Compare {
            left: a, right: b, ..
        }
        | ExprKind::TextTest {
            value: a, part: b, ..
        }
        | ExprKind::ListContains {
            list: a,
            element: b,
        } => {
            visit(a, Part::Operand);
            visit(b, Part::Operand);
        }
        ExprKind::OneOf { value, options } => {
            visit(value, Part::Operand);
            each(options, Part::Operand, visit);
        }
        ExprKind::Between {
            value, low, high, ..
        } => {
            visit(value, Part::Operand);
            visit(low, Part::Operand);
            visit(high, Part::Operand);
        }
        ExprKind::Within {
            value,
            window,
            zone,
        } => {
            visit(value, Part::Operand);
            in_window(window, visit);
            in_zone(zone, visit);
        }
        ExprKind::Distance {
            value, span, zone, ..
        } => {
            visit(value, Part::Operand);
            visit(span, Part::Operand);
            in_zone(zone, visit);
        }
        _ => {}
    }
}

fn of_loop(kind: &mut ExprKind, visit: &mut dyn FnMut(&mut Expr, Part)) {
    match kind {
        ExprKind::Quantified {
            quantifier,
            list,
            condition,
            ..
        } => {
            visit(list, Part::List);
            condition
                .iter_mut()
                .for_each(|part| visit(part, Part::Where));
            match quantifier {
                Quantifier::Any | Quantifier::No => {}
                Quantifier::Every { has } => visit(has, Part::Has),
                Quantifier::Count(_, number) | Quantifier::Exactly(number) => {
                    visit(number, Part::Operand);
                }
            }
        }
        ExprKind::Picked {
            list,
            by,
            condition,
            has,
            ..
        } => {
            visit(list, Part::List);
            condition
                .iter_mut()
                .for_each(|part| visit(part, Part::Where));
            by.iter_mut().for_each(|part| visit(part, Part::Taken));
            has.iter_mut().for_each(|part| visit(part, Part::HasFound));
        }
        ExprKind::Aggregate {
            list,
            condition,
            value,
            ..
        } => {
            visit(list, Part::List);
            condition
                .iter_mut()
                .for_each(|part| visit(part, Part::Where));
            visit(value, Part::Taken);
        }
        _ => {}
    }
}

fn of_value(kind: &mut ExprKind, visit: &mut dyn FnMut(&mut Expr, Part)) {
    match kind {
        ExprKind::Field { base: inner, .. }
        | ExprKind::WorkingShift { from: inner, .. }
        | ExprKind::Observed { inner, .. } => {
            visit(inner, Part::Plain);
        }
        ExprKind::Call { arguments: all, .. } | ExprKind::List(all) => {
            each(all, Part::Plain, visit)
        }
        ExprKind::Text(pieces) => pieces.iter_mut().for_each(|piece| {
            if let TextPart::Value(value) = piece {
                visit(value, Part::Plain);
            }
        }),
        ExprKind::Record { fields, .. } => {
            fields
                .iter_mut()
                .flatten()
                .for_each(|field| visit(field, Part::Plain));
        }
        ExprKind::Otherwise {
            value: a,
            fallback: b,
        }
        | ExprKind::Arithmetic {
            left: a, right: b, ..
        }
        | ExprKind::Rounded { value: a, step: b }
        | ExprKind::WorkingBetween { from: a, to: b, .. }
        | ExprKind::Slot { key: a, name: b }
        | ExprKind::Slice {
            count: a, list: b, ..
        } => {
            visit(a, Part::Plain);
            visit(b, Part::Plain);
        }
        ExprKind::Shift {
            from: a,
            span: b,
            zone,
            ..
        }
        | ExprKind::Combine {
            date: a,
            time: b,
            zone,
        }
        | ExprKind::CountBetween {
            from: a,
            to: b,
            zone,
            ..
        } => {
            visit(a, Part::Plain);
            visit(b, Part::Plain);
            in_zone(zone, visit);
        }
        ExprKind::Function { argument, zone, .. } => {
            visit(argument, Part::Plain);
            in_zone(zone, visit);
        }
        _ => {}
    }
}

fn in_window(window: &mut Window, visit: &mut dyn FnMut(&mut Expr, Part)) {
    match window {
        Window::Rolling(_, span) => visit(span, Part::Operand),
        Window::Before { span, of } | Window::After { span, of } | Window::Around { span, of } => {
            visit(span, Part::Operand);
            visit(of, Part::Operand);
        }
        Window::Calendar(..) => {}
    }
}

fn in_zone(zone: &mut ZoneRef, visit: &mut dyn FnMut(&mut Expr, Part)) {
    if let ZoneRef::Named(zone) = zone {
        visit(zone, Part::Plain);
    }
}
