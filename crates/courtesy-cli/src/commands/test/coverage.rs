//! Which policies the tests have not shown on both sides.

use super::examples::place;
use crate::report;
use courtesy::{Coverage, Package};

/// What the tests have shown, with the places of what they have not.
pub(super) struct Found {
    /// How many policies there are.
    pub(super) policies: usize,
    /// Those that are not covered, by file and line.
    pub(super) uncovered: Vec<Uncovered>,
}

/// A policy that was never seen to fire, or never seen not to.
pub(super) struct Uncovered {
    pub(super) file: String,
    pub(super) line: Option<usize>,
    pub(super) title: String,
    pub(super) fired: u64,
    pub(super) rested: u64,
}

impl Found {
    pub(super) fn new(coverage: &Coverage, package: &Package) -> Found {
        let policies = coverage.policies().iter();
        let uncovered = policies
            .filter(|policy| !policy.is_covered())
            .map(|policy| {
                let (file, line) = place(package, Some(policy.span));
                Uncovered {
                    file,
                    line,
                    title: policy.title.to_string(),
                    fired: policy.fired,
                    rested: policy.rested,
                }
            });
        let mut uncovered: Vec<Uncovered> = uncovered.collect();
        uncovered.sort_by_key(|one| (one.file.clone(), one.line));
        Found {
            policies: coverage.policies().len(),
            uncovered,
        }
    }

    /// How many policies were seen both to fire and not to.
    pub(super) fn covered(&self) -> usize {
        self.policies.saturating_sub(self.uncovered.len())
    }

    /// For people.
    pub(super) fn in_words(&self) -> String {
        let all = report::counted(self.policies as u64, "policy");
        let mut out = format!(
            "coverage: {} of {all} seen both to fire and not to\n",
            self.covered()
        );
        for one in &self.uncovered {
            let line = one.line.map_or_else(String::new, |line| format!(":{line}"));
            out.push_str(&format!(
                "  {}{line}: \"{}\" {}\n",
                one.file,
                one.title,
                one.in_words()
            ));
        }
        out
    }
}

impl Uncovered {
    fn in_words(&self) -> &'static str {
        match (self.fired, self.rested) {
            (0, 0) => "was never tried",
            (0, _) => "never fired",
            _ => "fired in every test",
        }
    }
}
