//! Lays JSON out over several lines.
//!
//! Input: JSON without blanks between its parts. Output: the same JSON, two blanks for each step inwards; empty
//! lists and records stay on their line.

/// The JSON over several lines.
pub(crate) fn pretty(json: &str) -> String {
    let mut layout = Layout::default();
    let mut letters = json.chars().peekable();
    while let Some(letter) = letters.next() {
        layout.take(letter, letters.peek().copied());
    }
    layout.out
}

#[derive(Default)]
struct Layout {
    out: String,
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Layout {
    fn take(&mut self, letter: char, next: Option<char>) {
        match letter {
            _ if self.in_text => self.take_in_text(letter),
            '{' | '[' if matches!(next, Some('}' | ']')) => self.out.push(letter),
            '}' | ']' if self.out.ends_with(['{', '[']) => self.out.push(letter),
            '{' | '[' => {
                self.out.push(letter);
                self.depth = self.depth.saturating_add(1);
                self.line();
            }
            '}' | ']' => {
                self.depth = self.depth.saturating_sub(1);
                self.line();
                self.out.push(letter);
            }
            ',' => {
                self.out.push(letter);
                self.line();
            }
            ':' => self.out.push_str(": "),
            _ => {
                self.in_text = letter == '"';
                self.out.push(letter);
            }
        }
    }

    fn take_in_text(&mut self, letter: char) {
        self.out.push(letter);
        self.in_text = self.escaped || letter != '"';
        self.escaped = !self.escaped && letter == '\\';
    }

    fn line(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }
}
