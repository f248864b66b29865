//! Runs the command with one call that fails, or with none and a list of its calls.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The library that stands before the C library.
pub(super) struct Shim {
    library: PathBuf,
    log: PathBuf,
}

/// A call that changes a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// Its number, from 1.
    pub(super) number: u64,
    /// `open`, `write`, `fsync`, `chmod`, `rename`, `unlink`, `mkdir`, …
    pub(super) what: String,
    pub(super) path: PathBuf,
    /// Where a file is moved to.
    pub(super) to: PathBuf,
}

impl Shim {
    /// Compiles it into a folder.
    pub(super) fn compile(folder: &Path) -> Result<Shim, String> {
        let source = folder.join("faults.c");
        let library = folder.join("faults.so");
        fs::write(&source, include_str!("faults.c")).map_err(|error| error.to_string())?;
        let compiler = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .output()
            .map_err(|error| format!("`cc` is needed: {error}"))?;
        if !compiler.status.success() {
            return Err(String::from_utf8_lossy(&compiler.stderr).into_owned());
        }
        Ok(Shim {
            library,
            log: folder.join("calls"),
        })
    }

    /// Runs a command line in a folder; `fault` is the number of a call and what becomes of it.
    pub(super) fn run(
        &self,
        command: &Path,
        arguments: &[&str],
        folder: &Path,
        fault: Option<(u64, &str)>,
    ) -> Output {
        let _ = fs::remove_file(&self.log);
        let mut command = Command::new(command);
        command
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null());
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAULTS_FOLDER", folder)
            .env("FAULTS_LOG", &self.log);
        if let Some((number, what)) = fault {
            command
                .env("FAULTS_AT", number.to_string())
                .env("FAULTS_DO", what);
        }
        command.output().expect("the command starts")
    }

    /// The calls of the last run.
    pub(super) fn calls(&self) -> Vec<Call> {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        log.lines().filter_map(call).collect()
    }
}

fn call(line: &str) -> Option<Call> {
    let [number, what, path, to] = line.split('\t').collect::<Vec<_>>()[..] else {
        return None;
    };
    Some(Call {
        number: number.parse().ok()?,
        what: what.to_string(),
        path: path.into(),
        to: to.into(),
    })
}
