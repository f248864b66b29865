//! Definitions, tables and calendars.

use super::maker::{Maker, WEEKDAYS, type_name};
use super::model::{Define, Table, Ty};
use super::piece::Level;
use super::scope::Scope;

const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Maker<'_> {
    pub(super) fn definitions(&mut self) {
        for name in ["desk", "night"].iter().take(self.choices.below(3)) {
            self.calendar(name);
        }
        for _ in 0..self.choices.below(3) {
            self.table();
        }
        for _ in 0..self.choices.below(4) {
            self.define();
        }
    }

    fn calendar(&mut self, name: &str) {
        self.mark("calendar");
        let zone = match self.choices.below(3) {
            0 => String::new(),
            _ => format!(" in \"{}\"", self.zone_name()),
        };
        let hours = [
            "09:00-17:00",
            "09:00-12:30, 13:30-17:00",
            "00:00-02:30",
            "22:00-24:00",
            "00:00-24:00",
            "02:00-03:00, 23:00-24:00",
        ];
        let first = self.choices.between(1, 5) as usize;
        let mut text = format!("calendar {name}{zone} {{\n");
        text.push_str(&format!(
            "  mon-{} {}\n",
            DAY_NAMES[first],
            self.choices.one_of(&hours)
        ));
        if first < 5 && self.choices.chance(50) {
            text.push_str(&format!(
                "  {}, {} {}\n",
                DAY_NAMES[first + 1],
                WEEKDAYS[6],
                self.choices.one_of(&hours)
            ));
        }
        let holidays = self
            .model
            .inputs
            .iter()
            .any(|input| input.name == "holidays");
        if self.choices.chance(50) {
            self.mark("except");
            let except = match holidays {
                true => "holidays".to_string(),
                false => format!("[{}, {}]", self.date_literal(), self.date_literal()),
            };
            text.push_str(&format!("  except {except}\n"));
        }
        text.push('}');
        self.model.declarations.push(text);
        self.model.calendars.push(name.to_string());
    }

    fn define(&mut self) {
        let name = self.fresh("define_");
        let with_arguments = self.choices.chance(50);
        let mut scope = self.package_scope();
        let mut parameters = Vec::new();
        if with_arguments {
            for _ in 0..=self.choices.below(2) {
                let ty = match self.choices.chance(20) {
                    true => Ty::Record(self.choices.below(3)),
                    false => self.scalar(),
                };
                let parameter = self.fresh("given");
                scope = scope.with(&parameter, &ty);
                parameters.push((parameter, ty));
            }
        }
        let define = self.body(&name, &scope, parameters);
        self.model.defines.push(define);
    }

    fn body(&mut self, name: &str, scope: &Scope, parameters: Vec<(String, Ty)>) -> Define {
        let mut define = Define {
            name: name.to_string(),
            parameters,
            ty: Ty::YesNo,
            optional: false,
            unrounded: false,
            is_condition: false,
        };
        let body = match self.choices.below(3) {
            0 => {
                define.is_condition = true;
                self.mark("define of a condition");
                let condition = self.condition(scope, 3, None);
                match condition.is_element {
                    true => format!("{} or no", condition.piece.within(Level::And)),
                    false => condition.piece.text,
                }
            }
            1 => match self.place(scope, |place| place.optional) {
                Some(place) => {
                    self.mark("define of what may be missing");
                    define.ty = place.ty;
                    define.optional = true;
                    place.path
                }
                None => "yes".to_string(),
            },
            _ => {
                self.mark("define of a value");
                define.ty = match self.choices.chance(15) {
                    true => Ty::Record(self.choices.below(2)),
                    false => self.scalar(),
                };
                if define.ty == Ty::Timezone {
                    define.ty = Ty::Number;
                }
                let value = self.known(scope, &define.ty.clone(), 2, true);
                define.unrounded = value.unrounded;
                value.text
            }
        };
        let parameters: Vec<String> = define
            .parameters
            .iter()
            .map(|(name, ty)| format!("{name}: {}", type_name(&self.model, ty)))
            .collect();
        let parameters = match parameters.is_empty() {
            true => String::new(),
            false => format!("({})", parameters.join(", ")),
        };
        self.model
            .declarations
            .push(format!("define {name}{parameters} as {body}"));
        define
    }

    /// A table whose rows are the leaves of a tree of splits, so that they cover every case and each can match.
    fn table(&mut self) {
        let name = self.fresh("table_");
        let mut columns = Vec::new();
        for _ in 0..=self.choices.below(3) {
            let ty = self.column_type();
            columns.push((self.fresh("asked"), ty));
        }
        let mut results = vec![(None, self.scalar())];
        if self.choices.chance(40) {
            results = ["result", "other"]
                .iter()
                .map(|name| (Some((*name).to_string()), self.scalar()))
                .collect();
        }
        let table = Table {
            name,
            columns,
            results,
        };
        let mut rows = Vec::new();
        self.split(&table, &mut Vec::new(), &mut rows);
        let mut text = format!("table {}\n  |", table.name);
        for (column, ty) in &table.columns {
            text.push_str(&format!(" {column}: {} |", type_name(&self.model, ty)));
        }
        for (result, ty) in &table.results {
            let ty = type_name(&self.model, ty);
            match result {
                Some(result) => text.push_str(&format!(" gives {result}: {ty} |")),
                None => text.push_str(&format!(" gives {ty} |")),
            }
        }
        for row in rows {
            text.push_str(&format!("\n  | {} |", row.join(" | ")));
        }
        self.model.declarations.push(text);
        self.model.tables.push(table);
    }

    fn column_type(&mut self) -> Ty {
        loop {
            let ty = self.scalar();
            if !matches!(ty, Ty::Period | Ty::Timezone | Ty::Duration) {
                return ty;
            }
        }
    }

    /// Adds the rows for what is left of the columns behind these cells.
    fn split(&mut self, table: &Table, cells: &mut Vec<String>, rows: &mut Vec<Vec<String>>) {
        let Some((_, ty)) = table.columns.get(cells.len()) else {
            let mut row = cells.clone();
            let mut scope = Scope::default();
            for (column, ty) in &table.columns {
                scope = scope.with(column, ty);
            }
            for (_, ty) in &table.results {
                let value = match self.choices.chance(20) {
                    true => self.known(&scope, ty, 2, false),
                    false => self.plain(&scope, ty, false),
                };
                row.push(self.rounded_if_needed(value, ty).text);
            }
            rows.push(row);
            return;
        };
        let parts = match rows.len() < 12 {
            true => self.parts(&ty.clone()),
            false => vec!["anything".to_string()],
        };
        for part in parts {
            cells.push(part);
            self.split(table, cells, rows);
            cells.pop();
        }
    }

    /// Cells that are apart and together cover the type.
    fn parts(&mut self, ty: &Ty) -> Vec<String> {
        if self.choices.chance(25) {
            return vec!["anything".to_string()];
        }
        self.mark("table cells");
        match ty {
            Ty::YesNo => vec!["yes".into(), "no".into()],
            Ty::Text => {
                let word = super::texts::quoted(&self.word());
                vec![word, "anything".into()]
            }
            Ty::Weekday => {
                let cut = 1 + self.choices.below(6);
                vec![WEEKDAYS[..cut].join(" or "), "anything".into()]
            }
            Ty::Choice(index) => {
                let choice = self.model.choices[*index].clone();
                let names: Vec<String> = choice.values.into_iter().map(|value| value.0).collect();
                let cut = 1 + self.choices.below(names.len() - 1);
                let rest = match self.choices.chance(50) {
                    true => "anything".to_string(),
                    false => names[cut..].join(" or "),
                };
                match choice.ordered && self.choices.chance(40) {
                    true => vec![format!("less than {}", names[cut]), rest],
                    false => vec![names[..cut].join(" or "), rest],
                }
            }
            Ty::Number => {
                let low = self.choices.between(-1, 5);
                let high = low + self.choices.between(0, 20);
                self.cuts(low.to_string(), high.to_string(), false)
            }
            Ty::Money(currency) => {
                let low = self.choices.between(0, 50);
                let high = low + self.choices.between(0, 200);
                self.cuts(
                    format!("{low} {currency}"),
                    format!("{high} {currency}"),
                    false,
                )
            }
            Ty::Date => self.cuts("2026-03-29".into(), "2026-11-30".into(), true),
            Ty::Time => self.cuts("09:00".into(), "17:00".into(), true),
            _ => self.cuts(
                "2026-03-29T01:00:00Z".into(),
                "2026-11-30T00:00:00Z".into(),
                true,
            ),
        }
    }

    /// Below, between the two, above; in one of several forms.
    fn cuts(&mut self, low: String, high: String, of_time: bool) -> Vec<String> {
        let (less, least, most, more) = match of_time {
            true => ("before", "on or after", "on or before", "after"),
            false => ("less than", "at least", "at most", "more than"),
        };
        match self.choices.below(4) {
            0 => vec![
                format!("{less} {low}"),
                format!("{low} to {high}"),
                format!("{more} {high}"),
            ],
            1 => vec![
                format!("{low} to {high}"),
                format!("{less} {low}"),
                "anything".into(),
            ],
            2 => vec![format!("{most} {low}"), format!("{more} {low}")],
            _ => vec![high, format!("{least} {low}"), "anything".into()],
        }
    }
}
