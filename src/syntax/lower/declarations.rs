//! Declarations other than policies.

use super::{Lowerer, all, find, parts};
use crate::ast::{
    ActionDeclaration, ActionGroupDeclaration, ChoiceDeclaration, ChoiceValueDeclaration,
    CurrencyDeclaration, DefineDeclaration, EpochUnit, Expr, FieldDeclaration, InputDeclaration,
    Name, ParameterDeclaration, TimezoneDeclaration, TypeDeclaration, TypeExpr, TypeExprKind,
    WeekStartDeclaration,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lowerer<'_> {
    /// The name among the inner pairs; the grammar puts one there.
    pub(super) fn inner_name(&self, pair: &Pair<'_, Rule>) -> Name {
        find(pair, Rule::name).map_or_else(
            || Name {
                text: "".into(),
                span: self.span(pair),
            },
            |name| self.name(&name),
        )
    }

    pub(super) fn currency(&mut self, pair: Pair<'_, Rule>) -> CurrencyDeclaration {
        CurrencyDeclaration {
            code: self.inner_name(&pair),
            span: self.span(&pair),
        }
    }

    pub(super) fn timezone(&mut self, pair: Pair<'_, Rule>) -> TimezoneDeclaration {
        TimezoneDeclaration {
            span: self.span(&pair),
            zone: self.only_expression(pair),
        }
    }

    pub(super) fn week_start(&mut self, pair: Pair<'_, Rule>) -> WeekStartDeclaration {
        WeekStartDeclaration {
            weekday: self.inner_name(&pair),
            span: self.span(&pair),
        }
    }

    pub(super) fn choice(&mut self, pair: Pair<'_, Rule>) -> ChoiceDeclaration {
        let joins: Vec<_> = all(&pair, Rule::choice_join).collect();
        let ordered = joins.iter().any(|join| join.as_str().trim() == "<");
        if let Some(comma) = joins
            .iter()
            .find(|join| ordered && join.as_str().trim() == ",")
        {
            let span = self.span(comma);
            self.report(
                Diagnostic::error(Code::MixedChoice, span, "`<` and `,` stand in one choice")
                    .label("the order ends here")
                    .help("join all values with `<`, the lowest first, or all with `,`"),
            );
        }
        let values = all(&pair, Rule::choice_value).collect::<Vec<_>>();
        ChoiceDeclaration {
            name: self.inner_name(&pair),
            values: values
                .into_iter()
                .map(|value| self.choice_value(value))
                .collect(),
            ordered,
            span: self.span(&pair),
        }
    }

    fn choice_value(&mut self, pair: Pair<'_, Rule>) -> ChoiceValueDeclaration {
        ChoiceValueDeclaration {
            name: self.inner_name(&pair),
            text: find(&pair, Rule::text).map(|text| self.quoted(text)),
        }
    }

    pub(super) fn type_declaration(&mut self, pair: Pair<'_, Rule>) -> TypeDeclaration {
        TypeDeclaration {
            name: self.inner_name(&pair),
            span: self.span(&pair),
            fields: find(&pair, Rule::fields).map_or_else(Vec::new, |pair| self.fields(&pair)),
            broken: false,
        }
    }

    pub(super) fn action(&mut self, pair: Pair<'_, Rule>) -> ActionDeclaration {
        ActionDeclaration {
            name: self.inner_name(&pair),
            single: find(&pair, Rule::single).map(|word| self.span(&word)),
            span: self.span(&pair),
            fields: find(&pair, Rule::fields).map_or_else(Vec::new, |pair| self.fields(&pair)),
            broken: false,
        }
    }

    pub(super) fn action_group(&mut self, pair: Pair<'_, Rule>) -> ActionGroupDeclaration {
        let mut names = all(&pair, Rule::name).map(|name| self.name(&name));
        let name = names.next().unwrap_or_else(|| self.inner_name(&pair));
        ActionGroupDeclaration {
            members: names.collect(),
            name,
            span: self.span(&pair),
        }
    }

    pub(super) fn input(&mut self, pair: Pair<'_, Rule>) -> InputDeclaration {
        InputDeclaration {
            name: self.inner_name(&pair),
            kind: self.inner_type(&pair),
            span: self.span(&pair),
        }
    }

    pub(super) fn define(&mut self, pair: Pair<'_, Rule>) -> DefineDeclaration {
        let parameters = find(&pair, Rule::parameters).map_or_else(Vec::new, |list| {
            all(&list, Rule::parameter)
                .map(|parameter| ParameterDeclaration {
                    name: self.inner_name(&parameter),
                    kind: self.inner_type(&parameter),
                })
                .collect()
        });
        DefineDeclaration {
            name: self.inner_name(&pair),
            parameters,
            span: self.span(&pair),
            body: self.inner(&pair, Rule::expression),
        }
    }

    /// The fields among the inner pairs.
    pub(in crate::syntax) fn fields(&mut self, pair: &Pair<'_, Rule>) -> Vec<FieldDeclaration> {
        let fields: Vec<_> = all(pair, Rule::field).collect();
        fields.into_iter().map(|field| self.field(field)).collect()
    }

    fn field(&mut self, pair: Pair<'_, Rule>) -> FieldDeclaration {
        let name = find(&pair, Rule::field_name).unwrap_or_else(|| pair.clone());
        let mut private = None;
        let mut range = None;
        let mut at_most = None;
        for modifier in all(&pair, Rule::modifier).flat_map(Pair::into_inner) {
            let span = self.span(&modifier);
            match modifier.as_rule() {
                Rule::private => self.once(&mut private, Some(span), span),
                Rule::at_most => {
                    let number = find(&modifier, Rule::number);
                    let number = number.map(|number| (self.number(&number), span));
                    self.once(&mut at_most, number, span);
                }
                _ => {
                    let ends = self.range(modifier);
                    self.once(&mut range, ends, span);
                }
            }
        }
        FieldDeclaration {
            name: self.name(&name),
            key: find(&pair, Rule::text).map(|text| self.quoted(text)),
            kind: self.inner_type(&pair),
            epoch: find(&pair, Rule::epoch).map(|epoch| self.epoch(&epoch)),
            private,
            range,
            at_most,
            span: self.span(&pair),
        }
    }

    /// What is said of a field, which is said once.
    fn once<T>(&mut self, place: &mut Option<T>, said: Option<T>, span: Span) {
        if place.is_some() {
            self.report(
                Diagnostic::error(
                    Code::DeclaredTwice,
                    span,
                    "this is said of the field already",
                )
                .help("say it once"),
            );
            return;
        }
        *place = said;
    }

    fn epoch(&self, pair: &Pair<'_, Rule>) -> (EpochUnit, Span) {
        let unit = if pair.as_str().contains("milliseconds") {
            EpochUnit::Milliseconds
        } else {
            EpochUnit::Seconds
        };
        (unit, self.span(pair))
    }

    fn range(&mut self, pair: Pair<'_, Rule>) -> Option<(Expr, Expr)> {
        let ends: Vec<_> = all(&pair, Rule::range_end).collect();
        let mut ends = ends.into_iter().map(|end| self.only_expression(end));
        Some((ends.next()?, ends.next()?))
    }

    pub(super) fn inner_type(&mut self, pair: &Pair<'_, Rule>) -> TypeExpr {
        match find(pair, Rule::type_expression) {
            Some(found) => self.type_expression(found),
            None => self.missing_type(pair),
        }
    }

    fn missing_type(&self, pair: &Pair<'_, Rule>) -> TypeExpr {
        TypeExpr {
            optional: None,
            kind: TypeExprKind::Named {
                name: self.name(pair),
                currency: None,
            },
            span: self.span(pair),
        }
    }

    fn type_expression(&mut self, pair: Pair<'_, Rule>) -> TypeExpr {
        let span = self.span(&pair);
        let mut optional = None;
        let mut kind = None;
        for part in parts(pair.clone()) {
            match part.as_rule() {
                Rule::optional => optional = Some(self.span(&part)),
                Rule::list_type => {
                    kind = Some(TypeExprKind::List(Box::new(self.inner_type(&part))));
                }
                _ => {
                    kind = Some(TypeExprKind::Named {
                        name: self.inner_name(&part),
                        currency: find(&part, Rule::currency_code).map(|code| self.name(&code)),
                    });
                }
            }
        }
        TypeExpr {
            optional,
            kind: kind.unwrap_or_else(|| self.missing_type(&pair).kind),
            span,
        }
    }
}
