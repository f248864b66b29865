//! Results for programs: one JSON object, its form described at the head of the command.

use super::coverage::{Found, Part, Uncovered};
use super::{Finding, Kind, Results, Trial};
use courtesy::value::{JsonObject, write_json_text};

/// Writes the results.
pub(super) fn write(results: &Results, coverage: Option<&Found>) -> String {
    let mut out = String::new();
    JsonObject::write(&mut out, |object| {
        object.bare("passed", results.passed());
        object.bare("failed", results.failed());
        object.objects("tests", &results.trials, trial);
        if let Some(found) = coverage {
            object.object("coverage", |object| {
                object.object("policies", |object| part(&found.policies, object));
                object.object("conditions", |object| part(&found.conditions, object));
                object.object("rows", |object| part(&found.rows, object));
            });
        }
    });
    out
}

fn trial(trial: &Trial, object: &mut JsonObject<'_>) {
    let kind = match trial.kind {
        Kind::Example => "example",
        Kind::Case => "case",
    };
    object.text("kind", kind);
    object.text("name", &trial.name);
    place(&trial.file, trial.line, object);
    object.bare("passed", trial.passed());
    object.objects("failures", &trial.failures, finding);
}

fn finding(finding: &Finding, object: &mut JsonObject<'_>) {
    place(&finding.file, finding.line, object);
    object.text("expected", &finding.expected);
    object.list("found", &finding.found, |line, out| {
        write_json_text(line, out)
    });
}

fn part(part: &Part, object: &mut JsonObject<'_>) {
    object.bare("all", part.all);
    object.bare("covered", part.covered());
    object.objects("uncovered", &part.uncovered, uncovered);
}

fn uncovered(one: &Uncovered, object: &mut JsonObject<'_>) {
    object.text("text", &one.text);
    if let Some(table) = &one.table {
        object.text("table", table);
    }
    place(&one.file, one.line, object);
    object.text("seen", one.seen);
}

fn place(file: &str, line: Option<usize>, object: &mut JsonObject<'_>) {
    object.text("file", file);
    if let Some(line) = line {
        object.bare("line", line);
    }
}
