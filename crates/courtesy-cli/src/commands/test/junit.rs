//! Results as JUnit's XML, which build servers read: a `testsuite` for each file, a `testcase` for each test.
//!
//! No times are written: the same tests give the same bytes.

use super::{Finding, Results, Trial};
use courtesy::printable::printable;

/// Writes the results.
pub(super) fn write(results: &Results) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let (tests, failures) = (results.trials.len(), results.failed());
    out.push_str(&format!(
        "<testsuites name=\"courtesy\" tests=\"{tests}\" failures=\"{failures}\">\n"
    ));
    // The trials are in the order of files.
    for suite in results.trials.chunk_by(|one, other| one.file == other.file) {
        write_suite(suite, &mut out);
    }
    out.push_str("</testsuites>\n");
    out
}

fn write_suite(trials: &[Trial], out: &mut String) {
    let file = trials.first().map_or("", |trial| &trial.file);
    let failures = trials.iter().filter(|trial| !trial.passed()).count();
    let (file, tests) = (escaped(file), trials.len());
    out.push_str(&format!(
        "  <testsuite name=\"{file}\" tests=\"{tests}\" failures=\"{failures}\">\n"
    ));
    for trial in trials {
        write_case(trial, &file, out);
    }
    out.push_str("  </testsuite>\n");
}

fn write_case(trial: &Trial, file: &str, out: &mut String) {
    let name = escaped(&trial.name);
    let line = trial
        .line
        .map_or_else(String::new, |line| format!(" line=\"{line}\""));
    let head = format!("    <testcase name=\"{name}\" classname=\"{file}\" file=\"{file}\"{line}");
    if trial.passed() {
        out.push_str(&format!("{head}/>\n"));
        return;
    }
    out.push_str(&format!("{head}>\n"));
    write_failure(&trial.failures, out);
    out.push_str("    </testcase>\n");
}

/// All that failed as one `failure`: of several, build servers show the first or stumble.
fn write_failure(failures: &[Finding], out: &mut String) {
    let first = failures.first().map_or("", |finding| &finding.expected);
    let more = match failures.len().saturating_sub(1) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let message = escaped(&format!("expected {first}{more}"));
    let words: Vec<String> = failures.iter().map(in_words).collect();
    let text = escaped(&words.join("\n\n"));
    out.push_str(&format!(
        "      <failure message=\"{message}\">{text}</failure>\n"
    ));
}

fn in_words(finding: &Finding) -> String {
    let line = finding
        .line
        .map_or_else(String::new, |line| format!(":{line}"));
    format!(
        "{}{line}\nexpected {}\nfound\n{}",
        finding.file,
        finding.expected,
        finding.found.join("\n")
    )
}

/// Text fit for XML 1.0 and for who reads it: what is hidden is shown by its number.
fn escaped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(printable).collect();
    let mut out = String::new();
    for letter in lines.join("\n").chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_has_no_place_for_is_shown_by_its_number() {
        assert_eq!(
            escaped("a<b & \"c\"\u{1b}[31m\n\u{202e}\u{ffff}"),
            "a&lt;b &amp; &quot;c&quot;\\u{1b}[31m\n\\u{202e}\u{fffd}"
        );
    }
}
