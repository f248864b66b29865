//! `courtesy check`.

use super::support::Place;

#[test]
fn a_good_package_is_counted() {
    let place = Place::new();
    let run = place.run(&["check", "shop"]).ends_with(0);
    assert_eq!(run.stderr, "shop: 2 files, 2 policies, no problems\n");
    assert_eq!(run.stdout, "");
    let json = place
        .run(&["check", "shop", "--format", "json"])
        .ends_with(0);
    assert_eq!((json.stdout.as_str(), json.stderr.as_str()), ("[]\n", ""));
}

#[test]
fn the_current_folder_is_the_default() {
    let place = Place::new();
    let mut command = place.command(&["check"]);
    let output = command.current_dir(place.path("shop")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.starts_with(b".: 2 files"));
}

#[test]
fn problems_are_drawn_with_the_file_as_it_can_be_opened() {
    let place = Place::new();
    place.write(
        "shop/more/wrong.courtesy",
        "policy \"Wrong\"\n  never fly\n  when customer.nonsense is 1\n",
    );
    for folder in ["shop", "./shop", "shop/"] {
        let run = place.run(&["check", folder]).ends_with(1);
        assert!(
            run.stderr.contains("[shop/more/wrong.courtesy:"),
            "{run:#?}"
        );
        assert!(!run.stderr.contains('\u{1b}'), "colour outside a terminal");
        assert!(run.stderr.ends_with(" in 3 files\n"), "{run:#?}");
    }
    let json = place
        .run(&["check", "shop", "--format", "json"])
        .ends_with(1);
    let found: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(found[0]["file"], "shop/more/wrong.courtesy");
}

#[test]
fn what_is_no_package_is_refused() {
    let place = Place::new();
    place.write("empty/notes.txt", "");
    place.write("hidden/.old/a.courtesy", "");
    place
        .run(&["check", "nowhere"])
        .ends_with(2)
        .says("no such folder: `nowhere`");
    place
        .run(&["check", "empty"])
        .ends_with(2)
        .says("no `*.courtesy` file in `empty`");
    place
        .run(&["check", "hidden"])
        .ends_with(2)
        .says("no `*.courtesy` file");
    place
        .run(&["check", "shop/schema.courtesy"])
        .ends_with(2)
        .says("is not a folder");
}

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    let place = Place::new();
    place.run(&[]).ends_with(2);
    place.run(&["chekc"]).ends_with(2).says("check");
    place.run(&["check", "--format", "xml"]).ends_with(2);
    for command in ["check", "decide", "apply", "test", "explain", "fmt", "new"] {
        let help = place.run(&[command, "--help"]).ends_with(0);
        assert!(help.stdout.contains("Example:\n  courtesy "), "{help:#?}");
    }
}
