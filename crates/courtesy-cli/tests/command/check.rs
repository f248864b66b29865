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

/// The table in the reference is what the command prints.
#[test]
fn the_page_about_the_cost_shows_what_is_printed() {
    let page = include_str!("../../../../docs/reference/cost.md");
    let shown = page.split("--cost\n").nth(1).unwrap();
    let shown = shown.split("```").next().unwrap();
    let place = Place::empty();
    let folder = super::support::examples().join("readme");
    let run = place.run(&["check", folder.to_str().unwrap(), "--cost"]);
    assert_eq!(run.ends_with(0).stdout, shown);
}

#[test]
fn the_cost_is_a_formula_and_a_number_the_costliest_first() {
    let place = Place::new();
    place.write(
        "shop/more.courtesy",
        "type Sale { what: Text }\ninput sales: list of Sale\n\
         policy \"Not twice\"\n  never sell\n  when any sale in sales where sale.what is sell.what\n",
    );
    let run = place.run(&["check", "shop", "--cost"]).ends_with(0);
    assert_eq!(
        run.stdout,
        concat!(
            "  steps  policy\n",
            "400,500  \"Not twice\"\n",
            "           5 × proposals + 4 × proposals × sales\n",
            "    705  \"Never sell to children\"\n",
            "           5 + 7 × proposals\n",
            "     10  \"Always greet the old\"\n",
            "           10\n",
            "401,215  one decision: all of them together\n",
            "           15 + 12 × proposals + 4 × proposals × sales\n",
            "until when something stays blocked or limited is looked for at up to 2,000 other moments,\n",
            "with at most 802,015 steps each\n",
            "with proposals 100, sales 1,000\n",
        )
    );
    let arguments = ["check", "shop", "--cost", "--format", "json"];
    let lengths = ["--lengths", "10,proposals=2"];
    let run = place.run(&[&arguments[..], &lengths].concat()).ends_with(0);
    let found: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(found["diagnostics"], serde_json::json!([]));
    let costliest = &found["cost"]["policies"][0];
    assert_eq!(costliest["policy"], "Not twice");
    assert_eq!(costliest["steps"], 5 * 2 + 4 * 2 * 10);
    assert_eq!(found["cost"]["lengths"]["sales"], 10);
    for (lengths, wrong) in [("orders=5", "`orders`"), ("many", "a number of elements")] {
        let run = place.run(&["check", "shop", "--cost", "--lengths", lengths]);
        run.ends_with(2).says(wrong);
    }
}
