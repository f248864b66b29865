//! `cold`: from the start of a process to its first decision, under 100 policies.

use crate::child;
use crate::markdown::{Table, digits, time};
use crate::measure::median;
use crate::programs;
use crate::results::Part;
use crate::workload::{Form, Size, generated, json};
use std::fs;
use std::path::{Path, PathBuf};

const ROUNDS: usize = 25;
const IDLE: &str = "idle";

/// What is started, and what it is held against.
struct Started {
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    idle: usize,
}

/// Starts every program in turn.
pub fn run() {
    let started = all();
    let mut ran: Vec<Vec<child::Ran>> = started.iter().map(|_| Vec::new()).collect();
    for _ in 0..ROUNDS {
        for (one, ran) in started.iter().zip(&mut ran) {
            let arguments: Vec<&str> = one.arguments.iter().map(String::as_str).collect();
            ran.push(child::run(&one.program, &arguments));
        }
    }
    let mut part = Part::new("cold");
    let mut table = Table::new(&[
        "process",
        "start to end",
        "CPU over an idle one",
        "CPU",
        "peak MB",
    ]);
    for (one, own) in started.iter().zip(&ran) {
        let idle = &ran[one.idle];
        let over: Vec<f64> = own
            .iter()
            .zip(idle)
            .map(|(own, idle)| own.cpu - idle.cpu)
            .collect();
        let walls: Vec<f64> = own.iter().map(|ran| ran.wall).collect();
        let cpu: Vec<f64> = own.iter().map(|ran| ran.cpu).collect();
        let peak = own.iter().map(|ran| ran.peak_kilobytes).max().unwrap_or(0);
        part.add(&one.name, "over idle", median(&over), median(&walls));
        table.row(&[
            one.name.clone(),
            time(median(&walls)),
            format!("{:.2} ms", median(&over).max(0.0) * 1e3),
            time(median(&cpu)),
            digits(peak as f64 / 1024.0),
        ]);
    }
    part.text = table.finish();
    part.finish();
}

fn all() -> Vec<Started> {
    let own = |name: &str| Started {
        name: name.to_string(),
        program: std::env::current_exe().expect("a path"),
        arguments: vec!["cold-start".into(), name.into()],
        idle: 0,
    };
    let mut all = vec![own(IDLE)];
    all.extend(programs::all().map(|kind| own(kind.name)));
    let folder = package();
    let command = |name: &str, arguments: &[&str], idle| Started {
        name: name.to_string(),
        program: child::courtesy(),
        arguments: arguments.iter().map(|one| one.to_string()).collect(),
        idle,
    };
    let idle = all.len();
    let (package, case) = (folder.join("package"), folder.join("case.json"));
    let (package, case) = (package.to_string_lossy(), case.to_string_lossy());
    all.push(command("`courtesy --version`", &["--version"], idle));
    all.push(command(
        "`courtesy decide`",
        &["decide", &package, "--case", &case],
        idle,
    ));
    all
}

/// The 100 policies and a case as files, for the command.
fn package() -> PathBuf {
    let folder = Path::new("target/cold");
    fs::create_dir_all(folder.join("package")).expect("a folder");
    for (name, text) in programs::sources(&generated(100)) {
        fs::write(folder.join("package").join(name), text).expect("a file");
    }
    let case = json(77_001, Size::MIDDLE, Form::Case);
    fs::write(folder.join("case.json"), case).expect("a file");
    folder.into()
}

/// What a started process does: nothing, or one decision.
pub fn start(program: &str) {
    if program == IDLE {
        return;
    }
    let kind = programs::named(program);
    let mut program = kind.make(&generated(100));
    program.load(json(77_001, Size::MIDDLE, kind.form).as_bytes());
    program.decide();
    let mut out = Vec::new();
    program.write(&mut out);
    println!("{}", out.len());
}
