//! The declarations of a package as files: in any order, over several files, with comments and loose blanks.

use super::choices::Choices;

/// One to three files that hold all of the declarations.
pub(super) fn files(declarations: &[String], choices: &mut Choices) -> Vec<(String, String)> {
    let mut declarations = declarations.to_vec();
    choices.shuffle(&mut declarations);
    let count = 1 + choices.below(3);
    let names = ["a.courtesy", "policies.courtesy", "z.courtesy"];
    let mut files: Vec<(String, String)> = names
        .iter()
        .take(count)
        .map(|name| ((*name).to_string(), String::new()))
        .collect();
    for declaration in declarations {
        let file = choices.below(count);
        let text = laid_out(&declaration, choices);
        files[file].1.push_str(&text);
    }
    files
}

/// A declaration with a comment here and there.
fn laid_out(declaration: &str, choices: &mut Choices) -> String {
    let mut text = String::new();
    if choices.chance(10) {
        text.push_str("# about what follows\n");
    }
    for line in declaration.lines() {
        text.push_str(line);
        if choices.chance(4) {
            text.push_str("   # why");
        }
        text.push('\n');
        if choices.chance(2) {
            text.push_str("  # between two lines\n");
        }
    }
    text.push('\n');
    text
}
