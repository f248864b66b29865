//! Lists: their elements, picks, aggregates, slices.

use super::Checker;
use super::condition::Whole;
use super::condition::witnessed;
use super::describe::with_article;
use super::mentions::mentions;
use super::scope::{Outcome, Scope, Variable};
use super::time::is_time;
use super::value::{poison, typed};
use crate::ast::{Expr, ExprKind, Name};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::operators::{Aggregate, Pick};
use crate::schema::Type;
use crate::source::Span;
use crate::value::Value;
use std::sync::Arc;

impl Checker<'_> {
    /// A list that is there, and the type of its elements.
    pub(super) fn element_list(&mut self, scope: &mut Scope, list: &Expr) -> (ir::Expr, Type) {
        self.refuse_bare_aggregate(list);
        let list = self.infer(scope, list, None);
        let list = self.require(scope, list);
        match list.ty.clone() {
            Type::List(element) => (list, (*element).clone()),
            Type::Unknown => (list, Type::Unknown),
            _ => {
                let text = self.quoted(list.span);
                let kind = with_article(&self.describe(&list.ty));
                self.report(
                    Diagnostic::error(
                        Code::NotAList,
                        list.span,
                        format!("`{text}` is {kind}, but a list is needed here"),
                    )
                    .help("name something that is declared as `list of …`"),
                );
                (poison(list.span), Type::Unknown)
            }
        }
    }

    /// Brings a variable into sight.
    pub(super) fn bind(&mut self, scope: &mut Scope, name: &Name, ty: Type) -> Variable {
        if self.hides(name) {
            // Told once all that it hides is known.
        } else if let Some(outer) = scope.variables.iter().find(|v| v.name.text == name.text) {
            let outer = outer.name.span;
            self.report(
                Diagnostic::error(
                    Code::ShadowedName,
                    name.span,
                    format!("`{}` already names a variable around this one", name.text),
                )
                .also(outer, "the outer one")
                .help("choose another word for one of them"),
            );
        }
        let variable = Variable {
            name: name.clone(),
            id: scope.number(),
            ty,
            optional: false,
        };
        scope.gone.insert(name.text.clone());
        self.note_bound(name, &variable.ty);
        scope.variables.push(variable.clone());
        variable
    }

    /// `latest x in L by E where C [has D]`
    /// As a condition without `has` it says that there is such an element.
    pub(super) fn picked(
        &mut self,
        scope: &mut Scope,
        expr: &Expr,
        as_condition: bool,
    ) -> (ir::Expr, Outcome) {
        let ExprKind::Picked {
            pick,
            variable,
            list,
            by,
            condition,
            has,
        } = &expr.kind
        else {
            return (poison(expr.span), Outcome::default());
        };
        let depth = scope.variables.len();
        let before = scope.facts.clone();
        let (list, element) = self.element_list(scope, list);
        let bound = self.bind(scope, variable, element.clone());
        let whole = match has {
            Some(_) => Whole::Condition(expr.span),
            None => Whole::Value,
        };
        let (condition, mut outcome) = self.narrowed(scope, variable, condition.as_deref(), whole);
        let spans = (expr.span, list.span);
        let by = self.by(scope, *pick, variable, by.as_deref(), spans);
        let has = has.as_deref().map(|has| {
            let (has, found) = self.where_condition(scope, variable, has, whole);
            outcome.holds.extend(found.holds);
            outcome.witnesses.extend(found.witnesses);
            Box::new(has)
        });
        let there = typed(
            ir::ExprKind::Constant(Value::YesNo(true)),
            Type::YesNo,
            expr.span,
        );
        let has = has.or_else(|| as_condition.then(|| Box::new(there)));
        let with_has = has.is_some();
        scope.variables.truncate(depth);
        scope.facts = before;
        let kind = ir::ExprKind::Picked {
            pick: *pick,
            variable: bound.id,
            list: Box::new(list),
            by,
            condition: condition.map(Box::new),
            has,
        };
        if with_has {
            let outcome = witnessed(outcome, bound);
            return (typed(kind, Type::YesNo, expr.span), outcome);
        }
        let picked = ir::Expr {
            kind,
            ty: element,
            optional: true,
            span: expr.span,
        };
        (picked, Outcome::default())
    }

    fn by(
        &mut self,
        scope: &mut Scope,
        pick: Pick,
        variable: &Name,
        by: Option<&Expr>,
        whole: (Span, Span),
    ) -> Option<Box<ir::Expr>> {
        let (whole, list) = whole;
        let needs = !matches!(pick, Pick::First | Pick::Last);
        let Some(by) = by else {
            if needs {
                let diagnostic =
                    Diagnostic::error(Code::ByMissing, whole, "this does not say by what");
                let element = variable_type(scope, variable);
                self.report(self.by_what(diagnostic, pick, variable, (&element, list)));
            }
            return None;
        };
        if !needs {
            self.by_without_use(pick, by.span);
            return None;
        }
        if !mentions(by, &variable.text) {
            self.by_of_something_else(variable, by.span);
        }
        let by = self.infer(scope, by, None);
        let by = self.require(scope, by);
        let fits = match pick {
            Pick::Latest | Pick::Earliest => is_time(&by.ty),
            _ => matches!(by.ty, Type::Number | Type::Money(_) | Type::Duration),
        };
        if !fits && by.ty != Type::Unknown {
            self.wrong_measure(&by, matches!(pick, Pick::Latest | Pick::Earliest));
        }
        Some(Box::new(by))
    }

    fn by_without_use(&mut self, pick: Pick, span: Span) {
        let (word, other) = match pick {
            Pick::First => ("first", "earliest"),
            _ => ("last", "latest"),
        };
        self.report(
            Diagnostic::error(
                Code::ByUnrelated,
                span,
                format!("`{word}` goes by the order of the list, not by a value"),
            )
            .help(format!(
                "write `{other}` in place of `{word}`, or leave the `by` out; a deadline needs \
                 brackets around what stands before it"
            )),
        );
    }

    fn by_of_something_else(&mut self, variable: &Name, span: Span) {
        let name = &variable.text;
        self.report(
            Diagnostic::error(
                Code::ByUnrelated,
                span,
                format!("this `by` does not name `{name}`"),
            )
            .help(format!(
                "write `by {name}.…`; if it is meant as a deadline, put brackets around what \
                 stands before it"
            )),
        );
    }

    fn wrong_measure(&mut self, value: &ir::Expr, time: bool) {
        let wanted = if time {
            "a Date or a DateTime"
        } else {
            "a Number or Money"
        };
        let help = match (&value.ty, time) {
            (Type::Number | Type::Money(_), true) => {
                "of numbers and amounts write `largest` or `smallest`"
            }
            (Type::Date | Type::DateTime, false) => {
                "of dates write `latest` or `earliest`; they are not added up"
            }
            (_, true) => "name a field that is a Date or a DateTime",
            (_, false) => "name a field that is a Number or Money; `count of` counts anything",
        };
        let text = self.quoted(value.span);
        let kind = with_article(&self.describe(&value.ty));
        self.report(
            Diagnostic::error(
                Code::TypeMismatch,
                value.span,
                format!("`{text}` is {kind}, but {wanted} is needed here"),
            )
            .help(help),
        );
    }

    /// How a pick says by what, with a field that fits where there is one.
    fn by_what(
        &self,
        diagnostic: Diagnostic,
        pick: Pick,
        variable: &Name,
        (element, list): (&Type, Span),
    ) -> Diagnostic {
        let name = &variable.text;
        let time = matches!(pick, Pick::Latest | Pick::Earliest);
        let fits = |kind: &Type| match time {
            true => is_time(kind),
            false => matches!(kind, Type::Number | Type::Money(_) | Type::Duration),
        };
        let field = self
            .fields_of(element)
            .iter()
            .find(|field| fits(&field.kind));
        let by = field.map(|field| format!(" by {name}.{}", field.name));
        let word = match pick {
            Pick::First => "first",
            Pick::Last => "last",
            Pick::Latest => "latest",
            Pick::Earliest => "earliest",
            Pick::Largest => "largest",
            Pick::Smallest => "smallest",
        };
        let list_text = self.written(list);
        let shown = by.clone().unwrap_or_else(|| format!(" by {name}.…"));
        let said = diagnostic.help(format!("write `{word} {name} in {list_text}{shown}`"));
        match by {
            Some(by) => said.fix(list.at_end(), by),
            None => said,
        }
    }

    /// `sum of E for x in L where C`
    pub(super) fn aggregate(&mut self, scope: &mut Scope, expr: &Expr) -> ir::Expr {
        let ExprKind::Aggregate {
            aggregate,
            value,
            variable,
            list,
            condition,
        } = &expr.kind
        else {
            return poison(expr.span);
        };
        let depth = scope.variables.len();
        let before = scope.facts.clone();
        let (list, element) = self.element_list(scope, list);
        let bound = self.bind(scope, variable, element);
        let (condition, _) = self.narrowed(scope, variable, condition.as_deref(), Whole::Value);
        let condition = condition.map(Box::new);
        let value = self.infer(scope, value, None);
        let value = self.require(scope, value);
        scope.variables.truncate(depth);
        scope.facts = before;
        self.aggregated(*aggregate, bound.id, list, condition, value, expr.span)
    }

    /// `sum of L`: of the elements themselves.
    pub(super) fn aggregate_list(
        &mut self,
        scope: &mut Scope,
        aggregate: Aggregate,
        list: &Expr,
        span: Span,
    ) -> ir::Expr {
        let (list, element) = self.element_list(scope, list);
        let variable = scope.number();
        let value = typed(ir::ExprKind::Variable(variable), element, list.span);
        self.aggregated(aggregate, variable, list, None, value, span)
    }

    fn aggregated(
        &mut self,
        aggregate: Aggregate,
        variable: ir::VariableId,
        list: ir::Expr,
        condition: Option<Box<ir::Expr>>,
        value: ir::Expr,
        span: Span,
    ) -> ir::Expr {
        let number = matches!(value.ty, Type::Number | Type::Money(_) | Type::Unknown);
        let (fits, ty, optional) = match aggregate {
            Aggregate::Count => (true, Type::Number, false),
            Aggregate::Sum => (number, value.ty.clone(), false),
            Aggregate::Average => (number, value.ty.clone(), true),
            Aggregate::Largest | Aggregate::Smallest => {
                (number || value.ty == Type::Duration, value.ty.clone(), true)
            }
            Aggregate::Latest | Aggregate::Earliest => (
                is_time(&value.ty) || value.ty == Type::Unknown,
                value.ty.clone(),
                true,
            ),
            Aggregate::First | Aggregate::Last => (true, value.ty.clone(), true),
            Aggregate::List | Aggregate::Distinct => {
                (true, Type::List(Arc::new(value.ty.clone())), false)
            }
        };
        if !fits {
            let time = matches!(aggregate, Aggregate::Latest | Aggregate::Earliest);
            self.wrong_measure(&value, time);
            return poison(span);
        }
        let kind = ir::ExprKind::Aggregate {
            aggregate,
            variable,
            list: Box::new(list),
            condition,
            value: Box::new(value),
        };
        ir::Expr {
            kind,
            ty,
            optional,
            span,
        }
    }

    pub(super) fn slice(
        &mut self,
        scope: &mut Scope,
        from_end: bool,
        count: &Expr,
        list: &Expr,
        span: Span,
    ) -> ir::Expr {
        let count = Box::new(self.known(scope, count, &Type::Number));
        let (list, _) = self.element_list(scope, list);
        let ty = list.ty.clone();
        let list = Box::new(list);
        typed(
            ir::ExprKind::Slice {
                from_end,
                count,
                list,
            },
            ty,
            span,
        )
    }
}

fn variable_type(scope: &Scope, variable: &Name) -> Type {
    scope
        .find(&variable.text)
        .map_or(Type::Unknown, |found| found.ty.clone())
}
