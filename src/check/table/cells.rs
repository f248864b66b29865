//! The cells that a table is asked with: typed, constant, and put as conditions.
//!
//! Input: a cell and its column. Output: its alternatives, each over constants of the column's type, or nothing
//! where a message was given. Both ends of `1 to 2` are in; a stretch of the clock may go over midnight.

use super::super::Checker;
use super::super::comparison::{comparison, ordered};
use super::super::describe::with_article;
use super::super::scope::{Scope, Variable};
use super::super::value::typed;
use crate::ast::{CellTest, Expr, ExprKind, TableCell, TableCellKind};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir;
use crate::operators::{Arithmetic, BetweenEnds, Bound, Comparison, TimeOrder};
use crate::schema::Type;
use crate::source::Span;
use crate::value::Value;
use std::cmp::Ordering;

/// A constant of a cell, with the reader's own words for it.
#[derive(Clone, Debug)]
pub(super) struct Constant {
    pub(super) value: Value,
    pub(super) text: String,
    pub(super) span: Span,
}

/// One alternative of a cell.
#[derive(Clone, Debug)]
pub(super) enum Alternative {
    /// `anything`
    Anything,
    /// `vip`
    Value(Constant),
    /// `1 to 2`
    Range(Constant, Constant),
    /// `at most 3`
    Compare(Comparison, Constant),
}

impl Alternative {
    /// Whether this is a stretch of the clock over midnight: `22:00 to 06:00`.
    pub(super) fn is_over_midnight(&self) -> bool {
        match self {
            Alternative::Range(low, high) => {
                matches!(low.value, Value::Time(_))
                    && low.value.compare(&high.value) == Some(Ordering::Greater)
            }
            _ => false,
        }
    }

    pub(super) fn constants(&self) -> impl Iterator<Item = &Constant> {
        let (first, second) = match self {
            Alternative::Anything => (None, None),
            Alternative::Value(one) | Alternative::Compare(_, one) => (Some(one), None),
            Alternative::Range(low, high) => (Some(low), Some(high)),
        };
        first.into_iter().chain(second)
    }
}

/// How the values of a column are told apart by more than being the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    None,
    /// `at most`, `more than`
    Amounts,
    /// `before`, `on or after`
    Times,
}

