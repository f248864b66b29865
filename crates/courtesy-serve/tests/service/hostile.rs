//! Requests that mean no good, and clients that behave badly: each is answered or closed, and the service goes on.

use super::support::{JSON, NDJSON, Serving, case, eventually, head, until_closed};
use serde_json::Value;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

fn is_well(serving: &Serving) {
    assert_eq!(serving.decide(case()).status(), 200);
    assert_eq!(serving.metric("courtesy_requests_in_flight"), 0.0);
    assert!(!serving.log().contains("panicked"), "{}", serving.log());
}

#[test]
fn bodies_that_are_no_cases_are_refused() {
    let serving = Serving::readme(&[]);
    let deep = "[".repeat(500_000);
    let deep_within = format!(
        "{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"customer\":{}",
        "{\"x\":".repeat(100_000)
    );
    for (body, status) in [
        (&b"\xff\xfe{}"[..], 400),
        (b"{\"now\":\"\xc3\x28\"}", 400),
        (deep.as_bytes(), 400),
        (deep_within.as_bytes(), 400),
        (b"{\"now\":\"\\ud800\"}", 400),
        (b"null", 422),
        (b"\0\0\0\0", 400),
    ] {
        let response = serving.decide(body);
        let got = response.status();
        let problem: Value = response.json().unwrap();
        assert!(got == status || got == 422, "{problem:#}");
        assert!(problem["misfits"][0]["code"].is_string(), "{problem:#}");
        // The same as a line, between two good ones.
        if !body.contains(&b'\n') {
            let good = case().replace('\n', " ");
            let lines = [good.as_bytes(), b"\n", body, b"\n", good.as_bytes()].concat();
            let text = serving.post("/decide/batch", NDJSON, lines).text().unwrap();
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(lines.len(), 3);
            assert!(
                lines[1].starts_with("{\"line\":2,\"code\":"),
                "{}",
                lines[1]
            );
        }
    }
    is_well(&serving);
}

#[test]
fn kinds_of_content_that_a_browser_sends_by_itself_are_refused() {
    let serving = Serving::readme(&[]);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "application/json2",
        "json",
    ] {
        let response = serving.post("/decide", kind, case());
        assert_eq!(response.status(), 415, "{kind}");
        let problem: Value = response.json().unwrap();
        assert!(
            problem["detail"]
                .as_str()
                .unwrap()
                .contains("`content-type: application/json`")
        );
    }
    let bare = serving.raw(
        b"POST /decide HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
    );
    assert!(bare.starts_with("HTTP/1.1 415 "), "{bare}");
    is_well(&serving);
}

