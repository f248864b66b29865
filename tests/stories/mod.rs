//! The stories decide as their snapshots say, and hostile files get answers.

use crate::support::{self, package, read_case};

#[test]
fn stories_decide_as_their_snapshots_say() {
    insta::glob!("../../examples", "*/*.case.json", |path| {
        let (engine, case) = read_case(path);
        let decision = engine.decide(&case);
        insta::assert_snapshot!(decision.to_json_pretty());
    });
}

fn codes(text: &str) -> Vec<&'static str> {
    support::codes(&package([("a.courtesy", text)]))
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
