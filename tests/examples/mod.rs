//! Examples in the language: the messages of wrong ones, the reports of failing ones, and those of every package
//! under `examples`.
//!
//! The corpora lie in `tests/examples`. Files of `wrong` hold a mistake, then, below a line `# mended`, the same
//! with what the message offers written instead; both are read together with `shop.schema`. Files of `reports`
//! are read with it too; what each of their examples comes to is shown. Files of `unsaid` say what the catalogue
//! would like to write and cannot, below the code of the refusal: the day that one is accepted, its row of
//! `UNSAID.md` is out of date.

use crate::support::{self, drawn, files, package_in, root};
use courtesy::{CaseOptions, Coverage, Package};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const SEPARATOR: &str = "\n# mended\n";
const SCHEMA: &str = include_str!("shop.schema");

fn package(text: &str) -> Package {
    support::package([("examples.courtesy", text), ("shop.courtesy", SCHEMA)])
}

/// What each example of a package comes to.
fn report(package: &Package, read: impl Fn(&str) -> Result<Vec<u8>, String>) -> String {
    let engine = package.engine().expect("a package without errors");
    let mut out = String::new();
    for example in package.examples() {
        let result = example.run(&engine, &read);
        let word = if result.failures.is_empty() {
            "ok"
        } else {
            "FAILED"
        };
        writeln!(out, "{word}: {}", example.title()).expect("a string");
        for failure in &result.failures {
            let file = package.sources().get(failure.span.file).expect("a file");
            let line = file.position(failure.span.start as usize).line;
            writeln!(out, "  line {line}: expected {}", failure.expected).expect("a string");
            for found in &failure.found {
                writeln!(out, "    found {found}").expect("a string");
            }
        }
    }
    out
}

/// What is wrong with a file of the corpus of mistakes.
fn flaw(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).expect("a file of the corpus");
    let (wrong, mended) = text.split_once(SEPARATOR).expect("a line `# mended`");
    let found = package(wrong);
    insta::assert_snapshot!("message", drawn(&found));
    let [only] = found.diagnostics() else {
        return Some("not one message".into());
    };
    let mended = drawn(&package(mended));
    let fixed = only.fix.as_ref().map_or_else(String::new, |fix| {
        let mut fixed = wrong.to_string();
        fixed.replace_range(fix.span.range(), &fix.replacement);
        drawn(&package(&fixed))
    });
    match (&only.help, mended, fixed) {
        (None, _, _) => Some("no help".into()),
        (_, mended, fixed) => {
            let left = mended + &fixed;
            (!left.is_empty()).then_some(left)
        }
    }
}

#[test]
fn each_mistake_gets_the_message_of_its_snapshot_and_its_mend_mends_it() {
    let flaws = RefCell::new(Vec::new());
    insta::glob!("wrong/*.courtesy", |path| {
        let flaw = flaw(path).map(|flaw| format!("{}: {flaw}", path.display()));
        flaws.borrow_mut().extend(flaw);
    });
    let flaws = flaws.into_inner();
    assert!(flaws.is_empty(), "{}", flaws.join("\n"));
}

#[test]
fn each_example_comes_to_what_its_snapshot_says() {
    insta::glob!("reports/*.courtesy", |path| {
        let text = fs::read_to_string(path).expect("a file of the corpus");
        let package = package(&text);
        assert_eq!(drawn(&package), "", "{}", path.display());
        let folder = path.parent().expect("a folder");
        let read = |name: &str| {
            fs::read(folder.join(name)).map_err(|_| format!("there is no file `{name}`"))
        };
        insta::assert_snapshot!("report", report(&package, read));
    });
}

/// Every folder of `examples` that holds a package, read once.
static PACKAGES: LazyLock<Vec<(String, Package)>> = LazyLock::new(packages);

fn packages() -> Vec<(String, Package)> {
    let folders = [root("examples"), root("examples/catalogue")];
    let folders = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder").flatten())
        .map(|folder| folder.path())
        .filter(|folder| folder.is_dir() && !files(folder, ".courtesy").is_empty());
    folders
        .map(|folder| (folder.display().to_string(), package_in(&folder)))
        .collect()
}

