//! Expressions in a form in which equal is what is written alike.
//!
//! Input: typed expressions, one at a time. Output: each compiled, its bound variables numbered anew in the order
//! in which they are bound; those bound further out stay apart. Two expressions with the same form have the same
//! value in one case and for the same free variables. What is read of a candidate is known by the field's name.

use super::{Compiler, share};
use crate::ir;
use crate::program::Expr;

/// Compiles expressions apart from the policies they stand in.
pub(crate) struct Canonical<'a> {
    compiler: Compiler<'a>,
}

impl<'a> Canonical<'a> {
    /// With the definitions of a package.
    pub(crate) fn new(package: &'a ir::Package) -> Canonical<'a> {
        Canonical {
            compiler: Compiler::with_definitions(package),
        }
    }

    /// The form of an expression.
    pub(crate) fn form(&mut self, expr: &ir::Expr) -> Expr {
        let mut form = self.compiler.root(expr);
        share::renumber(&mut form);
        form
    }
}
