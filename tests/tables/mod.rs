//! Decision tables: what is said about a bad one, what a good one decides, and both against brute force.

mod brute_force;

use crate::support::{codes, drawn, package, package_in, root};
use courtesy::CaseOptions;
use std::fs;

/// What every package of `messages` may use.
const SHOP: &str = include_str!("shop.schema");

#[test]
fn bad_tables_are_told_so() {
    insta::glob!("messages/*.courtesy", |path| {
        let text = fs::read_to_string(path).expect("a package");
        let package = package([("shop.courtesy", SHOP), ("table.courtesy", &text)]);
        assert!(package.has_errors(), "nothing is wrong with {path:?}");
        insta::assert_snapshot!(format!("{text}\n{}", drawn(&package)));
    });
}

#[test]
fn tables_decide_by_the_first_row_that_matches() {
    insta::glob!("decisions", "*/*.case.json", |path| {
        let folder = path.parent().expect("a folder");
        let package = package_in(folder);
        // A clock in the zone of a proposal is the one for which nobody can say until when.
        let expected: &[&str] = match folder.ends_with("clocks") {
            true => &["until-unknown"],
            false => &[],
        };
        assert_eq!(codes(&package), expected, "{:?}", package.diagnostics());
        let engine = package.engine().expect("an engine");
        let case = fs::read(path).expect("a case");
        let decision = engine
            .decide_json(&case, &CaseOptions::default())
            .expect("a decision");
        insta::assert_snapshot!(decision.to_json_pretty());
    });
}

/// What is said about a table beside the shop.
fn codes_of(text: &str) -> Vec<&'static str> {
    codes(&package([
        ("shop.courtesy", SHOP),
        ("table.courtesy", text),
    ]))
}

/// The fingerprint of a package with one table.
fn fingerprint(table: &str) -> String {
    let package = package([("shop.courtesy", SHOP), ("table.courtesy", table)]);
    assert!(!package.has_errors(), "{table}{:?}", codes(&package));
    let engine = package.engine().expect("an engine");
    let case = br#"{"now": "2026-11-24T10:00:00Z", "proposals": [], "inputs": {"customer":
        {"tier": "vip", "spent": "1.00", "visits": []}}}"#;
    let decision = engine
        .decide_json(case, &CaseOptions::default())
        .expect("a decision");
    let json: serde_json::Value =
        serde_json::from_str(&decision.to_json_pretty()).expect("a decision is JSON");
    json["package"].as_str().expect("a fingerprint").to_string()
}

#[test]
fn the_order_of_rows_is_part_of_the_fingerprint_and_their_drawing_is_not() {
    let first = "table t\n  | tier: Tier | gives Number |\n  | vip | 1 |\n  | vip or gold | 2 |\n  | anything | 3 |\n";
    let drawn = "table t # a comment\n|tier: Tier|gives Number|\n\n|vip|1|\n| vip or gold |2|\n|anything|3|";
    assert_eq!(fingerprint(first), fingerprint(drawn));
    let others = [
        "table t\n  | tier: Tier | gives Number |\n  | gold | 2 |\n  | vip | 1 |\n  | anything | 3 |\n",
        "table t\n  | tier: Tier | gives Number |\n  | vip | 1 |\n  | gold | 2 |\n  | anything | 3 |\n",
        "table t\n  | tier: Tier | gives Number |\n  | vip | 1 |\n  | vip or gold | 3 |\n  | anything | 2 |\n",
    ];
    let mut all: Vec<String> = others.map(fingerprint).to_vec();
    all.push(fingerprint(first));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 4);
}

#[test]
fn a_word_of_a_choice_in_a_cell_is_no_use_of_a_definition() {
    let text = "table gold\n | tier: Tier | gives Tier |\n | gold | gold |\n | anything | vip |\n\
        define monday as gold(vip)\n\
        table days\n | day: Weekday | gives Tier |\n | monday | monday |\n | anything | vip |\n";
    assert_eq!(codes_of(text), Vec::<&str>::new());
}

#[test]
fn a_table_may_give_what_may_be_missing() {
    let table = "table share\n | spent: Money | visits: Number | gives optional Money |\n\
        | anything | 0 | spent / visits |\n | anything | anything | spent |\n";
    let known = "policy \"A\"\n always credit with amount: (share(customer.spent, 2) otherwise 1 USD) rounded to 1 USD";
    let missing =
        "policy \"A\"\n always credit with amount: share(customer.spent, 2) rounded to 1 USD";
    assert_eq!(codes_of(&format!("{table}{known}")), Vec::<&str>::new());
    assert_eq!(codes_of(&format!("{table}{missing}")), ["may-be-missing"]);
}

