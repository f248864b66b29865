//! The front page of the project says what the command does, to the byte.

use super::support::{Place, Run, examples};
use std::fs;

/// Where the reader's first impression ends.
const FIRST_LINES: usize = 40;

/// A fenced block: its language, its text, and the line on which it ends.
struct Fenced {
    language: String,
    text: String,
    last_line: usize,
}

fn front_page() -> String {
    fs::read_to_string(examples().join("../README.md")).unwrap()
}

fn blocks(page: &str) -> Vec<Fenced> {
    let mut found = Vec::new();
    let mut open: Option<Fenced> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Fenced {
                    language: language.to_string(),
                    text: String::new(),
                    last_line: number,
                });
            }
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
                block.last_line = number;
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    found
}

/// The one block of a language that stands within the first lines.
fn first(language: &str) -> String {
    let blocks = blocks(&front_page());
    let mut these = blocks.iter().filter(|block| block.language == language);
    let block = these.next().unwrap();
    assert!(block.last_line <= FIRST_LINES, "{language} ends too late");
    assert!(these.next().is_none(), "two blocks of {language}");
    block.text.clone()
}

#[test]
fn the_policies_and_the_case_are_those_of_the_example() {
    let file = |name| fs::read_to_string(examples().join("readme").join(name)).unwrap();
    assert_eq!(first("courtesy"), file("policies.courtesy"));
    assert_eq!(first("json"), file("case.json"));
}

#[test]
fn the_first_command_prints_the_decision_on_the_page() {
    let page = front_page();
    let commands: Vec<Fenced> = blocks(&page)
        .into_iter()
        .filter(|block| block.language == "sh")
        .collect();
    let [main, tests] = &commands[..] else {
        panic!("the page has {} commands, not two", commands.len());
    };
    let arguments = main
        .text
        .strip_prefix("cargo run -q -p courtesy-cli -- ")
        .unwrap();
    let run = Run::of_arguments(arguments.split_whitespace(), &examples().join(".."));
    assert_eq!(run.stderr, "");
    assert_eq!(run.ends_with(0).stdout, first("text"));
    assert_eq!(tests.text, "cargo test --workspace\n");
}

#[test]
fn the_second_example_leads_from_an_export_to_a_package_that_checks() {
    let page = front_page();
    let spans: Vec<&str> = page.split('`').collect();
    let said = |start: &str| {
        let mut spans = spans.iter().filter(|span| span.starts_with(start));
        spans.next().unwrap().to_string()
    };
    let infer = said("courtesy schema infer ");
    let (infer, to) = infer.split_once(" > ").unwrap();
    let place = Place::empty();
    let records = "{\"id\":\"c1\",\"tier\":\"vip\",\"since\":\"2024-05-01\"}\n\
        {\"id\":\"c2\",\"tier\":\"gold\",\"since\":\"2025-11-30\"}\n";
    place.write("customers.ndjson", records);
    let arguments = |command: &str| -> Vec<String> {
        let words = command.split_whitespace().skip(1);
        words.map(str::to_string).collect()
    };
    let run = |command: &str| {
        let words = arguments(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        place.run(&words)
    };
    let schema = run(infer).ends_with(0).stdout;
    assert!(schema.contains("input customer: Customer"), "{schema}");
    place.write(to, schema);
    run(&said("courtesy check policies")).ends_with(0);
}
