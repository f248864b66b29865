//! Output files are whole or absent, whatever happens.

use super::support::{NOW, Place, customers};
use courtesy_promises::jobs::crash;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const TO_FILES: [&str; 14] = [
    "apply",
    "shop",
    "--records",
    "records",
    "--as",
    "customer",
    "--now",
    NOW,
    "--out",
    "out",
    "--quarantine",
    "bad",
    "--summary",
    "summary",
];

fn place_with_records() -> Place {
    let place = Place::new();
    place.write("records", customers(20_000).replace("\"c19999\"", "19999"));
    place
}

/// A few dozen kills, and each call that changes a file failing in the telling ways; `scripts/promises.sh`
/// runs the long form.
#[test]
fn whatever_stops_it_files_are_whole_or_as_before() {
    let tally = crash::run(&crash::Options {
        command: env!("CARGO_BIN_EXE_courtesy").into(),
        kills: 24,
        records: 3_000,
        thorough: false,
        seed: 1,
    });
    assert!(tally.failures.is_empty(), "{}", tally.report());
    assert!(
        tally.counts["killed on the way"] > 0,
        "no run was killed in time"
    );
    if cfg!(target_os = "linux") {
        assert!(
            tally.counts["calls that change a file"] >= 100,
            "{:?}",
            tally.counts
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_leaves_nothing() {
    let place = place_with_records();
    let arguments = [
        "apply",
        "shop",
        "--records",
        "records",
        "--as",
        "customer",
        "--now",
        NOW,
    ];
    let with = |more: &[&str]| place.run(&[&arguments[..], more].concat());
    with(&["--out", "/dev/full", "--quarantine", "bad"])
        .ends_with(2)
        .says("cannot write `/dev/full`: no space left");
    with(&[
        "--out",
        "out",
        "--quarantine",
        "bad",
        "--summary",
        "/dev/full",
    ])
    .ends_with(2)
    .says("cannot write");
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = place.command(&arguments).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("cannot write to stdout: no space left")
    );
    assert_eq!(place.names(), ["records", "shop"]);
    with(&["--out", "/dev/null", "--summary", "/dev/null"]).ends_with(3);
}

#[test]
fn a_reader_who_goes_away_ends_it_quietly() {
    let place = place_with_records();
    let read_one_line = |arguments: &[&str]| {
        let mut child = place
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(100, child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let mut stderr = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        (child.wait().unwrap().code(), stderr)
    };
    let arguments = [
        "apply",
        "shop",
        "--records",
        "records",
        "--as",
        "customer",
        "--now",
        NOW,
    ];
    assert_eq!(read_one_line(&arguments), (Some(0), String::new()));
    let (code, stderr) = read_one_line(&[&arguments[..], &["--quarantine", "bad"]].concat());
    assert_eq!(code, Some(2), "{stderr}");
    assert!(
        stderr.contains("stdout was closed before the last decision"),
        "{stderr}"
    );
    assert_eq!(place.names(), ["records", "shop"]);
}

/// Signals of Ctrl-C, of a polite end, and of a closed terminal.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_even_while_it_waits() {
    let place = place_with_records();
    place.write("out", "of an earlier run");
    let start = customers(3000);
    for signal in ["INT", "TERM", "HUP"] {
        let mut arguments = TO_FILES;
        arguments[3] = "-";
        let mut child = place
            .command(&arguments)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(start.as_bytes()).unwrap();
        let partial = [
            ".bad.courtesy-partial",
            ".out.courtesy-partial",
            ".summary.courtesy-partial",
        ];
        while !partial.iter().all(|name| place.path(name).exists()) {
            sleep(Duration::from_millis(5));
        }
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{signal}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            said, "interrupted; what was on its way has been taken away\n",
            "{signal}"
        );
        drop(stdin);
        assert_eq!(place.names(), ["out", "records", "shop"], "{signal}");
        assert_eq!(place.read("out"), b"of an earlier run");
    }
}

#[test]
fn what_a_killed_run_left_is_replaced() {
    let place = place_with_records();
    place.write(".out.courtesy-partial", "half of an earlier ru");
    place.run(&TO_FILES).ends_with(3);
    assert_eq!(place.names(), ["bad", "out", "records", "shop", "summary"]);
    assert_eq!(
        place
            .read("out")
            .iter()
            .filter(|byte| **byte == b'\n')
            .count(),
        19_999
    );
}