#[test]
fn tables_are_bounded_in_rows_columns_depth_and_work() {
    let rows = |count: usize| {
        let rows: String = (1..count)
            .map(|row| format!("| {row} | {row} |\n"))
            .collect();
        format!("table t\n| n: Number | gives Number |\n{rows}| anything | 0 |\n")
    };
    assert_eq!(codes_of(&rows(1000)), Vec::<&str>::new());
    assert_eq!(codes_of(&rows(1001)), ["too-costly"]);

    let columns = |count: usize| {
        let head: String = (1..count)
            .map(|column| format!("| c{column}: YesNo "))
            .collect();
        let row = "| anything ".repeat(count - 1);
        format!("table t\n{head}| gives Number |\n{row}| 0 |\n")
    };
    assert_eq!(codes_of(&columns(64)), Vec::<&str>::new());
    assert_eq!(codes_of(&columns(65)), ["too-costly"]);

    let chain = |length: usize| {
        let tables = (1..length).map(|index| {
            let before = index - 1;
            format!("table t{index}\n| n: Number | gives Number |\n| anything | t{before}(n) |\n")
        });
        let first = "table t0\n| n: Number | gives Number |\n| anything | n |\n";
        format!("{first}{}", tables.collect::<String>())
    };
    assert_eq!(codes_of(&chain(16)), Vec::<&str>::new());
    assert_eq!(codes_of(&chain(17)), ["too-costly"]);

    let products = "table t\n| n: Number | gives Number |\n| anything | n * n * n * n * n * n * n * n * n |\n\
        define p(n: Number) as t(n) * t(n) * t(n) * t(n) * t(n) * t(n) * t(n) * t(n)\n";
    assert_eq!(codes_of(products), ["too-costly"]);
}

/// Each row leaves out one combination of three columns of many: whether together they leave any out is as hard
/// as satisfiability.
#[test]
fn a_table_whose_cover_is_too_hard_to_find_out_is_refused() {
    const COLUMNS: usize = 60;
    let mut state = 1_u64;
    let mut below = |end: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % end).expect("small")
    };
    let rows = (0..255).map(|_| {
        let mut cells = vec!["anything"; COLUMNS];
        for _ in 0..3 {
            cells[below(60)] = if below(2) == 0 { "yes" } else { "no" };
        }
        format!("| {} | 0 |\n", cells.join(" | "))
    });
    let head: String = (0..COLUMNS)
        .map(|column| format!("| c{column}: YesNo "))
        .collect();
    let rows: String = rows.collect();
    let small = "table z\n| n: YesNo | gives Number |\n| yes | 1 |\n| no | 1 |\n";
    let text = format!("table t\n{head}| gives Number |\n{rows}{small}");
    assert_eq!(codes_of(&text), ["too-costly"]);
}

/// The pages about tables: the wrong example gets that code and nothing else, the mended one nothing.
#[test]
fn the_pages_about_tables_show_what_they_say() {
    let folder = root("docs/codes");
    let mut shown = 0;
    for (code, title) in
        courtesy::diagnostic::codes().filter(|(code, _)| code.starts_with("table-"))
    {
        let page = fs::read_to_string(folder.join(format!("{code}.md"))).expect("a page");
        assert!(page.starts_with(&format!("# {code}: {title}\n")), "{code}");
        let mut examples = page.split("```courtesy\n").skip(1);
        let mut next = || {
            let fenced = examples.next().expect("an example");
            fenced.split("```").next().unwrap_or("").to_string()
        };
        let (wrong, mended) = (next(), next());
        assert_eq!(codes(&package([("a.courtesy", wrong.as_str())])), [code]);
        assert_eq!(
            codes(&package([("a.courtesy", mended.as_str())])),
            [""; 0],
            "{code}"
        );
        shown += 1;
    }
    assert_eq!(shown, 5);
}

#[test]
fn every_type_that_decides_may_be_a_column() {
    let text = "table t\n | a: DateTime | b: Duration | c: Timezone | d: Money EUR | gives Text |\n\
        | before 2026-11-20T10:00:00Z | at most 90 minutes | \"Europe/London\" or \"Europe/Berlin\" | 1 EUR to 2.50 EUR | \"x\" |\n\
        | 2026-11-20T10:00:00Z to 2026-11-20T10:00:00.000000001Z | more than 1 hour | anything | anything | \"y\" |\n\
        | on or after 2026-11-20T10:00:00Z | at most 1 hour | anything | anything | \"z\" |\n\
        | after 2026-11-20T10:00:00.000000001Z | anything | anything | anything | \"z\" |\n\
        | anything | anything | anything | anything | \"{a}: {b}, {c} or {d}\" |\n";
    assert_eq!(codes_of(text), Vec::<&str>::new());
    let full = "table t\n | a: DateTime | gives Number |\n\
        | on or before 2026-11-20T10:00:00Z | 1 |\n\
        | on or after 2026-11-20T10:00:00.000000001Z | 2 |\n";
    assert_eq!(codes_of(full), Vec::<&str>::new());
    let last =
        "table t\n | a: Date | gives Number |\n | before 9999-12-31 | 1 |\n | 9999-12-31 | 2 |\n";
    assert_eq!(codes_of(last), Vec::<&str>::new());
    let never =
        "table t\n | a: Date | gives Number |\n | after 9999-12-31 | 1 |\n | anything | 2 |\n";
    assert_eq!(codes_of(never), ["empty-range"]);
}
