//! Options of the commands that decide many records, and what they come to.

use crate::clock::{parse_now, take_clock};
use crate::files::{InputFile, is_standard, parse_input, read_file, read_inputs};
use crate::outcome::Failure;
use courtesy::value::Timestamp;
use courtesy::{Batch, BatchOptions, Engine, Misfit};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::thread;

/// Which records, and what is the same for all of them.
#[derive(clap::Args)]
pub(super) struct Records {
    /// The records; `-` reads stdin
    #[arg(long, value_name = "FILE")]
    pub(super) records: PathBuf,

    /// Input that each line is; without it each line is a whole case
    #[arg(long = "as", value_name = "INPUT")]
    record_input: Option<String>,

    /// Proposals put to every record: a JSON array
    #[arg(long, value_name = "FILE")]
    propose: Option<PathBuf>,

    /// The moment to decide for, where a case has none; else the clock
    #[arg(long, value_name = "INSTANT", value_parser = parse_now)]
    now: Option<Timestamp>,

    /// An input that is the same for every record; may be repeated
    #[arg(long = "input", value_name = "NAME=FILE", value_parser = parse_input)]
    inputs: Vec<InputFile>,

    /// Threads that decide [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

impl Records {
    /// What is the same for all records, the files of the options read.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub(super) fn options(&self) -> Result<BatchOptions, Failure> {
        let now = self.now.unwrap_or_else(|| {
            take_clock(match self.record_input {
                Some(_) => "of every record",
                None => "of every case that has none",
            })
        });
        Ok(BatchOptions {
            record_input: self.record_input.clone(),
            now: Some(now),
            inputs: read_inputs(&self.inputs)?,
            proposals: self.propose.as_deref().map(read_file).transpose()?,
        })
    }

    /// The files that are read, each with its option.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'static str, &Path)> {
        let inputs = self
            .inputs
            .iter()
            .map(|input| ("--input", input.path.as_path()));
        let propose = self
            .propose
            .iter()
            .map(|path| ("--propose", path.as_path()));
        [("--records", self.records.as_path())]
            .into_iter()
            .chain(propose)
            .chain(inputs)
    }

    /// How many threads decide.
    pub(super) fn jobs(&self) -> usize {
        match self.jobs {
            Some(jobs) => usize::from(jobs),
            None => thread::available_parallelism().map_or(1, usize::from),
        }
    }

    /// A bar on a terminal, unless results go to one at the same time.
    pub(super) fn progress(&self, results_to_stdout: bool) -> ProgressBar {
        let shares_terminal = results_to_stdout && io::stdout().is_terminal();
        if shares_terminal || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let template = if is_standard(&self.records) {
            "{spinner} {bytes} read"
        } else {
            "{bar:40} {bytes} of {total_bytes}, {eta} left"
        };
        let style = ProgressStyle::with_template(template);
        ProgressBar::no_length().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }
}

/// The batch of an engine for these options; `package` names it where there are several.
///
/// # Errors
/// When the options do not fit it.
pub(super) fn batch(
    engine: &Engine,
    options: BatchOptions,
    package: &str,
) -> Result<Batch, Failure> {
    engine.batch(options).map_err(
        |Misfit {
             code,
             path,
             message,
         }| {
            Failure::new(format!(
                "the options do not fit {package} at `{path}`: {message} [{code}]"
            ))
        },
    )
}
