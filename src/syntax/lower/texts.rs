//! Texts: what is literal in them, and the values they insert.

use super::Lowerer;
use crate::ast::{Expr, ExprKind, TextPart};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Lowerer<'_> {
    pub(super) fn text(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let mut pieces: Vec<TextPart> = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::text_hole => pieces.push(TextPart::Hole(self.only_expression(part))),
                Rule::text_escape => push_literal(&mut pieces, unescaped(part.as_str())),
                _ => push_literal(&mut pieces, part.as_str()),
            }
        }
        Expr {
            kind: ExprKind::Text(pieces),
            span,
        }
    }
}

fn push_literal(pieces: &mut Vec<TextPart>, text: &str) {
    if let Some(TextPart::Literal(last)) = pieces.last_mut() {
        last.push_str(text);
    } else {
        pieces.push(TextPart::Literal(text.into()));
    }
}

fn unescaped(escape: &str) -> &str {
    match escape.get(1..) {
        Some("n") => "\n",
        Some(character) => character,
        None => "",
    }
}
