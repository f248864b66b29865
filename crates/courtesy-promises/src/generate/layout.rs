//! The declarations of a package as files: in any order, over several files, with comments and loose blanks.

use super::maker::Maker;

impl Maker<'_> {
    pub(super) fn files(&mut self) -> Vec<(String, String)> {
        let mut declarations = self.model.declarations.clone();
        self.choices.shuffle(&mut declarations);
        let count = 1 + self.choices.below(3);
        let mut files: Vec<(String, String)> = (0..count)
            .map(|number| {
                (
                    format!("{}.courtesy", ["a", "policies", "z"][number]),
                    String::new(),
                )
            })
            .collect();
        for declaration in declarations {
            let file = self.choices.below(count);
            let text = self.laid_out(&declaration);
            files[file].1.push_str(&text);
        }
        files
    }

    /// A declaration with a comment here and there.
    fn laid_out(&mut self, declaration: &str) -> String {
        let mut text = String::new();
        if self.choices.chance(10) {
            text.push_str("# about what follows\n");
        }
        for line in declaration.lines() {
            text.push_str(line);
            if self.choices.chance(4) {
                text.push_str("   # why");
            }
            text.push('\n');
            if self.choices.chance(2) {
                text.push_str("  # between two lines\n");
            }
        }
        text.push('\n');
        text
    }
}
