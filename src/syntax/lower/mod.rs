//! From pest's pairs to the tree as written.
//!
//! Input: the pairs of one slice, already accepted by the grammar. Output: ast
//! nodes, and diagnostics for what the grammar lets through on purpose (dates
//! that do not exist, missing blanks, chains without end). Pure data conversion:
//! no name is looked up here. Recursion is bounded by `split`.

mod arithmetic;
mod declarations;
mod examples;
mod expressions;
mod lists;
mod literals;
mod policies;
mod tables;
mod tests_of_values;
mod texts;
mod time;
mod working;

use super::grammar::Rule;
use crate::ast::{Item, Name, Quoted};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span, offset};
use pest::iterators::{Pair, Pairs};
use unicode_normalization::UnicodeNormalization;

/// Converts the pairs of slices of one file.
pub(super) struct Lowerer<'a> {
    /// The file.
    pub(super) file: FileId,
    /// Where the slice begins in the file.
    pub(super) base: usize,
    /// Where the mistakes go.
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Lowerer<'_> {
    /// The declarations of a slice.
    pub(super) fn items(&mut self, pairs: Pairs<'_, Rule>) -> Vec<Item> {
        pairs
            .flat_map(Pair::into_inner)
            .filter_map(|pair| self.item(pair))
            .collect()
    }

    fn item(&mut self, pair: Pair<'_, Rule>) -> Option<Item> {
        Some(match pair.as_rule() {
            Rule::currency => Item::Currency(self.currency(pair)),
            Rule::timezone => Item::Timezone(self.timezone(pair)),
            Rule::week_start => Item::WeekStart(self.week_start(pair)),
            Rule::choice => Item::Choice(self.choice(pair)),
            Rule::type_declaration => Item::Type(self.type_declaration(pair)),
            Rule::action => Item::Action(self.action(pair)),
            Rule::action_group => Item::ActionGroup(self.action_group(pair)),
            Rule::input => Item::Input(self.input(pair)),
            Rule::define => Item::Define(self.define(pair)),
            Rule::table => Item::Table(self.table(pair)),
            Rule::calendar => Item::Calendar(self.calendar(pair)),
            Rule::policy => Item::Policy(self.policy(pair)),
            Rule::example => Item::Example(self.example(pair)),
            _ => return None,
        })
    }

    /// The span of a pair in the file, without the blanks behind it.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let text = pair.as_str();
        let start = self.base.saturating_add(pair.as_span().start());
        let end = start.saturating_add(trimmed_length(text));
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    /// A name in the form in which names are compared: another one has its message
    /// already, and gets no second for not being known.
    fn name(&self, pair: &Pair<'_, Rule>) -> Name {
        let written = pair.as_str().trim();
        let text = if written.is_ascii() {
            written.into()
        } else {
            written.nfc().collect::<String>().into()
        };
        Name {
            text,
            span: self.span(pair),
        }
    }

    /// A text where no value can be inserted: a title, a key of the data.
    fn quoted(&mut self, pair: Pair<'_, Rule>) -> Quoted {
        let expression = self.text(pair);
        expression.as_quoted().unwrap_or_else(|| {
            self.report(
                Diagnostic::error(
                    Code::HoleInTitle,
                    expression.span,
                    "a title or key is plain text, without inserted values",
                )
                .help("leave the braces out; `\\{` is a brace that is meant as such"),
            );
            Quoted {
                text: "".into(),
                span: expression.span,
            }
        })
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// The length of a text without the blanks and comments behind it. Rules that
/// end in something optional carry what was skipped before it was found absent.
fn trimmed_length(text: &str) -> usize {
    let mut end = text.trim_end().len();
    loop {
        let kept = text.get(..end).unwrap_or("");
        let line_start = kept.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let line = kept.get(line_start..).unwrap_or("");
        if line_start == 0 || !line.trim_start().starts_with('#') {
            return end;
        }
        end = kept.get(..line_start).unwrap_or("").trim_end().len();
    }
}

/// The first inner pair of that rule.
fn find<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    pair.clone()
        .into_inner()
        .find(|inner| inner.as_rule() == rule)
}

/// All inner pairs of that rule.
fn all<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> impl Iterator<Item = Pair<'i, Rule>> {
    pair.clone()
        .into_inner()
        .filter(move |inner| inner.as_rule() == rule)
}

/// The inner pairs that are not keywords.
fn parts<'i>(pair: Pair<'i, Rule>) -> impl Iterator<Item = Pair<'i, Rule>> {
    pair.into_inner()
        .filter(|inner| !is_keyword(inner.as_rule()))
}

/// Whether a rule is a bare keyword: those are named `kw_…` in the grammar.
fn is_keyword(rule: Rule) -> bool {
    format!("{rule:?}").starts_with("kw_")
}
