//! Why a decision is as it is: files in, explanations out.

use crate::support::{case, engine, files, package, read_case, root};
use courtesy::{Case, CaseOptions, Decision, Engine, Explanation};
use std::fs;
use std::path::PathBuf;

fn of_text(text: &str, json: &str) -> (Engine, Case) {
    let engine = engine(&package([("a.courtesy", text)]));
    let case = case(&engine, json.as_bytes());
    (engine, case)
}

fn pretty(json: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    serde_json::to_string_pretty(&value).expect("JSON")
}

fn cases_below(folder: &str) -> Vec<PathBuf> {
    let folders = fs::read_dir(root(folder)).expect("a folder").flatten();
    let folders = folders.map(|folder| folder.path());
    let folders = folders.filter(|folder| folder.is_dir());
    let found = folders.flat_map(|folder| files(&folder, ".case.json"));
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    found
}

#[test]
fn stories_are_explained() {
    insta::glob!("../../examples", "*/*.case.json", |path| {
        let (engine, case) = read_case(path);
        let (_, outcomes) = engine.explain(&case);
        let (_, trace) = engine.trace(&case);
        insta::assert_snapshot!(format!("{}\n{}", outcomes.to_text(), trace.to_text()));
    });
}

#[test]
fn every_form_is_explained() {
    insta::glob!(".", "*/*.case.json", |path| {
        let (engine, case) = read_case(path);
        let (_, outcomes) = engine.explain(&case);
        let (_, trace) = engine.trace(&case);
        insta::assert_snapshot!(format!("{}\n{}", outcomes.to_text(), trace.to_text()));
    });
}

#[test]
fn every_verb_and_outcome_is_explained() {
    let chosen = "{dates/over,limits/money-duties-first,limits/vip-is-exempt-but-takes-room,\
        outcomes/too-little-left,outcomes/limited-and-blocked,ranking/ties-and-limits,\
        reports/nothing-is-enforced,desk/*,shares/*,single/higher-score-wins}.case.json";
    insta::glob!("../decisions", chosen, |path| {
        let (engine, case) = read_case(path);
        let (_, outcomes) = engine.explain(&case);
        let (_, trace) = engine.trace(&case);
        insta::assert_snapshot!(format!("{}\n{}", outcomes.to_text(), trace.to_text()));
    });
}

#[test]
fn explanations_are_json() {
    insta::glob!(".", "{keys/*,tables/vip}.case.json", |path| {
        let (engine, case) = read_case(path);
        let (decision, trace) = engine.trace(&case);
        insta::assert_snapshot!(decision.to_json_pretty_with(&trace));
    });
}

#[test]
fn how_policies_came_out_is_json() {
    for (folder, case) in [
        ("2-milk-frother", "name-known"),
        ("3-own-book", "co-author"),
    ] {
        let path = format!("examples/{folder}/{case}.case.json");
        let (engine, case) = read_case(&root(&path));
        let (_, outcomes) = engine.explain(&case);
        insta::assert_snapshot!(format!("{folder}-outcomes"), pretty(&outcomes.to_json()));
    }
}

/// The decision with the keys of an explanation taken away again.
fn without_explanation(json: &str) -> serde_json::Value {
    let mut value: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let taken = value.as_object_mut().expect("a record").remove("explain");
    assert!(taken.is_some(), "there is no explanation");
    value
}

#[test]
fn explaining_changes_no_byte_of_a_decision() {
    let mut cases = cases_below("examples");
    cases.extend(cases_below("tests/trace"));
    cases.extend(cases_below("tests/decisions"));
    assert!(cases.len() >= 25, "only {} cases", cases.len());
    for path in cases {
        let (engine, case) = read_case(&path);
        let plain = engine.decide(&case);
        let (explained, outcomes) = engine.explain(&case);
        let (traced, trace) = engine.trace(&case);
        let (observed, _) = engine.observe(&case);
        for other in [&explained, &traced, &observed] {
            assert_eq!(plain.to_json(), other.to_json(), "{}", path.display());
            assert_eq!(plain.fired(), other.fired(), "{}", path.display());
        }
        let expected: serde_json::Value = serde_json::from_str(&plain.to_json()).expect("JSON");
        for why in [&outcomes, &trace] {
            assert_eq!(expected, without_explanation(&plain.to_json_with(why)));
        }
    }
}

