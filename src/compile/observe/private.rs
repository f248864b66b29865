//! What came from a private field, so that no trace shows it.
//!
//! Input: a checked package. Output: whether an expression's value came from a private field, in whole or in part.
//! It errs on the side of silence: whatever is made from a private value is private, and so is what a condition on
//! a private value chose. A record is not: its fields are shown or not one by one.
//! Values also travel through the arguments of definitions and through what a policy owes; that is followed until
//! nothing more is found.

use super::parts::parts;
use crate::ir::{Calendar, Define, Expr, ExprKind, On, Package, Policy, PolicyKind, ZoneRef};
use crate::schema::{ActionId, Schema, Type};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is private in a package, besides the fields that say so.
pub(super) struct Privacy {
    schema: Schema,
    zone: bool,
    /// The calendars whose hours depend on something private.
    calendars: BTreeSet<u32>,
    /// By definition: what it stands for, and its parameters.
    bodies: BTreeSet<u32>,
    parameters: BTreeSet<(u32, u32)>,
    /// Fields of actions that a policy fills with something private.
    fields: BTreeSet<(ActionId, Arc<str>)>,
}

/// Whether a package's zone came from a private field: times are then told in UTC.
pub(in crate::compile) fn zone_is_private(package: &Package) -> bool {
    let mut records = package.schema.records.iter();
    let has_private = records.any(|record| record.fields.iter().any(|field| field.private));
    if package.zone.is_none() || !has_private {
        return false;
    }
    let mut zone_alone = Package {
        schema: package.schema.clone(),
        zone: package.zone.clone(),
        week_start: package.week_start,
        defines: package.defines.clone(),
        calendars: Vec::new(),
        policies: Vec::new(),
    };
    Privacy::of(&mut zone_alone).zone
}

/// What is known inside one policy or definition.
#[derive(Clone, Debug, Default)]
pub(super) struct Env {
    /// The variables that are bound to something private.
    variables: BTreeSet<u32>,
    /// Whose fields a candidate's may be; all where there is none.
    candidates: Option<Vec<ActionId>>,
    /// The same of carriers.
    carriers: Option<Vec<ActionId>>,
}

impl Privacy {
    pub(super) fn of(package: &mut Package) -> Privacy {
        let mut privacy = Privacy {
            schema: package.schema.clone(),
            zone: false,
            calendars: BTreeSet::new(),
            bodies: BTreeSet::new(),
            parameters: BTreeSet::new(),
            fields: BTreeSet::new(),
        };
        let mut found = 0;
        loop {
            privacy.go_through(package);
            let now = privacy.found();
            if now == found {
                return privacy;
            }
            found = now;
        }
    }

    fn found(&self) -> usize {
        usize::from(self.zone)
            .saturating_add(self.bodies.len())
            .saturating_add(self.parameters.len())
            .saturating_add(self.fields.len())
            .saturating_add(self.calendars.len())
    }

    fn go_through(&mut self, package: &mut Package) {
        if let Some(zone) = &mut package.zone {
            self.zone = self.zone || self.flow(zone, &mut Env::default());
        }
        for (index, define) in (0u32..).zip(&mut package.defines) {
            let mut env = self.parameters_of(index);
            if self.flow(&mut define.body, &mut env) {
                self.bodies.insert(index);
            }
        }
        for (index, calendar) in (0u32..).zip(&mut package.calendars) {
            if self.is_private_calendar(calendar) {
                self.calendars.insert(index);
            }
        }
        for policy in &mut package.policies {
            let mut env = env_of(policy);
            self.flow_through(policy, &mut env);
        }
    }

    fn is_private_calendar(&mut self, calendar: &mut Calendar) -> bool {
        let mut env = Env::default();
        let zone = match &mut calendar.zone {
            Some(zone) => self.flow(zone, &mut env),
            None => self.zone,
        };
        let except = calendar.except.as_mut();
        zone || except.is_some_and(|days| self.flow(days, &mut env))
    }

    fn parameters_of(&self, define: u32) -> Env {
        let mine = self.parameters.range((define, 0)..=(define, u32::MAX));
        Env {
            variables: mine.map(|(_, slot)| *slot).collect(),
            ..Env::default()
        }
    }

    /// What is known inside a definition.
    pub(super) fn env_of_define(&mut self, index: usize, define: &mut Define) -> Env {
        let mut env = self.parameters_of(crate::source::offset(index));
        self.flow(&mut define.body, &mut env);
        env
    }

    /// What is known inside a policy.
    pub(super) fn env_of_policy(&mut self, policy: &mut Policy) -> Env {
        let mut env = env_of(policy);
        self.flow_through(policy, &mut env);
        env
    }

    fn flow_through(&mut self, policy: &mut Policy, env: &mut Env) {
        if let Some(each) = &mut policy.for_each {
            if self.flow(&mut each.list, env) {
                env.variables.insert(each.variable.0);
            }
            each.condition.iter_mut().for_each(|condition| {
                self.flow(condition, env);
            });
        }
        let conditions = policy.gate.iter_mut();
        let conditions = conditions.chain(&mut policy.when).chain(&mut policy.unless);
        conditions.for_each(|condition| {
            self.flow(condition, env);
        });
        self.flow_through_verb(&mut policy.kind, &policy.actions, env);
        policy.because.iter_mut().for_each(|because| {
            self.flow(because, env);
        });
    }

