//! Steps of expressions.
//!
//! Input: compiled expressions, and how large the variables in sight are. Output: for each the most steps that it can
//! take and how large its value can be. A step is one expression worked out once; what goes through a value as a
//! whole (printing, comparing, putting in a list) takes one more for each value inside it. What is worked out once for
//! a case counts where it is written, and one step wherever it is read.

use super::constant;
use super::formula::Formula;
use super::size::{Lengths, Size, Spot, given};
use crate::operators::{Aggregate, Pick, WorkingUnit};
use crate::program::{
    Expr, FieldTable, Interval, IntervalRef, Program, Quantifier, TextPart, Window, ZoneRef,
};
use crate::schema::ActionId;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Clock changes of one zone between the years 1 and 9999, at the most: working hours between two instants are
/// counted from one of them to the next.
const CLOCK_CHANGES: u64 = 20_000;

/// Something that is worked out at most once for a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Once {
    Shared(u32),
    Interval(u32),
    Calendar(u32),
}

/// What an expression takes and gives.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) steps: Formula,
    pub(super) size: Size,
}

/// How large the variables of a frame are.
pub(super) type Frame = Vec<Size>;

/// A definition with the sizes of its arguments.
type Called = (u32, Vec<Size>);

/// Counts steps, and remembers what it found.
pub(super) struct Meter<'p> {
    pub(super) program: &'p Program,
    pub(super) lengths: Lengths<'p>,
    /// What is read that is worked out once for a case, since this was last taken.
    pub(super) read: BTreeSet<Once>,
    /// The largest values that duties carry, by action and field.
    pub(super) owed: HashMap<(ActionId, u32), Size>,
    called: HashMap<Called, (Found, BTreeSet<Once>)>,
    shared: Vec<(Found, BTreeSet<Once>)>,
    intervals: Vec<(Formula, BTreeSet<Once>)>,
    calendars: Vec<(Formula, BTreeSet<Once>, Formula)>,
}

