//! Text from a record is data: whatever a name holds, no host output takes it for markup, template, header or command.
//!
//! Input: the built command. Each hostile name goes through a decision as JSON, in words, explained, through a
//! batch, a quarantine, failing tests in all their forms, and a comparison as a page. In words nothing steers the
//! terminal; JSON reads back to the very name; in a page and in XML no sign of markup is left; and from the library
//! the parts that came from the record stand apart, so that a host can escape them for its own channel.

mod hostile;

use super::Tally;
use super::workplace::{Run, Workplace};
use courtesy::printable::is_hidden;
use courtesy::value::{Text, Value};
use courtesy::{CaseOptions, Decision, Package};
use hostile::names;
use serde_json::json;
use std::path::Path;

const PACKAGE: &str = include_str!("names.courtesy");
const NOW: &str = "2026-11-23T10:00:00Z";

/// An example that fails, for a report that quotes what was found.
const EXAMPLE: &str = "\
example \"fails\"
  given now is 2026-11-23T10:00:00Z
  given customer from \"customer.json\"
  expect greet with text: \"something else\"
  expect nothing else
";

/// Runs the job.
#[must_use]
pub fn run(command: &Path) -> Tally {
    let mut hosts = Hosts {
        place: Workplace::new(command),
    };
    for name in names() {
        hosts.library(&name);
        hosts.lay_out(&name);
        hosts.words(&name);
        hosts.json(&name);
        hosts.markup(&name);
    }
    hosts.place.tally
}

struct Hosts {
    place: Workplace,
}

impl Hosts {
    fn lay_out(&self, name: &str) {
        let customer = json!({ "id": "c1", "name": name });
        let case = json!({
            "now": NOW,
            "inputs": { "customer": customer },
            "proposals": [{ "id": name, "action": "call", "with": { "text": name } }],
        });
        self.place.write("shop/a.courtesy", PACKAGE);
        self.place.write(
            "old/a.courtesy",
            &PACKAGE.replace("never call\n", "only call\n  when customer.id is \"c2\"\n"),
        );
        self.place
            .write("tests/a.courtesy", &format!("{PACKAGE}\n{EXAMPLE}"));
        self.place
            .write("tests/customer.json", &customer.to_string());
        self.place.write("tests/c.case.json", &case.to_string());
        self.place.write("tests/c.decision.json", "{}\n");
        self.place.write("case.json", &case.to_string());
        self.place
            .write("record", &format!("{case}\n{{\"now\":{}}}\n", json!(name)));
    }

    fn fail(&mut self, name: &str, what: String) {
        self.place.tally.fail(format!("{name:?}"), what);
    }

    /// The parts that came from the record stand apart, and escaping them alone leaves the package's own text.
    fn library(&mut self, name: &str) {
        let package = Package::from_sources([("a.courtesy".to_string(), PACKAGE.into())]);
        let engine = package.engine().expect("the package checks");
        let case = json!({
            "now": NOW,
            "inputs": { "customer": { "id": "c1", "name": name } },
            "proposals": [{ "action": "call", "with": { "text": name } }],
        });
        let decision = engine
            .decide_json(case.to_string().as_bytes(), &CaseOptions::default())
            .expect("a case that fits");
        let shown: Vec<String> = texts(&decision)
            .iter()
            .map(|text| text.escaped(|_| "_".to_string()))
            .collect();
        let expected = [
            "_ (_) said no",
            "Good day, _!",
            "_ is new",
            "Dear _",
            "no _",
            "<b>_</b>",
            "it is _",
        ];
        self.place.tally.cases += 1;
        if shown != expected {
            self.fail(name, format!("the parts are {shown:?}"));
        }
    }

