//! Where in a list the elements stand that have some value, for those who go through one list many times.
//!
//! Input: a list and a path into its elements. Output: the places of its elements by what they have there, worked
//! out when it is first asked for. Invariant: the lists of a case do not change, so what was found stays true.

use crate::program::{Expr, Fixed};
use crate::value::{Record, Value};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Fewest elements for which it is worth it.
const FEWEST: usize = 16;

/// Places by what stands at a path.
type ByValue = Fixed<Value, Vec<usize>>;

/// The places that were worked out.
#[derive(Debug, Default)]
pub(crate) struct Positions(RefCell<Vec<Known>>);

#[derive(Debug)]
struct Known {
    list: Arc<[Value]>,
    path: Expr,
    places: Rc<ByValue>,
}

impl Positions {
    /// The places of the elements that have this value at the path, in order; `None` where looking at each of them is
    /// as good.
    pub(super) fn of(&self, list: &Arc<[Value]>, path: &Expr, value: &Value) -> Option<Vec<usize>> {
        if list.len() < FEWEST {
            return None;
        }
        let places = self.places(list, path);
        Some(places.get(value).cloned().unwrap_or_default())
    }

    fn places(&self, list: &Arc<[Value]>, path: &Expr) -> Rc<ByValue> {
        let mut known = self.0.borrow_mut();
        let found = known
            .iter()
            .find(|it| Arc::ptr_eq(&it.list, list) && it.path == *path);
        if let Some(found) = found {
            return found.places.clone();
        }
        let mut by_value = ByValue::default();
        for (place, item) in list.iter().enumerate() {
            let value = at(item, path);
            if !value.is_missing() {
                by_value.entry(value.clone()).or_default().push(place);
            }
        }
        let places = Rc::new(by_value);
        known.push(Known {
            list: list.clone(),
            path: path.clone(),
            places: places.clone(),
        });
        places
    }
}

/// What an element has at a path.
fn at<'v>(element: &'v Value, path: &Expr) -> &'v Value {
    match path {
        Expr::Field { base, index } => match at(element, base) {
            Value::Record(record) => Record::field(record, *index as usize),
            _ => &Value::Missing,
        },
        _ => element,
    }
}
