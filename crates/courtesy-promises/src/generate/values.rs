//! Values of a type: places, literals, stand-ins, choices between two, calls, and operators.

use super::maker::Maker;
use super::model::Ty;
use super::piece::{Level, Piece};
use super::scope::{Place, Scope};

impl Maker<'_> {
    /// An expression of that type that is not missing. `free`: nothing beside it says of which type it is.
    pub(super) fn known(&mut self, scope: &Scope, ty: &Ty, budget: usize, free: bool) -> Piece {
        let deep = usize::from(budget > 0);
        for _ in 0..4 {
            let weights = [5, 3, 3 * deep, 2 * deep, deep, 2 * deep];
            let made = match self.choices.weighted(&weights) {
                0 => self.known_place(scope, ty),
                1 => self.literal(ty, free),
                2 => self.operation(scope, ty, budget),
                3 => self.otherwise(scope, ty, budget),
                4 => Some(self.conditional(scope, ty, budget - 1, free)),
                _ => self.call(scope, ty, budget - 1),
            };
            if let Some(made) = made {
                return made;
            }
        }
        self.plain(scope, ty, free)
    }

    /// The plainest value of a type.
    pub(super) fn plain(&mut self, scope: &Scope, ty: &Ty, free: bool) -> Piece {
        if self.choices.chance(50)
            && let Some(place) = self.known_place(scope, ty)
        {
            return place;
        }
        match ty {
            Ty::Record(_) => self.record_literal(scope, ty, 1, free),
            Ty::List(_) => self.list_literal(scope, ty, 1, free),
            _ => match self.literal(ty, free) {
                Some(literal) => literal,
                // A time zone or a weekday where nothing says that it is one.
                None => match self.known_place(scope, ty) {
                    Some(place) => place,
                    None => self.without_context(ty),
                },
            },
        }
    }

    /// A value that says itself what it is.
    fn without_context(&mut self, ty: &Ty) -> Piece {
        match ty {
            Ty::Weekday => {
                let day = self.date_literal();
                Piece::call(format!("weekday of {day}"))
            }
            _ => Piece::atom(format!("\"{}\"", self.zone_name())),
        }
    }

    fn operation(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Option<Piece> {
        Some(match ty {
            Ty::Text => self.text_operation(scope, budget),
            Ty::Number => self.number_operation(scope, budget),
            Ty::Money(currency) => self.money_operation(scope, currency, budget),
            Ty::Date => self.date_operation(scope, budget),
            Ty::DateTime => self.instant_operation(scope, budget),
            Ty::Time => self.time_operation(scope, budget),
            Ty::Duration | Ty::Period => self.length_operation(scope, ty, budget)?,
            Ty::Weekday => self.weekday_operation(scope, budget),
            Ty::YesNo => {
                let condition = self.condition(scope, budget - 1, None);
                if condition.is_element {
                    return None;
                }
                Piece::atom(format!("({})", condition.piece.text))
            }
            Ty::Record(_) => self.record_literal(scope, ty, budget, true),
            Ty::List(_) => self.list_operation(scope, ty, budget)?,
            Ty::Timezone | Ty::Choice(_) => return None,
        })
    }

    /// `if C then A else B`
    fn conditional(&mut self, scope: &Scope, ty: &Ty, budget: usize, free: bool) -> Piece {
        self.mark("if then else");
        let condition = self.condition(scope, budget, None);
        let mut holding = scope.clone();
        holding.learn(&condition.holds);
        let mut failing = scope.clone();
        failing.learn(&condition.fails);
        let then = self.known(&holding, ty, budget, free);
        let otherwise = self.known(&failing, ty, budget, free);
        let text = format!(
            "if {} then {} else {}",
            condition.piece.text,
            then.within(Level::Or),
            otherwise.text
        );
        Piece::new(text, Level::Open).unrounded_if(then.unrounded || otherwise.unrounded)
    }

    /// `A otherwise B`
    fn otherwise(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Option<Piece> {
        if self.choices.chance(60)
            && let Some(place) = self.place(scope, |place| place.ty == *ty && place.optional)
        {
            return Some(self.stand_in(scope, &place, budget));
        }
        let value = self.maybe(scope, ty, budget - 1)?;
        self.mark("otherwise");
        let fallback = self.known(scope, ty, budget - 1, false);
        let text = format!(
            "{} otherwise {}",
            value.within(Level::Call),
            fallback.within(Level::Call)
        );
        Some(Piece::new(text, Level::Otherwise).unrounded_if(value.unrounded || fallback.unrounded))
    }

    /// A place that may be missing, with what stands in for it.
    pub(super) fn stand_in(&mut self, scope: &Scope, place: &Place, budget: usize) -> Piece {
        self.mark("otherwise");
        let fallback = if budget == 0 {
            self.plain(scope, &place.ty, false)
        } else {
            self.known(scope, &place.ty, budget - 1, false)
        };
        let fallback = self.rounded_if_needed(fallback, &place.ty);
        let text = format!("{} otherwise {}", place.path, fallback.within(Level::Call));
        Piece::new(text, Level::Otherwise)
    }

    /// An expression that may be missing and is no place; always in brackets where it needs them.
    fn maybe(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Option<Piece> {
        match ty {
            Ty::Number | Ty::Money(_) if self.choices.chance(40) => {
                self.mark("/");
                let dividend = self.known(scope, ty, budget, true);
                let divisor = self.known(scope, &Ty::Number, budget, true);
                let text = format!(
                    "({} / {})",
                    dividend.within(Level::Product),
                    divisor.within(Level::Call)
                );
                Some(Piece::atom(text).unrounded_if(*ty != Ty::Number))
            }
            _ => self.aggregate_that_may_be_missing(scope, ty, budget),
        }
    }

    /// A definition or a table that gives that type.
    fn call(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Option<Piece> {
        if self.choices.chance(50) {
            return self.define_call(scope, ty, budget);
        }
        self.table_call(scope, ty, budget)
    }

    fn define_call(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Option<Piece> {
        let defines = self.model.defines.clone();
        let fitting: Vec<_> = defines
            .iter()
            .filter(|define| define.ty == *ty && !define.optional && !define.parameters.is_empty())
            .collect();
        if fitting.is_empty() {
            return None;
        }
        let define = *self.choices.one_of(&fitting);
        self.mark("define with arguments");
        let arguments: Vec<String> = define
            .parameters
            .iter()
            .map(|(_, ty)| self.known(scope, ty, budget.min(1), false).text)
            .collect();
        let text = format!("{}({})", define.name, arguments.join(", "));
        Some(Piece::atom(text).unrounded_if(define.unrounded))
    }

    fn table_call(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Option<Piece> {
        let mut fitting = Vec::new();
        for table in &self.model.tables {
            for (name, result) in &table.results {
                if result == ty {
                    fitting.push((table.clone(), name.clone()));
                }
            }
        }
        if fitting.is_empty() {
            return None;
        }
        let (table, result) = self.choices.one_of(&fitting).clone();
        let arguments: Vec<String> = table
            .columns
            .iter()
            .map(|(_, ty)| self.known(scope, ty, budget.min(1), false).text)
            .collect();
        let call = format!("{}({})", table.name, arguments.join(", "));
        Some(Piece::atom(match result {
            Some(name) => {
                self.mark("table of several results");
                format!("{call}.{name}")
            }
            None => {
                self.mark("table");
                call
            }
        }))
    }

    pub(super) fn record_literal(
        &mut self,
        scope: &Scope,
        ty: &Ty,
        budget: usize,
        free: bool,
    ) -> Piece {
        let Ty::Record(index) = ty else {
            return Piece::atom("{}");
        };
        let record = self.model.records[*index].clone();
        let mut fields = Vec::new();
        for field in &record.fields {
            if field.optional && self.choices.chance(60) {
                continue;
            }
            let value = if budget > 1 && !matches!(field.ty, Ty::Record(_)) {
                self.known(scope, &field.ty, 1, false)
            } else {
                self.plain(scope, &field.ty, false)
            };
            let value = self.rounded_if_needed(value, &field.ty);
            fields.push(format!("{}: {}", field.name, value.text));
        }
        let nameless = !free && self.choices.chance(40);
        self.mark(if nameless {
            "{ … }"
        } else {
            "Record { … }"
        });
        let name = if nameless {
            String::new()
        } else {
            format!("{} ", record.name)
        };
        Piece::atom(format!("{name}{{ {} }}", fields.join(", ")))
    }

    pub(super) fn list_literal(
        &mut self,
        scope: &Scope,
        ty: &Ty,
        budget: usize,
        free: bool,
    ) -> Piece {
        let Ty::List(element) = ty else {
            return Piece::atom("[]");
        };
        self.mark("[ … ]");
        let least = usize::from(free);
        let count = least + self.choices.below(3);
        let elements: Vec<String> = (0..count)
            .map(|_| {
                let value = if budget > 1 {
                    self.known(scope, element, 1, free)
                } else {
                    self.plain(scope, element, free)
                };
                self.rounded_if_needed(value, element).text
            })
            .collect();
        Piece::atom(format!("[{}]", elements.join(", ")))
    }
}
