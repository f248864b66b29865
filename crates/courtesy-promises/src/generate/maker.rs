//! The state of one package in the making: choices, what is declared, and which parts of the language were used.

use super::choices::Choices;
use super::model::{Model, Ty};
use super::piece::Piece;
use super::scope::{Place, Scope};

/// Words that values of type Text are made of, in packages and in cases.
pub(super) const WORDS: [&str; 10] = [
    "camera",
    "Camera",
    "spare part",
    "",
    "a-1",
    "gift",
    "é",
    "Ωmega point",
    "x@example.com",
    "sale gift",
];

pub(super) const ZONES: [&str; 10] = [
    "UTC",
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Pacific/Chatham",
];

pub(super) const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

pub(super) struct Maker<'c> {
    pub(super) choices: &'c mut Choices,
    pub(super) model: Model,
    numbered: usize,
}

impl<'c> Maker<'c> {
    pub(super) fn new(choices: &'c mut Choices) -> Maker<'c> {
        Maker {
            choices,
            model: Model::default(),
            numbered: 0,
        }
    }

    /// Notes that a part of the language is used.
    pub(super) fn mark(&mut self, part: &'static str) {
        self.model.marks.insert(part);
    }

    /// One of several parts of the language, noted.
    pub(super) fn marked(&mut self, parts: &[&'static str]) -> &'static str {
        let part = *self.choices.one_of(parts);
        self.mark(part);
        part
    }

    /// A name that nothing else has.
    pub(super) fn fresh(&mut self, word: &str) -> String {
        self.numbered += 1;
        format!("{word}{}", self.numbered)
    }

    /// The name of a variable.
    pub(super) fn variable(&mut self) -> String {
        let word = *self
            .choices
            .one_of(&["order", "visit", "entry", "one", "mail"]);
        self.fresh(word)
    }

    /// A place in sight for which something holds.
    pub(super) fn place(&mut self, scope: &Scope, fits: impl Fn(&Place) -> bool) -> Option<Place> {
        let places: Vec<Place> = scope
            .places(&self.model)
            .into_iter()
            .filter(|place| fits(place))
            .collect();
        (!places.is_empty()).then(|| self.choices.one_of(&places).clone())
    }

    /// A place of that type that is there.
    pub(super) fn known_place(&mut self, scope: &Scope, ty: &Ty) -> Option<Piece> {
        self.place(scope, |place| place.ty == *ty && !place.optional)
            .map(|place| Piece::atom(place.path))
    }

    /// A type of a value that is neither a record nor a list.
    pub(super) fn scalar(&mut self) -> Ty {
        match self.choices.weighted(&[6, 5, 5, 3, 4, 2, 5, 2, 1, 1, 1, 4]) {
            0 => Ty::Text,
            1 => Ty::Number,
            2 => Ty::Money(self.model.currency),
            3 => Ty::YesNo,
            4 => Ty::Date,
            5 => Ty::Time,
            6 => Ty::DateTime,
            7 => Ty::Duration,
            8 => Ty::Period,
            9 => Ty::Timezone,
            10 => Ty::Weekday,
            _ => Ty::Choice(self.choices.below(self.model.choices.len())),
        }
    }

    /// ` in ZONE`, seldom.
    pub(super) fn zone(&mut self, scope: &Scope) -> String {
        if !self.choices.chance(15) {
            return String::new();
        }
        self.mark("in ZONE");
        match self.known_place(scope, &Ty::Timezone) {
            Some(place) if self.choices.chance(40) => format!(" in {}", place.text),
            _ => format!(" in \"{}\"", self.zone_name()),
        }
    }

    pub(super) fn zone_name(&mut self) -> &'static str {
        let zone = *self.choices.one_of(&ZONES);
        if !self.model.zones.iter().any(|known| known == zone) {
            self.model.zones.push(zone.to_string());
        }
        zone
    }
}

/// How a type is written.
pub(super) fn type_name(model: &Model, ty: &Ty) -> String {
    match ty {
        Ty::YesNo => "YesNo".into(),
        Ty::Text => "Text".into(),
        Ty::Number => "Number".into(),
        Ty::Money(currency) if *currency == model.currency => "Money".into(),
        Ty::Money(currency) => format!("Money {currency}"),
        Ty::Date => "Date".into(),
        Ty::Time => "Time".into(),
        Ty::DateTime => "DateTime".into(),
        Ty::Duration => "Duration".into(),
        Ty::Period => "Period".into(),
        Ty::Timezone => "Timezone".into(),
        Ty::Weekday => "Weekday".into(),
        Ty::Choice(index) => model.choices[*index].name.clone(),
        Ty::Record(index) => model.records[*index].name.clone(),
        Ty::List(element) => format!("list of {}", type_name(model, element)),
    }
}
