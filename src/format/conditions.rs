//! Tests of values, quantifiers, aggregates and phrases of time.
//!
//! A quantifier that does not fit puts its `where` and its `has` on lines of
//! their own, below where it begins.

use super::printer::{Printer, READING_WIDTH};
use crate::ast::{Expr, ExprKind, Quantifier, Test, Window};
use crate::operators::{Bound, CountUnit, Direction, SpanUnit, TextTest, TimeOrder};

impl Printer<'_> {
    /// What stands behind a tested value.
    pub(super) fn test(&mut self, negated: bool, test: &Test) {
        if let Test::Text(kind, other) = test {
            return self.text_test(negated, *kind, other);
        }
        self.words(if negated { "is not" } else { "is" });
        self.blank();
        match test {
            Test::Is(other) => self.expression(other),
            Test::OneOf(options) => {
                self.words("one of");
                self.blank();
                self.in_brackets(options);
            }
            Test::Bound(bound, other) => self.bound(*bound, other),
            Test::Distance {
                bound,
                span,
                direction,
                zone,
            } => {
                self.bound(*bound, span);
                self.blank();
                self.words(match direction {
                    Direction::Past => "ago",
                    Direction::Future => "from now",
                });
                self.zone(zone.as_ref());
            }
            Test::Between(low, high) => {
                self.words("between");
                self.blank();
                self.joined(low, "and", high);
            }
            Test::Known => self.words("known"),
            Test::Unknown => self.words("unknown"),
            Test::Empty => self.words("empty"),
            Test::Order(order, other) => self.order(*order, other),
            Test::Within { window, zone } => {
                self.words("within");
                self.blank();
                self.window(window);
                self.zone(zone.as_ref());
            }
            Test::Text(..) => {}
        }
    }

    fn text_test(&mut self, negated: bool, test: TextTest, other: &Expr) {
        self.words(match (negated, test) {
            (false, TextTest::Contains) => "contains",
            (false, TextTest::StartsWith) => "starts with",
            (false, TextTest::EndsWith) => "ends with",
            (true, TextTest::Contains) => "does not contain",
            (true, TextTest::StartsWith) => "does not start with",
            (true, TextTest::EndsWith) => "does not end with",
        });
        self.blank();
        self.expression(other);
    }

    /// `at least 3`; values are less, things are fewer.
    pub(super) fn bound(&mut self, bound: Bound, value: &Expr) {
        self.bound_words(bound, "less");
        self.blank();
        self.expression(value);
    }

    fn bound_words(&mut self, bound: Bound, less: &str) {
        match bound {
            Bound::AtLeast => self.words("at least"),
            Bound::AtMost => self.words("at most"),
            Bound::MoreThan => self.words("more than"),
            Bound::LessThan => {
                self.spelled(&["less", "fewer"], less);
                self.blank();
                self.words("than");
            }
        }
    }

    /// `on or after T`
    pub(super) fn order(&mut self, order: TimeOrder, other: &Expr) {
        self.words(match order {
            TimeOrder::Before => "before",
            TimeOrder::After => "after",
            TimeOrder::OnOrBefore => "on or before",
            TimeOrder::OnOrAfter => "on or after",
        });
        self.blank();
        self.expression(other);
    }

    /// `A WORD B`
    pub(super) fn joined(&mut self, left: &Expr, word: &str, right: &Expr) {
        self.expression(left);
        self.blank();
        self.words(word);
        self.blank();
        self.expression(right);
    }

    fn window(&mut self, window: &Window) {
        match window {
            Window::Rolling(_, length) => {
                self.any();
                self.blank();
                self.expression(length);
            }
            Window::Before(length, from) => self.joined(length, "before", from),
            Window::After(length, from) => self.joined(length, "after", from),
            Window::Around(length, of) => self.joined(length, "of", of),
            Window::Calendar(..) | Window::Doubtful(..) => self.anything(2),
            Window::Working(calendar) => self.name(calendar),
        }
    }

    /// The next words, as many as are said.
    fn anything(&mut self, words: usize) {
        for index in 0..words {
            if index > 0 {
                self.blank();
            }
            self.any();
        }
    }

    /// Expressions over lists, and phrases of time.
    pub(super) fn of_lists_and_time(&mut self, expression: &Expr) {
        match &expression.kind {
            ExprKind::Quantified { .. } | ExprKind::Picked { .. } | ExprKind::Aggregate { .. } => {
                self.group(READING_WIDTH, |p| p.align(|p| p.over_elements(expression)));
            }
            ExprKind::AggregateList { list, .. } => {
                self.any();
                self.of(list);
            }
            ExprKind::Slice { count, list, .. } => {
                self.any();
                self.blank();
                self.expression(count);
                self.of(list);
            }
            ExprKind::Function { argument, zone, .. } => {
                self.any();
                if self.peek() != "of" {
                    self.blank();
                    self.any();
                }
                self.of(argument);
                self.zone(zone.as_deref());
            }
            _ => self.of_time(expression),
        }
    }

    /// `of E`
    fn of(&mut self, argument: &Expr) {
        self.blank();
        self.words("of");
        self.blank();
        self.expression(argument);
    }

    fn over_elements(&mut self, expression: &Expr) {
        match &expression.kind {
            ExprKind::Quantified {
                quantifier,
                variable,
                list,
                condition,
                has,
                ..
            } => {
                self.quantifier(quantifier);
                self.blank();
                self.name(variable);
                self.in_list(list);
                self.where_part(condition.as_deref());
                self.has_part(has.as_deref());
            }
            ExprKind::Picked {
                variable,
                list,
                by,
                condition,
                has,
                ..
            } => {
                self.any();
                self.blank();
                self.name(variable);
                self.in_list(list);
                if let Some(by) = by {
                    self.blank();
                    self.words("by");
                    self.blank();
                    self.expression(by);
                }
                self.where_part(condition.as_deref());
                self.has_part(has.as_deref());
            }
            ExprKind::Aggregate {
                value,
                variable,
                list,
                condition,
                ..
            } => {
                self.any();
                self.of(value);
                if value.span != variable.span {
                    self.blank();
                    self.words("for");
                    self.blank();
                    self.name(variable);
                }
                self.in_list(list);
                self.where_part(condition.as_deref());
            }
            _ => {}
        }
    }

    /// ` in L`
    pub(super) fn in_list(&mut self, list: &Expr) {
        self.blank();
        self.words("in");
        self.blank();
        self.expression(list);
    }

    fn quantifier(&mut self, quantifier: &Quantifier) {
        match quantifier {
            Quantifier::Any => self.words("any"),
            Quantifier::No => self.words("no"),
            Quantifier::Every => self.words("every"),
            Quantifier::Count(bound, number) => {
                self.bound_words(*bound, "fewer");
                self.blank();
                self.expression(number);
            }
            Quantifier::Exactly(number) => {
                self.words("exactly");
                self.blank();
                self.expression(number);
            }
        }
    }

    /// A line and `where C`
    pub(super) fn where_part(&mut self, condition: Option<&Expr>) {
        self.part("where", condition);
    }

    fn has_part(&mut self, condition: Option<&Expr>) {
        self.part("has", condition);
    }

    fn part(&mut self, word: &str, condition: Option<&Expr>) {
        if let Some(condition) = condition {
            self.line();
            self.words(word);
            self.condition_after_word(condition);
        }
    }

    fn of_time(&mut self, expression: &Expr) {
        match &expression.kind {
            ExprKind::Today { zone, .. } => {
                self.any();
                self.zone(zone.as_deref());
            }
            ExprKind::Shifted {
                span,
                before,
                from,
                zone,
            } => {
                self.joined(span, if *before { "before" } else { "after" }, from);
                self.zone(zone.as_deref());
            }
            ExprKind::CountBetween { from, to, zone, .. } => {
                self.any();
                self.span_between(from, to);
                self.zone(zone.as_deref());
            }
            ExprKind::DayOfMonth { zone, .. } => {
                self.anything(5);
                self.zone(zone.as_deref());
            }
            ExprKind::WorkingShift {
                amount,
                unit,
                calendar,
                before,
                from,
            } => {
                self.any();
                self.blank();
                self.name(calendar);
                self.blank();
                self.unit(amount, *unit);
                self.blank();
                self.words(if *before { "before" } else { "after" });
                self.blank();
                self.expression(from);
            }
            ExprKind::WorkingBetween {
                unit,
                calendar,
                from,
                to,
            } => {
                self.name(calendar);
                self.blank();
                self.unit(&crate::value::Number::from_i64(2), unit_of(*unit));
                self.span_between(from, to);
            }
            ExprKind::Slot { key, name } => {
                self.words("slot of");
                self.blank();
                self.joined(key, "for", name);
            }
            // All others are written elsewhere; a new one stays as it stands.
            _ => self.place(expression.span),
        }
    }

    /// ` from A to B`
    fn span_between(&mut self, from: &Expr, to: &Expr) {
        self.blank();
        self.words("from");
        self.blank();
        self.joined(from, "to", to);
    }
}

/// In what working time is counted.
fn unit_of(unit: CountUnit) -> SpanUnit {
    match unit {
        CountUnit::Minutes => SpanUnit::Minutes,
        CountUnit::Hours => SpanUnit::Hours,
        CountUnit::Days => SpanUnit::Days,
        CountUnit::Weeks => SpanUnit::Weeks,
        CountUnit::Months => SpanUnit::Months,
        CountUnit::Years => SpanUnit::Years,
    }
}
