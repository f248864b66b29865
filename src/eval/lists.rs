//! What is asked of lists: quantifiers, elements picked, aggregates.
//!
//! A list is evaluated once and lent, never copied; each expression goes through it once, and no further than
//! its answer asks.

mod aggregate;

use super::expression::{place, value_of};
use super::{Frame, Moment, holds};
use crate::operators::{Bound, Comparison, Pick};
use crate::program::{Expr, Quantifier};
use crate::value::{Number, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// The elements that an expression asks about.
#[derive(Clone, Copy)]
struct Elements<'e> {
    variable: u32,
    list: &'e Expr,
    condition: Option<&'e Expr>,
}

impl<'e> Elements<'e> {
    fn new(variable: u32, list: &'e Expr, condition: Option<&'e Expr>) -> Elements<'e> {
        Elements {
            variable,
            list,
            condition,
        }
    }

    /// The whole list, shared.
    fn items(&self, moment: &Moment<'_>, frame: &mut Frame<'_>) -> Option<Arc<[Value]>> {
        match value_of(moment, frame, self.list) {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Binds an element and says whether it counts.
    fn admits(&self, moment: &Moment<'_>, frame: &mut Frame<'_>, item: &Value) -> bool {
        frame.bind(self.variable, item.clone());
        self.condition
            .is_none_or(|condition| holds(moment, frame, condition))
    }

    /// The places of the only elements that can count, where that is known: the condition asks first of all that an
    /// element has a certain value somewhere.
    fn positions(
        &self,
        moment: &Moment<'_>,
        frame: &Frame<'_>,
        items: &Arc<[Value]>,
    ) -> Option<Vec<usize>> {
        let positions = moment.positions?;
        let first = match self.condition? {
            Expr::And(parts) => parts.first()?,
            single => single,
        };
        let Expr::Compare {
            comparison: Comparison::Same,
            left,
            right,
        } = first
        else {
            return None;
        };
        let (path, other) = if left.is_path_of(self.variable) {
            (left, right)
        } else {
            (right, left)
        };
        let is_elsewhere = other.is_place() || matches!(**other, Expr::Constant(_));
        if !path.is_path_of(self.variable) || !is_elsewhere {
            return None;
        }
        positions.of(items, path, place(moment, frame, other)?)
    }

    /// The first of these that counts, which stays bound; nothing is bound where there is none.
    fn find<'i>(
        &self,
        moment: &Moment<'_>,
        frame: &mut Frame<'_>,
        mut items: impl Iterator<Item = &'i Value>,
    ) -> Option<&'i Value> {
        let found = items.find(|item| self.admits(moment, frame, item));
        if found.is_none() {
            frame.bind(self.variable, Value::Missing);
        }
        found
    }
}

/// A condition over a list.
pub(super) fn truth(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Quantified {
            quantifier,
            variable,
            list,
            condition,
        } => {
            let elements = Elements::new(*variable, list, condition.as_deref());
            quantified(moment, frame, quantifier, elements)
        }
        Expr::Picked {
            pick,
            variable,
            list,
            by,
            condition,
            has: Some(has),
        } => {
            let elements = Elements::new(*variable, list, condition.as_deref());
            let found = picked(moment, frame, *pick, elements, by.as_deref())?;
            Some(!found.is_missing() && holds(moment, frame, has))
        }
        _ => None,
    }
}

/// An element picked, an aggregate, a part of a list.
pub(super) fn value(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Picked {
            pick,
            variable,
            list,
            by,
            condition,
            has: None,
        } => {
            let elements = Elements::new(*variable, list, condition.as_deref());
            picked(moment, frame, *pick, elements, by.as_deref())
        }
        Expr::Aggregate {
            aggregate,
            variable,
            list,
            condition,
            value,
            empty,
        } => {
            let elements = Elements::new(*variable, list, condition.as_deref());
            aggregate::value(
                moment,
                frame,
                *aggregate,
                elements,
                (value.as_deref(), empty),
            )
        }
        Expr::Slice {
            from_end,
            count,
            list,
        } => slice(moment, frame, *from_end, count, list),
        _ => None,
    }
}

