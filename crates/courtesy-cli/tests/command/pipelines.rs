//! What `courtesy check` writes for pipelines, and the page about them.

use super::support::{Place, examples};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// Mistakes with a fix, with a second place, over several lines and behind letters of several bytes.
const WRONG: &str = "\
policy \"Ünder 18 %: [see](https://example.org) \\{0\\}\"
  never sell
  when custmer.age is less than 18

policy \"Twice\"
  always greet with text: \"é{customer.nme}\", text: \"a\"
  when customer.age is at least 65
";

/// Nothing wrong, but policies that contradict each other.
const CONTRADICTION: &str = "\
policy \"Greet nobody\"
  always greet with text: \"Hello\"
  when customer.age is at least 65 and customer.age is less than 18
";

fn wrong_place() -> Place {
    let place = Place::new();
    place.write("shop/more/a, b#.courtesy", WRONG);
    place
}

#[test]
fn annotations_are_one_line_for_each_problem_escaped_as_github_asks() {
    let place = wrong_place();
    let run = place
        .run(&["check", "shop", "--format", "github"])
        .ends_with(1);
    assert_eq!(
        run.stdout,
        "\
::error file=shop/more/a%2C b#.courtesy,line=3,endLine=3,col=8,endColumn=15,title=unknown-name::`custmer` is not a name that can be used here%0Ahelp: did you mean `customer`?
::error file=shop/more/a%2C b#.courtesy,line=6,endLine=6,col=39,endColumn=42,title=unknown-field::`nme` is not a field of `Customer`%0Ahelp: write one of `age`, `id`
::error file=shop/more/a%2C b#.courtesy,line=6,endLine=6,col=46,endColumn=50,title=declared-twice::`text` is given a second time%0Ashop/more/a, b#.courtesy:6:21: the first stands here%0Ahelp: leave one of them out
"
    );
    assert_eq!(run.stderr, "3 errors in 3 files\n");
}

#[test]
fn what_a_file_holds_is_never_a_command_of_its_own() {
    let place = Place::new();
    place.write(
        "shop/evil.courtesy",
        "policy \"a\"\n  never \"\n::set-output name=x::y\n::error::%0A::stop-commands::z\r\n\u{1b}]0;\u{7}\u{2028}::debug::x",
    );
    let run = place
        .run(&["check", "shop", "--format", "github"])
        .ends_with(1);
    assert!(!run.stdout.is_empty());
    for line in run.stdout.lines() {
        assert!(
            line.starts_with("::error file=shop/evil.courtesy,"),
            "{line}"
        );
        assert!(!line.contains(char::is_control), "{line:?}");
        assert!(!line.contains('\u{2028}'), "{line:?}");
    }
    assert!(!run.stderr.contains("::"), "{}", run.stderr);
}

#[test]
fn a_good_package_has_no_annotations_and_a_log_without_results() {
    let place = Place::new();
    let run = place
        .run(&["check", "shop", "--format", "github"])
        .ends_with(0);
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        ("", "shop: 2 files, 2 policies, no problems\n")
    );
    let log = sarif(&place, 0);
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(
        log["runs"][0]["tool"]["driver"]["rules"],
        serde_json::json!([])
    );
}

#[test]
fn contradictions_are_shown_to_pipelines_and_fail_neither_check_nor_test() {
    let place = Place::new();
    place.write("shop/more.courtesy", CONTRADICTION);
    let run = place
        .run(&["check", "shop", "--format", "github"])
        .ends_with(0);
    assert!(
        run.stdout
            .starts_with("::warning file=shop/more.courtesy,line=1,endLine=1,col="),
        "{run:#?}"
    );
    assert_eq!(run.stdout.matches("title=never-speaks").count(), 1);
    let log = sarif(&place, 0);
    let result = &log["runs"][0]["results"][0];
    assert_eq!(
        (result["ruleId"].as_str(), result["level"].as_str()),
        (Some("never-speaks"), Some("warning"))
    );
    place.write("shop/example.courtesy", "example \"one\"\n  given now is 2026-11-23T10:00:00Z\n  given customer is { id: \"a\", age: 70 }\n  expect greet\n");
    let test = place.run(&["test", "shop"]).ends_with(0);
    assert!(!(test.stdout + &test.stderr).contains("never-speaks"));
}

