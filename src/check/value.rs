//! Gives expressions their types: literals, names, fields, calls, records.

use super::describe::{listed, with_article};
use super::scope::{Place, Scope, Variable};
use super::symbols::SymbolKind;
use super::{Checker, WEEKDAYS};
use crate::ast::{self, Expr, ExprKind, Name};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::ir;
use crate::operators::SpanUnit;
use crate::schema::{ActionId, Field, RecordId, Type};
use crate::source::{Span, offset};
use crate::value::{ChoiceValue, Money, Number, Text, Value, Zone};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A typed expression that is always there.
pub(super) fn typed(kind: ir::ExprKind, ty: Type, span: Span) -> ir::Expr {
    ir::Expr {
        kind,
        ty,
        optional: false,
        span,
    }
}

/// An expression whose mistake has been reported.
pub(super) fn poison(span: Span) -> ir::Expr {
    typed(ir::ExprKind::Constant(Value::Missing), Type::Unknown, span)
}

impl Checker<'_> {
    /// An expression of that type that is not missing.
    pub(super) fn known(&mut self, scope: &mut Scope, expr: &Expr, kind: &Type) -> ir::Expr {
        let typed = self.infer(scope, expr, Some(kind));
        let typed = self.expect(typed, kind);
        self.require(scope, typed)
    }

    /// Reports an expression that is not of the type asked for.
    pub(super) fn expect(&mut self, expr: ir::Expr, kind: &Type) -> ir::Expr {
        if fits(&expr.ty, kind) {
            return expr;
        }
        let found = with_article(&self.describe(&expr.ty));
        let wanted = with_article(&self.describe(kind));
        let text = self.quoted(expr.span);
        let message = match (&expr.ty, kind) {
            (Type::Money(found), Type::Money(wanted)) => format!(
                "`{text}` is in {}, but {} is needed here",
                found.code(),
                wanted.code()
            ),
            _ => format!("`{text}` is {found}, but {wanted} is needed here"),
        };
        let mend = self.mend(&expr.ty, kind, expr.span);
        let diagnostic = Diagnostic::error(Code::TypeMismatch, expr.span, message).help(mend.help);
        self.report(match mend.fix {
            Some(fix) => diagnostic.fix(expr.span, fix),
            None => diagnostic,
        });
        poison(expr.span)
    }

    /// Reports an expression that may be missing; it is taken as there.
    pub(super) fn require(&mut self, scope: &Scope, expr: ir::Expr) -> ir::Expr {
        if expr.optional && !scope.incomplete {
            let text = self.quoted(expr.span);
            let help = self.stand_in(&expr, Place::of(&expr).is_some());
            self.report(
                Diagnostic::error(
                    Code::MayBeMissing,
                    expr.span,
                    format!("`{text}` may be missing"),
                )
                .help(help),
            );
        }
        ir::Expr {
            optional: false,
            ..expr
        }
    }

    /// The typed form of an expression; `expected` lets a bare word be a choice's
    /// value and a text a time zone.
    pub(super) fn infer(
        &mut self,
        scope: &mut Scope,
        expr: &Expr,
        expected: Option<&Type>,
    ) -> ir::Expr {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Error => poison(span),
            ExprKind::Literal(value) => literal(value, span),
            ExprKind::Money { amount, currency } => self.money(amount, currency, span),
            ExprKind::Span { amount, unit } => self.span_literal(amount, *unit, span),
            ExprKind::Text(parts) => self.text(scope, parts, expected, span),
            ExprKind::Name(name) => self.name(scope, name, expected),
            ExprKind::Field { base, name } => self.field(scope, base, name, span),
            ExprKind::Call { name, arguments } => self.call(scope, name, arguments, span),
            ExprKind::Bracket(inner) => {
                let inner = self.infer(scope, inner, expected);
                ir::Expr { span, ..inner }
            }
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => self.conditional(scope, (condition, then, otherwise), expected, span),
            ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::Test { .. }
            | ExprKind::Quantified { .. } => self.condition(scope, expr).0,
            ExprKind::Picked { has: Some(_), .. } => self.condition(scope, expr).0,
            ExprKind::Picked { .. } => self.picked(scope, expr, false).0,
            ExprKind::Otherwise { value, fallback } => {
                self.otherwise(scope, value, fallback, expected, span)
            }
            ExprKind::Arithmetic { .. } => self.arithmetic(scope, expr),
            ExprKind::Rounded { value, step } => self.rounded(scope, value, step, span),
            ExprKind::Aggregate { .. } => self.aggregate(scope, expr),
            ExprKind::AggregateList { aggregate, list } => {
                self.aggregate_list(scope, *aggregate, list, span)
            }
            ExprKind::Slice {
                from_end,
                count,
                list,
            } => self.slice(scope, *from_end, count, list, span),
            ExprKind::List(elements) => self.list_literal(scope, elements, expected, span),
            ExprKind::Record { name, fields } => {
                self.record(scope, name.as_ref(), fields, expected, span)
            }
            _ => self.time_expression(scope, expr),
        }
    }

    fn money(&mut self, amount: &Number, currency: &Name, span: Span) -> ir::Expr {
        match self.currency_named(currency) {
            Some(currency) => {
                let money = Value::Money(Money::new(amount.clone(), currency));
                typed(ir::ExprKind::Constant(money), Type::Money(currency), span)
            }
            None => poison(span),
        }
    }

    fn span_literal(&mut self, amount: &Number, unit: SpanUnit, span: Span) -> ir::Expr {
        use crate::value::Span as Length;
        let Some(count) = amount.to_i64().filter(|_| amount.is_whole()) else {
            self.report(
                Diagnostic::error(Code::BadLiteral, span, "a length of time is a whole number")
                    .help("write it in a smaller unit: `90 minutes` for an hour and a half"),
            );
            return poison(span);
        };
        let (length, ty) = match unit {
            SpanUnit::Seconds => (Length::seconds(count), Type::Duration),
            SpanUnit::Minutes => (Length::minutes(count), Type::Duration),
            SpanUnit::Hours => (Length::hours(count), Type::Duration),
            SpanUnit::Days => (Length::days(count), Type::Period),
            SpanUnit::Weeks => (Length::weeks(count), Type::Period),
            SpanUnit::Months => (Length::months(count), Type::Period),
            SpanUnit::Years => (Length::years(count), Type::Period),
        };
        typed(ir::ExprKind::Constant(Value::Span(length)), ty, span)
    }

    fn name(&mut self, scope: &mut Scope, name: &Name, expected: Option<&Type>) -> ir::Expr {
        if let Some(variable) = scope.find(&name.text).cloned() {
            return self.variable(scope, name, &variable, expected);
        }
        if let Some(constant) = self.expected_word(name, expected) {
            return constant;
        }
        match self.symbols.get(&name.text).map(|symbol| symbol.kind) {
            Some(SymbolKind::Input) => self.input(scope, name),
            Some(SymbolKind::Define | SymbolKind::Table) => self.call(scope, name, &[], name.span),
            Some(SymbolKind::Broken) => poison(name.span),
            Some(kind) => self.not_a_value(name, kind),
            None => self.unknown_name(scope, name, expected),
        }
    }

    fn variable(
        &mut self,
        scope: &Scope,
        name: &Name,
        variable: &Variable,
        expected: Option<&Type>,
    ) -> ir::Expr {
        if let Some(word) = self.expected_word(name, expected) {
            if variable.ty != word.ty {
                return word;
            }
            self.report(
                Diagnostic::error(
                    Code::AmbiguousName,
                    name.span,
                    format!("`{}` is a variable and a value of the choice", name.text),
                )
                .also(variable.name.span, "the variable")
                .help("rename the variable"),
            );
        }
        let is_witness = !scope.variables.iter().any(|known| known.id == variable.id);
        if is_witness && scope.witnesses_named(&name.text) > 1 {
            self.report(
                Diagnostic::error(
                    Code::AmbiguousName,
                    name.span,
                    format!("two conditions of `when` find a `{}`", name.text),
                )
                .help("give their variables different names"),
            );
        }
        self.placed(
            scope,
            ir::Expr {
                kind: ir::ExprKind::Variable(variable.id),
                ty: variable.ty.clone(),
                optional: variable.optional,
                span: name.span,
            },
        )
    }

    /// A value of the choice or a weekday that the other side asks for.
    fn expected_word(&self, name: &Name, expected: Option<&Type>) -> Option<ir::Expr> {
        match expected? {
            Type::Choice(id) => {
                let value = self.choice_value(*id, &name.text)?;
                let kind = ir::ExprKind::Constant(value);
                Some(typed(kind, Type::Choice(*id), name.span))
            }
            Type::Weekday => {
                let day = crate::value::weekday_named(&name.text)?;
                let kind = ir::ExprKind::Constant(Value::Weekday(day));
                Some(typed(kind, Type::Weekday, name.span))
            }
            _ => None,
        }
    }

    pub(super) fn choice_value(&self, id: crate::schema::ChoiceId, name: &str) -> Option<Value> {
        let choice = self.schema.choice(id)?;
        let index = choice
            .values
            .iter()
            .position(|value| *value.name == *name)?;
        Some(Value::Choice(ChoiceValue {
            index: offset(index),
            text: choice.values.get(index)?.text.clone(),
        }))
    }

    fn input(&mut self, scope: &Scope, name: &Name) -> ir::Expr {
        if scope.in_example {
            return self.input_in_example(name, &name.text);
        }
        let Some(id) = self.schema.input_named(&name.text) else {
            return poison(name.span);
        };
        let found = self
            .schema
            .input(id)
            .map(|input| (input.kind.clone(), input.optional));
        let (ty, optional) = found.unwrap_or((Type::Unknown, false));
        self.placed(
            scope,
            ir::Expr {
                kind: ir::ExprKind::Input(id),
                ty,
                optional,
                span: name.span,
            },
        )
    }

    /// Reports a value of an example that reads an input: it is what inputs are made from.
    fn input_in_example(&mut self, name: &Name, input: &str) -> ir::Expr {
        let message = if *name.text == *input {
            format!("`{input}` is an input, and the values of an example read none")
        } else {
            format!(
                "`{}` reads the input `{input}`, and the values of an example read none",
                name.text
            )
        };
        self.report(
            Diagnostic::error(Code::InputInExample, name.span, message)
                .help("write the value out, or `define` it by itself"),
        );
        poison(name.span)
    }

    /// Takes an expression as there where its place is known to be.
    pub(super) fn placed(&self, scope: &Scope, expr: ir::Expr) -> ir::Expr {
        let known = Place::of(&expr).is_some_and(|place| scope.facts.contains(&place));
        ir::Expr {
            optional: expr.optional && !known,
            ..expr
        }
    }

    fn not_a_value(&mut self, name: &Name, kind: SymbolKind) -> ir::Expr {
        let what = kind.words();
        let help = match kind {
            SymbolKind::Choice => format!(
                "name the field or input that is one, or a value of it: `{}.…`",
                name.text
            ),
            SymbolKind::Action | SymbolKind::Group => {
                format!("write one of its fields: `{}.…`", name.text)
            }
            SymbolKind::Calendar => format!(
                "write `now is within {0}`, `2 {0} days after …` or `{0} days from … to …`",
                name.text
            ),
            _ => "name the field or input that is one".to_string(),
        };
        self.report(
            Diagnostic::error(
                Code::NotAValue,
                name.span,
                format!("`{}` is {what}, not a value", name.text),
            )
            .help(help),
        );
        poison(name.span)
    }

    fn unknown_name(&mut self, scope: &Scope, name: &Name, expected: Option<&Type>) -> ir::Expr {
        if self.symbols.is_broken(&name.text) {
            return poison(name.span);
        }
        if let Some(word) = word_for(&name.text) {
            let written = quote(&name.text);
            self.report(
                Diagnostic::error(
                    Code::UnknownName,
                    name.span,
                    format!("`{written}` is not a word of Courtesy"),
                )
                .help(format!("write `{word}`"))
                .fix(name.span, word),
            );
            return poison(name.span);
        }
        // Beside something whose mistake has been reported nobody knows what a
        // bare word should have been.
        if scope.incomplete || matches!(expected, Some(Type::Unknown)) {
            return poison(name.span);
        }
        if let Some(Type::Choice(id)) = expected {
            return self.unknown_choice_value(*id, name);
        }
        if let Some(diagnostic) = self
            .choice_without_type(name)
            .filter(|_| !self.symbols.lost)
        {
            self.report(diagnostic);
            return poison(name.span);
        }
        if let Some(diagnostic) = self.probably(scope, name, expected) {
            self.report(diagnostic);
            return poison(name.span);
        }
        let kinds = [SymbolKind::Input, SymbolKind::Define];
        let declared = self.symbols.of_kinds(&kinds).map(str::to_string);
        let variables = scope.variables.iter().chain(&scope.witnesses);
        let mut names: Vec<String> = declared
            .chain(variables.map(|variable| variable.name.text.to_string()))
            .chain(scope.carried.iter().map(|carried| carried.name.to_string()))
            .collect();
        if matches!(expected, Some(Type::Weekday)) {
            names.extend(WEEKDAYS.iter().map(|day| day.to_string()));
        }
        let what = "a name that can be used here";
        self.report_unknown(
            Code::UnknownName,
            name,
            what,
            names.iter().map(String::as_str),
        );
        poison(name.span)
    }

    /// What an unknown name was probably meant to be.
    fn probably(&self, scope: &Scope, name: &Name, expected: Option<&Type>) -> Option<Diagnostic> {
        let written = quote(&name.text);
        let message = format!("`{written}` is not a name that can be used here");
        let diagnostic = Diagnostic::error(Code::UnknownName, name.span, message);
        if let Some(field) = self.field_in_sight(scope, &name.text) {
            return Some(
                diagnostic
                    .help(format!("did you mean `{field}`?"))
                    .fix(name.span, field),
            );
        }
        if scope.gone.contains(&name.text) {
            return Some(diagnostic.label("known inside its own condition alone").help(
                "the other clauses can name what an `any`, `first`, `last`, `latest` or the \
                 like finds under `when`",
            ));
        }
        let text = format!("\"{}\"", name.text);
        let may_be_lost = self.symbols.lost || name.text.len() > 100;
        (expected == Some(&Type::Text) && !may_be_lost).then(|| {
            diagnostic
                .help(format!("a text stands in quotation marks: `{text}`"))
                .fix(name.span, text)
        })
    }

    fn unknown_choice_value(&mut self, id: crate::schema::ChoiceId, name: &Name) -> ir::Expr {
        let Some(choice) = self.schema.choice(id) else {
            return poison(name.span);
        };
        let what = format!("a value of `{}`", choice.name);
        let values: Vec<String> = choice.values.iter().map(|v| v.name.to_string()).collect();
        let names = values.iter().map(String::as_str);
        self.report_unknown(Code::UnknownChoice, name, &what, names);
        poison(name.span)
    }

    /// A bare word that is a value of some choice, where nothing says of which.
    fn choice_without_type(&self, name: &Name) -> Option<Diagnostic> {
        let choice = self
            .schema
            .choices
            .iter()
            .find(|choice| choice.values.iter().any(|value| value.name == name.text))?;
        let (owner, word) = (&choice.name, &name.text);
        Some(
            Diagnostic::error(
                Code::UnknownName,
                name.span,
                format!(
                    "`{word}` stands alone; nothing says that it is meant as a value of `{owner}`"
                ),
            )
            .help(format!(
                "compare something with it, as in `… is {word}`; a value by itself is written \
                 `{owner}.{word}`"
            )),
        )
    }

    fn field(&mut self, scope: &mut Scope, base: &Expr, name: &Name, span: Span) -> ir::Expr {
        if let ExprKind::Name(owner) = &base.kind
            && scope.find(&owner.text).is_none()
        {
            if let Some(found) = self.carried_field(scope, owner, name, span) {
                return found;
            }
            if let Some(id) = self.choice_named(&owner.text) {
                return match self.choice_value(id, &name.text) {
                    Some(value) => typed(ir::ExprKind::Constant(value), Type::Choice(id), span),
                    None => self.unknown_choice_value(id, name),
                };
            }
        }
        if let Some(result) = self.table_result(scope, base, name, span) {
            return result;
        }
        let base = self.infer(scope, base, None);
        let base = self.require(scope, base);
        let Type::Record(id) = base.ty else {
            return self.no_fields(&base, name);
        };
        self.record_field(scope, base, id, name, span)
    }

    fn record_field(
        &mut self,
        scope: &Scope,
        base: ir::Expr,
        id: RecordId,
        name: &Name,
        span: Span,
    ) -> ir::Expr {
        let Some(record) = self.schema.record(id) else {
            return poison(span);
        };
        let found = record
            .fields
            .iter()
            .position(|field| field.name == name.text);
        let field = found.and_then(|index| record.fields.get(index).map(|f| (index, f)));
        match field {
            Some((index, field)) => {
                let (ty, optional) = (field.kind.clone(), field.optional);
                let kind = ir::ExprKind::Field {
                    base: Box::new(base),
                    index: offset(index),
                };
                self.placed(
                    scope,
                    ir::Expr {
                        kind,
                        ty,
                        optional,
                        span,
                    },
                )
            }
            None if record.broken && !is_nearly_a_field(&record.fields, name) => poison(span),
            None => {
                let what = format!("a field of `{}`", record.name);
                let names: Vec<String> = record
                    .fields
                    .iter()
                    .map(|field| field.name.to_string())
                    .collect();
                let names = names.iter().map(String::as_str);
                self.report_unknown(Code::UnknownField, name, &what, names);
                poison(span)
            }
        }
    }

    fn no_fields(&mut self, base: &ir::Expr, name: &Name) -> ir::Expr {
        if base.ty != Type::Unknown {
            let text = self.quoted(base.span);
            let kind = with_article(&self.describe(&base.ty));
            let mut diagnostic = Diagnostic::error(
                Code::UnknownField,
                name.span,
                format!("`{text}` is {kind}, which has no fields"),
            );
            if matches!(base.ty, Type::List(_)) {
                diagnostic = diagnostic.help(format!(
                    "ask for one of its elements: `any x in {text} where x.{} …`",
                    name.text
                ));
            } else if FUNCTIONS.contains(&&*name.text) {
                diagnostic = diagnostic.help(format!("write `{} of {text}`", name.text));
            } else {
                diagnostic = diagnostic.help(format!("leave `.{}` out", name.text));
            }
            self.report(diagnostic);
        }
        poison(name.span)
    }

    /// A field of the candidate or carrier a policy speaks about.
    fn carried_field(
        &mut self,
        scope: &Scope,
        owner: &Name,
        name: &Name,
        span: Span,
    ) -> Option<ir::Expr> {
        let Some(carried) = scope
            .carried
            .clone()
            .filter(|carried| carried.name == owner.text)
        else {
            let action = self.schema.action_named(&owner.text).is_some()
                || self
                    .schema
                    .groups
                    .iter()
                    .any(|group| group.name == owner.text);
            return action.then(|| self.not_about(scope, owner, span));
        };
        let Some(field) = self.shared_field(&carried.actions, name) else {
            return Some(poison(span));
        };
        let kind = if carried.is_carrier {
            ir::ExprKind::CarrierField(name.text.clone())
        } else {
            ir::ExprKind::CandidateField(name.text.clone())
        };
        Some(self.placed(
            scope,
            ir::Expr {
                kind,
                ty: field.kind,
                optional: field.optional,
                span,
            },
        ))
    }

    fn not_about(&mut self, scope: &Scope, owner: &Name, span: Span) -> ir::Expr {
        if !scope.incomplete {
            let name = &owner.text;
            let (message, help) = if scope.in_example {
                (
                    format!("an example reads no fields of `{name}`"),
                    "write the value out, or `define` it by itself".to_string(),
                )
            } else {
                (
                    format!("the fields of `{name}` cannot be read in this policy"),
                    format!(
                        "they can where a policy says `never {name}`, `only {name}` or `allow \
                         {name}`, and under `on {name}`"
                    ),
                )
            };
            self.report(Diagnostic::error(Code::NotAbout, owner.span, message).help(help));
        }
        poison(span)
    }

    /// The field that all these actions have under one name and type.
    fn shared_field(&mut self, actions: &[ActionId], name: &Name) -> Option<Field> {
        let mut shared: Option<Field> = None;
        for action in actions {
            let action = self.schema.action(*action)?.clone();
            let found = action.fields.iter().find(|field| field.name == name.text);
            let Some(field) = found else {
                if !action.broken {
                    let what = format!("a field of `{}`", action.name);
                    let names: Vec<String> = action
                        .fields
                        .iter()
                        .filter(|field| self.shares_field(actions, &field.name))
                        .map(|field| field.name.to_string())
                        .collect();
                    let names = names.iter().map(String::as_str);
                    if actions.len() > 1 && names.len() == 0 {
                        self.no_shared_field(name, &action.name);
                    } else {
                        self.report_unknown(Code::UnknownField, name, &what, names);
                    }
                }
                return None;
            };
            match &mut shared {
                None => shared = Some(field.clone()),
                Some(first) if first.kind == field.kind => first.optional |= field.optional,
                Some(_) => {
                    self.report(
                        Diagnostic::error(
                            Code::TypeMismatch,
                            name.span,
                            format!("the actions have `{}` in different types", name.text),
                        )
                        .help("only fields that all actions of a group share can be used"),
                    );
                    return None;
                }
            }
        }
        shared
    }

    fn no_shared_field(&mut self, name: &Name, action: &str) {
        let message = format!("`{}` is not a field of `{action}`", name.text);
        self.report(
            Diagnostic::error(Code::UnknownField, name.span, message)
                .help("of a group only the fields can be read that all its actions have"),
        );
    }

    fn call(&mut self, scope: &mut Scope, name: &Name, arguments: &[Expr], span: Span) -> ir::Expr {
        let Some(index) = self.defines.number(&name.text) else {
            return self.unknown_call(scope, name, span);
        };
        if self.refuse_without_result(name, index, span) {
            return poison(span);
        }
        self.call_of(scope, index, name, arguments, span)
    }

    /// A call of the definition of that index.
    pub(super) fn call_of(
        &mut self,
        scope: &mut Scope,
        index: u32,
        name: &Name,
        arguments: &[Expr],
        span: Span,
    ) -> ir::Expr {
        let Some(define) = self.defines.numbered(index).filter(|define| !define.broken) else {
            return poison(span);
        };
        if scope.in_example
            && let Some(input) = define.input.clone()
        {
            return self.input_in_example(name, &input);
        }
        let parameters: Vec<(Arc<str>, Type)> = define.parameters.clone();
        let (ty, optional, place) = (define.ty.clone(), define.optional, define.span);
        if parameters.len() != arguments.len() {
            let names: Vec<&str> = parameters.iter().map(|(name, _)| &**name).collect();
            self.report(
                Diagnostic::error(
                    Code::ArgumentCount,
                    span,
                    format!(
                        "`{}` takes {} and is given {}",
                        name.text,
                        match parameters.len() {
                            1 => "1 value".to_string(),
                            count => format!("{count} values"),
                        },
                        arguments.len()
                    ),
                )
                .also(place, "defined here")
                .help(match names.as_slice() {
                    [] => format!("write `{}` alone", name.text),
                    names => format!(
                        "write `{}({})` with a value for {}",
                        name.text,
                        vec!["…"; names.len()].join(", "),
                        listed(names)
                    ),
                }),
            );
            return poison(span);
        }
        let pairs = arguments.iter().zip(&parameters);
        let arguments = pairs
            .map(|(value, (_, kind))| self.known(scope, value, kind))
            .collect();
        self.placed(
            scope,
            ir::Expr {
                kind: ir::ExprKind::Call {
                    define: ir::DefineId(index),
                    arguments,
                },
                ty,
                optional,
                span,
            },
        )
    }

    fn unknown_call(&mut self, scope: &Scope, name: &Name, span: Span) -> ir::Expr {
        if !scope.incomplete && !self.symbols.is_broken(&name.text) {
            let kinds = [SymbolKind::Define, SymbolKind::Table];
            let names: Vec<String> = self.symbols.of_kinds(&kinds).map(str::to_string).collect();
            let names = names.iter().map(String::as_str);
            if names.len() == 0 && self.symbols.lost {
                return poison(span);
            } else if names.len() == 0 {
                let message = format!("`{}` is not a definition", quote(&name.text));
                let help = format!("declare it: `define {}(…) as …`", quote(&name.text));
                self.report(Diagnostic::error(Code::UnknownName, name.span, message).help(help));
            } else {
                self.report_unknown(Code::UnknownName, name, "a definition", names);
            }
        }
        poison(span)
    }

    fn conditional(
        &mut self,
        scope: &mut Scope,
        (condition, then, otherwise): (&Expr, &Expr, &Expr),
        expected: Option<&Type>,
        span: Span,
    ) -> ir::Expr {
        let (condition, outcome) = self.condition(scope, condition);
        let before = scope.knowing(&outcome.holds);
        let then = self.infer(scope, then, expected);
        scope.facts = before.clone();
        scope.knowing(&outcome.fails);
        let wanted = expected.cloned().unwrap_or_else(|| then.ty.clone());
        let otherwise = self.infer(scope, otherwise, Some(&wanted));
        scope.facts = before;
        let otherwise = self.expect(otherwise, &then.ty);
        ir::Expr {
            ty: then.ty.clone(),
            optional: then.optional || otherwise.optional,
            kind: ir::ExprKind::If {
                condition: Box::new(condition),
                then: Box::new(then),
                otherwise: Box::new(otherwise),
            },
            span,
        }
    }

    fn otherwise(
        &mut self,
        scope: &mut Scope,
        value: &Expr,
        fallback: &Expr,
        expected: Option<&Type>,
        span: Span,
    ) -> ir::Expr {
        self.refuse_bare_aggregate(value);
        self.refuse_bare_aggregate(fallback);
        let value = self.infer(scope, value, expected);
        if !value.optional && value.ty != Type::Unknown {
            let text = self.quoted(value.span);
            self.report(
                Diagnostic::warning(
                    Code::UselessOtherwise,
                    value.span,
                    format!("`{text}` is never missing"),
                )
                .help("leave the `otherwise` out"),
            );
        }
        let fallback = self.infer(scope, fallback, Some(&value.ty));
        let fallback = self.expect(fallback, &value.ty);
        ir::Expr {
            ty: value.ty.clone(),
            optional: fallback.optional,
            kind: ir::ExprKind::Otherwise {
                value: Box::new(value),
                fallback: Box::new(fallback),
            },
            span,
        }
    }

    fn list_literal(
        &mut self,
        scope: &mut Scope,
        elements: &[Expr],
        expected: Option<&Type>,
        span: Span,
    ) -> ir::Expr {
        let mut element = match expected {
            Some(Type::List(element)) => Some((**element).clone()),
            _ => None,
        };
        let mut values = Vec::new();
        for value in elements {
            let value = self.infer(scope, value, element.as_ref());
            let kind = element.get_or_insert_with(|| value.ty.clone()).clone();
            let value = self.expect(value, &kind);
            values.push(self.require(scope, value));
        }
        let element = element.unwrap_or(Type::Unknown);
        typed(
            ir::ExprKind::List(values),
            Type::List(Arc::new(element)),
            span,
        )
    }

    fn record(
        &mut self,
        scope: &mut Scope,
        name: Option<&Name>,
        given: &[ast::Assignment],
        expected: Option<&Type>,
        span: Span,
    ) -> ir::Expr {
        let id = match name {
            Some(name) => self.record_type(name),
            None => self.expected_record(expected, span),
        };
        let Some(id) = id else {
            return poison(span);
        };
        let Some(record) = self.schema.record(id).cloned() else {
            return poison(span);
        };
        let fields = self.given_fields(scope, &record.name, &record.fields, given, span);
        typed(
            ir::ExprKind::Record { record: id, fields },
            Type::Record(id),
            span,
        )
    }

    /// The record type of that name, or a message.
    fn record_type(&mut self, name: &Name) -> Option<RecordId> {
        let found = self.record_named(&name.text);
        if found.is_none() && !self.symbols.is_broken(&name.text) {
            let kinds = [SymbolKind::Record];
            let names: Vec<String> = self.symbols.of_kinds(&kinds).map(str::to_string).collect();
            let names = names.iter().map(String::as_str);
            self.report_unknown(Code::UnknownType, name, "a type", names);
        }
        found
    }

    /// The type of a record that is written without one: the other side says it.
    fn expected_record(&mut self, expected: Option<&Type>, span: Span) -> Option<RecordId> {
        match expected {
            Some(Type::Record(id)) => return Some(*id),
            Some(Type::Unknown) => return None,
            _ => {}
        }
        let diagnostic = match expected {
            Some(kind) => {
                let wanted = with_article(&self.describe(kind));
                Diagnostic::error(
                    Code::TypeMismatch,
                    span,
                    format!("a record stands here, but {wanted} is needed"),
                )
            }
            None => Diagnostic::error(
                Code::UnknownType,
                span,
                "nothing says of which type this record is",
            )
            .help("write the type's name before the `{`, as in `Item { … }`"),
        };
        self.report(diagnostic);
        None
    }

    /// One value for each declared field, from `field: value` pairs.
    pub(super) fn given_fields(
        &mut self,
        scope: &mut Scope,
        owner: &str,
        fields: &[Field],
        given: &[ast::Assignment],
        span: Span,
    ) -> Vec<Option<ir::Expr>> {
        self.refuse_repeated(given);
        for assignment in given {
            if !fields
                .iter()
                .any(|field| field.name == assignment.name.text)
            {
                self.unknown_given(owner, fields, given, &assignment.name);
            }
        }
        // A misspelt field is not missed a second time.
        let misspelt: Vec<&str> = given
            .iter()
            .filter(|a| !fields.iter().any(|field| field.name == a.name.text))
            .filter_map(|a| nearest(&a.name.text, fields.iter().map(|field| &*field.name)))
            .collect();
        let missing: Vec<&str> = fields
            .iter()
            .filter(|field| !field.optional)
            .filter(|field| !given.iter().any(|a| a.name.text == field.name))
            .map(|field| &*field.name)
            .filter(|name| !misspelt.contains(name))
            .collect();
        if !missing.is_empty() && !scope.incomplete {
            let clause = if given.is_empty() { "with " } else { "" };
            self.report(
                Diagnostic::error(
                    Code::FieldMissing,
                    span,
                    format!("`{owner}` needs {}", listed(&missing)),
                )
                .help(format!("add `{clause}{}: …`", missing.join(": …, "))),
            );
        }
        let values = fields.iter().map(|field| {
            let assignment = given.iter().find(|a| a.name.text == field.name)?;
            Some(self.given_field(scope, field, &assignment.value))
        });
        values.collect()
    }

    /// Reports a field that is not one of these, with the nearest.
    pub(super) fn unknown_field(&mut self, owner: &str, fields: &[Field], name: &Name) {
        let names = fields.iter().map(|field| &*field.name);
        let what = format!("a field of `{owner}`");
        self.report_unknown(Code::UnknownField, name, &what, names);
    }

    /// Reports fields that are given twice.
    pub(super) fn refuse_repeated(&mut self, given: &[ast::Assignment]) {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for assignment in given {
            let Name { text, span } = &assignment.name;
            if let Some(first) = first.get(&**text) {
                self.report(
                    Diagnostic::error(
                        Code::DeclaredTwice,
                        *span,
                        format!("`{text}` is given a second time"),
                    )
                    .also(*first, "the first stands here")
                    .help("leave one of them out"),
                );
            } else {
                first.insert(text, *span);
            }
        }
    }

    /// Reports a field that there is not, with one that is still to be given.
    fn unknown_given(
        &mut self,
        owner: &str,
        fields: &[Field],
        given: &[ast::Assignment],
        name: &Name,
    ) {
        let names: Vec<&str> = fields
            .iter()
            .map(|field| &*field.name)
            .filter(|field| !given.iter().any(|a| &*a.name.text == *field))
            .collect();
        let what = format!("a field of `{owner}`");
        if names.is_empty() {
            let message = format!("`{}` is not {what}", quote(&name.text));
            let help = "leave it out: all its fields are given";
            self.report(Diagnostic::error(Code::UnknownField, name.span, message).help(help));
        } else {
            self.report_unknown(Code::UnknownField, name, &what, names);
        }
    }

    /// The value of one field.
    pub(super) fn given_field(
        &mut self,
        scope: &mut Scope,
        field: &Field,
        value: &Expr,
    ) -> ir::Expr {
        let value = self.infer(scope, value, Some(&field.kind));
        let value = self.expect(value, &field.kind);
        self.rounded_money(&value);
        if field.optional {
            value
        } else {
            self.require(scope, value)
        }
    }

    /// A text literal that is asked for as a time zone.
    pub(super) fn zone_literal(&mut self, text: &str, span: Span) -> ir::Expr {
        if let Some(zone) = Zone::named(text) {
            return typed(
                ir::ExprKind::Constant(Value::Timezone(zone)),
                Type::Timezone,
                span,
            );
        }
        let names = Zone::all_names();
        let city = text.replace(' ', "_").to_lowercase();
        let same_city = names.iter().find(|name| {
            let last = name.rsplit('/').next().unwrap_or("");
            last.to_lowercase() == city
        });
        // `PST` is one letter from `EST`: only names with an area are guessed at.
        let spelt =
            || nearest(text, names.iter().map(String::as_str)).filter(|_| text.contains('/'));
        let near = same_city.map(String::as_str).or_else(spelt);
        let written = quote(text);
        let mut diagnostic = Diagnostic::error(
            Code::UnknownTimezone,
            span,
            format!("`{written}` is not a time zone"),
        )
        .help("write its IANA name, such as `\"Europe/London\"`");
        if let Some(near) = near {
            diagnostic = diagnostic
                .help(format!("did you mean `\"{near}\"`?"))
                .fix(span, format!("\"{near}\""));
        }
        self.report(diagnostic);
        poison(span)
    }
}