fn quantified(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    quantifier: &Quantifier,
    elements: Elements<'_>,
) -> Option<bool> {
    let items = elements.items(moment, frame)?;
    let found = |frame: &mut Frame<'_>| match elements.positions(moment, frame, &items) {
        Some(places) => {
            let items = places.iter().filter_map(|place| items.get(*place));
            elements.find(moment, frame, items).is_some()
        }
        None => elements.find(moment, frame, items.iter()).is_some(),
    };
    match quantifier {
        Quantifier::Any => Some(found(frame)),
        Quantifier::No => Some(!found(frame)),
        Quantifier::Every { has } => Some(
            items
                .iter()
                .all(|item| !elements.admits(moment, frame, item) || holds(moment, frame, has)),
        ),
        Quantifier::Count(bound, number) => {
            let wanted = number_of(moment, frame, number)?;
            let order = count_up_to(moment, frame, elements, &items, &wanted).cmp(&wanted);
            Some(bound_holds(*bound, order))
        }
        Quantifier::Exactly(number) => {
            let wanted = number_of(moment, frame, number)?;
            Some(count_up_to(moment, frame, elements, &items, &wanted) == wanted)
        }
    }
}

fn number_of(moment: &Moment<'_>, frame: &mut Frame<'_>, expr: &Expr) -> Option<Number> {
    match value_of(moment, frame, expr) {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// How many elements count; no further than what is more than `wanted`, which answers every question.
fn count_up_to(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    elements: Elements<'_>,
    items: &[Value],
    wanted: &Number,
) -> Number {
    let enough = wanted.floor_to_i64_saturating().max(0).saturating_add(1);
    let enough = usize::try_from(enough).unwrap_or(usize::MAX);
    let counted = items
        .iter()
        .filter(|item| elements.admits(moment, frame, item));
    Number::from_count(counted.take(enough).count())
}

fn bound_holds(bound: Bound, order: Ordering) -> bool {
    match bound {
        Bound::AtLeast => order.is_ge(),
        Bound::AtMost => order.is_le(),
        Bound::MoreThan => order.is_gt(),
        Bound::LessThan => order.is_lt(),
    }
}

/// The element picked, which stays bound; missing where there is none.
fn picked(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    pick: Pick,
    elements: Elements<'_>,
    by: Option<&Expr>,
) -> Option<Value> {
    let items = elements.items(moment, frame)?;
    let best = match (pick, by) {
        (Pick::First, _) => return Some(owned(elements.find(moment, frame, items.iter()))),
        (Pick::Last, _) => return Some(owned(elements.find(moment, frame, items.iter().rev()))),
        (Pick::Latest | Pick::Largest, by) => {
            extreme(moment, frame, elements, &items, (by?, Ordering::Greater))?
        }
        (Pick::Earliest | Pick::Smallest, by) => {
            extreme(moment, frame, elements, &items, (by?, Ordering::Less))?
        }
    };
    // Binding it anew brings back the witnesses of its own condition.
    Some(owned(elements.find(moment, frame, best.into_iter())))
}

fn owned(found: Option<&Value>) -> Value {
    found.map_or(Value::Missing, Value::clone)
}

/// The first element whose key is further that way than all others'; `None` inside where no element counts,
/// outside where keys have no order.
fn extreme<'i>(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    elements: Elements<'_>,
    items: &'i [Value],
    (by, way): (&Expr, Ordering),
) -> Option<Option<&'i Value>> {
    let mut best: Option<(Value, &Value)> = None;
    for item in items {
        if !elements.admits(moment, frame, item) {
            continue;
        }
        let key = value_of(moment, frame, by);
        let further = match &best {
            Some((held, _)) => key.compare(held)? == way,
            None => key.compare(&key).is_some(),
        };
        if further {
            best = Some((key, item));
        } else if best.is_none() {
            return None;
        }
    }
    Some(best.map(|(_, item)| item))
}

fn slice(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    from_end: bool,
    count: &Expr,
    list: &Expr,
) -> Option<Value> {
    let count = number_of(moment, frame, count)?
        .floor_to_i64_saturating()
        .max(0);
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let items = Elements::new(0, list, None).items(moment, frame)?;
    if count >= items.len() {
        return Some(Value::List(items));
    }
    let part = if from_end {
        items.get(items.len().saturating_sub(count)..)
    } else {
        items.get(..count)
    };
    Some(Value::List(part?.into()))
}
