//! Every block of Courtesy on the pages of `docs` is tried.
//!
//! What stands behind ```` ```courtesy ```` says how:
//!
//! | words | what is tried |
//! | --- | --- |
//! | none | a whole package: it checks without a message, and its examples come out as they say |
//! | `fragment: NAME` | the same, together with `docs/preludes/NAME.courtesy` |
//! | `wrong CODE` | a whole package that gets this code and no other |
//! | `wrong CODE: NAME` | the same, together with that file |
//! | `file: NAME` | the tour writes it there, and what the command then says is tried beside the command |
//! | `values: NAME` | lines `EXPRESSION => VALUE`: what it comes to in `docs/preludes/NAME.case.json` |
//!
//! The pages of `docs/codes` have a test of their own, the commands of the tour one beside the command.

use crate::support::{self, root};
use courtesy::{CaseOptions, Package};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// A block of a page.
struct Block {
    /// The page and the line of its first fence.
    place: String,
    /// What stands behind the name of the language.
    words: String,
    text: String,
}

fn docs() -> PathBuf {
    root("docs")
}

fn prelude(name: &str) -> String {
    let path = docs().join("preludes").join(format!("{name}.courtesy"));
    fs::read_to_string(path).expect("a prelude")
}

fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("codes") {
            pages(&path, found);
        } else if path.extension().is_some_and(|end| end == "md") {
            found.push(path);
        }
    }
    found.sort();
}

fn blocks() -> Vec<Block> {
    let mut paths = Vec::new();
    pages(&docs(), &mut paths);
    let mut found = Vec::new();
    for path in paths {
        let page = fs::read_to_string(&path).expect("a page");
        let mut open: Option<Block> = None;
        for (number, line) in (1..).zip(page.lines()) {
            match (&mut open, line.strip_prefix("```")) {
                (None, Some(info)) => {
                    let place = path.strip_prefix(docs()).expect("a page of docs");
                    open = Some(Block {
                        place: format!("{}:{number}", place.display()),
                        words: info.to_string(),
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
        assert!(open.is_none(), "{}: a block without end", path.display());
    }
    found.retain_mut(|block| {
        let Some(words) = block.words.strip_prefix("courtesy") else {
            return false;
        };
        block.words = words.trim().to_string();
        true
    });
    found
}

fn package(text: &str, before: &str) -> Package {
    support::package([("block.courtesy", text), ("prelude.courtesy", before)])
}

/// What is wrong, a line each.
fn messages(package: &Package) -> String {
    let mut text = String::new();
    for found in package.diagnostics() {
        writeln!(text, "  {}: {}", found.code.id(), found.message).expect("a string");
    }
    text
}

/// What speaks against a block, if anything.
fn flaw(block: &Block) -> Option<String> {
    let (what, name) = block
        .words
        .split_once(": ")
        .unwrap_or((block.words.as_str(), ""));
    let before = match name {
        name if name.is_empty() || what == "file" => String::new(),
        name => prelude(name),
    };
    match what.split_once(' ') {
        Some(("wrong", code)) => {
            let package = package(&block.text, &before);
            let found = package.diagnostics();
            let right = !found.is_empty() && found.iter().all(|it| it.code.id() == code);
            (!right).then(|| format!("not {code}:\n{}", messages(&package)))
        }
        None if what.is_empty() || what == "fragment" => {
            accepted(&package(&block.text, &before)).or_else(|| layout(block))
        }
        None if what == "file" => shown_on_the_tour(block, name),
        None if what == "values" => values(block, name, &before),
        _ => Some(format!("nobody knows how to try `{}`", block.words)),
    }
}

/// A file of the tour: it lies in the tour's folder, in the one layout.
fn shown_on_the_tour(block: &Block, name: &str) -> Option<String> {
    let there = block.place.starts_with("tour.md:") && name.starts_with("shop/");
    let elsewhere = || format!("`{name}` is no file of the tour");
    (!there).then(elsewhere).or_else(|| layout(block))
}

/// Why a package is not as it should be.
fn accepted(package: &Package) -> Option<String> {
    if !package.diagnostics().is_empty() {
        return Some(messages(package));
    }
    let engine = package.engine().expect("a package without errors");
    let unreadable = |name: &str| Err(format!("`{name}` is not there"));
    let mut failed = String::new();
    for example in package.examples() {
        for failure in example.run(&engine, unreadable).failures {
            let (title, expected) = (example.title(), failure.expected);
            writeln!(
                failed,
                "  {title}: expected {expected}, {:?}",
                failure.found
            )
            .expect("a string");
        }
    }
    (!failed.is_empty()).then_some(failed)
}

/// Whether the formatter would write it otherwise.
fn layout(block: &Block) -> Option<String> {
    let formatted = courtesy::format(&block.text).expect("a block that can be read");
    (formatted != block.text).then(|| format!("the formatter writes\n{formatted}"))
}

/// The lines of a block that do not come to what they say.
fn values(block: &Block, name: &str, before: &str) -> Option<String> {
    let lines: Vec<(&str, &str)> = block
        .text
        .lines()
        .map(|line| {
            let (expression, value) = line.split_once("=>").expect("`EXPRESSION => VALUE`");
            (expression.trim(), value.trim())
        })
        .collect();
    let mut text = String::from(
        "action seen { line: Number }\ncalendar desk { mon-fri 09:00-17:00 except holidays }\n",
    );
    for (number, (expression, value)) in lines.iter().enumerate() {
        let condition = match *value {
            "yes" => format!("({expression})"),
            "no" => format!("not ({expression})"),
            _ => format!("({expression}) is {value}"),
        };
        writeln!(
            text,
            "policy \"{number}\"\n always seen with line: {number}\n when {condition}"
        )
        .expect("a string");
    }
    let package = package(&text, before);
    let Some(engine) = package.engine() else {
        return Some(messages(&package));
    };
    let case = docs().join("preludes").join(format!("{name}.case.json"));
    let case = fs::read(case).expect("a case");
    let decision = engine
        .decide_json(&case, &CaseOptions::default())
        .expect("a decision");
    let fired: Vec<&str> = decision
        .duties()
        .iter()
        .flat_map(|duty| duty.reasons.iter().map(|reason| &*reason.policy))
        .collect();
    let mut failed = String::new();
    for (number, (expression, value)) in lines.iter().enumerate() {
        if !fired.contains(&number.to_string().as_str()) {
            writeln!(failed, "  {expression} is not {value}").expect("a string");
        }
    }
    (!failed.is_empty()).then_some(failed)
}

#[test]
fn every_block_of_the_pages_does_as_it_says() {
    let blocks = blocks();
    assert!(!blocks.is_empty(), "the pages show nothing");
    let flaws: Vec<String> = blocks
        .iter()
        .filter_map(|block| Some(format!("{}\n{}", block.place, flaw(block)?)))
        .collect();
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

/// A link to another page leads to a file that is there.
#[test]
fn every_link_of_the_pages_leads_somewhere() {
    let mut paths = Vec::new();
    pages(&docs(), &mut paths);
    for path in paths {
        let page = fs::read_to_string(&path).expect("a page");
        let folder = path.parent().expect("a folder");
        for link in page.split("](").skip(1) {
            let target = link.split(')').next().unwrap_or("");
            let file = target.split('#').next().unwrap_or("");
            let outside = file.is_empty() || file.starts_with("http");
            assert!(
                outside || folder.join(file).exists(),
                "{}: {target}",
                path.display()
            );
        }
    }
}
