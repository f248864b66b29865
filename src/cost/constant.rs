//! Values that a package writes out.

use super::formula::Formula;
use super::size::{Lengths, Size};
use crate::program::Expr;
use crate::value::Value;
use std::sync::Arc;

/// How large a value is.
pub(super) fn size(lengths: &mut Lengths<'_>, value: &Value) -> Size {
    match value {
        Value::List(items) => {
            let element = items.iter().fold(Size::Plain, |any, item| {
                let item = size(lengths, item);
                lengths.either(any, item)
            });
            Size::List(Arc::new((Formula::number(items.len() as u64), element)))
        }
        Value::Record(record) => {
            let fields = record.values.iter().map(|value| size(lengths, value));
            Size::Record(fields.collect())
        }
        _ => Size::Plain,
    }
}

/// A number of elements that is written out.
pub(super) fn count(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Constant(Value::Number(number)) => {
            u64::try_from(number.floor_to_i64_saturating().max(0)).ok()
        }
        _ => None,
    }
}
