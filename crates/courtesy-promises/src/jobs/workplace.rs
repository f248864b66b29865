//! A folder in which the built command is run, and what was tried and found there.

use super::Tally;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a run ended, and what it wrote.
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) printed: String,
    pub(super) said: String,
}

/// A folder that is gone when the job is done.
pub(super) struct Workplace {
    command: PathBuf,
    folder: tempfile::TempDir,
    pub(super) tally: Tally,
}

impl Workplace {
    pub(super) fn new(command: &Path) -> Workplace {
        Workplace {
            command: command.to_path_buf(),
            folder: tempfile::tempdir().expect("a folder"),
            tally: Tally::default(),
        }
    }

    /// Writes a file, and the folders above it.
    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// What stands in a file.
    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).expect("a file")
    }

    /// Takes a file away.
    pub(super) fn remove(&self, name: &str) {
        fs::remove_file(self.folder.path().join(name)).expect("a file");
    }

    /// Runs a command line.
    pub(super) fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(&self.command);
        command.args(arguments).current_dir(self.folder.path());
        let output = command.stdin(Stdio::null()).output();
        let output = output.expect("the command starts");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        Run {
            code: output.status.code(),
            printed: text(output.stdout),
            said: text(output.stderr),
        }
    }
}
