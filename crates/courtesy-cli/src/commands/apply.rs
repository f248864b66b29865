//! `courtesy apply`: many cases, a decision each.
//!
//! Records in are decisions plus quarantined records, always: a record that does
//! not fit goes to the quarantine file, or is counted and shown on stderr where
//! there is none. The bytes written are the same for any number of threads.

#![expect(
    clippy::disallowed_methods,
    reason = "how long a run took is told, and decides nothing"
)]

mod sinks;

use super::records::{Records, batch};
use crate::files::{is_standard, shown};
use crate::outcome::{Failure, Outcome};
use crate::stream::lines::{Block, Lines, LongLine, Piece};
use crate::stream::open::open;
use crate::stream::ordered::in_order;
use crate::stream::quarantine::write_record;
use crate::{interrupt, package, report, staged};
use courtesy::limits::CASE_BYTES;
use courtesy::{Batch, Engine, Misfit, Summary};
use sinks::{Complaint, Sinks, Stop};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Decides many cases, one a line
///
/// Records are NDJSON: one JSON value a line, plain or gzip (seen by the first
/// bytes, on stdin too). Lines end with LF or CR LF; blank lines are skipped and not
/// counted, and a byte order mark at the start is skipped. The decisions are
/// written one a line, in the order of the records, the same bytes for any --jobs.
///
/// A record that does not fit goes to the quarantine file, byte for byte, with its
/// line number, the path inside it and what is wrong; the exit code is then 3.
/// Files are written under another name first and renamed when they are complete: an
/// output file is whole or as it was before. Exits with 1 when the package has
/// errors, 2 when something cannot be read or written.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy apply examples/cdnow --records customers.ndjson.gz --as customer \\\n    --now 1998-07-01T00:00:00Z --out decisions.ndjson --quarantine quarantine.ndjson"
)]
pub(crate) struct Apply {
    /// Folder of the package
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    #[command(flatten)]
    records: Records,

    /// Where the decisions go; `-` is stdout
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,

    /// Where the records go that do not fit
    #[arg(long, value_name = "FILE")]
    quarantine: Option<PathBuf>,

    /// Where the counts go, as JSON
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

impl Apply {
    /// Runs the command.
    ///
    /// # Errors
    /// When something cannot be read or written, or the options do not fit.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        let started = Instant::now();
        self.refuse_clashes()?;
        let Some(engine) = package::engine(&self.folder)? else {
            return Ok(Outcome::Wrong);
        };
        let batch = batch(&engine, self.records.options()?, "the package")?;
        let progress = self.records.progress(is_standard(&self.out));
        let records = &self.records.records;
        let source = open(records, &progress)?;
        interrupt::watch();
        let mut sinks = Sinks::create(
            &engine,
            &self.out,
            self.quarantine.as_deref(),
            self.summary.as_deref(),
        )?;
        let mut lines = Lines::new(source, sinks.quarantine_folder());
        let worker = Worker {
            engine: &engine,
            batch: &batch,
            keeps_records: self.quarantine.is_some(),
        };
        let result = in_order(
            self.records.jobs(),
            || {
                lines
                    .next()
                    .map_err(|error| Failure::file("read", shown(records), &error).into())
            },
            Piece::weight,
            |piece| worker.answer(piece),
            |answer| sinks.take(answer),
        );
        progress.finish_and_clear();
        match result {
            Ok(()) => sinks.finish(started.elapsed()),
            Err(Stop::Failure(failure)) => Err(failure),
            Err(Stop::ClosedPipe) => sinks.abandon(),
        }
    }

    /// Refuses output files that are also another output or something that is read.
    fn refuse_clashes(&self) -> Result<(), Failure> {
        let mut taken: Vec<(&str, PathBuf)> = Vec::new();
        for (option, path) in self.records.files() {
            taken.push((option, staged::place_of(path)));
        }
        let written = [
            (
                "--out",
                Some(self.out.as_path()).filter(|path| !is_standard(path)),
            ),
            ("--quarantine", self.quarantine.as_deref()),
            ("--summary", self.summary.as_deref()),
        ];
        for (option, path) in written.into_iter().filter_map(named) {
            if is_standard(path) {
                return Err(Failure::new(format!(
                    "{option} needs the name of a file, not `-`"
                )));
            }
            let paths = staged::paths_of(path);
            if let Some((other, _)) = taken.iter().find(|(_, place)| paths.contains(place)) {
                return Err(Failure::new(format!(
                    "{other} and {option} both name `{}`; give each a file of its own",
                    path.display()
                )));
            }
            taken.extend(paths.into_iter().map(|place| (option, place)));
        }
        Ok(())
    }
}

fn named<'a>((option, path): (&'a str, Option<&'a Path>)) -> Option<(&'a str, &'a Path)> {
    path.map(|path| (option, path))
}

/// What became of a piece of the records.
struct Answer {
    /// Decisions, a line each.
    decisions: Vec<u8>,
    /// Lines of the quarantine file.
    quarantine: Vec<u8>,
    /// A line that is too long to be held.
    long_line: Option<LongLine>,
    /// What did not fit, for people; only the first few.
    complaints: Vec<Complaint>,
    summary: Summary,
}

/// Decides pieces of the records, on any thread.
struct Worker<'a> {
    engine: &'a Engine,
    batch: &'a Batch,
    keeps_records: bool,
}

impl Worker<'_> {
    fn answer(&self, piece: Piece) -> Answer {
        let mut answer = Answer {
            decisions: Vec::new(),
            quarantine: Vec::new(),
            long_line: None,
            complaints: Vec::new(),
            summary: Summary::new(self.engine),
        };
        match piece {
            Piece::Block(block) => self.decide(&block, &mut answer),
            Piece::LongLine(line) => {
                answer.note(line.number, &too_long());
                answer.long_line = Some(line);
            }
        }
        answer
    }

    fn decide(&self, block: &Block, answer: &mut Answer) {
        for (line, record) in block.records() {
            match self.batch.decide_line(record) {
                Ok(decision) => {
                    answer.summary.add(&decision);
                    answer
                        .decisions
                        .extend_from_slice(decision.to_json().as_bytes());
                    answer.decisions.push(b'\n');
                }
                Err(misfit) => {
                    answer.note(line, &misfit);
                    if self.keeps_records {
                        write_record(&mut answer.quarantine, line, &misfit, record).unwrap_or_else(
                            |_| unreachable!("memory takes whatever is written to it"),
                        );
                    }
                }
            }
        }
    }
}

impl Answer {
    fn note(&mut self, line: u64, misfit: &Misfit) {
        self.summary.add_quarantined();
        if self.complaints.len() < sinks::SHOWN {
            self.complaints.push(Complaint::new(line, misfit));
        }
    }
}

/// What is wrong with a line that is longer than a record may be.
fn too_long() -> Misfit {
    let limit = report::grouped(CASE_BYTES as u64);
    Misfit {
        code: "too-large",
        path: "$".to_string(),
        message: format!("the record is longer than {limit} bytes"),
    }
}
