//! Files that nobody means well get an answer: sizes, hidden signs, names that
//! look like others.

use crate::support::codes;
use courtesy::Package;
use courtesy::diagnostic::{Severity, to_json};
use courtesy::limits::{DIAGNOSTICS, FILE_BYTES, PACKAGE_BYTES, TOKEN_BYTES};

fn package(files: impl IntoIterator<Item = (String, String)>) -> Package {
    Package::from_sources(
        files
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes())),
    )
}

fn one_file(text: impl Into<String>) -> Package {
    package([("a.courtesy".to_string(), text.into())])
}

fn messages(package: &Package) -> String {
    let mut page = String::new();
    for found in package.diagnostics() {
        let severity = found.severity;
        let (code, message) = (found.code.id(), &found.message);
        page.push_str(&format!("{severity:?} [{code}] {message}\n"));
        for label in &found.labels {
            let text = package.sources().text_of(label.span).escape_unicode();
            page.push_str(&format!("  at {text} {}\n", label.text));
        }
        page.push_str(&format!(
            "  help: {}\n",
            found.help.as_deref().unwrap_or("")
        ));
    }
    page
}

#[test]
fn a_file_and_a_package_have_a_largest_size() {
    // A text that never ends is refused before anything else looks at it.
    let full = format!("\"{}", "a".repeat(FILE_BYTES - 1));
    let files = |count: usize| (0..count).map(|n| (format!("{n:02}.courtesy"), full.clone()));
    assert_eq!(codes(&package(files(1))), ["open-text"]);
    assert_eq!(codes(&one_file(format!("{full}a"))), ["file-too-large"]);
    let most = PACKAGE_BYTES / FILE_BYTES;
    assert_eq!(codes(&package(files(most))), vec!["open-text"; most]);
    let more = package(files(most).chain([("z.courtesy".to_string(), "#".to_string())]));
    assert_eq!(codes(&more), ["package-too-large"]);
    assert!(more.engine().is_none());
}

#[test]
fn a_word_and_a_text_have_a_longest_length() {
    let name = "a".repeat(TOKEN_BYTES);
    assert!(!one_file(format!("define {name} as 1\n")).has_errors());
    let longer = one_file(format!("define {name}a as 1\ndefine b as 1 + {name}a\n"));
    assert_eq!(codes(&longer), ["token-too-long", "token-too-long"]);
    let text = format!("define b as \"{}\"\n", "é".repeat(TOKEN_BYTES / 2 + 1));
    assert_eq!(codes(&one_file(text)), ["token-too-long"]);
}

#[test]
fn only_so_many_mistakes_are_shown_and_errors_come_first() {
    let line = "define n\u{e9}e0 as 1\ndefine n\u{e9}e\u{ff10} as 1\n";
    let warnings: String = (0..DIAGNOSTICS)
        .map(|n| {
            line.replace("e0", &format!("e{n}a"))
                .replace('\u{ff10}', &format!("{n}\u{ff41}"))
        })
        .collect();
    let package = one_file(format!("{warnings}define last as nothing_known\n"));
    assert_eq!(package.diagnostics().len(), DIAGNOSTICS);
    assert_eq!(package.left_out(), 1);
    assert!(package.has_errors() && package.engine().is_none());
    let warned = package.diagnostics().iter();
    let warned = warned.filter(|found| found.severity == Severity::Warning);
    assert_eq!(warned.count(), DIAGNOSTICS - 1);
}

#[test]
fn hidden_signs_odd_letters_and_look_alikes_are_told() {
    let text = "# a comment \u{202e} turned\n\
        define caf\u{e9} as 1\n\
        define more as cafe\u{301} + 1\n\
        define \u{2067}turned as 2\n\
        define same as turned + 1\n\
        action copy { to: Text  t\u{43e}: Text }\n\
        action \u{441}opy\n\
        choice Size { xl = \"\u{202e}\", \u{445}l }\n";
    insta::assert_snapshot!(messages(&one_file(text)));
}

#[test]
fn mended_names_are_one_name() {
    let text = "define caf\u{e9} as 1\ndefine two as caf\u{e9} + 1\n";
    assert!(!one_file(text).has_errors());
    let package = one_file(text.replace("caf\u{e9} +", "cafe\u{301} +"));
    assert_eq!(codes(&package), ["name-form"]);
    let fix = package.diagnostics()[0].fix.clone().unwrap();
    assert_eq!(fix.replacement, "caf\u{e9}");
    assert!(to_json(package.diagnostics(), package.sources()).contains("caf\u{e9}"));
}

