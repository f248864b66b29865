//! Hostile records in the middle of good ones: each gets the answer that `records/hostile.txt` writes beside it,
//! its neighbours are decided, nothing is lost and nothing changes its place.

use super::support::{NOW, Place, json_lines};
use serde_json::Value;

const PACKAGE: &str = include_str!("records/member.courtesy");
const HOSTILE: &str = include_str!("records/hostile.txt");

const GOOD: &str = r#"{"id":"good","needed":1}"#;

/// A record and the answer that it must get.
struct Hostile {
    /// Where it stands in the file.
    line: usize,
    record: Vec<u8>,
    answer: Answer,
}

enum Answer {
    /// The texts of its duties.
    Decided(Vec<u8>),
    Refused {
        code: String,
        path: String,
        words: String,
    },
}

fn corpus() -> Vec<Hostile> {
    let mut corpus = Vec::new();
    let mut record = None;
    for (number, line) in (1..).zip(HOSTILE.lines()) {
        match line.split_at_checked(1) {
            None | Some(("#", _)) => {}
            Some((">", rest)) => record = Some(bytes(rest.strip_prefix(' ').unwrap())),
            Some(("+", rest)) => {
                record = Some([br#"{"id":"x","needed":0,"#, &bytes(rest)[..], b"}"].concat());
            }
            Some((mark, rest)) => corpus.push(Hostile {
                line: number,
                record: record
                    .take()
                    .unwrap_or_else(|| panic!("line {number} answers nothing")),
                answer: answer(mark, rest.trim_start()),
            }),
        }
    }
    assert!(record.is_none(), "the last record has no answer");
    corpus
}

fn answer(mark: &str, text: &str) -> Answer {
    if mark == "=" {
        return Answer::Decided(bytes(text));
    }
    assert_eq!(mark, "!");
    let (place, words) = text.split_once(": ").unwrap();
    let (code, path) = place.split_once(' ').unwrap();
    Answer::Refused {
        code: code.to_string(),
        path: path.to_string(),
        words: words.to_string(),
    }
}

/// A text with `<ff>` and `<"["*9>` written out.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.extend_from_slice(before.as_bytes());
        let (hole, after) = after.split_once('>').unwrap();
        match hole.rsplit_once("\"*") {
            Some((repeated, times)) => {
                let repeated = repeated.strip_prefix('"').unwrap().replace("\\\"", "\"");
                out.extend(repeated.repeat(times.parse().unwrap()).into_bytes());
            }
            None => out.push(u8::from_str_radix(hole, 16).unwrap()),
        }
        rest = after;
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// All records, a good one before each and after the last.
fn records(corpus: &[Hostile], line_end: &[u8]) -> Vec<u8> {
    let mut records = Vec::new();
    for hostile in corpus {
        for part in [GOOD.as_bytes(), line_end, &hostile.record, line_end] {
            records.extend_from_slice(part);
        }
    }
    records.extend_from_slice(GOOD.as_bytes());
    records
}

fn texts(decision: &Value) -> String {
    let duties = decision["duties"].as_array().unwrap().iter();
    let texts: Vec<&str> = duties
        .map(|duty| duty["with"]["text"].as_str().unwrap())
        .collect();
    texts.join("; ")
}

/// What became of each line, in order: the texts of its decision, or its line of the quarantine.
fn outcomes<'a>(
    lines: usize,
    decisions: &'a [Value],
    bad: &'a [Value],
) -> Vec<Result<String, &'a Value>> {
    let (mut decisions, mut bad) = (decisions.iter(), bad.iter().peekable());
    let mut outcomes = Vec::new();
    for line in 1..=lines {
        outcomes.push(match bad.next_if(|found| found["line"] == line) {
            Some(found) => Err(found),
            None => Ok(texts(
                decisions.next().expect("a decision for each other line"),
            )),
        });
    }
    assert_eq!(
        (decisions.next(), bad.next()),
        (None, None),
        "more answers than records"
    );
    outcomes
}

