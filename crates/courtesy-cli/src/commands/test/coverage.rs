//! Which policies and conditions the tests have not shown on both sides, and which rows of tables not at all.

use super::examples::place;
use crate::report;
use courtesy::printable::printable;
use courtesy::source::Span;
use courtesy::{Coverage, Package};

/// What the tests have shown, with the places of what they have not.
pub(super) struct Found {
    pub(super) policies: Part,
    pub(super) conditions: Part,
    pub(super) rows: Part,
}

/// The policies, the conditions, or the rows of tables.
pub(super) struct Part {
    /// How many there are.
    pub(super) all: usize,
    /// Those that are not covered, by file and line.
    pub(super) uncovered: Vec<Uncovered>,
}

/// What was seen on one side at the most; a row, which has only one, not at all.
pub(super) struct Uncovered {
    pub(super) file: String,
    pub(super) line: Option<usize>,
    /// The title of a policy, the text of a condition, the cells of a row.
    pub(super) text: String,
    /// The table of a row.
    pub(super) table: Option<String>,
    /// What was seen of it, such as `never fired`.
    pub(super) seen: &'static str,
}

impl Found {
    pub(super) fn new(coverage: &Coverage, package: &Package) -> Found {
        Found {
            policies: policies(coverage, package),
            conditions: conditions(coverage, package),
            rows: rows(coverage, package),
        }
    }

    /// For people.
    pub(super) fn in_words(&self) -> String {
        let policies = report::counted(self.policies.all as u64, "policy");
        let conditions = report::counted(self.conditions.all as u64, "condition");
        let rows = match self.rows.all {
            0 => String::new(),
            all => {
                let rows = report::counted(all as u64, "row");
                format!(", {} of {rows} to match", self.rows.covered())
            }
        };
        let mut out = format!(
            "coverage: {} of {policies} seen both to fire and not to, \
             {} of {conditions} both to hold and to fail{rows}\n",
            self.policies.covered(),
            self.conditions.covered()
        );
        for (part, quote) in [
            (&self.policies, '"'),
            (&self.conditions, '`'),
            (&self.rows, '`'),
        ] {
            for one in &part.uncovered {
                out.push_str(&one.in_words(quote));
            }
        }
        out
    }
}

fn policies(coverage: &Coverage, package: &Package) -> Part {
    let policies = coverage.policies();
    let uncovered = policies.iter().filter_map(|policy| {
        let words = ["never tried", "never fired", "fired in every test"];
        let rested = policy.rested > 0 || policy.unconditional;
        let never = side(policy.fired > 0, rested, words)?;
        Some(uncovered(package, policy.span, &policy.title, never))
    });
    Part::new(policies.len(), uncovered)
}

fn conditions(coverage: &Coverage, package: &Package) -> Part {
    let conditions = coverage.conditions();
    let uncovered = conditions.iter().filter_map(|condition| {
        let words = ["never asked", "never held", "never failed"];
        let never = side(condition.held, condition.failed, words)?;
        Some(uncovered(package, condition.span, &condition.text, never))
    });
    Part::new(conditions.len(), uncovered)
}

fn rows(coverage: &Coverage, package: &Package) -> Part {
    let rows = coverage.rows();
    let uncovered = rows.iter().filter(|row| !row.matched).map(|row| Uncovered {
        table: Some(row.table.to_string()),
        ..uncovered(package, row.span, &row.text, "never matched")
    });
    Part::new(rows.len(), uncovered)
}

impl Uncovered {
    /// A line for people.
    fn in_words(&self, quote: char) -> String {
        let line = self
            .line
            .map_or_else(String::new, |line| format!(":{line}"));
        let text = printable(&self.text);
        let what = match &self.table {
            Some(table) => format!("row {quote}{text}{quote} of table {table}:"),
            None => format!("{quote}{text}{quote}"),
        };
        format!("  {}{line}: {what} {}\n", printable(&self.file), self.seen)
    }
}

impl Part {
    fn new(all: usize, uncovered: impl Iterator<Item = Uncovered>) -> Part {
        let mut uncovered: Vec<Uncovered> = uncovered.collect();
        uncovered.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        Part { all, uncovered }
    }

    /// How many were seen on both sides, or to match.
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
        table: None,
        seen: never,
    }
}
