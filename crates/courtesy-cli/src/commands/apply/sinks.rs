//! Where the answers go: decisions, quarantine, summary, and what people are told.
//!
//! Files are published only after everything has been written: first the
//! quarantine, then the decisions, then the summary, so that where decisions
//! stand, so does what is missing from them.

use super::{Answer, too_long};
use crate::files::is_standard;
use crate::outcome::{Failure, Outcome};
use crate::report;
use crate::staged::Staged;
use crate::stream::lines::{Kept, LongLine};
use crate::stream::quarantine::write_kept;
use courtesy::{Engine, Misfit, Summary};
use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many records that do not fit are shown on stderr.
pub(super) const SHOWN: usize = 10;

/// Why the work ends early.
pub(super) enum Stop {
    /// Something could not be read or written.
    Failure(Failure),
    /// Whoever read the decisions from stdout has gone.
    ClosedPipe,
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failure(failure)
    }
}

/// A record that does not fit, as people are told.
pub(super) struct Complaint(String);

impl Complaint {
    pub(super) fn new(
        line: u64,
        Misfit {
            code,
            path,
            message,
        }: &Misfit,
    ) -> Complaint {
        Complaint(format!("line {line}, `{path}`: {message} [{code}]"))
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// All outputs of one run.
pub(super) struct Sinks {
    /// `None` is stdout.
    decisions: Option<Staged>,
    quarantine: Option<Staged>,
    summary_file: Option<Staged>,
    summary: Summary,
    complaints: Vec<Complaint>,
}

impl Sinks {
    /// Starts every output file.
    ///
    /// # Errors
    /// When one cannot be created.
    pub(super) fn create(
        engine: &Engine,
        out: &Path,
        quarantine: Option<&Path>,
        summary: Option<&Path>,
    ) -> Result<Sinks, Failure> {
        let to_file = Some(out).filter(|path| !is_standard(path));
        Ok(Sinks {
            decisions: to_file.map(Staged::create).transpose()?,
            quarantine: quarantine.map(Staged::create).transpose()?,
            summary_file: summary.map(Staged::create).transpose()?,
            summary: Summary::new(engine),
            complaints: Vec::new(),
        })
    }

    /// The folder of the quarantine file, where a long record may be put by.
    pub(super) fn quarantine_folder(&self) -> Option<PathBuf> {
        self.quarantine.as_ref().map(Staged::folder)
    }

    /// Writes the next answer.
    ///
    /// # Errors
    /// When an output cannot take it.
    pub(super) fn take(&mut self, answer: Answer) -> Result<(), Stop> {
        self.write_decisions(&answer.decisions)?;
        if let Some(staged) = &mut self.quarantine {
            staged.write_with(|file| file.write_all(&answer.quarantine))?;
            if let Some(LongLine {
                number,
                kept: Some(kept),
            }) = answer.long_line
            {
                write_long_line(staged, number, kept)?;
            }
        }
        self.summary.merge(answer.summary);
        let room = SHOWN.saturating_sub(self.complaints.len());
        self.complaints
            .extend(answer.complaints.into_iter().take(room));
        Ok(())
    }

    fn write_decisions(&mut self, decisions: &[u8]) -> Result<(), Stop> {
        match &mut self.decisions {
            Some(staged) => Ok(staged.write_with(|file| file.write_all(decisions))?),
            None => to_stdout(|stdout| stdout.write_all(decisions)),
        }
    }

    /// Completes the outputs and says what was done.
    ///
    /// # Errors
    /// When an output cannot be completed.
    pub(super) fn finish(mut self, took: Duration) -> Result<Outcome, Failure> {
        if self.decisions.is_none() {
            match to_stdout(Write::flush) {
                Err(Stop::ClosedPipe) => return self.abandon(),
                Err(Stop::Failure(failure)) => return Err(failure),
                Ok(()) => {}
            }
        }
        if let Some(staged) = &mut self.summary_file {
            let text = self.summary.to_json();
            staged.write_with(|file| writeln!(file, "{}", text.trim_end()))?;
        }
        let kept_in = self
            .quarantine
            .as_ref()
            .map(|staged| staged.name().to_path_buf());
        publish([
            self.quarantine.take(),
            self.decisions.take(),
            self.summary_file.take(),
        ])?;
        if kept_in.is_none() {
            self.show_complaints();
        }
        self.say_counts(kept_in.as_deref(), took);
        let all_fit = self.summary.quarantined() == 0;
        Ok(if all_fit {
            Outcome::Well
        } else {
            Outcome::Quarantined
        })
    }

    /// Ends after stdout was closed: quietly, unless files were asked for.
    ///
    /// # Errors
    /// When files were asked for, which are not written then.
    pub(super) fn abandon(self) -> Result<Outcome, Failure> {
        if self.quarantine.is_none() && self.summary_file.is_none() {
            return Ok(Outcome::Well);
        }
        Err(Failure::new(
            "stdout was closed before the last decision, so no file is written; --out takes a file",
        ))
    }

    /// Shows what did not fit where no file keeps it.
    fn show_complaints(&self) {
        for complaint in &self.complaints {
            report::say(&complaint.to_string());
        }
        let unseen = self
            .summary
            .quarantined()
            .saturating_sub(self.complaints.len() as u64);
        if unseen > 0 {
            report::say(&format!("... and {} more", report::grouped(unseen)));
        }
    }

    fn say_counts(&self, kept_in: Option<&Path>, took: Duration) {
        let place = match kept_in {
            _ if self.summary.quarantined() == 0 => String::new(),
            Some(name) => format!(" to `{}`", name.display()),
            None => " (--quarantine FILE keeps them)".to_string(),
        };
        report::say(&format!(
            "{}: {} decided, {} quarantined{place} in {:.1} s",
            report::counted(self.summary.records(), "record"),
            report::grouped(self.summary.decided()),
            report::grouped(self.summary.quarantined()),
            took.as_secs_f64()
        ));
    }
}

/// Brings all files to the disk, and only then gives them their names, in order.
fn publish(files: [Option<Staged>; 3]) -> Result<(), Failure> {
    let mut files: Vec<Staged> = files.into_iter().flatten().collect();
    files.iter_mut().try_for_each(Staged::settle)?;
    files.into_iter().try_for_each(Staged::publish)
}

fn write_long_line(staged: &mut Staged, number: u64, mut kept: Kept) -> Result<(), Failure> {
    staged.write_with(|file| write_kept(file, number, &too_long(), &mut kept))
}

fn to_stdout(
    write: impl FnOnce(&mut io::StdoutLock<'static>) -> io::Result<()>,
) -> Result<(), Stop> {
    match write(&mut io::stdout().lock()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Stop::ClosedPipe),
        Err(error) => Err(report::stdout_failure(&error).into()),
        Ok(()) => Ok(()),
    }
}
