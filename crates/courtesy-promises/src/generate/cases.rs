//! Cases that fit the schema of a package, near the edges of what it compares with.

use super::choices::Choices;
use super::clock::Clock;
use super::maker::{WEEKDAYS, WORDS, ZONES};
use super::model::{Field, Model, Ty};
use std::fmt::Write as _;

/// 10^9: numbers are whole numbers of billionths here.
const BILLION: i128 = 1_000_000_000;
const LARGEST: i128 = 999_999_999_999_999_999 * BILLION + 999_999_999;

/// Makes cases for one package.
pub(super) struct Cases<'m, 'c> {
    pub(super) model: &'m Model,
    pub(super) choices: &'c mut Choices,
    clock: Clock,
}

impl<'m, 'c> Cases<'m, 'c> {
    pub(super) fn new(model: &'m Model, choices: &'c mut Choices) -> Cases<'m, 'c> {
        let clock = Clock::new(model, choices);
        Cases {
            model,
            choices,
            clock,
        }
    }

    /// One case as JSON.
    pub(super) fn case(&mut self) -> String {
        self.clock = Clock::new(self.model, self.choices);
        let mut json = format!("{{\"now\":\"{}\",\"inputs\":{{", self.clock.now());
        let mut first = true;
        for input in self.model.inputs.clone() {
            if input.optional && self.choices.chance(40) {
                continue;
            }
            if !first {
                json.push(',');
            }
            first = false;
            let _ = write!(json, "\"{}\":", input.name);
            self.value(&input.ty, &mut json);
        }
        json.push_str("},\"proposals\":[");
        for number in 0..self.choices.weighted(&[1, 2, 3, 3, 2, 2, 1]) {
            if number > 0 {
                json.push(',');
            }
            self.proposal(number, &mut json);
        }
        json.push_str("]}");
        json
    }

    fn proposal(&mut self, number: usize, json: &mut String) {
        let action = self.choices.one_of(&self.model.actions).clone();
        let id = match self.choices.below(3) {
            0 => String::new(),
            1 => format!("\"id\":\"p{number}\","),
            _ => format!("\"id\":\"é {number}\","),
        };
        let _ = write!(json, "{{{id}\"action\":\"{}\",\"with\":", action.name);
        self.fields(&action.fields, false, json);
        json.push('}');
    }

    /// `loose`: a key that the schema does not name is left alone; what is proposed has none.
    fn fields(&mut self, fields: &[Field], loose: bool, json: &mut String) {
        json.push('{');
        let mut first = true;
        for field in fields {
            let missing = field.optional && self.choices.chance(40);
            if missing && self.choices.chance(60) {
                continue;
            }
            if !first {
                json.push(',');
            }
            first = false;
            let key = field.key.replace("\\\"", "\"");
            json.push_str(&quoted(&key));
            json.push(':');
            match missing {
                true => json.push_str("null"),
                false => self.field(field, json),
            }
        }
        if loose && self.choices.chance(5) {
            json.push_str(if first { "" } else { "," });
            json.push_str("\"nobody reads this\":[1,{}]");
        }
        json.push('}');
    }

    fn field(&mut self, field: &Field, json: &mut String) {
        if let Some(unit) = field.epoch {
            let instant = self.clock.instant(self.choices);
            let whole = match unit {
                "seconds" => instant.as_second(),
                _ => instant.as_millisecond(),
            };
            let _ = write!(json, "{whole}");
            return;
        }
        match (&field.range, &field.ty) {
            (Some((low, high)), Ty::Number) => {
                let (low, high) = (billionths(low), billionths(high));
                let drawn = self.number();
                let inside = match self.choices.chance(50) {
                    true => drawn.clamp(low, high),
                    false => *self.choices.one_of(&[low, high, (low + high) / 2]),
                };
                let _ = write!(json, "{}", decimal(inside));
            }
            (Some((low, high)), Ty::Date) => {
                let date = self.clock.date(self.choices);
                let date = date.clamp(low.parse().unwrap_or(date), high.parse().unwrap_or(date));
                let _ = write!(json, "\"{date}\"");
            }
            _ => self.value(&field.ty, json),
        }
    }

    fn value(&mut self, ty: &Ty, json: &mut String) {
        let text = match ty {
            Ty::YesNo => (*self.choices.one_of(&["true", "false"])).to_string(),
            Ty::Text => quoted(&self.text()),
            Ty::Number => {
                let number = decimal(self.number());
                match self.choices.chance(30) {
                    true => format!("\"{number}\""),
                    false => number,
                }
            }
            Ty::Money(currency) => self.money(currency),
            Ty::Date => format!("\"{}\"", self.clock.date(self.choices)),
            Ty::Time => format!("\"{}\"", self.time()),
            Ty::DateTime => self.instant(),
            Ty::Duration => format!("\"{}\"", self.duration()),
            Ty::Period => format!("\"{}\"", self.period()),
            Ty::Timezone => format!("\"{}\"", self.choices.one_of(&ZONES)),
            Ty::Weekday => format!("\"{}\"", self.choices.one_of(&WEEKDAYS)),
            Ty::Choice(index) => quoted(&self.choices.one_of(&self.model.choices[*index].values).1),
            Ty::Record(index) => {
                return self.fields(&self.model.records[*index].fields.clone(), true, json);
            }
            Ty::List(element) => return self.list(element, json),
        };
        json.push_str(&text);
    }

