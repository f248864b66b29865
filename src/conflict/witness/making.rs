//! Puts values into a case so that rules are kept, and says which.
//!
//! What no way is known to bring about is left to chance: the engine decides whether the case is one.

use super::choose;
use super::clock::Clock;
use super::draft::Draft;
use crate::conflict::rule::{Element, Rule};
use crate::conflict::term::Term;
use crate::diagnostic::quote;
use crate::ir::{Expr, ExprKind};
use crate::operators::{Aggregate, Function};
use crate::schema::{Schema, Type};
use crate::value::{Value, format_rfc3339, write_json};

/// Most elements that are put into a list.
const ELEMENTS: u32 = 20;

/// A case that is being made.
pub(super) struct Making<'m> {
    schema: &'m Schema,
    elements: &'m [Element],
    clock: &'m Clock,
    pub(super) draft: Draft,
    /// What was put into it, in words.
    pub(super) told: Vec<String>,
}

impl<'m> Making<'m> {
    pub(super) fn new(schema: &'m Schema, elements: &'m [Element], clock: &'m Clock) -> Making<'m> {
        Making {
            schema,
            elements,
            clock,
            draft: Draft::default(),
            told: Vec::new(),
        }
    }

    /// Puts the elements there that there must be; `None` where a list is more than a place.
    pub(super) fn put_elements(&mut self) -> Option<()> {
        for element in self.elements {
            let list = self.draft.at(&element.list, self.elements)?;
            list.item(element.variable, element.count.min(ELEMENTS));
        }
        Some(())
    }

    /// Puts a value of a term there that keeps its rules.
    pub(super) fn fill(&mut self, term: &Term, rules: &[&Rule]) {
        if let Some((list, element)) = contained(term, rules) {
            self.hold(list, element);
        } else if rules.contains(&&Rule::Unknown) {
            if let Some(place) = self.draft.at(&term.expr, self.elements) {
                place.leave_out();
            }
        } else if let Some(value) = choose::value(term, rules, self.clock) {
            self.make(term, value);
        }
    }

    /// Makes a term come to a value.
    fn make(&mut self, term: &Term, value: Value) {
        if let Some(other) = &term.other {
            self.set_apart(&term.expr, other, &value);
        } else if let Some(list) = counted(&term.expr) {
            self.lengthen(list, &value);
        } else if let Some(born) = aged(&term.expr) {
            if let Some(day) = choose::born(&value, self.clock) {
                self.put(born, day);
            }
        } else {
            self.put(&term.expr, value);
        }
    }

    /// Puts a value at a place, where the expression is one.
    fn put(&mut self, expr: &Expr, value: Value) {
        let name = self.name_of(expr);
        let Some(place) = self.draft.at(expr, self.elements) else {
            return;
        };
        if let Some(name) = name {
            let shown = shown(self.schema, expr, &value);
            self.told.push(format!("{name}: {shown}"));
        }
        place.set(value);
    }

    /// Makes two values compare as they must; the one that is there already stays.
    fn set_apart(&mut self, left: &Expr, right: &Expr, sign: &Value) {
        let Value::Number(sign) = sign else {
            return;
        };
        let sign = sign.floor_to_i64_saturating();
        let (stays, moves, sign) = match self.value_at(left) {
            Some(_) => (left, right, sign.saturating_neg()),
            None => (right, left, sign),
        };
        let there = self.value_at(stays);
        if let Some(value) = there.or_else(|| choose::usual(&stays.ty, self.clock)) {
            if let Some(other) = choose::beside(&value, sign) {
                self.put(moves, other);
            }
            self.put(stays, value);
        }
    }

    fn value_at(&mut self, expr: &Expr) -> Option<Value> {
        self.draft.at(expr, self.elements)?.value.clone()
    }

    /// Puts a known element into a list.
    fn hold(&mut self, list: &Expr, element: &Value) {
        let name = self.name_of(list);
        if let Some(place) = self.draft.at(list, self.elements) {
            place.hold(element.clone());
        }
        if let Some(name) = name {
            let shown = shown(self.schema, list, element);
            self.told.push(format!("{name}: {shown}"));
        }
    }

    fn lengthen(&mut self, list: &Expr, count: &Value) {
        let Value::Number(count) = count else {
            return;
        };
        let count = u32::try_from(count.floor_to_i64_saturating()).unwrap_or(0);
        if let Some(place) = self.draft.at(list, self.elements) {
            place.hold_at_least(count.min(ELEMENTS));
        }
    }

    /// The path of a field as policies write it, an element by the name of its list.
    fn name_of(&self, expr: &Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Input(input) => Some(self.schema.input(*input)?.name.to_string()),
            ExprKind::Field { base, index } => {
                let Type::Record(record) = &base.ty else {
                    return None;
                };
                let field = self.schema.record(*record)?.fields.get(*index as usize)?;
                Some(format!("{}.{}", self.name_of(base)?, field.name))
            }
            ExprKind::Variable(variable) => {
                let mut elements = self.elements.iter();
                let element = elements.find(|element| element.variable == variable.0)?;
                self.name_of(&element.list)
            }
            _ => None,
        }
    }
}

/// The list that must contain a known value.
fn contained<'t>(term: &'t Term, rules: &[&Rule]) -> Option<(&'t Expr, &'t Value)> {
    let ExprKind::ListContains { list, element } = &term.expr.kind else {
        return None;
    };
    let ExprKind::Constant(value) = &element.kind else {
        return None;
    };
    let holds = Rule::OneOf(vec![Value::YesNo(true)]);
    rules.contains(&&holds).then_some((list, value))
}

/// The list whose elements are all counted.
fn counted(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Aggregate {
            aggregate: Aggregate::Count,
            list,
            condition: None,
            ..
        } => Some(list),
        _ => None,
    }
}

/// The day of which an age is asked.
fn aged(expr: &Expr) -> Option<&Expr> {
    match &expr.kind {
        ExprKind::Function {
            function: Function::Age,
            argument,
            ..
        } if argument.ty == Type::Date => Some(argument),
        _ => None,
    }
}

/// A value as policies write it.
fn shown(schema: &Schema, expr: &Expr, value: &Value) -> String {
    let text = match (value, &expr.ty) {
        (Value::Choice(choice), Type::Choice(id)) => {
            let options = schema.choice(*id).map(|choice| &choice.values);
            let option = options.and_then(|all| all.get(choice.index as usize));
            option.map_or(String::new(), |option| option.name.to_string())
        }
        (Value::YesNo(yes), _) => if *yes { "yes" } else { "no" }.to_string(),
        (Value::Money(money), _) => money.to_string(),
        (Value::Date(day), _) => day.to_string(),
        (Value::Time(time), _) => time.to_string(),
        (Value::DateTime(at), _) => format_rfc3339(*at),
        _ => {
            let mut json = String::new();
            write_json(value, &mut json);
            json
        }
    };
    quote(&text)
}
