//! `prefer` and `limit`, and what decides whether a policy is in force at all:
//! its dates and its share.

use super::Checker;
use super::clauses::{Clauses, CountingClause, LimitAmount, ShareClause};
use super::condition::Whole;
use super::describe::with_article;
use super::scope::Scope;
use super::value::{constant_text, fits, poison, typed};
use crate::ast::{self, Expr, ExprKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir;
use crate::operators::{Aggregate, Comparison};
use crate::schema::Type;
use crate::source::Span;
use crate::value::{Number, Value};

/// Words for the stretches of time after which people expect a limit to start anew.
const STRETCHES: [&str; 6] = ["hour", "day", "week", "month", "quarter", "year"];

impl Checker<'_> {
    pub(super) fn prefer(
        &mut self,
        scope: &mut Scope,
        policy: &ast::Policy,
        clauses: &Clauses<'_>,
    ) -> ir::PolicyKind {
        let by = match clauses.by {
            Some(by) => self.known(scope, by, &Type::Number),
            None => poison(policy.title.span),
        };
        ir::PolicyKind::Prefer { by }
    }

    pub(super) fn limit(
        &mut self,
        scope: &mut Scope,
        policy: &ast::Policy,
        clauses: &Clauses<'_>,
    ) -> ir::PolicyKind {
        let Some(limit) = clauses.amount else {
            return ir::PolicyKind::Never;
        };
        let weight = limit.of.map(|of| self.weight(scope, of));
        let measure = weight.as_ref().map_or(Type::Number, |w| w.ty.clone());
        let amount = self.limit_amount(scope, &limit, &measure);
        let past = clauses
            .counting
            .map(|counting| self.counting(scope, &counting, &measure, weight.is_some()));
        let per = clauses.per.map(|per| self.per(scope, policy, per));
        let exempt = clauses.exempt.map(|exempt| self.condition(scope, exempt).0);
        ir::PolicyKind::Limit(ir::Limit {
            amount,
            weight,
            per: per.flatten(),
            past,
            exempt,
        })
    }

    /// `of credit.amount`
    fn weight(&mut self, scope: &mut Scope, of: &Expr) -> ir::Expr {
        let weight = self.infer(scope, of, None);
        let weight = self.require(scope, weight);
        if !matches!(weight.ty, Type::Number | Type::Money(_) | Type::Unknown) {
            let text = self.quoted(weight.span);
            let kind = with_article(&self.describe(&weight.ty));
            self.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    weight.span,
                    format!("`{text}` is {kind}, but a limit adds up numbers or money"),
                )
                .help("name a field that is a Number or Money, or leave the `of` out to count"),
            );
            return poison(weight.span);
        }
        weight
    }

    fn limit_amount(
        &mut self,
        scope: &mut Scope,
        limit: &LimitAmount<'_>,
        measure: &Type,
    ) -> ir::Expr {
        let amount = self.infer(scope, limit.amount, None);
        let is_money = matches!(amount.ty, Type::Money(_));
        if is_money && limit.of.is_none() {
            let text = self.quoted(amount.span);
            self.report(
                Diagnostic::error(
                    Code::TypeMismatch,
                    amount.span,
                    format!("`{text}` is money, and nothing says of what"),
                )
                .help(format!(
                    "write `to {text} of …` with the field that is added up"
                )),
            );
            return poison(amount.span);
        }
        let amount = self.expect(amount, measure);
        self.require(scope, amount)
    }

    /// What has taken room already.
    fn counting(
        &mut self,
        scope: &mut Scope,
        counting: &CountingClause<'_>,
        measure: &Type,
        sums: bool,
    ) -> ir::Expr {
        let depth = scope.variables.len();
        let before = scope.facts.clone();
        let (list, element) = self.element_list(scope, counting.list);
        let bound = self.bind(scope, counting.variable, element);
        let (condition, _) =
            self.narrowed(scope, counting.variable, counting.condition, Whole::Clause);
        let condition = condition.map(Box::new);
        let value = match counting.value {
            Some(value) => self.known(scope, value, measure),
            None => typed(
                ir::ExprKind::Variable(bound.id),
                bound.ty.clone(),
                counting.variable.span,
            ),
        };
        scope.variables.truncate(depth);
        scope.facts = before;
        if sums != counting.value.is_some() {
            self.counted_unlike(counting, sums);
        }
        let kind = ir::ExprKind::Aggregate {
            aggregate: if sums {
                Aggregate::Sum
            } else {
                Aggregate::Count
            },
            variable: bound.id,
            list: Box::new(list),
            condition,
            value: Box::new(value),
        };
        typed(kind, measure.clone(), counting.span)
    }

    /// A limit that sums and counts what has been, or the other way round.
    fn counted_unlike(&mut self, counting: &CountingClause<'_>, sums: bool) {
        let name = &counting.variable.text;
        let list = self.quoted(counting.list.span);
        let (message, help) = if sums {
            (
                "the limit adds up, and this counts",
                format!("write `counting {name}.… for {name} in {list} …`"),
            )
        } else {
            (
                "the limit counts, and this adds up",
                format!(
                    "write `counting {name} in {list} …`, or say in the limit what it adds up: `to … of …`"
                ),
            )
        };
        self.report(Diagnostic::error(Code::TypeMismatch, counting.span, message).help(help));
    }

    /// `per customer.email`; `per week` is answered with the line it needs.
    fn per(&mut self, scope: &mut Scope, policy: &ast::Policy, per: &Expr) -> Option<ir::Expr> {
        if let ExprKind::Name(name) = &per.kind
            && STRETCHES.contains(&&*name.text)
            && self.symbols.get(&name.text).is_none()
            && scope.find(&name.text).is_none()
        {
            self.per_stretch(policy, &name.text, per.span);
            return None;
        }
        let value = self.infer(scope, per, None);
        Some(self.require(scope, value))
    }

    fn per_stretch(&mut self, policy: &ast::Policy, word: &str, span: Span) {
        let counts = policy
            .clauses
            .iter()
            .any(|clause| matches!(clause.kind, ast::ClauseKind::Counting { .. }));
        let window = match word {
            "hour" => "within last 1 hour",
            "day" => "within last 1 day",
            "quarter" => "within this quarter",
            _ => "",
        };
        let window = if window.is_empty() {
            format!("within last 1 {word}` or `x.at is within this {word}")
        } else {
            window.to_string()
        };
        let help = if counts {
            format!("leave it out, and say it under `counting`: `where x.at is {window}`")
        } else {
            format!(
                "leave it out, and say what has been: `counting x in LIST where x.at is {window}`"
            )
        };
        self.report(
            Diagnostic::error(
                Code::Guess,
                span,
                format!(
                    "a limit does not start anew each {word} by itself: it counts what has been"
                ),
            )
            .help(help),
        );
    }

    /// What must hold besides, whatever the verb.
    pub(super) fn gate(
        &mut self,
        scope: &mut Scope,
        policy: &ast::Policy,
        clauses: &Clauses<'_>,
    ) -> Vec<ir::Expr> {
        let mut gate = Vec::new();
        if let Some((first, last)) = clauses.dates {
            self.dates(first, last, &mut gate);
        }
        if let Some(share) = &clauses.share {
            gate.extend(self.share(scope, policy, share));
        }
        gate
    }

    /// `from … until …`: whole civil days of the package's zone, both included.
    fn dates(&mut self, first: Option<&Expr>, last: Option<&Expr>, gate: &mut Vec<ir::Expr>) {
        let mut scope = Scope::new();
        let mut day = |checker: &mut Self, expr: Option<&Expr>, comparison| {
            let day = checker.known(&mut scope, expr?, &Type::Date);
            Some((day, comparison))
        };
        let first = day(self, first, Comparison::AtLeast);
        let last = day(self, last, Comparison::AtMost);
        if let (Some((first, _)), Some((last, _))) = (&first, &last) {
            self.refuse_empty_dates(first, last);
        }
        for (day, comparison) in first.into_iter().chain(last) {
            let span = day.span;
            if fits(&day.ty, &Type::Date) && day.ty != Type::Unknown {
                self.require_zone(span);
            }
            let today = ir::ExprKind::Today {
                offset: 0,
                zone: ir::ZoneRef::Package,
            };
            let kind = ir::ExprKind::Compare {
                comparison,
                left: Box::new(typed(today, Type::Date, span)),
                right: Box::new(day),
            };
            gate.push(typed(kind, Type::YesNo, span));
        }
    }

    fn refuse_empty_dates(&mut self, first: &ir::Expr, last: &ir::Expr) {
        let (ir::ExprKind::Constant(from), ir::ExprKind::Constant(to)) = (&first.kind, &last.kind)
        else {
            return;
        };
        if from.compare(to) == Some(std::cmp::Ordering::Greater) {
            self.report(
                Diagnostic::error(
                    Code::EmptyRange,
                    first.span.to(last.span),
                    "the last day is before the first, so this policy is never in force",
                )
                .help("the first day stands after `from`, the last after `until`"),
            );
        }
    }

    /// `for 10% of customer.id as "autumn"`: the slots 0 to 10 × 100 - 1.
    fn share(
        &mut self,
        scope: &mut Scope,
        policy: &ast::Policy,
        share: &ShareClause<'_>,
    ) -> Option<ir::Expr> {
        let span = share.percent_span;
        let key = self.known(scope, share.key, &Type::Text);
        let hundredths = share.percent.mul(&Number::from_i64(100));
        if hundredths.is_negative() || hundredths > Number::from_i64(10_000) {
            self.report(
                Diagnostic::error(Code::BadLiteral, span, "a share lies between 0% and 100%")
                    .help("write a number from 0 to 100"),
            );
            return None;
        }
        if !hundredths.is_whole() {
            self.report(
                Diagnostic::error(
                    Code::BadLiteral,
                    span,
                    "a share has at most two digits after the point",
                )
                .help("there are 10,000 slots, so the smallest share is 0.01%"),
            );
            return None;
        }
        let name = share.name.map_or(&policy.title, |name| name);
        let salt = ir::ExprKind::Constant(constant_text(&name.text));
        let slot = ir::ExprKind::Slot {
            key: Box::new(key),
            name: Box::new(typed(salt, Type::Text, name.span)),
        };
        let taken = ir::ExprKind::Constant(Value::Number(hundredths));
        let kind = ir::ExprKind::Compare {
            comparison: Comparison::Less,
            left: Box::new(typed(slot, Type::Number, span)),
            right: Box::new(typed(taken, Type::Number, span)),
        };
        Some(typed(kind, Type::YesNo, span))
    }
}
