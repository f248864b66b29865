//! Days, instants, times of day, weekdays and lengths of time.

use super::maker::{Maker, WEEKDAYS};
use super::model::Ty;
use super::piece::{Level, Piece};
use super::scope::Scope;

const MONTHS: [(&str, i64); 12] = [
    ("January", 31),
    ("February", 29),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
];

impl Maker<'_> {
    pub(super) fn date_operation(&mut self, scope: &Scope, budget: usize) -> Piece {
        match self.choices.weighted(&[5, 2, 3, 3, 3, 3, 2, 2]) {
            0 => {
                let word = self.marked(&["today", "tomorrow", "yesterday"]);
                Piece::call(format!("{word}{}", self.zone(scope)))
            }
            1 => {
                self.mark("20 December");
                let (month, days) = *self.choices.one_of(&MONTHS);
                let last = self.choices.chance(30);
                let day = if last {
                    days
                } else {
                    self.choices.between(1, days)
                };
                Piece::call(format!("{day} {month}"))
            }
            2 => self.day_of_month(scope),
            3 => {
                self.mark("date of");
                let of = self.known(scope, &Ty::DateTime, budget - 1, true);
                self.function(scope, "date of", &of)
            }
            4 => {
                self.mark("anniversary of");
                let ty = if self.choices.chance(60) {
                    Ty::Date
                } else {
                    Ty::DateTime
                };
                let of = self.known(scope, &ty, budget - 1, true);
                self.function(scope, "anniversary of", &of)
            }
            5 => self.shifted(scope, &Ty::Date, budget - 1),
            6 => self.computed_shift(scope, &Ty::Date, budget - 1),
            _ => self.working_shift(scope, &Ty::Date, budget - 1),
        }
    }

    fn day_of_month(&mut self, scope: &Scope) -> Piece {
        let ordinal = self.marked(&["last", "first", "second", "third", "fourth"]);
        let weekday = if self.choices.chance(60) {
            self.mark("last wednesday of");
            *self.choices.one_of(&WEEKDAYS)
        } else {
            self.mark("last day of");
            "day"
        };
        let month = *self.choices.one_of(&["this", "previous"]);
        let zone = self.zone(scope);
        Piece::call(format!("{ordinal} {weekday} of {month} month{zone}"))
    }

    pub(super) fn instant_operation(&mut self, scope: &Scope, budget: usize) -> Piece {
        match self.choices.weighted(&[6, 3, 3, 2, 2]) {
            0 => {
                self.mark("now");
                Piece::atom("now")
            }
            1 => {
                self.mark("DATE at TIME");
                let date = self.known(scope, &Ty::Date, budget - 1, true);
                let time = self.known(scope, &Ty::Time, budget - 1, true);
                let zone = self.zone(scope);
                let (date, time) = (date.within(Level::Atom), time.within(Level::Atom));
                Piece::new(format!("{date} at {time}{zone}"), Level::At)
            }
            2 => self.shifted(scope, &Ty::DateTime, budget - 1),
            3 => self.computed_shift(scope, &Ty::DateTime, budget - 1),
            _ => self.working_shift(scope, &Ty::DateTime, budget - 1),
        }
    }

    /// `2 minutes after now`
    fn shifted(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Piece {
        let length = if *ty == Ty::DateTime && self.choices.chance(50) {
            self.duration_literal()
        } else {
            self.period_literal()
        };
        let side = self.marked(&["after", "before"]);
        self.mark("D after T");
        let from = self.known(scope, ty, budget, true).within(Level::Atom);
        let zone = if *ty == Ty::DateTime && civil(&length) {
            self.zone(scope)
        } else {
            String::new()
        };
        Piece::call(format!("{length} {side} {from}{zone}"))
    }

    /// `T + D`
    fn computed_shift(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Piece {
        let operator = *self.choices.one_of(&["+", "-"]);
        self.mark("T + D");
        let length = if *ty == Ty::DateTime && self.choices.chance(50) {
            Ty::Duration
        } else {
            Ty::Period
        };
        let from = self.known(scope, ty, budget, true);
        let length = self.length_for(scope, ty, &length, budget);
        let text = format!(
            "{} {operator} {}",
            from.within(Level::Sum),
            length.within(Level::Product)
        );
        Piece::new(text, Level::Sum)
    }

    /// `2 desk days after T`
    fn working_shift(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Piece {
        if self.model.calendars.is_empty() {
            return self.shifted(scope, ty, budget);
        }
        let calendar = self.choices.one_of(&self.model.calendars).clone();
        let unit = match ty {
            Ty::Date => "days",
            _ => *self.choices.one_of(&["days", "hours", "minutes"]),
        };
        self.mark("2 desk days after T");
        let amount = self.choices.between(0, 12);
        let side = *self.choices.one_of(&["after", "before"]);
        let from = self.known(scope, ty, budget, true).within(Level::Atom);
        Piece::call(format!("{amount} {calendar} {unit} {side} {from}"))
    }

    /// `desk days from A to B`
    pub(super) fn working_between(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Piece {
        if self.model.calendars.is_empty() {
            return self.count_between(scope, ty, budget);
        }
        let calendar = self.choices.one_of(&self.model.calendars).clone();
        let unit = match ty {
            Ty::Date => "days",
            _ => *self.choices.one_of(&["days", "hours", "minutes"]),
        };
        self.mark("desk days from A to B");
        let from = self.known(scope, ty, budget, true).within(Level::Atom);
        let to = self.known(scope, ty, budget, true).within(Level::Atom);
        Piece::call(format!("{calendar} {unit} from {from} to {to}"))
    }

    /// `days from A to B`
    pub(super) fn count_between(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Piece {
        let unit = match ty {
            Ty::Date => self.marked(&["days from", "weeks from", "months from", "years from"]),
            _ => self.marked(&[
                "days from",
                "hours from",
                "minutes from",
                "weeks from",
                "months from",
                "years from",
            ]),
        };
        let from = self.known(scope, ty, budget, true).within(Level::Atom);
        let to = self.known(scope, ty, budget, true).within(Level::Atom);
        let zone = if *ty == Ty::DateTime {
            self.zone(scope)
        } else {
            String::new()
        };
        Piece::call(format!("{unit} {from} to {to}{zone}"))
    }

    /// `time of T in ZONE`
    pub(super) fn function(&mut self, scope: &Scope, function: &str, of: &Piece) -> Piece {
        let zone = self.zone(scope);
        Piece::call(format!("{function} {}{zone}", of.within(Level::Atom)))
    }

    pub(super) fn time_operation(&mut self, scope: &Scope, budget: usize) -> Piece {
        self.mark("time of");
        let of = self.known(scope, &Ty::DateTime, budget - 1, true);
        self.function(scope, "time of", &of)
    }

    pub(super) fn weekday_operation(&mut self, scope: &Scope, budget: usize) -> Piece {
        self.mark("weekday of");
        let ty = if self.choices.chance(50) {
            Ty::Date
        } else {
            Ty::DateTime
        };
        let of = self.known(scope, &ty, budget - 1, true);
        self.function(scope, "weekday of", &of)
    }

    /// `D + D`
    pub(super) fn length_operation(
        &mut self,
        scope: &Scope,
        ty: &Ty,
        budget: usize,
    ) -> Option<Piece> {
        let operator = *self.choices.one_of(&["+", "-"]);
        self.mark("D + D");
        let left = self.known(scope, ty, budget - 1, true);
        let right = self.known(scope, ty, budget - 1, true);
        let text = format!(
            "{} {operator} {}",
            left.within(Level::Sum),
            right.within(Level::Product)
        );
        Some(Piece::new(text, Level::Sum))
    }

    /// A length of time to measure a value of that type by; a Date has no hours.
    pub(super) fn length_for(
        &mut self,
        scope: &Scope,
        moment: &Ty,
        length: &Ty,
        budget: usize,
    ) -> Piece {
        let length = if *moment == Ty::Date {
            &Ty::Period
        } else {
            length
        };
        if self.choices.chance(75) {
            return Piece::call(match length {
                Ty::Duration => self.duration_literal(),
                _ => self.period_literal(),
            });
        }
        self.mark("computed length");
        self.known(scope, length, budget.min(1), true)
    }
}

/// Whether a written length moves the calendar and not the clock.
fn civil(length: &str) -> bool {
    ["day", "week", "month", "year"]
        .iter()
        .any(|unit| length.contains(unit))
}
