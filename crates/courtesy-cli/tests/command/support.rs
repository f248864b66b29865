//! A small package in a folder of its own, and ways to run the command on it.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What `--now` is in tests.
pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";

const SCHEMA: &str = "\
type Customer {
  id: Text
  age: Number
}

input customer: Customer

action greet { text: Text }
action sell  { what: Text }
";

const POLICIES: &str = "\
policy \"Never sell to children\"
  never sell
  when customer.age is less than 18
  because \"{customer.id} is {customer.age}\"

policy \"Always greet the old\"
  always greet with text: \"Good day, {customer.id}!\"
  when customer.age is at least 65
";

/// The folder of the project's examples.
pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// A temporary folder with a package in `shop`.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Place {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
        };
        place.write("shop/schema.courtesy", SCHEMA);
        place.write("shop/policies.courtesy", POLICIES);
        place
    }

    /// A temporary folder with nothing in it.
    pub(crate) fn empty() -> Place {
        Place {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Names in the folder, hidden ones too.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// The command, started in the folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_courtesy"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    /// Runs the command with these bytes on stdin.
    pub(crate) fn run_with(&self, arguments: &[&str], stdin: &[u8]) -> Run {
        self.write("stdin", stdin);
        let stdin = fs::File::open(self.path("stdin")).unwrap();
        Run::of(&self.command(arguments).stdin(stdin).output().unwrap())
    }
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The command, started in a folder.
    pub(crate) fn of_arguments<'a>(
        arguments: impl IntoIterator<Item = &'a str>,
        folder: &Path,
    ) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_courtesy"));
        command.args(arguments).current_dir(folder);
        Run::of(&command.stdin(Stdio::null()).output().unwrap())
    }

    fn of(output: &Output) -> Run {
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Run {
        assert!(
            self.stderr.contains(text),
            "`{text}` is missing in {self:#?}"
        );
        self
    }
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Records of customers `c1`, `c2`, … a line each.
pub(crate) fn customers(number: u64) -> String {
    (1..=number)
        .map(|id| format!("{{\"id\":\"c{id}\",\"age\":{}}}\n", id % 100))
        .collect()
}

/// A whole file of NDJSON.
pub(crate) fn json_lines(bytes: &[u8]) -> Vec<serde_json::Value> {
    let lines = std::str::from_utf8(bytes).unwrap().lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
