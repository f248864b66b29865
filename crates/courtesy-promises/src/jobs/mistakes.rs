//! The checker refuses what is wrong: one mistake at a time is planted in a package that checks.
//!
//! Each must be refused, with a message whose place touches what was planted. How many messages each got is
//! counted: one mistake should get one.

mod conditions;
mod declarations;

use super::Tally;
use super::sweep::{Probe, checked, package_of};
use crate::generate::{Choices, Sample};
use courtesy::diagnostic::{Diagnostic, Severity};
use std::ops::Range;

/// A package with a mistake in one of its declarations.
pub(super) struct Planted {
    kind: &'static str,
    declarations: Vec<String>,
    /// Which declaration, and where in it.
    place: (usize, Range<usize>),
}

pub(super) struct Mistakes;

impl Probe for Mistakes {
    fn probe(&self, sample: &Sample, seed: u64, tally: &mut Tally) {
        if checked(sample, tally).is_none() {
            return;
        }
        let mut choices = Choices::from_seed(seed ^ 2);
        let declarations = &sample.declarations;
        let mut planted = conditions::planted(declarations, &mut choices);
        planted.extend(declarations::planted(declarations, &mut choices));
        for (number, planted) in planted.iter().enumerate() {
            tally.count(&format!("planted: {}", planted.kind), 1);
            let tried = refused(planted, tally);
            if let Err(what) = &tried {
                let (at, _) = &planted.place;
                let text = planted.declarations.get(*at).map_or("", String::as_str);
                let what = format!("{}: {what}\n{text}", planted.kind);
                tally.cases += 1;
                tally.fail((seed, Some(number)), what);
                continue;
            }
            tally.cases += 1;
        }
    }
}

fn refused(planted: &Planted, tally: &mut Tally) -> Result<(), String> {
    let (at, within) = &planted.place;
    let before: usize = planted
        .declarations
        .iter()
        .take(*at)
        .map(|text| text.len() + 1)
        .sum();
    let place = before + within.start..before + within.end;
    let text = planted.declarations.join("\n");
    let package = package_of(&[("a.courtesy".to_string(), text)]);
    let errors: Vec<&Diagnostic> = package
        .diagnostics()
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .collect();
    if errors.is_empty() {
        return Err("it is not refused".to_string());
    }
    tally.count("messages", errors.len() as u64);
    if errors.len() > 1 {
        tally.count(&format!("more than one message: {}", planted.kind), 1);
    }
    let touches = |found: &&Diagnostic| {
        found.span().is_some_and(|span| {
            let found = span.range();
            found.start <= place.end && place.start <= found.end
        })
    };
    match errors.iter().any(touches) {
        true => Ok(()),
        false => Err(format!(
            "the message is elsewhere: {}",
            errors
                .iter()
                .map(|found| found.message.as_str())
                .collect::<Vec<_>>()
                .join("; ")
        )),
    }
}
