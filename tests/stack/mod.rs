//! Nothing that is handed in takes more than a small stack: 256 KiB in a debug build, for reading, checking,
//! compiling, formatting, deciding and letting go again.

use courtesy::limits::{EXPANDED_DEPTH, NESTING};
use courtesy::{CaseOptions, Engine, Package};
use std::thread;

/// The stack of the thread in which everything is done.
const STACK: usize = 256 * 1024;

fn on_a_small_stack<T: Send + 'static>(name: &str, run: impl FnOnce() -> T + Send + 'static) -> T {
    on_a_stack_of(STACK, name, run)
}

fn on_a_stack_of<T: Send + 'static>(
    stack: usize,
    name: &str,
    run: impl FnOnce() -> T + Send + 'static,
) -> T {
    let thread = thread::Builder::new().stack_size(stack);
    let thread = thread.name(name.to_string()).spawn(run).unwrap();
    thread.join().expect("a thread that ends well")
}

const SCHEMA: &str = "type Purchase { item: Text  price: Number  tags: list of Text, at most 5 }\n\
    type Customer { id: Text  age: Number  vip: YesNo  purchases: list of Purchase, at most 5 }\n\
    input customer: Customer\naction upsell { item: Text  price: Number }\n";

const CASE: &[u8] =
    br#"{"now":"2026-11-23T10:00:00Z","inputs":{"customer":{"id":"a","age":5,"vip":true,
    "purchases":[{"item":"x","price":1,"tags":["t"]},{"item":"y","price":2,"tags":[]}]}},
    "proposals":[{"action":"upsell","with":{"item":"x","price":1}}]}"#;

fn decide(engine: &Engine) {
    let case = engine.read_case(CASE, &CaseOptions::default()).unwrap();
    let decision = engine.decide(&case);
    assert!(!decision.to_json().is_empty());
    assert!(!format!("{case:?}{decision:?}").is_empty());
    let (_, why) = engine.trace(&case);
    assert!(!why.to_text().is_empty() && !why.to_json().is_empty());
    let (counted, _) = engine.step_counter().decide(&case);
    assert_eq!(counted.to_json(), decision.to_json());
}

/// Everything that can be done with a text; whether it could be decided by.
fn everything(text: String) -> bool {
    let formatted = courtesy::format(&text);
    let file = |name: &str, text: &str| (name.to_string(), text.as_bytes().to_vec());
    let package = Package::from_sources([file("a.courtesy", &text), file("s.courtesy", SCHEMA)]);
    let report = package
        .diagnostics()
        .iter()
        .map(|found| courtesy::diagnostic::to_report(found, package.sources()));
    assert!(report.count() <= courtesy::limits::DIAGNOSTICS);
    assert!(!format!("{package:?}").is_empty());
    let engine = package.engine();
    engine.iter().for_each(decide);
    for example in package.examples() {
        let engine = engine.as_ref().unwrap();
        let result = example.run(engine, |_| Err("there are no files".into()));
        assert!(result.failures.len() < 2);
    }
    assert!(formatted.is_ok() || engine.is_none());
    engine.is_some()
}

/// Texts that are refused, whatever the depth.
fn refused(name: &'static str, text: impl Into<String>) {
    let text = text.into();
    let decided = on_a_small_stack(name, move || everything(text));
    assert!(!decided, "{name} is decided by");
}

/// Texts that are as deep as the language allows.
fn accepted(name: &'static str, text: impl Into<String>) {
    let text = text.into();
    let shown = text.clone();
    let decided = on_a_small_stack(name, move || everything(text));
    if !decided {
        let file = |name: &str, text: &str| (name.to_string(), text.as_bytes().to_vec());
        let package =
            Package::from_sources([file("a.courtesy", &shown), file("s.courtesy", SCHEMA)]);
        panic!(
            "{name}: {} {:?} {shown}",
            package.has_errors(),
            package.diagnostics().first()
        );
    }
}

fn policy(condition: &str) -> String {
    format!("policy \"p\"\n  never upsell\n  when {condition}\n")
}

/// `before` so often, a middle, `behind` as often.
fn around(times: usize, before: &str, middle: &str, behind: &str) -> String {
    format!("{}{middle}{}", before.repeat(times), behind.repeat(times))
}

