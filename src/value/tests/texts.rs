//! Texts and their parts.

use crate::value::{Text, TextBuilder};

fn template() -> Text {
    let mut builder = TextBuilder::new();
    builder.push_literal("Dear ");
    builder.push_inserted("ΟΔΥΣΣΕΥΣ İz");
    builder.push_literal(", hello");
    builder.finish()
}

fn parts(text: &Text) -> Vec<(&str, bool)> {
    text.segments()
        .map(|segment| (segment.text, segment.inserted))
        .collect()
}

#[test]
fn parts_are_kept_apart() {
    assert_eq!(
        parts(&template()),
        [("Dear ", false), ("ΟΔΥΣΣΕΥΣ İz", true), (", hello", false)]
    );
    assert_eq!(parts(&Text::literal("a")), [("a", false)]);
    assert_eq!(parts(&Text::from_data("a")), [("a", true)]);
    assert!(parts(&Text::from_data("")).is_empty());
}

#[test]
fn texts_in_texts_keep_their_parts() {
    let mut builder = TextBuilder::new();
    builder.push_literal("<");
    builder.push_text(&template());
    builder.push_inserted("x");
    builder.push_inserted("y");
    builder.push_text(&Text::from_data("z"));
    let text = builder.finish();
    let expected = [
        ("<Dear ", false),
        ("ΟΔΥΣΣΕΥΣ İz", true),
        (", hello", false),
        ("xyz", true),
    ];
    assert_eq!(parts(&text), expected);
}

#[test]
fn content_alone_makes_texts_equal() {
    assert_eq!(Text::literal("a"), Text::from_data("a"));
    assert!(Text::literal("a") < Text::from_data("b"));
}

#[test]
fn small_letters_keep_the_marks_in_place() {
    let small = template().lower_case();
    assert_eq!(small.as_str(), template().as_str().to_lowercase());
    assert_eq!(
        parts(&small),
        [
            ("dear ", false),
            ("οδυσσευς i\u{307}z", true),
            (", hello", false)
        ]
    );
}

#[test]
fn equal_texts_have_equal_small_letters_however_they_were_made() {
    let mut builder = TextBuilder::new();
    builder.push_literal("ΟΔΟΣ");
    builder.push_inserted("ΟΔΟΣ");
    assert_eq!(
        builder.finish().lower_case(),
        Text::literal("ΟΔΟΣΟΔΟΣ").lower_case()
    );
}

#[test]
fn the_first_word_keeps_its_parts() {
    let mut builder = TextBuilder::new();
    builder.push_literal(" \u{2003}Mc");
    builder.push_inserted("Donald Fraser");
    let word = builder.finish().first_word();
    assert_eq!(parts(&word), [("Mc", false), ("Donald", true)]);
    assert_eq!(Text::literal("").first_word().as_str(), "");
    assert_eq!(Text::literal("one").first_word().as_str(), "one");
    assert_eq!(Text::literal("a\u{3000}b").first_word().as_str(), "a");
}

#[test]
fn searching_is_exact() {
    let text = Text::literal("Kaffee Zoë");
    assert_eq!(text.length(), 10);
    assert!(text.contains(&Text::from_data("fee Z")) && !text.contains(&Text::literal("kaffee")));
    assert!(text.starts_with(&Text::literal("Kaf")) && text.ends_with(&Text::literal("oë")));
    assert!(text.contains(&Text::literal("")));
}
