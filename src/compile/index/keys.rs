//! Conditions that compare a place with known values.

use crate::program::Expr;
use crate::value::Value;

/// A place and the values of which it must have one.
#[derive(Clone, Debug)]
pub(super) struct Named<'e> {
    pub(super) place: &'e Expr,
    pub(super) values: Vec<Value>,
}

/// The place and the values, where a condition holds exactly when the place has one of these.
pub(super) fn named(condition: &Expr) -> Option<Named<'_>> {
    match condition {
        Expr::Compare {
            comparison: crate::operators::Comparison::Same,
            left,
            right,
        } => match (&**left, &**right) {
            (place, Expr::Constant(value)) | (Expr::Constant(value), place) => {
                of_place(place, vec![value.clone()])
            }
            _ => None,
        },
        Expr::OneOf { value, options } => {
            let values = options.iter().map(|option| match option {
                Expr::Constant(value) => Some(value.clone()),
                _ => None,
            });
            of_place(value, values.collect::<Option<_>>()?)
        }
        Expr::Or(parts) => either(parts),
        Expr::Not(inner) if inner.is_place() => of_place(inner, vec![Value::YesNo(false)]),
        place if place.is_place() => of_place(place, vec![Value::YesNo(true)]),
        _ => None,
    }
}

/// Several conditions on the same place.
fn either(parts: &[Expr]) -> Option<Named<'_>> {
    let mut parts = parts.iter().map(named);
    let mut all = parts.next()??;
    for part in parts {
        let part = part?;
        if part.place != all.place {
            return None;
        }
        all.values.extend(part.values);
    }
    distinct(all)
}

fn of_place(place: &Expr, values: Vec<Value>) -> Option<Named<'_>> {
    place.is_place().then_some(())?;
    distinct(Named { place, values })
}

/// Each value once; `None` where there is none: nothing is the same as what is missing.
fn distinct(named: Named<'_>) -> Option<Named<'_>> {
    let mut values: Vec<Value> = Vec::new();
    for value in named.values {
        if !value.is_missing() && !values.contains(&value) {
            values.push(value);
        }
    }
    (!values.is_empty()).then_some(Named {
        place: named.place,
        values,
    })
}
