//! `courtesy diff`: whose decisions change from one version of a package to another, and by which policy.
//!
//! Every record is decided by both packages. The report is the same for any number of threads.

mod html;
mod human;
mod json;

use super::Format;
use super::records::{Records, batch};
use crate::files::{is_standard, shown};
use crate::outcome::{Failure, Outcome};
use crate::staged::Staged;
use crate::stream::lines::{Lines, Piece};
use crate::stream::open::open;
use crate::stream::ordered::in_order;
use crate::{interrupt, package, report};
use courtesy::compare::{Comparison, Fits};
use courtesy::{Batch, Engine};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Shows whose decisions change between two versions of a package, and by which policy
///
/// Decides every record with both. Exits with 0 when all decisions are the same to the last word, 1 when some are not
/// (or a package has errors), 2 when something cannot be read or written.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  git worktree add /tmp/before main\n  courtesy diff /tmp/before/policies policies --records customers.ndjson --as customer \\\n    --propose offers.json --now 2026-11-23T10:00:00Z --html changes.html"
)]
pub(crate) struct Diff {
    /// Folder of the package as it was
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// Folder of the package as it is now
    #[arg(value_name = "NEW")]
    new: PathBuf,

    #[command(flatten)]
    records: Records,

    /// Writes the report as a page for a browser too
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// `human` for people, `json` for programs
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// What a report shows.
struct Report<'a> {
    comparison: &'a Comparison,
    /// Titles that only the old package has.
    removed: Vec<String>,
    /// Titles that only the new one has.
    added: Vec<String>,
}

impl Diff {
    /// Runs the command.
    ///
    /// # Errors
    /// When something cannot be read or written, or the options do not fit.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        if self.html.as_deref().is_some_and(is_standard) {
            return Err(Failure::new("--html needs the name of a file, not `-`"));
        }
        let (old, new) = (package::engine(&self.old)?, package::engine(&self.new)?);
        let (Some(old), Some(new)) = (old, new) else {
            return Ok(Outcome::Wrong);
        };
        let comparison = self.compare(&old, &new)?;
        let report = Report {
            comparison: &comparison,
            removed: only_in(&old, &new),
            added: only_in(&new, &old),
        };
        if let Some(path) = &self.html {
            write_page(path, &html::page(&report))?;
        }
        report::print(&match self.format {
            Format::Human => human::text(&report),
            Format::Json => json::text(&report),
        })?;
        Ok(if comparison.is_same() {
            Outcome::Well
        } else {
            Outcome::Wrong
        })
    }

    fn compare(&self, old: &Engine, new: &Engine) -> Result<Comparison, Failure> {
        let options = self.records.options()?;
        let old = batch(old, options.clone(), "the old package")?;
        let new = batch(new, options, "the new package")?;
        let progress = self.records.progress(true);
        let records = &self.records.records;
        let source = open(records, &progress)?;
        interrupt::watch();
        let mut lines = Lines::new(source, None);
        let mut comparison = Comparison::default();
        let result = in_order(
            self.records.jobs(),
            || {
                let next = lines.next();
                next.map_err(|error| Failure::file("read", shown(records), &error))
            },
            Piece::weight,
            |piece| compared(&old, &new, &piece),
            |next| {
                comparison.merge(next);
                Ok(())
            },
        );
        progress.finish_and_clear();
        result.map(|()| comparison)
    }
}

fn compared(old: &Batch, new: &Batch, piece: &Piece) -> Comparison {
    let mut comparison = Comparison::default();
    match piece {
        Piece::LongLine(_) => comparison.add_misfit(Fits::Neither),
        Piece::Block(block) => {
            for (line, record) in block.records() {
                match (old.decide_line(record), new.decide_line(record)) {
                    (Ok(old), Ok(new)) => comparison.add(line, &old, &new),
                    (Ok(_), Err(_)) => comparison.add_misfit(Fits::OnlyOld),
                    (Err(_), Ok(_)) => comparison.add_misfit(Fits::OnlyNew),
                    (Err(_), Err(_)) => comparison.add_misfit(Fits::Neither),
                }
            }
        }
    }
    comparison
}

/// The titles of policies that only the first has.
fn only_in(one: &Engine, other: &Engine) -> Vec<String> {
    let others: BTreeSet<&str> = other.policies().collect();
    let own = one.policies().filter(|title| !others.contains(title));
    own.map(str::to_string).collect()
}

fn write_page(path: &Path, page: &str) -> Result<(), Failure> {
    let mut staged = Staged::create(path)?;
    staged.write_with(|file| file.write_all(page.as_bytes()))?;
    staged.settle()?;
    staged.publish()
}
