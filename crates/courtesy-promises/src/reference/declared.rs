//! What a package declares, looked up by name.
//!
//! Input: the tree as written of a package that checks. Output: choices, records, actions, definitions and policies.

use super::kind::{Kind, Types};
use super::rule::Rule;
use courtesy::ast::{
    CalendarDeclaration, DefineDeclaration, EpochUnit, Example, Expr, FieldDeclaration, Item,
    TableDeclaration,
};
use courtesy::source::Sources;
use courtesy::value::{ChoiceValue, Currency, Shape, ShapeField, Weekday, weekday_named};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A field of a type, an action or a table's results.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The name in policies.
    pub(crate) name: Arc<str>,
    /// The key in the data.
    pub(crate) key: Arc<str>,
    /// Of what kind it is.
    pub(crate) kind: Kind,
    /// How an instant is written where it is a number.
    pub(crate) epoch: Option<EpochUnit>,
}

/// A type or an action.
#[derive(Clone, Debug)]
pub(crate) struct RecordType {
    /// What its values look like.
    pub(crate) shape: Arc<Shape>,
    /// Its fields, in the order written.
    pub(crate) fields: Vec<Field>,
}

impl RecordType {
    /// A record of these fields.
    pub(crate) fn new(name: &Arc<str>, fields: Vec<Field>) -> RecordType {
        let of_shape = |field: &Field| ShapeField {
            name: field.name.clone(),
            private: false,
        };
        RecordType {
            shape: Arc::new(Shape {
                name: name.clone(),
                fields: fields.iter().map(of_shape).collect(),
            }),
            fields,
        }
    }

    /// The field of this name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.name == name)
    }
}

/// A value of a choice: its name, and the value that stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The name in policies.
    pub(crate) name: Arc<str>,
    /// The value, with the text of the data.
    pub(crate) value: ChoiceValue,
}

/// Everything that a package declares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Declared {
    /// What types mean.
    pub(crate) types: Types,
    /// The package's zone.
    pub(crate) zone: Option<Expr>,
    /// The day on which weeks start; Monday where nothing is said.
    pub(crate) week_start: Option<Weekday>,
    /// The values of the choices.
    pub(crate) choices: BTreeMap<Arc<str>, Vec<Named>>,
    /// Types and actions.
    pub(crate) records: BTreeMap<Arc<str>, RecordType>,
    /// The actions of which at most one is owed.
    pub(crate) singles: BTreeSet<Arc<str>>,
    /// The members of the groups.
    pub(crate) groups: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    /// What the host hands in.
    pub(crate) inputs: BTreeMap<Arc<str>, Kind>,
    /// Definitions.
    pub(crate) defines: BTreeMap<Arc<str>, DefineDeclaration>,
    /// Tables.
    pub(crate) tables: BTreeMap<Arc<str>, TableDeclaration>,
    /// Calendars.
    pub(crate) calendars: BTreeMap<Arc<str>, CalendarDeclaration>,
    /// The policies, by title.
    pub(crate) rules: Vec<Rule>,
    /// The examples, as written.
    pub(crate) examples: Vec<Example>,
}

impl Declared {
    /// The declarations of a package.
    pub(crate) fn new(items: &[Item], sources: &Sources) -> Result<Declared, String> {
        let mut declared = Declared::default();
        declared.read_types(items);
        for item in items {
            declared.read(item, sources)?;
        }
        declared.rules.sort_by(|a, b| a.title.cmp(&b.title));
        Ok(declared)
    }

    /// What must be known before a type can be read.
    fn read_types(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Currency(currency) => {
                    self.types.currency = Currency::from_code(&currency.code.text);
                }
                Item::Choice(choice) => {
                    self.types.choices.insert(choice.name.text.clone());
                }
                _ => {}
            }
        }
    }

    fn read(&mut self, item: &Item, sources: &Sources) -> Result<(), String> {
        match item {
            Item::Currency(_) => {}
            Item::Timezone(zone) => self.zone = Some(zone.zone.clone()),
            Item::WeekStart(week) => self.week_start = weekday_named(&week.weekday.text),
            Item::Choice(choice) => {
                let values = choice.values.iter().zip(0..).map(|(value, index)| {
                    let text = value
                        .text
                        .as_ref()
                        .map_or(&value.name.text, |text| &text.text);
                    Named {
                        name: value.name.text.clone(),
                        value: ChoiceValue {
                            index,
                            text: text.clone(),
                        },
                    }
                });
                self.choices
                    .insert(choice.name.text.clone(), values.collect());
            }
            Item::Type(record) => self.read_record(&record.name.text, &record.fields)?,
            Item::Action(action) => {
                self.read_record(&action.name.text, &action.fields)?;
                if action.single.is_some() {
                    self.singles.insert(action.name.text.clone());
                }
            }
            Item::ActionGroup(group) => {
                let members = group.members.iter().map(|member| member.text.clone());
                self.groups
                    .insert(group.name.text.clone(), members.collect());
            }
            Item::Input(input) => {
                let kind = self.types.kind(&input.kind)?;
                self.inputs.insert(input.name.text.clone(), kind);
            }
            Item::Define(define) => {
                self.defines
                    .insert(define.name.text.clone(), define.clone());
            }
            Item::Table(table) => {
                self.tables.insert(table.name.text.clone(), table.clone());
            }
            Item::Calendar(calendar) => {
                self.calendars
                    .insert(calendar.name.text.clone(), calendar.clone());
            }
            Item::Policy(policy) => self.rules.push(Rule::new(policy, sources)?),
            Item::Example(example) => self.examples.push(example.clone()),
            Item::Broken(_) => return Err("a declaration that cannot be read".to_owned()),
        }
        Ok(())
    }

    fn read_record(&mut self, name: &Arc<str>, fields: &[FieldDeclaration]) -> Result<(), String> {
        let read = |field: &FieldDeclaration| {
            let key = field.key.as_ref().map_or(&field.name.text, |key| &key.text);
            Ok::<Field, String>(Field {
                name: field.name.text.clone(),
                key: key.clone(),
                kind: self.types.kind(&field.kind)?,
                epoch: field.epoch.map(|(unit, _)| unit),
            })
        };
        let fields = fields.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        self.records
            .insert(name.clone(), RecordType::new(name, fields));
        Ok(())
    }

    /// The record type of this name; of a group, that of its first action.
    pub(crate) fn record(&self, name: &str) -> Result<&RecordType, String> {
        let member = self.groups.get(name).and_then(|members| members.first());
        let name = member.map_or(name, |member| member);
        self.records
            .get(name)
            .ok_or_else(|| format!("there is no record `{name}`"))
    }

    /// Whether an action is this one or belongs to the group of this name.
    pub(crate) fn fits(&self, name: &str, action: &str) -> bool {
        match self.groups.get(name) {
            Some(members) => members.iter().any(|member| &**member == action),
            None => name == action,
        }
    }

    /// The value of a choice by its name.
    pub(crate) fn choice_value(&self, choice: &str, name: &str) -> Option<&ChoiceValue> {
        let values = self.choices.get(choice)?;
        let found = values.iter().find(|value| &*value.name == name);
        found.map(|found| &found.value)
    }

    /// The choices that have a value of this name.
    pub(crate) fn choices_with(&self, name: &str) -> Vec<&Arc<str>> {
        let choices = self.choices.keys();
        choices
            .filter(|choice| self.choice_value(choice, name).is_some())
            .collect()
    }
}
