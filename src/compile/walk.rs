//! The parts of an expression, one after the other.

use crate::program::{Expr, Interval, IntervalRef, Quantifier, TextPart, Window, ZoneRef};

/// Gives every expression that stands directly in this one, in a fixed order.
///
/// Every kind is named here, so that the parts of a new one are not forgotten.
pub(super) fn children(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr)) {
    match expr {
        Expr::Constant(_)
        | Expr::Now
        | Expr::Variable(_)
        | Expr::Input(_)
        | Expr::CandidateField(_)
        | Expr::CarrierField(_)
        | Expr::Shared(_) => {}
        Expr::Today { zone, .. } | Expr::DayOfYear { zone, .. } | Expr::DayOfMonth { zone, .. } => {
            in_zone(zone, visit)
        }
        Expr::Field { base, .. } => visit(base),
        Expr::WorkingShift { from: inner, .. } | Expr::WithinCalendar { value: inner, .. } => {
            visit(inner);
        }
        Expr::Not(inner)
        | Expr::IsKnown(inner)
        | Expr::IsEmpty(inner)
        | Expr::Observed { inner, .. } => visit(inner),
        Expr::Call { arguments: all, .. }
        | Expr::List(all)
        | Expr::And(all)
        | Expr::Or(all)
        | Expr::Record { fields: all, .. } => all.iter_mut().for_each(visit),
        Expr::Text(parts) => parts.iter_mut().for_each(|part| in_text(part, visit)),
        Expr::Quantified { .. } | Expr::Picked { .. } | Expr::Aggregate { .. } => {
            children_over_lists(expr, visit);
        }
        Expr::If { .. }
        | Expr::Cases { .. }
        | Expr::Otherwise { .. }
        | Expr::Arithmetic { .. }
        | Expr::Shift { .. }
        | Expr::Rounded { .. }
        | Expr::Combine { .. }
        | Expr::Compare { .. }
        | Expr::OneOf { .. }
        | Expr::Between { .. }
        | Expr::TextTest { .. }
        | Expr::ListContains { .. }
        | Expr::Within { .. }
        | Expr::Slice { .. }
        | Expr::Function { .. }
        | Expr::CountBetween { .. }
        | Expr::WorkingBetween { .. }
        | Expr::Slot { .. } => children_of_several(expr, visit),
    }
}

fn children_of_several(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr)) {
    match expr {
        Expr::If {
            condition,
            then,
            otherwise,
        } => {
            [condition, then, otherwise]
                .into_iter()
                .for_each(|part| visit(part));
        }
        Expr::Cases { cases, otherwise } => {
            for (condition, value) in cases {
                visit(condition);
                visit(value);
            }
            visit(otherwise);
        }
        Expr::Between {
            value, low, high, ..
        } => {
            [value, low, high].into_iter().for_each(|part| visit(part));
        }
        Expr::Otherwise {
            value: left,
            fallback: right,
        }
        | Expr::Arithmetic { left, right, .. }
        | Expr::Compare { left, right, .. }
        | Expr::Rounded {
            value: left,
            step: right,
        }
        | Expr::TextTest {
            value: left,
            part: right,
            ..
        }
        | Expr::ListContains {
            list: left,
            element: right,
        }
        | Expr::Slice {
            count: left,
            list: right,
            ..
        }
        | Expr::WorkingBetween {
            from: left,
            to: right,
            ..
        }
        | Expr::Slot {
            key: left,
            name: right,
        } => {
            visit(left);
            visit(right);
        }
        Expr::Shift {
            from: left,
            span: right,
            zone,
            ..
        }
        | Expr::Combine {
            date: left,
            time: right,
            zone,
        }
        | Expr::CountBetween {
            from: left,
            to: right,
            zone,
            ..
        } => {
            visit(left);
            visit(right);
            in_zone(zone, visit);
        }
        Expr::Function { argument, zone, .. } => {
            visit(argument);
            in_zone(zone, visit);
        }
        Expr::OneOf { value, options } => {
            visit(value);
            options.iter_mut().for_each(visit);
        }
        Expr::Within { value, interval } => {
            visit(value);
            if let IntervalRef::Own(interval) = interval {
                in_interval(interval, visit);
            }
        }
        _ => {}
    }
}

fn children_over_lists(expr: &mut Expr, visit: &mut dyn FnMut(&mut Expr)) {
    match expr {
        Expr::Quantified {
            quantifier,
            list,
            condition,
            ..
        } => {
            visit(list);
            condition.iter_mut().for_each(|part| visit(part));
            match quantifier {
                Quantifier::Any | Quantifier::No => {}
                Quantifier::Every { has: part }
                | Quantifier::Count(_, part)
                | Quantifier::Exactly(part) => visit(part),
            }
        }
        Expr::Picked {
            list,
            by,
            condition,
            has,
            ..
        } => {
            visit(list);
            let rest = by.iter_mut().chain(condition).chain(has);
            rest.for_each(|part| visit(part));
        }
        Expr::Aggregate {
            list,
            condition,
            value,
            ..
        } => {
            visit(list);
            condition
                .iter_mut()
                .chain(value)
                .for_each(|part| visit(part));
        }
        _ => {}
    }
}

/// Gives every expression that stands directly in an interval.
pub(super) fn in_interval(interval: &mut Interval, visit: &mut dyn FnMut(&mut Expr)) {
    match &mut interval.window {
        Window::Rolling(_, span) | Window::Distance(_, _, span) => visit(span),
        Window::Before { span, of } | Window::After { span, of } | Window::Around { span, of } => {
            visit(span);
            visit(of);
        }
        Window::Calendar(..) => {}
    }
    in_zone(&mut interval.zone, visit);
}

fn in_zone(zone: &mut ZoneRef, visit: &mut dyn FnMut(&mut Expr)) {
    if let ZoneRef::Named(zone) = zone {
        visit(zone);
    }
}

fn in_text(part: &mut TextPart, visit: &mut dyn FnMut(&mut Expr)) {
    if let TextPart::Value(value) = part {
        visit(value);
    }
}

/// The slot of the variable that an expression binds.
pub(super) fn bound_variable(expr: &mut Expr) -> Option<&mut u32> {
    match expr {
        Expr::Quantified { variable, .. }
        | Expr::Picked { variable, .. }
        | Expr::Aggregate { variable, .. } => Some(variable),
        _ => None,
    }
}
