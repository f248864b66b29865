//! The cases that every host decides (`tests/hosts-corpus`), decided by the command, which says what is right.
//!
//! With `COURTESY_WRITE_CORPUS=1` it writes its answers, for a person to read, and else it is held to them.

use super::support::{Place, examples};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

#[derive(Deserialize)]
struct Asked {
    name: String,
    package: String,
    case: Box<RawValue>,
}

/// What the quarantine says of a record that does not fit; each part as it stands there.
#[derive(Deserialize)]
struct Quarantined {
    line: usize,
    code: Box<RawValue>,
    path: Box<RawValue>,
    message: Box<RawValue>,
}

fn corpus() -> PathBuf {
    examples().join("../tests/hosts-corpus")
}

/// One line for each case of a package: its decision, or why it does not fit.
fn answers(package: &str, cases: &[&Asked]) -> Vec<String> {
    let place = Place::empty();
    let records: String = cases
        .iter()
        .map(|asked| format!("{}\n", asked.case.get()))
        .collect();
    place.write("cases.ndjson", records);
    let package = examples().join("..").join(package);
    // Every case has a moment of its own; this one would be seen in a decision.
    let now = "1999-01-01T00:00:00Z";
    let arguments = ["--records", "cases.ndjson", "--now", now];
    let out = ["--out", "out", "--quarantine", "quarantine"];
    let run = [&["apply", package.to_str().unwrap()][..], &arguments, &out].concat();
    assert!(matches!(place.run(&run).code, Some(0 | 3)), "{package:?}");

    let quarantine = String::from_utf8(place.read("quarantine")).unwrap();
    let mut misfits = quarantine.lines().map(|line| {
        let found: Quarantined = serde_json::from_str(line).unwrap();
        let Quarantined {
            code,
            path,
            message,
            ..
        } = &found;
        let answer = format!("{{\"code\":{code},\"path\":{path},\"message\":{message}}}");
        (found.line, answer)
    });
    let out = String::from_utf8(place.read("out")).unwrap();
    let mut decisions = out.lines();
    let mut misfit = misfits.next();
    let answers = (1..=cases.len()).map(|line| match misfit.take_if(|(at, _)| *at == line) {
        Some((_, answer)) => {
            misfit = misfits.next();
            answer
        }
        None => decisions.next().unwrap().to_string(),
    });
    let answers = answers.collect();
    assert!(decisions.next().is_none() && misfit.is_none());
    answers
}

#[test]
fn the_command_decides_the_cases_of_all_hosts() {
    let cases = fs::read_to_string(corpus().join("cases.json")).unwrap();
    let cases: Vec<Asked> = serde_json::from_str(&cases).unwrap();
    let mut packages: BTreeMap<&str, Vec<&Asked>> = BTreeMap::new();
    for asked in &cases {
        packages.entry(&asked.package).or_default().push(asked);
    }
    let mut answered = BTreeMap::new();
    for (package, of_package) in packages {
        let names = of_package.iter().map(|asked| asked.name.as_str());
        answered.extend(names.zip(answers(package, &of_package)));
    }
    assert_eq!(answered.len(), cases.len(), "two cases of one name");
    let lines = cases
        .iter()
        .map(|asked| format!("{}\n", answered[&*asked.name]));
    let answered: Vec<String> = lines.collect();
    let path = corpus().join("decisions.ndjson");
    if env::var_os("COURTESY_WRITE_CORPUS").is_some() {
        fs::write(&path, answered.concat()).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap();
    for ((asked, answered), expected) in cases
        .iter()
        .zip(&answered)
        .zip(expected.split_inclusive('\n'))
    {
        assert_eq!(answered, expected, "{}", asked.name);
    }
    assert_eq!(answered.concat(), expected);
}
