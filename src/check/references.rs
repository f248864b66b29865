//! Writes down which word means which declaration, where a host asked for it.
//!
//! Input: what the other passes have just resolved. Output: [`References`]. It changes nothing that they do, and costs
//! a glance at an empty place where nobody asked.

use super::Checker;
use super::scope::Scope;
use crate::ast::{Expr, ExprKind, Name};
use crate::ir;
use crate::references::{BoundVariable, TypedPlace, Use};
use crate::schema::{ActionId, Fields, Type};
use crate::source::Span;

impl Checker<'_> {
    /// A word that means what is declared there.
    pub(super) fn refer(&mut self, at: Span, declared: Span) {
        if let Some(references) = &mut self.references {
            references.uses.push(Use { at, declared });
        }
    }

    /// A word that means the declaration of that name.
    pub(super) fn refer_by_name(&mut self, name: &Name) {
        if self.references.is_some()
            && let Some(symbol) = self.symbols.get(&name.text)
        {
            self.refer(name.span, symbol.span);
        }
    }

    /// A word that means one of these fields.
    pub(super) fn refer_to_field(&mut self, fields: &Fields, name: &Name) {
        if self.references.is_some()
            && let Some((_, field)) = fields.named(&name.text)
        {
            self.refer(name.span, field.span);
        }
    }

    /// A variable that is bound.
    pub(super) fn note_bound(&mut self, name: &Name, kind: &Type) {
        if let Some(references) = &mut self.references {
            references.variables.push(BoundVariable {
                at: name.span,
                kind: kind.clone(),
            });
        }
    }

    /// An expression as it was written and as it was typed.
    pub(super) fn note_typed(&mut self, scope: &Scope, written: &Expr, typed: &ir::Expr) {
        let Some(references) = &mut self.references else {
            return;
        };
        references.types.push(TypedPlace {
            at: written.span,
            kind: typed.ty.clone(),
            optional: typed.optional,
        });
        match &written.kind {
            ExprKind::Name(name) => self.note_name(scope, name, typed),
            ExprKind::Field { base, name } => self.note_field(base, name, typed),
            ExprKind::Call { name, .. } => self.refer_by_name(name),
            _ => {}
        }
    }

    fn note_name(&mut self, scope: &Scope, name: &Name, typed: &ir::Expr) {
        match &typed.kind {
            ir::ExprKind::Variable(_) => {
                if let Some(variable) = scope.find(&name.text) {
                    self.refer(name.span, variable.name.span);
                }
            }
            ir::ExprKind::Constant(_) => self.note_choice_value(name, &typed.ty),
            _ => self.refer_by_name(name),
        }
    }

    fn note_choice_value(&mut self, name: &Name, kind: &Type) {
        let Type::Choice(id) = kind else { return };
        let values = self.schema.choice(*id).map(|choice| &choice.values);
        let found = values.and_then(|values| values.iter().find(|one| one.name == name.text));
        if let Some(span) = found.map(|value| value.span) {
            self.refer(name.span, span);
        }
    }

    fn note_field(&mut self, base: &Expr, name: &Name, typed: &ir::Expr) {
        let declared = match &typed.kind {
            ir::ExprKind::Field { base, index } => match base.ty {
                Type::Record(id) => self.schema.record(id).and_then(|record| {
                    let field = record.fields.get(*index as usize)?;
                    Some(field.span)
                }),
                _ => None,
            },
            ir::ExprKind::CandidateField(_) | ir::ExprKind::CarrierField(_) => {
                self.note_owner(base);
                self.field_of_action(base, name)
            }
            ir::ExprKind::Constant(_) => {
                self.note_owner(base);
                return self.note_choice_value(name, &typed.ty);
            }
            _ => None,
        };
        if let Some(declared) = declared {
            self.refer(name.span, declared);
        }
    }

    /// The action, group or choice before the dot.
    fn note_owner(&mut self, base: &Expr) {
        if let ExprKind::Name(name) = &base.kind {
            self.refer_by_name(name);
        }
    }

    /// The field of an action, or of the first action of a group.
    fn field_of_action(&self, base: &Expr, name: &Name) -> Option<Span> {
        let ExprKind::Name(owner) = &base.kind else {
            return None;
        };
        let actions: Vec<ActionId> = self.actions_known(owner)?;
        let action = self.schema.action(*actions.first()?)?;
        let field = action.fields.iter().find(|field| field.name == name.text)?;
        Some(field.span)
    }
}
