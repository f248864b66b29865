//! Expressions as written.

use super::{Name, Quoted};
use crate::operators::{
    Aggregate, Arithmetic, Bound, CalendarUnit, CountUnit, Direction, Function, Ordinal, Pick,
    SpanUnit, TextTest, TimeOrder,
};
use crate::source::Span;
use crate::value::{Number, Value};

/// An expression and its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression says.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Could not be read; its message is already given.
    Error,
    /// A date, a time, an instant, a number, `yes` or `no`.
    Literal(Value),
    /// `15 USD`
    Money {
        /// The amount.
        amount: Number,
        /// The currency as written.
        currency: Name,
    },
    /// `30 days`
    Span {
        /// How many.
        amount: Number,
        /// Of what.
        unit: SpanUnit,
    },
    /// `20 December`: that day of the current year.
    DayOfYear {
        /// The day of the month.
        day: i8,
        /// The month, from 1.
        month: i8,
    },
    /// `"Hello {customer.name}"`
    Text(Vec<TextPart>),
    /// A bare word.
    Name(Name),
    /// `base.name`
    Field {
        /// What it is a field of.
        base: Box<Expr>,
        /// The field.
        name: Name,
    },
    /// `name(a, b)`
    Call {
        /// The definition.
        name: Name,
        /// What it is given.
        arguments: Vec<Expr>,
    },
    /// `now`
    Now,
    /// `yesterday`, `today`, `tomorrow`: -1, 0, 1.
    Today {
        /// Days after today.
        offset: i8,
        /// `in ZONE`
        zone: Option<Box<Expr>>,
    },
    /// `( … )`
    Bracket(Box<Expr>),
    /// `if C then A else B`
    If {
        /// The condition.
        condition: Box<Expr>,
        /// Where it holds.
        then: Box<Expr>,
        /// Where it does not.
        otherwise: Box<Expr>,
    },
    /// `not C`
    Not(Box<Expr>),
    /// `A and B and …`, two or more.
    And(Vec<Expr>),
    /// `A or B or …`, two or more.
    Or(Vec<Expr>),
    /// `A otherwise B`
    Otherwise {
        /// What may be missing.
        value: Box<Expr>,
        /// What stands in for it.
        fallback: Box<Expr>,
    },
    /// `A + B`
    Arithmetic {
        /// Which.
        operator: Arithmetic,
        /// Where the operator stands.
        operator_span: Span,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// `A rounded to 0.01 USD`
    Rounded {
        /// What is rounded.
        value: Box<Expr>,
        /// To a whole multiple of this.
        step: Box<Expr>,
    },
    /// `DATE at TIME`
    At {
        /// The day.
        date: Box<Expr>,
        /// The time of day.
        time: Box<Expr>,
        /// `in ZONE`
        zone: Option<Box<Expr>>,
    },
    /// `A is …`, `A contains …`
    Test {
        /// What is tested.
        value: Box<Expr>,
        /// Whether `not` stands in it.
        negated: bool,
        /// The test.
        test: Box<Test>,
    },
    /// `any x in L where C`
    Quantified {
        /// Which quantifier.
        quantifier: Quantifier,
        /// The word or words of the quantifier.
        keyword: Span,
        /// The variable.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// `where C`
        condition: Option<Box<Expr>>,
        /// `has C`
        has: Option<Box<Expr>>,
    },
    /// `latest x in L by E where C has D`: an element without `has`, a
    /// condition with it.
    Picked {
        /// Which element.
        pick: Pick,
        /// The variable.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// `by E`
        by: Option<Box<Expr>>,
        /// `where C`
        condition: Option<Box<Expr>>,
        /// `has C`
        has: Option<Box<Expr>>,
    },
    /// `sum of E for x in L where C`
    Aggregate {
        /// Which.
        aggregate: Aggregate,
        /// What is taken of each element; `x` itself for a `count`.
        value: Box<Expr>,
        /// The variable.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// `where C`
        condition: Option<Box<Expr>>,
    },
    /// `count of L`, `sum of L`, `last of L`: of a whole list.
    AggregateList {
        /// Which.
        aggregate: Aggregate,
        /// The list.
        list: Box<Expr>,
    },
    /// `last 3 of L`, `first 3 of L`
    Slice {
        /// From which end.
        from_end: bool,
        /// How many at the most.
        count: Box<Expr>,
        /// Of which list.
        list: Box<Expr>,
    },
    /// `length of T`
    Function {
        /// Which.
        function: Function,
        /// Of what.
        argument: Box<Expr>,
        /// `in ZONE`
        zone: Option<Box<Expr>>,
    },
    /// `2 minutes after now`, the length of time written out.
    Shifted {
        /// How far.
        span: Box<Expr>,
        /// Whether `before`.
        before: bool,
        /// From where.
        from: Box<Expr>,
        /// `in ZONE`
        zone: Option<Box<Expr>>,
    },
    /// `days from A to B`
    CountBetween {
        /// What is counted.
        unit: CountUnit,
        /// From here.
        from: Box<Expr>,
        /// To here.
        to: Box<Expr>,
        /// `in ZONE`
        zone: Option<Box<Expr>>,
    },
    /// `last wednesday of this month`, `last day of this month`
    DayOfMonth {
        /// Which of them.
        ordinal: Ordinal,
        /// The weekday; `None` for `day`.
        weekday: Option<crate::value::Weekday>,
        /// Months after this one: -1, 0.
        offset: i8,
        /// `in ZONE`
        zone: Option<Box<Expr>>,
    },
    /// `2 desk days after T`
    WorkingShift {
        /// How many.
        amount: Number,
        /// Of what: minutes, hours or days.
        unit: SpanUnit,
        /// Whose working time.
        calendar: Name,
        /// Whether `before`.
        before: bool,
        /// From where.
        from: Box<Expr>,
    },
    /// `desk days from A to B`
    WorkingBetween {
        /// What is counted: minutes, hours or days.
        unit: CountUnit,
        /// Whose working time.
        calendar: Name,
        /// From here.
        from: Box<Expr>,
        /// To here.
        to: Box<Expr>,
    },
    /// `slot of KEY for NAME`
    Slot {
        /// What decides which slot.
        key: Box<Expr>,
        /// What salts it.
        name: Box<Expr>,
    },
    /// `[a, b]`
    List(Vec<Expr>),
    /// `Item { sku: "flip" }`
    Record {
        /// The type; none where the other side says it.
        name: Option<Name>,
        /// The fields given.
        fields: Vec<super::Assignment>,
    },
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub enum TextPart {
    /// As written, escapes resolved.
    Literal(String),
    /// `{ … }`
    Hole(Expr),
}

/// The quantifiers that make a condition of a list.
#[derive(Clone, Debug)]
pub enum Quantifier {
    /// `any`
    Any,
    /// `no`
    No,
    /// `every … has …`
    Every,
    /// `at least 3`
    Count(Bound, Box<Expr>),
    /// `exactly 3`
    Exactly(Box<Expr>),
}

/// What stands after the tested value.
#[derive(Clone, Debug)]
pub enum Test {
    /// `is A`
    Is(Expr),
    /// `is one of (A, B)`
    OneOf(Vec<Expr>),
    /// `is at least A`
    Bound(Bound, Expr),
    /// `is more than D ago`, `is at least D from now`
    Distance {
        /// How it compares.
        bound: Bound,
        /// The length of time.
        span: Expr,
        /// Back or forward.
        direction: Direction,
        /// `in ZONE`
        zone: Option<Expr>,
    },
    /// `is between A and B`
    Between(Expr, Expr),
    /// `is known`
    Known,
    /// `is unknown`
    Unknown,
    /// `is empty`
    Empty,
    /// `contains A`, `starts with A`, `ends with A`
    Text(TextTest, Expr),
    /// `is before A`
    Order(TimeOrder, Expr),
    /// `is within …`
    Within {
        /// The window.
        window: Window,
        /// `in ZONE`
        zone: Option<Expr>,
    },
}

/// A window of time after `within`.
#[derive(Clone, Debug)]
pub enum Window {
    /// `last D`, `next D`
    Rolling(Direction, Expr),
    /// `D before T`
    Before(Expr, Expr),
    /// `D after T`
    After(Expr, Expr),
    /// `D of T`
    Around(Expr, Expr),
    /// `this week` (0), `previous month` (-1)
    Calendar(CalendarUnit, i8),
    /// `desk`: the working time of a calendar.
    Working(Name),
    /// `last month`: refused, with both readings.
    Doubtful(Direction, CalendarUnit),
}

impl Expr {
    /// The quoted text of a text literal without holes.
    #[must_use]
    pub fn as_quoted(&self) -> Option<Quoted> {
        let ExprKind::Text(parts) = &self.kind else {
            return None;
        };
        let text: Option<String> = parts
            .iter()
            .map(|part| match part {
                TextPart::Literal(text) => Some(text.as_str()),
                TextPart::Hole(_) => None,
            })
            .collect();
        Some(Quoted {
            text: text?.into(),
            span: self.span,
        })
    }

    /// The expression inside any brackets around it.
    #[must_use]
    pub fn unbracketed(&self) -> &Expr {
        let mut inner = self;
        while let ExprKind::Bracket(next) = &inner.kind {
            inner = next;
        }
        inner
    }
}
