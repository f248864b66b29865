//! A second evaluator: small and naive, written from the language reference alone.
//!
//! Input: the tree as written and a case as JSON. Output: the decision as JSON. It shares nothing with the engine but
//! the syntax tree and the values.
