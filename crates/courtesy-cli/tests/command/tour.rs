//! The tour of the documents is walked, step by step, from an empty folder: its files are written, its commands run,
//! and they print what stands below them.

use super::support::{Place, examples};
use std::fs;

/// A fenced block of the tour: what stands behind the fence, and its text.
struct Fenced {
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Fenced> {
    let mut found = Vec::new();
    let mut open: Option<Fenced> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Fenced {
                    info: info.to_string(),
                    text: String::new(),
                });
            }
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is never closed");
    found
}

/// Lines without the blanks at their ends, which no page keeps.
fn trimmed(text: &str) -> String {
    let lines = text.trim_end().lines();
    lines
        .map(|line| line.trim_end().to_string() + "\n")
        .collect()
}

#[test]
fn the_tour_leads_where_it_says() {
    let page = fs::read_to_string(examples().join("../docs/tour.md")).unwrap();
    let place = Place::empty();
    let mut printed: Option<(String, String)> = None;
    let mut commands = 0;
    for block in blocks(&page) {
        if let Some(file) = block.info.strip_prefix("courtesy file: ") {
            place.write(file, &block.text);
        } else if block.info == "sh" {
            assert!(printed.is_none(), "a command without what it prints");
            let command = block.text.trim();
            let arguments: Vec<&str> = command.split_whitespace().skip(1).collect();
            assert!(command.starts_with("courtesy "), "{command}");
            let run = place.run(&arguments);
            printed = Some((command.to_string(), run.stdout + &run.stderr));
            commands += 1;
        } else {
            assert_eq!(block.info, "text", "nobody knows how to try this");
            let (command, printed) = printed.take().unwrap();
            assert_eq!(trimmed(&printed), block.text, "{command}");
        }
    }
    assert!(printed.is_none(), "a command without what it prints");
    assert!(commands > 5, "the tour has {commands} commands");
}
