//! Builds the schema from the declarations of choices, types, inputs, actions.

use super::describe::with_article;
use super::symbols::{BUILT_IN_TYPES, SymbolKind};
use super::{Checker, scope::Scope};
use crate::ast::{
    ActionDeclaration, ActionGroupDeclaration, ChoiceDeclaration, EpochUnit, Expr,
    FieldDeclaration, InputDeclaration, Item, Name, TypeDeclaration, TypeExpr, TypeExprKind,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::schema::{
    Action, ActionGroup, ActionId, Choice, ChoiceId, ChoiceOption, ChoiceOptions, Field, Fields,
    Input, RecordId, RecordType, TimeForm, Type, ValueRange,
};
use crate::source::{Span, offset};
use crate::value::{Currency, Number, Shape, ShapeField};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Words that tests and tables give a meaning of their own.
const NEVER_A_VALUE: [&str; 6] = ["yes", "no", "known", "unknown", "empty", "anything"];

/// The names and the texts that stand for something already, with the place of each among them.
#[derive(Default)]
struct Taken {
    names: HashMap<Arc<str>, (usize, Span)>,
    texts: HashMap<Arc<str>, (usize, Span)>,
}

impl Taken {
    /// Takes a name and what stands for it in the data; where one of them is taken, the first that took one: whether
    /// it has the same name, and where it is.
    fn take(&mut self, name: &Name, text: &Arc<str>) -> Option<(bool, Span)> {
        let same_name = self.names.get(&name.text);
        let same_text = self.texts.get(text);
        let first = same_name.into_iter().chain(same_text).min();
        if let Some((place, span)) = first {
            let same = same_name.is_some_and(|(named, _)| named == place);
            return Some((same, *span));
        }
        let here = (self.names.len(), name.span);
        self.names.insert(name.text.clone(), here);
        self.texts.insert(text.clone(), here);
        None
    }
}

impl Checker<'_> {
    pub(super) fn build_schema(&mut self, items: &[Item]) {
        self.currency(items);
        let mut choices = self.first_of(items, |item| match item {
            Item::Choice(declaration) => Some((&declaration.name, declaration)),
            _ => None,
        });
        let mut types = self.first_of(items, |item| match item {
            Item::Type(declaration) => Some((&declaration.name, declaration)),
            _ => None,
        });
        sort(&mut choices);
        sort(&mut types);
        self.schema.choices = choices
            .iter()
            .map(|(_, choice)| self.choice(choice))
            .collect();
        self.schema.records = types
            .iter()
            .map(|(_, record)| empty_record(record))
            .collect();
        for (index, (_, declaration)) in types.iter().enumerate() {
            let fields = self.fields(&declaration.fields);
            if let Some(record) = self.schema.records.get_mut(index) {
                record.shape = shape(&declaration.name, &fields);
                record.fields = fields;
            }
        }
        self.refuse_endless_types();
        self.build_inputs(items);
        self.build_actions(items);
    }

    fn build_inputs(&mut self, items: &[Item]) {
        let mut inputs = self.first_of(items, |item| match item {
            Item::Input(declaration) => Some((&declaration.name, declaration)),
            _ => None,
        });
        sort(&mut inputs);
        self.schema.inputs = inputs
            .iter()
            .map(|(_, input)| self.declared_input(input))
            .collect();
    }

    fn build_actions(&mut self, items: &[Item]) {
        let mut actions = self.first_of(items, |item| match item {
            Item::Action(declaration) => Some((&declaration.name, declaration)),
            _ => None,
        });
        let mut groups = self.first_of(items, |item| match item {
            Item::ActionGroup(declaration) => Some((&declaration.name, declaration)),
            _ => None,
        });
        sort(&mut actions);
        sort(&mut groups);
        self.schema.actions = actions
            .iter()
            .map(|(_, action)| self.action(action))
            .collect();
        self.schema.groups = groups.iter().map(|(_, group)| self.group(group)).collect();
    }

    /// The declarations that their names stand for, without later repetitions.
    fn first_of<'i, T>(
        &self,
        items: &'i [Item],
        pick: impl Fn(&'i Item) -> Option<(&'i Name, T)>,
    ) -> Vec<(&'i Name, T)> {
        let picked = items.iter().filter_map(pick);
        picked
            .filter(|(name, _)| self.symbols.is_first(name))
            .collect()
    }

    fn currency(&mut self, items: &[Item]) {
        let mut first: Option<Span> = None;
        for item in items {
            let Item::Currency(declaration) = item else {
                continue;
            };
            if let Some(first) = first {
                self.declared_twice("currency", declaration.span, first);
                continue;
            }
            first = Some(declaration.span);
            self.schema.currency = self.currency_named(&declaration.code);
        }
    }

    /// The currency of an ISO 4217 code, or a message.
    pub(super) fn currency_named(&mut self, code: &Name) -> Option<Currency> {
        let currency = Currency::from_code(&code.text);
        if currency.is_none() {
            let diagnostic = self.unknown_currency(code);
            self.report(diagnostic);
        }
        currency
    }

    fn choice(&mut self, declaration: &ChoiceDeclaration) -> Choice {
        let mut values: Vec<ChoiceOption> = Vec::new();
        let mut taken = Taken::default();
        for value in &declaration.values {
            if NEVER_A_VALUE.contains(&&*value.name.text) {
                self.report(
                    Diagnostic::error(
                        Code::ReservedName,
                        value.name.span,
                        format!("`{}` has a meaning of its own", value.name.text),
                    )
                    .help(format!(
                        "write `is_{} = \"{}\"`, or another name of your own",
                        value.name.text, value.name.text
                    )),
                );
            }
            let text = value
                .text
                .as_ref()
                .map_or(&value.name.text, |text| &text.text);
            if let Some((same, first)) = taken.take(&value.name, text) {
                self.field_twice(&value.name, first, "value", same);
                continue;
            }
            values.push(ChoiceOption {
                name: value.name.text.clone(),
                text: text.clone(),
                span: value.name.span,
            });
        }
        Choice {
            name: declaration.name.text.clone(),
            values: ChoiceOptions::new(values),
            ordered: declaration.ordered,
            span: declaration.name.span,
        }
    }

    fn field_twice(&mut self, name: &Name, first: Span, what: &str, same_name: bool) {
        let (message, help) = if same_name {
            (
                format!("a second {what} is called `{}`", name.text),
                "leave it out, or give it another name",
            )
        } else {
            (
                format!(
                    "`{}` stands for the same text in the data as another",
                    name.text
                ),
                "leave it out, or write the text that it stands for behind its name: `= \"…\"`",
            )
        };
        self.report(
            Diagnostic::error(Code::DeclaredTwice, name.span, message)
                .also(first, "the first stands here")
                .help(help),
        );
    }

    fn fields(&mut self, declarations: &[FieldDeclaration]) -> Fields {
        let mut fields: Vec<Field> = Vec::new();
        let mut taken = Taken::default();
        for declaration in declarations {
            let field = self.declared_field(declaration);
            match taken.take(&declaration.name, &field.key) {
                Some((same, first)) => self.field_twice(&declaration.name, first, "field", same),
                None => fields.push(field),
            }
        }
        Fields::new(fields)
    }

    fn declared_field(&mut self, declaration: &FieldDeclaration) -> Field {
        let (kind, optional) = self.resolve(&declaration.kind);
        let key = declaration
            .key
            .as_ref()
            .map_or(&declaration.name.text, |key| &key.text);
        Field {
            name: declaration.name.text.clone(),
            key: key.clone(),
            form: self.time_form(declaration, &kind),
            range: self.range(declaration, &kind),
            most: self.most(declaration, &kind),
            kind,
            optional,
            private: declaration.private.is_some(),
            span: declaration.name.span,
        }
    }

    fn time_form(&mut self, declaration: &FieldDeclaration, kind: &Type) -> TimeForm {
        let Some((unit, span)) = declaration.epoch else {
            return TimeForm::Rfc3339;
        };
        if !matches!(kind, Type::DateTime | Type::Unknown) {
            self.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    span,
                    "only a DateTime is read from seconds or milliseconds",
                )
                .help("write `DateTime from seconds`")
                .fix(declaration.kind.span, "DateTime"),
            );
        }
        match unit {
            EpochUnit::Seconds => TimeForm::EpochSeconds,
            EpochUnit::Milliseconds => TimeForm::EpochMilliseconds,
        }
    }

    fn range(&mut self, declaration: &FieldDeclaration, kind: &Type) -> Option<ValueRange> {
        let (low, high) = declaration.range.as_ref()?;
        let span = low.span.to(high.span);
        let fits = matches!(
            kind,
            Type::Number | Type::Money(_) | Type::Date | Type::DateTime | Type::Unknown
        );
        if !fits {
            let described = with_article(&self.describe(kind));
            self.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    span,
                    format!("{described} has no range"),
                )
                .help("leave the range out: a Number, Money, a Date and a DateTime have one"),
            );
            return None;
        }
        let low = self.constant(low, kind)?;
        let high = self.constant(high, kind)?;
        if low.compare(&high) == Some(std::cmp::Ordering::Greater) {
            self.report(
                Diagnostic::error(Code::EmptyRange, span, "this range holds nothing")
                    .help("write the lower end first"),
            );
        }
        Some(ValueRange { low, high })
    }

    /// How many elements a list may have.
    fn most(&mut self, declaration: &FieldDeclaration, kind: &Type) -> Option<u64> {
        let (number, span) = declaration.at_most.as_ref()?;
        if !matches!(kind, Type::List(_) | Type::Unknown) {
            let described = with_article(&self.describe(kind));
            let message = format!("{described} has no number of elements");
            self.report(Diagnostic::error(Code::TypeMismatch, *span, message).help(
                "leave it out: `at most` says how many elements a list may have; the values \
                     of a Number are bounded as in `0 to 130`",
            ));
            return None;
        }
        let floor = number.floor_to_i64_saturating();
        let whole = (floor > 0 && Number::from_i64(floor) == *number).then_some(floor);
        if whole.is_none() {
            self.report(
                Diagnostic::error(
                    Code::EmptyRange,
                    *span,
                    "a list has a whole number of elements, and at least 1",
                )
                .help("write a whole number, as in `at most 500`"),
            );
        }
        u64::try_from(whole?).ok()
    }

    fn constant(&mut self, expression: &Expr, kind: &Type) -> Option<crate::value::Value> {
        let typed = self.known(&mut Scope::new(), expression, kind);
        match typed.kind {
            ir::ExprKind::Constant(value) if !value.is_missing() => Some(value),
            _ => None,
        }
    }

    fn declared_input(&mut self, declaration: &InputDeclaration) -> Input {
        let (kind, optional) = self.resolve(&declaration.kind);
        Input {
            name: declaration.name.text.clone(),
            kind,
            optional,
            span: declaration.name.span,
        }
    }

    fn action(&mut self, declaration: &ActionDeclaration) -> Action {
        let fields = self.fields(&declaration.fields);
        Action {
            name: declaration.name.text.clone(),
            shape: shape(&declaration.name, &fields),
            fields,
            single: declaration.single.is_some(),
            broken: declaration.broken,
            span: declaration.name.span,
        }
    }

    fn group(&mut self, declaration: &ActionGroupDeclaration) -> ActionGroup {
        let mut members: Vec<ActionId> = Vec::new();
        for member in &declaration.members {
            self.refer_by_name(member);
            match self.schema.action_named(&member.text) {
                Some(id) => members.push(id),
                None if self.symbols.is_broken(&member.text) => {}
                None => self.unknown_action(member),
            }
        }
        members.sort_unstable();
        members.dedup();
        ActionGroup {
            name: declaration.name.text.clone(),
            members,
            span: declaration.name.span,
        }
    }

    /// The type a declaration names, and whether it may be missing.
    pub(super) fn resolve(&mut self, written: &TypeExpr) -> (Type, bool) {
        (self.resolve_kind(written), written.optional.is_some())
    }

    fn resolve_kind(&mut self, written: &TypeExpr) -> Type {
        match &written.kind {
            TypeExprKind::List(element) => {
                if let Some(span) = element.optional {
                    self.report(
                        Diagnostic::error(
                            Code::OptionalElement,
                            span,
                            "items of a list are never missing",
                        )
                        .help("write `optional list of …`, or leave `optional` out"),
                    );
                }
                Type::List(Arc::new(self.resolve_kind(element)))
            }
            TypeExprKind::Named { name, currency } => self.named_type(name, currency.as_ref()),
        }
    }

    fn named_type(&mut self, name: &Name, currency: Option<&Name>) -> Type {
        if let (Some(code), true) = (currency, &*name.text != "Money") {
            self.report(
                Diagnostic::error(Code::TypeMismatch, code.span, "only Money has a currency")
                    .write(name.span.to(code.span), format!("Money {}", code.text)),
            );
        }
        match &*name.text {
            "YesNo" => Type::YesNo,
            "Text" => Type::Text,
            "Number" => Type::Number,
            "Money" => self.money_type(name, currency),
            "Date" => Type::Date,
            "Time" => Type::Time,
            "DateTime" => Type::DateTime,
            "Duration" => Type::Duration,
            "Period" => Type::Period,
            "Timezone" => Type::Timezone,
            "Weekday" => Type::Weekday,
            _ => self.declared_type(name),
        }
    }

    fn money_type(&mut self, name: &Name, currency: Option<&Name>) -> Type {
        let currency = match currency {
            Some(code) => self.currency_named(code),
            None => self.schema.currency,
        };
        if let Some(currency) = currency {
            return Type::Money(currency);
        }
        let declared = self.symbols.is_word_broken("currency");
        if !declared && !self.has_currency_trouble() {
            self.report(
                Diagnostic::error(
                    Code::NoCurrency,
                    name.span,
                    "the package does not say its currency",
                )
                .help("write `currency USD` in one of its files, or `Money USD` here"),
            );
        }
        Type::Unknown
    }

    /// Whether a mistake about currencies has been reported already.
    fn has_currency_trouble(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|d| matches!(d.code, Code::UnknownCurrency | Code::NoCurrency))
    }

    fn declared_type(&mut self, name: &Name) -> Type {
        self.refer_by_name(name);
        if let Some(id) = self.choice_named(&name.text) {
            return Type::Choice(id);
        }
        if let Some(id) = self.record_named(&name.text) {
            return Type::Record(id);
        }
        if self.has_mistakes_enough() {
            self.report_unknown(Code::UnknownType, name, "a type", |_| Vec::new());
        } else if !self.symbols.is_broken(&name.text) {
            let declared = self
                .symbols
                .of_kinds(&[SymbolKind::Choice, SymbolKind::Record]);
            let names: Vec<String> = declared.chain(BUILT_IN_TYPES).map(str::to_string).collect();
            let guessed = guessed_type(&name.text);
            let names = names.iter().map(String::as_str);
            if guessed.is_none() && crate::diagnostic::nearest(&name.text, names.clone()).is_none()
            {
                self.far_type(name);
                return Type::Unknown;
            }
            let near = guessed.into_iter();
            let names: Vec<&str> = match near.len() {
                0 => names.collect(),
                _ => near.collect(),
            };
            let names = names.into_iter().map(str::to_string).collect();
            self.report_unknown(Code::UnknownType, name, "a type", |_| names);
        }
        Type::Unknown
    }

    fn far_type(&mut self, name: &Name) {
        if self.symbols.lost {
            return;
        }
        let written = crate::diagnostic::quote(&name.text);
        self.report(
            Diagnostic::error(
                Code::UnknownType,
                name.span,
                format!("`{written}` is not a type"),
            )
            .help(format!(
                "write `Text`, `Number`, `Money`, `YesNo`, `Date` or `DateTime`, or declare it: \
                 `type {written} {{ … }}`"
            )),
        );
    }

    pub(super) fn choice_named(&self, name: &str) -> Option<ChoiceId> {
        let choices = &self.schema.choices;
        let index = choices
            .binary_search_by(|choice| (*choice.name).cmp(name))
            .ok()?;
        Some(ChoiceId(offset(index)))
    }

    pub(super) fn record_named(&self, name: &str) -> Option<RecordId> {
        let records = &self.schema.records;
        let index = records
            .binary_search_by(|record| (*record.name).cmp(name))
            .ok()?;
        Some(RecordId(offset(index)))
    }

    /// A type that must hold itself can never be written down.
    fn refuse_endless_types(&mut self) {
        let needs: BTreeMap<u32, Vec<u32>> = self
            .schema
            .records
            .iter()
            .enumerate()
            .map(|(index, record)| (offset(index), needed(record)))
            .collect();
        let mut sound: BTreeMap<u32, bool> = BTreeMap::new();
        loop {
            let before = sound.len();
            for (record, needed) in &needs {
                if needed.iter().all(|inner| sound.contains_key(inner)) {
                    sound.insert(*record, true);
                }
            }
            if sound.len() == before {
                break;
            }
        }
        for record in needs.keys().filter(|record| !sound.contains_key(record)) {
            let found = self.schema.record(RecordId(*record));
            let Some((name, span)) = found.map(|r| (r.name.clone(), r.span)) else {
                continue;
            };
            self.diagnostics.push(
                Diagnostic::error(
                    Code::EndlessType,
                    span,
                    format!("`{name}` would have to hold another `{name}`, without end"),
                )
                .help("make the field that leads back `optional`, or a `list of` it"),
            );
        }
    }
}

