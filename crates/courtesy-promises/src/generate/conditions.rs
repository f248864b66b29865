//! Conditions: how they are joined, what they make known, which witnesses they find.
//!
//! What a condition makes known is worked out as the language reference says, so that the package checks.

use super::lists::{LOOPS, List};
use super::maker::Maker;
use super::model::Ty;
use super::piece::{Level, Piece};
use super::scope::{Place, Root, Scope, starts_at};

/// A condition, and what follows from it.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) piece: Piece,
    /// Paths that are there where it holds.
    pub(super) holds: Vec<String>,
    /// Paths that are there where it does not.
    pub(super) fails: Vec<String>,
    /// Variables that may be named where it holds.
    pub(super) witnesses: Vec<Root>,
    /// Whether it reads as an element where no condition is asked for: `last x in L`.
    pub(super) is_element: bool,
}

impl Condition {
    pub(super) fn plain(piece: Piece) -> Condition {
        Condition {
            piece,
            holds: Vec::new(),
            fails: Vec::new(),
            witnesses: Vec::new(),
            is_element: false,
        }
    }
}

impl Maker<'_> {
    /// A condition; `about` is a variable that each of its joined parts must name.
    pub(super) fn condition(
        &mut self,
        scope: &Scope,
        budget: usize,
        about: Option<&str>,
    ) -> Condition {
        let deep = usize::from(budget > 1);
        let lists = usize::from(budget > 0 && scope.loops < LOOPS);
        for _ in 0..4 {
            let weights = [
                6,
                3 * deep,
                2 * deep,
                deep,
                3 * deep,
                5 * lists,
                2 * lists,
                1,
            ];
            let made = match self.choices.weighted(&weights) {
                0 => Some(self.test(scope, budget, about)),
                1 => Some(self.all_of(scope, budget, about)),
                2 => Some(self.any_of(scope, budget, about)),
                3 => Some(self.denied(scope, budget, about)),
                4 => self.presence(scope, budget, about),
                5 => self.quantified(scope, budget, about),
                6 => self.picked(scope, budget, about),
                _ if about.is_none() => self.defined_condition(scope, budget),
                _ => None,
            };
            if let Some(made) = made {
                return made;
            }
        }
        self.test(scope, 0, about)
    }

    fn all_of(&mut self, scope: &Scope, budget: usize, about: Option<&str>) -> Condition {
        self.mark("and");
        let mut scope = scope.clone();
        let mut whole = Condition::plain(Piece::atom(""));
        let mut parts = Vec::new();
        for _ in 0..2 + self.choices.below(2) {
            let part = self.condition(&scope, budget - 1, about);
            scope.learn(&part.holds);
            parts.push(part.piece.within(Level::Not));
            whole.holds.extend(part.holds);
            whole.witnesses.extend(part.witnesses);
        }
        whole.piece = Piece::new(parts.join(" and "), Level::And);
        whole
    }

    fn any_of(&mut self, scope: &Scope, budget: usize, about: Option<&str>) -> Condition {
        self.mark("or");
        let mut scope = scope.clone();
        let mut whole = Condition::plain(Piece::atom(""));
        let mut parts = Vec::new();
        for _ in 0..2 + self.choices.below(2) {
            let part = self.condition(&scope, budget - 1, about);
            scope.learn(&part.fails);
            parts.push(part.piece.within(Level::And));
            whole.fails.extend(part.fails);
        }
        whole.piece = Piece::new(parts.join(" or "), Level::Or);
        whole
    }

    fn denied(&mut self, scope: &Scope, budget: usize, about: Option<&str>) -> Condition {
        self.mark("not");
        let inner = self.condition(scope, budget - 1, about);
        Condition {
            piece: Piece::new(
                format!("not {}", inner.piece.within(Level::Test)),
                Level::Not,
            ),
            holds: inner.fails,
            fails: inner.holds,
            witnesses: Vec::new(),
            is_element: false,
        }
    }

    /// `p is known and …`, `p is unknown or …`, or the test alone.
    fn presence(&mut self, scope: &Scope, budget: usize, about: Option<&str>) -> Option<Condition> {
        let place = self.place(scope, |place| {
            place.optional && about.is_none_or(|variable| starts_at(&place.path, variable))
        })?;
        let path = place.path.clone();
        let mut knowing = scope.clone();
        knowing.learn(std::slice::from_ref(&path));
        let place = Place {
            optional: false,
            ..place
        };
        match self.choices.below(5) {
            0 | 1 => {
                self.mark("is known");
                self.mark("and");
                let rest = self.test_of_place(&knowing, &place, budget - 1);
                let text = format!("{path} is known and {}", rest.within(Level::Not));
                let mut condition = Condition::plain(Piece::new(text, Level::And));
                condition.holds.push(path);
                Some(condition)
            }
            2 => {
                self.mark("is unknown");
                self.mark("or");
                let rest = self.test_of_place(&knowing, &place, budget - 1);
                let text = format!("{path} is unknown or {}", rest.within(Level::And));
                Some(Condition::plain(Piece::new(text, Level::Or)))
            }
            3 => {
                let test = self.marked(&["is known", "is not unknown"]);
                let mut condition =
                    Condition::plain(Piece::new(format!("{path} {test}"), Level::Test));
                condition.holds.push(path);
                Some(condition)
            }
            _ => {
                let test = self.marked(&["is unknown", "is not known"]);
                let mut condition =
                    Condition::plain(Piece::new(format!("{path} {test}"), Level::Test));
                condition.fails.push(path);
                Some(condition)
            }
        }
    }

    /// `any x in L where C`, `every x in L has C`, `at least 2 x in L where C`
    fn quantified(
        &mut self,
        scope: &Scope,
        budget: usize,
        about: Option<&str>,
    ) -> Option<Condition> {
        let list = self.list(scope, about, |_| true)?;
        match self.choices.weighted(&[5, 2, 3, 4]) {
            0 => Some(self.any(scope, &list, budget)),
            1 => {
                self.mark("no x in L");
                let variable = self.variable();
                let (filter, _) = self.filtered(scope, &variable, &list.element, budget - 1, 90);
                let text = format!("no {variable} in {}{filter}", list.text);
                Some(Condition::plain(Piece::new(text, Level::Open)))
            }
            2 => Some(self.every(scope, &list, budget)),
            _ => Some(self.at_least(scope, &list, budget)),
        }
    }

    fn any(&mut self, scope: &Scope, list: &List, budget: usize) -> Condition {
        self.mark("any x in L");
        let variable = self.variable();
        let inside = scope.inside(&variable, &list.element);
        let found = self.condition(&inside, budget - 1, Some(&variable));
        let text = format!("any {variable} in {} where {}", list.text, found.piece.text);
        let mut condition = Condition::plain(Piece::new(text, Level::Open));
        condition.holds = found.holds;
        condition.witnesses = found.witnesses;
        condition.witnesses.push(Root {
            path: variable,
            ty: list.element.clone(),
            optional: false,
        });
        condition
    }

    fn every(&mut self, scope: &Scope, list: &List, budget: usize) -> Condition {
        self.mark("every x in L has");
        let variable = self.variable();
        let (filter, inside) = self.filtered(scope, &variable, &list.element, budget - 1, 40);
        let has = self.condition(&inside, budget - 1, Some(&variable));
        let text = format!(
            "every {variable} in {}{filter} has {}",
            list.text, has.piece.text
        );
        Condition::plain(Piece::new(text, Level::Open))
    }

    fn at_least(&mut self, scope: &Scope, list: &List, budget: usize) -> Condition {
        let bound = self.marked(&[
            "at least n x in L",
            "at most n x in L",
            "more than n x in L",
            "fewer than n x in L",
            "exactly n x in L",
        ]);
        let bound = bound.strip_suffix(" n x in L").unwrap_or(bound);
        let count = match self.known_place(scope, &Ty::Number) {
            Some(place) if self.choices.chance(15) => place.text,
            _ => self.choices.between(0, 4).to_string(),
        };
        let variable = self.variable();
        let (filter, _) = self.filtered(scope, &variable, &list.element, budget - 1, 90);
        let text = format!("{bound} {count} {variable} in {}{filter}", list.text);
        Condition::plain(Piece::new(text, Level::Open))
    }

    /// `latest x in L by E where C has D`
    fn picked(&mut self, scope: &Scope, budget: usize, about: Option<&str>) -> Option<Condition> {
        let list = self.list(scope, about, |_| true)?;
        let variable = self.variable();
        let (filter, inside) = {
            let mut inside = scope.inside(&variable, &list.element);
            let mut filter = String::new();
            if self.choices.chance(50) {
                let found = self.condition(&inside, budget - 1, Some(&variable));
                inside.learn(&found.holds);
                // A quantifier would take the `has` behind it.
                filter = format!(" where {}", found.piece.within(Level::Or));
            }
            (filter, inside)
        };
        let by = self.place(&scope.inside(&variable, &list.element), |place| {
            let fits = place.ty.is_moment() || place.ty.is_measure() || place.ty == Ty::Duration;
            fits && !place.optional && starts_at(&place.path, &variable)
        });
        let (word, by) = match by {
            Some(by) if self.choices.chance(75) => {
                let word = match by.ty.is_moment() {
                    true => self.marked(&["latest x in L by", "earliest x in L by"]),
                    false => self.marked(&["largest x in L by", "smallest x in L by"]),
                };
                (word, format!(" by {}", by.path))
            }
            _ => (self.marked(&["first x in L", "last x in L"]), String::new()),
        };
        let word = word.split(' ').next().unwrap_or(word);
        let mut holds: Vec<String> = inside.facts.difference(&scope.facts).cloned().collect();
        let mut has = String::new();
        if self.choices.chance(70) {
            let found = self.condition(&inside, budget - 1, Some(&variable));
            holds.extend(found.holds);
            has = format!(" has {}", found.piece.text);
        }
        let text = format!("{word} {variable} in {}{by}{filter}{has}", list.text);
        // A bare pick would take the `by` of the clause behind it.
        let piece = match by.is_empty() && filter.is_empty() && has.is_empty() {
            true => Piece::atom(format!("({text})")),
            false => Piece::new(text, Level::Open),
        };
        let mut condition = Condition::plain(piece);
        condition.is_element = has.is_empty();
        condition.holds = holds;
        condition.witnesses.push(Root {
            path: variable,
            ty: list.element,
            optional: false,
        });
        Some(condition)
    }

    /// A definition that is a condition.
    fn defined_condition(&mut self, scope: &Scope, budget: usize) -> Option<Condition> {
        let defines: Vec<_> = self
            .model
            .defines
            .iter()
            .filter(|define| define.is_condition)
            .cloned()
            .collect();
        if defines.is_empty() {
            return None;
        }
        let define = self.choices.one_of(&defines).clone();
        self.mark("define of a condition");
        let mut text = define.name;
        if !define.parameters.is_empty() {
            let arguments: Vec<String> = define
                .parameters
                .iter()
                .map(|(_, ty)| self.known(scope, ty, budget.min(1), false).text)
                .collect();
            text = format!("{text}({})", arguments.join(", "));
        }
        Some(Condition::plain(Piece::atom(text)))
    }
}
