//! Expressions: from the grammar's levels to one tree.

use super::tests_of_values::bound_of;
use super::{Lowerer, all, find, parts};
use crate::ast::{Expr, ExprKind, Quantifier, TextPart};
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::limits;
use crate::operators::{Aggregate, Arithmetic, CountUnit, Function, Ordinal, Pick};
use crate::source::{Span, offset};
use crate::syntax::dates::year_first;
use crate::syntax::grammar::Rule;
use crate::value::{Value, weekday_named};
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn error_expression(&self, pair: &Pair<'_, Rule>) -> Expr {
        Expr {
            kind: ExprKind::Error,
            span: self.span(pair),
        }
    }

    /// The one expression among the inner pairs.
    pub(super) fn only_expression(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let fallback = self.error_expression(&pair);
        self.expressions_in(pair)
            .into_iter()
            .next()
            .unwrap_or(fallback)
    }

    /// All expressions among the inner pairs.
    pub(super) fn expressions_in(&mut self, pair: Pair<'_, Rule>) -> Vec<Expr> {
        let found: Vec<_> = parts(pair)
            .filter(|part| is_expression(part.as_rule()))
            .collect();
        found.into_iter().map(|part| self.any(part)).collect()
    }

    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Expr {
        self.any(pair)
    }

    /// The expression of that rule among the inner pairs.
    pub(super) fn inner(&mut self, pair: &Pair<'_, Rule>, rule: Rule) -> Expr {
        match find(pair, rule) {
            Some(found) => self.any(found),
            None => self.error_expression(pair),
        }
    }

    /// The `call` among the inner pairs.
    pub(super) fn inner_call(&mut self, pair: &Pair<'_, Rule>) -> Expr {
        self.inner(pair, Rule::call)
    }

    /// The condition of a `where` among the inner pairs.
    pub(super) fn inner_where(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        find(pair, Rule::where_part).map(|part| self.only_expression(part))
    }

    fn inner_has(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        find(pair, Rule::has_part).map(|part| self.only_expression(part))
    }

    /// The zone of an `in` among the inner pairs.
    pub(super) fn inner_zone(&mut self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        find(pair, Rule::in_zone)
            .and_then(|part| find(&part, Rule::postfix_or_text))
            .map(|part| self.only_expression(part))
    }

    /// Any rule of an expression. Levels that hold a single part vanish here,
    /// without recursion: a bracket passes a dozen of them.
    pub(super) fn any(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let mut pair = pair;
        while let Some(inner) = single_part(&pair) {
            pair = inner;
        }
        self.level(pair)
    }

    fn level(&mut self, pair: Pair<'_, Rule>) -> Expr {
        match pair.as_rule() {
            Rule::conditional => self.conditional(pair),
            Rule::disjunction => self.joined(pair, ExprKind::Or),
            Rule::conjunction => self.joined(pair, ExprKind::And),
            Rule::negation => self.negation(pair),
            Rule::comparison => self.comparison(pair),
            Rule::quantified => self.quantified(pair),
            Rule::value => self.at(pair),
            Rule::rounded => self.rounded(pair),
            Rule::sum | Rule::product => self.arithmetic(pair),
            Rule::fallback => self.fallback(pair),
            Rule::count_between => self.count_between(pair),
            Rule::working_between => self.working_between(pair),
            Rule::working_shift => self.working_shift(pair),
            Rule::share_slot => self.slot(pair),
            Rule::function => self.function(pair),
            Rule::sublist => self.slice(pair),
            Rule::day_of_month => self.day_of_month(pair),
            Rule::picked => self.picked(pair),
            Rule::aggregate => self.aggregate(pair),
            Rule::today | Rule::bare_now => self.today(pair),
            Rule::shifted => self.shifted(pair),
            Rule::span_literal => self.span_literal(&pair),
            Rule::day_of_year => self.day_of_year(&pair),
            Rule::literal => self.literal(pair),
            Rule::number => self.plain_number(&pair),
            Rule::text => self.text(pair),
            Rule::postfix => self.postfix(pair),
            Rule::atom => self.atom(pair),
            _ => self.error_expression(&pair),
        }
    }

    fn boxed(&mut self, pair: Pair<'_, Rule>) -> Box<Expr> {
        Box::new(self.any(pair))
    }

    fn conditional(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let mut branches = self.expressions_in(pair.clone()).into_iter().map(Box::new);
        match (branches.next(), branches.next(), branches.next()) {
            (Some(condition), Some(then), Some(otherwise)) => Expr {
                kind: ExprKind::If {
                    condition,
                    then,
                    otherwise,
                },
                span,
            },
            _ => self.error_expression(&pair),
        }
    }

    fn joined(&mut self, pair: Pair<'_, Rule>, join: fn(Vec<Expr>) -> ExprKind) -> Expr {
        let span = self.span(&pair);
        let fallback = self.error_expression(&pair);
        let mut conditions = self.expressions_in(pair);
        if conditions.len() > 1 {
            return Expr {
                kind: join(conditions),
                span,
            };
        }
        conditions.pop().unwrap_or(fallback)
    }

    fn negation(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let negated = find(&pair, Rule::kw_not).is_some();
        let inner = self.only_expression(pair);
        if !negated {
            return inner;
        }
        Expr {
            kind: ExprKind::Not(Box::new(inner)),
            span,
        }
    }

    fn comparison(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let test = find(&pair, Rule::test);
        let value = self.only_expression(pair);
        match test {
            Some(test) => self.test(value, test),
            None => value,
        }
    }

    fn quantified(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let word = find(&pair, Rule::quantifier).unwrap_or_else(|| pair.clone());
        Expr {
            kind: ExprKind::Quantified {
                keyword: self.span(&word),
                quantifier: self.quantifier(word),
                variable: self.inner_name(&pair),
                list: Box::new(self.inner_call(&pair)),
                condition: self.inner_where(&pair).map(Box::new),
                has: self.inner_has(&pair).map(Box::new),
            },
            span,
        }
    }

    fn quantifier(&mut self, pair: Pair<'_, Rule>) -> Quantifier {
        let inner = pair.clone().into_inner().next().unwrap_or(pair);
        match inner.as_rule() {
            Rule::quantifier_no => Quantifier::No,
            Rule::quantifier_every => Quantifier::Every,
            Rule::quantifier_count => self.quantifier_count(&inner),
            _ => Quantifier::Any,
        }
    }

    fn quantifier_count(&mut self, pair: &Pair<'_, Rule>) -> Quantifier {
        let number = find(pair, Rule::count_number).and_then(|count| count.into_inner().next());
        let number = match number {
            Some(number) => self.any(number),
            None => self.error_expression(pair),
        };
        let bound = find(pair, Rule::count_bound);
        match bound {
            Some(bound) if find(&bound, Rule::kw_exactly).is_none() => {
                Quantifier::Count(bound_of(&bound), Box::new(number))
            }
            _ => Quantifier::Exactly(Box::new(number)),
        }
    }

    fn at(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let zone = self.inner_zone(&pair).map(Box::new);
        let mut sides = all(&pair, Rule::rounded);
        match (sides.next(), sides.next()) {
            (Some(date), Some(time)) => Expr {
                kind: ExprKind::At {
                    date: self.boxed(date),
                    time: self.boxed(time),
                    zone,
                },
                span,
            },
            (Some(only), None) => self.any(only),
            _ => self.error_expression(&pair),
        }
    }

    fn rounded(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let step = find(&pair, Rule::fallback);
        let value = self.inner(&pair, Rule::sum);
        match step {
            None => value,
            Some(step) => Expr {
                kind: ExprKind::Rounded {
                    value: Box::new(value),
                    step: self.boxed(step),
                },
                span,
            },
        }
    }

    /// Folds a chain of `+ -` or `* /` from the left.
    fn arithmetic(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let whole = self.error_expression(&pair);
        if let Some(meant) = year_first(pair.as_str().trim()) {
            let message = "a date is written year, month, day";
            let diagnostic =
                Diagnostic::error(Code::BadLiteral, whole.span, message).help(meant.help());
            self.report(match meant.certain() {
                Some(day) => diagnostic.fix(whole.span, day),
                None => diagnostic,
            });
            return whole;
        }
        let mut parts = parts(pair);
        let Some(first) = parts.next() else {
            return whole;
        };
        let mut left = self.any(first);
        let mut length = 1_usize;
        while let (Some(operator), Some(right)) = (parts.next(), parts.next()) {
            length = length.saturating_add(1);
            if length > limits::NESTING {
                return self.too_long(whole);
            }
            self.check_blanks(&operator, &right);
            let right = self.any(right);
            left = self.apply(left, &operator, right);
        }
        left
    }

    fn apply(&mut self, left: Expr, operator: &Pair<'_, Rule>, right: Expr) -> Expr {
        Expr {
            span: left.span.to(right.span),
            kind: ExprKind::Arithmetic {
                operator: match operator.as_str() {
                    "+" => Arithmetic::Add,
                    "-" => Arithmetic::Subtract,
                    "*" => Arithmetic::Multiply,
                    _ => Arithmetic::Divide,
                },
                operator_span: self.span(operator),
                left: Box::new(left),
                right: Box::new(right),
            },
        }
    }

    /// `a -5` and `a-b` are read differently by different people.
    fn check_blanks(&mut self, operator: &Pair<'_, Rule>, right: &Pair<'_, Rule>) {
        if operator.as_rule() != Rule::sum_operator {
            return;
        }
        let span = operator.as_span();
        let before = span.get_input().get(..span.start()).unwrap_or("");
        let spaced = before.ends_with(char::is_whitespace) && right.as_span().start() > span.end();
        if !spaced {
            let place = self.span(operator);
            let sign = operator.as_str();
            let behind = span.get_input().get(span.end()..).unwrap_or("");
            let trimmed = before.trim_end();
            let left = trimmed.rsplit(is_gap).next().unwrap_or("");
            let next = behind.trim_start().split(is_gap).next().unwrap_or("");
            let blanks = |text: &str, kept: &str| offset(text.len().saturating_sub(kept.len()));
            let around = Span {
                start: place.start.saturating_sub(blanks(before, trimmed)),
                end: place
                    .end
                    .saturating_add(blanks(behind, behind.trim_start())),
                ..place
            };
            self.report(
                Diagnostic::error(
                    Code::BlanksAroundOperator,
                    place,
                    format!("`{sign}` stands without a blank on both sides"),
                )
                .help(format!(
                    "write `{}`",
                    quote(&format!("{left} {sign} {next}"))
                ))
                .fix(around, format!(" {sign} ")),
            );
        }
    }

    fn too_long(&mut self, whole: Expr) -> Expr {
        self.report(
            Diagnostic::error(
                Code::TooDeep,
                whole.span,
                format!("more than {} values are chained here", limits::NESTING),
            )
            .help("put parts of it under names with `define`"),
        );
        whole
    }

    fn fallback(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let whole = self.error_expression(&pair);
        let values = self.expressions_in(pair);
        if values.len() > limits::NESTING {
            return self.too_long(whole);
        }
        let mut values = values.into_iter().rev();
        let last = values.next().unwrap_or(whole);
        values.fold(last, |fallback, value| Expr {
            span: value.span.to(fallback.span),
            kind: ExprKind::Otherwise {
                value: Box::new(value),
                fallback: Box::new(fallback),
            },
        })
    }

    fn count_between(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let zone = self.inner_zone(&pair).map(Box::new);
        let unit = find(&pair, Rule::count_unit).map_or(CountUnit::Days, |unit| count_unit(&unit));
        let mut ends = pair
            .clone()
            .into_inner()
            .filter(|end| matches!(end.as_rule(), Rule::fallback | Rule::bare_now));
        match (ends.next(), ends.next()) {
            (Some(from), Some(to)) => Expr {
                kind: ExprKind::CountBetween {
                    unit,
                    from: self.boxed(from),
                    to: self.boxed(to),
                    zone,
                },
                span,
            },
            _ => self.error_expression(&pair),
        }
    }

    fn function(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let name = find(&pair, Rule::function_name);
        let Some(moment) = moment_of(&pair) else {
            return self.error_expression(&pair);
        };
        Expr {
            kind: ExprKind::Function {
                function: name.map_or(Function::Length, |name| function_named(&name)),
                argument: self.boxed(moment),
                zone: self.inner_zone(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }

    fn plain_number(&mut self, pair: &Pair<'_, Rule>) -> Expr {
        Expr {
            kind: ExprKind::Literal(Value::Number(self.number(pair))),
            span: self.span(pair),
        }
    }

    fn slice(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let count = self.inner(&pair, Rule::number);
        Expr {
            kind: ExprKind::Slice {
                from_end: find(&pair, Rule::kw_last).is_some(),
                count: Box::new(count),
                list: Box::new(self.inner_call(&pair)),
            },
            span: self.span(&pair),
        }
    }

    fn day_of_month(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let ordinal = find(&pair, Rule::ordinal).and_then(|word| word.into_inner().next());
        Expr {
            kind: ExprKind::DayOfMonth {
                ordinal: match ordinal.map(|word| word.as_rule()) {
                    Some(Rule::kw_first) => Ordinal::First,
                    Some(Rule::kw_second) => Ordinal::Second,
                    Some(Rule::kw_third) => Ordinal::Third,
                    Some(Rule::kw_fourth) => Ordinal::Fourth,
                    _ => Ordinal::Last,
                },
                weekday: find(&pair, Rule::weekday)
                    .and_then(|day| weekday_named(day.as_str().trim())),
                offset: if find(&pair, Rule::kw_this).is_some() {
                    0
                } else {
                    -1
                },
                zone: self.inner_zone(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }

    fn picked(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let word = find(&pair, Rule::pick).and_then(|word| word.into_inner().next());
        Expr {
            kind: ExprKind::Picked {
                pick: match word.map(|word| word.as_rule()) {
                    Some(Rule::kw_last) => Pick::Last,
                    Some(Rule::kw_latest) => Pick::Latest,
                    Some(Rule::kw_earliest) => Pick::Earliest,
                    Some(Rule::kw_largest) => Pick::Largest,
                    Some(Rule::kw_smallest) => Pick::Smallest,
                    _ => Pick::First,
                },
                variable: self.inner_name(&pair),
                list: Box::new(self.inner_call(&pair)),
                by: find(&pair, Rule::by_part).map(|by| Box::new(self.only_expression(by))),
                condition: self.inner_where(&pair).map(Box::new),
                has: self.inner_has(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }

    fn aggregate(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let inner = pair.clone().into_inner().next().unwrap_or(pair);
        if inner.as_rule() == Rule::count_elements {
            let variable = self.inner_name(&inner);
            let value = Expr {
                kind: ExprKind::Name(variable),
                span: self.inner_name(&inner).span,
            };
            return self.aggregate_for(Aggregate::Count, value, &inner, &inner);
        }
        let aggregate = find(&inner, Rule::aggregate_name);
        let aggregate = aggregate.map_or(Aggregate::Count, |name| aggregate_named(&name));
        let value = self.inner(&inner, Rule::sum);
        match find(&inner, Rule::for_part) {
            Some(part) => self.aggregate_for(aggregate, value, &part, &inner),
            None => Expr {
                kind: ExprKind::AggregateList {
                    aggregate,
                    list: Box::new(value),
                },
                span: self.span(&inner),
            },
        }
    }

    fn aggregate_for(
        &mut self,
        aggregate: Aggregate,
        value: Expr,
        part: &Pair<'_, Rule>,
        whole: &Pair<'_, Rule>,
    ) -> Expr {
        Expr {
            kind: ExprKind::Aggregate {
                aggregate,
                value: Box::new(value),
                variable: self.inner_name(part),
                list: Box::new(self.inner_call(part)),
                condition: self.inner_where(part).map(Box::new),
            },
            span: self.span(whole),
        }
    }

    fn today(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let zone = self.inner_zone(&pair).map(Box::new);
        let word = pair.clone().into_inner().next().map(|word| word.as_rule());
        let offset = match word {
            Some(Rule::kw_now) => None,
            Some(Rule::kw_tomorrow) => Some(1),
            Some(Rule::kw_yesterday) => Some(-1),
            _ => Some(0),
        };
        if offset.is_none()
            && let Some(zone) = &zone
        {
            self.report(
                Diagnostic::error(
                    Code::ZoneOnInstant,
                    zone.span,
                    "`now` is the same in every zone",
                )
                .help("write `time of now in …`, `date of now in …` or `today in …`"),
            );
        }
        Expr {
            kind: offset.map_or(ExprKind::Now, |offset| ExprKind::Today { offset, zone }),
            span: self.span(&pair),
        }
    }

    fn shifted(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let length = self.inner(&pair, Rule::span_literal);
        let Some(from) = moment_of(&pair) else {
            return length;
        };
        Expr {
            kind: ExprKind::Shifted {
                span: Box::new(length),
                before: find(&pair, Rule::kw_before).is_some(),
                from: self.boxed(from),
                zone: self.inner_zone(&pair).map(Box::new),
            },
            span: self.span(&pair),
        }
    }

    fn postfix(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let whole = self.error_expression(&pair);
        let mut parts = parts(pair);
        let mut expression = parts
            .next()
            .map_or_else(|| whole.clone(), |atom| self.any(atom));
        for (index, field) in parts.enumerate() {
            if index >= limits::NESTING {
                return self.too_long(whole);
            }
            let name = self.name(&field);
            expression = Expr {
                span: expression.span.to(name.span),
                kind: ExprKind::Field {
                    base: Box::new(expression),
                    name,
                },
            };
        }
        expression
    }

    fn atom(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let Some(inner) = pair.clone().into_inner().next() else {
            return self.error_expression(&pair);
        };
        let kind = match inner.as_rule() {
            Rule::bracket => ExprKind::Bracket(Box::new(self.only_expression(inner))),
            Rule::list => ExprKind::List(self.expressions_in(inner)),
            Rule::call_by_name => {
                let called = find(&inner, Rule::called_name);
                ExprKind::Call {
                    name: self.inner_name(&called.unwrap_or_else(|| inner.clone())),
                    arguments: self.expressions_in(inner),
                }
            }
            Rule::record => ExprKind::Record {
                name: Some(self.inner_name(&inner)),
                fields: self.assignments(&inner, Rule::record_field),
            },
            Rule::nameless_record => ExprKind::Record {
                name: None,
                fields: self.assignments(&inner, Rule::record_field),
            },
            _ => ExprKind::Name(self.name(&inner)),
        };
        Expr { kind, span }
    }

    pub(super) fn text(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let mut pieces: Vec<TextPart> = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::text_hole => pieces.push(TextPart::Hole(self.only_expression(part))),
                Rule::text_escape => push_literal(&mut pieces, unescaped(part.as_str())),
                _ => push_literal(&mut pieces, part.as_str()),
            }
        }
        Expr {
            kind: ExprKind::Text(pieces),
            span,
        }
    }
}

/// What may stand around an operand.
fn is_gap(character: char) -> bool {
    character.is_whitespace() || "()[]{},".contains(character)
}

/// What a level holds where it holds nothing else: an operand without operator.
fn single_part<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    let passes = matches!(
        pair.as_rule(),
        Rule::expression
            | Rule::disjunction
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::value
            | Rule::rounded
            | Rule::sum
            | Rule::product
            | Rule::fallback
            | Rule::call
            | Rule::length
            | Rule::postfix
    );
    let mut inner = pair.clone().into_inner();
    let first = inner.next().filter(|_| passes)?;
    inner.next().is_none().then_some(first)
}

fn push_literal(pieces: &mut Vec<TextPart>, text: &str) {
    if let Some(TextPart::Literal(last)) = pieces.last_mut() {
        last.push_str(text);
    } else {
        pieces.push(TextPart::Literal(text.into()));
    }
}

fn unescaped(escape: &str) -> &str {
    match escape.get(1..) {
        Some("n") => "\n",
        Some(character) => character,
        None => "",
    }
}

fn is_expression(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::expression
            | Rule::conditional
            | Rule::disjunction
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::quantified
            | Rule::value
            | Rule::rounded
            | Rule::sum
            | Rule::product
            | Rule::fallback
            | Rule::call
            | Rule::count_between
            | Rule::working_between
            | Rule::working_shift
            | Rule::share_slot
            | Rule::function
            | Rule::sublist
            | Rule::day_of_month
            | Rule::picked
            | Rule::aggregate
            | Rule::today
            | Rule::bare_now
            | Rule::shifted
            | Rule::span_literal
            | Rule::day_of_year
            | Rule::literal
            | Rule::text
            | Rule::postfix
            | Rule::atom
    )
}

fn count_unit(pair: &Pair<'_, Rule>) -> CountUnit {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::kw_minutes) => CountUnit::Minutes,
        Some(Rule::kw_hours) => CountUnit::Hours,
        Some(Rule::kw_weeks) => CountUnit::Weeks,
        Some(Rule::kw_months) => CountUnit::Months,
        Some(Rule::kw_years) => CountUnit::Years,
        _ => CountUnit::Days,
    }
}

/// What a function is of, or a shift from: `now` without the zone behind it, or any call.
fn moment_of<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    find(pair, Rule::bare_now).or_else(|| find(pair, Rule::call))
}

fn function_named(pair: &Pair<'_, Rule>) -> Function {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::kw_first) => Function::FirstWord,
        Some(Rule::kw_lower) => Function::LowerCase,
        Some(Rule::kw_age) => Function::Age,
        Some(Rule::kw_anniversary) => Function::Anniversary,
        Some(Rule::kw_time) => Function::TimeOf,
        Some(Rule::kw_date) => Function::DateOf,
        Some(Rule::kw_weekday) => Function::WeekdayOf,
        Some(Rule::kw_day) => Function::DayOf,
        Some(Rule::kw_month) => Function::MonthOf,
        Some(Rule::kw_year) => Function::YearOf,
        _ => Function::Length,
    }
}

fn aggregate_named(pair: &Pair<'_, Rule>) -> Aggregate {
    match pair.clone().into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::kw_sum) => Aggregate::Sum,
        Some(Rule::kw_average) => Aggregate::Average,
        Some(Rule::kw_largest) => Aggregate::Largest,
        Some(Rule::kw_smallest) => Aggregate::Smallest,
        Some(Rule::kw_latest) => Aggregate::Latest,
        Some(Rule::kw_earliest) => Aggregate::Earliest,
        Some(Rule::kw_list) => Aggregate::List,
        Some(Rule::kw_distinct) => Aggregate::Distinct,
        Some(Rule::kw_first) => Aggregate::First,
        Some(Rule::kw_last) => Aggregate::Last,
        _ => Aggregate::Count,
    }
}
