//! Asks the service as fast as it answers, and prints how fast that is.
//!
//! It starts the program that lies beside it, asks `/decide` over so many connections at a time, then sends one batch,
//! and prints a table: requests a second, how long they took, and the most memory that the service had. Client and
//! service share the machine.
//!
//!   cargo run --release --example load -- FOLDER CASE SECONDS CONNECTIONS…

#![allow(
    clippy::arithmetic_side_effects,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement stops where it stands"
)]

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// Lines of the batch.
const LINES: usize = 200_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (folder, case) = (&words[0], std::fs::read(&words[1]).unwrap());
    let seconds = Duration::from_secs(words[2].parse().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    println!(
        "| connections | requests a second | p50 | p90 | p99 | p99.9 | longest | memory at the most |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for connections in words[3..].iter().map(|word| word.parse().unwrap()) {
        let service = Service::start(folder);
        let load = load(
            service.address,
            Bytes::from(case.clone()),
            connections,
            seconds,
        );
        let mut took = runtime.block_on(load);
        took.sort_unstable();
        let at = |share: f64| milliseconds(took[((took.len() - 1) as f64 * share) as usize]);
        let a_second = took.len() as f64 / seconds.as_secs_f64();
        let (p50, p90, p99, p999, most) = (at(0.5), at(0.9), at(0.99), at(0.999), at(1.0));
        let memory = service.memory();
        println!(
            "| {connections} | {a_second:.0} | {p50} | {p90} | {p99} | {p999} | {most} | {memory} MB |"
        );
    }
    let service = Service::start(folder);
    let began = Instant::now();
    let answers = runtime.block_on(batch(service.address, &case));
    let took = began.elapsed().as_secs_f64();
    assert_eq!(answers, LINES, "lines in the answer");
    let (a_second, memory) = (LINES as f64 / took, service.memory());
    println!(
        "\none batch of {LINES} lines: {a_second:.0} a second, memory at the most {memory} MB"
    );
}

fn milliseconds(took: Duration) -> String {
    format!("{:.2} ms", took.as_secs_f64() * 1000.0)
}

struct Service {
    child: Child,
    address: SocketAddr,
}

impl Service {
    fn start(folder: &str) -> Service {
        let own = std::env::current_exe().unwrap();
        let program = own.parent().unwrap().with_file_name("courtesy-serve");
        let mut child = Command::new(program)
            .args([folder, "--listen", "127.0.0.1:0", "--requests", "4096"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines
            .map_while(Result::ok)
            .find(|line| line.contains("listening on "));
        let line = line.expect("the service does not start");
        let address = line.rsplit("http://").next().unwrap().parse().unwrap();
        Service { child, address }
    }

    /// Megabytes, as Linux tells them.
    fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes =
            line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kilobytes.map_or_else(
            || "?".to_string(),
            |kilobytes| (kilobytes / 1024).to_string(),
        )
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn load(
    address: SocketAddr,
    case: Bytes,
    connections: usize,
    seconds: Duration,
) -> Vec<Duration> {
    let until = Instant::now() + seconds;
    let clients: Vec<_> = (0..connections)
        .map(|_| tokio::spawn(ask(address, case.clone(), until)))
        .collect();
    let mut all = Vec::new();
    for client in clients {
        all.extend(client.await.unwrap());
    }
    all
}

async fn connect(address: SocketAddr) -> http1::SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    sender
}

fn post(path: &str, kind: &str, body: Bytes) -> Request<Full<Bytes>> {
    let request = Request::post(path)
        .header("host", "load")
        .header("content-type", kind);
    request.body(Full::new(body)).unwrap()
}

async fn ask(address: SocketAddr, case: Bytes, until: Instant) -> Vec<Duration> {
    let mut sender = connect(address).await;
    let mut took = Vec::new();
    while Instant::now() < until {
        let began = Instant::now();
        let request = post("/decide", "application/json", case.clone());
        let answer = sender.send_request(request).await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.into_body().collect().await.unwrap();
        took.push(began.elapsed());
        sender.ready().await.unwrap();
    }
    took
}

/// Sends one batch; gives back how many lines came.
async fn batch(address: SocketAddr, case: &[u8]) -> usize {
    let mut line: Vec<u8> = case
        .iter()
        .map(|byte| if *byte == b'\n' { b' ' } else { *byte })
        .collect();
    line.push(b'\n');
    let mut sender = connect(address).await;
    let request = post(
        "/decide/batch",
        "application/x-ndjson",
        Bytes::from(line.repeat(LINES)),
    );
    let mut body = sender.send_request(request).await.unwrap().into_body();
    let mut answers = 0;
    while let Some(frame) = body.frame().await {
        let piece = frame.unwrap().into_data().unwrap_or_default();
        answers += piece.iter().filter(|byte| **byte == b'\n').count();
    }
    answers
}
