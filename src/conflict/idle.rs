//! Limits and overrides that change nothing.
//!
//! A limit is idle where another one, of the same or of more actions, that counts the same or more, has no more room
//! and is asked wherever it is. An override is idle where the two policies never speak about the same.
//! That nothing comes of them is true of every case, so there is none to show.

use super::PAIRS;
use super::policies::Readings;
use super::possible::{exclusion, possible};
use super::term::TermId;
use crate::diagnostic::{Code, Diagnostic, quote_long};
use crate::ir::{Expr, ExprKind, Limit, Policy, PolicyId, PolicyKind};
use crate::operators::Aggregate;
use crate::schema::ActionId;
use crate::value::Value;
use std::collections::BTreeMap;

/// A warning for each of them.
pub(super) fn advise(readings: &mut Readings<'_>) -> Vec<Diagnostic> {
    let mut found = idle_limits(readings);
    for (id, policy) in readings.policies() {
        if policy.report_only || readings.is_dead(id) {
            continue;
        }
        for over in &policy.overrides {
            found.extend(idle_override(readings, (id, policy), *over));
        }
    }
    found
}

fn idle_override(
    readings: &mut Readings<'_>,
    (id, policy): (PolicyId, &Policy),
    over: PolicyId,
) -> Option<Diagnostic> {
    let overridden = readings.policy(over)?;
    if readings.is_dead(over) {
        return None;
    }
    let owes = |policy: &Policy| matches!(policy.kind, PolicyKind::Always { .. });
    let about = if owes(policy) && !owes(overridden) {
        let says = readings.says(id)?;
        readings.speaks_about(over, &says)?
    } else {
        readings.speaks(over)?.clone()
    };
    let reason = exclusion(readings.speaks(id)?, &about, &readings.reader.terms)?;
    let title = quote_long(&overridden.title);
    let message = format!("this policy and \"{title}\" never speak about the same");
    let mut diagnostic = Diagnostic::warning(Code::IdleOverride, policy.span, message)
        .also(overridden.span, "the other policy");
    if let Some(reason) = reason {
        diagnostic = super::with_reason(diagnostic, reason);
    }
    let is_for_this = matches!(policy.kind, PolicyKind::Allow) && policy.overrides.len() == 1;
    Some(diagnostic.help(if is_for_this {
        "change one of the two conditions, or leave the policy out: it lifts nothing".to_string()
    } else {
        format!("change one of the two conditions, or leave `\"{title}\"` out of its `overrides`")
    }))
}

/// What a limit is held against others by.
struct Counted {
    id: PolicyId,
    amount: Value,
    weight: Option<TermId>,
    per: Option<TermId>,
    past: Option<Expr>,
    exempt: Option<TermId>,
}

fn idle_limits(readings: &mut Readings<'_>) -> Vec<Diagnostic> {
    let mut by_action: BTreeMap<ActionId, Vec<Counted>> = BTreeMap::new();
    for (id, policy) in readings.policies() {
        let PolicyKind::Limit(limit) = &policy.kind else {
            continue;
        };
        if policy.report_only || readings.is_dead(id) {
            continue;
        }
        if let Some((counted, action)) = counted(readings, id, limit).zip(policy.actions.first()) {
            by_action.entry(*action).or_default().push(counted);
        }
        // A limit of several actions can make one of a single action idle.
        for action in policy.actions.iter().skip(1) {
            if let Some(counted) = counted(readings, id, limit) {
                by_action.entry(*action).or_default().push(counted);
            }
        }
    }
    let mut found = BTreeMap::new();
    for limits in by_action.values() {
        for idle in limits {
            if readings.relied_on.contains(&idle.id) {
                continue;
            }
            let mut others = limits
                .iter()
                .filter(|other| other.id != idle.id)
                .take(PAIRS);
            if let Some(told) = others.find_map(|other| idle_limit(readings, idle, other)) {
                found.entry(idle.id).or_insert(told);
            }
        }
    }
    found.into_values().collect()
}

