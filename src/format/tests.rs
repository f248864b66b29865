//! What holds for every policy file: formatting it says the same, keeps every
//! comment, and does nothing to what is formatted already.

use super::tokens::{Token, tokens};
use super::{file, kept, read};
use crate::source::Sources;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// All files with policies in the repository, and the blocks of the documents.
fn policy_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["examples", "tests", "docs", "crates"] {
        files_below(&root.join(folder), &mut paths);
    }
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let name = path.display().to_string();
        if path.extension().is_some_and(|end| end == "courtesy") {
            files.push((name, text));
        } else {
            let blocks = text.split("```courtesy\n").skip(1);
            let blocks = blocks.filter_map(|block| block.split("```").next());
            files.extend(blocks.map(|block| (name.clone(), block.to_string())));
        }
    }
    files
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files_below(&path, found);
        } else if path
            .extension()
            .is_some_and(|end| end == "courtesy" || end == "md")
        {
            found.push(path);
        }
    }
}

/// Those that can be read, formatted.
fn formatted() -> Vec<(String, String)> {
    let readable = |(name, text): (String, String)| {
        read(&text).is_ok().then(|| {
            let result = strictly(&name, &text);
            (name, result)
        })
    };
    policy_files().into_iter().filter_map(readable).collect()
}

/// Formats without the way out of leaving a file as it is.
#[track_caller]
fn strictly(name: &str, text: &str) -> String {
    let items = read(text).unwrap_or_else(|found| panic!("{name}: {found:?}\n{text}"));
    let written = file::write(text, &items);
    written.unwrap_or_else(|| panic!("{name}: the tokens are not those of the tree\n{text}"))
}