/// A program may fold such a reading away, or not: the policy is judged for each candidate all the same.
#[test]
fn a_reading_of_the_candidate_that_is_folded_away_is_explained_as_it_is_decided() {
    let text = "choice Channel { email, sms }\n\
        type Customer { id: Text }\ninput customer: Customer\n\
        action upsell { channel: Channel }\naction call\n\
        policy \"Never here\"\n  never upsell\n\
        when not (upsell.channel is one of (email, sms) and 0 hours is at least 1 second \
        and customer.id is \"amir\")\n\
        policy \"Never Amir\"\n  never upsell\n\
        when customer.id is \"amir\" or (upsell.channel is email and 0 is 1)\n";
    let head = "{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{\"customer\":{\"id\":\"amir\"}}";
    for (proposals, fired) in [
        ("", 0),
        (
            ",\"proposals\":[{\"action\":\"upsell\",\"with\":{\"channel\":\"sms\"}}]",
            2,
        ),
    ] {
        let (engine, case) = of_text(text, &format!("{head}{proposals}}}"));
        let plain = engine.decide(&case);
        assert_eq!(plain.fired().len(), fired);
        let (traced, _) = engine.trace(&case);
        assert_eq!(plain.to_json(), traced.to_json());
        assert_eq!(traced.fired(), plain.fired());
    }
}

/// Everything that an explanation is written as.
fn written(engine: &Engine, case: &Case) -> Vec<String> {
    let both: [(Decision, Explanation); 2] = [engine.explain(case), engine.trace(case)];
    both.iter()
        .flat_map(|(_, why)| [why.to_text(), why.to_json()])
        .collect()
}