    fn flow_through_verb(&mut self, kind: &mut PolicyKind, actions: &[ActionId], env: &mut Env) {
        match kind {
            PolicyKind::Never | PolicyKind::Only | PolicyKind::Allow => {}
            PolicyKind::Always { with, by, on } => {
                for (place, value) in with.iter_mut().enumerate() {
                    if value.as_mut().is_some_and(|value| self.flow(value, env)) {
                        self.fill(actions, place);
                    }
                }
                by.iter_mut().for_each(|by| {
                    self.flow(by, env);
                });
                if let Some(On::Fewer { number, .. }) = on {
                    self.flow(number, env);
                }
            }
            PolicyKind::Prefer { by } => {
                self.flow(by, env);
            }
            PolicyKind::Limit(limit) => {
                let others = [
                    &mut limit.weight,
                    &mut limit.per,
                    &mut limit.past,
                    &mut limit.exempt,
                ];
                self.flow(&mut limit.amount, env);
                others.into_iter().flatten().for_each(|part| {
                    self.flow(part, env);
                });
            }
        }
    }

    fn fill(&mut self, actions: &[ActionId], place: usize) {
        for id in actions {
            let action = self.schema.action(*id);
            if let Some(field) = action.and_then(|action| action.fields.get(place)) {
                self.fields.insert((*id, field.name.clone()));
            }
        }
    }

    /// Whether a value is private; passes on what is handed to definitions.
    fn flow(&mut self, expr: &mut Expr, env: &mut Env) -> bool {
        let called = match &expr.kind {
            ExprKind::Call { define, .. } => Some(define.0),
            _ => None,
        };
        let variable = super::loop_variable(expr);
        let mut private = self.is_private_itself(expr, env);
        let mut place = 0u32;
        parts(expr, &mut |inner, _| {
            if self.flow(inner, env) {
                private = true;
                if let Some(define) = called {
                    self.parameters.insert((define, place));
                }
                // The list stands before everything else.
                if let (0, Some(variable)) = (place, variable) {
                    env.variables.insert(variable);
                }
            }
            place = place.saturating_add(1);
        });
        private
    }

    /// Whether a value came from a private field.
    pub(super) fn reads_private(&mut self, expr: &mut Expr, env: &mut Env) -> bool {
        self.flow(expr, env)
    }

    /// Leaving its parts aside.
    fn is_private_itself(&self, expr: &Expr, env: &Env) -> bool {
        if self.zone && is_told_in_the_zone(&expr.kind) {
            return true;
        }
        match &expr.kind {
            ExprKind::Variable(id) => env.variables.contains(&id.0),
            ExprKind::CandidateField(name) => self.field_is_private(name, &env.candidates),
            ExprKind::CarrierField(name) => self.field_is_private(name, &env.carriers),
            ExprKind::WorkingShift { calendar, .. }
            | ExprKind::WorkingBetween { calendar, .. }
            | ExprKind::WithinCalendar { calendar, .. } => self.calendars.contains(&calendar.0),
            ExprKind::Call { define, .. } => self.bodies.contains(&define.0),
            ExprKind::Field { base, index } => match &base.ty {
                Type::Record(id) => self
                    .schema
                    .record(*id)
                    .and_then(|record| record.fields.get(*index as usize))
                    .is_none_or(|field| field.private),
                _ => true,
            },
            _ => false,
        }
    }

    fn field_is_private(&self, name: &Arc<str>, actions: &Option<Vec<ActionId>>) -> bool {
        let all = (0..).map(ActionId).zip(&self.schema.actions);
        let mut asked = all.filter(|(id, _)| actions.as_ref().is_none_or(|some| some.contains(id)));
        asked.any(|(id, action)| {
            let declared = action.fields.iter().find(|field| field.name == *name);
            declared.is_some_and(|field| field.private) || self.fields.contains(&(id, name.clone()))
        })
    }
}

fn env_of(policy: &Policy) -> Env {
    let carriers = match &policy.kind {
        PolicyKind::Always {
            on: Some(On::Carrier { actions, .. }),
            ..
        } => Some(actions.clone()),
        _ => None,
    };
    Env {
        variables: BTreeSet::new(),
        candidates: Some(policy.actions.clone()),
        carriers,
    }
}

/// Whether an expression reads the package's zone.
fn is_told_in_the_zone(kind: &ExprKind) -> bool {
    match kind {
        ExprKind::Today { zone, .. }
        | ExprKind::DayOfYear { zone, .. }
        | ExprKind::DayOfMonth { zone, .. }
        | ExprKind::Shift { zone, .. }
        | ExprKind::Combine { zone, .. }
        | ExprKind::Within { zone, .. }
        | ExprKind::Distance { zone, .. }
        | ExprKind::Function { zone, .. }
        | ExprKind::CountBetween { zone, .. } => matches!(zone, ZoneRef::Package),
        ExprKind::Text(_) => true,
        _ => false,
    }
}
