//! Results for programs: one JSON object, its form described at the head of the command.

use super::coverage::{Found, Part, Uncovered};
use super::{Finding, Kind, Results, Trial};
use courtesy::value::write_json_text;

/// Writes the results.
pub(super) fn write(results: &Results, coverage: Option<&Found>) -> String {
    let mut object = Object::default();
    object.number("passed", results.passed());
    object.number("failed", results.failed());
    object.raw("tests", &list(&results.trials, trial));
    if let Some(found) = coverage {
        let mut coverage = Object::default();
        coverage.raw("policies", &part(&found.policies));
        coverage.raw("conditions", &part(&found.conditions));
        coverage.raw("rows", &part(&found.rows));
        object.raw("coverage", &coverage.finish());
    }
    object.finish()
}

fn trial(trial: &Trial) -> String {
    let mut object = Object::default();
    let kind = match trial.kind {
        Kind::Example => "example",
        Kind::Case => "case",
    };
    object.text("kind", kind);
    object.text("name", &trial.name);
    object.place(&trial.file, trial.line);
    object.raw("passed", if trial.passed() { "true" } else { "false" });
    object.raw("failures", &list(&trial.failures, finding));
    object.finish()
}

fn finding(finding: &Finding) -> String {
    let mut object = Object::default();
    object.place(&finding.file, finding.line);
    object.text("expected", &finding.expected);
    object.raw("found", &list(&finding.found, |line| quoted(line)));
    object.finish()
}

fn part(part: &Part) -> String {
    let mut object = Object::default();
    object.number("all", part.all);
    object.number("covered", part.covered());
    object.raw("uncovered", &list(&part.uncovered, uncovered));
    object.finish()
}

fn uncovered(one: &Uncovered) -> String {
    let mut object = Object::default();
    object.text("text", &one.text);
    if let Some(table) = &one.table {
        object.text("table", table);
    }
    object.place(&one.file, one.line);
    object.text("seen", one.seen);
    object.finish()
}

/// A JSON object on its way.
#[derive(Default)]
struct Object(String);

impl Object {
    fn raw(&mut self, key: &str, json: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        write_json_text(key, &mut self.0);
        self.0.push(':');
        self.0.push_str(json);
    }

    fn text(&mut self, key: &str, text: &str) {
        self.raw(key, &quoted(text));
    }

    fn number(&mut self, key: &str, number: usize) {
        self.raw(key, &number.to_string());
    }

    fn place(&mut self, file: &str, line: Option<usize>) {
        self.text("file", file);
        if let Some(line) = line {
            self.number("line", line);
        }
    }

    fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::new();
    write_json_text(text, &mut out);
    out
}

fn list<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(write).collect();
    format!("[{}]", items.join(","))
}
