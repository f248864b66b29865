//! Records in, a policy file out, which takes every one of them.

use super::Samples;
use crate::{CaseOptions, Package};

/// What is made out of these records, after a look whether it takes them all.
fn made_from(records: &[String]) -> String {
    let mut samples = Samples::default();
    for record in records {
        samples.add(record.as_bytes()).unwrap();
    }
    let file = samples.outline("customer", None).unwrap().to_policy_file();
    let package = Package::from_sources([("a.courtesy".to_string(), file.clone().into_bytes())]);
    assert!(
        !package.has_errors(),
        "{file}\n{:#?}",
        package.diagnostics()
    );
    let engine = package.engine().unwrap();
    for record in records {
        let case = format!(r#"{{"now":"2026-11-23T10:00:00Z","inputs":{{"customer":{record}}}}}"#);
        let read = engine.read_case(case.as_bytes(), &CaseOptions::default());
        assert!(read.is_ok(), "{file}\n{record}\n{:?}", read.err());
    }
    file
}

#[test]
fn an_export_of_a_shop_becomes_a_schema_that_takes_it() {
    let tiers = ["standard", "silver", "VIP plus"];
    let records: Vec<String> = (0..12)
        .map(|n| {
            let name = if n % 4 == 0 { "null".to_string() } else { format!("\"Customer {n}\"") };
            let orders: Vec<String> = (0..n % 3)
                .map(|m| format!(r#"{{"sku":"{:05}","total":{}.5,"placedAt":{}}}"#, n * m, n + 1, 1_760_000_000 + n))
                .collect();
            format!(
                r#"{{"id":"c{n}","Name":{name},"tier":"{}","signedUp":"2025-0{}-01","seen":"2026-11-01T0{}:00:00Z",
                "points":{},"age":"{}","zone":"Europe/Berlin","wakes":"07:30","vip":{},"e-mail":"a{n}@example.com",
                "credit":{{"amount":"{n}.00","currency":"EUR"}},"orders":[{}],"tags":[],"zip":"0{n}234",
                "mixed":{},"nothing":null,"address":{{"street":"{n} High Street","city":"Ghent"}}}}"#,
                tiers[n % 3], n % 9 + 1, n % 10, n * 10, 20 + n, n % 2 == 0, orders.join(","),
                if n % 2 == 0 { "1" } else { "[]" },
            )
        })
        .collect();
    insta::assert_snapshot!(made_from(&records));
}

#[test]
fn one_record_is_enough_and_odd_keys_do_no_harm() {
    let record = r#"{"":"x","a b":1,"a-b":2,"when":1760000000000,"x\ny":1,"{}":"{}","list":[1.5,2],"deep":{"er":{"still":true}},"big":123456789012345678901234567890}"#;
    insta::assert_snapshot!(made_from(&[record.to_string()]));
}

#[test]
fn what_is_no_record_is_refused_and_adds_nothing() {
    let mut samples = Samples::default();
    let said: Vec<String> = ["", "[1]", "7", "{\"a\":}"]
        .iter()
        .map(|record| samples.add(record.as_bytes()).unwrap_err().to_string())
        .collect();
    insta::assert_snapshot!(said.join("\n"));
    assert_eq!(
        samples.outline("x", None).unwrap_err().to_string(),
        "there is no record to look at"
    );
}

#[test]
fn an_object_whose_keys_are_data_is_left_out() {
    let keys: Vec<String> = (0..500).map(|n| format!("\"k{n}\":1")).collect();
    let file = made_from(&[format!(r#"{{"id":"a","by_day":{{{}}}}}"#, keys.join(","))]);
    assert!(
        file.contains("# left out: `by_day`, it has more than 400 different keys"),
        "{file}"
    );
}