#[test]
fn the_cost_has_no_place_in_them() {
    let place = Place::new();
    for form in ["github", "sarif"] {
        place
            .run(&["check", "shop", "--format", form, "--cost"])
            .ends_with(2)
            .says("--cost goes with `--format human` or `--format json`");
    }
}

fn sarif(place: &Place, code: i32) -> Value {
    let run = place
        .run(&["check", "shop", "--format", "sarif"])
        .ends_with(code);
    assert_eq!(run.stderr, "");
    serde_json::from_str(&run.stdout).unwrap()
}

/// The keys that an object of SARIF 2.1.0 must have and may have, of those that are written here.
fn holds_keys(object: &Value, must: &[&str], may: &[&str]) {
    let keys: Vec<&str> = object
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for key in must {
        assert!(keys.contains(key), "`{key}` is missing in {object:#}");
    }
    for key in keys {
        assert!(
            must.contains(&key) || may.contains(&key),
            "`{key}` in {object:#}"
        );
    }
}

/// The file of a place, which is there, and the bytes that its region covers.
fn covered(place: &Place, artifact: &Value, region: &Value) -> (String, std::ops::Range<usize>) {
    holds_keys(artifact, &["uri"], &["uriBaseId"]);
    assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
    holds_keys(
        region,
        &["startLine", "startColumn", "endLine", "endColumn"],
        &[],
    );
    let uri = artifact["uri"].as_str().unwrap();
    assert!(
        uri.is_ascii() && !uri.contains([' ', '#', '?', '\\']),
        "{uri}"
    );
    let file = uri
        .replace("%2C", ",")
        .replace("%20", " ")
        .replace("%23", "#");
    let text = String::from_utf8(place.read(&file)).unwrap();
    let offset = |line: &str, column: &str| {
        let (line, column) = (
            region[line].as_u64().unwrap(),
            region[column].as_u64().unwrap(),
        );
        let mut lines = text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(line as usize - 1).map(str::len).sum();
        let line = lines.next().unwrap_or("");
        let within: usize = line
            .chars()
            .take(column as usize - 1)
            .map(char::len_utf8)
            .sum();
        assert!(column as usize <= line.chars().count() + 1, "{region:#}");
        before + within
    };
    (
        file.clone(),
        offset("startLine", "startColumn")..offset("endLine", "endColumn"),
    )
}