impl Checker<'_> {
    /// The alternatives of a cell.
    pub(super) fn condition_cell(
        &mut self,
        scope: &mut Scope,
        column: &Variable,
        cell: &TableCell,
    ) -> Option<Vec<Alternative>> {
        match &cell.kind {
            TableCellKind::Tests(tests) if self.is_open_end(column, tests, cell.span) => None,
            TableCellKind::Tests(tests) => {
                let typed: Vec<Option<Alternative>> = tests
                    .iter()
                    .map(|test| self.alternative(scope, column, test))
                    .collect();
                typed.into_iter().collect()
            }
            TableCellKind::Expression(expression) => {
                if !matches!(expression.kind, ExprKind::Error) {
                    self.no_test(column, expression, cell.span);
                }
                None
            }
        }
    }

    fn no_test(&mut self, column: &Variable, written: &Expr, span: Span) {
        let text = self.quoted(span);
        let name = &column.name.text;
        let example = match self.table_order(&column.ty) {
            Order::None => "",
            Order::Amounts => "`1 to 2`, `at most 3`, ",
            Order::Times => "`… to …`, `on or after …`, ",
        };
        let help = match self.joined_with_or(written) {
            Some(joined) => format!("write `{joined}`: a cell says which values fit"),
            None => format!(
                "a cell says what the column is: a value, `a or b`, {example}or `anything`; what \
                 needs more is worked out where the table is called"
            ),
        };
        self.report(
            Diagnostic::error(
                Code::TableCell,
                span,
                format!("`{text}` is no test of the column `{name}`"),
            )
            .also(column.name.span, "the column")
            .help(help),
        );
    }

    /// `gold and vip`, `gold / vip`: plain values joined with something else than `or`.
    fn joined_with_or(&self, written: &Expr) -> Option<String> {
        let parts: Vec<&Expr> = match &written.kind {
            ExprKind::And(parts) => parts.iter().collect(),
            ExprKind::Arithmetic {
                operator: Arithmetic::Divide,
                left,
                right,
                ..
            } => vec![left, right],
            _ => return None,
        };
        let plain = |part: &&Expr| matches!(part.kind, ExprKind::Name(_) | ExprKind::Literal(_));
        let words = parts.iter().map(|part| self.quoted(part.span));
        let words: Vec<String> = words.collect();
        parts.iter().all(plain).then(|| words.join(" or "))
    }

    /// Reports `3 or more`, and says whether it is that.
    fn is_open_end(&mut self, column: &Variable, tests: &[CellTest], span: Span) -> bool {
        let [CellTest::Value(value), CellTest::Value(end)] = tests else {
            return false;
        };
        let ExprKind::Name(word) = &end.kind else {
            return false;
        };
        let times = self.table_order(&column.ty) == Order::Times;
        let instead = match (&*word.text, times) {
            ("more" | "above" | "higher" | "over" | "better", false) => "at least",
            ("less" | "fewer" | "below" | "lower" | "under", false) => "at most",
            ("later" | "after", true) => "on or after",
            ("earlier" | "before", true) => "on or before",
            _ => return false,
        };
        if self.symbols.get(&word.text).is_some() {
            return false;
        }
        let (text, value) = (self.quoted(span), self.quoted(value.span));
        let instead = format!("{instead} {value}");
        self.report(
            Diagnostic::error(Code::Guess, span, format!("a cell does not say `{text}`"))
                .help(format!("write `{instead}`"))
                .fix(span, instead),
        );
        true
    }

    fn alternative(
        &mut self,
        scope: &mut Scope,
        column: &Variable,
        test: &CellTest,
    ) -> Option<Alternative> {
        match test {
            CellTest::Anything(_) => Some(Alternative::Anything),
            CellTest::Value(value) if self.is_misspelt_anything(scope, column, value) => None,
            CellTest::Value(value) => {
                let value = self.cell_constant(scope, column, value)?;
                Some(Alternative::Value(value))
            }
            CellTest::Range(low, high) => {
                let low = self.cell_constant(scope, column, low);
                let high = self.cell_constant(scope, column, high);
                let (low, high) = (low?, high?);
                self.check_range(column, &low, &high)?;
                Some(Alternative::Range(low, high))
            }
            CellTest::Bound(bound, value) => {
                let value = self.cell_constant(scope, column, value)?;
                self.check_bound(column, *bound, &value)?;
                Some(Alternative::Compare(comparison(*bound), value))
            }
            CellTest::Order(order, value) => {
                let value = self.cell_constant(scope, column, value)?;
                self.check_time_order(column, *order, &value)?;
                Some(Alternative::Compare(ordered(*order), value))
            }
        }
    }

    /// The constant that stands in a cell.
    fn cell_constant(
        &mut self,
        scope: &mut Scope,
        column: &Variable,
        written: &Expr,
    ) -> Option<Constant> {
        let span = written.span;
        if matches!(written.unbracketed().kind, ExprKind::Arithmetic { .. }) {
            self.not_fixed(column, written);
            return None;
        }
        if self.is_quoted_word(column, written) {
            return None;
        }
        let value = self.known(scope, written, &column.ty);
        if value.ty == Type::Unknown {
            return None;
        }
        let Some(value) = self.constant_of(&value) else {
            self.not_fixed(column, written);
            return None;
        };
        let text = self.quoted(span);
        Some(Constant { value, text, span })
    }

    /// Reports a bare word that is nearly `anything` and no name, and says whether it is.
    fn is_misspelt_anything(&mut self, scope: &Scope, column: &Variable, value: &Expr) -> bool {
        let ExprKind::Name(name) = &value.kind else {
            return false;
        };
        let word = &name.text;
        let is_value = match column.ty {
            Type::Choice(id) => self.choice_value(id, word).is_some(),
            _ => false,
        };
        let is_name = scope.find(word).is_some() || self.symbols.get(word).is_some();
        if is_value || is_name || nearest(word, ["anything"]).is_none() {
            return false;
        }
        let text = self.quoted(value.span);
        self.report(
            Diagnostic::error(
                Code::UnknownName,
                value.span,
                format!(
                    "`{text}` is not a value of the column `{}`",
                    column.name.text
                ),
            )
            .help("did you mean `anything`?")
            .fix(value.span, "anything"),
        );
        true
    }

    /// Reports a value of a choice in quotation marks, and says whether it is one.
    fn is_quoted_word(&mut self, column: &Variable, written: &Expr) -> bool {
        let (Type::Choice(id), Some(quoted)) = (&column.ty, written.as_quoted()) else {
            return false;
        };
        let values = self.schema.choice(*id).map(|choice| &choice.values);
        let mut values = values.into_iter().flatten();
        let found = values.find(|value| value.name == quoted.text || value.text == quoted.text);
        let Some(word) = found.map(|value| value.name.clone()) else {
            return false;
        };
        let text = self.quoted(written.span);
        self.report(
            Diagnostic::error(
                Code::Guess,
                written.span,
                format!("`{text}` is written without quotation marks here"),
            )
            .help(format!("write `{word}`"))
            .fix(written.span, &*word),
        );
        true
    }

    fn not_fixed(&mut self, column: &Variable, written: &Expr) {
        let text = self.quoted(written.span);
        let name = &column.name.text;
        if let Some(joined) = self.joined_with_or(written.unbracketed()) {
            let message = format!("`{text}` is no test of the column `{name}`");
            self.report(
                Diagnostic::error(Code::TableCell, written.span, message)
                    .also(column.name.span, "the column")
                    .help(format!("write `{joined}`: a cell says which values fit"))
                    .fix(written.span, joined),
            );
            return;
        }
        let help = match &written.unbracketed().kind {
            ExprKind::Arithmetic {
                operator: Arithmetic::Subtract,
                left,
                right,
                ..
            } => {
                let (low, high) = (self.quoted(left.span), self.quoted(right.span));
                format!("a range is written `{low} to {high}`; what is subtracted, as its result")
            }
            _ => "write a fixed value, or the name of a `define` that is one; what depends on \
                  the case is worked out where the table is called, or in the result"
                .to_string(),
        };
        self.report(
            Diagnostic::error(
                Code::TableCell,
                written.span,
                format!("a cell of `{name}` is a fixed value, and `{text}` is not"),
            )
            .also(column.name.span, "the column")
            .help(help),
        );
    }

    fn table_order(&self, ty: &Type) -> Order {
        match ty {
            Type::Number | Type::Money(_) | Type::Duration => Order::Amounts,
            Type::Date | Type::Time | Type::DateTime => Order::Times,
            Type::Choice(id) if self.schema.choice(*id).is_some_and(|c| c.ordered) => {
                Order::Amounts
            }
            _ => Order::None,
        }
    }

    fn check_range(&mut self, column: &Variable, low: &Constant, high: &Constant) -> Option<()> {
        if self.table_order(&column.ty) == Order::None {
            self.no_order(column, low.span.to(high.span), days_between(low, high));
            return None;
        }
        Some(())
    }

    fn check_bound(&mut self, column: &Variable, bound: Bound, value: &Constant) -> Option<()> {
        match self.table_order(&column.ty) {
            Order::Amounts => return Some(()),
            Order::None => self.no_order(column, value.span, None),
            Order::Times => {
                let word = match bound {
                    Bound::AtLeast => "on or after",
                    Bound::AtMost => "on or before",
                    Bound::MoreThan => "after",
                    Bound::LessThan => "before",
                };
                self.wrong_words(column, value, word, "is not more or less than another");
            }
        }
        None
    }

    fn check_time_order(
        &mut self,
        column: &Variable,
        order: TimeOrder,
        value: &Constant,
    ) -> Option<()> {
        match self.table_order(&column.ty) {
            Order::Times => return Some(()),
            Order::None => self.no_order(column, value.span, None),
            Order::Amounts => {
                let word = match order {
                    TimeOrder::Before => "less than",
                    TimeOrder::After => "more than",
                    TimeOrder::OnOrBefore => "at most",
                    TimeOrder::OnOrAfter => "at least",
                };
                self.wrong_words(column, value, word, "is not before or after another");
            }
        }
        None
    }

    fn no_order(&mut self, column: &Variable, span: Span, days: Option<String>) {
        let name = &column.name.text;
        let kind = with_article(&self.describe(&column.ty));
        let help = match (&column.ty, days) {
            (_, Some(days)) => format!("write the days: `{days}`"),
            (Type::Choice(_), None) => {
                "declare the choice with `<` between its values, lowest first, or name the values: \
                 `a or b`"
                    .to_string()
            }
            _ => "name the values: `a or b`".to_string(),
        };
        self.report(
            Diagnostic::error(
                Code::NoOrder,
                span,
                format!("the column `{name}` is {kind}, which has no order"),
            )
            .also(column.name.span, "the column")
            .help(help),
        );
    }

    fn wrong_words(&mut self, column: &Variable, value: &Constant, word: &str, says: &str) {
        let name = &column.name.text;
        let kind = with_article(&self.describe(&column.ty));
        self.report(
            Diagnostic::error(
                Code::NoOrder,
                value.span,
                format!("the column `{name}` is {kind}, which {says}"),
            )
            .also(column.name.span, "the column")
            .write(value.span, format!("{word} {}", value.text)),
        );
    }
}

