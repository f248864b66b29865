//! Compiled expressions.

use crate::operators::{
    Aggregate, Arithmetic, BetweenEnds, Bound, CalendarUnit, Comparison, CountUnit, Direction,
    Function, Ordinal, Pick, TextTest, WorkingUnit,
};
use crate::schema::{ActionId, InputId};
use crate::value::{Shape, Value, Weekday};
use std::sync::Arc;

/// A compiled expression. `==` and hash are by structure.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// A known value; [`Value::Missing`] where nothing stands.
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
    /// A slot of the frame.
    Variable(u32),
    /// What the host hands in.
    Input(InputId),
    /// A field of the candidate.
    CandidateField(FieldTable),
    /// A field of the proposal or duty that a duty belongs to.
    CarrierField(FieldTable),
    /// Index into [`super::Program::shared`].
    Shared(u32),
    /// A field of a record, by its index.
    Field {
        /// The record.
        base: Box<Expr>,
        /// Which field.
        index: u32,
    },
    /// A definition with its arguments.
    Call {
        /// Index into [`super::Program::defines`].
        define: u32,
        /// One for each parameter.
        arguments: Vec<Expr>,
    },
    /// A text with inserted values.
    Text(Vec<TextPart>),
    /// A list of the elements given.
    List(Vec<Expr>),
    /// A record of the fields given, in declared order.
    Record {
        /// What it looks like.
        shape: Arc<Shape>,
        /// Its fields.
        fields: Vec<Expr>,
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
    /// The value beside the first condition that holds, or where none does the fallback.
    Cases {
        /// Conditions and values, asked in this order.
        cases: Vec<(Expr, Expr)>,
        /// Where no condition holds.
        otherwise: Box<Expr>,
    },
    /// Not.
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
    /// Arithmetic; the kinds of the operands decide which.
    Arithmetic {
        /// Which.
        operator: Arithmetic,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// A date or instant moved by a length of time.
    Shift {
        /// From where.
        from: Box<Expr>,
        /// How far.
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
    /// A comparison of two values of one type.
    Compare {
        /// Which.
        comparison: Comparison,
        /// The left side.
        left: Box<Expr>,
        /// The right side.
        right: Box<Expr>,
    },
    /// `is one of`
    OneOf {
        /// The value.
        value: Box<Expr>,
        /// Any of these.
        options: Vec<Expr>,
    },
    /// `is between A and B`
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
    /// `is known`
    IsKnown(Box<Expr>),
    /// `is empty`, of a text or a list.
    IsEmpty(Box<Expr>),
    /// `contains`, `starts with`, `ends with` of texts.
    TextTest {
        /// Which.
        test: TextTest,
        /// The text.
        value: Box<Expr>,
        /// What is looked for.
        part: Box<Expr>,
    },
    /// `L contains x`
    ListContains {
        /// The list.
        list: Box<Expr>,
        /// The element looked for.
        element: Box<Expr>,
    },
    /// `is within …`, `is more than D ago`: whether a Date or a DateTime lies in an interval.
    Within {
        /// The value.
        value: Box<Expr>,
        /// The interval.
        interval: IntervalRef,
    },
    /// A condition over a list. The variable of an `Any` that holds stays bound to the first element for which
    /// it does.
    Quantified {
        /// Which quantifier.
        quantifier: Quantifier,
        /// The slot of the variable.
        variable: u32,
        /// The list.
        list: Box<Expr>,
        /// Which elements count; all where there is none.
        condition: Option<Box<Expr>>,
    },
    /// One element of a list, missing where there is none; with `has` a condition. The variable stays bound to
    /// the element.
    Picked {
        /// Which element; of equals the first in the list's order.
        pick: Pick,
        /// The slot of the variable.
        variable: u32,
        /// The list.
        list: Box<Expr>,
        /// By what: set exactly for latest, earliest, largest, smallest.
        by: Option<Box<Expr>>,
        /// Which elements count.
        condition: Option<Box<Expr>>,
        /// What must hold of the element.
        has: Option<Box<Expr>>,
    },
    /// `sum of E for x in L where C`
    Aggregate {
        /// Which.
        aggregate: Aggregate,
        /// The slot of the variable.
        variable: u32,
        /// The list.
        list: Box<Expr>,
        /// Which elements count.
        condition: Option<Box<Expr>>,
        /// What is taken of each; `None` is the element itself.
        value: Option<Box<Expr>>,
        /// What it makes of nothing: the 0 of its type for a `sum`, else missing.
        empty: Value,
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
        /// Of what.
        argument: Box<Expr>,
        /// Whose civil time.
        zone: ZoneRef,
    },
    /// The same as `inner`; what it comes to is written down. An ordinary program has none.
    Observed {
        /// Index into [`super::ObservedProgram::probes`].
        probe: u32,
        /// What is watched.
        inner: Box<Expr>,
    },
    /// `days from A to B`
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
        /// Index into [`super::Program::calendars`].
        calendar: u32,
        /// How much, from 0.
        count: i64,
        /// Of what.
        unit: WorkingUnit,
        /// Whether back in time.
        back: bool,
        /// From where.
        from: Box<Expr>,
    },
    /// `desk days from A to B`, of two Dates or two DateTimes: Number, whole.
    WorkingBetween {
        /// Index into [`super::Program::calendars`].
        calendar: u32,
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
        /// Index into [`super::Program::calendars`].
        calendar: u32,
    },
    /// `slot of KEY for NAME`: Number, 0 to 9999.
    Slot {
        /// Text: what decides which slot.
        key: Box<Expr>,
        /// Text: what salts it.
        name: Box<Expr>,
    },
}

impl Expr {
    /// Whether it only says where a value lies in the case or in the candidate.
    #[must_use]
    pub fn is_place(&self) -> bool {
        match self {
            Expr::Input(_) | Expr::CandidateField(_) => true,
            Expr::Field { base, .. } => base.is_place(),
            _ => false,
        }
    }

    /// Whether it is the variable, or says where a value lies in it.
    #[must_use]
    pub fn is_path_of(&self, variable: u32) -> bool {
        match self {
            Expr::Variable(other) => *other == variable,
            Expr::Field { base, .. } => base.is_path_of(variable),
            _ => false,
        }
    }
}

/// The zone in which a civil time is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ZoneRef {
    /// The package's.
    Package,
    /// `in ZONE`
    Named(Box<Expr>),
}

