//! What an expression comes to.
//!
//! Input: an expression, its variables, and the kind that is expected where it stands. Output: a value, or what could
//! not be worked out, which a package that checks never meets.

use super::declared::Declared;
use super::kind::Kind;
use super::scope::{Scope, World};
use courtesy::ast::{Assignment, Expr, ExprKind, TextPart};
use courtesy::value::{
    Currency, Money, Number, Record, TextBuilder, Value, Zone, render, slot, weekday_named,
};
use std::sync::Arc;

/// A result, or why there is none.
pub(crate) type Outcome<T> = Result<T, String>;

impl World<'_> {
    /// What an expression comes to; it may be missing.
    pub(crate) fn eval(&self, expr: &Expr, expected: &Kind, scope: &Scope) -> Outcome<Value> {
        match &expr.kind {
            ExprKind::Error => Err("an expression that cannot be read".to_owned()),
            ExprKind::Literal(value) => Ok(value.clone()),
            ExprKind::Money { amount, currency } => money(amount, &currency.text),
            ExprKind::Text(parts) => self.eval_text(parts, expected, scope),
            ExprKind::Name(name) => self.eval_name(&name.text, expected, scope),
            ExprKind::Field { base, name } => self.eval_field(base, &name.text, scope),
            ExprKind::Call { name, arguments } => self.eval_call(&name.text, arguments, scope),
            ExprKind::Bracket(inner) => self.eval(inner, expected, &scope.bracketed()),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => {
                let kind = said(expected, self.kind_of(expr, scope));
                let taken = self.truth(condition, scope)?;
                self.eval(if taken { then } else { otherwise }, &kind, scope)
            }
            ExprKind::Otherwise { value, fallback } => {
                let kind = said(expected, self.kind_of(expr, scope));
                match self.eval(value, &kind, scope)? {
                    Value::Missing => self.eval(fallback, &kind, scope),
                    found => Ok(found),
                }
            }
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Test { .. }
            | ExprKind::Quantified { .. }
            | ExprKind::Picked { has: Some(_), .. } => self.holds(expr, scope).map(Value::YesNo),
            ExprKind::Picked { variable, .. } => {
                let picked = self.witness(expr, scope)?;
                let element = picked
                    .as_ref()
                    .and_then(|picked| picked.find(&variable.text));
                Ok(element.map_or(Value::Missing, |element| element.value.clone()))
            }
            ExprKind::Arithmetic { .. } | ExprKind::Rounded { .. } => self.eval_sum(expr, scope),
            ExprKind::Aggregate { .. }
            | ExprKind::AggregateList { .. }
            | ExprKind::Slice { .. } => self.eval_list(expr, scope),
            ExprKind::Slot { key, name } => {
                let key = self.text(key, scope)?;
                let name = self.text(name, scope)?;
                Ok(Value::whole(i64::from(slot(&name, &key))))
            }
            ExprKind::List(items) => {
                let scope = scope.bracketed();
                let element = expected.element().or(self.common_kind(items, &scope));
                let values = items.iter().map(|item| self.known(item, &element, &scope));
                Ok(Value::list(values.collect::<Outcome<_>>()?))
            }
            ExprKind::Record { name, fields } => {
                let named = name.as_ref().map(|name| Kind::Record(name.text.clone()));
                match named.unwrap_or_else(|| expected.clone()) {
                    Kind::Record(name) => self.record(&name, fields, scope),
                    _ => Err("a record of no type".to_owned()),
                }
            }
            ExprKind::Span { .. }
            | ExprKind::DayOfYear { .. }
            | ExprKind::Now
            | ExprKind::Today { .. }
            | ExprKind::At { .. }
            | ExprKind::Function { .. }
            | ExprKind::Shifted { .. }
            | ExprKind::CountBetween { .. }
            | ExprKind::DayOfMonth { .. }
            | ExprKind::WorkingShift { .. }
            | ExprKind::WorkingBetween { .. } => self.eval_time(expr, scope),
        }
    }

    /// What an expression comes to where it must be known.
    pub(crate) fn known(&self, expr: &Expr, expected: &Kind, scope: &Scope) -> Outcome<Value> {
        match self.eval(expr, expected, scope)? {
            Value::Missing => Err(format!("what stands at {:?} is missing", expr.span)),
            found => Ok(found),
        }
    }

    /// A value that needs nothing from where it stands.
    pub(crate) fn value(&self, expr: &Expr, scope: &Scope) -> Outcome<Value> {
        let kind = self.kind_of(expr, scope);
        self.known(expr, &kind, scope)
    }

    /// Whether a condition holds; `latest x in L by E` holds where there is one.
    pub(crate) fn truth(&self, expr: &Expr, scope: &Scope) -> Outcome<bool> {
        if let ExprKind::Picked { .. } = &expr.unbracketed().kind {
            return Ok(self.witness(expr, scope)?.is_some());
        }
        match self.known(expr, &Kind::YesNo, scope)? {
            Value::YesNo(yes) => Ok(yes),
            other => Err(format!("{other:?} is neither yes nor no")),
        }
    }

    /// The content of a text.
    pub(crate) fn text(&self, expr: &Expr, scope: &Scope) -> Outcome<String> {
        match self.known(expr, &Kind::Text, scope)? {
            Value::Text(text) => Ok(text.as_str().to_owned()),
            other => Err(format!("{other:?} is no text")),
        }
    }

    /// The zone that an expression names.
    pub(crate) fn zone_named(&self, expr: &Expr, scope: &Scope) -> Outcome<Zone> {
        match self.known(expr, &Kind::Timezone, scope)? {
            Value::Timezone(zone) => Ok(zone),
            Value::Text(text) => {
                Zone::named(text.as_str()).ok_or_else(|| format!("no zone `{text}`"))
            }
            other => Err(format!("{other:?} is no zone")),
        }
    }

    fn eval_text(&self, parts: &[TextPart], expected: &Kind, scope: &Scope) -> Outcome<Value> {
        let (mut text, scope) = (TextBuilder::new(), scope.bracketed());
        for part in parts {
            match part {
                TextPart::Literal(literal) => text.push_literal(literal),
                TextPart::Hole(hole) => {
                    render(&self.value(hole, &scope)?, &scope.zone(self), &mut text);
                }
            }
        }
        let text = text.finish();
        match expected {
            Kind::Timezone => Zone::named(text.as_str())
                .map(Value::Timezone)
                .ok_or_else(|| format!("no zone `{text}`")),
            _ => Ok(Value::Text(text)),
        }
    }

    /// A bare name: a value of the choice that is expected, else a variable, an input, a definition, else whatever
    /// has the name.
    fn eval_name(&self, name: &Arc<str>, expected: &Kind, scope: &Scope) -> Outcome<Value> {
        let value_of = |choice: &str| {
            let value = self.declared.choice_value(choice, name);
            value.map(|value| Value::Choice(value.clone()))
        };
        if let Kind::Choice(choice) = expected
            && let Some(value) = value_of(choice)
        {
            return Ok(value);
        }
        if let Some(bound) = scope.find(name) {
            return Ok(bound.value.clone());
        }
        if let Some(input) = self.inputs.get(name) {
            return Ok(input.clone());
        }
        if let Some(define) = self.declared.defines.get(name) {
            return self.eval(&define.body, expected, &Scope::default());
        }
        if let (Kind::Weekday | Kind::Unsaid, Some(weekday)) = (expected, weekday_named(name)) {
            return Ok(Value::Weekday(weekday));
        }
        match self.declared.choices_with(name).as_slice() {
            [choice] => value_of(choice).ok_or_else(|| format!("no value `{name}`")),
            // What an example says of an `optional` value that is not there.
            _ if &**name == "unknown" => Ok(Value::Missing),
            _ => Err(format!("nothing is called `{name}` here")),
        }
    }

    fn eval_field(&self, base: &Expr, name: &str, scope: &Scope) -> Outcome<Value> {
        if let Some(choice) = self.choice_of(base, scope) {
            let value = self.declared.choice_value(&choice, name);
            let value = value.map(|value| Value::Choice(value.clone()));
            return value.ok_or_else(|| format!("no value `{choice}.{name}`"));
        }
        if let ExprKind::Call {
            name: table,
            arguments,
        } = &base.unbracketed().kind
            && let Some(found) = self.read_table(&table.text, arguments, Some(name), scope)?
        {
            return Ok(found);
        }
        let Value::Record(record) = self.value(base, scope)? else {
            return Err(format!("`{name}` is read of no record"));
        };
        let mut fields = record.shape.fields.iter();
        let place = fields.position(|field| &*field.name == name);
        let place = place.ok_or_else(|| format!("no field `{name}`"))?;
        Ok(record.field(place).clone())
    }

    fn eval_call(&self, name: &Arc<str>, arguments: &[Expr], scope: &Scope) -> Outcome<Value> {
        if let Some(found) = self.read_table(name, arguments, None, scope)? {
            return Ok(found);
        }
        let define = self.declared.defines.get(name);
        let define = define.ok_or_else(|| format!("nothing is called `{name}`"))?;
        let mut inner = Scope::default();
        for (parameter, argument) in define.parameters.iter().zip(arguments) {
            let kind = self.declared.types.kind(&parameter.kind)?;
            let value = self.known(argument, &kind, &scope.bracketed())?;
            inner = inner.with(&parameter.name.text, kind, value);
        }
        let kind = self.kind_of(&define.body, &inner);
        self.eval(&define.body, &kind, &inner)
    }

    /// A record of these fields; those that are not given are missing.
    pub(crate) fn record(&self, name: &str, given: &[Assignment], scope: &Scope) -> Outcome<Value> {
        let record = Declared::record(self.declared, name)?;
        let values = record.fields.iter().map(|field| {
            let mut given = given.iter();
            let given = given.find(|given| given.name.text == field.name);
            match given {
                Some(given) => self.eval(&given.value, &field.kind, &scope.bracketed()),
                None => Ok(Value::Missing),
            }
        });
        Ok(Value::Record(Arc::new(Record {
            shape: record.shape.clone(),
            values: values.collect::<Outcome<_>>()?,
        })))
    }
}

fn money(amount: &Number, code: &str) -> Outcome<Value> {
    let currency = Currency::from_code(code).ok_or_else(|| format!("no currency `{code}`"))?;
    Ok(Value::Money(Money::new(amount.clone(), currency)))
}

/// The kind that is expected, else the one that the expression has by itself.
fn said(expected: &Kind, own: Kind) -> Kind {
    expected.clone().or(own)
}
