//! `courtesy test`: the examples of a package, and its cases beside their decisions.
//!
//! Results go to stdout, in the order of files and lines. Every `*.case.json` of the package's folder is decided
//! and held against the `*.decision.json` of the same name beside it: the decision as `decide` prints it, without
//! the fingerprint of the package, which changes with every policy.
//!
//! With `--format json` stdout takes one object: `passed` and `failed` count the tests; `tests` holds for each its
//! `kind` (`example` or `case`), `name`, `file`, `line` (of an example), `passed` and `failures`: each with `file`,
//! `line` where it has one, `expected` and `found`, a list of lines (of a decision that differs, those of its
//! difference, each begun with `-`, `+` or a blank). With coverage, `coverage` holds
//! `policies`, `conditions` and `rows` of tables: `all` is how many there are, `covered` how many were seen both to
//! fire (of conditions: to hold) and not to, of rows to match; `uncovered` lists the others, each with its `text`,
//! `table` (of a row), `file`, `line` and `seen`, such as `never fired`.

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

    /// Also say which policies never fired or always did, which conditions never held or never failed, which rows
    /// of tables never matched
    #[arg(long)]
    coverage: bool,

    /// Fail when more policies than this are not covered
    #[arg(long, value_name = "MAX")]
    uncovered_policies: Option<usize>,

    /// Fail when more conditions than this are not covered
    #[arg(long, value_name = "MAX")]
    uncovered_conditions: Option<usize>,

    /// Fail when more rows of tables than this are not covered
    #[arg(long, value_name = "MAX")]
    uncovered_rows: Option<usize>,

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
    /// Where it was asked for.
    coverage: Option<Coverage>,
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
            coverage: self.wants_coverage().then(|| Coverage::new(&package)),
        };
        let wanted = |words: [&str; 2]| self.wants(words);
        examples::run(&mut results, &folder, &package, &engine, &wanted);
        snapshots::run(&mut results, &folder, &engine, &wanted, self.accept)?;
        let place = |trial: &Trial| (trial.file.clone(), trial.line, trial.kind);
        results.trials.sort_by_key(place);
        let coverage = results.coverage.as_ref();
        let coverage = coverage.map(|coverage| coverage::Found::new(coverage, &package));
        self.tell(&results, coverage.as_ref())?;
        if results.trials.is_empty() {
            report::say(&self.nothing_ran(&folder, &package));
            return Ok(Outcome::Wrong);
        }
        let too_many = coverage.is_some_and(|coverage| self.leaves_too_many(&coverage));
        Ok(if results.failed() > 0 || too_many {
            Outcome::Wrong
        } else {
            Outcome::Well
        })
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

    fn wants_coverage(&self) -> bool {
        let bounds = [
            self.uncovered_policies,
            self.uncovered_conditions,
            self.uncovered_rows,
        ];
        self.coverage || bounds.iter().any(Option::is_some)
    }

    fn tell(&self, results: &Results, coverage: Option<&coverage::Found>) -> Result<(), Failure> {
        report::print(&match self.format {
            Format::Human => human::write(results, coverage),
            Format::Json => json::write(results, coverage),
            Format::Junit => junit::write(results),
        })?;
        if self.format == Format::Junit
            && let Some(coverage) = coverage
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

    /// Says so where more is not covered than may be.
    fn leaves_too_many(&self, coverage: &coverage::Found) -> bool {
        let parts = [
            (self.uncovered_policies, &coverage.policies, "policy"),
            (self.uncovered_conditions, &coverage.conditions, "condition"),
            (self.uncovered_rows, &coverage.rows, "row"),
        ];
        let mut too_many = false;
        for (most, part, noun) in parts {
            let uncovered = part.uncovered.len();
            if let Some(most) = most.filter(|most| uncovered > *most) {
                let found = report::counted(uncovered as u64, noun);
                report::say(&format!(
                    "error: {found} not covered, at most {most} may be"
                ));
                too_many = true;
            }
        }
        too_many
    }

    fn nothing_ran(&self, folder: &Folder, package: &Package) -> String {
        if let Some(filter) = &self.filter {
            return format!(
                "error: no test of `{}` has `{filter}` in its title or file",
                folder.name()
            );
        }
        let actions = &package.schema().actions;
        // Without an action nothing can be proposed or owed.
        let shows = actions
            .first()
            .map_or("expect nothing else".to_string(), |action| {
                format!("propose \"p1\": {}\n    expect \"p1\" allowed", action.name)
            });
        format!(
            "error: `{}` has no tests; write one in a policy file:\n\n  \
             example \"what it shows, in your words\"\n    \
             given now is 2026-11-23T10:00:00Z\n    \
             {shows}\n\n\
             or put a case beside the policies, such as `amir.case.json`, and run \
             `courtesy test --accept`",
            folder.name()
        )
    }
}