impl<'p> Meter<'p> {
    /// One that knows what is worked out once for a case.
    pub(super) fn new(program: &'p Program) -> Meter<'p> {
        let mut meter = Meter {
            program,
            lengths: Lengths::new(&program.schema),
            read: BTreeSet::new(),
            owed: HashMap::new(),
            called: HashMap::new(),
            shared: Vec::new(),
            intervals: Vec::new(),
            calendars: Vec::new(),
        };
        meter.meet_calendars();
        meter.meet_shared();
        meter
    }

    /// Calendars read shared values, and those read calendars: of a calendar only the exceptions are asked first.
    fn meet_calendars(&mut self) {
        for calendar in &self.program.calendars {
            let exceptions = calendar.except.as_ref();
            let exceptions = exceptions.map(|dates| self.size_of_dates(dates));
            let nothing = (Formula::default(), BTreeSet::new());
            self.calendars
                .push((nothing.0, nothing.1, exceptions.unwrap_or_default()));
        }
    }

    /// How many dates a calendar leaves out.
    fn size_of_dates(&mut self, dates: &Expr) -> Formula {
        let mut dates = dates;
        while let Expr::Shared(index) = dates {
            match self.program.shared.get(*index as usize) {
                Some(shared) => dates = &shared.value,
                None => break,
            }
        }
        let size = self.expr(&mut Frame::new(), dates).size;
        self.read.clear();
        self.lengths.elements(&size).0
    }

    fn meet_shared(&mut self) {
        for shared in &self.program.shared {
            let mut frame = frame(shared.variables);
            let found = self.expr(&mut frame, &shared.value);
            let read = std::mem::take(&mut self.read);
            self.shared.push((found, read));
        }
        for shared in &self.program.intervals {
            let steps = self.interval(&mut frame(shared.variables), &shared.interval);
            let read = std::mem::take(&mut self.read);
            self.intervals.push((steps, read));
        }
        for (index, calendar) in self.program.calendars.iter().enumerate() {
            let mut frame = frame(calendar.variables);
            let mut steps = Formula::default();
            for part in calendar.zone.iter().chain(&calendar.except) {
                steps.add(&self.expr(&mut frame, part).steps);
            }
            let read = std::mem::take(&mut self.read);
            if let Some(known) = self.calendars.get_mut(index) {
                steps.add(&known.2);
                (known.0, known.1) = (steps, read);
            }
        }
    }

    /// The steps of what is worked out once for a case, and of all that it reads in turn.
    pub(super) fn once(&self, wanted: BTreeSet<Once>) -> Formula {
        let mut steps = Formula::default();
        let mut met = BTreeSet::new();
        let mut open: Vec<Once> = wanted.into_iter().collect();
        while let Some(next) = open.pop() {
            if !met.insert(next) {
                continue;
            }
            if let Some((own, read)) = self.once_of(next) {
                steps.add(own);
                open.extend(read);
            }
        }
        steps
    }

    fn once_of(&self, once: Once) -> Option<(&Formula, &BTreeSet<Once>)> {
        match once {
            Once::Shared(index) => {
                let (found, read) = self.shared.get(index as usize)?;
                Some((&found.steps, read))
            }
            Once::Interval(index) => {
                let (steps, read) = self.intervals.get(index as usize)?;
                Some((steps, read))
            }
            Once::Calendar(index) => {
                let (steps, read, _) = self.calendars.get(index as usize)?;
                Some((steps, read))
            }
        }
    }

    /// The most steps of an expression, and how large its value is.
    pub(super) fn expr(&mut self, frame: &mut Frame, expr: &Expr) -> Found {
        match expr {
            Expr::Constant(value) => plain_or(Some(constant::size(&mut self.lengths, value))),
            Expr::Variable(slot) => plain_or(frame.get(*slot as usize).cloned()),
            Expr::Input(input) => {
                let input = self.program.schema.input(*input);
                plain_or(input.map(|input| given(Spot::of_input(&input.name), &input.kind)))
            }
            Expr::CandidateField(table) | Expr::CarrierField(table) => {
                let size = self.action_field(table);
                plain_or(Some(size))
            }
            Expr::Shared(index) => {
                self.read.insert(Once::Shared(*index));
                let known = self.shared.get(*index as usize);
                plain_or(known.map(|(found, _)| found.size.clone()))
            }
            Expr::Field { base, index } => {
                let base = self.expr(frame, base);
                let size = self.lengths.field(&base.size, *index);
                one_more(base.steps, size)
            }
            Expr::Call { define, arguments } => self.call(frame, *define, arguments),
            Expr::Record { fields, .. } => {
                let (steps, sizes) = self.all(frame, fields);
                one_more(steps, Size::Record(sizes.into()))
            }
            Expr::List(items) => {
                let (steps, sizes) = self.all(frame, items);
                let length = Formula::number(sizes.len() as u64);
                let element = self.any_of(sizes);
                one_more(steps, Size::List(Arc::new((length, element))))
            }
            Expr::If {
                condition,
                then,
                otherwise,
            } => {
                let condition = self.expr(frame, condition).steps;
                let branches = [then, otherwise].map(|branch| self.expr(frame, branch));
                self.branches(condition, branches)
            }
            Expr::Cases { cases, otherwise } => {
                let mut asked = Formula::default();
                let mut branches = Vec::new();
                for (condition, value) in cases {
                    asked.add(&self.expr(frame, condition).steps);
                    branches.push(self.expr(frame, value));
                }
                branches.push(self.expr(frame, otherwise));
                self.branches(asked, branches)
            }
            Expr::Otherwise { value, fallback } => {
                let value = self.expr(frame, value);
                let mut fallback = self.expr(frame, fallback);
                fallback.steps.add(&value.steps);
                let size = self.lengths.either(value.size, fallback.size);
                one_more(fallback.steps, size)
            }
            Expr::Quantified { .. } | Expr::Picked { .. } | Expr::Aggregate { .. } => {
                self.over_list(frame, expr)
            }
            Expr::Slice { count, list, .. } => self.slice(frame, count, list),
            _ => one_more(self.plain(frame, expr), Size::Plain),
        }
    }

    /// The steps of the parts of an expression whose value holds nothing.
    fn plain(&mut self, frame: &mut Frame, expr: &Expr) -> Formula {
        match expr {
            Expr::Today { zone, .. }
            | Expr::DayOfYear { zone, .. }
            | Expr::DayOfMonth { zone, .. } => self.zone(frame, zone, 1),
            Expr::Text(parts) => self.text(frame, parts),
            Expr::Not(inner) | Expr::IsKnown(inner) | Expr::IsEmpty(inner) => {
                self.expr(frame, inner).steps
            }
            Expr::And(parts) | Expr::Or(parts) => self.all(frame, parts).0,
            Expr::Arithmetic { left, right, .. }
            | Expr::Rounded {
                value: left,
                step: right,
            }
            | Expr::TextTest {
                value: left,
                part: right,
                ..
            }
            | Expr::Slot {
                key: left,
                name: right,
            } => self.sum(frame, [left, right]),
            Expr::Shift {
                from, span, zone, ..
            } => self.with_zone(frame, [from, span], zone, 1),
            Expr::Combine { date, time, zone } => self.with_zone(frame, [date, time], zone, 1),
            Expr::CountBetween { from, to, zone, .. } => self.with_zone(frame, [from, to], zone, 2),
            Expr::Function { argument, zone, .. } => self.with_zone(frame, [argument], zone, 2),
            Expr::Compare { left, right, .. } => {
                let mut steps = self.expr(frame, right).steps;
                steps.add(&self.gone_through(frame, left, 1));
                steps
            }
            Expr::OneOf { value, options } => {
                let mut steps = self.all(frame, options).0;
                steps.add(&self.gone_through(frame, value, options.len()));
                steps
            }
            Expr::Between {
                value, low, high, ..
            } => self.sum(frame, [value, low, high]),
            Expr::ListContains { list, element } => {
                let mut steps = self.expr(frame, element).steps;
                steps.add(&self.gone_through(frame, list, 1));
                steps
            }
            Expr::Within { value, interval } => {
                let mut steps = self.expr(frame, value).steps;
                steps.add(&self.interval_of(frame, interval));
                steps
            }
            Expr::Observed { inner, .. } => self.expr(frame, inner).steps,
            _ => self.working(frame, expr),
        }
    }

    /// Working time: a step for each day that is gone through, and for each exception.
    fn working(&mut self, frame: &mut Frame, expr: &Expr) -> Formula {
        match expr {
            Expr::WithinCalendar { value, calendar } => {
                let mut steps = self.expr(frame, value).steps;
                self.exceptions(*calendar);
                steps.add_number(1);
                steps
            }
            Expr::WorkingShift {
                calendar,
                count,
                unit,
                from,
                ..
            } => {
                let mut steps = self.expr(frame, from).steps;
                // A shift goes day by day over as many weeks as it counts, and again over every exception in them.
                let week = self.program.calendars.get(*calendar as usize);
                let week = week.map_or(1, |calendar| calendar.week.length_in(*unit));
                let weeks = count
                    .checked_div(week.max(1))
                    .unwrap_or(0)
                    .saturating_add(2);
                let exceptions = self.exceptions(*calendar);
                steps.add(&exceptions.times(&Formula::number(7)));
                steps.add_number(u64::try_from(weeks.saturating_mul(7)).unwrap_or(u64::MAX));
                steps
            }
            Expr::WorkingBetween {
                calendar,
                unit,
                from,
                to,
            } => {
                let mut steps = self.sum(frame, [from, to]);
                let exceptions = self.exceptions(*calendar);
                if *unit != WorkingUnit::Days {
                    steps.add(&exceptions);
                    steps.add_number(CLOCK_CHANGES);
                }
                steps
            }
            _ => Formula::default(),
        }
    }

    fn exceptions(&mut self, calendar: u32) -> Formula {
        self.read.insert(Once::Calendar(calendar));
        let known = self.calendars.get(calendar as usize);
        known.map(|known| known.2.clone()).unwrap_or_default()
    }

    fn all(&mut self, frame: &mut Frame, exprs: &[Expr]) -> (Formula, Vec<Size>) {
        let mut steps = Formula::default();
        let mut sizes = Vec::with_capacity(exprs.len());
        for expr in exprs {
            let found = self.expr(frame, expr);
            steps.add(&found.steps);
            sizes.push(found.size);
        }
        (steps, sizes)
    }

    fn sum<'e>(
        &mut self,
        frame: &mut Frame,
        exprs: impl IntoIterator<Item = &'e Box<Expr>>,
    ) -> Formula {
        let mut steps = Formula::default();
        for expr in exprs {
            steps.add(&self.expr(frame, expr).steps);
        }
        steps
    }

