//! Literals of every type; what a condition may compare with is remembered as an edge for the cases.

use super::maker::{Maker, WEEKDAYS, WORDS};
use super::model::{Choice, Ty};
use super::piece::Piece;

/// Days near which something happens to clocks or calendars.
pub(super) const DAYS: [&str; 16] = [
    "2026-11-23",
    "2026-03-08",
    "2026-11-01",
    "2026-03-29",
    "2026-10-25",
    "2026-04-05",
    "2026-10-04",
    "2026-12-31",
    "2027-01-01",
    "2028-02-29",
    "2027-02-28",
    "2026-01-31",
    "2026-06-30",
    "2000-02-29",
    "2011-12-30",
    "2026-11-30",
];

const TIMES: [&str; 10] = [
    "00:00", "09:00", "17:00", "02:30", "01:30", "23:59", "12:00", "08:00:30", "22:00", "02:00",
];

impl Maker<'_> {
    pub(super) fn number_literal(&mut self) -> String {
        let text = match self.choices.weighted(&[10, 4, 3, 2, 1]) {
            0 => self.choices.between(0, 6).to_string(),
            1 => self.choices.between(-3, 400).to_string(),
            2 => format!(
                "{}.{}",
                self.choices.between(0, 20),
                self.choices.between(1, 99)
            ),
            3 => (*self
                .choices
                .one_of(&["0.01", "-0.5", "1000000", "0.000000001", "100"]))
            .to_string(),
            _ => (*self.choices.one_of(&[
                "999999999999999999",
                "-999999999999999999",
                "999999999999999999.999999999",
                "123456789012345678.000000001",
            ]))
            .to_string(),
        };
        self.edge(|edges| &mut edges.numbers, &text);
        text
    }

    /// A number that is not 0.
    pub(super) fn divisor(&mut self) -> String {
        (*self
            .choices
            .one_of(&["2", "3", "7", "0.5", "12", "-4", "1000"]))
        .to_string()
    }

    pub(super) fn amount_literal(&mut self, currency: &str) -> String {
        let amount = match currency {
            "JPY" => self.choices.between(0, 300).to_string(),
            _ => match self.choices.below(4) {
                0 => self.choices.between(0, 60).to_string(),
                1 => format!("{}.50", self.choices.between(0, 60)),
                2 => format!(
                    "{}.{:02}",
                    self.choices.between(0, 9),
                    self.choices.between(0, 99)
                ),
                _ => (self.choices.between(0, 20) * 50).to_string(),
            },
        };
        self.edge(|edges| &mut edges.numbers, &amount);
        format!("{amount} {currency}")
    }

    pub(super) fn word(&mut self) -> String {
        let word = *self.choices.one_of(&WORDS);
        self.edge(|edges| &mut edges.texts, word);
        word.to_string()
    }

    pub(super) fn date_literal(&mut self) -> String {
        let text = (*self.choices.one_of(&DAYS)).to_string();
        self.edge(|edges| &mut edges.dates, &text);
        text
    }

    pub(super) fn time_literal(&mut self) -> String {
        let text = (*self.choices.one_of(&TIMES)).to_string();
        self.edge(|edges| &mut edges.times, &text);
        text
    }

    pub(super) fn instant_literal(&mut self) -> String {
        let day = *self.choices.one_of(&DAYS);
        let time = *self.choices.one_of(&TIMES);
        let seconds = if time.len() == 5 { ":00" } else { "" };
        let zone = *self.choices.one_of(&["Z", "-05:00", "+01:00", "+05:30"]);
        let text = format!("{day}T{time}{seconds}{zone}");
        self.edge(|edges| &mut edges.instants, &text);
        text
    }

    /// `2 hours`: a length that really passes.
    pub(super) fn duration_literal(&mut self) -> String {
        let unit = self.marked(&["hours", "minutes", "seconds", "hour", "minute", "second"]);
        let most = if unit.starts_with("hour") { 72 } else { 180 };
        self.span_literal(unit, most)
    }

    /// `30 days`: a civil length.
    pub(super) fn period_literal(&mut self) -> String {
        let unit = self.marked(&[
            "days", "weeks", "months", "years", "day", "week", "month", "year",
        ]);
        let most = match unit.trim_end_matches('s') {
            "day" => 60,
            "week" => 6,
            "month" => 13,
            _ => 3,
        };
        self.span_literal(unit, most)
    }

    fn span_literal(&mut self, unit: &'static str, most: i64) -> String {
        let singular = !unit.ends_with('s');
        let count = if singular {
            1
        } else {
            self.choices.between(0, most)
        };
        let span = (count, unit.trim_end_matches('s'));
        if !self.model.edges.spans.contains(&span) {
            self.model.edges.spans.push(span);
        }
        format!("{count} {unit}")
    }

    /// The name of a value; `with_choice` also says of which choice it is.
    pub(super) fn choice_literal(&mut self, index: usize, with_choice: bool) -> String {
        let Choice { name, values, .. } = self.model.choices[index].clone();
        let value = self.choices.one_of(&values).0.clone();
        if with_choice {
            self.mark("Choice.value");
            return format!("{name}.{value}");
        }
        value
    }

    /// A literal of a type that is no record and no list. `free`: nothing beside it says of which type it is.
    pub(super) fn literal(&mut self, ty: &Ty, free: bool) -> Option<Piece> {
        let atom = match ty {
            Ty::YesNo => (*self.choices.one_of(&["yes", "no"])).to_string(),
            Ty::Text => super::texts::quoted(&self.word()),
            Ty::Number => self.number_literal(),
            Ty::Money(currency) => self.amount_literal(currency),
            Ty::Date => self.date_literal(),
            Ty::Time => self.time_literal(),
            Ty::DateTime => self.instant_literal(),
            Ty::Duration => return Some(Piece::call(self.duration_literal())),
            Ty::Period => return Some(Piece::call(self.period_literal())),
            Ty::Timezone | Ty::Weekday if free => return None,
            Ty::Timezone => format!("\"{}\"", self.zone_name()),
            Ty::Weekday => (*self.choices.one_of(&WEEKDAYS)).to_string(),
            Ty::Choice(index) => {
                let with_choice = free || self.choices.chance(10);
                self.choice_literal(*index, with_choice)
            }
            Ty::Record(_) | Ty::List(_) => return None,
        };
        Some(Piece::call(atom))
    }

    fn edge(&mut self, list: impl Fn(&mut super::model::Edges) -> &mut Vec<String>, text: &str) {
        let list = list(&mut self.model.edges);
        if !list.iter().any(|known| known == text) {
            list.push(text.to_string());
        }
    }
}