fn counted(readings: &mut Readings<'_>, id: PolicyId, limit: &Limit) -> Option<Counted> {
    let amount = readings.written(id, &limit.amount)?;
    let ExprKind::Constant(amount) = amount.kind else {
        return None;
    };
    let mut term = |clause: &Option<Expr>| match clause {
        Some(clause) => {
            let written = readings.written(id, clause)?;
            Some(Some(readings.reader.terms.value(&written)))
        }
        None => Some(None),
    };
    let (weight, per, exempt) = (
        term(&limit.weight)?,
        term(&limit.per)?,
        term(&limit.exempt)?,
    );
    let past = match &limit.past {
        Some(past) => Some(readings.written(id, past)?),
        None => None,
    };
    Some(Counted {
        id,
        amount,
        weight,
        per,
        past,
        exempt,
    })
}

/// The warning where `strict` refuses whatever `idle` would.
fn idle_limit(readings: &mut Readings<'_>, idle: &Counted, strict: &Counted) -> Option<Diagnostic> {
    let (idle_policy, strict_policy) = (readings.policy(idle.id)?, readings.policy(strict.id)?);
    let covers = idle_policy
        .actions
        .iter()
        .all(|action| strict_policy.actions.contains(action));
    let order = strict.amount.compare(&idle.amount)?;
    let exempts_no_more = strict.exempt.is_none() || strict.exempt == idle.exempt;
    let is_overridden = readings.overridden_by.contains_key(&strict.id);
    let alike = covers
        && (order.is_lt() || (order.is_eq() && strict.id < idle.id))
        && (strict.weight, strict.per) == (idle.weight, idle.per)
        && exempts_no_more
        && !is_overridden
        && counts_as_much(readings, strict.past.as_ref(), idle.past.as_ref())?;
    if !alike {
        return None;
    }
    let silent = readings.is_silent_by_itself(strict.id)?;
    exclusion(readings.speaks(idle.id)?, &silent, &readings.reader.terms)?;
    Some(
        Diagnostic::warning(
            Code::IdleLimit,
            idle_policy.span,
            "this limit changes nothing: another one leaves no more room for the same",
        )
        .also(strict_policy.span, "this one refuses first")
        .help("leave it out, or check which of the two numbers or windows was meant otherwise"),
    )
}

/// Whether the one past is never less than the other.
fn counts_as_much(
    readings: &mut Readings<'_>,
    strict: Option<&Expr>,
    idle: Option<&Expr>,
) -> Option<bool> {
    let Some(idle) = idle else {
        // Nothing, and a sum may be negative.
        return Some(strict.is_none_or(|strict| count_parts(strict).is_some()));
    };
    let Some(strict) = strict else {
        return Some(false);
    };
    let terms = &mut readings.reader.terms;
    if terms.value(strict) == terms.value(idle) {
        return Some(true);
    }
    let (Some((strict_list, all)), Some((idle_list, some))) =
        (count_parts(strict), count_parts(idle))
    else {
        return Some(false);
    };
    if terms.value(strict_list.0) != terms.value(idle_list.0) {
        return Some(false);
    }
    let Some(all) = all else {
        return Some(true);
    };
    let Some(some) = some else {
        return Some(false);
    };
    let all = super::written_out::renamed(all, strict_list.1, idle_list.1);
    let counted = readings.reader.situations(some, true)?;
    let left = readings.reader.situations(&all, false)?;
    let terms = &readings.reader.terms;
    let (counted, left) = (possible(counted, terms), possible(left, terms));
    Some(exclusion(&counted, &left, terms).is_some())
}

type CountParts<'e> = ((&'e Expr, u32), Option<&'e Expr>);

/// The list, its variable and the condition of a count.
fn count_parts(past: &Expr) -> Option<CountParts<'_>> {
    match &past.kind {
        ExprKind::Aggregate {
            aggregate: Aggregate::Count,
            variable,
            list,
            condition,
            ..
        } => Some(((list, variable.0), condition.as_deref())),
        _ => None,
    }
}
