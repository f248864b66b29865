//! `courtesy schema infer`: a policy file whose types take the records of a file.

use crate::files::shown;
use crate::outcome::{Failure, Outcome};
use crate::report;
use crate::stream::open::open;
use courtesy::infer::{InferError, Samples};
use courtesy::limits::CASE_BYTES;
use courtesy::value::Currency;
use indicatif::ProgressBar;
use std::io::{BufRead, Read};
use std::path::PathBuf;

/// Makes types that take the sample records, and marks what it guessed
///
/// Reads NDJSON (one record a line) or a JSON array of records, plain or gzip. What follows from the values is said
/// plainly; choices, money, times in seconds and personal data are guesses, marked with a comment beside them.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy schema infer customers.ndjson --as customer --currency EUR > schema.courtesy"
)]
pub(super) struct Infer {
    /// The sample records, or `-` for stdin
    #[arg(value_name = "FILE")]
    records: PathBuf,

    /// What one of the records is called: the name of the input
    #[arg(long = "as", value_name = "INPUT", default_value = "customer")]
    input: String,

    /// The currency of amounts that do not say theirs, such as EUR
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<Currency>,

    /// Look at the first N records only
    #[arg(long, value_name = "N")]
    first: Option<u64>,
}

fn currency(code: &str) -> Result<Currency, String> {
    let unknown = || "write the three letters of a currency, such as EUR".to_string();
    Currency::from_code(code).ok_or_else(unknown)
}

impl Infer {
    pub(super) fn run(&self) -> Result<Outcome, Failure> {
        let mut source = open(&self.records, &ProgressBar::hidden())?;
        let mut samples = Samples::default();
        if self.is_array(&mut source)? {
            self.see_array(source, &mut samples)?;
        } else {
            self.see_lines(source, &mut samples)?;
        }
        let outline = samples.outline(&self.input, self.currency);
        let outline = outline.map_err(|error| self.wrong(None, &error))?;
        report::print(&outline.to_policy_file())?;
        Ok(Outcome::Well)
    }

    /// Whether the first sign that is no blank begins an array; blanks before it are taken.
    fn is_array(&self, source: &mut impl BufRead) -> Result<bool, Failure> {
        loop {
            let buffer = source.fill_buf().map_err(|error| self.unreadable(&error))?;
            let blank = buffer
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            match buffer.get(blank) {
                Some(first) => return Ok(*first == b'['),
                None if buffer.is_empty() => return Ok(false),
                None => source.consume(blank),
            }
        }
    }

    fn see_lines(&self, mut source: impl BufRead, samples: &mut Samples) -> Result<(), Failure> {
        let mut line = Vec::new();
        let mut number = 0_u64;
        while self.first.is_none_or(|most| samples.count() < most) {
            line.clear();
            let longest = (CASE_BYTES as u64).saturating_add(1);
            let read = source.by_ref().take(longest).read_until(b'\n', &mut line);
            if read.map_err(|error| self.unreadable(&error))? == 0 {
                break;
            }
            number = number.saturating_add(1);
            if line.len() > CASE_BYTES {
                return Err(self.too_long(number));
            }
            if !line.trim_ascii().is_empty() {
                let seen = samples.add(&line);
                seen.map_err(|error| self.wrong(Some(number), &error))?;
            }
        }
        Ok(())
    }

    fn see_array(&self, source: impl BufRead, samples: &mut Samples) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        let longest = (CASE_BYTES as u64).saturating_add(1);
        let read = source.take(longest).read_to_end(&mut bytes);
        read.map_err(|error| self.unreadable(&error))?;
        if bytes.len() > CASE_BYTES {
            return Err(self.too_long(1));
        }
        let seen = samples.add_array(&bytes, self.first);
        seen.map_err(|error| self.wrong(None, &error))
    }

    fn unreadable(&self, error: &std::io::Error) -> Failure {
        Failure::file("read", shown(&self.records), error)
    }

    fn too_long(&self, line: u64) -> Failure {
        let file = shown(&self.records).display();
        Failure::new(format!(
            "`{file}` line {line}: longer than {CASE_BYTES} bytes; write one record a line"
        ))
    }

    fn wrong(&self, line: Option<u64>, error: &InferError) -> Failure {
        let file = shown(&self.records).display();
        let place = line.map_or(String::new(), |line| format!(" line {line}"));
        Failure::new(format!("`{file}`{place}: {error}"))
    }
}
