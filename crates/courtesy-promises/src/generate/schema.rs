//! What the host's data looks like: choices, types, inputs, actions, and what holds for the whole package.

use super::literals::DAYS;
use super::maker::{Maker, type_name};
use super::model::{Action, Choice, Field, Group, Input, Record, Ty};
use super::scope::Scope;

/// Names of choices with their values; a value may go by the name of an action or of a value of another choice.
const CHOICES: [(&str, &[(&str, &str)]); 3] = [
    (
        "Tier",
        &[
            ("standard", "standard"),
            ("silver", "silver"),
            ("gold", "Gold member"),
            ("vip", "vip"),
        ],
    ),
    (
        "Channel",
        &[
            ("email", "email"),
            ("sms", "SMS"),
            ("call", "call"),
            ("in_person", "In Person"),
        ],
    ),
    (
        "Status",
        &[("open", "open"), ("gold", "gold"), ("lost", "lost & found")],
    ),
];

/// How many elements a list may have: more than any case has, and few enough that no package could take too many steps.
const MOST_ELEMENTS: usize = 20;

const FIELD_WORDS: [&str; 18] = [
    "name", "title", "type", "from", "points", "count", "paid", "at", "day", "due", "zone",
    "level", "by", "note", "size", "known", "first", "on",
];

