//! What a job has tried and found.

use std::collections::BTreeMap;
use std::fmt;

/// How many finds a report names, and how much it says of each.
const NAMED: usize = 20;
const SAID: usize = 300;

/// Where a promise broke.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In a generated sample.
    Sample {
        /// The seed of the sample.
        seed: u64,
        /// Which of its cases; none where the package alone is wrong.
        case: Option<usize>,
    },
    /// Where these words say: what was run, or what was asked.
    Said(String),
}

impl From<(u64, Option<usize>)> for Place {
    fn from((seed, case): (u64, Option<usize>)) -> Place {
        Place::Sample { seed, case }
    }
}

impl From<&str> for Place {
    fn from(words: &str) -> Place {
        Place::Said(words.to_string())
    }
}

impl From<String> for Place {
    fn from(words: String) -> Place {
        Place::Said(words)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Sample {
                seed,
                case: Some(case),
            } => write!(f, "{seed:016x} {case}"),
            Place::Sample { seed, case: None } => write!(f, "{seed:016x} -"),
            Place::Said(words) => f.write_str(words),
        }
    }
}

/// Something that breaks a promise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// Where.
    pub place: Place,
    /// What was seen.
    pub what: String,
}

/// What a job has counted and found.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Samples that were tried.
    pub samples: u64,
    /// Cases, or whatever the job counts.
    pub cases: u64,
    /// What broke the promise.
    pub failures: Vec<Failure>,
    /// Further figures, by name; they add up.
    pub counts: BTreeMap<String, u64>,
}

impl Tally {
    /// Adds to a figure.
    pub fn count(&mut self, name: &str, more: u64) {
        if let Some(figure) = self.counts.get_mut(name) {
            *figure += more;
        } else {
            self.counts.insert(name.to_string(), more);
        }
    }

    /// Notes a find.
    pub fn fail(&mut self, place: impl Into<Place>, what: impl Into<String>) {
        self.failures.push(Failure {
            place: place.into(),
            what: what.into(),
        });
    }

    /// Notes what was tried of a case.
    pub(super) fn outcome(&mut self, seed: u64, case: usize, tried: Result<(), String>) {
        self.cases += 1;
        if let Err(what) = tried {
            self.fail((seed, Some(case)), what);
        }
    }

    pub(super) fn add(&mut self, other: Tally) {
        self.samples += other.samples;
        self.cases += other.cases;
        self.failures.extend(other.failures);
        for (name, more) in other.counts {
            self.count(&name, more);
        }
    }

    /// The finds as lines, for a test that asks for none.
    #[must_use]
    pub fn report(&self) -> String {
        let cut = |text: &str| text.chars().take(SAID).collect::<String>();
        let lines = self.failures.iter().take(NAMED);
        let lines: Vec<String> = lines
            .map(|one| format!("{}: {}", cut(&one.place.to_string()), cut(&one.what)))
            .collect();
        format!("{} failures\n{}", self.failures.len(), lines.join("\n"))
    }
}
