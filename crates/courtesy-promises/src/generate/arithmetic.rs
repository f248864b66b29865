//! Numbers and amounts: operators, functions that count, rounding.

use super::maker::Maker;
use super::model::Ty;
use super::piece::{Level, Piece};
use super::scope::Scope;

impl Maker<'_> {
    pub(super) fn number_operation(&mut self, scope: &Scope, budget: usize) -> Piece {
        match self.choices.weighted(&[5, 4, 2, 4, 2, 1, 3]) {
            0 => self.sum_or_product(scope, &Ty::Number, budget - 1),
            1 => self.counted(scope, budget - 1),
            2 => self.rounded_number(scope, budget - 1),
            3 => self.number_of_time(scope, budget - 1),
            4 => self.number_of_text(scope, budget - 1),
            5 => {
                let currency = self.model.currency;
                self.mark("Money / Money");
                let dividend = self.known(scope, &Ty::Money(currency), budget - 1, true);
                let divisor = match self.amount_literal(currency) {
                    zero if zero.starts_with("0 ") || zero.starts_with("0.00") => {
                        format!("4 {currency}")
                    }
                    divisor => divisor,
                };
                let dividend = dividend.within(Level::Product);
                Piece::new(format!("{dividend} / {divisor}"), Level::Product)
            }
            _ => self
                .sum_over_list(scope, &Ty::Number, budget - 1)
                .unwrap_or_else(|| Piece::call(self.number_literal())),
        }
    }

    pub(super) fn money_operation(
        &mut self,
        scope: &Scope,
        currency: &'static str,
        budget: usize,
    ) -> Piece {
        let ty = Ty::Money(currency);
        match self.choices.weighted(&[4, 3, 3]) {
            0 => self.sum_or_product(scope, &ty, budget - 1),
            1 => {
                let value = self
                    .sum_or_product(scope, &ty, budget - 1)
                    .unrounded_if(true);
                self.rounded_if_needed(value, &ty)
            }
            _ => self
                .sum_over_list(scope, &ty, budget - 1)
                .unwrap_or_else(|| Piece::call(self.amount_literal(currency))),
        }
    }

    /// `A + B`, `A * B`, `A / 2`; of amounts, the other side of `*` and `/` is a number.
    fn sum_or_product(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Piece {
        let left = self.known(scope, ty, budget, true);
        let is_money = *ty != Ty::Number;
        match self.choices.below(4) {
            0 | 1 => {
                let operator = self.marked(&["+", "-"]);
                let right = self.known(scope, ty, budget, true);
                let text = format!(
                    "{} {operator} {}",
                    left.within(Level::Sum),
                    right.within(Level::Product)
                );
                Piece::new(text, Level::Sum).unrounded_if(left.unrounded || right.unrounded)
            }
            2 => {
                self.mark("*");
                let right = self.known(scope, &Ty::Number, budget, true);
                let mut sides = [left.within(Level::Product), right.within(Level::Call)];
                if is_money && self.choices.chance(30) {
                    self.mark("Number * Money");
                    sides = [right.within(Level::Product), left.within(Level::Call)];
                }
                Piece::new(sides.join(" * "), Level::Product).unrounded_if(is_money)
            }
            _ => {
                self.mark("/");
                let text = format!("{} / {}", left.within(Level::Product), self.divisor());
                Piece::new(text, Level::Product).unrounded_if(is_money)
            }
        }
    }

    fn rounded_number(&mut self, scope: &Scope, budget: usize) -> Piece {
        self.mark("rounded to");
        let value = self.known(scope, &Ty::Number, budget, true);
        let step = *self.choices.one_of(&["1", "0.01", "0.5", "5", "1000"]);
        let text = format!("{} rounded to {step}", value.within(Level::Sum));
        Piece::new(text, Level::Rounded)
    }

    /// `length of T`, `slot of T for T`
    fn number_of_text(&mut self, scope: &Scope, budget: usize) -> Piece {
        let text = self.known(scope, &Ty::Text, budget, true);
        if self.choices.chance(60) {
            self.mark("length of");
            return Piece::call(format!("length of {}", text.within(Level::Call)));
        }
        self.mark("slot of");
        let name = self.word();
        Piece::call(format!(
            "slot of {} for {}",
            text.within(Level::Call),
            super::texts::quoted(&name)
        ))
    }

    /// `days from A to B`, `age of D`, `month of D`, `desk hours from A to B`
    fn number_of_time(&mut self, scope: &Scope, budget: usize) -> Piece {
        let ty = if self.choices.chance(60) {
            Ty::DateTime
        } else {
            Ty::Date
        };
        match self.choices.weighted(&[4, 3, 2]) {
            0 => self.count_between(scope, &ty, budget),
            1 => {
                let function = self.marked(&["age of", "day of", "month of", "year of"]);
                let of = self.known(scope, &ty, budget, true);
                self.function(scope, function, &of)
            }
            _ => self.working_between(scope, &ty, budget),
        }
    }
}