#[test]
fn sarif_is_as_its_schema_asks_and_points_at_the_words_themselves() {
    let place = wrong_place();
    let log = sarif(&place, 1);
    holds_keys(&log, &["version", "runs"], &["$schema"]);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    holds_keys(run, &["tool"], &["results", "columnKind", "invocations"]);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    holds_keys(
        &run["invocations"][0],
        &["executionSuccessful"],
        &["toolExecutionNotifications"],
    );
    holds_keys(&run["tool"], &["driver"], &[]);
    let driver = &run["tool"]["driver"];
    holds_keys(
        driver,
        &["name"],
        &["semanticVersion", "rules", "informationUri"],
    );
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        holds_keys(
            rule,
            &[
                "id",
                "shortDescription",
                "fullDescription",
                "help",
                "defaultConfiguration",
            ],
            &["helpUri"],
        );
        let page = place
            .run(&["explain", rule["id"].as_str().unwrap()])
            .ends_with(0);
        assert_eq!(rule["help"]["text"], page.stdout);
        assert!(!rule["fullDescription"]["text"].as_str().unwrap().is_empty());
    }
    let mut pointed = BTreeMap::new();
    for result in run["results"].as_array().unwrap() {
        holds_keys(
            result,
            &["ruleId", "ruleIndex", "level", "message", "locations"],
            &["relatedLocations", "fixes"],
        );
        let rule = &rules[result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let locations = result["locations"].as_array().unwrap();
        assert_eq!(locations.len(), 1);
        let physical = &locations[0]["physicalLocation"];
        let (file, range) = covered(&place, &physical["artifactLocation"], &physical["region"]);
        let text = String::from_utf8(place.read(&file)).unwrap();
        pointed.insert(
            result["ruleId"].as_str().unwrap().to_string(),
            text[range].to_string(),
        );
        for related in result["relatedLocations"].as_array().into_iter().flatten() {
            holds_keys(related, &["id", "physicalLocation"], &["message"]);
            let physical = &related["physicalLocation"];
            let (_, range) = covered(&place, &physical["artifactLocation"], &physical["region"]);
            assert_eq!(text[range], *"text");
        }
    }
    let words =
        ["unknown-name", "declared-twice", "unknown-field"].map(|code| pointed[code].as_str());
    assert_eq!(words, ["custmer", "text", "nme"]);
}

#[test]
fn the_fixes_of_sarif_mend_what_they_belong_to() {
    let place = Place::new();
    place.write(
        "shop/more.courtesy",
        "policy \"é\"\n  never sell\n  when custmer.age is 18\n\npolicy \"ü\"\n  never sell\n  when customer.age == 18\n",
    );
    let log = sarif(&place, 1);
    let mut changes: Vec<(String, std::ops::Range<usize>, String)> = Vec::new();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        for fix in result["fixes"].as_array().into_iter().flatten() {
            holds_keys(fix, &["artifactChanges"], &["description"]);
            let change = &fix["artifactChanges"][0];
            holds_keys(change, &["artifactLocation", "replacements"], &[]);
            let replacement = &change["replacements"][0];
            holds_keys(replacement, &["deletedRegion", "insertedContent"], &[]);
            let (file, range) = covered(
                &place,
                &change["artifactLocation"],
                &replacement["deletedRegion"],
            );
            changes.push((
                file,
                range,
                replacement["insertedContent"]["text"]
                    .as_str()
                    .unwrap()
                    .to_string(),
            ));
        }
    }
    assert_eq!(changes.len(), 2, "{log:#}");
    changes.sort_by_key(|(_, range, _)| std::cmp::Reverse(range.start));
    for (file, range, text) in changes {
        let mut mended = String::from_utf8(place.read(&file)).unwrap();
        mended.replace_range(range, &text);
        place.write(&file, mended);
    }
    assert_eq!(
        String::from_utf8(place.read("shop/more.courtesy")).unwrap(),
        "policy \"é\"\n  never sell\n  when customer.age is 18\n\npolicy \"ü\"\n  never sell\n  when customer.age is 18\n"
    );
    place.run(&["check", "shop"]).ends_with(0);
}

#[test]
fn a_text_of_sarif_is_neither_a_placeholder_nor_a_link() {
    let place = Place::new();
    place.write(
        "shop/more.courtesy",
        format!("{WRONG}{}", WRONG.replace("Twice", "Other")),
    );
    let log = sarif(&place, 1);
    let texts: Vec<&str> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["message"]["text"].as_str().unwrap())
        .collect();
    let title = texts.iter().find(|text| text.contains("18 %")).unwrap();
    assert!(
        title.contains("\\[see\\](https://example.org) {{0}}"),
        "{title}"
    );
}

#[test]
fn a_folder_given_from_the_root_of_the_machine_is_an_address_of_a_file() {
    let place = wrong_place();
    let folder = place.path("shop");
    let run = place
        .run(&["check", folder.to_str().unwrap(), "--format", "sarif"])
        .ends_with(1);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    let artifact =
        &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(
        artifact["uri"],
        format!("file://{}/more/a%2C%20b%23.courtesy", folder.display())
    );
    assert!(artifact.get("uriBaseId").is_none());
}

