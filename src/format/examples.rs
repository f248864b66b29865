//! Examples: a line for each thing given, proposed and expected, the empty lines
//! between them as the writer left them.

use super::printer::{LINE_WIDTH, Printer};
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
            self.group(LINE_WIDTH, |p| p.with_parts(with));
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
                self.indent(2, |p| {
                    if let Some((first, others)) = by.split_first() {
                        p.next_on_line(true, |p| {
                            p.head("by");
                            p.quoted(first);
                        });
                        for title in others {
                            p.comma();
                            p.next_on_line(true, |p| p.quoted(title));
                        }
                    }
                    p.until(until.as_ref());
                });
            }
            Expectation::Duty {
                action,
                with,
                on,
                deadline,
                withheld,
            } => {
                self.name(action);
                self.group(LINE_WIDTH, |p| {
                    if !with.is_empty() {
                        p.blank();
                        p.with_parts(with);
                    }
                    p.indent(2, |p| {
                        p.duty_parts(on.as_ref(), deadline.as_ref(), withheld.as_ref());
                    });
                });
            }
        }
    }

    fn duty_parts(
        &mut self,
        on: Option<&Quoted>,
        deadline: Option<&Expr>,
        withheld: Option<&ExpectedWithheld>,
    ) {
        if let Some(on) = on {
            self.line();
            self.head("on");
            self.quoted(on);
        }
        if let Some(deadline) = deadline {
            self.line();
            self.head("by");
            self.expression(deadline);
        }
        if let Some(withheld) = withheld {
            self.line();
            self.words("withheld");
            if !withheld.by.is_empty() {
                self.blank();
                self.head("by");
                self.titles_filling(&withheld.by);
            }
            self.until(withheld.until.as_ref());
        }
    }

    /// Titles with commas between them, which fill their lines.
    fn titles_filling(&mut self, titles: &[Quoted]) {
        for (index, title) in titles.iter().enumerate() {
            if index == 0 {
                self.quoted(title);
            } else {
                self.comma();
                self.next_on_line(true, |p| p.quoted(title));
            }
        }
        self.no_comma();
    }

    /// `until T`, on this line where there is room.
    fn until(&mut self, until: Option<&Expr>) {
        if let Some(until) = until {
            self.next_on_line(true, |p| {
                p.head("until");
                p.expression(until);
            });
        }
    }
}