#[test]
fn the_examples_of_every_package_hold_and_show_each_policy_and_condition_on_both_sides() {
    assert!(PACKAGES.len() >= 7, "only {} packages", PACKAGES.len());
    for (name, package) in &*PACKAGES {
        let engine = package.engine().expect("a package without errors");
        let mut coverage = Coverage::new(package);
        for example in package.examples() {
            let file = Path::new(name);
            let result = example.run(&engine, |path| {
                fs::read(file.join(path)).map_err(|error| error.to_string())
            });
            assert_eq!(result.failures, [], "{name}: {}", example.title());
            coverage.add(&engine, &result.case.expect("a case"));
        }
        let uncovered = coverage.policies().iter().filter(|one| !one.is_covered());
        let uncovered: Vec<&str> = uncovered.map(|one| &*one.title).collect();
        assert_eq!(uncovered, [""; 0], "{name}");
        let conditions = coverage.conditions();
        let one_sided = conditions.iter().filter(|one| !one.is_covered());
        let one_sided: Vec<&str> = one_sided.map(|one| &*one.text).collect();
        assert_eq!(one_sided, [""; 0], "{name}");
        let unmatched = coverage.rows().into_iter().filter(|row| !row.matched);
        let unmatched: Vec<String> = unmatched.map(|row| row.text.to_string()).collect();
        assert_eq!(unmatched, [""; 0], "{name}");
    }
}

/// The policies that shops, products and laws state, by number.
const NUMBERS: [usize; 70] = [
    1, 2, 4, 5, 7, 9, 10, 12, 13, 15, 16, 17, 19, 20, 21, 22, 24, 25, 26, 28, 29, 30, 32, 34, 36,
    37, 38, 40, 42, 43, 44, 46, 47, 49, 51, 53, 54, 56, 57, 58, 60, 61, 62, 64, 65, 67, 68, 70, 71,
    72, 74, 75, 76, 78, 79, 81, 82, 84, 85, 86, 88, 89, 91, 92, 94, 95, 96, 97, 99, 100,
];

fn numbers_in(text: &str) -> BTreeSet<usize> {
    text.split(|sign: char| !sign.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect()
}

/// What the packages of the catalogue come to.
#[derive(Default)]
struct Catalogue {
    above_policies: BTreeSet<usize>,
    before_examples: BTreeSet<usize>,
    policy_lines: Vec<usize>,
    examples: usize,
}

impl Catalogue {
    fn add(&mut self, package: &Package, policies: &str) {
        for example in package.examples() {
            let number = example.title().split(':').next().expect("a number");
            self.before_examples.extend(numbers_in(number));
            self.examples += 1;
        }
        let lines: Vec<&str> = policies.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            if line.starts_with("policy ") {
                let above = at.checked_sub(1).and_then(|above| lines.get(above));
                let above = numbers_in(above.expect("a number above the policy"));
                assert!(!above.is_empty(), "no number above {line}");
                self.above_policies.extend(above);
                let rest = lines.iter().skip(at + 1);
                let clauses = rest.take_while(|line| line.starts_with(' '));
                self.policy_lines.push(1 + clauses.count());
            }
        }
    }

    fn median_lines(&self) -> usize {
        let mut lines = self.policy_lines.clone();
        lines.sort_unstable();
        *lines.get(lines.len() / 2).expect("a policy")
    }

    fn figures(&self) -> String {
        format!(
            "{} of {} numbers in {} policies, shown by {} examples. The median policy has {} lines, the longest {}.",
            self.above_policies.len(),
            NUMBERS.len(),
            self.policy_lines.len(),
            self.examples,
            self.median_lines(),
            self.policy_lines.iter().max().expect("a policy"),
        )
    }
}

