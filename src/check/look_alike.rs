//! Warns of two declared names that look the same and are not.
//!
//! Names are compared by what is left when letters of one form are put for those
//! that look like them (full-width and mathematical letters, the Cyrillic and
//! Greek letters that are drawn like Latin ones). Only pairs in which at least
//! one name has letters beyond ASCII are reported: `rate1` and `ratel` are
//! nobody's trick.

use super::Checker;
use crate::ast::{Item, Name};
use crate::diagnostic::{Code, Diagnostic};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

impl Checker<'_> {
    /// Looks at all names that share a set: those of the package, the fields of
    /// one record, the values of one choice.
    pub(super) fn warn_of_look_alikes(&mut self, items: &[Item]) {
        let mut declared = Vec::new();
        for item in items {
            match item {
                Item::Choice(choice) => {
                    declared.push(&choice.name);
                    self.warn_of_pairs(choice.values.iter().map(|value| &value.name).collect());
                }
                Item::Type(record) => {
                    declared.push(&record.name);
                    self.warn_of_pairs(record.fields.iter().map(|field| &field.name).collect());
                }
                Item::Action(action) => {
                    declared.push(&action.name);
                    self.warn_of_pairs(action.fields.iter().map(|field| &field.name).collect());
                }
                Item::Input(input) => declared.push(&input.name),
                Item::ActionGroup(group) => declared.push(&group.name),
                Item::Define(define) => declared.push(&define.name),
                _ => {}
            }
        }
        self.warn_of_pairs(declared);
    }

    fn warn_of_pairs(&mut self, mut names: Vec<&Name>) {
        if names.iter().all(|name| name.text.is_ascii()) {
            return;
        }
        names.sort_by_key(|name| name.span);
        let mut seen: BTreeMap<String, &Name> = BTreeMap::new();
        for name in names {
            let first = *seen.entry(skeleton(&name.text)).or_insert(name);
            let plain = first.text.is_ascii() && name.text.is_ascii();
            if first.text == name.text || plain {
                continue;
            }
            self.report(
                Diagnostic::warning(
                    Code::LookAlike,
                    name.span,
                    format!(
                        "`{}` looks like another name and is not the same",
                        self.quoted(name.span)
                    ),
                )
                .also(first.span, "the other one is declared here")
                .help(help(first, name)),
            );
        }
    }
}

fn help(first: &Name, second: &Name) -> String {
    let mend = "write both with letters of one alphabet, or give one of them another name";
    match odd_letter(&second.text).or_else(|| odd_letter(&first.text)) {
        Some(letter) => format!("{letter}; {mend}"),
        None => mend.to_string(),
    }
}

/// The first letter of a name that is not what it looks like.
fn odd_letter(name: &str) -> Option<String> {
    let skeletons = |letter: char| skeleton(letter.encode_utf8(&mut [0; 4])) != letter.to_string();
    let letter = name.chars().find(|letter| skeletons(*letter))?;
    Some(format!(
        "the `{letter}` of `{name}` is U+{:04X}",
        u32::from(letter)
    ))
}

/// What a name looks like.
fn skeleton(name: &str) -> String {
    name.nfkc().map(drawn_like).collect()
}

/// The Latin letter that is drawn like this one.
fn drawn_like(letter: char) -> char {
    match letter {
        'а' | 'α' => 'a',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'с' | 'ϲ' => 'c',
        'С' | 'Ϲ' => 'C',
        'ԁ' => 'd',
        'е' | 'ҽ' => 'e',
        'Е' | 'Ε' => 'E',
        'ɡ' => 'g',
        'һ' => 'h',
        'Н' | 'Η' => 'H',
        'і' | 'ι' | 'ı' => 'i',
        'І' | 'Ι' | 'Ӏ' => 'I',
        'ј' | 'ϳ' => 'j',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'ӏ' => 'l',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'о' | 'ο' | 'օ' => 'o',
        'О' | 'Ο' => 'O',
        'р' | 'ρ' => 'p',
        'Р' | 'Ρ' => 'P',
        'ԛ' => 'q',
        'ѕ' => 's',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'Х' | 'Χ' => 'X',
        'у' | 'γ' => 'y',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn letters_of_other_alphabets_look_like_latin_ones() {
        for (one, other) in [
            ("сору", "copy"),
            ("ΑΒ", "AB"),
            ("ｕｐｓｅｌｌ", "upsell"),
            ("𝐚", "a"),
        ] {
            assert_ne!(one, other);
            assert_eq!(skeleton(one), skeleton(other));
        }
        assert_ne!(skeleton("größe"), skeleton("grosse"));
        assert_ne!(skeleton("цена"), skeleton("ценa1"));
    }
}
