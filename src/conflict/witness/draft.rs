//! What is known of a case that is being made: values by their places.

use crate::conflict::rule::Element;
use crate::ir::{Expr, ExprKind};
use crate::value::Value;
use std::collections::BTreeMap;

/// What stands at one place, as far as it matters; the root holds the inputs.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// A value.
    pub(super) value: Option<Value>,
    /// Whether nothing stands there.
    pub(super) is_left_out: bool,
    /// Parts of a record, by place.
    pub(super) fields: BTreeMap<u32, Draft>,
    /// Elements of a list, by the variable that stands for them.
    pub(super) items: BTreeMap<Option<u32>, Item>,
    /// Known elements of a list.
    pub(super) known: Vec<Value>,
}

/// Elements of a list that are alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub(super) count: u32,
    pub(super) draft: Draft,
}

impl Draft {
    /// The place that an expression reads; `None` where it is more than a place.
    pub(super) fn at(&mut self, expr: &Expr, elements: &[Element]) -> Option<&mut Draft> {
        match &expr.kind {
            ExprKind::Input(input) => Some(self.fields.entry(input.0).or_default()),
            ExprKind::Field { base, index } => {
                let base = self.at(base, elements)?;
                Some(base.fields.entry(*index).or_default())
            }
            ExprKind::Variable(variable) => {
                let element = elements.iter().find(|one| one.variable == variable.0)?;
                let list = self.at(&element.list, elements)?;
                Some(&mut list.item(element.variable, 1).draft)
            }
            ExprKind::Otherwise { value, .. } => self.at(value, elements),
            _ => None,
        }
    }

    /// The element that a variable stands for.
    pub(super) fn item(&mut self, variable: u32, count: u32) -> &mut Item {
        let item = self.items.entry(Some(variable)).or_default();
        item.count = item.count.max(count);
        item
    }

    /// An element of a known value.
    pub(super) fn hold(&mut self, value: Value) {
        self.known.push(value);
    }

    /// So many elements, whatever they are.
    pub(super) fn hold_at_least(&mut self, count: u32) {
        let there: u32 = self.items.values().map(|item| item.count).sum();
        let missing = count.saturating_sub(there);
        if missing > 0 {
            self.items.entry(None).or_default().count = missing;
        }
    }

    pub(super) fn leave_out(&mut self) {
        self.is_left_out = true;
    }

    pub(super) fn set(&mut self, value: Value) {
        self.value = Some(value);
    }
}