/// `monday to wednesday`, written out.
fn days_between(low: &Constant, high: &Constant) -> Option<String> {
    let (Value::Weekday(first), Value::Weekday(last)) = (&low.value, &high.value) else {
        return None;
    };
    let mut words = Vec::new();
    for step in 0..7_i64 {
        let day = first.wrapping_add(step);
        words.push(crate::value::weekday_key(day));
        if day == *last {
            break;
        }
    }
    Some(words.join(" or "))
}

/// What a column must be for one of the alternatives to hold; `None` where there is nothing to ask.
pub(super) fn condition(
    column: &Variable,
    alternatives: &[Alternative],
    span: Span,
) -> Option<ir::Expr> {
    let mut values = Vec::new();
    let mut parts = Vec::new();
    for alternative in alternatives {
        match alternative {
            Alternative::Anything => return None,
            Alternative::Value(value) => values.push(constant(column, value)),
            Alternative::Range(..) => parts.push(range(column, alternative, span)?),
            Alternative::Compare(comparison, value) => {
                parts.push(compare(column, *comparison, value, span));
            }
        }
    }
    if values.len() > 1 {
        let value = Box::new(read(column, span));
        let options = std::mem::take(&mut values);
        parts.push(yes_no(ir::ExprKind::OneOf { value, options }, span));
    }
    if let Some(value) = values.pop() {
        let kind = ir::ExprKind::Compare {
            comparison: Comparison::Same,
            left: Box::new(read(column, span)),
            right: Box::new(value),
        };
        parts.push(yes_no(kind, span));
    }
    if parts.len() > 1 {
        return Some(yes_no(ir::ExprKind::Or(parts), span));
    }
    parts.pop()
}

