//! `courtesy new`.

use super::support::Place;
use std::fs;

#[test]
fn the_package_checks_passes_its_tests_decides_and_is_formatted() {
    let place = Place::new();
    let run = place.run(&["new", "starter"]).ends_with(0);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("`courtesy check starter`"), "{run:#?}");
    let check = place.run(&["check", "starter"]).ends_with(0);
    assert!(check.stderr.ends_with("no problems\n"), "{check:#?}");
    place.run(&["fmt", "starter", "--check"]).ends_with(0);
    let tests = place.run(&["test", "starter"]).ends_with(0);
    assert!(tests.stdout.contains("3 passed, 0 failed"), "{tests:#?}");
    let case = "starter/amir.case.json";
    let decided = place
        .run(&["decide", "starter", "--case", case])
        .ends_with(0);
    let decision: serde_json::Value = serde_json::from_str(&decided.stdout).unwrap();
    let proposals = &decision["proposals"];
    assert_eq!(proposals[0]["verdict"], "blocked");
    assert_eq!(
        proposals[0]["reasons"][0]["because"],
        "you bought Flip on 1 November 2026"
    );
    assert_eq!(proposals[1]["verdict"], "allowed");
    let greeting = &decision["duties"][0]["with"]["text"];
    assert_eq!(greeting, "Welcome back, Amir!");
}

#[test]
fn the_commands_of_the_readme_run() {
    let place = Place::new();
    place.run(&["new", "."]).ends_with(2);
    place.run(&["new", "a/starter"]).ends_with(0);
    let readme = String::from_utf8(place.read("a/starter/README.md")).unwrap();
    let commands = readme
        .lines()
        .filter_map(|line| line.strip_prefix("    courtesy "));
    let mut count = 0;
    for command in commands {
        count += 1;
        let arguments: Vec<&str> = command.split(' ').collect();
        let mut command = place.command(&arguments);
        let output = command
            .current_dir(place.path("a/starter"))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
    }
    assert_eq!(count, 3);
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let place = Place::new();
    place
        .run(&["new", "shop"])
        .ends_with(2)
        .says("`shop` is not empty");
    assert_eq!(fs::read_dir(place.path("shop")).unwrap().count(), 2);
    place.write("file", "");
    place
        .run(&["new", "file"])
        .ends_with(2)
        .says("`file` is a file");
    place.run(&["new"]).ends_with(2);
    fs::create_dir(place.path("empty")).unwrap();
    place.run(&["new", "empty"]).ends_with(0);
}
