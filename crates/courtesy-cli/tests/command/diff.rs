//! `courtesy diff`.

use super::support::{NOW, Place};

const CUSTOMERS: &str = "\
{\"id\":\"a\",\"age\":17}
{\"id\":\"b\",\"age\":18}
{\"id\":\"<b>\",\"age\":70}
{\"id\":\"d\",\"age\":\"old\"}
{\"id\":\"e\",\"age\":66}
";

const OFFERS: &str = "[{\"id\":\"o\",\"action\":\"sell\",\"with\":{\"what\":\"wine\"}}]";

const REPORT: &str = "\
5 records: 2 with another outcome, 0 the same but for details, 2 the same
  neither package decides 1 record

what changes
  greet: gone, was owed               1
  sell: allowed, now blocked          1

by policy
  Always greet the old
    1 no longer speaks
  Never sell to children
    1 speaks where it did not

the first records of each kind
  line 2
    sell o: allowed, now blocked
      + Never sell to children: b is 18
  line 5
    greet: gone, was owed
      - Always greet the old
";

/// A place with the package `shop` and a stricter one beside it.
fn place() -> Place {
    let place = Place::new();
    for file in ["schema.courtesy", "policies.courtesy"] {
        let text = String::from_utf8(place.read(&format!("shop/{file}"))).unwrap();
        let stricter = text
            .replace("less than 18", "less than 21")
            .replace("at least 65", "at least 70");
        place.write(&format!("stricter/{file}"), stricter);
    }
    place.write("customers.ndjson", CUSTOMERS);
    place.write("offers.json", OFFERS);
    place
}

const DIFF: [&str; 9] = [
    "--records",
    "customers.ndjson",
    "--as",
    "customer",
    "--propose",
    "offers.json",
    "--now",
    NOW,
    "--jobs",
];

fn arguments<'a>(old: &'a str, new: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["diff", old, new], DIFF.as_slice(), more].concat()
}

#[test]
fn the_report_says_what_changes_for_whom_and_by_which_policy() {
    let place = place();
    for jobs in ["1", "3"] {
        let run = place
            .run(&arguments("shop", "stricter", &[jobs]))
            .ends_with(1);
        assert_eq!(run.stdout, REPORT);
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn the_same_package_ends_well() {
    let run = place().run(&arguments("shop", "shop", &["2"])).ends_with(0);
    assert!(
        run.stdout
            .starts_with("5 records: 0 with another outcome, 0 the same"),
        "{run:#?}"
    );
}

#[test]
fn programs_get_json() {
    let run = place()
        .run(&arguments("shop", "stricter", &["1", "--format", "json"]))
        .ends_with(1);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["records"], 5);
    assert_eq!(report["neither_fits"], 1);
    assert_eq!(report["transitions"][1]["old"], "allowed");
    assert_eq!(report["policies"][0]["gone"], 1);
    assert_eq!(
        report["shown"][0]["changes"][0]["come"][0]["because"],
        "b is 18"
    );
}

#[test]
fn the_page_shows_the_texts_of_records_as_text() {
    let place = place();
    // Swapped, so that the customer whose name is markup gets another decision.
    place.write("customers.ndjson", "{\"id\":\"<b>x\",\"age\":19}\n");
    let run = place
        .run(&arguments(
            "shop",
            "stricter",
            &["1", "--html", "page.html"],
        ))
        .ends_with(1);
    assert!(
        run.stdout.contains("+ Never sell to children: <b>x is 19"),
        "{run:#?}"
    );
    let page = String::from_utf8(place.read("page.html")).unwrap();
    assert!(
        page.contains("Never sell to children: &lt;b&gt;x is 19"),
        "{page}"
    );
    assert!(!page.contains("<b>x"), "{page}");
    place
        .run(&arguments("shop", "stricter", &["1", "--html", "-"]))
        .ends_with(2);
}
