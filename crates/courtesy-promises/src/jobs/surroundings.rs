//! Determinism: the same package, case and zone data give the same bytes, whatever surrounds the process.
//!
//! Input: the built command and the folder of the examples. Every example's cases are decided, explained and run as
//! a batch in many surroundings: threads, zone, language, working folder, colour, log level, the order in which the
//! files were written into the folder, and how the folder is called. Output: one digest for all; every other one is
//! a find.

use super::Tally;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Records of a batch: more than one block of lines.
const LINES: usize = 260;

/// What surrounds a run.
struct Surroundings {
    jobs: usize,
    variables: Vec<(&'static str, &'static str)>,
    /// Whether the files were written last first.
    backwards: bool,
    /// Whether the command is started in the package's own folder.
    inside: bool,
}

/// Runs the job over the packages of a folder, in so many surroundings.
#[must_use]
pub fn run(command: &Path, examples: &Path, rounds: usize) -> Tally {
    let mut tally = Tally::default();
    for (number, package) in packages(examples).into_iter().enumerate() {
        let mut digests: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        // Where there are few rounds, the packages together still see all surroundings.
        for round in (number..).step_by(3).take(rounds) {
            let surroundings = surroundings(round);
            let printed = decide_all(command, &package, &surroundings, &mut tally);
            tally.cases += 1;
            digests.entry(printed).or_default().push(round);
        }
        tally.count("packages", 1);
        if digests.len() != 1 {
            let rounds: Vec<&Vec<usize>> = digests.values().collect();
            tally.fail(
                package.name.clone(),
                format!("other bytes in other surroundings: {rounds:?}"),
            );
        }
    }
    tally
}

/// Runs the job over the packages of `examples`.
pub(super) fn of_examples(command: &Path, rounds: u64, _: u64) -> Tally {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    run(
        command,
        &examples,
        usize::try_from(rounds).unwrap_or(usize::MAX),
    )
}

fn surroundings(round: usize) -> Surroundings {
    let zones = [
        "UTC",
        "Asia/Kolkata",
        "Pacific/Apia",
        "no such zone",
        "",
        ":/etc/localtime",
        "EST5EDT",
    ];
    let languages = [
        "C",
        "de_DE.UTF-8",
        "tr_TR",
        "ja_JP.eucJP",
        "",
        "POSIX",
        "ar_EG.UTF-8",
    ];
    let extra: [&[(&str, &str)]; 5] = [
        &[],
        &[("NO_COLOR", "1"), ("TERM", "dumb")],
        &[
            ("CLICOLOR_FORCE", "1"),
            ("FORCE_COLOR", "1"),
            ("TERM", "xterm-256color"),
        ],
        &[("RUST_LOG", "trace"), ("RUST_BACKTRACE", "full")],
        &[
            ("COLUMNS", "20"),
            ("LINES", "5"),
            ("TMPDIR", "/"),
            ("HOME", "/nowhere"),
        ],
    ];
    let language = languages[round % languages.len()];
    let mut variables = vec![
        ("TZ", zones[round % zones.len()]),
        ("LANG", language),
        ("LC_ALL", language),
    ];
    variables.extend(extra[round % extra.len()]);
    Surroundings {
        jobs: round % 8 + 1,
        variables,
        backwards: round % 2 == 1,
        inside: round % 3 == 1,
    }
}

/// A package with its cases.
struct Example {
    name: String,
    /// Names and bytes of its files, by name.
    files: Vec<(String, Vec<u8>)>,
}

impl Example {
    fn cases(&self) -> impl Iterator<Item = &str> {
        let names = self.files.iter().map(|(name, _)| name.as_str());
        names.filter(|name| name.ends_with("case.json"))
    }
}

/// The packages right below a folder that have a case.
fn packages(folder: &Path) -> Vec<Example> {
    let mut packages = Vec::new();
    for entry in sorted(folder) {
        if !entry.is_dir() {
            continue;
        }
        let files = sorted(&entry).into_iter().filter(|path| path.is_file());
        let example = Example {
            name: name_of(&entry),
            files: files
                .map(|path| (name_of(&path), fs::read(&path).expect("a file")))
                .collect(),
        };
        if example.cases().next().is_some() {
            packages.push(example);
        }
    }
    packages
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .and_then(|name| name.to_str())
        .expect("a name")
        .to_string()
}

/// Everything that is printed about the cases of a package: one by one, explained, and as a batch.
fn decide_all(
    command: &Path,
    example: &Example,
    around: &Surroundings,
    tally: &mut Tally,
) -> String {
    let place = tempfile::tempdir().expect("a folder");
    let package = place.path().join("package");
    lay_out(&package, example, around.backwards);
    let here = if around.inside {
        package.clone()
    } else {
        place.path().to_path_buf()
    };
    let folder = if around.inside {
        Path::new(".")
    } else {
        package.as_path()
    };
    let mut run = |arguments: &[&str]| {
        let mut command = Command::new(command);
        command
            .args(&arguments[..1])
            .arg(folder)
            .args(&arguments[1..]);
        command
            .current_dir(&here)
            .stdin(Stdio::null())
            .envs(around.variables.iter().copied());
        let output = command.output().expect("the command starts");
        if !output.status.success() {
            tally.fail(
                example.name.clone(),
                String::from_utf8_lossy(&output.stderr).into_owned(),
            );
        }
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let (mut out, mut alone, mut records) = (String::new(), Vec::new(), String::new());
    for case in example.cases() {
        let path = package.join(case);
        let path = path.to_str().expect("a name");
        let decision = run(&["decide", "--case", path]);
        out.push_str(&decision);
        alone.push(as_json(&decision));
        out.push_str(&run(&["decide", "--case", path, "--explain=full"]));
        let text = fs::read_to_string(path).expect("a case");
        records.push_str(&text.replace(['\n', '\r'], " "));
        records.push('\n');
    }
    let lines: Vec<&str> = records.lines().cycle().take(LINES).collect();
    let records = place.path().join("records");
    fs::write(&records, lines.join("\n")).expect("a file");
    let (records, jobs) = (records.to_str().expect("a name"), around.jobs.to_string());
    // Every case brings its own moment; this one is never used.
    let together = run(&[
        "apply",
        "--records",
        records,
        "--jobs",
        &jobs,
        "--now",
        "2000-01-01T00:00:00Z",
    ]);
    let expected = alone.iter().cycle().take(LINES);
    if !together.lines().map(as_json).eq(expected.cloned()) {
        tally.fail(
            example.name.clone(),
            "a batch decides otherwise than one by one",
        );
    }
    out.push_str(&together);
    out
}

fn as_json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Writes the files, first or last first: folders list them as they like.
fn lay_out(folder: &Path, example: &Example, backwards: bool) {
    fs::create_dir_all(folder).expect("a folder");
    let mut files: Vec<&(String, Vec<u8>)> = example.files.iter().collect();
    if backwards {
        files.reverse();
    }
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).expect("a file");
    }
}
