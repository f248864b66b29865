//! What can be asked of a value: comparisons, texts, lists, windows of time.

use super::conditions::Condition;
use super::maker::Maker;
use super::model::Ty;
use super::piece::{Level, Piece};
use super::scope::{Place, Scope, starts_at};

/// Whole records are compared somewhere.
pub(super) const RECORDS_COMPARED: &str = "Record is Record";

impl Maker<'_> {
    /// A test of some value; `about` is a variable that the value begins with.
    pub(super) fn test(&mut self, scope: &Scope, budget: usize, about: Option<&str>) -> Condition {
        let place = self.place(scope, |place| {
            let tested = !matches!(place.ty, Ty::Period) || place.optional;
            tested && about.is_none_or(|variable| starts_at(&place.path, variable))
        });
        let Some(place) = place else {
            return Condition::plain(Piece::call("yes"));
        };
        if about.is_none() && budget > 0 && self.choices.chance(25) {
            let ty = self.tested_type();
            let value = self.known(scope, &ty, budget - 1, true);
            return Condition::plain(self.test_of(scope, &value, &ty, budget - 1));
        }
        if place.optional {
            if self.choices.chance(50) || place.ty == Ty::Period {
                let test = self.marked(&["is known", "is unknown"]);
                let text = format!("{} {test}", place.path);
                let mut condition = Condition::plain(Piece::new(text, Level::Test));
                let facts = if test == "is known" {
                    &mut condition.holds
                } else {
                    &mut condition.fails
                };
                facts.push(place.path);
                return condition;
            }
            let value = self.stand_in(scope, &place, budget);
            return Condition::plain(self.test_of(scope, &value, &place.ty, budget));
        }
        Condition::plain(self.test_of_place(scope, &place, budget))
    }

    /// A type that two values of can be compared.
    fn tested_type(&mut self) -> Ty {
        loop {
            let ty = self.scalar();
            if !matches!(ty, Ty::Period | Ty::Timezone) {
                return ty;
            }
        }
    }

    /// A test of a place that is there, or of something that is worked out from it.
    pub(super) fn test_of_place(&mut self, scope: &Scope, place: &Place, budget: usize) -> Piece {
        let path = Piece::atom(&place.path);
        if place.ty == Ty::Period {
            let later = format!("now + {}", place.path);
            return self.test_of(scope, &Piece::new(later, Level::Sum), &Ty::DateTime, budget);
        }
        if budget > 0
            && self.choices.chance(30)
            && let Some((value, ty)) = self.worked_out(scope, &path, &place.ty)
        {
            return self.test_of(scope, &value, &ty, budget);
        }
        self.test_of(scope, &path, &place.ty, budget)
    }

    /// Something that is worked out from a value.
    fn worked_out(&mut self, scope: &Scope, of: &Piece, ty: &Ty) -> Option<(Piece, Ty)> {
        let text = &of.text;
        Some(match ty {
            Ty::Text => match self.choices.below(3) {
                0 => {
                    self.mark("length of");
                    (Piece::call(format!("length of {text}")), Ty::Number)
                }
                1 => {
                    let function = self.marked(&["first word of", "lower case of"]);
                    (Piece::call(format!("{function} {text}")), Ty::Text)
                }
                _ => {
                    self.mark("slot of");
                    (Piece::call(format!("slot of {text} for \"a\"")), Ty::Number)
                }
            },
            Ty::Number | Ty::Money(_) => {
                let operator = self.marked(&["+", "-"]);
                let other = self.known(scope, ty, 1, true).within(Level::Product);
                (
                    Piece::new(format!("{text} {operator} {other}"), Level::Sum),
                    ty.clone(),
                )
            }
            Ty::Date => match self.choices.below(3) {
                0 => {
                    let function = self.marked(&["age of", "day of", "month of", "year of"]);
                    (self.function(scope, function, of), Ty::Number)
                }
                1 => {
                    self.mark("anniversary of");
                    (self.function(scope, "anniversary of", of), Ty::Date)
                }
                _ => {
                    let unit = self.marked(&["days from", "months from"]);
                    (Piece::call(format!("{unit} {text} to today")), Ty::Number)
                }
            },
            Ty::DateTime => match self.choices.below(4) {
                0 => {
                    self.mark("time of");
                    (self.function(scope, "time of", of), Ty::Time)
                }
                1 => {
                    self.mark("date of");
                    (self.function(scope, "date of", of), Ty::Date)
                }
                2 => {
                    self.mark("weekday of");
                    (self.function(scope, "weekday of", of), Ty::Weekday)
                }
                _ => {
                    let unit = self.marked(&["days from", "hours from", "minutes from"]);
                    (Piece::call(format!("{unit} {text} to now")), Ty::Number)
                }
            },
            Ty::List(_) => {
                self.mark("count of L");
                (
                    Piece::new(format!("count of {text}"), Level::Rounded),
                    Ty::Number,
                )
            }
            _ => return None,
        })
    }

    /// A test of a value of that type.
    pub(super) fn test_of(
        &mut self,
        scope: &Scope,
        value: &Piece,
        ty: &Ty,
        budget: usize,
    ) -> Piece {
        let left = value.value();
        let test = match ty {
            Ty::YesNo => return self.test_of_yes_no(value),
            Ty::Text => self.test_of_text(scope, budget),
            Ty::Number | Ty::Money(_) | Ty::Duration => self.test_of_measure(scope, ty, budget),
            Ty::Date | Ty::DateTime => self.test_of_moment(scope, ty, budget),
            Ty::Time => self.test_of_time(scope, budget),
            Ty::Choice(index) if self.model.choices[*index].ordered && self.choices.chance(60) => {
                self.mark("order of a choice");
                self.bounds(scope, ty, 0)
            }
            Ty::List(element) => self.test_of_list(scope, element),
            _ => self.sameness(scope, ty, budget),
        };
        Piece::new(format!("{left} {test}"), Level::Test)
    }

    fn test_of_yes_no(&mut self, value: &Piece) -> Piece {
        match self.choices.below(3) {
            0 => value.clone(),
            1 => {
                self.mark("is yes");
                let word = *self.choices.one_of(&["yes", "no"]);
                Piece::new(format!("{} is {word}", value.value()), Level::Test)
            }
            _ => {
                self.mark("not");
                Piece::new(format!("not {}", value.value()), Level::Not)
            }
        }
    }

    /// `is A`, `is not A`, `is one of (A, B)`
    fn sameness(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        if let Ty::Record(_) = ty {
            self.mark(RECORDS_COMPARED);
        }
        match self.choices.below(4) {
            0 | 1 => {
                let word = self.marked(&["is", "is not"]);
                format!(
                    "{word} {}",
                    self.known(scope, ty, budget.min(2), false).value()
                )
            }
            _ => {
                let word = self.marked(&["is one of", "is not one of"]);
                let count = 1 + self.choices.below(4);
                let options: Vec<String> = (0..count)
                    .map(|_| self.known(scope, ty, budget.min(1), false).text)
                    .collect();
                format!("{word} ({})", options.join(", "))
            }
        }
    }

    /// `is at least A`, `is between A and B`
    fn bounds(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        if self.choices.chance(30) {
            let word = self.marked(&["is between", "is not between"]);
            let low = self.known(scope, ty, budget.min(1), false).value();
            let high = self.known(scope, ty, budget.min(1), false).value();
            return format!("{word} {low} and {high}");
        }
        let word = self.marked(&[
            "is at least",
            "is at most",
            "is more than",
            "is less than",
            "is not at least",
            "is not more than",
        ]);
        format!(
            "{word} {}",
            self.known(scope, ty, budget.min(2), false).value()
        )
    }

    fn test_of_measure(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        if self.choices.chance(25) {
            return self.sameness(scope, ty, budget);
        }
        self.bounds(scope, ty, budget)
    }

    fn test_of_text(&mut self, scope: &Scope, budget: usize) -> String {
        match self.choices.below(3) {
            0 => self.sameness(scope, &Ty::Text, budget),
            1 => self.marked(&["is empty", "is not empty"]).to_string(),
            _ => {
                let word = self.marked(&[
                    "contains",
                    "starts with",
                    "ends with",
                    "does not contain",
                    "does not start with",
                    "does not end with",
                ]);
                let part = match self.choices.chance(60) {
                    true => (*self.choices.one_of(&["\"a\"", "\"gift\"", "\"é\"", "\"\""])).into(),
                    false => self.known(scope, &Ty::Text, budget.min(1), false).value(),
                };
                format!("{word} {part}")
            }
        }
    }

    fn test_of_list(&mut self, scope: &Scope, element: &Ty) -> String {
        let compared = !matches!(element, Ty::List(_) | Ty::Period);
        match self.choices.below(3) {
            0 if compared => {
                if let Ty::Record(_) = element {
                    self.mark(RECORDS_COMPARED);
                }
                let word = self.marked(&["L contains", "L does not contain"]);
                let value = self.known(scope, element, 1, false).value();
                format!("{} {value}", word.trim_start_matches("L "))
            }
            _ => self.marked(&["is empty", "is not empty"]).to_string(),
        }
    }

    fn test_of_time(&mut self, scope: &Scope, budget: usize) -> String {
        match self.choices.below(3) {
            0 => {
                let word = self.marked(&["Time is between", "Time is not between"]);
                let low = self.known(scope, &Ty::Time, budget.min(1), false).value();
                let high = self.known(scope, &Ty::Time, budget.min(1), false).value();
                format!("{} {low} and {high}", word.trim_start_matches("Time "))
            }
            1 => self.sameness(scope, &Ty::Time, budget),
            _ => self.order(scope, &Ty::Time, budget),
        }
    }

    fn order(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        let word = self.marked(&[
            "is before",
            "is after",
            "is on or before",
            "is on or after",
            "is not before",
        ]);
        format!(
            "{word} {}",
            self.known(scope, ty, budget.min(2), false).value()
        )
    }

    fn test_of_moment(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        match self.choices.weighted(&[3, 3, 2, 4, 2, 1, 2]) {
            0 => self.rolling(scope, ty, budget),
            1 => self.distance(scope, ty, budget),
            2 => self.calendar_window(scope),
            3 => self.order(scope, ty, budget),
            4 => self.anchored(scope, ty, budget),
            5 => match self.choices.chance(50) {
                true => self.sameness(scope, ty, budget),
                false => {
                    let low = self.known(scope, ty, budget.min(1), false).value();
                    let high = self.known(scope, ty, budget.min(1), false).value();
                    let word = self.marked(&["is between", "is not between"]);
                    format!("{word} {low} and {high}")
                }
            },
            _ => match self.model.calendars.is_empty() {
                true => self.calendar_window(scope),
                false => {
                    self.mark("is within desk");
                    let calendar = self.choices.one_of(&self.model.calendars).clone();
                    format!("is within {calendar}")
                }
            },
        }
    }

    /// A length to measure by, as it stands in a window.
    fn window_length(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        let kind = if self.choices.chance(40) {
            Ty::Duration
        } else {
            Ty::Period
        };
        let length = self.length_for(scope, ty, &kind, budget);
        match length.level {
            // A written length, or a value: nothing else can stand there without brackets.
            Level::Call if length.text.starts_with(|c: char| c.is_ascii_digit()) => {
                let plain = length.text.split(' ').count() == 2;
                if plain {
                    length.text
                } else {
                    format!("({})", length.text)
                }
            }
            _ => length.within(Level::Atom),
        }
    }

    fn rolling(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        let word = self.marked(&[
            "is within last",
            "is within next",
            "is not within last",
            "is not within next",
        ]);
        let length = self.window_length(scope, ty, budget);
        format!("{word} {length}{}", self.zone(scope))
    }

    fn distance(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        let side = self.marked(&["ago", "from now"]);
        let bound = *self
            .choices
            .one_of(&["more than", "at least", "less than", "at most"]);
        let not = if self.choices.chance(10) { "not " } else { "" };
        let length = self.window_length(scope, ty, budget);
        format!("is {not}{bound} {length} {side}{}", self.zone(scope))
    }

    fn calendar_window(&mut self, scope: &Scope) -> String {
        let word = self.marked(&[
            "is within this week",
            "is within this month",
            "is within this quarter",
            "is within this year",
            "is within previous week",
            "is within previous month",
            "is within previous quarter",
            "is within previous year",
            "is not within this week",
        ]);
        format!("{word}{}", self.zone(scope))
    }

    /// `is within 5 days before T`
    fn anchored(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> String {
        let side = self.marked(&["within D before", "within D after", "within D of"]);
        let side = side.rsplit(' ').next().unwrap_or(side);
        let length = self.window_length(scope, ty, budget);
        let of = self
            .known(scope, ty, budget.min(1), true)
            .within(Level::Atom);
        let civil = ["day", "week", "month", "year"];
        let of = if of == "now" { "(now)".to_string() } else { of };
        let zone = match *ty == Ty::DateTime && civil.iter().any(|unit| length.contains(unit)) {
            true => self.zone(scope),
            false => String::new(),
        };
        format!("is within {length} {side} {of}{zone}")
    }
}