#[test]
fn a_body_of_100_megabytes_is_refused_and_not_held() {
    let serving = Serving::readme(&[]);
    is_well(&serving);
    #[cfg(target_os = "linux")]
    let before = serving.memory();
    let large = vec![b' '; 100 * 1024 * 1024];
    let response = serving.decide(large.clone());
    assert_eq!(response.status(), 413);
    assert_eq!(response.json::<Value>().unwrap()["code"], "too-large");
    // Without a length told beforehand.
    let mut stream = serving.connect();
    let head = head(
        "/decide",
        JSON,
        "transfer-encoding: chunked\r\nconnection: close\r\n",
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut from = stream.try_clone().unwrap();
    let reader = std::thread::spawn(move || until_closed(&mut from));
    for piece in large.chunks(1024 * 1024) {
        let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"0\r\n\r\n");
    let told = reader.join().unwrap();
    assert!(told.starts_with("HTTP/1.1 413 "), "{told}");
    // A length that nobody can have.
    let told = serving.raw(
        super::support::head("/decide", JSON, "content-length: 99999999999999\r\n").as_bytes(),
    );
    assert!(told.starts_with("HTTP/1.1 413 "), "{told}");
    #[cfg(target_os = "linux")]
    {
        let after = serving.memory();
        assert!(
            after < before + 24 * 1024,
            "{before} kB before, {after} kB after"
        );
    }
    is_well(&serving);
}

#[test]
fn a_head_that_never_ends_is_not_waited_for() {
    let serving = Serving::readme(&["--head-limit", "1"]);
    let began = Instant::now();
    let mut slow: Vec<_> = (0..50).map(|_| serving.connect()).collect();
    let begin = b"POST /decide HTTP/1.1\r\nhost: x\r\n";
    for stream in &mut slow {
        stream.write_all(begin).unwrap();
    }
    // Each sends a byte now and then, and is closed all the same.
    let closed = eventually(|| {
        std::thread::sleep(Duration::from_millis(100));
        slow.retain_mut(|stream| stream.write_all(b"x").is_ok());
        slow.is_empty().then_some(())
    });
    assert!(closed.is_some(), "{} are open", slow.len());
    assert!(began.elapsed() < Duration::from_secs(20));
    // One that says nothing at all is closed as well.
    let mut silent = serving.connect();
    assert_eq!(silent.read(&mut [0; 64]).unwrap_or(0), 0);
    is_well(&serving);
}

#[test]
fn a_body_that_never_ends_is_answered_with_408() {
    let serving = Serving::readme(&["--time-limit", "1"]);
    let mut stream = serving.connect();
    let head = head("/decide", JSON, "content-length: 1000\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut from = stream.try_clone().unwrap();
    let reader = std::thread::spawn(move || until_closed(&mut from));
    for _ in 0..30 {
        std::thread::sleep(Duration::from_millis(100));
        let _ = stream.write_all(b" ");
    }
    let told = reader.join().unwrap();
    assert!(told.starts_with("HTTP/1.1 408 "), "{told}");
    assert!(told.contains("\"slow-request\""), "{told}");
    // In a batch it is the last line.
    let mut stream = serving.connect();
    let head = super::support::head("/decide/batch", NDJSON, "content-length: 100000\r\n");
    let line = case().replace('\n', " ");
    stream
        .write_all(format!("{head}{line}\n{{\"now\"").as_bytes())
        .unwrap();
    let told = until_closed(&mut stream);
    assert!(told.starts_with("HTTP/1.1 200 "), "{told}");
    assert!(
        told.contains("{\"line\":2,\"code\":\"slow-request\""),
        "{told}"
    );
    is_well(&serving);
}

#[test]
fn who_hangs_up_leaves_nothing_behind() {
    let serving = Serving::readme(&[]);
    let body = case();
    let whole = format!(
        "{}{body}",
        head(
            "/decide",
            JSON,
            &format!("content-length: {}\r\n", body.len())
        )
    );
    let line = body.replace('\n', " ");
    let batch = format!(
        "{}{line}\n{line}",
        head("/decide/batch", NDJSON, "content-length: 100000\r\n")
    );
    for round in 0..300 {
        let request = if round % 2 == 0 { &whole } else { &batch };
        let until = (round * 7) % request.len();
        let mut stream = serving.connect();
        let _ = stream.write_all(&request.as_bytes()[..until]);
    }
    let quiet = eventually(|| {
        let in_flight = serving.metric("courtesy_requests_in_flight");
        let connections = serving.metric("courtesy_connections");
        // The connection that asks is one of them.
        (in_flight == 0.0 && connections <= 2.0).then_some(())
    });
    assert!(
        quiet.is_some(),
        "{}",
        serving.get("/metrics").text().unwrap()
    );
    is_well(&serving);
}

#[test]
fn what_is_no_http_is_answered_with_400_and_closed() {
    let serving = Serving::readme(&[]);
    let told = serving.raw(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\nGET /ready HTTP/1.1\r\nhost: x\r\n\r\n\x16\x03\x01garbage\r\n\r\nGET /health HTTP/1.1\r\n\r\n");
    let answers: Vec<&str> = told.matches("HTTP/1.1 ").collect();
    assert_eq!(answers.len(), 3, "{told}");
    assert!(
        told.contains("\"well\"") && told.contains("\"ready\"") && told.contains("HTTP/1.1 400 "),
        "{told}"
    );
    for bytes in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /decide HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
        b"POST /decide HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n{}",
        b"POST /decide HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ] {
        let told = serving.raw(bytes);
        assert!(
            told.starts_with("HTTP/1.1 4") || told.starts_with("HTTP/1.1 5") || told.is_empty(),
            "{told}"
        );
        assert!(!told.contains("200 OK"), "{told}");
    }
    let many = format!("GET /health HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(10_000));
    let told = serving.raw(many.as_bytes());
    assert!(told.starts_with("HTTP/1.1 431 "), "{told}");
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(200_000));
    let told = serving.raw(long.as_bytes());
    assert!(told.starts_with("HTTP/1.1 4"), "{told}");
    is_well(&serving);
}

/// As `printf … | nc` does.
#[test]
fn who_closes_its_own_side_is_answered_all_the_same() {
    let serving = Serving::readme(&[]);
    let body = case();
    let more = format!("content-length: {}\r\n", body.len());
    let whole = format!("{}{body}", head("/decide", JSON, &more));
    let odd = "GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n".to_string();
    for (request, status) in [(whole, "200"), (odd, "404")] {
        for _ in 0..20 {
            let mut stream = serving.connect();
            stream.write_all(request.as_bytes()).unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            let told = until_closed(&mut stream);
            assert!(told.starts_with(&format!("HTTP/1.1 {status} ")), "{told}");
        }
    }
    is_well(&serving);
}

#[test]
fn a_thousand_connections_are_all_answered() {
    let serving = Serving::readme(&[]);
    let mut streams: Vec<_> = (0..1_000).map(|_| serving.connect()).collect();
    let body = case();
    let more = format!("content-length: {}\r\nconnection: close\r\n", body.len());
    let request = format!("{}{body}", head("/decide", JSON, &more));
    for stream in &mut streams {
        stream.write_all(request.as_bytes()).unwrap();
    }
    let mut answers = [0, 0];
    for stream in &mut streams {
        let told = until_closed(stream);
        let well = told.starts_with("HTTP/1.1 200 ");
        assert!(well || told.starts_with("HTTP/1.1 503 "), "{told}");
        assert!(well || told.contains("retry-after: 1"), "{told}");
        answers[usize::from(!well)] += 1;
    }
    assert!(answers[0] > 250, "{answers:?}");
    is_well(&serving);
}

#[test]
fn a_connection_too_many_is_told_so() {
    let serving = Serving::readme(&["--connections", "3"]);
    let mut held: Vec<_> = (0..3).map(|_| serving.connect()).collect();
    for stream in &mut held {
        stream
            .write_all(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n")
            .unwrap();
        stream.read_exact(&mut [0; 12]).unwrap();
    }
    let told = serving.raw(b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(told.starts_with("HTTP/1.1 503 "), "{told}");
    assert!(
        told.contains("retry-after: 1\r\n") && told.contains("\"busy\""),
        "{told}"
    );
    drop(held);
    let free = eventually(|| {
        let told = serving.raw(b"GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        told.starts_with("HTTP/1.1 200 ").then_some(told)
    });
    assert!(
        free.unwrap()
            .contains("courtesy_connections_turned_away_total")
    );
}