#[test]
fn the_catalogue_is_whole_and_its_page_gives_its_figures() {
    let mut catalogue = Catalogue::default();
    for (name, package) in &*PACKAGES {
        let folder = Path::new(name);
        if folder.parent().is_some_and(|up| up.ends_with("catalogue")) {
            let policies = fs::read_to_string(folder.join("policies.courtesy"));
            catalogue.add(package, &policies.expect("a file"));
        }
    }
    let figures = catalogue.figures();
    println!("{figures}");
    assert_eq!(catalogue.above_policies, BTreeSet::from(NUMBERS));
    assert_eq!(catalogue.before_examples, BTreeSet::from(NUMBERS));
    assert!(catalogue.median_lines() <= 8, "{figures}");
    let page = include_str!("../../examples/catalogue/README.md");
    assert!(page.contains(&figures), "the page does not say: {figures}");
}

#[test]
fn what_is_called_unsaid_is_refused() {
    let page = include_str!("../../examples/catalogue/UNSAID.md");
    insta::glob!("unsaid/*.courtesy", |path| {
        let text = fs::read_to_string(path).expect("a file of the corpus");
        let first = text.lines().next().expect("a first line");
        let expected = first.strip_prefix("# refused: ").expect("a code");
        let package =
            Package::from_sources([("policies.courtesy".to_string(), text.as_bytes().into())]);
        let codes = package.diagnostics().iter().map(|one| one.code.id());
        assert_eq!(codes.collect::<Vec<_>>(), [expected], "{}", path.display());
        let number = path.file_stem().expect("a number").to_string_lossy();
        let mut cells = page.lines().filter_map(|line| line.split('|').nth(1));
        let stands = cells.any(|cell| cell.split(',').any(|one| one.trim() == number));
        assert!(stands, "the page has no row for {number}");
    });
}

#[test]
fn a_policy_without_a_condition_need_not_be_seen_to_rest() {
    let source = "input vip: YesNo\naction greet\naction wave\n\
        policy \"Always\"\n  always greet\n\
        policy \"For VIPs\"\n  always greet\n  when vip is yes\n\
        policy \"On a greeting\"\n  always wave\n  on greet\n\
        policy \"One greeting\"\n  limit greet to 1\n";
    let package = Package::from_sources([("a.courtesy".to_string(), source.into())]);
    let engine = package.engine().expect("a package without errors");
    let case = br#"{"now": "2026-11-23T10:00:00Z", "inputs": {"vip": true}}"#;
    let case = engine.read_case(case, &CaseOptions::default());
    let mut coverage = Coverage::new(&package);
    coverage.add(&engine, &case.expect("a case"));
    let covered: Vec<(&str, bool)> = coverage
        .policies()
        .iter()
        .map(|one| (&*one.title, one.is_covered()))
        .collect();
    assert_eq!(
        covered,
        [
            ("Always", true),
            ("For VIPs", false),
            ("On a greeting", false),
            ("One greeting", false),
        ]
    );
}

#[test]
fn decisions_beside_the_cases_are_those_that_are_made() {
    insta::glob!("../../examples", "**/*.case.json", |path| {
        let folder = path.parent().expect("a folder").display().to_string();
        let found = PACKAGES.iter().find(|(name, _)| *name == folder);
        let engine = found.and_then(|(_, package)| package.engine());
        let decision = engine
            .expect("an engine")
            .decide_json(&fs::read(path).expect("a case"), &CaseOptions::default())
            .expect("a decision");
        let accepted = path
            .display()
            .to_string()
            .replace(".case.json", ".decision.json");
        let accepted = fs::read_to_string(accepted).expect("an accepted decision");
        assert_eq!(decision.to_snapshot(), accepted, "{}", path.display());
    });
}

#[test]
fn examples_and_what_only_they_use_leave_the_fingerprint_alone() {
    let fingerprint = |text: &str| {
        package(text)
            .engine()
            .expect("an engine")
            .fingerprint()
            .to_string()
    };
    let bare = fingerprint("");
    let example = "define lena as amir\nexample \"one\"\n  given now is 2026-11-23T10:00:00Z\n  \
        given customer is lena\n  given holidays is []\n  expect greet\n";
    assert_eq!(fingerprint(example), bare);
    let used = "policy \"VIPs\"\n  always call\n  when customer.id is lena\n";
    assert_ne!(
        fingerprint(&format!("define lena as \"lena\"\n{used}")),
        fingerprint(&format!("define lena as \"Lena\"\n{used}"))
    );
}
