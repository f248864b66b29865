//! The page about the service: its questions are asked, and answered as it says.

use super::support::{Serving, case, command, root};
use std::fs;
use std::process::Command;

fn page() -> String {
    fs::read_to_string(root("docs/hosts/service.md")).unwrap()
}

/// The blocks of the page: what stands behind the fence, and the text.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = page.split("\n```").collect();
    parts
        .chunks(2)
        .filter_map(|pair| pair.get(1)?.split_once('\n'))
        .collect()
}

#[test]
fn the_questions_of_the_page_get_its_answers() {
    let serving = Serving::readme(&[]);
    let own = serving.url("");
    let page = page();
    let blocks = blocks(&page);
    let mut asked = 0;
    for pair in blocks.windows(2) {
        let [("sh", question), ("json", answer)] = pair else {
            continue;
        };
        let question = question.replace("http://127.0.0.1:8787", &own);
        let run = Command::new("bash")
            .args(["-c", &question])
            .current_dir(root(""))
            .output();
        let Ok(run) = run else {
            eprintln!("skipped: no bash on this machine");
            return;
        };
        if run.status.code() == Some(127) {
            eprintln!("skipped: no curl on this machine");
            return;
        }
        let told = String::from_utf8(run.stdout).unwrap();
        assert_eq!(told.trim_end(), answer.trim_end(), "{question}");
        asked += 1;
    }
    assert_eq!(
        asked,
        blocks.iter().filter(|(kind, _)| *kind == "json").count()
    );
    assert!(asked >= 4, "{asked} questions");
}

#[test]
fn the_page_names_every_option_with_its_default() {
    let help = command(&root("examples/readme"), &["--help"])
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let page = page().replace(',', "");
    let mut options = 0;
    for part in help.split("\n      --").skip(1) {
        let name = part.split([' ', '\n']).next().unwrap();
        assert!(page.contains(&format!("--{name}")), "--{name}");
        if let Some(default) = part.split("[default: ").nth(1) {
            let default = default.split(']').next().unwrap();
            let stated = match (name, default) {
                ("reload", "2") => "two",
                ("stop-delay", "1") => "one second",
                (_, default) => default,
            };
            assert!(page.contains(stated), "--{name} {default}");
        }
        options += 1;
    }
    assert!(options >= 11, "{options}: {help}");
}

#[test]
fn the_page_names_every_metric() {
    let serving = Serving::readme(&[]);
    let page = page();
    // What was never counted is not there.
    serving.decide(case());
    serving.decide("[]");
    let text = serving.get("/metrics").text().unwrap();
    let mut names = 0;
    for line in text.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let (name, kind) = line.split_once(' ').unwrap();
        let ending = if kind == "counter" { "_total`" } else { "`" };
        assert!(page.contains(&format!("`{name}{ending}")), "{name}");
        names += 1;
    }
    assert_eq!(names, 13, "{text}");
}