/// A block of the page: what stands behind the fence, and its text.
fn blocks() -> Vec<(String, String)> {
    let page = fs::read_to_string(examples().join("../docs/pipelines.md")).unwrap();
    let parts: Vec<&str> = page.split("\n```").collect();
    parts
        .chunks(2)
        .filter_map(|pair| pair.get(1))
        .map(|block| {
            let (info, text) = block.split_once('\n').unwrap();
            (info.to_string(), format!("{text}\n"))
        })
        .collect()
}

/// A package in `policies` that checks, is formatted and whose example comes out as it says.
fn with_policies() -> Place {
    let place = Place::empty();
    place.run(&["new", "policies"]).ends_with(0);
    place
}

#[test]
fn every_command_of_the_page_works() {
    let page = fs::read_to_string(examples().join("../docs/pipelines.md")).unwrap();
    let place = with_policies();
    let mut tried = 0;
    // In a block a command stands at the beginning of its line, behind `- ` or within quotation marks; in the text
    // within backticks.
    for part in page.split(['\n', '`', '\'']) {
        let command = part.trim_start().trim_start_matches("- ");
        let command = command.split(" > ").next().unwrap();
        let Some(arguments) = command.strip_prefix("courtesy ") else {
            continue;
        };
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        if arguments == ["check"] {
            continue;
        }
        place.run(&arguments).ends_with(0);
        tried += 1;
    }
    assert!(tried >= 14, "{tried} commands");
}

#[cfg(unix)]
#[test]
fn the_hook_of_the_page_lets_good_policies_through_and_no_others() {
    use std::os::unix::fs::PermissionsExt;
    let hook = blocks()
        .into_iter()
        .find(|(info, _)| info == "bash")
        .unwrap()
        .1;
    let place = with_policies();
    let git = |words: &[&str]| {
        let bin = std::path::Path::new(env!("CARGO_BIN_EXE_courtesy"))
            .parent()
            .unwrap();
        let old = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(bin.to_path_buf()).chain(std::env::split_paths(&old));
        Command::new("git")
            .args([
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(words)
            .current_dir(place.path(""))
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
    };
    if git(&["init", "-q"]).is_err() {
        eprintln!("skipped: no git on this machine");
        return;
    }
    place.write(".git/hooks/pre-commit", hook);
    fs::set_permissions(
        place.path(".git/hooks/pre-commit"),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    let commit = || {
        git(&["add", "policies"]).unwrap();
        let output = git(&["commit", "-q", "-m", "x"]).unwrap();
        (
            output.status.success(),
            String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (well, told) = commit();
    assert!(well, "{told}");
    for (text, says) in [
        ("action  dance\n", "action dance"),
        ("policy \"x\"\n  never dance\n", "unknown-action"),
        (
            "example \"nothing is owed\"\n  given now is 2026-11-23T10:00:00Z\n  given customer is amir\n  expect no greet\n",
            "no greet",
        ),
    ] {
        place.write("policies/more.courtesy", text);
        let (well, told) = commit();
        assert!(!well, "{text}");
        assert!(told.contains(says), "{told}");
    }
}

#[test]
fn the_hooks_for_pre_commit_are_commands_of_this_program() {
    let hooks = fs::read_to_string(examples().join("../.pre-commit-hooks.yaml")).unwrap();
    let place = with_policies();
    let entries: Vec<&str> = hooks
        .lines()
        .filter_map(|line| line.strip_prefix("  entry: courtesy "))
        .collect();
    assert_eq!(entries, ["fmt --check", "check", "test"]);
    for entry in entries {
        let arguments: Vec<&str> = entry.split(' ').chain(["policies"]).collect();
        place.run(&arguments).ends_with(0);
    }
}
