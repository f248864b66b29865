//! `machine`: what the figures were measured on, and which versions.

use crate::results::Part;
use std::fmt::Write;
use std::process::Command;

const LOCK: &str = include_str!("../../Cargo.lock");

const ENGINES: [&str; 7] = [
    "cedar-policy",
    "cel",
    "datalogic-rs",
    "regorus",
    "rhai",
    "rust-rule-engine",
    "zen-expression",
];
const READERS: [&str; 2] = ["serde_json", "sonic-rs"];

/// Prints it.
pub fn run() {
    let mut part = Part::new("machine");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let versions = |names: &[&str]| {
        let all: Vec<String> = names
            .iter()
            .map(|name| format!("{name} {}", version(name)))
            .collect();
        all.join(", ")
    };
    let engines = if cfg!(feature = "peers") {
        versions(&ENGINES)
    } else {
        "no other engines".to_string()
    };
    writeln!(
        part.text,
        "{} ({cores} cores), {}. Courtesy {}; {engines}; {}.",
        processor(),
        compiler(),
        version("courtesy"),
        versions(&READERS)
    )
    .unwrap();
    part.finish();
}

fn processor() -> String {
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = about
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split(':').nth(1));
    name.map_or("an unnamed processor", str::trim).to_string()
}

fn compiler() -> String {
    let said = Command::new("rustc").arg("--version").output();
    let said = said.map(|said| String::from_utf8_lossy(&said.stdout).into_owned());
    let said = said.unwrap_or_default();
    let words: Vec<&str> = said.split_whitespace().take(2).collect();
    words.join(" ")
}

/// The version that the lock file gives a crate.
fn version(name: &str) -> &'static str {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let place = LOCK.find(&entry).map(|place| place + entry.len());
    let rest = place.map_or("", |place| &LOCK[place..]);
    rest.split('"').next().unwrap_or_default()
}
