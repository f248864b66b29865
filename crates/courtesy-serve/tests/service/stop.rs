//! The end: what was asked is answered.

use super::support::{JSON, NDJSON, Serving, case, eventually, head, until_closed};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What became of a request on a connection of its own.
#[derive(Debug, PartialEq)]
enum Fate {
    Answered,
    /// The service did not listen any more, so nothing was asked.
    NotTaken,
    Lost(String),
}

fn ask(serving: &Serving, request: &str) -> Fate {
    let mut stream = match TcpStream::connect(serving.address) {
        Ok(stream) => stream,
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => return Fate::NotTaken,
        Err(error) => return Fate::Lost(error.to_string()),
    };
    stream
        .set_read_timeout(Some(std::time::Duration::from_secs(30)))
        .unwrap();
    if let Err(error) = stream.write_all(request.as_bytes()) {
        return Fate::Lost(error.to_string());
    }
    let told = until_closed(&mut stream);
    match told.starts_with("HTTP/1.1 200 ") && told.ends_with("}\n") {
        true => Fate::Answered,
        false => Fate::Lost(told),
    }
}

#[test]
fn under_load_no_request_is_lost_and_it_ends_with_0() {
    let mut serving = Serving::readme(&["--stop-delay", "1"]);
    let body = case();
    let more = format!("content-length: {}\r\nconnection: close\r\n", body.len());
    let request = format!("{}{body}", head("/decide", JSON, &more));
    let answered = AtomicUsize::new(0);
    let lost: Vec<Fate> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        match ask(&serving, &request) {
                            Fate::Answered => answered.fetch_add(1, Ordering::SeqCst),
                            Fate::NotTaken => return None,
                            lost => return Some(lost),
                        };
                    }
                })
            })
            .collect();
        assert!(eventually(|| (answered.load(Ordering::SeqCst) > 200).then_some(())).is_some());
        serving.signal("TERM");
        clients
            .into_iter()
            .filter_map(|client| client.join().unwrap())
            .collect()
    });
    assert_eq!(lost, []);
    assert_eq!(serving.code(), Some(0));
    assert!(
        serving.log().trim_end().ends_with("stopped"),
        "{}",
        serving.log()
    );
}

#[test]
fn what_is_half_asked_is_answered_and_ready_says_no_meanwhile() {
    for signal in ["TERM", "INT"] {
        let mut serving = Serving::readme(&["--stop-delay", "1"]);
        let body = case();
        let mut half = serving.connect();
        let head_of_case = head(
            "/decide",
            JSON,
            &format!("content-length: {}\r\n", body.len()),
        );
        half.write_all(format!("{head_of_case}{}", &body[..100]).as_bytes())
            .unwrap();
        let line = body.replace('\n', " ") + "\n";
        let mut batch = serving.connect();
        let head_of_batch = head(
            "/decide/batch",
            NDJSON,
            &format!("content-length: {}\r\n", 2 * line.len()),
        );
        batch
            .write_all(format!("{head_of_batch}{line}").as_bytes())
            .unwrap();
        assert!(
            eventually(|| (serving.metric("courtesy_requests_in_flight") == 2.0).then_some(()))
                .is_some()
        );
        serving.signal(signal);
        serving.wait_for_log("stopping");
        let ready = serving.get("/ready");
        assert_eq!(ready.status(), 503);
        assert_eq!(ready.headers()["connection"], "close");
        // The door closes, what is inside goes on.
        let closed = eventually(|| TcpStream::connect(serving.address).is_err().then_some(()));
        assert!(closed.is_some());
        half.write_all(&body.as_bytes()[100..]).unwrap();
        let told = until_closed(&mut half);
        assert!(
            told.starts_with("HTTP/1.1 200 ") && told.ends_with("}\n"),
            "{told}"
        );
        batch.write_all(line.as_bytes()).unwrap();
        let told = until_closed(&mut batch);
        assert_eq!(told.matches("{\"package\"").count(), 2, "{told}");
        assert!(told.ends_with("0\r\n\r\n"), "{told}");
        assert_eq!(serving.code(), Some(0));
    }
}

#[test]
fn it_waits_no_longer_than_it_is_told_to_and_not_at_a_second_signal() {
    let hold = |serving: &Serving| {
        let mut stream = serving.connect();
        let head = head("/decide", JSON, "content-length: 1000\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        assert!(
            eventually(|| (serving.metric("courtesy_requests_in_flight") == 1.0).then_some(()))
                .is_some()
        );
        stream
    };
    let mut serving = Serving::readme(&["--drain", "1", "--time-limit", "60"]);
    let mut held = hold(&serving);
    serving.signal("TERM");
    assert_eq!(serving.code(), Some(0));
    serving.wait_for_log("not everything was answered in time");
    assert_eq!(held.read(&mut [0; 8]).unwrap_or(0), 0);
    let mut serving = Serving::readme(&["--drain", "600", "--time-limit", "60"]);
    let _held = hold(&serving);
    serving.signal("TERM");
    serving.wait_for_log("stopping");
    assert!(eventually(|| TcpStream::connect(serving.address).is_err().then_some(())).is_some());
    serving.signal("TERM");
    assert_eq!(serving.code(), Some(0));
    serving.wait_for_log("stopped at once");
}