#[test]
fn what_is_far_too_deep_is_refused() {
    const DEEP: usize = 2_000;
    for (name, before, middle, behind) in [
        ("round brackets", "(", "1", ")"),
        ("square brackets", "[", "1", "]"),
        ("braces", "{ a: ", "1", " }"),
        ("texts in texts", "\"{", "1", "}\""),
        ("not", "not ", "customer.vip", ""),
        ("if", "if customer.vip then ", "1", " else 1"),
        (
            "if in a condition",
            "if ",
            "customer.vip",
            " then yes else no",
        ),
        (
            "quantifiers",
            "any x in customer.purchases where (",
            "x.price is 1",
            ")",
        ),
        ("sums", "sum of (", "1", ") for x in customer.purchases"),
        ("calls", "f(", "1", ")"),
        ("lists of", "list of ", "Text", ""),
        ("otherwise", "1 otherwise ", "1", ""),
        ("open brackets", "(", "", ""),
        ("closed brackets", ")", "", ""),
        ("open braces", "{", "", ""),
        ("open texts", "\"{", "", ""),
    ] {
        let deep = around(DEEP, before, middle, behind);
        refused(name, policy(&format!("{deep} is 1")));
        refused(name, format!("define deep as {deep}\n"));
        refused(name, format!("type Deep {{ a: {deep} }}\n"));
        refused(
            name,
            format!("table t\n  | a: Number | gives Number |\n  | {deep} | {deep} |\n"),
        );
        refused(name, format!("example \"e\"\n  given customer is {deep}\n"));
        refused(name, deep);
    }
}

/// Ways to nest: a name, what stands before, in the middle and behind; how many levels that is, at the least.
const NESTED: [(&str, &str, &str, &str, u64); 6] = [
    ("brackets", "(", "customer.age", ")", 1),
    ("if", "(if customer.vip then ", "1", " else 2)", 2),
    ("texts", "(length of \"{", "customer.id", "}\")", 4),
    ("sums", "(1 + ", "customer.age", ")", 1),
    ("calls", "twice(", "customer.age", ")", 2),
    (
        "not",
        "(if not (customer.age is ",
        "1",
        ") then 1 else 2)",
        4,
    ),
];

/// The deepest of a kind that is read on a stack of that size, and how deep it is.
fn deepest(
    stack: usize,
    kind: (&'static str, &'static str, &'static str, &'static str, u64),
) -> usize {
    let (name, before, middle, behind, levels) = kind;
    let find = move || {
        (1..=NESTING.min((EXPANDED_DEPTH / levels) as usize - 3))
            .rev()
            .find(|depth| {
                let deep = around(*depth, before, middle, behind);
                courtesy::format(&policy(&format!("{deep} is 1"))).is_ok()
            })
    };
    on_a_stack_of(stack, name, find).unwrap()
}

/// What is as deep as can be read is decided on the same stack.
fn deepest_is_decided(stack: usize) {
    for kind in NESTED {
        let (name, before, middle, behind, _) = kind;
        let depth = deepest(stack, kind);
        let deep = around(depth, before, middle, behind);
        let text = format!(
            "define twice(n: Number) as n + n\n{}",
            policy(&format!("{deep} is 1"))
        );
        assert!(
            on_a_stack_of(stack, name, move || everything(text)),
            "{name}"
        );
    }
}

/// Definitions on one another, as deep together as the language allows.
fn deepest_definitions_are_decided(stack: usize) {
    for kind in NESTED {
        let (name, before, middle, behind, levels) = kind;
        let most = deepest(STACK, kind) - 1;
        let package = move |depth: usize| {
            let deep = |middle: &str| around(most.min(depth), before, middle, behind);
            let mut text = format!(
                "define twice(n: Number) as n + n\ndefine d0 as {}\n",
                deep(middle)
            );
            let mut number = 0;
            let mut left = depth.saturating_sub(most);
            while left > 0 && number < 14 {
                let below = match name {
                    "texts" => format!("(if d{number} is 1 then customer.id else \"b\")"),
                    _ => format!("d{number}"),
                };
                number += 1;
                let part = around(most.min(left), before, &below, behind);
                left -= most.min(left);
                text += &format!("define d{number} as {part}\n");
            }
            text + &policy(&format!("d{number} is 1"))
        };
        let fits = move |depth: &usize| {
            let file = |name: &str, text: &str| (name.to_string(), text.as_bytes().to_vec());
            let files = [
                file("a.courtesy", &package(*depth)),
                file("s.courtesy", SCHEMA),
            ];
            !Package::from_sources(files).has_errors()
        };
        let depth = on_a_stack_of(64 * STACK, name, move || {
            (1..=(EXPANDED_DEPTH / levels) as usize).rev().find(fits)
        })
        .unwrap();
        let text = package(depth);
        assert!(
            on_a_stack_of(stack, name, move || everything(text)),
            "{name}"
        );
    }
}

