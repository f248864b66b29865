//! The report as JSON for programs.

use super::Report;
use courtesy::Reason;
use courtesy::compare::{Change, Fits};
use serde_json::{Value, json};

/// The whole report.
pub(super) fn text(report: &Report<'_>) -> String {
    let comparison = report.comparison;
    let transitions: Vec<Value> = comparison
        .transitions()
        .map(|(kind, count)| {
            json!({ "action": &*kind.action, "old": kind.old.word(), "new": kind.new.word(), "count": count })
        })
        .collect();
    let policies: Vec<Value> = comparison
        .policies()
        .map(|(policy, tally)| {
            json!({ "policy": policy, "come": tally.come, "gone": tally.gone, "details": tally.details })
        })
        .collect();
    let shown: Vec<Value> = comparison
        .shown()
        .iter()
        .map(|shown| {
            let changes: Vec<Value> = shown.changes.iter().map(change).collect();
            json!({ "line": shown.line, "changes": changes })
        })
        .collect();
    let document = json!({
        "records": comparison.records(),
        "changed": comparison.changed(),
        "details": comparison.details_only(),
        "same": comparison.same(),
        "only_old_fits": comparison.misfits(Fits::OnlyOld),
        "only_new_fits": comparison.misfits(Fits::OnlyNew),
        "neither_fits": comparison.misfits(Fits::Neither),
        "removed": report.removed,
        "added": report.added,
        "transitions": transitions,
        "policies": policies,
        "shown": shown,
    });
    format!("{document:#}\n")
}

fn change(change: &Change) -> Value {
    json!({
        "action": &*change.action,
        "on": change.on.as_deref(),
        "old": change.old.word(),
        "new": change.new.word(),
        "details": change.details,
        "gone": reasons(&change.gone),
        "come": reasons(&change.come),
    })
}

fn reasons(reasons: &[Reason]) -> Vec<Value> {
    let one = |reason: &Reason| {
        let because = reason.because.as_ref().map(|because| because.as_str());
        json!({ "policy": &*reason.policy, "because": because })
    };
    reasons.iter().map(one).collect()
}
