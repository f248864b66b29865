//! The report as text for people.

use super::Report;
use crate::report::{counted, grouped};
use courtesy::compare::{Change, Comparison, Fits, Outcome, PolicyTally, Shown, Transition};
use courtesy::printable::printable;

/// The whole report.
pub(super) fn text(report: &Report<'_>) -> String {
    let mut parts = vec![counts(report.comparison)];
    parts.extend(titles(
        "policies that only the old package has",
        &report.removed,
    ));
    parts.extend(titles(
        "policies that only the new package has",
        &report.added,
    ));
    parts.extend(changes(report.comparison));
    parts.extend(policies(report.comparison));
    parts.extend(records(report.comparison));
    parts.join("\n")
}

fn counts(comparison: &Comparison) -> String {
    let mut text = format!(
        "{}: {} with another outcome, {} the same but for details, {} the same\n",
        counted(comparison.records(), "record"),
        grouped(comparison.changed()),
        grouped(comparison.details_only()),
        grouped(comparison.same()),
    );
    for (fits, words) in misfits() {
        let count = comparison.misfits(fits);
        if count > 0 {
            text.push_str(&format!("  {words} {}\n", counted(count, "record")));
        }
    }
    text
}

/// The records that cannot be compared, in words.
pub(super) fn misfits() -> [(Fits, &'static str); 3] {
    [
        (Fits::OnlyOld, "only the old package decides"),
        (Fits::OnlyNew, "only the new package decides"),
        (Fits::Neither, "neither package decides"),
    ]
}

fn titles(head: &str, titles: &[String]) -> Option<String> {
    let lines: Vec<String> = titles
        .iter()
        .map(|title| format!("  {}\n", printable(title)))
        .collect();
    (!lines.is_empty()).then(|| format!("{head}\n{}", lines.concat()))
}

fn changes(comparison: &Comparison) -> Option<String> {
    let rows: Vec<(String, u64)> = comparison
        .transitions()
        .map(|(transition, count)| (kind(transition), count))
        .collect();
    let width = rows.iter().map(|(kind, _)| kind.chars().count()).max()?;
    let lines = rows
        .iter()
        .map(|(kind, count)| format!("  {kind:width$}  {:>9}\n", grouped(*count)));
    Some(format!("what changes\n{}", lines.collect::<String>()))
}

/// A kind of change in words: `upsell: allowed, now blocked`.
pub(super) fn kind(transition: &Transition) -> String {
    format!(
        "{}: {}",
        transition.action,
        from_to(transition.old, transition.new)
    )
}

fn from_to(old: Outcome, new: Outcome) -> String {
    match (old, new) {
        (Outcome::Absent, new) => format!("new, {}", new.word()),
        (old, Outcome::Absent) => format!("gone, was {}", old.word()),
        (old, new) if old == new => format!("still {}, other details", new.word()),
        (old, new) => format!("{}, now {}", old.word(), new.word()),
    }
}

fn policies(comparison: &Comparison) -> Option<String> {
    let lines: Vec<String> = comparison
        .policies()
        .map(|(title, tally)| format!("  {}\n    {}\n", printable(title), said(tally)))
        .collect();
    (!lines.is_empty()).then(|| format!("by policy\n{}", lines.concat()))
}

/// What a policy did, in words.
pub(super) fn said(tally: PolicyTally) -> String {
    let parts = [
        (tally.come, "speaks where it did not"),
        (tally.gone, "no longer speaks"),
        (tally.details, "in other words, values or times"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", grouped(*count)))
        .collect();
    said.join("; ")
}

fn records(comparison: &Comparison) -> Option<String> {
    let lines: String = comparison.shown().iter().map(record).collect();
    (!lines.is_empty()).then(|| format!("the first records of each kind\n{lines}"))
}

fn record(shown: &Shown) -> String {
    let changes: String = shown.changes.iter().map(change).collect();
    format!("  line {}\n{changes}", grouped(shown.line))
}

fn change(change: &Change) -> String {
    let mut text = format!("    {}\n", headline(change));
    for detail in &change.details {
        text.push_str(&format!("      {}\n", printable(detail)));
    }
    for (mark, reasons) in [('-', &change.gone), ('+', &change.come)] {
        for reason in reasons {
            let because = reason.because.as_ref();
            let why = because.map_or(String::new(), |because| format!(": {}", because.as_str()));
            text.push_str(&format!(
                "      {mark} {}\n",
                printable(&format!("{}{why}", reason.policy))
            ));
        }
    }
    text
}

/// A change in one line: `upsell zoom: allowed, now blocked`.
pub(super) fn headline(change: &Change) -> String {
    let on = change.on.as_ref();
    let on = on.map_or(String::new(), |on| format!(" {}", printable(on)));
    format!("{}{on}: {}", change.action, from_to(change.old, change.new))
}