/// The tree of a file without its places, and its fingerprint.
fn meaning(text: &str) -> (String, Arc<str>) {
    let sources = Sources::new([(Arc::from(""), Arc::from(text))]);
    let (items, _) = crate::syntax::parse(&sources);
    let mut tree = String::new();
    let printed = format!("{items:?}");
    let mut rest = printed.as_str();
    while let Some((before, after)) = rest.split_once("Span { file") {
        tree.push_str(before);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    tree.push_str(rest);
    (tree, crate::fingerprint::of(&items, &sources))
}

#[track_caller]
fn says_the_same(name: &str, before: &str, after: &str) {
    assert_eq!(kept(before), kept(after), "{name}: comments and texts");
    let (before, after) = (meaning(before), meaning(after));
    assert_eq!(before.0, after.0, "{name}: the tree");
    assert_eq!(before.1, after.1, "{name}: the fingerprint");
}

#[test]
fn every_file_says_the_same_and_is_formatted_once_and_for_all() {
    let mut count = 0;
    for (name, text) in policy_files() {
        if read(&text).is_err() {
            assert!(super::format(&text).is_err(), "{name}");
            continue;
        }
        count += 1;
        let once = strictly(&name, &text);
        says_the_same(&name, &text, &once);
        assert_eq!(strictly(&name, &once), once, "{name}: twice");
        assert_eq!(super::format(&text).as_deref(), Ok(once.as_str()), "{name}");
        let widest = once.lines().find(|line| line.ends_with(' '));
        assert_eq!(widest, None, "{name}: a line ends with a blank");
    }
    assert!(count >= 20, "only {count} files were read");
}

/// A small generator of numbers, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Whether something may stand between a token and the one before it.
fn may_part(before: &Token<'_>, token: &Token<'_>) -> bool {
    let calls = token.text == "(" && before.end() == token.start;
    !(calls
        && before
            .text
            .starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// A file with other blanks between its words, lines ended elsewhere.
fn mangled(text: &str, seed: u64) -> String {
    let mut dice = Dice(seed);
    let found = tokens(text);
    let mut out = String::new();
    let mut before: Option<&Token<'_>> = None;
    for token in &found {
        let gap_start = before.map_or(0, |before| before.end());
        let gap = &text[gap_start..token.start];
        let kept = gap.contains('\n') || before.is_none_or(|before| !may_part(before, token));
        if kept {
            // Comments and column one stay; indentation does not.
            let deeper = gap.ends_with(' ') && dice.roll(2) == 0;
            out.push_str(gap);
            out.push_str(if deeper { "  " } else { "" });
        } else {
            let opened = before.is_some_and(|before| before.text == "{");
            out.push_str(match dice.roll(if opened { 3 } else { 5 }) {
                0 => "  ",
                1 => "\t ",
                2 if gap.is_empty() => "",
                2 => " ",
                3 => "\n   ",
                _ => "\r\n\t ",
            });
        }
        out.push_str(token.text);
        before = Some(token);
    }
    out
}

#[test]
fn blanks_and_line_ends_change_nothing() {
    // A text with a comment inside is not touched.
    let mut files = formatted();
    files.retain(|(name, _)| !name.contains("comment-in-text"));
    for (name, text) in files {
        for seed in 0..4 {
            let mangled = mangled(&text, seed);
            assert_eq!(
                strictly(&name, &mangled),
                text,
                "{name}, {seed}:\n{mangled}"
            );
        }
    }
}

/// A file with a comment behind the tokens that `chosen` names, or below them.
fn commented(text: &str, own_line: bool, chosen: impl Fn(usize) -> bool) -> String {
    let found = tokens(text);
    let mut out = String::new();
    let mut at = 0;
    for (index, (token, next)) in found.iter().zip(found.iter().skip(1)).enumerate() {
        let end = token.end();
        out.push_str(&text[at..end]);
        at = end;
        if chosen(index) && may_part(token, next) {
            let line = if own_line { "\n  " } else { " " };
            out.push_str(&format!("{line}# comment {index}\n   "));
        }
    }
    out.push_str(&text[at..]);
    // What begins a declaration keeps column one.
    out.replace("\n   \n", "\n")
}

#[track_caller]
fn survives(name: &str, text: &str) {
    let once = strictly(name, text);
    assert_eq!(kept(text), kept(&once), "{name}:\n{text}\n{once}");
    assert_eq!(meaning(text), meaning(&once), "{name}:\n{text}\n{once}");
    assert_eq!(strictly(name, &once), once, "{name}, twice:\n{text}");
}

#[test]
fn comments_survive_everywhere() {
    for (name, text) in formatted() {
        for own_line in [false, true] {
            survives(&name, &commented(&text, own_line, |_| true));
            survives(&name, &commented(&text, own_line, |at| at % 3 == 0));
        }
    }
}

#[test]
fn a_comment_survives_in_each_single_place() {
    let text = "type A { a: Text, private  b: list of Text }\n\ndefine d(a: A, b: A) as [\"x {a.b} y\", \"z\"]\n\n\
        policy \"P\"\n  always greet with text: \"x\", other: { a: 1, b: [] }\n  when a is one of (b, c) and any x in y where x\n  on z\n";
    let count = tokens(text).len();
    for place in 0..count {
        for own_line in [false, true] {
            survives("single", &commented(text, own_line, |at| at == place));
        }
    }
}

#[test]
fn nesting_and_chains_need_no_stack() {
    let brackets = format!("{}a{}", "(".repeat(60), ")".repeat(60));
    let chain = vec!["a"; 60].join(" + ");
    let fallbacks = vec!["(a)"; 60].join(" otherwise ");
    let fields = vec!["a"; 60].join(".");
    let mut nested = chain.clone();
    for _ in 0..20 {
        nested = format!("({nested}) + {chain} + ({fallbacks}) + {fields}");
    }
    let small = std::thread::Builder::new().stack_size(1024 * 1024);
    let thread = small.spawn(move || {
        for value in [brackets, nested] {
            let text = format!("define d as {value}\n");
            let once = strictly("nested", &text);
            assert_eq!(strictly("nested", &once), once);
        }
    });
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let found = super::format("policy \"P\"\n  wehn a is b\n").expect_err("a mistake");
    assert_eq!(found.len(), 1);
}

#[test]
fn empty_files_stay_empty() {
    assert_eq!(super::format("").as_deref(), Ok(""));
    assert_eq!(super::format("\n\n  \n").as_deref(), Ok(""));
    assert_eq!(
        super::format("\u{FEFF}# only\r\n\r\n").as_deref(),
        Ok("# only\n")
    );
}
