//! Private fields reach only what is declared to go out: the `with` and `because` of a decision, and the quarantine's
//! own copy of a record that does not fit.
//!
//! Input: the built command. A case with a canary in every private field, of every type and in every place, goes
//! through every command that prints; then records and cases in which each private field in turn does not fit. No
//! canary may stand in anything that is printed, in any of the forms in which its value could be written. What
//! `until` says of a private time is part of the decision and left out of the search.

mod misfits;
mod words;

use super::Tally;
use super::workplace::{Run, Workplace};
use courtesy::{CaseOptions, Engine, Package};
use misfits::misfits;
use serde_json::{Value, json};
use std::path::Path;
use words::canaries_in;

const READS: &str = include_str!("reads.courtesy");
const SAYS: &str = include_str!("says.courtesy");
const EXAMPLES: &str = include_str!("examples.courtesy");
const CUSTOMER: &str = include_str!("customer.json");

const NOW: &str = "2026-11-23T10:00:00Z";

/// Runs the job.
#[must_use]
pub fn run(command: &Path) -> Tally {
    let mut search = Search {
        place: Workplace::new(command),
    };
    search.lay_out();
    search.decisions();
    search.tests();
    let misfits = misfits(&customer());
    search.misfits(&misfits);
    search.misfit_cases(&misfits);
    search.what_is_declared();
    search.what_hosts_log();
    search.place.tally
}

fn customer() -> Value {
    serde_json::from_str(CUSTOMER).expect("a customer is JSON")
}

fn case() -> Value {
    json!({
        "now": NOW,
        "inputs": { "customer": customer() },
        "proposals": [
            { "id": "p1", "action": "call", "with": { "secret": "canary-secret-77", "open": "open" } },
        ],
    })
}

fn engine() -> Engine {
    let package = Package::from_sources([("a.courtesy".to_string(), READS.into())]);
    package.engine().expect("the package checks")
}

/// A message without what the schema lists: it is no one's.
fn without_the_schema(message: &str) -> String {
    message.replace("`quiet`, `Canary Mood 17` or `loud`", "")
}

struct Search {
    place: Workplace,
}

impl Search {
    fn lay_out(&self) {
        self.place.write("reads/reads.courtesy", READS);
        self.place.write("reads/customer.json", CUSTOMER);
        self.place.write("says/says.courtesy", SAYS);
        self.place.write(
            "fewer/fewer.courtesy",
            &READS.replace("visits is more than 2", "visits is more than 99999"),
        );
        self.place.write("case.json", &case().to_string());
        self.place.write("record", &customer().to_string());
        self.place
            .write("proposals", &case()["proposals"].to_string());
    }

    /// Runs a command line that must end with this code and tell no canary.
    fn tells_nothing(&mut self, arguments: &[&str], code: i32) {
        let run = self.place.run(arguments);
        let line = arguments.join(" ");
        if run.code != Some(code) {
            self.place.tally.fail(
                line.as_str(),
                format!("ended with {:?}: {}", run.code, run.said),
            );
        }
        self.nothing_in(&line, &run.printed);
        self.nothing_in(&line, &without_the_schema(&run.said));
    }

    fn nothing_in(&mut self, line: &str, text: &str) {
        self.place.tally.cases += 1;
        for canary in canaries_in(text) {
            let around = text
                .lines()
                .find(|line| line.contains(canary))
                .unwrap_or("");
            self.place
                .tally
                .fail(line, format!("`{canary}` in {around}"));
        }
    }

    fn decisions(&mut self) {
        let decide = ["decide", "reads", "--case", "case.json"];
        for more in [
            &[][..],
            &["--format", "human"],
            &["--explain"],
            &["--explain=full"],
            &["--explain", "--format", "json"],
            &["--explain=full", "--format", "json"],
        ] {
            self.tells_nothing(&[&decide[..], more].concat(), 0);
        }
        let apply = [
            "apply",
            "reads",
            "--records",
            "record",
            "--as",
            "customer",
            "--now",
            NOW,
        ];
        self.tells_nothing(&apply, 0);
        self.tells_nothing(
            &[&apply[..], &["--summary", "summary", "--out", "out"]].concat(),
            0,
        );
        for name in ["summary", "out"] {
            let text = self.place.read(name);
            self.nothing_in(name, &text);
        }
        let diff = [
            "diff",
            "fewer",
            "reads",
            "--records",
            "record",
            "--as",
            "customer",
            "--now",
            NOW,
            "--propose",
            "proposals",
        ];
        self.tells_nothing(&[&diff[..], &["--html", "page"]].concat(), 1);
        self.tells_nothing(&[&diff[..], &["--format", "json"]].concat(), 1);
        let page = self.place.read("page");
        self.nothing_in("page", &page);
        self.tells_nothing(&["check", "reads"], 0);
        self.tells_nothing(&["check", "reads", "--format", "json"], 0);
    }

