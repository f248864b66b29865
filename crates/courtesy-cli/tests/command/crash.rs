//! Output files are whole or absent, whatever happens.

use super::support::{NOW, Place, customers};
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

#[test]
fn killed_at_any_moment_nothing_half_written_stands() {
    let place = place_with_records();
    assert_eq!(
        place
            .command(&TO_FILES)
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .code(),
        Some(3)
    );
    let whole = ["out", "bad", "summary"].map(|name| place.read(name));
    let mut cut_short = 0;
    for kill in 0..12 {
        for name in ["out", "bad", "summary"] {
            let _ = fs::remove_file(place.path(name));
        }
        let mut child = place
            .command(&TO_FILES)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(1 << kill));
        child.kill().unwrap();
        if child.wait().unwrap().code().is_none() {
            cut_short += 1;
        }
        for (name, whole) in ["out", "bad", "summary"].iter().zip(&whole) {
            if let Ok(found) = fs::read(place.path(name)) {
                assert!(found == *whole, "half of {name} after {} ms", 1 << kill);
            }
        }
    }
    assert!(cut_short > 0, "no run was killed in time");
    assert_eq!(
        place
            .command(&TO_FILES)
            .stderr(Stdio::null())
            .status()
            .unwrap()
            .code(),
        Some(3)
    );
    assert!(["out", "bad", "summary"].map(|name| place.read(name)) == whole);
    assert_eq!(place.names(), ["bad", "out", "records", "shop", "summary"]);
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