#[test]
fn a_date_as_a_deadline_asks_for_a_zone() {
    let text = "input due: Date\naction call\npolicy \"Call\"\n  always call by due\n";
    assert_eq!(codes(&one_file(text)), ["no-timezone"]);
    let with_zone = format!("timezone \"Europe/London\"\n{text}");
    assert!(!one_file(with_zone).has_errors());
    let instant = text.replace("due: Date", "due: DateTime");
    assert!(!one_file(instant).has_errors());
}

#[test]
fn a_line_too_long_to_be_drawn_is_named_instead() {
    let deep = one_file(format!("define a as {}", "(".repeat(100_000)));
    let drawn = |package: &Package| {
        let report = courtesy::diagnostic::to_report(&package.diagnostics()[0], package.sources());
        let handler =
            miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor());
        let mut drawing = String::new();
        handler
            .render_report(&mut drawing, &report)
            .map(|()| drawing)
    };
    let long = drawn(&deep);
    assert!(long.as_ref().is_ok_and(|text| text.len() < 500), "{long:?}");
    assert!(long.is_ok_and(|text| text.contains("at a.courtesy:1:77: ")));
    let short = drawn(&one_file(format!("define a as {}", "(".repeat(500))));
    assert!(short.is_ok_and(|text| text.contains("define a as ((((")));
}

/// A file in another encoding is told of at its first wrong byte, once, and the rest of it is read.
#[test]
fn a_file_that_is_not_utf8_is_told_of_at_its_first_wrong_byte() {
    let names = "action call\npolicy \"a\"\n  never call\n";
    let policy = "policy \"b\"\n  never call\n  because \"caf\u{e9}\"\n";
    let latin: Vec<u8> = format!("{names}{policy}policy \"c\"\n  never cal\n")
        .chars()
        .map(|letter| letter as u8)
        .collect();
    let package = Package::from_sources([("a.courtesy".to_string(), latin)]);
    assert_eq!(codes(&package), ["not-utf8", "unknown-action"]);
    let found = &package.diagnostics()[0];
    let place = found.span().unwrap();
    let at = package.sources().get(place.file).unwrap();
    let position = at.position(place.start as usize);
    assert_eq!((position.line, position.column), (6, 15));
    assert_eq!(found.labels[0].text, "the byte E9 belongs to no character");
    assert!(at.text().contains("because \"caf\u{fffd}\"\n"));
    let utf16 = std::iter::once(0xfeff).chain(names.encode_utf16());
    let utf16: Vec<u8> = utf16.flat_map(u16::to_le_bytes).collect();
    for bytes in [utf16, b"\xff\xfe".to_vec(), b"policy \"\xe9\xe8".to_vec()] {
        let package = Package::from_sources([("a.courtesy".to_string(), bytes)]);
        assert_eq!(codes(&package), ["not-utf8"], "{}", messages(&package));
    }
}

/// Thousands of fields, values and elements take no longer for one another: each is found by its name.
#[test]
fn many_fields_and_values_are_found_by_their_names() {
    let count = 20_000;
    let listed = |what: fn(usize) -> String| (0..count).map(what).collect::<Vec<_>>().join(", ");
    let text = format!(
        "choice Code {{ {} }}\ntype Row {{ code: Code {} }}\ninput row: Row\naction greet\n\
         policy \"a\"\n  always greet\n  when row.code is one of ({}) and row.f19999 is 3\n",
        listed(|n| format!("v{n}")),
        listed(|n| format!("f{n}: Number")).replace(", ", " "),
        listed(|n| format!("v{n}"))
    );
    let engine = one_file(text).engine().expect("a package");
    let fields: Vec<String> = (0..count).rev().map(|n| format!("\"f{n}\":3")).collect();
    let case = format!(
        "{{\"now\":\"2026-01-01T00:00:00Z\",\"inputs\":{{\"row\":{{{},\"code\":\"v19999\"}}}}}}",
        fields.join(",")
    );
    let decision = engine.decide_json(case.as_bytes(), &courtesy::CaseOptions::default());
    assert_eq!(decision.unwrap().duties().len(), 1);
}