#[test]
fn nothing_private_is_shown() {
    let (engine, case) = read_case(&root("tests/trace/forms/amir.case.json"));
    let decision = engine.decide(&case).to_json();
    assert!(
        decision.contains("canary"),
        "what is owed is declared output and may hold it"
    );
    for text in written(&engine, &case) {
        for secret in ["canary", "987654", "1975308", "1971"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let (_, trace) = engine.trace(&case);
    assert!(trace.to_text().contains("(private)"));
}

#[test]
fn a_private_zone_is_not_told() {
    let text = "timezone customer.zone\n\
        type Customer { id: Text  zone: Timezone, private  seen: DateTime }\n\
        input customer: Customer\naction greet { text: Text }\n\
        policy \"p\"\n  always greet with text: \"hello\"\n  by 1 day after now\n\
        when customer.seen is within last 2 days and date of customer.seen is before today\n";
    let case = "{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{\"customer\":{\"id\":\"a\",\
        \"zone\":\"Pacific/Kiritimati\",\"seen\":\"2026-11-22T09:30:00Z\"}}}";
    let (engine, case) = of_text(text, case);
    for text in written(&engine, &case) {
        for secret in ["Kiritimati", "23:30", "21 November"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let decision = engine.decide(&case);
    assert_eq!(decision.zone().name(), "Pacific/Kiritimati");
    let told = decision.to_text();
    assert!(
        !told.contains("Kiritimati") && told.contains("24 November 2026 at 10:00 (UTC)"),
        "{told}"
    );
}

#[test]
fn private_values_are_followed_through_lists_and_definitions() {
    let text = "type Card { number: Text, private  holder: Text }\n\
        type Customer { id: Text  cards: list of Card }\n\
        input customer: Customer\naction greet { text: Text }\naction call { text: Text }\n\
        define first_of(texts: list of Text) as (first of texts) otherwise \"none\"\n\
        define numbers as list of card.number for card in customer.cards\n\
        policy \"a\"\n  for each number in numbers\n  always greet with text: number\n\
        when any other in numbers where other is number\n\
        because \"{number}\"\n\
        policy \"b\"\n  always call with text: first_of(numbers)\n  on greet\n\
        when greet.text is not \"x\" and first_of(numbers) is not \"y\" and call_is(greet.text)\n\
        policy \"c\"\n  never call\n  when call.text is customer.id\n\
        define call_is(text: Text) as text is not \"z\"\n";
    let case = "{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{\"customer\":{\"id\":\"a\",\
        \"cards\":[{\"number\":\"canary-1\",\"holder\":\"Amir\"},{\"number\":\"canary-2\",\"holder\":\"Amir\"}]}}}";
    let (engine, case) = of_text(text, case);
    assert_eq!(engine.decide(&case).duties().len(), 4);
    for text in written(&engine, &case) {
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn long_lists_and_texts_are_cut_with_a_count() {
    let text = "type Customer { id: Text  scores: list of Number }\n\
        input customer: Customer\naction greet { text: Text }\n\
        policy \"any\"\n  always greet with text: \"hello\"\n\
        when any score in customer.scores where score is more than 2000\n\
        policy \"each\"\n  for each score in customer.scores\n  always greet with text: \"{score}\"\n\
        when score is more than 997 and customer.id is not \"x\" and customer.scores is not empty\n";
    let scores: Vec<String> = (0..1000).map(|score| score.to_string()).collect();
    let case = format!(
        "{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"customer\":{{\"id\":\"{}\",\"scores\":[{}]}}}}}}",
        "long ".repeat(1000),
        scores.join(",")
    );
    let (engine, case) = of_text(text, &case);
    let (_, outcomes) = engine.explain(&case);
    let (_, trace) = engine.trace(&case);
    let told = outcomes.to_text();
    let told: Vec<&str> = told
        .lines()
        .filter(|line| !line.contains("does not hold"))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    policies
      "each"
          and 948 more like this one
        for element 999: owes duty 1
        for element 1000: owes duty 2
    "#);
    let text = trace.to_text();
    assert!(text.contains("990 more do not pass"), "{text}");
    assert!(text.contains("(5000 characters)"), "{text}");
    assert!(text.contains("and 995 more"), "{text}");
    assert!(trace.to_json().len() < 200_000, "{}", trace.to_json().len());
}

#[test]
fn conditions_are_counted_by_side() {
    let text = "type Customer { id: Text  tags: list of Text }\n\
        input customer: Customer\naction greet { text: Text }\n\
        define known as customer.id is \"amir\" or customer.id is \"zoe\"\n\
        policy \"Greet\"\n  always greet with text: if known then \"hello\" else \"good day\"\n\
        when (any tag in customer.tags where tag is \"vip\" and tag is not \"x\")\n\
        unless customer.id is \"ben\"\n";
    let case = |id: &str, tags: &str| {
        format!(
            "{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"customer\":{{\"id\":\"{id}\",\"tags\":[{tags}]}}}}}}"
        )
    };
    let (engine, first) = of_text(text, &case("amir", "\"a\",\"vip\""));
    let (_, mut seen) = engine.observe(&first);
    insta::assert_snapshot!(table(&seen), @r#"
    Greet: fired true, silent false
    4 known, define: customer.id is "amir" or customer.id is "zoe" (yes true, no false)
    4 known, define: customer.id is "amir" (yes true, no false)
    4 known, define: customer.id is "zoe" (yes false, no false)
    7 Greet, when: any tag in customer.tags where … (yes true, no false)
    7 Greet, when: tag is "vip" and tag is not "x" (yes true, no true)
    7 Greet, when: tag is "vip" (yes true, no true)
    7 Greet, when: tag is not "x" (yes true, no false)
    8 Greet, unless: customer.id is "ben" (yes false, no true)
    6 Greet, with: known (yes true, no false)
    "#);
    let second = case("ben", "\"vip\"");
    let second = engine.read_case(second.as_bytes(), &CaseOptions::default());
    seen.merge(&engine.observe(&second.expect("a case")).1);
    insta::assert_snapshot!(table(&seen), @r#"
    Greet: fired true, silent true
    4 known, define: customer.id is "amir" or customer.id is "zoe" (yes true, no false)
    4 known, define: customer.id is "amir" (yes true, no false)
    4 known, define: customer.id is "zoe" (yes false, no false)
    7 Greet, when: any tag in customer.tags where … (yes true, no false)
    7 Greet, when: tag is "vip" and tag is not "x" (yes true, no true)
    7 Greet, when: tag is "vip" (yes true, no true)
    7 Greet, when: tag is not "x" (yes true, no false)
    8 Greet, unless: customer.id is "ben" (yes true, no true)
    6 Greet, with: known (yes true, no false)
    "#);
}

fn table(seen: &courtesy::Observations) -> String {
    let mut out = String::new();
    for (title, fired, silent) in seen.policies() {
        out.push_str(&format!("{title}: fired {fired}, silent {silent}\n"));
    }
    for found in seen.conditions() {
        let owner = found.policy.or(found.define).unwrap_or("");
        let (clause, line) = (found.clause.word(), found.place.line);
        let (holds, fails) = (found.holds, found.fails);
        out.push_str(&format!(
            "{line} {owner}, {clause}: {} (yes {holds}, no {fails})\n",
            found.text
        ));
    }
    out
}

#[test]
fn rows_of_tables_are_counted_whichever_result_is_asked_for() {
    let text = "choice Tier { standard < silver < gold }\n\
        type Customer { id: Text  tier: Tier }\ninput customer: Customer\n\
        action greet { text: Text }\naction call { at: Time  long: YesNo }\n\
        table words\n\
        | tier: Tier | gives Text |\n\
        | gold       | if customer.id is \"amir\" then \"dear\" else \"hello\" |\n\
        | anything   | \"hello\" |\n\
        table hours\n\
        | tier: Tier | friend: YesNo | gives at: Time | gives long: YesNo |\n\
        | gold       | anything      | 09:00 | yes |\n\
        | silver or  standard | yes   | 10:00 | no | # a comment | that is no cell\n\
        | anything   | anything      | 11:00 | no |\n\
        policy \"Greet\"\n  always greet with text: words(customer.tier)\n\
        policy \"Call\"\n  always call with at: hours(customer.tier, yes).at, long: hours(gold, no).long\n";
    let case = "{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{\"customer\":{\"id\":\"amir\",\
        \"tier\":\"silver\"}}}";
    let (engine, case) = of_text(text, case);
    let (_, seen) = engine.observe(&case);
    let rows = seen.rows();
    let rows = rows.iter().map(|row| {
        let line = row.place.line;
        format!("{line} {} {} {}", row.table, row.text, row.matched)
    });
    let rows: Vec<String> = rows.collect();
    insta::assert_snapshot!(rows.join("\n"), @"
    8 words | gold | false
    9 words | anything | true
    12 hours | gold | anything | true
    13 hours | silver or standard | yes | true
    14 hours | anything | anything | false
    ");
    insta::assert_snapshot!(table(&seen), @r#"
    Call: fired true, silent false
    Greet: fired true, silent false
    8 words, define: customer.id is "amir" (yes false, no false)
    18 Call, with: hours(gold, no).long (yes true, no false)
    "#);
}

#[test]
fn what_a_private_value_chose_of_a_table_is_not_shown() {
    let text = "type Customer { id: Text  age: Number, private  points: Number }\n\
        input customer: Customer\naction greet { text: Text }\n\
        table words\n\
        | age: Number  | points: Number | gives Text      |\n\
        | less than 18 | anything       | \"canary {age}\" |\n\
        | anything     | at least 4712  | \"canary-2\"    |\n\
        | anything     | anything       | \"canary-3\"    |\n\
        policy \"Greet\"\n  always greet with text: words(customer.age, customer.points)\n";
    for (age, row) in [
        ("17", "| less than 18 | anything | (private) |"),
        ("97531", "| anything | anything | (private) |"),
    ] {
        let case = format!(
            "{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"customer\":{{\"id\":\"a\",\
            \"age\":{age},\"points\":4711}}}}}}"
        );
        let (engine, case) = of_text(text, &case);
        assert!(engine.decide(&case).to_json().contains("canary"));
        for text in written(&engine, &case) {
            for secret in ["canary", "97531"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
        let told = engine.trace(&case).1.to_text();
        assert!(told.contains(row), "{told}");
        assert!(told.contains("age: (private), points: 4711"), "{told}");
    }
}

#[test]
fn deep_conditions_are_observed_on_a_small_stack() {
    let deep = (0..20).fold("customer.yes".to_string(), |inner, _| {
        format!("not (customer.no or ({inner}))")
    });
    let text = format!(
        "type Customer {{ yes: YesNo  no: YesNo }}\ninput customer: Customer\naction greet\n\
        policy \"p\"\n  always greet\n  when {deep}\n"
    );
    let case =
        "{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{\"customer\":{\"yes\":true,\"no\":false}}}";
    let work = move || {
        let (engine, case) = of_text(&text, case);
        let (decision, trace) = engine.trace(&case);
        assert_eq!(decision.duties().len(), 1);
        assert!(trace.to_json().len() > 1000);
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work);
    thread.expect("a thread").join().expect("no overflow");
}
