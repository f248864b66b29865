//! Examples: a line for each thing given, proposed and expected, the empty lines
//! between them as the writer left them.

use super::printer::Printer;
use crate::ast::{
    Assignment, Example, ExampleClause, ExampleClauseKind, Expectation, ExpectedVerdict,
    ExpectedWithheld, Expr, GivenSource, Quoted,
};

impl Printer<'_> {
    pub(super) fn example(&mut self, example: &Example) {
        self.head("example");
        self.quoted(&example.title);
        self.indent(2, |p| {
            for clause in &example.clauses {
                p.hard_line_keeping();
                p.example_clause(clause);
            }
        });
    }

    fn example_clause(&mut self, clause: &ExampleClause) {
        match &clause.kind {
            ExampleClauseKind::Now(now) => {
                self.head("given now is");
                self.expression(now);
            }
            ExampleClauseKind::Given {
                input,
                source,
                with,
            } => {
                self.head("given");
                self.name(input);
                self.blank();
                match source {
                    GivenSource::Value(value) => {
                        self.head("is");
                        self.expression(value);
                    }
                    GivenSource::File(file) => {
                        self.head("from");
                        self.quoted(file);
                    }
                }
                self.changes(with);
            }
            ExampleClauseKind::Propose { id, action, with } => {
                self.head("propose");
                if let Some(id) = id {
                    self.quoted(id);
                    self.head(":");
                }
                self.name(action);
                self.changes(with);
            }
            ExampleClauseKind::Expect(expectation) => {
                self.head("expect");
                self.expectation(expectation);
            }
        }
    }

    fn changes(&mut self, with: &[Assignment]) {
        if !with.is_empty() {
            self.blank();
            self.with(with);
        }
    }

    fn expectation(&mut self, expectation: &Expectation) {
        match expectation {
            Expectation::NothingElse => self.words("nothing else"),
            Expectation::NoDuty(action) => {
                self.head("no");
                self.name(action);
            }
            Expectation::Before { first, second } => {
                self.quoted(first);
                self.blank();
                self.head("before");
                self.quoted(second);
            }
            Expectation::Verdict {
                id,
                verdict,
                by,
                until,
            } => {
                self.quoted(id);
                self.blank();
                self.words(match verdict {
                    ExpectedVerdict::Allowed => "allowed",
                    ExpectedVerdict::Blocked => "blocked",
                    ExpectedVerdict::Limited => "limited",
                });
                self.indent(2, |p| p.by_until(by, until.as_ref()));
            }
            Expectation::Duty {
                action,
                with,
                on,
                deadline,
                withheld,
            } => {
                self.name(action);
                self.changes(with);
                self.indent(2, |p| {
                    if let Some(on) = on {
                        p.next_part("on", |p| p.quoted(on));
                    }
                    if let Some(deadline) = deadline {
                        p.next_part("by", |p| p.expression(deadline));
                    }
                    if let Some(withheld) = withheld {
                        p.withheld(withheld);
                    }
                });
            }
        }
    }

    fn withheld(&mut self, withheld: &ExpectedWithheld) {
        self.next_on_line(true, |p| {
            p.words("withheld");
            if !withheld.by.is_empty() {
                p.blank();
                p.head("by");
                p.titles(&withheld.by);
            }
        });
        self.by_until(&[], withheld.until.as_ref());
    }

    fn by_until(&mut self, by: &[Quoted], until: Option<&Expr>) {
        if !by.is_empty() {
            self.next_part("by", |p| p.titles(by));
        }
        if let Some(until) = until {
            self.next_part("until", |p| p.expression(until));
        }
    }

    /// A word and what it brings, on this line where there is room.
    fn next_part(&mut self, word: &str, body: impl FnOnce(&mut Self)) {
        self.next_on_line(true, |p| {
            p.head(word);
            body(p);
        });
    }
}
