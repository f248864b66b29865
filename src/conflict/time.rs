//! Windows of time as rules, and moments as points.

use super::point::{Point, Whose};
use super::rule::Rule;
use super::situations::{Reader, Situations, is_given};
use super::written_out::given_value;
use crate::ir::{Expr, ExprKind, Window, ZoneRef};
use crate::operators::{Bound, Direction};
use crate::schema::Type;
use crate::value::{Span, Value};

impl Reader<'_> {
    /// The point that an expression stands for, where it is a constant or goes with the clock in a known way.
    pub(super) fn point(&mut self, expr: &Expr) -> Option<Point> {
        if let Some(given) = given_value(expr) {
            return Some(Point::Fixed(given.clone()));
        }
        match &expr.kind {
            ExprKind::Constant(value) => Some(Point::Fixed(value.clone())),
            ExprKind::Now => Some(moving(Span::ZERO, false, Whose::Package)),
            ExprKind::Today { offset, zone } => {
                let zone = self.whose(zone);
                Some(moving(Span::days(i64::from(*offset)), true, zone))
            }
            ExprKind::Shift {
                from,
                span,
                back,
                zone,
            } => {
                let length = length(span)?;
                let length = if *back { length.negate() } else { length };
                match &from.kind {
                    ExprKind::Now => Some(moving(length, false, self.whose(zone))),
                    ExprKind::Today { offset: 0, zone } => {
                        Some(moving(length, true, self.whose(zone)))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn whose(&mut self, zone: &ZoneRef) -> Whose {
        match zone {
            ZoneRef::Package => Whose::Package,
            ZoneRef::Named(zone) => Whose::Zone(self.terms.value(zone)),
        }
    }

    /// `is within …`, `is more than D ago`
    pub(super) fn in_time(&mut self, condition: &Expr, holds: bool) -> Situations {
        let (value, window) = match &condition.kind {
            ExprKind::Within {
                value,
                window,
                zone,
            } => {
                let days = value.ty == Type::Date;
                (value, self.window(window, days, zone))
            }
            ExprKind::Distance {
                value,
                bound,
                span,
                direction,
                zone,
            } => {
                let days = value.ty == Type::Date;
                let zone = self.whose(zone);
                let edge =
                    length(span).map(|span| moving(away(*direction, span), days, zone.clone()));
                let here = moving(Span::ZERO, days, zone);
                (
                    value,
                    edge.map(|edge| distance(*bound, *direction, edge, here)),
                )
            }
            _ => return self.opaque(condition, holds),
        };
        let is_clock = self.point(value).is_some();
        let Some(inside) = window.filter(|_| !is_clock || is_given(value)) else {
            return self.opaque(condition, holds);
        };
        if holds {
            return self.ruled_at(value, &[inside], condition.span);
        }
        let outside: Vec<Vec<Rule>> = inside.into_iter().map(|rule| vec![denied(rule)]).collect();
        self.ruled_at(value, &outside, condition.span)
    }

    /// The two ends of a window.
    fn window(&mut self, window: &Window, days: bool, zone: &ZoneRef) -> Option<Vec<Rule>> {
        let zone = self.whose(zone);
        let closed = |low, high| Some(vec![Rule::From(low, true), Rule::To(high, true)]);
        match window {
            Window::Rolling(direction, span) => {
                let edge = moving(away(*direction, length(span)?), days, zone.clone());
                let here = moving(Span::ZERO, days, zone);
                match direction {
                    Direction::Past => closed(edge, here),
                    Direction::Future => closed(here, edge),
                }
            }
            Window::Calendar(unit, offset) => {
                let start = |offset| Point::Calendar {
                    unit: *unit,
                    offset,
                    days,
                    zone: zone.clone(),
                };
                Some(vec![
                    Rule::From(start(*offset), true),
                    Rule::To(start(offset.checked_add(1)?), false),
                ])
            }
            Window::Before { span, of } if is_clock(of, days) => {
                let back = length(span)?.negate();
                closed(
                    moving(back, days, zone.clone()),
                    moving(Span::ZERO, days, zone),
                )
            }
            Window::After { span, of } if is_clock(of, days) => {
                let span = length(span)?;
                closed(
                    moving(Span::ZERO, days, zone.clone()),
                    moving(span, days, zone),
                )
            }
            Window::Around { span, of } if is_clock(of, days) => {
                let span = length(span)?;
                closed(
                    moving(span.negate(), days, zone.clone()),
                    moving(span, days, zone),
                )
            }
            _ => None,
        }
    }
}

/// Whether a window lies around now itself; days may be those of another zone.
fn is_clock(of: &Expr, days: bool) -> bool {
    !days && matches!(of.kind, ExprKind::Now)
}

fn moving(span: Span, days: bool, zone: Whose) -> Point {
    Point::Moving { span, days, zone }
}

/// A known length of time.
fn length(span: &Expr) -> Option<Span> {
    match &span.kind {
        ExprKind::Constant(Value::Span(span)) => Some(*span),
        _ => None,
    }
}

fn away(direction: Direction, span: Span) -> Span {
    match direction {
        Direction::Past => span.negate(),
        Direction::Future => span,
    }
}

/// Further away than the edge, or between the edge and here.
fn distance(bound: Bound, direction: Direction, edge: Point, here: Point) -> Vec<Rule> {
    let included = matches!(bound, Bound::AtLeast | Bound::AtMost);
    let beyond = matches!(bound, Bound::MoreThan | Bound::AtLeast);
    match (direction, beyond) {
        (Direction::Past, true) => vec![Rule::To(edge, included)],
        (Direction::Past, false) => vec![Rule::From(edge, included), Rule::To(here, true)],
        (Direction::Future, true) => vec![Rule::From(edge, included)],
        (Direction::Future, false) => vec![Rule::From(here, true), Rule::To(edge, included)],
    }
}

/// The opposite of one end.
fn denied(rule: Rule) -> Rule {
    match rule {
        Rule::From(point, included) => Rule::To(point, !included),
        Rule::To(point, included) => Rule::From(point, !included),
        other => other,
    }
}
