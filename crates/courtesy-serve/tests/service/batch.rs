//! Many cases in one request.

use super::support::{JSON, NDJSON, Serving, case, head};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn on_one_line() -> String {
    case().replace('\n', " ")
}

#[test]
fn each_line_has_its_answer_in_order_whatever_stands_between() {
    let serving = Serving::readme(&[]);
    let good = on_one_line();
    let body = format!("\u{feff}{good}\r\n\n  \t\n{{\n{good}\n[1]\n{good}");
    let response = serving.post("/decide/batch", NDJSON, body);
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], NDJSON);
    let text = response.text().unwrap();
    let decision = text.lines().next().unwrap().to_string();
    assert_eq!(
        text,
        format!(
            "{decision}\n\
             {{\"line\":4,\"code\":\"invalid-json\",\"path\":\"$\",\"message\":\"this is not JSON: it is cut short, near byte 1\"}}\n\
             {decision}\n\
             {{\"line\":6,\"code\":\"wrong-type\",\"path\":\"$\",\"message\":\"expected a case: a record of `now`, `inputs` and `proposals`, found something else\"}}\n\
             {decision}\n"
        )
    );
    let whole: Value = serving.decide(case()).json().unwrap();
    assert_eq!(serde_json::from_str::<Value>(&decision).unwrap(), whole);
}

#[test]
fn lines_may_be_one_input_with_a_moment_for_all() {
    let serving = Serving::readme(&[]);
    let body = "{\"tier\":\"vip\",\"name\":\"Zoë\",\"purchases\":[]}\n{\"tier\":\"gilt\",\"purchases\":[]}\n";
    let path = "/decide/batch?as=customer&now=2026-11-23T10:00:00Z";
    let answers = lines(&serving.post(path, NDJSON, body).text().unwrap());
    assert_eq!(answers[0]["now"], "2026-11-23T10:00:00Z");
    assert_eq!(
        answers[0]["duties"][0]["with"]["text"],
        "Welcome back, Zoë!"
    );
    assert_eq!(
        (&answers[1]["line"], &answers[1]["path"]),
        (&2.into(), &"$.tier".into())
    );
    for (path, status, code) in [
        ("/decide/batch?as=custmer", 422, "does-not-fit"),
        ("/decide/batch?now=soon", 400, "bad-query"),
        ("/decide/batch?policies=x", 400, "bad-query"),
    ] {
        let refused = serving.post(path, NDJSON, body);
        assert_eq!(refused.status(), status, "{path}");
        assert_eq!(refused.json::<Value>().unwrap()["code"], code, "{path}");
    }
    assert_eq!(serving.post("/decide/batch", JSON, body).status(), 415);
}

#[test]
fn a_client_may_wait_for_an_answer_before_it_sends_on() {
    let serving = Serving::readme(&[]);
    let mut stream = serving.connect();
    let head = head("/decide/batch", NDJSON, "transfer-encoding: chunked\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut told = BufReader::new(stream.try_clone().unwrap());
    for _ in 0..3 {
        let line = on_one_line() + "\n";
        write!(stream, "{:x}\r\n{line}\r\n", line.len()).unwrap();
        let mut answer = String::new();
        while !answer.starts_with("{\"package\"") {
            answer.clear();
            told.read_line(&mut answer).unwrap();
        }
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
}

#[test]
fn lines_that_are_too_long_are_answered_and_the_others_decided() {
    let serving = Serving::readme(&["--body-limit", "2000"]);
    let good = on_one_line();
    let long = "x".repeat(5_000_000);
    let body = format!("{good}\n{long}\n{good}\n{long}");
    let answers = lines(&serving.post("/decide/batch", NDJSON, body).text().unwrap());
    let codes: Vec<&str> = answers
        .iter()
        .map(|one| one["code"].as_str().unwrap_or("decided"))
        .collect();
    assert_eq!(codes, ["decided", "too-large", "decided", "too-large"]);
    assert_eq!(answers[3]["line"], 4);
}

/// A batch of any size takes no more memory than a small one.
#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat() {
    const LINES: usize = 20_000;
    let serving = Serving::readme(&[]);
    let line = on_one_line() + "\n";
    serving
        .post("/decide/batch", NDJSON, line.repeat(500))
        .text()
        .unwrap();
    let before = serving.memory();
    let stream = serving.connect();
    let mut to = stream.try_clone().unwrap();
    let sender = std::thread::spawn(move || {
        let length = line.len() * LINES;
        let head = head(
            "/decide/batch",
            NDJSON,
            &format!("content-length: {length}\r\nconnection: close\r\n"),
        );
        to.write_all(head.as_bytes()).unwrap();
        for _ in 0..LINES {
            to.write_all(line.as_bytes()).unwrap();
        }
    });
    let mut answers = 0;
    let mut most = 0;
    for line in BufReader::new(stream).lines() {
        if line.unwrap().starts_with("{\"package\"") {
            answers += 1;
            if answers % 5_000 == 0 {
                most = most.max(serving.memory());
            }
        }
    }
    sender.join().unwrap();
    assert_eq!(answers, LINES);
    assert!(
        most < before + 16 * 1024,
        "{before} kB before, {most} kB within"
    );
}