fn range(column: &Variable, alternative: &Alternative, span: Span) -> Option<ir::Expr> {
    let Alternative::Range(low, high) = alternative else {
        return None;
    };
    if alternative.is_over_midnight() {
        let evening = compare(column, Comparison::AtLeast, low, span);
        let morning = compare(column, Comparison::AtMost, high, span);
        return Some(yes_no(ir::ExprKind::Or(vec![evening, morning]), span));
    }
    let kind = ir::ExprKind::Between {
        value: Box::new(read(column, span)),
        low: Box::new(constant(column, low)),
        high: Box::new(constant(column, high)),
        ends: BetweenEnds::Both,
    };
    Some(yes_no(kind, span))
}

fn compare(column: &Variable, comparison: Comparison, value: &Constant, span: Span) -> ir::Expr {
    let kind = ir::ExprKind::Compare {
        comparison,
        left: Box::new(read(column, span)),
        right: Box::new(constant(column, value)),
    };
    yes_no(kind, span)
}

fn read(column: &Variable, span: Span) -> ir::Expr {
    typed(ir::ExprKind::Variable(column.id), column.ty.clone(), span)
}

fn constant(column: &Variable, constant: &Constant) -> ir::Expr {
    let kind = ir::ExprKind::Constant(constant.value.clone());
    typed(kind, column.ty.clone(), constant.span)
}

fn yes_no(kind: ir::ExprKind, span: Span) -> ir::Expr {
    typed(kind, Type::YesNo, span)
}
