//! What may follow a value: `is …`, `contains …`.

use super::{Lowerer, all, find, parts};
use crate::ast::{Expr, ExprKind, Test, Window};
use crate::operators::{Bound, CalendarUnit, Direction, TextTest, TimeOrder};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lowerer<'_> {
    /// `value` tested by the pair of rule `test`.
    pub(super) fn test(&mut self, value: Expr, pair: Pair<'_, Rule>) -> Expr {
        let span = value.span.to(self.span(&pair));
        let Some(inner) = pair.into_inner().next() else {
            return value;
        };
        let (negated, test) = match inner.as_rule() {
            Rule::test_contains => (false, self.text_test(TextTest::Contains, inner)),
            Rule::test_starts => (false, self.text_test(TextTest::StartsWith, inner)),
            Rule::test_ends => (false, self.text_test(TextTest::EndsWith, inner)),
            Rule::test_does_not => (true, self.test_does_not(inner)),
            _ => (find(&inner, Rule::is_not).is_some(), self.test_is(inner)),
        };
        Expr {
            kind: ExprKind::Test {
                value: Box::new(value),
                negated,
                test: Box::new(test),
            },
            span,
        }
    }

    fn text_test(&mut self, test: TextTest, pair: Pair<'_, Rule>) -> Test {
        Test::Text(test, self.only_expression(pair))
    }

    fn test_does_not(&mut self, pair: Pair<'_, Rule>) -> Test {
        let inner = parts(pair.clone()).next().unwrap_or(pair);
        let test = match inner.as_rule() {
            Rule::does_start => TextTest::StartsWith,
            Rule::does_end => TextTest::EndsWith,
            _ => TextTest::Contains,
        };
        self.text_test(test, inner)
    }

    fn test_is(&mut self, pair: Pair<'_, Rule>) -> Test {
        let inner = parts(pair.clone()).find(|part| part.as_rule() != Rule::is_not);
        let inner = inner.unwrap_or(pair);
        match inner.as_rule() {
            Rule::is_known => Test::Known,
            Rule::is_unknown => Test::Unknown,
            Rule::is_empty => Test::Empty,
            Rule::is_one_of => {
                let options: Vec<_> = all(&inner, Rule::expression).collect();
                Test::OneOf(
                    options
                        .into_iter()
                        .map(|option| self.expression(option))
                        .collect(),
                )
            }
            Rule::is_bound => self.bound(inner),
            Rule::is_between => {
                let mut ends = self.expressions_in(inner).into_iter();
                match (ends.next(), ends.next()) {
                    (Some(low), Some(high)) => Test::Between(low, high),
                    _ => Test::Known,
                }
            }
            Rule::is_order => {
                let order = find(&inner, Rule::order).map_or(TimeOrder::Before, |o| order_of(&o));
                Test::Order(order, self.only_expression(inner))
            }
            Rule::is_within => self.within(inner),
            _ => Test::Is(self.only_expression(inner)),
        }
    }

    fn bound(&mut self, pair: Pair<'_, Rule>) -> Test {
        let bound = find(&pair, Rule::bound).map_or(Bound::AtLeast, |words| bound_of(&words));
        let value = self.inner(&pair, Rule::value);
        let Some(distance) = find(&pair, Rule::distance) else {
            return Test::Bound(bound, value);
        };
        let ago = find(&distance, Rule::distance_ago).is_some();
        Test::Distance {
            bound,
            span: value,
            direction: if ago {
                Direction::Past
            } else {
                Direction::Future
            },
            zone: self.inner_zone(&pair),
        }
    }

    fn within(&mut self, pair: Pair<'_, Rule>) -> Test {
        let zone = self.inner_zone(&pair);
        let window = find(&pair, Rule::window).and_then(|window| window.into_inner().next());
        let window = window.map_or_else(
            || Window::Calendar(CalendarUnit::Week, 0),
            |window| self.window(window),
        );
        Test::Within { window, zone }
    }

    fn window(&mut self, pair: Pair<'_, Rule>) -> Window {
        let unit = find(&pair, Rule::calendar_unit).map(|unit| calendar_unit(unit.as_str()));
        let text = pair.as_str();
        match (pair.as_rule(), unit) {
            (Rule::window_calendar, Some(unit)) => {
                Window::Calendar(unit, if text.starts_with("this") { 0 } else { -1 })
            }
            (Rule::window_rolling, Some(unit)) => Window::Doubtful(direction(text), unit),
            (Rule::window_working, _) => Window::Working(self.inner_name(&pair)),
            (Rule::window_rolling, None) => Window::Rolling(direction(text), self.length(&pair)),
            _ => self.window_around(pair),
        }
    }

    fn window_around(&mut self, pair: Pair<'_, Rule>) -> Window {
        let length = self.length(&pair);
        let of = self.inner_call(&pair);
        let word = pair.into_inner().find_map(|part| match part.as_rule() {
            Rule::kw_before => Some(Window::Before as fn(Expr, Expr) -> Window),
            Rule::kw_after => Some(Window::After as fn(Expr, Expr) -> Window),
            _ => None,
        });
        word.map_or(Window::Around as fn(Expr, Expr) -> Window, |window| window)(length, of)
    }

    fn length(&mut self, pair: &Pair<'_, Rule>) -> Expr {
        self.inner(pair, Rule::length)
    }
}

fn direction(text: &str) -> Direction {
    if text.starts_with("next") {
        Direction::Future
    } else {
        Direction::Past
    }
}

fn calendar_unit(word: &str) -> CalendarUnit {
    match word.trim() {
        "week" => CalendarUnit::Week,
        "quarter" => CalendarUnit::Quarter,
        "year" => CalendarUnit::Year,
        _ => CalendarUnit::Month,
    }
}

/// `at least`, `at most`, `more than`, `less than`, `fewer than`
pub(super) fn bound_of(pair: &Pair<'_, Rule>) -> Bound {
    let words = pair.clone().into_inner().map(|found| found.as_rule());
    words.fold(Bound::AtLeast, |bound, rule| match rule {
        Rule::kw_most => Bound::AtMost,
        Rule::kw_more => Bound::MoreThan,
        Rule::kw_less | Rule::kw_fewer => Bound::LessThan,
        _ => bound,
    })
}

/// `before`, `on or after`
pub(super) fn order_of(pair: &Pair<'_, Rule>) -> TimeOrder {
    match pair
        .clone()
        .into_inner()
        .next()
        .map(|inner| inner.as_rule())
    {
        Some(Rule::order_on_or_before) => TimeOrder::OnOrBefore,
        Some(Rule::order_on_or_after) => TimeOrder::OnOrAfter,
        Some(Rule::order_after) => TimeOrder::After,
        _ => TimeOrder::Before,
    }
}
