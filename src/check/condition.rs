//! Conditions: what they mean, what they make known, which witnesses they find.

use super::Checker;
use super::comparison::not;
use super::mentions::mentions;
use super::scope::{Facts, Outcome, Scope, Variable};
use super::value::typed;
use crate::ast::{Expr, ExprKind, Name, Quantifier, Test};
use crate::diagnostic::{Code, Diagnostic, quote_long};
use crate::ir;
use crate::schema::Type;
use crate::source::Span;
use crate::value::Value;

impl Checker<'_> {
    /// A condition: a YesNo that is there, and what it makes known.
    pub(super) fn condition(&mut self, scope: &mut Scope, expr: &Expr) -> (ir::Expr, Outcome) {
        match &expr.kind {
            ExprKind::Bracket(inner) => {
                self.bracketed(scope, |it, scope| it.condition(scope, inner))
            }
            ExprKind::Not(inner) => {
                let (inner, outcome) = self.condition(scope, inner);
                let negated = ir::Expr {
                    span: expr.span,
                    ..not(inner)
                };
                (negated, outcome.negated())
            }
            ExprKind::And(parts) => self.all_of(scope, parts, expr.span),
            ExprKind::Or(parts) => self.any_of(scope, parts, expr.span),
            ExprKind::Test {
                value,
                negated,
                test,
            } => self.test(scope, value, *negated, test, expr.span),
            ExprKind::Quantified { .. } => self.quantified(scope, expr),
            ExprKind::Picked { .. } => self.picked(scope, expr, true),
            _ => (self.known(scope, expr, &Type::YesNo), Outcome::default()),
        }
    }

    fn all_of(&mut self, scope: &mut Scope, parts: &[Expr], span: Span) -> (ir::Expr, Outcome) {
        let before = scope.facts.clone();
        let mut whole = Outcome::default();
        let mut conditions = Vec::new();
        for part in parts {
            let (condition, outcome) = self.condition(scope, part);
            scope.facts.extend(outcome.holds.iter().cloned());
            whole.holds.extend(outcome.holds);
            whole.witnesses.extend(outcome.witnesses);
            conditions.push(condition);
        }
        scope.facts = before;
        (
            typed(ir::ExprKind::And(conditions), Type::YesNo, span),
            whole,
        )
    }

    fn any_of(&mut self, scope: &mut Scope, parts: &[Expr], span: Span) -> (ir::Expr, Outcome) {
        let before = scope.facts.clone();
        let mut fails = Facts::new();
        let mut conditions = Vec::new();
        let mut tested = None;
        let mut told = false;
        for part in parts {
            if let Some((value, first)) = tested
                && self.is_loose_value(scope, part)
            {
                if !told {
                    self.loose_value(scope, value, first, parts);
                }
                told = true;
                continue;
            }
            tested = tested_value(part).or(tested);
            let (condition, outcome) = self.condition(scope, part);
            scope.facts.extend(outcome.fails.iter().cloned());
            fails.extend(outcome.fails);
            conditions.push(condition);
        }
        scope.facts = before;
        let outcome = Outcome {
            fails,
            ..Outcome::default()
        };
        (
            typed(ir::ExprKind::Or(conditions), Type::YesNo, span),
            outcome,
        )
    }

    /// Whether a part is a value that stands where a condition should.
    fn is_loose_value(&self, scope: &Scope, part: &Expr) -> bool {
        match &part.kind {
            ExprKind::Name(word) => {
                scope.find(&word.text).is_none() && self.symbols.get(&word.text).is_none()
            }
            ExprKind::Text(_) | ExprKind::Money { .. } => true,
            ExprKind::Literal(value) => !matches!(value, Value::YesNo(_)),
            _ => false,
        }
    }

    /// `tier is gold or silver or bronze`
    fn loose_value(&mut self, scope: &Scope, value: &Expr, first: Option<&Expr>, parts: &[Expr]) {
        let loose: Vec<&Expr> = parts
            .iter()
            .filter(|part| self.is_loose_value(scope, part))
            .collect();
        let Some(word) = loose.first() else {
            return;
        };
        let options = first.into_iter().chain(loose.iter().copied());
        let options: Vec<String> = options.map(|option| self.written(option.span)).collect();
        let tested = value.span;
        let (value, text) = (self.written(tested), self.quoted(word.span));
        let options = match first {
            Some(_) => options.join(", "),
            None => format!("…, {}", options.join(", ")),
        };
        let message = format!("`{text}` is no condition, and `or` joins whole conditions");
        let instead = format!("{value} is one of ({options})");
        let diagnostic = Diagnostic::error(Code::LooseAlternative, word.span, message);
        // The alternatives stand behind the one condition, so that all of it can be replaced.
        let whole = loose
            .last()
            .filter(|_| loose.len().saturating_add(1) == parts.len());
        self.report(match whole {
            Some(last) => diagnostic.write(tested.to(last.span), instead),
            None => diagnostic.help(format!("write `{instead}`")),
        });
    }

    /// A `where` or `has`: each condition joined in it must name the variable.
    pub(super) fn where_condition(
        &mut self,
        scope: &mut Scope,
        variable: &Name,
        condition: &Expr,
        whole: Whole,
    ) -> (ir::Expr, Outcome) {
        let parts = joined(condition);
        let unrelated: Vec<bool> = parts
            .iter()
            .map(|part| self.is_unrelated(scope, variable, part))
            .collect();
        if unrelated.contains(&true) {
            let apart = Apart {
                whole,
                condition,
                parts: parts.iter().copied().zip(unrelated).collect(),
            };
            self.unrelated(variable, &apart);
        }
        self.condition(scope, condition)
    }

    /// A `where` that may be left out. What it settles holds for all that follows it in the same brackets.
    pub(super) fn narrowed(
        &mut self,
        scope: &mut Scope,
        variable: &Name,
        condition: Option<&Expr>,
        whole: Whole,
    ) -> (Option<ir::Expr>, Outcome) {
        let Some(condition) = condition else {
            return (None, Outcome::default());
        };
        let (condition, outcome) = self.where_condition(scope, variable, condition, whole);
        scope.facts.extend(outcome.holds.iter().cloned());
        (Some(condition), outcome)
    }

    fn is_unrelated(&self, scope: &Scope, variable: &Name, part: &Expr) -> bool {
        !mentions(part, &variable.text)
            && !matches!(part.kind, ExprKind::Error)
            && !self.leaves_out(scope, variable, part)
    }

    /// Reports the conditions that have nothing to do with the variable, with the text that moves each out.
    fn unrelated(&mut self, variable: &Name, apart: &Apart<'_>) {
        let name = &variable.text;
        for (part, _) in apart.parts.iter().filter(|(_, unrelated)| *unrelated) {
            let text = self.quoted(part.span);
            let outside = match (self.moved_out(apart, part), apart.whole) {
                (Some(outside), _) => format!("write it outside of brackets: `{outside}`"),
                (None, Whole::Clause) => "write it under `when`".to_string(),
                (None, _) => "write it outside of this condition".to_string(),
            };
            self.report(
                Diagnostic::error(
                    Code::UnrelatedCondition,
                    part.span,
                    format!("`{text}` has nothing to do with `{name}`"),
                )
                .also(
                    variable.span,
                    "the condition under this variable reaches to here",
                )
                .help(format!(
                    "if it stands on its own, {outside}; if it is about `{name}`, name it: \
                     `{name}.…`"
                )),
            );
        }
    }

    /// The whole with a condition moved out of it, joined by the word that joined it inside; on the side on which
    /// it stood. `None` where that is not all there is to do.
    fn moved_out(&self, apart: &Apart<'_>, part: &Expr) -> Option<String> {
        let word = match &apart.condition.kind {
            ExprKind::And(parts) if parts.len() == apart.parts.len() => "and",
            ExprKind::Or(parts) if parts.len() == apart.parts.len() => "or",
            _ => return None,
        };
        let Whole::Condition(whole) = apart.whole else {
            return None;
        };
        let related = || apart.parts.iter().filter(|(_, unrelated)| !unrelated);
        let kept: Vec<&str> = related()
            .map(|(kept, _)| self.sources.text_of(kept.span))
            .collect();
        let first = related().next()?.0;
        let place = Span {
            end: apart.condition.span.start,
            ..whole
        };
        let behind = Span {
            start: apart.condition.span.end,
            ..whole
        };
        let (head, tail) = (self.sources.text_of(place), self.sources.text_of(behind));
        let condition = kept.join(&format!(" {word} "));
        let inside = quote_long(&format!("({head}{condition}{tail})"));
        let part_text = self.written(part.span);
        let part_text = match &part.kind {
            ExprKind::Quantified { .. } | ExprKind::Picked { .. } => format!("({part_text})"),
            _ => part_text,
        };
        Some(if part.span.start < first.span.start {
            format!("{part_text} {word} {inside}")
        } else {
            format!("{inside} {word} {part_text}")
        })
    }

    fn quantified(&mut self, scope: &mut Scope, expr: &Expr) -> (ir::Expr, Outcome) {
        let ExprKind::Quantified {
            quantifier,
            keyword,
            variable,
            list,
            condition,
            has,
        } = &expr.kind
        else {
            return (super::value::poison(expr.span), Outcome::default());
        };
        let depth = scope.variables.len();
        let before = scope.facts.clone();
        let typed_quantifier = self.count_of(scope, quantifier);
        let (list, element) = self.element_list(scope, list);
        let bound = self.bind(scope, variable, element);
        let whole = Whole::Condition(expr.span);
        let (condition, outcome) = self.narrowed(scope, variable, condition.as_deref(), whole);
        let has = self.has_of(
            scope,
            (quantifier, *keyword),
            variable,
            has.as_deref(),
            expr.span,
        );
        scope.variables.truncate(depth);
        scope.facts = before;
        let is_any = matches!(quantifier, Quantifier::Any);
        let outcome = if is_any {
            witnessed(outcome, bound.clone())
        } else {
            Outcome::default()
        };
        let kind = ir::ExprKind::Quantified {
            quantifier: match (typed_quantifier, has) {
                (None, Some(has)) => ir::Quantifier::Every { has: Box::new(has) },
                (Some(quantifier), _) => quantifier,
                (None, None) => ir::Quantifier::Any,
            },
            variable: bound.id,
            list: Box::new(list),
            condition: condition.map(Box::new),
        };
        (typed(kind, Type::YesNo, expr.span), outcome)
    }

    /// The quantifier without its `has`; `None` for `every`.
    fn count_of(&mut self, scope: &mut Scope, quantifier: &Quantifier) -> Option<ir::Quantifier> {
        Some(match quantifier {
            Quantifier::Every => return None,
            Quantifier::Any => ir::Quantifier::Any,
            Quantifier::No => ir::Quantifier::No,
            Quantifier::Count(bound, count) => {
                ir::Quantifier::Count(*bound, Box::new(self.known(scope, count, &Type::Number)))
            }
            Quantifier::Exactly(count) => {
                ir::Quantifier::Exactly(Box::new(self.known(scope, count, &Type::Number)))
            }
        })
    }

    fn has_of(
        &mut self,
        scope: &mut Scope,
        (quantifier, keyword): (&Quantifier, Span),
        variable: &Name,
        has: Option<&Expr>,
        whole: Span,
    ) -> Option<ir::Expr> {
        match (quantifier, has) {
            (Quantifier::Every, Some(has)) => Some(
                self.where_condition(scope, variable, has, Whole::Condition(whole))
                    .0,
            ),
            (Quantifier::Every, None) => {
                let name = &variable.text;
                self.report(
                    Diagnostic::error(
                        Code::HasMissing,
                        keyword,
                        "`every` says what each must have",
                    )
                    .help(format!(
                        "write `every {name} in … has {name}.… is …`; a `where` before the `has` \
                         says of which of them"
                    )),
                );
                None
            }
            (_, Some(has)) => {
                self.report(
                    Diagnostic::error(Code::HasMissing, has.span, "`has` goes with `every`")
                        .help("write `where` in place of this `has`"),
                );
                None
            }
            (_, None) => None,
        }
    }
}