    fn with_zone<'e>(
        &mut self,
        frame: &mut Frame,
        exprs: impl IntoIterator<Item = &'e Box<Expr>>,
        zone: &ZoneRef,
        times: u64,
    ) -> Formula {
        let mut steps = self.sum(frame, exprs);
        steps.add(&self.zone(frame, zone, times));
        steps
    }

    /// A zone, looked up so often.
    fn zone(&mut self, frame: &mut Frame, zone: &ZoneRef, times: u64) -> Formula {
        match zone {
            ZoneRef::Package => Formula::default(),
            ZoneRef::Named(zone) => self.expr(frame, zone).steps.times(&Formula::number(times)),
        }
    }

    /// A value that is worked out and then gone through so often, with all that is in it.
    fn gone_through(&mut self, frame: &mut Frame, expr: &Expr, times: usize) -> Formula {
        let found = self.expr(frame, expr);
        let inside = self.lengths.values_in(&found.size);
        let mut steps = inside.times(&Formula::number(times as u64));
        steps.add(&found.steps);
        steps
    }

    fn any_of(&mut self, sizes: Vec<Size>) -> Size {
        let mut any = Size::Plain;
        for size in sizes {
            any = self.lengths.either(any, size);
        }
        any
    }

    /// One of these, once the conditions are asked.
    fn branches(&mut self, mut asked: Formula, branches: impl IntoIterator<Item = Found>) -> Found {
        let mut most = Formula::default();
        let mut size = Size::Plain;
        for branch in branches {
            most.or(&branch.steps);
            size = self.lengths.either(size, branch.size);
        }
        asked.add(&most);
        one_more(asked, size)
    }

    fn text(&mut self, frame: &mut Frame, parts: &[TextPart]) -> Formula {
        let mut steps = Formula::default();
        for part in parts {
            if let TextPart::Value(value) = part {
                steps.add(&self.gone_through(frame, value, 1));
            }
        }
        steps
    }

    fn action_field(&mut self, table: &FieldTable) -> Size {
        let mut size = Size::Plain;
        for (action, index) in &table.places {
            let declared = self.program.schema.action(*action);
            let field = declared.and_then(|it| Some((it, it.fields.get(*index as usize)?)));
            let proposed = field.map_or(Size::Plain, |(action, field)| {
                given(Spot::of_action(&action.name, field), &field.kind)
            });
            size = self.lengths.either(size, proposed);
            if let Some(owed) = self.owed.get(&(*action, *index)) {
                size = self.lengths.either(size, owed.clone());
            }
        }
        size
    }

    fn call(&mut self, frame: &mut Frame, define: u32, arguments: &[Expr]) -> Found {
        let (mut steps, sizes) = self.all(frame, arguments);
        let called = self.called(define, sizes);
        steps.add(&called.steps);
        one_more(steps, called.size)
    }

    /// What a definition takes that is given such values.
    fn called(&mut self, define: u32, arguments: Vec<Size>) -> Found {
        let key = (define, arguments);
        if let Some((found, read)) = self.called.get(&key) {
            self.read.extend(read);
            return found.clone();
        }
        let Some(definition) = self.program.defines.get(define as usize) else {
            return plain_or(None);
        };
        let outer = std::mem::take(&mut self.read);
        let mut inner = key.1.clone();
        inner.resize(definition.variables as usize, Size::Plain);
        let found = self.expr(&mut inner, &definition.body);
        let read = std::mem::replace(&mut self.read, outer);
        self.read.extend(&read);
        self.called.insert(key, (found.clone(), read));
        found
    }

    fn slice(&mut self, frame: &mut Frame, count: &Expr, list: &Expr) -> Found {
        let list = self.expr(frame, list);
        let mut steps = self.expr(frame, count).steps;
        let (mut length, element) = self.lengths.elements(&list.size);
        if let Some(fixed) = constant::count(count) {
            length = Formula::number(fixed);
        }
        steps.add(&list.steps);
        steps.add(&length);
        one_more(steps, Size::List(Arc::new((length, element))))
    }

    /// An interval of time: worked out once for a case, or each time.
    fn interval_of(&mut self, frame: &mut Frame, interval: &IntervalRef) -> Formula {
        match interval {
            IntervalRef::Shared(index) => {
                self.read.insert(Once::Interval(*index));
                Formula::default()
            }
            IntervalRef::Own(interval) => self.interval(frame, interval),
        }
    }

    fn interval(&mut self, frame: &mut Frame, interval: &Interval) -> Formula {
        let (mut steps, ends) = match &interval.window {
            Window::Rolling(_, span) | Window::Distance(_, _, span) => {
                (self.expr(frame, span).steps, 2)
            }
            Window::Before { span, of } | Window::After { span, of } => {
                let mut steps = self.expr(frame, span).steps;
                steps.add(&self.expr(frame, of).steps);
                (steps, 1)
            }
            Window::Around { span, of } => {
                let span = self.expr(frame, span).steps;
                let mut steps = span.times(&Formula::number(2));
                steps.add(&self.expr(frame, of).steps);
                (steps, 2)
            }
            Window::Calendar(..) => (Formula::default(), 2),
        };
        steps.add(&self.zone(frame, &interval.zone, ends));
        steps
    }

    fn over_list(&mut self, frame: &mut Frame, expr: &Expr) -> Found {
        match expr {
            Expr::Quantified {
                quantifier,
                variable,
                list,
                condition,
            } => {
                let mut gone = self.begin(frame, list, *variable, condition.as_deref());
                match quantifier {
                    Quantifier::Any | Quantifier::No => {}
                    Quantifier::Every { has } => gone.each.add(&self.expr(frame, has).steps),
                    Quantifier::Count(_, number) | Quantifier::Exactly(number) => {
                        gone.before.add(&self.expr(frame, number).steps);
                    }
                }
                one_more(gone.steps(), Size::Plain)
            }
            Expr::Picked {
                pick,
                variable,
                list,
                by,
                condition,
                has,
            } => {
                let mut gone = self.begin(frame, list, *variable, condition.as_deref());
                if !matches!(pick, Pick::First | Pick::Last) {
                    // The best one is looked at once more, for the witnesses of its condition.
                    gone.before.add(&gone.each);
                }
                if let Some(by) = by {
                    gone.each.add(&self.expr(frame, by).steps);
                }
                if let Some(has) = has {
                    gone.before.add(&self.expr(frame, has).steps);
                }
                let size = if has.is_some() {
                    Size::Plain
                } else {
                    gone.element.clone()
                };
                one_more(gone.steps(), size)
            }
            Expr::Aggregate {
                aggregate,
                variable,
                list,
                condition,
                value,
                ..
            } => {
                let mut gone = self.begin(frame, list, *variable, condition.as_deref());
                let taken = match value {
                    Some(value) => self.expr(frame, value),
                    None => plain_or(Some(gone.element.clone())),
                };
                gone.each.add(&taken.steps);
                if *aggregate == Aggregate::Distinct {
                    gone.each.add(&self.lengths.values_in(&taken.size));
                }
                let size = aggregated(*aggregate, &gone.length, taken.size);
                if *aggregate == Aggregate::Count && condition.is_none() {
                    return one_more(gone.before, size);
                }
                one_more(gone.steps(), size)
            }
            _ => plain_or(None),
        }
    }

    /// Begins to go through a list: its variable is bound, and the condition asked of each element.
    fn begin(
        &mut self,
        frame: &mut Frame,
        list: &Expr,
        variable: u32,
        condition: Option<&Expr>,
    ) -> Gone {
        let list = self.expr(frame, list);
        let (length, element) = self.lengths.elements(&list.size);
        if let Some(place) = frame.get_mut(variable as usize) {
            *place = element.clone();
        }
        let each = condition.map(|condition| self.expr(frame, condition).steps);
        Gone {
            before: list.steps,
            length,
            each: each.unwrap_or_default(),
            element,
        }
    }
}

/// A list that is gone through.
struct Gone {
    before: Formula,
    length: Formula,
    each: Formula,
    element: Size,
}

impl Gone {
    /// An element of which nothing is asked takes a step all the same.
    fn steps(mut self) -> Formula {
        if self.each == Formula::default() {
            self.each.add_number(1);
        }
        self.before.add(&self.length.times(&self.each));
        self.before
    }
}

fn aggregated(aggregate: Aggregate, length: &Formula, taken: Size) -> Size {
    match aggregate {
        Aggregate::List | Aggregate::Distinct => Size::List(Arc::new((length.clone(), taken))),
        Aggregate::Count | Aggregate::Sum | Aggregate::Average => Size::Plain,
        _ => taken,
    }
}

/// A frame in which nothing is bound.
pub(super) fn frame(variables: u32) -> Frame {
    vec![Size::Plain; variables as usize]
}

/// One step, for a value that is only looked up.
fn plain_or(size: Option<Size>) -> Found {
    Found {
        steps: Formula::number(1),
        size: size.unwrap_or(Size::Plain),
    }
}

/// The expression itself is one step besides its parts.
fn one_more(mut steps: Formula, size: Size) -> Found {
    steps.add_number(1);
    Found { steps, size }
}