/// A debug build reads no more than about 12 levels on this stack, and says so instead of overflowing.
#[test]
fn what_is_as_deep_as_can_be_read_is_decided() {
    deepest_is_decided(STACK);
}

/// Four times the stack is enough for all that the language allows, in a debug build too.
#[test]
fn what_is_as_deep_as_may_be_is_decided() {
    let stack = 4 * STACK;
    assert_eq!(deepest(stack, NESTED[0]), NESTING);
    deepest_is_decided(stack);
}

/// Definitions on one another go deeper than what can be read at once.
#[test]
fn what_is_as_deep_as_definitions_may_make_it_is_decided() {
    deepest_definitions_are_decided(STACK);
}

#[test]
fn long_chains_and_long_lists_are_decided_or_refused() {
    const LONG: usize = 1_500;
    let joined = |part: &str, by: &str| vec![part; LONG].join(by);
    accepted("and", policy(&joined("customer.vip", " and ")));
    accepted("or", policy(&joined("customer.vip", " or ")));
    let list = joined("1", ", ");
    accepted("a list", policy(&format!("[{list}] contains customer.age")));
    accepted(
        "one of",
        policy(&format!("customer.age is one of ({list})")),
    );
    for (name, by) in [
        ("plus", " + "),
        ("minus", " - "),
        ("times", " * "),
        ("otherwise", " otherwise "),
    ] {
        refused(name, policy(&format!("{} is 1", joined("1", by))));
    }
    refused(
        "fields",
        policy(&format!("customer{} is 1", ".a".repeat(LONG))),
    );
    refused(
        "nots",
        policy(&format!("{}customer.vip", "not ".repeat(LONG))),
    );
    refused(
        "else if",
        policy(&format!(
            "({}1) is 1",
            "if customer.vip then 1 else ".repeat(LONG)
        )),
    );
    refused("comparisons", policy(&joined("1", " is ")));
    refused("clauses", policy(&joined("customer.vip", "\n  when ")));
    accepted(
        "words",
        policy(&format!("customer.id is \"{}\"", "a ".repeat(8_000))),
    );
    refused("a long word", "a".repeat(1_000_000));
    refused(
        "a long text",
        policy(&format!("customer.id is \"{}\"", "a".repeat(1_000_000))),
    );
    refused(
        "a long number",
        policy(&format!("customer.age is {}", "9".repeat(1_000_000))),
    );
    accepted(
        "a line of comments",
        format!("# {}\n", "#".repeat(1_000_000)),
    );
    let types: String = (0..1_500)
        .map(|number| format!("type T{number} {{ a: optional T{} }}\n", number + 1))
        .collect();
    accepted("types in types", types + "type T1500 { a: Text }\n");
    let types: String = (0..1_500)
        .map(|number| format!("type T{number} {{ a: T{} }}\n", number + 1))
        .collect();
    accepted(
        "needed types in types",
        types.clone() + "type T1500 { a: Text }\n",
    );
    refused("types in a circle", types + "type T1500 { a: T0 }\n");
    let defines: String = (0..1_500)
        .map(|number| format!("define d{number} as d{}\n", number + 1))
        .collect();
    refused("definitions", defines.clone() + "define d1500 as 1\n");
    refused("definitions in a circle", defines + "define d1500 as d0\n");
    let overrides: String = (0..1_000)
        .map(|number| {
            let verb = if number % 2 == 0 { "never" } else { "allow" };
            format!(
                "policy \"{number}\"\n  {verb} upsell\n  when customer.vip\n  overrides \"{}\"\n",
                number + 1
            )
        })
        .collect();
    let last = "policy \"1000\"\n  never upsell\n  when customer.vip\n";
    accepted("overrides", overrides + last);
}

