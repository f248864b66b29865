//! The stories decide as their snapshots say, and hostile files get answers.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a test reads files, and stops where it stands"
)]

use courtesy::{CaseOptions, Package};
use std::fs;
use std::path::Path;

fn package(folder: &Path) -> Package {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().to_string();
        if name.ends_with(".courtesy") {
            files.push((name, fs::read(entry.path()).expect("a file")));
        }
    }
    Package::from_sources(files)
}

#[test]
fn stories_decide_as_their_snapshots_say() {
    insta::glob!("../../examples", "*/*.case.json", |path| {
        let package = package(path.parent().expect("a folder"));
        assert!(!package.has_errors(), "{:?}", package.diagnostics());
        let engine = package.engine().expect("an engine");
        let case = fs::read(path).expect("a case");
        let decision = engine
            .decide_json(&case, &CaseOptions::default())
            .expect("a decision");
        insta::assert_snapshot!(decision.to_json_pretty());
    });
}

fn codes(text: &str) -> Vec<&'static str> {
    let file = ("a.courtesy".to_string(), text.as_bytes().to_vec());
    let package = Package::from_sources([file]);
    package
        .diagnostics()
        .iter()
        .map(|found| found.code.id())
        .collect()
}

#[test]
fn the_mistakes_of_several_declarations_come_in_one_run() {
    let text = "currency USD\ntype Customer { tier: Tier name: optional Text at: DateTime }\n\
        choice Tier { gold, vip }\ninput customer: Custmer\naction greet { text: Text }\n\
        policy \"a\"\n  never gret\n  wehn customer.tier == vip\npolicy \"b\"\n  \
        always greet with text: 5\n  when customer.tier is vpi\n  limit greet to 3\n";
    let found = codes(text);
    for code in [
        "unknown-type",
        "unknown-action",
        "syntax",
        "type-mismatch",
        "clause-twice",
    ] {
        assert!(found.contains(&code), "{code} is not among {found:?}");
    }
}

#[test]
fn hostile_files_get_an_answer_on_a_small_stack() {
    let work = || {
        assert_eq!(
            codes(&format!("define a as {}", "(".repeat(100_000))),
            ["too-deep"]
        );
        assert_eq!(codes(&"a".repeat(10_000_000)), ["file-too-large"]);
        assert!(
            !codes(&format!(
                "define a as {}1{}",
                "(".repeat(60),
                ")".repeat(59)
            ))
            .is_empty()
        );
        assert!(!codes("policy \"open").is_empty());
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work);
    thread.expect("a thread").join().expect("no overflow");
}
