//! Names: variables, inputs, values of choices, and what to say of those that are none.

use super::Checker;
use super::scope::{Place, Scope, Variable};
use super::symbols::SymbolKind;
use super::value::{poison, typed, word_for};
use crate::ast::Name;
use crate::diagnostic::{Code, Diagnostic, quote};
use crate::ir;
use crate::schema::Type;
use crate::source::offset;
use crate::value::{ChoiceValue, Value};

impl Checker<'_> {
    pub(super) fn name(
        &mut self,
        scope: &mut Scope,
        name: &Name,
        expected: Option<&Type>,
    ) -> ir::Expr {
        if let Some(variable) = scope.find(&name.text).cloned() {
            return self.variable(scope, name, &variable, expected);
        }
        if let Some(constant) = self.expected_word(name, expected) {
            self.taken_for_a_value(name, &constant.ty);
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

    pub(super) fn variable(
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
    pub(super) fn expected_word(&self, name: &Name, expected: Option<&Type>) -> Option<ir::Expr> {
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
        let (index, value) = self.schema.choice(id)?.values.named(name)?;
        Some(Value::Choice(ChoiceValue {
            index: offset(index),
            text: value.text.clone(),
        }))
    }

    pub(super) fn input(&mut self, scope: &Scope, name: &Name) -> ir::Expr {
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
    pub(super) fn input_in_example(&mut self, name: &Name, input: &str) -> ir::Expr {
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

    pub(super) fn not_a_value(&mut self, name: &Name, kind: SymbolKind) -> ir::Expr {
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

    pub(super) fn unknown_name(
        &mut self,
        scope: &Scope,
        name: &Name,
        expected: Option<&Type>,
    ) -> ir::Expr {
        if self.symbols.is_broken(&name.text) {
            return poison(name.span);
        }
        if let Some(word) = word_for(&name.text) {
            self.foreign_word(name, word);
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
        let what = "a name that can be used here";
        self.report_unknown(Code::UnknownName, name, what, |it| {
            it.names_in_sight(scope, expected)
        });
        poison(name.span)
    }

    /// Reports a word of other languages.
    fn foreign_word(&mut self, name: &Name, word: &str) {
        let written = quote(&name.text);
        let message = format!("`{written}` is not a word of Courtesy");
        self.report(
            Diagnostic::error(Code::UnknownName, name.span, message)
                .help(format!("write `{word}`"))
                .fix(name.span, word),
        );
    }

    /// The names that may stand where a value is expected.
    fn names_in_sight(&self, scope: &Scope, expected: Option<&Type>) -> Vec<String> {
        let kinds = [SymbolKind::Input, SymbolKind::Define];
        let declared = self.symbols.of_kinds(&kinds).map(str::to_string);
        let variables = scope.variables.iter().chain(&scope.witnesses);
        let mut names: Vec<String> = declared
            .chain(variables.map(|variable| variable.name.text.to_string()))
            .chain(scope.carried.iter().map(|carried| carried.name.to_string()))
            .collect();
        if matches!(expected, Some(Type::Weekday)) {
            names.extend(crate::value::WEEKDAYS.iter().map(|day| day.to_string()));
        }
        names
    }

    /// What an unknown name was probably meant to be.
    pub(super) fn probably(
        &self,
        scope: &Scope,
        name: &Name,
        expected: Option<&Type>,
    ) -> Option<Diagnostic> {
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

    pub(super) fn unknown_choice_value(
        &mut self,
        id: crate::schema::ChoiceId,
        name: &Name,
    ) -> ir::Expr {
        let Some(choice) = self.schema.choice(id) else {
            return poison(name.span);
        };
        let what = format!("a value of `{}`", choice.name);
        self.report_unknown(Code::UnknownChoice, name, &what, |it| {
            let values = it.schema.choice(id).map(|choice| &choice.values);
            let values = values.into_iter().flatten();
            values.map(|value| value.name.to_string()).collect()
        });
        poison(name.span)
    }

    /// A bare word that is a value of some choice, where nothing says of which.
    pub(super) fn choice_without_type(&self, name: &Name) -> Option<Diagnostic> {
        let choice = self
            .schema
            .choices
            .iter()
            .find(|choice| choice.values.named(&name.text).is_some())?;
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
}