    /// What people read: each line is one of ours, and steers nothing.
    fn words(&mut self, name: &str) {
        let commands: [&[&str]; 6] = [
            &["decide", "shop", "--case", "case.json", "--format", "human"],
            &["decide", "shop", "--case", "case.json", "--explain"],
            &["decide", "shop", "--case", "case.json", "--explain=full"],
            &["test", "tests", "--coverage"],
            &[
                "apply",
                "shop",
                "--records",
                "record",
                "--now",
                NOW,
                "--out",
                "out",
            ],
            &[
                "diff",
                "old",
                "shop",
                "--records",
                "record",
                "--now",
                NOW,
                "--html",
                "page",
            ],
        ];
        for all in commands {
            let Run { printed, said, .. } = self.place.run(all);
            self.place.tally.cases += 1;
            for text in [printed, said] {
                if let Some(line) = text.split('\n').find(|line| line.chars().any(is_hidden)) {
                    self.fail(name, format!("{}: {line:?}", all.join(" ")));
                }
            }
        }
    }

    /// What programs read: JSON, a line each, in which the name stands as it was.
    fn json(&mut self, name: &str) {
        let Run { printed, .. } = self.place.run(&[
            "decide",
            "shop",
            "--case",
            "case.json",
            "--explain=full",
            "--format",
            "json",
        ]);
        let Run { printed: lines, .. } = self.place.run(&[
            "apply",
            "shop",
            "--records",
            "record",
            "--now",
            NOW,
            "--quarantine",
            "bad",
        ]);
        for text in [&printed, &lines] {
            self.place.tally.cases += 1;
            let decision: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            let greeting = decision["duties"][0]["with"]["text"].as_str();
            if greeting != Some(&format!("Good day, {name}!"))
                || decision["proposals"][0]["id"] != name
            {
                self.fail(name, format!("as JSON it is {greeting:?}"));
            }
        }
        let bad = self.place.read("bad");
        let kept: serde_json::Value = serde_json::from_str(&bad).unwrap_or_default();
        if lines.lines().count() != 1 || kept["record"] != format!("{{\"now\":{}}}", json!(name)) {
            self.fail(
                name,
                format!("{} decisions; kept {kept}", lines.lines().count()),
            );
        }
        let Run {
            printed: results, ..
        } = self.place.run(&["test", "tests", "--format", "json"]);
        if serde_json::from_str::<serde_json::Value>(&results).is_err() {
            self.fail(name, "the results of tests are no JSON".to_string());
        }
    }

    /// What a browser or a build server reads: the tags are ours, and no more of them than for an honest name.
    fn markup(&mut self, name: &str) {
        let page = self.place.read("page");
        let Run {
            printed: results, ..
        } = self.place.run(&["test", "tests", "--format", "junit"]);
        for text in [page, results] {
            self.place.tally.cases += 1;
            let hidden = text.split('\n').any(|line| line.chars().any(is_hidden));
            let foreign = ["<b>A", "<script", "<img", "onerror=\"", "]]>", "<!--"];
            let found = foreign.iter().find(|tag| text.contains(**tag));
            let balanced = text.matches('<').count() == text.matches('>').count();
            if text.is_empty() || hidden || found.is_some() || !balanced {
                self.fail(
                    name,
                    format!("hidden: {hidden}, {found:?}, balanced: {balanced}"),
                );
            }
        }
    }
}

/// Every text of a decision that a host could show.
fn texts(decision: &Decision) -> Vec<Text> {
    let mut texts = Vec::new();
    let because = |reasons: &[courtesy::Reason]| -> Vec<Text> {
        reasons
            .iter()
            .filter_map(|reason| reason.because.clone())
            .collect()
    };
    for proposal in decision.proposals() {
        texts.extend(because(&proposal.reasons));
    }
    for duty in decision.duties() {
        texts.extend(duty.with.iter().filter_map(|(_, value)| text(value)));
        texts.extend(because(&duty.reasons));
    }
    for withheld in decision.withheld() {
        texts.extend(
            withheld
                .duty
                .with
                .iter()
                .filter_map(|(_, value)| text(value)),
        );
        texts.extend(because(&withheld.against));
    }
    for reported in decision.reported() {
        texts.extend(reported.with.iter().filter_map(|(_, value)| text(value)));
        texts.extend(reported.because.clone());
    }
    texts
}

fn text(value: &Value) -> Option<Text> {
    match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}
