//! `courtesy fmt`: policy files in their one layout.
//!
//! A file is written whole or not at all, and only where something changes. One
//! that cannot be read is left as it is and reported; the others are formatted all
//! the same. With `--check` nothing is written: what would change goes to stdout,
//! line by line.

#![expect(
    clippy::disallowed_methods,
    reason = "reads and writes the files that it formats"
)]

use crate::files::{is_standard, read_file_or_stdin};
use crate::outcome::{Failure, Outcome};
use crate::package::{policy_files_below, read_policy_file};
use crate::report;
use crate::staged::Staged;
use courtesy::source::Sources;
use similar::TextDiff;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Puts policy files into their one layout
///
/// Exits with 0 when all files are formatted now, 1 when one of them could not be
/// read as policies (it stays as it is) or, with `--check`, when one would change,
/// 2 when a file cannot be read or written.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  courtesy fmt\n  courtesy fmt examples/cdnow --check\n  courtesy fmt - < draft.courtesy"
)]
pub(crate) struct Fmt {
    /// Folders, all `*.courtesy` files in and below them; files; `-` formats stdin to stdout
    #[arg(value_name = "DIR|FILE|-", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Write nothing; show what would change
    #[arg(long)]
    check: bool,
}

/// What became of a file.
enum Formatted {
    /// It was formatted already.
    AsItWas,
    /// It has changed, or would.
    Changed,
    /// It cannot be read as policies, which has been reported.
    Unreadable,
}

impl Fmt {
    /// Runs the command.
    ///
    /// # Errors
    /// When a file cannot be read or written.
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        if self.paths.iter().any(|path| is_standard(path)) {
            return self.stdin();
        }
        let files = self.files()?;
        let (mut changed, mut unreadable) = (0_u64, 0_u64);
        for file in &files {
            match self.file(file)? {
                Formatted::AsItWas => {}
                Formatted::Changed => changed = changed.saturating_add(1),
                Formatted::Unreadable => unreadable = unreadable.saturating_add(1),
            }
        }
        self.say(files.len() as u64, changed, unreadable);
        let wrong = unreadable > 0 || self.check && changed > 0;
        Ok(if wrong { Outcome::Wrong } else { Outcome::Well })
    }

    fn stdin(&self) -> Result<Outcome, Failure> {
        let [path] = self.paths.as_slice() else {
            return Err(Failure::new("`-` formats stdin to stdout; give it alone"));
        };
        let text = text_of("stdin", read_file_or_stdin(path)?);
        let both = text.and_then(|text| Some((formatted("stdin", &text)?, text)));
        let Some((formatted, text)) = both else {
            return Ok(Outcome::Wrong);
        };
        if !self.check {
            report::print_as_it_is(&formatted)?;
        } else if formatted != text {
            report::print(&difference("stdin", &text, &formatted))?;
            return Ok(Outcome::Wrong);
        }
        Ok(Outcome::Well)
    }

    /// The files that were asked for, each once, in the order of their names.
    fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        for path in &self.paths {
            if path.is_file() {
                files.push(path.clone());
            } else {
                files.extend(policy_files_below(path)?);
            }
        }
        files.sort();
        files.dedup();
        Ok(files)
    }

    fn file(&self, path: &Path) -> Result<Formatted, Failure> {
        let shown = path.strip_prefix("./").unwrap_or(path);
        let shown = shown.display().to_string();
        let bytes = read_policy_file(path).map_err(|error| Failure::file("read", path, &error))?;
        let text = text_of(&shown, bytes);
        let both = text.and_then(|text| Some((formatted(&shown, &text)?, text)));
        let Some((formatted, text)) = both else {
            return Ok(Formatted::Unreadable);
        };
        if formatted == text {
            return Ok(Formatted::AsItWas);
        }
        if self.check {
            report::print(&difference(&shown, &text, &formatted))?;
        } else {
            replace(path, &formatted)?;
        }
        Ok(Formatted::Changed)
    }

    fn say(&self, files: u64, changed: u64, unreadable: u64) {
        let did = if self.check {
            "would change"
        } else {
            "changed"
        };
        let files = report::counted(files, "file");
        let changed = match changed {
            0 => format!("none {did}"),
            _ => format!("{} {did}", report::grouped(changed)),
        };
        let unreadable = match unreadable {
            0 => String::new(),
            _ => format!(
                ", {} left as written for what is said above",
                report::grouped(unreadable)
            ),
        };
        report::say(&format!("{files}, {changed}{unreadable}"));
    }
}

/// The text of a file; `None` where it is none, which is reported here.
fn text_of(name: &str, bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok();
    if text.is_none() {
        report::say(&format!(
            "error: `{name}` is not text in UTF-8; save the file as UTF-8"
        ));
    }
    text
}

/// The text formatted; `None` where it cannot be read, which is reported here.
fn formatted(name: &str, text: &str) -> Option<String> {
    let found = match courtesy::format(text) {
        Ok(formatted) => return Some(formatted),
        Err(found) => found,
    };
    let sources = Sources::new([(Arc::from(name), Arc::from(text))]);
    report::draw_all(&found, &sources);
    None
}

/// Writes a file anew, with the rights it had.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let rights = fs::metadata(path).map(|found| found.permissions());
    let mut staged = Staged::create(path)?;
    staged.write_with(|file| {
        if let Ok(rights) = rights {
            file.get_ref().set_permissions(rights)?;
        }
        file.write_all(text.as_bytes())
    })?;
    staged.settle()?;
    staged.publish()
}

/// What would change, with three lines around each place.
fn difference(name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(name, &format!("{name}, formatted"))
        .to_string()
}
