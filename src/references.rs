//! Which word of a package means which declaration, and what type an expression has.
//!
//! Data only. Built by `check` where a host asks for it (an editor does, a decision does not); read by `ide`.
//! A declaration is known by the span of its name.

use crate::schema::Type;
use crate::source::Span;

/// What checking a package found out about its words.
#[derive(Clone, Debug, Default)]
pub struct References {
    /// Words and the declarations that they mean, in no order, some more than once.
    pub uses: Vec<Use>,
    /// Expressions and their types, in no order, some more than once.
    pub types: Vec<TypedPlace>,
    /// Variables that a quantifier, a `for each` or a definition binds.
    pub variables: Vec<BoundVariable>,
}

/// A word that means something declared elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The word.
    pub at: Span,
    /// The name in the declaration.
    pub declared: Span,
}

/// An expression and its type.
#[derive(Clone, Debug)]
pub struct TypedPlace {
    /// The expression.
    pub at: Span,
    /// Its type.
    pub kind: Type,
    /// Whether it may be missing there.
    pub optional: bool,
}

/// A variable.
#[derive(Clone, Debug)]
pub struct BoundVariable {
    /// Its name where it is bound.
    pub at: Span,
    /// Its type.
    pub kind: Type,
}
