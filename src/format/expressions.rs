//! Expressions: the brackets are the writer's, the lines are ours.
//!
//! A chain of `and` or `or` that does not fit has one condition a line, the
//! joining word set so that the conditions stand below one another.

use super::printer::{LINE_WIDTH, Printer, READING_WIDTH};
use crate::ast::{Assignment, Expr, ExprKind, Name, Quoted, TextPart};
use crate::operators::SpanUnit;
use crate::source::Span;
use crate::value::Number;

/// The months as they are written.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What the parts of a condition hang on.
#[derive(Clone, Copy)]
enum Place {
    /// A word such as `when` or `where`: the joining words end where it ends.
    AfterWord,
    /// Anything else: the joining words begin where the condition begins.
    Anywhere,
}

impl Printer<'_> {
    /// An expression; a chain of conditions is a group of its own.
    pub(super) fn expression(&mut self, expression: &Expr) {
        match &expression.kind {
            ExprKind::And(_) | ExprKind::Or(_) => self.group(READING_WIDTH, |p| {
                p.align(|p| p.condition(expression, Place::Anywhere));
            }),
            _ => self.single(expression),
        }
    }

    /// A blank and the condition behind a word such as `when`: its chain breaks
    /// with what is around it, so the caller makes the group.
    pub(super) fn condition_after_word(&mut self, expression: &Expr) {
        self.blank();
        self.align(|p| p.condition(expression, Place::AfterWord));
    }

    fn condition(&mut self, expression: &Expr, place: Place) {
        match &expression.kind {
            ExprKind::And(conditions) => self.chain("and", conditions, place),
            ExprKind::Or(conditions) => self.chain("or", conditions, place),
            _ => self.single(expression),
        }
    }

    fn chain(&mut self, word: &str, conditions: &[Expr], place: Place) {
        for (index, condition) in conditions.iter().enumerate() {
            if index > 0 {
                self.line_left(match place {
                    Place::AfterWord => word.len().saturating_add(1),
                    Place::Anywhere => 0,
                });
                self.words(word);
                self.blank();
            }
            self.expression(condition);
        }
    }

    fn single(&mut self, expression: &Expr) {
        match &expression.kind {
            ExprKind::Text(parts) => self.text(parts, expression.span),
            ExprKind::Error | ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Now => {
                self.place(expression.span);
            }
            ExprKind::Money { currency, .. } => {
                self.any();
                self.blank();
                self.name(currency);
            }
            ExprKind::Span { amount, unit } => self.length(amount, *unit),
            ExprKind::DayOfYear { month, .. } => self.day_of_year(*month),
            ExprKind::Field { .. } => self.fields_of(expression),
            ExprKind::Call { name, arguments } => {
                self.name(name);
                match arguments.as_slice() {
                    [only] if holds_lines(only) => self.bracketed(only),
                    _ => self.in_brackets(arguments),
                }
            }
            ExprKind::Bracket(inner) => self.bracketed(inner),
            ExprKind::If { .. } => {
                self.group(LINE_WIDTH, |p| p.align(|p| p.branches(expression)));
            }
            ExprKind::Not(inner) => {
                self.words("not");
                self.blank();
                self.expression(inner);
            }
            ExprKind::Test {
                value,
                negated,
                test,
            } => {
                self.expression(value);
                self.blank();
                self.test(*negated, test);
            }
            ExprKind::List(values) => self.list(values),
            ExprKind::Record { name, fields } => self.record(name.as_ref(), fields),
            ExprKind::Arithmetic { .. } => {
                self.group(LINE_WIDTH, |p| p.align(|p| p.arithmetic(expression)));
            }
            ExprKind::Otherwise { .. } => self.fallbacks(expression),
            ExprKind::Rounded { value, step } => self.joined(value, "rounded to", step),
            ExprKind::At { date, time, zone } => {
                self.joined(date, "at", time);
                self.zone(zone.as_deref());
            }
            _ => self.of_lists_and_time(expression),
        }
    }

    /// A name, or any other single word.
    pub(super) fn name(&mut self, name: &Name) {
        self.place(name.span);
    }

    /// `base.name.name`; a chain, like the two below, is walked without recursion:
    /// brackets may hold chains within chains.
    fn fields_of(&mut self, expression: &Expr) {
        let mut base = expression;
        let mut names = Vec::new();
        while let ExprKind::Field { base: next, name } = &base.kind {
            names.push(name);
            base = next;
        }
        self.expression(base);
        for name in names.into_iter().rev() {
            self.words(".");
            self.name(name);
        }
    }

    /// `A otherwise B otherwise C`
    fn fallbacks(&mut self, expression: &Expr) {
        let mut rest = expression;
        while let ExprKind::Otherwise { value, fallback } = &rest.kind {
            self.expression(value);
            self.blank();
            self.words("otherwise");
            self.blank();
            rest = fallback;
        }
        self.expression(rest);
    }

    /// A chain of signs; where it does not fit each has a line.
    fn arithmetic(&mut self, expression: &Expr) {
        let mut first = expression;
        let mut others = Vec::new();
        while let ExprKind::Arithmetic { left, right, .. } = &first.kind {
            others.push(right);
            first = left;
        }
        self.expression(first);
        for right in others.into_iter().rev() {
            self.line();
            self.any();
            self.blank();
            self.expression(right);
        }
    }

    /// `if … then … else …`; a further `if` behind `else` goes on below.
    fn branches(&mut self, expression: &Expr) {
        let ExprKind::If {
            condition,
            then,
            otherwise,
        } = &expression.kind
        else {
            return self.expression(expression);
        };
        self.group(LINE_WIDTH, |p| {
            p.words("if");
            p.blank();
            p.expression(condition);
            p.line();
            p.words("then");
            p.blank();
            p.expression(then);
        });
        self.line();
        self.words("else");
        self.blank();
        self.branches(otherwise);
    }

    /// A text; what is inserted stays on its line. One with a comment inside
    /// stays as it was written.
    fn text(&mut self, parts: &[TextPart], span: Span) {
        if self.has_comment(span) {
            return self.place(span);
        }
        self.flat(|p| {
            p.any();
            for part in parts {
                if let TextPart::Hole(inserted) = part {
                    p.expression(inserted);
                    p.any();
                }
            }
        });
    }

    /// `30 days`, `1 day`
    fn length(&mut self, amount: &Number, unit: SpanUnit) {
        self.any();
        self.blank();
        self.unit(amount, unit);
    }

    /// A unit of time, one or several as the number before it asks.
    pub(super) fn unit(&mut self, amount: &Number, unit: SpanUnit) {
        let (one, several) = match unit {
            SpanUnit::Seconds => ("second", "seconds"),
            SpanUnit::Minutes => ("minute", "minutes"),
            SpanUnit::Hours => ("hour", "hours"),
            SpanUnit::Days => ("day", "days"),
            SpanUnit::Weeks => ("week", "weeks"),
            SpanUnit::Months => ("month", "months"),
            SpanUnit::Years => ("year", "years"),
        };
        let single = *amount == Number::from_i64(1);
        self.spelled(&[one, several], if single { one } else { several });
    }

    fn day_of_year(&mut self, month: i8) {
        self.any();
        self.blank();
        let index = usize::try_from(month).unwrap_or(0).saturating_sub(1);
        let month = MONTHS.get(index).copied().unwrap_or("");
        let written = self.peek();
        if !written.eq_ignore_ascii_case(month) {
            return self.spelled(&[month], month);
        }
        self.spelled(&[written], month);
    }

    /// `[a, b]`
    fn list(&mut self, values: &[Expr]) {
        let simple = values.iter().all(is_simple);
        if let [only] = values
            && holds_lines(only)
        {
            self.words("[");
            self.expression(only);
            self.no_comma();
            return self.words("]");
        }
        self.group(LINE_WIDTH, |p| {
            p.words("[");
            p.indent(2, |p| {
                p.soft_line();
                p.values(values, simple);
                p.comments();
            });
            p.soft_line();
            p.words("]");
        });
    }

    /// `( … )`, the lines of what is inside where lines are outside.
    fn bracketed(&mut self, inner: &Expr) {
        self.words("(");
        self.expression(inner);
        self.no_comma();
        self.words(")");
    }

    /// `(a, b)`: values that fill their lines.
    pub(super) fn in_brackets(&mut self, values: &[Expr]) {
        self.words("(");
        self.align(|p| p.values(values, true));
        self.words(")");
    }

    /// Values with commas between them, which fill their lines or have one each.
    fn values(&mut self, values: &[Expr], fill: bool) {
        for (index, value) in values.iter().enumerate() {
            if index == 0 {
                self.expression(value);
            } else {
                self.comma();
                self.next_on_line(fill, |p| p.expression(value));
            }
        }
        self.no_comma();
    }

    /// What `body` writes, on this line where it fits and lines are filled, else
    /// on the next.
    pub(super) fn next_on_line(&mut self, fill: bool, body: impl FnOnce(&mut Self)) {
        if fill {
            self.group(LINE_WIDTH, |p| {
                p.line();
                body(p);
            });
        } else {
            self.line();
            body(self);
        }
    }

    /// `Item { sku: "flip" }`
    fn record(&mut self, name: Option<&Name>, fields: &[Assignment]) {
        if let Some(name) = name {
            self.name(name);
            self.blank();
        }
        self.group(LINE_WIDTH, |p| {
            p.words("{");
            if fields.is_empty() {
                return p.words("}");
            }
            p.indent(2, |p| {
                p.line();
                p.assignments(fields);
                p.comments();
            });
            p.line();
            p.words("}");
        });
    }

    /// `text: "…", amount: 15 USD`, each on a line where they do not fit.
    pub(super) fn assignments(&mut self, given: &[Assignment]) {
        for (index, assignment) in given.iter().enumerate() {
            if index > 0 {
                self.comma();
                self.line();
            }
            self.name(&assignment.name);
            self.words(":");
            self.blank();
            self.expression(&assignment.value);
        }
        self.no_comma();
    }

    /// `in "Europe/London"`
    pub(super) fn zone(&mut self, zone: Option<&Expr>) {
        if let Some(zone) = zone {
            self.blank();
            self.words("in");
            self.blank();
            self.expression(zone);
        }
    }

    /// A text without inserted values.
    pub(super) fn quoted(&mut self, quoted: &Quoted) {
        self.place(quoted.span);
    }
}

/// Whether a value is read at a glance: a name, a number, a text.
pub(super) fn is_simple(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Text(_)
        | ExprKind::Money { .. }
        | ExprKind::Span { .. }
        | ExprKind::Now => true,
        ExprKind::Field { base, .. } => is_simple(base),
        _ => false,
    }
}

/// Whether a value has lines of its own between its first and its last sign where
/// it does not fit: it begins behind what it belongs to.
pub(super) fn holds_lines(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Record { .. } | ExprKind::List(_) => true,
        ExprKind::Call { arguments, .. } => {
            matches!(arguments.as_slice(), [only] if holds_lines(only))
        }
        _ => false,
    }
}
