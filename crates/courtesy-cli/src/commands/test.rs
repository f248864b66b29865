//! `courtesy test`: the examples of a package, and its cases beside their decisions.
//!
//! Results go to stdout, in the order of files and lines. Every `*.case.json` of the package's folder is decided
//! and held against the `*.decision.json` of the same name beside it: the decision as `decide` prints it, without
//! the fingerprint of the package, which changes with every policy.
//!
//! With `--format json` stdout takes one object: `passed` and `failed` count the tests; `tests` holds for each its
//! `kind` (`example` or `case`), `name`, `file`, `line` (of an example), `passed` and `failures`: each with `file`,
//! `line` where it has one, `expected` and `found`, a list of lines (of a decision that differs, those of its
//! difference, each begun with `-`, `+` or a blank). With coverage, `coverage` holds `policies`, of which `covered`
//! were seen both to fire and not to; `uncovered` lists the others with how often they `fired` and `rested`.

mod coverage;
mod examples;
mod human;
mod json;
mod junit;
mod snapshots;

use crate::outcome::{Failure, Outcome};
use crate::package::Folder;
use crate::report;
use courtesy::{Coverage, Package};
use std::path::PathBuf;

/// Tries the examples of a package and its cases
///
/// Runs every `example` of the policy files, and decides every `*.case.json` beside them: its decision must be
/// that of the `*.decision.json` of the same name. Exits with 1 when a test fails, none ran or the package has
/// errors, 2 when something cannot be read or written.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy test examples/2-milk-frother\n  courtesy test examples/2-milk-frother --filter frother --coverage\n  courtesy test examples/2-milk-frother --accept"
)]
pub(crate) struct Test {
    /// Folder of the package
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// Only tests whose title or file has this in it, in any case
    #[arg(long, value_name = "WORD")]
    filter: Option<String>,

    /// Also say which policies never fired, and which always did
    #[arg(long)]
    coverage: bool,

    /// Fail when more policies than this are not covered
    #[arg(long, value_name = "MAX")]
    uncovered_policies: Option<usize>,

    /// Write the decisions of the cases to their `*.decision.json`
    #[arg(long)]
    accept: bool,

    /// `human` for people, `json` for programs, `junit` for build servers
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// How the results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Text for people.
    Human,
    /// One JSON object.
    Json,
    /// JUnit's XML.
    Junit,
}

/// One test and what came of it.
#[derive(Debug)]
struct Trial {
    kind: Kind,
    /// The title of an example, the file of a case.
    name: String,
    file: String,
    /// Where the example stands.
    line: Option<usize>,
    failures: Vec<Finding>,
}

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Example,
    Case,
}

/// Something that is not as expected.
#[derive(Debug)]
struct Finding {
    file: String,
    line: Option<usize>,
    expected: String,
    found: Vec<String>,
    /// Whether `found` is a difference, its lines begun with `-`, `+` or a blank.
    is_difference: bool,
}

impl Trial {
    fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// What the tests have shown.
struct Results {
    /// By file and line.
    trials: Vec<Trial>,
    /// How many decisions were written.
    accepted: usize,
    coverage: Coverage,
}

impl Results {
    fn failed(&self) -> usize {
        self.trials.iter().filter(|trial| !trial.passed()).count()
    }

    fn passed(&self) -> usize {
        self.trials.len().saturating_sub(self.failed())
    }
}

impl Test {
    /// Runs the command.
    ///
    /// # Errors
    /// When something cannot be read or written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let folder = Folder::read(&self.folder)?;
        let package = folder.package_as_shown();
        let Some(engine) = package.engine() else {
            report::draw(&package);
            report::say(&report::count_line(&package));
            return Ok(Outcome::Wrong);
        };
        let mut results = Results {
            trials: Vec::new(),
            accepted: 0,
            coverage: Coverage::new(&package),
        };
        let wanted = |words: [&str; 2]| self.wants(words);
        examples::run(&mut results, &folder, &package, &engine, &wanted);
        snapshots::run(&mut results, &folder, &engine, &wanted, self.accept)?;
        let place = |trial: &Trial| (trial.file.clone(), trial.line, trial.kind);
        results.trials.sort_by_key(place);
        self.tell(&results, &package)?;
        Ok(self.outcome(&results, &folder, &package))
    }

    /// Whether a test with these words, its title and its file, was asked for.
    fn wants(&self, words: [&str; 2]) -> bool {
        let Some(filter) = &self.filter else {
            return true;
        };
        let filter = filter.to_lowercase();
        words
            .iter()
            .any(|word| word.to_lowercase().contains(&filter))
    }

    fn tell(&self, results: &Results, package: &Package) -> Result<(), Failure> {
        let coverage = self.coverage || self.uncovered_policies.is_some();
        let coverage = coverage.then(|| coverage::Found::new(&results.coverage, package));
        report::print(&match self.format {
            Format::Human => human::write(results, coverage.as_ref()),
            Format::Json => json::write(results, coverage.as_ref()),
            Format::Junit => junit::write(results),
        })?;
        if self.format == Format::Junit
            && let Some(coverage) = &coverage
        {
            report::say(coverage.in_words().trim_end());
        }
        if results.accepted > 0 {
            let decisions = report::counted(results.accepted as u64, "decision");
            report::say(&format!(
                "{decisions} written; read them before you keep them"
            ));
        }
        Ok(())
    }

    fn outcome(&self, results: &Results, folder: &Folder, package: &Package) -> Outcome {
        if results.trials.is_empty() {
            report::say(&self.nothing_ran(folder, package));
            return Outcome::Wrong;
        }
        let uncovered = coverage::Found::new(&results.coverage, package)
            .uncovered
            .len();
        let too_many = self.uncovered_policies.is_some_and(|most| uncovered > most);
        if too_many {
            let policies = report::counted(uncovered as u64, "policy");
            let most = self.uncovered_policies.unwrap_or(0);
            report::say(&format!(
                "error: {policies} not covered, at most {most} may be"
            ));
        }
        if results.failed() > 0 || too_many {
            Outcome::Wrong
        } else {
            Outcome::Well
        }
    }

    fn nothing_ran(&self, folder: &Folder, package: &Package) -> String {
        if let Some(filter) = &self.filter {
            return format!(
                "error: no test of `{}` has `{filter}` in its title or file",
                folder.name()
            );
        }
        let actions = &package.schema().actions;
        let action = actions.first().map_or("greet", |action| &action.name);
        format!(
            "error: `{}` has no tests; write one in a policy file:\n\n  \
             example \"what it shows, in your words\"\n    \
             given now is 2026-11-23T10:00:00Z\n    \
             propose \"p1\": {action}\n    \
             expect \"p1\" allowed\n\n\
             or put a case beside the policies, such as `amir.case.json`, and run \
             `courtesy test --accept`",
            folder.name()
        )
    }
}
