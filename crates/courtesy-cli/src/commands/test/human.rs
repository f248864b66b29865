//! Results for people: a line for each test, what differs below it, and the count.

use super::coverage::Found;
use super::{Finding, Results, Trial};
use crate::report::colour_on_stdout;
use courtesy::printable::printable;

/// Writes the results; in colour where stdout is a terminal that shows it.
pub(super) fn write(results: &Results, coverage: Option<&Found>) -> String {
    let mut page = Page {
        out: String::new(),
        colour: colour_on_stdout(),
    };
    for trial in &results.trials {
        page.trial(trial);
    }
    if !results.trials.is_empty() {
        page.out.push('\n');
    }
    if let Some(coverage) = coverage {
        page.out.push_str(&coverage.in_words());
        page.out.push('\n');
    }
    let (passed, failed) = (results.passed(), results.failed());
    page.out
        .push_str(&format!("{passed} passed, {failed} failed\n"));
    page.out
}

struct Page {
    out: String,
    colour: bool,
}

const RED: &str = "31";
const GREEN: &str = "32";

impl Page {
    fn trial(&mut self, trial: &Trial) {
        let (word, colour) = if trial.passed() {
            ("ok    ", GREEN)
        } else {
            ("FAILED", RED)
        };
        let word = self.painted(word, colour);
        self.line(&format!("{word}  {}", printable(&trial.name)));
        for finding in &trial.failures {
            self.finding(finding);
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let line = finding
            .line
            .map_or_else(String::new, |line| format!(":{line}"));
        self.line(&format!("        {}{line}", printable(&finding.file)));
        self.line(&format!(
            "          expected {}",
            printable(&finding.expected)
        ));
        if finding.is_difference {
            for line in &finding.found {
                let line = self.difference(&printable(line));
                self.line(&format!("            {line}"));
            }
            return;
        }
        for (place, line) in finding.found.iter().enumerate() {
            let word = if place == 0 { "found   " } else { "        " };
            self.line(&format!("          {word} {}", printable(line)));
        }
    }

    fn difference(&self, line: &str) -> String {
        match line.as_bytes().first() {
            Some(b'-') => self.painted(line, RED),
            Some(b'+') => self.painted(line, GREEN),
            _ => line.to_string(),
        }
    }

    fn painted(&self, text: &str, colour: &str) -> String {
        if self.colour {
            format!("\u{1b}[{colour}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }
}
