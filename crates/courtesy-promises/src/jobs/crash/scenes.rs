//! What the command is asked to do while it is disturbed: everything that writes files.

use super::folder::Tree;

/// A command line, and what stands in the folder before.
pub(super) struct Scene {
    pub(super) name: &'static str,
    pub(super) arguments: Vec<&'static str>,
    pub(super) before: Tree,
    /// The exit code of a run that nothing disturbs.
    pub(super) code: i32,
    /// Further exit codes that a second run may end with, where the first had finished its work.
    pub(super) done_already: &'static [i32],
}

const SCHEMA: &str = "\
type Customer {
  id: Text
  age: Number
}

input customer: Customer

action greet { text: Text }
";

const POLICIES: &str = "\
policy \"Greet the old\"
  always greet with text: \"Good day, {customer.id}!\"
  when customer.age is at least 65
";

const UNTIDY: &str = "action   call\npolicy \"Quiet\"   never call   # for now\n";

const CASE: &str =
    "{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{\"customer\":{\"id\":\"amir\",\"age\":70}}}\n";

const APPLY: [&str; 14] = [
    "apply",
    "shop",
    "--records",
    "records",
    "--as",
    "customer",
    "--now",
    "2026-11-23T10:00:00Z",
    "--out",
    "out",
    "--quarantine",
    "bad",
    "--summary",
    "summary",
];

const DIFF: [&str; 11] = [
    "diff",
    "old",
    "shop",
    "--records",
    "records",
    "--as",
    "customer",
    "--now",
    "2026-11-23T10:00:00Z",
    "--html",
    "page",
];

/// All of them; `apply` more than once.
pub(super) fn scenes() -> Vec<Scene> {
    let earlier = [
        ("out", "of an earlier run\n"),
        ("bad", ""),
        ("summary", "{}\n"),
    ];
    vec![
        apply("apply", 30, &[]),
        apply("apply over an earlier run", 30, &earlier),
        Scene {
            name: "fmt",
            arguments: vec!["fmt", "shop"],
            before: tree(&[
                ("shop/b.courtesy", UNTIDY),
                ("shop/c.courtesy", &UNTIDY.replace("call", "write")),
            ]),
            code: 0,
            done_already: &[],
        },
        Scene {
            name: "test --accept",
            arguments: vec!["test", "shop", "--accept"],
            before: tree(&[
                ("shop/b.case.json", CASE),
                ("shop/c.case.json", &CASE.replace("70", "7")),
                ("shop/c.decision.json", "{}\n"),
            ]),
            code: 0,
            done_already: &[],
        },
        Scene {
            name: "diff",
            arguments: DIFF.to_vec(),
            before: tree(&[
                ("old/a.courtesy", SCHEMA),
                ("records", "{\"id\":\"c1\",\"age\":70}\n"),
                ("page", "of an earlier run\n"),
            ]),
            // The decisions are not the same.
            code: 1,
            done_already: &[],
        },
        Scene {
            name: "new",
            arguments: vec!["new", "deep/er"],
            before: Tree::new(),
            code: 0,
            // The package stands there already.
            done_already: &[2],
        },
    ]
}

/// `apply` to so many records, one in 25 of which does not fit.
pub(super) fn apply(name: &'static str, records: u64, earlier: &[(&str, &str)]) -> Scene {
    let lines = (1..=records).map(|number| {
        let age = if number % 25 == 0 {
            "\"?\"".to_string()
        } else {
            (number % 100).to_string()
        };
        format!("{{\"id\":\"c{number}\",\"age\":{age}}}\n")
    });
    let mut before = tree(earlier);
    before.insert(
        "records".to_string(),
        lines.collect::<String>().into_bytes(),
    );
    Scene {
        name,
        arguments: APPLY.to_vec(),
        before,
        code: 3,
        done_already: &[],
    }
}

fn tree(files: &[(&str, &str)]) -> Tree {
    let package = [
        ("shop/", ""),
        ("shop/a.courtesy", SCHEMA),
        ("shop/policies.courtesy", POLICIES),
    ];
    let files = package.iter().chain(files);
    files
        .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
        .collect()
}

/// What is wrong with the outputs of a whole run of `apply`: records in are decisions and quarantined ones.
pub(super) fn books(whole: &Tree) -> Option<String> {
    let lines = |name: &str| {
        let bytes = whole.get(name).map_or(&[][..], Vec::as_slice);
        bytes.iter().filter(|byte| **byte == b'\n').count() as u64
    };
    let summary: serde_json::Value =
        serde_json::from_slice(whole.get("summary")?).expect("a summary is JSON");
    let counted = ["records", "decided", "quarantined"].map(|key| summary[key].as_u64());
    let written = [lines("records"), lines("out"), lines("bad")];
    let balanced = counted == written.map(Some) && written[0] == written[1] + written[2];
    (!balanced).then(|| format!("the summary says {counted:?}, the files have {written:?}"))
}
