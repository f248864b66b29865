//! Every page of `docs/codes`: its wrong example gets that code and nothing
//! else, its mended one gets nothing.

use crate::support::{codes, drawn, package};
use courtesy::Package;
use courtesy::diagnostic::{codes as registry, page};

/// How a page says that its mistake cannot be shown.
const NO_EXAMPLE: &str = "\nThere is no example here: ";

pub(crate) fn example<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let (_, section) = page.split_once(heading)?;
    let (_, fenced) = section.split_once("```courtesy\n")?;
    fenced.split_once("```").map(|(example, _)| example)
}

fn check(text: &str) -> Package {
    package([("example.courtesy", text)])
}

/// The mistakes that a page cannot show.
fn constructed(code: &str) -> Package {
    match code {
        "file-too-large" => check(&"# ".repeat(4 * 1024 * 1024)),
        "too-deep" => check(&format!(
            "define deep as {}1{}",
            "(".repeat(65),
            ")".repeat(65)
        )),
        "package-too-large" => Package::from_sources(
            (0..9).map(|index| (format!("{index}.courtesy"), vec![b'#'; 4 * 1024 * 1024])),
        ),
        "token-too-long" => check(&format!("define long as \"{}\"", "x".repeat(20_000))),
        "hidden-direction" => check("define a as 1 \u{202e}\n"),
        "not-utf8" => Package::from_sources([("a.courtesy".to_string(), vec![0xff, 0xfe])]),
        other => panic!("the page of {other} needs an example"),
    }
}

#[test]
fn the_examples_of_every_page_do_as_it_says() {
    let mut shown = 0;
    for (code, title) in registry() {
        let page = page(code).expect("a page");
        assert!(page.starts_with(&format!("# {code}: {title}\n")), "{code}");
        let Some(wrong) = example(page, "## Wrong\n") else {
            assert!(page.contains(NO_EXAMPLE), "{code} shows nothing");
            assert_eq!(codes(&constructed(code)), [code]);
            continue;
        };
        let mended = example(page, "## Mended\n").expect("the mended example");
        let (wrong, mended) = (check(wrong), check(mended));
        assert_eq!(codes(&wrong), [code], "{}", drawn(&wrong));
        assert_eq!(codes(&mended), [""; 0], "{code}\n{}", drawn(&mended));
        shown += 1;
    }
    assert!(shown >= 50, "only {shown} pages show their mistake");
}

#[test]
fn every_page_is_one_of_the_registry() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes");
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().to_string();
        let code = name.trim_end_matches(".md");
        assert!(page(code).is_some(), "{name} is the page of no code");
    }
}

#[test]
fn pages_read_well_on_a_terminal() {
    for (code, _) in registry() {
        let page = page(code).expect("a page");
        let prose = page.split("\n## ").next().unwrap_or("");
        let sentences = prose.matches(['.', '?']).count();
        assert!(sentences >= 2, "{code} says too little");
        for line in page.lines() {
            assert!(line.chars().count() <= 80, "{code}: {line}");
        }
    }
}
