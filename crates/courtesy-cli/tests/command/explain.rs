//! `courtesy explain`.

use super::support::Place;

#[test]
fn codes_are_listed_and_each_has_a_page() {
    let place = Place::new();
    let list = place.run(&["explain"]).ends_with(0);
    assert!(list.stdout.lines().count() > 0);
    for line in list.stdout.lines() {
        let code = line.split_whitespace().next().unwrap();
        let page = place.run(&["explain", code]).ends_with(0);
        assert!(page.stdout.contains(code), "{page:#?}");
    }
}

#[test]
fn an_unknown_code_gets_advice() {
    let place = Place::new();
    place
        .run(&["explain", "unknwon-name"])
        .ends_with(2)
        .says("did you mean `unknown-name`?");
    let run = place.run(&["explain", "xyzzyxyzzyxyzzy"]).ends_with(2);
    run.says("`courtesy explain` lists all codes");
}
