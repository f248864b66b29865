//! Commands that are programs of their own: `courtesy lsp` runs `courtesy-lsp`, as git and cargo do.
//!
//! A heavy host (a server with a web framework, a language server) is no part of this command, so that it stays small.
//! The program is looked for beside this one, then on the search path. Where the system can, it takes this one's place,
//! so that signals and exit codes are its own.

use crate::outcome::{Failure, Outcome};
use clap::CommandFactory;
use courtesy::diagnostic::nearest;
use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::process::Command;

/// The programs that belong to the project, and what each is.
const HOSTS: &[(&str, &str)] = &[("lsp", "the language server"), ("serve", "the service")];

/// Runs the program for a command that this one does not have.
///
/// # Errors
/// When there is none, with what to do about it.
pub(crate) fn run(words: &[OsString]) -> Result<Outcome, Failure> {
    let (name, arguments) = words.split_first().ok_or_else(|| unknown(OsStr::new("")))?;
    let mut program = OsString::from("courtesy-");
    program.push(name);
    for place in [beside(&program), PathBuf::from(&program)] {
        match run_in_place(Command::new(place).args(arguments)) {
            Ok(code) => return ended(name, code),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                return Err(Failure::new(format!(
                    "cannot run `{}`: {error}",
                    program.display()
                )));
            }
        }
    }
    Err(unknown(name))
}

/// Becomes the program; gives back only why it cannot.
#[cfg(unix)]
fn run_in_place(program: &mut Command) -> io::Result<Option<i32>> {
    use std::os::unix::process::CommandExt;
    Err(program.exec())
}

/// Runs the program, and gives back its exit code.
#[cfg(not(unix))]
fn run_in_place(program: &mut Command) -> io::Result<Option<i32>> {
    Ok(program.status()?.code())
}

/// The program of that name in the folder of this one.
fn beside(program: &OsStr) -> PathBuf {
    let own = env::current_exe().unwrap_or_default();
    own.with_file_name(program)
}

fn ended(name: &OsStr, code: Option<i32>) -> Result<Outcome, Failure> {
    match code {
        Some(0) => Ok(Outcome::Well),
        Some(1) => Ok(Outcome::Wrong),
        Some(3) => Ok(Outcome::Quarantined),
        _ => Err(Failure::new(format!(
            "`courtesy {}` did not end well",
            name.display()
        ))),
    }
}

fn unknown(name: &OsStr) -> Failure {
    let written = name.to_string_lossy();
    if let Some((host, what)) = HOSTS.iter().find(|(host, _)| *host == written) {
        return Failure::new(format!(
            "{what} is a program of its own that is not installed; install it with \
             `cargo install --path crates/courtesy-{host}` in the project's folder"
        ));
    }
    let command = crate::Arguments::command();
    let own = command.get_subcommands().map(clap::Command::get_name);
    let known = own.chain(HOSTS.iter().map(|(host, _)| *host));
    let advice = match nearest(&written, known) {
        Some(near) => format!("did you mean `courtesy {near}`?"),
        None => "`courtesy help` lists the commands".to_string(),
    };
    Failure::new(format!("there is no command `{written}`; {advice}"))
}
