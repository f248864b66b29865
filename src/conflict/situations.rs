//! Conditions as lists of situations.
//!
//! Input: a condition whose definitions are written out, and whether it is to hold or to fail. Output: situations,
//! one of which is so whenever it does; none where it never does; `None` where there are too many. The other way
//! round nothing is promised: a situation may leave out what is not looked into.

use super::rule::{Element, Literal, Rule, Situation};
use super::term::Terms;
use super::written_out::{Writer, given_value};
use crate::ir::{self, Expr, ExprKind, Quantifier, VariableId};
use crate::operators::{Aggregate, Comparison};
use crate::schema::Type;
use crate::source::Span;
use crate::value::Value;

/// Situations, one of which is so; `None` where they are too many to be looked at.
pub(super) type Situations = Option<Vec<Situation>>;

/// Reads conditions.
pub(super) struct Reader<'p> {
    pub(super) terms: Terms<'p>,
    pub(super) writer: Writer<'p>,
}

/// Nothing is known.
pub(super) fn anything() -> Situations {
    Some(vec![Situation::default()])
}

impl<'p> Reader<'p> {
    pub(super) fn new(package: &'p ir::Package) -> Reader<'p> {
        Reader {
            terms: Terms::new(package),
            writer: Writer::new(package),
        }
    }

    /// The situations in which a condition holds, or fails.
    pub(super) fn situations(&mut self, condition: &Expr, holds: bool) -> Situations {
        match &condition.kind {
            ExprKind::Constant(_) => anything(),
            ExprKind::Not(inner) => self.situations(inner, !holds),
            ExprKind::And(parts) if holds => self.all(parts, true),
            ExprKind::And(parts) => self.any(parts, false),
            ExprKind::Or(parts) if holds => self.any(parts, true),
            ExprKind::Or(parts) => self.all(parts, false),
            ExprKind::If {
                condition,
                then,
                otherwise,
            } => {
                let first = self.situations(condition, true)?;
                let mut both = self.with_each(&first, then, holds)?;
                let second = self.situations(condition, false)?;
                both.extend(self.with_each(&second, otherwise, holds)?);
                few(both)
            }
            ExprKind::Quantified { .. } => self.quantified(condition, holds),
            ExprKind::Picked { has: Some(has), .. } => self.picked(condition, has, holds),
            ExprKind::Within { .. } | ExprKind::Distance { .. } => self.in_time(condition, holds),
            _ => self.test(condition, holds),
        }
    }

    /// Situations in which a condition holds or fails besides.
    fn with_each(&mut self, whole: &[Situation], condition: &Expr, holds: bool) -> Situations {
        let other = self.situations(condition, holds)?;
        self.terms.each_with_each(whole, &other)
    }

    fn all(&mut self, parts: &[Expr], holds: bool) -> Situations {
        let mut whole = vec![Situation::default()];
        for part in parts {
            whole = self.with_each(&whole, part, holds)?;
        }
        Some(whole)
    }

    fn any(&mut self, parts: &[Expr], holds: bool) -> Situations {
        let mut whole = Vec::new();
        for part in parts {
            whole.extend(self.situations(part, holds)?);
        }
        few(whole)
    }

    /// The condition as a whole, not looked into.
    pub(super) fn opaque(&mut self, condition: &Expr, holds: bool) -> Situations {
        self.ruled(condition, &[Rule::OneOf(vec![Value::YesNo(holds)])])
    }

    /// A value that keeps all of these rules.
    pub(super) fn ruled(&mut self, value: &Expr, rules: &[Rule]) -> Situations {
        if let Some(given) = given_value(value) {
            let refused = rules.iter().any(|rule| rule.allows(given) == Some(false));
            return if refused {
                Some(Vec::new())
            } else {
                anything()
            };
        }
        match &value.kind {
            ExprKind::Constant(_) => anything(),
            ExprKind::Otherwise { value, fallback } if is_given(fallback) => {
                self.ruled_otherwise(value, fallback, rules)
            }
            _ => {
                let term = self.terms.value(value);
                let literals = rules.iter().map(|rule| Literal {
                    term,
                    rule: rule.clone(),
                    span: value.span,
                });
                Some(vec![Situation {
                    literals: literals.collect(),
                    elements: Vec::new(),
                }])
            }
        }
    }

    /// `value otherwise 5`: the value, or where it is missing the constant.
    fn ruled_otherwise(&mut self, value: &Expr, fallback: &Expr, rules: &[Rule]) -> Situations {
        let mut known = rules.to_vec();
        known.push(Rule::Known);
        let mut all = self.ruled(value, &known)?;
        let refused = match &fallback.kind {
            ExprKind::Constant(constant) => {
                let refuses = |rule: &Rule| rule.allows(constant) == Some(false);
                rules.iter().any(refuses)
            }
            _ => false,
        };
        if !refused {
            all.extend(self.ruled(value, &[Rule::Unknown])?);
        }
        few(all)
    }

    /// Any of several lists of rules.
    pub(super) fn ruled_by_any(&mut self, value: &Expr, choices: &[Vec<Rule>]) -> Situations {
        let mut all = Vec::new();
        for rules in choices {
            all.extend(self.ruled(value, rules)?);
        }
        few(all)
    }

    /// A quantifier is a comparison of how many there are.
    fn quantified(&mut self, condition: &Expr, holds: bool) -> Situations {
        let ExprKind::Quantified {
            quantifier,
            variable,
            list,
            condition: of,
        } = &condition.kind
        else {
            return anything();
        };
        let (comparison, number) = match quantifier {
            Quantifier::Any => (Comparison::AtLeast, None),
            Quantifier::No | Quantifier::Every { .. } => (Comparison::Less, None),
            Quantifier::Count(bound, number) => (super::comparing::of_bound(*bound), Some(number)),
            Quantifier::Exactly(number) => (Comparison::Same, Some(number)),
        };
        let one = Box::new(number_at(1, condition.span));
        let number = number.unwrap_or(&one);
        let of = match quantifier {
            Quantifier::Every { has } => Some(Box::new(passes_without(of.as_deref(), has))),
            _ => of.clone(),
        };
        let count = count_of(*variable, list, of.clone(), condition.span);
        let counted = self.compared(comparison, &count, number, holds, condition.span)?;
        let least = least(comparison, number, holds);
        if least == 0 {
            return Some(counted);
        }
        let element = Element {
            variable: variable.0,
            list: (**list).clone(),
            count: least,
        };
        self.with_element(counted, element, of.as_deref().into_iter())
    }

    /// `latest order in customer.orders by order.at has …`
    fn picked(&mut self, condition: &Expr, has: &Expr, holds: bool) -> Situations {
        let whole = self.opaque(condition, holds)?;
        let ExprKind::Picked {
            variable,
            list,
            condition: of,
            ..
        } = &condition.kind
        else {
            return Some(whole);
        };
        if !holds {
            return Some(whole);
        }
        let element = Element {
            variable: variable.0,
            list: (**list).clone(),
            count: 1,
        };
        self.with_element(whole, element, of.as_deref().into_iter().chain([has]))
    }

    /// The situations with an element of which conditions hold.
    fn with_element<'e>(
        &mut self,
        whole: Vec<Situation>,
        element: Element,
        conditions: impl Iterator<Item = &'e Expr>,
    ) -> Situations {
        let mut found = vec![Situation {
            literals: Vec::new(),
            elements: vec![element],
        }];
        for condition in conditions {
            let Some(of) = self.situations(condition, true) else {
                return Some(whole);
            };
            let Some(both) = self.terms.each_with_each(&found, &of) else {
                return Some(whole);
            };
            found = both;
        }
        Some(self.terms.each_with_each(&whole, &found).unwrap_or(whole))
    }
}

