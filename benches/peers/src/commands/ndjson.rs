//! `ndjson`: a file with a case a line, decided by a process of its own for each program, and by `courtesy apply`.

use crate::child::{self, Ran};
use crate::markdown::{Table, digits, time, times, whole};
use crate::measure::{median, ratio};
use crate::programs::{self, COURTESY, HAND, Kind};
use crate::results::Part;
use crate::workload::{Form, Policies, Size, json};
use courtesy::BatchOptions;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

const CASES: usize = 24_000;
/// The other engines are slower and decide the first of the records; the figures are a record's.
const RECORDS: usize = 2_000;
const ROUNDS: usize = 5;
const LINES: &str = "lines only";

/// A mode of reading the file.
struct Mode {
    name: String,
    lines: usize,
    run: Box<dyn Fn() -> Ran>,
}

/// Measures all modes in turn.
pub fn run() {
    let load = load();
    let cases = file("target/cases.ndjson", CASES, Form::Case);
    let records = file("target/records.ndjson", RECORDS, Form::Record);
    let modes = modes(&cases, &records);
    let mut ran: Vec<Vec<Ran>> = modes.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (mode, ran) in modes.iter().zip(&mut ran) {
            ran.push((mode.run)());
        }
    }
    let hand = modes
        .iter()
        .position(|mode| mode.name == HAND.name)
        .expect("it is a mode");
    let hand = each(&ran[hand], CASES, |ran| ran.cpu);
    let mut part = Part::new("ndjson");
    let mut table = Table::new(&[
        "program",
        "CPU a record",
        "by `hand`",
        "records a second and core",
        "records a second",
        "peak MB",
    ]);
    for (mode, own) in modes.iter().zip(&ran) {
        let cpu = each(own, mode.lines, |ran| ran.cpu);
        let wall = each(own, mode.lines, |ran| ran.wall);
        let peak = own.iter().map(|ran| ran.peak_kilobytes).max().unwrap_or(0) as f64 / 1024.0;
        part.add(&mode.name, "cpu", median(&cpu), ratio(&cpu, &hand));
        part.add(&mode.name, "wall", median(&wall), ratio(&wall, &hand));
        part.add(&mode.name, "peak MB", peak, 1.0);
        table.row(&[
            mode.name.clone(),
            time(median(&cpu)),
            times(ratio(&cpu, &hand)),
            whole(1.0 / median(&cpu)),
            whole(1.0 / median(&wall)),
            digits(peak),
        ]);
    }
    part.text = table.finish();
    two_by_one(&mut part, &modes, &ran);
    let bytes = std::fs::metadata(&cases).expect("it was written").len() as f64;
    writeln!(
        part.text,
        " The load of the machine was {load} before; what counts seconds, not CPU, is only worth something where that is near 0. A record has {} bytes; the file has {}, of which the other engines decide {}.",
        whole(bytes / CASES as f64),
        whole(CASES as f64),
        whole(RECORDS as f64)
    )
    .unwrap();
    part.finish();
}

/// How many processes ran or waited to run in the last minute.
fn load() -> String {
    let about = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    about.split(' ').next().unwrap_or_default().to_string()
}

fn each(ran: &[Ran], lines: usize, what: impl Fn(&Ran) -> f64) -> Vec<f64> {
    ran.iter().map(|ran| what(ran) / lines as f64).collect()
}

fn jobs(count: u8) -> String {
    format!("`courtesy apply --jobs {count}`")
}

/// How much faster two threads are than one.
fn two_by_one(part: &mut Part, modes: &[Mode], ran: &[Vec<Ran>]) {
    let wall = |count| {
        let name = jobs(count);
        let place = modes
            .iter()
            .position(|mode| mode.name == name)
            .expect("it is a mode");
        each(&ran[place], CASES, |ran| ran.wall)
    };
    let faster = ratio(&wall(1), &wall(2));
    part.add("courtesy", "two by one", faster, faster);
    write!(
        part.text,
        "\nTwo threads decide {} as many records a second as one.",
        times(faster)
    )
    .unwrap();
}

fn modes(cases: &str, records: &str) -> Vec<Mode> {
    let own = |name: &str, file: &str, lines: usize| {
        let arguments = ["stream", name, file, &lines.to_string()].map(str::to_string);
        Mode {
            name: name.to_string(),
            lines,
            run: Box::new(move || {
                let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
                child::again(&arguments)
            }),
        }
    };
    let mut modes = vec![own(LINES, cases, CASES)];
    modes.extend(programs::all().map(|kind| match kind.form {
        Form::Case => own(kind.name, cases, CASES),
        Form::Record => own(kind.name, records, RECORDS),
    }));
    modes.extend([1, 2].map(|count| apply(cases, count)));
    modes
}

fn apply(cases: &str, count: u8) -> Mode {
    let (command, cases) = (child::courtesy(), cases.to_string());
    Mode {
        name: jobs(count),
        lines: CASES,
        run: Box::new(move || {
            let jobs = count.to_string();
            let arguments = ["apply", "policies", "--records", &cases, "--jobs", &jobs];
            child::run(&command, &arguments)
        }),
    }
}

/// Writes a file of the workload.
pub fn write(path: &str, count: usize, form: Form) {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).expect("a file"));
    for seed in 0..count as u64 {
        writeln!(out, "{}", json(seed, Size::STREAM, form)).expect("room for the file");
    }
    out.flush().expect("room for the file");
}

/// The form that is called so.
pub fn form(name: &str) -> Form {
    match name {
        "case" => Form::Case,
        "record" => Form::Record,
        other => panic!("case or record, not {other}"),
    }
}

fn file(path: &str, count: usize, form: Form) -> String {
    std::fs::create_dir_all("target").expect("a folder");
    let path: PathBuf = path.into();
    let path = path.to_string_lossy().into_owned();
    write(&path, count, form);
    path
}

/// What a process of `ndjson` does: reads lines, decides each, writes the decisions to where they are thrown away.
pub fn stream(program: &str, file: &str, limit: usize) {
    let mut decide = decider(program);
    let mut lines = BufReader::with_capacity(1 << 20, File::open(file).expect("a file"));
    let mut out = BufWriter::with_capacity(1 << 20, File::create("/dev/null").expect("a sink"));
    let (mut line, mut answer) = (Vec::new(), Vec::new());
    let mut count = 0;
    while count < limit && lines.read_until(b'\n', &mut line).expect("a line") > 0 {
        line.pop();
        answer.clear();
        decide(&line, &mut answer);
        out.write_all(&answer).expect("room");
        line.clear();
        count += 1;
    }
    out.flush().expect("room");
    assert_eq!(count, limit, "the file has fewer lines");
}

type Decide = Box<dyn FnMut(&[u8], &mut Vec<u8>)>;

fn decider(program: &str) -> Decide {
    if program == LINES {
        return Box::new(|line, _| {
            std::hint::black_box(line.len());
        });
    }
    if program == COURTESY.name {
        return batch();
    }
    let kind: Kind = programs::named(program);
    let mut program = kind.make(&Policies::Shop);
    Box::new(move |line, answer| {
        program.load(line);
        program.decide();
        program.write(answer);
    })
}

/// Courtesy as a host decides many: what is the same for all is read once.
fn batch() -> Decide {
    let engine = programs::package(&Policies::Shop)
        .into_engine()
        .expect("the policies check");
    let batch = engine
        .batch(BatchOptions::default())
        .expect("no options are wrong");
    Box::new(move |line, answer| {
        let decision = batch.decide_line(line).expect("the case fits");
        answer.extend_from_slice(decision.to_json().as_bytes());
        answer.push(b'\n');
    })
}