/// What holds once an element is found: its variable is a witness.
pub(super) fn witnessed(outcome: Outcome, variable: Variable) -> Outcome {
    let mut witnesses = outcome.witnesses;
    witnesses.push(variable);
    Outcome {
        holds: outcome.holds,
        fails: Facts::new(),
        witnesses,
    }
}

/// The conditions that `and` and `or` join, brackets left whole.
/// What a condition under a variable is a part of.
#[derive(Clone, Copy)]
pub(super) enum Whole {
    /// A condition, such as `any x in L where …`: what is moved out of it stands beside it.
    Condition(Span),
    /// A clause, such as `for each x in L where …`.
    Clause,
    /// A value, such as `sum of x.paid for x in L where …`.
    Value,
}

/// The conditions joined under a variable, some of which have nothing to do with it.
struct Apart<'a> {
    whole: Whole,
    condition: &'a Expr,
    /// Each with whether it has nothing to do with the variable.
    parts: Vec<(&'a Expr, bool)>,
}

fn joined(condition: &Expr) -> Vec<&Expr> {
    match &condition.kind {
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().flat_map(joined).collect(),
        _ => vec![condition],
    }
}

/// What a condition tests, and the value it is compared with by `is`.
fn tested_value(part: &Expr) -> Option<(&Expr, Option<&Expr>)> {
    match &part.kind {
        ExprKind::And(parts) => parts.last().and_then(tested_value),
        ExprKind::Test {
            value,
            test,
            negated: false,
        } => Some((
            value,
            match &**test {
                Test::Is(first) => Some(first),
                _ => None,
            },
        )),
        _ => None,
    }
}
