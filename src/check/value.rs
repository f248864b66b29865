//! Gives expressions their types: literals, calls, lists, records; names stand in `names`, fields in `fields`.

use super::Checker;
use super::describe::{listed, with_article};
use super::scope::{Facts, Place, Scope};
use super::symbols::SymbolKind;
use crate::ast::{Expr, ExprKind, Name};
use crate::diagnostic::{Code, Diagnostic, nearest, quote};
use crate::ir;
use crate::operators::SpanUnit;
use crate::schema::Type;
use crate::source::Span;
use crate::value::{Money, Number, Text, Value, Zone};
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
        let typed = self.infer_kind(scope, expr, expected);
        self.note_typed(scope, expr, &typed);
        typed
    }

    fn infer_kind(&mut self, scope: &mut Scope, expr: &Expr, expected: Option<&Type>) -> ir::Expr {
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
                let inner = self.bracketed(scope, |it, scope| it.infer(scope, inner, expected));
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

    pub(super) fn call(
        &mut self,
        scope: &mut Scope,
        name: &Name,
        arguments: &[Expr],
        span: Span,
    ) -> ir::Expr {
        let Some(index) = self.defines.number(&name.text) else {
            let kind = self.symbols.get(&name.text).map(|symbol| symbol.kind);
            let declared = matches!(kind, Some(SymbolKind::Define | SymbolKind::Table));
            if declared && self.defines.are_ordered {
                self.leads_back(name);
                return poison(span);
            }
            return self.unknown_call(scope, name, span);
        };
        if self.refuse_without_result(name, index, span) {
            return poison(span);
        }
        self.call_of(scope, index, name, arguments, span)
    }

    fn wrong_count(
        &mut self,
        name: &Name,
        parameters: &[&str],
        given: usize,
        (span, declared): (Span, Span),
    ) {
        let name = &name.text;
        let takes = match parameters.len() {
            1 => "1 value".to_string(),
            count => format!("{count} values"),
        };
        let help = match parameters {
            [] => format!("write `{name}` alone"),
            several => {
                let values = vec!["…"; several.len()].join(", ");
                format!(
                    "write `{name}({values})` with a value for {}",
                    listed(several)
                )
            }
        };
        let message = format!("`{name}` takes {takes} and is given {given}");
        self.report(
            Diagnostic::error(Code::ArgumentCount, span, message)
                .also(declared, "defined here")
                .help(help),
        );
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
            self.wrong_count(name, &names, arguments.len(), (span, place));
            return poison(span);
        }
        let pairs = arguments.iter().zip(&parameters);
        let arguments = pairs
            .map(|(value, (_, kind))| {
                self.bracketed(scope, |it, scope| it.known(scope, value, kind))
            })
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
            let has_none = self.symbols.of_kinds(&kinds).next().is_none();
            if has_none && self.symbols.lost {
                return poison(span);
            } else if has_none {
                let message = format!("`{}` is not a definition", quote(&name.text));
                let help = format!("declare it: `define {}(…) as …`", quote(&name.text));
                self.report(Diagnostic::error(Code::UnknownName, name.span, message).help(help));
            } else {
                self.report_unknown(Code::UnknownName, name, "a definition", |it| {
                    it.names_of(&kinds)
                });
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
        let (holds, fails) = (&outcome.holds, &outcome.fails);
        // What an empty list would hold, the other branch says.
        let (then, otherwise) = if expected.is_none() && is_empty_list(then) {
            let otherwise = self.branch(scope, otherwise, fails, None);
            let ty = otherwise.ty.clone();
            (self.branch(scope, then, holds, Some(&ty)), otherwise)
        } else {
            let then = self.branch(scope, then, holds, expected);
            let wanted = expected.cloned().unwrap_or_else(|| then.ty.clone());
            let otherwise = self.branch(scope, otherwise, fails, Some(&wanted));
            (then, otherwise)
        };
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

    /// A branch of an `if`, with what is known there.
    fn branch(
        &mut self,
        scope: &mut Scope,
        branch: &Expr,
        facts: &Facts,
        expected: Option<&Type>,
    ) -> ir::Expr {
        let before = scope.knowing(facts);
        let branch = self.infer(scope, branch, expected);
        scope.facts = before;
        branch
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
        if elements.is_empty() && expected.is_none() {
            self.report(
                Diagnostic::error(
                    Code::UnknownType,
                    span,
                    "nothing says what this empty list would hold",
                )
                .help("ask a list itself, as in `customer.orders is empty`, or put it first"),
            );
            return poison(span);
        }
        let mut values = Vec::new();
        for value in elements {
            let value = self.bracketed(scope, |it, scope| it.infer(scope, value, element.as_ref()));
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

fn is_empty_list(expr: &Expr) -> bool {
    matches!(&expr.unbracketed().kind, ExprKind::List(elements) if elements.is_empty())
}
