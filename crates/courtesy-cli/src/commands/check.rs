//! `courtesy check`: every problem of a package in one run.
//!
//! Drawn diagnostics and the count line go to stderr; with `--format json` the
//! diagnostics go to stdout as one array, empty where nothing was found. `github` and
//! `sarif` are for pipelines (`docs/pipelines.md`).

mod github;
mod sarif;

use super::cost::{self, GivenLength};
use crate::outcome::{Failure, Outcome};
use crate::package::Folder;
use crate::report;
use courtesy::diagnostic::to_json;
use courtesy::{Cost, Package, Sizes};
use std::path::PathBuf;

/// Checks a package and shows everything that is wrong with it
///
/// Exits with 0 when the package has no errors (warnings are shown, but do not
/// count), 1 when it has some, 2 when the folder cannot be read.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy check examples/cdnow\n  courtesy check examples/cdnow --format json > problems.json\n  courtesy check examples/cdnow --format sarif > courtesy.sarif\n  courtesy check examples/cdnow --cost --lengths customer.purchases=500"
)]
pub(crate) struct Check {
    /// Folder of the package: its `*.courtesy` files, those in folders below too
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// `human` draws the problems on stderr, the others write them to stdout
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Also says how many steps each policy takes at the most, in the lengths of the lists it goes through
    ///
    /// The costliest policy stands first. With `--format json` the answer is one object, with the problems
    /// under `diagnostics` and the steps under `cost`.
    #[arg(long)]
    cost: bool,

    /// Elements of every list of which the schema says nothing (`100`), or of one (`customer.purchases=500`,
    /// `proposals=20`); several are divided by commas
    #[arg(long, value_name = "LENGTHS", requires = "cost", value_delimiter = ',')]
    lengths: Vec<GivenLength>,
}

/// How the problems are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Drawn, for people.
    Human,
    /// One JSON array, for programs.
    Json,
    /// Annotations of a workflow of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

impl Check {
    /// Runs the command.
    ///
    /// # Errors
    /// When the folder cannot be read or stdout cannot be written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        self.refuse_cost_without_place()?;
        let folder = Folder::read(&self.folder)?;
        let package = folder.package_as_shown().advised();
        let cost = package.cost().filter(|_| self.cost);
        let sizes = match cost {
            Some(cost) => cost::sizes(cost, &self.lengths)?,
            None => Sizes::default(),
        };
        match self.format {
            Format::Human => {
                show(&folder, &package);
                if let Some(cost) = cost {
                    cost::print_table(cost, &sizes)?;
                }
            }
            Format::Json => {
                let cost = cost.map(|cost| (cost, &sizes));
                report::print(&json(&package, cost, self.cost))?;
            }
            Format::Github => {
                report::print_as_it_is(&github::write(&package))?;
                say_how_many(&folder, &package);
            }
            Format::Sarif => report::print(&sarif::write(&package))?,
        }
        Ok(if package.has_errors() {
            Outcome::Wrong
        } else {
            Outcome::Well
        })
    }

    /// The forms for pipelines have no place for what decisions take.
    fn refuse_cost_without_place(&self) -> Result<(), Failure> {
        match self.format {
            Format::Github | Format::Sarif if self.cost => Err(Failure::new(
                "--cost goes with `--format human` or `--format json`",
            )),
            _ => Ok(()),
        }
    }
}

/// The problems; where the cost is asked for, an object of both.
fn json(package: &Package, cost: Option<(&Cost, &Sizes)>, with_cost: bool) -> String {
    let problems = to_json(package.diagnostics(), package.sources());
    if !with_cost {
        return problems;
    }
    let cost = cost.map_or_else(|| "null".to_string(), |(cost, sizes)| cost.to_json(sizes));
    format!("{{\n\"diagnostics\": {problems},\n\"cost\": {cost}\n}}")
}

fn show(folder: &Folder, package: &Package) {
    report::draw(package);
    say_how_many(folder, package);
}

fn say_how_many(folder: &Folder, package: &Package) {
    if package.diagnostics().is_empty() {
        let files = report::counted(folder.file_count() as u64, "file");
        let policies = report::counted(package.policies().count() as u64, "policy");
        report::say(&format!(
            "{}: {files}, {policies}, no problems",
            folder.name()
        ));
    } else {
        report::say(&report::count_line(package));
    }
}
