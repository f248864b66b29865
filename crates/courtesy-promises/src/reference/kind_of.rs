//! Of what kind an expression is.
//!
//! Input: an expression and the kinds of its variables. Output: its kind, as far as it can be told from the inside:
//! a bare name that several choices have, a record without a type and an empty list take theirs from where they stand.

use super::kind::Kind;
use super::scope::{Scope, World};
use courtesy::ast::{Expr, ExprKind, Test};
use courtesy::operators::{Aggregate, Arithmetic, Function};
use courtesy::value::{Currency, Value, weekday_named};
use std::sync::Arc;

impl World<'_> {
    /// The kind of an expression.
    pub(crate) fn kind_of(&self, expr: &Expr, scope: &Scope) -> Kind {
        match &expr.kind {
            ExprKind::Error => Kind::Unsaid,
            ExprKind::Literal(value) => kind_of_literal(value),
            ExprKind::Money { currency, .. } => money(&currency.text),
            ExprKind::Span { .. } => Kind::Length,
            ExprKind::DayOfYear { .. } | ExprKind::DayOfMonth { .. } | ExprKind::Today { .. } => {
                Kind::Date
            }
            ExprKind::Text(_) => Kind::Text,
            ExprKind::Name(name) => self.kind_of_name(&name.text, scope),
            ExprKind::Field { base, name } => self.kind_of_field(base, &name.text, scope),
            ExprKind::Call { name, .. } => self.kind_of_call(&name.text),
            ExprKind::Now | ExprKind::At { .. } => Kind::DateTime,
            ExprKind::Bracket(inner) => self.kind_of(inner, scope),
            ExprKind::If {
                then, otherwise, ..
            } => self.common_kind([&**then, &**otherwise], scope),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Test { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::Picked { has: Some(_), .. } => Kind::YesNo,
            ExprKind::Picked { list, .. } => self.kind_of(list, scope).element(),
            ExprKind::Otherwise { value, fallback } => {
                self.common_kind([&**value, &**fallback], scope)
            }
            ExprKind::Arithmetic {
                operator,
                left,
                right,
                ..
            } => {
                let (left, right) = (self.kind_of(left, scope), self.kind_of(right, scope));
                kind_of_arithmetic(*operator, left, right)
            }
            ExprKind::Rounded { value, .. } => self.kind_of(value, scope),
            ExprKind::Aggregate {
                aggregate,
                value,
                variable,
                list,
                ..
            } => {
                let element = self.kind_of(list, scope).element();
                let inner = scope.with(&variable.text, element, Value::Missing);
                kind_of_aggregate(*aggregate, self.kind_of(value, &inner))
            }
            ExprKind::AggregateList { aggregate, list } => {
                kind_of_aggregate(*aggregate, self.kind_of(list, scope).element())
            }
            ExprKind::Slice { list, .. } => self.kind_of(list, scope),
            ExprKind::Function { function, .. } => kind_of_function(*function),
            ExprKind::Shifted { from, .. } | ExprKind::WorkingShift { from, .. } => {
                self.kind_of(from, scope)
            }
            ExprKind::CountBetween { .. }
            | ExprKind::WorkingBetween { .. }
            | ExprKind::Slot { .. } => Kind::Number,
            ExprKind::List(items) => self.common_kind(items, scope).listed(),
            ExprKind::Record { name, .. } => name
                .as_ref()
                .map_or(Kind::Unsaid, |name| Kind::Record(name.text.clone())),
        }
    }

    /// The kind that several expressions share: what one of them says, texts last, since a text may be a zone.
    pub(crate) fn common_kind<'e>(
        &self,
        exprs: impl IntoIterator<Item = &'e Expr>,
        scope: &Scope,
    ) -> Kind {
        let kinds = exprs.into_iter().map(|expr| self.kind_of(expr, scope));
        kinds.fold(Kind::Unsaid, |common, kind| match (&common, &kind) {
            (Kind::Text | Kind::Unsaid, Kind::Unsaid) => common,
            (Kind::Text | Kind::Unsaid, _) => kind,
            (Kind::List(element), Kind::List(_)) if **element == Kind::Unsaid => kind,
            _ => common,
        })
    }

    /// The kind of both sides of a test.
    pub(crate) fn kind_of_test(&self, value: &Expr, test: &Test, scope: &Scope) -> Kind {
        match test {
            Test::Is(other) | Test::Bound(_, other) | Test::Order(_, other) => {
                self.common_kind([value, other], scope)
            }
            Test::OneOf(others) => self.common_kind(std::iter::once(value).chain(others), scope),
            Test::Between(from, to) => self.common_kind([value, from, to], scope),
            _ => self.kind_of(value, scope),
        }
    }

    fn kind_of_name(&self, name: &Arc<str>, scope: &Scope) -> Kind {
        if let Some(bound) = scope.find(name) {
            return bound.kind.clone();
        }
        if let Some(kind) = self.declared.inputs.get(name) {
            return kind.clone();
        }
        if let Some(define) = self.declared.defines.get(name) {
            return self.kind_of(&define.body, &Scope::default());
        }
        match (
            self.declared.choices_with(name).as_slice(),
            weekday_named(name),
        ) {
            ([choice], None) => Kind::Choice((*choice).clone()),
            ([], Some(_)) => Kind::Weekday,
            _ => Kind::Unsaid,
        }
    }

    fn kind_of_field(&self, base: &Expr, name: &str, scope: &Scope) -> Kind {
        if let Some(choice) = self.choice_of(base, scope) {
            return Kind::Choice(choice);
        }
        if let ExprKind::Call { name: table, .. } = &base.unbracketed().kind
            && let Some(kind) = self.kind_of_result(&table.text, Some(name))
        {
            return kind;
        }
        let Kind::Record(record) = self.kind_of(base, scope) else {
            return Kind::Unsaid;
        };
        let record = self.declared.record(&record);
        let field = record.ok().and_then(|record| record.field(name));
        field.map_or(Kind::Unsaid, |field| field.kind.clone())
    }

    /// The choice that a name is, where it is nothing else.
    pub(crate) fn choice_of(&self, base: &Expr, scope: &Scope) -> Option<Arc<str>> {
        let ExprKind::Name(name) = &base.kind else {
            return None;
        };
        let is_choice =
            scope.find(&name.text).is_none() && self.declared.choices.contains_key(&name.text);
        is_choice.then(|| name.text.clone())
    }

    fn kind_of_call(&self, name: &Arc<str>) -> Kind {
        if let Some(kind) = self.kind_of_result(name, None) {
            return kind;
        }
        let Some(define) = self.declared.defines.get(name) else {
            return Kind::Unsaid;
        };
        let mut scope = Scope::default();
        for parameter in &define.parameters {
            let kind = self.declared.types.kind(&parameter.kind);
            scope = scope.with(
                &parameter.name.text,
                kind.unwrap_or(Kind::Unsaid),
                Value::Missing,
            );
        }
        self.kind_of(&define.body, &scope)
    }

    /// The kind of a table's result of this name.
    fn kind_of_result(&self, table: &str, name: Option<&str>) -> Option<Kind> {
        let table = self.declared.tables.get(table)?;
        let mut results = table.results.iter();
        let of_name = |result: &&courtesy::ast::TableResult| {
            result.name.as_ref().map(|name| &*name.text) == name
        };
        let result = results.find(of_name)?;
        self.declared.types.kind(&result.kind).ok()
    }
}

