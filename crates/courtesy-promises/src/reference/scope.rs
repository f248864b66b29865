//! What names mean in one place, and what is the same for the whole case.
//!
//! Invariant: a scope only grows inwards; nobody sees what an inner place adds.

use super::declared::Declared;
use super::kind::Kind;
use courtesy::value::{Timestamp, Value, Zone};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One case: its moment, its inputs, its zone.
#[derive(Debug)]
pub(crate) struct World<'a> {
    /// The package.
    pub(crate) declared: &'a Declared,
    /// The moment.
    pub(crate) now: Timestamp,
    /// What the host handed in.
    pub(crate) inputs: BTreeMap<Arc<str>, Value>,
    /// The package's zone, worked out.
    pub(crate) zone: Zone,
}

/// The variables of a place, and the zone of the phrase around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    bound: Vec<Bound>,
    zone: Option<Zone>,
}

/// A variable.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    name: Arc<str>,
    /// Of what kind it is.
    pub(crate) kind: Kind,
    /// What it holds.
    pub(crate) value: Value,
}

impl Scope {
    /// This scope and a variable more.
    pub(crate) fn with(&self, name: &Arc<str>, kind: Kind, value: Value) -> Scope {
        let mut inner = self.clone();
        inner.bound.push(Bound {
            name: name.clone(),
            kind,
            value,
        });
        inner
    }

    /// The variable of this name.
    pub(crate) fn find(&self, name: &str) -> Option<&Bound> {
        self.bound.iter().rev().find(|bound| &*bound.name == name)
    }

    /// This scope in another zone.
    pub(crate) fn in_zone(&self, zone: Zone) -> Scope {
        Scope {
            zone: Some(zone),
            ..self.clone()
        }
    }

    /// This scope in brackets: a phrase ends at them, and the zone behind it with it.
    pub(crate) fn bracketed(&self) -> Scope {
        Scope {
            zone: None,
            ..self.clone()
        }
    }

    /// The zone of civil time here.
    pub(crate) fn zone(&self, world: &World<'_>) -> Zone {
        self.zone.clone().unwrap_or_else(|| world.zone.clone())
    }
}
