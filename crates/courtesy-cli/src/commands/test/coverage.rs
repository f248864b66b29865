//! Which policies and conditions the tests have not shown on both sides.

use super::examples::place;
use crate::report;
use courtesy::source::Span;
use courtesy::{Coverage, Package};

/// What the tests have shown, with the places of what they have not.
pub(super) struct Found {
    pub(super) policies: Part,
    pub(super) conditions: Part,
}

/// The policies, or the conditions.
pub(super) struct Part {
    /// How many there are.
    pub(super) all: usize,
    /// Those that are not covered, by file and line.
    pub(super) uncovered: Vec<Uncovered>,
}

/// What was seen on one side at the most.
pub(super) struct Uncovered {
    pub(super) file: String,
    pub(super) line: Option<usize>,
    /// The title of a policy, the text of a condition.
    pub(super) text: String,
    /// What was seen of it, such as `never fired`.
    pub(super) seen: &'static str,
}

impl Found {
    pub(super) fn new(coverage: &Coverage, package: &Package) -> Found {
        let conditions = coverage.conditions();
        let open = |span, text: &str, never: Option<&'static str>| {
            never.map(|never| uncovered(package, span, text, never))
        };
        let policies = coverage.policies();
        Found {
            policies: Part::new(policies.len(), {
                let policies = policies.iter();
                policies.filter_map(|policy| {
                    let words = ["never tried", "never fired", "fired in every test"];
                    let never = side(
                        policy.fired > 0,
                        policy.rested > 0 || policy.unconditional,
                        words,
                    );
                    open(policy.span, &policy.title, never)
                })
            }),
            conditions: Part::new(conditions.len(), {
                let conditions = conditions.iter();
                conditions.filter_map(|condition| {
                    let words = ["never asked", "never held", "never failed"];
                    let never = side(condition.held, condition.failed, words);
                    open(condition.span, &condition.text, never)
                })
            }),
        }
    }

    /// For people.
    pub(super) fn in_words(&self) -> String {
        let policies = report::counted(self.policies.all as u64, "policy");
        let conditions = report::counted(self.conditions.all as u64, "condition");
        let mut out = format!(
            "coverage: {} of {policies} seen both to fire and not to, \
             {} of {conditions} both to hold and to fail\n",
            self.policies.covered(),
            self.conditions.covered()
        );
        for (part, quote) in [(&self.policies, '"'), (&self.conditions, '`')] {
            for one in &part.uncovered {
                let line = one.line.map_or_else(String::new, |line| format!(":{line}"));
                let text = report::printable(&one.text);
                out.push_str(&format!(
                    "  {}{line}: {quote}{text}{quote} {}\n",
                    one.file, one.seen
                ));
            }
        }
        out
    }
}

impl Part {
    fn new(all: usize, uncovered: impl Iterator<Item = Uncovered>) -> Part {
        let mut uncovered: Vec<Uncovered> = uncovered.collect();
        uncovered.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Part { all, uncovered }
    }

    /// How many were seen on both sides.
    pub(super) fn covered(&self) -> usize {
        self.all.saturating_sub(self.uncovered.len())
    }
}

/// The word for what was not seen: of neither side, the first, or the second.
fn side(first: bool, second: bool, words: [&'static str; 3]) -> Option<&'static str> {
    let [neither, no_first, no_second] = words;
    match (first, second) {
        (false, false) => Some(neither),
        (false, true) => Some(no_first),
        (true, false) => Some(no_second),
        (true, true) => None,
    }
}

fn uncovered(package: &Package, span: Span, text: &str, never: &'static str) -> Uncovered {
    let (file, line) = place(package, Some(span));
    Uncovered {
        file,
        line,
        text: text.to_string(),
        seen: never,
    }
}
