//! What checks never takes more than `limits` says: each package of `cost` is
//! either refused, with one message, or decides within the bytes it names.

use courtesy::{CaseOptions, Package};
use std::fs;
use std::path::Path;

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a file")
}

fn package(path: &Path) -> Package {
    let schema = path.with_file_name("schema.courtesy");
    Package::from_sources([
        ("package.courtesy".to_string(), read(path)),
        ("schema.courtesy".to_string(), read(&schema)),
    ])
}

/// `at most 1,000 bytes` in the first line.
fn most_bytes(head: &str) -> usize {
    let number = head
        .split_once("at most ")
        .and_then(|(_, rest)| rest.split_once(" bytes"))
        .map(|(number, _)| number.replace(',', ""));
    let number = number.and_then(|number| number.parse().ok());
    number.expect("a number of bytes")
}

fn messages(package: &Package) -> String {
    let messages: Vec<String> = package
        .diagnostics()
        .iter()
        .map(|found| {
            let place = found.span().expect("a place");
            let text = courtesy::diagnostic::quote(package.sources().text_of(place));
            format!("[{}] {}\n  at {text}\n", found.code.id(), found.message)
        })
        .collect();
    messages.concat()
}

#[test]
fn packages_are_refused_or_stay_within_their_bounds() {
    insta::glob!("*.courtesy", |path| {
        if path.ends_with("schema.courtesy") {
            return;
        }
        let text = String::from_utf8(read(path)).expect("text");
        let head = text.lines().next().expect("a first line");
        let package = package(path);
        let outcome = if head.starts_with("# refused: ") {
            assert_eq!(package.diagnostics().len(), 1, "{}", messages(&package));
            messages(&package)
        } else if head.starts_with("# accepted: ") {
            assert!(!package.has_errors(), "{}", messages(&package));
            let engine = package.engine().expect("an engine");
            let case = read(&path.with_file_name("case.json"));
            let decision = engine
                .decide_json(&case, &CaseOptions::default())
                .expect("a decision")
                .to_json();
            let most = most_bytes(head);
            assert!(decision.len() <= most, "{} bytes", decision.len());
            // A bound that is far above what happens proves nothing.
            assert!(decision.len() * 3 >= most, "only {} bytes", decision.len());
            format!("{} bytes\n", decision.len())
        } else {
            panic!("`{head}` says neither refused nor accepted");
        };
        insta::assert_snapshot!(format!("{head}\n{outcome}"));
    });
}

/// Each definition of a long chain uses a circle besides: the chain is walked once, and each circle is one message.
#[test]
fn circles_beside_a_chain_are_one_message_each() {
    let mut text = String::from("define a300 as 1\n");
    for number in 0..300 {
        let next = number + 1;
        text += &format!("define a{number:03} as a{next:03} + c{number:03}\n");
        text +=
            &format!("define c{number:03} as d{number:03}\ndefine d{number:03} as c{number:03}\n");
    }
    let package = Package::from_sources([("package.courtesy".to_string(), text.into_bytes())]);
    let codes = package.diagnostics().iter().map(|found| found.code.id());
    let (circles, others): (Vec<&str>, Vec<&str>) =
        codes.partition(|code| *code == "recursive-define");
    assert_eq!(circles.len(), 300);
    // Every 16 definitions of the chain are too many once.
    assert!(others.iter().all(|code| *code == "too-costly"));
    assert_eq!(others.len(), 300 / 16);
}
