//! `courtesy test`.

use super::support::Place;
use std::fs;

const EXAMPLES: &str = "\
example \"children are sold nothing\"
  given now is 2026-11-23T10:00:00Z
  given customer is { id: \"c1\", age: 17 }
  propose \"p1\": sell with what: \"a car\"
  expect \"p1\" blocked by \"Never sell to children\"
  expect nothing else

example \"the old are greeted\"
  given now is 2026-11-23T10:00:00Z
  given customer from \"old.json\" with age: 65
  expect greet with text: \"Good day, c9!\"
  expect nothing else
";

const TABLE: &str = "\
table words
  | age: Number  | gives Number |
  | less than 18 | 1            |
  | 18 to 69     | 2            |
  | anything     | 3            |

policy \"Rather the young\"
  prefer greet by words(customer.age)
";

const CASE: &str = r#"{ "now": "2026-11-23T10:00:00Z",
  "inputs": { "customer": { "id": "c2", "age": 70 } },
  "proposals": [ { "id": "p1", "action": "sell", "with": { "what": "a car" } } ] }"#;

/// A package whose examples hold.
fn place() -> Place {
    let place = Place::new();
    place.write("shop/examples.courtesy", EXAMPLES);
    place.write("shop/old.json", r#"{ "id": "c9", "age": 1 }"#);
    place
}

#[test]
fn examples_that_hold_are_counted() {
    let run = place().run(&["test", "shop"]).ends_with(0);
    assert_eq!(
        run.stdout,
        "ok      children are sold nothing\nok      the old are greeted\n\n2 passed, 0 failed\n"
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn an_example_that_does_not_hold_is_told_with_its_place_and_its_values() {
    let place = place();
    place.write(
        "shop/examples.courtesy",
        EXAMPLES.replace("age: 17", "age: 18").replace("c9!", "c8!"),
    );
    let run = place.run(&["test", "shop"]).ends_with(1);
    assert_eq!(
        run.stdout,
        "\
FAILED  children are sold nothing
        shop/examples.courtesy:5
          expected \"p1\" blocked by \"Never sell to children\"
          found    \"p1\" is allowed, rank 1
FAILED  the old are greeted
        shop/examples.courtesy:11
          expected greet with text: \"Good day, c8!\"
          found    duty 1: greet with text: \"Good day, c9!\"
                   its text is \"Good day, c9!\"
        shop/examples.courtesy:12
          expected nothing else
          found    greet with text: \"Good day, c9!\"
                   owed by \"Always greet the old\"

0 passed, 2 failed
"
    );
}

#[test]
fn a_file_that_is_not_there_fails_its_example_alone() {
    let place = place();
    fs::remove_file(place.path("shop/old.json")).unwrap();
    let run = place.run(&["test", "shop"]).ends_with(1);
    assert!(
        run.stdout.contains("found    cannot read `shop/old.json`"),
        "{run:#?}"
    );
    assert!(run.stdout.ends_with("1 passed, 1 failed\n"), "{run:#?}");
}

#[test]
fn decisions_are_accepted_compared_and_missed() {
    let place = place();
    place.write("shop/cases/old.case.json", CASE);
    let run = place.run(&["test", "shop"]).ends_with(1);
    assert!(
        run.stdout
            .contains("shop/cases/old.decision.json\n          expected an accepted decision"),
        "{run:#?}"
    );
    place
        .run(&["test", "shop", "--accept"])
        .ends_with(0)
        .says("1 decision written");
    let accepted = String::from_utf8(place.read("shop/cases/old.decision.json")).unwrap();
    assert!(
        accepted.starts_with("{\n  \"now\": \"2026-11-23T10:00:00Z\",\n"),
        "{accepted}"
    );
    assert!(!accepted.contains("\"package\""));
    place.run(&["test", "shop"]).ends_with(0);

    // Another policy changes the fingerprint, and no decision.
    place.write(
        "shop/more.courtesy",
        "policy \"Never greet the young\"\n  never greet\n  when customer.age is less than 1\n",
    );
    place
        .run(&["test", "shop", "--filter", "case"])
        .ends_with(0);

    place.write(
        "shop/policies.courtesy",
        String::from_utf8(place.read("shop/policies.courtesy"))
            .unwrap()
            .replace("Good day", "Welcome"),
    );
    let run = place
        .run(&["test", "shop", "--filter", "OLD.CASE"])
        .ends_with(1);
    assert!(run.stdout.contains("\n            -        \"text\": \"Good day, c2!\"\n            +        \"text\": \"Welcome, c2!\"\n"), "{run:#?}");
    assert!(!run.stdout.contains('\u{1b}'), "colour outside a terminal");
    assert!(run.stdout.ends_with("0 passed, 1 failed\n"), "{run:#?}");

    fs::remove_file(place.path("shop/cases/old.case.json")).unwrap();
    let run = place
        .run(&["test", "shop", "--filter", "case", "--accept"])
        .ends_with(1);
    assert!(
        run.stdout
            .contains("expected its case in shop/cases/old.case.json"),
        "{run:#?}"
    );
}

#[test]
fn a_decision_that_decide_printed_is_taken_without_its_fingerprint() {
    let place = place();
    place.write("shop/old.case.json", CASE);
    let printed = place.run(&["decide", "shop", "--case", "shop/old.case.json"]);
    assert!(printed.stdout.contains("\"package\""));
    place.write(
        "shop/old.decision.json",
        printed.stdout.replace('\n', "\r\n"),
    );
    place.run(&["test", "shop"]).ends_with(0);
}

#[test]
fn a_case_that_does_not_fit_fails_and_is_never_accepted() {
    let place = place();
    place.write("shop/old.case.json", CASE.replace("70", "\"seventy\""));
    let run = place.run(&["test", "shop", "--accept"]).ends_with(1);
    assert!(run.stdout.contains("$.inputs.customer.age"), "{run:#?}");
    assert!(!place.path("shop/old.decision.json").exists());
}

#[test]
fn no_test_is_no_success() {
    let place = Place::new();
    place
        .run(&["test", "shop"])
        .ends_with(1)
        .says("`shop` has no tests; write one in a policy file")
        .says("propose \"p1\": greet");
    place
        .run(&["test", "shop", "--filter", "nothing"])
        .ends_with(1)
        .says("no test of `shop` has `nothing`");
    place.write("shop/policies.courtesy", "policy \"Wrong\"\n  never fly\n");
    place
        .run(&["test", "shop"])
        .ends_with(1)
        .says("`fly` is not an action");
    place.run(&["test", "nowhere"]).ends_with(2);
}

#[test]
fn a_filter_looks_at_titles_and_files_in_any_case() {
    let run = place()
        .run(&["test", "shop", "--filter", "THE OLD"])
        .ends_with(0);
    assert_eq!(
        run.stdout,
        "ok      the old are greeted\n\n1 passed, 0 failed\n"
    );
    let run = place()
        .run(&["test", "shop", "--filter", "examples.courtesy"])
        .ends_with(0);
    assert!(run.stdout.ends_with("2 passed, 0 failed\n"));
}

#[test]
fn coverage_names_policies_seen_on_one_side_only() {
    let run = place().run(&["test", "shop", "--coverage"]).ends_with(0);
    assert!(
        run.stdout
            .contains("coverage: 2 of 2 policies seen both to fire and not to, 2 of 2 conditions both to hold and to fail\n"),
        "{run:#?}"
    );
    let one = ["test", "shop", "--filter", "children", "--coverage"];
    let run = place().run(&one).ends_with(0);
    assert!(
        run.stdout.contains(
            "coverage: 0 of 2 policies seen both to fire and not to, 0 of 2 conditions both to hold and to fail\n  \
             shop/policies.courtesy:1: \"Never sell to children\" fired in every test\n  \
             shop/policies.courtesy:6: \"Always greet the old\" never fired\n  \
             shop/policies.courtesy:3: `customer.age is less than 18` never failed\n  \
             shop/policies.courtesy:8: `customer.age is at least 65` never held\n"
        ),
        "{run:#?}"
    );
    let most = [
        "test",
        "shop",
        "--filter",
        "children",
        "--uncovered-policies",
    ];
    place().run(&[&most[..], &["2"]].concat()).ends_with(0);
    place()
        .run(&[&most[..], &["1"]].concat())
        .ends_with(1)
        .says("2 policies not covered, at most 1 may be");
    let conditions = ["test", "shop", "--uncovered-conditions", "0"];
    place().run(&conditions).ends_with(0);
    place()
        .run(&[&conditions[..], &["--filter", "children"]].concat())
        .ends_with(1)
        .says("2 conditions not covered, at most 0 may be");
}

#[test]
fn coverage_names_rows_that_never_matched() {
    let place = place();
    place.write("shop/table.courtesy", TABLE);
    let run = place.run(&["test", "shop", "--coverage"]).ends_with(0);
    assert!(
        run.stdout.contains(
            "2 of 2 conditions both to hold and to fail, 1 of 3 rows to match\n  \
             shop/table.courtesy:3: row `| less than 18 |` of table words: never matched\n  \
             shop/table.courtesy:5: row `| anything |` of table words: never matched\n"
        ),
        "{run:#?}"
    );
    place
        .run(&["test", "shop", "--uncovered-rows", "2"])
        .ends_with(0);
    place
        .run(&["test", "shop", "--uncovered-rows", "1"])
        .ends_with(1)
        .says("2 rows not covered, at most 1 may be");
    let json = ["test", "shop", "--coverage", "--format", "json"];
    let run = place.run(&json).ends_with(0);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let row = |text: &str, line: usize| {
        serde_json::json!({
            "text": text,
            "table": "words",
            "file": "shop/table.courtesy",
            "line": line,
            "seen": "never matched"
        })
    };
    assert_eq!(
        found["coverage"]["rows"],
        serde_json::json!({
            "all": 3,
            "covered": 1,
            "uncovered": [row("| less than 18 |", 3), row("| anything |", 5)]
        })
    );
}

#[test]
fn json_is_one_object() {
    let place = place();
    place.write(
        "shop/examples.courtesy",
        EXAMPLES.replace("age: 17", "age: 18"),
    );
    let run = place
        .run(&["test", "shop", "--format", "json", "--coverage"])
        .ends_with(1);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        found,
        serde_json::json!({
            "passed": 1,
            "failed": 1,
            "tests": [
                {
                    "kind": "example",
                    "name": "children are sold nothing",
                    "file": "shop/examples.courtesy",
                    "line": 1,
                    "passed": false,
                    "failures": [ {
                        "file": "shop/examples.courtesy",
                        "line": 5,
                        "expected": "\"p1\" blocked by \"Never sell to children\"",
                        "found": ["\"p1\" is allowed, rank 1"]
                    } ]
                },
                {
                    "kind": "example",
                    "name": "the old are greeted",
                    "file": "shop/examples.courtesy",
                    "line": 8,
                    "passed": true,
                    "failures": []
                }
            ],
            "coverage": {
                "policies": { "all": 2, "covered": 1, "uncovered": [ {
                    "text": "Never sell to children",
                    "file": "shop/policies.courtesy",
                    "line": 1,
                    "seen": "never fired"
                } ] },
                "conditions": { "all": 2, "covered": 1, "uncovered": [ {
                    "text": "customer.age is less than 18",
                    "file": "shop/policies.courtesy",
                    "line": 3,
                    "seen": "never held"
                } ] },
                "rows": { "all": 0, "covered": 0, "uncovered": [] }
            }
        })
    );
}

#[test]
fn junit_has_one_failure_for_a_test_however_much_failed() {
    let place = place();
    place.write(
        "shop/examples.courtesy",
        EXAMPLES.replace("age: 17", "age: 70"),
    );
    let run = place
        .run(&["test", "shop", "--format", "junit"])
        .ends_with(1);
    let failures: Vec<&str> = run.stdout.split("<failure ").skip(1).collect();
    assert_eq!(failures.len(), 1, "{}", run.stdout);
    assert_eq!(
        failures[0].split('>').next().unwrap(),
        "message=\"expected &quot;p1&quot; blocked by &quot;Never sell to children&quot;, and 1 more\""
    );
    assert_eq!(failures[0].matches("expected").count(), 3, "{}", run.stdout);
}

#[test]
fn junit_is_what_build_servers_read() {
    let place = place();
    place.write(
        "shop/examples.courtesy",
        EXAMPLES
            .replace("age: 17", "age: 18")
            .replace("the old are", "the <old> & wise are"),
    );
    let run = place
        .run(&["test", "shop", "--format", "junit"])
        .ends_with(1);
    assert_eq!(
        run.stdout,
        "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<testsuites name=\"courtesy\" tests=\"2\" failures=\"1\">
  <testsuite name=\"shop/examples.courtesy\" tests=\"2\" failures=\"1\">
    <testcase name=\"children are sold nothing\" classname=\"shop/examples.courtesy\" file=\"shop/examples.courtesy\" line=\"1\">
      <failure message=\"expected &quot;p1&quot; blocked by &quot;Never sell to children&quot;\">shop/examples.courtesy:5
expected &quot;p1&quot; blocked by &quot;Never sell to children&quot;
found
&quot;p1&quot; is allowed, rank 1</failure>
    </testcase>
    <testcase name=\"the &lt;old&gt; &amp; wise are greeted\" classname=\"shop/examples.courtesy\" file=\"shop/examples.courtesy\" line=\"8\"/>
  </testsuite>
</testsuites>
"
    );
}