fn money(code: &str) -> Kind {
    Currency::from_code(code).map_or(Kind::Unsaid, Kind::Money)
}

/// The kind of a value that is written out.
fn kind_of_literal(value: &Value) -> Kind {
    match value {
        Value::YesNo(_) => Kind::YesNo,
        Value::Number(_) => Kind::Number,
        Value::Money(money) => Kind::Money(money.currency),
        Value::Text(_) => Kind::Text,
        Value::Date(_) => Kind::Date,
        Value::Time(_) => Kind::Time,
        Value::DateTime(_) => Kind::DateTime,
        Value::Span(_) => Kind::Length,
        Value::Timezone(_) => Kind::Timezone,
        Value::Weekday(_) => Kind::Weekday,
        Value::Missing | Value::Choice(_) | Value::Record(_) | Value::List(_) => Kind::Unsaid,
    }
}

fn kind_of_arithmetic(operator: Arithmetic, left: Kind, right: Kind) -> Kind {
    match (operator, &left, &right) {
        (Arithmetic::Divide, Kind::Money(_), Kind::Money(_)) => Kind::Number,
        (Arithmetic::Multiply, Kind::Number, _) => right,
        _ => left,
    }
}

fn kind_of_aggregate(aggregate: Aggregate, value: Kind) -> Kind {
    match aggregate {
        Aggregate::Count => Kind::Number,
        Aggregate::List | Aggregate::Distinct => value.listed(),
        Aggregate::Sum
        | Aggregate::Average
        | Aggregate::Largest
        | Aggregate::Smallest
        | Aggregate::Latest
        | Aggregate::Earliest
        | Aggregate::First
        | Aggregate::Last => value,
    }
}

fn kind_of_function(function: Function) -> Kind {
    match function {
        Function::FirstWord | Function::LowerCase => Kind::Text,
        Function::Anniversary | Function::DateOf => Kind::Date,
        Function::TimeOf => Kind::Time,
        Function::WeekdayOf => Kind::Weekday,
        Function::Length
        | Function::Age
        | Function::DayOf
        | Function::MonthOf
        | Function::YearOf => Kind::Number,
    }
}
