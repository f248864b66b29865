//! What is said to people, and results on stdout.
//!
//! Nothing here panics when a stream is closed: a reader who has gone away has
//! seen what they wanted. Colour is used on a terminal only, and not where the
//! environment sets `NO_COLOR` or the terminal is a dumb one.

#![expect(
    clippy::disallowed_methods,
    reason = "the environment says whether colour is wanted"
)]

use crate::outcome::{Failure, reason};
use courtesy::Package;
use courtesy::diagnostic::{Diagnostic, Severity, to_report};
use courtesy::printable::printable;
use courtesy::source::Sources;
use miette::{GraphicalReportHandler, GraphicalTheme};
use std::io::{self, ErrorKind, IsTerminal, Write};

/// Columns of a drawn diagnostic, the same wherever it is drawn.
const WIDTH: usize = 80;

/// Writes to stderr, line by line; what stands in a line steers no terminal.
pub(crate) fn say(text: &str) {
    let lines: Vec<String> = text.split('\n').map(printable).collect();
    say_as_drawn(&lines.join("\n"));
}

/// Writes to stderr what is drawn already, colours included.
fn say_as_drawn(drawing: &str) {
    // Where even stderr is closed there is nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "{drawing}");
}

/// Writes a result to stdout, with a line end after it.
///
/// # Errors
/// When stdout cannot take it; a closed pipe is no error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let end = if text.ends_with('\n') { "" } else { "\n" };
    print_as_it_is(&format!("{text}{end}"))
}

/// Writes a result to stdout and nothing else.
///
/// # Errors
/// When stdout cannot take it; a closed pipe is no error.
pub(crate) fn print_as_it_is(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(stdout_failure(&error)),
        _ => Ok(()),
    }
}

/// The failure of writing to stdout.
pub(crate) fn stdout_failure(error: &io::Error) -> Failure {
    Failure::new(format!("cannot write to stdout: {}", reason(error)))
}

/// Draws every diagnostic of a package to stderr.
pub(crate) fn draw(package: &Package) {
    draw_all(package.diagnostics(), package.sources());
}

/// Draws diagnostics to stderr.
pub(crate) fn draw_all(diagnostics: &[Diagnostic], sources: &Sources) {
    let handler = GraphicalReportHandler::new_themed(theme())
        .with_width(WIDTH)
        .with_links(false)
        .tab_width(4);
    for diagnostic in diagnostics {
        let mut drawing = String::new();
        let report = to_report(diagnostic, sources);
        if handler.render_report(&mut drawing, &report).is_err() {
            drawing.clone_from(&diagnostic.message);
        }
        say_as_drawn(&drawing);
    }
}

/// The count of what was found: `3 errors, 1 warning in 2 files`.
pub(crate) fn count_line(package: &Package) -> String {
    let diagnostics = package.diagnostics();
    let of = |severity| {
        diagnostics
            .iter()
            .filter(|found| found.severity == severity)
            .count()
    };
    let counts: Vec<String> = [
        (of(Severity::Error), "error"),
        (of(Severity::Warning), "warning"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| counted(number as u64, word))
    .collect();
    let files = package.sources().iter().count() as u64;
    let more = match package.left_out() {
        0 => String::new(),
        more => format!(" and {} more that are not shown", grouped(more as u64)),
    };
    format!("{}{more} in {}", counts.join(", "), counted(files, "file"))
}

/// A number with its noun: `1 file`, `2 files`, `7 policies`.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    let ending = match (number, noun.strip_suffix('y')) {
        (1, _) => noun.to_string(),
        (_, Some(stem)) => format!("{stem}ies"),
        (_, None) => format!("{noun}s"),
    };
    format!("{} {ending}", grouped(number))
}

/// A whole number with commas: `23,570`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && digits.len().saturating_sub(index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn theme() -> GraphicalTheme {
    if colour_is_wanted(&io::stderr()) {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    }
}

/// Whether results may be in colour.
pub(crate) fn colour_on_stdout() -> bool {
    colour_is_wanted(&io::stdout())
}

fn colour_is_wanted(stream: &impl IsTerminal) -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    stream.is_terminal() && !refused && !dumb
}

#[cfg(test)]
mod tests {
    use super::{counted, grouped};

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!(counted(1, "policy"), "1 policy");
        assert_eq!(counted(7, "policy"), "7 policies");
        assert_eq!(counted(23_570, "record"), "23,570 records");
    }
}
