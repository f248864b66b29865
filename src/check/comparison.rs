//! Tests of a value: `is …`, `contains …`.

use super::Checker;
use super::describe::with_article;
use super::scope::{Outcome, Place, Scope};
use super::time::{is_civil, is_time, zone_behind};
use super::value::{typed, word_for};
use crate::ast::{Expr, ExprKind, Test, Window};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::operators::{BetweenEnds, Bound, Comparison, Direction, TextTest, TimeOrder};
use crate::schema::Type;
use crate::source::Span;

impl Checker<'_> {
    /// A value with its test: a YesNo, and what it says about places.
    pub(super) fn test(
        &mut self,
        scope: &mut Scope,
        value: &Expr,
        negated: bool,
        test: &Test,
        span: Span,
    ) -> (ir::Expr, Outcome) {
        self.refuse_bare_aggregate(value);
        if let Test::Known | Test::Unknown = test {
            return self.presence(scope, value, negated, matches!(test, Test::Known), span);
        }
        if let Some(known) = self.guessed_presence(scope, value, negated, test) {
            return self.presence(scope, value, negated, known, span);
        }
        let (left, right) = self.sides(scope, value, test);
        let kind = self.test_kind(scope, left, right, test, span);
        let condition = typed(kind, Type::YesNo, span);
        let condition = if negated { not(condition) } else { condition };
        (condition, Outcome::default())
    }

    /// `is set`, `is null`: reported, and taken for what it means.
    fn guessed_presence(
        &mut self,
        scope: &Scope,
        value: &Expr,
        negated: bool,
        test: &Test,
    ) -> Option<bool> {
        let Test::Is(other) = test else {
            return None;
        };
        let ExprKind::Name(word) = &other.kind else {
            return None;
        };
        let declared = scope.find(&word.text).is_some() || self.symbols.get(&word.text).is_some();
        let known = match word_for(&word.text).filter(|_| !declared)? {
            "known" => true,
            "unknown" => false,
            _ => return None,
        };
        let instead = if known == negated { "unknown" } else { "known" };
        let (text, written) = (self.written(value.span), self.quoted(other.span));
        let message = format!("`{written}` is not a word of Courtesy");
        let diagnostic = Diagnostic::error(Code::UnknownName, other.span, message);
        let fix = if known { "known" } else { "unknown" };
        self.report(
            diagnostic
                .help(format!("write `{text} is {instead}`"))
                .fix(other.span, fix),
        );
        Some(known)
    }

    /// Types both sides of an `is`; a bare word on the left is read by the right.
    fn sides(
        &mut self,
        scope: &mut Scope,
        value: &Expr,
        test: &Test,
    ) -> (ir::Expr, Option<ir::Expr>) {
        if let (Test::Is(other), ExprKind::Name(name)) = (test, &value.kind)
            && scope.find(&name.text).is_none()
            && self.symbols.get(&name.text).is_none()
        {
            let right = self.infer(scope, other, None);
            let left = self.infer(scope, value, Some(&right.ty));
            return (self.require(scope, left), Some(right));
        }
        let left = self.infer(scope, value, None);
        (self.require(scope, left), None)
    }

    fn presence(
        &mut self,
        scope: &mut Scope,
        value: &Expr,
        negated: bool,
        known: bool,
        span: Span,
    ) -> (ir::Expr, Outcome) {
        let value = self.infer(scope, value, None);
        if !value.optional && value.ty != Type::Unknown {
            let already = Place::of(&value).is_some_and(|place| scope.facts.contains(&place));
            let text = self.quoted(value.span);
            if !already {
                self.report(
                    Diagnostic::warning(
                        Code::NeverMissing,
                        value.span,
                        format!("`{text}` is never missing, so this is always the same"),
                    )
                    .help("leave the test out, or declare the field `optional`"),
                );
            }
        }
        let mut outcome = Outcome::default();
        outcome.holds.extend(Place::of(&value));
        let condition = typed(ir::ExprKind::IsKnown(Box::new(value)), Type::YesNo, span);
        if known == negated {
            (not(condition), outcome.negated())
        } else {
            (condition, outcome)
        }
    }

    fn test_kind(
        &mut self,
        scope: &mut Scope,
        value: ir::Expr,
        right: Option<ir::Expr>,
        test: &Test,
        span: Span,
    ) -> ir::ExprKind {
        let ty = value.ty.clone();
        let value = Box::new(value);
        match test {
            Test::Is(other) => {
                let right = match right {
                    Some(right) => self.expect(right, &ty),
                    None => self.other_side(scope, other, &ty),
                };
                let right = self.require(scope, right);
                self.refuse_period(&ty, span);
                compare(Comparison::Same, value, right)
            }
            Test::OneOf(options) => {
                let options = options.iter();
                let options = options
                    .map(|option| self.known(scope, option, &ty))
                    .collect();
                ir::ExprKind::OneOf { value, options }
            }
            Test::Bound(bound, other) => {
                let other = self.other_side(scope, other, &ty);
                let other = self.require(scope, other);
                self.require_order(&value, *bound, &other);
                compare(comparison(*bound), value, other)
            }
            Test::Distance {
                bound,
                span: length,
                direction,
                zone,
            } => self.distance(
                scope,
                value,
                (*bound, length, *direction),
                zone.as_ref(),
                span,
            ),
            Test::Between(low, high) => self.between(scope, value, low, high),
            Test::Known | Test::Unknown => ir::ExprKind::IsKnown(value),
            Test::Empty => {
                self.require_length(&value, span);
                ir::ExprKind::IsEmpty(value)
            }
            Test::Text(test, other) => self.text_test(scope, value, *test, other),
            Test::Order(order, other) => {
                let other = self.other_side(scope, other, &ty);
                let other = self.require(scope, other);
                self.require_time(&value, *order, &other, span);
                compare(ordered(*order), value, other)
            }
            Test::Within { window, zone } => self.within(scope, value, window, zone.as_ref(), span),
        }
    }

    /// What is empty or not has a length.
    fn require_length(&mut self, value: &ir::Expr, span: Span) {
        let help = match value.ty {
            Type::Text | Type::List(_) | Type::Unknown => return,
            Type::Number => "write `is 0`",
            Type::Money(_) => "write `is` and an amount of 0",
            _ => "whether something is there at all is asked with `is known`",
        };
        self.wrong_side(value, "a Text or a list", help, span);
    }

    /// What lies before or after something is a time.
    fn require_time(&mut self, value: &ir::Expr, order: TimeOrder, other: &ir::Expr, span: Span) {
        if is_time(&value.ty) || matches!(value.ty, Type::Time | Type::Unknown) {
            return;
        }
        let word = match order {
            TimeOrder::Before => "less than",
            TimeOrder::After => "more than",
            TimeOrder::OnOrBefore => "at most",
            TimeOrder::OnOrAfter => "at least",
        };
        let help = if self.has_order(&value.ty) {
            let other = self.written(other.span);
            format!("write `is {word} {other}`")
        } else {
            "compare it with `is`".to_string()
        };
        self.wrong_side(value, "a Date, a DateTime or a Time", &help, span);
    }

    fn other_side(&mut self, scope: &mut Scope, other: &Expr, ty: &Type) -> ir::Expr {
        self.refuse_bare_aggregate(other);
        let other = self.infer(scope, other, Some(ty));
        self.expect(other, ty)
    }

    fn within(
        &mut self,
        scope: &mut Scope,
        value: Box<ir::Expr>,
        window: &Window,
        zone: Option<&Expr>,
        span: Span,
    ) -> ir::ExprKind {
        if let Window::Working(calendar) = window {
            return self.within_calendar(scope, value, calendar, zone);
        }
        if !is_time(&value.ty) {
            self.not_a_time(&value);
        }
        let last = match window {
            Window::Before(_, of) | Window::After(_, of) | Window::Around(_, of) => {
                zone_behind(zone, of)
            }
            _ => zone,
        };
        let ty = value.ty.clone();
        self.phrase(scope, last, |it, scope| {
            let (window, civil) = it.window(scope, window, &ty, span);
            let zone = it.zone(scope, civil, span);
            ir::ExprKind::Within {
                value,
                window,
                zone,
            }
        })
    }

    fn distance(
        &mut self,
        scope: &mut Scope,
        value: Box<ir::Expr>,
        (bound, length, direction): (Bound, &Expr, Direction),
        zone: Option<&Expr>,
        span: Span,
    ) -> ir::ExprKind {
        if !is_time(&value.ty) {
            self.not_a_time(&value);
        }
        self.phrase(scope, zone, |it, scope| {
            let length = it.length(scope, length, &value.ty.clone());
            let civil = is_civil(&length.ty) || value.ty == Type::Date;
            let zone = it.zone(scope, civil, span);
            ir::ExprKind::Distance {
                value,
                bound,
                span: Box::new(length),
                direction,
                zone,
            }
        })
    }

    fn between(
        &mut self,
        scope: &mut Scope,
        value: Box<ir::Expr>,
        low: &Expr,
        high: &Expr,
    ) -> ir::ExprKind {
        let ty = value.ty.clone();
        let low = Box::new(self.known(scope, low, &ty));
        let high = Box::new(self.known(scope, high, &ty));
        let ends = match ty {
            Type::DateTime => BetweenEnds::FirstOnly,
            Type::Time => BetweenEnds::AroundTheClock,
            _ => BetweenEnds::Both,
        };
        if !self.has_order(&ty) && !is_time(&ty) && !matches!(ty, Type::Time | Type::Unknown) {
            let help = "write `is one of (…, …)`";
            self.wrong_side(&value, "something with an order", help, value.span);
        }
        ir::ExprKind::Between {
            value,
            low,
            high,
            ends,
        }
    }

    fn text_test(
        &mut self,
        scope: &mut Scope,
        value: Box<ir::Expr>,
        test: TextTest,
        other: &Expr,
    ) -> ir::ExprKind {
        if let (Type::List(element), TextTest::Contains) = (&value.ty, test) {
            let element = self.known(scope, other, &element.clone());
            return ir::ExprKind::ListContains {
                list: value,
                element: Box::new(element),
            };
        }
        if !matches!(value.ty, Type::Text | Type::Unknown) {
            let written = self.written(value.span);
            let (wanted, help) = match (test, &value.ty) {
                (TextTest::Contains, _) => ("a Text or a list", "compare it with `is`".to_string()),
                (_, Type::List(_)) => (
                    "a Text",
                    format!("ask for one of its elements: `any x in {written} where x …`"),
                ),
                _ => ("a Text", "compare it with `is`".to_string()),
            };
            self.wrong_side(&value, wanted, &help, value.span);
            return super::value::poison(value.span).kind;
        }
        // Where the value's mistake has been reported, nothing is asked of the part.
        let wanted = match value.ty {
            Type::Unknown => Type::Unknown,
            _ => Type::Text,
        };
        ir::ExprKind::TextTest {
            test,
            value,
            part: Box::new(self.known(scope, other, &wanted)),
        }
    }

    /// Reports what is tested and cannot be tested so; where the help says which test to `write` in place of all
    /// that stands behind the value, up to the end of the `whole`, that is the change.
    fn wrong_side(&mut self, value: &ir::Expr, wanted: &str, help: &str, whole: Span) {
        if value.ty == Type::Unknown {
            return;
        }
        let text = self.quoted(value.span);
        let kind = with_article(&self.describe(&value.ty));
        let behind = Span {
            start: value.span.end,
            ..whole
        };
        let negated = self.sources.text_of(behind).contains(" not ");
        let test = help
            .strip_prefix("write `")
            .and_then(|test| test.strip_suffix('`'))
            .filter(|test| !negated && !test.contains(['`', '…']));
        let message = format!("`{text}` is {kind}, but {wanted} is needed here");
        let diagnostic = Diagnostic::error(Code::TypeMismatch, value.span, message).help(help);
        self.report(match test {
            Some(test) => diagnostic.fix(behind, format!(" {test}")),
            None => diagnostic,
        });
    }

    fn refuse_period(&mut self, ty: &Type, span: Span) {
        if *ty == Type::Period {
            self.report(
                Diagnostic::error(
                    Code::NoOrder,
                    span,
                    "days, weeks, months and years are not compared: a month has 28 to 31 days",
                )
                .help("compare the dates themselves, or count them: `days from … to …`"),
            );
        }
    }

    fn has_order(&self, ty: &Type) -> bool {
        match ty {
            Type::Number | Type::Money(_) | Type::Duration => true,
            Type::Choice(id) => self.schema.choice(*id).is_some_and(|choice| choice.ordered),
            _ => false,
        }
    }

    fn require_order(&mut self, value: &ir::Expr, bound: Bound, other: &ir::Expr) {
        if self.has_order(&value.ty) || value.ty == Type::Unknown {
            return;
        }
        let between = Span {
            start: value.span.end,
            end: other.span.start,
            ..value.span
        };
        let not = self.sources.text_of(between).contains("not");
        let is = if not { "is not" } else { "is" };
        let whole = value.span.to(other.span);
        let (text, other) = (self.written(value.span), self.written(other.span));
        let kind = with_article(&self.describe(&value.ty));
        let word = match bound {
            Bound::AtLeast => "on or after",
            Bound::AtMost => "on or before",
            Bound::MoreThan => "after",
            Bound::LessThan => "before",
        };
        let diagnostic = Diagnostic::error(
            Code::NoOrder,
            value.span,
            format!("`{text}` is {kind}, which is not more or less than another"),
        );
        self.report(match &value.ty {
            Type::Date | Type::DateTime | Type::Time => {
                diagnostic.write(whole, format!("{text} {is} {word} {other}"))
            }
            Type::Choice(_) => diagnostic.help(
                "write `is one of (…, …)`, or declare the choice with `<` between its values, the \
                 lowest first",
            ),
            _ => diagnostic.help("compare it with `is`"),
        });
    }
}

/// The denial of a condition.
pub(super) fn not(condition: ir::Expr) -> ir::Expr {
    let span = condition.span;
    typed(ir::ExprKind::Not(Box::new(condition)), Type::YesNo, span)
}

fn compare(comparison: Comparison, left: Box<ir::Expr>, right: ir::Expr) -> ir::ExprKind {
    ir::ExprKind::Compare {
        comparison,
        left,
        right: Box::new(right),
    }
}

/// How a bound compares.
pub(super) fn comparison(bound: Bound) -> Comparison {
    match bound {
        Bound::AtLeast => Comparison::AtLeast,
        Bound::AtMost => Comparison::AtMost,
        Bound::MoreThan => Comparison::More,
        Bound::LessThan => Comparison::Less,
    }
}

/// How an order of times compares.
pub(super) fn ordered(order: TimeOrder) -> Comparison {
    match order {
        TimeOrder::Before => Comparison::Less,
        TimeOrder::After => Comparison::More,
        TimeOrder::OnOrBefore => Comparison::AtMost,
        TimeOrder::OnOrAfter => Comparison::AtLeast,
    }
}
