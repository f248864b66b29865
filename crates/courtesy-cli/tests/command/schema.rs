//! `courtesy schema`: a package out of records or a JSON Schema, and a JSON Schema out of a package.

use super::support::{NOW, Place, examples};
use std::fs;
use std::path::PathBuf;

const RECORDS: &str = "\
{\"id\":\"c1\",\"tier\":\"vip\",\"paid\":12.50}
{\"id\":\"c2\",\"tier\":\"gold\",\"paid\":3}

{\"id\":\"c3\",\"tier\":\"gold\"}
{\"id\":\"c4\",\"tier\":\"vip\",\"paid\":\"4.25\"}
{\"id\":\"c5\",\"tier\":\"vip\",\"paid\":0}
{\"id\":\"c6\",\"tier\":\"gold\",\"paid\":1}
";

const SCHEMA: &str = "\
# made out from 6 records: what stands behind a # is a guess or a gap to confirm

choice Tier { gold, vip }

type Customer {
  id: Text
  tier: Tier  # guessed: 2 values in 6 texts
  paid: optional Number  # numbers, some of them as texts; missing in 1 of 6
}

input customer: Customer
";

#[test]
fn a_file_of_records_becomes_a_package_that_decides_every_one() {
    let place = Place::empty();
    place.write("customers.ndjson", RECORDS);
    let run = place
        .run(&["schema", "infer", "customers.ndjson"])
        .ends_with(0);
    assert_eq!(run.stdout, SCHEMA);
    place.write("shop/schema.courtesy", &run.stdout);
    place.run(&["fmt", "shop", "--check"]).ends_with(0);
    let apply = [
        "apply",
        "shop",
        "--records",
        "customers.ndjson",
        "--as",
        "customer",
        "--now",
        NOW,
    ];
    let applied = place.run(&apply).ends_with(0);
    assert_eq!(applied.stdout.lines().count(), 6);
}

#[test]
fn an_array_stdin_and_the_first_records_do_as_well() {
    let place = Place::empty();
    let lines: Vec<&str> = RECORDS.lines().filter(|line| !line.is_empty()).collect();
    let array = format!("\n [{}]", lines.join(","));
    let run = place
        .run_with(&["schema", "infer", "-"], array.as_bytes())
        .ends_with(0);
    assert_eq!(run.stdout, SCHEMA);
    for records in [array.as_str(), RECORDS] {
        let first = [
            "schema",
            "infer",
            "-",
            "--first",
            "1",
            "--as",
            "shopper",
            "--currency",
            "EUR",
        ];
        let run = place.run_with(&first, records.as_bytes()).ends_with(0);
        assert!(
            run.stdout.contains("currency EUR\n\ntype Shopper {\n"),
            "{run:#?}"
        );
        assert!(
            run.stdout
                .contains("  paid: Money  # guessed from its name\n"),
            "{run:#?}"
        );
        assert!(run.stdout.contains("input shopper: Shopper\n"), "{run:#?}");
    }
}

#[test]
fn what_is_no_record_is_named_by_its_line() {
    let place = Place::empty();
    place.write("bad.ndjson", "{\"id\":1}\n[2]\n");
    let run = place.run(&["schema", "infer", "bad.ndjson"]).ends_with(2);
    let record = "a record is a JSON object, such as {\"id\": \"c1\", \"tier\": \"vip\"}";
    assert_eq!(
        run.stderr,
        format!("error: `bad.ndjson` line 2: {record}\n")
    );
    let empty = place
        .run_with(&["schema", "infer", "-"], b"\n")
        .ends_with(2);
    assert_eq!(
        empty.stderr,
        "error: `stdin`: there is no record to look at\n"
    );
}

#[test]
fn a_schema_goes_out_and_comes_in_again() {
    let place = Place::empty();
    let readme = examples().join("readme");
    let export = ["schema", "export", readme.to_str().unwrap()];
    let exported = place.run(&export).ends_with(0);
    place.write("case.json", &exported.stdout);
    let imported = place.run(&["schema", "import", "case.json"]).ends_with(0);
    place.write("again/schema.courtesy", &imported.stdout);
    place.run(&["check", "again"]).ends_with(0);
    let again = place.run(&["schema", "export", "again"]).ends_with(0);
    assert_eq!(again.stdout, exported.stdout);
}

#[test]
fn an_input_that_is_not_there_gets_the_near_name() {
    let place = Place::new();
    let run = place
        .run(&["schema", "export", "shop", "--input", "custome"])
        .ends_with(2);
    assert_eq!(
        run.stderr,
        "error: no input `custome`; did you mean `customer`?\n"
    );
    let one = place
        .run(&["schema", "export", "shop", "--input", "customer"])
        .ends_with(0);
    assert!(
        one.stdout.contains("\"$ref\": \"#/$defs/Customer\""),
        "{one:#?}"
    );
}

#[test]
fn the_schemas_made_out_of_real_data_take_all_of_it() {
    let data = std::env::var_os("COURTESY_DATA")
        .map_or_else(|| examples().join("../../shared/data"), PathBuf::from);
    let samples = [
        "bank-marketing/sample",
        "cdnow/sample",
        "goodbooks/sample-readers",
        "goodbooks/sample-books",
        "olist/sample",
    ];
    for name in samples {
        let file = data.join(format!("{name}.ndjson"));
        if !file.exists() {
            eprintln!(
                "skipped: no data set at {} (set COURTESY_DATA)",
                file.display()
            );
            continue;
        }
        let place = Place::empty();
        let path = file.to_str().unwrap();
        let run = place
            .run(&["schema", "infer", path, "--as", "record"])
            .ends_with(0);
        place.write("made/schema.courtesy", &run.stdout);
        let apply = [
            "apply",
            "made",
            "--records",
            path,
            "--as",
            "record",
            "--now",
            NOW,
        ];
        let decided = place.run(&apply).ends_with(0).stdout.lines().count();
        let records = fs::read_to_string(&file).unwrap();
        assert_eq!(decided, records.lines().count(), "{name}");
    }
}
