//! Tests of values as rules: `is`, `is at least`, `is one of`, `is between`, `is known`, `contains`.
//!
//! What is compared with a constant or with a moment of the clock is a rule about the other side; two other values
//! make a term of their own, which is -1, 0 or 1.

use super::point::Point;
use super::rule::{Element, Literal, Rule, Situation};
use super::situations::{Reader, Situations, anything, count_of, is_given};
use super::written_out::given_value;
use crate::ir::{Expr, ExprKind, VariableId};
use crate::operators::{BetweenEnds, Bound, Comparison};
use crate::schema::Type;
use crate::source::Span;
use crate::value::Value;
use std::cmp::Ordering;

impl Reader<'_> {
    /// A test of a value.
    pub(super) fn test(&mut self, condition: &Expr, holds: bool) -> Situations {
        match &condition.kind {
            ExprKind::Compare {
                comparison,
                left,
                right,
            } => self.compared(*comparison, left, right, holds, condition.span),
            ExprKind::OneOf { value, options } => self.one_of(condition, value, options, holds),
            ExprKind::Between {
                value,
                low,
                high,
                ends,
            } => self.between(condition, value, (low, high, *ends), holds),
            ExprKind::IsKnown(value) => {
                let rule = if holds { Rule::Known } else { Rule::Unknown };
                self.ruled_at(value, &[vec![rule]], condition.span)
            }
            ExprKind::IsEmpty(value) => self.empty(value, holds, condition.span),
            ExprKind::TextTest { test, value, part } => match constant(part) {
                Some(part @ Value::Text(_)) => {
                    let rule = Rule::Text {
                        test: *test,
                        part: part.clone(),
                        passes: holds,
                    };
                    self.ruled_at(value, &[vec![rule]], condition.span)
                }
                _ => self.opaque(condition, holds),
            },
            _ => self.opaque(condition, holds),
        }
    }

    /// The rules about a value, written where the whole test is.
    pub(super) fn ruled_at(
        &mut self,
        value: &Expr,
        choices: &[Vec<Rule>],
        span: Span,
    ) -> Situations {
        let mut all = self.ruled_by_any(value, choices)?;
        let literals = all.iter_mut().flat_map(|one| &mut one.literals);
        literals.for_each(|literal| literal.span = span);
        Some(all)
    }

    /// A comparison of two values.
    pub(super) fn compared(
        &mut self,
        comparison: Comparison,
        left: &Expr,
        right: &Expr,
        holds: bool,
        span: Span,
    ) -> Situations {
        match (self.point(left), self.point(right)) {
            (Some(Point::Fixed(_)), Some(point @ Point::Fixed(_)))
                if given_value(left).is_some() =>
            {
                self.ruled_at(left, &choices(comparison, point, holds), span)
            }
            (Some(point @ Point::Fixed(_)), Some(Point::Fixed(_)))
                if given_value(right).is_some() =>
            {
                self.ruled_at(right, &choices(turned(comparison), point, holds), span)
            }
            (Some(Point::Fixed(_)), Some(Point::Fixed(_))) => anything(),
            (_, Some(point @ Point::Fixed(_))) | (None, Some(point)) => {
                self.ruled_at(left, &choices(comparison, point, holds), span)
            }
            (Some(point @ Point::Fixed(_)), _) | (Some(point), None) => {
                self.ruled_at(right, &choices(turned(comparison), point, holds), span)
            }
            _ => self.compared_with_each_other(comparison, (left, right), holds, span),
        }
    }

    /// How two values compare is a value, too.
    fn compared_with_each_other(
        &mut self,
        comparison: Comparison,
        (left, right): (&Expr, &Expr),
        holds: bool,
        span: Span,
    ) -> Situations {
        let (term, is_turned) = self.terms.order(left, right);
        let comparison = if is_turned {
            turned(comparison)
        } else {
            comparison
        };
        let orders = [
            (-1, Ordering::Less),
            (0, Ordering::Equal),
            (1, Ordering::Greater),
        ];
        let fitting = orders
            .into_iter()
            .filter(|(_, order)| fits(comparison, *order) == holds);
        let rule = Rule::OneOf(fitting.map(|(sign, _)| Value::whole(sign)).collect());
        Some(vec![Situation {
            literals: vec![Literal { term, rule, span }],
            elements: Vec::new(),
        }])
    }

    fn one_of(
        &mut self,
        condition: &Expr,
        value: &Expr,
        options: &[Expr],
        holds: bool,
    ) -> Situations {
        if is_given(value) && given_value(value).is_none() {
            return anything();
        }
        let known: Option<Vec<Value>> = options.iter().map(|one| constant(one).cloned()).collect();
        let Some(known) = known else {
            return self.opaque(condition, holds);
        };
        let rule = if holds {
            Rule::OneOf(known)
        } else {
            Rule::NoneOf(known)
        };
        self.ruled_at(value, &[vec![rule]], condition.span)
    }

    fn between(
        &mut self,
        condition: &Expr,
        value: &Expr,
        (low, high, ends): (&Expr, &Expr, BetweenEnds),
        holds: bool,
    ) -> Situations {
        let goes_with_clock = |point: &Point| !matches!(point, Point::Fixed(_));
        let moves = self
            .point(value)
            .is_some_and(|point| goes_with_clock(&point));
        let (Some(low), Some(high)) = (self.point(low), self.point(high)) else {
            return self.opaque(condition, holds);
        };
        if moves && (goes_with_clock(&low) || goes_with_clock(&high)) {
            return self.opaque(condition, holds);
        }
        let choices = match ends {
            BetweenEnds::AroundTheClock if is_over_midnight(&low, &high) => {
                over_midnight(low, high, holds)
            }
            _ => within(low, high, ends == BetweenEnds::Both, holds),
        };
        self.ruled_at(value, &choices, condition.span)
    }

    fn empty(&mut self, value: &Expr, holds: bool, span: Span) -> Situations {
        if matches!(value.ty, Type::List(_)) {
            let variable = VariableId(self.writer.numbers(1));
            let count = count_of(variable, value, None, span);
            let rule = if holds {
                Rule::To(Point::Fixed(Value::whole(0)), true)
            } else {
                Rule::From(Point::Fixed(Value::whole(1)), true)
            };
            let mut all = self.ruled_at(&count, &[vec![rule]], span)?;
            if !holds {
                all.iter_mut().for_each(|one| {
                    one.elements.push(Element {
                        variable: variable.0,
                        list: value.clone(),
                        count: 1,
                    });
                });
            }
            return Some(all);
        }
        let empty = vec![Value::literal("")];
        let rule = if holds {
            Rule::OneOf(empty)
        } else {
            Rule::NoneOf(empty)
        };
        self.ruled_at(value, &[vec![rule]], span)
    }
}

