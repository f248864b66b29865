//! Golden rows of civil time: gaps and folds, month ends, leap birthdays, quiet
//! hours, windows, calendar periods and working time in five zones.
//!
//! The values stand in `golden.txt`, which `scripts/vectors/time.py` writes with
//! Python's time zones; here the engine is asked for each of them.

use super::asking::ask;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

const ROWS: &str = include_str!("golden.txt");
const CALENDARS: &str = include_str!("zones.courtesy");

/// As the rows write it: an instant by the clocks of its zone, with the offset.
fn written(kind: &str, value: &Value, zone: &str) -> String {
    match (kind, value) {
        ("DateTime", Value::String(text)) => {
            let instant: Timestamp = text.parse().expect("an instant");
            let zone = TimeZone::get(zone).expect("a zone");
            let offset = zone.to_offset(instant);
            instant.display_with_offset(offset).to_string()
        }
        ("YesNo", Value::Bool(holds)) => if *holds { "yes" } else { "no" }.to_string(),
        ("Time", Value::String(text)) => format!("{text:0<8}"),
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

#[test]
fn every_golden_row_is_what_another_program_says() {
    let mut rows = 0;
    let mut wrong = Vec::new();
    for line in ROWS
        .lines()
        .filter(|line| line.contains('|') && !line.starts_with('#'))
    {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [zone, now, expression, expected] = parts[..] else {
            panic!("{line}");
        };
        let text = format!("timezone \"{zone}\"\n{CALENDARS}");
        let case = format!("{{\"now\": \"{now}\", \"inputs\": {{}}, \"proposals\": []}}");
        let found = match ask(&text, expression, &case) {
            Ok((kind, value)) => written(kind, &value, zone),
            Err(messages) => messages,
        };
        rows += 1;
        if found != expected {
            wrong.push(format!("{line}\n    the engine says {found}"));
        }
    }
    assert!(rows > 400, "only {rows} rows");
    assert!(
        wrong.is_empty(),
        "{} of {rows}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