/// A constant of the package.
pub(super) fn is_given(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant(_)) || given_value(expr).is_some()
}

fn few(all: Vec<Situation>) -> Situations {
    (all.len() <= super::SITUATIONS).then_some(all)
}

/// How many there are at least.
fn least(comparison: Comparison, number: &Expr, holds: bool) -> u32 {
    let ExprKind::Constant(Value::Number(number)) = &number.kind else {
        return 0;
    };
    let number = u32::try_from(number.floor_to_i64_saturating()).unwrap_or(0);
    match (comparison, holds) {
        (Comparison::AtLeast | Comparison::Same, true) | (Comparison::Less, false) => number,
        (Comparison::More, true) | (Comparison::AtMost, false) => number.saturating_add(1),
        _ => 0,
    }
}

/// `x passes and not has`
fn passes_without(of: Option<&Expr>, has: &Expr) -> Expr {
    let not = condition(ExprKind::Not(Box::new(has.clone())), has.span);
    match of {
        Some(of) => condition(ExprKind::And(vec![of.clone(), not]), has.span),
        None => not,
    }
}

fn condition(kind: ExprKind, span: Span) -> Expr {
    Expr {
        kind,
        ty: Type::YesNo,
        optional: false,
        span,
    }
}

fn number(kind: ExprKind, span: Span) -> Expr {
    Expr {
        kind,
        ty: Type::Number,
        optional: false,
        span,
    }
}

fn number_at(value: i64, span: Span) -> Expr {
    number(ExprKind::Constant(Value::whole(value)), span)
}

/// `count of x in list where …`
pub(super) fn count_of(
    variable: VariableId,
    list: &Expr,
    of: Option<Box<Expr>>,
    span: Span,
) -> Expr {
    let element = match &list.ty {
        Type::List(element) => (**element).clone(),
        other => other.clone(),
    };
    let value = Expr {
        kind: ExprKind::Variable(variable),
        ty: element,
        optional: false,
        span,
    };
    let kind = ExprKind::Aggregate {
        aggregate: Aggregate::Count,
        variable,
        list: Box::new(list.clone()),
        condition: of,
        value: Box::new(value),
    };
    number(kind, span)
}