/// Where a field stands in each action that has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldTable {
    /// Actions and the index of the field in each, by action.
    pub places: Box<[(ActionId, u32)]>,
}

impl FieldTable {
    /// The index of the field in that action.
    #[must_use]
    pub fn index_in(&self, action: ActionId) -> Option<usize> {
        let (_, index) = self.places.iter().find(|(id, _)| *id == action)?;
        usize::try_from(*index).ok()
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TextPart {
    /// As written.
    Literal(Arc<str>),
    /// A value, printed as people write it, in the package's zone.
    Value(Expr),
}

/// The quantifiers that make a condition of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// At least one element.
    Any,
    /// None.
    No,
    /// Every element that passes the condition has this.
    Every {
        /// What each must have.
        has: Box<Expr>,
    },
    /// That many elements.
    Count(Bound, Box<Expr>),
    /// Exactly that many.
    Exactly(Box<Expr>),
}

/// An interval of time: worked out once for each case, or each time anew.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum IntervalRef {
    /// Index into [`super::Program::intervals`].
    Shared(u32),
    /// It reads a variable or a field of a candidate.
    Own(Box<Interval>),
}

/// An interval of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Which.
    pub window: Window,
    /// Whether it is one of Dates; else of DateTimes.
    pub days: bool,
    /// Whose civil days.
    pub zone: ZoneRef,
}

/// How an interval of time is given. Ends are included unless said otherwise; for Dates `now` is today.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// From `span` back to now, or from now to `span` ahead.
    Rolling(Direction, Expr),
    /// From `span` before `of` to `of`.
    Before {
        /// How long.
        span: Expr,
        /// Its end.
        of: Expr,
    },
    /// From `of` to `span` after it.
    After {
        /// How long.
        span: Expr,
        /// Its beginning.
        of: Expr,
    },
    /// From `span` before `of` to `span` after it.
    Around {
        /// How long each way.
        span: Expr,
        /// Its middle.
        of: Expr,
    },
    /// The whole week, month, quarter or year that lies so many after the present one; its end is not included.
    Calendar(CalendarUnit, i8),
    /// `more than D ago`: what lies before that moment. `less than D ago`: what lies after it, up to now. `at
    /// least` and `at most` take the moment itself in. Mirrored for `from now`.
    Distance(Bound, Direction, Expr),
}
