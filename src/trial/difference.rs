//! In what a duty is not the one that is expected.

use super::shown::{quoted, shown, until_when};
use super::verdicts::ends;
use crate::decision::{Duty, Withheld};
use crate::example::ExpectedDuty;
use crate::value::Value;

/// A duty of a decision, and why it is not to be carried out where it is withheld.
#[derive(Clone, Copy)]
pub(super) struct Owed<'d> {
    pub(super) duty: &'d Duty,
    pub(super) withheld: Option<&'d Withheld>,
}

/// What differs, in words; `None` where the duty is of another action.
pub(super) fn differences(wanted: &ExpectedDuty<Value>, owed: Owed<'_>) -> Option<Vec<String>> {
    if owed.duty.action_id != wanted.action {
        return None;
    }
    let mut all = Vec::new();
    for (place, value) in &wanted.with {
        let found = owed.duty.with.get(*place as usize);
        if let Some((name, found)) = found.filter(|(_, found)| !is_as_expected(value, found)) {
            all.push(format!("its {name} is {}", shown(found)));
        }
    }
    all.extend(carrier(wanted, owed.duty));
    all.extend(deadline(wanted, owed.duty));
    all.extend(withholding(wanted, owed));
    Some(all)
}

/// Unknown equals nothing in a policy; here it is what was expected.
fn is_as_expected(wanted: &Value, found: &Value) -> bool {
    found.same(wanted) || (wanted.is_missing() && found.is_missing())
}

fn carrier(wanted: &ExpectedDuty<Value>, duty: &Duty) -> Option<String> {
    let wanted = wanted.on.as_ref()?;
    match &duty.on {
        Some(on) if on == wanted => None,
        Some(on) => Some(format!("it is on {}", quoted(on))),
        None => Some("it belongs to nothing".into()),
    }
}

fn deadline(wanted: &ExpectedDuty<Value>, duty: &Duty) -> Option<String> {
    let wanted = wanted.by.as_ref()?;
    match &duty.by {
        Some(by) if by.same(wanted) => None,
        Some(by) => Some(format!("it is due by {}", shown(by))),
        None => Some("it has no deadline".into()),
    }
}

fn withholding(wanted: &ExpectedDuty<Value>, owed: Owed<'_>) -> Vec<String> {
    match (&wanted.withheld, owed.withheld) {
        (None, None) => Vec::new(),
        (None, Some(withheld)) => {
            let titles = withheld.against.iter().map(|one| quoted(&one.policy));
            let titles: Vec<String> = titles.collect();
            let verdict = withheld.verdict.word();
            vec![format!("it is {verdict} by {}", titles.join(", "))]
        }
        (Some(_), None) => vec!["it is not withheld".into()],
        (Some(wanted), Some(withheld)) => {
            let against = &withheld.against;
            let titles = wanted.by.iter();
            let absent = titles.filter(|title| !against.iter().any(|one| one.policy == **title));
            let mut all: Vec<String> = absent
                .map(|title| format!("it is not withheld by {}", quoted(title)))
                .collect();
            if !ends(wanted.until.as_ref(), withheld.until) {
                all.push(match withheld.until {
                    Some(_) => format!("it is withheld{}", until_when(withheld.until)),
                    None => "no end of its withholding is known".into(),
                });
            }
            all
        }
    }
}