/// A constant of the package, or one that a duty says.
fn constant(expr: &Expr) -> Option<&Value> {
    match &expr.kind {
        ExprKind::Constant(value) => Some(value),
        _ => given_value(expr),
    }
}

/// Whether a stretch of the day goes on after midnight.
fn is_over_midnight(low: &Point, high: &Point) -> bool {
    match (low, high) {
        (Point::Fixed(low), Point::Fixed(high)) => low.compare(high) == Some(Ordering::Greater),
        _ => false,
    }
}

/// From the low end on or up to the high one; what it leaves out lies between the two.
fn over_midnight(low: Point, high: Point, holds: bool) -> Vec<Vec<Rule>> {
    if holds {
        vec![vec![Rule::From(low, true)], vec![Rule::To(high, false)]]
    } else {
        vec![vec![Rule::From(high, true), Rule::To(low, false)]]
    }
}

/// From the low end to the high one, or outside of that.
fn within(low: Point, high: Point, last_counts: bool, holds: bool) -> Vec<Vec<Rule>> {
    if holds {
        vec![vec![Rule::From(low, true), Rule::To(high, last_counts)]]
    } else {
        vec![
            vec![Rule::To(low, false)],
            vec![Rule::From(high, !last_counts)],
        ]
    }
}

/// The rules by which a value compares with a point, any list of them.
fn choices(comparison: Comparison, point: Point, holds: bool) -> Vec<Vec<Rule>> {
    let rule = match (comparison, holds) {
        (Comparison::Same, _) => return same(point, holds),
        (Comparison::Less, true) | (Comparison::AtLeast, false) => Rule::To(point, false),
        (Comparison::AtMost, true) | (Comparison::More, false) => Rule::To(point, true),
        (Comparison::More, true) | (Comparison::AtMost, false) => Rule::From(point, false),
        (Comparison::AtLeast, true) | (Comparison::Less, false) => Rule::From(point, true),
    };
    vec![vec![rule]]
}

fn same(point: Point, holds: bool) -> Vec<Vec<Rule>> {
    match (point, holds) {
        (Point::Fixed(value), true) => vec![vec![Rule::OneOf(vec![value])]],
        (Point::Fixed(value), false) => vec![vec![Rule::NoneOf(vec![value])]],
        (point, true) => vec![vec![Rule::From(point.clone(), true), Rule::To(point, true)]],
        (point, false) => vec![
            vec![Rule::To(point.clone(), false)],
            vec![Rule::From(point, false)],
        ],
    }
}

fn fits(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Same => order.is_eq(),
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::More => order.is_gt(),
        Comparison::AtLeast => order.is_ge(),
    }
}

/// The comparison with its sides in each other's place.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Same => Comparison::Same,
        Comparison::Less => Comparison::More,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::More => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
    }
}

/// How a bound compares.
pub(super) fn of_bound(bound: Bound) -> Comparison {
    match bound {
        Bound::AtLeast => Comparison::AtLeast,
        Bound::AtMost => Comparison::AtMost,
        Bound::MoreThan => Comparison::More,
        Bound::LessThan => Comparison::Less,
    }
}