/// The record types that a record cannot be without.
fn needed(record: &RecordType) -> Vec<u32> {
    let fields = record.fields.iter().filter(|field| !field.optional);
    fields
        .filter_map(|field| match field.kind {
            Type::Record(id) => Some(id.0),
            _ => None,
        })
        .collect()
}

fn guessed_type(written: &str) -> Option<&'static str> {
    Some(match written.to_lowercase().as_str() {
        "string" | "str" | "varchar" => "Text",
        "bool" | "boolean" | "flag" => "YesNo",
        "int" | "integer" | "float" | "decimal" | "double" => "Number",
        "timestamp" | "instant" => "DateTime",
        "price" | "amount" | "currency" => "Money",
        _ => return None,
    })
}

fn sort<T>(declarations: &mut [(&Name, T)]) {
    declarations.sort_by(|a, b| a.0.text.cmp(&b.0.text));
}

fn empty_record(declaration: &TypeDeclaration) -> RecordType {
    RecordType {
        name: declaration.name.text.clone(),
        fields: Fields::default(),
        shape: shape(&declaration.name, &[]),
        broken: declaration.broken,
        span: declaration.name.span,
    }
}

fn shape(name: &Name, fields: &[Field]) -> Arc<Shape> {
    let fields = fields.iter().map(|field| ShapeField {
        name: field.name.clone(),
        private: field.private,
    });
    Arc::new(Shape {
        name: name.text.clone(),
        fields: fields.collect(),
    })
}
