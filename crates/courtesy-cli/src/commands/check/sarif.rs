//! Problems as SARIF 2.1.0, which code scanning and editors read.
//!
//! Input: a package that was checked. Output: one log with one run. Rules are the codes that were found, each with its
//! page as help; columns count Unicode code points from 1 and the end is excluded, as SARIF has it; what a problem
//! offers as a change is a fix. Invariant: the same package gives the same bytes; no time, machine or user stands in it.

use courtesy::Package;
use courtesy::diagnostic::{Code, Diagnostic, Fix, Label, Severity, page};
use courtesy::printable::printable;
use courtesy::source::{Sources, Span};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// Where the form is described.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The folder that relative places of files begin from: where the command was started.
const ROOT: &str = "%SRCROOT%";

/// Where the project can be read; empty as long as its manifest names no place.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Writes the problems.
pub(super) fn write(package: &Package) -> String {
    let sources = package.sources();
    let found = package.diagnostics();
    let codes: Vec<Code> = found
        .iter()
        .map(|one| one.code)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let rules: Vec<Json> = codes.iter().map(|code| rule(*code, found)).collect();
    let results: Vec<Json> = found
        .iter()
        .map(|one| result(one, &codes, sources))
        .collect();
    let driver = json!({
        "name": "courtesy",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules,
    });
    let driver = with(driver, "informationUri", address_of_project(""));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation(package.left_out())],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// The object with one more key, where there is something to say under it.
fn with(mut object: Json, key: &str, value: Option<Json>) -> Json {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(key.to_string(), value);
    }
    object
}

/// A place in the project's repository, where its address is known.
fn address_of_project(path: &str) -> Option<Json> {
    (!REPOSITORY.is_empty()).then(|| Json::String(format!("{REPOSITORY}{path}")))
}

/// How the run went; what was found and is not among the results is told here.
fn invocation(left_out: usize) -> Json {
    let text = format!("{left_out} more problems are not shown");
    let told = json!([{ "level": "warning", "message": { "text": text } }]);
    let notifications = (left_out > 0).then_some(told);
    let invocation = json!({ "executionSuccessful": true });
    with(invocation, "toolExecutionNotifications", notifications)
}

fn rule(code: Code, found: &[Diagnostic]) -> Json {
    let id = code.id();
    let page = page(id).unwrap_or_default();
    let worst = found.iter().filter(|one| one.code == code);
    let worst = worst.map(|one| one.severity).min();
    let rule = json!({
        "id": id,
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": prose(page) },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(worst.unwrap_or(Severity::Error)) },
    });
    let address = address_of_project(&format!("/blob/main/docs/codes/{id}.md"));
    with(rule, "helpUri", address)
}

/// What a page says before its examples.
fn prose(page: &str) -> String {
    let prose = page.split("\n## ").next().unwrap_or_default();
    let lines = prose.lines().skip(1).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(diagnostic: &Diagnostic, codes: &[Code], sources: &Sources) -> Json {
    let index = codes.binary_search(&diagnostic.code).unwrap_or(0);
    let first = diagnostic.labels.first();
    let location = first.and_then(|label| location(label.span, sources));
    let related: Vec<Json> = (1..)
        .zip(diagnostic.labels.iter().skip(1))
        .filter_map(|(id, label)| related(id, label, sources))
        .collect();
    let related = (!related.is_empty()).then_some(Json::Array(related));
    let fix = diagnostic.fix.as_ref().and_then(|fix| change(fix, sources));
    let result = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": index,
        "level": level(diagnostic.severity),
        "message": { "text": escaped(&in_words(diagnostic)) },
        "locations": location.into_iter().collect::<Vec<_>>(),
    });
    let result = with(result, "relatedLocations", related);
    with(result, "fixes", fix.map(|fix| json!([fix])))
}

/// The message, what there is to say about its place, and the way out.
fn in_words(diagnostic: &Diagnostic) -> String {
    let label = diagnostic.labels.first().map(|label| label.text.as_str());
    let help = diagnostic.help.as_ref().map(|help| format!("help: {help}"));
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(label.filter(|text| !text.is_empty()).map(str::to_string));
    lines.extend(help);
    lines.join("\n")
}

fn location(span: Span, sources: &Sources) -> Option<Json> {
    let (artifact, region) = (artifact(span, sources)?, region(span, sources)?);
    Some(json!({ "physicalLocation": { "artifactLocation": artifact, "region": region } }))
}

fn related(id: usize, label: &Label, sources: &Sources) -> Option<Json> {
    let location = with(location(label.span, sources)?, "id", Some(json!(id)));
    let said = json!({ "text": escaped(&label.text) });
    let said = (!label.text.is_empty()).then_some(said);
    Some(with(location, "message", said))
}

fn change(fix: &Fix, sources: &Sources) -> Option<Json> {
    let shown = fix.replacement.split('\n').next().unwrap_or_default();
    let text = match shown {
        "" => "take it away".to_string(),
        shown => format!("write `{shown}`"),
    };
    let replacement = json!({
        "deletedRegion": region(fix.span, sources)?,
        "insertedContent": { "text": fix.replacement },
    });
    Some(json!({
        "description": { "text": escaped(&text) },
        "artifactChanges": [{
            "artifactLocation": artifact(fix.span, sources)?,
            "replacements": [replacement],
        }],
    }))
}

/// The file, as an address: relative to the root, unless the folder was given from the machine's root.
fn artifact(span: Span, sources: &Sources) -> Option<Json> {
    let name = address(sources.get(span.file)?.name());
    Some(match name.strip_prefix('/') {
        Some(path) => json!({ "uri": format!("file:///{path}") }),
        None => json!({ "uri": name, "uriBaseId": ROOT }),
    })
}

fn region(span: Span, sources: &Sources) -> Option<Json> {
    let file = sources.get(span.file)?;
    let start = file.position(span.start as usize);
    let end = file.position(span.end as usize);
    Some(json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }))
}

/// A path as the address of a file (RFC 3986): all but letters, digits, `-._~` and `/` by its bytes.
fn address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// A text of a message: what is hidden is shown by its number, and what SARIF gives a meaning (`{0}`, `[text](link)`)
/// is escaped.
fn escaped(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(printable).collect();
    let text = lines.join("\n").replace('{', "{{").replace('}', "}}");
    if text.contains("](") {
        text.replace('[', "\\[").replace(']', "\\]")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{address, escaped};

    #[test]
    fn texts_and_addresses_are_escaped() {
        assert_eq!(escaped("a {0}\u{1b} [x]"), "a {{0}}\\u{{1b}} [x]");
        assert_eq!(escaped("[x](https://y)"), "\\[x\\](https://y)");
        assert_eq!(address("a b/é#.courtesy"), "a%20b/%C3%A9%23.courtesy");
    }
}
