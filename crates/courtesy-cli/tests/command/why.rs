//! Explaining changes no decision, on real records too.
//!
//! The data sets stay out of the repository: `COURTESY_DATA` names their folder.

use courtesy::{CaseOptions, Engine, Package};
use flate2::read::GzDecoder;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Package, records, the input that each is, the moment, a proposal.
const SETS: [(&str, &str, &str, &str, &str); 4] = [
    (
        "cdnow",
        "cdnow/customers.ndjson.gz",
        "customer",
        "1998-07-01T00:00:00Z",
        r#"{"action":"upsell","with":{"title":"a CD","price":"12.00"}}"#,
    ),
    (
        "olist",
        "olist/customers.ndjson.gz",
        "customer",
        "2018-10-18T00:00:00Z",
        r#"{"action":"upsell","with":{"product_id":"p","price":"12.00"}}"#,
    ),
    (
        "bank",
        "bank-marketing/clients.ndjson.gz",
        "client",
        "2010-11-18T00:00:00Z",
        r#"{"action":"offer_deposit","with":{"text":"save"}}"#,
    ),
    (
        "goodbooks",
        "goodbooks/readers.ndjson.gz",
        "reader",
        "2026-01-01T00:00:00Z",
        r#"{"action":"recommend","with":{"title":"a book","authors":["an author"]}}"#,
    ),
];

fn engine(name: &str) -> Engine {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let entries = fs::read_dir(root.join(name)).unwrap().flatten();
    let files = entries
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|end| end == "courtesy")
        })
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        });
    Package::from_sources(files).engine().unwrap()
}

#[test]
fn explaining_changes_no_decision_on_real_records() {
    let Some(data) = std::env::var_os("COURTESY_DATA").map(PathBuf::from) else {
        eprintln!("skipped: COURTESY_DATA does not name the folder of the data sets");
        return;
    };
    for (name, records, input, now, proposal) in SETS {
        let engine = engine(name);
        let file = File::open(data.join(records)).unwrap();
        let lines = BufReader::new(GzDecoder::new(file)).lines();
        let mut read = 0;
        for line in lines.take(200) {
            let case = format!(
                r#"{{"now":"{now}","inputs":{{"{input}":{}}},"proposals":[{proposal}]}}"#,
                line.unwrap()
            );
            let case = engine.read_case(case.as_bytes(), &CaseOptions::default());
            let case = case.unwrap_or_else(|misfit| panic!("{name}: {misfit}"));
            let plain = engine.decide(&case);
            let others = [
                engine.explain(&case).0,
                engine.trace(&case).0,
                engine.observe(&case).0,
            ];
            for other in &others {
                assert_eq!(plain.to_json(), other.to_json(), "{name}");
                assert_eq!(plain.fired(), other.fired(), "{name}");
            }
            read += 1;
        }
        assert_eq!(read, 200, "{name}");
    }
}