#[test]
fn rubbish_is_refused_at_once() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let bytes: Vec<u8> = (0..10_000_000 / 8)
        .flat_map(|_| next().to_le_bytes())
        .collect();
    let letters: String = bytes
        .iter()
        .map(|byte| char::from(byte % 95 + 32))
        .collect();
    let pieces = letters.as_bytes().chunks(3_000_000).enumerate();
    let files: Vec<_> = pieces
        .map(|(number, piece)| (format!("{number}.courtesy"), piece.to_vec()))
        .collect();
    on_a_small_stack("rubbish", move || {
        let begun = std::time::Instant::now();
        let package = Package::from_sources([("a.courtesy".to_string(), bytes)]);
        assert!(package.engine().is_none());
        let package = Package::from_sources([("a.courtesy".to_string(), letters.into_bytes())]);
        assert!(package.engine().is_none());
        let whole = begun.elapsed();
        let package = Package::from_sources(files);
        assert!(package.engine().is_none());
        // Under 50 ms in a release build on an idle machine; far more is allowed here.
        assert!(whole.as_secs() < 20, "{whole:?}");
    });
}

/// The deepest JSON that fits, and JSON that never does.
#[test]
fn hostile_records_are_read_or_refused() {
    let schema = "type Tree { name: Text  inner: optional Tree  all: list of Tree }\ninput tree: Tree\naction greet\n";
    let engine = on_a_small_stack("tree", move || {
        let package = Package::from_sources([("a.courtesy".to_string(), schema.into())]);
        package.engine().unwrap()
    });
    let case =
        |tree: &str| format!(r#"{{"now":"2026-11-23T10:00:00Z","inputs":{{"tree":{tree}}}}}"#);
    let deep = |times| around(times, r#"{"name":"a","all":[],"inner":"#, "null", "}");
    let fits = |depth: &usize| {
        engine
            .read_case(case(&deep(*depth)).as_bytes(), &CaseOptions::default())
            .is_ok()
    };
    let deepest = (1..200).rev().find(fits).unwrap();
    assert!(deepest >= 32, "only {deepest}");
    let huge = "9".repeat(100_000);
    let lone = r#"{"name":"\ud800","all":[]}"#.to_string();
    let texts = [
        (case(&deep(deepest)), true),
        (case(&deep(100_000)), false),
        (case(&around(100_000, "[", "", "]")), false),
        (around(100_000, "[", "", "]"), false),
        (around(100_000, "{\"a\":", "1", "}"), false),
        (
            case(&format!(
                r#"{{"name":"a","all":[],"more":{}}}"#,
                around(100_000, "[", "", "]")
            )),
            true,
        ),
        (case(&format!(r#"{{"name":{huge},"all":[]}}"#)), false),
        (
            case(&format!(r#"{{"name":"a","all":[],"more":{huge}}}"#)),
            true,
        ),
        (
            case(&format!(r#"{{"name":"a","all":[],"more":1e{huge}}}"#)),
            true,
        ),
        (case(r#"{"name":"a","name":"b","all":[]}"#), false),
        (case(&lone), false),
        (case(r#"{"name":"a","all":[],"more":"\udc00\ud800"}"#), true),
        (
            case(&format!(
                r#"{{"name":"{}","all":[]}}"#,
                "a".repeat(5_000_000)
            )),
            true,
        ),
        (
            case(&format!(
                r#"{{"name":"a","all":[{}]}}"#,
                vec![r#"{"name":"a","all":[]}"#; 100_000].join(",")
            )),
            true,
        ),
    ];
    for (text, wanted) in texts {
        let engine = engine.clone();
        let shown: String = text.chars().take(100).collect();
        let found = on_a_small_stack("record", move || {
            let case = engine.read_case(text.as_bytes(), &CaseOptions::default());
            case.is_ok_and(|case| {
                !engine.decide(&case).to_json().is_empty() && !format!("{case:?}").is_empty()
            })
        });
        assert_eq!(found, wanted, "{shown}");
    }
}
