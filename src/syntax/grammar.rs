//! The parser that pest makes of `grammar/courtesy.pest`. Its rules stay inside
//! [`crate::syntax`].

/// Reads a slice of a file by the rules of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/courtesy.pest"]
pub(super) struct Grammar;
