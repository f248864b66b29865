//! Texts: literals, templates with values in them, functions of texts.

use super::maker::Maker;
use super::model::Ty;
use super::piece::{Level, Piece};
use super::scope::Scope;

/// A text literal of those characters.
pub(super) fn quoted(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' | '{' | '}' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            _ => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

const SCRAPS: [&str; 8] = [
    "Hello ",
    " of ",
    ", ",
    "! ",
    " \\{x\\} ",
    " <b>&\\\" ",
    "\\n",
    " é ",
];

impl Maker<'_> {
    /// A text with values in it.
    pub(super) fn template(&mut self, scope: &Scope, budget: usize) -> Piece {
        self.mark("text template");
        let mut text = String::from("\"");
        for _ in 0..=self.choices.below(3) {
            if self.choices.chance(70) {
                let scrap = *self.choices.one_of(&SCRAPS);
                text.push_str(scrap);
            }
            let hole = self.hole(scope, budget.saturating_sub(1));
            text.push_str(&format!("{{{hole}}}"));
        }
        text.push('"');
        Piece::call(text)
    }

    /// A value that can be printed.
    fn hole(&mut self, scope: &Scope, budget: usize) -> String {
        if self.choices.chance(70)
            && let Some(place) = self.place(scope, |place| place.ty.is_printable())
        {
            if let Ty::List(_) = place.ty {
                self.mark("list in a text");
            }
            return if place.optional {
                self.stand_in(scope, &place, budget).text
            } else {
                place.path
            };
        }
        let ty = loop {
            let ty = self.scalar();
            if ty != Ty::Timezone {
                break ty;
            }
        };
        let value = self.known(scope, &ty, budget, true);
        self.rounded_if_needed(value, &ty).text
    }

    /// An amount as it may leave a policy.
    pub(super) fn rounded_if_needed(&mut self, value: Piece, ty: &Ty) -> Piece {
        match ty {
            Ty::Money(currency) if value.unrounded => {
                let step = match *currency {
                    "JPY" => "1",
                    "KWD" => "0.001",
                    _ => "0.01",
                };
                self.mark("rounded to");
                let sum = value.within(Level::Sum);
                Piece::new(
                    format!("{sum} rounded to {step} {currency}"),
                    Level::Rounded,
                )
            }
            _ => value,
        }
    }

    /// An operator that gives a text.
    pub(super) fn text_operation(&mut self, scope: &Scope, budget: usize) -> Piece {
        if self.choices.chance(50) {
            return self.template(scope, budget);
        }
        let function = self.marked(&["first word of", "lower case of"]);
        let inner = self.known(scope, &Ty::Text, budget - 1, true);
        Piece::call(format!("{function} {}", inner.within(Level::Call)))
    }
}