/// What is wrong with an answer.
fn flaw(hostile: &Hostile, outcome: &Result<String, &Value>) -> Option<String> {
    match (&hostile.answer, outcome) {
        (Answer::Decided(expected), Ok(found)) if found.as_bytes() == expected => None,
        (_, Ok(found)) => {
            let beginning: String = found.chars().take(200).collect();
            Some(format!("decided {beginning}"))
        }
        (Answer::Refused { code, path, words }, Err(found)) => {
            let message = found["message"].as_str().unwrap_or("");
            if kept(found) != hostile.record {
                return Some("another record was kept".to_string());
            }
            let is_right = found["code"] == *code
                && found["path"] == *path
                && message.contains(words.as_str());
            (!is_right).then(|| refused(found))
        }
        (_, Err(found)) => Some(refused(found)),
    }
}

fn refused(found: &Value) -> String {
    let found = ["code", "path", "message"].map(|key| found[key].to_string());
    format!("refused {}", found.join(" "))
}

/// The bytes of a record in the quarantine.
fn kept(found: &Value) -> Vec<u8> {
    match found["record"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => from_base64(found["record_base64"].as_str().unwrap_or("")),
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => 0,
    };
    let mut out = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let bits = group
            .iter()
            .fold(0_u32, |bits, letter| bits << 6 | u32::from(value(*letter)));
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    let padding = text.bytes().filter(|letter| *letter == b'=').count();
    out.truncate(out.len() - padding);
    out
}

fn apply(records: &[u8], jobs: &str) -> (Vec<Value>, Vec<Value>, Value) {
    let place = Place::empty();
    place.write("club/member.courtesy", PACKAGE);
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
        "--jobs",
        jobs,
    ];
    let run = place.run_with(&arguments, records).ends_with(3);
    let summary = serde_json::from_slice(&place.read("summary")).unwrap();
    (
        json_lines(run.stdout.as_bytes()),
        json_lines(&place.read("bad")),
        summary,
    )
}

#[test]
fn each_hostile_record_gets_its_answer_and_its_neighbours_are_decided() {
    let corpus = corpus();
    assert!(corpus.len() >= 200, "only {} records", corpus.len());
    for (line_end, jobs) in [(&b"\n"[..], "1"), (b"\r\n", "3")] {
        let (decisions, bad, summary) = apply(&records(&corpus, line_end), jobs);
        let outcomes = outcomes(2 * corpus.len() + 1, &decisions, &bad);
        let good = outcomes.iter().step_by(2);
        assert!(
            good.into_iter()
                .all(|outcome| outcome.as_deref() == Ok("needed 1")),
            "a neighbour is harmed"
        );
        let hostile = corpus.iter().zip(outcomes.iter().skip(1).step_by(2));
        let flaws: Vec<String> = hostile
            .filter_map(|(hostile, outcome)| {
                Some(format!(
                    "hostile.txt:{}: {}",
                    hostile.line,
                    flaw(hostile, outcome)?
                ))
            })
            .collect();
        assert!(
            flaws.is_empty(),
            "{} flaws\n{}",
            flaws.len(),
            flaws.join("\n")
        );
        assert_eq!(summary["records"], 2 * corpus.len() + 1);
        assert_eq!(summary["decided"], decisions.len());
        assert_eq!(summary["quarantined"], bad.len());
    }
}

#[test]
fn blank_lines_and_a_mark_at_the_start_are_no_records() {
    let records = format!("\u{feff}{GOOD}\n\n \t\r\n{GOOD}\r\n\r\n{{\n\n");
    let (decisions, bad, summary) = apply(records.as_bytes(), "2");
    assert_eq!(decisions.len(), 2);
    assert_eq!((bad.len(), &bad[0]["line"]), (1, &Value::from(6)));
    assert_eq!(summary["records"], 3);
}
