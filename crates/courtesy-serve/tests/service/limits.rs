//! More than the service takes at a time, decisions that take long, and readers that do not read.

use super::support::{Folder, JSON, NDJSON, Serving, case, eventually, head};
use serde_json::Value;
use std::io::Write;

#[test]
fn a_case_or_batch_too_many_is_told_to_come_again() {
    let serving = Serving::readme(&["--requests", "1", "--batches", "1"]);
    let mut held = [("/decide", JSON), ("/decide/batch", NDJSON)].map(|(path, kind)| {
        let mut stream = serving.connect();
        let head = head(path, kind, "content-length: 100000\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream
    });
    let both = eventually(|| (serving.metric("courtesy_requests_in_flight") == 2.0).then_some(()));
    assert!(both.is_some());
    for (path, kind) in [("/decide", JSON), ("/decide/batch", NDJSON)] {
        let response = serving.post(path, kind, case());
        assert_eq!(response.status(), 503, "{path}");
        assert_eq!(response.headers()["retry-after"], "1");
        assert_eq!(response.json::<Value>().unwrap()["code"], "busy");
    }
    assert_eq!(serving.get("/health").status(), 200);
    held.iter_mut()
        .for_each(|stream| stream.shutdown(std::net::Shutdown::Both).unwrap());
    let free = eventually(|| (serving.decide(case()).status() == 200).then_some(()));
    assert!(free.is_some());
}

/// A decision that takes as many steps as the third power of a list's length.
const COSTLY: &str = "\
type Given { numbers: list of Number, at most 1000 }
input given: Given
action greet
policy \"Costly\"
  always greet
  when any a in given.numbers
       where (any b in given.numbers
              where (any c in given.numbers where a + b + c is 0.5))
";

fn costly(elements: usize) -> String {
    let numbers: Vec<String> = (0..elements).map(|number| number.to_string()).collect();
    format!(
        "{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"given\":{{\"numbers\":[{}]}}}}}}",
        numbers.join(",")
    )
}

#[test]
fn a_decision_that_takes_long_keeps_nobody_else_waiting() {
    let folder = Folder::of(COSTLY);
    let serving = Serving::start(folder.path(), &["--threads", "1", "--time-limit", "1"]);
    assert_eq!(serving.decide(costly(3)).status(), 200);
    let slow = serving.decide(costly(1000));
    assert_eq!(slow.status(), 503);
    assert_eq!(slow.headers()["retry-after"], "1");
    assert_eq!(slow.json::<Value>().unwrap()["code"], "slow-answer");
    // It is still being decided, and its place is taken; the rest of the service answers.
    assert_eq!(serving.get("/health").status(), 200);
    assert_eq!(serving.metric("courtesy_requests_in_flight"), 1.0);
}

#[test]
fn who_does_not_read_the_answers_is_let_go() {
    let serving = Serving::readme(&["--time-limit", "1", "--batches", "1"]);
    let mut stream = serving.connect();
    let line = case().replace('\n', " ") + "\n";
    let length = line.len() * 1_000_000;
    let head = head(
        "/decide/batch",
        NDJSON,
        &format!("content-length: {length}\r\n"),
    );
    stream.write_all(head.as_bytes()).unwrap();
    let block = line.repeat(100);
    // It sends and never reads; the service stops taking what it sends, and then closes.
    let closed = eventually(|| stream.write_all(block.as_bytes()).is_err().then_some(()));
    assert!(closed.is_some());
    let free = eventually(|| (serving.metric("courtesy_requests_in_flight") == 0.0).then_some(()));
    assert!(free.is_some());
    let answer = serving.post("/decide/batch", NDJSON, line);
    assert_eq!(answer.status(), 200);
}
