//! Conditions that ask whether some element of a list of the case has what the candidate has.

use super::survey::{Survey, Surveyor};
use crate::compile::share::renumber;
use crate::operators::Comparison;
use crate::program::{Expr, ListSet, Quantifier};

/// A set, and what is asked of it.
pub(super) struct Membership<'e> {
    pub(super) set: ListSet,
    /// Where the candidate has what is looked for.
    pub(super) place: &'e Expr,
    /// Whether the condition holds exactly where that is (or, with `no`, is not) in the set; else it only fails
    /// where it is not.
    pub(super) exact: bool,
    /// Whether it must be in the set for the condition to hold.
    pub(super) inside: bool,
    /// Whether it is neither true nor false where the candidate has nothing there.
    pub(super) needs_value: bool,
}

/// The condition as a question about a set, where it is one.
pub(super) fn membership<'e>(condition: &'e Expr, surveyor: &Surveyor) -> Option<Membership<'e>> {
    match condition {
        Expr::ListContains { list, element } => {
            let place = of_the_candidate(element, surveyor)?;
            Some(Membership {
                set: set(list, 0, Vec::new(), Expr::Variable(0), surveyor)?,
                place,
                exact: true,
                inside: true,
                needs_value: true,
            })
        }
        Expr::Not(inner) => match &**inner {
            Expr::ListContains { .. } => {
                let found = membership(inner, surveyor)?;
                Some(Membership {
                    inside: false,
                    ..found
                })
            }
            _ => None,
        },
        Expr::Quantified {
            quantifier,
            variable,
            list,
            condition: Some(condition),
        } => {
            let inside = match quantifier {
                Quantifier::Any => true,
                Quantifier::No => false,
                _ => return None,
            };
            let element = Element {
                variable: *variable,
                surveyor,
            };
            let (place, gathered, conditions, exact) = element.split(condition)?;
            (inside || exact).then_some(())?;
            Some(Membership {
                set: set(list, *variable, conditions, gathered, surveyor)?,
                place,
                exact,
                inside,
                needs_value: false,
            })
        }
        _ => None,
    }
}

/// An element of the list that is asked about.
struct Element<'s> {
    variable: u32,
    surveyor: &'s Surveyor,
}

impl Element<'_> {
    /// Where the candidate has what is looked for, where the element has it, the conditions on the element alone, and
    /// whether that is everything.
    fn split<'e>(&self, condition: &'e Expr) -> Option<(&'e Expr, Expr, Vec<Expr>, bool)> {
        let parts = match condition {
            Expr::And(parts) => parts.as_slice(),
            single => std::slice::from_ref(single),
        };
        let mut same = None;
        let mut conditions = Vec::new();
        let mut exact = true;
        for part in parts {
            let pair = self.pair(part);
            if same.is_none() && pair.is_some() {
                same = pair;
            } else if self.is_of_the_element(part) {
                conditions.push(part.clone());
            } else {
                exact = false;
            }
        }
        let (place, gathered) = same?;
        Some((place, gathered.clone(), conditions, exact))
    }

    /// A place of the candidate and one of the element that must be the same.
    fn pair<'e>(&self, part: &'e Expr) -> Option<(&'e Expr, &'e Expr)> {
        let Expr::Compare {
            comparison: Comparison::Same,
            left,
            right,
        } = part
        else {
            return None;
        };
        let sides: [(&'e Expr, &'e Expr); 2] = [(left, right), (right, left)];
        sides.into_iter().find_map(|(own, other)| {
            let place = of_the_candidate(own, self.surveyor)?;
            other.is_path_of(self.variable).then_some((place, other))
        })
    }

    fn is_of_the_element(&self, part: &Expr) -> bool {
        let survey = self.surveyor.survey(&mut part.clone());
        let own = |variable: &u32| *variable == self.variable;
        !survey.candidate && !survey.carrier && survey.free.iter().all(own)
    }
}

fn of_the_candidate<'e>(expr: &'e Expr, surveyor: &Surveyor) -> Option<&'e Expr> {
    let survey: Survey = surveyor.survey(&mut expr.clone());
    (expr.is_place() && survey.candidate).then_some(expr)
}

/// The set with its variables numbered from 0, so that equal ones are alike.
fn set(
    list: &Expr,
    variable: u32,
    conditions: Vec<Expr>,
    gathered: Expr,
    surveyor: &Surveyor,
) -> Option<ListSet> {
    surveyor
        .survey(&mut list.clone())
        .is_of_the_case()
        .then_some(())?;
    // The variable is bound around all of it, as by the quantifier.
    let mut whole = Expr::Quantified {
        quantifier: Quantifier::Every {
            has: Box::new(gathered),
        },
        variable,
        list: Box::new(list.clone()),
        condition: Some(Box::new(Expr::And(conditions))),
    };
    let variables = renumber(&mut whole);
    match whole {
        Expr::Quantified {
            quantifier: Quantifier::Every { has },
            variable,
            list,
            condition: Some(condition),
        } => match *condition {
            Expr::And(conditions) => Some(ListSet {
                list: *list,
                variable,
                conditions,
                gathered: *has,
                variables,
            }),
            _ => None,
        },
        _ => None,
    }
}
