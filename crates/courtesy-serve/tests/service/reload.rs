//! A folder that changes while the service runs.

use super::support::{Folder, Serving, eventually};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

const FIRST: &str = "action greet\npolicy \"First\"\n  always greet\n";
const SECOND: &str = "action greet\npolicy \"Second\"\n  always greet\n";
const WRONG: &str = "action greet\npolicy \"Third\"\n  always great\n";
const CASE: &str = r#"{"now":"2026-11-23T10:00:00Z"}"#;

fn reason(serving: &Serving) -> String {
    let decision: Value = serving.decide(CASE).json().unwrap();
    decision["duties"][0]["reasons"][0]["policy"]
        .as_str()
        .unwrap()
        .to_string()
}

#[track_caller]
fn comes_to(serving: &Serving, title: &str) {
    let there = eventually(|| (reason(serving) == title).then_some(()));
    assert!(there.is_some(), "{title}: {}", serving.log());
}

#[test]
fn a_changed_package_is_taken_and_a_wrong_one_is_not() {
    let folder = Folder::of(FIRST);
    let serving = Serving::start(folder.path(), &[]);
    assert_eq!(reason(&serving), "First");
    folder.write(SECOND);
    comes_to(&serving, "Second");
    folder.write(WRONG);
    serving.wait_for_log("a.courtesy:3:10: `great` is not an action (unknown-action)");
    serving.wait_for_log("help: did you mean `greet`?");
    serving.wait_for_log("the package has errors; the one before it stays in force");
    assert_eq!(reason(&serving), "Second");
    assert_eq!(serving.get("/ready").status(), 200);
    let refused = serving.json("/package")["refused"].clone();
    assert_eq!(refused["diagnostics"][0]["code"], "unknown-action");
    assert_eq!(refused["diagnostics"][0]["line"], 3);
    assert_eq!(serving.metric("courtesy_package_refused"), 1.0);
    assert_eq!(
        serving.metric(r#"courtesy_package_loads_total{outcome="refused"}"#),
        1.0
    );
    // Back to what is in force: nothing is refused any more.
    folder.write(SECOND);
    let again = eventually(|| serving.json("/package")["refused"].is_null().then_some(()));
    assert!(again.is_some());
    assert_eq!(serving.metric("courtesy_package_refused"), 0.0);
    folder.write(FIRST);
    comes_to(&serving, "First");
    assert_eq!(
        serving.metric(r#"courtesy_package_loads_total{outcome="loaded"}"#),
        3.0
    );
}

#[test]
fn a_folder_that_cannot_be_read_leaves_the_package_in_force() {
    let folder = Folder::of(FIRST);
    let serving = Serving::start(folder.path(), &[]);
    fs::remove_file(folder.path().join("a.courtesy")).unwrap();
    serving.wait_for_log("no `*.courtesy` file in it; the package before it stays in force");
    assert_eq!(reason(&serving), "First");
    assert_eq!(
        serving.metric(r#"courtesy_package_loads_total{outcome="unreadable"}"#),
        1.0
    );
    assert!(!serving.json("/package")["refused"].is_null());
    folder.write(SECOND);
    comes_to(&serving, "Second");
}

#[test]
fn without_looks_of_its_own_it_looks_when_it_is_hung_up_on() {
    let folder = Folder::of(FIRST);
    let serving = Serving::start(folder.path(), &["--reload", "0"]);
    folder.write(SECOND);
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    assert_eq!(reason(&serving), "First");
    serving.signal("HUP");
    comes_to(&serving, "Second");
}

#[test]
fn under_load_every_case_is_decided_by_one_whole_package() {
    let folder = Folder::of(FIRST);
    let serving = Serving::start(folder.path(), &[]);
    let over = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut seen = BTreeMap::new();
                    while !over.load(Ordering::Relaxed) {
                        let response = serving.decide(CASE);
                        assert_eq!(response.status(), 200);
                        let decision: Value = response.json().unwrap();
                        let title = decision["duties"][0]["reasons"][0]["policy"]
                            .as_str()
                            .unwrap()
                            .to_string();
                        let package = decision["package"].as_str().unwrap().to_string();
                        *seen.entry((title, package)).or_insert(0) += 1;
                    }
                    seen
                })
            })
            .collect();
        for text in [SECOND, WRONG, FIRST, SECOND] {
            folder.write(text);
            let title = if text == FIRST { "First" } else { "Second" };
            if text == WRONG {
                serving.wait_for_log("unknown-action");
            }
            comes_to(&serving, title);
        }
        over.store(true, Ordering::Relaxed);
        let mut all = BTreeMap::new();
        for client in clients {
            all.extend(client.join().unwrap());
        }
        all
    });
    let titles: Vec<&str> = seen.keys().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["First", "Second"], "{seen:?}");
}
