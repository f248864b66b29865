//! Malformed lines in the middle of good ones: each goes to the quarantine with
//! its line, its path and its code, and its neighbours are decided.

use super::support::{NOW, Place, json_lines};

const PACKAGE: &str = "\
type Member {
  id: Text
  paid: Number
  until: DateTime
  tags: list of Text
}
input member: Member
action greet { text: Text }

policy \"Greet\"
  always greet with text: \"{member.id} paid {member.paid}\"
";

const GOOD: &str = r#"{"id":"good","paid":1,"until":"2027-01-01T00:00:00Z","tags":["a"]}"#;

/// A line with the code, the path and a part of the message.
type Malformed = (&'static [u8], &'static str, &'static str, &'static str);

const MALFORMED: [Malformed; 12] = [
    (
        br#"{"id":"cut","paid":1,"until":"2027-01-01T0"#,
        "invalid-json",
        "$.until",
        "it is cut short",
    ),
    (
        br#"{"id":"cut","paid":1,"until":"2027-01-01T00:00:00Z","tags":["a""#,
        "invalid-json",
        "$.tags[1]",
        "it is cut short",
    ),
    (
        br#"{"id":7,"paid":1,"until":"2027-01-01T00:00:00Z","tags":[]}"#,
        "wrong-type",
        "$.id",
        "a text",
    ),
    (
        br#"{"id":"types","paid":1,"until":"2027-01-01T00:00:00Z","tags":["a",{}]}"#,
        "wrong-type",
        "$.tags[1]",
        "a text",
    ),
    (
        br#"{"id":"twice","paid":1,"paid":2,"until":"2027-01-01T00:00:00Z","tags":[]}"#,
        "duplicate-key",
        "$.paid",
        "twice",
    ),
    (
        b"{\"id\":\"bytes \xff\",\"paid\":1,\"until\":\"2027-01-01T00:00:00Z\",\"tags\":[]}",
        "invalid-utf8",
        "$",
        "UTF-8",
    ),
    (
        br#"{"id":"huge","paid":1e400,"until":"2027-01-01T00:00:00Z","tags":[]}"#,
        "bad-number",
        "$.paid",
        "18 digits before the point",
    ),
    (
        br#"{"id":"digits","paid":123456789012345678.123456789012,"until":"2027-01-01T00:00:00Z","tags":[]}"#,
        "bad-number",
        "$.paid",
        "9 digits after the point",
    ),
    (
        br#"{"id":"digits","paid":123456789012345678901234567890,"until":"2027-01-01T00:00:00Z","tags":[]}"#,
        "bad-number",
        "$.paid",
        "18 digits before the point",
    ),
    (
        br#"{"id":"missing","until":"2027-01-01T00:00:00Z","tags":[]}"#,
        "missing-field",
        "$.paid",
        "is needed",
    ),
    (
        br#"{"id":"null","paid":null,"until":"2027-01-01T00:00:00Z","tags":[]}"#,
        "missing-field",
        "$.paid",
        "is needed",
    ),
    (
        br#"{"id":"sentinel","paid":1,"until":"9999-12-31T23:59:59Z","tags":[]}"#,
        "bad-date-time",
        "$.until",
        "`9999-12-30T22:00:00Z`",
    ),
];

#[test]
fn each_malformed_line_is_named_and_its_neighbours_are_decided() {
    let place = Place::new();
    place.write("club/club.courtesy", PACKAGE);
    let mut records = Vec::new();
    for (line, ..) in MALFORMED {
        for part in [GOOD.as_bytes(), b"\n", line, b"\n"] {
            records.extend_from_slice(part);
        }
    }
    records.extend_from_slice(GOOD.as_bytes());
    let arguments = [
        "apply",
        "club",
        "--records",
        "-",
        "--as",
        "member",
        "--now",
        NOW,
        "--quarantine",
        "bad",
        "--summary",
        "summary",
    ];
    let run = place.run_with(&arguments, &records).ends_with(3);
    let decisions = json_lines(run.stdout.as_bytes());
    assert_eq!(decisions.len(), MALFORMED.len() + 1);
    for decision in decisions {
        assert_eq!(decision["duties"][0]["with"]["text"], "good paid 1");
    }
    let bad = json_lines(&place.read("bad"));
    assert_eq!(bad.len(), MALFORMED.len());
    for (index, (found, (line, code, path, message))) in bad.iter().zip(MALFORMED).enumerate() {
        assert_eq!(found["line"], 2 * index + 2, "{found}");
        assert_eq!(found["code"], code, "{found}");
        assert_eq!(found["path"], path, "{found}");
        assert!(
            found["message"].as_str().unwrap().contains(message),
            "{found}"
        );
        match std::str::from_utf8(line) {
            Ok(text) => assert_eq!(found["record"], text),
            Err(_) => assert!(found["record_base64"].is_string()),
        }
    }
    let summary: serde_json::Value = serde_json::from_slice(&place.read("summary")).unwrap();
    assert_eq!(summary["records"], 2 * MALFORMED.len() + 1);
    assert_eq!(summary["decided"], MALFORMED.len() + 1);
    assert_eq!(summary["quarantined"], MALFORMED.len());
}