    /// Examples that fail, cases without their decision, and what nothing covers.
    fn tests(&mut self) {
        self.place.write("reads/examples.courtesy", EXAMPLES);
        self.place
            .write("reads/amir.case.json", &case().to_string());
        self.place.write("reads/amir.decision.json", "{}\n");
        let misfit = misfits(&customer()).swap_remove(0);
        self.place.write("reads/misfit.json", &misfit.to_string());
        for format in ["human", "json", "junit"] {
            self.tells_nothing(&["test", "reads", "--coverage", "--format", format], 1);
        }
        for name in ["examples.courtesy", "amir.case.json", "amir.decision.json"] {
            self.place.remove(&format!("reads/{name}"));
        }
    }

    /// Records that do not fit because of a private field: in the quarantine, and on stderr where there is none.
    fn misfits(&mut self, records: &[String]) {
        self.place.write("misfits", &records.join("\n"));
        let apply = [
            "apply",
            "reads",
            "--records",
            "misfits",
            "--as",
            "customer",
            "--now",
            NOW,
        ];
        self.tells_nothing(&apply, 3);
        self.tells_nothing(&[&apply[..], &["--quarantine", "bad"]].concat(), 3);
        let bad = self.place.read("bad");
        let kept: Vec<Value> = bad
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        if kept.len() != records.len() {
            self.place.tally.fail(
                "misfits",
                format!("{} of {} were kept", kept.len(), records.len()),
            );
        }
        for (kept, record) in kept.iter().zip(records) {
            if kept["record"] != *record {
                self.place
                    .tally
                    .fail(record.as_str(), format!("{} was kept", kept["record"]));
            }
            for key in ["code", "path", "message"] {
                self.nothing_in(record, &without_the_schema(&kept[key].to_string()));
            }
        }
    }

    /// The same as whole cases, as a host gets them.
    fn misfit_cases(&mut self, records: &[String]) {
        let engine = engine();
        for record in records {
            let case = format!(r#"{{"now":"{NOW}","inputs":{{"customer":{record}}}}}"#);
            match engine.read_case(case.as_bytes(), &CaseOptions::default()) {
                Ok(_) => self.place.tally.fail(record.as_str(), "it fits"),
                Err(misfit) => {
                    self.nothing_in(record, &without_the_schema(&format!("{misfit} {misfit:?}")))
                }
            }
        }
        self.place.write(
            "case",
            &format!(
                r#"{{"now":"{NOW}","inputs":{{"customer":{}}}}}"#,
                records[0]
            ),
        );
        self.tells_nothing(&["decide", "reads", "--case", "case", "--explain"], 2);
    }

    /// What `with` and `because` say goes out, and nowhere else.
    fn what_is_declared(&mut self) {
        let case = json!({
            "now": NOW,
            "inputs": { "customer": { "id": "c1", "name": "canary-name-61" } },
            "proposals": [{ "action": "call", "with": { "secret": "canary-secret-77" } }],
        });
        self.place.write("says.json", &case.to_string());
        let Run { printed, said, .. } = self.place.run(&[
            "decide",
            "says",
            "--case",
            "says.json",
            "--explain=full",
            "--format",
            "json",
        ]);
        self.nothing_in("decide says", &said);
        let mut decision: Value = serde_json::from_str(&printed).unwrap_or_default();
        let told = take_out_declared(&mut decision);
        if told < 4 {
            self.place.tally.fail(
                "decide says",
                format!("only {told} texts hold the name: {printed}"),
            );
        }
        self.nothing_in("decide says", &decision.to_string());
    }

    /// What a host may write into its log without thinking.
    fn what_hosts_log(&mut self) {
        let engine = engine();
        let options = CaseOptions {
            now: None,
            inputs: vec![("customer".to_string(), CUSTOMER.into())],
        };
        self.nothing_in("options", &format!("{options:?}"));
        let json = case().to_string();
        let case = engine
            .read_case(json.as_bytes(), &options)
            .expect("a case that fits");
        self.nothing_in("a case", &format!("{case:?} {case:#?}"));
        self.nothing_in(
            "an input",
            &format!("{:?}", case.input(courtesy::schema::InputId(0))),
        );
        self.nothing_in("a decision", &format!("{:?}", engine.decide(&case)));
        self.nothing_in("an explanation", &format!("{:?}", engine.trace(&case).1));
    }
}

/// Takes `with` and `because` of a decision away, its explanation aside; how many of them tell a canary.
fn take_out_declared(decision: &mut Value) -> usize {
    let mut told = 0;
    for list in ["proposals", "duties", "withheld", "reported"] {
        let entries = decision[list].as_array_mut();
        for entry in entries.into_iter().flatten() {
            let mut parts = vec![entry["with"].take(), entry["because"].take()];
            for reason in entry["reasons"].as_array_mut().into_iter().flatten() {
                parts.push(reason["because"].take());
            }
            told += parts
                .iter()
                .filter(|part| !canaries_in(&part.to_string()).is_empty())
                .count();
        }
    }
    told
}
