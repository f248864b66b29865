//! Declarations other than policies, examples and tables.
//!
//! What is declared between braces stands on one line or has a line for each
//! part: the writer says which by where the first part stands. What is longer
//! than a line has lines anyway.

use super::expressions::{holds_lines, is_simple};
use super::printer::{LINE_WIDTH, Printer, READING_WIDTH};
use crate::ast::{
    ActionGroupDeclaration, CalendarDeclaration, CalendarHours, ChoiceDeclaration,
    ChoiceValueDeclaration, DefineDeclaration, EpochUnit, Expr, FieldDeclaration, Item, TypeExpr,
    TypeExprKind,
};
use crate::value::Weekday;

/// What is said of a field behind its type.
enum Modifier<'e> {
    Private,
    Range(&'e Expr, &'e Expr),
    AtMost,
}

impl Printer<'_> {
    /// A declaration; `padding` lines its brace or its `as` up with those of
    /// its neighbours.
    pub(super) fn item(&mut self, item: &Item, padding: usize) {
        match item {
            Item::Currency(declaration) => {
                self.head("currency");
                self.name(&declaration.code);
            }
            Item::Timezone(declaration) => {
                self.head("timezone");
                self.expression(&declaration.zone);
            }
            Item::WeekStart(declaration) => {
                self.head("week starts");
                self.name(&declaration.weekday);
            }
            Item::Choice(declaration) => self.choice(declaration, padding),
            Item::Type(declaration) => {
                self.head("type");
                self.name(&declaration.name);
                self.fields(&declaration.fields, padding);
            }
            Item::Action(declaration) => {
                if declaration.single.is_some() {
                    self.head("single");
                }
                self.head("action");
                self.name(&declaration.name);
                if self.peek() == "{" {
                    self.fields(&declaration.fields, padding);
                }
            }
            Item::ActionGroup(declaration) => self.action_group(declaration),
            Item::Input(declaration) => {
                self.head("input");
                self.name(&declaration.name);
                self.words(":");
                self.blank();
                self.kind(&declaration.kind);
            }
            Item::Define(declaration) => self.define(declaration, padding),
            Item::Table(table) => self.table(table),
            Item::Calendar(calendar) => self.calendar(calendar),
            Item::Policy(policy) => self.policy(policy),
            Item::Example(example) => self.example(example),
            Item::Broken(broken) => self.place(broken.span),
        }
    }

    /// The words a declaration begins with, and a blank.
    pub(super) fn head(&mut self, words: &str) {
        self.words(words);
        self.blank();
    }

    fn choice(&mut self, choice: &ChoiceDeclaration, padding: usize) {
        self.head("choice");
        self.name(&choice.name);
        let values = &choice.values;
        self.braces(padding, |p| {
            for (index, value) in values.iter().enumerate() {
                if index == 0 {
                    p.choice_value(value);
                } else if choice.ordered {
                    p.next_on_line(true, |p| {
                        p.words("<");
                        p.blank();
                        p.choice_value(value);
                    });
                } else {
                    p.comma();
                    p.next_on_line(true, |p| p.choice_value(value));
                }
            }
            p.no_comma();
        });
    }

    fn choice_value(&mut self, value: &ChoiceValueDeclaration) {
        self.name(&value.name);
        if let Some(text) = &value.text {
            self.blank();
            self.head("=");
            self.quoted(text);
        }
    }

    /// A blank and what stands between braces, on lines of its own where the
    /// writer began one.
    fn braces(&mut self, padding: usize, body: impl FnOnce(&mut Self)) {
        self.blanks(padding.saturating_add(1));
        self.group(LINE_WIDTH, |p| {
            p.words("{");
            let lines = p.begins_line();
            p.indent(2, |p| {
                if lines {
                    p.hard_line();
                } else {
                    p.line();
                }
                body(p);
                p.comments();
            });
            p.line();
            p.words("}");
        });
    }

    fn fields(&mut self, fields: &[FieldDeclaration], padding: usize) {
        if fields.is_empty() {
            self.blank();
            self.words("{");
            return self.words("}");
        }
        self.braces(padding, |p| {
            for (index, field) in fields.iter().enumerate() {
                if index > 0 {
                    p.wide_line();
                }
                p.field(field);
                p.no_comma();
            }
        });
    }

    fn field(&mut self, field: &FieldDeclaration) {
        self.name(&field.name);
        if let Some(key) = &field.key {
            self.blank();
            self.head("=");
            self.quoted(key);
        }
        self.words(":");
        self.blank();
        self.kind(&field.kind);
        if let Some((unit, _)) = &field.epoch {
            self.blank();
            self.words(match unit {
                EpochUnit::Seconds => "from seconds",
                EpochUnit::Milliseconds => "from milliseconds",
            });
        }
        self.modifiers(field);
    }

    /// `private`, `0 to 130` and `at most 500`, in the order in which they are written.
    fn modifiers(&mut self, field: &FieldDeclaration) {
        let private = field.private.map(|span| (span.start, Modifier::Private));
        let range = field.range.as_ref();
        let range = range.map(|(low, high)| (low.span.start, Modifier::Range(low, high)));
        let at_most = field.at_most.as_ref();
        let at_most = at_most.map(|(_, span)| (span.start, Modifier::AtMost));
        let mut modifiers: Vec<_> = private.into_iter().chain(range).chain(at_most).collect();
        modifiers.sort_by_key(|(start, _)| *start);
        for (_, modifier) in modifiers {
            self.comma();
            self.blank();
            match modifier {
                Modifier::Private => self.words("private"),
                Modifier::Range(low, high) => self.joined(low, "to", high),
                Modifier::AtMost => {
                    self.words("at most");
                    self.blank();
                    self.any();
                }
            }
        }
    }

    /// `optional list of Money EUR`
    pub(super) fn kind(&mut self, kind: &TypeExpr) {
        if kind.optional.is_some() {
            self.head("optional");
        }
        match &kind.kind {
            TypeExprKind::Named { name, currency } => {
                self.name(name);
                if let Some(currency) = currency {
                    self.blank();
                    self.name(currency);
                }
            }
            TypeExprKind::List(element) => {
                self.head("list of");
                self.kind(element);
            }
        }
    }

    fn action_group(&mut self, group: &ActionGroupDeclaration) {
        self.head("actions");
        self.name(&group.name);
        self.blank();
        self.head("=");
        self.align(|p| {
            for (index, member) in group.members.iter().enumerate() {
                if index == 0 {
                    p.name(member);
                } else {
                    p.comma();
                    p.next_on_line(true, |p| p.name(member));
                }
            }
            p.no_comma();
        });
    }

    fn define(&mut self, define: &DefineDeclaration, padding: usize) {
        self.head("define");
        self.name(&define.name);
        if self.peek() == "(" {
            self.words("(");
            self.align(|p| {
                for (index, parameter) in define.parameters.iter().enumerate() {
                    let write = |p: &mut Self| {
                        p.name(&parameter.name);
                        p.words(":");
                        p.blank();
                        p.kind(&parameter.kind);
                    };
                    if index == 0 {
                        write(p);
                    } else {
                        p.comma();
                        p.next_on_line(true, write);
                    }
                }
                p.no_comma();
            });
            self.words(")");
        }
        self.blanks(padding.saturating_add(1));
        self.words("as");
        self.body(&define.body);
    }

    /// What a name stands for: records, lists and texts begin behind `as`, all
    /// else has its own lines where it does not fit.
    fn body(&mut self, body: &Expr) {
        if holds_lines(body) || is_simple(body) {
            self.blank();
            return self.expression(body);
        }
        self.group(READING_WIDTH, |p| {
            p.indent(2, |p| {
                p.line();
                p.expression(body);
            });
        });
    }

    fn calendar(&mut self, calendar: &CalendarDeclaration) {
        self.head("calendar");
        self.name(&calendar.name);
        self.zone(calendar.zone.as_ref());
        self.braces(0, |p| {
            for (index, hours) in calendar.hours.iter().enumerate() {
                if index > 0 {
                    p.wide_line();
                }
                p.calendar_hours(hours);
            }
            if let Some(except) = &calendar.except {
                if !calendar.hours.is_empty() {
                    p.wide_line();
                }
                p.head("except");
                p.expression(except);
            }
        });
    }

    fn calendar_hours(&mut self, hours: &CalendarHours) {
        for (index, (first, last)) in hours.days.iter().enumerate() {
            if index > 0 {
                self.comma();
                self.blank();
            }
            self.day(*first);
            if self.peek() == "-" {
                self.words("-");
                self.day(*last);
            }
        }
        for (index, (_, until)) in hours.times.iter().enumerate() {
            if index > 0 {
                self.comma();
            }
            self.blank();
            self.any();
            self.words("-");
            match until {
                Some(_) => self.any(),
                None => self.spelled(&["24:00", "00:00"], "24:00"),
            }
        }
    }

    fn day(&mut self, day: Weekday) {
        let (short, long) = match day {
            Weekday::Monday => ("mon", "monday"),
            Weekday::Tuesday => ("tue", "tuesday"),
            Weekday::Wednesday => ("wed", "wednesday"),
            Weekday::Thursday => ("thu", "thursday"),
            Weekday::Friday => ("fri", "friday"),
            Weekday::Saturday => ("sat", "saturday"),
            Weekday::Sunday => ("sun", "sunday"),
        };
        self.spelled(&[short, long], short);
    }
}
