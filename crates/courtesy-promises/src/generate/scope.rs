//! What is in sight of an expression, and what is known to be there.

use super::model::{Field, Model, Ty};
use std::collections::BTreeSet;

/// Where paths begin: an input, a variable, a field of the candidate, a definition.
#[derive(Clone, Debug)]
pub(super) struct Root {
    pub(super) path: String,
    pub(super) ty: Ty,
    pub(super) optional: bool,
}

/// A path to a value.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) ty: Ty,
    /// Whether it may be missing here.
    pub(super) optional: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) roots: Vec<Root>,
    pub(super) facts: BTreeSet<String>,
    /// How many lists are being walked through.
    pub(super) loops: usize,
}

impl Scope {
    pub(super) fn with(&self, path: &str, ty: &Ty) -> Scope {
        let mut scope = self.clone();
        scope.roots.push(Root {
            path: path.to_string(),
            ty: ty.clone(),
            optional: false,
        });
        scope
    }

    pub(super) fn inside(&self, variable: &str, ty: &Ty) -> Scope {
        let mut scope = self.with(variable, ty);
        scope.loops += 1;
        scope
    }

    pub(super) fn add_fields(&mut self, owner: &str, fields: &[Field]) {
        for field in fields {
            self.roots.push(Root {
                path: format!("{owner}.{}", field.name),
                ty: field.ty.clone(),
                optional: field.optional,
            });
        }
    }

    pub(super) fn learn(&mut self, facts: &[String]) {
        self.facts.extend(facts.iter().cloned());
    }

    /// Every path in sight, a few records deep.
    pub(super) fn places(&self, model: &Model) -> Vec<Place> {
        let mut places = Vec::new();
        for root in &self.roots {
            self.expand(model, &root.path, &root.ty, root.optional, 3, &mut places);
        }
        places
    }

    fn expand(
        &self,
        model: &Model,
        path: &str,
        ty: &Ty,
        optional: bool,
        depth: usize,
        places: &mut Vec<Place>,
    ) {
        let optional = optional && !self.facts.contains(path);
        places.push(Place {
            path: path.to_string(),
            ty: ty.clone(),
            optional,
        });
        let (Ty::Record(record), false, true) = (ty, optional, depth > 0) else {
            return;
        };
        for field in &model.records[*record].fields {
            let inner = format!("{path}.{}", field.name);
            self.expand(model, &inner, &field.ty, field.optional, depth - 1, places);
        }
    }
}

/// Whether a path begins with a variable.
pub(super) fn starts_at(path: &str, variable: &str) -> bool {
    path.strip_prefix(variable)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
