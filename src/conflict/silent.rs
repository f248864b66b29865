//! Policies that can never speak: no case meets all of their conditions.
//!
//! There is no case to show for it, so nothing but the conditions themselves speaks: see `possible`.

use super::policies::Readings;
use super::possible::{Contradiction, contradiction};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Policy, PolicyKind};

/// A warning for each of them.
pub(super) fn advise(readings: &Readings<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, policy) in readings.policies() {
        if let Some(situations) = readings.impossible(id) {
            let terms = &readings.reader.terms;
            let reason = situations.iter().find_map(|one| contradiction(one, terms));
            found.push(message(policy, reason));
        }
    }
    found
}

fn message(policy: &Policy, reason: Option<Contradiction>) -> Diagnostic {
    let only = matches!(policy.kind, PolicyKind::Only);
    let message = if only {
        "this `only` never blocks anything: its `when` holds in every case it is asked about"
    } else {
        "this policy never speaks: no case meets all of its conditions"
    };
    let diagnostic = Diagnostic::warning(Code::NeverSpeaks, policy.span, message);
    match reason {
        Some((one, other)) if one != other && only => diagnostic
            .also(one, "where this fails")
            .also(other, "this holds")
            .help("change one of the two, or leave the policy out"),
        Some(reason) => super::with_reason(diagnostic, reason)
            .help("change what is wrong, or leave the policy out"),
        None => diagnostic.help("leave the policy out, or change its conditions"),
    }
}