    fn list(&mut self, element: &Ty, json: &mut String) {
        let length = match self.choices.weighted(&[4, 5, 5, 4, 2, 1]) {
            5 => self.choices.below(9),
            length => length,
        };
        json.push('[');
        for number in 0..length {
            if number > 0 {
                json.push(',');
            }
            self.value(element, json);
        }
        json.push(']');
    }

    fn text(&mut self) -> String {
        let edges = &self.model.edges.texts;
        match self.choices.weighted(&[6, 3, 1]) {
            0 if !edges.is_empty() => self.choices.one_of(edges).clone(),
            2 => (*self.choices.one_of(&[
                "{customer.id}",
                "<b>&\"'</b>",
                "a\nb\tc",
                "\u{202e}txt.exe",
                "  two  blanks  ",
                "İSTANBUL ǅ ß",
                "\u{0}",
            ]))
            .to_string(),
            _ => (*self.choices.one_of(&WORDS)).to_string(),
        }
    }

    fn number(&mut self) -> i128 {
        let edges = &self.model.edges.numbers;
        let near = match self.choices.weighted(&[6, 3, 1]) {
            0 if !edges.is_empty() => billionths(self.choices.one_of::<String>(edges)),
            2 => *self.choices.one_of(&[LARGEST, -LARGEST, 1, -1, 0]),
            _ => i128::from(self.choices.between(-3, 60)) * BILLION,
        };
        let jitter = match self.choices.weighted(&[12, 3, 3, 1, 1]) {
            1 => BILLION,
            2 => -BILLION,
            3 => 1,
            4 => -1,
            _ => 0,
        };
        (near + jitter).clamp(-LARGEST, LARGEST)
    }

    fn money(&mut self, currency: &str) -> String {
        let amount = decimal(self.number());
        match self.choices.below(3) {
            0 if currency == self.model.currency => amount,
            1 if currency == self.model.currency => format!("\"{amount}\""),
            _ => format!("{{\"amount\":\"{amount}\",\"currency\":\"{currency}\"}}"),
        }
    }

    fn time(&mut self) -> String {
        let edges = &self.model.edges.times;
        match self.choices.weighted(&[5, 2, 1]) {
            0 if !edges.is_empty() => self.choices.one_of(edges).clone(),
            2 => "23:59:59".to_string(),
            _ => format!(
                "{:02}:{:02}",
                self.choices.below(24),
                self.choices.below(2) * 30
            ),
        }
    }

    fn instant(&mut self) -> String {
        let instant = self.clock.instant(self.choices);
        match self.choices.chance(20) {
            true => format!("\"{}\"", Clock::elsewhere(instant, self.choices)),
            false => format!("\"{instant}\""),
        }
    }

    fn duration(&mut self) -> String {
        let spans: Vec<_> = self
            .model
            .edges
            .spans
            .iter()
            .filter(|span| exact(span.1))
            .collect();
        match self.choices.weighted(&[5, 2, 1]) {
            0 if !spans.is_empty() => {
                let (count, unit) = self.choices.one_of(&spans);
                format!("PT{count}{}", unit[..1].to_uppercase())
            }
            2 => (*self
                .choices
                .one_of(&["PT0S", "-PT1H", "PT876000H", "PT0.5S"]))
            .to_string(),
            _ => format!("PT{}H{}M", self.choices.below(80), self.choices.below(60)),
        }
    }

    fn period(&mut self) -> String {
        let spans: Vec<_> = self
            .model
            .edges
            .spans
            .iter()
            .filter(|span| !exact(span.1))
            .collect();
        match self.choices.weighted(&[5, 2, 1]) {
            0 if !spans.is_empty() => {
                let (count, unit) = self.choices.one_of(&spans);
                format!("P{count}{}", unit[..1].to_uppercase())
            }
            2 => (*self.choices.one_of(&["P0D", "-P1M", "P1M2D", "P9000Y"])).to_string(),
            _ => format!("P{}D", self.choices.below(60)),
        }
    }
}

fn exact(unit: &str) -> bool {
    matches!(unit, "second" | "minute" | "hour")
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A decimal literal as billionths.
fn billionths(text: &str) -> i128 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let negative = whole.starts_with('-');
    let whole: i128 = whole.trim_start_matches('-').parse().unwrap_or(0);
    let part: i128 = format!("{part:0<9}").parse().unwrap_or(0);
    let number = whole * BILLION + part;
    if negative { -number } else { number }
}

fn decimal(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = (number.abs() / BILLION, number.abs() % BILLION);
    match part {
        0 => format!("{sign}{whole}"),
        _ => format!(
            "{sign}{whole}.{}",
            format!("{part:09}").trim_end_matches('0')
        ),
    }
}
