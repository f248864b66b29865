//! Typed expressions.

use super::{CalendarId, DefineId, VariableId};
use crate::operators::{
    Aggregate, BetweenEnds, Bound, CalendarUnit, Comparison, CountUnit, Direction, Function,
    Ordinal, Pick, TextTest, WorkingUnit,
};
use crate::schema::{InputId, RecordId, Type};
use crate::source::Span;
use crate::value::{Value, Weekday};
use std::sync::Arc;

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Type,
    /// Whether it may be missing.
    pub optional: bool,
    /// Where it stands.
    pub span: Span,
}

/// The zone in which a civil time is meant.
#[derive(Clone, Debug)]
pub enum ZoneRef {
    /// The package's.
    Package,
    /// `in ZONE`
    Named(Box<Expr>),
}

/// What an expression says.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A known value.
    Constant(Value),
    /// The moment of the case: DateTime.
    Now,
    /// That many days after today: Date.
    Today {
        /// -1, 0 or 1.
        offset: i8,
        /// Whose day.
        zone: ZoneRef,
    },
    /// That day of the current year: Date.
    DayOfYear {
        /// The day of the month.
        day: i8,
        /// The month, from 1.
        month: i8,
        /// Whose year.
        zone: ZoneRef,
    },
    /// `last wednesday of this month`: Date.
    DayOfMonth {
        /// Which of them.
        ordinal: Ordinal,
        /// The weekday; `None` for a plain day.
        weekday: Option<Weekday>,
        /// Months after this one.
        offset: i8,
        /// Whose month.
        zone: ZoneRef,
    },
    /// A parameter, a quantifier's variable, a witness.
    Variable(VariableId),
    /// What the host hands in.
    Input(InputId),
    /// A field of the proposal or duty a policy is about, by name: the actions
    /// of a group may have it at different places.
    CandidateField(Arc<str>),
    /// A field of the proposal or duty that an `always … on` belongs to.
    CarrierField(Arc<str>),
    /// A field of a record, by its index.
    Field {
        /// The record.
        base: Box<Expr>,
        /// Which field.
        index: u32,
    },
    /// A definition with its arguments.
    Call {
        /// Which.
        define: DefineId,
        /// One for each parameter.
        arguments: Vec<Expr>,
    },
    /// A text with inserted values: Text.
    Text(Vec<TextPart>),
    /// A list of the elements given.
    List(Vec<Expr>),
    /// A record of the fields given, in declared order; `None` is missing.
    Record {
        /// Its type.
        record: RecordId,
        /// Its fields.
        fields: Vec<Option<Expr>>,
    },
    /// `if C then A else B`
    If {
        /// The condition.
        condition: Box<Expr>,
        /// Where it holds.
        then: Box<Expr>,
        /// Where it does not.
        otherwise: Box<Expr>,
    },
    /// The value of the first case whose condition holds, or of none of them
    /// `otherwise`: the rows of a table, of which the last holds for all that is left.
    Cases {
        /// The cases, asked in this order.
        cases: Vec<Case>,
        /// Where no condition holds.
        otherwise: Box<Expr>,
    },
    /// Not: YesNo.
    Not(Box<Expr>),
    /// All hold, judged from the left, no further than the first that fails.
    And(Vec<Expr>),
    /// Any holds, judged from the left, no further than the first that does.
    Or(Vec<Expr>),
    /// The value, or where it is missing the fallback.
    Otherwise {
        /// What may be missing.
        value: Box<Expr>,
        /// What stands in for it.
        fallback: Box<Expr>,
    },
    /// Arithmetic on numbers, money and lengths of time; operands are never
    /// missing. A quotient is missing where the divisor is 0.
    Arithmetic {
        /// Which, with its operands' kinds.
        operator: ArithmeticOp,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// A date or instant moved by a length of time: of `from`'s type.
    Shift {
        /// From where.
        from: Box<Expr>,
        /// How far: Duration or Period.
        span: Box<Expr>,
        /// Whether back in time.
        back: bool,
        /// Whose civil days.
        zone: ZoneRef,
    },
    /// Rounded, half to even, to a whole multiple of `step`.
    Rounded {
        /// Number or Money.
        value: Box<Expr>,
        /// Of the same type.
        step: Box<Expr>,
    },
    /// A day and a time of day: DateTime.
    Combine {
        /// Date.
        date: Box<Expr>,
        /// Time.
        time: Box<Expr>,
        /// Whose civil time.
        zone: ZoneRef,
    },
    /// A comparison of two values of one type: YesNo.
    Compare {
        /// Which.
        comparison: Comparison,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// `is one of`: YesNo.
    OneOf {
        /// The value.
        value: Box<Expr>,
        /// Any of these.
        options: Vec<Expr>,
    },
    /// `is between A and B`: YesNo.
    Between {
        /// The value.
        value: Box<Expr>,
        /// The lower end.
        low: Box<Expr>,
        /// The upper end.
        high: Box<Expr>,
        /// Which ends count.
        ends: BetweenEnds,
    },
    /// `is known`: YesNo.
    IsKnown(Box<Expr>),
    /// `is empty`, of a text or a list: YesNo.
    IsEmpty(Box<Expr>),
    /// `contains`, `starts with`, `ends with` of texts: YesNo.
    TextTest {
        /// Which.
        test: TextTest,
        /// The text.
        value: Box<Expr>,
        /// What is looked for.
        part: Box<Expr>,
    },
    /// `L contains x`: YesNo.
    ListContains {
        /// The list.
        list: Box<Expr>,
        /// The element looked for.
        element: Box<Expr>,
    },
    /// `is within …`, of a Date or a DateTime: YesNo.
    Within {
        /// The value.
        value: Box<Expr>,
        /// The window.
        window: Window,
        /// Whose civil time.
        zone: ZoneRef,
    },
    /// `is more than D ago`, of a Date or a DateTime: YesNo.
    Distance {
        /// The value.
        value: Box<Expr>,
        /// How it compares.
        bound: Bound,
        /// The length of time.
        span: Box<Expr>,
        /// Back or forward from now.
        direction: Direction,
        /// Whose civil time.
        zone: ZoneRef,
    },
    /// A condition over a list: YesNo. The variable stays bound to the first
    /// element for which an `Any` holds, for the witness.
    Quantified {
        /// Which quantifier.
        quantifier: Quantifier,
        /// The variable.
        variable: VariableId,
        /// The list.
        list: Box<Expr>,
        /// Which elements count; all where there is none.
        condition: Option<Box<Expr>>,
    },
    /// One element of a list: of the element's type, missing where there is
    /// none; with `has` a YesNo that leaves the element bound.
    Picked {
        /// Which element; of equals the first in the list's order.
        pick: Pick,
        /// The variable.
        variable: VariableId,
        /// The list.
        list: Box<Expr>,
        /// By what: set exactly for latest, earliest, largest, smallest.
        by: Option<Box<Expr>>,
        /// Which elements count.
        condition: Option<Box<Expr>>,
        /// What must hold of the element.
        has: Option<Box<Expr>>,
    },
    /// `sum of E for x in L where C`, and of whole lists (the value is then the
    /// variable itself).
    Aggregate {
        /// Which.
        aggregate: Aggregate,
        /// The variable.
        variable: VariableId,
        /// The list.
        list: Box<Expr>,
        /// Which elements count.
        condition: Option<Box<Expr>>,
        /// What is taken of each.
        value: Box<Expr>,
    },
    /// The first or last `count` elements of a list, in the list's order.
    Slice {
        /// From which end.
        from_end: bool,
        /// A Number; rounded down, below 0 is 0.
        count: Box<Expr>,
        /// The list.
        list: Box<Expr>,
    },
    /// A function of one value.
    Function {
        /// Which.
        function: Function,
        /// Of what. `age of`, `anniversary of`, `weekday of`, `day of`, `month
        /// of` and `year of` take a Date or a DateTime.
        argument: Box<Expr>,
        /// Whose civil time.
        zone: ZoneRef,
    },
    /// The same as `inner`; what it comes to is written down. The checker makes none.
    Observed {
        /// Which of the probes.
        probe: u32,
        /// What is watched.
        inner: Box<Expr>,
    },
    /// `days from A to B`, of two Dates or two DateTimes: Number, whole.
    CountBetween {
        /// What is counted.
        unit: CountUnit,
        /// From here.
        from: Box<Expr>,
        /// To here.
        to: Box<Expr>,
        /// Whose civil time.
        zone: ZoneRef,
    },
    /// `2 desk days after T`: of `from`'s type.
    WorkingShift {
        /// Whose working time.
        calendar: CalendarId,
        /// How much, from 0.
        count: i64,
        /// Of what; days alone where `from` is a Date.
        unit: WorkingUnit,
        /// Whether back in time.
        back: bool,
        /// From where.
        from: Box<Expr>,
    },
    /// `desk days from A to B`, of two Dates or two DateTimes: Number, whole.
    WorkingBetween {
        /// Whose working time.
        calendar: CalendarId,
        /// What is counted.
        unit: WorkingUnit,
        /// From here.
        from: Box<Expr>,
        /// To here.
        to: Box<Expr>,
    },
    /// `T is within desk`, of a Date or a DateTime: YesNo.
    WithinCalendar {
        /// The value.
        value: Box<Expr>,
        /// Whose working time.
        calendar: CalendarId,
    },
    /// `slot of KEY for NAME`: Number, 0 to 9999.
    Slot {
        /// Text: what decides which slot.
        key: Box<Expr>,
        /// Text: what salts it.
        name: Box<Expr>,
    },
}

/// One of several cases.
#[derive(Clone, Debug)]
pub struct Case {
    /// When it applies: YesNo.
    pub condition: Expr,
    /// Its value.
    pub value: Expr,
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub enum TextPart {
    /// As written.
    Literal(Arc<str>),
    /// A value, printed as people write it. A DateTime prints in the package's
    /// zone.
    Value(Expr),
}

/// Arithmetic with the kinds of its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    /// Number + Number
    AddNumbers,
    /// Number - Number
    SubtractNumbers,
    /// Number * Number
    MultiplyNumbers,
    /// Number / Number: Number
    DivideNumbers,
    /// Money + Money
    AddMoney,
    /// Money - Money
    SubtractMoney,
    /// Money * Number
    MultiplyMoney,
    /// Number * Money
    MultiplyByMoney,
    /// Money / Number: Money
    DivideMoney,
    /// Money / Money: Number
    DivideMoneys,
    /// Duration or Period + Duration or Period
    AddSpans,
    /// Duration or Period - Duration or Period
    SubtractSpans,
}

/// The quantifiers that make a condition of a list.
#[derive(Clone, Debug)]
pub enum Quantifier {
    /// At least one element.
    Any,
    /// None.
    No,
    /// Every element that passes the first has the second.
    Every {
        /// What each must have.
        has: Box<Expr>,
    },
    /// That many elements.
    Count(Bound, Box<Expr>),
    /// Exactly that many.
    Exactly(Box<Expr>),
}

/// A window of time. Ends are included unless said otherwise.
#[derive(Clone, Debug)]
pub enum Window {
    /// From `span` back to now, or from now to `span` ahead. For a Date, in
    /// days of the zone.
    Rolling(Direction, Box<Expr>),
    /// From `span` before `of` to `of`.
    Before {
        /// How long.
        span: Box<Expr>,
        /// Its end.
        of: Box<Expr>,
    },
    /// From `of` to `span` after it.
    After {
        /// How long.
        span: Box<Expr>,
        /// Its beginning.
        of: Box<Expr>,
    },
    /// From `span` before `of` to `span` after it.
    Around {
        /// How long each way.
        span: Box<Expr>,
        /// Its middle.
        of: Box<Expr>,
    },
    /// The whole week, month, quarter or year that lies so many after the
    /// present one; its end is not included.
    Calendar(CalendarUnit, i8),
}
