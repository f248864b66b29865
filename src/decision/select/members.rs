//! What some element of a list has, gathered once.

use std::collections::HashSet;

use crate::eval::{Frame, Moment, holds, value_of};
use crate::program::{FixedHasher, ListSet};
use crate::value::Value;

/// Most members that are compared one by one.
const FEW: usize = 8;

/// The members of a set.
#[derive(Debug)]
pub(super) enum Members {
    /// There is no list to gather from.
    Unknown,
    /// Values of a choice, a bit for each place in its declaration.
    Choices(u64),
    /// So few that they are compared one by one.
    Few(Vec<Value>),
    /// Looked up.
    Many(HashSet<Value, FixedHasher>),
}

impl Members {
    /// Goes through the list.
    pub(super) fn gather(moment: &Moment<'_>, set: &ListSet) -> Members {
        let mut frame = Frame::new(set.variables);
        let Value::List(items) = value_of(moment, &mut frame, &set.list) else {
            return Members::Unknown;
        };
        let mut found: Vec<Value> = Vec::new();
        for item in items.iter() {
            frame.bind(set.variable, item.clone());
            let mut conditions = set.conditions.iter();
            if conditions.all(|condition| holds(moment, &mut frame, condition)) {
                let value = value_of(moment, &mut frame, &set.gathered);
                if !value.is_missing() {
                    found.push(value);
                }
            }
        }
        match choices(&found) {
            Some(bits) => Members::Choices(bits),
            None if found.len() <= FEW => Members::Few(found),
            None => Members::Many(found.into_iter().collect()),
        }
    }

    /// Whether a value is among them; `None` where that cannot be said.
    pub(super) fn contain(&self, value: &Value) -> Option<bool> {
        match (self, value) {
            (Members::Unknown, _) => None,
            (Members::Choices(bits), Value::Choice(choice)) => {
                Some(bit(choice.index).is_some_and(|bit| bits & bit != 0))
            }
            (Members::Choices(_), _) => Some(false),
            (Members::Few(values), value) => Some(values.contains(value)),
            (Members::Many(values), value) => Some(values.contains(value)),
        }
    }
}

fn bit(index: u32) -> Option<u64> {
    1u64.checked_shl(index)
}

/// The bits of values that are all of a choice with few names; nothing where there are none.
fn choices(values: &[Value]) -> Option<u64> {
    if values.is_empty() {
        return None;
    }
    values.iter().try_fold(0u64, |bits, value| match value {
        Value::Choice(choice) => Some(bits | bit(choice.index)?),
        _ => None,
    })
}
