//! Problems as workflow commands of GitHub Actions, which shows each beside the line that it is about.
//!
//! Input: a package that was checked. Output: a line `::error file=…,line=…,…::message` for each problem. Invariants:
//! a problem is one line whatever it quotes, and nothing in it is taken for another command: what steers a terminal is
//! shown by its number, and what the form gives a meaning is escaped as the runner unescapes it.

use courtesy::Package;
use courtesy::diagnostic::{Diagnostic, Severity};
use courtesy::printable::printable;
use courtesy::source::{Sources, Span};

/// Writes the problems, a line each.
pub(super) fn write(package: &Package) -> String {
    let sources = package.sources();
    let mut out = String::new();
    for diagnostic in package.diagnostics() {
        out.push_str(&command(diagnostic, sources));
        out.push('\n');
    }
    let left_out = package.left_out();
    if left_out > 0 {
        out.push_str(&format!(
            "::notice::{left_out} more problems are not shown\n"
        ));
    }
    out
}

fn command(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = diagnostic
        .span()
        .map_or_else(Vec::new, |span| place(span, sources));
    properties.push(format!("title={}", property(diagnostic.code.id())));
    let message = data(&in_words(diagnostic, sources));
    format!("::{word} {}::{message}", properties.join(","))
}

/// Where it is. Columns are left out where it goes over several lines: GitHub takes them for one line alone.
fn place(span: Span, sources: &Sources) -> Vec<String> {
    let Some(file) = sources.get(span.file) else {
        return Vec::new();
    };
    let start = file.position(span.start as usize);
    let end = file.position(span.end as usize);
    let mut properties = vec![
        format!("file={}", property(file.name())),
        format!("line={}", start.line),
        format!("endLine={}", end.line),
    ];
    if start.line == end.line {
        properties.push(format!("col={}", start.column));
        properties.push(format!("endColumn={}", end.column));
    }
    properties
}

/// The message, what there is to say about each place, and the way out, a line each.
fn in_words(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    for (index, label) in diagnostic.labels.iter().enumerate() {
        if label.text.is_empty() {
            continue;
        }
        let place = match (index, sources.get(label.span.file)) {
            (0, _) | (_, None) => String::new(),
            (_, Some(file)) => {
                let at = file.position(label.span.start as usize);
                format!("{}:{}:{}: ", file.name(), at.line, at.column)
            }
        };
        lines.push(format!("{place}{}", label.text));
    }
    lines.extend(diagnostic.help.as_ref().map(|help| format!("help: {help}")));
    let shown: Vec<String> = lines
        .iter()
        .flat_map(|line| line.split('\n'))
        .map(printable)
        .collect();
    shown.join("\n")
}

/// What stands behind the last `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What stands behind a `=`.
fn property(text: &str) -> String {
    data(&printable(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(data("100 %\r\nof: a, b"), "100 %25%0D%0Aof: a, b");
        assert_eq!(property("a:b,c%\u{1b}"), "a%3Ab%2Cc%25\\u{1b}");
    }
}
