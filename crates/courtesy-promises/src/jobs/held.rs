//! What a job has tried and found.

use std::collections::BTreeMap;

/// Something that breaks a promise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// What replays it.
    pub line: String,
    /// What was seen.
    pub what: String,
}

/// What a job has counted and found.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// What was tried.
    pub cases: u64,
    /// What broke the promise.
    pub failures: Vec<Failure>,
    /// Further figures, by name; they add up.
    pub counts: BTreeMap<String, u64>,
}

impl Held {
    /// Adds to a figure.
    pub fn count(&mut self, name: &str, more: u64) {
        *self.counts.entry(name.to_string()).or_default() += more;
    }

    /// Notes a find.
    pub fn fail(&mut self, line: impl Into<String>, what: impl Into<String>) {
        self.failures.push(Failure {
            line: line.into(),
            what: what.into(),
        });
    }

    pub(super) fn add(&mut self, other: Held) {
        self.cases += other.cases;
        self.failures.extend(other.failures);
        for (name, more) in other.counts {
            self.count(&name, more);
        }
    }

    /// The failures as lines, for a test that asks for none.
    #[must_use]
    pub fn report(&self) -> String {
        let cut = |text: &str| text.chars().take(300).collect::<String>();
        let lines = self.failures.iter().take(20);
        let lines: Vec<String> = lines
            .map(|one| format!("{}: {}", cut(&one.line), cut(&one.what)))
            .collect();
        format!("{} failures\n{}", self.failures.len(), lines.join("\n"))
    }
}
