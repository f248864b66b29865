//! What an observed program does besides: it writes down what each condition and each value came to.
//!
//! Invariant: the value is the one that the expression has unobserved; where nobody writes, nothing is done.

use super::expression::{lent, value_of};
use super::record::Ends;
use super::{Frame, Moment, Recorder, logic, time};
use crate::program::{Expr, IntervalRef};
use crate::value::Value;

/// A condition.
pub(super) fn truth(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    probe: u32,
    inner: &Expr,
) -> Option<bool> {
    let Some(recorder) = moment.recorder() else {
        return logic::truth(moment, frame, inner);
    };
    recorder.enter(probe);
    let (holds, ends) = match inner {
        Expr::Within { value, interval } => within(moment, frame, value, interval),
        _ => (logic::truth(moment, frame, inner), None),
    };
    let outcome = holds.map_or(Value::Missing, Value::YesNo);
    recorder.leave(probe, outcome, bound(recorder, frame, probe), ends);
    holds
}

/// A value.
pub(super) fn value(moment: &Moment<'_>, frame: &mut Frame<'_>, probe: u32, inner: &Expr) -> Value {
    let Some(recorder) = moment.recorder() else {
        return value_of(moment, frame, inner);
    };
    recorder.enter(probe);
    let value = value_of(moment, frame, inner);
    let bound = bound(recorder, frame, probe);
    recorder.leave(probe, value.clone(), bound, None);
    value
}

/// The element that is bound where the probe stands.
fn bound(recorder: &Recorder, frame: &Frame<'_>, probe: u32) -> Value {
    recorder
        .variable(probe)
        .map_or(Value::Missing, |variable| frame.variable(variable).clone())
}

fn within(
    moment: &Moment<'_>,
    frame: &mut Frame<'_>,
    value: &Expr,
    interval: &IntervalRef,
) -> (Option<bool>, Option<Ends>) {
    let lying = match interval {
        IntervalRef::Shared(index) => moment.interval(*index).cloned(),
        IntervalRef::Own(interval) => time::lying(moment, frame, interval),
    };
    let Some(lying) = lying else {
        return (None, None);
    };
    let holds = lying.contains(&lent(moment, frame, value));
    (holds, Some(lying.ends()))
}
