//! Lists: which there are, what is counted and added up over them, lists made of lists.

use super::maker::Maker;
use super::model::Ty;
use super::piece::{Level, Piece};
use super::scope::{Scope, starts_at};

/// No more lists than this are walked through inside one another.
pub(super) const LOOPS: usize = 2;

/// A list as it is written after `in`, and its elements' type.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) text: String,
    pub(super) element: Ty,
}

impl Maker<'_> {
    /// A list in sight whose elements fit; `about` is a variable that it must begin with.
    pub(super) fn list(
        &mut self,
        scope: &Scope,
        about: Option<&str>,
        fits: impl Fn(&Ty) -> bool,
    ) -> Option<List> {
        if scope.loops >= LOOPS {
            return None;
        }
        let place = self.place(scope, |place| match &place.ty {
            Ty::List(element) => {
                !place.optional
                    && fits(element)
                    && about.is_none_or(|variable| starts_at(&place.path, variable))
            }
            _ => false,
        })?;
        let Ty::List(element) = place.ty else {
            return None;
        };
        let mut text = place.path;
        if self.choices.chance(12) {
            text = self.slice(&text);
        }
        Some(List {
            text,
            element: *element,
        })
    }

    fn slice(&mut self, list: &str) -> String {
        let side = *self.choices.one_of(&["last", "first"]);
        self.mark(if side == "last" {
            "last 3 of"
        } else {
            "first 3 of"
        });
        format!("({side} {} of {list})", self.choices.between(0, 4))
    }

    /// ` where C`, perhaps; and the scope in which it holds.
    pub(super) fn filtered(
        &mut self,
        scope: &Scope,
        variable: &str,
        element: &Ty,
        budget: usize,
        percent: usize,
    ) -> (String, Scope) {
        let mut inside = scope.inside(variable, element);
        if !self.choices.chance(percent) {
            return (String::new(), inside);
        }
        let condition = self.condition(&inside, budget, Some(variable));
        inside.learn(&condition.holds);
        // A quantifier would take what stands behind it.
        (
            format!(" where {}", condition.piece.within(Level::Or)),
            inside,
        )
    }

    /// Something of that type that can be read of each element: the path of a field, or the variable.
    fn of_each(&mut self, inside: &Scope, variable: &str, ty: &Ty) -> Option<String> {
        let place = self.place(inside, |place| {
            place.ty == *ty && !place.optional && starts_at(&place.path, variable)
        })?;
        Some(place.path)
    }

    fn holds(&self, element: &Ty, ty: &Ty) -> bool {
        match element {
            Ty::Record(index) => self.model.records[*index]
                .fields
                .iter()
                .any(|field| field.ty == *ty && !field.optional),
            other => other == ty,
        }
    }

    /// `count of L`, `count of x in L where C`
    pub(super) fn counted(&mut self, scope: &Scope, budget: usize) -> Piece {
        let Some(list) = self.list(scope, None, |_| true) else {
            return Piece::call(self.number_literal());
        };
        if self.choices.chance(40) {
            self.mark("count of L");
            return Piece::new(format!("count of {}", list.text), Level::Rounded);
        }
        self.mark("count of x in L");
        let variable = self.variable();
        let (filter, _) = self.filtered(scope, &variable, &list.element, budget.min(2), 90);
        let text = format!("count of {variable} in {}{filter}", list.text);
        Piece::new(text, Level::Open)
    }

    /// `sum of E for x in L where C`
    pub(super) fn sum_over_list(&mut self, scope: &Scope, ty: &Ty, budget: usize) -> Option<Piece> {
        let list = self.list_of(scope, ty)?;
        self.mark("sum of");
        if list.element == *ty && self.choices.chance(50) {
            return Some(Piece::new(format!("sum of {}", list.text), Level::Rounded));
        }
        self.over(scope, "sum of", ty, &list, budget)
    }

    /// A list whose elements hold something of that type.
    fn list_of(&mut self, scope: &Scope, ty: &Ty) -> Option<List> {
        let fitting: Vec<bool> = (0..self.model.records.len())
            .map(|index| self.holds(&Ty::Record(index), ty))
            .collect();
        self.list(scope, None, |element| match element {
            Ty::Record(index) => fitting[*index],
            other => other == ty,
        })
    }

    /// `WORD E for x in L where C`
    fn over(
        &mut self,
        scope: &Scope,
        word: &str,
        ty: &Ty,
        list: &List,
        budget: usize,
    ) -> Option<Piece> {
        let variable = self.variable();
        let (filter, inside) = self.filtered(scope, &variable, &list.element, budget.min(2), 60);
        let mut each = self.of_each(&inside, &variable, ty)?;
        let mut unrounded = word.starts_with("average");
        if ty.is_measure() && self.choices.chance(25) {
            self.mark("*");
            each = format!("{each} * {}", self.divisor());
            unrounded = true;
        }
        let text = format!("{word} {each} for {variable} in {}{filter}", list.text);
        Some(Piece::new(text, Level::Open).unrounded_if(unrounded && *ty != Ty::Number))
    }

    /// `average of …`, `latest of …`, `first of …`: in brackets.
    pub(super) fn aggregate_that_may_be_missing(
        &mut self,
        scope: &Scope,
        ty: &Ty,
        budget: usize,
    ) -> Option<Piece> {
        let words: &[&'static str] = match ty {
            Ty::Number | Ty::Money(_) => &[
                "average of",
                "largest of",
                "smallest of",
                "first of",
                "last of",
            ],
            Ty::Duration => &["largest of", "smallest of", "first of", "last of"],
            Ty::Date | Ty::DateTime => &["latest of", "earliest of", "first of", "last of"],
            _ => &["first of", "last of"],
        };
        let list = self.list_of(scope, ty)?;
        let word = self.marked(words);
        let whole = list.element == *ty && self.choices.chance(60);
        let piece = if whole {
            let average = word == "average of" && *ty != Ty::Number;
            Piece::call(format!("{word} {}", list.text)).unrounded_if(average)
        } else {
            self.over(scope, word, ty, &list, budget)?
        };
        Some(Piece::atom(format!("({})", piece.text)).unrounded_if(piece.unrounded))
    }

    /// `list of E for x in L`, `distinct of …`, `last 3 of L`
    pub(super) fn list_operation(
        &mut self,
        scope: &Scope,
        ty: &Ty,
        budget: usize,
    ) -> Option<Piece> {
        let Ty::List(element) = ty else {
            return None;
        };
        match self.choices.below(3) {
            0 => {
                let list = self.list(scope, None, |found| found == &**element)?;
                let slice = self.slice(&list.text);
                Some(Piece::atom(slice))
            }
            1 => {
                let list = self.list_of(scope, element)?;
                let word = self.marked(&["list of", "distinct of"]);
                let made = self.over(scope, word, element, &list, budget)?;
                (!made.unrounded).then_some(made)
            }
            _ => Some(self.list_literal(scope, ty, budget, true)),
        }
    }
}
