//! `courtesy fmt`.

use super::support::Place;
use std::fs;

const DRAFT: &str =
    "policy \"Quiet\"   never greet # for now\n  when customer.age is less than 18\n";
const CLEAN: &str =
    "policy \"Quiet\"\n  never greet  # for now\n  when customer.age is less than 18\n";

#[test]
fn a_formatted_package_stays_as_it_is() {
    let place = Place::new();
    let before = place.read("shop/policies.courtesy");
    for check in [&["fmt", "shop"][..], &["fmt", "shop", "--check"]] {
        let run = place.run(check).ends_with(0);
        assert_eq!(run.stdout, "");
        let rest = run.stderr.strip_prefix("2 files, none ");
        assert!(rest.is_some(), "{run:#?}");
    }
    assert_eq!(place.read("shop/policies.courtesy"), before);
}

#[test]
fn files_and_folders_are_formatted_and_nothing_else_is_left_behind() {
    let place = Place::new();
    place.write("shop/below/draft.courtesy", DRAFT);
    place.write("alone.courtesy", DRAFT);
    let run = place.run(&["fmt", "shop", "alone.courtesy"]).ends_with(0);
    assert_eq!(run.stderr, "4 files, 2 changed\n");
    for name in ["shop/below/draft.courtesy", "alone.courtesy"] {
        assert_eq!(place.read(name), CLEAN.as_bytes());
    }
    assert_eq!(place.names(), ["alone.courtesy", "shop"]);
    let again = place.run(&["fmt", "shop", "alone.courtesy"]).ends_with(0);
    assert_eq!(again.stderr, "4 files, none changed\n");
}

#[test]
fn check_shows_what_would_change_and_writes_nothing() {
    let place = Place::new();
    place.write("shop/draft.courtesy", DRAFT);
    let run = place.run(&["fmt", "shop", "--check"]).ends_with(1);
    assert_eq!(
        run.stdout,
        "--- shop/draft.courtesy\n+++ shop/draft.courtesy, formatted\n@@ -1,2 +1,3 @@\n\
         -policy \"Quiet\"   never greet # for now\n+policy \"Quiet\"\n\
         +  never greet  # for now\n   when customer.age is less than 18\n"
    );
    assert_eq!(run.stderr, "3 files, 1 would change\n");
    assert_eq!(place.read("shop/draft.courtesy"), DRAFT.as_bytes());
}

#[test]
fn what_cannot_be_read_stays_and_the_others_are_formatted() {
    let place = Place::new();
    let broken = "policy \"Broken\"\n  wehn   customer.age is 5\n";
    place.write("shop/broken.courtesy", broken);
    place.write("shop/draft.courtesy", DRAFT);
    place.write("shop/latin.courtesy", b"# caf\xe9\n");
    let run = place.run(&["fmt", "shop"]).ends_with(1);
    assert!(
        run.stderr.contains("[shop/broken.courtesy:2:3]"),
        "{run:#?}"
    );
    assert!(
        run.stderr
            .contains("`shop/latin.courtesy` is not text in UTF-8"),
        "{run:#?}"
    );
    let end = "5 files, 1 changed, 2 left as written for what is said above\n";
    assert!(run.stderr.ends_with(end), "{run:#?}");
    assert_eq!(place.read("shop/broken.courtesy"), broken.as_bytes());
    assert_eq!(place.read("shop/draft.courtesy"), CLEAN.as_bytes());
}

#[test]
fn names_need_no_meaning_to_be_formatted() {
    let place = Place::new();
    place.write("alone.courtesy", "define  d  as nobody.knows.this\n");
    place.run(&["fmt", "alone.courtesy"]).ends_with(0);
    assert_eq!(
        place.read("alone.courtesy"),
        b"define d as nobody.knows.this\n"
    );
}

#[test]
fn stdin_is_formatted_to_stdout() {
    let place = Place::new();
    let run = place.run_with(&["fmt", "-"], DRAFT.as_bytes()).ends_with(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (CLEAN, ""));
    let empty = place.run_with(&["fmt", "-"], b"").ends_with(0);
    assert_eq!(empty.stdout, "");
    let check = place
        .run_with(&["fmt", "-", "--check"], DRAFT.as_bytes())
        .ends_with(1);
    assert!(check.stdout.starts_with("--- stdin\n"), "{check:#?}");
    let wrong = place.run_with(&["fmt", "-"], b"policy").ends_with(1);
    assert_eq!(wrong.stdout, "");
    assert!(wrong.stderr.contains("stdin:1:"), "{wrong:#?}");
    place
        .run(&["fmt", "-", "shop"])
        .ends_with(2)
        .says("give it alone");
}

#[test]
fn what_is_not_there_is_refused() {
    let place = Place::new();
    place
        .run(&["fmt", "nowhere"])
        .ends_with(2)
        .says("no such folder");
    fs::create_dir(place.path("empty")).unwrap();
    place
        .run(&["fmt", "empty"])
        .ends_with(2)
        .says("no `*.courtesy` file");
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write("alone.courtesy", DRAFT);
    let path = place.path("alone.courtesy");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    place.run(&["fmt", "alone.courtesy"]).ends_with(0);
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
}