impl Maker<'_> {
    pub(super) fn schema(&mut self) {
        self.package_wide();
        self.choices_of_names();
        self.records();
        self.inputs();
        self.actions();
    }

    fn declare(&mut self, text: String) {
        self.model.declarations.push(text);
    }

    fn package_wide(&mut self) {
        self.model.currency = *self.choices.one_of::<&str>(&["USD", "EUR", "JPY", "KWD"]);
        self.declare(format!("currency {}", self.model.currency));
        if self.choices.chance(50) {
            self.mark("week starts");
            let day = *self.choices.one_of(&["sunday", "monday", "saturday"]);
            self.declare(format!("week starts {day}"));
        }
    }

    fn choices_of_names(&mut self) {
        let count = 1 + self.choices.below(CHOICES.len());
        for (name, values) in CHOICES.iter().take(count) {
            let values: Vec<(String, String)> = values
                .iter()
                .take(2 + self.choices.below(values.len() - 1))
                .map(|(name, text)| ((*name).to_string(), (*text).to_string()))
                .collect();
            let ordered = self.choices.chance(60);
            self.mark(if ordered { "ordered choice" } else { "choice" });
            let written: Vec<String> = values
                .iter()
                .map(|(name, text)| match name == text {
                    true => name.clone(),
                    false => format!("{name} = \"{text}\""),
                })
                .collect();
            let join = if ordered { " < " } else { ", " };
            self.declare(format!("choice {name} {{ {} }}", written.join(join)));
            self.model.choices.push(Choice {
                name: (*name).to_string(),
                values,
                ordered,
            });
        }
    }

    fn records(&mut self) {
        for name in ["Item", "Order", "Visit", "Customer"] {
            let mut fields = Vec::new();
            let id = self.field("id", Ty::Text, 0);
            fields.push(id);
            for _ in 0..2 + self.choices.below(5) {
                let ty = self.scalar();
                self.add_field(&mut fields, ty, 35);
            }
            let earlier = self.model.records.len();
            if earlier > 0 && self.choices.chance(60) {
                let inner = Ty::Record(self.choices.below(earlier.min(2)));
                self.add_field(&mut fields, inner, 30);
            }
            if self.choices.chance(50) {
                let element = self.element();
                self.add_field(&mut fields, Ty::list(element), 20);
            }
            if name == "Customer" {
                self.customer(&mut fields);
            }
            self.declare_type(name, fields);
        }
    }

    /// Every customer has some lists, an instant and a day.
    fn customer(&mut self, fields: &mut Vec<Field>) {
        let lists = [("orders", Ty::Record(1)), ("visits", Ty::Record(2))];
        for (name, element) in lists {
            let field = self.field(name, Ty::list(element), 0);
            fields.push(field);
        }
        let joined = self.field("joined", Ty::DateTime, 0);
        let birthday = self.field("birthday", Ty::Date, 70);
        let home = self.field("home", Ty::Timezone, 50);
        fields.extend([joined, birthday, home]);
    }

    fn element(&mut self) -> Ty {
        loop {
            match self.scalar() {
                Ty::Timezone | Ty::Period => {}
                ty => return ty,
            }
        }
    }

    fn add_field(&mut self, fields: &mut Vec<Field>, ty: Ty, optional: usize) {
        let word = *self.choices.one_of(&FIELD_WORDS);
        let name = match fields.iter().any(|field| field.name == word) {
            true => self.fresh(word),
            false => word.to_string(),
        };
        let field = self.field(&name, ty, optional);
        fields.push(field);
    }

    fn field(&mut self, name: &str, ty: Ty, optional: usize) -> Field {
        let optional = self.choices.chance(optional);
        let private = self.choices.chance(10);
        let epoch = match ty {
            Ty::DateTime if self.choices.chance(15) => {
                Some(self.marked(&["from seconds", "from milliseconds"]))
            }
            _ => None,
        };
        let range = if self.choices.chance(20) {
            self.range(&ty)
        } else {
            None
        };
        let key = match self.choices.chance(12) {
            true => format!("{name} \\\"of\\\" them"),
            false => name.to_string(),
        };
        for (used, mark) in [(optional, "optional"), (private, "private")] {
            if used {
                self.mark(mark);
            }
        }
        Field {
            name: name.to_string(),
            key,
            ty,
            optional,
            private,
            epoch: epoch.map(|words| words.trim_start_matches("from ")),
            range,
        }
    }

    fn range(&mut self, ty: &Ty) -> Option<(String, String)> {
        let (low, high) = match ty {
            Ty::Number => {
                let low = self.choices.between(-2, 4);
                (
                    low.to_string(),
                    (low + self.choices.between(0, 300)).to_string(),
                )
            }
            Ty::Date => (DAYS[12].into(), DAYS[8].into()),
            _ => return None,
        };
        self.mark("range");
        Some((low, high))
    }

    fn declare_type(&mut self, name: &str, fields: Vec<Field>) {
        let text = format!("type {name} {}", self.written_fields(&fields));
        self.declare(text);
        self.model.records.push(Record {
            name: name.to_string(),
            fields,
        });
    }

    fn written_fields(&self, fields: &[Field]) -> String {
        let mut text = String::from("{\n");
        for field in fields {
            let key = match field.key == field.name {
                true => String::new(),
                false => format!(" = \"{}\"", field.key),
            };
            let optional = if field.optional { "optional " } else { "" };
            let ty = type_name(&self.model, &field.ty);
            text.push_str(&format!("  {}{key}: {optional}{ty}", field.name));
            if let Some(unit) = field.epoch {
                text.push_str(&format!(" from {unit}"));
            }
            if field.private {
                text.push_str(", private");
            }
            if let Some((low, high)) = &field.range {
                text.push_str(&format!(", {low} to {high}"));
            }
            if matches!(field.ty, Ty::List(_)) {
                text.push_str(&format!(", at most {MOST_ELEMENTS}"));
            }
            text.push('\n');
        }
        text.push('}');
        text
    }

    fn inputs(&mut self) {
        self.input("customer", Ty::Record(3), false);
        if self.choices.chance(50) {
            self.input("holidays", Ty::list(Ty::Date), false);
        }
        if self.choices.chance(40) {
            let ty = self.scalar();
            let optional = self.choices.chance(40);
            self.input("extra", ty, optional);
        }
        if self.choices.chance(25) {
            self.input("shop", Ty::Record(0), true);
        }
    }

    fn input(&mut self, name: &str, ty: Ty, optional: bool) {
        if optional {
            self.mark("optional input");
        }
        let word = if optional { "optional " } else { "" };
        let written = type_name(&self.model, &ty);
        self.declare(format!("input {name}: {word}{written}"));
        self.model.inputs.push(Input {
            name: name.to_string(),
            ty,
            optional,
        });
    }

    fn actions(&mut self) {
        let channel = Ty::Choice(self.choices.below(self.model.choices.len()));
        let currency = self.model.currency;
        for name in ["upsell", "call", "credit", "greet"]
            .iter()
            .take(2 + self.choices.below(3))
        {
            let mut fields = Vec::new();
            if self.choices.chance(75) {
                let shared = self.field("channel", channel.clone(), 20);
                fields.push(shared);
            }
            if self.choices.chance(60) {
                let cost = self.field("cost", Ty::Money(currency), 10);
                fields.push(cost);
            }
            for _ in 0..self.choices.below(3) {
                let ty = match self.choices.below(6) {
                    0 => Ty::Record(self.choices.below(2)),
                    1 => Ty::list(self.element()),
                    _ => self.scalar(),
                };
                self.add_field(&mut fields, ty, 25);
            }
            // Data keys of actions are their names: hosts and duties write them the same way.
            self.action(name, fields);
        }
        let count = self.choices.below(3);
        for name in ["messages", "contacts"].iter().take(count) {
            self.group(name);
        }
    }

    fn action(&mut self, name: &str, fields: Vec<Field>) {
        let single = self.choices.chance(30);
        if single {
            self.mark("single action");
        }
        let word = if single { "single " } else { "" };
        let written = match fields.is_empty() {
            true => String::new(),
            false => format!(" {}", self.written_fields(&fields)),
        };
        self.declare(format!("{word}action {name}{written}"));
        self.model.actions.push(Action {
            name: name.to_string(),
            fields,
        });
    }

    fn group(&mut self, name: &str) {
        let mut members: Vec<usize> = (0..self.model.actions.len()).collect();
        self.choices.shuffle(&mut members);
        members.truncate(2 + self.choices.below(members.len() - 1));
        self.mark("group of actions");
        let names: Vec<&str> = members
            .iter()
            .map(|member| self.model.actions[*member].name.as_str())
            .collect();
        let text = format!("actions {name} = {}", names.join(", "));
        self.declare(text);
        self.model.groups.push(Group {
            name: name.to_string(),
            members,
        });
    }

    /// What every policy and definition can read.
    pub(super) fn package_scope(&self) -> Scope {
        let mut scope = Scope::default();
        for input in &self.model.inputs {
            scope.roots.push(super::scope::Root {
                path: input.name.clone(),
                ty: input.ty.clone(),
                optional: input.optional,
            });
        }
        for define in &self.model.defines {
            if define.parameters.is_empty() && !define.unrounded && !define.is_condition {
                scope.roots.push(super::scope::Root {
                    path: define.name.clone(),
                    ty: define.ty.clone(),
                    optional: define.optional,
                });
            }
        }
        scope
    }

    /// The zone of the package: a name, a field that is there, or one with a stand-in.
    pub(super) fn timezone(&mut self) {
        let scope = self.package_scope();
        let place = self.place(&scope, |place| {
            place.ty == Ty::Timezone && place.path.starts_with("customer.")
        });
        let named = format!("\"{}\"", self.zone_name());
        let zone = match place {
            Some(place) if self.choices.chance(50) => {
                self.mark("timezone of the case");
                match place.optional {
                    true => format!("{} otherwise {named}", place.path),
                    false => place.path,
                }
            }
            _ => named,
        };
        self.declare(format!("timezone {zone}"));
    }

    /// The fields that all actions of a name have in common, and the actions.
    pub(super) fn fields_of_actions(&self, name: &str) -> Vec<Field> {
        let members: Vec<&Action> = self
            .members(name)
            .into_iter()
            .map(|member| &self.model.actions[member])
            .collect();
        let Some(first) = members.first() else {
            return Vec::new();
        };
        let mut shared = Vec::new();
        for field in &first.fields {
            let same: Vec<&Field> = members
                .iter()
                .flat_map(|action| &action.fields)
                .filter(|other| other.name == field.name && other.ty == field.ty)
                .collect();
            if same.len() == members.len() {
                let mut field = field.clone();
                field.optional = same.iter().any(|other| other.optional);
                shared.push(field);
            }
        }
        shared
    }

    /// The actions of an action's or a group's name.
    pub(super) fn members(&self, name: &str) -> Vec<usize> {
        if let Some(group) = self.model.groups.iter().find(|group| group.name == name) {
            return group.members.clone();
        }
        self.model
            .actions
            .iter()
            .position(|action| action.name == name)
            .into_iter()
            .collect()
    }
}