fn literal(value: &Value, span: Span) -> ir::Expr {
    let ty = match value {
        Value::YesNo(_) => Type::YesNo,
        Value::Number(_) => Type::Number,
        Value::Date(_) => Type::Date,
        Value::Time(_) => Type::Time,
        Value::DateTime(_) => Type::DateTime,
        _ => Type::Unknown,
    };
    typed(ir::ExprKind::Constant(value.clone()), ty, span)
}

/// Whether a value of one type may stand where another is asked for: the same
/// type, a Duration for a Period, and anything for what is already reported.
pub(super) fn fits(found: &Type, wanted: &Type) -> bool {
    match (found, wanted) {
        (Type::Unknown, _) | (_, Type::Unknown) | (Type::Duration, Type::Period) => true,
        (Type::List(found), Type::List(wanted)) => fits(found, wanted),
        _ => found == wanted,
    }
}

/// Whether a name is nearly that of a field: then it is misspelt, and not the one
/// of a line that could not be read.
fn is_nearly_a_field(fields: &[Field], name: &Name) -> bool {
    nearest(&name.text, fields.iter().map(|field| &*field.name)).is_some()
}

/// Functions that people write behind a dot.
const FUNCTIONS: [&str; 8] = [
    "length", "date", "time", "weekday", "day", "month", "year", "age",
];

/// What is written for a word of other languages that reads like a name here.
pub(super) fn word_for(word: &str) -> Option<&'static str> {
    Some(match word {
        "true" | "True" | "TRUE" | "Yes" | "YES" => "yes",
        "false" | "False" | "FALSE" | "No" | "NO" => "no",
        "set" | "present" | "defined" | "given" | "Known" => "known",
        "missing" | "null" | "NULL" | "none" | "undefined" | "nil" | "Unknown" => "unknown",
        "blank" => "empty",
        _ => return None,
    })
}

/// The text of a constant.
pub(super) fn constant_text(text: &str) -> Value {
    Value::Text(Text::literal(text))
}
