//! Policies: the title, then a line for each clause, in the order written.
//!
//! What belongs to a verb stands on its line where it follows it: the `with` of
//! `always`, the `by` of `prefer`.

use super::expressions::{holds_lines, is_simple};
use super::printer::{LINE_WIDTH, Printer, READING_WIDTH};
use crate::ast::{Assignment, Clause, ClauseKind, Expr, Name, Policy, Quoted, Verb};
use crate::operators::CarrierOutcome;

impl Printer<'_> {
    pub(super) fn policy(&mut self, policy: &Policy) {
        self.head("policy");
        self.quoted(&policy.title);
        self.indent(2, |p| {
            let mut before: Option<&ClauseKind> = None;
            for clause in &policy.clauses {
                if before.is_some_and(|before| belongs_to(&clause.kind, before)) {
                    p.blank();
                } else {
                    p.hard_line();
                }
                p.clause(clause);
                before = Some(&clause.kind);
            }
        });
    }

    /// A clause, beginning with its word.
    pub(super) fn clause(&mut self, clause: &Clause) {
        match &clause.kind {
            ClauseKind::Verb { verb, action } => {
                self.head(verb.word());
                self.name(action);
            }
            ClauseKind::Limit { action, amount, of } => {
                self.head("limit");
                self.name(action);
                self.blank();
                self.head("to");
                self.expression(amount);
                if let Some(of) = of {
                    self.blank();
                    self.head("of");
                    self.expression(of);
                }
            }
            ClauseKind::Per(key) => self.word_and_value("per", key),
            ClauseKind::Counting {
                value,
                variable,
                list,
                condition,
            } => {
                self.head("counting");
                self.elements(value.as_ref(), variable, list, condition.as_ref());
            }
            ClauseKind::Exempt(condition) => self.condition_clause("exempt when", condition),
            ClauseKind::With(given) => self.with(given),
            ClauseKind::When(condition) => self.condition_clause("when", condition),
            ClauseKind::Unless(condition) => self.condition_clause("unless", condition),
            ClauseKind::On {
                outcome,
                action,
                by,
            } => self.on(*outcome, action, by.as_ref()),
            ClauseKind::OnFewer { number, action } => {
                self.head("on fewer than");
                self.expression(number);
                self.blank();
                self.head("allowed");
                self.name(action);
            }
            ClauseKind::ForEach {
                variable,
                list,
                condition,
            } => {
                self.head("for");
                self.group(READING_WIDTH, |p| {
                    p.align(|p| {
                        p.head("each");
                        p.name(variable);
                        p.in_list(list);
                        p.where_part(condition.as_ref());
                    });
                });
            }
            ClauseKind::By(time) => self.word_and_value("by", time),
            ClauseKind::Overrides(titles) => {
                self.head("overrides");
                self.titles(titles);
            }
            ClauseKind::Dates { first, last } => self.dates(first.as_ref(), last.as_ref()),
            ClauseKind::Share { key, name, .. } => self.share(key, name.as_ref()),
            ClauseKind::ReportOnly => self.words("report only"),
            ClauseKind::Owner(owner) => {
                self.head("owner");
                self.quoted(owner);
            }
            ClauseKind::Tags(tags) => {
                self.head("tags");
                self.align(|p| {
                    for (index, tag) in tags.iter().enumerate() {
                        if index == 0 {
                            p.name(tag);
                        } else {
                            p.comma();
                            p.next_on_line(true, |p| p.name(tag));
                        }
                    }
                    p.no_comma();
                });
            }
            ClauseKind::Because(text) => self.word_and_value("because", text),
        }
    }

    fn word_and_value(&mut self, word: &str, value: &Expr) {
        self.head(word);
        self.expression(value);
    }

    fn condition_clause(&mut self, word: &str, condition: &Expr) {
        self.group(READING_WIDTH, |p| {
            p.words(word);
            p.condition_after_word(condition);
        });
    }

    /// `credit.amount for credit in customer.credits where …`
    fn elements(
        &mut self,
        value: Option<&Expr>,
        variable: &Name,
        list: &Expr,
        condition: Option<&Expr>,
    ) {
        self.group(READING_WIDTH, |p| {
            p.align(|p| {
                if let Some(value) = value {
                    p.expression(value);
                    p.blank();
                    p.head("for");
                }
                p.name(variable);
                p.in_list(list);
                p.where_part(condition);
            });
        });
    }

    /// `with text: "…"` of a policy; a single text stays on the line as long as it
    /// can.
    fn with(&mut self, given: &[Assignment]) {
        let single = matches!(given, [only] if is_simple(&only.value));
        self.group(if single { LINE_WIDTH } else { READING_WIDTH }, |p| {
            p.with_parts(given);
        });
    }

    /// `with text: "…"`, each field on a line where the group around it breaks.
    pub(super) fn with_parts(&mut self, given: &[Assignment]) {
        self.words("with");
        if matches!(given, [only] if holds_lines(&only.value)) {
            self.blank();
            return self.assignments(given);
        }
        self.indent(2, |p| {
            p.line();
            p.assignments(given);
        });
    }

    fn on(&mut self, outcome: CarrierOutcome, action: &Name, by: Option<&Quoted>) {
        self.head("on");
        let word = match outcome {
            CarrierOutcome::Allowed => "allowed",
            CarrierOutcome::Proposed => "proposed",
            CarrierOutcome::Blocked => "blocked",
            CarrierOutcome::Limited => "limited",
        };
        if self.peek() == word {
            self.head(word);
        }
        self.name(action);
        if let Some(title) = by {
            self.blank();
            self.head("by");
            self.quoted(title);
        }
    }

    fn dates(&mut self, first: Option<&Expr>, last: Option<&Expr>) {
        if let Some(first) = first {
            self.word_and_value("from", first);
        }
        if let Some(last) = last {
            if first.is_some() {
                self.blank();
            }
            self.word_and_value("until", last);
        }
    }

    fn share(&mut self, key: &Expr, name: Option<&Quoted>) {
        self.head("for");
        self.any();
        self.words("%");
        self.blank();
        self.head("of");
        self.expression(key);
        if let Some(name) = name {
            self.blank();
            self.head("as");
            self.quoted(name);
        }
    }

    /// Titles with commas between them, each on a line where they do not fit.
    fn titles(&mut self, titles: &[Quoted]) {
        self.group(LINE_WIDTH, |p| {
            p.align(|p| {
                for (index, title) in titles.iter().enumerate() {
                    if index > 0 {
                        p.comma();
                        p.line();
                    }
                    p.quoted(title);
                }
                p.no_comma();
            });
        });
    }
}

/// Whether a clause stands on the line of the one before it.
fn belongs_to(clause: &ClauseKind, before: &ClauseKind) -> bool {
    let ClauseKind::Verb { verb, .. } = before else {
        return false;
    };
    matches!(
        (verb, clause),
        (Verb::Always, ClauseKind::With(_)) | (Verb::Prefer, ClauseKind::By(_))
    )
}
